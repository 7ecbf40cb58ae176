"""Phrases read backwards: where words and values stand in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents.match.phrases import read_by_phrases
from generator.forms.phrase import parse_phrase


def read(drawn: str, text: str) -> tuple[dict[str, str], str, bool]:
    """The values, what is left over, and whether all was as drawn."""
    found = read_by_phrases([parse_phrase(line) for line in drawn.split("\n")], text)
    values = {s.blank: text[s.start : s.end] for s in found.spans if s.blank is not None}
    rest, position = "", 0
    for span in sorted(found.spans, key=lambda span: span.start):
        assert span.start >= position
        rest += text[position : span.start]
        position = span.end
    return values, "".join((rest + text[position:]).split()), found.is_exact


EXACT: list[tuple[str, str, dict[str, str]]] = [
    ("{甲}", " 一 二\n三 ", {"甲": "一 二\n三"}),
    ("{甲}", "", {"甲": ""}),
    ("名称:{甲}", "名称:一", {"甲": "一"}),
    ("名称:{甲}", "名 称 ： 一", {"甲": "一"}),
    ("名称:{甲}", "名称一", {"甲": "一"}),
    ("名称:{甲}", "名称::一", {"甲": ":一"}),
    ("单位名称(盖章):{甲}", "单位名称（盖章）：某局", {"甲": "某局"}),
    ("其它:{甲}", "其他：一", {"甲": "一"}),
    ("帐表:{甲}", "账表：一", {"甲": "一"}),
    ("金额 {甲} 万元", "金额 12 万元", {"甲": "12"}),
    ("金额 {甲} 万元", "金额  万元", {"甲": ""}),
    ("金额 {甲} 万元", "金额12万元", {"甲": "12"}),
    ("金额 {甲} 万元", "金额 12 万元 万元", {"甲": "12 万元"}),
    ("报:{甲} 电话:{乙} 时间:{丙}", "报:黄* 电话:110 时间:", {"甲": "黄*", "乙": "110", "丙": ""}),
    ("{甲}\n主管部门(盖章):", "同意\n如上\n主管部门(盖章):", {"甲": "同意\n如上"}),
    ("{甲}\n主管部门(盖章):", "主管部门(盖章):", {"甲": ""}),
    ("{甲}\n主管部门(盖章):", "主管部门(盖章):\n主管部门(盖章):", {"甲": "主管部门(盖章):"}),
    ("( 一审:{甲} 二审:{乙} )", "（一审：赵* 二审：钱*）", {"甲": "赵*", "乙": "钱*"}),
    ("( 一审:{甲} 二审:{乙} )", "( 一审: 二审:) )", {"甲": "", "乙": ")"}),
    ("{年}年预算数", "2022年预算数", {"年": "2022"}),
    ("{{注}}{甲}", "{注}一", {"甲": "一"}),
]  # fmt: skip


@pytest.mark.parametrize(("drawn", "text", "values"), EXACT)
def test_what_was_drawn_is_read(drawn: str, text: str, values: dict[str, str]) -> None:
    assert read(drawn, text) == (values, "", True)


# drawn, text, values, left over
LIKELY: list[tuple[str, str, dict[str, str], str]] = [
    ("名称:{甲}", "单位名称:一", {"甲": "一"}, "单位"),
    ("金额 {甲} 万元", "金额 12 万元(含税)", {"甲": "12"}, "(含税)"),
    ("甲项:{甲} 乙项:{乙}", "甲项:一 二", {"甲": "一 二", "乙": ""}, ""),
    ("甲项:{甲} 乙项:{乙}", "乙项:二", {"甲": "", "乙": "二"}, ""),
    ("招待费用是否明确招待标准:{甲}", "招待费用是否明确接待标准:是", {"甲": "是"}, ""),
    ("甲项:{甲}", "别的", {"甲": ""}, "别的"),
]


@pytest.mark.parametrize(("drawn", "text", "values", "rest"), LIKELY)
def test_what_was_changed_is_read_as_far_as_it_is_sure(
    drawn: str, text: str, values: dict[str, str], rest: str
) -> None:
    assert read(drawn, text) == (values, rest, False)


_DRAWN = ["{甲}", "甲项:{甲}", "甲项:{甲} 乙项:{乙}", "( {甲}，是 )\n{乙}万元", "注:无"]


@given(st.sampled_from(_DRAWN), st.text("甲乙项:：(（)） ,，是万元1\n注无", max_size=30))
def test_every_character_is_in_a_word_a_value_or_left_over(drawn: str, text: str) -> None:
    found = read_by_phrases([parse_phrase(line) for line in drawn.split("\n")], text)
    position = 0
    for span in sorted(found.spans, key=lambda span: (span.start, span.end)):
        assert position <= span.start <= span.end <= len(text)
        position = span.end
    if found.is_exact:
        assert read(drawn, text)[1] == ""
