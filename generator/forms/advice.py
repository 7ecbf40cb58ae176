"""Advice on drawings: what is legal, but hard to read back from a document that somebody filled.

A page made of a record needs none of this. A filled Word or Excel file is told apart by the words
around its blanks, so a drawing that will be imported should have some around each.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.errors import Problem
from generator.forms.form import Form, Line, Table
from generator.forms.grid import Cell, Grid
from generator.forms.phrase import Phrase, Slot, slot_offsets
from generator.forms.types import Choice, Choices, LongText, Text, Year
from generator.yaml import Where, YamlFile


@dataclass(frozen=True, slots=True)
class _Place:
    """A drawn line with what tells its blanks apart."""

    phrase: Phrase
    where: Where
    offset: int
    """Of the line in the text at `where`."""
    offsets: tuple[int, ...]
    """Of the line's blanks, in the line."""
    beside: tuple[str, ...] = ()
    """The labels to its left, the nearest first."""
    above: str = ""
    """The column's header."""
    repeats: bool = False


def advise(form: Form, file: YamlFile) -> list[Problem]:
    """Problems that do not stop, at their places in the form's file."""
    places = list(_places(form, file))
    found = [
        *_lacks_title(form),
        *_unused_columns(form),
        *_chinese_quotes(places, file),
        *_in_lines(form, places),
        *_rows_without_labels(form, places),
        *_same_labels(form, places),
        *_nested_options(form),
    ]
    return [file.problem(where, message, offset, stops=False) for where, offset, message in found]


_Found = tuple[Where, int | None, str]


def _places(form: Form, file: YamlFile) -> Iterator[_Place]:
    for number, block in enumerate(form.blocks):
        if isinstance(block, Line):
            where: Where = ("版面", number, block.kind)
            offsets = tuple(slot_offsets(str(_node(file, where))))
            yield _Place(block.phrase, where, 0, offsets)
        elif isinstance(block, Table):
            for cell in block.grid.cells:
                yield from _in_cell(cell, block.grid, ("版面", number, "表格"), file)


def _in_cell(cell: Cell, grid: Grid, table: Where, file: YamlFile) -> Iterator[_Place]:
    repeats = cell.row in grid.repeats
    where: Where = (*table, cell.row, *(("一行",) if repeats else ()), cell.column)
    beside, above = _labels(cell, grid)
    start = 0
    lines = str(_node(file, where)).split("\n")
    for phrase, text in zip(cell.lines, lines, strict=False):
        yield _Place(phrase, where, start, tuple(slot_offsets(text)), beside, above, repeats)
        start += len(text) + 1


def _node(file: YamlFile, where: Where) -> object:
    node: object = file.root
    for key in where:
        node = node[key]  # type: ignore[index]  # the form was read from it
    return node


def _labels(cell: Cell, grid: Grid) -> tuple[tuple[str, ...], str]:
    """The labels to the left of a cell, the nearest first, and the header of its column."""
    beside, above = [], ""
    for other in grid.cells:  # by row, then column
        if other.scope is None:
            continue
        if other.row <= cell.row < other.row + other.rowspan and other.column < cell.column:
            beside.append(other)
        elif (
            other.scope == "col"
            and other.row < cell.row
            and other.column <= cell.column < other.column + other.colspan
        ):
            above = _words(other)
    beside.sort(key=lambda other: -other.column)
    return tuple(map(_words, beside)), above


def _words(cell: Cell) -> str:
    return " ".join(line.show(lambda name: f"{{{name}}}") for line in cell.lines)


def _lacks_title(form: Form) -> Iterator[_Found]:
    if form.use == "附件" and form.heading is None:
        message = "没有“标题”：读填好的文件时要靠标题认出是哪张表，请画上"
        yield ("版面",), None, message


def _unused_columns(form: Form) -> Iterator[_Found]:
    for number, block in enumerate(form.blocks):
        if not isinstance(block, Table):
            continue
        used = {cell.column for cell in block.grid.cells}
        unused = [column for column in range(len(block.grid.widths)) if column not in used]
        if unused:
            listed = "、".join(str(column + 1) for column in unused)
            message = f"没有一行用到第 {listed} 列，请看看“列宽”是不是多写了"
            yield ("版面", number, "列宽", unused[0]), None, message


def _chinese_quotes(places: Iterable[_Place], file: YamlFile) -> Iterator[_Found]:
    for where in dict.fromkeys(place.where for place in places):
        text = str(_node(file, where))
        if text.startswith("“") and text.endswith("”") and text.count("“") == 1:
            message = "两头的“ ”是中文引号，会照样印出来；如果是用来括住文字的，请改为半角的直引号"
            yield where, 0, message


def _in_lines(form: Form, places: Iterable[_Place]) -> Iterator[_Found]:
    """Blanks of one line whose contents run into each other."""
    for place in places:
        texts: list[str] = []
        before: Slot | None = None
        offsets = iter(place.offsets)
        for piece in place.phrase.pieces:
            if isinstance(piece, str):
                before = before if not piece.strip() else None
                continue
            offset = place.offset + next(offsets)
            type_ = form.blanks[piece.name].type
            if isinstance(type_, Year):
                before = None  # as good as a word: it is known
                continue
            if before:
                message = f"“{before.name}”和“{piece.name}”之间没有字，填好以后分不开，请加上名称"
                yield place.where, offset, message
            elif texts and isinstance(type_, Text | LongText):
                message = (
                    f"“{texts[-1]}”和“{piece.name}”都是文字，写在同一行里容易分错，请分成两行或两格"
                )
                yield place.where, offset, message
            if isinstance(type_, Text | LongText):
                texts.append(piece.name)
            before = piece


def _rows_without_labels(form: Form, places: Iterable[_Place]) -> Iterator[_Found]:
    rows: dict[Where, list[_Place]] = defaultdict(list)
    for place in places:
        if place.where[2] == "表格" and not place.repeats:
            rows[place.where[:4]].append(place)
    for where, row in rows.items():
        filled = [place for place in row if _is_filled(form, place.phrase)]
        if filled and not any(place.beside or place.above or _has_words(place) for place in row):
            yield where, None, "这一行没有栏目名称，填好以后认不出来，请在左边或上面写上名称"


def _is_filled(form: Form, phrase: Phrase) -> bool:
    return any(not isinstance(form.blanks[slot.name].type, Year) for slot in phrase.slots)


def _has_words(place: _Place) -> bool:
    return any(
        isinstance(piece, str) and any(character.isalnum() for character in piece)
        for piece in place.phrase.pieces
    )


def _same_labels(form: Form, places: Iterable[_Place]) -> Iterator[_Found]:
    """Blanks that nothing but their order tells apart."""
    first: dict[object, str] = {}
    for place in places:
        for slot, offset, inline in _labelled(form, place):
            label = inline or (place.beside[0] if place.beside else place.above)
            if not label:
                continue
            address = (inline, place.beside[:1], frozenset(place.beside), place.above)
            other = first.setdefault(address, slot.name)
            if other != slot.name:
                message = (
                    f"“{slot.name}”和“{other}”的名称都是“{label}”，上级栏目也一样，"
                    "填好以后分不清，请改一个名称"
                )
                yield place.where, place.offset + offset, message


def _labelled(form: Form, place: _Place) -> Iterator[tuple[Slot, int, str]]:
    """Each blank of a line that is filled, its offset, and the words right before it."""
    words = ""
    offsets = iter(place.offsets)
    for piece in place.phrase.pieces:
        if isinstance(piece, str):
            words = piece.strip(" :：,，(（")
            continue
        offset = next(offsets)
        if not isinstance(form.blanks[piece.name].type, Year):
            yield piece, offset, words
        words = ""


def _nested_options(form: Form) -> Iterator[_Found]:
    for name, blank in form.blanks.items():
        if not isinstance(blank.type, Choice | Choices):
            continue
        for number, option in enumerate(blank.type.options):
            longer = [other for other in blank.type.options if option != other and option in other]
            if longer:
                message = (
                    f"选项“{option}”是“{longer[0]}”的一部分，读填好的表时容易认错，"
                    "原表没有规定的话请换一种说法"
                )
                yield ("填空", name, "选项", number), None, message
