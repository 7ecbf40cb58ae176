"""A report's lines: which of them are headings, by the numbering that official documents use.

The levels are those of 《党政机关公文格式》 (GB/T 9704-2012, 7.3.3): 一、 then (一) then 1. Every
other line is a paragraph and stands as it is. `1、` numbers the items of a list, not headings.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_NUMERALS = "[一二三四五六七八九十百]+"
_LEVELS = (
    re.compile(rf"{_NUMERALS}、"),
    re.compile(rf"[(（]{_NUMERALS}[)）]"),
    re.compile(r"[0-9]{1,2}[.．](?!(?!20[0-9]{2}[ ]?年)[0-9])"),
)
_MAX_HEADING = 40
"""Characters; a longer numbered line is a paragraph."""
_ENDS_SENTENCE = re.compile(r"[。；;，,]$")
_AROUND = " \u3000。:："
"""What may stand around a heading's words."""


@dataclass(frozen=True, slots=True)
class ProseLine:
    """One line of a report, split without losing a character: `heading + text`."""

    level: int
    """1, 2, 3 for 一、, (一), 1.; 0 for a line without a heading."""
    heading: str
    """The heading with its number; "" when there is none."""
    text: str
    """What follows a heading on its own line, or the whole line."""

    @property
    def words(self) -> str:
        """The heading without its number and closing mark: what an anchor is made of."""
        for numbering in _LEVELS:
            if found := numbering.match(self.heading.lstrip()):
                return self.heading.lstrip()[found.end() :].strip(_AROUND)
        return self.heading.strip(_AROUND)


_MAY_BE_NUMBERED = frozenset("一二三四五六七八九十百(（0123456789")


def read_prose(text: str, outline: Iterable[str] = ()) -> tuple[ProseLine, ...]:
    """Every line of a report. A heading of the outline is one without a number, too."""
    expected = frozenset(outline)
    return tuple(_read_line(line, expected) for line in text.split("\n"))


def missing_headings(lines: Iterable[ProseLine], outline: Iterable[str]) -> list[str]:
    """The headings that a complete text has and this one lacks."""
    present = {line.words for line in lines if line.heading}
    return [heading for heading in outline if heading not in present]


def _read_line(line: str, expected: frozenset[str]) -> ProseLine:
    bare = line.lstrip()
    if bare[:1] not in _MAY_BE_NUMBERED:  # nearly always
        if line.strip() in expected:
            return ProseLine(1, line, "")
        return ProseLine(0, "", line)
    start = len(line) - len(bare)
    for level, numbering in enumerate(_LEVELS, 1):
        found = numbering.match(line, start)
        if not found:
            continue
        stop = line.find("。", found.end()) + 1
        if not stop and len(line) - start <= _MAX_HEADING and not _ENDS_SENTENCE.search(line):
            return ProseLine(level, line, "")
        # A heading run into its paragraph: `1.扛牢政治责任。一是……`
        if 0 < stop < len(line) and stop - start <= _MAX_HEADING:
            return ProseLine(level, line[:stop], line[stop:])
        return ProseLine(0, "", line)
    if line.strip() in expected:
        return ProseLine(1, line, "")
    return ProseLine(0, "", line)
