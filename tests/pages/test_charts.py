"""Charts: bars are as high as their numbers, everything stays in the picture, gaps are gaps."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.forms.values import State
from generator.pages.catalogue import Summary
from generator.pages.charts import (
    RIGHT,
    WIDTH,
    Chart,
    Series,
    draw,
    scale,
    three_public,
    unit_charts,
)
from generator.records.figures import MainFigure

ROUNDING = Decimal("0.6")
"""Lengths are to a tenth, and the smallest bars are higher than their numbers."""

amounts = st.decimals(-(10**9), 10**9, allow_nan=False, places=2) | st.just(Decimal(0))
years_of = st.integers(1, 30).map(lambda count: range(2024 - count, 2024))


@st.composite
def drawn(draw_: st.DrawFn) -> tuple[list[Series], range, bool]:
    years = draw_(years_of)
    count = draw_(st.integers(1, 6))
    values = st.dictionaries(st.sampled_from(years), amounts)
    series = [Series(f"甲{look}", look, draw_(values)) for look in range(1, count + 1)]
    return series, years, draw_(st.booleans())


def chart_of(series: list[Series], years: range, stacked: bool = False) -> Chart:
    return draw("money", "收支", "示例局收支", series, years, stacked)


@given(drawn())
@settings(max_examples=40)
def test_everything_is_within_the_picture(case: tuple[list[Series], range, bool]) -> None:
    chart = chart_of(*case)
    for bar in chart.bars:
        assert chart.left <= bar.x
        assert bar.x + bar.width <= RIGHT + 1
        assert bar.y >= 0
        assert bar.y + bar.height <= chart.height - 10
        assert bar.width > 0
        assert bar.height > 0
    for mark in (*chart.ticks, *chart.years, *chart.zeros, *chart.key):
        assert 0 <= mark.x <= WIDTH
        assert 8 <= mark.y <= chart.height
    assert 0 <= chart.zero <= chart.height
    assert chart.left < WIDTH / 3
    assert chart == chart_of(*case)


@given(drawn())
@settings(max_examples=40)
def test_heights_are_as_the_numbers(case: tuple[list[Series], range, bool]) -> None:
    series, years, stacked = case
    chart = chart_of(*case)
    values = [each.values[year] for year in years for each in series if each.values.get(year)]
    assert len(chart.bars) == len(values)
    if not values:
        return
    levels = levels_of(series, years, stacked)
    per_unit = Decimal(150) / (levels[-1] - levels[0])
    for bar, value in zip(chart.bars, values, strict=True):
        assert abs(bar.height - abs(value) * per_unit) <= ROUNDING
        if not stacked:
            base = bar.y + bar.height if value > 0 else bar.y
            assert abs(base - chart.zero) <= ROUNDING


def levels_of(series: list[Series], years: range, stacked: bool) -> list[Decimal]:
    low = high = Decimal(0)
    for year in years:
        own = [each.values[year] for each in series if year in each.values]
        if stacked:
            low = min(low, sum((each for each in own if each < 0), Decimal(0)))
            high = max(high, sum((each for each in own if each > 0), Decimal(0)))
        else:
            low, high = min([low, *own]), max([high, *own])
    return scale(low, high)


@given(drawn())
@settings(max_examples=40)
def test_what_is_stacked_does_not_overlap(case: tuple[list[Series], range, bool]) -> None:
    series, years, _ = case
    chart = chart_of(series, years, stacked=True)
    by_place: dict[Decimal, list[tuple[Decimal, Decimal]]] = {}
    for bar in chart.bars:
        by_place.setdefault(bar.x, []).append((bar.y, bar.y + bar.height))
    for spans in by_place.values():
        spans.sort()
        for (_, end), (start, _) in pairwise(spans):
            assert start >= end - 6 * ROUNDING


def test_a_gap_has_no_bar_and_a_zero_is_written() -> None:
    values = {2020: Decimal(0), 2022: Decimal(5)}
    chart = chart_of([Series("收入", 1, values)], range(2020, 2024))
    assert len(chart.bars) == 1
    assert [mark.text for mark in chart.zeros] == ["0"]
    assert [mark.text for mark in chart.years] == ["2020", "2021", "2022", "2023"]
    assert chart.zeros[0].x == chart.years[0].x
    assert chart.description.startswith("柱状图，2020至2023年度：收入，")
    assert "2021、2023年度没有数字，图中留空" in chart.description
    stacked = chart_of([Series("收入", 1, values)], range(2020, 2024), stacked=True)
    assert [mark.x for mark in stacked.zeros] == [stacked.years[0].x]


def test_one_year_and_thirty() -> None:
    alone = chart_of([Series("收入", 1, {2022: Decimal(5)})], range(2022, 2023))
    assert len(alone.bars) == len(alone.years) == 1
    many = chart_of([Series("收入", 1, {2022: Decimal(5)})], range(1994, 2024))
    assert [mark.text for mark in many.years] == ["1998", "2003", "2008", "2013", "2018", "2023"]


@pytest.mark.parametrize(
    ("low", "high", "levels"),
    [
        ("0", "0", "0 0.2 0.4 0.6 0.8 1"),
        ("0", "5", "0 1 2 3 4 5"),
        ("0", "704.72", "0 200 400 600 800"),
        ("0", "1.36", "0 0.5 1 1.5"),
        ("-3", "7", "-4 -2 0 2 4 6 8"),
        ("-0.02", "0", "-0.020 -0.015 -0.010 -0.005 0"),
        ("0", "1e9", "0 2e8 4e8 6e8 8e8 1e9"),
    ],
)
def test_levels_are_round(low: str, high: str, levels: str) -> None:
    assert scale(Decimal(low), Decimal(high)) == [Decimal(each) for each in levels.split()]


def test_between_people_there_is_nothing() -> None:
    assert scale(Decimal(0), Decimal(2), whole=True) == [0, 1, 2]


@given(amounts, amounts)
def test_levels_hold_all(one: Decimal, other: Decimal) -> None:
    low, high = min(one, other, Decimal(0)), max(one, other, Decimal(0))
    levels = scale(low, high)
    assert levels[0] <= low
    assert high <= levels[-1]
    assert 0 in levels
    assert 2 <= len(levels) <= 8
    step = levels[1] - levels[0]
    assert step.normalize().as_tuple().digits in ((1,), (2,), (5,))


@pytest.mark.parametrize("size", ["1e40", "1e-40", "123456789"])
def test_any_size_is_labelled_shortly(size: str) -> None:
    chart = chart_of([Series("收入", 1, {2022: Decimal(size)})], range(2022, 2023))
    assert all(len(mark.text) <= 8 for mark in chart.ticks)
    assert len({mark.text for mark in chart.ticks}) == len(chart.ticks)


def test_a_key_of_many_entries_takes_several_lines() -> None:
    series = [Series("公务用车购置费（未分项）", look, {2022: Decimal(1)}) for look in range(1, 7)]
    chart = chart_of(series, range(2022, 2023))
    places = {(mark.x, mark.y) for mark in chart.key}
    assert len(places) == 6
    assert max(mark.y for mark in chart.key) < min(bar.y for bar in chart.bars)


# 三公 in parts.

PARTS = {"因公出国费": "1", "公务接待费": "2", "公务用车购置费": "3", "公务用车运行费": "4"}


@pytest.mark.parametrize(
    ("own", "looks"),
    [
        (PARTS | {"三公经费": "10"}, {1: 1, 2: 2, 3: 3, 4: 4}),
        (PARTS | {"三公经费": "10", "公务用车费": "7"}, {1: 1, 2: 2, 3: 3, 4: 4}),
        (PARTS, {1: 1, 2: 2, 3: 3, 4: 4}),
        (PARTS | {"三公经费": "11"}, {6: 11}),
        (PARTS | {"三公经费": "11", "公务用车费": "8"}, {1: 1, 2: 2, 5: 8}),
        ({"三公经费": "11"}, {6: 11}),
        ({"三公经费": "0"}, {6: 0}),
        ({"三公经费": "2", "公务接待费": "2"}, {2: 2}),
        ({"三公经费": "3", "公务接待费": "2"}, {6: 3}),
        ({"公务接待费": "2", "因公出国费": "1", "公务用车费": "0"}, {1: 1, 2: 2, 5: 0}),
        ({"公务接待费": "2", "因公出国费": "1", "公务用车购置费": "0"}, {}),
        ({"公务接待费": "2"}, {}),
        ({}, {}),
    ],
)
def test_parts_are_drawn_where_they_make_up_the_whole(
    own: Mapping[str, str], looks: Mapping[int, int]
) -> None:
    numbers = {2022: {name: Decimal(number) for name, number in own.items()}}
    found = {each.look: each.values[2022] for each in three_public(numbers)}
    assert found == looks


# Which charts there are.


def summary(year: int, **written: str) -> Summary:
    figures = tuple(
        MainFigure(name, State.FILLED, number, Decimal(number))
        if number
        else MainFigure(name, State.EMPTY, "", None)
        for name, number in written.items()
    )
    return Summary("990001", "shili", year, (), "已发布", figures)


@pytest.mark.parametrize(
    ("summaries", "names"),
    [
        ([], []),
        ([summary(2022, 收入合计="7", 三公经费="1", 实有人数="3")], []),
        ([summary(2021, 收入合计="7"), summary(2022, 收入合计="")], []),
        ([summary(2021, 收入合计="7"), summary(2022, 支出合计="0")], ["money"]),
        ([summary(2021, 三公经费="7"), summary(2022, 三公经费="0")], ["three-public"]),
        ([summary(2019, 编制人数="7"), summary(2022, 实有人数="0")], ["staff"]),
    ],
)
def test_a_chart_needs_numbers_of_two_years(summaries: list[Summary], names: list[str]) -> None:
    known = {each.year: each for each in summaries}
    charts = unit_charts("示例局", known, range(2019, 2023))
    assert [chart.name for chart in charts] == names
    assert all(chart.title.startswith("示例局历年") for chart in charts)
