"""The index pages: home, provinces, regions, units, and the search page's form.

Those of the years have their own module, `years`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from jinja2 import Environment

from generator.pages.addresses import (
    HOME,
    SEARCH,
    province_address,
    region_address,
    unit_address,
)
from generator.pages.catalogue import Listed, RegionLine, Summary, years_between
from generator.pages.charts import RIGHT, WIDTH, unit_charts
from generator.pages.compared import side_by_side
from generator.pages.downloads import Download, grouped
from generator.pages.linked import unit_data
from generator.pages.meta import unit_description
from generator.pages.page import Page
from generator.pages.paging import Place, index_page, pieces
from generator.pages.provinces import province_name, province_of
from generator.pages.unit_tables import COLUMNS, Entry, totals_of, unit_table
from generator.records.regions import Region, Unit

LATEST = 20
"""Disclosures listed on the home page."""
HOME_REGIONS = 60
"""Regions listed on the home page; where there are more, it lists provinces."""
PROVINCE_REGIONS = 500
"""Regions on a page of a province."""
REGION_UNITS = 150
"""Units on a page of a region, unless they have many years."""
REGION_CELLS = 2520
"""Units by years, and by figures, on a page of a region: 180 KB at most."""
FIGURE_CELLS = 11
"""Years that take as much room on a page of a region as the main figures of a unit."""


def home_page(
    lines: Sequence[RegionLine], latest: Sequence[Listed], environment: Environment
) -> Page:
    """The home page's part below its text: regions or provinces, years, what was disclosed last.

    `lines`: of all regions, by code; `latest`: at most `LATEST` records, the newest first.
    """
    years = Counter[int]()
    for line in lines:
        years.update(line.records)
    provinces = [
        (province_address(province), province_name(province), len(members))
        for province, members in _provinces(lines)
    ]
    return index_page(
        environment,
        "pages/home.html",
        "home",
        "首页",
        "部门预决算与绩效自评等公开信息，可按地区、单位、年度查阅和检索",
        Place(HOME),
        regions=() if provinces else lines,
        provinces=provinces,
        years=sorted(years.items(), reverse=True),
        latest=latest,
    )


def province_pages(lines: Sequence[RegionLine], environment: Environment) -> Iterator[Page]:
    """The regions of each province; nothing where the home page lists all regions itself."""
    for province, members in _provinces(lines):
        name = province_name(province)
        parts = pieces(members, PROVINCE_REGIONS)
        for number, part in enumerate(parts, 1):
            yield index_page(
                environment,
                "pages/province.html",
                "region",
                f"{name}各地区公开情况",
                f"{name}各地区的单位数和已公开的份数",
                Place(province_address(province), number, len(parts)),
                name=name,
                regions=part,
            )


def _provinces(lines: Sequence[RegionLine]) -> list[tuple[str, list[RegionLine]]]:
    if len(lines) <= HOME_REGIONS:
        return []
    grouped = groupby(lines, lambda line: province_of(line.code))
    return [(province, list(members)) for province, members in grouped]


def region_pages(
    region: Region,
    summaries: Sequence[Summary],
    environment: Environment,
    downloads: Sequence[Download] = (),
) -> Iterator[Page]:
    """The units of a region: the main figures of its latest year, and what there is by years.

    Args:
        summaries: of all its records, in any order.
        downloads: files with its data.
    """
    by_unit = _by_unit(region, summaries)
    years = years_between(summary.year for summary in summaries)
    latest = years[-1] if years else 0
    totals = totals_of(summary for summary in summaries if summary.year == latest)
    size = max(1, min(REGION_UNITS, REGION_CELLS // (FIGURE_CELLS + max(1, len(years)))))
    parts = pieces(list(region.units.values()), size)
    for number, units in enumerate(parts, 1):
        place = Place(region_address(region.code), number, len(parts))
        entries = [_entry(unit, by_unit[unit.slug].get(latest), place.up) for unit in units]
        yield index_page(
            environment,
            "pages/region.html",
            "region",
            f"{region.name}各单位公开情况",
            f"{region.name}各单位历年公开信息一览，未公开的年度一并列出",
            place,
            region=region,
            latest=latest,
            columns=COLUMNS,
            table=unit_table(entries, totals) if years else None,
            rows=[(unit, [by_unit[unit.slug].get(year) for year in years]) for unit in units],
            years=years,
            disclosed={summary.year for summary in summaries},
            parts=parts if number == 1 and len(parts) > 1 else (),
            downloads=grouped(downloads) if number == 1 else (),
        )


def _entry(unit: Unit, summary: Summary | None, up: str) -> Entry:
    """A unit with its record; without one its link leads to the unit's own page."""
    below = f"{up}{unit.slug}/"
    return unit.name, f"{below}{summary.year}/" if summary else below, summary


def unit_page(
    region: Region,
    unit: Unit,
    summaries: Mapping[int, Summary],
    years: range,
    environment: Environment,
    downloads: Sequence[Download] = (),
) -> Page:
    """The years of a unit.

    Args:
        summaries: year -> its record.
        years: all of the region.
        downloads: files with its data.
    """
    return index_page(
        environment,
        "pages/unit.html",
        "unit",
        unit.name,
        unit_description(unit),
        Place(unit_address(region.code, unit.slug)),
        unit_data(region, unit),
        region=region,
        unit=unit,
        rows=[(year, summaries.get(year)) for year in reversed(years)],
        figures=side_by_side(summaries, years[::-1]),
        charts=unit_charts(unit.name, summaries, years),
        width=WIDTH,
        right=RIGHT,
        downloads=grouped(downloads),
    )


def _by_unit(region: Region, summaries: Sequence[Summary]) -> dict[str, dict[int, Summary]]:
    """Unit -> year -> summary, for every unit of the region."""
    units: dict[str, dict[int, Summary]] = {slug: {} for slug in region.units}
    for summary in summaries:
        units[summary.unit][summary.year] = summary
    return units


def search_page(environment: Environment) -> Page:
    """The search page's form; regions, units and years come with the search index."""
    return index_page(
        environment,
        "pages/search.html",
        "search",
        "检索",
        "在全部公开信息中按原文查找",
        Place(SEARCH),
    )
