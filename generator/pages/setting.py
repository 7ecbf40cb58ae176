"""How values are set in the places of a form: paragraphs, tick boxes, reports, marks of remarks.

The HTML is that of the macros in `pages/parts/blanks.html`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from jinja2 import Environment
from markupsafe import Markup

from generator.forms.prose import ProseLine, read_prose
from generator.pages.contents import Contents
from generator.pages.cutting import Cut, cut, escape_all, literals

OwnMarks = tuple[tuple[int | None, str], ...]
"""Of one value: offset into its text, mark."""


@dataclass(frozen=True, slots=True)
class _Between:
    """What stands before, between and behind the lines of a text."""

    before: str
    between: str
    behind: str

    @classmethod
    def of(cls, macro: Callable[[list[Markup]], str]) -> "_Between":
        """As a macro sets some lines."""
        before, between, behind = literals(lambda mark: macro([mark, mark]))
        return cls(before, between, behind)

    def set(self, lines: str) -> str:
        """HTML with these lines in it."""
        return self.before + lines.replace("\n", self.between) + self.behind


class Setting:
    """Sets values; each macro is called once, and its HTML cut at the values' places."""

    def __init__(self, environment: Environment) -> None:
        self._blanks = environment.get_template("pages/parts/blanks.html").module
        self._paragraphs = _Between.of(self._macro("paragraphs"))
        self._lines = _Between.of(self._macro("lines"))
        self._heading = literals(self._macro("heading"))
        self._prose: dict[tuple[int, bool], Cut[str]] = {}

    def _macro(self, name: str) -> Callable[..., Markup]:
        macro: Callable[..., Markup] = getattr(self._blanks, name)
        return macro

    def heading(self, label: str) -> str:
        """The heading of an attachment whose form draws none. label: HTML."""
        before, behind = self._heading
        return before + label + behind

    def text(self, html: str, alone: bool) -> str:
        """A text, in HTML. alone: nothing else stands on its line; each line is a paragraph."""
        if alone and html:
            return self._paragraphs.set(html)
        return self._lines.set(html) if "\n" in html else html

    def ticks(self, boxes: Sequence[str], answer: str) -> str:
        """Tick boxes. boxes, answer: text."""
        return str(self._macro("ticks")(boxes, answer))

    def marks(self, marks: OwnMarks) -> str:
        """The marks of remarks, as they stand behind what they are about."""
        return str(self._macro("marks")([mark for _, mark in marks])) if marks else ""

    def part_marks(self, marks: OwnMarks) -> str:
        """The marks of remarks on a part as a whole."""
        return str(self._macro("part_remarks")([mark for _, mark in marks])) if marks else ""

    def marked_text(self, text: str, alone: bool, marks: OwnMarks) -> str:
        """A text with marks; where it has paragraphs, at the ends of their lines. text: no HTML."""
        if not (alone and text):
            (html,) = escape_all([text])
            return self.text(html, alone) + self.marks(marks)
        lines = zip(escape_all(text.split("\n")), _marks_of_lines(text, marks), strict=True)
        return self.text("\n".join(line + self.marks(own) for line, own in lines), alone)

    def report(
        self, text: str, outline: tuple[str, ...], key: str, contents: Contents, marks: OwnMarks
    ) -> str:
        """A long text with headings, which are added to the page's contents. text: no HTML."""
        lines = read_prose(text, outline)
        pieces: list[str] = []
        for line in lines:
            anchor = ""
            if line.heading:
                words = line.words or line.heading
                anchor = contents.add(line.level + 2, line.heading, key, words)
            pieces += line.heading, line.text, anchor
        html = iter(escape_all(pieces))
        report = []
        marked = _marks_of_lines(text, marks) if marks else repeat(marks, len(lines))
        for line, own in zip(lines, marked, strict=True):
            values = {"heading": next(html), "text": next(html), "anchor": next(html)}
            values["marks"] = self.marks(own)
            report.append(self._line(line).fill(values.__getitem__))
        return "".join(report)

    def _line(self, line: ProseLine) -> Cut[str]:
        """How a line of a report is set that has a heading or text where this one has."""
        kind = (line.level, bool(line.text)) if line.heading else (0, True)
        if kind not in self._prose:
            level, has_text = kind
            prose = self._macro("prose")

            def draw(mark: Callable[[str], Markup]) -> str:
                heading = mark("heading") if level else ""
                text = mark("text") if has_text else ""
                return prose([(ProseLine(level, heading, text), mark("anchor"), mark("marks"))])

            self._prose[kind] = cut(draw)
        return self._prose[kind]


def _marks_of_lines(text: str, marks: OwnMarks) -> Iterator[OwnMarks]:
    """For each line of a text, the marks that are set in it; the first has the others."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        yield tuple(each for each in marks if start <= (each[0] or 0) <= end)
        start = end + 1
