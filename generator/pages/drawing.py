"""A form drawn as HTML once, and poured full of values for every record.

The template `pages/parts/form.html` draws the form with a mark in each blank's place. Cut at the
marks, the drawing is a row of literal pieces and places, so a record costs only its values.
"""

from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from jinja2 import Environment
from markupsafe import Markup, escape

from generator.checks.remarks import Marks
from generator.forms.form import Block, Form, Line, Prose, Table
from generator.forms.grid import Cell, Grid
from generator.forms.layout import lay_out
from generator.forms.phrase import Phrase
from generator.forms.prose import read_prose
from generator.forms.types import Blank, LongText
from generator.forms.values import EMPTY, State, Value
from generator.pages.contents import Contents
from generator.records.record import Part

# Neither a form nor a record can hold a NUL: their files would not be read.
_MARK = "\0"


@dataclass(frozen=True, slots=True)
class _BlankPlace:
    """Where a blank's value goes."""

    blank: Blank
    alone: bool
    """Nothing else stands on its line, so a long text brings its own paragraphs."""


@dataclass(frozen=True, slots=True)
class _ReportPlace:
    """Where a long text with headings goes."""

    blank: Blank
    outline: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _PartPlace:
    """Where something of the part itself goes, not of a blank."""

    what: Literal["label", "anchor", "heading", "remarks"]
    """Its key (附件3); the id of its section; a heading, for an attachment whose form has none."""


@dataclass(frozen=True, slots=True)
class _RowsPlace:
    """Where a group of rows goes of which some repeat: how many, a record says."""

    grid: Grid
    contents: Mapping[Cell, "_Cut"]
    """Of every cell that begins in the group."""


_OwnMarks = tuple[tuple[int | None, str], ...]
"""Of one value: offset into its text, mark."""
_Place = _BlankPlace | _ReportPlace | _PartPlace | _RowsPlace
_Mark = Callable[[_Place], Markup]


@dataclass(frozen=True, slots=True)
class _Cut:
    """HTML cut at its marks: literal, place, literal, …, literal."""

    literals: list[str]
    places: list[_Place]


@dataclass(frozen=True, slots=True)
class _Section:
    """A run of blocks that is drawn as one thing: a table with the lines above it as caption."""

    lines: tuple[Line, ...]
    table: Table | None = None
    prose: Prose | None = None


class Drawings:
    """The drawings of the forms, each made when it is first needed."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._drawings: dict[str, Drawing] = {}

    def of(self, form: Form) -> "Drawing":
        """The drawing of a form."""
        if form.name not in self._drawings:
            self._drawings[form.name] = Drawing(form, self._environment)
        return self._drawings[form.name]


class Drawing:
    """One form as literal HTML and places."""

    def __init__(self, form: Form, environment: Environment) -> None:
        self.form = form
        self._blanks = environment.get_template("pages/parts/blanks.html").module
        self._cells = environment.get_template("pages/parts/cells.html").module
        self._ticks: dict[tuple[str, str], Markup] = {}
        template = environment.get_template("pages/parts/form.html")

        def draw(mark: _Mark) -> str:
            return template.render(
                form=form,
                sections=_sections(form.blocks),
                phrase=lambda drawn: self._phrase(drawn, mark),
                is_alone=self._is_alone,
                prose=lambda block: mark(_ReportPlace(form.blanks[block.slot.name], block.outline)),
                part=lambda what: mark(_PartPlace(what)),
                repeats=lambda grid, group: any(
                    cell.row in grid.repeats for row in group for cell in row
                ),
                rows=lambda grid, group: mark(_RowsPlace(grid, self._contents(group))),
            )

        self._cut = _cut(draw)

    def _phrase(self, drawn: Phrase, mark: _Mark) -> Markup:
        """A phrase as HTML with a mark for each blank."""
        alone = self._is_alone(drawn)
        return Markup("").join(
            escape(piece)
            if isinstance(piece, str)
            else mark(_BlankPlace(self.form.blanks[piece.name], alone))
            for piece in drawn.pieces
        )

    def _contents(self, group: tuple[tuple[Cell, ...], ...]) -> dict[Cell, _Cut]:
        """The cells of a group of rows, each cut for itself."""

        def draw(cell: Cell) -> Callable[[_Mark], str]:
            return lambda mark: self._macro("phrases", self._cells)(
                cell.lines, lambda drawn: self._phrase(drawn, mark), self._is_alone
            )

        return {cell: _cut(draw(cell)) for row in group for cell in row}

    def _is_alone(self, phrase: Phrase) -> bool:
        """Whether a line is nothing but a long text."""
        slots = phrase.slots
        return len(phrase.pieces) == len(slots) == 1 and isinstance(
            self.form.blanks[slots[0].name].type, LongText
        )

    def pour(self, part: Part, contents: Contents, marks: Marks = MappingProxyType({})) -> Markup:
        """The part's HTML; its headings are added to the page's contents.

        marks: of remarks, which are set behind the values that these are about.
        """
        anchor = part.key
        if part.is_attachment:
            anchor = contents.add(2, f"{part.key} {self.title(part)}", part.key)
        poured: list[str] = [self._cut.literals[0]]
        for place, literal in zip(self._cut.places, self._cut.literals[1:], strict=True):
            if isinstance(place, _BlankPlace):
                where = (part.key, *place.blank.name.split("/"))
                value = part.values[place.blank.name]
                poured.append(self._set_marked(place, value, marks.get(where, ())))
            elif isinstance(place, _ReportPlace):
                value = part.values[place.blank.name]
                own = marks.get((part.key, *place.blank.name.split("/")), ())
                poured.append(self._set_report(value, place.outline, part.key, contents, own))
            elif isinstance(place, _RowsPlace):
                poured.append(self._set_rows(place, part, marks))
            else:
                poured.append(self._set_own(place, part, anchor, marks.get((part.key,), ())))
            poured.append(literal)
        return Markup("".join(poured))  # noqa: S704 - the template's pieces and escaped values

    def _set_rows(self, place: _RowsPlace, part: Part, marks: Marks) -> str:
        """A group of rows with one row for each item of a list."""
        rows: dict[int, list[tuple[Cell, int, Markup]]] = {}
        own = dict(part.values)
        numbers = {id(item): row for items in part.rows.values() for row, item in enumerate(items)}
        for placed in lay_out(place.grid, part.rows):
            if placed.cell not in place.contents:
                continue
            values = ChainMap(dict(placed.item or {}), own)
            cut = place.contents[placed.cell]
            html = [cut.literals[0]]
            for blank_place, literal in zip(cut.places, cut.literals[1:], strict=True):
                assert isinstance(blank_place, _BlankPlace)  # noqa: S101 - phrases have no others
                name = blank_place.blank.name
                value = values.get(name, EMPTY)
                keys: list[str | int] = [*name.split("/")]
                if placed.item is not None and name in placed.item:
                    keys.insert(1, numbers[id(placed.item)])
                own_marks = marks.get((part.key, *keys), ())
                html += [self._set_marked(blank_place, value, own_marks), literal]
            content = Markup("".join(html).strip())  # noqa: S704 - as in `pour`
            rows.setdefault(placed.row, []).append((placed.cell, placed.rowspan, content))
        return self._macro("rows", self._cells)([rows[number] for number in sorted(rows)])

    def title(self, part: Part) -> str:
        """The document's title as it is printed, or the form's name where none is drawn."""
        return show_phrase(self.form.heading, part) if self.form.heading else self.form.title

    def _set_own(self, place: _PartPlace, part: Part, anchor: str, marks: _OwnMarks) -> str:
        """marks: of remarks on the part as a whole."""
        if place.what == "remarks":
            return self._macro("part_remarks")([mark for _, mark in marks]) if marks else ""
        if place.what == "heading":
            return self._macro("heading")(part.key) if part.is_attachment else ""
        return escape(anchor if place.what == "anchor" else part.key)

    def _set_marked(self, place: _BlankPlace, value: Value, marks: _OwnMarks) -> str:
        """A value with the marks of its remarks; in a long text, at the end of their line."""
        if not marks:
            return self._set(place, value)
        text = place.blank.show(value)
        if not (place.alone and text):
            return Markup(self._set(place, value)) + self._marks(marks)  # noqa: S704 - HTML already
        lines = []
        for line, own in _marked_lines(text, marks):
            lines.append(escape(line) + self._marks(own))
        return self._macro("paragraphs")(lines)

    def _marks(self, marks: _OwnMarks) -> Markup:
        return self._macro("marks")([mark for _, mark in marks]) if marks else Markup("")

    def _set(self, place: _BlankPlace, value: Value) -> str:
        if boxes := place.blank.boxes(value):
            return self._set_ticks(place.blank, value, boxes)
        text = place.blank.show(value)
        if place.alone and text:
            return self._macro("paragraphs")(text.split("\n"))
        return self._macro("lines")(text.split("\n")) if "\n" in text else escape(text)

    def _set_ticks(self, blank: Blank, value: Value, boxes: list[str]) -> Markup:
        """Tick boxes; there are few different ones, so each is set once."""
        key = (blank.name, value.written)
        if key not in self._ticks:
            answer = value.written if value.state is not State.EMPTY else "未填"
            self._ticks[key] = self._macro("ticks")(boxes, answer)
        return self._ticks[key]

    def _set_report(
        self,
        value: Value,
        outline: tuple[str, ...],
        key: str,
        contents: Contents,
        marks: _OwnMarks,
    ) -> str:
        if value.state is State.EMPTY:
            return ""
        lines = []
        marked = _marked_lines(value.written, marks)
        for line, (_, own) in zip(read_prose(value.written, outline), marked, strict=True):
            anchor = ""
            if line.heading:
                words = line.words or line.heading
                anchor = contents.add(line.level + 2, line.heading, key, words)
            lines.append((line, anchor, self._marks(own)))
        return self._macro("prose")(lines)

    def _macro(self, name: str, module: object = None) -> Callable[..., Markup]:
        macro: Callable[..., Markup] = getattr(module or self._blanks, name)
        return macro


def _cut(draw: Callable[[_Mark], str]) -> _Cut:
    """What `draw` gives, cut at the marks that it sets."""
    places: list[_Place] = []

    def mark(place: _Place) -> Markup:
        places.append(place)
        return Markup(f"{_MARK}{len(places) - 1}{_MARK}")  # noqa: S704 - a number

    pieces = draw(mark).split(_MARK)
    return _Cut(pieces[::2], [places[int(number)] for number in pieces[1::2]])


def _marked_lines(text: str, marks: _OwnMarks) -> list[tuple[str, _OwnMarks]]:
    """The lines of a text, each with the marks that are set in it; the first has the others."""
    lines: list[tuple[str, _OwnMarks]] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        lines.append((line, tuple(each for each in marks if start <= (each[0] or 0) <= end)))
        start = end + 1
    return lines


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
