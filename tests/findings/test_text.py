"""Findings on a terminal."""

import re
from itertools import permutations

import click
import pytest

from generator.checks.finding import Outcome
from generator.findings.text import write_text
from tests.findings.cases import ALL, ANSWERED, HOSTILE, LOOK, NAMES, hostile

WHOLE = """\
data/forms/示例 表.yaml：1 处错误
data/forms/示例 表.yaml:2:1: 错误[格式] 不认识“单位名”，是不是“单位名称”？

data/records/990001/shili-jiaoyu/2022.yaml — 示例县教育局 2022 年度：1 处提示
data/records/990001/shili-jiaoyu/2022.yaml:3:9: 提示[F9] 日期中间有空格（附件2/日期）

data/records/990001/shili-minzheng/2022.yaml — 示例县民政局 2022 年度：\
1 处错误、1 处警告、1 处已说明
data/records/990001/shili-minzheng/2022.yaml:12:5: 警告（已说明）[C6] \
有公务接待费，没有写批次和人次（附件3/公务接待费）
    说明（2023-05-01）：接待均为工作餐， 未按批次统计
data/records/990001/shili-minzheng/2022.yaml:12:5: 警告[C7] 没有写增减原因（附件3/公务接待费）
data/records/990001/shili-minzheng/2022.yaml:40:7: 错误[C1] \
三公经费合计应为 1.36 万元，写的是 0（附件4/正文）
    另见 data/records/990001/shili-minzheng/2022.yaml:12:5 “1.36”（附件3/公务接待费）
    另见 data/records/990001/shili-jiaoyu/2022.yaml:9:1 “2”（附件3/公务接待费）
"""


def test_findings_are_grouped_by_file() -> None:
    assert click.unstyle(write_text(ALL, NAMES)) == WHOLE


def test_the_order_of_findings_does_not_matter() -> None:
    assert {write_text(each, NAMES) for each in permutations(ALL)} == {write_text(ALL, NAMES)}


def test_what_is_answered_may_be_left_out_but_is_counted() -> None:
    written = click.unstyle(write_text(ALL, NAMES, with_answered=False))
    assert "1 处已说明" in written
    assert "（已说明）" not in written
    assert "说明（" not in written


def test_nothing_to_tell() -> None:
    assert write_text([], NAMES) == ""


def test_outcomes_are_told_when_asked_for() -> None:
    written = write_text([], {}, {Outcome.FAILS: 2, Outcome.UNKNOWN: 3})
    assert written == "各条规则的结果（次）：不通过 2、通过 0、不涉及 0、无法判断 3\n"
    assert click.unstyle(write_text(ALL, NAMES, {})).startswith(f"{WHOLE}\n各条规则的结果")


@pytest.mark.parametrize(
    ("finding", "code"), [(ALL[0], 31), (ALL[4], 33), (LOOK, 34), (ANSWERED, 32)]
)
def test_severities_have_their_colours(finding: object, code: int) -> None:
    line = write_text([finding], {}).splitlines()[1]  # type: ignore[list-item]
    assert re.search(rf"\x1b\[{code}m", line)


@pytest.mark.parametrize("message", HOSTILE)
def test_a_record_cannot_write_lines_of_its_own(message: str) -> None:
    written = click.unstyle(write_text([hostile(message)], {}))
    assert "\x1b" not in written
    heading, line, other, said = written.splitlines()
    path = "data/records/990001/a,b:c%d/2022.yaml"
    assert heading.startswith(f"{path}：")
    assert line.startswith(f"{path}:1:1: 错误（已说明）[C1] ")
    assert other.startswith(f"    另见 {path}:2:1 ")
    assert said.startswith("    说明（2023-05-01）：")
