"""The catalogue's entry: what rules J1 to J4 find, and what they leave alone."""

import pytest

from generator.checks.finding import Outcome, of_fault
from tests.checks.cases import case_of, faults, verdicts
from tests.checks.test_amounts import SAMPLE

REPORT = "附件1: {表式: 自评报告, 正文: 本年度没有项目支出。}\n"


def entry(**values: str) -> str:
    lines = "".join(f"  {name}: {value}\n" for name, value in values.items())
    return f"元数据:\n  表式: 信息公开元数据\n{lines}" + REPORT


def test_the_sample() -> None:
    case = case_of(SAMPLE.read_text(encoding="utf-8"))
    (fault,) = faults(case, "J1")
    assert [spot.where[-1] for spot in (fault.at, *fault.others)] == [
        "文件名称",
        "索引号",
        "公开目录",
        "公开责任部门",
        "发文日期",
        "公开形式",
    ]
    evidence = of_fault("J1", "错误", fault).place
    assert "文件名称:" in case.record.file.text.split("\n")[evidence.line - 1]
    assert not any(faults(case, rule) for rule in ("J2", "J3", "J4"))


def test_a_record_without_an_entry() -> None:
    (fault,) = faults(case_of(REPORT), "J1")
    assert "没有“元数据”" in fault.message
    assert of_fault("J1", "错误", fault).place.line == 1
    assert not faults(case_of("审签: {表式: 三审, 一审: 甲*}"), "J1")


def test_words_for_nothing_are_not_filled_in() -> None:
    filled = {
        "文件名称": "示例县民政局2022年度绩效自评",
        "索引号": "990001001/2023-000001",
        "公开目录": "财政信息",
        "公开责任部门": "示例县民政局",
        "发文日期": "2023-05-08",
        "公开形式": "政府网站",
    }
    assert verdicts(case_of(entry(**filled)), "J1") == [Outcome.HOLDS]
    for word in ("无", "不适用", "/", ""):
        (fault,) = faults(case_of(entry(**filled | {"公开目录": word})), "J1")
        assert "没有填公开目录；" in fault.message


@pytest.mark.parametrize(
    "number",
    [
        "990001/2022-000001",
        "9900010009/2023-1219000",
        "990001001/2023-000001",
        "A0300-010000-2023-000072",
        "01527918X-2023-153077",
        "sljmzj/2024-00002",
        "000014349/2023-00012",  # an organisation's code
        "990001-07-20230508-0001",
    ],
)
def test_sound_numbers(number: str) -> None:
    assert verdicts(case_of(entry(索引号=number)), "J2") == [Outcome.HOLDS]


@pytest.mark.parametrize(
    ("number", "said", "severity"),
    [
        ("示例政发〔2023〕1号", "有不该有的字", None),
        ("990001 /2022-000001", "有不该有的字", None),
        ("990001／2022-000001", "有不该有的字", None),
        ("1", "太短", None),
        ("990001/2021-000001", "年份是 2021", None),
        ("990001/2025-000001", "年份是 2025", None),
        ("A0300-010000-2013-000072", "年份是 2013", "提示"),
        ("990002001/2023-000001", "前六位是 990002", "警告"),
    ],
)
def test_faulty_numbers(number: str, said: str, severity: str | None) -> None:
    (fault,) = faults(case_of(entry(索引号=number)), "J2")
    assert said in fault.message
    assert fault.severity == severity


@pytest.mark.parametrize("values", [{}, {"统一登记号": "不适用"}, {"有效期": "无"}])
def test_blanks_of_regulations_left_empty(values: dict[str, str]) -> None:
    assert verdicts(case_of(entry(文件名称="示例", **values)), "J3") == [Outcome.HOLDS]


def test_blanks_of_regulations_filled() -> None:
    text = entry(统一登记号="SLDR-2023-00001", 生效日期="2023-05-08", 有效期="5年")
    (fault,) = faults(case_of(text), "J3")
    assert len(fault.others) == 2
    assert not faults(case_of(REPORT), "J3")


@pytest.mark.parametrize(
    "name",
    [
        "示例县民政局2022年度部门整体支出绩效自评报告",
        "示例县民政局 2022 年度“部门整体支出”绩效自评报告",
        "2022年度示例县民政局部门整体支出绩效自评",
        "县民政局2022年度部门整体支出绩效自评报告",
        "示例县民政和救助局2022年度部门整体支出绩效评价报告",
        "2022年度部门整体支出绩效自评报告",  # the document's own title
        "部门整体支出绩效自评报告(2022年度)",
        "示例县民政局二〇二二年度部门整体支出绩效自评报告",
        "示例县民政局 2022年度公开信息",  # the page's
        "示例县民政局2021年度部门整体支出绩效自评报告",  # A1 tells it
    ],
)
def test_sound_names(name: str) -> None:
    assert verdicts(case_of(entry(文件名称=name)), "J4") == [Outcome.HOLDS]


@pytest.mark.parametrize(
    ("name", "said", "severity"),
    [
        ("示例县民政局部门整体支出绩效自评报告", "没有年度，", None),
        ("示例县民政局2022年工作总结", "没有文件的标题，", None),
        ("2022年绩效自评情况", "没有单位名称，", "警告"),
        ("附件", "没有单位名称、年度、文件的标题，", None),
    ],
)
def test_names_that_do_not_say_what_it_is(name: str, said: str, severity: str | None) -> None:
    (fault,) = faults(case_of(entry(文件名称=name)), "J4")
    assert said in fault.message
    assert fault.severity == severity
    assert "示例县民政局2022年度部门整体支出绩效自评报告" in fault.message
