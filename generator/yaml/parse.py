"""One run over the events of libyaml's parser: plain dicts, lists and strings, no types guessed.

What people do not mean (duplicate keys, anchors, text folded over lines) is refused, in Chinese,
with its place; what libyaml stumbles over is told in the words of who wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

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
from generator.yaml.nodes import Node, Where
from generator.yaml.slips import WIDE_SIGNS, WRONG_COLON, colon_message
from generator.yaml.text import UNSEEN, refuse, unseen_message

MAX_DEPTH = 16
END = object()
"""Instead of a key: the event ends a mapping or list."""


class Parse:
    """One run over a file's events."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.seen: list[tuple[Where, Any, Any]] = []
        """Node, event and the key's event, or END; for who asks for places."""
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
            refuse(self.path, "文件的写法读不懂，请对照 data/README.md 检查")
        raise DataError(self.problems)

    def _document(self) -> Node:
        self.next()  # start of the stream
        if not isinstance(self.next(), DocumentStartEvent):
            refuse(self.path, "文件是空的")
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
        if style == '"' and (found := UNSEEN.search(event.value)):
            self._note(event, unseen_message(found[0]))  # written as an escape, such as \0
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
            if "\n" in name or (event.style == '"' and UNSEEN.search(name)):
                self._note(event, "名称要写在一行里，不能有看不见的字符")
            elif name in places:
                self._note(event, f"“{name}”写了两次（第 {places[name]} 行已有），请只留一个")
            elif name != name.strip() or not name:
                self._note(event, f"名称“{name}”前后有全角空格或是空的，请删去空格，缩进用半角空格")
            places[name] = mark.line + 1
            mapping[name] = self._node(self.next(), (*where, name), event, depth + 1)
        self.seen.append((where, event, END))
        return mapping

    def _sequence(self, where: Where, depth: int) -> list[Node]:
        items: list[Node] = []
        while type(event := self.next()) is not SequenceEndEvent:
            items.append(self._node(event, (*where, len(items)), event, depth + 1))
        self.seen.append((where, event, END))
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
        found = WRONG_COLON.match(line)
        if not found:
            return None
        return Problem(self.path, number + 1, found.start(2) + 1, colon_message(found[2]))

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
        above = max(last - 1, 0)
        if "mapping values" in words and not _KEY.match(before):
            numbers.append(above)  # the text that this line was joined to
        if "expected key" in words and " #" in lines[above]:
            numbers.append(above)  # a text that only its comment kept from being joined
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


# A dash that begins an item, with nothing after it; not `--`, `-1` or a text's own dash.
_WRONG_DASH = re.compile(r"^[ \t]*(?:- +)*-(?=[\"'\[{“]|[^\W\d_a-zA-Z])")

# A line that is a key; one that is a list in brackets.
_KEY_ALONE = re.compile(r"[^\s\"'\[{#-][^:]*:(?: |$)")
_BRACKET_FIRST = re.compile(r"[ \t]*\[")

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
