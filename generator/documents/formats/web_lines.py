"""Lines of text as a browser lays them out: which spaces count, and where a line ends."""

import re
from dataclasses import dataclass, field
from typing import Literal

Spaces = Literal["normal", "pre", "pre-line"]
"""Runs of white space are one space; everything as it stands; only line breaks as they stand."""

_SPACES = re.compile(r"[ \t\n\r\f]+")
_NO_BREAK_SPACE = "\u00a0"
_TRIMMED = " " + _NO_BREAK_SPACE


@dataclass(frozen=True, slots=True)
class Style:
    """What an element hands down to the text within it, as far as it matters here."""

    is_right: bool = False
    spaces: Spaces = "normal"
    font: str = ""


@dataclass(frozen=True, slots=True)
class WebLine:
    """One line as shown."""

    text: str
    is_right: bool
    source_line: int


@dataclass(slots=True)
class WebLines:
    """Lines as they come in from text, line breaks and edges of blocks."""

    done: list[WebLine] = field(default_factory=list)
    _pieces: list[tuple[str, bool]] = field(default_factory=list)
    """Of the present line, and whether the spaces at their ends count."""
    _is_right: bool = False
    _source_line: int = 0

    def add(self, text: str, style: Style, source_line: int) -> None:
        """Text that stands within a line, but for the line breaks that its style keeps."""
        if style.spaces == "normal":
            self._add_piece(text, style, source_line)
            return
        for number, piece in enumerate(text.split("\n")):
            if number:
                self.end(style, source_line)
            self._add_piece(piece, style, source_line)

    def _add_piece(self, text: str, style: Style, source_line: int) -> None:
        is_kept = style.spaces == "pre"
        if not is_kept:
            text = _SPACES.sub(" ", text)
            if not self._pieces or self._pieces[-1][0].endswith(" "):
                text = text.removeprefix(" ")
        if not text:
            return
        if not self._pieces:
            self._is_right, self._source_line = style.is_right, source_line
        self._pieces.append((text, is_kept))

    def end(self, style: Style, source_line: int) -> None:
        """A line break: there is a line, be it empty."""
        if not self._pieces:
            self._is_right, self._source_line = style.is_right, source_line
        self.done.append(WebLine(self._text(), self._is_right, self._source_line))
        self._pieces = []

    def close(self) -> None:
        """The edge of a block: there is a line only if something stands on it."""
        if self._pieces:
            self.end(Style(), 0)

    def _text(self) -> str:
        pieces = self._pieces
        start, end = 0, len(pieces)
        while start < end and _is_trimmed_away(pieces[start]):
            start += 1
        while start < end and _is_trimmed_away(pieces[end - 1]):
            end -= 1
        texts = [text for text, _ in pieces[start:end]]
        if texts and not pieces[start][1]:
            texts[0] = texts[0].lstrip(_TRIMMED)
        if texts and not pieces[end - 1][1]:
            texts[-1] = texts[-1].rstrip(_TRIMMED)
        return "".join(texts).replace(_NO_BREAK_SPACE, " ")


def _is_trimmed_away(piece: tuple[str, bool]) -> bool:
    text, is_kept = piece
    return not is_kept and not text.strip(_TRIMMED)
