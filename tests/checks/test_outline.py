"""Reports against the outline of their form."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.checks.case import Case
from generator.checks.finding import Fault, Outcome
from generator.checks.outline import has_its_headings
from generator.forms.form import Form
from generator.records.record import read_record
from generator.records.store import RecordPath
from generator.yaml import YamlFile
from tests.checks.cases import REGION, TODAY, library


def case_of(text: str, forms: Mapping[str, Form]) -> Case:
    path = Path("2022.yaml")
    identity = RecordPath("990001", "shili-minzheng", 2022, path)
    record = read_record(YamlFile(path, text), identity, forms)
    return Case(record, REGION, library(), TODAY)


@pytest.mark.parametrize(
    ("lines", "headings"),
    [
        (["一、部门概况", "编制35人。", "二、存在的问题", "三、改进措施"], []),
        (["部门概况", "存在的问题", "改进措施"], []),  # as the page draws them
        (["一、部门概况：", "(一)存在的问题", "1.改进措施"], []),
        (["一、部门概况", "三、改进措施"], ["存在的问题"]),
        (["一、部门基本概况", "存在的问题很多。"], ["部门概况", "存在的问题", "改进措施"]),
    ],
)
def test_missing_headings_are_told_at_the_report(
    lines: list[str], headings: list[str], forms: Mapping[str, Form]
) -> None:
    body = "".join(f"      {line}\n" for line in lines)
    case = case_of(f"附件1:\n  表式: 示例报告\n  报告:\n    正文: |-\n{body}", forms)
    (verdict,) = has_its_headings(case)
    if not headings:
        assert verdict is Outcome.HOLDS
        return
    assert isinstance(verdict, Fault)
    named = "、".join(f"“{heading}”" for heading in headings)
    assert verdict.message == f"报告里没有{named}，请对照原件，原件确实没有则不用改"
    problem = verdict.at.file.problem(verdict.at.where, "", verdict.at.offset)
    assert (problem.line, problem.column) == (4, 5)


@pytest.mark.parametrize("written", ["", "不适用"])
def test_no_report_is_no_report_without_headings(written: str, forms: Mapping[str, Form]) -> None:
    case = case_of(f"附件1:\n  表式: 示例报告\n  报告:\n    正文: {written}\n", forms)
    assert list(has_its_headings(case)) == [Outcome.UNKNOWN]
