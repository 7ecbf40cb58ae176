"""Charts of a unit's years, as the numbers of an SVG picture: bars above and below zero.

Lengths are in the picture's own units, to a tenth. A picture says nothing that the table beneath it
does not say; a year without a number has no bar, and a 0 is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from generator.pages.catalogue import Summary

WIDTH = 360
"""Of a picture: about a phone's, so that its letters are not shrunk there."""
RIGHT = WIDTH - 8
_PLOT = 150
_LINE = 18
"""Height of a line of the key, and of the years below the bars."""
_LETTER = Decimal("6.2")
"""Width of a digit; a Chinese character takes two."""
_MOST_INTERVALS = 5
_WIDEST_BAR = 26
_LEAST = Decimal("0.5")
"""Height of a bar that is not 0, however small."""

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Series:
    """What bars of one look stand for."""

    label: str
    look: int
    """1 is plain, others have a pattern: see theme/pages/parts/charts.html."""
    values: Mapping[int, Decimal]
    """year -> number; a year that has none is left out."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A number. It grows from `y` + `height` up, or below zero from `y` down."""

    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal
    look: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A text at a place."""

    x: Decimal
    y: Decimal
    text: str
    look: int = 0
    """Of the sample beside it, in the key."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that is drawn, and its description in words."""

    name: str
    """Unlike those of the page's other charts; for ids."""
    caption: str
    title: str
    description: str
    height: int
    left: Decimal
    """Where the bars' field begins."""
    zero: Decimal
    """Height at which zero is."""
    bars: tuple[Bar, ...]
    zeros: tuple[Mark, ...]
    """Numbers that are 0."""
    ticks: tuple[Mark, ...]
    years: tuple[Mark, ...]
    key: tuple[Mark, ...]

    @property
    def looks(self) -> list[int]:
        """Those that it has."""
        return [each.look for each in self.key]


# Which charts a unit has.


def unit_charts(unit: str, summaries: Mapping[int, Summary], years: Sequence[int]) -> list[Chart]:
    """Those for which at least two years have numbers. `years`: ascending, gaps included."""
    numbers = {
        year: {each.indicator: each.number for each in summary.figures if each.number is not None}
        for year, summary in summaries.items()
    }

    def series(label: str, look: int, indicator: str) -> Series:
        values = {year: own[indicator] for year, own in numbers.items() if indicator in own}
        return Series(label, look, values)

    charts = []
    for name, measured, counted_in, possible in (
        ("money", "", "万元", [series("收入", 1, "收入合计"), series("支出", 2, "支出合计")]),
        ("three-public", "“三公”经费", "万元", three_public(numbers)),
        (
            "staff",
            "",
            "人",
            [series("编制人数", 1, "编制人数"), series("实有人数", 2, "实有人数")],
        ),
    ):
        found = [each for each in possible if each.values]
        if len({year for each in found for year in each.values}) < 2:
            continue
        subject = measured or "与".join(each.label for each in found)
        caption = f"{subject}（{counted_in}）"
        stacked, whole = name == "three-public", name == "staff"
        charts.append(draw(name, caption, f"{unit}历年{caption}", found, years, stacked, whole))
    return charts


_PARTS = (
    ("因公出国费", "因公出国（境）费", 1),
    ("公务接待费", "公务接待费", 2),
    ("公务用车购置费", "公务用车购置费", 3),
    ("公务用车运行费", "公务用车运行费", 4),
    ("公务用车费", "公务用车费（未分项）", 5),
)
_CARS = ("公务用车购置费", "公务用车运行费")
_WHOLE = ("“三公”经费（未分项）", 6)


def three_public(numbers: Mapping[int, Mapping[str, Decimal]]) -> list[Series]:
    """三公 in the parts that make it up; where the known parts do not, as one.

    Args:
        numbers: year -> indicator -> number.
    """
    parts: dict[int, dict[str, Decimal]] = {}
    whole: dict[int, Decimal] = {}
    for year, own in numbers.items():
        total = own.get("三公经费")
        known = _parts_of(own)
        if total is None:
            if _are_all(known):
                parts[year] = known
        elif known and sum(known.values()) == total:
            parts[year] = known
        else:
            whole[year] = total
    found = [
        Series(
            label,
            look,
            {year: own[indicator] for year, own in parts.items() if indicator in own},
        )
        for indicator, label, look in _PARTS
    ]
    found.append(Series(*_WHOLE, whole))
    return [each for each in found if each.values]


def _parts_of(own: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Those that are known, cars either bought and run or as one."""
    known = {name: own[name] for name, _, _ in _PARTS if name in own}
    cars = [known[name] for name in _CARS if name in known]
    if "公务用车费" not in known:
        return known
    if cars and sum(cars) == known["公务用车费"]:
        del known["公务用车费"]
    else:
        for name in _CARS:
            known.pop(name, None)
    return known


def _are_all(known: Mapping[str, Decimal]) -> bool:
    cars = {"公务用车费"} <= known.keys() or {*_CARS} <= known.keys()
    return cars and {"因公出国费", "公务接待费"} <= known.keys()


# How a chart is drawn.


def draw(
    name: str,
    caption: str,
    title: str,
    series: Sequence[Series],
    years: Sequence[int],
    stacked: bool,
    whole: bool = False,
) -> Chart:
    """A chart with a slot for each year, whether it has numbers or not.

    Args:
        stacked: whether a year's numbers stand on each other, not beside.
        whole: whether there is nothing between 1 and 2.
    """
    spans = [_span(series, year, stacked) for year in years]
    levels = scale(
        min((low for low, _ in spans), default=Decimal(0)),
        max((high for _, high in spans), default=Decimal(0)),
        whole,
    )
    labels = [_short(level) for level in levels]
    left = max(map(len, labels)) * _LETTER + 8
    key = _key(series)
    top = Decimal(key[-1].y + _LINE if key else _LINE)
    bottom = top + _PLOT
    per_unit = _PLOT / (levels[-1] - levels[0])

    def height_of(value: Decimal) -> Decimal:
        return bottom - (value - levels[0]) * per_unit

    slot = (RIGHT - left) / len(years)
    abreast = 1 if stacked else len(series)
    width = min(Decimal(_WIDEST_BAR), slot * Decimal("0.76") / abreast)
    zero = height_of(Decimal(0))
    bars: list[Bar] = []
    zeros: list[Mark] = []
    for place, year in enumerate(years):
        middle = left + slot * (place + Decimal("0.5"))
        up = down = Decimal(0)
        for number, each in enumerate(series):
            if year not in each.values:
                continue
            value = each.values[year]
            x = middle + width * (0 if stacked else number) - width * abreast / 2
            start = (up if value > 0 else down) if stacked else Decimal(0)
            if value > 0:
                up += value
            else:
                down += value
            if value:
                ends = sorted((height_of(start), height_of(start + value)))
                size = max(_LEAST, ends[1] - ends[0])
                y = ends[1] - size if value > 0 else ends[0]
                bars.append(
                    Bar(_tenth(x), _tenth(y), _tenth(width), max(_LEAST, _tenth(size)), each.look)
                )
            elif not stacked:
                zeros.append(Mark(_tenth(x + width / 2), _tenth(zero - 3), "0", each.look))
        if stacked and not up and not down and any(year in each.values for each in series):
            zeros.append(Mark(_tenth(middle), _tenth(zero - 3), "0"))
    return Chart(
        name,
        caption,
        title,
        _description(series, years, stacked),
        int(bottom) + _LINE,
        _tenth(left),
        _tenth(zero),
        tuple(bars),
        tuple(zeros),
        tuple(
            Mark(_tenth(left - 4), _tenth(height_of(level)), label)
            for level, label in zip(levels, labels, strict=True)
        ),
        tuple(_years(years, left, slot, bottom + _LINE - 4)),
        tuple(key),
    )


def _span(series: Iterable[Series], year: int, stacked: bool) -> tuple[Decimal, Decimal]:
    """How far a year's bars reach down and up."""
    zero = Decimal(0)
    values = [each.values[year] for each in series if year in each.values]
    if stacked:
        return (
            sum((value for value in values if value < 0), zero),
            sum((value for value in values if value > 0), zero),
        )
    return min([zero, *values]), max([zero, *values])


def scale(low: Decimal, high: Decimal, whole: bool = False) -> list[Decimal]:
    """Round levels from `low` or below to `high` or above, ascending, 0 among them.

    Args:
        low: 0 or less.
        high: 0 or more.
    """
    if low == high:
        high = low + 1
    rough = (high - low) / _MOST_INTERVALS
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    if whole:
        step = max(step, Decimal(1))
    first = int((low / step).to_integral_value(ROUND_FLOOR))
    last = int((high / step).to_integral_value(ROUND_CEILING))
    return [step * number for number in range(first, last + 1)]


def _short(level: Decimal) -> str:
    """A level as its axis says it: `0.5`, `-200`, `2e9`."""
    plain = f"{level.normalize():f}" if level else "0"
    if len(plain) <= 8:
        return plain
    shift = level.adjusted()
    return f"{level.scaleb(-shift).normalize():f}e{shift}"


def _key(series: Iterable[Series]) -> list[Mark]:
    """One entry for each look, in as many lines as they need."""
    marks: list[Mark] = []
    x, y = Decimal(0), Decimal(_LINE) - 5
    for each in series:
        width = 18 + sum(_LETTER * (1 if letter.isascii() else 2) for letter in each.label)
        if x and x + width > WIDTH:
            x, y = Decimal(0), y + _LINE
        marks.append(Mark(_tenth(x), _tenth(y), each.label, each.look))
        x += width + 10
    return marks


def _years(years: Sequence[int], left: Decimal, slot: Decimal, y: Decimal) -> Iterable[Mark]:
    """As many of the years as have room, the last among them."""
    every = next(each for each in (1, 2, 5, 10, 20, 50, 100, 10000) if slot * each >= 34)
    for place, year in enumerate(years):
        if (years[-1] - year) % every == 0:
            yield Mark(_tenth(left + slot * (place + Decimal("0.5"))), _tenth(y), str(year))


def _description(series: Sequence[Series], years: Sequence[int], stacked: bool) -> str:
    named = "、".join(each.label for each in series)
    known = {year for each in series for year in each.values}
    gaps = "、".join(str(year) for year in years if year not in known)
    how = "各部分叠在一起" if stacked else "各年并列"
    span = f"{years[0]}至{years[-1]}年度" if len(years) > 1 else f"{years[0]}年度"
    absent = f"{gaps}年度没有数字，图中留空。" if gaps else ""
    return f"柱状图，{span}：{named}，{how}。{absent}各年的数字见下面的表。"


def _tenth(length: Decimal) -> Decimal:
    return length.quantize(_TENTH)
