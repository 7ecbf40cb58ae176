"""Merging into a file that people wrote: what differs, what is written, and what stays."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.errors import DataError
from generator.yaml import Node, Where, YamlFile, to_yaml
from generator.yaml.merge import CannotMergeError, Difference, differences, merge_yaml


def parse(text: str) -> YamlFile:
    return YamlFile(Path("甲.yaml"), text)


def row(*values: str) -> Node:
    """{"a": …, "b": …} of the values"""
    return dict(zip("abcd", values, strict=False))


# --- What differs ---------------------------------------------------------------------------------

# old, new -> where, old value, new value of each difference
DIFFERENCES: list[tuple[Node, Node, list[tuple[Where, Node | None, Node | None]]]] = [
    ("1", "1", []),
    ("1", "2", [((), "1", "2")]),
    ({"a": "1"}, {}, []),
    ({"a": "1", "b": ""}, {"b": "", "a": "1"}, []),
    ({"a": "1"}, {"b": "2"}, [(("b",), None, "2")]),
    # empty is a value of its own
    ({}, {"a": ""}, [(("a",), None, "")]),
    ({"a": "1"}, {"a": ""}, [(("a",), "1", "")]),
    ({"a": ""}, {"a": "0"}, [(("a",), "", "0")]),
    # in the order of the new nodes
    (row("1", "2"), {"b": "3", "a": "4"}, [(("b",), "2", "3"), (("a",), "1", "4")]),
    # leaf by leaf, also below what is missing or empty
    ({"x": row("1")}, {"x": row("1", "2")}, [(("x", "b"), None, "2")]),
    ({}, {"x": {"y": row("1")}}, [(("x", "y", "a"), None, "1")]),
    ({"x": ""}, {"x": row("1")}, [(("x", "a"), None, "1")]),
    ({"x": ""}, {"x": {}}, [(("x",), "", {})]),
    ({}, {"x": []}, [(("x",), None, [])]),
    # what becomes of another kind is one difference
    ({"x": "1"}, {"x": row("2")}, [(("x",), "1", row("2"))]),
    ({"x": row("1")}, {"x": ""}, [(("x",), row("1"), "")]),
    ({"x": row("1")}, {"x": ["1"]}, [(("x",), row("1"), ["1"])]),
    # a list of texts is one value
    ({"x": ["1", "2"]}, {"x": ["1", "3"]}, [(("x",), ["1", "2"], ["1", "3"])]),
    ({"x": ""}, {"x": ["1"]}, [(("x",), "", ["1"])]),
    ({}, {"x": ["1"]}, [(("x",), None, ["1"])]),
    # other lists item by item
    ([row("1"), row("2")], [row("3"), row("2")], [((0, "a"), "1", "3")]),
    ([row("1"), row("2")], [row("2"), row("1")], [((0, "a"), "1", "2"), ((1, "a"), "2", "1")]),
    ([row("1")], [row("2"), row("3")], [((0, "a"), "1", "2"), ((1,), None, row("3"))]),
    ({"x": ""}, {"x": [row("1")]}, [(("x", 0), None, row("1"))]),
    ({}, {"x": [row("1")]}, [(("x", 0), None, row("1"))]),
    ([row("1"), row("2")], [], [((0,), row("1"), None), ((1,), row("2"), None)]),
    # the item that is new or gone is the one that leaves most in common
    ([row("1"), row("2")], [row("2")], [((0,), row("1"), None)]),
    ([row("2")], [row("1"), row("2")], [((0,), None, row("1"))]),
    (
        [row("1", "x"), row("2", "y")],
        [row("1", "x"), row("5", "z"), row("2", "w")],
        [((1,), None, row("5", "z")), ((1, "b"), "y", "w")],
    ),
    (
        [row("1", "x"), row("2", "y"), row("3", "z")],
        [row("2", "Y"), row("3", "Z")],
        [((0,), row("1", "x"), None), ((1, "b"), "y", "Y"), ((2, "b"), "z", "Z")],
    ),
    # that both are empty is nothing in common
    (
        [row("5", "", ""), row("1", "y", "z")],
        [row("1", "", "")],
        [((0,), row("5", "", ""), None), ((1, "b"), "y", ""), ((1, "c"), "z", "")],
    ),
    (
        [row("1", "")],
        [row("2", ""), row("3", "")],
        [((0, "a"), "1", "2"), ((1,), None, row("3", ""))],
    ),
    ([["1"], row("2")], [["1"], row("3")], [((1, "a"), "2", "3")]),
]


@pytest.mark.parametrize(("old", "new", "expected"), DIFFERENCES, ids=repr)
def test_what_differs_is_told_value_by_value(
    old: Node, new: Node, expected: list[tuple[Where, Node | None, Node | None]]
) -> None:
    assert differences(old, new) == [Difference(*each) for each in expected]


# --- What is written ------------------------------------------------------------------------------

# case -> the file, what is merged into it, and the file then
MERGED: dict[str, tuple[str, Node, str]] = {
    "the comment behind a value stays": (
        "# 顶\n\na: 1   # 注\nb: '2'\n",
        {"a": "x: y"},
        "# 顶\n\na: 'x: y'   # 注\nb: '2'\n",
    ),
    "a value that was quoted": ('a: "1"  # 注\n', {"a": "2"}, "a: 2  # 注\n"),
    "spaces before a value stay": ("a:     1\nbbb:   2\n", {"a": "3"}, "a:     3\nbbb:   2\n"),
    "an empty value": ("a:  # 注\nb:\n", {"a": "1", "b": "2"}, "a: 1  # 注\nb: 2\n"),
    "a value becomes empty": ("a: 1  # 注\nb: 2\n", {"a": "", "b": ""}, "a:  # 注\nb:\n"),
    "a line becomes a block": (
        "x:\n  a: 1  # 注\n  b: 2\n",
        {"x": {"a": "一\n\n  二"}},
        "x:\n  a: |-  # 注\n    一\n\n      二\n  b: 2\n",
    ),
    "a block becomes a line": (
        "x:\n  a: |-  # 注\n    一\n\n    二\n\n  b: 2\n",
        {"x": {"a": "三"}},
        "x:\n  a: 三  # 注\n\n  b: 2\n",
    ),
    "a block becomes empty": ("a: |\n  一\n\n# 注\nb: 2\n", {"a": ""}, "a:\n\n# 注\nb: 2\n"),
    "a block becomes another": (
        "a: |2-\n    一\n  二\n# 注\n",
        {"a": "# 三\n四\n"},
        "a: |\n  # 三\n  四\n# 注\n",
    ),
    "a block that keeps its line ends": ("a: |+\n  一\n\nb: 1\n", {"a": "二"}, "a: 二\nb: 1\n"),
    "a block that ends in spaces": (
        "a: |-\n  一\n     \n\nc: 1\n",
        {"a": "一\n   ", "b": "一\n\n"},
        'a: |-\n  一\n     \nb: "一\\n\\n"\n\nc: 1\n',
    ),
    "a missing key comes after the one before it": (
        "a: 1  # 注\n\n# 关于 c\nc: 3\n",
        {"a": "1", "b": "2", "c": "3", "d": ""},
        "a: 1  # 注\nb: 2\n\n# 关于 c\nc: 3\nd:\n",
    ),
    "several, in their order": (
        "a: 1\nd: 4\n",
        {"a": "1", "b": "2", "c": "3"},
        "a: 1\nb: 2\nc: 3\nd: 4\n",
    ),
    "after a block and before the blank lines behind it": (
        "a: |-\n  一\n\nc: 3\n",
        {"a": "一", "b": "2"},
        "a: |-\n  一\nb: 2\n\nc: 3\n",
    ),
    "after comments that belong to the key before": (
        "x:\n  a: 1\n  # 还是 x\n# 关于 z\nz: 2\n",
        {"x": {"a": "1"}, "y": "3"},
        "x:\n  a: 1\n  # 还是 x\ny: 3\n# 关于 z\nz: 2\n",
    ),
    "with the indent of its mapping": (
        "x:\n    a: 1\n",
        {"x": {"a": "1", "b": {"c": "一\n二"}}},
        "x:\n    a: 1\n    b:\n      c: |-\n        一\n        二\n",
    ),
    "before the first key, at the top": (
        "# 顶\nb: 2\n",
        {"a": "1", "b": "2"},
        "# 顶\na: 1\nb: 2\n",
    ),
    "before the first key, in a mapping": (
        "x:  # 注\n  # 关于 c\n  c: 2\n",
        {"x": {"a": "1", "b": "", "c": "2"}},
        "x:  # 注\n  a: 1\n  b:\n  # 关于 c\n  c: 2\n",
    ),
    "before the first key, behind a dash": (
        "x:\n  - c: 3  # 注\n",
        {"x": [{"a": "1", "b": "2", "c": "4"}]},
        "x:\n  - a: 1\n    b: 2\n    c: 4  # 注\n",
    ),
    "at the end when nothing is common": ("a: 1\n", {"b": "2"}, "a: 1\nb: 2\n"),
    "a last line without a line end": ("a: 1\nb: 2", {"b": "2", "c": "3"}, "a: 1\nb: 2\nc: 3\n"),
    "before the end of the document": ("---\na: 1\n...\n", {"b": "2"}, "---\na: 1\nb: 2\n...\n"),
    "a mapping where nothing was": (
        "x:  # 注\ny: 1\n",
        {"x": {"a": "1"}},
        "x:  # 注\n  a: 1\ny: 1\n",
    ),
    "in brackets it stays": (
        "x: {a: 1, b: [是]}  # 注\ny: [一,二]\n",
        {"x": {"a": "1, 2"}, "y": ["二", ""]},
        "x: {a: '1, 2', b: [是]}  # 注\ny: [二, '']\n",
    ),
    "but for long texts": (
        "x: {a: 1}  # 注\n",
        {"x": {"a": "一\n二"}},
        "x:  # 注\n  a: |-\n    一\n    二\n",
    ),
    "empty brackets": (
        "x: {}\ny: []\nz: []\n",
        {"x": {"a": "1"}, "y": [{"a": "1"}], "z": ["1"]},
        "x:\n  a: 1\ny:\n  - a: 1\nz: [1]\n",
    ),
    "brackets over several lines": ("x: [一,\n  二]  # 注\n", {"x": ["三"]}, "x: [三]  # 注\n"),
    "a list where nothing was": ("x:\n", {"x": [{"a": "1"}]}, "x:\n  - a: 1\n"),
    "an item changes": (
        "x:\n- a: 1  # 一\n  b: 2\n# 二\n- a: 3\n",
        {"x": [{"a": "1", "b": "4"}, {"a": "5"}]},
        "x:\n- a: 1  # 一\n  b: 4\n# 二\n- a: 5\n",
    ),
    "an item is added": (
        "x:\n  -   a: 1  # 一\n\n  # 尾\ny: 1\n",
        {"x": [{"a": "1"}, {"a": "2", "b": "一\n二"}, {}]},
        "x:\n  -   a: 1  # 一\n  -   a: 2\n      b: |-\n        一\n        二\n  - {}\n"
        "\n  # 尾\ny: 1\n",
    ),
    "an item is added between": (
        "x:\n  # 一\n  - a: 1\n  # 三\n  - a: 3\n",
        {"x": [{"a": "1"}, {"a": "2"}, {"a": "3"}]},
        "x:\n  # 一\n  - a: 1\n  - a: 2\n  # 三\n  - a: 3\n",
    ),
    "an item is added before the first": (
        "x:\n  # 二\n  - a: 2\n",
        {"x": [{"a": "1"}, {"a": "2"}]},
        "x:\n  - a: 1\n  # 二\n  - a: 2\n",
    ),
    "an item is removed with its comments": (
        "x:\n  # 一\n  - a: 1\n\n  # 各项\n\n"
        "  # 二\n  # 二\n  - a: 2  # 二\n    # 二\n  # 三\n  - a: 3\n",
        {"x": [{"a": "1"}, {"a": "3"}]},
        "x:\n  # 一\n  - a: 1\n\n  # 各项\n\n  # 三\n  - a: 3\n",
    ),
    "every item is removed": (
        "x:  # 注\n  # 一\n  - a: 1\n\n  # 尾\ny: 1\n",
        {"x": []},
        "x: []  # 注\n\n  # 尾\ny: 1\n",
    ),
    "texts line by line": (
        "x:\n- 一  # 一\n- 二  # 二\n- 三  # 三\n",
        {"x": ["一", "三"]},
        "x:\n- 一  # 一\n- 三  # 三\n",
    ),
    "texts are added": (
        "x:\n- 一  # 一\n",
        {"x": ["一", "- 二", "三\n四", ""]},
        "x:\n- 一  # 一\n- '- 二'\n- |-\n  三\n  四\n-\n",
    ),
    "empty items": ("x:\n  -\n  -  # 二\n", {"x": ["1", "2"]}, "x:\n  - 1\n  - 2  # 二\n"),
    "an item below its dash": (
        "x:\n  -  # - 一\n    a: 1\n",
        {"x": [{"a": "2"}, {"a": "3"}]},
        "x:\n  -  # - 一\n    a: 2\n  - a: 3\n",
    ),
    "a list in a list": (
        "x:\n  - - 1\n    - 2\n",
        {"x": [["1", "3"], [{"a": "1"}]]},
        "x:\n  - - 1\n    - 3\n  -\n    - a: 1\n",
    ),
    "another kind": (
        "a: 1  # 一\nb:\n  x: 1\n  y: 2\nc:\n- 1\nd: [1]\ne:\n  - a: 1\n",
        {"a": {"x": "1"}, "b": "2", "c": "", "d": {"x": "1"}, "e": ["1"]},
        "a:  # 一\n  x: 1\nb: 2\nc:\nd: {x: 1}\ne:\n  - 1\n",
    ),
    "a mapping behind a dash becomes a text": (
        "x:\n- a: 1\n  b: 2\n- 3\n",
        {"x": ["2", "3"]},
        "x:\n- 2\n- 3\n",
    ),
    "a value below its key": ("a:\n  一\nb: 1\n", {"a": "二"}, "a:\n  二\nb: 1\n"),
    "keys in quotes": ("'a: b' : 1\n", {"a: b": "2", "c: d": "3"}, "'a: b' : 2\n'c: d': 3\n"),
    "rare characters": (
        "䶮: 𫖯  # 𠀀\n𫖯: 1\n",
        {"䶮": "𠀀", "𫖯": "䶮"},
        "䶮: 𠀀  # 𠀀\n𫖯: 䶮\n",
    ),
    "signs of YAML in texts": (
        "a: 'x # y'  # 注\nb: |-\n  # 一\n",
        {"a": "#"},
        "a: '#'  # 注\nb: |-\n  # 一\n",
    ),
}


@pytest.mark.parametrize(("text", "new", "expected"), MERGED.values(), ids=MERGED)
def test_only_the_differences_are_written(text: str, new: Node, expected: str) -> None:
    assert merge_yaml(parse(text), new) == expected


@pytest.mark.parametrize("text", [text for text, _, _ in MERGED.values()], ids=MERGED)
def test_what_is_there_already_changes_nothing(text: str) -> None:
    assert merge_yaml(parse(text), parse(text).root) == text
    assert merge_yaml(parse(text), {}) == text


# file, what is merged into it -> where it is refused
REFUSED: list[tuple[str, Node, str]] = [
    # comments would be lost
    ("# 注\na: 1\nx:\n  # 注\n  b: 1\n", {"a": "2", "x": "2"}, "4:3"),
    ("x: [一,  # 注\n  二]\n", {"x": ["一"]}, "1:9"),
    # a comment would become text
    ("b: 2\na: 1\n  # 注\n", {"a": "一\n二"}, "2:1"),
    # written in a way that nobody writes
    ("{}\n", {"a": "1"}, "1:1"),
    ("? a\n: 1\n", {"a": "2"}, "1:3"),
    ("x:\n  - - 1\n    - 2\n", {"x": [["2"]]}, "2:7"),
    ("文字\n", {"a": "1"}, "1:1"),
    # what no file may hold
    ("b: 1\na: 1\n", {"a": "\u200b"}, "2:1"),
]


@pytest.mark.parametrize(("text", "new", "place"), REFUSED)
def test_what_cannot_be_merged_is_told_at_its_place(text: str, new: Node, place: str) -> None:
    with pytest.raises(CannotMergeError) as caught:
        merge_yaml(parse(text), new)
    assert isinstance(caught.value, DataError)
    assert str(caught.value) == f"甲.yaml:{place}: 这里不能自动合并，请手工修改"


# --- Properties -----------------------------------------------------------------------------------

_LINE = st.text("甲䶮𫖯1 a:#'\"-|>[]{},&*!%@`?~\t　", max_size=8)
_TEXT = st.one_of(
    _LINE,
    st.lists(_LINE, max_size=4).map("\n".join),
    st.sampled_from(
        ["", "0", "不适用", " 甲", "a: b", "甲 # 乙", "一\n\n二", "一\n", "\n", "# 甲\n"]
    ),
)
_NAMES = ("1", "2", "𫖯: ", "#4", "'5")


def _mappings(values: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Node]]:
    """Mappings in any order, in which the beginning of a key tells the kind of its value."""
    entry = st.one_of(
        [
            st.tuples(st.sampled_from([(kind + name).strip() for name in _NAMES]), value)
            for kind, value in values.items()
        ]
    )
    return st.lists(entry, max_size=5).map(dict)


_LEAVES: dict[str, st.SearchStrategy[Any]] = {"文": _TEXT, "选": st.lists(_TEXT, max_size=3)}
_ROWS = st.lists(_mappings(_LEAVES), max_size=4)
_INNER = _mappings({**_LEAVES, "表": _ROWS})
_ROOT = _mappings({**_LEAVES, "表": st.lists(_INNER, max_size=3), "组": _INNER}).filter(bool)
_ANY_KIND = st.one_of(_TEXT, st.lists(_TEXT, max_size=2), _ROWS, _INNER)
_ANY_ROOT = st.dictionaries(st.sampled_from(["甲", "乙", "丙"]), _ANY_KIND, min_size=1)


class Writer:
    """Writes nodes with comments, blank lines and indents as people do."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.comments: list[tuple[str, Where]] = []
        """Each with the node that it goes with."""

    def text(self, root: dict[str, Node]) -> str:
        lines = ["# 注0☆", "", *self.mapping(root, (), 0, is_first_bare=False)]
        self.comments.insert(0, ("# 注0☆", ()))
        return "\n".join(lines) + "\n"

    def chance(self) -> bool:
        return self.draw(st.integers(0, 3)) == 3

    def comment(self, where: Where) -> str:
        comment = f"# 注{len(self.comments) + 1}☆"
        self.comments.append((comment, where))
        return comment

    def above(self, where: Where, column: int) -> list[str]:
        lines = [""] if self.chance() else []
        if self.chance():
            lines.append(" " * column + self.comment(where))
        elif self.chance():
            lines += [" " * column + self.comment(where[:-1]), ""]
        return lines

    def behind(self, where: Where) -> str:
        return "  " + self.comment(where) if self.chance() else ""

    def mapping(
        self, node: dict[str, Node], where: Where, column: int, *, is_first_bare: bool
    ) -> list[str]:
        lines: list[str] = []
        for key, value in node.items():
            here = (*where, key)
            if lines or not is_first_bare:
                lines += self.above(here, column)
            start = " " * column + to_yaml({key: ""}).rstrip("\n")
            lines += self.value(start, value, here, column, self.draw(st.sampled_from([0, 2])))
        return lines

    def value(self, start: str, node: Node, where: Where, column: int, offset: int) -> list[str]:
        """A value behind a key or dash; offset: of a list's dashes."""
        step = self.draw(st.sampled_from([2, 4]))
        if node and isinstance(node, dict):
            lines = [start + self.behind(where)]
            return lines + self.mapping(node, where, column + step, is_first_bare=False)
        if isinstance(node, list) and any(node) and self.chance():
            lines = [start + self.behind(where)]
            return lines + self.items(node, where, column + offset)
        if isinstance(node, list) and any(isinstance(item, dict) for item in node):
            lines = [start + self.behind(where)]
            return lines + self.items(node, where, column + offset)
        if isinstance(node, list):
            return [start + " " + to_yaml(node, in_one_line=True).rstrip("\n") + self.behind(where)]
        if node and isinstance(node, str) and not set(node) & set("\n\t") and self.chance():
            return [start + " '" + node.replace("'", "''") + "'" + self.behind(where)]
        first, *lines = to_yaml({"k": node}).removesuffix("\n").removeprefix("k:").split("\n")
        return [start + first + self.behind(where), *(" " * column + line for line in lines)]

    def items(self, node: list[Node], where: Where, column: int) -> list[str]:
        lines = []
        for number, item in enumerate(node):
            here = (*where, number)
            lines += self.above(here, column)
            dash = " " * column + "-"
            if item and isinstance(item, dict) and not self.chance():
                step = self.draw(st.sampled_from([2, 4]))
                first, *others = self.mapping(item, here, column + step, is_first_bare=True)
                lines += [dash + first[column + 1 :], *others]
            else:
                lines += self.value(dash, item, here, column, 2)
        return lines


@st.composite
def _written(draw: st.DrawFn, roots: st.SearchStrategy[Any]) -> tuple[str, Writer]:
    writer = Writer(draw)
    return writer.text(draw(roots)), writer


def holds(node: Node, new: Node) -> bool:
    """Whether a node has all that the new one has."""
    if isinstance(node, dict) and isinstance(new, dict):
        return all(key in node and holds(node[key], value) for key, value in new.items())
    if isinstance(node, list) and isinstance(new, list):
        return len(node) == len(new) and all(map(holds, node, new))
    return node == new


def is_merge(merged: Node, old: Node, new: Node) -> bool:
    """Whether a node is the new one with what only the old one has."""
    if isinstance(old, dict) and isinstance(new, dict):
        return (
            isinstance(merged, dict)
            and merged.keys() == old.keys() | new.keys()
            and all(
                is_merge(value, old.get(key, new.get(key, "")), new.get(key, old.get(key, "")))
                for key, value in merged.items()
            )
        )
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return isinstance(merged, list) and all(map(is_merge, merged, old, new))
    return holds(merged, new)


def same_kinds(old: Node, new: Node) -> bool:
    """Whether what both have is of one kind; nothing may become anything."""
    if isinstance(old, dict) and isinstance(new, dict):
        return all(same_kinds(old[key], value) for key, value in new.items() if key in old)
    if isinstance(old, list) and isinstance(new, list):
        return all(same_kinds(one, other) for one in old for other in new)
    return type(old) is type(new) or not old


def kept_comments(writer: Writer, old: Node, new: Node) -> list[str]:
    removed = [each.where for each in differences(old, new) if each.new is None]
    removed += [
        (*each.where, number)
        for each in differences(old, new)
        if isinstance(each.old, list) and isinstance(each.new, list)
        for number in range(len(each.old))
    ]
    return [
        comment
        for comment, where in writer.comments
        if not any(where[: len(gone)] == gone for gone in removed)
    ]


_COMMENT = re.compile("# 注[0-9]+☆")


@given(written=_written(_ROOT), new=_ROOT)
def test_merged_nodes_are_read_back_and_comments_stay(
    written: tuple[str, Writer], new: Node
) -> None:
    text, writer = written
    file = parse(text)
    merged = merge_yaml(file, new)
    assert is_merge(parse(merged).root, file.root, new)
    comments = _COMMENT.findall(merged)
    kept = kept_comments(writer, file.root, new)
    assert [comment for comment in comments if comment in kept] == kept
    assert merge_yaml(parse(merged), new) == merged


@given(written=_written(_ANY_ROOT), new=_ANY_ROOT)
def test_what_becomes_of_another_kind_is_merged_or_refused(
    written: tuple[str, Writer], new: Node
) -> None:
    text, writer = written
    file = parse(text)
    try:
        merged = merge_yaml(file, new)
    except CannotMergeError:
        assert not same_kinds(file.root, new)
    else:
        assert is_merge(parse(merged).root, file.root, new)
        comments = _COMMENT.findall(merged)
        kept = kept_comments(writer, file.root, new)
        assert [comment for comment in comments if comment in kept] == kept


def leaves(node: Node, where: Where = ()) -> list[Where]:
    """The ways to all texts of one line that stand in mappings."""
    if isinstance(node, dict):
        return [leaf for key, value in node.items() for leaf in leaves(value, (*where, key))]
    if isinstance(node, list):
        items = [(number, item) for number, item in enumerate(node) if not isinstance(item, str)]
        return [leaf for number, item in items for leaf in leaves(item, (*where, number))]
    return [] if "\n" in node else [where]


@given(written=_written(_ROOT), data=st.data(), line=_LINE)
def test_a_changed_text_changes_its_line_only(
    written: tuple[str, Writer], data: st.DataObject, line: str
) -> None:
    file = parse(written[0])
    ways = leaves(file.root)
    assume(ways)
    way = data.draw(st.sampled_from(ways))
    new = deepcopy(file.root)
    node = new
    for key in way[:-1]:
        node = node[key]  # type: ignore[index]
    node[way[-1]] = line  # type: ignore[index]
    lines = file.text.split("\n")
    merged = merge_yaml(file, new).split("\n")
    number = file.problem(way, "x").line - 1
    assert merged[:number] + merged[number + 1 :] == lines[:number] + lines[number + 1 :]
    assert parse("\n".join(merged)).root == new


@given(written=_written(_ROOT))
def test_what_is_there_is_not_touched(written: tuple[str, Writer]) -> None:
    file = parse(written[0])
    assert merge_yaml(file, deepcopy(file.root)) == file.text
    assert differences(file.root, file.root) == []
