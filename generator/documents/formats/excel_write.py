"""A document as an Excel file (.xlsx): to fill in, to print, and to be read again.

Text is never a formula; numbers are numbers where the figure with its format is exactly what was
written. A text that is too long for the height of a row is joined over several rows.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from generator.documents.formats.excel_file import properties, saved
from generator.documents.formats.excel_layout import (
    row_heights,
    share_columns,
    split_height,
    text_height,
)
from generator.documents.formats.excel_numbers import to_number
from generator.documents.formats.excel_text import LONGEST_TEXT, escaped, length_of
from generator.documents.model import Cell, Document, Line, Sheet, Table
from generator.errors import DocumentError

_LONGEST_NAME = 31
_LONGEST_LIST = 255
"""Characters in a sheet's name, and in a list to choose from."""

_WIDEST = 7
"""More columns than this do not fit an upright page."""
_UPRIGHT, _LYING = 88, 134
"""Widths of the paper between the margins, in the digits that Excel counts widths in."""
_MARGIN = 0.79
"""Inches: 2 cm."""
_A4 = 9

_RULER = Font("Arial", 10)
"""Columns are as many of its digits wide. It, or one with the same widths, is on every computer."""

_TABLE_SIZE, _LINE_SIZE, _TITLE_SIZE = 11, 12, 18
_LINE_STYLES = {"标签": "标签", "标题": "标题", "副题": "副题", "行": "行", "落款": "落款"}
_HEADING_STYLES = ("正文", "正文一级", "正文二级", "正文三级")


def write_excel(document: Document) -> bytes:
    """The file. Raises DocumentError for a text that Excel cannot hold."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties = properties(document.title)
    workbook._named_styles["Normal"].font = _RULER  # type: ignore[attr-defined]
    for style in _styles():
        workbook.add_named_style(style)
    for sheet, name in zip(document.sheets, _names(document), strict=True):
        _write_sheet(workbook.create_sheet(name), sheet)
    if not document.sheets:
        workbook.create_sheet("空")  # Excel opens no file without a sheet
    return saved(workbook)


def _styles() -> Iterator[NamedStyle]:
    """New ones each time: a workbook makes those that it is given its own."""
    thin = Side(style="thin")
    border = Border(left=thin, right=thin, top=thin, bottom=thin)

    def style(name: str, font: Font, alignment: Alignment, border: Border) -> NamedStyle:
        return NamedStyle(name, font=font, alignment=alignment, border=border)

    def line(name: str, font: str, horizontal: str, size: float = _LINE_SIZE) -> NamedStyle:
        alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
        return style(name, Font(font, size), alignment, Border())

    yield line("标签", "黑体", "left")
    yield line("标题", "黑体", "center", _TITLE_SIZE)
    yield line("副题", "仿宋", "center")
    yield line("行", "仿宋", "left")
    yield line("落款", "仿宋", "right")
    body = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    yield style("正文", Font("仿宋", _LINE_SIZE), body, Border())
    yield style("正文一级", Font("黑体", _LINE_SIZE), body, Border())
    yield style("正文二级", Font("楷体", _LINE_SIZE), body, Border())
    yield style("正文三级", Font("仿宋", _LINE_SIZE, bold=True), body, Border())
    cell = Font("仿宋", _TABLE_SIZE)
    left = Alignment(horizontal="left", vertical="center", wrap_text=True)
    centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
    # A number that does not fit is drawn as ####, and does not wrap.
    figure = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
    yield style("表内文字", cell, left, border)
    yield style("表内居中", cell, centre, border)
    yield style("表内数字", cell, figure, border)


def _names(document: Document) -> Iterator[str]:
    """Names that Excel takes: short, unlike each other, without the characters of its formulas."""
    taken: set[str] = set()
    for sheet in document.sheets:
        wanted = re.sub(r"[\[\]:*?/\\]", "-", sheet.name).strip("' ") or "表"
        name, number = _shortened(wanted, ""), 1
        while name.casefold() in taken or name.casefold() == "history":
            number += 1
            name = _shortened(wanted, f" ({number})")
        taken.add(name.casefold())
        yield name


def _shortened(name: str, ending: str) -> str:
    while length_of(name + ending) > _LONGEST_NAME:
        name = name[:-1]
    return name.strip("' ") + ending


def _write_sheet(worksheet: Worksheet, sheet: Sheet) -> None:
    tables = [block for block in sheet.blocks if isinstance(block, Table)]
    columns = share_columns([table.widths for table in tables])
    is_wide = any(len(table.widths) > _WIDEST for table in tables)
    _set_page(worksheet, is_wide)
    paper = _LYING if is_wide else _UPRIGHT
    widths = [round(float(part * paper), 2) for part in columns.widths]
    for number, width in enumerate(widths, 1):
        worksheet.column_dimensions[get_column_letter(number)].width = width
    writer = _SheetWriter(worksheet, widths)
    boundaries = iter(columns.boundaries)
    for block in sheet.blocks:
        if isinstance(block, Line):
            writer.add_line(block)
        else:
            writer.add_table(block, next(boundaries))
    writer.finish()


def _set_page(worksheet: Worksheet, is_wide: bool) -> None:
    worksheet.page_setup.paperSize = _A4
    worksheet.page_setup.orientation = "landscape" if is_wide else "portrait"
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0  # as many pages as it takes
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.page_margins = PageMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    worksheet.print_options.horizontalCentered = True
    worksheet.sheet_view.showGridLines = False


class _SheetWriter:
    """Fills a worksheet from above."""

    def __init__(self, worksheet: Worksheet, widths: list[float]) -> None:
        self._worksheet = worksheet
        self._widths = widths
        self._next_row = 1
        self._joined: set[CellRange] = set()
        self._choices: dict[tuple[str, ...], set[CellRange]] = {}

    def add_line(self, line: Line) -> None:
        """A row that is one cell."""
        style = _HEADING_STYLES[line.level] if line.kind == "正文" else _LINE_STYLES[line.kind]
        size = _TITLE_SIZE if line.kind == "标题" else _LINE_SIZE
        top = self._next_row
        self._add_row(text_height(line.text, sum(self._widths), size))
        cell = self._join(top, 1, self._next_row - 1, len(self._widths), style)
        self._set_text(cell, line.text)

    def add_table(self, table: Table, boundaries: tuple[int, ...]) -> None:
        """A table whose columns stand on these boundaries."""
        widths = [sum(self._widths[left:right]) for left, right in pairwise(boundaries)]
        tops = []
        for height in row_heights(table, widths, _TABLE_SIZE):
            tops.append(self._next_row)
            self._add_row(height)
        tops.append(self._next_row)
        for cell in table.cells:
            self._add_cell(
                cell,
                tops[cell.row],
                boundaries[cell.column] + 1,
                tops[cell.row + cell.rowspan] - 1,
                boundaries[cell.column + cell.colspan],
            )

    def _add_cell(self, cell: Cell, top: int, left: int, bottom: int, right: int) -> None:
        number = to_number(cell.text) if cell.is_number else None
        if number is not None:
            target = self._join(top, left, bottom, right, "表内数字")
            target.value, number_format = number
            # Behind a number a mark is a part of its format: the cell can still be calculated with.
            target.number_format = f'{number_format}"{cell.mark}"' if cell.mark else number_format
        else:
            is_short = cell.is_label or cell.is_group or cell.is_number or bool(cell.options)
            style = "表内居中" if is_short else "表内文字"
            target = self._join(top, left, bottom, right, style)
            self._set_text(target, cell.marked)
        if cell.options:
            place = CellRange(min_col=left, min_row=top, max_col=left, max_row=top)
            self._choices.setdefault(cell.options, set()).add(place)

    def finish(self) -> None:
        """What a worksheet tells of its cells together."""
        self._worksheet.merged_cells = MultiCellRange(self._joined)
        for options, places in self._choices.items():
            listed = ",".join(options)
            if _can_be_listed(options) and length_of(listed) <= _LONGEST_LIST:
                quoted = listed.replace('"', '""')
                self._worksheet.add_data_validation(
                    DataValidation(
                        type="list",
                        formula1=f'"{quoted}"',
                        allow_blank=True,
                        sqref=MultiCellRange(places),
                        showErrorMessage=True,
                        errorStyle="warning",
                        errorTitle="不在选项中",
                        error="这里应从下拉列表中选择。",
                    )
                )

    def _add_row(self, height: float) -> None:
        for part in split_height(height):
            self._worksheet.row_dimensions[self._next_row].height = part
            self._next_row += 1

    def _join(self, top: int, left: int, bottom: int, right: int, style: str) -> ExcelCell:
        """The cell at the upper left corner; the others have its borders."""
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                self._worksheet.cell(row, column).style = style
        if (top, left) != (bottom, right):
            self._joined.add(CellRange(min_col=left, min_row=top, max_col=right, max_row=bottom))
        return cast(ExcelCell, self._worksheet.cell(top, left))

    def _set_text(self, cell: ExcelCell, text: str) -> None:
        """Text as text: no formula, no number, also when a person edits it."""
        if length_of(text) > LONGEST_TEXT:
            raise DocumentError(
                f"工作表“{self._worksheet.title}”的 {cell.coordinate} 有 {length_of(text)} 个字符，"
                f"Excel 一格最多 {LONGEST_TEXT} 个；请改用 Word 等其他格式，或把这一格的内容分开"
            )
        if len(text) <= _LONGEST_LIST:
            cell.number_format = "@"  # longer ones some versions of Excel draw as ####
        if text:
            cell.value = escaped(text)
            cell.data_type = "s"
            cell.quotePrefix = text.startswith(("=", "+", "-", "@"))


def _can_be_listed(options: tuple[str, ...]) -> bool:
    """Whether Excel's lists can hold them: commas part them, white around them is dropped."""
    return all(
        option and "," not in option and "\n" not in option and option == option.strip()
        for option in options
    )
