"""Excel files whose texts are never formulas, and whose numbers are exact."""

import io
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from generator.opendata.excel import TOO_LONG, Sheet, workbook
from generator.opendata.tables import Column
from tests.opendata.making import record_of, xlsx_of
from tests.opendata.test_csvfile import HOSTILE

COLUMNS = (Column("值", ""), Column("数", "", "number"))


def written(*rows: tuple[str, str]) -> bytes:
    with workbook([Sheet("表", COLUMNS, rows)]) as pieces:
        return b"".join(pieces)


def cells(*rows: tuple[str, str]) -> list[tuple[object, object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(written(*rows))).worksheets[0]
    return [tuple(row) for row in sheet.iter_rows(min_row=2, values_only=True)]


@pytest.mark.parametrize(
    "text", [*(each for each in HOSTILE if "\r" not in each), "#N/A", "<b>&", " a ", "_x0041_", "1"]
)
def test_a_text_is_a_text(text: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written((text, "")))).worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.replace("_x005F_", "_") == text


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("704.70", 704.7),
        ("-0.01", -0.01),
        ("0", 0),
        ("123456789012345", 123456789012345),
        ("1234567890123456.1", "1234567890123456.1"),
        ("", None),
    ],
)
def test_a_number_is_a_number_unless_excel_would_change_it(number: str, found: object) -> None:
    assert cells(("a", number)) == [("a", found)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("字" * 32767, "字" * 32767), ("字" * 32768, TOO_LONG), ("a\ud800b\uffff", "a\ufffdb\ufffd")],
)
def test_a_text_that_no_cell_can_hold(text: str, shown: str) -> None:
    assert cells((text, ""))[0][0] == shown


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    record = record_of(tmp_path, {"说明": "一\n二", "人数": "3"})
    assert xlsx_of(record) == xlsx_of(record)
    with ZipFile(io.BytesIO(xlsx_of(record))) as zipped:
        assert {each.date_time for each in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_several_sheets_keep_their_rows() -> None:
    sheets = [Sheet(name, COLUMNS, [(name, "")]) for name in ("一", "二")]
    with workbook(sheets) as pieces:
        book = openpyxl.load_workbook(io.BytesIO(b"".join(pieces)))
    assert [(each.title, each["A2"].value) for each in book.worksheets] == [
        ("一", "一"),
        ("二", "二"),
    ]
