"""The command mask: personal data in files masked in place, every other byte as it was."""

import os
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from generator.checks.personal.numbers import masked_mobile
from generator.checks.privacy import find_numbers
from generator.cli_shared import Command, FileType, data_folder, data_option, help_option
from generator.errors import DataError, Problem
from generator.files import write_file
from generator.forms.file import read_forms
from generator.forms.form import Form, Rows, Tree
from generator.forms.schema import FORM_KEY
from generator.forms.types import Blank, Mistake, PersonName, Phone
from generator.records.review import REVIEW_BLANKS
from generator.yaml import FaultyFileError, Node, TextFile, Where, YamlFile


@dataclass(frozen=True, slots=True, order=True)
class _Edit:
    """A stretch of a file's text that is masked."""

    start: int
    end: int
    kind: str
    """手机号码, 姓名 and the like."""
    masked: str


@dataclass(frozen=True, slots=True)
class _Masking:
    """What is masked in one file."""

    file: TextFile
    data: bytes
    """The file as it is after masking."""
    told: tuple[Problem, ...]
    """Each place, and how it is masked."""


@click.command("mask", cls=Command, options_metavar="[选项]")
@help_option
@data_option
@click.option("--dry-run", is_flag=True, help="只列出要遮盖的地方，不写入。")
@click.argument("paths", nargs=-1, required=True, type=FileType(), metavar="文件…")
def mask_command(data: Path | None, dry_run: bool, paths: tuple[Path, ...]) -> None:
    """遮盖文件里的个人信息，其余内容一个字节也不动。

    包括手机号码、身份证号码、银行卡号、电子邮箱、家庭住址、出生日期，以及记录里填报人等人名。
    有文件读不出来时，一个文件也不写。
    """
    folder = data_folder(data)
    forms = read_forms(folder / "forms")
    maskings: list[_Masking] = []
    problems: list[Problem] = []
    for path in {os.path.realpath(path): path for path in paths}.values():
        try:
            maskings.append(_masking(path, forms))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    for masking in maskings:
        if not masking.told:
            click.echo(f"{masking.file.path.as_posix()}: 没有需要遮盖的内容")
            continue
        if not dry_run:
            write_file(masking.file.path, masking.data, may_replace=True)
        click.echo("\n".join(map(str, masking.told)))
    count = sum(len(masking.told) for masking in maskings)
    if count and dry_run:
        click.echo(f"共 {count} 处要遮盖，没有写入。")
    elif count:
        click.echo(f"共遮盖 {count} 处。")
    if count:
        click.echo("文件如已提交到 git，历史里仍有原来的内容，请告知管理员清理历史。")


def _masking(path: Path, forms: Mapping[str, Form]) -> _Masking:
    """What to mask in a file. Raises DataError when it cannot be read."""
    file = TextFile.read(path)
    before = path.read_bytes()
    after, told = before, []
    nodes = _yaml(file)
    # What is left of a masked number may be a part of another one: until nothing is found.
    while edits := _edits(file, forms):
        told += [file.problem_at(edit.start, f"{edit.kind} → {edit.masked}") for edit in edits]
        after = _edited(after, edits)
        file = TextFile(path, _edited_text(file.text, edits))
    if nodes and not _yaml(file):
        raise DataError([Problem(path, 1, 1, "不能自动遮盖，请手工修改；没有写入")])
    return _Masking(file, after, tuple(told))


def _yaml(file: TextFile) -> YamlFile | None:
    """The file's nodes; None when they cannot be read."""
    try:
        return YamlFile(file.path, file.text)
    except FaultyFileError as error:
        return error.file
    except DataError:
        return None


def _edits(file: TextFile, forms: Mapping[str, Form]) -> list[_Edit]:
    """Everything to mask, in order, nothing twice."""
    found = [_Edit(n.start, n.end, n.kind, n.masked) for n in find_numbers(file.text)]
    if nodes := _yaml(file):
        found += _in_blanks(nodes, forms)
    edits: list[_Edit] = []
    for edit in sorted(found, key=lambda edit: (edit.start, -edit.end)):
        if not edits or edit.start >= edits[-1].end:
            edits.append(edit)
    return edits


# --- Names and telephone numbers by their blanks --------------------------------------------------


def _in_blanks(file: YamlFile, forms: Mapping[str, Form]) -> Iterator[_Edit]:
    """What only a record's form tells to be a name or a mobile number."""
    if not isinstance(file.root, dict):
        return
    for key, node in file.root.items():
        if key in REVIEW_BLANKS:
            yield from _below(file, (key,), node, REVIEW_BLANKS[key])
        elif isinstance(node, dict) and isinstance(name := node.get(FORM_KEY), str):
            form = forms.get(name)
            if form:
                yield from _below(file, (key,), node, form.tree)


def _below(file: YamlFile, where: Where, node: Node, entry: Blank | Rows | Tree) -> Iterator[_Edit]:
    """What is to be masked in a node that the form has as this."""
    if isinstance(entry, Blank):
        if isinstance(node, str) and isinstance(entry.type, PersonName | Phone):
            yield from _in_value(file, where, entry.type)
    elif isinstance(entry, Rows):
        for number, item in enumerate(node if isinstance(node, list) else ()):
            yield from _below(file, (*where, number), item, dict(entry.blanks))
    elif isinstance(node, dict):
        for key, inner in node.items():
            if key in entry:
                yield from _below(file, (*where, key), inner, entry[key])


def _in_value(file: YamlFile, where: Where, type_: PersonName | Phone) -> Iterator[_Edit]:
    """The lines of a value that are to be masked. Raises DataError where none can be placed."""
    place = file.places[where]
    position = place.start
    for line in place.text.split("\n"):
        masked = _masked(line, type_)
        if masked == line:
            continue
        kind = "姓名" if isinstance(type_, PersonName) else "手机号码"
        start = file.text.find(line, position, place.end)
        if start < 0:  # in quotes, with escapes
            message = f"这里的{kind}不能自动遮盖，请改为 {masked}；没有写入"
            raise DataError([file.problem(where, message, 0)])
        position = start + len(line)
        yield _Edit(start, position, kind, masked)


def _masked(written: str, type_: PersonName | Phone) -> str:
    try:
        type_.parse(written)
    except Mistake:
        if isinstance(type_, PersonName):
            return PersonName.masked(written)
        digits = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", written))
        found = _MOBILE.fullmatch(digits)
        return masked_mobile(found[1]) if found else written
    return written


_MOBILE = re.compile(r"(?:(?:00)?86)?(1[3-9][0-9]{9})")


# --- Texts and bytes ------------------------------------------------------------------------------


def _edited_text(text: str, edits: Sequence[_Edit]) -> str:
    for edit in reversed(edits):
        text = text[: edit.start] + edit.masked + text[edit.end :]
    return text


def _edited(data: bytes, edits: Sequence[_Edit]) -> bytes:
    """A file with its text edited: its mark of UTF-8 and all its line ends stay."""
    raw = data.decode()
    mark = 1 if raw.startswith("\ufeff") else 0
    # A line end of two characters is one in the text: where these stand in the text.
    ends = [end.start() - mark - n for n, end in enumerate(_WINDOWS_END.finditer(raw))]
    for edit in reversed(edits):
        shift = mark + bisect_left(ends, edit.start)
        raw = raw[: edit.start + shift] + edit.masked + raw[edit.end + shift :]
    return raw.encode()


_WINDOWS_END = re.compile("\r\n")
