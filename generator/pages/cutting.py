"""HTML that a template renders once, cut where values go, and filled many times.

A call of a macro for each value, or of `escape`, costs several times as much as all else that is
done with it. So templates draw only what is the same every time, and values are escaped together.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from markupsafe import Markup, escape

# Neither a form nor a record can hold a NUL: their files would not be read.
_MARK = "\0"

Place = TypeVar("Place")
"""What is known of a place for a value."""


@dataclass(frozen=True, slots=True)
class Cut(Generic[Place]):
    """HTML cut at its marks."""

    first: str
    """The HTML before the first place."""
    rest: tuple[tuple[Place, str], ...]
    """Each place with the HTML behind it."""

    def fill(self, html_of: Callable[[Place], str]) -> str:
        """The HTML with what `html_of` gives in each place."""
        pieces = [self.first]
        for place, literal in self.rest:
            pieces += html_of(place), literal
        return "".join(pieces)


def cut(draw: Callable[[Callable[[Place], Markup]], str]) -> Cut[Place]:
    """What `draw` gives, cut at the marks that it sets with the function it is given."""
    places: list[Place] = []

    def mark(place: Place) -> Markup:
        places.append(place)
        return Markup(f"{_MARK}{len(places) - 1}{_MARK}")  # noqa: S704 - a number

    pieces = str(draw(mark)).split(_MARK)
    behind = zip(pieces[1::2], pieces[2::2], strict=True)
    return Cut(pieces[0], tuple((places[int(number)], literal) for number, literal in behind))


def literals(draw: Callable[[Markup], str]) -> tuple[str, ...]:
    """The HTML before, between and behind the places where `draw` sets the mark it is given."""
    return tuple(str(draw(Markup(_MARK))).split(_MARK))  # noqa: S704 - no sign of HTML


def escape_all(texts: Iterable[str]) -> list[str]:
    """Each text as HTML, in plain strings: a Markup would escape what it is joined with."""
    texts = list(texts)
    escaped = str(escape(_MARK.join(texts))).split(_MARK) if texts else []
    assert len(escaped) == len(texts)  # noqa: S101 - else they would stand in wrong places
    return escaped
