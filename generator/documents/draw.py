"""Drawing filled forms, and forms to be filled, as documents: the one way to paper for all formats.

The lines and cells are those of the form's drawing, with the values as they were written.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from generator.checks.remarks import Remark
from generator.documents.marks import preview_line
from generator.documents.model import Block, Cell, Document, Line, Sheet, Table
from generator.documents.remarks import NO_MARKS, Marking, Own, remark_sheet
from generator.errors import DocumentError
from generator.forms.form import Form, Prose
from generator.forms.form import Line as FormLine
from generator.forms.form import Table as FormTable
from generator.forms.grid import Grid
from generator.forms.layout import Item, PlacedCell, lay_out
from generator.forms.phrase import Phrase, Slot
from generator.forms.prose import read_prose
from generator.forms.types import Blank, Choice, Integer, Money, Number, Percent, Year
from generator.forms.values import EMPTY, State, Value
from generator.records.record import Part, Record

EMPTY_ROWS = 5
"""Rows of a list in a form that is to be filled."""
_YEAR_TO_FILL = Value(State.FILLED, "\u3000" * 4, None)
_ROOM = " " * 8
"""For writing, between the words of a line."""


def draw_record(record: Record, title: str, remarks: Sequence[Remark] = ()) -> Document:
    """Everything a record discloses, part by part, and the remarks on it.

    A record that is not public yet says so above; one that was withdrawn is a DocumentError.
    """
    status = record.review.status
    if status == "已撤回":
        raise DocumentError(
            "这份记录已撤回，不能再导出；如果要重新公开，请先走完审核，把“审核/状态”改过来再导出"
        )
    sheets = [draw_part(part) for part in record.parts]
    corrections = record.review.corrections
    if remarks or corrections:
        marking = Marking.of(remarks, (block for sheet in sheets for block in sheet.blocks))
        sheets = [draw_part(part, marking) for part in record.parts]
        sheets.append(remark_sheet(remarks, marking.word, corrections))
    if not record.review.is_public and sheets:
        above = Line(preview_line(status), "行")
        sheets[0] = replace(sheets[0], blocks=(above, *sheets[0].blocks))
    return Document(title, tuple(sheets))


def draw_part(part: Part, marking: Marking = NO_MARKS) -> Sheet:
    """A filled form, below its label when it is an attachment."""
    label = [Line(part.key, "标签")] if part.is_attachment else []
    filling = _Filling(part.form.blanks, part.values, part.rows, part.key, marking)
    return Sheet(part.key, (*label, *_blocks(part.form, filling)))


def texts_of(part: Part) -> Iterator[str]:
    """The texts of a filled form's lines and cells, as `draw_part` sets them, and nothing else."""
    show = partial(_show, part.form.blanks, part.values)
    if part.is_attachment:
        yield part.key
    for block in part.form.blocks:
        if isinstance(block, FormLine):
            yield block.phrase.show(show)
        elif isinstance(block, Prose):
            yield part.values[block.slot.name].written
        else:
            for grid in block.grid.alone:
                yield from _texts_of_rows(grid, part, show)


def _texts_of_rows(grid: Grid, part: Part, show: Callable[[str], str]) -> Iterator[str]:
    if not grid.repeats:
        yield grid.phrase.show(show)  # all cells at once, which takes a small part of the time
        return
    blanks = part.form.blanks
    for placed in lay_out(grid, part.rows):
        text_of = show
        if placed.item is not None:
            text_of = partial(_show, blanks, placed.item)
        for line in placed.cell.lines:
            yield line.show(text_of)


def _show(blanks: Mapping[str, Blank], values: Mapping[str, Value], name: str) -> str:
    return blanks[name].show(values.get(name, EMPTY))


def draw_blank(form: Form) -> Document:
    """A form to be filled: every blank empty, the years too, with some rows for each list."""
    values = {
        name: _YEAR_TO_FILL if isinstance(blank.type, Year) else EMPTY
        for name, blank in form.blanks.items()
    }
    rows = dict.fromkeys(form.lists, (values,) * EMPTY_ROWS)
    filling = _Filling(form.blanks, values, rows, "", NO_MARKS, _ROOM)
    return Document(form.title, (Sheet(form.title, tuple(_blocks(form, filling))),))


def _blocks(form: Form, filling: "_Filling") -> Iterable[Block]:
    for block in form.blocks:
        if isinstance(block, FormLine):
            yield Line(filling.text(block.phrase), block.kind)
        elif isinstance(block, FormTable):
            laid_out = lay_out(block.grid, filling.rows)
            cells = (_cell(placed, filling.row(placed), filling) for placed in laid_out)
            yield Table(block.grid.widths, tuple(cells))
        else:
            yield from _report(block, filling)


def _report(block: Prose, filling: "_Filling") -> Iterable[Line]:
    written = filling.values[block.slot.name].written
    marked = filling.marking.lines(written, filling.marks(block.slot.name))
    for line, text in zip(read_prose(written, block.outline), marked, strict=True):
        # a heading run into its paragraph is set as one line
        yield Line(text, "正文", 0 if line.heading and line.text else line.level)


@dataclass(frozen=True, slots=True)
class _Row:
    """What a cell is filled with in a row that repeats."""

    item: Item
    numbers: range
    """Of all the rows that the cell stands for."""


_NO_ROW = _Row(MappingProxyType({}), range(0))


@dataclass(frozen=True, slots=True)
class _Filling:
    """What the blanks of a form are filled with."""

    blanks: Mapping[str, Blank]
    values: Mapping[str, Value]
    rows: Mapping[str, tuple[Item, ...]]
    key: str
    """Of the part, in the record."""
    marking: Marking
    room: str = ""
    """Left for writing where an empty blank has something behind it."""

    def row(self, placed: PlacedCell) -> _Row:
        """Where a cell stands that is drawn once for each item of a list."""
        if placed.item is None:
            return _NO_ROW
        return _Row(placed.item, range(placed.number, placed.number + placed.rowspan))

    def text(self, phrase: Phrase, row: _Row = _NO_ROW, *, with_marks: bool = True) -> str:
        """The phrase filled, with the marks of its values or without."""
        last = phrase.pieces[-1:]

        def show(name: str) -> str:
            value = row.item[name] if name in row.item else self.values.get(name, EMPTY)
            text = self.blanks[name].show(value)
            if with_marks and (own := self.marks(name, row)):
                text = "\n".join(self.marking.lines(text, own))
            return text or ("" if (Slot(name),) == last else self.room)

        return phrase.show(show)

    def marks(self, name: str, row: _Row = _NO_ROW) -> Own:
        """Of the remarks on a blank's value."""
        if not self.marking.marks:
            return ()
        first, *rest = name.split("/")
        if name in row.item:
            return self.marking.at((self.key, first, number, *rest) for number in row.numbers)
        return self.marking.at([(self.key, first, *rest)])


def _cell(placed: PlacedCell, row: _Row, filling: _Filling) -> Cell:
    drawn = placed.cell
    slots = [slot.name for line in drawn.lines for slot in line.slots]
    lone = filling.blanks[slots[0]] if len(slots) == 1 and _is_lone(drawn.lines) else None
    is_number = lone is not None and isinstance(lone.type, Integer | Money | Number | Percent)
    options = _options(lone) if lone else ()
    is_apart = is_number or bool(options)
    """Marks stand behind the text, not in it."""
    own = filling.marks(slots[0], row) if is_apart else ()
    return Cell(
        row=placed.row,
        column=drawn.column,
        rowspan=placed.rowspan,
        colspan=drawn.colspan,
        text="\n".join(filling.text(line, row, with_marks=not is_apart) for line in drawn.lines),
        is_label=any(line.pieces for line in drawn.lines)
        and all(isinstance(filling.blanks[name].type, Year) for name in slots),
        is_number=is_number,
        options=options,
        is_group=placed.is_group,
        mark=filling.marking.mark(own),
    )


def _is_lone(lines: tuple[Phrase, ...]) -> bool:
    """Whether a cell is nothing but one blank."""
    return len(lines) == 1 and len(lines[0].pieces) == 1


def _options(blank: Blank) -> tuple[str, ...]:
    """The texts that may stand in a blank of which one is chosen: boxes with no tick, too."""
    if not isinstance(blank.type, Choice):
        return ()
    values = [Value(State.FILLED, option, option) for option in blank.type.options]
    return tuple(text for value in (EMPTY, *values) if (text := blank.show(value)))
