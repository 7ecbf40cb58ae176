"""Old Excel files (.xls) as lines and tables."""

from os import devnull
from pathlib import Path

import xlrd  # type: ignore[import-untyped]
from xlrd.compdoc import SIGNATURE, CompDoc  # type: ignore[import-untyped]

from generator.documents.formats.excel_numbers import builtin_format, show, stored_number
from generator.documents.formats.excel_read import BROKEN, ENCRYPTED
from generator.documents.formats.excel_sheet import COLUMNS, ROWS, StoredSheet, blocks_of
from generator.documents.model import Block, UnreadableError

_RIGHT = 3
_VISIBLE = 0


def read_old_excel(data: bytes) -> list[Block]:
    """What stands on the worksheets that can be seen. Raises UnreadableError."""
    with Path(devnull).open("w") as silence:
        try:
            if data.startswith(SIGNATURE):
                _refuse_endless(CompDoc(data, logfile=silence))
            book = xlrd.open_workbook(
                file_contents=data, formatting_info=True, ragged_rows=True, logfile=silence
            )
            sheets = [
                _stored(book, sheet) for sheet in book.sheets() if sheet.visibility == _VISIBLE
            ]
        except UnreadableError:
            raise
        except Exception as error:  # a broken file makes xlrd raise whatever its bytes lead to
            encrypted = "encrypted" in str(error)
            raise UnreadableError(ENCRYPTED if encrypted else BROKEN) from error
    return [block for sheet in sheets for block in blocks_of(sheet)]


def _refuse_endless(container: CompDoc) -> None:
    """A small stream whose sectors lead back to themselves, which xlrd would follow for ever."""
    following = container.SSAT
    for entry in container.dirlist:
        sector, count = entry.first_SID, 0
        while entry.tot_size < container.min_size_std_stream and 0 <= sector < len(following):
            sector, count = following[sector], count + 1
            if count > len(following):
                raise UnreadableError(BROKEN)


def _stored(book: xlrd.Book, found: xlrd.sheet.Sheet) -> StoredSheet:
    sheet = StoredSheet(found.name, default_width=_width(found.defcolwidth or 8))
    sheet.widths = {column: info.width for column, info in found.colinfo_map.items()}
    sheet.merges = [(top, left, end - 1, right - 1) for top, end, left, right in found.merged_cells]
    for row in range(found.nrows):
        for column in range(found.row_len(row)):
            cell = found.cell(row, column)
            if cell.ctype == xlrd.XL_CELL_EMPTY:
                continue
            style = book.xf_list[cell.xf_index]
            if row < ROWS and column < COLUMNS:
                if _is_drawn(style.border):
                    sheet.drawn.add((row, column))
                if style.alignment.hor_align == _RIGHT:
                    sheet.right.add((row, column))
            sheet.add_text(row, column, _text(book, cell, style))
    return sheet


def _width(digits: float) -> float:
    """Column widths stand in 256ths of a digit."""
    return digits * 256


def _is_drawn(border: xlrd.formatting.XFBorder) -> bool:
    return any(
        (
            border.left_line_style,
            border.right_line_style,
            border.top_line_style,
            border.bottom_line_style,
        )
    )


def _text(book: xlrd.Book, cell: xlrd.sheet.Cell, style: xlrd.formatting.XF) -> str:
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        known = book.format_map.get(style.format_key)
        number_format = (known and known.format_str) or builtin_format(style.format_key)
        return show(stored_number(cell.value), number_format, from_1904=book.datemode == 1)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    return str(cell.value)
