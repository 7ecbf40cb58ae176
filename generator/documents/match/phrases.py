"""Reading a text by the phrases that drew it: a phrase printed backwards.

The words of the phrases are looked for in their order, each at the first place where it stands;
what is between them are the values. That needs no trying back: if the first places do not fit, no
others do. Where words are missing or a person added some, the rest is still read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from generator.documents.match.fold import Folded, core, fold
from generator.forms.phrase import Phrase, Slot

_ALIKE = 85
"""Of 100: from here on, words that differ are taken for the phrase's."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: words of the form, or what fills a blank."""

    start: int
    end: int
    blank: str | None = None
    """The blank's name; None for words of the form."""


@dataclass(frozen=True, slots=True)
class TextReading:
    """A text read by phrases."""

    spans: tuple[Span, ...]
    is_exact: bool
    """Every word of the phrases was there and nothing else."""


def read_by_phrases(lines: Sequence[Phrase], text: str) -> TextReading:
    """Where the words of the phrases and the values stand in a text."""
    pieces = _pieces(tuple(lines))
    folded = fold(text)
    if len(pieces) == 1 and isinstance(pieces[0], Slot):
        return TextReading((_trimmed(text, 0, len(text), pieces[0].name),), is_exact=True)
    places = _exact_places(pieces, folded.text)
    exact = places is not None
    if places is None:
        places = _likely_places(pieces, folded.text)
    return TextReading(tuple(_spans(pieces, places, folded, text)), exact)


def words_found(lines: Sequence[Phrase], text: Folded) -> float:
    """How much of the phrases' words stands in a text, in order: 0 to 1."""
    found = total = 0
    position = 0
    for piece in _pieces(tuple(lines)):
        if isinstance(piece, Slot) or not (length := len(core(piece))):
            continue
        total += length
        if match := _pattern(piece).search(text.text, position):
            found += length
            position = match.end()
        elif place := _alike(piece, text.text, position):
            found += round(length * 0.9)
            position = place[1]
    return found / total if total else 0.0


_Piece = str | Slot
_Places = list[tuple[int, int] | None]
"""For each piece the stretch of its words in the folded text; None for blanks and missing words."""


@lru_cache(maxsize=4096)
def _pieces(lines: tuple[Phrase, ...]) -> tuple[_Piece, ...]:
    """The phrases as one row of pieces; words next to each other are joined, empty ones dropped."""
    pieces: list[_Piece] = []
    for line in lines:
        for piece in line.pieces:
            if isinstance(piece, str) and not fold(piece).text:
                continue
            if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            else:
                pieces.append(piece)
    return tuple(pieces)


@lru_cache(maxsize=4096)
def _pattern(words: str) -> re.Pattern[str]:
    """Words with their signs optional: a colon or bracket is often left out."""
    text = fold(words).text
    if not core(words):
        return re.compile(re.escape(text))
    parts = []
    for found in re.finditer(r"\([^()]*\)|.", text):
        part = found[0]
        if len(part) > 1:  # a note in brackets: (盖章)
            parts.append(f"(?:{re.escape(part)})?")
        else:
            parts.append(re.escape(part) + ("" if part.isalnum() else "?"))
    if not core(re.sub(r"\([^()]*\)", "", text)):
        parts = [re.escape(each) + ("" if each.isalnum() else "?") for each in text]
    elif text.endswith(":"):
        parts.insert(len(parts) - 1, _SIGNED)
    return re.compile("".join(parts))


_SIGNED = r"(?:\((?:签字|签章|签名|盖章|公章)\))?"
"""A note that people add in front of a colon."""


def _exact_places(pieces: Sequence[_Piece], text: str) -> _Places | None:
    """Where each piece's words stand when nothing else does; None when they do not."""
    places: _Places = []
    position, last = 0, len(pieces) - 1
    for number, piece in enumerate(pieces):
        if isinstance(piece, Slot):
            places.append(None)
            continue
        pattern = _pattern(piece)
        if number == 0 == last:
            match = pattern.fullmatch(text)
        elif number == 0:
            match = pattern.match(text)
        elif number == last:
            match = _at_end(pattern).search(text, position)
        else:
            match = pattern.search(text, position)
        if not match:
            return None
        places.append(match.span())
        position = match.end()
    if not isinstance(pieces[-1], Slot) and position != len(text):
        return None
    return places


@lru_cache(maxsize=4096)
def _at_end(pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern.pattern})\\Z")


def _likely_places(pieces: Sequence[_Piece], text: str) -> _Places:
    """Where the words stand that are there at all, the missing ones left out."""
    places: _Places = []
    position = 0
    for piece in pieces:
        place = None
        if isinstance(piece, str):
            match = _pattern(piece).search(text, position)
            place = match.span() if match else _alike(piece, text, position)
        if place:
            position = place[1]
        places.append(place)
    return places


def _alike(words: str, text: str, position: int) -> tuple[int, int] | None:
    """The first stretch of a text that is nearly the words."""
    wanted = fold(words).text
    if len(wanted) < 4 or len(text) - position < len(wanted) // 2:
        return None
    found = fuzz.partial_ratio_alignment(wanted, text[position:], score_cutoff=_ALIKE)
    if not found or found.dest_end - found.dest_start < len(wanted) * 0.7:
        return None
    return position + found.dest_start, position + found.dest_end


def _spans(pieces: Sequence[_Piece], places: _Places, folded: Folded, text: str) -> list[Span]:
    """The stretches of the text as written; what is in none of them is not understood."""
    spans: list[Span] = []
    words = [folded.written(*place) for place in places if place]
    ends = iter([start for start, _ in words] + [len(text)])
    position, following = 0, next(ends)
    waiting = True  # no blank has taken what stands before the next words
    for number, (piece, place) in enumerate(zip(pieces, places, strict=True)):
        if isinstance(piece, str):
            if place:
                start, end = folded.written(*place)
                spans.append(Span(start, end))
                position, following = end, next(ends)
                waiting = True
            continue
        if waiting and (number == 0 or places[number - 1]):
            spans.append(_trimmed(text, position, following, piece.name))
        else:  # its words are missing: it is not known where it begins
            spans.append(Span(following, following, piece.name))
        waiting = False
    return spans


def _trimmed(text: str, start: int, end: int, blank: str) -> Span:
    """A blank's stretch without the white space around it."""
    inner = text[start:end]
    lead = len(inner) - len(inner.lstrip())
    if inner.strip():
        return Span(start + lead, start + len(inner.rstrip()), blank)
    return Span(start, start, blank)
