"""One golden page of each kind: the difference in git is the review.

`pytest tests/pages/test_golden.py --write-golden` writes them anew.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.checks.check import check_record
from generator.pages.catalogue import Catalogue
from generator.pages.drawing import Drawings
from generator.pages.environment import make_environment
from generator.pages.indexes import index_pages
from generator.pages.page import Page
from generator.pages.record import record_page, summarize
from generator.records.data import open_data

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
    for identity in data.records:
        record, _ = check_record(identity, data.forms)
        assert record
        summaries.append(summarize(record, drawings))
        region = data.regions[identity.region]
        years = [each.year for each in data.records if each.unit == identity.unit]
        unit = region.units[identity.unit]
        yield record_page(record, region, unit, years, environment, drawings)
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
