"""Regions and the units in them that must disclose: `data/regions/<6-digit code>.yaml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.errors import DataError, Problem
from generator.yaml import Node, Where, YamlFile, entries

REGION_CODE = re.compile(r"[0-9]{6}")
"""Administrative division code, GB/T 2260."""
SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
"""Folder and address of a unit."""
RESERVED = frozenset({"coverage"})
"""Addresses below a region that are no units': its list of those that have not disclosed."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A department that must disclose."""

    slug: str
    name: str
    """Official full name."""
    short_names: tuple[str, ...] = ()
    """简称: names that people use today."""
    former_names: tuple[str, ...] = ()
    """曾用名: what it was called before, as documents of earlier years have it."""


@dataclass(frozen=True, slots=True)
class Region:
    """A county, or another division with units."""

    code: str
    name: str
    units: dict[str, Unit]
    """slug -> unit, in the file's order, which is the order on pages."""
    index_number: str = ""
    """索引号格式: how the county writes its 索引号, as `{地区代码}{数字:3-4}/{年}-{数字:6}`."""


def read_regions(folder: Path) -> dict[str, Region]:
    """Every region file, by code. Raises DataError with the mistakes of all files."""
    regions: dict[str, Region] = {}
    problems: list[Problem] = []
    for path in entries(folder):
        if path.suffix != ".yaml" or not REGION_CODE.fullmatch(path.stem):
            problems.append(Problem(path, 1, 1, "地区文件应以六位行政区划代码命名，如 430524.yaml"))
            continue
        try:
            regions[path.stem] = read_region(path)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return regions


def read_region(path: Path) -> Region:
    """One region file. Raises DataError with all its mistakes."""
    file = YamlFile.read(path)
    root = file.root
    if not isinstance(root, dict):
        raise DataError([file.needs_keys((), "地区文件应由“名称”和“单位”组成")])
    problems = file.unknown_keys((), root, ("名称", "索引号格式", "单位"))
    name = _text(file, root.get("名称", ""), ("名称",), problems)
    index_number = _index_number(file, root.get("索引号格式", ""), problems)
    units: dict[str, Unit] = {}
    nodes = root.get("单位", {}) or {}
    if isinstance(nodes, dict):
        for slug, node in nodes.items():
            units[slug] = _unit(file, slug, node, problems)
    else:
        problems.append(file.needs_keys(("单位",), "“单位”应是“简写: 名称”的一列"))
    names: dict[str, str] = {}
    for slug, unit in units.items():
        if unit.name and unit.name in names:
            message = f"“{unit.name}”与 {names[unit.name]} 同名，一个单位只能登记一次"
            problems.append(file.problem(("单位", slug), message))
        names[unit.name] = slug
    if problems:
        raise DataError(problems)
    return Region(path.stem, name, units, index_number)


INDEX_BLANK = re.compile(r"\{(?P<name>[^{}:]*)(?::(?P<least>[1-9])(?:-(?P<most>[1-9]))?)?\}")
"""A blank of 索引号格式: {地区代码}, {年}, {数字:6}, {数字:3-4}, {字母:2}."""


def _index_number(file: YamlFile, node: Node, problems: list[Problem]) -> str:
    where: Where = ("索引号格式",)
    if node == "":
        return ""
    text = _text(file, node, where, problems)
    for found in INDEX_BLANK.finditer(text):
        counted = found["name"] in ("数字", "字母")
        if not (counted and found["least"]) and (
            found["name"] not in ("地区代码", "年") or found["least"]
        ):
            known = "{地区代码}、{年}、{数字:6}、{数字:3-4}、{字母:2}"
            message = f"不认识“{found[0]}”，可以写：{known}"
            problems.append(file.problem(where, message, found.start()))
    rest = INDEX_BLANK.sub("", text)
    if text and re.search(r"[^A-Za-z0-9/._-]", rest):
        message = "花括号外面只能有字母、数字和 - / . _，例如：{地区代码}{数字:3-4}/{年}-{数字:6}"
        problems.append(file.problem(where, message))
    return text


def _unit(file: YamlFile, slug: str, node: Node, problems: list[Problem]) -> Unit:
    where: Where = ("单位", slug)
    if not SLUG.fullmatch(slug):
        problems.append(
            file.problem(where, f"单位简写“{slug}”只能用小写字母、数字和连字符，以字母开头")
        )
    if slug in RESERVED:
        message = f"单位简写不能用“{slug}”：这个网址是本站的其他页面，请换一个"
        problems.append(file.problem(where, message))
    if isinstance(node, str):
        return Unit(slug, _text(file, node, where, problems))
    if not isinstance(node, dict):
        problems.append(file.problem(where, "单位应写名称，或“名称”“简称”“曾用名”"))
        return Unit(slug, "")
    problems += file.unknown_keys(where, node, ("名称", "简称", "曾用名"))
    name = _text(file, node.get("名称", ""), (*where, "名称"), problems)
    short, former = (_names(file, node, (*where, key), problems) for key in ("简称", "曾用名"))
    return Unit(slug, name, short, former)


def _names(
    file: YamlFile, unit: Mapping[str, Node], where: Where, problems: list[Problem]
) -> tuple[str, ...]:
    """One name, or a list of them, under the last key of `where`."""
    listed = unit.get(str(where[-1]), [])
    if not isinstance(listed, list):
        return (_text(file, listed, where, problems),)
    return tuple(
        _text(file, name, (*where, number), problems) for number, name in enumerate(listed)
    )


def _text(file: YamlFile, node: Node, where: Where, problems: list[Problem]) -> str:
    if isinstance(node, str) and node.strip():
        return node.strip()
    key = next(key for key in reversed(where) if isinstance(key, str))  # not an item's number
    problems.append(file.problem(where, f"“{key}”应是一段文字，不能留空"))
    return ""
