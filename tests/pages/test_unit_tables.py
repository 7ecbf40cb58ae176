"""Tables of units: totals are exact and say of how many; empty, 0 and 不适用 stay three things."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.forms.values import State
from generator.pages.catalogue import Listed, Summary
from generator.pages.environment import make_environment
from generator.pages.indexes import region_pages
from generator.pages.unit_tables import (
    COLUMNS,
    Totals,
    totals_by_region,
    totals_of,
    unit_table,
)
from generator.records.figures import MainFigure
from generator.records.regions import Region, Unit
from generator.records.review import Status

EMPTY = MainFigure("收入合计", State.EMPTY, "", None)
NOT_APPLICABLE = MainFigure("收入合计", State.NOT_APPLICABLE, "不适用", None)


def income(written: str, number: str = "") -> MainFigure:
    return MainFigure("收入合计", State.FILLED, written, Decimal(number or written))


def record(*figures: MainFigure, status: Status = "已发布", region: str = "990001") -> Summary:
    return Summary(region, "jia", 2022, (), status, figures)


@pytest.mark.parametrize(
    ("records", "line"),
    [
        ([record(income("704.72"))], "收入 704.72 万元（1 份中 1 份有数）"),
        ([record(income("0"))], "收入 0 万元（1 份中 1 份有数）"),
        (
            [record(income("0.1")), record(income("0.20")), record(EMPTY)],
            "收入 0.30 万元（3 份中 2 份有数）",
        ),
        (
            [record(income("1")), record(NOT_APPLICABLE), record()],
            "收入 1 万元（3 份中 1 份有数）",
        ),
        # In 元 the table, in 万元 the total.
        (
            [record(income("13600", "1.3600")), record(income("1"))],
            "收入 2.36 万元（2 份中 2 份有数）",
        ),
        ([record(income("5")), record(status="已撤回")], "收入 5 万元（1 份中 1 份有数）"),
        ([record(income("-1")), record(income("1"))], "收入 0 万元（2 份中 2 份有数）"),
        (
            [record(income("9" * 40)), record(income("0.000001"))],
            f"收入 {'9' * 40}.000001 万元（2 份中 2 份有数）",
        ),
    ],
)
def test_what_records_add_up_to(records: list[Summary], line: str) -> None:
    assert totals_of(records).in_words() == [line]


@pytest.mark.parametrize("records", [[], [record()], [record(EMPTY)], [record(NOT_APPLICABLE)]])
def test_nothing_adds_up_to_nothing_and_not_to_0(records: list[Summary]) -> None:
    totals = totals_of(records)
    assert totals.in_words() == []
    assert {total.text for total in totals.columns} == {""}


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.decimals(places=2, allow_nan=False, allow_infinity=False))
    )
)
def test_totals_of_regions_add_up_to_the_total(drawn: list[tuple[int, Decimal]]) -> None:
    records = [
        record(income(f"{number:f}"), region=f"99000{region}")
        for region, number in sorted(drawn, key=lambda each: each[0])
    ]
    by_region = totals_by_region(Listed(each, "甲局") for each in records)
    assert list(by_region) == sorted({each.region for each in records})
    assert sum(by_region.values(), Totals()) == totals_of(records)


def test_grades_are_not_added_up() -> None:
    grade = MainFigure("自评结论", State.FILLED, "优", None)
    score = MainFigure("自评得分", State.FILLED, "95", Decimal(95))
    assert totals_of([record(grade, score)]).in_words() == []
    assert "自评得分" not in {measure.indicator for measure in COLUMNS}


@pytest.mark.parametrize(
    ("figures", "cell"),
    [
        (
            [income("704.70")],
            '<td data-value="704.70">704<span class="gk-fraction">.70</span></td>',
        ),
        ([income("0")], '<td data-value="0">0<span class="gk-fraction"></span></td>'),
        ([EMPTY], '<td><span class="gk-none">未填</span></td>'),
        ([NOT_APPLICABLE], '<td><span class="gk-none">不适用</span></td>'),
        ([], '<td><span class="gk-none">表中无此项</span></td>'),
    ],
)
def test_what_stands_in_a_cell(figures: list[MainFigure], cell: str) -> None:
    region = Region("990001", "示例县", {"jia": Unit("jia", "甲局"), "yi": Unit("yi", "乙局")})
    other = Summary("990001", "yi", 2022, (), figures=(income("1.05"),))
    (page,) = region_pages(region, [record(*figures), other], make_environment())
    row = page.content.partition('<tr><th scope="row"><a href="jia/2022/">甲局</a></th>')[2]
    assert row.startswith(cell)


def test_a_table_has_room_for_its_longest_fraction() -> None:
    entries = [
        ("甲局", "jia/", record(income("1.5"))),
        ("乙局", "yi/", record(income("2.125"))),
        ("丙局", "bing/", None),
        ("丁局", "ding/", record(status="已撤回")),
    ]
    table = unit_table(entries, totals_of(each for _, _, each in entries if each))
    assert table.places == 3
    assert table.whole == [False, True, True, True, True, True]
    assert [row.gap for row in table.rows] == ["", "", "未公开", "已撤回"]
    assert [len(row.cells) for row in table.rows] == [6, 6, 0, 0]


def test_units_are_never_in_the_order_of_their_grades() -> None:
    """Neither when the page is made nor by a reader's wish."""
    grades = ["差", "优", "中", "良"]
    region = Region("990001", "示例县", {slug: Unit(slug, slug) for slug in "abcd"})
    records = [
        Summary(
            "990001", slug, 2022, (), figures=(MainFigure("自评结论", State.FILLED, grade, None),)
        )
        for slug, grade in zip("abcd", grades, strict=True)
    ]
    (page,) = region_pages(region, records, make_environment())
    places = [page.content.index(f'href="{slug}/2022/"') for slug in "abcd"]
    assert places == sorted(places)
    assert '<th scope="col">自评结论</th>' in page.content
