"""The main figures of a record: what summaries, charts, tables of units and open data show.

A form says with 指标 which blank states what, so that all forms of all years are read alike.
Figures come from tables alone, never from prose. Amounts are in 万元, whatever they are written in.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from generator.forms.types import Blank, Money
from generator.forms.values import State, Value
from generator.records.record import Part, Record
from generator.yaml import Where

TO_WAN = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10000)}
"""Unit of an amount -> what it is worth in 万元."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is compared over units and years."""

    indicator: str
    """指标, as forms and reports name it: its stable name in open data, too."""
    label: str
    """What readers see."""
    unit: str
    """Of its numbers; "" for what is no number."""
    part_of: str = ""
    """The measure that it is a part of."""

    @property
    def heading(self) -> str:
        """The label with its unit: 收入（万元）."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label


MEASURES = (
    Measure("收入合计", "收入", "万元"),
    Measure("支出合计", "支出", "万元"),
    Measure("基本支出", "基本支出", "万元", "支出合计"),
    Measure("项目支出", "项目支出", "万元", "支出合计"),
    Measure("三公经费", "“三公”经费", "万元"),
    Measure("因公出国费", "因公出国（境）费", "万元", "三公经费"),
    Measure("公务接待费", "公务接待费", "万元", "三公经费"),
    Measure("公务用车费", "公务用车费", "万元", "三公经费"),
    Measure("公务用车购置费", "公务用车购置费", "万元", "公务用车费"),
    Measure("公务用车运行费", "公务用车运行费", "万元", "公务用车费"),
    Measure("编制人数", "编制人数", "人"),
    Measure("实有人数", "实有人数", "人"),
    Measure("自评得分", "自评得分", "分"),
    Measure("自评结论", "自评结论", ""),
)
MEASURE_OF = {measure.indicator: measure for measure in MEASURES}


@dataclass(frozen=True, slots=True)
class MainFigure:
    """What a record's tables state of a measure."""

    indicator: str
    state: State
    written: str
    """As it stands in the table, in the table's unit; "" when empty."""
    number: Decimal | None
    """万元 for amounts; None where it is no number, empty or 不适用."""
    disputed: bool = False
    """Whether the record explains a finding about this very value (核对说明)."""

    @property
    def shown(self) -> str:
        """For readers, without the unit: the written form, but amounts always in 万元; "" when
        empty."""
        if self.number is None or MEASURE_OF[self.indicator].unit != "万元":
            return self.written
        if Decimal(self.written) == self.number:
            return self.written
        return f"{self.number.normalize():f}"


Figures = tuple[MainFigure, ...]
"""In the order of `MEASURES`; without those that no table of the record asks for."""


def main_figures(record: Record, disputed: frozenset[Where] = frozenset()) -> Figures:
    """A record's main figures.

    Where several tables ask for one, the first that is filled counts, else the first that says
    不适用, else it is empty.

    Args:
        disputed: places of values that the record explains a finding about.
    """
    found: dict[str, MainFigure] = {}
    for part in record.parts:
        for blank in part.form.indicators:
            if blank.indicator not in MEASURE_OF or blank.name not in part.values:
                continue
            figure = _figure(part, blank, part.values[blank.name], disputed)
            known = found.get(blank.indicator)
            if known is None or _RANK[figure.state] > _RANK[known.state]:
                found[blank.indicator] = figure
    return tuple(found[each.indicator] for each in MEASURES if each.indicator in found)


def plain_figures(figures: Iterable[MainFigure]) -> str:
    """In a line, for keeping; `figures_of` reads it back."""
    plain = [
        [each.indicator, each.state.value, each.written, _plain(each.number), int(each.disputed)]
        for each in figures
    ]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def figures_of(text: str) -> Figures:
    """Back from `plain_figures`."""
    return tuple(
        MainFigure(indicator, _STATES[state], written, _number(number), bool(disputed))
        for indicator, state, written, number, disputed in json.loads(text)
    )


_STATES = {state.value: state for state in State}


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(number: str | None) -> Decimal | None:
    return None if number is None else Decimal(number)


_RANK = {State.EMPTY: 0, State.NOT_APPLICABLE: 1, State.FILLED: 2}


def _figure(part: Part, blank: Blank, value: Value, disputed: frozenset[Where]) -> MainFigure:
    number = value.meaning if isinstance(value.meaning, Decimal) else None
    if number is not None and isinstance(blank.type, Money) and blank.type.unit != "万元":
        number *= TO_WAN[blank.type.unit]
    where: Where = (part.key, *blank.name.split("/"))
    return MainFigure(blank.indicator, value.state, value.written, number, where in disputed)
