"""Excel files that are written: they read as what was written, and look as a form should."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.documents.formats.excel import read_excel, write_excel
from generator.documents.model import Block, Cell, Document, Line, LineKind, Sheet, Table
from generator.errors import DocumentError

TEXTS = st.text(alphabet="甲乙12 \t|<&{}='\"_x0041+-@.%☑□䶮𫖯", max_size=12)
SPECIAL = st.sampled_from(
    ["_x0041_", "_x005F_x0041_", "_x000D_", "x005F_", "=1+1", "'甲", "#N/A", "TRUE", "010", "-"]
)
LINES = st.one_of(TEXTS, SPECIAL)
CELLS = st.lists(LINES, max_size=3).map("\n".join)
NUMBERS = st.sampled_from(["", "704.70", "0", "-3", "97.14%", "0.00", "100%", "1,234.50", "007"])
WORDS = CELLS.filter(str.strip)
KINDS: list[LineKind] = ["标签", "标题", "副题", "行", "正文", "落款"]


@st.composite
def tables(draw: st.DrawFn, least_columns: int = 1) -> Table:
    """Tables with joined cells. The first column is filled and never joined to the row above."""
    widths = tuple(draw(st.lists(st.integers(1, 20), min_size=least_columns, max_size=5)))
    rows: list[list[list[int]]] = []
    """For each row its cells: first column, end, height; the height of a continued one is 0."""
    for number in range(draw(st.integers(1, 5))):
        cuts = draw(st.sets(st.integers(1, len(widths) - 1))) if len(widths) > 1 else set()
        edges = [0, *sorted(cuts), len(widths)]
        row = [[left, right, 1] for left, right in pairwise(edges)]
        for cell in row[1:]:
            above = [
                (up, other)
                for up in range(number)
                for other in rows[up]
                if other[:2] == cell[:2] and up + other[2] == number
            ]
            if above and draw(st.booleans()):
                above[0][1][2] += 1
                cell[2] = 0
        rows.append(row)
    cells = []
    for number, row in enumerate(rows):
        for left, right, height in row:
            if height:
                is_number = left > 0 and draw(st.booleans())
                text = draw(NUMBERS if is_number else CELLS if left else WORDS)
                cells.append(Cell(number, left, height, right - left, text, not left, is_number))
    return Table(widths, tuple(cells))


@st.composite
def lines(draw: st.DrawFn) -> Line:
    kind = draw(st.sampled_from(KINDS))
    return Line(draw(LINES), kind, draw(st.integers(0, 3)) if kind == "正文" else 0)


def documents() -> st.SearchStrategy[Document]:
    sheets = st.builds(Sheet, LINES, st.lists(st.one_of(lines(), tables()), max_size=5).map(tuple))
    return st.builds(Document, LINES, st.lists(sheets, max_size=3).map(tuple))


def rows_of(blocks: list[Block]) -> Iterator[Any]:
    """What must be the same: lines and whether they are signed, rows of tables with their texts.

    A row that is one cell is as good as a line, and empty ones may be lost.
    """
    for block in blocks:
        if isinstance(block, Line):
            signed = block.kind == "落款"
            if block.text.strip() or signed:
                yield block.text if block.text.strip() else "", signed
            continue
        for number in range(block.height):
            row = [cell for cell in block.cells if cell.row == number]
            if len(row) == 1 and row[0].colspan == len(block.widths):
                yield from ((line, False) for line in row[0].text.split("\n") if line.strip())
            else:
                yield [(cell.text, cell.rowspan) for cell in row]


def written_rows(document: Document) -> list[Any]:
    rows = []
    for sheet in document.sheets:
        found = list(rows_of(list(sheet.blocks)))
        if any(isinstance(row, list) or row[0] for row in found):  # not only places to sign
            rows += found
    return rows


def check_again(document: Document) -> None:
    """What is written is read, and the same bytes are written again."""
    written = write_excel(document)
    assert list(rows_of(read_excel(written))) == written_rows(document)
    assert write_excel(document) == written


@settings(max_examples=50)
@given(documents())
def test_what_is_written_is_read_and_the_same_again(document: Document) -> None:
    check_again(document)


@pytest.mark.soak
@settings(max_examples=500)
@given(documents())
def test_what_is_written_is_read_whatever_it_is(document: Document) -> None:
    check_again(document)


@settings(max_examples=50)
@given(tables(least_columns=2).filter(lambda table: any(cell.column for cell in table.cells)))
def test_a_table_alone_keeps_its_columns(table: Table) -> None:
    blocks = read_excel(write_excel(Document("", (Sheet("附件3", (table,)),))))
    wide = [cell for cell in table.cells if cell.colspan < len(table.widths)]
    found = [cell for block in blocks if isinstance(block, Table) for cell in block.cells]
    assert [(cell.column, cell.colspan, cell.rowspan, cell.text) for cell in found] == [
        (cell.column, cell.colspan, cell.rowspan, cell.text) for cell in wide
    ]


def one_table(*cells: Cell, columns: int = 2) -> Document:
    return Document("示例县", (Sheet("附件3", (Table((1,) * columns, cells),)),))


def opened(document: Document) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(write_excel(document)))


def test_nothing_in_the_file_is_of_today() -> None:
    data = write_excel(one_table(Cell(0, 0, 1, 2, "甲")))
    with ZipFile(BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"openpyxl" not in archive.read("docProps/core.xml")
    properties = openpyxl.load_workbook(BytesIO(data)).properties
    assert properties.title == "示例县"
    assert properties.created == properties.modified == datetime(1980, 1, 1)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-", "@甲", "010", "#N/A", "TRUE", "2023-5-6"])
def test_text_is_never_a_formula_or_number(text: str) -> None:
    cell = opened(one_table(Cell(0, 0, 1, 1, "甲"), Cell(0, 1, 1, 1, text))).worksheets[0]["B1"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
    assert cell.quotePrefix is (text[0] in "=+-@")


def test_a_line_break_and_white_around_a_text_are_kept() -> None:
    text = "  甲\t\n\n乙 "
    data = write_excel(one_table(Cell(0, 0, 1, 1, "甲"), Cell(0, 1, 1, 1, text)))
    (table,) = read_excel(data)
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["甲", text]


def test_numbers_are_numbers() -> None:
    document = one_table(
        Cell(0, 0, 1, 1, "甲"),
        Cell(0, 1, 1, 1, "704.70", is_number=True),
        Cell(1, 0, 1, 1, "704.70"),
        Cell(1, 1, 1, 1, "1,234.50", is_number=True),
        Cell(2, 0, 1, 1, "乙"),
        Cell(2, 1, 1, 1, "", is_number=True),
    )
    sheet = opened(document).worksheets[0]
    assert (sheet["B1"].value, sheet["B1"].number_format) == (704.7, "0.00")
    assert (sheet["A2"].value, sheet["A2"].number_format) == ("704.70", "@")
    assert (sheet["B2"].value, sheet["B2"].number_format) == ("1,234.50", "@")
    assert (sheet["B3"].value, sheet["B3"].number_format) == (None, "@")  # 704.70 keeps its zero


def test_options_are_a_list_to_choose_from() -> None:
    cells = [Cell(row, 0, 1, 1, "甲") for row in range(3)]
    cells += [Cell(row, 1, 1, 1, "", options=("是☑ 否□", '"是" 否')) for row in range(2)]
    cells.append(Cell(2, 1, 1, 1, "", options=("有", "无")))
    found = opened(one_table(*sorted(cells, key=lambda cell: (cell.row, cell.column))))
    validations = found.worksheets[0].data_validations.dataValidation
    assert [(str(entry.sqref), entry.formula1) for entry in validations] == [
        ("B1 B2", '"是☑ 否□,""是"" 否"'),
        ("B3", '"有,无"'),
    ]
    assert {entry.errorStyle for entry in validations} == {"warning"}


@pytest.mark.parametrize(
    "options", [("一,二", "三"), ("甲" * 255, "乙"), (" 甲", "乙"), ("一\n二",)]
)
def test_options_that_a_list_cannot_hold_are_typed(options: tuple[str, ...]) -> None:
    sheet = opened(one_table(Cell(0, 0, 1, 1, "甲"), Cell(0, 1, 1, 1, "", options=options)))
    assert sheet.worksheets[0].data_validations.dataValidation == []


def test_a_text_that_excel_would_cut_is_refused() -> None:
    longest = one_table(Cell(0, 0, 1, 1, "甲"), Cell(0, 1, 1, 1, "字" * 32767))
    (table,) = read_excel(write_excel(longest))
    assert isinstance(table, Table)
    assert [len(cell.text) for cell in table.cells] == [1, 32767]
    with pytest.raises(DocumentError, match=r"工作表“附件3”的 B1 有 32768 个字符"):
        write_excel(one_table(Cell(0, 0, 1, 1, "甲"), Cell(0, 1, 1, 1, "字" * 32766 + "𫖯")))


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["附件3", "附件4"], ["附件3", "附件4"]),
        (["甲", "甲", "甲"], ["甲", "甲 (2)", "甲 (3)"]),
        (["A", "a"], ["A", "a (2)"]),
        (["一[二]:三*四?五/六\\七"], ["一-二--三-四-五-六-七"]),
        (["", "'甲'", "History"], ["表", "甲", "History (2)"]),
        (["字" * 40, "字" * 40], ["字" * 31, "字" * 27 + " (2)"]),
        (["𫖯" * 20], ["𫖯" * 15]),
    ],
)
def test_names_that_excel_takes(names: list[str], expected: list[str]) -> None:
    line = (Line("甲"),)
    workbook = opened(Document("", tuple(Sheet(name, line) for name in names)))
    assert workbook.sheetnames == expected


def test_a_page_is_upright_unless_the_table_is_wide() -> None:
    for columns, orientation in [(7, "portrait"), (8, "landscape")]:
        sheet = opened(one_table(Cell(0, 0, 1, columns, "甲"), columns=columns)).worksheets[0]
        assert sheet.page_setup.orientation == orientation
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_cells_are_joined_and_bordered_as_drawn() -> None:
    document = one_table(
        Cell(0, 0, 2, 1, "收入", is_label=True),
        Cell(0, 1, 1, 2, "一"),
        Cell(1, 1, 1, 1, "二"),
        Cell(1, 2, 1, 1, "三"),
        columns=3,
    )
    sheet = opened(document).worksheets[0]
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:A2", "B1:C1"]
    assert sheet["A1"].alignment.horizontal == "center"
    assert sheet["B1"].alignment.horizontal == "left"
    for row in sheet["A1:C2"]:
        assert all(cell.border.bottom.style or cell.border.top.style for cell in row)


def test_columns_keep_their_proportions() -> None:
    first = Table((1, 3), (Cell(0, 0, 1, 1, "甲"), Cell(0, 1, 1, 1, "乙")))
    second = Table((1, 1), (Cell(0, 0, 1, 1, "丙"), Cell(0, 1, 1, 1, "丁")))
    sheet = opened(Document("", (Sheet("表", (first, Line("又"), second)),))).worksheets[0]
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths[0] == widths[1] == widths[2] / 2
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A2:C2", "A3:B3", "B1:C1"]


def test_boundaries_that_nearly_meet_are_one() -> None:
    first = Table((100, 101), (Cell(0, 0, 1, 1, "甲"), Cell(0, 1, 1, 1, "乙")))
    second = Table((1, 1), (Cell(0, 0, 1, 1, "丙"), Cell(0, 1, 1, 1, "丁")))
    sheet = opened(Document("", (Sheet("表", (first, Line("又"), second)),))).worksheets[0]
    assert sheet.max_column == 2


def test_rows_are_as_high_as_their_texts() -> None:
    document = one_table(
        *(Cell(0, 0, 1, 1, "甲"), Cell(0, 1, 1, 1, "乙")),
        *(Cell(1, 0, 1, 1, "甲"), Cell(1, 1, 1, 1, "字" * 200)),
        *(Cell(2, 0, 2, 1, "甲"), Cell(2, 1, 1, 1, "乙"), Cell(3, 1, 1, 1, "丙\n丁\n戊")),
    )
    sheet = opened(document).worksheets[0]
    heights = [sheet.row_dimensions[row].height for row in range(1, 5)]
    assert heights[0] < heights[3] < heights[1]
    assert heights[1] > 200 / 20 * 11  # no more than twenty letters fit a line


def test_a_text_higher_than_a_row_can_be_takes_several() -> None:
    text = "\n".join(map(str, range(100)))
    document = one_table(
        *(Cell(0, 0, 1, 1, "甲"), Cell(0, 1, 1, 1, text)),
        *(Cell(1, 0, 1, 1, "乙"), Cell(1, 1, 1, 1, "丙")),
    )
    data = write_excel(document)
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    rows = sheet.max_row - 1
    heights = [sheet.row_dimensions[row].height for row in range(1, rows + 1)]
    assert rows > 1
    assert max(heights) <= 409
    assert sum(heights) > 100 * 11
    (table,) = read_excel(data)
    assert isinstance(table, Table)
    assert [(cell.row, cell.rowspan, cell.text) for cell in table.cells] == [
        (0, 1, "甲"),
        (0, 1, text),
        (1, 1, "乙"),
        (1, 1, "丙"),
    ]


def test_lines_are_read_as_lines_also_without_a_table() -> None:
    lines = (
        Line("标", "标题"),
        Line("", "落款"),
        Line("示例县", "落款"),
        Line("字" * 3000, "正文"),
    )
    found = read_excel(write_excel(Document("", (Sheet("附件4", lines),))))
    assert [(line.text, line.kind) for line in found if isinstance(line, Line)] == [
        ("标", "行"),
        ("", "落款"),
        ("示例县", "落款"),
        ("字" * 3000, "行"),
    ]


def test_a_document_without_sheets_can_be_opened() -> None:
    assert read_excel(write_excel(Document("", ()))) == []
