"""Nodes as the text of a file, written as people write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)
from ruamel.yaml.tag import Tag

from generator.yaml.nodes import Node
from generator.yaml.text import MAX_BYTES


def to_yaml(node: Node, *, in_one_line: bool = False) -> str:
    """A node as the text of a file, written as people write: read again it is the same node.

    Long texts stand as blocks (`|-`), lists of texts on one line, the empty as nothing.
    in_one_line: all in brackets, `{甲: 一, 乙: [二]}`.
    """
    yaml = YAML(typ="base", pure=True)
    yaml.width = 10 * MAX_BYTES  # no text is folded
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = StringIO()
    events = [StreamStartEvent(), DocumentStartEvent(explicit=False), *_events(node, in_one_line)]
    yaml.emit([*events, DocumentEndEvent(explicit=False), StreamEndEvent()], text)
    written = text.getvalue()
    # the mark of the end that ruamel.yaml sets behind some texts, not a text's last line
    return written.removesuffix("...\n") if f"\n{written}".endswith("\n...\n") else written


_STRING = Tag(suffix="tag:yaml.org,2002:str")


def _events(node: Node, in_brackets: bool) -> Iterator[Event]:
    if isinstance(node, dict):
        yield MappingStartEvent(None, None, True, flow_style=in_brackets)
        for key, value in node.items():
            yield from _events(key, in_brackets)
            yield from _events(value, in_brackets)
        yield MappingEndEvent()
    elif isinstance(node, list):
        in_brackets = in_brackets or all(isinstance(item, str) for item in node)
        yield SequenceStartEvent(None, None, True, flow_style=in_brackets)
        for item in node:
            yield from _events(item, in_brackets)
        yield SequenceEndEvent()
    else:
        # ruamel.yaml chooses a safer style itself, but not where only libyaml needs one
        style = None
        if "\n" in node:
            # empty lines at the end of a block are not seen, and become more with those behind it
            is_unclear = _FIRST_TAB.match(node) or f"\n{node}".endswith("\n\n")
            style = '"' if is_unclear else "|"
        elif in_brackets and _FLOW_SIGN.search(node):
            style = "'"
        yield ScalarEvent(None, _STRING, (True, True), node, style=style)


_FIRST_TAB = re.compile("\n*\t")
_FLOW_SIGN = re.compile("[:?]")
