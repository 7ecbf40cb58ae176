"""Tables of units with their main figures, and what their numbers add up to.

In the order of the units, never by grade: nearly all say 优, which says little.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from itertools import groupby

from generator.pages.catalogue import Listed, Summary
from generator.pages.compared import (
    MISSING_WORD,
    PLACES,
    WITHDRAWN_WORD,
    Stated,
    places,
    stated,
)
from generator.records.figures import MEASURE_OF

COLUMNS = tuple(
    MEASURE_OF[indicator]
    for indicator in ("收入合计", "支出合计", "三公经费", "编制人数", "实有人数", "自评结论")
)
"""The measures that are shown of each unit."""

# Amounts may have any number of digits, and none is lost.
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


@dataclass(frozen=True, slots=True)
class Total:
    """What some records state of a measure, added up."""

    sum: Decimal = Decimal(0)
    numbers: int = 0
    """How many of the records have a number."""

    def __add__(self, other: "Total") -> "Total":
        return Total(_EXACT.add(self.sum, other.sum), self.numbers + other.numbers)

    @property
    def text(self) -> str:
        """The sum with all decimal places of its numbers; "" of none."""
        return f"{self.sum:f}" if self.numbers else ""


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of some records."""

    records: int = 0
    """How many show their documents: those that were withdrawn have no figures to add."""
    columns: tuple[Total, ...] = tuple(Total() for _ in COLUMNS)

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(
            self.records + other.records,
            tuple(one + another for one, another in zip(self.columns, other.columns, strict=True)),
        )

    def note(self, total: Total) -> str:
        """How many of the records a total is of: 12 份中 11 份有数."""
        return f"{self.records} 份中 {total.numbers} 份有数"

    def in_words(self) -> list[str]:
        """Each total in a line: 收入 704.72 万元（12 份中 11 份有数）."""
        return [
            f"{measure.label} {total.text} {measure.unit}（{self.note(total)}）"
            for measure, total in zip(COLUMNS, self.columns, strict=True)
            if total.numbers
        ]


Cell = tuple[Stated, str, str | None]
"""A value; its text up to the point, and from there, or None in a column of whole numbers."""


@dataclass(frozen=True, slots=True)
class Row:
    """A unit in a table."""

    name: str
    address: str
    """Of its record, or of what else there is of it; from the page."""
    summary: Summary | None
    gap: str
    """Why it has no figures; "" when it has."""
    cells: Sequence[Cell]
    """For each of `COLUMNS`; none in a gap."""


@dataclass(frozen=True, slots=True)
class Table:
    """Some units of a region and year."""

    rows: Sequence[Row]
    totals: Totals
    """Of all units of the region, those on other pages as well."""
    places: int
    """Decimal places for which its columns have room."""
    whole: Sequence[bool]
    """Of each column, whether it has no decimal places."""


Entry = tuple[str, str, Summary | None]
"""Name of a unit, address, its record."""


def unit_table(entries: Iterable[Entry], totals: Totals) -> Table:
    """A table of some units, in their order."""
    found = [(entry, _values(entry[2])) for entry in entries]
    most = [
        max(len(total.text.partition(".")[2]), places(values[at] for _, values in found if values))
        for at, total in enumerate(totals.columns)
    ]
    whole = [not each for each in most]
    rows = [Row(*entry, _gap(entry[2]), list(map(_cell, values, whole))) for entry, values in found]
    return Table(rows, totals, min(PLACES, max(most)), whole)


def _cell(value: Stated, whole: bool) -> Cell:
    if whole or value.number is None:
        return value, value.text, None
    before, point, places = value.text.partition(".")
    return value, before, point + places


def totals_of(summaries: Iterable[Summary]) -> Totals:
    """The totals of some records."""
    records = 0
    sums = [Decimal(0)] * len(COLUMNS)
    numbers = [0] * len(COLUMNS)
    for summary in summaries:
        if summary.status == WITHDRAWN_WORD:
            continue
        records += 1
        for at, value in enumerate(_values(summary)):
            if value.number is not None and COLUMNS[at].unit:
                sums[at] = _EXACT.add(sums[at], value.number)
                numbers[at] += 1
    return Totals(records, tuple(map(Total, sums, numbers)))


def totals_by_region(records: Iterable[Listed]) -> dict[str, Totals]:
    """The totals of each region, of records that come by region; one of them at a time."""
    grouped = groupby((each.summary for each in records), key=lambda each: each.region)
    return {region: totals_of(own) for region, own in grouped}


def _values(summary: Summary | None) -> list[Stated]:
    if summary is None or _gap(summary):
        return []
    figures = {each.indicator: each for each in summary.figures}
    return [stated(figures.get(measure.indicator)) for measure in COLUMNS]


def _gap(summary: Summary | None) -> str:
    if summary is None:
        return MISSING_WORD
    return WITHDRAWN_WORD if summary.status == WITHDRAWN_WORD else ""
