"""Names of clerks behind their labels, however they are written; and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents.masking import mask_names, mask_numbers, without_names
from generator.documents.match.source import source_rows
from generator.documents.model import Block, Cell, Line, Table
from generator.forms.types import PersonName

# a name as it is written, and as it may be published
NAMES = [
    ("黄某", "黄*"),
    ("黄某某", "黄**"),
    ("张 三", "张*"),
    ("张　三", "张*"),
    ("张 三丰", "张**"),
    ("欧阳修", "欧阳*"),
    ("欧阳 修", "欧阳*"),
    ("诸葛 孔 明", "诸葛**"),
    ("张李晓明", "张***"),
    ("张三、李四", "张*、李*"),
    ("张三，李四;王 五/赵六", "张*，李*;王*/赵*"),
    ("张三 李四", "张* 李*"),
    ("张三（办公室）", "张*（办公室）"),
]


@pytest.mark.parametrize(("written", "masked"), NAMES)
def test_every_name_is_masked(written: str, masked: str) -> None:
    assert PersonName.masked(written) == masked
    assert PersonName.masked(masked) == masked


@pytest.mark.parametrize(
    "written", ["", "王", "黄*", "欧阳*", "办公室", "签字", "请与本局联系", "35"]
)
def test_other_texts_are_as_they_were(written: str) -> None:
    assert PersonName.masked(written) == written


# a text, and with the names masked
MASKED = [
    ("填报人：张三", "填报人：张*"),
    ("填报人:张三 联系电话:0999-8123456", "填报人:张* 联系电话:0999-8123456"),
    ("填 报 人 ： 欧阳修", "填 报 人 ： 欧阳*"),
    ("填表人（签字）：张 三  联 系 电 话：1", "填表人（签字）：张*  联 系 电 话：1"),
    ("填表人（签字）张三", "填表人（签字）张*"),
    ("制表人 张三", "制表人 张*"),
    ("经办人姓名：张三。", "经办人姓名：张*。"),
    ("联系人：张三、李四，王 五;赵六/钱七 孙八", "联系人：张*、李*，王*;赵*/钱* 孙*"),
    ("责任编辑：李小红（办公室）", "责任编辑：李**（办公室）"),
    ("审核：张三", "审核：张*"),
    ("( 一审:张三 二审:李四 三审:王五 )", "( 一审:张* 二审:李* 三审:王* )"),
    ("填报人：张三联系电话：1", "填报人：张*联系电话：1"),
    ("填报人：张三 年 月 日", "填报人：张* 年 月 日"),
    ("填报人：张三 2022年3月1日", "填报人：张* 2022年3月1日"),
    ("填报人\n张三", "填报人\n张*"),
    # who signs in office is named; so is a label that nobody knows
    ("填报人：张三 单位负责人：王五", "填报人：张* 单位负责人：王五"),
    ("填报人：张三 分管领导（签字）：王五", "填报人：张* 分管领导（签字）：王五"),
    ("填报人：张 三 分 管 领 导：王五", "填报人：张* 分 管 领 导：王五"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_names_behind_labels_are_masked(text: str, masked: str) -> None:
    assert without_names(text)[0] == masked
    assert without_names(masked) == (masked, [])


FINE = [
    "单位负责人：王五",
    "填报人：",
    "填报人（盖章）： 时间：",
    "填报人（签字）： 单位： 部门： 日期：",
    "填报人：办公室",
    "联系人：局办公室电话：1",
    "联系人：请与办公室联系",
    "联系人民群众",
    "审核：同意",
    "审核 情况",
    "审核意见：张三",
    "由经办人签字确认，报审核人审批。",
    "一审:黄* 二审:欧阳* 三审:",
    "填报人：\n备注",
    "张三",
]


@pytest.mark.parametrize("text", FINE)
def test_what_is_no_name_stays(text: str) -> None:
    assert without_names(text) == (text, [])


def test_what_was_masked_is_told_masked() -> None:
    assert without_names("填报人：张三，审核人：李四、王五")[1] == ["张*", "李*、王*"]


_GIVEN = st.text("晓明华国强丽娟伟", min_size=1, max_size=2)
_NAME = st.tuples(st.sampled_from("张李王赵刘"), _GIVEN).map("".join)


@given(
    names=st.lists(_NAME, min_size=1, max_size=3),
    label=st.sampled_from(["填报人", "填 表 人", "制表人", "经办人", "联系人", "审核", "二审"]),
    note=st.sampled_from(["", "（签字）", "(签名) "]),
    colon=st.sampled_from(["：", ":", " ： "]),
    between=st.sampled_from(["、", "，", ";", "/", " ", "  "]),
    behind=st.sampled_from(["", " ", " 联系电话：1", "，单位负责人：孙权", "（办公室）", "\n备注"]),
)
def test_no_name_is_left(
    names: list[str], label: str, note: str, colon: str, between: str, behind: str
) -> None:
    text = f"甲 {label}{note}{colon}{between.join(names)}{behind}"
    masked, told = without_names(text)
    assert (
        masked
        == f"甲 {label}{note}{colon}{between.join(f'{n[0]:*<{len(n)}}' for n in names)}{behind}"
    )
    assert not any(name in said for name in names for said in told)


def table(*rows: list[str]) -> list[Block]:
    cells = [
        Cell(r, c, 1, 1, text, place=f"{r + 1}-{c + 1}")
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return [Table((1,) * len(rows[0]), tuple(cells))]


def texts(blocks: list[Block]) -> tuple[list[str], list[tuple[str, str]]]:
    rows = source_rows(blocks, "甲.docx")
    told = [(each.masked, each.text.place) for each in mask_names(rows)]
    return [cell.text.text for row in rows for cell in row.cells], told


# rows, and the texts of their cells afterwards
CELLS: list[tuple[list[list[str]], list[str]]] = [
    ([["填报人", "李小红"]], ["填报人", "李**"]),
    ([["填报人（签字）：", "李小红 联系电话：1"]], ["填报人（签字）：", "李** 联系电话：1"]),
    ([["一审", "张三", "二审", "李四"]], ["一审", "张*", "二审", "李*"]),
    ([["填报人", "单位"], ["李小红", "示例局"]], ["填报人", "单位", "李**", "示例局"]),
    # no names
    ([["填报人", "联系电话", "0999"]], ["填报人", "联系电话", "0999"]),
    ([["填报人", ""], ["项目", "桥梁"]], ["填报人", "", "项目", "桥梁"]),
    ([["审核", "发布"]], ["审核", "发布"]),
    ([["单位负责人", "王五"]], ["单位负责人", "王五"]),
    ([["项目", "李小红"]], ["项目", "李小红"]),
]


@pytest.mark.parametrize(("rows", "cells"), CELLS)
def test_names_in_the_next_cell_are_masked(rows: list[list[str]], cells: list[str]) -> None:
    assert texts(table(*rows))[0] == cells


def test_where_a_name_was_is_told() -> None:
    assert texts(table(["填报人", "李小红"]))[1] == [("李**", "1-2")]


def test_numbers_are_masked_and_told() -> None:
    mobile = "138" + "0013" + "8000"
    rows = source_rows([Line(f"请打{mobile}", place="第 1 段")], "甲.docx")
    (told,) = mask_numbers(rows)
    assert (told.kind, told.masked, told.text.place) == ("手机号码", "138****8000", "第 1 段")
    assert rows[0].first.text == "请打138****8000"
