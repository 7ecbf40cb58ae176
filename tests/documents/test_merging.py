"""What documents add to a record that is there: nothing in it is lost."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents.importing import Entry, Import, Part
from generator.documents.merging import update_of
from generator.forms.form import Form
from generator.yaml import Node, YamlFile, to_yaml
from generator.yaml.merge import differences, merge_yaml

FORM = Form("甲表", "甲表", (), {})
OTHER = Form("乙表", "乙表", (), {})
HEAD = "元数据"


def row(*values: str) -> dict[str, Node]:
    return dict(zip(("名称", "金额", "情况"), values, strict=True))


def imported(node: dict[str, Node], form: Form = FORM, key: str = "附件1") -> Import:
    return Import(parts=[Part(key, form, 1.0, "甲.docx", {"表式": form.name, **node})])


def merged(old: dict[str, Node], new: dict[str, Node]) -> tuple[Node, list[str]]:
    """The part of the record afterwards, and which rows were kept."""
    before: dict[str, Node] = {"附件1": {"表式": "甲表", **old}}
    update = update_of(before, imported(new))
    text = merge_yaml(YamlFile(Path("甲.yaml"), to_yaml(before)), update.nodes)
    part: Any = YamlFile(Path("甲.yaml"), text).root
    return {k: v for k, v in part["附件1"].items() if k != "表式"}, [w for w, _ in update.kept]


# the part of the record, of the document, the part afterwards, and the rows that were kept
MERGED: dict[str, tuple[dict[str, Node], dict[str, Node], dict[str, Node], list[str]]] = {
    "another value": ({"a": "1"}, {"a": "2"}, {"a": "2"}, []),
    "a value for an empty one": ({"a": ""}, {"a": "2"}, {"a": "2"}, []),
    "an empty one takes nothing out": ({"a": "1"}, {"a": ""}, {"a": "1"}, []),
    "nor does an empty group": ({"a": {"b": "1"}}, {"a": {"b": ""}}, {"a": {"b": "1"}}, []),
    "nor an empty list": ({"a": [row("甲", "1", "")]}, {"a": ""}, {"a": [row("甲", "1", "")]}, []),
    "what is missing is empty": ({"a": "1"}, {"a": "1", "b": "", "c": {"d": ""}}, {"a": "1"}, []),
    "what is missing is added": ({"a": "1"}, {"b": "2"}, {"a": "1", "b": "2"}, []),
    "ticks in another order": ({"a": ["一", "二"]}, {"a": ["二", "一"]}, {"a": ["一", "二"]}, []),
    "one tick is a list of one": ({"a": "一"}, {"a": ["一"]}, {"a": "一"}, []),
    "other ticks": ({"a": ["一"]}, {"a": ["一", "二"]}, {"a": ["一", "二"]}, []),
    "an empty cell of a row": (
        {"a": [row("甲", "1", "好"), row("乙", "2", "好")]},
        {"a": [row("甲", "3", ""), row("乙", "2", "好")]},
        {"a": [row("甲", "3", "好"), row("乙", "2", "好")]},
        [],
    ),
    "a row that the document lacks": (
        {"a": [row("甲", "1", "好"), row("乙", "2", "好"), row("丙", "3", "好")]},
        {"a": [row("甲", "1", ""), row("丙", "4", "好")]},
        {"a": [row("甲", "1", "好"), row("乙", "2", "好"), row("丙", "4", "好")]},
        ["附件1/a第2行"],
    ),
    "a row that the record lacks": (
        {"a": [row("甲", "1", "好"), row("丙", "3", "好")]},
        {"a": [row("甲", "1", ""), row("乙", "2", ""), row("丙", "3", "")]},
        {"a": [row("甲", "1", "好"), row("乙", "2", ""), row("丙", "3", "好")]},
        [],
    ),
    "both": (
        {"a": [row("甲", "10", "完成"), row("乙", "10", "完成")]},
        {"a": [row("丙", "10", ""), row("甲", "10", "")]},
        {"a": [row("丙", "10", ""), row("甲", "10", "完成"), row("乙", "10", "完成")]},
        ["附件1/a第2行"],
    ),
    "rows in another order": (
        {"a": [row("甲", "1", "好"), row("乙", "2", "好")]},
        {"a": [row("乙", "2", ""), row("甲", "1", "")]},
        {"a": [row("甲", "1", "好"), row("乙", "2", "好")]},
        [],
    ),
    "a name alone makes a row the same": (
        {"a": [row("甲项目", "1", "好"), row("乙项目", "1", "好")]},
        {"a": [row("乙项目", "5", "不好"), row("甲项目", "6", "不好")]},
        {"a": [row("甲项目", "6", "不好"), row("乙项目", "5", "不好")]},
        [],
    ),
    "rows of other things are not mixed": (
        {"a": [row("甲", "10", "好")]},
        {"a": [row("乙", "10", "")]},
        {"a": [row("甲", "10", "好"), row("乙", "10", "")]},
        ["附件1/a第1行"],
    ),
    "an empty row is there to be filled": (
        {"a": [row("", "", "")]},
        {"a": [row("乙", "10", ""), row("丙", "", "")]},
        {"a": [row("乙", "10", ""), row("丙", "", "")]},
        [],
    ),
    "what only the record's rows have": (
        {"a": [{**row("甲", "1", ""), "注": "旧"}]},
        {"a": [row("甲", "2", "")]},
        {"a": [{**row("甲", "2", ""), "注": "旧"}]},
        [],
    ),
}


@pytest.mark.parametrize("case", MERGED)
def test_nothing_is_taken_out(case: str) -> None:
    old, new, expected, kept = MERGED[case]
    assert merged(old, new) == (expected, kept)


def test_a_part_that_the_record_lacks_comes_whole() -> None:
    update = update_of({}, imported({"a": "", "b": {"c": ""}}))
    assert update.nodes == {"附件1": {"表式": "甲表", "a": "", "b": {"c": ""}}}


def test_what_is_open_is_added_to_what_was() -> None:
    def open_(text: str) -> Node:
        return {"位置": "甲.docx 第 1 行", "原文": text}

    found = imported({"a": "1"})
    found.unplaced = [Entry("", text, "甲.docx", "第 1 行") for text in ("旧", "新")]
    before: dict[str, Node] = {"未识别": [open_("先"), open_("旧")]}
    update = update_of(before, found)
    assert update.nodes["未识别"] == [open_("先"), open_("旧"), open_("新")]
    assert "未识别" not in update_of({"未识别": update.nodes["未识别"]}, found).nodes
    assert update_of({"未识别": "手写的"}, found).nodes["未识别"] == [
        "手写的",
        open_("旧"),
        open_("新"),
    ]
    assert update_of({}, found).nodes["未识别"] == [open_("旧"), open_("新")]


def test_parts_of_two_forms_are_not_mixed() -> None:
    before: dict[str, Node] = {HEAD: {"表式": "甲表", "索引号": "1"}}
    update = update_of(before, imported({"索引号": "2", "文号": ""}, OTHER, HEAD))
    assert update.nodes == {"未识别": [{"位置": "甲.docx", "原文": "元数据/索引号：2"}]}
    (doubt,) = update.doubts
    assert (doubt.name, doubt.text) == (
        HEAD,
        "记录里是甲表，原件里是乙表，不能合在一起，内容放在“未识别”里",
    )


# --- properties ---

_VALUE = st.sampled_from(["", "甲", "乙", "丙", "1", "2"])
_ROWS = st.lists(st.tuples(_VALUE, _VALUE, _VALUE).map(lambda values: row(*values)), max_size=5)
_PART = st.fixed_dictionaries({"a": _VALUE, "b": st.fixed_dictionaries({"c": _VALUE}), "r": _ROWS})


@given(old=_PART, new=_PART)
def test_no_value_of_the_record_becomes_empty(old: dict[str, Any], new: dict[str, Any]) -> None:
    update = update_of({"附件1": {"表式": "甲表", **old}}, imported(new))
    after: Any = update.nodes["附件1"]
    assert after["a"] or not old["a"]
    assert after["b"]["c"] or not old["b"]["c"]
    for each in old["r"]:
        assert any(all(item[k] for k, v in each.items() if v) for item in after["r"])
    assert len(after["r"] if isinstance(after["r"], list) else []) >= len(old["r"])
    filled = [each for each in new["r"] if any(each.values())]
    for each in filled:  # every row of the document is there, with all that it says
        assert any(all(item[k] == v for k, v in each.items() if v) for item in after["r"])


@given(old=_PART, new=_PART)
def test_what_is_written_is_what_was_meant(old: dict[str, Any], new: dict[str, Any]) -> None:
    before: dict[str, Node] = {"附件1": {"表式": "甲表", **old}}
    update = update_of(before, imported(new))
    text = merge_yaml(YamlFile(Path("甲.yaml"), to_yaml(before)), update.nodes)
    after: Any = YamlFile(Path("甲.yaml"), text).root
    assert after == {"附件1": {**before["附件1"], **update.nodes["附件1"]}}  # type: ignore[dict-item]


@given(old=_PART)
def test_a_record_that_was_written_out_is_the_same_when_it_comes_back(old: dict[str, Any]) -> None:
    before: dict[str, Node] = {"附件1": {"表式": "甲表", **old}}
    update = update_of(before, imported(old))
    assert differences(before, update.nodes) == []
    assert update.kept == []
