"""A form drawn as HTML once, and poured full of values for every record.

The template `pages/parts/form.html` draws the form with a mark in each blank's place. Cut at the
marks, the drawing is a row of literal pieces and places, so a record costs only its values.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Literal

from jinja2 import Environment
from markupsafe import Markup, escape

from generator.checks.remarks import Marks
from generator.forms.form import Block, Form, Line, Prose, Table
from generator.forms.grid import Cell, Grid
from generator.forms.layout import PlacedCell, lay_out
from generator.forms.phrase import Phrase
from generator.forms.types import LongText
from generator.forms.values import EMPTY, State, Value
from generator.pages.contents import Contents
from generator.pages.cutting import Cut, cut, escape_all, literals
from generator.pages.setting import OwnMarks, Setting
from generator.records.record import Part


@dataclass(frozen=True, slots=True)
class _BlankPlace:
    """Where a blank's value goes."""

    name: str
    alone: bool
    """Nothing else stands on its line, so a long text brings its own paragraphs."""
    is_ticked: bool
    """It has tick boxes."""


@dataclass(frozen=True, slots=True)
class _ReportPlace:
    """Where a long text with headings goes."""

    name: str
    outline: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _PartPlace:
    """Where something of the part itself goes, not of a blank."""

    what: Literal["label", "anchor", "heading", "remarks"]
    """Its key (附件3); the id of its section; a heading, for an attachment whose form has none."""


@dataclass(frozen=True, slots=True)
class _RowsPlace:
    """Where a group of rows goes of which some repeat: how many, a record says."""

    group: Grid
    """Those rows alone."""
    cells: Mapping[tuple[int, int], "_RowsCell"]
    """By row and column, as drawn."""


@dataclass(frozen=True, slots=True)
class _RowsCell:
    """A cell of such a group."""

    content: "Cut[_Place]"
    repeats_for: str
    """The list for whose items it is repeated; "" where it stands once for all."""
    tags: dict[int, tuple[str, str]]
    """rowspan -> the tags around it, once they were needed."""


_Place = _BlankPlace | _ReportPlace | _PartPlace | _RowsPlace
_Mark = Callable[[_Place], Markup]


@dataclass(frozen=True, slots=True)
class _Section:
    """A run of blocks that is drawn as one thing: a table with the lines above it as caption."""

    lines: tuple[Line, ...]
    table: Table | None = None
    prose: Prose | None = None


@dataclass(frozen=True, slots=True)
class _Values:
    """What the blanks of some cells are filled with: those of a part, or of an item of a list."""

    values: Mapping[str, Value]
    html: Mapping[str, str]
    """The text of each, escaped; of ticked ones, none."""
    number: int | None = None
    """Of the item in its list, from 0."""


@dataclass(frozen=True, slots=True)
class _Filling:
    """A part on its way into its drawing."""

    part: Part
    label: str
    anchor: str
    """Of its section; both are HTML."""
    own: _Values
    rows: Mapping[str, Sequence[_Values]]
    """list's name -> its items."""
    contents: Contents
    marks: Marks

    def marks_of(self, name: str, values: _Values) -> OwnMarks:
        """The marks of remarks on a blank's value."""
        first, *rest = name.split("/")
        row = [] if values.number is None else [values.number]
        return self.marks.get((self.part.key, first, *row, *rest), ())


class Drawings:
    """The drawings of the forms, each made when it is first needed."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._setting = Setting(environment)
        self._drawings: dict[str, Drawing] = {}

    def of(self, form: Form) -> "Drawing":
        """The drawing of a form."""
        if form.name not in self._drawings:
            self._drawings[form.name] = Drawing(form, self._environment, self._setting)
        return self._drawings[form.name]


class Drawing:
    """One form as literal HTML and places."""

    def __init__(self, form: Form, environment: Environment, setting: Setting) -> None:
        self.form = form
        self._setting = setting
        self._cells = environment.get_template("pages/parts/cells.html").module
        self._row = literals(self._macro("row"))
        self._ticked = {name for name, blank in form.blanks.items() if blank.boxes(EMPTY)}
        self._ticks: dict[tuple[str, str], str] = {}
        template = environment.get_template("pages/parts/form.html")

        def draw(mark: _Mark) -> str:
            return template.render(
                form=form,
                sections=_sections(form.blocks),
                phrase=lambda drawn: self._phrase(drawn, mark),
                is_alone=self._is_alone,
                prose=lambda block: mark(_ReportPlace(block.slot.name, block.outline)),
                part=lambda what: mark(_PartPlace(what)),
                rows=lambda group: mark(self._rows(group)),
            )

        self._cut = cut(draw)

    def _phrase(self, drawn: Phrase, mark: Callable[[_BlankPlace], Markup]) -> Markup:
        """A phrase as HTML with a mark for each blank."""
        alone = self._is_alone(drawn)
        return Markup("").join(
            escape(piece)
            if isinstance(piece, str)
            else mark(_BlankPlace(piece.name, alone, piece.name in self._ticked))
            for piece in drawn.pieces
        )

    def _is_alone(self, phrase: Phrase) -> bool:
        """Whether a line is nothing but a long text."""
        slots = phrase.slots
        return len(phrase.pieces) == len(slots) == 1 and isinstance(
            self.form.blanks[slots[0].name].type, LongText
        )

    def _rows(self, group: Grid) -> _RowsPlace:
        """A group of rows, each cell cut for itself."""

        def content(cell: Cell) -> Cut[_Place]:
            return cut(
                lambda mark: self._macro("phrases")(
                    cell.lines, lambda drawn: self._phrase(drawn, mark), self._is_alone
                )
            )

        cells = {
            (cell.row, cell.column): _RowsCell(
                content(cell),
                group.repeats[cell.row].name if (cell.row, cell.column) in group.joined else "",
                {},
            )
            for cell in group.cells
        }
        return _RowsPlace(group, cells)

    def title(self, part: Part) -> str:
        """The document's title as it is printed, or the form's name where none is drawn."""
        return show_phrase(self.form.heading, part) if self.form.heading else self.form.title

    def pour(self, part: Part, contents: Contents, marks: Marks = MappingProxyType({})) -> Markup:
        """The part's HTML; its headings are added to the page's contents.

        marks: of remarks, which are set behind the values that these are about.
        """
        anchor = part.key
        if part.is_attachment:
            anchor = contents.add(2, f"{part.key} {self.title(part)}", part.key)
        filling = self._filling(part, anchor, contents, marks)
        html = self._fill(self._cut, filling.own, filling)
        return Markup(html)  # noqa: S704 - the template's pieces and escaped values

    def _filling(self, part: Part, anchor: str, contents: Contents, marks: Marks) -> _Filling:
        """Everything that is set in the drawing, escaped in one go."""
        sources = [part.values, *(item for items in part.rows.values() for item in items)]
        blanks, ticked = self.form.blanks, self._ticked
        texts = [
            {name: blanks[name].show(value) for name, value in source.items() if name not in ticked}
            for source in sources
        ]
        html = iter(escape_all([part.key, anchor, *chain(*(each.values() for each in texts))]))
        label, anchor = next(html), next(html)
        escaped = iter([{name: next(html) for name in each} for each in texts])
        own = _Values(part.values, next(escaped))
        rows = {
            name: [_Values(item, next(escaped), number) for number, item in enumerate(items)]
            for name, items in part.rows.items()
        }
        return _Filling(part, label, anchor, own, rows, contents, marks)

    def _fill(self, drawn: Cut[_Place], values: _Values, filling: _Filling) -> str:
        """The form, or a cell of it, with its blanks filled with these values."""
        pieces = [drawn.first]
        for place, literal in drawn.rest:
            if isinstance(place, _BlankPlace):
                pieces += self._set(place, values, filling), literal
            else:
                pieces += self._set_other(place, filling), literal
        return "".join(pieces)

    def _set_other(self, place: _ReportPlace | _PartPlace | _RowsPlace, filling: _Filling) -> str:
        if isinstance(place, _RowsPlace):
            return self._set_rows(place, filling)
        part = filling.part
        if isinstance(place, _ReportPlace):
            value = part.values[place.name]
            if value.state is State.EMPTY:
                return ""
            marks = filling.marks_of(place.name, filling.own)
            outline, contents = place.outline, filling.contents
            return self._setting.report(value.written, outline, part.key, contents, marks)
        match place.what:
            case "label":
                return filling.label
            case "anchor":
                return filling.anchor
            case "heading":
                return self._setting.heading(filling.label) if part.is_attachment else ""
            case "remarks":
                return self._setting.part_marks(filling.marks.get((part.key,), ()))

    def _set_rows(self, place: _RowsPlace, filling: _Filling) -> str:
        """A group of rows with one row for each item of a list."""
        rows: dict[int, list[str]] = {}
        for placed in lay_out(place.group, filling.part.rows):
            cell = place.cells[placed.cell.row, placed.cell.column]
            values = filling.own
            if placed.item is not None:
                values = filling.rows[cell.repeats_for][placed.number]
            content = self._fill(cell.content, values, filling).strip()
            before, behind = self._tags(cell, placed)
            rows.setdefault(placed.row, []).append(before + content + behind)
        before, behind = self._row
        return "".join(before + "\n".join(cells) + behind for cells in rows.values())

    def _tags(self, cell: _RowsCell, placed: PlacedCell) -> tuple[str, str]:
        """The tags around a cell; there are few different ones, so each is made once."""
        if placed.rowspan not in cell.tags:
            macro, rowspan = self._macro("cell"), placed.rowspan
            before, behind = literals(lambda mark: macro(placed.cell, rowspan, mark))
            cell.tags[rowspan] = (before, behind)
        return cell.tags[placed.rowspan]

    def _set(self, place: _BlankPlace, values: _Values, filling: _Filling) -> str:
        """A value with the marks of its remarks."""
        marks = filling.marks_of(place.name, values) if filling.marks else ()
        if place.is_ticked:
            value = values.values.get(place.name, EMPTY)
            return self._set_ticks(place.name, value) + self._setting.marks(marks)
        if marks:
            text = self.form.blanks[place.name].show(values.values.get(place.name, EMPTY))
            return self._setting.marked_text(text, place.alone, marks)
        return self._setting.text(values.html.get(place.name, ""), place.alone)

    def _set_ticks(self, name: str, value: Value) -> str:
        """Tick boxes; there are few different ones, so each is set once."""
        key = (name, value.written)
        if key not in self._ticks:
            answer = value.written if value.state is not State.EMPTY else "未填"
            self._ticks[key] = self._setting.ticks(self.form.blanks[name].boxes(value), answer)
        return self._ticks[key]

    def _macro(self, name: str) -> Callable[..., Markup]:
        macro: Callable[..., Markup] = getattr(self._cells, name)
        return macro


def show_phrase(phrase: Phrase, part: Part) -> str:
    """A phrase of a form with a part's values, as plain text."""
    blanks, values = part.form.blanks, part.values
    return phrase.show(lambda name: blanks[name].show(values[name]))


def _sections(blocks: tuple[Block, ...]) -> list[_Section]:
    """Each table with the lines that stand right above it, which are its caption."""
    sections: list[_Section] = []
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block)
        elif isinstance(block, Table):
            sections.append(_Section(tuple(lines), table=block))
            lines = []
        else:
            sections.append(_Section(tuple(lines), prose=block))
            lines = []
    if lines:
        sections.append(_Section(tuple(lines)))
    return sections
