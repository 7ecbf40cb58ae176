"""Grades, scores and indicators: what the rules of family G find, and what they leave alone."""

import pytest

from generator.checks.finding import Fault, Outcome
from tests.checks.cases import ROOT, case_of, faults, verdicts
from tests.checks.test_amounts import SAMPLE, report, table

WHOLE, PROJECT = "部门整体支出自评表", "项目支出自评表"
EXAMPLES = ROOT / "tests/example/records/990001"


def sheet(body: str, form: str = WHOLE) -> str:
    """A score sheet of a unit or of a project."""
    head = "部门名称: 示例县民政局" if form == WHOLE else "项目名称: 示例项目"
    lines = "".join(f"  {line}\n" for line in (head, *body.split("\n")))
    return f"附件3:\n  表式: {form}\n{lines}"


def indicator(target: str, reached: str, more: str = "", name: str = "开展检查次数") -> str:
    """A score sheet with one indicator of ten points."""
    row = f"三级指标: {name}, 年度指标值: {target}, 实际完成值: {reached}, 分值: 10"
    return sheet(f"绩效指标:\n  - {{{row}{more and ', '}{more}}}")


def performance(text: str) -> str:
    """A report with this in its part on performance."""
    return report(f"三、部门整体支出绩效情况\n{text}")


def places(text: str, rule: str) -> list[str]:
    return [fault.at.label for fault in faults(case_of(text), rule)]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("G3", ["附件3/自评结论"]),
        ("G4", ["附件4/正文"]),
        ("G5", ["附件3/自评结论"]),
        *((f"G{number}", []) for number in (1, 2, 6, 7, 8, 9, 10, 11)),
    ],
)
def test_the_sample(rule: str, found: list[str]) -> None:
    assert places(SAMPLE.read_text(encoding="utf-8"), rule) == found


def test_the_sample_shows_the_answers_and_where_the_grade_is_missed() -> None:
    case = case_of(SAMPLE.read_text(encoding="utf-8"))
    (answers,) = faults(case, "G5")
    assert [str(spot.where[-1]) for spot in answers.others] == [
        "公务用车购置运行费是否比上年度下降",
        "三公经费是否比年度下降",
        "年度是否制定了政府采购计划",
    ]
    (missing,) = faults(case, "G4")
    offset = missing.at.offset
    assert offset is not None
    assert case.reports[0].text[offset:].startswith("部门整体支出绩效情况\n")


@pytest.mark.parametrize("rule", [f"G{number}" for number in range(1, 12)])
def test_a_sound_sheet(rule: str) -> None:
    text = (EXAMPLES / "shili-jiaoyu/2022.yaml").read_text(encoding="utf-8")
    assert places(text, rule) == []


# Grade and score.


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("经自评,自评结论为优。", 0),
        ("经自评,自评结论为“优秀”。", 0),
        ("经自评,自评结论为合格。", 1),
        ("自评等级:较好。", 1),
        ("评价等次为“基本合格”等次。", 1),
        ("绩效评价结果较好。", 0),
        ("上年自评结论为合格。", 0),
        ("低保项目评价等级为合格。", 0),
        ("自评结论为一般公共预算支出管理到位。", 0),
        ("群众评价较好。", 0),
    ],
)
def test_the_word_for_a_grade(prose: str, found: int) -> None:
    assert len(faults(case_of(table("自评结论: 优") + performance(prose)), "G1")) == found


@pytest.mark.parametrize(
    ("prose", "severities"),
    [
        ("自评得分90分,自评结论为优。", []),
        ("自评得分89.99分,自评结论为优。", ["优"]),
        ("自评得分89.99分,自评结论为良。", []),
        ("自评得分80分,自评等级为“良”。", []),
        ("自评得分60分,自评等级为中。", []),
        ("自评得分59分,自评等级为中。", ["中"]),
        ("自评得分96分,自评结论为优秀。", []),
        ("自评结论为良。自评得分96分。", ["良"]),
        ("自评得分96分,上年自评结论为良。", []),
        ("自评得分88分。85分及以上为优,自评结论为优。", []),
        ("自评得分88分。90分(含)以上为优,80分(含)至90分为良。自评结论为优。", ["优"]),
        ("自评得分120分,自评结论为优。", []),
        ("自评得分88分,综合得分92分,自评结论为优。", []),
        ("自评结论为优。", []),
    ],
)
def test_grade_and_score(prose: str, severities: list[str]) -> None:
    found = faults(case_of(performance(prose)), "G2")
    assert [fault.at.quoted for fault in found] == severities


@pytest.mark.parametrize(
    ("total", "found"),
    [
        ("{分值: 100, 得分: 92}", []),
        ("{分值: 100, 得分: 88}", ["附件1/自评结论"]),
        ("{分值: 120, 得分: 108}", []),  # 90 of 100
        ("{分值: 120, 得分: 100}", ["附件1/自评结论"]),
        ("{分值: 100}", []),
    ],
)
def test_a_grade_and_the_score_of_another_table(total: str, found: list[str]) -> None:
    assert places(table("自评结论: 优") + sheet(f"总分: {total}"), "G2") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (table("自评结论: 优"), ["附件1/自评结论"]),
        (table("自评结论: 优") + performance("自评结论为优。"), ["附件1/自评结论"]),
        (table("自评结论: 优") + performance("自评得分95分,自评结论为优。"), []),
        (table("自评结论: 优") + sheet("总分: {得分: 95}"), []),
        (table("自评结论: 优") + performance("本表没有设置评分,自评结论为优。"), []),
        (table("自评结论: 优") + performance("因未进行量化打分,自评结论为优。"), []),
        (table("自评结论: 优\n问题与建议: 本表未设评分。"), []),
        (performance("经自评,自评结论为优。"), ["附件2/正文"]),
        (performance("不断完善评分标准。自评结论为优。"), ["附件2/正文"]),
        (table("编制人数: 3"), []),
    ],
)
def test_a_grade_without_a_score(text: str, found: list[str]) -> None:
    assert places(text, "G3") == found


@pytest.mark.parametrize(
    "prose",
    [
        "自评结论为优。",
        "自评结论为“优秀”。",
        "经综合评定,我局2022年度部门整体支出绩效为“优”。",
        "综合各项指标,评定等次为:优秀。",
        "绩效自评等级属于优等。",
        "自评得分96分。",  # its grade is the one of the score
        "上年自评结论为良,本年自评结论为优。",
        # What is said in words that are not known is not said to be missing.
        "综合评价,我局绩效可定为“良”一档。",
        "自评结论为合格。",
    ],
)
def test_a_report_that_names_its_grade(prose: str) -> None:
    assert faults(case_of(table("自评结论: 优") + performance(prose)), "G4") == []


@pytest.mark.parametrize(
    ("prose", "quoted"),
    [
        ("自评结论为良。", "良"),
        ("自评结论为优,自评等级为良。", "良"),
        ("本单位各项工作完成较好。", "部门整体支出绩效情况"),
        ("群众评价“好差评”得分99.07,优化了服务。", "部门整体支出绩效情况"),
        ("评价覆盖率99%,优良天数300天。", "部门整体支出绩效情况"),
    ],
)
def test_a_report_with_another_grade_or_none(prose: str, quoted: str) -> None:
    (fault,) = faults(case_of(table("自评结论: 优") + performance(prose)), "G4")
    assert fault.at.quoted == quoted


def test_a_grade_alone_has_nothing_to_agree_with() -> None:
    assert Outcome.UNKNOWN in verdicts(case_of(table("自评结论: 优")), "G4")


@pytest.mark.parametrize(
    ("prose", "severities"),
    [
        ("自评得分97.4分。", []),
        ("自评得分97分。", ["提示"]),
        ("自评得分98.4分。", [None]),
        ("自评得分97.4分,绩效评价得分95分。", []),
        ("上年自评得分90分。", []),
    ],
)
def test_scores_of_table_and_report(prose: str, severities: list[str | None]) -> None:
    case = case_of(sheet("总分: {得分: 97.4}") + performance(prose))
    assert [fault.severity for fault in faults(case, "G4")] == severities


NO_PLAN = "政府采购及金额: {年度是否制定了政府采购计划: 否}\n"
NOT_FALLEN = "三公经费管理情况: {三公经费是否比年度下降: 否}\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (table(NO_PLAN + "自评结论: 优"), 1),
        (table(NO_PLAN + "自评结论: 良"), 0),
        (table("自评结论: 优"), 0),
        (table("政府采购及金额: {年度是否制定了政府采购计划: 不适用}\n自评结论: 优"), 0),
        (table(NO_PLAN + "自评结论: 优\n问题与建议: 因无采购项目,没有制定采购计划。"), 0),
        (table(NO_PLAN + "自评结论: 优\n问题与建议: 今后加强采购管理。"), 1),
        (table(NO_PLAN + "自评结论: 优\n问题与建议: 预算编制不规范。"), 1),
        # 采购 among the duties of the unit explains nothing.
        (table(NO_PLAN + "自评结论: 优\n部门职能概述: 查处未经批准的采购。"), 1),
        (
            table(NOT_FALLEN + "自评结论: 优")
            + report("(三)“三公”经费情况\n“三公”经费1.2万元,比上年增加0.2万元。"),
            0,
        ),
        (
            table(NOT_FALLEN + "自评结论: 优") + report("(三)“三公”经费情况\n严控“三公”经费支出。"),
            1,
        ),
        (
            table("年度支出: {其中三公经费支出: 0}\n" + NOT_FALLEN + "自评结论: 优")
            + report("(三)“三公”经费情况\n2021年“三公”经费0万元,上年“三公”经费0万元。"),
            0,
        ),
        (table(NO_PLAN + NOT_FALLEN + "自评结论: 优\n问题与建议: 未编制采购计划。"), 1),
    ],
)
def test_the_best_grade_in_spite_of_bad_answers(text: str, found: int) -> None:
    assert len(faults(case_of(text), "G5")) == found


def test_only_answers_without_a_reason_are_shown() -> None:
    case = case_of(table(NO_PLAN + NOT_FALLEN + "自评结论: 优\n问题与建议: 未编制采购计划。"))
    (fault,) = faults(case, "G5")
    assert [spot.where[-1] for spot in fault.others] == ["三公经费是否比年度下降"]


# What the score sheets add up and divide.

ROW = "  - {{一级指标: 产出指标, 分值: {}, 得分: {}}}"


@pytest.mark.parametrize("form", [WHOLE, PROJECT])
@pytest.mark.parametrize(
    ("money", "rows", "total", "found"),
    [
        ("{分值: 10, 得分: 9.5}", [(50, 50), (40, 38)], "{分值: 100, 得分: 97.5}", []),
        ("{分值: 10, 得分: 9.5}", [(50, 50), (40, 38)], "{分值: 100, 得分: 98.5}", [None]),
        ("{分值: 10, 得分: 9.5}", [(50, 50), (40, 38)], "{分值: 100, 得分: 97.52}", ["提示"]),
        ("{分值: 10, 得分: 9.5}", [(50, 50), (30, 28)], "{分值: 100, 得分: 87.5}", [None]),
        ("{分值: 10, 得分: 9.5}", [(50, 51), (40, 38)], "{分值: 100, 得分: 98.5}", [None]),
        ("{分值: 10, 得分: 11}", [(50, 50), (40, 38)], "{分值: 100, 得分: 99}", [None]),
        ("{分值: 10, 得分: 9}", [(50, 50), (30, 30)], "{分值: 90, 得分: 89}", [None]),
        # The empty score of an indicator that was not asked for adds nothing.
        ("{分值: 10, 得分: 9}", [(50, 50), (40, "")], "{分值: 100, 得分: 59}", []),
        ("{分值: 0, 得分: 不适用}", [(50, 50), (50, "不适用")], "{分值: 100, 得分: 50}", []),
        ("{分值: 10, 得分: 9}", [], "{分值: 100, 得分: 97}", []),
    ],
)
def test_scores_of_a_sheet(
    form: str,
    money: str,
    rows: list[tuple[object, object]],
    total: str,
    found: list[str | None],
) -> None:
    lines = "\n".join(ROW.format(*row) for row in rows)
    body = f"年度资金总额: {money}\n绩效指标:\n{lines}\n总分: {total}"
    case = case_of(sheet(body, form))
    assert [fault.severity for fault in faults(case, "G6")] == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("{全年预算数: 1080.50, 全年执行数: 1069.70, 执行率: 99%}", 0),
        ("{全年预算数: 1080.50, 全年执行数: 1069.70, 执行率: 99.00%}", 0),
        ("{全年预算数: 170, 全年执行数: 168.346, 执行率: 99.03%}", 0),
        ("{全年预算数: 170, 全年执行数: 168.346, 执行率: 95%}", 1),
        ("{全年预算数: 0, 全年执行数: 0, 执行率: 0%}", 0),
        ("{全年预算数: 0, 全年执行数: 0, 执行率: 100%}", 1),
        ("{全年预算数: 100, 全年执行数: 110, 执行率: 110%, 分值: 10, 得分: 10}", 0),
        ("{全年预算数: 100, 全年执行数: 95.5, 执行率: 95.5%, 分值: 10, 得分: 9.55}", 0),
        ("{全年预算数: 100, 全年执行数: 95.5, 执行率: 95.5%, 分值: 10, 得分: 9.6}", 0),
        ("{全年预算数: 100, 全年执行数: 60, 执行率: 60%, 分值: 10, 得分: 10}", 1),
        ("{全年预算数: 100, 全年执行数: 60, 执行率: 60%, 分值: 20, 得分: 12}", 0),
        ("{全年执行数: 60, 执行率: 60%, 分值: 10, 得分: 10}", 0),
    ],
)
def test_the_rate_of_execution(body: str, found: int) -> None:
    assert len(faults(case_of(sheet(f"年度资金总额: {body}")), "G7")) == found


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        ("按收入性质分: {一般公共预算: 90, 政府性基金: 5}", 0),  # what was spent
        ("按收入性质分: {一般公共预算: 100, 政府性基金: 0, 其他资金: 不适用}", 0),  # the budget
        ("按收入性质分: {一般公共预算: 80}", 0),  # the budget of the year's start
        ("按收入性质分: {一般公共预算: 90, 政府性基金: 15}", 1),
        ("按支出性质分: {基本支出: 90, 项目支出: 5.01}", 0),
        ("按支出性质分: {基本支出: 90, 项目支出: 3}", 1),
        ("按支出性质分: {基本支出: 不适用}", 0),
    ],
)
def test_funds_by_kind(sources: str, found: int) -> None:
    total = "年度资金总额: {年初预算数: 80, 全年预算数: 100, 全年执行数: 95}"
    assert len(faults(case_of(sheet(f"{total}\n{sources}")), "G8")) == found


def test_funds_of_a_project_by_column() -> None:
    body = (
        "年度资金总额: {年初预算数: 80, 全年预算数: 100, 全年执行数: 95}\n"
        "本年财政拨款: {年初预算数: 80, 全年预算数: 90, 全年执行数: 85}\n"
        "上年结转资金: {年初预算数: 0, 全年预算数: 10, 全年执行数: 5}"
    )
    found = places(sheet(body, PROJECT), "G8")
    assert found == ["附件3/年度资金总额/全年执行数"]


# Indicators of performance.

FULL, CUT = "得分: 10", "得分: 9"
REASON = "偏差原因分析及改进措施: 连续降雨延期"


@pytest.mark.parametrize(
    ("target", "reached", "more", "severities"),
    [
        ("≥95%", "96%", FULL, []),
        ("≥95%", "86%", FULL, [None]),
        ("≥95%", "86%", f"{FULL}, {REASON}", [None]),
        ("≥95%", "86%", CUT, ["警告"]),
        ("≥95%", "86%", f"{CUT}, {REASON}", []),
        ("≥95%", "86%", f"{CUT}, 偏差原因分析及改进措施: 无", ["警告"]),
        ("≥95%", "86%", REASON, []),
        ("95%以上", "86%", FULL, [None]),
        ("不低于 95％", "达到 86％", FULL, [None]),
        (">=95%", "95%", FULL, []),
        ("'>95%'", "95%", FULL, []),  # strictly a miss, but nobody means it
        ("95%", "95.0%", FULL, []),
        ("120次", "110次", FULL, [None]),
        ('"1,200人次"', "1150人次", FULL, [None]),
        ("0.5万人次", "4800人次", FULL, [None]),
        ("0.5万人次", "5000人次", FULL, []),
        ("≤3天", "5天", FULL, [None]),
        ("≤3天", "2天", FULL, []),
        ("3个工作日以内", "5个工作日", FULL, [None]),
        ("≤205万元", "201.346万元", FULL, []),
        ("控制在205万元以内", "208万元", FULL, [None]),
        ("0起", "0起", FULL, []),
        ("0起", "1起", FULL, [None]),
        ("300", "280", FULL, [None]),
        # A copy of the target is no number that was reached.
        ("≥95%", "≥95%", FULL, []),
        # Nothing that can be compared.
        ("≥95%", "0.96", FULL, []),
        ("120次", "100%", FULL, []),
        ("120次", "90", FULL, []),
        ("12次/年", "11次", FULL, []),
        ("≥95%", "≥90%", FULL, []),
        ("健全", "健全", FULL, []),
        ("长期", "基本达到", FULL, []),
        ("2022年12月底前", "2022年11月", FULL, []),
        ("12月底前", "11月", FULL, []),
        ("2022年", "2021年", FULL, []),
        ("12个月", "10个月", FULL, []),
        ("3-5次", "2次", FULL, []),
        ("120次左右", "115次左右", FULL, []),
        ("约120次", "约115次", FULL, []),
        ("120余次", "115余次", FULL, []),
        ("培训3次,宣传5次", "培训2次,宣传5次", FULL, []),
        ("1:5", "1:4", FULL, []),
        ("≥90%以内", "80%", FULL, []),
        ("不适用", "不适用", FULL, []),
        ("≥95%", "", FULL, []),
    ],
)
def test_a_target_that_is_missed(
    target: str, reached: str, more: str, severities: list[str | None]
) -> None:
    quoted = (text if text[:1] in ("'", '"') else f"'{text}'" for text in (target, reached))
    case = case_of(indicator(*quoted, more))
    assert [fault.severity for fault in faults(case, "G9")] == severities


@pytest.mark.parametrize(
    ("name", "target", "reached", "found"),
    [
        ("项目成本", "5万元", "4.8万元", 0),
        ("成本控制率", "≥100%", "96%", 0),
        ("办公费支出", "5万元", "4.8万元", 0),
        ("安全事故数", "2起", "1起", 0),
        ("投诉率", "3%", "1%", 0),
        ("投诉处理率", "100%", "90%", 1),
        ("案件办结率", "100%", "90%", 1),
        ("能耗下降率", "≥3%", "2%", 1),
        ("群众满意度", "90%", "88%", 1),
        ("完成时限", "30天", "25天", 0),
    ],
)
def test_whether_less_is_better(name: str, target: str, reached: str, found: int) -> None:
    case = case_of(indicator(f"'{target}'", f"'{reached}'", FULL, name))
    assert len(faults(case, "G9")) == found


def test_the_place_of_a_missed_target() -> None:
    (fault,) = faults(case_of(indicator("≥95%", "86%", FULL)), "G9")
    assert fault.at.label == "附件3/绩效指标/1/实际完成值"
    assert [spot.where[-1] for spot in fault.others] == ["年度指标值", "得分", "分值"]


def test_words_prove_nothing() -> None:
    assert verdicts(case_of(indicator("健全", "健全", FULL)), "G9") == [Outcome.UNKNOWN]


@pytest.mark.parametrize(
    ("target", "reached", "more", "found"),
    [
        ("≥3000人次", "5210人次", "", 1),
        ("3000人次", "0.52万人次", "", 1),
        ("≥50%", "90%", "", 1),
        ("≥10万元", "13.5万元", "", 1),
        ("≥3000人次", "5210人次", REASON, 0),
        ("≥3000人次", "3900人次", "", 0),
        ("≤3天", "5天", "", 0),
        ("0起", "3起", "", 0),
        ("1次", "2次", "", 0),
        ("2次", "4次", "", 1),
        ("≥3000人次", "5210人", "", 0),
        ("≤10万元", "5万元", "", 0),
    ],
)
def test_a_target_that_is_far_passed(target: str, reached: str, more: str, found: int) -> None:
    assert len(faults(case_of(indicator(target, reached, more)), "G10")) == found


def weights(rate: object, *rows: tuple[str, object]) -> list[object]:
    lines = "\n".join(f"  - {{一级指标: {name}, 分值: {points}}}" for name, points in rows)
    text = sheet(f"年度资金总额: {{分值: {rate}}}\n绩效指标:\n{lines}")
    return ["fault" if isinstance(each, Fault) else each for each in verdicts(case_of(text), "G11")]


@pytest.mark.parametrize(
    ("rate", "rows", "verdict"),
    [
        (10, [("产出指标(50分)", 50), ("效益指标", 30), ("满意度指标", 10)], Outcome.HOLDS),
        (10, [("产出", 30), ("产出", 20), ("效益", 30), ("满意度", 10)], Outcome.HOLDS),
        (10, [("产出", 40), ("效益", 40), ("满意度", 10)], "fault"),
        (20, [("产出", 40), ("效益", 30), ("满意度", 10)], "fault"),
        # Cuts that notices give.
        (
            10,
            [("成本指标", 20), ("产出", 40), ("效益", 20), ("满意度", 10)],
            Outcome.NOT_APPLICABLE,
        ),
        (10, [("产出", 60), ("效益", 30)], Outcome.UNKNOWN),
        # What is missing is told by G6, or cannot be told.
        (10, [("产出", 40), ("效益", 30), ("满意度", 10)], Outcome.UNKNOWN),
        (10, [("产出", 50), ("", 30), ("满意度", 10)], Outcome.UNKNOWN),
        ("", [("产出", 50), ("效益", 40), ("满意度", 10)], Outcome.UNKNOWN),
    ],
)
def test_the_usual_weights(rate: object, rows: list[tuple[str, object]], verdict: object) -> None:
    assert weights(rate, *rows) == [verdict]
