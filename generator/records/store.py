"""The folder of records: `data/records/<region>/<unit>/<year>.yaml`. The path is the identity."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.errors import DataError, Problem
from generator.records.regions import REGION_CODE, SLUG, Region
from generator.yaml import entries

SHARED = ("forms", "regions", "checks")
"""Folders of `data/` on which all records depend."""

_RECORD = re.compile(r"(?:19|20)[0-9]{2}\.yaml")


@dataclass(frozen=True, slots=True, order=True)
class RecordPath:
    """A record's place, before anything in it is read."""

    region: str
    """Code of the region."""
    unit: str
    """Slug of the unit."""
    year: int
    path: Path


def list_records(
    folder: Path, regions: Mapping[str, Region]
) -> tuple[list[RecordPath], list[Problem]]:
    """Every record below the folder, sorted; nothing in the files is read.

    With it, what is in a wrong place, wrongly named, or of an unknown unit. Raises DataError when a
    folder cannot be read.
    """
    problems: list[Problem] = []
    units = walk_units(folder, regions, problems)
    return [record for unit in units for record in unit], problems


def walk_units(
    folder: Path, regions: Mapping[str, Region], problems: list[Problem]
) -> Iterator[tuple[RecordPath, ...]]:
    """The records of each unit that has some, unit by unit, sorted; nothing in them is read.

    What is in a wrong place, wrongly named, or of an unknown unit is added to `problems`. Raises
    DataError when a folder cannot be read.
    """
    for region in entries(folder):
        if not region.is_dir() or not REGION_CODE.fullmatch(region.name):
            problems.append(
                _misplaced(region, f"这里只放以六位地区代码命名的文件夹，如 430524{_hint(region)}")
            )
            continue
        for unit in entries(region):
            if not unit.is_dir() or not SLUG.fullmatch(unit.name):
                problems.append(
                    _misplaced(
                        unit, f"这里只放单位的文件夹，名称用小写字母、数字和连字符{_hint(unit)}"
                    )
                )
                continue
            records: list[RecordPath] = []
            for path in entries(unit):
                try:
                    records.append(_identify(path, region.name, unit.name, regions))
                except DataError as error:
                    problems += error.problems
            if records:
                yield tuple(records)


def identify(path: Path, folder: Path, regions: Mapping[str, Region]) -> RecordPath:
    """The record at a path that a person named. Raises DataError when it is not one."""
    if not path.exists():
        raise DataError([_misplaced(path, "没有这个文件或文件夹，请检查路径")])
    parts: tuple[str, ...] = ()
    with suppress(ValueError):  # outside the folder
        parts = path.resolve().relative_to(folder.resolve()).parts
    if len(parts) != 3:
        raise DataError(
            [_misplaced(path, f"不是记录文件：记录应在 {folder.as_posix()}/地区/单位/年度.yaml")]
        )
    return _identify(path, parts[0], parts[1], regions)


def _identify(path: Path, region: str, unit: str, regions: Mapping[str, Region]) -> RecordPath:
    name = path.name
    if not _RECORD.fullmatch(name) or not path.is_file():
        kind = path.suffix
        if kind.lower() in (".yml", ".yaml", ".txt") and kind != ".yaml":
            raise DataError([_misplaced(path, "文件的扩展名应是 .yaml，如 2022.yaml")])
        raise DataError([_misplaced(path, "记录文件应以四位年度命名，如 2022.yaml")])
    if region not in regions:
        raise DataError(
            [_misplaced(path, f"地区 {region} 没有登记，请在 data/regions/{region}.yaml 中登记")]
        )
    if unit not in regions[region].units:
        raise DataError(
            [_misplaced(path, f"单位 {unit} 没有登记，请在 data/regions/{region}.yaml 中登记")]
        )
    return RecordPath(region, unit, int(name.removesuffix(".yaml")), path)


def _hint(path: Path) -> str:
    """Where a record belongs that was put too high."""
    return "；记录应放在 地区/单位/年度.yaml" if path.suffix == ".yaml" else ""


def _misplaced(path: Path, message: str) -> Problem:
    return Problem(path, 1, 1, message)
