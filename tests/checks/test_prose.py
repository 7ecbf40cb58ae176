"""Texts: placeholders, slips, numbering, marks, numbers said twice (family H)."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks.finding import Fault, Outcome, Verdict
from generator.checks.prose import RULES
from tests.checks.cases import ROOT, case_of, library

SAMPLE = (ROOT / "data/records/430524/xingzheng-shenpi/2022.yaml").read_text(encoding="utf-8")
HEADS = "一、部门概况\n"
DIGITS = "一二三四五六七八九"


def indented(text: str, depth: int) -> str:
    return "".join(f"{' ' * depth}{line}\n" for line in text.split("\n"))


def report(text: str) -> str:
    return f"附件2:\n  表式: 自评报告\n  正文: |-\n{indented(text, 4)}"


def table(name: str, text: str) -> str:
    head = "附件1:\n  表式: 基础数据表2022\n  单位名称: 示例县民政局\n"
    return f"{head}  {name}: |-\n{indented(text, 4)}"


def ask(rule: str, text: str) -> list[Verdict]:
    return list(RULES[rule](case_of(text)))


def told(rule: str, text: str) -> list[str]:
    return [each.message for each in ask(rule, text) if isinstance(each, Fault)]


def quoted(rule: str, text: str) -> list[str]:
    return [each.at.quoted for each in ask(rule, text) if isinstance(each, Fault)]


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens - 1]}十"
    return ten + (DIGITS[ones - 1] if ones else "")


STYLES: dict[str, Callable[[int], str]] = {
    "一、": lambda number: f"{chinese(number)}、",
    "(一)": lambda number: f"({chinese(number)})",
    "（一）": lambda number: f"（{chinese(number)}）",
    "1.": lambda number: f"{number}.",
    "1、": lambda number: f"{number}、",
    "(1)": lambda number: f"({number})",
}


def test_the_sample_breaks_exactly_these() -> None:
    case = case_of(SAMPLE)
    found = []
    for rule, check in RULES.items():
        for fault in check(case):
            if isinstance(fault, Fault):
                at = fault.at
                line = at.file.problem(at.where, "", at.offset).line
                found.append((rule, line, at.quoted))
    assert sorted(found) == [
        ("H1", 151, "一审: 二审: 三审:"),
        ("H2", 98, "作法"),
        ("H2", 118, "作法"),
        ("H2", 127, "年年度"),
        ("H2", 135, "帐实"),
        ("H4", 122, "2022年度决算支出为704.72万元"),
        ("H8", 103, "1、进一步完善财务管理制度,合理规范使用经费。"),
    ]


# H1, H2, H9


@pytest.mark.parametrize(
    ("signed", "labels"),
    [
        ("{表式: 三审, 一审: , 二审: , 三审: }", ["一审: 二审: 三审:"]),
        ("{表式: 三审, 一审: 甲*, 二审: , 三审: }", ["二审: 三审:"]),
        ("{表式: 三审, 一审: 甲*, 二审: 乙*, 三审: 丙*}", []),
        ("{表式: 三审, 一审: 不适用, 二审: 不适用, 三审: 不适用}", []),
    ],
)
def test_labels_with_nothing_behind_them(signed: str, labels: list[str]) -> None:
    text = f"{table('主管部门意见', '同意')}审签: {signed}\n"
    assert quoted("H1", text) == labels


def test_one_finding_for_each_word_at_its_place() -> None:
    text = report(f"{HEADS}推广了先进作法，各站所的作法不同。")
    faults = [each for each in ask("H2", text) if isinstance(each, Fault)]
    assert [each.at.offset for each in faults] == [12, 19]
    assert all("应为“做法”" in each.message for each in faults)
    assert ask("H9", text) == [Outcome.HOLDS]


def test_grave_misstatements_must_be_put_right() -> None:
    text = report(f"{HEADS}依据中国人民共和国预算法编制。")
    assert ["必须改正后才能公开" in each for each in told("H9", text)] == [True]
    assert told("H2", text) == []


# H3


@pytest.mark.parametrize(
    "text",
    [
        "一、甲事\n(一)乙事\n1.丙事\n2.丁事\n(二)戊事\n1、己事\n2、庚事\n二、辛事",
        "一、甲事\n1.乙事\n2.丙事\n二、丁事\n3.戊事\n4.己事",  # numbers run on over sections
        "一、甲事(一)乙事\n(二)丙事\n二、丁事",  # the first stands behind the heading
        "1、甲事;2、乙事\n3、丙事",  # two on one line
        "1、甲事\n2.乙事\n3、丙事",  # marks mixed
        "一、甲事\n1、乙事\n2、丙事\n另外：\n1、丁事\n2、戊事",  # a new list
        "1.甲事\n1、子项\n2、子项\n2.乙事",
        "2022年工作：\n1.5万元用于甲事。\n3.2万元用于乙事。",  # amounts
        "一、二季度开展甲事\n三、四季度开展乙事",
        "一、三公经费\n二、三公经费控制",
        "(一)甲事\n( 二 )乙事\n（三）丙事\n(四)丁事",
        "1.甲事\n2 .乙事\n3，丙事\n4.丁事",
        "第一部分\n一、甲事\n第二部分\n一、乙事\n二、丙事",
        "一、甲事\n二.乙事\n三、丙事",  # the mark is wrong, the number is there
    ],
)
def test_numbers_that_run_on(text: str) -> None:
    assert told("H3", report(text)) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("一、甲事\n二、乙事\n四、丙事", ["四、"]),
        ("一、甲事\n二、乙事\n二、丙事\n三、丁事", ["二、"]),
        ("一、甲事\n二、乙事\n二、丙事\n四、丁事", ["二、"]),  # one slip, not two
        ("一、甲事\n一、乙事\n二、丙事", ["一、"]),
        ("一、甲事\n(二)乙事\n(三)丙事", ["(二)"]),
        ("（一）甲事\n（二）乙事\n（四）丙事\n（五）丁事", ["（四）"]),
        ("1、甲事\n2、乙事\n3、丙事\n2、丁事", ["2、"]),
        ("1.甲事\n2.乙事\n5.丙事", ["5."]),
        ("十、甲事\n十一、乙事", ["十、"]),
        ("一、甲事\n1、乙事\n3、丙事\n二、丁事\n1、戊事\n2、己事", ["3、"]),
    ],
)
def test_numbers_that_do_not(text: str, numbers: list[str]) -> None:
    assert quoted("H3", report(text)) == numbers


def test_what_is_missing_is_named() -> None:
    assert told("H3", report("一、甲事\n二、乙事\n五、丙事")) == [
        "“五、”前面没有“三、”、“四、”，请核对编号，看是不是漏了内容"
    ]


def test_a_heading_that_lost_its_number_says_nothing_of_the_next() -> None:
    assert told("H3", report("一、部门概况\n存在的问题\n三、改进措施和有关建议")) == []


@given(st.sampled_from(sorted(STYLES)), st.integers(2, 40), st.data())
def test_any_list_runs_on_until_one_is_taken_out(
    style: str, size: int, data: st.DataObject
) -> None:
    lines = [f"{STYLES[style](number)}事项内容" for number in range(1, size + 1)]
    assert told("H3", report("\n".join(lines))) == []
    if size > 2:
        gone = data.draw(st.integers(1, size - 2))
        left = lines[:gone] + lines[gone + 1 :]
        assert quoted("H3", report("\n".join(left))) == [STYLES[style](gone + 2)]


@given(
    st.lists(
        st.sampled_from(["一、甲", "二、乙", "(一)丙", "(三)丁", "1.戊", "2、己", "存在的问题", ""])
    )
)
def test_no_order_of_numbers_is_stumbled_over(lines: list[str]) -> None:
    text = "\n".join(["前文", *lines, "后文"])
    for fault in ask("H3", report(text)):
        if isinstance(fault, Fault):
            assert text[fault.at.offset :].startswith(fault.at.quoted)


# H4


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        (
            "全年共救助困难群众120人，发放救助金3.50万元\n二、存在的问题",
            ["全年共救助困难群众120人，发放救助金3.50万元"],
        ),
        ("2022年度决算支出为704.72万元", ["2022年度决算支出为704.72万元"]),
        ("全年共救助困难群众120人，发放救助金3.50万元。\n二、存在的问题", []),
        ("全年共救助困难群众120人，\n发放救助金3.50万元。", []),  # a broken line
        ("1、公务接待费1.36万元;\n2、公务用车费0万元", []),  # items
        ("示例县民政局2022年度部门整体支出绩效自评报告\n一、部门概况", []),  # a title
        ("示例县民政局\n2023年5月6日", []),
        ("附件：1.基础数据表，2.自评表", []),
        ("主要做法如下，共有三个方面：\n一、甲事", []),
        ("厉行节约保障措施落实情况良好（详见附表，共3个）\n一、甲事", []),
    ],
)
def test_paragraphs_end_with_a_mark(text: str, ends: list[str]) -> None:
    assert quoted("H4", report(f"{HEADS}{text}")) == ends


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("甲事已办。。乙事在办。", ["。。"]),
        ("甲事，，乙事、。", ["，，", "、。"]),
        ("甲事……乙事——丙事。”", []),
        ("金额1,234.50元;编号(一);", []),
    ],
)
def test_doubled_marks(text: str, marks: list[str]) -> None:
    assert quoted("H4", table("主管部门意见", text)) == marks


# H5


def both(first: str, second: str) -> str:
    return table("部门主要绩效", first) + report(f"{HEADS}{second}")


@pytest.mark.parametrize(
    ("first", "second", "numbers"),
    [
        ("(一)全年救助城乡困难群众1250人次。", "1.全年救助城乡困难群众1205人次。", ["1250人次"]),
        ("全年救助困难群众1250人次，发放3.5万元。", "全年救助困难群众1250人次,发放3.50万元。", []),
        ("全年共救助城乡困难群众1,250人次。", "全年救助城乡困难群众1250人次。", []),
        ("全年共救助城乡困难群众1250人次。", "全年救助城乡困难群众1260人次。", ["1250人次"]),
        ("新建示范性养老服务中心12个。", "改造农村敬老院消防设施15处。", []),
        ("共12件。", "共15件。", []),  # too short to be known again
        ("共完成低保对象核查12户。", "共完成低保对象核查15人。", []),  # counts another thing
        ("完成甲镇养老服务中心建设12个。完成乙镇养老服务中心建设15个。",
         "完成乙镇养老服务中心建设15个。完成甲镇养老服务中心建设12个。", []),
    ],
)  # fmt: skip
def test_what_is_said_twice(first: str, second: str, numbers: list[str]) -> None:
    assert quoted("H5", both(first, second)) == numbers


def test_two_texts_of_their_own_cannot_be_compared() -> None:
    text = both("新建示范性养老服务中心12个。", "改造农村敬老院消防设施15处。")
    assert ask("H5", text) == [Outcome.UNKNOWN]


def test_every_number_that_is_changed_in_the_sample_is_found() -> None:
    begin = SAMPLE.index("部门主要绩效")
    numbers = list(
        re.finditer("[0-9]{3,}(?=[件条]|，|,)", SAMPLE[begin : SAMPLE.index("自评结论")])
    )
    assert len(numbers) > 5
    for found in numbers:
        at = begin + found.end() - 1
        digit = "1" if SAMPLE[at] != "1" else "2"
        changed = SAMPLE[:at] + digit + SAMPLE[at + 1 :]
        assert len(quoted("H5", changed)) == 1


# H6, H7


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("来信共75件,已办结69件,全部推送回复结果,6件正在办理中。", Outcome.HOLDS),
        ("共收到来信75件，已办结69件，正在办理6件。", Outcome.HOLDS),
        ("共受理案件1,075件，办结1,069件，6件在办。", Outcome.HOLDS),
        ("来信共75件,已办结69件,5件正在办理中。", Outcome.FAILS),
        ("共收到来信75件，已办结70件，正在办理6件。", Outcome.FAILS),
        ("来信共75件,已办结69件,4件正在办理，2件不予受理。", Outcome.UNKNOWN),
        ("共受理诉求8035件,办结8035件。", Outcome.NOT_APPLICABLE),
        ("共发现问题26个,已全部整改到位。", Outcome.NOT_APPLICABLE),
        ("共收到75件，已办结60人，正在办理6个。", Outcome.NOT_APPLICABLE),
    ],
)
def test_parts_of_a_number(text: str, outcome: Outcome) -> None:
    (verdict,) = ask("H6", report(f"{HEADS}{text}"))
    assert (Outcome.FAILS if isinstance(verdict, Fault) else verdict) is outcome


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("低保动态核查覆盖率达到108.5%。", ["108.5%"]),
        ("群众满意度为 120％。", ["120％"]),
        ("覆盖率100%，合格率达100.00%。", []),
        ("任务完成率达到130%，增长率120%。", []),
        ("支出占年初预算的比例为120%。", []),
        ("比上年增长比例达到150%。", []),
        ("满意度提升，收入增长120%。", []),
    ],
)
def test_shares(text: str, shares: list[str]) -> None:
    assert quoted("H7", report(f"{HEADS}{text}")) == shares


# H8

PROBLEMS = "一、存在的问题\n1、预算编制不够细化。\n2、资产管理有待加强。\n"
MEASURES = "二、改进措施和有关建议\n1、细化预算编制。\n2、完善资产管理。"


@pytest.mark.parametrize(
    ("own", "text", "said"),
    [
        ("", PROBLEMS + MEASURES, []),
        (
            "",
            PROBLEMS + "二、改进措施和有关建议\n1、细化预算编制。",
            ["写了 2 条，“改进措施和有关建议”只写了 1 条"],
        ),
        ("", PROBLEMS + "二、改进措施和有关建议\n今后要细化预算编制，完善资产管理。", []),
        ("", PROBLEMS + MEASURES + "\n3、希望落实经费。", []),
        ("", PROBLEMS + "二、改进措施\n一是细化预算；二是完善管理。\n附件：1.表一\n2.表二", []),
        ("", PROBLEMS + "二、改进措施\n1、一是细化预算；二是完善资产管理。", []),
        ("", "一、存在的问题\n无。\n" + MEASURES, []),
        ("", "一、存在的问题及改进措施\n1、预算编制不够细化。\n2、资产管理有待加强。", []),
        (
            "1、细化预算编制。\n2、完善资产管理。",
            PROBLEMS + MEASURES,
            ["只写了 2 条措施，没有写问题"],
        ),
        ("1、预算编制不够细化。\n2、资产管理有待加强。", PROBLEMS + MEASURES, []),
        ("1、预算编制不够细化。", PROBLEMS + MEASURES, ["写了 1 个问题，附件2正文写了 2 个问题"]),
        ("无", PROBLEMS + MEASURES, ["没有问题，附件2正文写了 2 个问题"]),
        ("无", "一、存在的问题\n无。", []),
        (
            "1、预算编制不够细化。",
            "一、存在的问题\n没有发现问题。\n",
            ["写了 1 个问题，附件2正文没有问题"],
        ),
        ("预算编制不够细化，今后加强。", PROBLEMS + MEASURES, []),  # not in items
        ("1、预算编制。\n2、资产。", PROBLEMS + MEASURES, []),  # neither problem nor measure
        ("一是预算编制不够细化；二是资产管理有待加强。", PROBLEMS + MEASURES, []),
    ],
)
def test_problems_and_measures(own: str, text: str, said: list[str]) -> None:
    messages = told("H8", (table("问题与建议", own) if own else "") + report(text))
    assert len(messages) == len(said)
    for message, words in zip(messages, said, strict=True):
        assert words in message


# All of them


def test_a_record_without_texts_breaks_nothing() -> None:
    case = case_of("附件1: {表式: 三公经费表, 单位名称: 示例县民政局}\n")
    for check in RULES.values():
        assert not [each for each in check(case) if isinstance(each, Fault)]


@pytest.mark.parametrize("path", sorted((ROOT / "tests/example/records").rglob("*.yaml")), ids=str)
def test_little_records_get_no_nonsense(path: Path) -> None:
    case = case_of(path.read_text(encoding="utf-8"), int(path.stem))
    for rule in ("H2", "H3", "H4", "H5", "H6", "H7", "H8", "H9"):
        assert not [each for each in RULES[rule](case) if isinstance(each, Fault)]


def test_the_words_are_those_of_the_project() -> None:
    assert library().words.find("推广先进作法")
