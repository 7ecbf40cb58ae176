"""The index pages: home, regions, units, years, and the search page's form."""

from collections.abc import Iterator

from jinja2 import Environment
from markupsafe import Markup

from generator.pages.addresses import (
    HOME,
    SEARCH,
    region_address,
    root_of,
    unit_address,
    year_address,
)
from generator.pages.catalogue import Catalogue
from generator.pages.page import Kind, Page

LATEST = 20
"""Disclosures listed on the home page."""


def index_pages(catalogue: Catalogue, environment: Environment) -> Iterator[Page]:
    """Every page that is made from summaries alone."""

    def page(kind: Kind, address: str, title: str, description: str, **values: object) -> Page:
        html = environment.get_template(f"pages/{kind}.html").render(
            root=root_of(address), catalogue=catalogue, **values
        )
        content = Markup(html)  # noqa: S704 - rendered by our escaping environment
        return Page(address, kind, title, description, content)

    regions = list(catalogue.regions.values())
    years = [str(year) for year in catalogue.by_year]
    yield page(
        "home",
        HOME,
        "首页",
        "部门预决算与绩效自评等公开信息，可按地区、单位、年度查阅和检索",
        regions=regions,
        latest=catalogue.latest(LATEST),
    )
    yield page(
        "search",
        SEARCH,
        "检索",
        "在全部公开信息中按原文查找",
        regions=[
            {"code": region.code, "name": region.name, "units": list(region.units.values())}
            for region in regions
        ],
        years=years,
    )
    for region in regions:
        yield page(
            "region",
            region_address(region.code),
            f"{region.name}各单位公开情况",
            f"{region.name}各单位历年公开信息一览，未公开的年度一并列出",
            region=region,
            years=catalogue.years_of(region.code),
        )
        for unit in region.units.values():
            summaries = catalogue.years_of_unit(region.code, unit.slug)
            yield page(
                "unit",
                unit_address(region.code, unit.slug),
                unit.name,
                f"{unit.name}历年公开信息",
                region=region,
                unit=unit,
                summaries=summaries,
                years=catalogue.years_of(region.code)[::-1],
            )
    for year, summaries_of_year in catalogue.by_year.items():
        yield page(
            "year",
            year_address(year),
            f"{year}年度公开信息",
            f"{year}年度已公开信息的单位",
            year=year,
            years=list(catalogue.by_year),
            summaries=summaries_of_year,
        )
