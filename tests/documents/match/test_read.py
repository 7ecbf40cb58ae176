"""Values stand below the heads of their columns and behind their labels, or are not read."""

from pathlib import Path
from typing import Any

import pytest

from generator.documents.importing import Import, import_documents
from generator.documents.model import Block, Cell, Line, Table
from generator.forms.file import read_form, read_forms

ROOT = Path(__file__).resolve().parents[3]
FORMS = read_forms(ROOT / "data" / "forms")
SMALL = """\
名称: 示例基础表
金额单位: 万元
版面:
  - 标题: "{年度}年度示例部门基础数据表"
  - 行: "单位名称(盖章):{单位名称}"
  - 列宽: [1, 1, 1, 1, 1]
    表格:
      - [基本情况, 编制人数, "{编制人数}", 实有人数, "{实有人数}"]
      - [部门职能概述, "{部门职能概述}"]
      - [年度收入, 县财政预算安排, "{收入/预算安排}", 非税收入, "{收入/非税收入}"]
      - [自评结论, "{自评结论}"]
      - [问题与建议, "{问题与建议}"]
  - 行: "填报人:{填报人} 联系电话:{联系电话} 时间:{时间}"
填空:
  年度: 年度
  单位名称: 文本
  编制人数: 整数
  实有人数: 整数
  部门职能概述: 长文本
  收入/预算安排: 金额
  收入/非税收入: 金额
  自评结论: 文本
  问题与建议: 长文本
  填报人: 人名
  联系电话: 电话
  时间: 日期
"""


@pytest.fixture(scope="module", autouse=True)
def _small(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("forms") / "小表.yaml"
    path.write_text(SMALL, encoding="utf-8")
    FORMS["小表"] = read_form(path)


Row = list[str | tuple[str, int]]
"""Texts, or texts and the columns they are joined over."""


def table(rows: list[Row], *, has_columns: bool = True) -> Table:
    cells = []
    for number, row in enumerate(rows):
        column = 0
        for each in row:
            text, span = each if isinstance(each, tuple) else (each, 1)
            cells.append(Cell(number, column, 1, span, text, place=f"第 {number + 1} 行"))
            column += span
    width = max(cell.column + cell.colspan for cell in cells)
    return Table((1,) * width, tuple(cells), has_columns=has_columns)


def lines(*texts: str) -> list[Block]:
    return [Line(text, place=f"第 {number} 段") for number, text in enumerate(texts, 1)]


def read(form: str, blocks: list[Block]) -> tuple[dict[str, Any], Import]:
    found = import_documents([("表.docx", blocks)], [FORMS[form]], is_named=True)
    (part,) = found.parts
    assert isinstance(part.nodes, dict)
    return part.nodes, found


def left(found: Import) -> list[str]:
    return [entry.text for entry in found.unplaced]


# --- columns --------------------------------------------------------------------------------------

TITLE = "2022年度“三公”经费支出情况表"


def spending(heads: list[str], *rows: list[str], has_columns: bool = True) -> list[Block]:
    """The form's first rows with other columns."""
    labels = ["合计", "因公出国(境)费", "公务接待费"]
    drawn: list[Row] = [[("项目", 2), *heads]]
    drawn += [[(label, 2), *row] for label, row in zip(labels, rows, strict=False)]
    return [
        *lines(TITLE, "单位名称:示例县民政局 金额单位:万元"),
        table([*drawn, ["增减变化原因", ("无", len(heads) + 1)]], has_columns=has_columns),
    ]


# heads of columns, a row of figures, then 预算数 and 决算数
COLUMNS = [
    (["2022年预算数", "2022年决算数"], ["3", "2"], ("3", "2")),
    (["2022年决算数", "2022年预算数"], ["2", "3"], ("3", "2")),
    (["2021年决算数", "2022年预算数", "2022年决算数"], ["1", "3", "2"], ("3", "2")),
    (["2021年预算数", "2022年预算数"], ["1", "3"], ("3", "")),
    (["2021年决算数", "2022年决算数"], ["1", "2"], ("", "2")),
    (["2022年预算数", "调整数", "2022年决算数"], ["3", "4", "2"], ("3", "2")),
    (["2022年预算数", "2022年决算数", "增减率", "备注"], ["3", "2", "-10%", ""], ("3", "2")),
    (["序号", "2022年预算数", "2022年决算数"], ["1", "3", "2"], ("3", "2")),
    (["预算数", "决算数"], ["3", "2"], ("3", "2")),
]


@pytest.mark.parametrize(("heads", "row", "figures"), COLUMNS)
def test_figures_are_taken_from_below_their_heads(
    heads: list[str], row: list[str], figures: tuple[str, str]
) -> None:
    part, found = read("三公经费表", spending(heads, row, row))
    assert tuple(part["合计"].values()) == figures
    assert tuple(part["因公出国(境)费"].values()) == figures
    others = "".join(left(found))
    for text in row:
        assert text in (*figures, "") or text in others


def test_where_columns_are_only_counted_other_heads_are_doubted() -> None:
    heads = ["2021年决算数", "2022年预算数", "2022年决算数"]
    row = ["1", "3", "2"]
    _, found = read("三公经费表", spending(heads, row, row, row, has_columns=False))
    doubted = {entry.name for entry in found.doubts if "列名" in entry.text}
    assert {"附件1/合计/预算数", "附件1/合计/决算数"} <= doubted
    heads = ["2022年预算数", "2022年决算数"]
    row = ["3", "2"]
    part, found = read("三公经费表", spending(heads, row, row, row, has_columns=False))
    assert part["合计"] == {"预算数": "3", "决算数": "2"}
    assert found.doubts == []


HEADS: Row = ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值"]
HEADS += ["得分", "偏差原因分析及改进措施"]
ITEM: Row = ["", "产出指标", "数量指标", "办件量", "≥10", "12", "5", "4", "无"]
NODES = dict(zip(map(str, HEADS[1:]), map(str, ITEM[1:]), strict=True))


def indicators(*rows: Row) -> list[Block]:
    return [
        *lines("2022年度项目支出绩效自评表"),
        table([["项目名称", ("大厅运行", 8)], *rows, [("总分", 6), "100", "90", ""]]),
    ]


def test_indicators_are_read_whatever_columns_stand_between() -> None:
    wide = [[*HEADS[:4], "计量单位", *HEADS[4:]], [*ITEM[:4], "件", *ITEM[4:]]]
    part, found = read("项目支出自评表", indicators(*wide))
    assert part["绩效指标"] == [NODES]
    assert "计量单位" in "".join(left(found))
    part, _ = read("项目支出自评表", indicators(HEADS[1:], ITEM[1:]))
    assert part["绩效指标"] == [NODES]


def test_heads_said_again_and_sums_are_no_items() -> None:
    sums: Row = [("小计", 6), "5", "4", ""]
    part, found = read("项目支出自评表", indicators(HEADS, ITEM, sums, HEADS, ITEM))
    assert part["绩效指标"] == [NODES, NODES]
    assert part["总分"] == {"分值": "100", "得分": "90"}
    assert left(found) == ["小计\n5\n4"]


def test_what_is_left_empty_below_a_group_is_doubted() -> None:
    below: Row = ["", "", "", "时限", "≤3", "2", "5", "5", ""]
    part, found = read("项目支出自评表", indicators(HEADS, ITEM, below))
    assert [item["三级指标"] for item in part["绩效指标"]] == ["办件量", "时限"]
    assert [entry.name for entry in found.doubts] == [
        "附件1/绩效指标第2行/一级指标",
        "附件1/绩效指标第2行/二级指标",
    ]


# --- labels ---------------------------------------------------------------------------------------


def base(*rows: Row) -> list[Block]:
    return [
        *lines("2022年度示例部门基础数据表", "单位名称(盖章):示例县民政局"),
        table([*rows, ["自评结论", ("优", 4)], ["问题与建议", ("无", 4)]]),
        *lines("填报人:黄* 联系电话:12345 时间:2023年5月6日"),
    ]


STAFF: Row = ["基本情况", "编制人数", "35", "实有人数", "34"]


def test_a_label_that_is_not_known_is_no_value() -> None:
    part, found = read("小表", base(STAFF, ["上级文件依据", ("县财绩1号", 4)]))
    assert part["部门职能概述"] == ""
    assert left(found) == ["上级文件依据\n县财绩1号"]


def test_what_stands_behind_another_label_is_not_taken() -> None:
    rows: Row = ["基本情况", "实有人数", "34", "编制人数", "35"]
    part, found = read("小表", base(rows))
    assert (part["编制人数"], part["实有人数"]) in [("35", ""), ("", "34")]
    assert left(found) in [["实有人数\n34"], ["编制人数\n35"]]


def test_a_label_with_other_words_is_doubted() -> None:
    rows: Row = ["年度收入", "省财政预算安排", "12", "非税收入", "0"]
    part, found = read("小表", base(STAFF, rows))
    assert part["收入"]["预算安排"] == "12"
    assert [entry.text for entry in found.doubts] == [
        "原件的栏目是“省财政预算安排”，和表式不同，请核对"
    ]


def test_a_value_in_the_cell_of_its_label_is_read_and_doubted() -> None:
    rows: Row = ["基本情况", "编制人数：35", "", "实有人数", "34"]
    part, found = read("小表", base(rows))
    assert (part["编制人数"], part["实有人数"]) == ("35", "34")
    assert left(found) == []
    assert [entry.name for entry in found.doubts] == ["附件1/编制人数"]


@pytest.mark.parametrize(
    "signing",
    [
        lines("填报人:黄*", "联系电话:12345", "时间:2023年5月6日"),
        [table([["填报人:黄*", "联系电话:12345", "时间:2023年5月6日"]])],
        [table([["填报人", "黄*", "联系电话", "12345", "时间", "2023年5月6日"]])],
        lines("填报人（签字）：黄*  联系电话：12345  时间：2023年5月6日"),
    ],
)
def test_the_signing_line_may_be_spread(signing: list[Block]) -> None:
    part, found = read("小表", [*base(STAFF)[:-1], *signing])
    signed = (part["填报人"], part["联系电话"], part["时间"])
    assert signed == ("黄*", "12345", "2023年5月6日")
    assert left(found) == []


# --- titles and reports ---------------------------------------------------------------------------

REPORT = ["一、部门概况", "本局编制人数35人。", "二、存在的问题", "无。"]


@pytest.mark.parametrize(
    "title",
    [
        "部门整体支出绩效自评报告",
        "2022年度部门整体支出绩效自评报告",
        "示例县民政局2022年度部门整体支出绩效自评报告",
        "示例县民政局部门整体支出绩效自评报告",
    ],
)
def test_a_title_may_name_unit_and_year(title: str) -> None:
    part, found = read("自评报告", lines(title, *REPORT, "示例县民政局", "2023年5月6日"))
    assert part["正文"] == "\n".join(REPORT)
    assert left(found) == []
    assert found.years == ({2022} if "2022" in title else set())


@pytest.mark.parametrize(
    "end",
    [
        ["示例县民政局", "2023年5月6日"],
        ["2023年5月6日", "示例县民政局"],
        ["示例县民政局    2023年5月6日"],
        ["　　　　示例县民政局", "　　　　2023年5月6日"],
        ["示例县民政局", "2023年5月6日", "【打印本页】", "上一篇"],
    ],
)
def test_signatures_as_people_set_them(end: list[str]) -> None:
    part, found = read("自评报告", lines("部门整体支出绩效自评报告", *REPORT, *end))
    assert part["正文"] == "\n".join(REPORT)
    assert part["落款"] == {"单位": "示例县民政局", "日期": "2023年5月6日"}
    assert left(found) == (["【打印本页】\n上一篇"] if len(end) == 4 else [])


def test_a_report_without_a_signature_is_doubted() -> None:
    _, found = read("自评报告", lines("部门整体支出绩效自评报告", *REPORT, "关闭窗口"))
    assert [entry.text for entry in found.doubts] == ["没有认出落款，报告的末尾请核对"]


def test_a_heading_of_the_page_is_no_report() -> None:
    title = "部门整体支出绩效自评报告"
    blocks = lines(title, "发布时间:2023-05-06", title, *REPORT, "示例县民政局", "2023年5月6日")
    part, found = read("自评报告", blocks)
    assert part["正文"] == "\n".join(REPORT)
    assert left(found) == [f"{title}\n发布时间:2023-05-06"]


def test_a_report_before_the_tables_is_found() -> None:
    title = "示例县民政局2022年度部门整体支出绩效自评报告"
    blocks = [*lines(title, *REPORT, "示例县民政局", "2023年5月6日", "附件1"), *base(STAFF)]
    found = import_documents([("表.docx", blocks)], FORMS.values())
    assert {part.form.name for part in found.parts} == {"自评报告", "小表"}
    assert left(found) == []


@pytest.mark.parametrize(
    ("label", "key"),
    [("附件1-1", "附件1"), ("附件（2）", "附件2"), ("【附件3】", "附件3"), ("附件十二:", "附件12")],
)
def test_labels_of_attachments(label: str, key: str) -> None:
    found = import_documents([("表.docx", [*lines(label), *base(STAFF)])], FORMS.values())
    assert [part.key for part in found.parts] == [key]
    assert left(found) == []


def test_a_row_of_hundreds_of_cells_is_no_matter() -> None:
    rows: list[Row] = [[*STAFF, *["多"] * 900]]
    part, _ = read("小表", base(*rows))
    assert (part["编制人数"], part["实有人数"]) == ("35", "34")
