"""Personal data masked in a document before anything else is done with it.

Mobile and identity numbers are known by themselves, clerks' names only by the label they stand
behind. 单位负责人 is no such label: who answers for a unit signs in office.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.checks.privacy import mask
from generator.documents.match.source import SourceCell, SourceRow, SourceText
from generator.forms.types import NO_NAME, PersonName

_LETTER, _GAP = r"[^\W\d_a-zA-Z]", r"[ \t\u00a0\u2002\u2003　]"
_NOTE = r"[(（][^()（）\n]{0,10}[)）]"


def _spaced(words: str) -> str:
    """An expression for each of the words, also when its letters are set apart."""
    return "|".join(rf"{_GAP}*".join(word) for word in words.split("|"))


_PERSON = (
    f"(?:{_spaced('填报人|填表人|制表人|经办人|联系人|责任编辑|审核人|审核员|复核人')})(?:员|姓名)?"
    f"|{_spaced('一审|二审|三审')}"
)
_BEHIND = rf"(?:{_GAP}*{_NOTE})*{_GAP}*[:：]|(?:{_GAP}*{_NOTE})+"
# 审核 is also what is done, so it must have a colon or a note.
_LABEL = re.compile(
    rf"(?:{_PERSON})(?:(?:{_BEHIND})\s*|(?={_GAP}|\n)\s*)|(?:{_spaced('审核|复核')})(?:{_BEHIND})\s*"
)
_ALONE = re.compile(
    rf"\s*(?:(?:{_PERSON})(?:{_BEHIND})?|(?:{_spaced('审核|复核')})(?:{_BEHIND}))\s*"
)
_OTHER_LABEL = re.compile(
    _spaced(
        "联系|电话|手机|传真|邮箱|填报|填表|制表|审核|复核|经办|单位|部门|负责人|责任|主管|分管|校对|"
        "签发|一审|二审|三审|日期|时间|职务|年月"
    )
)
# As long as names may be; what a hostile file has more is not looked through again and again.
_RUN = re.compile(rf"(?:{_LETTER}|{_GAP}|[、，,;；/]|{_NOTE}){{0,200}}")
_LAST_WORD = re.compile(rf"(?:{_LETTER}{_GAP}+)*{_LETTER}$|{_LETTER}+$")
_FIRST_TWO = re.compile(rf"{_LETTER}{_GAP}*{_LETTER}")


@dataclass(frozen=True, slots=True)
class Masked:
    """What was masked, and in which text."""

    kind: str
    """手机号码, 身份证号码 or 姓名."""
    masked: str
    text: SourceText


def mask_numbers(rows: Sequence[SourceRow]) -> Iterator[Masked]:
    """Mask every personal number."""
    for text in _texts(rows):
        text.text, numbers = mask(text.text)
        for number in numbers:
            yield Masked(number.kind, number.masked, text)


def mask_names(rows: Sequence[SourceRow]) -> Iterator[Masked]:
    """Mask every name that stands behind a label, or in the next cell when that has none itself."""
    for number, row in enumerate(rows):
        below = rows[number + 1].cells if number + 1 < len(rows) else ()
        for place, cell in enumerate(row.cells):
            if not cell.is_first:
                continue
            cell.text.text, names = without_names(cell.text.text)
            yield from (Masked("姓名", name, cell.text) for name in names)
            if _ALONE.fullmatch(cell.text.text):
                named = _cell_of_name(cell, row.cells[place + 1 :], below)
                stop, masked = _names(named.text, 0) if named else (0, "")
                if named and stop:
                    named.text = masked + named.text[stop:]
                    yield Masked("姓名", masked.strip(), named)


def without_names(text: str) -> tuple[str, list[str]]:
    """A text in which every name behind a label is masked, and how."""
    written, names, position = "", [], 0
    for label in _LABEL.finditer(text):
        stop, masked = _names(text, label.end())
        if stop > label.end() and label.end() >= position:
            written += text[position : label.end()] + masked
            names.append(masked.strip())
            position = stop
    return written + text[position:], names


def _texts(rows: Sequence[SourceRow]) -> Iterator[SourceText]:
    return (cell.text for row in rows for cell in row.cells if cell.is_first)


def _cell_of_name(
    label: SourceCell, behind: Sequence[SourceCell], below: Sequence[SourceCell]
) -> SourceText | None:
    """The cell right of a label; in a row of labels, the one below it."""
    if behind and not _OTHER_LABEL.match(behind[0].text.text.strip()):
        return behind[0].text
    for cell in below:
        if behind and cell.is_first and label.columns and label.columns.start in cell.columns:
            return cell.text
    return None


def _names(text: str, start: int) -> tuple[int, str]:
    """Where the names end that begin here, and how they are masked; `start` where none does."""
    found = _RUN.match(text, start)
    run = found[0] if found else ""
    stop = start + len(run)
    if other := _OTHER_LABEL.search(run):
        run = run[: other.start()]
    elif text.startswith((":", "："), stop):
        run = _without_label(run)
    elif text.startswith(("*", "＊"), stop):  # masked already
        run = _LAST_WORD.sub("", run)
    run = run.rstrip(" \t\u00a0\u2002\u2003　、，,;；/")
    masked = PersonName.masked(run)
    family = masked.lstrip().find("*")
    return (start + len(run), masked) if family in (1, 2) else (start, "")


def _without_label(run: str) -> str:
    """What stands before a label of another kind: 张三 of 张三 分管领导（签字）:."""
    run = re.sub(rf"(?:{_GAP}*{_NOTE})*{_GAP}*$", "", run)
    before = _LAST_WORD.sub("", run).rstrip()
    if before:
        return before
    # letters that are set apart all the way: a name of two is usual, and better masked than not
    found = _FIRST_TWO.match(run)
    return found[0] if found and not NO_NAME.search(run) else ""
