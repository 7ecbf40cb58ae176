"""Main figures side by side: a record beside the year before, a unit's years beside each other.

未填, 不适用, 表中无此项 and a year without a record are told apart in words; a number stays as
it is written. Differences are exact.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal

from generator.forms.values import NOT_APPLICABLE_WORD, State
from generator.pages.catalogue import Summary
from generator.records.figures import MEASURE_OF, MEASURES, Figures, MainFigure, Measure

EMPTY_WORD = "未填"
ABSENT_WORD = "表中无此项"
MISSING_WORD = "未公开"
WITHDRAWN_WORD = "已撤回"
SAME_WORD = "持平"
PLACES = 6
"""Decimal places up to which a column is aligned at the point."""

_AMOUNT = "万元"
# Amounts may have any number of digits, and none is lost.
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


@dataclass(frozen=True, slots=True)
class Stated:
    """What readers are told of a measure in one year."""

    text: str
    """The number in the measure's unit, or what stands there instead."""
    number: Decimal | None = None
    """What `text` means; None when it is no number."""
    is_word: bool = False
    """Whether the text says why there is nothing."""
    disputed: bool = False
    """Whether a remark explains this very value."""


_ABSENT = Stated(ABSENT_WORD, is_word=True)
_EMPTY = Stated(EMPTY_WORD, is_word=True)
_NOT_APPLICABLE = Stated(NOT_APPLICABLE_WORD, is_word=True)


def stated(figure: MainFigure | None) -> Stated:
    """A figure in words; None is one that no table of the record asks for."""
    if figure is None:
        return _ABSENT
    if figure.state is State.FILLED:
        text = figure.shown
        number = None if figure.number is None else Decimal(text)
        return Stated(text, number, disputed=figure.disputed)
    plain = _EMPTY if figure.state is State.EMPTY else _NOT_APPLICABLE
    return Stated(plain.text, is_word=True, disputed=True) if figure.disputed else plain


@dataclass(frozen=True, slots=True)
class Difference:
    """From last year's number to this year's."""

    text: str = ""
    """With its sign, in the measure's unit, or 持平; "" where one of the two is no number."""
    percent: str = ""
    """Of last year's, with sign, to one decimal; of amounts only, and of more than 0 only."""

    @property
    def is_number(self) -> bool:
        """Whether there is a number to be aligned."""
        return self.text not in ("", SAME_WORD)


def difference(measure: Measure, now: Stated, before: Stated) -> Difference:
    """What changed since the year before. The percentage is rounded half up."""
    if now.number is None or before.number is None:
        return Difference()
    change = _EXACT.subtract(now.number, before.number)
    if not change:
        return Difference(SAME_WORD)
    size = change.copy_abs()
    text = _signed(change, f"{size:f}")
    if measure.unit != _AMOUNT or before.number <= 0:
        return Difference(text)
    tenths = _tenths_of_percent(size, before.number)
    if not tenths:
        return Difference(text, "不足0.1%")
    return Difference(text, _signed(change, f"{_EXACT.scaleb(tenths, -1):f}%"))


def _tenths_of_percent(size: Decimal, base: Decimal) -> Decimal:
    """A share, rounded half up; both are above 0."""
    doubled = _EXACT.add(_EXACT.multiply(size, Decimal(2000)), base)
    return _EXACT.divide_int(doubled, _EXACT.multiply(base, Decimal(2)))


def _signed(change: Decimal, text: str) -> str:
    return f"{'+' if change > 0 else '−'}{text}"  # a minus as wide as the plus


def _depth(measure: Measure) -> int:
    return 1 + _depth(MEASURE_OF[measure.part_of]) if measure.part_of else 0


_DEPTHS = {measure.indicator: _depth(measure) for measure in MEASURES}


# A record beside the year before.


@dataclass(frozen=True, slots=True)
class Row:
    """A measure in the overview of a record."""

    measure: Measure
    now: Stated
    before: Stated | None
    """None where there is no record of the year before."""
    difference: Difference
    depth: int
    """How many measures it is a part of."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands above a record's documents: its main figures, from its tables alone."""

    year: int
    rows: tuple[Row, ...]
    sentence: str
    """The filled ones in a sentence; "" when none is."""
    gap: str
    """Why there is nothing to compare with; "" when there is."""
    places: int
    """Decimal places that its columns have room for."""

    @property
    def mains(self) -> list[Row]:
        """The measures that are no parts of others."""
        return [row for row in self.rows if not row.depth]

    @property
    def parts(self) -> list[Row]:
        """The others."""
        return [row for row in self.rows if row.depth]

    @property
    def divided(self) -> list[str]:
        """What the parts are of, in words."""
        names = dict.fromkeys(row.measure.part_of for row in self.rows if row.depth == 1)
        return [MEASURE_OF[name].label for name in names]


def overview(summary: Summary, before: Summary | None) -> Overview | None:
    """A record's main figures beside those of the year before.

    Args:
        before: of the unit's latest record before this one that readers are shown.

    Returns:
        None where no table asks for any of them, and of a record that was withdrawn.
    """
    if not summary.figures:
        return None
    gap = MISSING_WORD
    if before and before.year == summary.year - 1:
        gap = WITHDRAWN_WORD if before.status == WITHDRAWN_WORD else ""
    last = {each.indicator: each for each in before.figures} if before and not gap else {}
    own = {each.indicator: each for each in summary.figures}
    rows = []
    for measure in MEASURES:
        if measure.indicator not in own and measure.indicator not in last:
            continue
        now = stated(own.get(measure.indicator))
        then = None if gap else stated(last.get(measure.indicator))
        change = difference(measure, now, then) if then else Difference()
        rows.append(Row(measure, now, then, change, _DEPTHS[measure.indicator]))
    shown = [text for row in rows for text in (row.now, row.before) if text]
    return Overview(summary.year, tuple(rows), sentence(summary.figures), gap, places(shown))


def sentence(figures: Figures) -> str:
    """What is filled of the main figures, in plain words without a full stop; "" of nothing."""
    filled = {
        each.indicator: each.shown
        for each in figures
        if each.state is State.FILLED
        and (each.number is not None or not MEASURE_OF[each.indicator].unit)
    }
    clauses = [
        f"{MEASURE_OF[name].label}{filled[name]}{_AMOUNT}"
        for name in ("收入合计", "支出合计", "三公经费")
        if name in filled
    ]
    staff = [
        f"{word}{filled[name]}人"
        for word, name in (("编制", "编制人数"), ("实有", "实有人数"))
        if name in filled
    ]
    result = [f"{filled['自评得分']}分"] if "自评得分" in filled else []
    result += [filled["自评结论"]] if "自评结论" in filled else []
    clauses += ["、".join(staff)] if staff else []
    clauses += [f"自评{'、'.join(result)}"] if result else []
    return "，".join(clauses)


# A unit's years beside each other.


@dataclass(frozen=True, slots=True)
class Column:
    """A year of a unit."""

    year: int
    summary: Summary | None
    gap: str
    """Why the year has no figures; "" when it has."""


@dataclass(frozen=True, slots=True)
class Line:
    """A measure over the years."""

    measure: Measure
    values: tuple[Stated | None, ...]
    """One for each column; None in a gap."""
    depth: int
    """How many measures it is a part of."""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A unit's main figures: measures by years."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    """Of the measures that tables of any year ask for."""
    places: int
    """Decimal places that its columns have room for."""


def side_by_side(summaries: Mapping[int, Summary], years: Sequence[int]) -> SideBySide | None:
    """The years of a unit in the order of `years`; None when no record of it has main figures."""
    columns = tuple(Column(year, summaries.get(year), _gap(summaries.get(year))) for year in years)
    figures = [
        None
        if column.gap or not column.summary
        else {each.indicator: each for each in column.summary.figures}
        for column in columns
    ]
    lines = tuple(
        Line(
            measure,
            tuple(None if own is None else stated(own.get(measure.indicator)) for own in figures),
            _DEPTHS[measure.indicator],
        )
        for measure in MEASURES
        if any(own and measure.indicator in own for own in figures)
    )
    if not lines:
        return None
    return SideBySide(
        columns, lines, places(each for line in lines for each in line.values if each)
    )


def _gap(summary: Summary | None) -> str:
    if summary is None:
        return MISSING_WORD
    return WITHDRAWN_WORD if summary.status == WITHDRAWN_WORD else ""


def places(shown: Iterable[Stated]) -> int:
    """The most decimal places among numbers, as far as they are aligned."""
    found = (len(each.text.partition(".")[2]) for each in shown if each.number is not None)
    return min(PLACES, max(found, default=0))
