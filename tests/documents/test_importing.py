"""From a document's blocks to a record: what people change is forgiven, and nothing is lost."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.documents.formats.text import read_text
from generator.documents.importing import Import, blank_part, import_documents, record_text
from generator.documents.model import Block, Cell, Line, Table
from generator.forms.file import read_form, read_forms
from generator.forms.form import Form
from generator.forms.schema import OPEN_KEYS
from generator.records.record import read_record
from generator.records.store import RecordPath
from generator.yaml import Node, YamlFile

ROOT = Path(__file__).resolve().parents[2]
FORMS = read_forms(ROOT / "data" / "forms")

PAPER = """\
名称: 示例表
金额单位: 万元
版面:
  - 标题: "{年度}年度示例部门基础表"
  - 行: "单位名称(盖章):{单位名称}"
  - 列宽: [1, 1, 1, 1, 1]
    表格:
      - [基本情况, 编制人数, "{编制人数}", 实有人数, "{实有人数}"]
      - [职能概述, "{职能概述}"]
      - ["年度收入(万元)", 财政预算安排, "{收入/财政预算安排}", 其他收入, "{收入/其他收入}"]
      - [^, 是否达标, "{收入/是否达标}", 预算执行率, "{收入/预算执行率}"]
      - [项目, 项目名称, 金额, 完成情况]
      - 重复: 项目
        一行: [^, "{项目/名称}", "{项目/金额}", "{项目/完成情况}"]
      - [备注, "{备注}"]
  - 行: "填报人:{填报人} 联系电话:{联系电话}"
填空:
  年度: 年度
  单位名称: 文本
  编制人数: 整数
  实有人数: 整数
  职能概述: 长文本
  收入/财政预算安排: 金额
  收入/其他收入: 金额
  收入/是否达标: {类型: 选一, 选项: [是, 否]}
  收入/预算执行率: 百分比
  项目/名称: 文本
  项目/金额: 金额
  项目/完成情况: 长文本
  备注: 长文本
  填报人: 人名
  联系电话: 电话
"""


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    path = tmp_path_factory.mktemp("forms") / "示例表.yaml"
    path.write_text(PAPER, encoding="utf-8")
    return read_form(path)


Row = list[str]


def table(rows: Iterable[Row]) -> Table:
    """Rows of texts; `^` joins a cell to the one above."""
    grid = list(rows)
    width = max(map(len, grid))
    cells: dict[tuple[int, int], Cell] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(grid):
        for c, text in enumerate(row + [""] * (width - len(row))):
            if text == "^":
                top = owner[r - 1, c]
                owner[r, c] = top
                old = cells[top]
                cells[top] = Cell(top[0], c, r - top[0] + 1, 1, old.text, place=old.place)
            else:
                owner[r, c] = (r, c)
                cells[r, c] = Cell(r, c, 1, 1, text, place=f"第 {r + 1} 行第 {c + 1} 格")
    return Table((1,) * width, tuple(cells[key] for key in sorted(cells)))


ROWS: list[Row] = [
    ["基本情况", "编制人数", "35", "实有人数", "34"],
    ["职能概述", "一\n二"],
    ["年度收入(万元)", "财政预算安排", "704.70", "其他收入", "0"],
    ["^", "是否达标", "是☑ 否□", "预算执行率", "97.10%"],
    ["项目", "项目名称", "金额", "完成情况"],
    ["^", "甲", "1.00", "完成"],
    ["^", "乙", "不适用", ""],
    ["备注", "无"],
]
ABOVE = ["2022年度示例部门基础表", "单位名称(盖章):示例县民政局"]
BELOW = ["填报人:黄* 联系电话:0739-8231234"]
EXPECTED: dict[str, Any] = {
    "表式": "示例表",
    "单位名称": "示例县民政局",
    "编制人数": "35",
    "实有人数": "34",
    "职能概述": "一\n二",
    "收入": {
        "财政预算安排": "704.70",
        "其他收入": "0",
        "是否达标": "是",
        "预算执行率": "97.10%",
    },
    "项目": [
        {"名称": "甲", "金额": "1.00", "完成情况": "完成"},
        {"名称": "乙", "金额": "不适用", "完成情况": ""},
    ],
    "备注": "无",
    "填报人": "黄*",
    "联系电话": "0739-8231234",
}


def lines(texts: Iterable[str]) -> list[Block]:
    return [Line(text, place=f"第 {number} 段") for number, text in enumerate(texts, 1)]


def document(
    rows: list[Row] = ROWS, above: list[str] = ABOVE, below: list[str] = BELOW
) -> list[Block]:
    return [*lines(above), table(rows), *lines(below)]


def read(form: Form, blocks: list[Block], **options: Any) -> Import:
    return import_documents([("表.docx", blocks)], [form], **options)


def changed(**changes: Row | None) -> list[Row]:
    """The rows with some replaced, by `row3=[…]`; None takes one out."""
    rows: list[Row | None] = list(ROWS)
    for name, row in changes.items():
        rows[int(name.removeprefix("row"))] = row
    return [row for row in rows if row is not None]


def expected(**changes: Any) -> dict[str, Any]:
    """The expected part with some values changed; `收入_其他收入` is in a group."""
    part = {**EXPECTED, "收入": dict(EXPECTED["收入"])}
    for name, value in changes.items():
        group, _, key = name.partition("_")
        if key:
            part[group][key] = value
        else:
            part[name] = value
    return part


def test_a_filled_form_is_read(form: Form) -> None:
    found = read(form, document())
    assert found.record() == {"附件1": EXPECTED}
    assert (found.doubts, found.unplaced, found.missing) == ([], [], [])
    assert found.years == {2022}
    assert [(part.key, part.score, part.file) for part in found.parts] == [
        ("附件1", 1.0, "表.docx")
    ]


def test_every_value_is_told_with_its_place(form: Form) -> None:
    told = {
        entry.name: (entry.text, entry.file, entry.place) for entry in read(form, document()).filled
    }
    assert told["附件1/编制人数"] == ("35", "表.docx", "第 1 行第 3 格")
    assert told["附件1/收入/是否达标"] == ("是", "表.docx", "第 4 行第 3 格")
    assert told["附件1/项目第2行/名称"] == ("乙", "表.docx", "第 7 行第 2 格")
    assert told["附件1/填报人"] == ("黄*", "表.docx", "第 1 段")


# what people do to a form, and the record that it still makes
FORGIVEN: dict[str, tuple[list[Row], dict[str, Any]]] = {
    "spaces inside words": (
        changed(row0=["基 本 情 况", "编制\n人数", "35", "实有　人数", "34"]),
        EXPECTED,
    ),
    "full-width and half-width signs": (
        changed(
            row2=["年度收入（万元）", "财政预算安排：", "704.70", "其他收入:", "0"], row3=ROWS[3]
        ),
        EXPECTED,
    ),
    "another way to write a word": (
        changed(row2=["年度收入(万元)", "财政预算安排", "704.70", "其它收入", "0"]),
        EXPECTED,
    ),
    "a label split over two cells": (
        changed(row1=["职能", "概述", "一\n二"]),
        EXPECTED,
    ),
    "a label split over two rows": (
        changed(row2=["年度收入", *ROWS[2][1:]], row3=["(万元)", *ROWS[3][1:]]),
        EXPECTED,
    ),
    "a slip in a label": (
        changed(row2=["年度收入(万元)", "财政预算按排", "704.70", "其他收入", "0"]),
        EXPECTED,
    ),
    "a missing row": (changed(row1=None), expected(职能概述="")),
    "several missing rows": (
        changed(row0=None, row1=None),
        expected(编制人数="", 实有人数="", 职能概述=""),
    ),
    "no projects": (changed(row5=None, row6=None), expected(项目="")),
    "many projects": (
        [*ROWS[:5], *(["^", f"项目{number}", "1", "好"] for number in range(300)), ROWS[7]],
        expected(项目=[{"名称": f"项目{n}", "金额": "1", "完成情况": "好"} for n in range(300)]),
    ),
    "empty rows among projects": (
        [*ROWS[:6], ["^", "", "", ""], ROWS[6], ["^", "", "", ""], ROWS[7]],
        EXPECTED,
    ),
    "unmerged labels": (changed(row3=["", *ROWS[3][1:]], row5=["", *ROWS[5][1:]]), EXPECTED),
    "cells that are empty between": (
        changed(row0=["基本情况", "编制人数", "35", "", "实有人数", "34", ""]),
        EXPECTED,
    ),
    "rows in another order": (
        [ROWS[1], ROWS[0], *ROWS[2:]],
        expected(编制人数="35", 实有人数="34", 职能概述=""),
    ),
}


@pytest.mark.parametrize("what", FORGIVEN)
def test_what_people_do_is_forgiven(form: Form, what: str) -> None:
    rows, part = FORGIVEN[what]
    found = read(form, document(rows))
    if what == "rows in another order":  # what is not found where it was drawn is not lost
        assert [entry.text for entry in found.unplaced] == ["职能概述\n一\n二"]
    else:
        assert found.unplaced == []
    assert found.record()["附件1"] == part


# what is added, and what is then left for a person to place
ADDED: dict[str, tuple[list[Block], list[str]]] = {
    "a row": (document([*ROWS[:2], ["车辆", "3辆"], *ROWS[2:]]), ["车辆\n3辆"]),
    "a note after a label": (
        document(changed(row0=["基本情况", "编制人数（含事业）", "35", "实有人数", "34"])),
        ["（含事业）"],
    ),
    "a line above": (document(above=["示例县财政局制", *ABOVE]), ["示例县财政局制"]),
    "a line between": (document(above=[ABOVE[0], "填表前请看说明", ABOVE[1]]), ["填表前请看说明"]),
    "a line below": (document(below=[*BELOW, "打印本页", "关闭窗口"]), ["打印本页\n关闭窗口"]),
    "words behind a value": (
        document(below=["填报人:黄* 联系电话:0739-8231234", "审核:示例"]),
        ["审核:示例"],
    ),
    "another table": (
        [*document(), table([["品名", "数量"], ["桌", "3"]])],
        ["品名\n数量\n桌\n3"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", ADDED)
def test_what_is_added_is_left_for_a_person(form: Form, what: str) -> None:
    blocks, texts = ADDED[what]
    found = read(form, blocks)
    assert [entry.text for entry in found.unplaced] == texts
    record = found.record()
    assert record["附件1"] == EXPECTED
    listed = record["未识别"]
    assert isinstance(listed, list)
    assert [entry["原文"] for entry in listed if isinstance(entry, dict)] == texts


def test_a_value_is_never_changed_but_told(form: Form) -> None:
    rows = changed(row2=["年度收入(万元)", "财政预算安排", "1,234.5万元", "其他收入", "０"])
    found = read(form, document(rows))
    assert found.record()["附件1"] == expected(收入_财政预算安排="1,234.5万元", 收入_其他收入="０")
    assert [(entry.name, entry.place) for entry in found.doubts] == [
        ("附件1/收入/财政预算安排", "第 3 行第 3 格"),
        ("附件1/收入/其他收入", "第 3 行第 5 格"),
    ]
    assert "请写成 1234.5" in found.doubts[0].text


def test_what_nobody_sees_is_left_out(form: Form) -> None:
    rows = changed(row0=["基本\u200b情况", "编制\xad人数", "\ufeff35", "实有人数", "34\u200b"])
    rows[1] = ["职能概述", "一\x0b二"]
    found = read(form, document(rows))
    assert found.record() == {"附件1": EXPECTED}
    assert found.doubts == []


def test_a_second_thing_on_a_line_is_doubted(form: Form) -> None:
    found = read(form, document(above=[ABOVE[0], "单位名称(盖章)：示例县民政局      单位：万元"]))
    assert found.record()["附件1"] == expected(单位名称="示例县民政局      单位：万元")
    assert [entry.name for entry in found.doubts] == ["附件1/单位名称"]


def test_two_ticks_are_left_as_they_are(form: Form) -> None:
    rows = changed(row3=["^", "是否达标", "是☑ 否☑", "预算执行率", "97.10%"])
    found = read(form, document(rows))
    assert found.record()["附件1"] == expected(收入_是否达标="是☑ 否☑")
    assert [entry.name for entry in found.doubts] == ["附件1/收入/是否达标"]


def test_personal_data_is_masked_and_told(form: Form) -> None:
    mobile = "138" + "0013" + "8000"
    rows = changed(row7=["备注", f"请打{mobile}"])
    found = read(form, document(rows, below=[f"填报人:黄某某 联系电话:{mobile}"]))
    assert found.record()["附件1"] == expected(
        备注="请打138****8000", 填报人="黄**", 联系电话="138****8000"
    )
    assert [(entry.name, entry.text, entry.place) for entry in found.masked] == [
        ("", "手机号码已改为 138****8000", "第 8 行第 2 格"),
        ("", "手机号码已改为 138****8000", "第 1 段"),
        ("附件1/填报人", "姓名已改为 黄**", "第 1 段"),
    ]
    assert mobile not in record_text(found.record())
    assert "黄某" not in record_text(found.record())


def test_the_label_of_an_attachment_is_its_key(form: Form) -> None:
    for label, key in {
        "附件3": "附件3",
        "附件三：": "附件3",
        "附 件 12": "附件12",
        "附表2": "附件2",
    }.items():
        found = read(form, document(above=[label, "", *ABOVE]))
        assert list(found.record()) == [key]
        assert found.unplaced == []


def test_several_forms_in_any_order(form: Form) -> None:
    other = [*lines(["附件2"]), *document(changed(row7=["备注", "另一张"]))]
    found = read(form, [*other, *lines(["附件1"]), *document()])
    assert found.record() == {"附件2": expected(备注="另一张"), "附件1": EXPECTED}


def test_attachments_without_labels_get_free_numbers(form: Form) -> None:
    found = read(form, [*document(), *lines(["附件1"]), *document(), *document()])
    assert list(found.record()) == ["附件2", "附件1", "附件3"]


def test_excel_has_titles_in_rows_of_the_table(form: Form) -> None:
    rows: list[Row] = [[text] for text in ["附件1", *ABOVE]]
    found = read(form, [table([*rows, *ROWS, *([text] for text in BELOW)])])
    assert found.record() == {"附件1": EXPECTED}
    assert found.unplaced == []


def test_another_year_is_told(form: Form) -> None:
    assert read(form, document(above=["2021年度示例部门基础表", ABOVE[1]])).years == {2021}
    found = read(form, document(above=["某年度示例部门基础表", ABOVE[1]]))
    assert found.years == set()
    assert [entry.text for entry in found.doubts] == ["“某”不是年度"]


def test_a_form_that_is_hardly_there_is_asked_for(form: Form) -> None:
    few = [table([["情况", "人数"], ROWS[0], ROWS[2], ["车辆", "3"]])]
    found = read(form, few)
    assert found.parts == []
    (asked,) = found.undecided
    assert re.fullmatch(
        "像是 示例表（[0-9]{2}%），但对不上的太多；.*加 --form 示例表 再试", asked.text
    )
    named = read(form, few, is_named=True)
    assert named.undecided == []
    assert [part.form.name for part in named.parts] == ["示例表"]


def test_nothing_that_is_known_gives_nothing(form: Form) -> None:
    found = read(form, [*lines(["通知", "各单位："]), table([["品名", "数量"], ["桌", "3"]])])
    assert (found.parts, found.undecided) == ([], [])
    assert [entry.text for entry in found.unplaced] == ["通知\n各单位：\n品名\n数量\n桌\n3"]


def test_two_forms_alike_are_asked_for(form: Form, tmp_path: Path) -> None:
    path = tmp_path / "示例表新.yaml"
    path.write_text(PAPER, encoding="utf-8")
    found = import_documents([("表.docx", document())], [form, read_form(path)])
    assert found.parts == []
    (asked,) = found.undecided
    assert "示例表（100%）" in asked.text
    assert "示例表新（100%）" in asked.text


def test_the_same_part_of_two_files_is_joined() -> None:
    def page(index: str, number: str) -> list[Block]:
        rows = [
            ["文件名称:", ""],
            ["统一登记号:", ""],
            ["索引号:", index, "发文编号:", number],
            ["公开目录:", "", "公开责任部门:", ""],
            ["发文日期:", "", "公开形式:", ""],
            ["生效日期 :", "", "有效期:", ""],
        ]
        return [table(rows)]

    found = import_documents(
        [("一.html", page("甲1", "")), ("二.html", page("甲2", "乙"))], FORMS.values()
    )
    record = found.record()
    assert isinstance(record["元数据"], dict)
    assert (record["元数据"]["索引号"], record["元数据"]["发文编号"]) == ("甲1", "乙")
    assert record["未识别"] == [{"位置": "二.html", "原文": "元数据/索引号：甲2"}]


def test_the_sample_page_gives_the_committed_record() -> None:
    text = (ROOT / "tests/portal/430524-xingzheng-shenpi-2022.txt").read_bytes()
    found = import_documents([("portal.txt", read_text(text))], FORMS.values())
    committed = YamlFile.read(ROOT / "data/records/430524/xingzheng-shenpi/2022.yaml").root
    assert isinstance(committed, dict)
    disclosed = {key: part for key, part in committed.items() if key not in OPEN_KEYS}
    assert found.record() == disclosed
    assert (found.unplaced, found.undecided, found.doubts) == ([], [], [])
    assert found.years == {2022}


def test_a_record_with_text_that_was_not_placed_does_not_pass(form: Form) -> None:
    found = read(form, document(above=["示例县财政局制", *ABOVE]))
    path = Path("2022.yaml")
    file = YamlFile(path, record_text(found.record()))
    with pytest.raises(Exception, match="没有认出的文字"):
        read_record(file, RecordPath("990001", "jia", 2022, path), {"示例表": form})


@pytest.mark.parametrize("name", FORMS)
def test_a_blank_part_has_every_blank(name: str) -> None:
    def leaves(node: Node, group: str = "") -> set[str]:
        if isinstance(node, dict):
            return {name for key, inner in node.items() for name in leaves(inner, f"{group}/{key}")}
        if isinstance(node, list):
            return {name for inner in node for name in leaves(inner, group)}
        return {group.lstrip("/")}

    form = FORMS[name]
    written = {each for each, blank in form.blanks.items() if blank.type.word != "年度"}
    assert leaves(blank_part(form)) == {"表式", *written}


# --- nothing is lost ---


def bare(text: str) -> str:
    return "".join(text.split())


def texts_of(node: Node) -> str:
    if isinstance(node, dict):
        return "".join(texts_of(inner) for inner in node.values())
    if isinstance(node, list):
        return "".join(texts_of(inner) for inner in node)
    return bare(node)


_WORDS = st.sampled_from(
    [
        "编制人数",
        "35",
        "是☑ 否□",
        "项目",
        "附件3",
        "",
        "备注",
        "多余的字",
        "(一)甲。\n(二)乙。",
        "年度收入",
        "9",
    ]
)


@st.composite
def disturbed(draw: st.DrawFn) -> list[Block]:
    """The document with rows and lines added, taken out, doubled and changed."""
    rows = list(ROWS[:5]) + [["", *row[1:]] for row in ROWS[5:7]] + [ROWS[7]]
    rows[3] = ["", *rows[3][1:]]
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, len(rows) - 1))
        change = draw(st.sampled_from(["add", "remove", "double", "cell"]))
        if change == "add":
            rows.insert(place, draw(st.lists(_WORDS, min_size=1, max_size=5)))
        elif change == "remove" and len(rows) > 1:
            rows.pop(place)
        elif change == "double":
            rows.insert(place, list(rows[place]))
        else:
            row = list(rows[place])
            row[draw(st.integers(0, len(row) - 1))] = draw(_WORDS)
            rows[place] = row
    above = draw(st.lists(_WORDS | st.sampled_from(ABOVE), max_size=4))
    below = draw(st.lists(_WORDS | st.sampled_from(BELOW), max_size=4))
    return [*lines(above), table(rows), *lines(below)]


@settings(max_examples=150)
@given(blocks=disturbed())
def test_nothing_is_lost(form: Form, blocks: list[Block]) -> None:
    """Every character is in a label, in a value of the record, or left over, and in order."""
    found = read(form, blocks)
    left = "".join(bare(entry.text) for entry in found.unplaced)
    values = texts_of([part.nodes for part in found.parts])
    rest = ""
    for text in found.texts:
        position = 0
        for span in sorted(text.spans, key=lambda span: span.start):
            assert span.start >= position
            rest += text.text[position : span.start]
            position = span.end
            value = bare(text.text[span.start : span.end])
            is_tick = span.blank == "收入/是否达标"
            if span.blank and span.blank != "年度" and not is_tick:
                assert value in values
        rest += text.text[position:]
    assert bare(rest) == left
    total = sum(len(bare(cell)) for block in blocks for cell in cells_of(block))
    understood = sum(
        len(bare(text.text[span.start : span.end])) for text in found.texts for span in text.spans
    )
    assert understood + len(left) == total


def cells_of(block: Block) -> list[str]:
    return [block.text] if isinstance(block, Line) else [cell.text for cell in block.cells]


# --- names, units of money, keys, and parts of several files ---


def test_names_are_masked_wherever_their_labels_stand(form: Form) -> None:
    names = ["李小红", "王小明", "赵小军", "钱小伟"]
    rows = [*ROWS, ["制表人", names[0]]]
    below = [
        "填报人:" + names[1] + " 联系电话:0739-8231234",
        f"审核（签字）：{names[2]}、{names[3]}",
    ]
    found = read(form, document(rows, below=below))
    assert found.record()["附件1"] == expected(填报人="王**")
    assert [(entry.name, entry.text, entry.place) for entry in found.masked] == [
        ("", "姓名已改为 李**", "第 9 行第 2 格"),
        ("附件1/填报人", "姓名已改为 王**", "第 1 段"),
        ("", "姓名已改为 赵**、钱**", "第 2 段"),
    ]
    assert [entry.text for entry in found.unplaced] == [
        "制表人\n李**",
        "审核（签字）：赵**、钱**",
    ]
    everything = record_text(found.record()) + repr(found.filled) + repr(found.doubts)
    assert not any(name in everything for name in names)


def test_several_names_in_one_blank_are_masked(form: Form) -> None:
    found = read(form, document(below=["填报人:张三、李四 联系电话:0739-8231234"]))
    assert found.record()["附件1"] == expected(填报人="张*、李*")


def test_amounts_in_another_unit_are_doubted(form: Form) -> None:
    found = read(form, document(above=["单位：元", *ABOVE]))
    assert [(entry.name, entry.text, entry.place) for entry in found.doubts] == [
        ("附件1", "这里的单位是元，表式里的金额是万元，每个金额都要换算，请核对", "第 1 段")
    ]
    assert read(form, document(above=["单位：万元", *ABOVE])).doubts == []


def test_an_attachment_without_a_label_keeps_its_number_in_the_record(form: Form) -> None:
    there: dict[str, Node] = {"附件7": {"表式": "示例表"}}
    assert list(read(form, document(), record=there).record()) == ["附件7"]
    found = read(form, document(), record={"附件1": {"表式": "别的"}, **there})
    assert (list(found.record()), found.doubts) == (["附件7"], [])


def test_the_same_part_of_two_files_is_one(form: Form) -> None:
    blocks = [*lines(["附件3"]), *document()]
    found = import_documents([("一.docx", blocks), ("二.docx", blocks)], [form])
    assert (found.record(), found.doubts) == ({"附件3": EXPECTED}, [])


def test_another_part_with_the_same_label_is_told(form: Form) -> None:
    first = [*lines(["附件3"]), *document()]
    second = [*lines(["附件3"]), *document(changed(row7=["备注", "另一张"]))]
    found = import_documents([("一.docx", first), ("二.docx", second)], [form])
    assert found.record() == {"附件3": EXPECTED, "附件1": expected(备注="另一张")}
    assert [(entry.name, entry.text, entry.file) for entry in found.doubts] == [
        ("附件1", "原件写的是附件3，但这里已有另一份附件3；放在附件1，请核对", "二.docx")
    ]


def test_heads_of_two_layouts_are_not_mixed() -> None:
    first = [
        ["索引号:", "甲1", "发文机构:", "示例县民政局"],
        ["公开目录:", "财政", "主题分类:", "预决算"],
        ["文号:", "", "发文日期:", "2023-05-06"],
    ]
    second = [
        ["索引号:甲2", "文号:乙", "统一登记号:"],
        ["公开责任部门:民政局", "发文日期:2023-05-07", "公开形式:主动公开"],
    ]
    found = import_documents(
        [("一.html", [table(first)]), ("二.html", [table(second)])], FORMS.values()
    )
    head = found.record()["元数据"]
    assert isinstance(head, dict)
    assert (head["表式"], head["索引号"]) == ("信息头六项", "甲1")
    assert [entry.text for entry in found.unplaced] == [
        "元数据/索引号：甲2",
        "元数据/文号：乙",
        "元数据/公开责任部门：民政局",
        "元数据/发文日期：2023-05-07",
        "元数据/公开形式：主动公开",
    ]
    assert [(entry.name, entry.file) for entry in found.doubts] == [("元数据", "二.html")]
