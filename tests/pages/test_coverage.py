"""Who has not disclosed: counted against the units that are registered, and nothing leaks."""

import re
from itertools import islice
from unittest.mock import patch

import pytest
from jinja2 import Environment

from generator.pages.catalogue import RegionLine, Summary
from generator.pages.coverage import Count, counts_of, coverage_pages, region_coverage_pages
from generator.pages.environment import make_environment
from generator.records.regions import Region, Unit
from generator.records.review import Status

LIMIT = 185_000
REGION = Region(
    "990001", "示例县", {slug: Unit(slug, f"示例县{slug}局") for slug in ("jia", "yi", "bing")}
)


@pytest.fixture(scope="module")
def environment() -> Environment:
    return make_environment()


def record(unit: str, year: int, status: Status = "已发布") -> Summary:
    return Summary("990001", unit, year, (), status)


# records -> year -> units that have not disclosed
CASES = [
    ([], {}),
    ([record("jia", 2022)], {2022: ["yi", "bing"]}),
    ([record(slug, 2022) for slug in REGION.units], {2022: []}),
    # Every year in between counts, also one that nobody has disclosed for.
    (
        [record("jia", 2020), record("yi", 2022)],
        {2022: ["jia", "bing"], 2021: ["jia", "yi", "bing"], 2020: ["yi", "bing"]},
    ),
    ([record("jia", 2022), record("yi", 2022, "已撤回")], {2022: ["yi", "bing"]}),
    ([record("jia", 2022), record("yi", 2022, "草稿")], {2022: ["yi", "bing"]}),
    ([record("jia", 2022), record("yi", 2022, "待审")], {2022: ["yi", "bing"]}),
    ([record("jia", 2022), record("yi", 2022, "已审")], {2022: ["yi", "bing"]}),
]


@pytest.mark.parametrize(("records", "missing"), CASES)
def test_both_pages_say_who_has_not_disclosed(
    records: list[Summary], missing: dict[int, list[str]], environment: Environment
) -> None:
    (page,) = region_coverage_pages(REGION, records, environment)
    by_year = re.split(r'<h2 id="(\d{4})">', page.content)
    found = {
        int(year): re.findall(r'<li><a href="\.\./(\w+)/">', text)
        for year, text in zip(by_year[1::2], by_year[2::2], strict=True)
    }
    assert found == missing
    assert list(found) == sorted(found, reverse=True)

    counts = counts_of(RegionLine.of(REGION, records))
    assert counts == {
        year: Count(len(REGION.units) - len(units), len(units)) for year, units in missing.items()
    }


@pytest.mark.parametrize("status", ["草稿", "待审", "已审"])
def test_a_record_that_is_not_public_is_not_told_of(
    status: Status, environment: Environment
) -> None:
    records = [record("jia", 2022), record("yi", 2022, status)]
    (page,) = region_coverage_pages(REGION, records, environment)
    assert status not in page.content


def test_what_was_withdrawn_is_told(environment: Environment) -> None:
    records = [record("jia", 2022), record("yi", 2022, "已撤回")]
    (page,) = region_coverage_pages(REGION, records, environment)
    assert '<a href="../yi/">示例县yi局</a> <span>已撤回</span>' in page.content


def test_totals_are_of_all_pages(environment: Environment) -> None:
    lines = [
        RegionLine("990001", "示例县一", 3, {2022: 3}, {2022: 2}),
        RegionLine("990002", "示例县二", 5, {2021: 1}, {2021: 1}),
        RegionLine("990003", "示例县三", 7, {}, {}),
    ]
    with patch("generator.pages.coverage.COVERAGE_REGIONS", 1):
        pages = list(coverage_pages(lines, environment))
    assert [page.address for page in pages] == ["coverage/", "coverage/2/", "coverage/3/"]
    for page in pages:
        foot = page.content.partition("<tfoot>")[2]
        assert re.findall(r"未公开 (\d+)<br>已公开 (\d+)<span[^>]*>(\d+) 个地区", foot) == [
            ("1", "2", "1"),
            ("4", "1", "1"),
        ]
    assert pages[2].content.count("没有记录</span>") == 2


ALL = RegionLine("990001", "示例县一", 3, {2022: 3}, {2022: 3})
SOME = RegionLine("990002", "示例县二", 5, {2022: 1}, {2022: 1})
NONE = RegionLine("990003", "示例县三", 7, {}, {})
NO_UNITS = RegionLine("990004", "示例县四", 0, {}, {})
MISSING = "一共有 4 处没有公开（一个单位一个年度算一处）。"
SILENT = "有 1 个地区还没有任何公开记录。"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([ALL], "登记的单位各个年度都已经公开。"),
        ([ALL, NO_UNITS], "登记的单位各个年度都已经公开。"),
        ([ALL, SOME], MISSING),
        ([ALL, NONE], SILENT),
        ([ALL, SOME, NONE], MISSING + SILENT),
    ],
)
def test_one_sentence_says_who_is_missing(
    lines: list[RegionLine], said: str, environment: Environment
) -> None:
    (page,) = coverage_pages(lines, environment)
    assert re.findall("<strong>(.*?)</strong>", page.content) == [said]


def test_no_calendar_date_is_passed_off_as_law(environment: Environment) -> None:
    (page,) = region_coverage_pages(REGION, [record("jia", 2022)], environment)
    assert "批复后 20 日内" in page.content
    assert "第十四条" in page.content
    assert not re.search(r"\d+ ?月 ?\d+ ?日", page.content)


def test_regions_and_units_without_end(environment: Environment) -> None:
    """3,000 regions; a region of 3,000 units."""
    counts = dict.fromkeys(range(2012, 2024), 1000)
    lines = [
        RegionLine(f"99{number:04}", f"示例县第{number}乡镇", 1000, counts, counts)
        for number in range(3000)
    ]
    first, *others = islice(coverage_pages(lines, environment), 3)
    assert all(len(page.content.encode()) < LIMIT for page in (first, *others))

    slugs = [f"shili-zhongxin-xiaoxue-{number}" for number in range(3000)]
    region = Region(
        "990001", "示例县", {slug: Unit(slug, f"示例县第一乡镇{slug}") for slug in slugs}
    )
    pages = list(region_coverage_pages(region, [record(slugs[0], 2022)], environment))
    assert len(pages) == 5
    assert all(len(page.content.encode()) < LIMIT for page in pages)
    found = [
        slug for page in pages for slug in re.findall(r"<li><a href=.*?/([\w-]+)/\"", page.content)
    ]
    assert [slug for slug in found if slug in region.units] == slugs[1:]
