"""The commands that read and write documents: import, export, blank."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

import click

from generator.checks.case import read_library
from generator.checks.check import check_record, check_unit
from generator.checks.day import this_day
from generator.checks.remarks import Remark, remarks_of
from generator.checks.rules import describe_rules
from generator.cli_shared import (
    Command,
    FileType,
    data_folder,
    data_option,
    help_option,
    report,
)
from generator.cli_words import WrongUse, WrongValue
from generator.documents.blank import blank_record_text
from generator.documents.draw import draw_blank, draw_record
from generator.documents.exporting import WRITERS, write_document
from generator.documents.importing import Import, import_documents, record_text
from generator.documents.merging import Update, update_of
from generator.documents.model import Block, UnreadableError
from generator.documents.named_units import named_units
from generator.documents.opening import open_document
from generator.documents.report import difference_lines, kept_lines, lines_of, report_lines
from generator.errors import DataError, GongkaiError
from generator.files import like_written, write_file
from generator.forms.file import read_forms
from generator.forms.form import Form
from generator.records.data import Data, open_data
from generator.records.record import Record
from generator.records.store import RecordPath, identify
from generator.yaml import YamlFile
from generator.yaml.merge import differences, merge_yaml

_IDENTITY = re.compile(r"([0-9]{6})/([a-z0-9-]+)/([0-9]{4})")
_YEARS = range(1900, 2100)
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
        if int(found[3]) not in _YEARS:
            message = f"“{value}”的年度应在 {_YEARS.start} 和 {_YEARS.stop - 1} 之间"
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


class _Command(Command):
    """A command whose own help is named when an option lacks its value."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click leaves it out, as if the whole program were meant
            raise


class _RequiredOption(click.Option):
    """An option that must be given; its help says so in Chinese, click would say it in English."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        return "  ".join(self.opts) + f" {self.make_metavar(ctx)}", self.help or ""


_output_option = click.option(
    "--output",
    type=FileType(),
    metavar="文件",
    help="写到这个文件（默认：当前文件夹，按内容取名）。",
)
_force_option = click.option("--force", is_flag=True, help="文件已有时替换。")


@click.command("import", cls=_Command, options_metavar="[选项]")
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
@click.argument("paths", nargs=-1, required=True, type=FileType(), metavar="文件…")
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
    if merge and target is None:
        raise WrongUse("--merge 要和 --to 一起用，写明合到哪份记录")
    opened = open_data(data_folder(data))
    identity = _place(target, opened) if target else None
    forms = _forms_named(names, opened.forms)
    file = YamlFile.read(identity.path) if identity and identity.path.exists() else None
    record = file.root if file and isinstance(file.root, dict) else {}
    documents = _open_all(paths)
    found = import_documents(documents, forms, is_named=bool(names), record=record)
    _tell(found, names)
    if identity is None:
        click.echo(record_text(found.record()), nl=False)
        if found.parts:
            click.echo(f"只显示，没有写入；写入请加 --to {_suggested(found, opened)}", err=True)
        return
    _refuse_others(found, identity, opened)
    if file is None:
        write_file(identity.path, record_text(found.record()).encode(), may_replace=False)
        click.echo(f"写好了 {identity.path}")
    else:
        _change_record(file, update_of(record, found), merge=merge)
    _, problems = check_record(identity, opened.forms)
    if any(problem.stops for problem in problems):
        raise DataError(problems)
    report(problems)


@click.command("export", cls=_Command, options_metavar="[选项]")
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
    """把一份记录写成 Word、Excel、网页、文字或 PDF 文件。

    有核对说明的，数字旁边标〔注1〕，说明在文件最后；导入时会自动去掉。没有发布的记录，
    开头写明是未公开预览；已撤回的记录不能导出。
    """
    _check_output(output, kind)
    opened = open_data(data_folder(data))
    place = _existing(identity, opened)
    record, problems = check_record(place, opened.forms)
    if record is None or any(problem.stops for problem in problems):
        raise DataError(problems)
    unit = opened.regions[place.region].units[place.unit]
    title = f"{unit.name}{place.year}年度公开信息"
    remarks = _of_parts(_remarks(record, opened), keys)
    document = draw_record(_only(record, keys), title, remarks)
    name = "-".join([place.region, place.unit, str(place.year), *dict.fromkeys(keys)])
    _write(output or Path(f"{name}.{kind}"), write_document(document, kind), may_replace=force)


@click.command("blank", cls=_Command, options_metavar="[选项]")
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
    _check_output(output, kind)
    (form,) = _forms_named((name,), read_forms(data_folder(data) / "forms"))
    if kind == "yaml":
        key = form.use if form.use != "附件" else "附件1"
        written = blank_record_text(key, form).encode()
    else:
        written = write_document(draw_blank(form), kind)
    _write(output or Path(f"{form.name}.{kind}"), written, may_replace=force)


# --- what the commands are made of ---


def _write(path: Path, data: bytes, *, may_replace: bool) -> None:
    """Write a file and say so."""
    write_file(path, data, may_replace=may_replace)
    click.echo(f"写好了 {path}")


def _forms_named(names: Iterable[str], forms: Mapping[str, Form]) -> list[Form]:
    """The forms of these names; all, when none is named."""
    names = list(dict.fromkeys(names))
    unknown = [name for name in names if name not in forms]
    if unknown:
        known = "、".join(sorted(forms))
        near = dict.fromkeys(name for each in unknown for name in _near_forms(each, forms))
        hint = f"是不是“{'”或“'.join(near)}”？" if near else ""
        raise GongkaiError(f"没有表式“{'”“'.join(unknown)}”，{hint}可以写：{known}")
    return [forms[name] for name in names] or list(forms.values())


def _near_forms(name: str, forms: Mapping[str, Form]) -> list[str]:
    """The forms that may be meant, also by the full name that is printed on them."""
    words = [*forms, *(form.title for form in forms.values())]
    near = [name] if name in words else get_close_matches(name, words, 3, 0.6)
    return [each for each, form in sorted(forms.items()) if each in near or form.title in near]


def _check_output(path: Path | None, kind: str) -> None:
    """The file that is to be written, as far as its name tells. Raises WrongUse."""
    if path is None:
        return
    if path.is_dir():
        raise WrongUse(f"--output {path} 是一个文件夹，请写上文件名")
    suffix = path.suffix.lower().removeprefix(".")
    if suffix in _SUFFIXES and _SUFFIXES[suffix] != kind:
        raise WrongUse(f"--output 写的是 .{suffix} 文件，--to 写的是 {kind}，请改成一样的")


_SUFFIXES = {kind: kind for kind in (*WRITERS, "yaml", "doc", "xls")} | {
    "htm": "html",
    "yml": "yaml",
}
"""suffix -> the kind that a file with it is taken for; a name may have others: 第1.2版"""


def _open_all(paths: Sequence[Path]) -> list[tuple[str, list[Block]]]:
    """What stands in the files, each once. Raises GongkaiError after telling what is unreadable."""
    files: dict[str, Path] = {}
    for path in paths:
        files.setdefault(os.path.realpath(path), path)
    each_once = files.values()
    often = Counter(path.name for path in each_once)
    documents: list[tuple[str, list[Block]]] = []
    unreadable: list[str] = []
    for path in each_once:
        name = path.name if often[path.name] == 1 else path.as_posix()
        try:
            documents.append((name, open_document(path)))
        except UnreadableError as error:
            unreadable.append(f"{path.as_posix()}: {error}")
    if unreadable:
        click.echo("\n".join(sorted(unreadable)), err=True)
        raise GongkaiError(f"有 {len(unreadable)} 个文件读不出来，没有写入")
    return documents


def _tell(found: Import, names: Sequence[str]) -> None:
    """Report the import. Raises GongkaiError when a person has to say more first."""
    if found.undecided:
        click.echo("\n".join(lines_of(found.undecided, is_whole=True)), err=True)
        if names:
            raise GongkaiError("有的表认不准，没有写入；请把 --form 减到确实在文件里的表再试")
        raise GongkaiError("有的表认不准，没有写入；请用 --form 指明是哪张表再试")
    if not found.parts and names:
        raise GongkaiError(
            f"文件里没有找到“{'”“'.join(dict.fromkeys(names))}”，没有写入；"
            "请打开文件看看是不是这张表，或者去掉 --form 再试"
        )
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
        known = [f"{each.code}/{slug}" for each in data.regions.values() for slug in each.units]
        near = get_close_matches(f"{region}/{unit}", known, 1, 0.75)
        hint = f"，是不是 {near[0]}？如果是新的单位" if near else ""
        file = data.folder / "regions" / f"{region}.yaml"
        raise GongkaiError(f"单位 {region}/{unit} 没有登记{hint}，请先在 {file} 中登记")
    return RecordPath(region, unit, year, data.folder / "records" / region / unit / f"{year}.yaml")


def _existing(identity: _Identity, data: Data) -> RecordPath:
    return identify(_place(identity, data).path, data.folder / "records", data.regions)


def _refuse_others(found: Import, identity: RecordPath, data: Data) -> None:
    """Raises GongkaiError when the documents say that they are of another year or unit."""
    if others := sorted(found.years - {identity.year}):
        written = "、".join(map(str, others))
        raise GongkaiError(
            f"原件是 {written} 年度的，--to 写的是 {identity.year}，请核对；没有写入"
        )
    named = named_units(found, data.regions)
    own = (identity.region, identity.unit)
    if all(any((each.region, each.slug) == own for each in units) for units in named):
        return
    names = "、".join(dict.fromkeys(units[0].name for units in named))
    target = data.regions[identity.region].units[identity.unit].name
    raise GongkaiError(
        f"原件是{names}的，--to 写的是 {identity.region}/{identity.unit}（{target}），"
        "请核对；没有写入"
    )


def _suggested(found: Import, data: Data) -> str:
    """Which record it seems to be, by the names of units and the years in it."""
    units = {
        f"{each.region}/{each.slug}" for them in named_units(found, data.regions) for each in them
    }
    unit = units.pop() if len(units) == 1 else "地区/单位"
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
    return replace(record, parts=parts)


def _remarks(record: Record, data: Data) -> tuple[Remark, ...]:
    """What readers are told beside its figures: the same as on its page."""
    if not record.review.answers:
        return ()
    own = record.identity
    earlier = [
        each
        for each in data.records
        if (each.region, each.unit) == (own.region, own.unit) and each.year < own.year
    ]
    region = data.regions[own.region]
    library = read_library(data.folder)
    *_, checked = check_unit([*earlier, own], data.forms, region, library, this_day())
    return remarks_of(checked.findings, describe_rules(data.forms))


def _of_parts(remarks: Iterable[Remark], keys: tuple[str, ...]) -> list[Remark]:
    """The remarks on something in these parts, all when none is named; they keep their numbers."""
    return [
        remark
        for remark in remarks
        if not keys or any(key in place.where[:1] for place in remark.places for key in keys)
    ]


def _change_record(file: YamlFile, update: Update, *, merge: bool) -> None:
    """A record that is there is changed only when it is said, and only what differs."""
    path = file.path
    for title, lines in (
        (f"和已有的 {path} 合不到一起的：", lines_of(update.doubts, is_whole=True)),
        (f"{path} 里有、原件里没有的：", kept_lines(update.kept)),
    ):
        if told := list(lines):
            click.echo("\n".join([title, *told]), err=True)
    changes = differences(file.root, update.nodes)
    if not changes:
        same = "原件的全部内容" if update.kept else "同样的内容"
        click.echo(f"{path} 里已有{same}，没有改动")
        return
    click.echo(f"和已有的 {path} 有 {len(changes)} 处不同（已有 → 原件）：", err=True)
    click.echo("\n".join(difference_lines(changes)), err=True)
    if not merge:
        raise GongkaiError("已有的记录没有改动；核对以后加 --merge 写入这些不同")
    text = merge_yaml(file, update.nodes)
    write_file(path, like_written(path.read_bytes(), text), may_replace=True)
    click.echo(f"已写入 {path}")
