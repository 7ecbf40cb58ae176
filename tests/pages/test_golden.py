"""One golden page of each kind: the difference in git is the review.

`pytest tests/pages/test_golden.py --write-golden` writes them anew.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

from generator.checks.case import read_library
from generator.checks.check import check_unit
from generator.checks.remarks import remarks_of
from generator.checks.rules import describe_rules
from generator.pages.catalogue import Catalogue
from generator.pages.drawing import Drawings
from generator.pages.environment import make_environment
from generator.pages.indexes import index_pages
from generator.pages.page import Page
from generator.pages.record import record_page, summarize
from generator.records.data import open_data

TODAY = date(2024, 6, 30)
GOLDEN = Path(__file__).parents[1] / "golden"

# file -> the address of the page in it
PAGES = {
    "home.html": "",
    "search.html": "search/",
    "region.html": "990001/",
    "unit.html": "990001/shili-minzheng/",
    "unit-without-records.html": "990001/shili-shuili/",
    "year.html": "years/2022/",
    "record.html": "990001/shili-minzheng/2022/",
    "record-indicators.html": "990001/shili-jiaoyu/2022/",
    "record-empty.html": "990001/shili-minzheng/2021/",
    "record-prose-only.html": "990001/shili-jiaoyu/2023/",
}


def all_pages(folder: Path) -> Iterator[Page]:
    data = open_data(folder)
    environment = make_environment()
    drawings = Drawings(environment)
    summaries = []
    library, rules = read_library(folder), describe_rules(data.forms)
    for _, group in groupby(data.records, lambda each: (each.region, each.unit)):
        records = list(group)
        region = data.regions[records[0].region]
        unit = region.units[records[0].unit]
        years = [each.year for each in records]
        for checked in check_unit(records, data.forms, region, library, TODAY):
            assert checked.record
            summaries.append(summarize(checked.record, drawings))
            remarks = remarks_of(checked.findings, rules)
            yield record_page(checked.record, region, unit, years, environment, drawings, remarks)
    yield from index_pages(Catalogue(data.regions, summaries), environment)


def as_text(page: Page) -> str:
    return (
        f"<!-- title -->\n{page.title}\n<!-- description -->\n{page.description}\n"
        f"<!-- head -->\n{page.head.strip()}\n<!-- content -->\n{page.content.strip()}\n"
        f"<!-- contents -->\n{page.toc.strip()}\n"
    )


@pytest.mark.parametrize("name", PAGES)
def test_page_is_as_reviewed(name: str, example_data: Path, request: pytest.FixtureRequest) -> None:
    pages = {page.address: page for page in all_pages(example_data)}
    text = as_text(pages[PAGES[name]])
    if request.config.getoption("--write-golden"):
        (GOLDEN / name).write_text(text, encoding="utf-8", newline="\n")
    assert text == (GOLDEN / name).read_text(encoding="utf-8")


def test_every_kind_of_page_has_a_golden_one(example_data: Path) -> None:
    pages = {page.address: page.kind for page in all_pages(example_data)}
    assert {pages[address] for address in PAGES.values()} == set(pages.values())


def test_pages_are_the_same_whatever_the_order_of_the_files(example_data: Path) -> None:
    """Folders are listed in any order by file systems."""
    before = [as_text(page) for page in all_pages(example_data)]
    moved = example_data.with_name("moved")
    for path in sorted(example_data.rglob("*.yaml"), reverse=True):
        target = moved / path.relative_to(example_data)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    assert [as_text(page) for page in all_pages(moved)] == before
