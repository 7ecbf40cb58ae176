"""Answers laid beside findings: what they fit, and what is said of those that fit nothing."""

import pytest

from generator.checks.answering import answered
from generator.checks.finding import Fault, Finding, of_fault
from generator.checks.rules import ask_all, reference
from tests.checks.cases import case_of

RECORD = """\
附件1:
  表式: 基础数据表2022
  单位名称: 示例县民政局
  编制人数: 36
  实有人数: 33
附件2:
  表式: 自评报告
  正文: |-
    一、部门概况
    (一)部门基本情况
    编制人数 35人,实际人数34人。
核对说明:
"""


def findings(*answers: str) -> list[Finding]:
    """What D2 finds (编制人数, then 实有人数), and what is said of the answers."""
    lines = "".join(f"  - {{{answer}, 说明: 原件如此, 日期: 2023-05-06}}\n" for answer in answers)
    case = case_of(RECORD + lines)
    found = [
        of_fault(rule, severity, verdict)
        for rule, severity, verdict in ask_all(case)
        if rule == "D2" and isinstance(verdict, Fault)
    ]
    return answered(case.record, found, ["I1"], reference())


def states(found: list[Finding]) -> list[int | None]:
    """Which answer each of the findings of D2 has."""
    return [each.answer.number if each.answer else None for each in found if each.rule == "D2"]


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ((), [None, None]),
        (("规则: D2",), [0, 0]),
        (("规则: D2, 位置: 附件1",), [0, 0]),
        (("规则: D2, 位置: 附件1/编制人数",), [0, None]),
        (("规则: D2, 位置: 附件1 / 编制人数/",), [0, None]),
        (("规则: D2, 位置: 附件１／编制人数",), [0, None]),
        (("规则: D2, 原文: '34'",), [None, 0]),
        (("规则: D2, 原文: 34人",), [None, 0]),
        (("规则: D2", "规则: D2, 位置: 附件1/实有人数"), [0, 1]),
        (("规则: D2, 位置: 附件1/编制",), [None, None]),  # not a whole word of the way
        (("规则: D1",), [None, None]),
    ],
)
def test_an_answer_is_for_what_it_names(answers: tuple[str, ...], found: list[int | None]) -> None:
    assert states(findings(*answers)) == found


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (("规则: D1",), "可能已经改正"),
        (("规则: d2",), "应写成 D2"),
        (("规则: '[D2]'",), "应写成 D2"),
        (("规则: Ｄ２",), "应写成 D2"),
        (("规则: C1、C2",), "一条说明只写一个规则编号"),
        (("规则: Z9",), "没有编号为“Z9”的规则"),
        (("规则: I1",), "必须改正，不能用说明代替"),
        (("规则: D2, 位置: 附件2/正文",), "的问题在“附件1/编制人数”、“附件1/实有人数”"),
        (("规则: D2", "规则: D2"), "前面已经有说明"),
    ],
)
def test_an_answer_that_fits_nothing_is_told_why(answers: tuple[str, ...], words: str) -> None:
    stale = [each for each in findings(*answers) if each.rule == "L2"]
    assert len(stale) == 1
    assert words in stale[0].message
    assert stale[0].severity == "警告"
    assert stale[0].place.label.startswith("核对说明/")


def test_what_is_answered_does_not_stop() -> None:
    assert [each.stops for each in findings("规则: D2")] == [False, False]
    assert [each.stops for each in findings()] == [True, True]
