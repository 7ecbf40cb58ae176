"""Automatic numbers of Word are text, since people see them."""

import pytest

from generator.documents.formats.word import read_word
from generator.documents.formats.word.numbering import count_in
from generator.documents.model import Line
from tests.documents.formats.word_file import p, r, word_file


def level(number: int, style: str, text: str, inside: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{inside}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(name: str, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def num(name: str, abstract: str, inside: str = "") -> str:
    reference = f'<w:abstractNumId w:val="{abstract}"/>'
    return f'<w:num w:numId="{name}">{reference}{inside}</w:num>'


def item(text: str, name: str, number: int | None = 0) -> str:
    at = "" if number is None else f'<w:ilvl w:val="{number}"/>'
    return p(r(text) if text else "", f'<w:numPr>{at}<w:numId w:val="{name}"/></w:numPr>')


def lines(body: str, numbering: str, styles: str = "") -> list[str]:
    blocks = read_word(word_file(body, numbering=numbering, styles=styles))
    return [block.text for block in blocks if isinstance(block, Line)]


REPORT = definition(
    "0",
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCountingThousand", "(%2)"),
    level(2, "decimal", "%3."),
)


def test_levels_count_and_begin_again_below_a_higher_one() -> None:
    body = "".join(item("", "1", number) for number in (0, 1, 1, 2, 2, 1, 2, 0, 1, 2))
    assert lines(body, REPORT + num("1", "0")) == [
        *("一、", "(一)", "(二)", "1.", "2.", "(三)", "1."),
        *("二、", "(一)", "1."),
    ]


def test_a_level_may_go_on_counting_below_a_higher_one() -> None:
    going_on = definition(
        "0", level(0, "decimal", "%1"), level(1, "decimal", "%2", '<w:lvlRestart w:val="0"/>')
    )
    body = "".join(item("", "1", number) for number in (0, 1, 0, 1))
    assert lines(body, going_on + num("1", "0")) == ["1", "1", "2", "2"]


def test_numbers_of_several_levels() -> None:
    legal = level(1, "decimal", "%1.%2", "<w:isLgl/>")
    chinese = definition("0", level(0, "japaneseCounting", "第%1章"), legal)
    body = "".join(item("甲", "1", number) for number in (0, 1, 1))
    assert lines(body, chinese + num("1", "0")) == ["第一章甲", "1.1甲", "1.2甲"]
    assert lines(item("甲", "1", 1), chinese + num("1", "0")) == ["1.1甲"]


def test_lists_of_one_definition_count_on_unless_told_to_restart() -> None:
    restart = "".join(
        f'<w:lvlOverride w:ilvl="{number}"><w:startOverride w:val="1"/></w:lvlOverride>'
        for number in range(2)
    )
    nums = num("1", "0") + num("2", "0") + num("3", "0", restart)
    body = item("", "1") + item("", "2") + item("", "3") + item("", "1")
    assert lines(body, REPORT + nums) == ["一、", "二、", "一、", "二、"]
    body = item("", "1") + item("", "3", 1) + item("", "3", 1)
    assert lines(body, REPORT + nums) == ["一、", "(一)", "(二)"]


def test_a_list_may_define_a_level_otherwise() -> None:
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    assert lines(item("甲", "1"), REPORT + num("1", "0", other)) == ["A)甲"]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ('<w:suff w:val="space"/>', "1. 甲"),
        ('<w:suff w:val="nothing"/>', "1.甲"),
        ("", "1.甲"),  # a tab, of which people see no more than a gap
    ],
)
def test_what_follows_the_number(inside: str, text: str) -> None:
    listed = definition("0", level(0, "decimal", "%1.", inside)) + num("1", "0")
    assert lines(item("甲", "1"), listed) == [text]


@pytest.mark.parametrize(
    ("text", "font", "shown"),
    [
        ("\uf0fe", "Wingdings", "☑"),
        ("\uf06c", "Wingdings", "●"),
        ("\uf0d8", "Wingdings", "•"),  # an arrow
        ("\uf0b7", "Symbol", "•"),
        ("—", "宋体", "—"),
    ],
)
def test_marks_of_lists(text: str, font: str, shown: str) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>'
    bullets = level(0, "bullet", text).replace("</w:lvl>", f"{fonts}</w:lvl>")
    assert lines(item("甲", "1"), definition("0", bullets) + num("1", "0")) == [f"{shown}甲"]


def style(name: str, inside: str, based: str = "") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="paragraph" w:styleId="{name}">{on}<w:pPr>{inside}</w:pPr></w:style>'


def test_a_style_may_number() -> None:
    of_style = definition(
        "0",
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="甲"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="乙"/>'),
    )
    numbered = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = style("甲", numbered) + style("乙", numbered) + style("丙", "", based="乙")
    styled = "".join(p(r("。"), f'<w:pStyle w:val="{name}"/>') for name in "甲乙丙甲")
    plain = p(r("。"), '<w:pStyle w:val="甲"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    found = lines(styled + plain, of_style + num("1", "0"), styles)
    assert found == ["一、。", "（一）。", "（二）。", "二、。", "。"]


def test_a_definition_may_stand_in_a_style() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="列"/></w:abstractNum>'
        + REPORT
        + num("1", "0")
        + num("2", "9")
    )
    styles = style("列", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    assert lines(item("甲", "2"), linked, styles) == ["一、甲"]


@pytest.mark.parametrize("body", [item("甲", "7"), item("甲", "1", 8), item("甲", "2")])
def test_a_list_that_is_not_there_has_no_number(body: str) -> None:
    circle = '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="列"/></w:abstractNum>'
    styles = style("列", '<w:numPr><w:numId w:val="2"/></w:numPr>')
    assert lines(body, circle + REPORT + num("1", "0") + num("2", "9"), styles) == ["甲"]


@pytest.mark.parametrize(
    ("style_", "counts"),
    [
        (
            "chineseCounting",
            {1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一百"},
        ),
        (
            "chineseCountingThousand",
            {105: "一百〇五", 110: "一百一十", 1000: "一千", 1010: "一千〇一十"},
        ),
        ("japaneseCounting", {12: "十二"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 21: "贰拾壹"}),
        ("ideographDigital", {10: "一〇"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "甲"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("decimal", {0: "0", 12: "12"}),
        ("decimalZero", {3: "03", 12: "12"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {2: "②"}),
        ("decimalEnclosedParen", {1: "⑴"}),
        ("decimalEnclosedFullstop", {1: "⒈"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA"}),
        ("lowerLetter", {2: "b"}),
        ("upperRoman", {4: "IV", 1994: "MCMXCIV"}),
        ("lowerRoman", {9: "ix"}),
        ("none", {1: ""}),
        ("没有的", {5: "5"}),
    ],
)
def test_ways_of_counting(style_: str, counts: dict[int, str]) -> None:
    assert {counted: count_in(style_, counted) for counted in counts} == counts
