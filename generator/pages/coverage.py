"""Who has not disclosed: of every region by years in numbers, of each region by units.

Whoever is registered today is asked for every year from the first to the last in which the region
has any record. What is withdrawn, or not public yet, is not disclosed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment

from generator.pages.addresses import COVERAGE, region_coverage_address
from generator.pages.catalogue import RegionLine, Summary, years_between
from generator.pages.page import Page
from generator.pages.paging import Place, index_page, pieces
from generator.records.regions import Region, Unit

COVERAGE_REGIONS = 200
"""Regions on a page, unless they have many years."""
COVERAGE_CELLS = 1500
"""Regions by years on a page: 130 KB."""
COVERAGE_UNITS = 700
"""Units that have not disclosed for a year, on a page of a region: 100 KB."""


@dataclass(frozen=True, slots=True)
class Count:
    """Of some units and a year."""

    published: int
    missing: int
    """How many have not disclosed."""


@dataclass(frozen=True, slots=True)
class Section:
    """What a page says of a year."""

    year: int
    count: Count
    """Of all units."""
    continued: bool
    """Whether a page before has some of the units already."""
    units: Sequence[tuple[Unit, bool]]
    """Those that have not disclosed, and whether they have withdrawn what they had."""


def counts_of(line: RegionLine) -> dict[int, Count]:
    """Year -> count of a region's units, for every year that is asked for."""
    published = {year: line.published.get(year, 0) for year in line.years}
    return {year: Count(count, line.units - count) for year, count in published.items()}


def coverage_pages(lines: Sequence[RegionLine], environment: Environment) -> Iterator[Page]:
    """The regions by years. `lines`: of all regions, by code."""
    years = list(reversed(years_between(year for line in lines for year in line.records)))
    rows = [(line, counts_of(line)) for line in lines]
    totals = [
        (
            Count(
                sum(counts[year].published for _, counts in rows if year in counts),
                sum(counts[year].missing for _, counts in rows if year in counts),
            ),
            sum(year in counts for _, counts in rows),
        )
        for year in years
    ]
    size = max(1, min(COVERAGE_REGIONS, COVERAGE_CELLS // max(1, len(years))))
    parts = pieces(rows, size)
    for number, part in enumerate(parts, 1):
        yield index_page(
            environment,
            "pages/coverage.html",
            "coverage",
            "谁还没有公开",
            "各地区各年度有多少单位已经公开，有多少还没有公开",
            Place(COVERAGE, number, len(parts)),
            years=years,
            rows=[(line, [counts.get(year) for year in years]) for line, counts in part],
            totals=totals,
            missing=sum(count.missing for count, _ in totals),
            silent=sum(bool(line.units) and not line.records for line in lines),
        )


def region_coverage_pages(
    region: Region, summaries: Sequence[Summary], environment: Environment
) -> Iterator[Page]:
    """The units of a region that have not disclosed, by years, the newest first.

    Args:
        summaries: of all its records, in any order.
    """
    parts = list(_pages(list(_sections(region, summaries))))
    for number, sections in enumerate(parts, 1):
        yield index_page(
            environment,
            "pages/region-coverage.html",
            "coverage",
            f"{region.name}还没有公开的单位",
            f"{region.name}各年度还没有公开的单位，与登记的单位逐个核对",
            Place(region_coverage_address(region.code), number, len(parts)),
            region=region,
            sections=sections,
        )


def _sections(region: Region, summaries: Sequence[Summary]) -> Iterator[Section]:
    known = {(each.unit, each.year): each for each in summaries}
    for year in reversed(years_between(each.year for each in summaries)):
        missing = []
        for unit in region.units.values():
            summary = known.get((unit.slug, year))
            if summary is None or not summary.is_public:
                missing.append((unit, summary is not None and summary.status == "已撤回"))
        count = Count(len(region.units) - len(missing), len(missing))
        yield Section(year, count, False, missing)


def _pages(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """What stands on each page; one empty page of nothing."""
    page, room = list[Section](), COVERAGE_UNITS
    for section in sections:
        rest = section
        while len(rest.units) > room:
            page.append(Section(rest.year, rest.count, rest.continued, rest.units[:room]))
            yield page
            rest = Section(rest.year, rest.count, True, rest.units[room:])
            page, room = [], COVERAGE_UNITS
        page.append(rest)
        room -= len(rest.units)
        if not room:
            yield page
            page, room = [], COVERAGE_UNITS
    if page or not sections:
        yield page
