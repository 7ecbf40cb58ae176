"""Headings of a page: stable anchors in plain Chinese, and the table of contents."""

import re
from dataclasses import dataclass

_NOT_A_WORD = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents."""

    level: int
    """As in HTML: 2 for an attachment, 3 for 一、, 4 for (一), 5 for 1."""
    anchor: str
    text: str


class Contents:
    """Gathers a page's headings in their order and gives each its anchor."""

    def __init__(self) -> None:
        self.headings: list[Heading] = []
        self._used: set[str] = set()

    def add(self, level: int, text: str, *words: str) -> str:
        """Note a heading; its anchor is made of `words`, numbered when it stands there already."""
        plain = "-".join(_NOT_A_WORD.sub("-", word).strip("-") for word in words if word)
        anchor, number = plain, 1
        while anchor in self._used:
            number += 1
            anchor = f"{plain}-{number}"
        self._used.add(anchor)
        self.headings.append(Heading(level, anchor, text))
        return anchor


def nested(headings: list[Heading]) -> list[tuple[Heading, list[Heading]]]:
    """Attachments with their first-level headings, as the table of contents shows them."""
    entries: list[tuple[Heading, list[Heading]]] = []
    for heading in headings:
        if heading.level == 2:
            entries.append((heading, []))
        elif heading.level == 3 and entries:
            entries[-1][1].append(heading)
    return entries
