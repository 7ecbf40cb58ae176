"""Units and years that a reader chooses to compare: the page, and the files that it reads.

regions.json                             every region that has records: code, name
430524/units.json                        its units that have records: slug, name
430524/xingzheng-shenpi/figures.json     a unit's main figures, year by year
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jinja2 import Environment

from generator.pages.addresses import COMPARE, region_address, unit_address
from generator.pages.catalogue import RegionLine, Summary
from generator.pages.compared import stated
from generator.pages.page import Page
from generator.pages.paging import Place, index_page
from generator.records.figures import MEASURES, MainFigure
from generator.records.regions import Region, Unit

MOST = 4
"""Columns that are compared at a time."""

PlainFile = tuple[str, bytes]
"""Path below the site's root, content."""


def compare_page(environment: Environment) -> Page:
    """The page; what is compared stands in its address, and comes from the files."""
    return index_page(
        environment,
        "pages/compare.html",
        "compare",
        "单位和年度比较",
        "把两到四个单位或年度的主要数据放在一起比较",
        Place(COMPARE),
        measures=MEASURES,
        most=MOST,
    )


def regions_json(lines: Iterable[RegionLine]) -> PlainFile:
    """The regions that have something to compare: 30 KB for 3,000, compressed."""
    return "regions.json", _packed([[line.code, line.name] for line in lines if line.records])


def units_json(region: Region, summaries: Sequence[Summary]) -> PlainFile:
    """A region's units that have something to compare. `summaries`: of all its records."""
    known = {summary.unit for summary in summaries}
    units = [[each.slug, each.name] for each in region.units.values() if each.slug in known]
    path = f"{region_address(region.code)}units.json"
    return path, _packed({"name": region.name, "units": units})


def figures_json(region: Region, unit: Unit, summaries: Mapping[int, Summary]) -> PlainFile:
    """A unit's main figures. `summaries`: year -> its record."""
    years = [
        {
            "year": year,
            "status": summary.status,
            "remarks": summary.remarks,
            "figures": {each.indicator: _figure(each) for each in summary.figures},
        }
        for year, summary in sorted(summaries.items(), reverse=True)
    ]
    path = f"{unit_address(region.code, unit.slug)}figures.json"
    return path, _packed({"region": region.name, "name": unit.name, "years": years})


def _figure(figure: MainFigure) -> dict[str, Any]:
    """`number` is a decimal in a string, as a float would lose digits; `word` says why there is
    nothing."""
    value = stated(figure)
    plain: dict[str, Any] = {"text": value.text}
    if value.is_word:
        plain["word"] = True
    if value.number is not None:
        plain["number"] = f"{value.number:f}"
    if value.disputed:
        plain["disputed"] = True
    return plain


def _packed(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
