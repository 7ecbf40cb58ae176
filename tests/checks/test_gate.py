"""What leads to publishing, and what is changed after it: rules I4 and K4."""

import re

import pytest

from generator.checks.finding import Outcome, of_fault
from generator.checks.rules import ask_all
from generator.records.review import content_code
from tests.checks.cases import case_of, faults, verdicts
from tests.checks.test_amounts import SAMPLE

PART = "附件1: {表式: 基础数据表2022, 单位名称: 示例县民政局, 编制人数: %s}\n"
PASSED = ("一审: {日期: 2023-05-08, 意见: 通过}", "二审: {日期: 2023-05-09, 意见: 通过}")
THIRD = "三审: {日期: 2023-05-10, 意见: 通过}"


def audit(*lines: str) -> str:
    return "审核:\n" + "".join(f"  {line}\n" for line in lines)


def code_of(text: str) -> str:
    root = case_of(text).record.file.root
    assert isinstance(root, dict)
    return content_code(root)


@pytest.mark.parametrize(
    ("lines", "outcome"),
    [
        ((), Outcome.NOT_APPLICABLE),
        (("状态: 草稿",), Outcome.NOT_APPLICABLE),
        (("状态: 待审", PASSED[0]), Outcome.NOT_APPLICABLE),
        (("状态: 已审", *PASSED, THIRD), Outcome.HOLDS),
        (("状态: 已发布", *PASSED, THIRD, "发布日期: 2023年5月10日"), Outcome.HOLDS),
        (("状态: 已发布", *PASSED, THIRD, "发布日期: 2023年5月9日"), Outcome.HOLDS),  # F8 tells it
        (("状态: 已撤回", "撤回日期: 2023-06-01", "撤回原因: 重复公开"), Outcome.HOLDS),
    ],
)
def test_sound_states(lines: tuple[str, ...], outcome: Outcome) -> None:
    text = (audit(*lines) if lines else "") + PART % 35
    assert verdicts(case_of(text), "I4") == [outcome]


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        (("状态: 已审",), 2, "没有一审、二审、三审；"),
        (("状态: 已发布",), 2, "没有一审、二审、三审，没有发布日期；"),
        (("状态: 已发布", *PASSED, THIRD), 2, "但没有发布日期；"),
        (("状态: 已审", *PASSED), 2, "没有三审；"),
        (("状态: 已审", *PASSED, "三审: {日期: 2023-05-10, 意见: 退回}"), 2, "三审的意见是退回"),
        (("状态: 已审", *PASSED, "三审: {日期: 2023-05-10}"), 2, "三审没有意见"),
        (("状态: 已审", *PASSED, "三审: {意见: 通过}"), 2, "三审没有日期"),
        (
            ("状态: 已审", *PASSED, "三审: {日期: 2023-05-01, 意见: 通过}"),
            5,
            "三审日期 2023-05-01 早于二审日期 2023-05-09",
        ),
        (("状态: 已撤回", "撤回日期: 2023-06-01"), 2, "没有撤回原因；"),
        (("状态: 已撤回",), 2, "没有撤回日期和撤回原因；"),
        (
            (
                "状态: 已撤回",
                "发布日期: 2023-06-02",
                "撤回日期: 2023-06-01",
                "撤回原因: 重复公开",
            ),
            4,
            "撤回日期 2023-06-01 早于发布日期 2023-06-02",
        ),
    ],
)
def test_what_is_not_reviewed(lines: tuple[str, ...], line: int, said: str) -> None:
    (fault,) = faults(case_of(audit(*lines) + PART % 35), "I4")
    assert said in fault.message
    assert of_fault("I4", "错误", fault).place.line == line


def test_only_what_is_published_needs_a_code() -> None:
    for status in ("草稿", "待审", "已审", "已撤回"):
        case = case_of(audit(f"状态: {status}") + PART % 35)
        assert verdicts(case, "K4") == [Outcome.NOT_APPLICABLE]


def test_the_code_to_write_is_told_and_is_right() -> None:
    (fault,) = faults(case_of(audit("状态: 已发布") + PART % 35), "K4")
    found = re.search("校验码: ([a-p]{12})", fault.message)
    assert found
    sealed = audit("状态: 已发布", f"校验码: '{found[1]}'") + PART % 35
    assert verdicts(case_of(sealed), "K4") == [Outcome.HOLDS]


def test_a_change_needs_a_correction_with_the_new_code() -> None:
    sealed = audit("状态: 已发布", f"校验码: '{code_of(PART % 35)}'")
    (fault,) = faults(case_of(sealed + PART % 36), "K4")
    new = code_of(PART % 36)
    assert "公布后内容有改动" in fault.message
    assert new in fault.message
    assert of_fault("K4", "错误", fault).place.line == 3

    without = sealed + "更正说明:\n  - {日期: 2023-06-01, 说明: 编制人数写错}\n" + PART % 36
    (fault,) = faults(case_of(without), "K4")
    assert f"最后一条里写 校验码: {new}" in fault.message
    assert of_fault("K4", "错误", fault).place.line == 5

    told = without.replace("写错}", f"写错, 校验码: '{new}'}}")
    assert verdicts(case_of(told), "K4") == [Outcome.HOLDS]

    (fault,) = faults(case_of(told.replace("编制人数: 36", "编制人数: 37")), "K4")
    assert f"与校验码 {new} 不符" in fault.message
    assert of_fault("K4", "错误", fault).place.line == 5


def test_comments_and_reviews_are_no_change() -> None:
    sealed = audit("状态: 已发布", f"校验码: '{code_of(PART % 35)}'", *PASSED, "# 一行注释")
    assert verdicts(case_of(sealed + PART % 35), "K4") == [Outcome.HOLDS]


def test_the_sample_once_published() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    text = re.sub(r"^审核:.*\n(?:[ ].*\n)*", "", text, flags=re.MULTILINE)
    published = audit("状态: 已发布", f"校验码: '{code_of(text)}'") + text
    assert len(faults(case_of(published), "I4")) == 1
    assert not faults(case_of(published), "K4")


@pytest.mark.parametrize("written", ["pkfd pmcclafk", "PKFDPMCCLAFK", "pkfdpmcclafk。", "123"])
def test_a_code_that_is_none_is_no_change(written: str) -> None:
    (fault,) = faults(case_of(audit("状态: 已发布", f"校验码: '{written}'") + PART % 35), "K4")
    assert "应是 12 个小写字母" in fault.message
    assert code_of(PART % 35) in fault.message


def test_corrections_follow_each_other() -> None:
    sealed = audit("状态: 已发布", "发布日期: 2023-05-11", f"校验码: '{code_of(PART % 35)}'")
    told = "更正说明:\n" + "".join(
        f"  - {{日期: {day}, 说明: 改正}}\n" for day in ("2023-06-01", "2023-05-20", "2023-05-01")
    )
    found = faults(case_of(sealed + told + PART % 35), "K4")
    assert [each.at.quoted for each in found] == ["2023-05-20", "2023-05-01"]


def test_of_what_was_withdrawn_only_its_way_is_asked() -> None:
    """Its mistakes are why it was withdrawn; they must not keep it online."""
    text = audit("状态: 已撤回", "撤回日期: 2023-06-01", "撤回原因: 金额有误")
    case = case_of(text + PART % 35)
    assert {rule for rule, _, _ in ask_all(case)} == {"I4", "K4"}
