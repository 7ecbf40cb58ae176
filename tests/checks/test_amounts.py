"""Income and spending: what the rules of family B find, and what they leave alone."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks.case import Case
from generator.checks.finding import Outcome
from tests.checks.cases import case_of, faults, verdicts

SAMPLE = Path(__file__).parents[2] / "data/records/430524/xingzheng-shenpi/2022.yaml"
AMOUNTS = st.decimals(0, 10**6, places=2)


def table(body: str, key: str = "附件1", form: str = "基础数据表2022") -> str:
    lines = "\n".join(f"  {line}" for line in body.split("\n"))
    return f"{key}:\n  表式: {form}\n  单位名称: 示例县民政局\n{lines}\n"


def report(text: str, key: str = "附件2") -> str:
    lines = "\n".join(f"    {line}" for line in text.split("\n"))
    return f"{key}:\n  表式: 自评报告\n  正文: |-\n{lines}\n"


def spent(amount: str) -> str:
    return report(f"一、部门概况\n(三)部门整体支出情况\n2022年度决算支出为{amount}。")


@pytest.fixture(scope="module")
def sample() -> Case:
    return case_of(SAMPLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("rule", "places"),
    [
        ("B6", ["附件3/年度收入/非税收入"]),
        ("B11", ["附件4/正文"]),
        ("B14", ["附件4/正文"]),
        ("B16", ["附件3/非税收入完成情况/年度非税收入是否完成"]),
        ("B17", ["附件3/政府采购及金额/年度是否制定了政府采购计划"]),
        *((f"B{number}", []) for number in (1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 15)),
    ],
)
def test_the_sample(sample: Case, rule: str, places: list[str]) -> None:
    assert [fault.at.label for fault in faults(sample, rule)] == places


def test_the_sample_lists_what_is_empty(sample: Case) -> None:
    (fault,) = faults(sample, "B6")
    names = [spot.where[-1] for spot in (fault.at, *fault.others)]
    assert names == ["非税收入", "中央省市安排资金", "其他收入"]


@pytest.mark.parametrize(
    ("prose", "severity"),
    [
        ("100.5万元", "holds"),
        ("1005000元", "holds"),
        ("100.51万元", "提示"),
        ("101万元", None),
        ("0万元", None),
        ("105万元", None),
    ],
)
def test_a_report_says_what_the_table_says(prose: str, severity: str | None) -> None:
    case = case_of(table("年度支出: {合计: 100.50}") + spent(prose))
    said = verdicts(case, "B8")
    if severity == "holds":
        assert said == [Outcome.HOLDS]
    else:
        (fault,) = faults(case, "B8")
        assert fault.severity == severity
        assert "100.50 万元" in fault.message
        assert prose in fault.message


@given(AMOUNTS)
def test_the_same_amount_agrees_in_any_unit(amount: Decimal) -> None:
    text = table(f"年度支出: {{合计: {amount}}}")
    for prose in (f"{amount}万元", f"{amount * 10000:.0f}元"):
        assert not faults(case_of(text + spent(prose)), "B8")


@given(AMOUNTS, AMOUNTS)
def test_amounts_that_differ_never_hold(one: Decimal, other: Decimal) -> None:
    case = case_of(table(f"年度支出: {{合计: {one}}}") + spent(f"{other}万元"))
    assert bool(faults(case, "B8")) == (one != other)


def test_a_single_figure_proves_nothing() -> None:
    assert verdicts(case_of(table("年度支出: {合计: 100}")), "B8") == [Outcome.UNKNOWN]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("年度收入: {县财政预算安排: 1, 合计: 1}", 1),
        ("年度收入: {非税收入: 0}", 1),
        ("年度收入: {合计: }", 0),
        ("预算执行: {本年度是否有结余: 否, 结余金额: , 追加金额: 3}", 0),
    ],
)
def test_empty_beside_filled(body: str, found: int) -> None:
    assert len(faults(case_of(table(body)), "B6")) == found


@pytest.mark.parametrize(
    ("amount", "severities"),
    [
        ("704.72", []),
        ("-1", [None]),
        ("0.1234567", [None]),
        ("89.974", ["提示"]),
    ],
)
def test_signs_and_decimals(amount: str, severities: list[str | None]) -> None:
    case = case_of(table(f"年度支出: {{项目支出: {amount}}}"))
    assert [fault.severity for fault in faults(case, "B13")] == severities


def test_the_budget_may_be_adjusted_downwards() -> None:
    text = table("部门基本支出预算调整: {决算数: -3.50}", form="基础数据表控制率")
    assert not faults(case_of(text), "B13")


@pytest.mark.parametrize(
    ("carried", "found"), [("", 1), ("\n上年结转20万元。", 0), ("\n上年结转5万元。", 1)]
)
def test_spending_above_income(carried: str, found: int) -> None:
    text = table("年度收入: {合计: 90}\n年度支出: {合计: 100}")
    case = case_of(text + report(f"一、部门概况{carried}"))
    if carried and not case.prose("上年结转"):
        pytest.skip("no phrase for 上年结转 yet")
    assert len(faults(case, "B3")) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022年度项目支出决算数为0万元，包括乡村道路、城建开发等基础设施建设。", 1),
        ("2022年度项目支出决算数为0万元，我单位没有建设项目。", 0),
        ("2022年度项目支出决算数为0万元。", 0),
        ("2022年度项目支出决算数为20万元，主要用于道路建设。", 0),
    ],
)
def test_projects_without_spending(text: str, found: int) -> None:
    case = case_of(report(f"二、部门整体支出管理及使用情况\n(二)项目支出情况\n{text}"))
    assert len(faults(case, "B14")) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公务接待费1.36万元;\n公务用车费0元。", 1),
        ("公务接待费1.36万元;\n公务用车费0万元。", 0),
        ("公务接待费1.36万元;\n公务用车费0。", 1),
        ("公务接待费1.36万元,2022年公务用车费0万元。", 0),
    ],
)
def test_units_in_one_section(text: str, found: int) -> None:
    case = case_of(report(f"二、部门整体支出管理及使用情况\n(三)“三公”经费情况\n{text}"))
    assert len(faults(case, "B11")) == found


@pytest.mark.parametrize(
    ("amount", "before", "found"),
    [("1005000", "100.50", 1), ("100.50", "90", 0), ("900", "90", 0), ("5", "0.1", 0)],
)
def test_ten_times_last_year(amount: str, before: str, found: int) -> None:
    texts = [table(f"年度支出: {{合计: {each}}}") for each in (amount, before)]
    assert len(faults(case_of(texts[0], before=texts[1]), "B12")) == found


@pytest.mark.parametrize(("executed", "found"), [("20", 0), ("20.01", 0), ("21", 1), ("", 0)])
def test_project_sheets(executed: str, found: int) -> None:
    sheet = "附件2:\n  表式: 项目支出自评表\n  项目名称: 示例项目\n"
    sheet += f"  年度资金总额: {{全年执行数: {executed}}}"
    case = case_of(table("年度支出: {项目支出: 20}") + sheet)
    assert len(faults(case, "B15")) == found


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("包括办公设备购置等日常公用经费。", 1),
        ("采购了一批办公家具。", 1),
        ("发布采购公告3起。", 0),
        ("公务用车购置费0万元。", 0),
    ],
)
def test_purchases_without_a_plan(prose: str, found: int) -> None:
    text = table("政府采购及金额: {年度是否制定了政府采购计划: 否}")
    assert len(faults(case_of(text + report(prose)), "B17")) == found


# B4


def surplus(answer: str, amount: str, income: str = "10", spending: str = "8") -> str:
    return table(
        f"年度收入: {{合计: {income}}}\n年度支出: {{合计: {spending}}}\n"
        f"预算执行: {{本年度是否有结余: {answer}, 结余金额: {amount}}}"
    )


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        (surplus("是", "2"), []),
        (surplus("是", "2.01"), ["提示"]),
        (surplus("是", "1"), [None]),  # less than is left
        (surplus("是", "5"), ["警告"]),  # something may have been carried over
        (surplus("否", "''"), [None]),
        (surplus("否", "0", "8"), []),
        (surplus("是", "80", "5680", "5720") + report("年初结转120万元。"), []),
        (surplus("是", "70", "5680", "5720") + report("年初结转120万元。"), [None]),
        (surplus("是", "''"), []),
    ],
)
def test_what_is_left(text: str, severities: list[str | None]) -> None:
    case = case_of(text)
    found = [
        each for each in faults(case, "B4") if "应是" in each.message or "还剩" in each.message
    ]
    assert [each.severity for each in found] == severities
