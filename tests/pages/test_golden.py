"""One golden page of each kind: the difference in git is the review.

`pytest tests/pages/test_golden.py --write-golden` writes them anew.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest

from generator.checks.case import read_library
from generator.checks.check import check_unit
from generator.checks.remarks import remarks_of
from generator.checks.rules import describe_rules
from generator.forms.values import State
from generator.git import Change
from generator.pages.catalogue import Summary
from generator.pages.drawing import Drawings
from generator.pages.environment import make_environment
from generator.pages.glossary import Explainer, glossary_page
from generator.pages.indexes import unit_page
from generator.pages.page import Page
from generator.pages.record import record_page, summarize
from generator.records.data import open_data
from generator.records.figures import MainFigure
from generator.records.glossary import GLOSSARY, read_glossary
from generator.records.regions import Region, Unit
from tests.conftest import write_example
from tests.pages.composing import index_pages

TODAY = date(2024, 6, 30)
SITE = "https://www.example.org/gongkai/"
CHANGES = (
    Change("M", "2024-05-06", "2" * 10, "2" * 12),
    Change("M", "2023-06-01", "1" * 10, "1" * 12),
    Change("A", "2023-05-11", "0" * 10, "0" * 12),
)
"""As git would tell them of one of the records."""
GOLDEN = Path(__file__).parents[1] / "golden"

# file -> the address of the page in it
PAGES = {
    "home.html": "",
    "search.html": "search/",
    "region.html": "990001/",
    "unit.html": "990001/shili-minzheng/",
    "unit-without-records.html": "990001/shili-shuili/",
    "year.html": "years/2022/",
    "coverage.html": "coverage/",
    "region-coverage.html": "990001/coverage/",
    "compare.html": "compare/",
    "data.html": "data/",
    "glossary.html": "glossary/",
    "record.html": "990001/shili-minzheng/2022/",
    "record-indicators.html": "990001/shili-jiaoyu/2022/",
    "record-empty.html": "990001/shili-minzheng/2021/",
    "record-prose-only.html": "990001/shili-jiaoyu/2023/",
}

# the same for pages of lists that are cut very short
PAGED = {
    "home-of-many.html": "",
    "province.html": "regions/99/",
    "province-further.html": "regions/99/2/",
    "region-of-many.html": "990002/",
    "region-further.html": "990002/2/",
    "year-of-many.html": "years/2022/",
    "year-further.html": "years/2022/3/",
    "coverage-further.html": "coverage/2/",
    "region-coverage-further.html": "990002/coverage/2/",
}


def all_pages(folder: Path) -> Iterator[Page]:
    data = open_data(folder)
    environment = make_environment()
    drawings = Drawings(environment)
    glossary = read_glossary(folder / GLOSSARY)
    explainer = Explainer(glossary, environment)
    summaries = []
    library, rules = read_library(folder), describe_rules(data.forms)
    for _, group in groupby(data.records, lambda each: (each.region, each.unit)):
        records = list(group)
        region = data.regions[records[0].region]
        unit = region.units[records[0].unit]
        years = [each.year for each in records]
        before = None
        for checked in check_unit(records, data.forms, region, library, TODAY):
            assert checked.record
            remarks = remarks_of(checked.findings, rules)
            summary = summarize(checked.record, drawings, remarks)
            yield record_page(
                checked.record,
                region,
                unit,
                years,
                environment,
                drawings,
                remarks,
                summary,
                before,
                explainer,
                CHANGES if checked.record.portal else (),
                SITE if checked.record.portal else "",
            )
            summaries.append(before := summary)
    yield from index_pages(data.regions, summaries, environment)
    yield glossary_page(glossary, environment)


def as_text(page: Page) -> str:
    return (
        f"<!-- title -->\n{page.title}\n<!-- description -->\n{page.description}\n"
        f"<!-- head -->\n{page.head.strip()}\n<!-- content -->\n{page.content.strip()}\n"
        f"<!-- contents -->\n{page.toc.strip()}\n"
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    """Those of the example by their addresses."""
    data = write_example(tmp_path_factory.mktemp("example") / "data")
    return {page.address: page for page in all_pages(data)}


@pytest.mark.parametrize("name", PAGES)
def test_page_is_as_reviewed(
    name: str, pages: dict[str, Page], request: pytest.FixtureRequest
) -> None:
    assert as_text(pages[PAGES[name]]) == golden(name, pages[PAGES[name]], request)


@pytest.mark.parametrize("name", PAGED)
def test_page_of_a_long_list_is_as_reviewed(
    name: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr("generator.pages.indexes.HOME_REGIONS", 3)
    monkeypatch.setattr("generator.pages.indexes.PROVINCE_REGIONS", 3)
    monkeypatch.setattr("generator.pages.indexes.REGION_UNITS", 2)
    monkeypatch.setattr("generator.pages.coverage.COVERAGE_REGIONS", 3)
    monkeypatch.setattr("generator.pages.coverage.COVERAGE_UNITS", 3)
    monkeypatch.setattr("generator.pages.years.YEAR_RECORDS", 3)
    monkeypatch.setattr("generator.pages.years.YEAR_REGIONS", 2)
    pages = {page.address: page for page in index_pages(*many(), make_environment())}
    assert as_text(pages[PAGED[name]]) == golden(name, pages[PAGED[name]], request)


def test_page_of_a_unit_with_charts_is_as_reviewed(request: pytest.FixtureRequest) -> None:
    unit = Unit("shili-jia", "示例局")
    region = Region("990001", "示例县", {unit.slug: unit})
    known = {
        2020: {"收入合计": "90.5", "支出合计": "0", "三公经费": "3.20", "实有人数": "9"},
        2022: {"收入合计": "104", "支出合计": "-2.5", "三公经费": "3", "实有人数": "12"}
        | {"因公出国费": "0", "公务接待费": "1.25", "公务用车费": "1.75"},
    }
    summaries = {
        year: Summary(
            region.code,
            unit.slug,
            year,
            ("附件1 自评表",),
            figures=tuple(
                MainFigure(name, State.FILLED, number, Decimal(number), name == "三公经费")
                for name, number in written.items()
            ),
        )
        for year, written in known.items()
    }
    page = unit_page(region, unit, summaries, range(2020, 2023), make_environment())
    assert as_text(page) == golden("unit-charts.html", page, request)


def many() -> tuple[dict[str, Region], list[Summary]]:
    """Five regions; the second has five units, the others one."""
    regions = {
        code: Region(code, name, {f"shili-{slug}": Unit(f"shili-{slug}", name + slug)})
        for code, name, slug in [
            ("990001", "示例县一", "jia"),
            ("990002", "示例县二", "jia"),
            ("990003", "示例县三", "jia"),
            ("990004", "示例县四", "jia"),
            ("980001", "示例县五", "jia"),
        ]
    }
    for slug in ("yi", "bing", "ding", "wu"):
        regions["990002"].units[f"shili-{slug}"] = Unit(f"shili-{slug}", f"示例县二{slug}")
    income = {
        "shili-jia": MainFigure("收入合计", State.FILLED, "704.70", Decimal("704.70")),
        "shili-yi": MainFigure("收入合计", State.FILLED, "0", Decimal(0), disputed=True),
        "shili-bing": MainFigure("收入合计", State.EMPTY, "", None),
        "shili-ding": MainFigure("收入合计", State.NOT_APPLICABLE, "不适用", None),
    }
    summaries = [
        Summary(
            region.code,
            slug,
            2022,
            ("附件1 2022年度自评表",),
            figures=(income[slug],) if slug in income else (),
            remarks=int(slug == "shili-yi"),
        )
        for region in regions.values()
        for slug in region.units
    ]
    withdrawn = Summary("990002", "shili-jia", 2021, (), "已撤回")
    return regions, [*summaries, withdrawn]


def golden(name: str, page: Page, request: pytest.FixtureRequest) -> str:
    """What the page was when it was reviewed; it is written first when that is asked for."""
    if request.config.getoption("--write-golden"):
        (GOLDEN / name).write_text(as_text(page), encoding="utf-8", newline="\n")
    return (GOLDEN / name).read_text(encoding="utf-8")


def test_every_kind_of_page_has_a_golden_one(pages: dict[str, Page]) -> None:
    kinds = {page.kind for page in pages.values()}
    assert {pages[address].kind for address in PAGES.values()} == kinds


def test_pages_are_the_same_whatever_the_order_of_the_files(example_data: Path) -> None:
    """Folders are listed in any order by file systems."""
    before = [as_text(page) for page in all_pages(example_data)]
    moved = example_data.with_name("moved")
    for path in sorted(example_data.rglob("*.yaml"), reverse=True):
        target = moved / path.relative_to(example_data)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    assert [as_text(page) for page in all_pages(moved)] == before
