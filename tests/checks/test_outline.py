"""Reports against the outline of their form."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.checks.outline import check_outline
from generator.forms.form import Form
from generator.records.record import read_record
from generator.records.store import RecordPath
from generator.yamlfile import YamlFile


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
def test_missing_headings_are_told_but_do_not_stop(
    lines: list[str], headings: list[str], forms: Mapping[str, Form]
) -> None:
    body = "".join(f"      {line}\n" for line in lines)
    text = f"附件1:\n  表式: 示例报告\n  报告:\n    正文: |-\n{body}"
    path = Path("2022.yaml")
    record = read_record(YamlFile(path, text), RecordPath("990001", "minzheng", 2022, path), forms)
    problems = list(check_outline(record))
    named = "、".join(f"“{heading}”" for heading in headings)
    assert [str(problem) for problem in problems] == [
        f"2022.yaml:4:5: 提示：报告里没有{named}，请对照原件，原件确实没有则不用改"
    ] * bool(headings)
    assert not any(problem.stops for problem in problems)


@pytest.mark.parametrize("written", ["", "不适用"])
def test_no_report_is_no_report_without_headings(written: str, forms: Mapping[str, Form]) -> None:
    text = f"附件1:\n  表式: 示例报告\n  报告:\n    正文: {written}\n"
    path = Path("2022.yaml")
    record = read_record(YamlFile(path, text), RecordPath("990001", "minzheng", 2022, path), forms)
    assert list(check_outline(record)) == []
