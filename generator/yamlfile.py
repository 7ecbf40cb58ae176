"""YAML files read strictly: every scalar stays the text that was typed.

One loop over the events of libyaml's parser builds plain dicts, lists and strings. The events are
kept, and positions worked out from them only when a problem must be placed. What people do not mean
(duplicate keys, anchors, text folded over lines, another encoding) is refused, in Chinese, with its
place. Nothing else in the project knows ruamel.yaml.

Nearly all records are written in one plain way, which is read line by line in a fraction of the
time (`_Plain`). It knows no mistakes: where a line is anything else, libyaml reads the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from io import StringIO
from pathlib import Path
from typing import Any, Literal, NoReturn, Self, TypeAlias

from _ruamel_yaml import CParser  # the C parser itself; no constructor, so no types are guessed
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
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

from generator.errors import DataError, Problem, os_reason

Node: TypeAlias = "str | list[Node] | dict[str, Node]"
Where = tuple[str | int, ...]
"""The way to a node from the top: keys of mappings, numbers of list items from 0."""

MAX_BYTES = 512 * 1024
"""A record is about 16 KB; a file of this size is something pasted by mistake."""
MAX_DEPTH = 16


class TextFile:
    """A file's text, before anything in it is understood."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file. Raises DataError, for a YamlFile with every problem that could be told."""
        return cls(path, _text(path))

    def problem_at(self, offset: int, message: str) -> Problem:
        """A problem at a character of the text."""
        line = self.text.count("\n", 0, offset)
        column = offset - (self.text.rfind("\n", 0, offset) + 1)
        return Problem(self.path, line + 1, column + 1, message)


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
        if found := _UNSEEN.search(text):
            raise DataError([self.problem_at(found.start(), _unseen_message(found[0]))])
        self._plain = _plain(text)
        if self._plain:
            self.root: Node = self._plain.root
            self._keys = self._plain.keys
            return
        loop = _Loop(path, text)
        self.root = loop.run()
        self._seen = loop.seen
        if loop.problems:
            raise FaultyFileError(loop.problems, self)

    @cached_property
    def _seen(self) -> list[tuple[Where, Any, Any]]:
        """Of what was read line by line, the events that it was read without."""
        loop = _Loop(self.path, self.text)
        loop.run()
        return loop.seen

    @cached_property
    def _keys(self) -> dict[Where, tuple[int, int]]:
        """Node -> line and column of its key, or of itself, if it is an item of a list."""
        seen = ((where, key and key.start_mark) for where, _, key in self._seen if key is not _END)
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
            if key is not _END:
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
        return {where: (event, key) for where, event, key in self._seen if key is not _END}

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
                found = _COLON_IN_KEY.match(key)  # in brackets such a key has no value
                if found and found[1] in known:
                    message = _colon_message(found[2])
                problems.append(self.problem((*where, key), message))
        return problems

    def needs_keys(self, where: Where, message: str) -> Problem:
        """A problem with a node that should have been a mapping; often its colon is wrong."""
        node = self.root
        for key in where:
            node = node[key]  # type: ignore[index]
        found = _WRONG_COLON.match(node) if isinstance(node, str) else None
        if found:
            return self.problem(where, _colon_message(found[2]), found.start(2))
        return self.problem(where, message)


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


def entries(folder: Path) -> list[Path]:
    """What a folder holds, sorted, without hidden files (editors and git leave those).

    Nothing, when there is no such folder. Raises DataError when it cannot be read.
    """
    try:
        if not folder.is_dir():
            return []
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        _refuse(folder, f"文件夹读不出来（{os_reason(error)}）")


def _text(path: Path) -> str:
    """The file's text, UTF-8 with or without a BOM, line ends as \\n."""
    try:
        if path.is_symlink():
            _refuse(path, "这里是一个符号链接，请改为真正的文件")
        if path.exists() and not path.is_file():
            _refuse(path, "这里应是一个文件")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        _refuse(path, f"文件读不出来（{os_reason(error)}），请检查文件是否存在、是否有权限")
    if len(data) > MAX_BYTES:
        _refuse(path, f"文件太大（超过 {MAX_BYTES // 1024} KB），请检查内容")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        _refuse(path, "文件是 UTF-16（“Unicode”）编码，请另存为 UTF-8 编码")
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        _wrong_encoding(path, data, error.start)
    return text.replace("\r\n", "\n").replace("\r", "\n")


# YAML takes U+0085, U+2028 and U+2029 for line ends, which would move every position after them.
# Text from web pages carries zero-width spaces and marks of direction: a word or number with one
# in it looks right and is not found.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def without_unseen(text: str) -> str:
    """A text from elsewhere as a file may hold it: plain line ends, no invisible characters."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def _unseen_message(character: str) -> str:
    return f"有一个看不见的控制字符（U+{ord(character):04X}），请删去"


def _colon_message(colon: str) -> str:
    if colon == "：":
        return WIDE_SIGNS[colon]
    return "冒号后面要有一个空格，写成“: ”"


def _wrong_encoding(path: Path, data: bytes, start: int) -> NoReturn:
    if b"\0" in data:
        _refuse(path, "这不是文字文件（可能是图片、Word 或 Excel 文件），请核对文件名")
    line_start = data.rfind(b"\n", 0, start) + 1
    line = data.count(b"\n", 0, start) + 1
    column = len(data[line_start:start].decode("utf-8-sig", "replace")) + 1
    try:
        data.decode("gb18030")
        message = "文件是 GBK 编码，请在编辑器里另存为 UTF-8 编码"
    except UnicodeDecodeError:
        message = "文件不是 UTF-8 编码的文字，请在编辑器里另存为 UTF-8 编码"
    raise DataError([Problem(path, line, column, message)]) from None


def _refuse(path: Path, message: str) -> NoReturn:
    raise DataError([Problem(path, 1, 1, message)]) from None


_END = object()
"""Instead of a key: the event ends a mapping or list."""


_SIGNS = frozenset("-?:,[]{}#&*!|>'\"%@`")
"""What may mean something else than itself at the beginning of a word."""
_ANY_SIGN = re.compile("[-?:,\\[\\]{}#&*!|>'\"%@`]")
_FEW_LEVELS = 8
"""Far fewer than MAX_DEPTH."""
_MAX_NAME = 99
"""libyaml looks for a colon so far and a good deal further."""


class _Plain:
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


def _plain(text: str) -> _Plain | None:
    """What is read line by line, if all of it can be."""
    if "\t" in text or " \n" in text:
        return None
    plain = _Plain(text)
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


class _Loop:
    """One run over a file's events."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.seen: list[tuple[Where, Any, Any]] = []
        """Node, event and the key's event, or _END; for who asks for places."""
        self.problems: list[Problem] = []
        self.has_hash = _HASH.search(text) is not None
        # CParser's types are not published; the events it gives are those of ruamel.yaml.
        self.next: Callable[[], Any] = CParser(text).get_event

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def run(self) -> Node:
        """The nodes. Raises DataError when the file cannot be understood to its end."""
        try:
            return self._document()
        except _TooDeepError:
            pass  # already among the problems
        except MarkedYAMLError as error:
            self._explain(error)
        except (YAMLError, RecursionError):
            _refuse(self.path, "文件的写法读不懂，请对照 data/README.md 检查")
        raise DataError(self.problems)

    def _document(self) -> Node:
        self.next()  # start of the stream
        if not isinstance(self.next(), DocumentStartEvent):
            _refuse(self.path, "文件是空的")
        root = self._node(self.next(), (), None, 0)
        while not isinstance(event := self.next(), DocumentEndEvent):
            pass
        event = self.next()
        if isinstance(event, DocumentStartEvent):
            self._note(event, "一个文件只能有一份内容，请去掉“---”以后的部分，或另存为一个文件")
        return root

    def _node(self, event: Any, where: Where, key: Any, depth: int) -> Node:
        kind = type(event)
        if kind is AliasEvent:
            self._note(
                event, f'值以“*”开头会被当作引用，如果是文字请加引号，写成 "*{event.anchor}"'
            )
            return ""
        if event.anchor is not None or event.ctag is not None:
            self._note_marks(event)
        self.seen.append((where, event, key))
        if kind is ScalarEvent:
            return self._scalar(event)
        if depth == MAX_DEPTH:
            self._note(event, f"缩进超过了 {MAX_DEPTH} 层，请检查缩进")
            raise _TooDeepError
        if kind is MappingStartEvent:
            return self._mapping(where, depth)
        return self._sequence(where, depth)

    def _note_marks(self, event: Any) -> None:
        if event.anchor is not None:
            self._note(
                event, f'值以“&”开头会被当作标记，如果是文字请加引号，写成 "&{event.anchor}"'
            )
        if event.tag is not None:
            self._note(event, "值以“!”开头会被当作类型标签，如果是文字请用引号括起来")

    def _scalar(self, event: Any) -> str:
        style = event.style
        if style == '"' and (found := _UNSEEN.search(event.value)):
            self._note(event, _unseen_message(found[0]))  # written as an escape, such as \0
        if self.has_hash and not style:
            self._find_cut_off(event)
        if style == ">":
            self._note(event, "“>”会把换行改成空格，多行文字请用“|-”")
        elif style != "|" and event.start_mark.line != event.end_mark.line and event.value:
            if style in ('"', "'"):
                self._note(event, "引号里的文字不能跨行，多行文字请用“|-”另起一行写")
            else:
                self._run_on(event)
        text: str = event.value
        return text

    def _mapping(self, where: Where, depth: int) -> dict[str, Node]:
        mapping: dict[str, Node] = {}
        places: dict[str, int] = {}
        while type(event := self.next()) is not MappingEndEvent:
            if type(event) is not ScalarEvent:
                self._note(event, "这里应是一个名称和冒号，如“编制人数: 35”")
                self._node(event, (*where, ""), None, depth + 1)
                self._node(self.next(), (*where, ""), None, depth + 1)
                continue
            name = event.value
            mark = event.start_mark
            if event.anchor is not None or event.ctag is not None:
                self._note_marks(event)
            # The file's own characters are looked at before; only an escape brings others.
            if "\n" in name or (event.style == '"' and _UNSEEN.search(name)):
                self._note(event, "名称要写在一行里，不能有看不见的字符")
            elif name in places:
                self._note(event, f"“{name}”写了两次（第 {places[name]} 行已有），请只留一个")
            elif name != name.strip() or not name:
                self._note(event, f"名称“{name}”前后有全角空格或是空的，请删去空格，缩进用半角空格")
            places[name] = mark.line + 1
            mapping[name] = self._node(self.next(), (*where, name), event, depth + 1)
        self.seen.append((where, event, _END))
        return mapping

    def _sequence(self, where: Where, depth: int) -> list[Node]:
        items: list[Node] = []
        while type(event := self.next()) is not SequenceEndEvent:
            items.append(self._node(event, (*where, len(items)), event, depth + 1))
        self.seen.append((where, event, _END))
        return items

    def _note(self, event: Any, message: str) -> None:
        mark = event.start_mark
        self.problems.append(Problem(self.path, mark.line + 1, mark.column + 1, message))

    def _run_on(self, event: Any) -> None:
        """Text that the parser joined over lines: almost always a missing colon or an indent."""
        first, last, lines = event.start_mark.line, event.end_mark.line, self.lines
        numbers = [n for n in range(first, min(last + 1, len(lines))) if lines[n].strip(" \t")]
        slips = [found for n in numbers if (found := self._slip(n, lines[n]))]
        is_dash = slips and _WRONG_DASH.match(lines[slips[0].line - 1])
        self.problems += slips[:1] if is_dash else slips  # a dash that is none takes all with it
        if not slips:
            number = next((n for n in numbers if n > first), first)
            line = lines[number].lstrip(" \t")
            column = len(lines[number]) - len(line) + 1
            message = "这一行被接到了上一行后面：请检查缩进和冒号；多行文字请用“|-”"
            if line.startswith("- "):
                message = "列表接在了上一行后面：上面缺少名称和冒号（如“版面:”），或者缩进不对"
            self.problems.append(Problem(self.path, number + 1, column, message))

    def _find_cut_off(self, event: Any) -> None:
        """A plain value's rest from `#` on, when it does not look like a comment."""
        mark = event.end_mark
        line = self.lines[mark.line] if mark.line < len(self.lines) else ""  # at the file's end
        if found := _CUT_OFF.match(line, mark.column):
            message = "“ #”以后会被当作注释丢掉：如果是文字请把整个值加引号，是注释请写成“# ”"
            self.problems.append(Problem(self.path, mark.line + 1, found.end(), message))

    def _slip(self, number: int, line: str) -> Problem | None:
        """A colon or dash at a line's beginning that is not what the parser takes for one."""
        if found := _WRONG_DASH.match(line):
            return Problem(self.path, number + 1, found.end(), "“-”后面要有一个空格，写成“- ”")
        found = _WRONG_COLON.match(line)
        if not found:
            return None
        return Problem(self.path, number + 1, found.start(2) + 1, _colon_message(found[2]))

    def _slip_in_brackets(self, mark: Any, words: str) -> Problem | None:
        """The full-width sign because of which brackets or quotes here make no sense."""
        line = self.lines[mark.line] if mark.line < len(self.lines) else ""
        if "quoted scalar" in words:
            found = _SLIP_BESIDE_QUOTE.search(line)
        elif "parsing a flow" in words:
            found = _SLIP_IN_BRACKETS.search(line[: mark.column + 1])
        elif "mapping values" in words:
            found = _SLIP_FOR_BRACKET.search(line[: mark.column + 1])
        else:
            return None
        if not found:
            return None
        group = found.lastindex or 0
        column = found.start(group) + 1
        return Problem(self.path, mark.line + 1, column, WIDE_SIGNS[found[group]])

    def _explain(self, error: MarkedYAMLError) -> None:
        """What libyaml stumbled over, in the words of the person who wrote it."""
        problem = self._explained(error)
        # Text joined over lines was told already; that the parser stumbles in it is no news.
        if not any(other.line == problem.line for other in self.problems):
            self.problems.append(problem)

    def _explained(self, error: MarkedYAMLError) -> Problem:
        mark = error.problem_mark or error.context_mark
        if mark is None:
            return Problem(self.path, 1, 1, "文件的写法读不懂，请对照 data/README.md 检查")
        lines = self.lines
        words = f"{error.context}: {error.problem}"
        last = min(mark.line, len(lines) - 1)
        numbers = [last, min(error.context_mark.line, last) if error.context_mark else last]
        before = lines[last][: mark.column]
        if "mapping values" in words and not _KEY.match(before):
            numbers.append(max(last - 1, 0))  # the text that this line was joined to
        if "quoted scalar" in words:
            numbers = []  # it reaches to the end of the file, past lines that are fine
        for number in dict.fromkeys(numbers):
            line = lines[number]
            indent = line[: len(line) - len(line.lstrip())]
            if "\t" in indent:
                message = "缩进里有制表符（Tab），请全部改为空格"
                return Problem(self.path, number + 1, indent.index("\t") + 1, message)
            if wide := indent.strip(" "):
                message = "缩进里有全角空格或不间断空格，请全部改为半角空格"
                return Problem(self.path, number + 1, indent.index(wide[0]) + 1, message)
            if found := self._slip(number, line):
                return found
        at = (error.context_mark if "quoted scalar" in words else None) or mark
        if problem := self._slip_in_brackets(at, words):
            return problem
        message = "这一行的写法读不懂，请检查缩进、冒号和引号"
        lost = _lost_key(words, lines[last][mark.column :], lines[last - 1])
        if lost:
            message = lost
        elif "could not find expected ':'" in words and _BRACKET_FIRST.match(lines[numbers[-1]]):
            mark = error.context_mark or mark
            message = "方括号前面缺少“- ”，或缺少名称和冒号（如“一行: ”）"
        elif "expected key" in words and before.rstrip(" ")[-1:] in tuple("\"']}"):
            message = "引号或括号后面多了内容，请把整个值放进引号里"
        else:
            for fault, explanation, at_start in _EXPLANATIONS:
                if fault in words:
                    message = explanation
                    mark = (at_start and error.context_mark) or mark
                    break
        return Problem(self.path, mark.line + 1, mark.column + 1, message)


def _lost_key(words: str, line: str, above: str) -> str:
    """What to say when it seems that somebody dropped the line above a list or its end."""
    if "did not find expected key" in words and line.startswith("- "):
        if _KEY_ALONE.match(above.lstrip("- ")):
            return "列表的这一项没有对齐，或者它上面缺少名称和冒号（如“一行:”）"
    elif "expected '-' indicator" in words and _KEY_ALONE.match(line):
        return "这一行不在上面的列表里：请检查缩进，或者它上面缺少名称和冒号（如“填空:”）"
    return ""


class _TooDeepError(Exception):
    """Ends a run whose nesting can only be a mistake or an attack."""


# A key written with a full-width colon, or with nothing after a half-width one.
_WRONG_COLON = re.compile(r"^[ \t]*(?:- +)*([^\s:：#'\"|>\[{][^:：]{0,40}?)(：|:(?=[^ \t/]))")

# A dash that begins an item, with nothing after it; not `--`, `-1` or a text's own dash.
_WRONG_DASH = re.compile(r"^[ \t]*(?:- +)*-(?=[\"'\[{“]|[^\W\d_a-zA-Z])")

# A key in brackets with what follows its colon.
_COLON_IN_KEY = re.compile(r"([^:：]+?) *([:：])")

# A line that is a key; one that is a list in brackets.
_KEY_ALONE = re.compile(r"[^\s\"'\[{#-][^:]*:(?: |$)")
_BRACKET_FIRST = re.compile(r"[ \t]*\[")

# Signs as a Chinese keyboard types them, and what they should have been.
_QUOTES_MESSAGE = "这是中文引号，请改为半角的直引号"
WIDE_SIGNS = {
    "：": "冒号是全角的，请改为半角冒号加一个空格“: ”",
    "，": "逗号是全角的，请改为半角逗号“,”",
    "；": "这里是分号，请改为半角逗号“,”",
    "、": "这里是顿号，请改为半角逗号“,”",
    "“": _QUOTES_MESSAGE,
    "‘": _QUOTES_MESSAGE,
    "｛": "花括号是全角的，请改为半角的“{”和“}”",
    "｝": "花括号是全角的，请改为半角的“{”和“}”",
    "［": "方括号是全角的，请改为半角的“[”和“]”",
    "【": "方括号是全角的，请改为半角的“[”和“]”",
    "／": "斜杠是全角的，请改为半角的“/”",
}

# Where the parser stumbles in brackets, up to the sign at which it does: a wide sign before a
# quote or bracket, between a value and the next key, or behind a closing quote or bracket.
_SLIP_IN_BRACKETS = re.compile(
    r"([，、；：“‘])\s*[\"'“‘]?[\[{]$|([，、；])[^,\[\]{}，、；]*:$|[\"'\]}]\s*([，、；])$"
)
_SLIP_BESIDE_QUOTE = re.compile(r"[\"'\]}]\s*([，、；])\s*[\"'\[{]|([，、；])\s*[\"']\{")
_SLIP_FOR_BRACKET = re.compile(r": *(｛)")

# The beginning of a line up to a value: the parser had a key there.
_KEY = re.compile(r"^.*?: ")

# What does not look like a comment; and when it ends a plain value.
_HASH = re.compile(r"#[^\s#]")
_CUT_OFF = re.compile(r"[ \t]+#(?=[^\s#])")

# What libyaml says, what it means to a clerk, and whether the fault is where the parser began to
# read the thing (an opening quote) and not where it gave up; the first that fits is taken.
_EXPLANATIONS = (
    ("parsing a quoted scalar", "双引号里的反斜杠“\\”要写成“\\\\”，或改用单引号", True),
    ("scanning a quoted scalar", "引号没有配对，请检查开头的引号是否有结尾的引号", True),
    (
        "scanning a block scalar",
        "“|”“>”后面要另起一行写文字；如果是值的第一个字，请把值加引号",
        True,
    ),
    ("scanning an anchor", "值以“&”开头会被当作标记，如果是文字请用引号括起来", True),
    ("scanning an alias", "值以“*”开头会被当作引用，如果是文字请用引号括起来", True),
    ("scanning a tag", "值以“!”开头会被当作类型标签，如果是文字请用引号括起来", True),
    ("a directive", "一行不能以“%”开头，请检查缩进，或把值加引号", True),
    (
        "mapping values are not allowed",
        "这里多了一个“: ”：如果是文字的一部分，请把整个值加引号",
        False,
    ),
    (
        "found character that cannot start any token",
        "值不能以这个符号（@ ` % 或制表符）开头，请把值加引号",
        False,
    ),
    ("found unexpected ':'", "冒号后面要有一个空格，写成“: ”", False),
    ("did not find expected key", "缩进与上面各行没有对齐，或引号、括号没有配对", False),
    (
        "could not find expected ':'",
        "这一行缺少冒号“: ”；如果是上面的文字，请用“|-”并缩进",
        True,
    ),
    ("did not find expected '-' indicator", "列表的各行没有对齐，每项应以“- ”开头", False),
    ("did not find expected ',' or", "方括号或花括号没有配对，或中间缺少半角逗号", True),
    ("did not find expected node content", "方括号或花括号没有配对，或里面多了逗号", False),
    ("block sequence entries are not allowed", "“- ”不能写在这里，请另起一行", False),
    ("did not find expected <document start>", "这一行接不上前面的内容，请检查缩进和冒号", False),
)
