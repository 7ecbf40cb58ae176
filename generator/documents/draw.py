"""Drawing filled forms, and forms to be filled, as documents: the one way to paper for all formats.

The lines and cells are those of the form's drawing, with the values as they were written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generator.documents.model import Block, Cell, Document, Line, Sheet, Table
from generator.forms.form import Form, Prose
from generator.forms.form import Line as FormLine
from generator.forms.form import Table as FormTable
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


def draw_record(record: Record, title: str) -> Document:
    """Everything a record discloses, part by part."""
    return Document(title, tuple(draw_part(part) for part in record.parts))


def draw_part(part: Part) -> Sheet:
    """A filled form, below its label when it is an attachment."""
    label = [Line(part.key, "标签")] if part.is_attachment else []
    return Sheet(part.key, (*label, *_blocks(part.form, part.values, part.rows)))


def draw_blank(form: Form) -> Document:
    """A form to be filled: every blank empty, the years too, with some rows for each list."""
    values = {
        name: _YEAR_TO_FILL if isinstance(blank.type, Year) else EMPTY
        for name, blank in form.blanks.items()
    }
    rows = dict.fromkeys(form.lists, (values,) * EMPTY_ROWS)
    return Document(form.title, (Sheet(form.title, tuple(_blocks(form, values, rows, _ROOM))),))


def _blocks(
    form: Form,
    values: Mapping[str, Value],
    rows: Mapping[str, tuple[Item, ...]],
    room: str = "",
) -> Iterable[Block]:
    filling = _Filling(form.blanks, values, room)
    for block in form.blocks:
        if isinstance(block, FormLine):
            yield Line(filling.text(block.phrase), block.kind)
        elif isinstance(block, FormTable):
            cells = (_cell(placed, filling) for placed in lay_out(block.grid, rows))
            yield Table(block.grid.widths, tuple(cells))
        else:
            yield from _report(block, values[block.slot.name])


def _report(block: Prose, value: Value) -> Iterable[Line]:
    for line in read_prose(value.written, block.outline):
        if line.heading and line.text:  # a heading run into its paragraph is set as one line
            yield Line(line.heading + line.text, "正文")
        else:
            yield Line(line.heading or line.text, "正文", line.level)


@dataclass(frozen=True, slots=True)
class _Filling:
    """What the blanks of a form are filled with."""

    blanks: Mapping[str, Blank]
    values: Mapping[str, Value]
    room: str
    """Left for writing where an empty blank has something behind it."""

    def text(self, phrase: Phrase, item: Item = MappingProxyType({})) -> str:
        """The phrase filled. item: the values of its row, in a row that repeats."""
        last = phrase.pieces[-1:]

        def show(name: str) -> str:
            value = item[name] if name in item else self.values.get(name, EMPTY)
            return self.blanks[name].show(value) or ("" if (Slot(name),) == last else self.room)

        return phrase.show(show)


def _cell(placed: PlacedCell, filling: _Filling) -> Cell:
    drawn = placed.cell
    item = placed.item or {}
    slots = [slot.name for line in drawn.lines for slot in line.slots]
    lone = filling.blanks[slots[0]] if len(slots) == 1 and _is_lone(drawn.lines) else None
    return Cell(
        row=placed.row,
        column=drawn.column,
        rowspan=placed.rowspan,
        colspan=drawn.colspan,
        text="\n".join(filling.text(line, item) for line in drawn.lines),
        is_label=any(line.pieces for line in drawn.lines)
        and all(isinstance(filling.blanks[name].type, Year) for name in slots),
        is_number=lone is not None and isinstance(lone.type, Integer | Money | Number | Percent),
        options=_options(lone) if lone else (),
        is_group=placed.is_group,
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
