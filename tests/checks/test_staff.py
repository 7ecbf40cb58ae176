"""Staff and cars: what the rules of family D find, and what they leave alone."""

import pytest

from generator.checks.finding import Outcome
from tests.checks.cases import case_of, faults, verdicts
from tests.checks.test_amounts import SAMPLE, report, table


@pytest.mark.parametrize("rule", ["D1", "D2", "D3", "D4", "D5"])
def test_the_sample(rule: str) -> None:
    assert not faults(case_of(SAMPLE.read_text(encoding="utf-8")), rule)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("编制人数 35人,实际人数34人。", 0),
        ("编制人数36人,实际人数34人。", 1),
        ("编制人数36人,实际人数33人。", 2),
    ],
)
def test_staff_in_table_and_report(text: str, found: int) -> None:
    case = case_of(table("编制人数: 35\n实有人数: 34") + report(text))
    assert len(faults(case, "D2")) == found


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("编制人数35人,其中行政编制15人,事业编制20人。", []),
        ("编制人数35人,其中行政编制15人,事业编制21人。", [None]),
        ("编制人数35人(其中:行政编制15人,事业编制18人)。", ["警告"]),
        ("编制人数35人,其中女职工20人,党员30人。", []),
    ],
)
def test_parts_of_the_staff(text: str, severities: list[str | None]) -> None:
    assert [fault.severity for fault in faults(case_of(report(text)), "D5")] == severities


@pytest.mark.parametrize(("cars", "found"), [("0", 0), ("1", 0), ("2", 1)])
def test_cars_and_their_quota(cars: str, found: int) -> None:
    assert len(faults(case_of(report(f"小车编制数1台,实际{cars}台。")), "D4")) == found


def test_no_figures_prove_nothing() -> None:
    assert verdicts(case_of(table("")), "D4") == [Outcome.UNKNOWN]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # units below, or kinds of staff: parts of the whole
        ("核定编制35人。其中：局机关编制20人，执法大队编制15人。", 0),
        ("局机关编制20人。二级机构编制15人。", 0),
        ("教师35人。辖小学2所：石坪小学编制12人，双江小学编制10人。", 0),
        ("核定编制36人。", 1),
        ("编制人数20人。", 1),
    ],
)
def test_units_below_are_not_the_whole(text: str, found: int) -> None:
    case = case_of(table("编制人数: 35") + report(text))
    assert len(faults(case, "D2")) == found
