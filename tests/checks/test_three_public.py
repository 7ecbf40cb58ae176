"""三公经费: what the rules of family C find, and what they leave alone."""

import pytest

from generator.checks.case import Case
from generator.checks.finding import Outcome
from tests.checks.cases import case_of, faults, verdicts
from tests.checks.test_amounts import SAMPLE, report, table

HEADINGS = "二、部门整体支出管理及使用情况\n(三)“三公”经费情况\n"


def three(text: str) -> str:
    return report(HEADINGS + text)


@pytest.fixture(scope="module")
def sample() -> Case:
    return case_of(SAMPLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        *((rule, 1) for rule in ("C1", "C2", "C6", "C7")),
        *((rule, 0) for rule in ("C3", "C4", "C5", "C8", "C9", "C10")),
    ],
)
def test_the_sample(sample: Case, rule: str, found: int) -> None:
    assert len(faults(sample, rule)) == found


def test_the_sample_quotes_both_figures(sample: Case) -> None:
    (fault,) = faults(sample, "C2")
    assert "附件3写三公经费 1.36 万元" in fault.message
    assert "附件4正文写 0万元" in fault.message
    assert fault.at.label == "附件3/年度支出/其中三公经费支出"
    (fault,) = faults(sample, "C1")
    assert fault.at.quoted == "0万元"
    assert [spot.quoted for spot in fault.others] == ["0元", "1.36万元", "0万元"]
    assert verdicts(sample, "C5") == [Outcome.UNKNOWN, Outcome.UNKNOWN]


@pytest.mark.parametrize(
    ("parts", "severity"),
    [
        (("3", "0", "1", "2"), "holds"),
        (("3", "0", "1", "1.99"), "提示"),
        (("3", "0", "1", "1"), None),
        (("3", "0", "1", ""), "unknown"),
        (("3", "0", "5", ""), None),
    ],
)
def test_the_parts_of_a_report(parts: tuple[str, ...], severity: str | None) -> None:
    total, abroad, guests, cars = parts
    text = f"“三公”经费{total}万元。\n1、因公出国(境)费{abroad}万元;\n2、公务接待费{guests}万元"
    case = case_of(three(text + (f";\n3、公务用车费{cars}万元。" if cars else "。")))
    if severity in ("holds", "unknown"):
        wanted = Outcome.HOLDS if severity == "holds" else Outcome.UNKNOWN
        assert verdicts(case, "C1") == [wanted]
    else:
        assert [fault.severity for fault in faults(case, "C1")] == [severity]


@pytest.mark.parametrize(
    ("tick", "now", "before", "severity"),
    [
        ("是", "1", "2", "holds"),
        ("否", "2", "1", "holds"),
        ("否", "0", "0", "holds"),
        ("是", "0", "0", "提示"),
        ("是", "2", "1", None),
        ("是", "2", "2", None),
        ("否", "1", "2", None),
    ],
)
def test_ticks_on_falling(tick: str, now: str, before: str, severity: str | None) -> None:
    answer = f"三公经费管理情况: {{三公经费是否比年度下降: {tick}}}"
    text = table(f"年度支出: {{其中三公经费支出: {now}}}\n{answer}")
    case = case_of(text, before=table(f"年度支出: {{其中三公经费支出: {before}}}"))
    if severity == "holds":
        assert verdicts(case, "C5") == [Outcome.HOLDS]
    else:
        assert [fault.severity for fault in faults(case, "C5")] == [severity]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“三公”经费8万元，比上年减少2万元，下降20%。", 0),
        ("“三公”经费8万元，比上年减少2万元，下降25%。", 1),
        ("“三公”经费8万元，较上年减少2万元。", 0),
        ("“三公”经费10.5万元，比上年增加0.5万元，增长5%。", 0),
        ("“三公”经费10.5万元，比上年增加0.5万元，增长4.76%。", 1),
        ("“三公”经费8万元，与上年持平。", 0),
        ("“三公”经费8万元，比2019年减少2万元，下降25%。", 0),
    ],
)
def test_percentages_in_prose(text: str, found: int) -> None:
    assert len(faults(case_of(three(text)), "C9")) == found


@pytest.mark.parametrize(
    ("text", "before", "c9", "c10"),
    [
        ("“三公”经费8万元，比上年减少2万元，下降20%。", "10", 0, 0),
        ("“三公”经费8万元，比上年减少3万元。", "10", 1, 0),
        ("“三公”经费8万元，比上年增加2万元。", "10", 0, 1),
        ("“三公”经费8万元，与上年持平。", "10", 0, 1),
        ("“三公”经费8万元，与上年持平。", "8", 0, 0),
        ("“三公”经费8万元，下降20%。", "10", 0, 0),
    ],
)
def test_changes_against_last_years_record(text: str, before: str, c9: int, c10: int) -> None:
    case = case_of(three(text), before=table(f"年度支出: {{其中三公经费支出: {before}}}"))
    assert (len(faults(case, "C9")), len(faults(case, "C10"))) == (c9, c10)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“三公”经费1万元。", 1),
        ("“三公”经费1万元，比上年减少0.2万元。", 1),
        ("“三公”经费1万元，比上年减少0.2万元，主要原因是接待减少。", 0),
        ("“三公”经费1万元，与上年持平。", 0),
        ("“三公”经费0万元。", 0),
    ],
)
def test_the_change_is_explained(text: str, found: int) -> None:
    assert len(faults(case_of(three(text)), "C7")) == found


def test_a_budget_that_is_passed() -> None:
    text = table("公务接待费: {预算数: 1, 决算数: 2.14}", form="三公经费表")
    (fault,) = faults(case_of(text), "C8")
    assert "2.14" in fault.message
    assert [spot.label for spot in fault.others] == ["附件1/公务接待费/预算数"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("小车编制数0台,实际0台。公务用车费1.5万元。", 1),
        ("小车编制数0台,实际0台。公务用车费1.5万元，为租车费用。", 0),
        ("小车编制数1台,实际1台。公务用车费1.5万元。", 0),
    ],
)
def test_costs_of_cars_without_cars(text: str, found: int) -> None:
    assert len(faults(case_of(three(text)), "C4")) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公务接待费3.12万元(48批次,386人次)。", 0),
        ("公务接待费3.12万元(25批次210人次)。", 0),
        ("公务接待费3.12万元，接待17个批次，国内接待人数198人。", 0),
        ("公务接待费3.12万元，8批60人。", 0),
        ("公务接待费3.12万元，接待人数198人,批次29次。", 0),
        ("公务接待费3.12万元，8批。", 1),
        ("公务接待费3.12万元。", 1),
    ],
)
def test_receptions_and_guests_as_counties_write_them(text: str, found: int) -> None:
    case = case_of(report(f"(三)“三公”经费情况\n{text}"))
    assert len(faults(case, "C6")) == found


@pytest.mark.parametrize(
    ("text", "rule", "found"),
    [
        ("“三公”经费600万元,上年580万元,增加20万元。", "C9", 0),
        ("“三公”经费600万元,上年580万元,增加50万元。", "C9", 1),
        ("“三公”经费600万元,与上年580万元相比,增加20万元,增长3.45%。", "C9", 0),
        ("“三公”经费600万元,与上年580万元相比,增加20万元,增长5.45%。", "C9", 1),
        ("“三公”经费600万元,比上年580万元增加20万元,减幅3.45%。", "C10", 1),
        ("用车费用支出较多。比上年23.16万元增加1.20万元,下降5.18%。", "C10", 1),
        ("“三公”经费600万元,比上年620万元减少20万元,减幅3.23%。", "C9", 0),
        ("“三公”经费600万元,比上年620万元减少20万元,减幅13.23%。", "C9", 1),
    ],
)
def test_changes_as_counties_write_them(text: str, rule: str, found: int) -> None:
    case = case_of(report(f"(三)“三公”经费情况\n{text}"))
    assert len(faults(case, rule)) == found
