"""Facts in prose: found with their places, in many wordings; what is not one is left alone."""

from decimal import Decimal
from pathlib import Path

import pytest

from generator.checks.facts import (
    NO_PHRASES,
    Fact,
    find_facts,
    read_phrases,
    sections,
    sentences,
)
from generator.errors import DataError
from generator.forms.prose import read_prose
from generator.yaml import YamlFile

ROOT = Path(__file__).parents[2]
PHRASES = read_phrases(ROOT / "data" / "checks")
OUTLINE: tuple[str, ...] = ()


def found(text: str) -> list[tuple[str, str, str]]:
    """(indicator, number, as written) of each fact; 2021: before last year's or another year's."""
    return [_told(fact) for fact in find_facts(text, sections(read_prose(text, OUTLINE)), PHRASES)]


def _told(fact: Fact) -> tuple[str, str, str]:
    number = "" if fact.number is None else f"{fact.number.normalize():f}"
    year = f"{fact.year}:" if fact.year else ""
    return year + fact.indicator, number, fact.written


def test_sample_report() -> None:
    path = ROOT / "data/records/430524/xingzheng-shenpi/2022.yaml"
    root = YamlFile.read(path).root
    text = root["附件4"]["正文"]  # type: ignore[index, call-overload]
    assert isinstance(text, str)
    facts = find_facts(text, sections(read_prose(text, OUTLINE)), PHRASES)
    assert [_told(fact) for fact in facts] == [
        ("编制人数", "35", "35人"),
        ("实有人数", "34", "34人"),
        ("遗属人数", "0", "0人"),
        ("车辆编制", "0", "0台"),
        ("车辆实有", "0", "0台"),
        ("房屋面积", "5000", "5000平方米"),
        ("固定资产", "1294.58", "1294.58万元"),
        ("2022:支出合计", "704.72", "704.72万元"),
        ("2022:基本支出", "704.72", "704.72万元"),
        ("2022:项目支出", "0", "0万元"),
        ("2022:三公经费", "0", "0万元"),
        ("因公出国费", "0", "0元"),
        ("公务接待费", "1.36", "1.36万元"),
        ("公务用车费", "0", "0万元"),
        ("公务用车运行费", "0", "0万元"),
        ("公务用车购置费", "0", "0 元"),
    ]
    assert all(text[fact.start : fact.end] == fact.written for fact in facts)
    assert facts[-1].section == "“三公”经费情况"


STATED = [
    ("编制人数 35人", [("编制人数", "35")]),
    ("我单位核定编制35名，实有在职人员34名。", [("编制人数", "35"), ("实有人数", "34")]),
    ("本局人员编制为３５人,年末实有３４人。", [("编制人数", "35"), ("实有人数", "34")]),
    ("全局编制总数35个，在职在编人员34人", [("编制人数", "35"), ("实有人数", "34")]),
    ("现有编制35人、实有34人", [("编制人数", "35"), ("实有人数", "34")]),
    ("编制数:35人;实际在岗人数:34人", [("编制人数", "35"), ("实有人数", "34")]),
    (
        "2022年末我局编制人数为35人，实际在职人数为34人",
        [("2022:编制人数", "35"), ("2022:实有人数", "34")],
    ),
    ("我局编制35人,实有人数34人", [("编制人数", "35"), ("实有人数", "34")]),
    ("编制35人,其中行政编制20人,事业编制15人。", [("编制人数", "35")]),
    ("核定公务用车编制2辆,实有2辆", [("车辆编制", "2"), ("车辆实有", "2")]),
    ("公务用车保有量为3辆。", [("车辆实有", "3")]),
    ("2022年度决算总支出704.72万元", [("2022:支出合计", "704.72")]),
    ("本年支出合计为1,704.72万元", [("支出合计", "1704.72")]),
    ("2022年部门整体支出7047200元", [("2022:支出合计", "704.72")]),
    ("全年总支出0.5亿元。", [("支出合计", "5000")]),
    ("(三)部门整体支出情况\n2022年度支出决算为704.72万元", [("2022:支出合计", "704.72")]),
    (
        "支出总额704.72万元,其中基本支出600万元,项目支出104.72万元。",
        [("支出合计", "704.72"), ("基本支出", "600"), ("项目支出", "104.72")],
    ),
    ("2022年,我单位基本支出决算数为600.00万元", [("2022:基本支出", "600")]),
    ("(一)基本支出情况\n2022年度决算数为600万元", [("2022:基本支出", "600")]),
    ("(二)项目支出情况\n2022年决算支出共计20.5万元", [("2022:项目支出", "20.5")]),
    ("2022年度“三公”经费支出决算数1.36万元", [("2022:三公经费", "1.36")]),
    ('"三公"经费决算为 13600 元', [("三公经费", "1.36")]),
    ("三公经费支出共计１．３６万元", [("三公经费", "1.36")]),
    (
        "2022年“三公”经费支出决算1.36万元，其中：因公出国（境）费0万元，公务接待费1.36万元"
        "（接待12批次96人次），公务用车购置及运行维护费0万元。",
        [
            ("2022:三公经费", "1.36"),
            ("2022:因公出国费", "0"),
            ("2022:公务接待费", "1.36"),
            ("2022:接待批次", "12"),
            ("2022:接待人次", "96"),
            ("2022:公务用车费", "0"),
        ],
    ),
    (
        "2、公务接待费支出1.36万元，共接待12批次、96人次;",
        [("公务接待费", "1.36"), ("接待批次", "12"), ("接待人次", "96")],
    ),
    (
        "公务接待费1.36万元,接待批次12批,接待人次96人。",
        [("公务接待费", "1.36"), ("接待批次", "12"), ("接待人次", "96")],
    ),
    (
        "(3)公务用车运行维护费2.5万元,公务用车购置费0元",
        [("公务用车运行费", "2.5"), ("公务用车购置费", "0")],
    ),
    (
        "2021年三公经费2万元,2022年三公经费1.36万元",
        [("2021:三公经费", "2"), ("2022:三公经费", "1.36")],
    ),
    ("上年“三公”经费支出2万元", [("上年三公经费", "2")]),
    ("比上年减少0.2万元,其中公务接待费1.36万元", [("公务接待费", "1.36")]),
    ("年初预算安排“三公”经费2万元", [("三公预算数", "2")]),
    ("三公经费预算数为2万元，支出1.36万元", [("三公预算数", "2"), ("三公经费", "1.36")]),
    ("一般公共预算“三公”经费支出决算1.36万元", [("三公经费", "1.36")]),
    ("政府采购支出总额8.2万元", [("政府采购金额", "8.2")]),
    ("自评得分98.5分,自评等级为优。", [("自评得分", "98.5"), ("自评结论", "")]),
    ("自评结论为“优秀”", [("自评结论", "")]),
]


@pytest.mark.parametrize(("text", "facts"), STATED, ids=[text[:30] for text, _ in STATED])
def test_stated(text: str, facts: list[tuple[str, str]]) -> None:
    assert [told[:2] for told in found(text)] == facts


LEFT_ALONE = [
    "“三公”经费较上年减少0.2万元。",
    "公务接待费比上年下降0.36万元",
    "道路建设项目支出50万元",
    "人均公务接待费0.04万元",
    "公务接待费预算1.5万元",
    "年初预算安排公务接待费1.5万元",
    "下属单位编制人数12人",
    "全县核定编制3500人",
    "招聘10名话务员",
    "接待来访群众35批次120人次",
    "退休人员实有12人",
    "发现问题26个，办结69件",
    "部门支出决算的20.5%",
    "(三)“三公”经费情况\n支出决算合计见附表",
    "超编制3人",
    "工作过程中差错较少，评价中肯",
    "村级公务接待费1万元",
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert found(text) == []


def test_sections_hold_what_is_under_their_heading() -> None:
    text = "前言\n一、概况\n(一)情况\n甲。\n(二)工作\n乙。\n二、问题\n丙。"
    assert [(each.words, text[each.body : each.end]) for each in sections(read_prose(text))] == [
        ("概况", "\n(一)情况\n甲。\n(二)工作\n乙。\n"),
        ("情况", "\n甲。\n"),
        ("工作", "\n乙。\n"),
        ("问题", "\n丙。"),
    ]


def test_sentences_cover_the_text() -> None:
    text = "甲。乙；丙\n\n丁"
    assert [each[2] for each in sentences(text)] == ["甲。", "乙；", "丙\n", "丁"]
    assert all(text[start:end] == words for start, end, words in sentences(text))


FAULTY = [
    ("指标: {甲: {单位: [元], 说法: ['甲乙{金额}']}}", "不认识填空“{金额}”"),
    ("指标: {甲: {单位: [元], 说法: ['甲乙']}}", "要有 {数} 或 {等级}"),
    ("指标: {甲: {单位: [元]}}", "缺少“说法”"),
    ("指标: {甲: {说法: ['甲乙{数}']}}", "缺少“单位”"),
    ("指标: {甲: {单位: [元], 说法: ['甲乙{数}{数}']}}", "只能有一个"),
    ("指标: {甲: {单位: 元, 说法: ['甲乙{数}']}}", "应是一列词"),
    ("虚词: [为]", "缺少“指标”"),
    ("指标: {甲: {单位: [元], 说法: ['甲乙{数}'], 例外: [丙]}}", "不认识“例外”"),
]


@pytest.mark.parametrize(("text", "message"), FAULTY)
def test_faulty_file(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "说法.yaml").write_text(text + "\n", "utf-8")
    with pytest.raises(DataError) as raised:
        read_phrases(tmp_path)
    assert message in str(raised.value)
    assert "说法.yaml:1:" in str(raised.value)


def test_no_file_no_facts(tmp_path: Path) -> None:
    assert read_phrases(tmp_path) == NO_PHRASES
    assert find_facts("公务接待费1.36万元", (), NO_PHRASES) == []


def test_numbers_keep_their_written_form() -> None:
    (fact,) = find_facts("公务接待费为１，２３４．５０ 元。", (), PHRASES)
    assert (fact.number, fact.written) == (Decimal("0.123450"), "１，２３４．５０ 元")


# As counties write it.


@pytest.mark.parametrize(
    "text",
    [
        # an item of the section is not the section's total
        "一、支出\n(一)基本支出情况\n1.工资福利支出年初预算280万元,决算支出300万元。",
        "一、支出\n(三)“三公”经费情况\n1.会议费支出预算1万元,支出决算0.9万元。",
        "一、支出\n(二)项目支出情况\n重点项目前期工作经费年初预算120万元,决算支出140万元。",
    ],
)
def test_an_item_is_not_its_sections_total(text: str) -> None:
    facts = find_facts(text, sections(read_prose(text)), PHRASES)
    assert [each.indicator for each in facts] == []


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("“三公”经费支出5.35万元,比上年决算数6.10万元下降12.30%。", "6.10万元"),
        ("公务接待费3.2万元,比上年公务接待费3.5万元减少0.3万元。", "3.5万元"),
        ("“三公”经费支出5.35万元,较2021年三公经费6.10万元减少0.75万元。", None),
    ],
)
def test_what_is_compared_with_is_not_this_years(text: str, last: str | None) -> None:
    facts = find_facts(text, sections(read_prose(text)), PHRASES)
    own = [each for each in facts if each.year != 2021 and not each.indicator.startswith("上年")]
    assert len(own) == 1
    if last and len(facts) > 1:
        assert (facts[1].indicator[:2], facts[1].written) == ("上年", last)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("“三公”经费预算8万元,实际支出6.53万元。", "6.53万元"),
        ("“三公”经费支出年初预算数为8万元，决算数为6.53万元。", "6.53万元"),
        ("“三公”经费控制数8万元，实际支出6.53万元。", "6.53万元"),
        ("2022年度医院三公经费预算8万元,实际支出6.53万元,较预算节约1.47万元。", "6.53万元"),
        ("年初“三公”经费预算8万元(公务接待费5万元),实际支出6.53万元。", "6.53万元"),
        ("三公经费:2022年度为6.53万元。", "6.53万元"),
        (
            "“三公”经费预算8万元(公务接待费5万元、公务用车运行费3万元),实际支出6.53万元。",
            "6.53万元",
        ),
    ],
)
def test_the_account_behind_a_budget_is_read(text: str, written: str) -> None:
    facts = find_facts(text, sections(read_prose(text)), PHRASES)
    assert [each.written for each in facts if each.indicator == "三公经费"] == [written]
    assert not [each for each in facts if each.indicator in ("公务接待费", "公务用车运行费")]
