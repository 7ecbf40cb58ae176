"""YAML files read strictly: every scalar stays the text that was typed.

One loop over the events of libyaml's parser builds plain dicts, lists and strings. Positions are
found by a second run of the same loop, only when a problem must be placed. What people do not mean
(duplicate keys, anchors, text folded over lines, another encoding) is refused, in Chinese, with its
place. Nothing else in the project knows ruamel.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from _ruamel_yaml import CParser  # the C parser itself; no constructor, so no types are guessed
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from generator.errors import DataError, Problem

Node: TypeAlias = "str | list[Node] | dict[str, Node]"
Where = tuple[str | int, ...]
"""The way to a node from the top: keys of mappings, numbers of list items from 0."""

MAX_BYTES = 512 * 1024
"""A record is about 16 KB; a file of this size is something pasted by mistake."""
MAX_DEPTH = 16


class YamlFile:
    """One file: its nodes at once, the places of them on demand.

    Raises DataError when it is built from a file that cannot be read strictly.
    """

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.root: Node = _Loop(path, text).run()

    @classmethod
    def read(cls, path: Path) -> YamlFile:
        """Read and parse a file. Raises DataError with every problem that could be told."""
        return cls(path, _text(path))

    @cached_property
    def _places(self) -> dict[Where, _Place]:
        places: dict[Where, _Place] = {}
        _Loop(self.path, self.text, places).run()
        return places

    def problem(
        self, where: Where, message: str, offset: int | None = None, *, stops: bool = True
    ) -> Problem:
        """A problem with the node at `where`: at its key, or `offset` characters into its text.

        A node that is not in the file (a missing key) is placed at the nearest one around it.
        """
        place = self._places.get(where)
        while place is None:
            where, offset = where[:-1], None
            place = self._places[where]
        if offset is None:
            line, column = place.key
        else:
            line, column = place.inside(offset, self.text)
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
                problems.append(self.problem((*where, key), f"不认识“{key}”，{hint}"))
        return problems

    def problem_at(self, offset: int, message: str) -> Problem:
        """A problem at a character of the file's text."""
        line = self.text.count("\n", 0, offset)
        column = offset - (self.text.rfind("\n", 0, offset) + 1)
        return Problem(self.path, line + 1, column + 1, message)


class _Place:
    """Where a node stands; lines and columns from 0."""

    __slots__ = ("key", "style", "text", "value")

    def __init__(
        self, key: tuple[int, int], value: tuple[int, int], style: str | None, text: str
    ) -> None:
        self.key = key
        self.value = value
        self.style = style
        self.text = text

    def inside(self, offset: int, source: str) -> tuple[int, int]:
        """The place of a character of the value's text."""
        line, column = self.value
        if self.style != "|":
            return line, column + offset + (1 if self.style else 0)
        before = self.text[:offset]
        line += 1 + before.count("\n")
        written = source.split("\n")[line]
        content = self.text.split("\n")[before.count("\n")]
        indent = len(written.rstrip("\r")) - len(content)
        return line, indent + offset - (before.rfind("\n") + 1)


def _text(path: Path) -> str:
    """The file's text, UTF-8 with or without a BOM, line ends as \\n."""
    if path.is_symlink():
        _refuse(path, "这里是一个符号链接，请改为真正的文件")
    try:
        data = path.read_bytes()
    except OSError as error:
        _refuse(path, f"文件读不出来（{error.strerror}），请检查文件是否存在、是否有权限")
    if len(data) > MAX_BYTES:
        _refuse(
            path, f"文件太大（{len(data) // 1024} KB，上限 {MAX_BYTES // 1024} KB），请检查内容"
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        _refuse(path, "文件是 UTF-16（“Unicode”）编码，请另存为 UTF-8 编码")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _wrong_encoding(path, data, error.start)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _UNSEEN.search(text):
        start = found.start()
        raise DataError(
            [
                Problem(
                    path,
                    text.count("\n", 0, start) + 1,
                    start - text.rfind("\n", 0, start),
                    f"有一个看不见的控制字符（U+{ord(found[0]):04X}），请删去",
                )
            ]
        )
    return text


# YAML takes U+0085, U+2028 and U+2029 for line ends, which would move every position after them.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def _wrong_encoding(path: Path, data: bytes, start: int) -> NoReturn:
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


class _Loop:
    """One run over a file's events, with or without a note of the places."""

    def __init__(self, path: Path, text: str, places: dict[Where, _Place] | None = None) -> None:
        self.path = path
        self.text = text
        self.places = places
        self.problems: list[Problem] = []
        # CParser's types are not published; the events it gives are those of ruamel.yaml.
        self.next: Callable[[], Any] = CParser(text).get_event

    def run(self) -> Node:
        try:
            root = self._document()
        except _TooDeepError:
            root = ""  # already among the problems
        except MarkedYAMLError as error:
            self.problems.append(self._explain(error))
            root = ""
        except (YAMLError, RecursionError):
            _refuse(self.path, "文件的写法读不懂，请对照 data/README.md 检查")
        if self.problems:
            raise DataError(self.problems)
        return root

    def _document(self) -> Node:
        self.next()  # start of the stream
        if not isinstance(self.next(), DocumentStartEvent):
            _refuse(self.path, "文件是空的")
        root = self._node(self.next(), (), (0, 0), 0)
        while not isinstance(event := self.next(), DocumentEndEvent):
            pass
        event = self.next()
        if isinstance(event, DocumentStartEvent):
            self._note(event, "一个文件只能有一份内容，请去掉“---”以后的部分，或另存为一个文件")
        return root

    def _node(self, event: Any, where: Where, key: tuple[int, int], depth: int) -> Node:
        kind = type(event)
        if kind is AliasEvent:
            self._note(
                event, f'值以“*”开头会被当作引用，如果是文字请加引号，写成 "*{event.anchor}"'
            )
            return ""
        if event.anchor is not None:
            self._note(
                event, f'值以“&”开头会被当作标记，如果是文字请加引号，写成 "&{event.anchor}"'
            )
        if event.tag is not None:
            self._note(event, "值以“!”开头会被当作类型标签，如果是文字请用引号括起来")
        if self.places is not None:
            start = event.start_mark
            scalar = kind is ScalarEvent
            self.places[where] = _Place(
                key,
                (start.line, start.column),
                (event.style or None) if scalar else None,
                event.value if scalar else "",
            )
        if kind is ScalarEvent:
            return self._scalar(event)
        if depth == MAX_DEPTH:
            self._note(event, f"缩进超过了 {MAX_DEPTH} 层，请检查缩进")
            raise _TooDeepError
        if kind is MappingStartEvent:
            return self._mapping(where, depth)
        return self._sequence(where, depth)

    def _scalar(self, event: Any) -> str:
        style = event.style
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
                self._node(event, (*where, ""), (0, 0), depth + 1)
                self._node(self.next(), (*where, ""), (0, 0), depth + 1)
                continue
            name = event.value
            mark = event.start_mark
            if name in places:
                self._note(event, f"“{name}”写了两次（第 {places[name]} 行已有），请只留一个")
            elif name != name.strip() or not name:
                self._note(event, f"名称“{name}”前后有全角空格或是空的，请删去空格，缩进用半角空格")
            places[name] = mark.line + 1
            key = (mark.line, mark.column)
            mapping[name] = self._node(self.next(), (*where, name), key, depth + 1)
        return mapping

    def _sequence(self, where: Where, depth: int) -> list[Node]:
        items: list[Node] = []
        while type(event := self.next()) is not SequenceEndEvent:
            mark = event.start_mark
            place = (mark.line, mark.column)
            items.append(self._node(event, (*where, len(items)), place, depth + 1))
        return items

    def _note(self, event: Any, message: str) -> None:
        mark = event.start_mark
        self.problems.append(Problem(self.path, mark.line + 1, mark.column + 1, message))

    def _run_on(self, event: Any) -> None:
        """Text that the parser joined over lines: almost always a missing colon or an indent."""
        first, last = event.start_mark.line + 1, event.end_mark.line
        lines = self.text.split("\n")
        for number in range(first, min(last + 1, len(lines))):
            if lines[number].strip():
                self.problems.append(
                    self._colon(number, lines[number])
                    or Problem(
                        self.path,
                        number + 1,
                        len(lines[number]) - len(lines[number].lstrip()) + 1,
                        "这一行被接到了上一行后面：请检查缩进和冒号；多行文字请用“|-”",
                    )
                )
                return

    def _colon(self, number: int, line: str) -> Problem | None:
        found = _WRONG_COLON.match(line)
        if not found:
            return None
        message = (
            "冒号是全角的，请改为半角冒号加一个空格“: ”"
            if found[2] == "："
            else "冒号后面要有一个空格，写成“: ”"
        )
        return Problem(self.path, number + 1, found.start(2) + 1, message)

    def _explain(self, error: MarkedYAMLError) -> Problem:
        """What libyaml stumbled over, in the words of the person who wrote it."""
        mark = error.problem_mark or error.context_mark
        if mark is None:
            return Problem(self.path, 1, 1, "文件的写法读不懂，请对照 data/README.md 检查")
        lines = self.text.split("\n")
        last = min(mark.line, len(lines) - 1)
        first = error.context_mark.line if error.context_mark else last
        # The parser stops after the fault, sometimes a line late: look at both.
        for number in dict.fromkeys((last, min(first, last), max(last - 1, 0))):
            line = lines[number]
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            if "\t" in indent:
                column = indent.index("\t") + 1
                return Problem(
                    self.path, number + 1, column, "缩进里有制表符（Tab），请全部改为空格"
                )
            if found := self._colon(number, line):
                return found
        problem = str(error.problem)
        if "quoted scalar" in str(error.context) and error.context_mark:
            mark = error.context_mark  # the quote that is never closed, not the end of the file
        for words, message in _EXPLANATIONS:
            if words in problem:
                return Problem(self.path, mark.line + 1, mark.column + 1, message)
        return Problem(
            self.path, mark.line + 1, mark.column + 1, "这一行的写法读不懂，请检查缩进、冒号和引号"
        )


class _TooDeepError(Exception):
    """Ends a run whose nesting can only be a mistake or an attack."""


# A key written with a full-width colon, or with nothing after a half-width one.
_WRONG_COLON = re.compile(r"^[ \t]*(?:- +)*([^\s:：#'\"|>\[{][^:：]{0,40}?)(：|:(?=[^ \t/]))")

# What libyaml says, and what it means to a clerk; the first that fits is taken.
_EXPLANATIONS = (
    (
        "mapping values are not allowed",
        "这里多了一个“: ”：如果是文字的一部分，请把整个值加引号",
    ),
    (
        "found character that cannot start any token",
        "值不能以这个符号（@ ` % 或制表符）开头，请把值加引号",
    ),
    ("did not find expected key", "缩进与上面各行没有对齐，或引号、括号没有配对"),
    ("could not find expected ':'", "这一行缺少冒号“: ”，或多行文字没有用“|-”"),
    ("did not find expected '-' indicator", "列表的各行没有对齐，每项应以“- ”开头"),
    ("did not find expected ',' or", "方括号或花括号没有配对，或中间缺少半角逗号"),
    ("unexpected end of stream", "引号没有配对，请检查开头的引号是否有结尾的引号"),
    ("did not find expected node content", "方括号里缺少内容，或逗号多了"),
    ("block sequence entries are not allowed", "“- ”不能写在这里，请另起一行"),
    ("did not find expected alphabetic or numeric", "值以“*”或“&”开头时要用引号括起来"),
    ("undefined", "值以“*”开头会被当作引用，如果是文字请加引号"),
    (
        "did not find expected whitespace or line break",
        "引号后面多了内容，请把整个值放进引号里",
    ),
    ("found unknown escape character", "双引号里的反斜杠“\\”要写成“\\\\”，或改用单引号"),
    ("did not find expected <document start>", "文件开头的内容读不懂，请检查缩进"),
    ("unexpected document indicator", "引号没有配对，请检查开头的引号是否有结尾的引号"),
)
