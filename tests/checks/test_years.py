"""A record beside that of the year before: rules K1 and K2."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks.finding import Outcome, of_fault
from generator.checks.years import RULES
from tests.checks.cases import case_of, faults, verdicts
from tests.checks.test_amounts import SAMPLE, report, table

RATES = "附件1:\n  表式: 基础数据表控制率\n  单位名称: 示例县民政局\n"


def rates(*lines: str) -> str:
    return RATES + "".join(f"  {line}\n" for line in lines)


BEFORE = rates(
    "三公经费: {决算数: 3.50}",
    "公务接待: {决算数: 1.50}",
    "公用经费: {决算数: 40}",
    "项目支出明细:",
    "  - {项目名称: 1.示例项目甲, 决算数: 20}",
    "  - {项目名称: 2.示例项目乙, 决算数: 30}",
)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (rates("三公经费: {上年决算数: 3.5}"), Outcome.HOLDS),
        (rates("公务接待: {上年决算数: 1.50}"), Outcome.HOLDS),
        (rates("公用经费: {上年决算数: 40.00}"), Outcome.HOLDS),  # of no indicator
        (rates("办公经费: {上年决算数: 40.00}"), Outcome.UNKNOWN),  # not said last year
        (rates("三公经费: {上年决算数: 不适用}"), Outcome.NOT_APPLICABLE),
        (rates("项目支出明细:", "  - {项目名称: 3.示例项目乙, 上年决算数: 30}"), Outcome.HOLDS),
        (rates("项目支出明细:", "  - {项目名称: 示例项目丙, 上年决算数: 5}"), Outcome.UNKNOWN),
    ],
)
def test_the_same_as_last_year(text: str, outcome: Outcome) -> None:
    assert verdicts(case_of(text, before=BEFORE), "K1") == [outcome]


@pytest.mark.parametrize(
    ("text", "said", "severity"),
    [
        (
            rates("三公经费: {上年决算数: 3.20}"),
            "附件1写上年三公经费 3.20 万元，2021年度的记录写 3.50 万元",
            None,
        ),
        (rates("三公经费: {上年决算数: 3.51}"), "可能是四舍五入", "提示"),
        (rates("三公经费: {上年决算数: 0}"), "上年三公经费 0 万元", None),
        (rates("公用经费: {上年决算数: 41}"), "上年公用经费 41 万元", None),
        (
            rates("项目支出明细:", "  - {项目名称: 3.示例项目乙, 上年决算数: 20}"),
            "上年“3.示例项目乙” 20 万元，2021年度的记录写 30 万元",
            None,
        ),
    ],
)
def test_other_than_last_year(text: str, said: str, severity: str | None) -> None:
    (fault,) = faults(case_of(text, before=BEFORE), "K1")
    assert said in fault.message
    assert fault.severity == severity
    evidence = of_fault("K1", "错误", fault).evidence
    assert [each.path.stem for each in evidence] == ["2022", "2021"]


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("2021年“三公”经费支出3.5万元。", 0),
        ("2021年“三公”经费支出3.8万元。", 1),
        ("上年“三公”经费支出决算3.8万元。", 1),
        ("上年“三公”经费支出决算35000元。", 0),
        ("2022年“三公”经费支出3.8万元，比2021年增加0.3万元。", 0),
        ("2020年“三公”经费支出9万元。", 0),
    ],
)
def test_last_year_in_prose(prose: str, found: int) -> None:
    case = case_of(report(f"二、支出情况\n(三)“三公”经费情况\n{prose}"), before=BEFORE)
    assert len(faults(case, "K1")) == found


def test_two_figures_last_year() -> None:
    before = table("年度支出: {其中三公经费支出: 1.36}") + report(
        "二、支出情况\n(三)“三公”经费情况\n2021年我单位“三公”经费0万元。"
    )
    for figure, found in (("1.36", 0), ("0", 0), ("2", 1)):
        text = rates(f"三公经费: {{上年决算数: {figure}}}")
        assert len(faults(case_of(text, before=before), "K1")) == found


def test_without_last_years_record_nothing_can_be_told() -> None:
    text = rates("三公经费: {上年决算数: 3.20}")
    assert verdicts(case_of(text), "K1") == [Outcome.UNKNOWN]
    assert verdicts(case_of(text), "K2") == [Outcome.UNKNOWN]
    sample = case_of(SAMPLE.read_text(encoding="utf-8"))
    assert not any(faults(sample, rule) for rule in RULES)


SPENT = table("编制人数: 35\n年度支出: {合计: 100, 其中三公经费支出: 2}")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (table("编制人数: 35\n年度支出: {合计: 130, 其中三公经费支出: 1.4}"), []),
        (table("编制人数: 46\n年度支出: {合计: 131}"), ["编制人数", "支出合计"]),
        (table("编制人数: 24"), ["编制人数"]),
        (table("年度支出: {其中三公经费支出: 0}"), ["三公经费"]),
        (table("年度支出: {合计: 2000}"), []),  # B12 tells it
        (table("年度支出: {合计: 140}") + report("总支出比上年增加40万元，因建设活动中心。"), []),
        (table("年度支出: {合计: 140}") + report("支出140万元。比上年多，原因是建设。"), []),
        (table("年度支出: {合计: 140}") + report("要合理压缩支出。"), ["支出合计"]),
        (table("编制人数: 46") + report("机构改革，划转编制11名。"), ["编制人数"]),
        (table("编制人数: 46") + report("因机构改革，编制增加11名。"), []),
    ],
)
def test_big_changes(text: str, named: list[str]) -> None:
    found = faults(case_of(text, before=SPENT), "K2")
    assert [fault.message.split(" ")[0] for fault in found] == named


@given(
    st.decimals(min_value=1, max_value=5000, places=2),
    st.decimals(min_value=0, max_value=5000, places=2),
)
def test_a_third_is_where_reasons_are_asked_for(before: Decimal, now: Decimal) -> None:
    case = case_of(
        table(f"年度支出: {{合计: {now}}}"), before=table(f"年度支出: {{合计: {before}}}")
    )
    is_big = abs(now - before) > before * Decimal("0.3")
    is_enormous = now > 10 and now > 10 * before
    assert bool(faults(case, "K2")) == (is_big and not is_enormous)


@given(st.decimals(min_value=0, max_value=5000, places=2))
def test_the_same_amount_is_never_a_fault(amount: Decimal) -> None:
    case = case_of(
        rates(f"三公经费: {{上年决算数: {amount.normalize():f}}}"),
        before=rates(f"三公经费: {{决算数: {amount}}}"),
    )
    assert verdicts(case, "K1") == [Outcome.HOLDS]
