"""A record put together by hand, and its data in each format."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from generator.checks.remarks import Remark, marks_of
from generator.forms.form import Form
from generator.forms.types import Blank, Integer, LongText, Money, Percent, Text
from generator.opendata import csvfile
from generator.opendata.excel import Sheet, workbook
from generator.opendata.jsonfile import record_json
from generator.opendata.rows import Origin, field_rows
from generator.opendata.tables import LONG, Figured, long_cells
from generator.records.figures import main_figures
from generator.records.record import Part, Record
from generator.records.review import read_review
from generator.records.store import RecordPath
from generator.yaml import YamlFile

ORIGIN = Origin("990001", "示例县", "shili", "示例县示例局", 2022)
FORM = Form(
    "示例表",
    "示例表",
    (),
    {
        blank.name: blank
        for blank in (
            Blank("支出/合计", Money("万元"), indicator="支出合计"),
            Blank("人数", Integer("人"), indicator="编制人数"),
            Blank("比例", Percent()),
            Blank("说明", LongText()),
            Blank("备注", Text()),
        )
    },
)


def record_of(folder: Path, values: Mapping[str, str]) -> Record:
    """A record with one attachment; what is not given is empty."""
    path = folder / "2022.yaml"
    path.write_text("审核:\n  状态: 已发布\n  发布日期: 2023-05-06\n", encoding="utf-8")
    file = YamlFile.read(path)
    read = {name: blank.read(values.get(name, "")) for name, blank in FORM.blanks.items()}
    root = file.root
    assert isinstance(root, dict)
    review = read_review(file, root, 2022, [])
    part = Part("附件1", FORM, read, {})
    return Record(RecordPath("990001", "shili", 2022, path), (part,), file, review)


def figured(record: Record) -> Figured:
    return Figured(ORIGIN, "2023-05-06", "2023-05-06", main_figures(record), 0, "a/b/2022/")


def long_rows(record: Record, remarks: Iterable[Remark] = ()) -> list[tuple[str, ...]]:
    return [long_cells(ORIGIN, row) for row in field_rows(record, marks_of(remarks))]


def csv_of(record: Record) -> bytes:
    return csvfile.head(LONG) + csvfile.lines(long_rows(record))


def xlsx_of(record: Record) -> bytes:
    with workbook([Sheet("全部字段", LONG, long_rows(record))]) as pieces:
        return b"".join(pieces)


def in_csv(content: bytes) -> list[dict[str, str]]:
    """As a program reads it that knows nothing of us."""
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def in_json(record: Record) -> dict[str, dict[str, Any]]:
    """Field -> what is said of it."""
    made = json.loads(record_json(ORIGIN, record, ()))
    return {field["字段"]: field for part in made["部分"] for field in part["字段"]}


def in_excel(content: bytes) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()
    names = [cell.value for cell in head]
    return [dict(zip(names, (cell.value for cell in row), strict=True)) for row in rows]
