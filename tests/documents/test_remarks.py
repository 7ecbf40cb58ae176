"""Remarks in exported files: where their marks stand, and that an import takes all of it out."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.text.run import Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from generator.checks.finding import Evidence
from generator.checks.remarks import Remark
from generator.documents.draw import draw_record
from generator.documents.exporting import WRITERS, write_document
from generator.documents.formats.excel_read import read_excel
from generator.documents.formats.text import read_text
from generator.documents.formats.web import read_web
from generator.documents.formats.word import read_word
from generator.documents.importing import Import, import_documents, record_text
from generator.documents.marks import END, NOTE, TITLE, original
from generator.documents.model import Block, Cell, Document, Line, Table
from generator.documents.report import report_lines
from generator.errors import DocumentError
from generator.forms.file import read_forms
from generator.records.record import read_record
from generator.records.store import RecordPath
from generator.yaml import Node, Where, YamlFile
from tests.documents.record_strategies import records

FORMS = read_forms(Path(__file__).resolve().parents[2] / "data" / "forms")
READERS = {"docx": read_word, "xlsx": read_excel, "html": read_web, "txt": read_text}
PATH = Path("2022.yaml")

RECORD = """\
元数据:
  表式: 信息头六项
  索引号: 000000001/2023-00001
  发文机构: 示例县民政局
附件2:
  表式: 部门整体支出自评表
  部门名称: 示例县民政局
  绩效指标:
    - {一级指标: 产出指标, 二级指标: 数量指标, 三级指标: 甲, 分值: "10", 得分: "9.5"}
    - {一级指标: 产出指标, 二级指标: 数量指标, 三级指标: 乙, 分值: "10", 得分: "10"}
附件3:
  表式: 基础数据表2022
  单位名称: 示例县民政局
  编制人数: 12
  预算执行: {追加金额: 704.70, 公开方式: [门户网站, 单位内部]}
  自评结论: 优
附件4:
  表式: 自评报告
  正文: |-
    一、部门概况
    示财〔2022〕1号文件规定，编制12人。
    全年支出100万元。
"""


def remark(number: int, *places: tuple[Where, int | None], explanation: str = "笔误") -> Remark:
    evidence = tuple(
        Evidence(PATH, 1, 1, "/".join(map(str, where)), "12", where, offset)
        for where, offset in places
    )
    return Remark(number, "C1", "人数应当一致", explanation, "2024年5月6日", evidence)


def drawn(text: str, *remarks: Remark) -> Document:
    file = YamlFile(PATH, text)
    record = read_record(file, RecordPath("990001", "shili-minzheng", 2022, PATH), FORMS)
    return draw_record(record, "示例", remarks)


def blocks_of(document: Document) -> list[Block]:
    return [block for sheet in document.sheets for block in sheet.blocks]


def lines_of(document: Document) -> list[str]:
    return [block.text for block in blocks_of(document) if isinstance(block, Line)]


def cells_of(document: Document) -> Iterator[Cell]:
    for block in blocks_of(document):
        if isinstance(block, Table):
            yield from block.cells


def imported(blocks: Sequence[Block]) -> Import:
    return import_documents([("示例", blocks)], FORMS.values())


STAFF: tuple[Where, int | None] = (("附件3", "编制人数"), None)
TICKS: Where = ("附件3", "预算执行", "公开方式")
REPORT = RECORD.partition("正文: |-\n")[2].replace("    ", "")


def in_report(words: str) -> tuple[Where, int]:
    return ("附件4", "正文"), REPORT.index(words)


# --- where marks stand ----------------------------------------------------------------------------


def test_a_number_stays_one_and_has_its_mark_beside_it() -> None:
    (cell,) = [each for each in cells_of(drawn(RECORD, remark(1, STAFF))) if each.mark]
    assert (cell.text, cell.mark, cell.is_number) == ("12", "〔注1〕", True)


def test_a_line_of_a_report_has_its_marks_at_its_end() -> None:
    document = drawn(
        RECORD,
        remark(1, in_report("12人")),
        remark(2, in_report("100")),
        remark(3, in_report("〔2022〕"), in_report("一、")),
    )
    lines = lines_of(document)
    assert "一、部门概况〔注3〕" in lines
    assert "示财〔2022〕1号文件规定，编制12人。〔注1、注3〕" in lines
    assert "全年支出100万元。〔注2〕" in lines


def test_a_value_among_other_words_has_its_mark_behind_it() -> None:
    document = drawn(RECORD, remark(1, (("元数据", "发文机构"), 0)))
    marked = [each for each in (*lines_of(document), *(c.marked for c in cells_of(document)))
              if "〔注1〕" in each]  # fmt: skip
    assert len(marked) == 1
    assert "示例县民政局〔注1〕" in marked[0]


def test_a_row_that_repeats_has_its_own_marks() -> None:
    document = drawn(
        RECORD,
        remark(1, (("附件2", "绩效指标", 1, "得分"), None)),
        remark(2, (("附件2", "绩效指标", 1, "一级指标"), None)),
    )
    marked = [cell.marked for cell in cells_of(document) if "〔" in cell.marked]
    assert marked == ["产出指标〔注2〕", "10〔注1〕"]  # the first is joined of both rows


def test_marks_differ_from_what_the_record_says() -> None:
    text = RECORD.replace("全年", "〔注1〕〔核注2〕全年")
    document = drawn(text, remark(1, STAFF), remark(2, STAFF))
    (cell,) = [each for each in cells_of(document) if each.mark]
    assert cell.mark == "〔核核注1、核核注2〕"
    assert "核核注1　不符合“人数应当一致”（规则 C1）" in lines_of(document)
    report = imported(blocks_of(document)).record()["附件4"]
    assert isinstance(report, dict)
    assert report["正文"] == "\n".join(REPORT.splitlines()).replace("全年", "〔注1〕〔核注2〕全年")


def test_the_remarks_stand_at_the_end() -> None:
    both = remark(2, STAFF, in_report("12人"), explanation="一是笔误。\n二是已改。")
    *_, sheet = drawn(RECORD, remark(1, STAFF), both).sheets
    assert sheet.name == "核对说明"
    assert [block.text for block in sheet.blocks if isinstance(block, Line)] == [
        "核对说明",
        "以下说明不是原件的内容。",
        "注1　不符合“人数应当一致”（规则 C1）",
        "附件3/编制人数：“12”",
        "笔误（2024年5月6日）",
        "注2　不符合“人数应当一致”（规则 C1）",
        "附件3/编制人数：“12”",
        "附件4/正文：“12”",
        "一是笔误。",
        "二是已改。（2024年5月6日）",
        "（核对说明完）",
    ]


def test_without_remarks_nothing_is_added() -> None:
    public = f"{RECORD}审核: {{状态: 已发布}}\n"
    assert [sheet.name for sheet in drawn(public).sheets] == ["元数据", "附件2", "附件3", "附件4"]
    assert "核对说明" not in "".join(lines_of(drawn(public)))


# --- what is public -------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["草稿", "待审", "已审"])
def test_what_is_not_public_says_so_above(status: str) -> None:
    first, *rest = lines_of(drawn(f"{RECORD}审核: {{状态: {status}}}\n"))
    assert first == f"未公开预览：状态是“{status}”，请勿传播"
    assert rest == lines_of(drawn(f"{RECORD}审核: {{状态: 已发布}}\n"))


def test_what_was_withdrawn_is_not_drawn() -> None:
    with pytest.raises(DocumentError, match="已撤回，不能再导出"):
        drawn(f"{RECORD}审核: {{状态: 已撤回, 撤回日期: 2024年5月6日, 撤回原因: 有误}}\n")


@pytest.mark.parametrize("kind", [kind for kind in WRITERS if kind != "pdf"])
def test_who_reviewed_is_in_no_file(kind: str) -> None:
    audit = "审核: {状态: 待审, 一审: {日期: 2024年5月6日, 意见: 通过, 审核人: 欧阳*}}\n"
    written = write_document(drawn(RECORD + audit, remark(1, STAFF)), kind)
    assert "欧阳" not in str(READERS[kind](written))


# --- files ----------------------------------------------------------------------------------------


def test_excel_still_calculates_with_a_number_that_has_a_mark() -> None:
    row = ("附件2", "绩效指标", 0, "得分")
    data = write_document(drawn(RECORD, remark(1, STAFF, (row, None))), "xlsx")
    cells = [
        (cell.value, cell.number_format)
        for sheet in openpyxl.load_workbook(BytesIO(data))
        for each in sheet.iter_rows()
        for cell in each
        if "〔注1〕" in str(cell.number_format)
    ]
    assert cells == [(9.5, '0.0"〔注1〕"'), (12, '0"〔注1〕"')]


def test_marks_are_raised_in_word_and_on_web_pages() -> None:
    document = drawn(RECORD, remark(1, STAFF, in_report("12人")))
    word = docx.Document(BytesIO(write_document(document, "docx")))
    runs = [Run(each, word) for each in word.element.body.iter("{*}r")]
    raised = [run.text for run in runs if run.font.superscript]
    assert raised == ["〔注1〕", "〔注1〕"]
    page = html.document_fromstring(write_document(document, "html").decode())
    assert [each.text for each in page.iter("sup")] == ["〔注1〕", "〔注1〕"]
    (report,) = [e.getparent() for e in page.iter("sup") if e.getparent().tag == "p"]
    assert etree.tostring(report, method="text", encoding="unicode").strip() == (
        "示财〔2022〕1号文件规定，编制12人。〔注1〕"
    )


def test_a_pdf_has_the_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []

    def compiled(*_: object, sys_inputs: dict[str, str], **__: object) -> bytes:
        given.append(sys_inputs["document"])
        return b"%PDF-"

    monkeypatch.setattr("typst.compile", compiled)
    write_document(drawn(RECORD, remark(1, STAFF)), "pdf")
    assert '"text": "12〔注1〕"' in given[0]
    assert "注1　不符合“人数应当一致”（规则 C1）" in given[0]


@pytest.mark.parametrize("kind", READERS)
def test_an_example_of_every_kind_of_place_comes_back(kind: str) -> None:
    document = drawn(
        RECORD,
        remark(1, STAFF, in_report("12人"), (("附件2", "绩效指标", 1, "得分"), None)),
        remark(2, STAFF, (TICKS, None), (("附件3", "自评结论"), 0), (("元数据", "文号"), None)),
        remark(3, in_report("一、"), (("附件2", "绩效指标", 0, "一级指标"), 0)),
    )
    result = imported(READERS[kind](write_document(document, kind)))
    bare = imported(blocks_of(drawn(RECORD)))
    assert result.record() == bare.record()
    assert result.remarks == 3
    assert not result.unplaced
    assert not result.doubts
    told = "核对说明 3 条和文中的标记是导出时加的，不是原件的内容，没有读入"
    assert told in list(report_lines(result))
    assert told not in list(report_lines(bare))


def leaves(node: Node, where: Where = ()) -> Iterator[tuple[Where, str]]:
    """Every value of a record, the empty ones too. Ticks are one value."""
    if isinstance(node, dict):
        for key, each in node.items():
            if key != "表式":
                yield from leaves(each, (*where, key))
    elif isinstance(node, list) and any(isinstance(each, dict) for each in node):
        for number, each in enumerate(node):
            yield from leaves(each, (*where, number))
    else:
        yield where, node if isinstance(node, str) else ""


def check_remarks(kind: str | None, nodes: dict[str, Node], data: st.DataObject) -> None:
    places = list(leaves(nodes))
    remarks = [
        remark(
            number,
            *(
                (where, data.draw(st.none() | st.integers(0, len(text))))
                for where, text in data.draw(
                    st.lists(st.sampled_from(places), min_size=1, max_size=9)
                )
            ),
            explanation=data.draw(st.sampled_from(["笔误。", "甲\n\n乙", "核对说明", f"{NOTE}"])),
        )
        for number in range(1, data.draw(st.integers(2, 12)))
    ]
    document = drawn(record_text(nodes), *remarks)
    blocks = blocks_of(document) if kind is None else READERS[kind](write_document(document, kind))
    result = imported(blocks)
    assert result.record() == nodes
    assert result.remarks == len(remarks)


@pytest.mark.parametrize("kind", [None, *READERS])
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(nodes=records(FORMS), data=st.data())
def test_a_record_with_remarks_comes_back(
    kind: str | None, nodes: dict[str, Node], data: st.DataObject
) -> None:
    check_remarks(kind, nodes, data)


@pytest.mark.soak
@pytest.mark.parametrize("kind", [None, *READERS])
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(nodes=records(FORMS), data=st.data())
def test_many_records_with_remarks_come_back(
    kind: str | None, nodes: dict[str, Node], data: st.DataObject
) -> None:
    check_remarks(kind, nodes, data)


@pytest.mark.parametrize("kind", READERS)
def test_every_value_of_a_record_may_have_a_mark(kind: str) -> None:
    bare = imported(blocks_of(drawn(RECORD))).record()
    everywhere = [(where, None) for where, _ in leaves(bare)]
    document = drawn(RECORD, remark(1, *everywhere), remark(12, *everywhere))
    assert imported(READERS[kind](write_document(document, kind))).record() == bare


# --- what is taken out, and what is not -----------------------------------------------------------


def as_blocks(text: str) -> list[Block]:
    return [Line(line) for line in text.split("\n")]


def left_of(text: str) -> str:
    return "\n".join(
        each.text for each in original(as_blocks(text)).blocks if isinstance(each, Line)
    )


TAIL = "\n".join([TITLE, NOTE, "注1　不符合“人数应当一致”（规则 C1）", "笔误（2024年5月6日）", END])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"编制12人〔注1〕，见〔2022〕1号\n{TAIL}", "编制12人，见〔2022〕1号"),
        (f"甲〔注1、注12〕乙〔注3〕\n{TAIL}", "甲乙"),
        (f"甲〔注1〕\n{TITLE}\n\n{NOTE}\n注1　甲（规则 C1）\n未完", "甲"),  # its end was cut off
        (f"甲〔注1〕\n{TAIL}\n又及", "甲\n又及"),
        (f"甲〔注1〕\n{TAIL}\n乙〔注2〕\n{TAIL}", "甲\n乙"),  # two files put together
        ("未公开预览：状态是“草稿”，请勿传播\n甲", "甲"),
    ],
)
def test_what_an_export_added_is_taken_out(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "示财〔2022〕1号",
        "甲〔注1〕\n乙",
        f"甲\n{TITLE}\n乙",
        f"甲\n{TITLE}",
        f"{NOTE}\n甲",
        "一是未公开预览：状态是“草稿”，请勿传播",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize("text", ["见〔注〕和〔核注2〕〔注1、2〕〔 注1〕", "甲〔核注1〕"])
def test_marks_of_other_words_stay_beside_remarks(text: str) -> None:
    assert left_of(f"{text}〔注1〕\n{TAIL}") == text


def test_marks_without_remarks_are_doubted() -> None:
    document = drawn(RECORD, remark(1, in_report("12人")))
    blocks = [block for sheet in document.sheets[:-1] for block in sheet.blocks]
    (doubt,) = imported(blocks).doubts
    assert "“〔注1〕”像是导出时加的标记" in doubt.text
