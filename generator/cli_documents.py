"""The commands that read and write documents: import, export, blank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from generator.checks.check import check_record
from generator.cli_shared import Command, data_folder, data_option, help_option, report
from generator.cli_words import WrongValue
from generator.documents.draw import draw_blank, draw_record
from generator.documents.exporting import WRITERS, write_document
from generator.documents.importing import Import, blank_part, import_documents, record_text
from generator.documents.model import Block, UnreadableError
from generator.documents.opening import open_document
from generator.documents.report import difference_lines, lines_of, report_lines
from generator.errors import DataError, GongkaiError, Problem
from generator.files import write_file
from generator.forms.file import read_forms
from generator.forms.form import Form
from generator.records.data import Data, open_data
from generator.records.record import Record
from generator.records.store import RecordPath, identify
from generator.yamlfile import Node, YamlFile
from generator.yamlmerge import differences, merge_yaml

_IDENTITY = re.compile(r"([0-9]{6})/([a-z0-9-]+)/([0-9]{4})")
_Identity = tuple[str, str, int]
"""Region, unit, year."""


class _IdentityType(click.ParamType[_Identity]):
    """A record's place, as 430524/xingzheng-shenpi/2022."""

    name = "identity"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> _Identity:
        found = _IDENTITY.fullmatch(value.removesuffix(".yaml"))
        if not found:
            message = f"“{value}”应写成 地区/单位/年度，如 430524/xingzheng-shenpi/2022"
            raise WrongValue(message, ctx, param)
        return found[1], found[2], int(found[3])


class _KindType(click.ParamType[str]):
    """A kind of file."""

    name = "kind"

    def __init__(self, kinds: Iterable[str]) -> None:
        self.kinds = tuple(kinds)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        kind = value.lower().removeprefix(".")
        if kind not in self.kinds:
            raise WrongValue(f"“{value}”不认识，可以写：{'、'.join(self.kinds)}", ctx, param)
        return kind


class _RequiredOption(click.Option):
    """An option that must be given; its help says so in Chinese, click would say it in English."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        return "  ".join(self.opts) + f" {self.make_metavar(ctx)}", self.help or ""


_output_option = click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写到这个文件（默认：当前文件夹，按内容取名）。",
)
_force_option = click.option("--force", is_flag=True, help="文件已有时替换。")


@click.command("import", cls=Command, options_metavar="[选项]")
@help_option
@data_option
@click.option("--form", "names", multiple=True, metavar="表式", help="文件里是哪张表；可以写几次。")
@click.option(
    "--to",
    "target",
    type=_IdentityType(),
    metavar="地区/单位/年度",
    help="写到哪份记录（默认：只显示，不写）。",
)
@click.option("--merge", is_flag=True, help="记录已有时，把不同的地方写进去，注释和次序不变。")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件…")
def import_command(
    data: Path | None,
    names: tuple[str, ...],
    target: _Identity | None,
    merge: bool,
    paths: tuple[Path, ...],
) -> None:
    """把填好的 Word、Excel、网页或文字文件读成记录。

    一个文件里可以有几张表，几个文件可以合成一份记录。认不出的文字放在记录的“未识别”里，
    一个字也不丢；已有的记录不会被覆盖。
    """
    opened = open_data(data_folder(data))
    identity = _place(target, opened) if target else None
    forms = _forms_named(names, opened.forms)
    found = import_documents(_open_all(paths), forms, is_named=bool(names))
    _tell(found)
    if identity is None:
        click.echo(record_text(found.record()), nl=False)
        if found.parts:
            click.echo(f"只显示，没有写入；写入请加 --to {_suggested(found, opened)}", err=True)
        return
    others = sorted(found.years - {identity.year})
    if others:
        written = "、".join(map(str, others))
        raise GongkaiError(
            f"原件是 {written} 年度的，--to 写的是 {identity.year}，请核对；没有写入"
        )
    _write_record(found, identity, merge)
    _, problems = check_record(identity, opened.forms)
    if any(problem.stops for problem in problems):
        raise DataError(problems)
    report(problems)


@click.command("export", cls=Command, options_metavar="[选项]")
@help_option
@data_option
@click.option(
    "--to",
    "kind",
    cls=_RequiredOption,
    required=True,
    type=_KindType(WRITERS),
    metavar="种类",
    help=f"文件的种类，必须写明：{'、'.join(WRITERS)}。",
)
@click.option("--part", "keys", multiple=True, metavar="部分", help="只要这一部分，如 附件3。")
@_output_option
@_force_option
@click.argument("identity", type=_IdentityType(), metavar="地区/单位/年度")
def export_command(
    data: Path | None,
    kind: str,
    keys: tuple[str, ...],
    output: Path | None,
    force: bool,
    identity: _Identity,
) -> None:
    """把一份记录写成 Word、Excel、网页、文字或 PDF 文件。"""
    opened = open_data(data_folder(data))
    place = _existing(identity, opened)
    record, problems = check_record(place, opened.forms)
    if record is None or any(problem.stops for problem in problems):
        raise DataError(problems)
    unit = opened.regions[place.region].units[place.unit]
    document = draw_record(_only(record, keys), f"{unit.name}{place.year}年度公开信息")
    path = output or Path(f"{place.region}-{place.unit}-{place.year}.{kind}")
    write_file(path, write_document(document, kind), may_replace=force)
    click.echo(f"写好了 {path}")


@click.command("blank", cls=Command, options_metavar="[选项]")
@help_option
@data_option
@click.option(
    "--to",
    "kind",
    cls=_RequiredOption,
    required=True,
    type=_KindType(("docx", "xlsx", "yaml")),
    metavar="种类",
    help="文件的种类，必须写明：docx、xlsx，或 yaml（记录里的一段）。",
)
@_output_option
@_force_option
@click.argument("name", metavar="表式")
def blank_command(
    data: Path | None, kind: str, output: Path | None, force: bool, name: str
) -> None:
    """由表式做一张空白表，给单位填写。"""
    (form,) = _forms_named((name,), read_forms(data_folder(data) / "forms"))
    if kind == "yaml":
        key = form.use if form.use != "附件" else "附件1"
        written = record_text({key: blank_part(form)}).encode()
    else:
        written = write_document(draw_blank(form), kind)
    path = output or Path(f"{form.name}.{kind}")
    write_file(path, written, may_replace=force)
    click.echo(f"写好了 {path}")


COMMANDS = (import_command, export_command, blank_command)


# --- what the commands are made of ---


def _forms_named(names: Iterable[str], forms: Mapping[str, Form]) -> list[Form]:
    """The forms of these names; all, when none is named."""
    names = list(dict.fromkeys(names))
    unknown = [name for name in names if name not in forms]
    if unknown:
        known = "、".join(sorted(forms))
        raise GongkaiError(f"没有表式“{'”“'.join(unknown)}”，可以写：{known}")
    return [forms[name] for name in names] or list(forms.values())


def _open_all(paths: Iterable[Path]) -> list[tuple[str, list[Block]]]:
    """What stands in the files. Raises DataError with all that cannot be read."""
    documents: list[tuple[str, list[Block]]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            documents.append((path.name, open_document(path)))
        except UnreadableError as error:
            problems.append(Problem(path, 1, 1, str(error)))
    if problems:
        raise DataError(problems)
    return documents


def _tell(found: Import) -> None:
    """Report the import. Raises GongkaiError when a person has to say more first."""
    if found.undecided:
        click.echo("\n".join(lines_of(found.undecided)), err=True)
        raise GongkaiError("有的表认不准，没有写入；请用 --form 指明是哪张表再试")
    if not found.parts:
        raise GongkaiError(
            "没有认出任何表式，没有写入；如果是新的表，请先画出来（见 data/README.md），"
            "如果是已有的表，请用 --form 指明"
        )
    click.echo("\n".join(report_lines(found)), err=True)


def _place(target: _Identity, data: Data) -> RecordPath:
    """Where the record belongs. Raises GongkaiError for a unit that is not registered."""
    region, unit, year = target
    if region not in data.regions or unit not in data.regions[region].units:
        raise GongkaiError(
            f"单位 {region}/{unit} 没有登记，请先在 {data.folder}/regions/{region}.yaml 中登记"
        )
    return RecordPath(region, unit, year, data.folder / "records" / region / unit / f"{year}.yaml")


def _existing(identity: _Identity, data: Data) -> RecordPath:
    return identify(_place(identity, data).path, data.folder / "records", data.regions)


def _suggested(found: Import, data: Data) -> str:
    """Which record it seems to be, by the names of units and the years in it."""
    units = [
        f"{region.code}/{unit.slug}"
        for region in data.regions.values()
        for unit in region.units.values()
        if any(entry.text.strip() == unit.name for entry in found.filled)
    ]
    unit = units[0] if len(set(units)) == 1 else "地区/单位"
    year = str(*found.years) if len(found.years) == 1 else "年度"
    return f"{unit}/{year}"


def _only(record: Record, keys: tuple[str, ...]) -> Record:
    """The record with these parts, all when none is named."""
    known = [part.key for part in record.parts]
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise GongkaiError(f"记录里没有“{'”“'.join(unknown)}”，有：{'、'.join(known)}")
    if not keys:
        return record
    parts = tuple(part for part in record.parts if part.key in keys)
    return Record(record.identity, parts, record.file)


def _write_record(found: Import, identity: RecordPath, merge: bool) -> None:
    """A new record is written; one that is there only when it is said, and only what differs."""
    path = identity.path
    nodes = found.record()
    if not path.exists():
        write_file(path, record_text(nodes).encode(), may_replace=False)
        click.echo(f"写好了 {path}")
        return
    file = YamlFile.read(path)
    wanted = _without_empty(nodes, file.root)
    changes = differences(file.root, wanted)
    if not changes:
        click.echo(f"{path} 里已有同样的内容，没有改动")
        return
    click.echo(f"和已有的 {path} 有 {len(changes)} 处不同（已有 → 原件）：", err=True)
    click.echo("\n".join(difference_lines(changes)), err=True)
    if not merge:
        raise GongkaiError("已有的记录没有改动；核对以后加 --merge 写入这些不同")
    write_file(path, merge_yaml(file, wanted).encode(), may_replace=True)
    click.echo(f"已写入 {path}")


def _without_empty(new: Node, old: Node | None) -> Node:
    """What is empty in a document does not take anything out of a record."""
    if isinstance(new, dict) and isinstance(old, dict):
        kept = {}
        for key, node in new.items():
            if node == "" and old.get(key, "") != "":
                continue
            kept[key] = _without_empty(node, old.get(key))
        return kept
    if isinstance(new, list) and isinstance(old, list) and len(new) == len(old):
        return [_without_empty(*pair) for pair in zip(new, old, strict=True)]
    return new
