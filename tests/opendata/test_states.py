"""空, 0 and 不适用 are told apart in every format, and numbers keep their written form."""

from pathlib import Path

import pytest

from generator.opendata.jsonfile import figures_json
from generator.opendata.tables import WIDE, wide_cells
from tests.opendata.making import csv_of, figured, in_csv, in_excel, in_json, record_of, xlsx_of

CASES = [
    # written, state, number
    ("0", "已填", "0"),
    ("704.70", "已填", "704.70"),
    ("-3", "已填", "-3"),
    ("", "空", ""),
    ("不适用", "不适用", ""),
]


@pytest.mark.parametrize(("written", "state", "number"), CASES)
def test_a_field_in_csv(tmp_path: Path, written: str, state: str, number: str) -> None:
    row = in_csv(csv_of(record_of(tmp_path, {"支出/合计": written})))[0]
    assert row["字段"] == "支出/合计"
    assert (row["值"], row["状态"], row["数值"]) == (written, state, number)
    assert row["计量单位"] == "万元"


@pytest.mark.parametrize(("written", "state", "number"), CASES)
def test_a_field_in_json(tmp_path: Path, written: str, state: str, number: str) -> None:
    field = in_json(record_of(tmp_path, {"支出/合计": written}))["支出/合计"]
    assert (field["值"], field["状态"], field.get("数值", "")) == (written, state, number)


@pytest.mark.parametrize(("written", "state", "number"), CASES)
def test_a_field_in_excel(tmp_path: Path, written: str, state: str, number: str) -> None:
    row = in_excel(xlsx_of(record_of(tmp_path, {"支出/合计": written})))[0]
    assert ((row["值"] or ""), row["状态"]) == (written, state)
    assert row["数值"] == (float(number) if number else None)


@pytest.mark.parametrize(("written", "state", "number"), CASES)
def test_a_main_figure(tmp_path: Path, written: str, state: str, number: str) -> None:
    record = figured(record_of(tmp_path, {"支出/合计": written}))
    names = [column.name for column in WIDE]
    cells = dict(zip(names, wide_cells(record), strict=True))
    assert (cells["支出（万元）"], cells["支出状态"]) == (number, state)
    assert (cells["收入（万元）"], cells["收入状态"]) == ("", "表中无此项")
    said = figures_json(record).decode()
    assert f'"支出合计":{{"值":"{number}","状态":"{state}","计量单位":"万元"}}' in said
    assert '"收入合计":{"值":"","状态":"表中无此项"' in said


def test_a_percentage_is_a_number_and_its_sign(tmp_path: Path) -> None:
    row = in_csv(csv_of(record_of(tmp_path, {"比例": "97.10%"})))[2]
    assert (row["值"], row["数值"], row["计量单位"]) == ("97.10%", "97.10", "%")
