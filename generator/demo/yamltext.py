"""Records as the text of a YAML file, written fast: only the shapes that a demo record has.

`generator.yaml.to_yaml` writes any node, and takes a hundred times as long. What this writes is
read again as the same nodes, or it is refused.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

Nodes: TypeAlias = "Mapping[str, str | Nodes | Sequence[str] | Sequence[Nodes]]"
"""Keys with texts, further keys, lists of texts, or lists of rows."""

_INDICATORS = frozenset(" -?:,[]{}#&*!|>'\"%@`=~")
"""Signs with which a text does not begin that stands for itself; a few more than must be."""
_NOT_IN_FLOW = re.compile(r"[,:?\[\]{}]")
_BAD_BLOCK = re.compile(r"[ \n]|[^\n]*\n+\Z|.*\n\Z", re.DOTALL)


def yaml_text(nodes: Nodes) -> str:
    """The text of a file with these nodes.

    Raises ValueError for what is read again otherwise: invisible characters, a text of several
    lines that begins with a space or an empty line or ends with one, a key with nothing below it.
    """
    lines: list[str] = []
    _mapping(nodes, "", lines.append)
    if not "".join(lines).replace("\n", "").isprintable():
        raise ValueError("a text with invisible characters cannot be written")
    return "\n".join(lines) + "\n"


def _mapping(nodes: Nodes, indent: str, put: Callable[[str], None]) -> None:
    for key, value in nodes.items():
        head = _head(indent, key)
        if isinstance(value, str):
            if "\n" in value:
                put(_with_block(head, value, indent))
            else:
                put(f"{head} {_scalar(value)}" if value else head)
        elif isinstance(value, Mapping):
            if not value:
                raise ValueError("a key with nothing below it cannot be written")
            put(head)
            _mapping(value, f"{indent}  ", put)
        elif all(isinstance(each, str) for each in value):
            listed = ", ".join(_in_flow(str(each)) for each in value)
            put(f"{head} [{listed}]")
        else:
            put(head)
            for row in value:
                _row(row, indent, put)


def _row(row: "str | Nodes", indent: str, put: Callable[[str], None]) -> None:
    if isinstance(row, str) or not row:
        raise ValueError("a list of texts and rows, or with an empty row, cannot be written")
    lines: list[str] = []
    _mapping(row, f"{indent}    ", lines.append)
    put(f"{indent}  - {lines[0].lstrip(' ')}")
    for line in lines[1:]:
        put(line)


@lru_cache(maxsize=4096)
def _head(indent: str, key: str) -> str:
    return f"{indent}{_in_one_line(key)}:"


def _with_block(head: str, value: str, indent: str) -> str:
    if _BAD_BLOCK.match(value):
        raise ValueError("a text that begins or ends with an empty line cannot be written")
    deeper = f"\n{indent}  "
    return f"{head} |-{deeper}{value.replace(chr(10), deeper)}"


def _scalar(text: str) -> str:
    """A text that is not empty, in one line."""
    if text[0] in _INDICATORS or text[-1] in " :" or ": " in text or " #" in text:
        return _quoted(text)
    return text


def _in_flow(text: str) -> str:
    written = _in_one_line(text)
    return _quoted(text) if written == text and _NOT_IN_FLOW.search(text) else written


def _in_one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("a key or an item of several lines cannot be written")
    return _scalar(text) if text else _quoted(text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
