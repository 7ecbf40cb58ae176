"""What stands in our own files and is not the unit's: remarks, their marks, the word 未公开.

Behind a value stands 〔注1〕, at the end 核对说明 says what 注1 is. Both are taken out again in one
place, `original`, whichever kind of file they come from. What is taken out is exactly what the file
itself says it has: texts of a unit that only look like marks stay.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.documents.model import Block, Line
from generator.yaml import without_unseen

TITLE = "核对说明"
NOTE = "以下说明不是原件的内容。"
END = "（核对说明完）"
"""Below it something else may have been put into the file."""

MARK = re.compile("(〔核*注[0-9]+(?:、核*注[0-9]+)*〕)")
"""Something that looks like a mark, as a group so that texts can be split by it."""

_HEAD = re.compile("(核*注)[0-9]+\u3000.*（规则 [^（）]*）")
"""Begins a remark: 注1　应写清楚（规则 C1）."""
_PREVIEW = re.compile("未公开预览：状态是“[^”]*”，请勿传播")


def preview_line(status: str) -> str:
    """What stands above a record that is not public."""
    return f"未公开预览：状态是“{status}”，请勿传播"


def mark_word(texts: Iterable[str]) -> str:
    """注, or 核注, 核核注, …: the first whose marks are in none of the texts."""
    joined = "\0".join(texts)
    word = "注"
    while f"〔{word}" in joined:
        word = f"核{word}"
    return word


def mark_of(word: str, numbers: Iterable[int]) -> str:
    """〔注1、注3〕; "" without any number."""
    labels = "、".join(f"{word}{number}" for number in sorted(set(numbers)))
    return f"〔{labels}〕" if labels else ""


@dataclass(frozen=True, slots=True)
class Original:
    """A file without what our own export added."""

    blocks: list[Block]
    remarks: int
    """How many remarks were taken out."""
    loose: list[tuple[str, str]]
    """(mark, place): what looks like a mark of remarks that the file does not have. It stays."""


def original(blocks: Sequence[Block]) -> Original:
    """Take out the remarks, their marks and the line above a record that is not public."""
    kept: list[Block] = []
    words: set[str] = set()
    remarks = number = 0
    while number < len(blocks):
        end = _end_of_remarks(blocks, number)
        if end > number:
            found = [_HEAD.fullmatch(_text(block)) for block in blocks[number:end]]
            words |= {head[1] for head in found if head}
            remarks += sum(head is not None for head in found)
            number = end
            continue
        if not _PREVIEW.fullmatch(_text(blocks[number])):
            kept.append(blocks[number])
        number += 1
    if words:
        word = "|".join(sorted(words))
        marks = re.compile(f"〔(?:{word})[0-9]+(?:、(?:{word})[0-9]+)*〕")
        kept = [_without(block, marks) for block in kept]
    return Original(kept, remarks, [each for block in kept for each in _loose(block)])


def _end_of_remarks(blocks: Sequence[Block], start: int) -> int:
    """Where the remarks end that begin here; `start` itself when none do."""
    if _text(blocks[start]) != TITLE:
        return start
    number = start + 1
    while number < len(blocks) and isinstance(blocks[number], Line) and not _text(blocks[number]):
        number += 1
    if number == len(blocks) or _text(blocks[number]) != NOTE:
        return start
    for end in range(number + 1, len(blocks)):
        if _text(blocks[end]) == END:
            return end + 1
    return len(blocks)


def _text(block: Block) -> str:
    """Of a line; "" for a table."""
    return without_unseen(block.text).strip() if isinstance(block, Line) else ""


def _without(block: Block, marks: re.Pattern[str]) -> Block:
    if isinstance(block, Line):
        return replace(block, text=marks.sub("", block.text)) if "〔" in block.text else block
    cells = tuple(
        replace(cell, text=marks.sub("", cell.text)) if "〔" in cell.text else cell
        for cell in block.cells
    )
    return replace(block, cells=cells)


def _loose(block: Block) -> Iterable[tuple[str, str]]:
    for each in [block] if isinstance(block, Line) else block.cells:
        if "〔" in each.text:
            yield from ((mark, each.place) for mark in MARK.findall(each.text))
