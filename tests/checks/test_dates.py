"""Days and words of time: what the rules of family F find, and what they leave alone."""

import time
from datetime import date

import pytest

from generator.checks.case import Case
from generator.checks.dates import RULES
from generator.checks.finding import Fault, Outcome
from tests.checks.cases import case_of, faults, holds, verdicts
from tests.checks.test_amounts import SAMPLE, report, table

FOUND = "FOUND"


def head(**values: str) -> str:
    lines = "".join(f"  {key}: {value}\n" for key, value in values.items())
    return f"元数据:\n  表式: 信息公开元数据\n{lines}"


def filled(day: str, *more: str) -> str:
    return table("\n".join((f"时间: {day}", *more)))


def signed(day: str, text: str = "一、部门概况") -> str:
    return report(text) + f"  落款: {{单位: 示例县民政局, 日期: {day}}}\n"


def review(*lines: str) -> str:
    return "审核:\n" + "".join(f"  {line}\n" for line in lines)


def told(case: Case, rule: str) -> list[object]:
    """What a rule says, faults as their severity, FOUND when it is the rule's own."""
    return [
        (each.severity or FOUND) if isinstance(each, Fault) else each
        for each in verdicts(case, rule)
    ]


@pytest.fixture(scope="module")
def sample() -> Case:
    return case_of(SAMPLE.read_text(encoding="utf-8"), today=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("rule", "places"),
    [
        ("F1", [("附件3/预算执行/公开时间", "2022年3月15日")]),
        ("F6", [("附件3/部门主要绩效", "今年以来"), ("附件4/正文", "今年以来")]),
        ("F7", [("附件3/预算绩效管理/年度绩效目标和绩效评价报告是否信息公开", "是")]),
        ("F9", [("附件3/时间", "2023 年5月6日")]),
        *((f"F{number}", []) for number in (2, 3, 4, 5, 8)),
    ],
)
def test_the_sample(sample: Case, rule: str, places: list[tuple[str, str]]) -> None:
    assert [(each.at.label, each.at.quoted) for each in faults(sample, rule)] == places


def test_a_word_in_the_sample_is_found_where_it_stands(sample: Case) -> None:
    for fault in faults(sample, "F6"):
        text = next(each.text for each in sample.passages if each.where == fault.at.where)
        for spot in (fault.at, *fault.others):
            assert spot.offset is not None
            assert text[spot.offset :].startswith(spot.quoted)
        assert [spot.quoted for spot in fault.others] == ["目前"]
        assert fault.severity is None


# F1


@pytest.mark.parametrize(
    ("public", "outcome"),
    [
        ("2022年3月15日", FOUND),
        ("2021-09-01", FOUND),
        ("2022年12月31日", FOUND),
        ("2023年2月10日", "提示"),  # the budget of 2023
        ("2023年3月31日", "提示"),
        ("2023年4月1日", Outcome.HOLDS),
        ("2023年8月15日", Outcome.HOLDS),
        ("2023年8月20日", Outcome.HOLDS),  # the day of the table
        ("2023年9月1日", "提示"),  # after the table
        ("2029年9月1日", Outcome.UNKNOWN),  # F8 tells it
        ("不适用", Outcome.NOT_APPLICABLE),
        ("", Outcome.UNKNOWN),
    ],
)
def test_when_accounts_can_be_public(public: str, outcome: object) -> None:
    case = case_of(filled("2023年8月20日", f"预算执行: {{公开时间: {public}}}"))
    assert told(case, "F1") == [outcome]


def test_no_question_on_the_accounts_is_not_asked() -> None:
    assert told(case_of(signed("2023年5月6日")), "F1") == [Outcome.NOT_APPLICABLE]


# F2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (filled("2023年5月6日"), [Outcome.HOLDS]),
        (filled("2023年1月1日"), [Outcome.HOLDS]),
        (filled("2022年5月6日"), [FOUND]),
        (filled("2022年12月30日"), ["警告"]),
        (signed("2022年5月6日"), [FOUND]),
        (report("一、部门概况\n全年工作完成。\n2022年5月6日"), [FOUND]),
        (head(发文日期="2023-05-08") + filled("2023年5月8日"), [Outcome.HOLDS]),
        (head(发文日期="2023-05-08") + filled("2023年5月9日"), [FOUND]),
        (head(发文日期="2023-05-08") + filled("2022年5月9日"), [FOUND]),
        # One wrong year, one finding.
        (head(发文日期="2022-05-08") + filled("2023年5月6日") + signed("2023年5月6日"), [FOUND]),
        (head(发文日期="2023-05-08") + filled("2023年5月9日") + signed("2023年5月9日"), [FOUND]),
        (head(发文日期="") + filled(""), [Outcome.UNKNOWN]),
    ],
)
def test_dates_after_the_year_and_before_the_issue(text: str, said: list[object]) -> None:
    assert told(case_of(text), "F2") == said


def test_the_wrong_year_is_told_where_it_is() -> None:
    (fault,) = faults(case_of(head(发文日期="2022-05-08") + filled("2023年5月6日")), "F2")
    assert fault.at.label == "元数据/发文日期"
    assert "元数据的发文日期 2022-05-08 在 2022 年结束以前" in fault.message


# F3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (filled("2023年5月6日") + signed("2023年5月6日"), Outcome.HOLDS),
        (filled("2023 年5月6日") + signed("二〇二三年六月六日"), Outcome.HOLDS),
        (filled("2023年5月6日") + signed("2023年6月7日"), FOUND),
        (filled("2023年8月6日") + signed("2023年6月7日"), FOUND),
        (filled("2023年5月6日") + report("一、部门概况\n示例县民政局\n2023年8月6日"), FOUND),
        (
            filled("2023年5月6日") + report("一、部门概况\n2023年8月6日开展了检查。"),
            Outcome.UNKNOWN,
        ),
        (filled("2023年5月6日"), Outcome.UNKNOWN),
        (signed("2023年5月6日"), Outcome.UNKNOWN),
    ],
)
def test_table_and_report(text: str, said: object) -> None:
    assert told(case_of(text), "F3") == [said]


@pytest.mark.parametrize(
    ("end", "written"),
    [
        ("示例县民政局\n2023年5月6日", "2023年5月6日"),
        ("示例县民政局 2023年5月6日", "2023年5月6日"),
        ("县民政局\n二〇二三年五月六日", "二〇二三年五月六日"),
        ("日期：2023.5.6", "2023.5.6"),
        ("填报时间:2023-05-06\n(一审: 二审: 三审:)", "2023-05-06"),
        ("2023年5月6日\n示例县民政局\n2023年5月6日", "2023年5月6日"),
        ("项目开工于 2023年5月6日", ""),
        ("检查于2023年5月6日结束。", ""),
        ("2023年5月6日\n一\n二\n三\n四", ""),  # no signature, so far above the end
        ("2023年2月30日", ""),
    ],
)
def test_a_signature_in_the_text(end: str, written: str) -> None:
    case = case_of(filled("2022年5月6日") + report(f"一、部门概况\n全年工作完成。\n{end}"))
    found = [spot for fault in faults(case, "F3") for spot in fault.others]
    assert [spot.quoted for spot in found] == ([written] if written else [])
    for spot in found:
        assert case.reports[0].text.rindex(written) == spot.offset


# F4


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, [Outcome.NOT_APPLICABLE]),
        ({"生效日期": "2023-05-08"}, [Outcome.HOLDS]),
        ({"生效日期": "2023-06-01"}, [Outcome.HOLDS]),
        ({"生效日期": "2023-05-07"}, [FOUND]),
        ({"有效期": "长期有效"}, [Outcome.HOLDS]),
        ({"有效期": "5年"}, [Outcome.HOLDS]),
        ({"有效期": "至2028年5月7日"}, [Outcome.HOLDS]),
        ({"有效期": "2023年5月8日至2028年5月7日"}, [Outcome.HOLDS]),
        ({"有效期": "2023.5.8-2028.5.7"}, [Outcome.HOLDS]),
        ({"有效期": "2023年5月8日起5年"}, [Outcome.HOLDS]),
        ({"有效期": "自2023年5月8日起"}, [Outcome.UNKNOWN]),
        ({"有效期": "2023年5月8日"}, [Outcome.UNKNOWN]),  # of which day?
        ({"有效期": "见文件"}, [Outcome.UNKNOWN]),
        ({"有效期": "至2023年5月8日"}, [FOUND]),
        ({"有效期": "2022年5月8日"}, [FOUND]),
        ({"生效日期": "2023-06-01", "有效期": "至2023年5月31日"}, [Outcome.HOLDS, FOUND]),
    ],
)
def test_in_force(values: dict[str, str], said: list[object]) -> None:
    assert told(case_of(head(发文日期="2023年5月8日", **values)), "F4") == said


def test_a_term_without_a_date_of_issue() -> None:
    assert told(case_of(head(有效期="2023年5月8日至2022年5月7日")), "F4") == [FOUND]
    assert told(case_of(head(有效期="至2028年5月7日")), "F4") == [Outcome.UNKNOWN]


# F5


@pytest.mark.parametrize(
    ("made", "issued", "outcome"),
    [
        ("2023年5月6日", "2023-05-06", Outcome.HOLDS),
        ("2023年5月8日", "2023-06-05", Outcome.HOLDS),  # twenty working days
        ("2023年5月8日", "2023-06-07", Outcome.HOLDS),  # 端午 may be in between
        ("2023年5月8日", "2023-06-08", FOUND),
        ("2023年9月18日", "2023-10-24", Outcome.HOLDS),  # 中秋 and 国庆
        ("2023年9月18日", "2023-11-01", FOUND),
        ("2023年12月25日", "2024-01-24", Outcome.HOLDS),
        ("2023年1月10日", "2023-02-15", Outcome.HOLDS),  # 春节
        ("2023年5月8日", "2024-05-08", FOUND),
        ("2023年5月8日", "2023-05-07", Outcome.UNKNOWN),  # F2 tells it
        ("2022年5月8日", "2023-05-07", Outcome.UNKNOWN),
        ("2023年5月8日", "", Outcome.UNKNOWN),
    ],
)
def test_working_days(made: str, issued: str, outcome: object) -> None:
    assert told(case_of(head(发文日期=issued) + signed(made)), "F5") == [outcome]


def test_working_days_count_from_what_was_finished_last() -> None:
    text = head(发文日期="2023-08-20") + signed("2023年5月8日")
    assert told(case_of(text), "F5") == [FOUND]
    assert told(case_of(text + filled("2023年8月1日")), "F5") == [Outcome.HOLDS]


# F6


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("今年以来共受理群众来信75件。", "今年以来"),
        ("今年,我局共受理群众来信75件。", "今年"),
        ("今年来共受理群众来信75件。", "今年来"),
        ("截至目前已办结69件。", "截至目前"),
        ("截止目前,已办结69件。", "截止目前"),
        ("截止到目前为止,已办结69件。", "截止到目前为止"),
        ("到目前为止没有收到投诉。", "到目前为止"),
        ("近日,我局开展了检查。", "近日"),
        ("工作完成。日前我局开展了检查。", "日前"),
        ("截至今年12月底,已办结69件。", "今年"),
        ("迄今已办结69件。", "迄今"),
    ],
)
def test_words_of_the_moment(words: str, quoted: str) -> None:
    for text in (table(f"部门主要绩效: {words}"), report(f"一、部门概况\n{words}")):
        (fault,) = faults(case_of(text), "F6")
        assert (fault.at.quoted, fault.severity) == (quoted, None)


@pytest.mark.parametrize(
    "words",
    [
        "完成项目前期工作3项。",
        "各科目前列示的金额相符,栏目前移。",
        "截至2022年12月31日,已办结69件。",
        "2022年以来共受理群众来信75件。",
        "全年共受理群众来信75件,现有职工35人。",
        "适应当今年轻人的需要,如今年纪大的人也会用。",
        "附近日常巡查120次,最近日期为准。",
        "每月5日前报送报表,节日前开展检查。",
        "截至目前(2022年12月)已办结69件。",
        "今年以来（2022年）共受理75件。",
        "转发《关于做好今年以来有关工作的通知》。",
        "落实县委“今年要见成效”的要求。",
        "符合目前的政策。",
        "截止日期为12月31日。",
    ],
)
def test_other_words(words: str) -> None:
    case = case_of(table(f"部门主要绩效: {words}") + report(f"一、部门概况\n{words}"))
    assert holds(case, "F6")


def test_what_is_so_at_present_is_worth_a_look() -> None:
    (fault,) = faults(case_of(table("部门主要绩效: 目前粉丝3492人。")), "F6")
    assert (fault.at.quoted, fault.severity) == ("目前", "提示")


@pytest.mark.parametrize("words", ["目前预算编制不够细化。", "今年我们将细化预算编制。"])
def test_problems_and_plans_are_of_the_day_of_writing(words: str) -> None:
    for heading in ("四、存在的问题", "五、改进措施和有关建议"):
        text = f"一、部门概况\n全年完成。\n{heading}\n(一)预算方面\n{words}"
        assert holds(case_of(report(text)), "F6")
        assert faults(case_of(report(f"{text}\n今年以来更加突出。")), "F6")
    assert holds(case_of(table(f"问题与建议: {words}")), "F6")
    assert faults(case_of(report(f"一、部门概况\n{words}")), "F6")


def test_one_finding_for_a_text() -> None:
    words = "今年以来办结69件,目前在办6件。今年以来没有投诉。"
    (fault,) = faults(case_of(table(f"部门主要绩效: {words}")), "F6")
    assert [spot.offset for spot in (fault.at, *fault.others)] == [0, 10, 17]
    assert fault.message.startswith("“今年以来”“目前”是")


def test_this_year_may_be_called_so() -> None:
    text = table("部门主要绩效: 今年以来办结69件。")
    case = case_of(text, 2024, today=date(2024, 6, 30))
    assert told(case, "F6") == [Outcome.NOT_APPLICABLE]


def test_a_long_text_takes_no_time() -> None:
    text = "一、部门概况\n" + "目前项目前期工作截至今年近日期日前“《" * 20_000
    case = case_of(report(text))
    assert case.reports
    start = time.perf_counter()
    assert faults(case, "F6")
    assert time.perf_counter() - start < 10


# F7


@pytest.mark.parametrize(
    ("answer", "table_day", "text", "outcome"),
    [
        ("是", "2023年5月6日", signed("2023年5月6日"), FOUND),
        ("是", "2023年5月6日", signed("2023年5月9日"), FOUND),
        ("是", "2023年5月6日", signed("2023年5月3日"), Outcome.UNKNOWN),
        ("是", "2023年5月6日", head(发文日期="2023-05-10") + signed("2023年5月3日"), FOUND),
        ("是", "2023年5月6日", head(发文日期="2023-05-05") + signed("2023年5月3日"), Outcome.HOLDS),
        ("是", "2023年5月6日", "", Outcome.UNKNOWN),  # the report is elsewhere
        ("是", "", signed("2023年5月6日"), Outcome.UNKNOWN),
        ("否", "2023年5月6日", signed("2023年5月6日"), Outcome.HOLDS),
        ("不适用", "2023年5月6日", signed("2023年5月6日"), Outcome.UNKNOWN),
    ],
)
def test_a_report_that_is_not_out(answer: str, table_day: str, text: str, outcome: object) -> None:
    asked = f"预算绩效管理: {{年度绩效目标和绩效评价报告是否信息公开: {answer}}}"
    assert told(case_of(filled(table_day, asked) + text), "F7") == [outcome]


# F8

PASSED = ("一审: {日期: 2023-05-08, 意见: 通过}", "二审: {日期: 2023-05-09, 意见: 通过}")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (filled("2024年6月30日"), []),  # today
        (filled("2024年7月1日"), ["附件1/时间"]),
        (signed("2033年5月6日"), ["附件2/落款/日期"]),
        (report("一、部门概况\n示例县民政局\n2033年5月6日"), ["附件2/正文"]),
        (report("一、部门概况\n计划在2033年5月6日前完成。\n2023年5月6日"), []),
        (head(发文日期="2033-05-08"), ["元数据/发文日期"]),
        (head(发文日期="2023-05-08", 生效日期="2033-05-08", 有效期="至2033年5月8日"), []),
        (
            filled("2023年5月6日", "预算执行: {公开时间: 2032年3月15日}"),
            ["附件1/预算执行/公开时间"],
        ),
        (filled("2023年5月6日") + review("状态: 草稿"), []),
        (
            filled("2023年5月6日") + review("状态: 已审", *PASSED, "三审: {日期: 2033-05-09}"),
            ["审核/三审/日期"],
        ),
        (
            filled("2023年5月6日") + review("状态: 已发布", *PASSED, "发布日期: 2033-05-09"),
            ["审核/发布日期"],
        ),
        (filled("2023年5月6日") + review("状态: 已发布", *PASSED, "发布日期: 2023-05-09"), []),
        (
            filled("2023年5月6日") + review("状态: 已发布", *PASSED, "发布日期: 2023-05-08"),
            ["审核/发布日期"],
        ),
        (
            filled("2023年5月6日") + "更正说明:\n  - {日期: 2033-06-01, 说明: 改正合计}\n",
            ["更正说明/1/日期"],
        ),
        (
            filled("2023年5月6日")
            + "核对说明:\n  - {规则: F9, 日期: 2033-06-01, 说明: 原件如此}\n",
            ["核对说明/1/日期"],
        ),
    ],
)
def test_no_future_and_no_dates_set_back(text: str, labels: list[str]) -> None:
    case = case_of(text)
    assert [fault.at.label for fault in faults(case, "F8")] == labels
    assert (verdicts(case, "F8") == [Outcome.HOLDS]) == (not labels)


def test_reviewed_again_for_a_correction() -> None:
    text = filled("2023年5月6日") + review("状态: 已发布", *PASSED, "发布日期: 2023-05-07")
    assert faults(case_of(text), "F8")
    correction = "更正说明:\n  - {日期: 2023-05-10, 说明: 改正合计}\n"
    assert holds(case_of(text + correction), "F8")


def test_no_dates_prove_nothing() -> None:
    case = case_of(table("编制人数: 35"))
    assert [told(case, rule) for rule in ("F2", "F3", "F5", "F8", "F9")] == [[Outcome.UNKNOWN]] * 5


# F9


@pytest.mark.parametrize(
    ("days", "odd"),
    [
        (("2023年8月15日", "2023年8月20日", "2023年8月21日"), []),
        (("2023-08-15", "2023-08-20", "2023-08-21"), []),
        (("2023年10月15日", "2023年8月20日", "2023年8月21日"), []),
        (("2023年10月15日", "2023年08月20日", "2023年08月21日"), []),
        (("2023年8月15日", "2023 年8月20日", "2023年8月21日"), ["2023 年8月20日"]),
        (("2023年8月15日", "2023-08-20", "2023年8月21日"), ["2023-08-20"]),
        (("2023-08-15", "2023年8月20日", "2023-08-21"), ["2023年8月20日"]),
        (("2023年8月15日", "2023年08月20日", "2023年8月21日"), ["2023年08月20日"]),
        (("2023年8月15日", "2023年8月20日", "二〇二三年八月二十一日"), ["二〇二三年八月二十一日"]),
        (("2023.8.15", "2023 年 8 月 20 日", "2023.8.21"), ["2023 年 8 月 20 日"] * 2),
    ],
)
def test_style(days: tuple[str, str, str], odd: list[str]) -> None:
    public, table_day, report_day = days
    text = filled(table_day, f"预算执行: {{公开时间: {public}}}") + signed(report_day)
    case = case_of(head(发文日期="2023-08-22") + text)  # the portal writes as it does
    assert [fault.at.quoted for fault in faults(case, "F9")] == odd


def test_the_catalogue_has_no_spaces_either() -> None:
    (fault,) = faults(case_of(head(发文日期="2023 年8月22日")), "F9")
    assert fault.message == "“2023 年8月22日”里有空格；请写成 2023年8月22日"


@pytest.mark.parametrize("rule", RULES)
def test_messages_are_one_line_and_say_what_to_do(sample: Case, rule: str) -> None:
    texts = [SAMPLE.read_text(encoding="utf-8"), filled("2033 年5月6日") + signed("2022-05-06")]
    for text in texts:
        for fault in faults(case_of(text), rule):
            assert "\n" not in fault.message
            assert "；" in fault.message
