"""Expressions of forms' rules: exact, and nothing but arithmetic."""

import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.forms.expression import Expression, NotApplicableError, UnknownError
from generator.forms.types import Mistake
from generator.forms.values import EMPTY, NOT_APPLICABLE, State, Value


def number(written: str) -> Value:
    return Value(State.FILLED, written, Decimal(written))


VALUES: dict[str, Value | tuple[Value, ...]] = {
    "收入/合计": number("5.10"),
    "零": number("0"),
    "空": EMPTY,
    "无": NOT_APPLICABLE,
    "答": Value(State.FILLED, "是", "是"),
    "各行": (number("1.1"), EMPTY, number("2.2")),
    "没有行": (),
}


def value(written: str) -> object:
    expression = Expression(written)
    expression.check()
    return expression.value(VALUES.__getitem__)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{收入/合计} == 5.1", True),
        ("{收入/合计} * 0.3", Decimal("1.530")),
        ("0.1 + 0.2 == 0.3", True),
        ("{收入/合计} > {零} and {答} == '是'", True),
        ("合计({收入/合计}, {空}, {无})", Decimal("5.10")),
        ("合计({各行})", Decimal("3.3")),
        ("比率({收入/合计}, 10)", Decimal("51.0")),
        ("比率({收入/合计}, {零})", Decimal(0)),
        ("填了({零})", True),
        ("填了({收入/合计}, {空})", False),
        ("未填({空})", True),
        ("未填({无})", False),
        ("不适用({无})", True),
        ("不适用({空})", False),
        ("四舍五入(2.345)", Decimal("2.35")),
        ("绝对值({零} - 1)", Decimal(1)),
        ("最大({零}, {收入/合计}) - 最小({零}, {收入/合计})", Decimal("5.10")),
        ("含有({答}, '否', '是')", True),
        ("not {答} == '否'", True),
        ("{收入/合计} if {答} == '是' else {零}", Decimal("5.10")),
    ],
)
def test_what_it_comes_to(written: str, expected: object) -> None:
    assert value(written) == expected


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("{空} > 0", UnknownError),
        ("{空}", UnknownError),
        ("{零} > {空}", UnknownError),
        ("合计({空}, {无})", UnknownError),
        ("合计({没有行})", UnknownError),
        ("{收入/合计} / {零}", UnknownError),
        ("{答} > 1", UnknownError),
        ("{无} == 1", NotApplicableError),
        ("{无} + 1 > 2", NotApplicableError),
    ],
)
def test_what_is_not_known_is_not_fine(written: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        value(written)


@pytest.mark.parametrize(
    "written",
    [
        "{零}.__class__",
        "{零}['a']",
        "{零} | abs",
        "2 ** 99",
        "'a' ~ 'b'",
        "range(9)",
        "合计",
        "收入",
        "b7",
        "self",
        "{零} == ",
        "{零} = 1",
        "}} {{ 1",
        "{零}.合计()",
        "lipsum()",
        "loop.index",
    ],
)
def test_nothing_but_arithmetic(written: str) -> None:
    with pytest.raises(Mistake):
        Expression(written).check()


def test_what_is_rounded() -> None:
    assert Expression("比率({零}, 2)").is_rounded
    assert Expression("{零} / 3").is_rounded
    assert not Expression("合计({零}, 2)").is_rounded


def test_it_goes_to_worker_processes() -> None:
    expression = Expression("{收入/合计} > 1")
    expression.value(VALUES.__getitem__)
    again = pickle.loads(pickle.dumps(expression))  # noqa: S301 - made here
    assert again.value(VALUES.__getitem__) is True


@given(st.decimals(-(10**9), 10**9, places=2), st.decimals(-(10**9), 10**9, places=2))
def test_sums_are_exact(one: Decimal, other: Decimal) -> None:
    values = {"一": number(str(one)), "二": number(str(other))}
    assert Expression("{一} + {二}").value(values.__getitem__) == one + other
