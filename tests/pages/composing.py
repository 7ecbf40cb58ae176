"""All index pages of a small site, made from what fits in memory."""

from collections.abc import Iterable, Iterator, Mapping

from jinja2 import Environment

from generator.pages.catalogue import Listed, RegionLine, Summary, years_between
from generator.pages.choosing import compare_page
from generator.pages.coverage import coverage_pages, region_coverage_pages
from generator.pages.data import data_page
from generator.pages.indexes import (
    LATEST,
    home_page,
    province_pages,
    region_pages,
    search_page,
    unit_page,
)
from generator.pages.page import Page
from generator.pages.unit_tables import totals_by_region
from generator.pages.years import year_pages
from generator.records.regions import Region


def index_pages(
    regions: Mapping[str, Region], summaries: Iterable[Summary], environment: Environment
) -> Iterator[Page]:
    """As a build makes them, from all summaries in any order."""
    ordered = sorted(summaries)
    listed = [Listed(each, regions[each.region].units[each.unit].name) for each in ordered]
    years = sorted({each.year for each in ordered}, reverse=True)
    of_year = {year: [each for each in listed if each.summary.year == year] for year in years}
    lines = []
    for code, region in sorted(regions.items()):
        own = [each for each in ordered if each.region == code]
        lines.append(RegionLine.of(region, own))
        yield from region_pages(region, own, environment)
        yield from region_coverage_pages(region, own, environment)
        span = years_between(each.year for each in own)
        for unit in region.units.values():
            by_year = {each.year: each for each in own if each.unit == unit.slug}
            yield unit_page(region, unit, by_year, span, environment)
    latest = [each for year in years for each in of_year[year]][:LATEST]
    yield home_page(lines, latest, environment)
    yield from province_pages(lines, environment)
    yield from coverage_pages(lines, environment)
    yield compare_page(environment)
    with_data = [(line, sum(line.records.values())) for line in lines]
    of_years = {year: len(records) for year, records in of_year.items()}
    licence = ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")
    site_url = "https://www.example.org/gongkai/"
    yield data_page(with_data, of_years, ("docx", "pdf"), site_url, licence, environment)
    yield search_page(environment)
    for year in years:
        totals = totals_by_region(of_year[year])
        yield from year_pages(year, years, lines, totals, of_year[year], environment)
