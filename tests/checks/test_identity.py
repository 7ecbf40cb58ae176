"""Which unit, which year, which attachments: what family A finds, and what it leaves alone."""

import pytest

from generator.checks.case import Case
from generator.checks.finding import Outcome, of_fault
from tests.checks.cases import case_of, faults, verdicts
from tests.checks.test_amounts import SAMPLE, report, table

TOTAL = "(三)部门整体支出情况"


def heads(**filled: str) -> str:
    lines = "".join(f"  {key}: {value}\n" for key, value in filled.items())
    return f"元数据:\n  表式: 信息公开元数据\n{lines}"


def signed(name: str) -> str:
    return f"{report('一、部门概况')}  落款: {{单位: {name}}}\n"


def test_the_sample() -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace("隆回县行政审批服务局", "示例县民政局")
    case = case_of(text)
    assert not faults(case, "A1")
    assert not faults(case, "A2")
    (fault,) = faults(case, "A3")
    assert of_fault("A3", "警告", fault).place.label == "附件3"
    assert "没有附件1、附件2" in fault.message


# A1


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("示例县民政局2022年度部门整体支出绩效自评报告", 0),
        ("示例县民政局二〇二二年度部门整体支出绩效自评报告", 0),
        ("示例县民政局2022部门整体支出绩效自评报告", 0),
        ("示例县民政局部门整体支出绩效自评报告", 0),
        ("2023年公开的示例县民政局2022年度绩效自评报告", 0),
        ("示例县民政局绩效自评报告(民政字〔2023〕5号)", 0),
        ("示例县民政局绩效自评报告(2023年5月6日)", 0),
        ("示例县民政局2021年度部门整体支出绩效自评报告", 1),
        ("示例县民政局2023年部门整体支出绩效自评报告", 1),
        ("示例县民政局二○二一年度部门整体支出绩效自评报告", 1),
        ("示例县民政局部门整体支出绩效自评报告(2021)", 1),
    ],
)
def test_the_year_of_the_name(name: str, found: int) -> None:
    assert len(faults(case_of(heads(文件名称=name)), "A1")) == found


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("一、部门概况\n(二)2022年的重点工作", []),
        ("一、部门概况\n(二)2021年的重点工作", [None]),
        ("一、2021年度部门整体支出情况", [None]),
        ("一、部门概况\n(二)2021年“三公”经费情况", [None]),
        ("一、部门概况\n(二)2023年重点工作", ["警告"]),
        ("一、2022年重点工作\n二、2023年重点工作", []),
        ("一、2021年工作回顾\n二、2023年工作计划", []),
        ("一、2021年度绩效评价问题整改情况", []),
        ("一、2018年机构改革情况", []),
        ("一、2021年与2022年收支比较", []),
        ("一、部门概况\n2021年，我局被评为先进。", []),
        ("示例县民政局\n2021年度部门整体支出绩效自评报告\n一、部门概况", [None]),
        ("(2021年度)\n一、部门概况", [None]),
        ("（2022年度）\n一、部门概况", []),
        ("根据《关于开展2021年度绩效自评工作的通知》，现报告如下。\n一、部门概况", []),
    ],
)
def test_years_of_headings(text: str, severities: list[str | None]) -> None:
    assert [fault.severity for fault in faults(case_of(report(text)), "A1")] == severities


@pytest.mark.parametrize(
    ("prose", "severities"),
    [
        ("2022年度决算支出为704.72万元。", []),
        ("2021年度决算支出为704.72万元。", [None]),
        ("2021年度决算支出为704.72万元，比2020年增加3万元。", [None]),
        ("2022年度决算支出为704.72万元，2021年度决算支出为690万元。", []),
        ("2021年度决算支出为690万元，本年各项开支704.72万元。", []),
        ("决算支出为704.72万元，比2021年增加14.72万元。", []),
        ("2021年度决算支出为690万元。", ["警告"]),
        ("2021年度决算支出为690万元，2022年各项开支704.72万元。", []),
    ],
)
def test_years_of_amounts(prose: str, severities: list[str | None]) -> None:
    text = table("年度支出: {合计: 704.72}") + report(f"一、部门概况\n{TOTAL}\n{prose}")
    assert [fault.severity for fault in faults(case_of(text), "A1")] == severities


def test_the_same_amount_in_two_years_is_no_proof() -> None:
    text = table("年度支出: {合计: 100}") + report(
        f"一、部门概况\n{TOTAL}\n2021年度决算支出为100万元，今年相同。"
    )
    assert not faults(case_of(text, before=table("年度支出: {合计: 100}")), "A1")
    assert len(faults(case_of(text, before=table("年度支出: {合计: 99}")), "A1")) == 1


def test_the_place_of_a_wrong_year() -> None:
    case = case_of(report("一、部门概况\n(二)2021年的重点工作"))
    (fault,) = faults(case, "A1")
    evidence = of_fault("A1", "错误", fault).place
    assert (evidence.quoted, evidence.line, evidence.column) == ("2021年的重点工作", 5, 8)


# A2


@pytest.mark.parametrize(
    "name",
    [
        "示例县民政局",
        "县民政局",
        "示例县民政和救助局",
        "示例县民政局(盖章)",
        "示例县民政局（本级）",
        "示例县民政局(示例县老龄办)",
        "示例县民政局 ",
        "示例县 民政局",
        "219-示例县民政局",
        "219001示例县民政局",
        "示例省示例市示例县民政局",
        "示例县民政局、示例县救助管理站",
    ],
)
def test_names_of_the_unit(name: str) -> None:
    for text in (table("编制人数: 3").replace("示例县民政局", name), signed(name)):
        assert not faults(case_of(text), "A2")


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("民政局", "提示"),
        ("示例民政局", "提示"),
        ("示民局", "警告"),
        ("示例县民政", None),
        ("示列县民政局", None),
        ("示例县民政局办公室", None),
        ("示例县教育局", None),
        ("示例县民政局示例中学", None),
    ],
)
def test_other_names(name: str, severity: str | None) -> None:
    for text in (table("编制人数: 3").replace("示例县民政局", name), signed(name)):
        (fault,) = faults(case_of(text), "A2")
        assert fault.severity == severity
        assert "示例县民政局" in fault.message


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("示例县民政局", 0),
        ("示例县民政局办公室", 0),
        ("县民政局规划财务股", 0),
        ("办公室", 0),
        ("规划财务股", 0),
        ("示例县财政局", 0),
        ("县政府办公室", 0),
        ("民政局", 0),
        ("无", 0),
        ("示列县民政局", 1),
        ("示例县民局", 1),
        ("示例县民政", 1),
        ("示例县林业局", 0),
    ],
)
def test_the_department_that_publishes(name: str, found: int) -> None:
    assert len(faults(case_of(heads(公开责任部门=name)), "A2")) == found


def test_without_a_name_nothing_can_be_told() -> None:
    assert verdicts(case_of(report("一、部门概况")), "A2") == [Outcome.UNKNOWN]


# A3


def attached(*numbers: int) -> Case:
    return case_of("".join(report("一、部门概况", f"附件{number}") for number in numbers))


@pytest.mark.parametrize(
    ("numbers", "place", "said"),
    [
        ((1,), "", ""),
        ((1, 2, 3), "", ""),
        ((2, 1), "", ""),
        ((3, 4), "附件3", "有附件3、附件4，没有附件1、附件2；"),
        ((1, 2, 4, 5), "附件4", "没有附件3；"),
        ((2,), "附件2", "没有附件1；"),
    ],
)
def test_numbers_of_attachments(numbers: tuple[int, ...], place: str, said: str) -> None:
    found = faults(attached(*numbers), "A3")
    assert [fault.at.label for fault in found] == ([place] if place else [])
    assert all(said in fault.message for fault in found)


def test_a_record_without_attachments() -> None:
    assert verdicts(case_of(heads(文件名称="示例")), "A3") == [Outcome.NOT_APPLICABLE]
