"""Reports: which lines are headings, and which headings are missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.forms.prose import ProseLine, missing_headings, read_prose

LONG = "认真贯彻落实各项决策部署" * 4

# line -> level, heading, text
LINES = {
    "一、部门概况": (1, "一、部门概况", ""),
    "十二、其他": (1, "十二、其他", ""),
    "  一、部门概况": (1, "  一、部门概况", ""),
    "　　一、部门概况": (1, "　　一、部门概况", ""),
    "(一)基本情况": (2, "(一)基本情况", ""),
    "（十一）基本情况": (2, "（十一）基本情况", ""),
    "1.重点工作": (3, "1.重点工作", ""),
    "12．重点工作": (3, "12．重点工作", ""),
    # a heading run into its paragraph
    "1.扛牢责任。一是打造": (3, "1.扛牢责任。", "一是打造"),
    f"一、概况。{LONG}": (1, "一、概况。", LONG),
    f"  (二)工作。{LONG}": (2, "  (二)工作。", LONG),
    # paragraphs
    "": (0, "", ""),
    "单位编制35人。": (0, "", "单位编制35人。"),
    "1、细化预算编制。": (0, "", "1、细化预算编制。"),
    "1、细化预算": (0, "", "1、细化预算"),
    "1.36万元": (0, "", "1.36万元"),
    "2022.": (0, "", "2022."),
    "一是加强领导": (0, "", "一是加强领导"),
    "# 一、概况": (0, "", "# 一、概况"),
    "一、认真履职。": (0, "", "一、认真履职。"),
    "一、认真履职；": (0, "", "一、认真履职；"),
    f"一、{LONG}": (0, "", f"一、{LONG}"),
    f"一、{LONG}。以及其他": (0, "", f"一、{LONG}。以及其他"),
    "(1)项目": (0, "", "(1)项目"),
    "部门概况": (0, "", "部门概况"),
}


@pytest.mark.parametrize(("line", "parts"), LINES.items(), ids=repr)
def test_lines_are_headings_or_not(line: str, parts: tuple[int, str, str]) -> None:
    assert read_prose(line) == (ProseLine(*parts),)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("一、部门概况", "部门概况"),
        ("　（二） 基本情况　", "基本情况"),
        ("1.扛牢责任。", "扛牢责任"),
        ("一、部门概况：", "部门概况"),
        ("部门概况", "部门概况"),
    ],
)
def test_headings_are_known_by_their_words(line: str, words: str) -> None:
    assert ProseLine(1, line, "").words == words


def test_a_line_of_the_outline_is_a_heading_without_a_number() -> None:
    lines = read_prose("部门概况\n其他\n 存在的问题 ", ["部门概况", "存在的问题"])
    assert [line.level for line in lines] == [1, 0, 1]
    assert [line.heading for line in lines] == ["部门概况", "", " 存在的问题 "]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("一、部门概况\n二、存在的问题", []),
        ("(一)存在的问题\n1.部门概况。本局", []),
        ("一、部门概况。", ["部门概况", "存在的问题"]),  # a sentence
        ("一、部门概况\n存在的问题", ["存在的问题"]),
        ("一、部门概况：\n二、存在的问题:", []),
        ("一、部门基本概况\n二、存在的问题", ["部门概况"]),
        ("", ["部门概况", "存在的问题"]),
    ],
)
def test_missing_headings_are_told_in_the_order_of_the_outline(
    text: str, missing: list[str]
) -> None:
    assert missing_headings(read_prose(text), ["部门概况", "存在的问题"]) == missing


@given(text=st.text(st.sampled_from([*"一二(（)）、。.12 　\n部门概况"])) | st.text())
def test_no_character_is_lost(text: str) -> None:
    lines = read_prose(text, ["部门概况"])
    assert "\n".join(line.heading + line.text for line in lines) == text
    assert all((line.level > 0) == bool(line.heading) for line in lines)
