"""What a file holds, and where it stands in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Node: TypeAlias = "str | list[Node] | dict[str, Node]"
Where = tuple[str | int, ...]
"""The way to a node from the top: keys of mappings, numbers of list items from 0."""

Style = Literal["", '"', "'", "|", "{", "-"]
"""How a node is written: plain, in quotes, as a block of text, in brackets, line by line."""


@dataclass(slots=True)
class Place:
    """Where a node stands."""

    key: tuple[int, int]
    """Line and column, from 0, of its key; of itself for an item of a list."""
    value: tuple[int, int]
    """Line and column of itself."""
    style: Style
    text: str
    """Of a scalar."""
    key_start: int
    """In characters of the file's text; for an item of a list this and the next are `start`."""
    key_end: int
    start: int
    end: int
    """Behind the last character that is written; what follows are line ends and comments."""

    def inside(self, offset: int, lines: list[str]) -> tuple[int, int]:
        """The place of a character of the value's text, in a file of these lines."""
        line, column = self.value
        if self.style != "|":
            return line, column + offset + (1 if self.style in ('"', "'") else 0)
        before = self.text[:offset]
        line += 1 + before.count("\n")
        written = lines[line]
        content = self.text.split("\n")[before.count("\n")]
        indent = len(written.rstrip("\r")) - len(content)
        return line, indent + offset - (before.rfind("\n") + 1)
