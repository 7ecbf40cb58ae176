"""The yes/no questions: what the rules of family E find, and what they leave alone."""

import pytest

from generator.checks.case import Case
from generator.checks.finding import Fault, Outcome, of_fault
from generator.forms.types import Choice
from tests.checks.cases import case_of, faults, forms, verdicts
from tests.checks.test_amounts import SAMPLE, report, table

THREE = "三公经费管理情况"
FELL = "三公经费是否比年度下降"
PLAN = "政府采购及金额: {年度是否制定了政府采购计划: 否}"
ORDERLY = "资产管理: {资产管理、保存、处置是否合理规范: 是}"
ALL_DONE = "职责履行: {重点工作是否全部完成且质量达标: 是}"
PUT_RIGHT = "预算绩效管理: {上年度绩效评价反馈的问题是否整改到位: 是}"


def problems(text: str, more: str = "") -> str:
    """A report with a section of problems."""
    return report(f"一、部门概况\n{more}\n四、存在的问题\n{text}\n五、改进措施\n加强管理。")


def box(text: str) -> str:
    lines = "\n".join(f"  {line}" for line in text.split("\n"))
    return f"问题与建议: |-\n{lines}"


def answered(but: str = "", answer: str = "") -> str:
    """Every question of the table with its good answer, one of them with another."""
    groups: dict[str, list[str]] = {}
    for name, blank in forms()["基础数据表2022"].blanks.items():
        if isinstance(blank.type, Choice) and blank.type.ticks:
            group, _, question = name.partition("/")
            given = answer if question == but else blank.expected or "否"
            groups.setdefault(group, []).append(f"{question}: {given}")
    return "\n".join(f"{group}: {{{', '.join(each)}}}" for group, each in groups.items())


@pytest.fixture(scope="module")
def sample() -> Case:
    return case_of(SAMPLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("rule", "places"),
    [
        ("E1", []),
        ("E2", []),
        (
            "E3",
            [
                "公务用车购置运行费是否比上年度下降",
                "三公经费是否比年度下降",
                "年度是否制定了政府采购计划",
            ],
        ),
        ("E4", ["资产管理、保存、处置是否合理规范"]),
        ("E5", []),
        ("E6", ["重点工作是否全部完成且质量达标"]),
        ("E7", []),
    ],
)
def test_the_sample(sample: Case, rule: str, places: list[str]) -> None:
    assert [fault.at.where[-1] for fault in faults(sample, rule)] == places


@pytest.mark.parametrize(
    ("rule", "quoted"),
    [
        ("E3", "完善资产管理,抓好“三公”经费控制"),
        ("E4", "部分资产管理不够规范"),
        ("E6", "6件正在办理"),
    ],
)
def test_the_sample_quotes_what_is_written(sample: Case, rule: str, quoted: str) -> None:
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    evidence = [
        each for fault in faults(sample, rule) for each in of_fault(rule, "警告", fault).evidence
    ]
    found = [each for each in evidence if each.quoted == quoted]
    assert found
    assert all(lines[each.line - 1][each.column - 1 :].startswith(quoted) for each in found)


# E1


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (answered(), None),
        (answered("是否开展绩效运行监控", "不适用"), None),
        (answered("是否开展绩效运行监控"), ["是否开展绩效运行监控"]),
        (answered("本年度是否有结余"), ["本年度是否有结余"]),
    ],
)
def test_questions_without_an_answer(body: str, names: list[str] | None) -> None:
    found = faults(case_of(table(body)), "E1")
    assert [fault.at.where[-1] for fault in found] == (names or [])


def test_all_empty_questions_of_a_form_are_one_fault() -> None:
    (fault,) = faults(case_of(table("编制人数: 3")), "E1")
    assert len(fault.others) == 30
    assert "等 31 个问题没有选" in fault.message


def test_a_grade_is_no_question() -> None:
    assert not faults(case_of(table(answered() + "\n自评结论: ")), "E1")
    assert verdicts(case_of(report("一、部门概况")), "E1") == [Outcome.NOT_APPLICABLE]


# E2


@pytest.mark.parametrize(
    ("answer", "day", "ways", "place"),
    [
        ("是", "2023年9月5日", "[门户网站]", None),
        ("是", "", "[门户网站]", "公开时间"),
        ("是", "2023年9月5日", "", "公开方式"),
        ("是", "不适用", "[其它]", "公开时间"),
        ("是", "", "", "公开时间"),
        ("否", "", "", None),
        ("否", "不适用", "不适用", None),
        ("否", "2023年9月5日", "", "预决算信息是否公开"),
        ("否", "", "[门户网站]", "预决算信息是否公开"),
        ("", "2023年9月5日", "[门户网站]", None),
        ("不适用", "", "", None),
    ],
)
def test_day_and_way_of_publishing(answer: str, day: str, ways: str, place: str | None) -> None:
    body = f"预算执行: {{预决算信息是否公开: {answer}, 公开时间: {day}, 公开方式: {ways}}}"
    found = faults(case_of(table(body)), "E2")
    assert [fault.at.where[-1] for fault in found] == ([place] if place else [])


# E3


@pytest.mark.parametrize(
    "text",
    [
        "因年初没有采购需求，没有编制采购计划。",
        "1、政府采购计划编制不及时。",
        "采购计划缺失，今后按要求编制。",
        "本年度不涉及政府采购。",
    ],
)
def test_a_bad_answer_that_is_explained(text: str) -> None:
    assert verdicts(case_of(table(f"{PLAN}\n{box(text)}")), "E3") == [Outcome.HOLDS]
    assert verdicts(case_of(table(PLAN) + problems(text)), "E3") == [Outcome.HOLDS]


@pytest.mark.parametrize(
    "text",
    [
        "加强财务管理，规范资金使用。",
        "预算编制不够细化。",
        "不断规范政府采购。",
        "没有制定资金管理办法。",
    ],
)
def test_a_bad_answer_that_is_not_explained(text: str) -> None:
    (fault,) = faults(case_of(table(f"{PLAN}\n{box(text)}") + problems(text)), "E3")
    assert fault.at.where[-1] == "年度是否制定了政府采购计划"
    assert fault.severity is None


def test_what_is_owned_to_is_not_told() -> None:
    text = "今后按要求编制政府采购计划。"
    assert verdicts(case_of(table(f"{PLAN}\n{box(text)}")), "E3") == [Outcome.UNKNOWN]


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("“三公”经费比上年增加0.3万元，主要原因是检查任务增多。", 0),
        ("本年“三公”经费较上年有所上升。原因是接待批次增多。", 0),
        ("“三公”经费与上年持平，均为0万元。", 0),
        ("公务接待费由于来人增多，难以下降。", 0),
        ("严控“三公”经费支出，合理压缩开支。", 1),
        ("接待群众比上年增加300人次。", 1),
        ("因公出国(境)费0元。", 1),
    ],
)
def test_costs_that_did_not_fall(prose: str, found: int) -> None:
    body = table(f"{THREE}: {{{FELL}: 否}}")
    assert len(faults(case_of(body + report(f"一、部门概况\n{prose}")), "E3")) == found


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("财政供养人员控制情况: {是否存在超编超配人员: 是}", "预算编制不够细化。", 1),
        (
            "财政供养人员控制情况: {是否存在超编超配人员: 是}",
            "因机构改革划转，超编2人，逐年消化。",
            0,
        ),
        ("资产管理: {资产是否产权清晰、两证齐全: 否}", "办公楼没有办理不动产证。", 0),
        ("资产管理: {资产是否产权清晰、两证齐全: 否}", "部分资产管理不够规范。", 1),
        ("预算绩效管理: {是否开展绩效运行监控: 否}", "绩效运行监控尚未开展。", 0),
        ("预算绩效管理: {是否开展绩效运行监控: 否}", "绩效评价结果的应用还不充分。", 1),
        (
            "预算绩效管理: {年度绩效目标和绩效评价报告是否信息公开: 否}",
            "报告尚在审核，还没有公开。",
            0,
        ),
        ("财务管理: {内部控制报告编制是否规范: 否}", "内控报告内容不全。", 0),
        ("资金管理: {资金拨付有完整的审批程序: 无}", "资金审批手续不完备。", 0),
        ("资金管理: {资金拨付有完整的审批程序: 不适用}", "没有。", 0),
    ],
)
def test_reasons_are_on_the_questions_topic(question: str, text: str, found: int) -> None:
    assert len(faults(case_of(table(f"{question}\n{box(text)}")), "E3")) == found


def test_praise_elsewhere_is_no_reason() -> None:
    body = table("资金管理: {是否制定资金管理办法: 否}")
    prose = "资金管理方面，严格执行审批程序，没有挤占、挪用资金的情况。"
    assert len(faults(case_of(body + report(prose)), "E3")) == 1


# E4


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (ORDERLY, "部分资产管理不够规范。"),
        (ORDERLY, "2、资产管理有待进一步加强，部分资产管理不够规范。"),
        (ORDERLY, "固定资产处置不合理。"),
        ("资产管理: {账、表、实、卡是否相符: 是}", "部分固定资产账实不符。"),
        ("资产管理: {账、表、实、卡是否相符: 是}", "帐、卡、物不一致。"),
        ("资产管理: {资产是否产权清晰、两证齐全: 是}", "老办公楼尚未办理不动产登记。"),
        ("资产管理: {资产是否产权清晰、两证齐全: 是}", "办公楼产权证尚未办理。"),
        (
            "财务管理: {会计核算是否严格执行政府会计制度准则: 是}",
            "会计核算不够规范，政府会计制度执行不严格。",
        ),
        ("预算绩效管理: {部门预算和专项资金是否编制绩效目标: 是}", "部分项目未编制绩效目标。"),
        ("预算绩效管理: {是否开展绩效运行监控: 是}", "没有开展绩效运行监控。"),
        (
            "资金管理: {资金使用是否存在违规使用资金、乱发津补贴奖金现象: 否}",
            "存在挪用专项资金的现象。",
        ),
        ("政府采购及金额: {年度是否制定了政府采购计划: 是}", "未编制政府采购计划。"),
        ("财政供养人员控制情况: {是否存在超编超配人员: 否}", "人员超编3名。"),
        (f"{THREE}: {{{FELL}: 是}}", "“三公”经费比上年增加。"),
    ],
)
def test_problems_against_a_good_answer(question: str, text: str) -> None:
    for written in (table(f"{question}\n{box(text)}"), table(question) + problems(text)):
        (fault,) = faults(case_of(written), "E4")
        assert fault.severity is None
        assert fault.others


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (ORDERLY, "资产管理有待进一步加强。"),
        (ORDERLY, "完善资产管理，规范资产登记和处置。"),
        (ORDERLY, "未发现资产管理不规范的情况。"),
        (ORDERLY, "部分村集体资产管理不够规范。"),
        (ORDERLY, "预算编制不够规范，资产更新较慢。"),
        ("资产管理: {资产管理、保存、处置是否合理规范: 否}", "部分资产管理不够规范。"),
        ("资产管理: {账、表、实、卡是否相符: 是}", "开展资产清查，做到账实一致。"),
        ("资产管理: {账、表、实、卡是否相符: 是}", "供需不符，数据与上年不一致。"),
        (
            "资金管理: {资金使用是否存在违规使用资金、乱发津补贴奖金现象: 否}",
            "把关“三公”经费支出，杜绝挪用和挤占其他预算资金行为。",
        ),
        (
            "资金管理: {资金使用是否存在违规使用资金、乱发津补贴奖金现象: 否}",
            "不存在违规使用资金的现象。",
        ),
        ("财政供养人员控制情况: {是否存在超编超配人员: 否}", "人员编制不足，不存在超编现象。"),
        ("财务管理: {是否制定财务管理、会计核算等制度: 是}", "财务管理制度不够健全。"),
        ("预算绩效管理: {是否开展绩效运行监控: 是}", "绩效监控不够及时。"),
        (f"{THREE}: {{{FELL}: 是}}", "“三公”经费中接待费比上年增加。"),
        (f"{THREE}: {{{FELL}: 是}}", "“三公”经费比年初预算增加。"),
        ("预算执行: {预决算信息是否公开: 是}", "预决算信息公开不够及时。"),
    ],
)
def test_problems_that_are_about_something_else(question: str, text: str) -> None:
    for written in (table(f"{question}\n{box(text)}"), table(question) + problems(text)):
        assert verdicts(case_of(written), "E4") == [Outcome.HOLDS]


def test_what_units_below_do_weighs_less() -> None:
    (fault,) = faults(case_of(table(f"{ORDERLY}\n{box('部分下属单位资产管理不规范。')}")), "E4")
    assert fault.severity == "提示"


def test_only_problems_are_read_as_problems() -> None:
    done = "1.聚焦突出问题。查处账实不符、资产管理不规范的企业3家。"
    case = case_of(table(ORDERLY) + report(f"一、部门概况\n(二)2022年的重点工作\n{done}"))
    assert verdicts(case, "E4") == [Outcome.UNKNOWN]


# E5


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (table(f"{ALL_DONE}\n{box('无')}"), 1),
        (table(f"{ALL_DONE}\n{box('暂无问题。')}"), 1),
        (table(f"{answered()}\n问题与建议: "), 1),
        (table(ALL_DONE) + problems("没有发现重大问题。"), 1),
        (table(f"{ALL_DONE}\n问题与建议: "), 0),
        (table(f"{ALL_DONE}\n{box('预算编制不够细化。')}"), 0),
        (table(f"{ALL_DONE}\n{PLAN}\n{box('无')}"), 0),
        (table(f"{answered()}\n问题与建议: ") + report("还有一些不足之处。"), 0),
        (table(f"{ALL_DONE}\n{box('没有编制采购计划，经费缺口大，今后要加强管理和统筹。')}"), 0),
    ],
)
def test_nothing_but_good_answers(written: str, found: int) -> None:
    assert len(faults(case_of(written), "E5")) == found


# E6


@pytest.mark.parametrize(
    "text",
    [
        "收到来信75件,已办结69件,6件正在办理中。",
        "办结事项20件，另有3件正在办理。",
        "其余2项工作尚未完成。",
        "12件在办案件按程序推进。",
        "农贸市场改造工程尚未完工。",
        "部分任务没有按期完成。",
        "排查隐患120处，2处正在整改。",
    ],
)
def test_work_that_is_still_open(text: str) -> None:
    done = "\n".join([ALL_DONE, f"部门主要绩效: {text}"])
    for written in (table(done), table(ALL_DONE) + report(f"一、部门概况\n{text}")):
        (fault,) = faults(case_of(written), "E6")
        assert fault.at.quoted == "是"
        assert fault.others[0].quoted in text


@pytest.mark.parametrize(
    "text",
    [
        "全部办结，无未办结件。",
        "没有一件未办结。",
        "0件正在办理。",
        "对任务未完成的单位进行通报。",
        "全县3个乡镇未完成任务，已约谈。",
        "1个项目在建，争取资金尚未到位。",
        "督促3个未完成整改的项目加快进度。",
        "3个窗口在办事大厅集中办公。",
        "5个项目支出进度未完成序时要求。",
        "上年结转的3项未完成工作已全部完成。",
        "任务完成率100%，未发生安全事故。",
        "未完成任务的，取消评先资格。",
    ],
)
def test_work_that_is_done(text: str) -> None:
    case = case_of(table(f"{ALL_DONE}\n部门主要绩效: {text}"))
    assert verdicts(case, "E6") == [Outcome.HOLDS]


def test_who_says_that_work_is_open_is_right() -> None:
    body = "职责履行: {重点工作是否全部完成且质量达标: 否}\n部门主要绩效: 3件正在办理中。"
    assert verdicts(case_of(table(body)), "E6") == [Outcome.NOT_APPLICABLE]


# E7

BEFORE = table(box("1、预算编制不够细化。\n2、部分办公设备老化。\n3、加强预算管理，压减支出。"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(1)预算编制不够细化；", 1),
        ("一是预算编制，不够细化。", 1),
        ("问题：预算编制不够细化。建议：细化预算编制。", 1),
        ("1、预算编制还不够细化。", 0),
        ("1、加强预算管理，压减支出。", 0),
        ("1、绩效指标量化程度不高。", 0),
    ],
)
def test_last_years_problems(text: str, found: int) -> None:
    case = case_of(table(f"{PUT_RIGHT}\n{box(text)}"), before=BEFORE)
    assert len(faults(case, "E7")) == found


def test_last_years_problems_in_reports() -> None:
    before = problems("1、业务用房紧张，设施陈旧。")
    case = case_of(
        table(PUT_RIGHT) + problems("1.业务用房紧张,设施陈旧。\n2.经费缺口大。"), before=before
    )
    (fault,) = faults(case, "E7")
    assert [spot.quoted for spot in fault.others] == [
        "业务用房紧张,设施陈旧",
        "业务用房紧张，设施陈旧",
    ]
    places = of_fault("E7", "警告", fault).evidence
    assert [each.path.stem for each in places] == ["2022", "2022", "2021"]


def test_the_reason_of_a_bad_answer_may_be_the_same_each_year() -> None:
    text = "没有采购项目，未编制政府采购计划。"
    case = case_of(table(f"{PUT_RIGHT}\n{PLAN}\n{box(text)}"), before=table(box(text)))
    assert verdicts(case, "E7") == [Outcome.HOLDS]


def test_without_last_years_record_nothing_can_be_told() -> None:
    case = case_of(table(f"{PUT_RIGHT}\n{box('预算编制不够细化。')}"))
    assert verdicts(case, "E7") == [Outcome.UNKNOWN]


def test_long_texts_are_read_in_time() -> None:
    line = "资产管理未未未未未没有没有工作工作工作三公三公比比较较，" * 40
    text = "\n".join([line] * 400)
    case = case_of(table(f"{ALL_DONE}\n{PLAN}\n部门主要绩效: 略") + problems(text, text))
    for rule in ("E3", "E4", "E6"):
        said = verdicts(case, rule)
        assert said
        assert all(isinstance(each, Fault | Outcome) for each in said)
