"""Main figures: which table counts, units, and that empty, 0 and 不适用 stay three things."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.forms.form import Form
from generator.forms.types import Blank, Integer, Money, Text
from generator.forms.values import State
from generator.records.figures import (
    MEASURES,
    MainFigure,
    figures_of,
    main_figures,
    plain_figures,
)
from generator.records.record import Part, Record
from generator.records.review import read_review
from generator.records.store import RecordPath
from generator.yaml import YamlFile


def part(key: str, *blanks: tuple[Blank, str]) -> Part:
    form = Form(key, key, (), {blank.name: blank for blank, _ in blanks})
    return Part(key, form, {blank.name: blank.read(node) for blank, node in blanks}, {})


def record(tmp_path, *parts: Part) -> Record:
    path = tmp_path / "2022.yaml"
    path.write_text("审核:\n  状态: 草稿\n", encoding="utf-8")
    file = YamlFile.read(path)
    review = read_review(file, {}, 2022, [])
    return Record(RecordPath(path, "990001", "shili", 2022), parts, file, review)


def money(indicator: str, unit: str = "万元") -> Blank:
    return Blank(f"支出/{indicator}", Money(unit), indicator=indicator)


@pytest.mark.parametrize(
    ("written", "state", "number"),
    [
        ("0", State.FILLED, Decimal(0)),
        ("704.70", State.FILLED, Decimal("704.70")),
        ("", State.EMPTY, None),
        ("不适用", State.NOT_APPLICABLE, None),
    ],
)
def test_empty_zero_and_not_applicable_are_three_things(tmp_path, written, state, number) -> None:
    (figure,) = main_figures(record(tmp_path, part("附件1", (money("支出合计"), written))))
    assert figure == MainFigure("支出合计", state, written, number)
    assert figure.shown == written


@pytest.mark.parametrize(
    ("unit", "written", "shown"),
    [
        ("万元", "1.360", "1.360"),
        ("元", "13600.00", "1.36"),
        ("元", "0", "0"),
        ("元", "10000000", "1000"),
    ],
)
def test_amounts_are_shown_in_wan_and_otherwise_as_written(tmp_path, unit, written, shown) -> None:
    (figure,) = main_figures(record(tmp_path, part("附件1", (money("三公经费", unit), written))))
    assert figure.shown == shown
    assert figure.written == written


def test_the_first_filled_table_counts_then_one_that_says_so(tmp_path) -> None:
    blank = money("三公经费")
    parts = [
        part(f"附件{number}", (blank, node))
        for number, node in enumerate(["", "不适用", "3", "4"], 1)
    ]
    assert [each.written for each in main_figures(record(tmp_path, *parts))] == ["3"]
    assert [each.written for each in main_figures(record(tmp_path, *parts[:2]))] == ["不适用"]
    assert [each.state for each in main_figures(record(tmp_path, parts[0]))] == [State.EMPTY]


def test_only_what_tables_ask_for_in_the_order_of_measures(tmp_path) -> None:
    staff = Blank("实有人数", Integer("人"), indicator="实有人数")
    other = Blank("单位名称", Text(), indicator="单位名称")
    found = main_figures(
        record(tmp_path, part("附件1", (staff, "34"), (other, "示例局"), (money("收入合计"), "7")))
    )
    assert [each.indicator for each in found] == ["收入合计", "实有人数"]


def test_a_value_that_is_explained_is_disputed(tmp_path) -> None:
    both = record(tmp_path, part("附件1", (money("收入合计"), "7"), (money("支出合计"), "8")))
    found = main_figures(both, frozenset({("附件1", "支出", "支出合计")}))
    assert [each.disputed for each in found] == [False, True]


@given(
    st.lists(
        st.builds(
            MainFigure,
            st.sampled_from([each.indicator for each in MEASURES]),
            st.sampled_from(State),
            st.text(max_size=20),
            st.none() | st.decimals(allow_nan=False, allow_infinity=False),
            st.booleans(),
        ),
        max_size=6,
    )
)
def test_what_is_kept_comes_back(figures: list[MainFigure]) -> None:
    assert figures_of(plain_figures(figures)) == tuple(figures)
