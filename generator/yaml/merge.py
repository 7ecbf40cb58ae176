"""New values written into a file that people wrote: the rest of its text stays as it is.

The places of the old nodes tell which characters to replace, so comments, blank lines, order and
quotes are kept because nobody touches them. What comes out is read again and compared with what it
should be; a file that is written in some way that this module does not know is refused, not spoilt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.errors import DataError
from generator.yaml import Node, Place, Where, YamlFile, to_yaml


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that new nodes have otherwise than old ones."""

    where: Where
    """In the old nodes; of an added item of a list, with the number that it has in the new ones."""
    old: Node | None
    """None when the old nodes lack it: a missing key, an added item."""
    new: Node | None
    """None when it is an item of a list that the new nodes lack."""


class CannotMergeError(DataError):
    """A file that is written in a way that only a person can change without a loss."""


def differences(old: Node, new: Node) -> list[Difference]:
    """Every value of `new` that `old` lacks or has otherwise, in the order of `new`.

    Mappings are descended: keys that only `old` has are no difference. A list of texts is one
    value. Other lists are compared item by item; when their lengths differ, the items taken for
    added or removed are those that leave most in common, at the end when that decides nothing.
    """
    return list(_differences((), old, new))


def merge_yaml(file: YamlFile, new: Node) -> str:
    """The file's text with the differences written and everything else as it was.

    A removed item takes the comments in it and directly above it along. A last line without a line
    end gets one when anything changes. Raises CannotMergeError.
    """
    found = differences(file.root, new)
    if not found:
        return file.text
    change = _Change(file)
    change.node((), file.root, new)
    text = change.text()
    try:
        written = YamlFile(file.path, text)
    except DataError:
        raise _refusal(file, found[0].where) from None
    expected = _merged(file.root, new)
    if written.root != expected:
        wrong = differences(written.root, expected) or found
        raise _refusal(file, wrong[0].where)
    kept = [each for each in _comments(file) if not change.cuts(each[0])]
    there = [comment for _, comment in _comments(written)]
    for number, (start, comment) in enumerate(kept):
        if there[number : number + 1] != [comment]:
            raise CannotMergeError([file.problem_at(start, _REFUSAL)])
    return text


_REFUSAL = "这里不能自动合并，请手工修改"


def _refusal(file: YamlFile, where: Where) -> CannotMergeError:
    return CannotMergeError([file.problem(where, _REFUSAL)])


# --- What differs ---------------------------------------------------------------------------------


def _differences(where: Where, old: Node | None, new: Node) -> Iterator[Difference]:
    if isinstance(new, dict) and (isinstance(old, dict) or (new and not old)):
        mapping = old if isinstance(old, dict) else {}
        for key, value in new.items():
            yield from _differences((*where, key), mapping.get(key), value)
    elif isinstance(new, list) and (isinstance(old, list) or (new and not old)):
        items = old if isinstance(old, list) else []
        if all(isinstance(item, str) for item in [*items, *new]):
            if old != new:
                yield Difference(where, old, new)
            return
        for number, item, new_item in _pairs(items, new):
            if item is None or new_item is None:
                yield Difference((*where, number), item, new_item)
            else:
                yield from _differences((*where, number), item, new_item)
    elif old != new:
        yield Difference(where, old, new)


def _pairs(old: list[Node], new: list[Node]) -> Iterator[tuple[int, Node | None, Node | None]]:
    """Items that belong together, None where there is no partner, with their number in `old`.

    An added item comes with its number in `new`.
    """
    if len(old) <= len(new):
        for number, partner in enumerate(_partners(old, new)):
            if partner is None:
                yield number, None, new[number]
            else:
                yield partner, old[partner], new[number]
    else:
        for number, partner in enumerate(_partners(new, old)):
            yield number, old[number], None if partner is None else new[partner]


def _partners(short: list[Node], long: list[Node]) -> Iterator[int | None]:
    """For each item of the long list the number of the short one's that it belongs to.

    All of the short one's have a partner, in order, and such that most is in common.
    """
    spare = len(long) - len(short)
    # best[i][s]: the most in common from short[i] on, when s items of the long list before its
    # partner have none
    best = [[0] * (spare + 1) for _ in range(len(short) + 1)]
    for i in reversed(range(len(short))):
        for s in reversed(range(spare + 1)):
            paired = in_common(short[i], long[i + s]) + best[i + 1][s]
            best[i][s] = max(paired, best[i][s + 1]) if s < spare else paired
    i = s = 0
    while i + s < len(long):
        if i < len(short) and best[i][s] == in_common(short[i], long[i + s]) + best[i + 1][s]:
            yield i
            i += 1
        else:
            yield None
            s += 1


def in_common(one: Node, other: Node) -> int:
    """The number of texts that both have at the same place."""
    if isinstance(one, dict) and isinstance(other, dict):
        return sum(in_common(value, other[key]) for key, value in one.items() if key in other)
    if isinstance(one, list) and isinstance(other, list):
        return sum(map(in_common, one, other))
    return int(one == other and one != "")


def _merged(old: Node, new: Node) -> Node:
    """The new nodes with the keys that only the old ones have."""
    if isinstance(old, dict) and isinstance(new, dict):
        changed = {
            key: _merged(old[key], value) if key in old else value for key, value in new.items()
        }
        return {**old, **changed}
    if isinstance(old, list) and isinstance(new, list):
        return [
            item if old_item is None else _merged(old_item, item)
            for _, old_item, item in _pairs(old, new)
            if item is not None
        ]
    return new


# --- What is written ------------------------------------------------------------------------------


class _Change:
    """The replacements that make a file's text that of the merged nodes."""

    def __init__(self, file: YamlFile) -> None:
        self._file = file
        self._text = file.text if file.text.endswith("\n") else file.text + "\n"
        self._edits: list[tuple[int, int, str]] = []
        """Start, end, and what to put there; of those at one place the first comes first."""
        self._removed: list[tuple[int, int]] = []

    def text(self) -> str:
        """The changed text."""
        pieces, done = [], 0
        for start, end, written in sorted(self._edits, key=lambda edit: edit[0]):
            pieces += [self._text[done:start], written]
            done = end
        return "".join([*pieces, self._text[done:]])

    def cuts(self, offset: int) -> bool:
        """Whether a character stands in a removed item."""
        return any(start <= offset < end for start, end in self._removed)

    def node(self, where: Where, old: Node, new: Node) -> None:
        """Change the node at `where`."""
        merged = _merged(old, new)
        if merged == old:
            return
        line_by_line = self._place(where).style == "-"
        if line_by_line and isinstance(old, dict) and isinstance(new, dict):
            self._mapping(where, old, new)
        elif line_by_line and isinstance(old, list) and isinstance(new, list):
            self._list(where, old, new)
        else:
            self._value(where, old, merged)

    def _mapping(self, where: Where, old: dict[str, Node], new: dict[str, Node]) -> None:
        place = self._place(where)
        column = place.value[1]
        entry = self._first_entry(where)
        if not any(key in old for key in new):
            entry = self._after(place.end, column), ""
        for key, value in new.items():
            if key in old:
                self.node((*where, key), old[key], value)
                entry = self._after(self._place((*where, key)).end, column), ""
            else:
                lines = _indented(to_yaml({key: value}), column)
                # before a first key that stands behind a dash, its indent comes after the new lines
                offset, behind = entry
                self._edits.append((offset, offset, lines[len(behind) :] + behind))

    def _first_entry(self, where: Where) -> tuple[int, str]:
        """Where to write what comes before a mapping's first key, and the spaces to put behind it.

        Above comments in the mapping but, at the top, below those of the file.
        """
        place = self._place(where)
        if where:
            line = self._next_line(self._behind(where))
            if line <= place.start:
                return line, ""
        return place.start, " " * place.value[1]

    def _list(self, where: Where, old: list[Node], new: list[Node]) -> None:
        column = self._place(where).value[1]
        after: int | None = None
        for number, item, new_item in _pairs(old, new):
            if item is None:
                if new_item is not None:
                    at = self._item_start((*where, 0), column) if after is None else after
                    self._edits.append((at, at, _indented(self._item(where, new_item), column)))
                continue
            here = (*where, number)
            end = self._after(self._place(here).end, column)
            if new_item is None:
                start = self._item_start(here, column)
                self._edits.append((start, end, ""))
                self._removed.append((start, end))
            else:
                self.node(here, item, new_item)
            after = end
        if not new:
            behind = self._behind(where)
            self._edits.append((behind, behind, " []"))

    def _item_start(self, where: Where, column: int) -> int:
        """The start of an item's first line, or of the comments directly above it."""
        start = self._text.rfind("\n", 0, self._dash(where)) + 1
        if self._text[start : start + column].strip(" "):
            raise self._refusal(where)  # the item stands behind the dash of a list around its own
        while start:
            above = self._text.rfind("\n", 0, start - 1) + 1
            if not self._text.startswith(" " * column + "#", above):
                break
            start = above
        return start

    def _item(self, where: Where, value: Node) -> str:
        """An added item, its dash as far from it as that of the list's first item."""
        if not isinstance(value, dict) or not value:
            return "-" + _behind_key(value)
        first = self._place((*where, 0))
        dash = self._dash((*where, 0))
        distance = first.start - dash if "\n" not in self._text[dash : first.start] else 0
        lines = _indented(to_yaml(value), max(distance, 2))
        return "-" + lines[1:]

    def _value(self, where: Where, old: Node, new: Node) -> None:
        """Replace a whole value: what stands in the line of its key, and the lines below."""
        behind = self._behind(where)
        place = self._place(where)
        start, end = place.start, place.end
        below = self._next_line(end)
        if place.style == "|":
            mark = _BLOCK_MARK.match(self._text, start)
            end = mark.end() if mark else start
            self._edits.append((self._next_line(end), below, ""))
        elif place.style == "-" and "\n" in self._text[behind:start]:
            start = end = behind
            self._edits.append((self._next_line(behind), below, ""))
        in_brackets = place.style == "{" and bool(old)
        first, lines = self._written(new, in_brackets, self._column(where))
        if start == behind and first:
            first = " " + first
        elif not first and not self._text[behind:start].strip(" "):
            start = behind  # no spaces at the line's end
        self._edits += [(start, end, first), (below, below, lines)]

    def _written(self, value: Node, in_brackets: bool, column: int) -> tuple[str, str]:
        """What to write behind a key or dash in this column: in its line, and below."""
        if in_brackets and not _has_long_text(value):
            return to_yaml(value, in_one_line=True).rstrip("\n"), ""
        first, _, lines = _behind_key(value).partition("\n")
        return first[1:], _indented(lines, column)

    def _place(self, where: Where) -> Place:
        return self._file.places[where]

    def _column(self, where: Where) -> int:
        """Of the key or dash."""
        if isinstance(where[-1], int):
            return self._place(where[:-1]).value[1]
        return self._place(where).key[1]

    def _behind(self, where: Where) -> int:
        """Where the colon of the key ends, or the dash of the item."""
        if not where:
            raise self._refusal(where)
        if isinstance(where[-1], int):
            return self._dash(where) + 1
        found = _COLON.match(self._text, self._place(where).key_end)
        if not found:
            raise self._refusal(where)
        return found.end()

    def _dash(self, where: Where) -> int:
        """The dash of an item: in the line where its value begins, or above."""
        top, place = self._place(where[:-1]), self._place(where)
        before = place.start
        while before > top.start:
            line = self._text.rfind("\n", 0, before) + 1
            dash = line + top.value[1]
            if self._text.startswith("-", dash) and not self._text[line:dash].strip(" -"):
                return dash
            before = line - 1
        raise self._refusal(where)

    def _next_line(self, offset: int) -> int:
        return self._text.index("\n", offset) + 1

    def _after(self, end: int, column: int) -> int:
        """The start of the line after an entry of this column, and comments indented as parts."""
        line = self._next_line(end)
        while found := _COMMENT_LINE.match(self._text, line):
            if len(found[1]) <= column:
                break
            line = found.end()
        return line

    def _refusal(self, where: Where) -> CannotMergeError:
        return _refusal(self._file, where)


_LINE_START = re.compile("^(?=.)", re.MULTILINE)
_BLOCK_MARK = re.compile(r"\|[-+0-9]*")
_COLON = re.compile(" *:")
_COMMENT_LINE = re.compile("( *)#.*\n")


def _behind_key(value: Node) -> str:
    """A value as it is written behind a key's colon: with a space, or in the lines below."""
    return to_yaml({"k": value}).removeprefix("k:")


def _has_long_text(value: Node) -> bool:
    if isinstance(value, str):
        return "\n" in value
    return any(map(_has_long_text, value.values() if isinstance(value, dict) else value))


def _indented(lines: str, column: int) -> str:
    return _LINE_START.sub(" " * column, lines)


def _comments(file: YamlFile) -> list[tuple[int, str]]:
    """Every comment with its place: what begins with `#` outside keys and texts."""
    words: list[tuple[int, int]] = []
    for place in file.places.values():
        words.append((place.key_start, place.key_end))
        if place.style == "|":
            line_end = file.text.find("\n", place.start, place.end)  # -1 in a text of no lines
            words.append((line_end + 1 or place.end, place.end))
        elif place.style not in ("{", "-"):
            words.append((place.start, place.end))
    rest = list(file.text)
    for start, end in words:
        rest[start:end] = "x" * (end - start)
    return [(found.start(), found[0].rstrip()) for found in _COMMENT.finditer("".join(rest))]


_COMMENT = re.compile("#.*")
