"""Files in the one plain way that nearly all records are written in, read line by line: in a
fraction of the time that a parser takes. It knows no mistakes: where a line is anything else, the
parser reads the whole file.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from generator.yaml.nodes import Node, Place, Style, Where

_SIGNS = frozenset("-?:,[]{}#&*!|>'\"%@`")
"""What may mean something else than itself at the beginning of a word."""
_ANY_SIGN = re.compile("[-?:,\\[\\]{}#&*!|>'\"%@`]")
_FEW_LEVELS = 8
"""Far fewer than a file may have."""
_MAX_NAME = 99
"""libyaml looks for a colon so far and a good deal further."""


class Plain:
    """A file in which every line is a key, an item, a line of a block (`|-`), a comment or empty.

    Behind a key stands a word, a text in quotes, a list of words in brackets, or nothing. All that
    might be read in another way is left to libyaml.
    """

    def __init__(self, text: str) -> None:
        self.root: dict[str, Node] = {}
        self.keys: dict[Where, tuple[int, int]] = {(): (0, 0)}
        """Node -> line and column of its key, or of itself, if it is an item of a list."""
        self._lines = text.split("\n")
        self._next = 0
        """The line to be read next."""

    def is_read(self) -> bool:
        """Read it; False when it is not such a file, or there is something wrong with it."""
        lines, keys = self._lines, self.keys
        # the mapping or list around the line, its column and its place; and those around it
        node: Any = self.root
        at, where = 0, ()  # type: tuple[int, Where]
        outer: list[tuple[int, Where, Any]] = []
        key, is_open = "", False  # the last key, and whether nothing stood behind it
        while self._next < len(lines):
            number = self._next
            self._next += 1
            line = lines[number]
            entry = line.lstrip(" ")
            if not entry or entry[0] == "#":
                continue
            column = len(line) - len(entry)
            is_item = entry[0] == "-" and entry[:2] == "- "
            if is_open and (column > at or (is_item and column == at)):
                outer.append((at, where, node))
                node[key] = [] if is_item else {}
                at, where, node = column, (*where, key), node[key]
            while at > column or (not is_item and type(node) is list):
                at, where, node = outer.pop()
            if at != column or len(outer) > _FEW_LEVELS:
                return False
            if is_item:
                if type(node) is not list:
                    return False
                entry, column = entry[2:], column + 2
                place = (*where, len(node))
                keys[place] = (number, column)
                if ": " not in entry and entry[-1:] != ":":
                    item = self._value(entry, place, at)
                    if not item or entry[0] == " ":  # a dash alone may have more below it
                        return False
                    node.append(item)
                    is_open = False
                    continue
                outer.append((at, where, node))
                node.append({})
                at, where, node = column, place, node[-1]
            key, colon, rest = entry.partition(":")
            if not colon or key in node or not _is_plain_name(key):
                return False
            place = (*where, key)
            keys[place] = (number, column)
            value: Node | None = ""
            if rest:
                value = self._value(rest.lstrip(" "), place, at) if rest[0] == " " else None
                if value is None:
                    return False
            node[key] = value
            is_open = value == ""
        return bool(self.root)

    def place(self, where: Where) -> Place | None:
        """Where a text stands; None for what is no text, or an empty one."""
        node: Any = self.root
        for key in where:
            node = node[key]
        if not node or not isinstance(node, str):
            return None
        line, column = at = self.keys[where]
        written = self._lines[line][column:]
        if isinstance(where[-1], str):
            written = written[len(where[-1]) + 1 :].lstrip(" ")
            column = len(self._lines[line]) - len(written)
        style: Style = "|" if written[0] == "|" else '"' if written[0] in "'\"" else ""
        return Place(at, (line, column), style, node, 0, 0, 0, 0)

    def _value(self, written: str, where: Where, column: int) -> Node | None:
        """What stands behind a key or dash in this column; None when that is not plain.

        "" only where more may stand below.
        """
        first = written[:1]
        if first in _SIGNS and (first != "-" or written[1:2] in ("", " ")):
            return self._behind_sign(written, where, column)
        if "#" in written:
            written, comment, rest = written.partition(" #")
            if comment and rest[:1].strip(" "):
                return None
        word = written.rstrip(" ")
        return None if ": " in word or word[-1:] == ":" else word

    def _behind_sign(self, written: str, where: Where, column: int) -> Node | None:
        first, inner = written[0], written[1:-1]
        if written == "|-":
            return self._block(column)
        if first in "'\"" and len(written) > 1 and written[-1] == first:
            return None if not inner or first in inner or "\\" in inner else inner
        if first == "[" and written[-1] == "]":
            line, start = self._next - 1, len(self._lines[self._next - 1]) - len(written) + 1
            words: list[Node] = []
            for word in inner.split(", "):
                if not word or word != word.strip(" ") or _ANY_SIGN.search(word):
                    return None
                self.keys[*where, len(words)] = (line, start)
                start += len(word) + 2
                words.append(word)
            return words
        is_comment = first == "#" and not written[1:2].strip(" ")
        return "" if is_comment else None

    def _block(self, column: int) -> str | None:
        """The text of a block below a key in this column."""
        lines, start = self._lines, self._next
        while start < len(lines) and not lines[start]:
            start += 1
        first = lines[start] if start < len(lines) else ""
        indent = " " * (len(first) - len(first.lstrip(" ")))
        if len(indent) <= column:
            return None
        text = []
        for line in lines[self._next :]:
            if line and not line.startswith(indent):
                break
            text.append(line[len(indent) :])
        self._next += len(text)
        return "\n".join(text).rstrip("\n")


def read_plain(text: str) -> Plain | None:
    """What is read line by line, if all of it can be."""
    if "\t" in text or " \n" in text:
        return None
    plain = Plain(text)
    return plain if plain.is_read() else None


@lru_cache(4096)
def _is_plain_name(key: str) -> bool:
    return (
        0 < len(key) <= _MAX_NAME
        and key[0] not in _SIGNS
        and key == key.strip()
        and " #" not in key
        and key[:3] != "..."  # the end of a document
    )
