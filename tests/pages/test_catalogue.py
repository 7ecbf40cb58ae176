"""The small values of index pages: counted from summaries, gaps kept, titles in short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pages.catalogue import (
    TITLES,
    RegionLine,
    Summary,
    in_short,
    years_between,
)
from generator.records.regions import Region, Unit
from generator.records.review import Status

REGION = Region("990001", "示例县", {"jia": Unit("jia", "甲局"), "yi": Unit("yi", "乙局")})


def test_a_region_is_counted_by_years() -> None:
    years = [("yi", 2023), ("jia", 2020), ("jia", 2023)]
    line = RegionLine.of(REGION, [Summary("990001", unit, year, ()) for unit, year in years])
    assert line == RegionLine("990001", "示例县", 2, {2020: 1, 2023: 2}, {2020: 1, 2023: 2})
    assert list(line.records) == [2020, 2023]
    assert list(line.years) == [2020, 2021, 2022, 2023]


@pytest.mark.parametrize("status", ["草稿", "待审", "已审", "已撤回"])
def test_only_what_readers_have_is_published(status: Status) -> None:
    records = [
        Summary("990001", "jia", 2023, (), status),
        Summary("990001", "yi", 2023, ()),
        Summary("990001", "yi", 2022, (), status),
    ]
    line = RegionLine.of(REGION, records)
    assert (line.records, line.published) == ({2022: 1, 2023: 2}, {2023: 1})


def test_a_region_without_records_has_no_years() -> None:
    line = RegionLine.of(REGION, [])
    assert (line.units, line.records, list(line.years)) == (2, {}, [])


@pytest.mark.parametrize(
    ("years", "between"),
    [([], []), ([2021], [2021]), ([2023, 2020, 2023], [2020, 2021, 2022, 2023])],
)
def test_years_have_no_gaps(years: list[int], between: list[int]) -> None:
    assert list(years_between(years)) == between


LONG = "表" * (TITLES + 1)


@pytest.mark.parametrize(
    ("titles", "text"),
    [
        ([], ""),
        (["附件1 表"], "附件1 表"),
        (["附件1 表", "附件2 报告"], "附件1 表；附件2 报告"),
        (["表" * (TITLES // 2)] * 2, f"{'表' * (TITLES // 2)}；{'表' * (TITLES // 2)}"),
        (["附件1 表", LONG, "附件3 表"], "附件1 表 等3份"),
        ([LONG], f"{'表' * (TITLES - 1)}…"),
        ([LONG, "附件2 表"], f"{'表' * (TITLES - 1)}… 等2份"),
    ],
)
def test_titles_in_short(titles: list[str], text: str) -> None:
    assert in_short(titles) == text


@given(st.lists(st.text(min_size=1, max_size=2 * TITLES), max_size=12))
def test_titles_in_short_have_a_bounded_length(titles: list[str]) -> None:
    text = in_short(titles)
    assert len(text) <= TITLES + len(titles) + len(f" 等{len(titles)}份")
    assert text.startswith(titles[0][: TITLES - 1] if titles else "")
