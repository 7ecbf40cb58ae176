"""Tables as Excel files: numbers are numbers, texts are never formulas, the same bytes each time.

openpyxl makes all of a file but the rows of its sheets, and no more often than there are kinds of
files: it takes 0.3 ms for a row, which is ten times what a whole page takes for a record. It is
loaded when the first file is made, in 0.2 s: most builds make none.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from io import BytesIO
from itertools import islice
from zipfile import ZipFile

from generator.documents.formats.excel_text import LONGEST_TEXT, escaped, length_of
from generator.opendata.archive import Members, archive
from generator.opendata.tables import Column

MOST_ROWS = 1_048_576
"""Of a sheet, its head counted."""
TOO_LONG = "（文字太长，Excel 一格放不下，请看 CSV 或 JSON 文件）"
"""Stands for a text that is longer than a cell can be."""
_TITLE = "公开数据"
_EXACT_DIGITS = 15
"""A number with more would be another one in Excel."""
_BATCH = 500
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_ROWS = b"<sheetData></sheetData>"
_WIDTHS = {"integer": 9, "number": 14, "date": 12, "string": 18}
"""In the digits that Excel counts widths in."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as a sheet."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[str]]
    """Texts; no more than fit, see `MOST_ROWS`."""


def workbook(sheets: Sequence[Sheet]) -> AbstractContextManager[Iterator[bytes]]:
    """The pieces of a file, while the context lasts."""
    return archive(_members(sheets))


def _members(sheets: Sequence[Sheet]) -> Members:
    for name, content in _empty(tuple((each.name, each.columns) for each in sheets)):
        before, mark, behind = content.partition(_NO_ROWS)
        if mark:
            number = int(re.sub(r"\D", "", name))
            yield name, _sheet(before, sheets[number - 1], behind)
        else:
            yield name, (content,)


@lru_cache(maxsize=8)
def _empty(sheets: tuple[tuple[str, tuple[Column, ...]], ...]) -> tuple[tuple[str, bytes], ...]:
    """The files of a workbook whose sheets have no rows yet."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    from generator.documents.formats.excel_file import properties, saved

    made = Workbook()
    made.remove(made.worksheets[0])
    made.properties = properties(_TITLE)
    for name, columns in sheets:
        sheet = made.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, column in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS[column.kind]
    with ZipFile(BytesIO(saved(made))) as zipped:
        return tuple((name, zipped.read(name)) for name in zipped.namelist())


def _sheet(before: bytes, sheet: Sheet, behind: bytes) -> Iterator[bytes]:
    from openpyxl.utils import get_column_letter

    letters = [get_column_letter(number) for number in range(1, len(sheet.columns) + 1)]
    numbers = [column.kind in ("integer", "number") for column in sheet.columns]
    yield before + b"<sheetData>"
    head = [column.name for column in sheet.columns]
    yield _row(1, head, letters, [False] * len(head)).encode()
    rows = enumerate(sheet.rows, 2)
    while batch := [_row(number, row, letters, numbers) for number, row in islice(rows, _BATCH)]:
        yield _NO_XML.sub("\ufffd", "".join(batch)).encode()
    yield b"</sheetData>" + behind


def _row(number: int, texts: Sequence[str], letters: Sequence[str], numbers: Sequence[bool]) -> str:
    cells = (
        _cell(f"{letter}{number}", text, is_number)
        for letter, text, is_number in zip(letters, texts, numbers, strict=True)
        if text
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, text: str, is_number: bool) -> str:
    if is_number and sum(map(str.isdigit, text)) <= _EXACT_DIGITS:
        return f'<c r="{place}"><v>{text}</v></c>'
    if len(text) > LONGEST_TEXT // 2 and length_of(text) > LONGEST_TEXT:
        text = TOO_LONG
    text = escape(escaped(text) if "_x" in text else text, quote=False)
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
