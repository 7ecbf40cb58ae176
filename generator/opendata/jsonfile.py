"""Records as JSON: numbers as texts, so that none loses a digit, each with its state.

A record is one line. Files of several records are a list of them, one on each line.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.checks.remarks import Remark, marks_of
from generator.opendata.rows import FieldRow, Origin, field_rows
from generator.opendata.tables import Figured, figure_cells
from generator.records.figures import MEASURES
from generator.records.record import Record
from generator.records.review import day

Json = dict[str, Any]


def record_json(origin: Origin, record: Record, remarks: Sequence[Remark]) -> bytes:
    """A record with all its fields, remarks and corrections."""
    rows = list(field_rows(record, marks_of(remarks)))
    review = record.review
    published = day(review.published)
    made: Json = {
        **_origin(origin),
        "状态": review.status,
        "发布日期": published.isoformat() if published else "",
        "部分": [
            {
                "附件": part.key,
                "表式": part.form.name,
                "名称": part.form.title,
                "字段": [_field(row) for row in rows if row.part == part.key],
            }
            for part in record.parts
        ],
        "核对说明": [
            {"注": each.label, "规则": each.rule, "说明": each.explanation, "日期": each.date}
            for each in remarks
        ],
        "更正说明": [
            {"日期": each.date.written, "说明": each.explanation} for each in review.corrections
        ],
    }
    return line(made)


def figures_json(record: Figured) -> bytes:
    """A record's main figures, by 指标."""
    figures: Json = {}
    for measure in MEASURES:
        figure = record.figure(measure)
        value, state = figure_cells(measure, figure)
        figures[measure.indicator] = {"值": value, "状态": state, "计量单位": measure.unit}
        if figure and figure.disputed:
            figures[measure.indicator]["作了核对说明"] = True
    return line(
        {
            **_origin(record.origin),
            "发布日期": record.published,
            "最近变动日期": record.changed,
            "主要指标": figures,
            "核对说明条数": record.remarks,
            "页面": record.address,
        }
    )


def joined(files: Iterable[bytes]) -> Iterator[bytes]:
    """Files of one record each as a list, piece by piece."""
    before = b"[\n"
    for file in files:
        yield before + file.rstrip(b"\n")
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def line(value: Json) -> bytes:
    """A value as one line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode("utf-8", "replace")


def _origin(origin: Origin) -> Json:
    return {
        "地区代码": origin.region,
        "地区": origin.region_name,
        "单位简写": origin.unit,
        "单位": origin.unit_name,
        "年度": origin.year,
    }


def _field(row: FieldRow) -> Json:
    made: Json = {"字段": row.field}
    if row.number:
        made["行"] = row.number
    made |= {"值": row.written, "状态": row.state}
    if row.figure:
        made["数值"] = row.figure
    if row.unit:
        made["计量单位"] = row.unit
    if row.marks:
        made["核对说明"] = list(row.marks)
    return made
