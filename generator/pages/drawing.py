"""A form drawn as HTML once, and poured full of values for every record.

The template `pages/parts/form.html` draws the form with a mark in each blank's place. Cut at the
marks, the drawing is a row of literal pieces and places, so a record costs only its values.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from jinja2 import Environment
from markupsafe import Markup, escape

from generator.forms.form import Block, Form, Line, Prose, Table
from generator.forms.phrase import Phrase
from generator.forms.prose import read_prose
from generator.forms.types import Blank, LongText
from generator.forms.values import State, Value
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

    what: Literal["label", "anchor", "heading"]
    """Its key (附件3); the id of its section; a heading, for an attachment whose form has none."""


_Place = _BlankPlace | _ReportPlace | _PartPlace


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
        self._ticks: dict[tuple[str, str], Markup] = {}
        places: list[_Place] = []

        def mark(place: _Place) -> Markup:
            places.append(place)
            return Markup(f"{_MARK}{len(places) - 1}{_MARK}")  # noqa: S704 - a number

        def phrase(drawn: Phrase) -> Markup:
            alone = self._is_alone(drawn)
            return Markup("").join(
                escape(piece)
                if isinstance(piece, str)
                else mark(_BlankPlace(form.blanks[piece.name], alone))
                for piece in drawn.pieces
            )

        html = environment.get_template("pages/parts/form.html").render(
            form=form,
            sections=_sections(form.blocks),
            phrase=phrase,
            is_alone=self._is_alone,
            prose=lambda block: mark(_ReportPlace(form.blanks[block.slot.name], block.outline)),
            part=lambda what: mark(_PartPlace(what)),
        )
        pieces = html.split(_MARK)
        self._literals = pieces[::2]
        self._places = [places[int(number)] for number in pieces[1::2]]

    def _is_alone(self, phrase: Phrase) -> bool:
        """Whether a line is nothing but a long text."""
        slots = phrase.slots
        return len(phrase.pieces) == len(slots) == 1 and isinstance(
            self.form.blanks[slots[0].name].type, LongText
        )

    def pour(self, part: Part, contents: Contents) -> Markup:
        """The part's HTML; its headings are added to the page's contents."""
        anchor = part.key
        if part.is_attachment:
            anchor = contents.add(2, f"{part.key} {self.title(part)}", part.key)
        poured: list[str] = [self._literals[0]]
        for place, literal in zip(self._places, self._literals[1:], strict=True):
            if isinstance(place, _BlankPlace):
                poured.append(self._set(place, part.values[place.blank.name]))
            elif isinstance(place, _ReportPlace):
                value = part.values[place.blank.name]
                poured.append(self._set_report(value, place.outline, part.key, contents))
            else:
                poured.append(self._set_own(place, part, anchor))
            poured.append(literal)
        return Markup("".join(poured))  # noqa: S704 - the template's pieces and escaped values

    def title(self, part: Part) -> str:
        """The document's title as it is printed, or the form's name where none is drawn."""
        return show_phrase(self.form.heading, part) if self.form.heading else self.form.title

    def _set_own(self, place: _PartPlace, part: Part, anchor: str) -> str:
        if place.what == "heading":
            return self._macro("heading")(part.key) if part.is_attachment else ""
        return escape(anchor if place.what == "anchor" else part.key)

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
        self, value: Value, outline: tuple[str, ...], key: str, contents: Contents
    ) -> str:
        if value.state is State.EMPTY:
            return ""
        lines = []
        for line in read_prose(value.written, outline):
            anchor = ""
            if line.heading:
                words = line.words or line.heading
                anchor = contents.add(line.level + 2, line.heading, key, words)
            lines.append((line, anchor))
        return self._macro("prose")(lines)

    def _macro(self, name: str) -> Callable[..., Markup]:
        macro: Callable[..., Markup] = getattr(self._blanks, name)
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
