"""What a record says of its review: read strictly, and what the code of its content covers."""

from pathlib import Path

import pytest

from generator.errors import Problem
from generator.forms.values import State
from generator.records.review import Review, content_code, read_review
from generator.yaml import YamlFile


def read(text: str) -> tuple[Review, list[str]]:
    file = YamlFile(Path("2022.yaml"), text)
    problems: list[Problem] = []
    assert isinstance(file.root, dict)
    review = read_review(file, file.root, 2022, problems)
    return review, [str(problem).removeprefix("2022.yaml:") for problem in problems]


WHOLE = """\
审核:
  状态: 已发布
  一审: {日期: 2023年4月3日, 意见: 通过, 审核人: 张*}
  二审: {日期: 2023年4月4日, 意见: 通过}
  三审: {日期: 2023年4月6日, 意见: 通过}
  发布日期: 2023年4月10日
  校验码: 0123456789ab
核对说明:
  - 规则: C1
    位置: 附件4/正文
    原文: 0万元
    说明: 与决算一致
    日期: 2023年4月10日
更正说明:
  - {日期: 2024年1月2日, 说明: 改正笔误, 校验码: ba9876543210}
"""


def test_everything_is_read() -> None:
    review, problems = read(WHOLE)
    assert problems == []
    assert review.status == "已发布"
    assert review.is_public
    assert [(each.name, each.outcome, each.date.written) for each in review.rounds] == [
        ("一审", "通过", "2023年4月3日"),
        ("二审", "通过", "2023年4月4日"),
        ("三审", "通过", "2023年4月6日"),
    ]
    (answer,) = review.answers
    assert (answer.rule, answer.where, answer.quoted) == ("C1", "附件4/正文", "0万元")
    assert (answer.explanation, answer.date.written) == ("与决算一致", "2023年4月10日")
    assert review.corrections[0].explanation == "改正笔误"
    assert review.code == "0123456789ab"
    assert review.last_code == "ba9876543210"


def test_who_reviewed_is_kept_nowhere() -> None:
    review, _ = read(WHOLE)
    assert "张" not in repr(review)


def test_without_a_review_it_is_a_draft() -> None:
    review, problems = read("元数据: {表式: 甲}\n")
    assert problems == []
    assert review.status == "草稿"
    assert not review.is_public
    assert review.published.state is State.EMPTY
    assert review.last_code == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("审核: 已发布\n", "1:1: “审核”下面要写“状态: 草稿”等各项"),
        ("审核: {状态: 发布}\n", "1:10: “发布”不在选项里，是不是“已发布”；"),
        ("审核: {发布日期: 2023年4月10日}\n", "1:1: “状态”必须填写"),
        ("审核: {状态: 草稿, 一审: {审核人: 张三}}\n", "填报人姓名是个人信息"),
        ("审核: {状态: 草稿, 四审: 1}\n", "不认识“四审”"),
        ("审核: {状态: 草稿, 表式: 三审}\n", "不认识“表式”"),
        ("核对说明:\n  - {规则: C1, 日期: 2023年4月10日}\n", "“说明”必须填写"),
        ("核对说明: 没有问题\n", "“核对说明”逐行填写"),
        ("更正说明:\n  - {说明: 改}\n", "“日期”必须填写"),
    ],
)
def test_mistakes_are_told(text: str, problem: str) -> None:
    _, problems = read(text)
    assert any(problem in each for each in problems), problems


SEALED = {"元数据": {"表式": "甲", "索引号": "1"}, "附件1": {"表式": "乙", "金额": "704.70"}}


def test_the_code_is_of_what_is_disclosed() -> None:
    code = content_code(SEALED)
    assert len(code) == 12
    assert content_code({**SEALED, "审核": {"状态": "草稿"}, "核对说明": ["甲"]}) == code
    assert content_code(dict(reversed(SEALED.items()))) == code  # the order of parts is no content
    changed = {**SEALED, "附件1": {"表式": "乙", "金额": "704.7"}}
    assert content_code(changed) != code
