"""The columns of the tables: a *long* one, a row for each field, and a *wide* one, a row for each
record with its main figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generator.forms.values import State
from generator.opendata.rows import ABSENT, STATES, FieldRow, Origin
from generator.records.figures import MEASURES, Figures, MainFigure, Measure


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    meaning: str
    """For readers, in Chinese."""
    kind: Literal["string", "integer", "number", "date"] = "string"
    options: tuple[str, ...] = ()
    """All texts that may stand in it; none when it is open."""
    required: bool = False


_ORIGIN = (
    Column("地区代码", "六位行政区划代码", required=True),
    Column("地区", "地区名称", required=True),
    Column("单位简写", "单位在网址里的名称，在一个地区内不重复", required=True),
    Column("单位", "单位全称", required=True),
    Column("年度", "文件所说的年度", "integer", required=True),
)
LONG = (
    *_ORIGIN,
    Column("附件", "记录的哪一部分：元数据、附件1、附件2……、审签", required=True),
    Column("表式", "这一部分用的表", required=True),
    Column("字段", "表里的哪一格；“/”前面是上级栏目", required=True),
    Column("行", "可以增加行的表里是第几行，从 1 起；其他为空", "integer"),
    Column("值", "照原件的写法，末尾的 0 也保留"),
    Column(
        "状态",
        "已填：写了内容，包括 0；空：原件没有填；不适用：原件写“不适用”",
        options=tuple(STATES.values()),
        required=True,
    ),
    Column("数值", "值是数的，只写数", "number"),
    Column("计量单位", "数值的单位，如 万元、人、%"),
    Column("核对说明", "对这个值作了哪几条核对说明，如 注1；内容见 JSON 文件或网页"),
)
"""A row for each field of each record: it fits all forms."""

FIGURE_STATES = (*STATES.values(), ABSENT)


def state_name(measure: Measure) -> str:
    """Name of the column with the state of a main figure."""
    return f"{measure.label}状态"


def _measure_columns(measure: Measure) -> Iterator[Column]:
    whole = f"，{measure.part_of}的一部分" if measure.part_of else ""
    kind: Literal["number", "string"] = "number" if measure.unit else "string"
    yield Column(measure.heading, f"{measure.indicator}{whole}", kind)
    meaning = f"{measure.label}是已填、空、不适用，还是记录的各张表里都没有这一项"
    yield Column(state_name(measure), meaning, options=FIGURE_STATES, required=True)


WIDE = (
    *_ORIGIN,
    Column("发布日期", "记录公布的日期", "date"),
    Column("最近变动日期", "最近一次更正的日期；没有更正的，为发布日期", "date"),
    *(column for measure in MEASURES for column in _measure_columns(measure)),
    Column("核对说明条数", "对这份记录作了几条核对说明", "integer", required=True),
    Column("作了核对说明的主要指标", "有几项的，用顿号分开"),
    Column("页面", "网页在本站的地址", required=True),
)
"""A row for each record, with its main figures; amounts in 万元, whatever the form counts in."""


@dataclass(frozen=True, slots=True)
class Figured:
    """A record with its main figures."""

    origin: Origin
    published: str
    """Day, as 2023-05-06; "" when unknown."""
    changed: str
    figures: Figures
    remarks: int
    """How many findings about it are explained."""
    address: str
    """Of its page, below the site's root."""

    def figure(self, measure: Measure) -> MainFigure | None:
        """What it states of a measure; None when no table of it asks."""
        return next((each for each in self.figures if each.indicator == measure.indicator), None)


def long_cells(origin: Origin, row: FieldRow) -> tuple[str, ...]:
    """A row of the long table."""
    return (
        *origin.cells,
        row.part,
        row.form,
        row.field,
        str(row.number) if row.number else "",
        row.written,
        row.state,
        row.figure,
        row.unit,
        "、".join(row.marks),
    )


def wide_cells(record: Figured) -> tuple[str, ...]:
    """A row of the wide table."""
    cells = [*record.origin.cells, record.published, record.changed]
    for measure in MEASURES:
        cells += figure_cells(measure, record.figure(measure))
    disputed = [
        measure.label
        for measure in MEASURES
        if (figure := record.figure(measure)) and figure.disputed
    ]
    return (*cells, str(record.remarks), "、".join(disputed), record.address)


def figure_cells(measure: Measure, figure: MainFigure | None) -> tuple[str, str]:
    """What a main figure is, and its state."""
    if figure is None:
        return "", ABSENT
    state = STATES[figure.state]
    if figure.state is not State.FILLED or (measure.unit and figure.number is None):
        return "", state
    return figure.shown, state
