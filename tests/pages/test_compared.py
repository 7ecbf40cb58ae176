"""Figures beside last year's: exact differences, and no gap that is taken for another."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from generator.forms.values import State
from generator.pages.catalogue import Summary
from generator.pages.compared import (
    Overview,
    SideBySide,
    Stated,
    difference,
    overview,
    places,
    sentence,
    side_by_side,
    stated,
)
from generator.pages.environment import make_environment
from generator.pages.indexes import unit_page
from generator.records.figures import MEASURE_OF, MainFigure
from generator.records.regions import Region, Unit

EVIL = "<b>&\"'</svg><script>alert(1)</script>"


@pytest.fixture(scope="module")
def environment() -> Environment:
    return make_environment()


def figure(indicator: str, written: str, disputed: bool = False) -> MainFigure:
    """As a table states it, an amount in 万元."""
    if written in ("", "不适用"):
        state = State.NOT_APPLICABLE if written else State.EMPTY
        return MainFigure(indicator, state, written, None, disputed)
    number = Decimal(written) if re.fullmatch(r"-?[\d.]+", written) else None
    return MainFigure(indicator, State.FILLED, written, number, disputed)


def summary(year: int, *figures: MainFigure, status: str = "已发布") -> Summary:
    return Summary("990001", "shili", year, (), status, figures)  # type: ignore[arg-type]


HUGE = "1" + "0" * 60


@pytest.mark.parametrize(
    ("before", "now", "text", "percent"),
    [
        ("650.00", "704.70", "+54.70", "+8.4%"),
        ("704.70", "650", "−54.70", "−7.8%"),
        ("1.36", "1.36", "持平", ""),
        ("1.36", "1.360", "持平", ""),
        ("0", "0", "持平", ""),
        ("0", "1.36", "+1.36", ""),
        ("0.00", "-1", "−1.00", ""),
        ("1.36", "0", "−1.36", "−100.0%"),
        ("-2", "1", "+3", ""),
        ("2", "-1", "−3", "−150.0%"),
        ("-2", "-3.5", "−1.5", ""),
        ("2000", "2001", "+1", "+0.1%"),
        ("2001", "2000", "−1", "不足0.1%"),
        ("1000", "1000.50", "+0.50", "+0.1%"),
        ("1000", "1000.4999", "+0.4999", "不足0.1%"),
        ("8", "8.5", "+0.5", "+6.3%"),
        ("8", "7.5", "−0.5", "−6.3%"),
        ("3", "5", "+2", "+66.7%"),
        ("0.01", "10000", "+9999.99", "+99999900.0%"),
        ("0.01", HUGE, "+" + "9" * 60 + ".99", "+" + "9" * 62 + "00.0%"),
        (HUGE, HUGE + ".5", "+0.5", "不足0.1%"),
        ("", "1", "", ""),
        ("1", "", "", ""),
        ("", "", "", ""),
        ("不适用", "1", "", ""),
        ("0", "不适用", "", ""),
        ("不适用", "不适用", "", ""),
        ("", "不适用", "", ""),
    ],
)
def test_difference_of_amounts(before: str, now: str, text: str, percent: str) -> None:
    spending = MEASURE_OF["支出合计"]
    found = difference(
        spending, stated(figure("支出合计", now)), stated(figure("支出合计", before))
    )
    assert (found.text, found.percent) == (text, percent)


@pytest.mark.parametrize(
    ("indicator", "before", "now", "text"),
    [
        ("实有人数", "34", "36", "+2"),
        ("实有人数", "34", "34", "持平"),
        ("自评得分", "95.5", "93", "−2.5"),
        ("自评结论", "优", "良", ""),
        ("自评结论", "优", "优", ""),
    ],
)
def test_only_amounts_have_percents_and_only_numbers_differences(
    indicator: str, before: str, now: str, text: str
) -> None:
    values = [stated(figure(indicator, each)) for each in (now, before)]
    found = difference(MEASURE_OF[indicator], *values)
    assert (found.text, found.percent) == (text, "")


@given(
    st.decimals(-(10**12), 10**12, allow_nan=False, places=4),
    st.decimals(-(10**12), 10**12, allow_nan=False, places=2),
)
def test_a_difference_leads_from_the_one_to_the_other(before: Decimal, now: Decimal) -> None:
    values = [Stated(str(each), each) for each in (now, before)]
    found = difference(MEASURE_OF["收入合计"], *values)
    if found.text == "持平":
        assert before == now
    else:
        assert before + Decimal(found.text.replace("−", "-")) == now


@pytest.mark.parametrize(
    ("given", "text", "is_word"),
    [
        (figure("收入合计", "704.70"), "704.70", False),
        (figure("收入合计", "0"), "0", False),
        (figure("收入合计", ""), "未填", True),
        (figure("收入合计", "不适用"), "不适用", True),
        (None, "表中无此项", True),
        (figure("自评结论", "优"), "优", False),
        (
            MainFigure("收入合计", State.FILLED, "13600.00", Decimal("1.36")),
            "1.36",
            False,
        ),
    ],
)
def test_what_is_told_of_a_figure(given: MainFigure | None, text: str, is_word: bool) -> None:
    found = stated(given)
    assert (found.text, found.is_word) == (text, is_word)


@pytest.mark.parametrize("written", ["7", "", "不适用"])
def test_a_disputed_figure_stays_so(written: str) -> None:
    assert stated(figure("收入合计", written, disputed=True)).disputed
    assert not stated(figure("收入合计", written)).disputed


LONGHUI = [
    figure("收入合计", "704.72"),
    figure("支出合计", "704.72"),
    figure("三公经费", "1.36"),
    figure("编制人数", "35"),
    figure("实有人数", "34"),
    figure("自评结论", "优"),
]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (
            LONGHUI,
            "收入704.72万元，支出704.72万元，“三公”经费1.36万元，编制35人、实有34人，自评优",
        ),
        ([figure("三公经费", "0"), figure("自评得分", "95.5")], "“三公”经费0万元，自评95.5分"),
        ([figure("自评得分", "95"), figure("自评结论", "优")], "自评95分、优"),
        (
            [figure("收入合计", ""), figure("三公经费", "不适用"), figure("实有人数", "3")],
            "实有3人",
        ),
        ([figure("收入合计", "约五万"), figure("支出合计", "")], ""),
        ([], ""),
    ],
)
def test_the_sentence_says_only_what_is_filled(figures: list[MainFigure], said: str) -> None:
    assert sentence(tuple(figures)) == said


# A record beside the year before.


def rows_of(found: Overview | None) -> list[tuple[str, str, str | None, str]]:
    assert found
    return [
        (
            row.measure.label,
            row.now.text,
            row.before.text if row.before else None,
            row.difference.text,
        )
        for row in found.rows
    ]


def test_measures_that_either_year_has() -> None:
    now = summary(
        2022, figure("收入合计", "7"), figure("三公经费", "1"), figure("实有人数", "不适用")
    )
    last = summary(2021, figure("收入合计", "6.5"), figure("支出合计", "6"), figure("实有人数", ""))
    assert rows_of(overview(now, last)) == [
        ("收入", "7", "6.5", "+0.5"),
        ("支出", "表中无此项", "6", ""),
        ("“三公”经费", "1", "表中无此项", ""),
        ("实有人数", "不适用", "未填", ""),
    ]


@pytest.mark.parametrize(
    ("before", "gap"),
    [
        (None, "未公开"),
        (summary(2020, figure("收入合计", "6")), "未公开"),
        (summary(2021, status="已撤回"), "已撤回"),
        (summary(2021), ""),
        (summary(2021, status="草稿"), ""),
    ],
)
def test_only_the_year_before_is_compared_with(before: Summary | None, gap: str) -> None:
    found = overview(summary(2022, figure("收入合计", "7")), before)
    assert found
    assert found.gap == gap
    assert rows_of(found) == [("收入", "7", None if gap else "表中无此项", "")]


def test_no_overview_without_figures_and_of_what_is_withdrawn() -> None:
    last = summary(2021, figure("收入合计", "6"))
    assert overview(summary(2022), last) is None
    assert overview(summary(2022, status="已撤回"), last) is None


# A unit's years.


def cells_of(found: SideBySide | None) -> dict[str, list[str | None]]:
    assert found
    return {
        line.measure.label: [each.text if each else None for each in line.values]
        for line in found.lines
    }


def test_years_side_by_side_tell_the_gaps_apart() -> None:
    known = {
        2019: summary(2019, figure("收入合计", "0"), figure("支出合计", "")),
        2021: summary(2021, status="已撤回"),
        2022: summary(2022, figure("支出合计", "不适用")),
    }
    found = side_by_side(known, range(2022, 2018, -1))
    assert cells_of(found) == {
        "收入": ["表中无此项", None, None, "0"],
        "支出": ["不适用", None, None, "未填"],
    }
    assert found
    assert [column.gap for column in found.columns] == ["", "已撤回", "未公开", ""]
    assert side_by_side({2021: known[2021]}, [2021]) is None
    assert side_by_side({}, []) is None


@pytest.mark.parametrize(
    ("texts", "count"),
    [([], 0), (["7"], 0), (["7", "7.1", "7.123"], 3), (["0.123456789"], 6)],
)
def test_room_for_decimal_places(texts: list[str], count: int) -> None:
    assert places([*(Stated(text, Decimal(text)) for text in texts), Stated("1.2345")]) == count


# On pages.


def page_of(environment: Environment, known: dict[int, Summary], name: str = "示例局") -> str:
    unit = Unit("shili", name)
    region = Region("990001", "示例县", {"shili": unit})
    years = range(min(known), max(known) + 1)
    return unit_page(region, unit, known, years, environment).content


def test_a_unit_with_hostile_names_and_texts_is_escaped(environment: Environment) -> None:
    known = {
        year: summary(year, figure("收入合计", str(year)), figure("自评结论", EVIL))
        for year in (2021, 2022)
    }
    html = page_of(environment, known, EVIL)
    assert "<title" in html
    assert "<script" not in html
    assert "<b>" not in html
    titles = re.findall(r"<title[^>]*>(.*?)</title>", html)
    assert titles == [
        "&lt;b&gt;&amp;&#34;&#39;&lt;/svg&gt;&lt;script&gt;alert(1)&lt;/script&gt;历年收入（万元）"
    ]


def test_every_number_of_a_chart_stands_in_the_table(environment: Environment) -> None:
    known = {
        year: summary(
            year,
            figure("收入合计", f"{year}.10"),
            figure("三公经费", "3", disputed=year == 2022),
            figure("实有人数", "4"),
        )
        for year in (2020, 2022)
    }
    html = page_of(environment, known)
    assert html.count("<svg") == 3
    text = re.sub(r"<[^>]+>", "", html[html.index("<table") :])
    for number in ("2020.10", "2022.10", "未公开"):
        assert number in text
    assert '<a class="gk-disputed" href="2022/#核对说明"' in html
    assert html.count("gk-disputed") == 1


def test_a_unit_of_thirty_years_has_a_page_of_some_kilobytes(environment: Environment) -> None:
    known = {
        year: summary(year, *(figure(name, f"{year}.123456") for name in MEASURE_OF))
        for year in range(1994, 2024)
    }
    assert len(page_of(environment, known).encode()) < 100_000


def test_pages_have_no_style_attributes_and_no_scripts(environment: Environment) -> None:
    known = {year: summary(year, figure("收入合计", "7")) for year in (2021, 2022)}
    html = page_of(environment, known)
    assert not re.search(r"\sstyle=|<script|\son\w+=", html)
