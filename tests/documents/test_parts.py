"""The keys of the forms in a record that is new, and in one that is there."""

from typing import Any

import pytest

from generator.documents.parts import FoundForm, joined, loose_values, part_keys
from generator.errors import GongkaiError
from generator.forms.form import Form
from generator.yaml import Node

A = Form("甲表", "甲表", (), {})
B = Form("乙表", "乙表", (), {})
HEAD = Form("信息头", "信息头", (), {}, "元数据")


def part(form: Form, **values: str) -> dict[str, Node]:
    return {"表式": form.name, **values}


def found(form: Form, number: int | None = None, file: str = "一.docx", **values: str) -> FoundForm:
    return FoundForm(file, number, form, part(form, **values))


def keys(forms: list[FoundForm], record: dict[str, Node] | None = None) -> list[Any]:
    return [each and each.key for each in part_keys(forms, record or {})]


def doubts(forms: list[FoundForm], record: dict[str, Node] | None = None) -> list[str]:
    return [each.doubt for each in part_keys(forms, record or {}) if each]


# forms, the record, their keys; none of them is in doubt
SURE: dict[str, tuple[list[FoundForm], dict[str, Node], list[str | None]]] = {
    "the number of the label": ([found(A, 3), found(HEAD)], {}, ["附件3", "元数据"]),
    "a free number": ([found(A), found(B, 1), found(A)], {}, ["附件2", "附件1", "附件3"]),
    "no attachment has the number 0": ([found(A, 0)], {}, ["附件1"]),
    "the number that the record has": ([found(A)], {"附件7": part(A)}, ["附件7"]),
    "each its own": (
        [found(B), found(A)],
        {"附件7": part(A), "附件8": part(B)},
        ["附件8", "附件7"],
    ),
    "one that the record has not": ([found(A)], {"附件1": part(B)}, ["附件2"]),
    "the label counts more": ([found(A, 3)], {"附件7": part(A)}, ["附件3"]),
    "the same in two files": ([found(A, 3), found(A, 3, "二.docx")], {}, ["附件3", None]),
    "the same, without a label": ([found(A), found(A, 3, "二.docx")], {}, ["附件3", None]),
    "the same in one file is two": ([found(A), found(A)], {}, ["附件1", "附件2"]),
    "the same with two labels": ([found(A, 1), found(A, 2, "二.docx")], {}, ["附件1", "附件2"]),
    "one head for all": ([found(HEAD), found(HEAD, file="二.docx")], {}, ["元数据", "元数据"]),
}  # fmt: skip


@pytest.mark.parametrize("case", SURE)
def test_forms_get_their_keys(case: str) -> None:
    forms, record, expected = SURE[case]
    assert keys(forms, record) == expected
    assert set(doubts(forms, record)) == {""}


# forms, the record, their keys, and what is said of the last
IN_DOUBT: dict[str, tuple[list[FoundForm], dict[str, Node], list[str], str]] = {
    "two with one label": (
        [found(A, 3, x="1"), found(A, 3, "二.docx", x="2")],
        {},
        ["附件3", "附件1"],
        "原件写的是附件3，但这里已有另一份附件3；放在附件1，请核对",
    ),
    "a label that the record gives another form": (
        [found(A, 1)],
        {"附件1": part(B)},
        ["附件2"],
        "原件写的是附件1，但记录里的附件1是乙表；放在附件2，请核对",
    ),
    "several in the record, one alike": (
        [found(A, x="2", y="3")],
        {"附件1": part(A, x="1", y="1"), "附件2": part(A, x="2", y="2")},
        ["附件2"],
        "记录里的附件1、附件2都是甲表，按相同的内容最多的选；放在附件2，请核对",
    ),
    "several in the record, none alike": (
        [found(A, x="3")],
        {"附件1": part(A, x="1"), "附件2": part(A, x="2")},
        ["附件3"],
        "记录里的附件1、附件2都是甲表，都没有相同的内容；放在附件3，请核对",
    ),
    "one in the record, two in the document": (
        [found(A, x="1"), found(A, x="2")],
        {"附件5": part(A, x="2")},
        ["附件1", "附件5"],
        "甲表有几张，按相同的内容最多的选；放在附件5，请核对",
    ),
}


@pytest.mark.parametrize("case", IN_DOUBT)
def test_what_is_not_sure_is_told(case: str) -> None:
    forms, record, expected, said = IN_DOUBT[case]
    assert keys(forms, record) == expected
    assert doubts(forms, record)[-1] == said


def test_more_attachments_than_numbers_are_refused() -> None:
    assert keys([found(A)] * 99)[-1] == "附件99"
    with pytest.raises(GongkaiError, match="最多有 99 个附件"):
        part_keys([found(A)] * 100, {})


def test_what_the_second_has_otherwise_is_lost_and_told() -> None:
    lost: list[str] = []
    first: Node = {"a": "1", "b": "", "c": {"d": "2"}}
    second: Node = {"a": "9", "b": "3", "c": {"d": "2", "e": "4"}, "f": ["甲", "乙"]}
    assert joined(first, second, "元数据", lost) == {
        "a": "1",
        "b": "3",
        "c": {"d": "2", "e": "4"},
        "f": ["甲", "乙"],
    }
    assert lost == ["元数据/a：9"]


def test_every_value_of_a_loose_part_is_told() -> None:
    node: Node = {"表式": "甲表", "a": "1", "b": "", "c": {"d": "2"}}
    assert list(loose_values(node, "元数据")) == ["元数据/a：1", "元数据/c/d：2"]
