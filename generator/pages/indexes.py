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
from generator.pages.page import Page
from generator.pages.paging import Place, index_page, pieces
from generator.pages.provinces import province_name, province_of
from generator.records.regions import Region, Unit

LATEST = 20
"""Disclosures listed on the home page."""
HOME_REGIONS = 60
"""Regions listed on the home page; where there are more, it lists provinces."""
PROVINCE_REGIONS = 500
"""Regions on a page of a province."""
REGION_UNITS = 200
"""Units on a page of a region, unless they have many years."""
REGION_CELLS = 1600
"""Units by years on a page of a region: 130 KB."""


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
    region: Region, summaries: Sequence[Summary], environment: Environment
) -> Iterator[Page]:
    """The units of a region by years. `summaries`: of all its records, in any order."""
    by_unit = _by_unit(region, summaries)
    years = years_between(summary.year for summary in summaries)
    size = max(1, min(REGION_UNITS, REGION_CELLS // max(1, len(years))))
    parts = pieces(list(region.units.values()), size)
    for number, units in enumerate(parts, 1):
        yield index_page(
            environment,
            "pages/region.html",
            "region",
            f"{region.name}各单位公开情况",
            f"{region.name}各单位历年公开信息一览，未公开的年度一并列出",
            Place(region_address(region.code), number, len(parts)),
            region=region,
            rows=[(unit, [by_unit[unit.slug].get(year) for year in years]) for unit in units],
            years=years,
            parts=parts if number == 1 and len(parts) > 1 else (),
        )


def unit_page(
    region: Region,
    unit: Unit,
    summaries: Mapping[int, Summary],
    years: range,
    environment: Environment,
) -> Page:
    """The years of a unit. `summaries`: year -> its record; `years`: all of the region."""
    return index_page(
        environment,
        "pages/unit.html",
        "unit",
        unit.name,
        f"{unit.name}历年公开信息",
        Place(unit_address(region.code, unit.slug)),
        region=region,
        unit=unit,
        rows=[(year, summaries.get(year)) for year in reversed(years)],
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
