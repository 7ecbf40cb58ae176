"""Excel files that others made, new and old: what is seen on their sheets, and where."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Side

from generator.documents.formats.excel import read_excel, read_old_excel
from generator.documents.model import Block, Line, Table, UnreadableError

Fill = Callable[[Any], None]
Sketch = list[str | tuple[str] | list[list[str]]]
"""A line, a signature in brackets, a table as rows of texts."""


def new(fill: Fill) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "附件3"
    fill(sheet)
    return saved(workbook)


def saved(workbook: Any) -> bytes:
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def with_part(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The file with one of its parts changed."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(file, "w") as target:
        for entry in old.namelist():
            part = old.read(entry)
            target.writestr(entry, change(part.decode()) if entry == name else part)
    return file.getvalue()


def sketch(blocks: list[Block]) -> Sketch:
    shown: Sketch = []
    for block in blocks:
        if isinstance(block, Line):
            shown.append((block.text,) if block.kind == "落款" else block.text)
        else:
            shown.append(
                [
                    [cell.text for cell in block.cells if cell.row == row]
                    for row in range(block.height)
                ]
            )
    return shown


def the_table(blocks: list[Block]) -> Table:
    (table,) = blocks
    assert isinstance(table, Table)
    return table


def a_form(sheet: Any) -> None:
    sheet["A1"] = "基础数据表"
    sheet.merge_cells("A1:C1")
    for row in (["收入", "财政", 704.7], [None, "其他", 0], ["甲", "乙"]):
        sheet.append(row)
    sheet["C2"].number_format = "0.00"
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B4:C4")
    sheet["A6"] = "示例县财政局\n2023年5月6日"
    sheet["A6"].alignment = Alignment(horizontal="right")
    sheet.merge_cells("A6:C6")
    sheet["A7"].alignment = Alignment(horizontal="right")
    sheet.merge_cells("A7:C7")


def an_old_form() -> bytes:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("附件3")
    right = xlwt.easyxf("align: horiz right")
    sheet.write_merge(0, 0, 0, 2, "基础数据表")
    sheet.write_merge(1, 2, 0, 0, "收入")
    sheet.write(1, 1, "财政")
    sheet.write(1, 2, 704.7, xlwt.easyxf(num_format_str="0.00"))
    sheet.write(2, 1, "其他")
    sheet.write(2, 2, 0)
    sheet.write(3, 0, "甲")
    sheet.write_merge(3, 3, 1, 2, "乙")
    sheet.write_merge(5, 5, 0, 2, "示例县财政局\n2023年5月6日", right)
    sheet.write_merge(6, 6, 0, 2, "", right)
    hidden = workbook.add_sheet("选项")
    hidden.write(0, 0, "看不见")
    hidden.visibility = 1
    return saved(workbook)


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param(lambda: read_excel(new(a_form)), id="xlsx"),
        pytest.param(lambda: read_old_excel(an_old_form()), id="xls"),
    ],
)
def test_a_form(blocks: Callable[[], list[Block]]) -> None:
    title, table, unit, day, empty = blocks()
    assert [title, unit, day, empty] == [
        Line("基础数据表", place="附件3!A1"),
        Line("示例县财政局", "落款", place="附件3!A6"),
        Line("2023年5月6日", "落款", place="附件3!A6"),
        Line("", "落款", place="附件3!A7"),
    ]
    assert isinstance(table, Table)
    assert table.place == "工作表“附件3”"
    assert [
        (cell.row, cell.column, cell.rowspan, cell.colspan, cell.text, cell.place)
        for cell in table.cells
    ] == [
        (0, 0, 2, 1, "收入", "附件3!A2"),
        (0, 1, 1, 1, "财政", "附件3!B2"),
        (0, 2, 1, 1, "704.70", "附件3!C2"),
        (1, 1, 1, 1, "其他", "附件3!B3"),
        (1, 2, 1, 1, "0", "附件3!C3"),
        (2, 0, 1, 1, "甲", "附件3!A4"),
        (2, 1, 1, 2, "乙", "附件3!B4"),
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (704.7, "0.00", "704.70"),
        (704.7199999999999, "0.00", "704.72"),
        (1234.5, "#,##0.00", "1234.50"),
        (0.9714, "0.00%", "97.14%"),
        (35, "General", "35"),
        (1e15, "General", "1000000000000000"),
        (date(2023, 5, 6), "yyyy/m/d", "2023年5月6日"),
        (datetime(2023, 5, 6, 10, 30), "yyyy/m/d h:mm", "2023年5月6日 10:30"),
        (True, "General", "TRUE"),
        ("010", "@", "010"),
    ],
)
def test_values_of_both_kinds_of_file(value: Any, number_format: str, text: str) -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["甲", value])
        sheet["B1"].number_format = number_format

    workbook = xlwt.Workbook()
    old = workbook.add_sheet("附件3")
    old.write(0, 0, "甲")
    old.write(0, 1, value, xlwt.easyxf(num_format_str=number_format))
    for blocks in (read_excel(new(fill)), read_old_excel(saved(workbook))):
        assert sketch(blocks) == [[["甲", text]]]


def test_what_openpyxl_types_itself() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["甲", "#DIV/0!", "=SUM(A2:A3)"])
        sheet["D1"] = CellRichText("甲", TextBlock(InlineFont(b=True), "乙 "), "丙")

    assert sketch(read_excel(new(fill))) == [[["甲", "#DIV/0!", "=SUM(A2:A3)", "甲乙 丙"]]]


SHEET = "xl/worksheets/sheet1.xml"


def with_cells(cells: str) -> bytes:
    """A file whose first row is given as it is stored."""
    data = new(lambda sheet: sheet.append(["占位"]))
    return with_part(
        data,
        SHEET,
        lambda part: (
            part[: part.index("<sheetData>")]
            + f"<sheetData><row>{cells}</row></sheetData>"
            + part[part.index("</sheetData>") + len("</sheetData>") :]
        ),
    )


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("<c><v>1</v></c>", "1"),
        ("<c><f>SUM(A1:A2)</f><v>704.72</v></c>", "704.72"),
        ("<c><f>SUM(A1:A2)</f></c>", "=SUM(A1:A2)"),
        ("<c><f>SUM(A1:A2)</f><v/></c>", "=SUM(A1:A2)"),
        ('<c t="str"><f>A1&amp;""</f><v></v></c>', ""),
        ('<c t="str"><f>A1</f><v>甲_x000a_乙</v></c>', "甲\n乙"),
        ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c t="b"><v>0</v></c>', "FALSE"),
        ('<c t="inlineStr"><is><t>甲_x000D_\n乙</t></is></c>', "甲\n乙"),
        ('<c t="inlineStr"><is><t>_x005F_x0041_</t></is></c>', "_x0041_"),
        ('<c t="inlineStr"><is><t>_x0007_</t></is></c>', "_x0007_"),
        (
            '<c t="inlineStr"><is><r><t>甲</t></r><rPh sb="0" eb="1"><t>jia</t></rPh>'
            "<r><t>乙</t></r></is></c>",
            "甲乙",
        ),
    ],
)
def test_cells_as_they_are_stored(stored: str, text: str) -> None:
    name = '<c r="A1" t="inlineStr"><is><t>名</t></is></c>'
    last = '<c r="C1" t="inlineStr"><is><t>末</t></is></c>'
    assert sketch(read_excel(with_cells(name + stored + last))) == [[["名", text, "末"]]]


def test_a_formula_that_is_stored_for_several_cells() -> None:
    cells = (
        '<c r="A1"><f t="shared" ref="A1:B1" si="0">SUM(A2:A3)</f></c>'
        '<c r="B1"><f t="shared" si="0"/></c>'
    )
    assert sketch(read_excel(with_cells(cells))) == [[["=SUM(A2:A3)", "=SUM(B2:B3)"]]]


def test_a_strict_file() -> None:
    """Excel can save with other names for everything, and dates as dates."""
    data = with_cells('<c><v>1</v></c><c t="d"><v>2023-05-06T10:30:00</v></c>')
    strict = with_part(
        data,
        SHEET,
        lambda part: part.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace('<c t="d">', '<c t="d" s="1">'),
    )
    strict = with_part(
        strict,
        "xl/styles.xml",
        lambda part: part.replace("</cellXfs>", '<xf numFmtId="14"/></cellXfs>'),
    )
    assert sketch(read_excel(strict)) == [[["1", "2023年5月6日 10:30"]]]


def test_sheets_that_are_not_seen_are_not_read() -> None:
    workbook = openpyxl.Workbook()
    for name, state in [("甲", "visible"), ("乙", "hidden"), ("丙", "veryHidden")]:
        sheet = workbook.create_sheet(name)
        sheet.append([name, "文字"])
        sheet.sheet_state = state
    assert sketch(read_excel(saved(workbook))) == [[["甲", "文字"]]]


def test_empty_cells_between_are_cells_and_outside_are_none() -> None:
    def fill(sheet: Any) -> None:
        sheet["C3"], sheet["E3"], sheet["D5"] = "甲", "乙", "丙"
        sheet["H20"] = " "

    table = the_table(read_excel(new(fill)))
    assert sketch([table]) == [[["甲", "", "乙"], ["", "", ""], ["", "丙", ""]]]
    assert table.cells[0].place == "附件3!C3"


def test_a_drawn_table_keeps_its_empty_columns() -> None:
    """A form that nobody has filled yet has blanks."""

    def fill(sheet: Any) -> None:
        thin = Side(style="thin")
        for row in (1, 2):
            sheet.cell(row, 1, "标签")
            for column in (1, 2, 3):
                border = Border(left=thin, right=thin, top=thin, bottom=thin)
                sheet.cell(row, column).border = border

    assert sketch(read_excel(new(fill))) == [[["标签", "", ""], ["标签", "", ""]]]


def test_a_title_is_a_line_though_more_is_drawn_beside_the_table() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "标题"
        sheet.merge_cells("A1:B1")
        sheet.append(["甲", "乙"])
        sheet["D2"].border = Border(top=Side(style="thin"))

    assert sketch(read_excel(new(fill))) == ["标题", [["甲", "乙", "", ""]]]


def test_rows_drawn_to_the_end_of_the_sheet_have_no_blanks() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["甲", "乙"])
        for column in range(1, 300):
            sheet.cell(1, column).border = Border(top=Side(style="thin"))

    assert sketch(read_excel(new(fill))) == [[["甲", "乙"]]]


def test_a_heading_within_a_table_is_a_line() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["甲", "一"])
        sheet.append(["小计"])
        sheet.append(["乙", "二"])
        sheet.merge_cells("A2:B2")

    assert sketch(read_excel(new(fill))) == [[["甲", "一"]], "小计", [["乙", "二"]]]


def test_space_between_title_and_table_is_no_row() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["标题"])
        sheet.merge_cells("A1:B1")
        sheet["A4"], sheet["B4"] = "甲", "乙"

    assert sketch(read_excel(new(fill))) == ["标题", [["甲", "乙"]]]


def test_joins_of_whole_rows_and_columns_end_with_the_table() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["标题"])
        sheet.append(["甲", "一", "二"])
        sheet.append([None, "三", "四"])

    data = with_part(
        new(fill),
        SHEET,
        lambda part: part.replace(
            "</sheetData>",
            '</sheetData><mergeCells><mergeCell ref="A1:XFD1"/>'
            '<mergeCell ref="A2:A1048576"/></mergeCells>',
        ),
    )
    title, table = read_excel(data)
    assert sketch([title, table]) == ["标题", [["甲", "一", "二"], ["三", "四"]]]
    assert isinstance(table, Table)
    assert table.cells[0].rowspan == 2


def test_joins_that_overlap_do_not_cover_a_place_twice() -> None:
    data = with_part(
        new(lambda sheet: [sheet.append(["甲", "乙", "丙"]) for _ in range(2)]),
        SHEET,
        lambda part: part.replace(
            "</sheetData>",
            '</sheetData><mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="B1:B2"/></mergeCells>',
        ),
    )
    assert sketch(read_excel(data)) == [[["甲", "丙"], ["甲", "乙", "丙"]]]


def test_widths_are_those_of_the_file() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["甲", "乙"])
        sheet.column_dimensions["A"].width = 10
        sheet.column_dimensions["B"].width = 30

    left, right = the_table(read_excel(new(fill))).widths
    assert right == 3 * left


def test_a_sheet_formatted_to_its_end_is_read() -> None:
    """Empty cells far below, as when somebody formats whole columns, are no rows."""
    styled = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(2, 60_000))
    data = with_cells('<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>')
    data = with_part(data, SHEET, lambda part: part.replace("</row>", "</row>" + styled, 1))
    assert sketch(read_excel(data)) == [[["1", "2"]]]


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("A20001", "工作表“附件3”的行太多"),
        ("SG1", "工作表“附件3”的列太多"),
        ("SF20000", "工作表“附件3”的格太多"),
    ],
)
def test_a_sheet_that_is_no_form_is_refused(place: str, message: str) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = sheet[place] = "甲"

    with pytest.raises(UnreadableError, match=message):
        read_excel(new(fill))


def test_an_old_sheet_with_too_many_rows_is_refused() -> None:
    workbook = xlwt.Workbook()
    workbook.add_sheet("附件3").write(20_000, 0, "甲")
    with pytest.raises(UnreadableError, match="工作表“附件3”的行太多"):
        read_old_excel(saved(workbook))


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{}" Target="{}"/></Relationships>'
)


def with_picture(text: str) -> bytes:
    """A sheet on which a picture lies."""
    file = BytesIO(new(lambda sheet: sheet.append([text])))
    with ZipFile(file, "a") as archive:
        drawing = RELATIONS.format("drawing", "../drawings/drawing1.xml")
        archive.writestr("xl/worksheets/_rels/sheet1.xml.rels", drawing)
        archive.writestr("xl/drawings/drawing1.xml", "<wsDr/>")
        image = RELATIONS.format("image", "../media/image1.png")
        archive.writestr("xl/drawings/_rels/drawing1.xml.rels", image)
        archive.writestr("xl/media/image1.png", b"")
    return file.getvalue()


def test_a_picture_in_place_of_a_table_is_refused() -> None:
    with pytest.raises(UnreadableError, match="工作表“附件3”里只有图片"):
        read_excel(with_picture(""))
    assert sketch(read_excel(with_picture("甲"))) == ["甲"]


OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def packed(name: str, content: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


def a_binary_workbook() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("_rels/.rels", RELATIONS.format("officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/workbook.bin", b"")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "已损坏"),
        (b"PK\x03\x04", "已损坏"),
        (new(a_form)[:2000], "已损坏"),
        (packed("readme.txt", b""), "不是 .xlsx 文件"),
        (OLE + bytes(1000), "不是 .xlsx 文件"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "有打开密码"),
        (with_part(new(a_form), SHEET, lambda part: part[:500]), "已损坏"),
        (with_part(new(a_form), SHEET, lambda part: part.replace("<v>", "<v>x")), "已损坏"),
        (a_binary_workbook(), "不能读 .xlsb 文件"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_chinese(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        read_excel(data)


@pytest.mark.parametrize("data", [b"", OLE, OLE + bytes(5000), an_old_form()[:3000], b"<html>"])
def test_an_old_file_that_cannot_be_read_is_refused_in_chinese(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="已损坏"):
        read_old_excel(data)


def test_an_old_file_with_a_password_is_refused() -> None:
    workbook = xlwt.Workbook()
    workbook.add_sheet("附件3").write(0, 0, "甲")
    data = saved(workbook)
    # FILEPASS, which says that all after it is encrypted, in place of the record after BOF.
    start = data.index(bytes.fromhex("0908100000060500"))
    after = start + 20
    data = data[:after] + bytes.fromhex("2f000600") + bytes(6) + data[after + 10 :]
    with pytest.raises(UnreadableError, match="有打开密码"):
        read_old_excel(data)


def test_entities_are_not_followed() -> None:
    data = with_part(
        new(lambda sheet: sheet.append(["甲", 1])),
        SHEET,
        lambda part: (
            '<!DOCTYPE worksheet [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
            + part.replace("<v>1</v>", "<v>1</v><f>&e;</f>")
        ),
    )
    assert sketch(read_excel(data)) == [[["甲", "1"]]]
