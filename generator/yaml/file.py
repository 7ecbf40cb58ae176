"""YAML files read strictly: every scalar stays the text that was typed.

A file is read line by line where that can be done (plain.py), else by libyaml (parse.py). Positions
are worked out only when a problem must be placed.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml.events import ScalarEvent

from generator.errors import DataError, Problem
from generator.yaml.nodes import Node, Place, Style, Where
from generator.yaml.parse import END, Parse
from generator.yaml.plain import read_plain
from generator.yaml.slips import COLON_IN_KEY, WRONG_COLON, colon_message
from generator.yaml.text import UNSEEN, TextFile, unseen_message


class FaultyFileError(DataError):
    """A file that must not be taken as it is, but is understood well enough to look for more."""

    def __init__(self, problems: Iterable[Problem], file: YamlFile) -> None:
        super().__init__(problems)
        self.file = file


class YamlFile(TextFile):
    """One file: its nodes at once, the places of them on demand.

    Raises DataError when it is built from a text that cannot be read strictly: a FaultyFileError
    when its nodes can still be looked at, such as those around a key that is there twice.
    """

    def __init__(self, path: Path, text: str) -> None:
        super().__init__(path, text)
        if found := UNSEEN.search(text):
            raise DataError([self.problem_at(found.start(), unseen_message(found[0]))])
        self._plain = read_plain(text)
        if self._plain:
            self.root: Node = self._plain.root
            self._keys = self._plain.keys
            return
        parse = Parse(path, text)
        self.root = parse.run()
        self._seen = parse.seen
        if parse.problems:
            raise FaultyFileError(parse.problems, self)

    @cached_property
    def _seen(self) -> list[tuple[Where, Any, Any]]:
        """Of what was read line by line, the events that it was read without."""
        parse = Parse(self.path, self.text)
        parse.run()
        return parse.seen

    @cached_property
    def _keys(self) -> dict[Where, tuple[int, int]]:
        """Node -> line and column of its key, or of itself, if it is an item of a list."""
        seen = ((where, key and key.start_mark) for where, _, key in self._seen if key is not END)
        return {where: (mark.line, mark.column) if mark else (0, 0) for where, mark in seen}

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def places(self) -> dict[Where, Place]:
        """Where each node stands; found when first asked for."""
        places: dict[Where, Place] = {}
        end = 0  # of what was read last
        for where, event, key in self._seen:
            if key is not END:
                places[where] = place = _place(self.text, event, key)
                end = place.end
                continue
            place = places[where]
            if place.style == "{":
                end = event.end_mark.index
            place.end = end
        return places

    @cached_property
    def _events(self) -> dict[Where, tuple[Any, Any]]:
        """Node -> the event it begins with, and its key's."""
        return {where: (event, key) for where, event, key in self._seen if key is not END}

    def problem(
        self, where: Where, message: str, offset: int | None = None, *, stops: bool = True
    ) -> Problem:
        """A problem with the node at `where`: at its key, or `offset` characters into its text.

        A node that is not in the file (a missing key) is placed at the nearest one around it.
        """
        while where not in self._keys:
            where, offset = where[:-1], None
        line, column = self._keys[where]
        if offset is not None:
            place = self._plain.place(where) if self._plain else None
            place = place or _place(self.text, *self._events[where])
            line, column = place.inside(offset, self._lines)
        return Problem(self.path, line + 1, column + 1, message, stops)

    def unknown_keys(
        self, where: Where, node: dict[str, Node], known: Iterable[str]
    ) -> list[Problem]:
        """A problem for each key that is not known, with the nearest that is."""
        known = list(known)
        problems = []
        for key in node:
            if key not in known:
                near = get_close_matches(key, known, 1, 0.5)
                hint = f"是不是“{near[0]}”？" if near else f"这里可以写：{'、'.join(known)}"
                message = f"不认识“{key}”，{hint}"
                found = COLON_IN_KEY.match(key)  # in brackets such a key has no value
                if found and found[1] in known:
                    message = colon_message(found[2])
                problems.append(self.problem((*where, key), message))
        return problems

    def needs_keys(self, where: Where, message: str) -> Problem:
        """A problem with a node that should have been a mapping; often its colon is wrong."""
        node = self.root
        for key in where:
            node = node[key]  # type: ignore[index]
        found = WRONG_COLON.match(node) if isinstance(node, str) else None
        if found:
            return self.problem(where, colon_message(found[2]), found.start(2))
        return self.problem(where, message)


def _place(text: str, event: Any, key: Any) -> Place:
    """The place of what begins with this event; the ends of mappings and lists come later."""
    start, end = event.start_mark, event.end_mark.index
    has_key = key is not None and key is not event
    scalar = type(event) is ScalarEvent
    style: Style = (event.style or "") if scalar else "{" if event.flow_style else "-"
    if style == "|":
        written = text[start.index : end]
        if "+" in written[:3]:  # |+ |2+ |+2
            written = written.removesuffix("\n")
        else:
            content = event.value.rstrip("\n")
            count = 1 + (content.count("\n") + 1 if content else 0)
            written = "\n".join(written.split("\n")[:count])
        end = start.index + len(written)
    return Place(
        (0, 0) if key is None else (key.start_mark.line, key.start_mark.column),
        (start.line, start.column),
        style,
        event.value if scalar else "",
        key.start_mark.index if has_key else start.index,
        key.end_mark.index if has_key else start.index,
        start.index,
        end,
    )
