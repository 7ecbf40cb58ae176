"""The pages of a year: the units that disclosed for it, as a stream over the whole country.

How many records each region has, and what they add up to, is known before the first of them
comes, so the first page can lead to every region, and memory holds a page's worth of records at a
time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from jinja2 import Environment

from generator.pages.addresses import further_address, record_address, root_of, year_address
from generator.pages.catalogue import Listed, RegionLine
from generator.pages.downloads import Download, grouped
from generator.pages.page import Page
from generator.pages.paging import Place, index_page, pieces
from generator.pages.provinces import province_name, province_of
from generator.pages.unit_tables import COLUMNS, Table, Totals, unit_table

YEAR_RECORDS = 150
"""Records on a page."""
YEAR_REGIONS = 300
"""Regions to which one page leads; where a year has more, it is grouped by provinces."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Regions that stand on pages of their own, the first of which leads to each of them."""

    name: str
    """Empty when there is one group."""
    lines: Sequence[RegionLine]
    counts: Sequence[int]
    """Records of each region."""
    first: int
    """Number of its first page."""

    @property
    def records(self) -> int:
        return sum(self.counts)

    @property
    def pages(self) -> int:
        return -(-self.records // YEAR_RECORDS)

    def starts(self) -> Iterator[int]:
        """The number of the page on which each region begins."""
        before = 0
        for count in self.counts:
            yield self.first + before // YEAR_RECORDS
            before += count


@dataclass(frozen=True, slots=True)
class _Section:
    """What one page has of a region's records."""

    region: RegionLine
    continued: bool
    """Whether a page before has some of them already."""
    is_part: bool
    """Whether others are on other pages."""
    records: list[Listed]

    def table(self, root: str, totals: Totals) -> Table:
        """Their main figures. `root`: the way from the page to the site's root."""
        summaries = [(each.name, each.summary) for each in self.records]
        return unit_table(
            [
                (name, f"{root}{record_address(each.region, each.unit, each.year)}", each)
                for name, each in summaries
            ],
            totals,
        )


def year_pages(
    year: int,
    years: Sequence[int],
    lines: Sequence[RegionLine],
    totals: Mapping[str, Totals],
    records: Iterable[Listed],
    environment: Environment,
    downloads: Sequence[Download] = (),
) -> Iterator[Page]:
    """The records of a year, by region; nothing when there are none.

    Args:
        years: all that have pages, the newest first.
        lines: of all regions, by code.
        totals: of each region's records of this year.
        records: of this year, by region and unit: read as far as the pages that were taken need.
        downloads: files with the year's data.

    Raises:
        ValueError: the records are not those that `lines` counts, or not in the order of it.
    """
    groups = _groups(year, lines)
    count = sum(group.pages for group in groups)
    stream = iter(records)
    start = year_address(year)
    regions = sum(len(group.lines) for group in groups)
    for group in groups:
        for number, sections in enumerate(_sections(group, stream), group.first):
            place = Place(start, number, count)
            root = root_of(place.address)
            begins = number == group.first
            of_all = sum(totals.values(), Totals()) if number == 1 and regions > 1 else None
            yield index_page(
                environment,
                "pages/year.html",
                "year",
                f"{year}年度公开信息",
                f"{year}年度已公开信息的单位",
                place,
                year=year,
                years=years,
                groups=_links_to_groups(start, groups) if number == 1 else (),
                group=group.name,
                places=_links_to_regions(start, group) if begins and count > 1 else (),
                columns=COLUMNS,
                totals=of_all.in_words() if of_all else (),
                sections=[(each, each.table(root, totals[each.region.code])) for each in sections],
                downloads=grouped(downloads) if number == 1 else (),
            )
    if next(stream, None):
        raise ValueError(f"more records of {year} than were counted")


def _groups(year: int, lines: Sequence[RegionLine]) -> list[_Group]:
    """The regions that have records: in one group, or in one or more for each province."""
    lines = [line for line in lines if line.records.get(year)]
    named: list[tuple[str, Sequence[RegionLine]]] = []
    if len(lines) <= YEAR_REGIONS:
        named.append(("", lines))
    else:
        for province, members in groupby(lines, lambda line: province_of(line.code)):
            parts = pieces(list(members), YEAR_REGIONS)
            for part in parts:
                span = f"（{part[0].name}至{part[-1].name}）" if len(parts) > 1 else ""
                named.append((f"{province_name(province)}{span}", part))
    groups = list[_Group]()
    first = 1
    for name, part in named:
        groups.append(_Group(name, part, [line.records[year] for line in part], first))
        first += groups[-1].pages
    return groups


def _sections(group: _Group, stream: Iterator[Listed]) -> Iterator[list[_Section]]:
    """What stands on each page of a group."""
    page, room = list[_Section](), YEAR_RECORDS
    for line, count in zip(group.lines, group.counts, strict=True):
        left = count
        while left:
            records = list(islice(stream, min(left, room)))
            if len(records) < min(left, room) or any(
                each.summary.region != line.code for each in records
            ):
                raise ValueError(f"{line.code} has not the {count} records that were counted")
            page.append(_Section(line, left < count, len(records) < count, records))
            left -= len(records)
            room -= len(records)
            if not room:
                yield page
                page, room = [], YEAR_RECORDS
    if page:
        yield page


def _links_to_groups(start: str, groups: Sequence[_Group]) -> list[tuple[str, str, int]]:
    """Address, name and number of records of each; nothing when there is one."""
    if len(groups) == 1:
        return []
    return [(further_address(start, each.first), each.name, each.records) for each in groups]


def _links_to_regions(start: str, group: _Group) -> list[tuple[str, str, int]]:
    """Address, name and number of records of each; nothing when there is one."""
    if len(group.lines) == 1:
        return []
    return [
        (f"{further_address(start, number)}#{line.code}", line.name, count)
        for line, number, count in zip(group.lines, group.starts(), group.counts, strict=True)
    ]
