"""Index pages at any size: none grows without end, and everything is reached from the home page."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from unittest.mock import patch
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from generator.forms.values import State
from generator.pages.addresses import (
    further_address,
    record_address,
    region_address,
    region_coverage_address,
    root_of,
    unit_address,
)
from generator.pages.catalogue import Listed, RegionLine, Summary
from generator.pages.environment import make_environment
from generator.pages.indexes import (
    HOME_REGIONS,
    REGION_UNITS,
    home_page,
    province_pages,
    region_pages,
    unit_page,
)
from generator.pages.page import Page
from generator.pages.paging import Place, pieces
from generator.pages.provinces import PROVINCES, province_name, province_of
from generator.pages.unit_tables import Totals
from generator.pages.years import YEAR_RECORDS, year_pages
from generator.records.figures import MEASURES, MainFigure
from generator.records.regions import SLUG, Region, Unit
from tests.pages.composing import index_pages

LIMIT = 185_000
"""Bytes of a page: with a frame of 15 KB it stays below 200 KB."""
TITLES = (
    "附件1 2022年度部门整体支出绩效评价基础数据表",
    "附件2 2022年度部门整体支出绩效自评表",
    "附件3 2022年度项目支出绩效自评表",
    "附件4 2022年度项目支出绩效自评表",
    "附件5 2022年度“三公”经费支出情况表",
    "附件6 部门整体支出绩效自评报告",
)


FIGURES = tuple(
    MainFigure(measure.indicator, State.FILLED, "1234567.89", Decimal("1234567.89"), disputed=True)
    if measure.unit
    else MainFigure(measure.indicator, State.FILLED, "优", None, disputed=True)
    for measure in MEASURES
)


@pytest.fixture(scope="module")
def environment() -> Environment:
    return make_environment()


def region_of(number: int, units: int) -> Region:
    slugs = [f"shili-zhongxin-xiaoxue-{unit}" for unit in range(units)]
    names = [f"示例县第{number}乡镇第{unit}中心小学校" for unit in range(units)]
    named = {slug: Unit(slug, name) for slug, name in zip(slugs, names, strict=True)}
    return Region(f"99{number:04}", f"示例县第{number}乡镇", named)


def summaries_of(region: Region, years: Iterable[int]) -> list[Summary]:
    return [_summary(region, slug, year) for year in years for slug in region.units]


def _summary(region: Region, slug: str, year: int) -> Summary:
    return Summary(region.code, slug, year, TITLES, figures=FIGURES, remarks=22)


def listed(region: Region, year: int) -> Iterator[Listed]:
    for slug in sorted(region.units):
        yield Listed(_summary(region, slug, year), region.units[slug].name)


def size(page: Page) -> int:
    return len(f"{page.content}{page.head}{page.toc}".encode())


def links(page: Page) -> list[str]:
    """The addresses below the site's root to which a page leads, with their anchors."""
    base = f"https://site.invalid/{page.address}"
    found = re.findall(r'<a [^>]*?href="([^"]*)"', page.content)
    return [urljoin(base, link).removeprefix("https://site.invalid/") for link in found]


def assert_is_one_list(pages: Sequence[Page], start: str) -> None:
    """Pages follow each other, and say so: in their heads, pagers and titles."""
    addresses = [further_address(start, number) for number in range(1, len(pages) + 1)]
    assert [page.address for page in pages] == addresses
    for number, page in enumerate(pages, 1):
        root = root_of(page.address)
        neighbours = {}
        if number > 1:
            neighbours["prev"] = root + addresses[number - 2]
        if number < len(pages):
            neighbours["next"] = root + addresses[number]
        assert dict(re.findall(r'<link rel="(.*?)" href="(.*?)">', page.head)) == neighbours
        assert dict(re.findall(r'<a rel="(.*?)" href="(.*?)">', page.content)) == neighbours
        current = re.findall(r'aria-current="page">(\d+)<', page.content)
        assert current == ([str(number)] if len(pages) > 1 else [])
        assert page.title.endswith(f"（第{number}页）") == (number > 1)
        assert page.description.endswith(f"（第{number}页）") == (number > 1)
    assert len({page.title for page in pages}) == len(pages)


@pytest.mark.parametrize(
    ("units", "years", "count"),
    [
        (0, 0, 1),
        (1, 1, 1),
        (150, 0, 1),
        (151, 0, 2),
        (120, 10, 1),
        (121, 10, 2),
        (3000, 12, 28),
        (20, 100, 1),
    ],
)
def test_region_of_any_size(units: int, years: int, count: int, environment: Environment) -> None:
    region = region_of(1, units)
    summaries = summaries_of(region, range(2024 - years, 2024))
    pages = list(region_pages(region, summaries, environment))
    assert len(pages) == count
    assert max(map(size, pages)) < LIMIT
    assert_is_one_list(pages, region_address(region.code))
    below = Counter(
        link
        for page in pages
        for link in links(page)
        if link.startswith(region.code) and not re.fullmatch(r"\d+/(\d+/)?", link)
    )
    latest = [
        record_address(each.region, each.unit, each.year)
        for each in summaries
        if each.year == summaries[-1].year
    ]
    assert below == Counter(
        [unit_address(region.code, slug) for slug in region.units]
        + [record_address(each.region, each.unit, each.year) for each in summaries]
        + [address + anchor for address in latest for anchor in ("", "#核对说明")]
        + [region_coverage_address(region.code)] * count * bool(units)
    )


def test_the_first_page_of_a_long_region_says_what_is_on_each(environment: Environment) -> None:
    region = region_of(1, 450)
    first, *further = region_pages(region, [], environment)
    names = [unit.name for unit in region.units.values()]
    for number, part in enumerate(pieces(names, REGION_UNITS), 1):
        entry = f"第{number}页</a> <span>{part[0]} 至 {part[-1]}</span>"
        assert entry in first.content
    assert '<input type="hidden" name="region" value="990001">' in first.content
    assert not any("各页单位" in page.content for page in further)


def test_the_page_of_a_unit_has_every_year_of_its_region(environment: Environment) -> None:
    region = region_of(1, 1)
    (unit,) = region.units.values()
    known = {each.year: each for each in summaries_of(region, [2020])}
    page = unit_page(region, unit, known, range(2020, 2023), environment)
    assert re.findall(r"(\d{4})年度(?=<)", page.content)[:3] == ["2022", "2021", "2020"]
    figures, _, documents = page.content.partition('id="公开的文件"')
    assert documents.count("未公开</span>") == figures.count("未公开</span>") == 2
    assert record_address(region.code, unit.slug, 2020) in links(page)


def test_year_of_many_records(environment: Environment) -> None:
    """Of 1,000 regions: taken as they come, on small pages, each record once."""
    regions = [region_of(number, 20) for number in range(1, 1001)]
    twenty = {2022: 20}
    lines = [RegionLine(region.code, region.name, 20, twenty, twenty) for region in regions]
    taken = 0

    def records() -> Iterator[Listed]:
        nonlocal taken
        for region in regions:
            for record in listed(region, 2022):
                taken += 1
                yield record

    found = list[str]()
    totals = {region.code: Totals(20) for region in regions}
    pages = year_pages(2022, range(2023, 2011, -1), lines, totals, records(), environment)
    for number, page in enumerate(pages, 1):
        assert taken <= number * YEAR_RECORDS
        assert size(page) < LIMIT
        shown = re.findall(r'<th scope="row"><a href="([./]+)(99[^"]*/2022/)">', page.content)
        assert {root for root, _ in shown} == {root_of(page.address)}
        found += (address for _, address in shown)
    assert number == 3 * (300 * 20 // YEAR_RECORDS) + -(-100 * 20 // YEAR_RECORDS)
    assert len(found) == 20_000
    assert set(found) == {
        record_address(region.code, slug, 2022) for region in regions for slug in region.units
    }


@given(drawn=st.lists(st.tuples(st.sampled_from("1458"), st.integers(0, 8)), max_size=12))
def test_every_region_of_a_year_is_reached_and_every_record_is_listed_once(
    environment: Environment, drawn: list[tuple[str, int]]
) -> None:
    regions = [
        Region(f"{province}1{number:04}", f"示例县{number}", region_of(number, count).units)
        for number, (province, count) in enumerate(sorted(drawn))
    ]
    lines = [
        RegionLine(region.code, region.name, 9, {2022: len(region.units)}, {}) for region in regions
    ]
    totals = dict.fromkeys((region.code for region in regions), Totals())
    taken = list[Listed]()

    def records() -> Iterator[Listed]:
        for region in regions:
            for record in listed(region, 2022):
                taken.append(record)
                yield record

    pages = list[Page]()
    with (
        patch("generator.pages.years.YEAR_RECORDS", 3),
        patch("generator.pages.years.YEAR_REGIONS", 2),
    ):
        for page in year_pages(2022, [2022], lines, totals, records(), environment):
            pages.append(page)
            assert len(taken) <= 3 * len(pages)
    assert_is_one_list(pages, "years/2022/")
    shown = [link for page in pages for link in links(page) if re.fullmatch(r".*/.*/2022/", link)]
    assert shown == [record_address(each.summary.region, each.summary.unit, 2022) for each in taken]

    by_address = {page.address: page for page in pages}
    begins = {
        code: page.address
        for page in reversed(pages)
        for code in re.findall(r'<h2 id="(\d+)">', page.content)
    }
    assert begins.keys() == {line.code for line in lines if line.records[2022]}
    if len(pages) < 2:
        return
    reached = {"years/2022/": pages[0]}
    reached |= {link: by_address[link] for link in links(pages[0]) if link in by_address}
    for code, address in begins.items():
        first = by_address[address].content
        assert f'<h2 id="{code}"><a href="{root_of(address)}{code}/">' in first
        is_linked = any(f"{address}#{code}" in links(page) for page in reached.values())
        assert is_linked or address in reached


@pytest.mark.parametrize(
    ("counted", "streamed"),
    [
        ({"990001": 2}, ["990001"]),
        ({"990001": 1}, ["990001", "990001"]),
        ({"990001": 1, "990002": 1}, ["990002", "990001"]),
        ({"990001": 1, "990002": 1}, ["990001"]),
        ({}, ["990001"]),
    ],
)
def test_records_that_are_not_those_counted_are_refused(
    counted: dict[str, int], streamed: list[str], environment: Environment
) -> None:
    """Or the first page's links would lead astray."""
    lines = [RegionLine(code, "示例县", 2, {2022: count}, {}) for code, count in counted.items()]
    records = [Listed(Summary(code, "jia", 2022, ()), "甲局") for code in streamed]
    totals = dict.fromkeys(counted, Totals())
    with pytest.raises(ValueError, match="counted"):
        list(year_pages(2022, [2022], lines, totals, records, environment))


def test_year_without_records_has_no_page(environment: Environment) -> None:
    lines = [RegionLine("990001", "示例县", 2, {2021: 1, 2022: 0}, {2021: 1})]
    assert list(year_pages(2022, [2022, 2021], lines, {}, [], environment)) == []


def many_lines(count: int) -> list[RegionLine]:
    """Spread over the provinces, but for half of them, which are in one."""
    codes = sorted(
        f"{province}{number // 2:04}"
        for number, province in zip(range(count), _alternating(), strict=False)
    )
    counts = {2022: 1000, 2023: 900}
    return [RegionLine(code, f"示例县{code}", 1000, counts, counts) for code in codes]


def _alternating() -> Iterator[str]:
    while True:
        for province in PROVINCES:
            yield "99"
            yield province if province != "99" else "43"


@pytest.mark.parametrize("count", [0, 1, HOME_REGIONS, HOME_REGIONS + 1, 3000])
def test_regions_are_reached_from_the_home_page(count: int, environment: Environment) -> None:
    lines = many_lines(count)
    latest = [*islice(listed(region_of(1, 30), 2023), 20)]
    home = home_page(lines, latest, environment)
    provinces = list(province_pages(lines, environment))
    assert max(map(size, [home, *provinces])) < LIMIT
    assert all(years in home.content for years in ("2023年度", "2022年度")) or not count
    regions = Counter(
        link for page in [home, *provinces] for link in links(page) if re.fullmatch(r"\d{6}/", link)
    )
    assert regions == Counter(region_address(line.code) for line in lines)
    assert bool(provinces) == (count > HOME_REGIONS)
    starts = [page for page in provinces if re.fullmatch(r"regions/\d\d/", page.address)]
    linked = [link for link in links(home) if link.startswith("regions/")]
    assert linked == [page.address for page in starts]
    for start in starts:
        pages = [page for page in provinces if page.address.startswith(start.address)]
        assert_is_one_list(pages, start.address)


def test_everything_from_data_is_escaped(environment: Environment) -> None:
    evil = "<b>&\"'"
    regions = {
        f"9900{number:02}": Region(
            f"9900{number:02}", evil, {slug: Unit(slug, evil + slug) for slug in ("jia", "yi")}
        )
        for number in range(5)
    }
    summaries = [
        Summary(code, slug, year, (evil,))
        for code in regions
        for slug in ("jia", "yi")
        for year in (2022, 2023)
    ]
    with (
        patch("generator.pages.indexes.HOME_REGIONS", 2),
        patch("generator.pages.indexes.REGION_UNITS", 1),
        patch("generator.pages.years.YEAR_RECORDS", 2),
        patch("generator.pages.years.YEAR_REGIONS", 2),
    ):
        pages = list(index_pages(regions, summaries, environment))
    assert len(pages) > 20
    for page in pages:
        assert "<b>" not in page.content + page.head
        assert evil[3:] not in page.content


@pytest.mark.parametrize(
    ("number", "count", "shown"),
    [
        (1, 1, [1]),
        (1, 2, [1, 2]),
        (1, 9, [1, 2, 3, None, 9]),
        (4, 9, [1, 2, 3, 4, 5, 6, None, 9]),
        (5, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (6, 11, [1, None, 4, 5, 6, 7, 8, None, 11]),
        (11, 11, [1, None, 9, 10, 11]),
        (700, 1400, [1, None, 698, 699, 700, 701, 702, None, 1400]),
    ],
)
def test_what_a_pager_shows(number: int, count: int, shown: list[int | None]) -> None:
    assert list(Place("years/2022/", number, count).numbers()) == shown


@given(st.lists(st.integers()), st.integers(1, 5))
def test_pieces_are_the_items_in_their_order(items: list[int], most: int) -> None:
    cut = pieces(items, most)
    assert [item for piece in cut for item in piece] == items
    assert all(len(piece) == most for piece in cut[:-1])
    assert len(cut[-1]) <= most
    assert cut[-1] or not items


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("430524", "湖南省"),
        ("990001", "示例"),
        ("110101", "北京市"),
        ("100000", "代码以10开头的地区"),
    ],
)
def test_province_of_a_region(code: str, name: str) -> None:
    assert province_name(province_of(code)) == name


def test_provinces_are_those_of_the_standard() -> None:
    assert len(PROVINCES) == 34 + 1
    assert list(PROVINCES) == sorted(PROVINCES)
    assert len(set(PROVINCES.values())) == len(PROVINCES)


@pytest.mark.parametrize("number", [2, 10, 1400])
def test_no_unit_can_have_the_address_of_a_further_page(number: int) -> None:
    address = further_address("990001/", number)
    assert not SLUG.fullmatch(address.split("/")[1])
