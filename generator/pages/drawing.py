"""A form drawn as HTML once, and poured full of values for every record.

The template `partials/form.html` draws the form with a mark in each blank's place. Cut at the
marks, the drawing is a row of literal pieces and places, so a record costs only its values.
"""

from collections.abc import Callable
from dataclasses import dataclass

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
_LABEL = "label"
"""The part's key (附件3) goes here."""
_ANCHOR = "anchor"
"""The id of the part's section."""
_HEADING = "heading"
"""A heading for an attachment whose form draws no title."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A blank's place; the way that its text is set depends on what is around it."""

    blank: Blank
    setting: str
    """inline: in a line of words; block: alone on its line; prose: a report."""


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
        self._blanks = environment.get_template("partials/blanks.html").module
        html = environment.get_template("partials/form.html").render(
            form=form,
            sections=_sections(form.blocks),
            phrase=lambda phrase: _mark_phrase(phrase, form),
            is_block=lambda phrase: _is_block(phrase, form),
            prose=lambda prose: _mark("prose", prose.slot.name),
            anchor=_mark(_ANCHOR, ""),
            label=_mark(_LABEL, ""),
            heading=_mark(_HEADING, ""),
            titled=any(isinstance(block, Line) and block.kind == "标题" for block in form.blocks),
        )
        self._pieces = tuple(
            self._place(piece) if number % 2 else piece
            for number, piece in enumerate(html.split(_MARK))
        )
        self._ticks: dict[tuple[str, str], Markup] = {}

    def _place(self, mark: str) -> "_Place | str":
        setting, _, name = mark.partition(":")
        return _Place(self.form.blanks[name], setting) if name else _Special(setting)

    def pour(self, part: Part, contents: Contents) -> Markup:
        """The part's HTML; its headings are added to the page's contents."""
        title = self.title(part)
        anchor = contents.add(2, f"{part.key} {title}", part.key) if part.is_attachment else ""
        out = []
        for piece in self._pieces:
            if isinstance(piece, _Place):
                value = part.values[piece.blank.name]
                out.append(self._set(piece, value, part, contents))
            elif isinstance(piece, _Special):
                out.append(self._own(piece, part, anchor))
            else:
                out.append(piece)
        return Markup("".join(out))  # noqa: S704 - the template's pieces and escaped values

    def _own(self, piece: "_Special", part: Part, anchor: str) -> str:
        if piece == _HEADING:
            return self._macro("heading")(part.key) if part.is_attachment else ""
        return escape(part.key if piece == _LABEL else anchor or part.key)

    def title(self, part: Part) -> str:
        """The document's title as it is printed, or the form's name where none is drawn."""
        for block in self.form.blocks:
            if isinstance(block, Line) and block.kind == "标题":
                return show_phrase(block.phrase, part)
        return self.form.title

    def _set(self, place: _Place, value: Value, part: Part, contents: Contents) -> str:
        blank = place.blank
        if place.setting == "prose":
            return self._set_prose(value, part, contents)
        if boxes := blank.boxes(value):
            return self._set_ticks(blank, value, boxes)
        text = blank.show(value)
        if place.setting == "block" and text:
            return self._macro("paragraphs")(text.split("\n"))
        return self._macro("lines")(text.split("\n")) if "\n" in text else escape(text)

    def _set_ticks(self, blank: Blank, value: Value, boxes: list[str]) -> Markup:
        """Tick boxes; there are few different ones, so each is set once."""
        key = (blank.name, value.written)
        if key not in self._ticks:
            answer = value.written if value.state is not State.EMPTY else "未填"
            self._ticks[key] = self._macro("ticks")(boxes, answer)
        return self._ticks[key]

    def _set_prose(self, value: Value, part: Part, contents: Contents) -> Markup:
        if value.state is State.EMPTY:
            return Markup("")
        outline = next(block.outline for block in self.form.blocks if isinstance(block, Prose))
        lines = []
        for line in read_prose(value.written, outline):
            anchor = ""
            if line.heading:
                anchor = contents.add(
                    line.level + 2, line.heading, part.key, line.words or line.heading
                )
            lines.append((line, anchor))
        return self._macro("prose")(lines)

    def _macro(self, name: str) -> Callable[..., Markup]:
        macro: Callable[..., Markup] = getattr(self._blanks, name)
        return macro


class _Special(str):
    """A place that is filled from the part itself, not from a blank."""

    __slots__ = ()


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


def _mark(setting: str, name: str) -> Markup:
    return Markup(f"{_MARK}{setting}:{name}{_MARK}")  # noqa: S704 - cut out again


def _is_block(phrase: Phrase, form: Form) -> bool:
    """Whether a line is nothing but a long text, which brings its own paragraphs."""
    slots = phrase.slots
    return (
        len(phrase.pieces) == 1
        and len(slots) == 1
        and isinstance(form.blanks[slots[0].name].type, LongText)
    )


def _mark_phrase(phrase: Phrase, form: Form) -> Markup:
    setting = "block" if _is_block(phrase, form) else "inline"
    return Markup("").join(
        escape(piece) if isinstance(piece, str) else _mark(setting, piece.name)
        for piece in phrase.pieces
    )
