"""Rules on grades, scores and the indicators of performance (family G).

What one table adds up and divides (得分, 执行率, 资金总额) stands in that form's file.
Source of the rules: data/RULES.md; 《项目支出绩效评价管理办法》（财预〔2020〕10号）.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from generator.checks.amounts import last_year, name_of, settled, stated
from generator.checks.answers import unexplained
from generator.checks.case import Case, Figure, Report
from generator.checks.finding import Fault, Outcome, Spot, Verdict
from generator.checks.form_rules import ROUNDING, plain
from generator.forms.types import Choice
from generator.forms.values import State
from generator.yaml import Where

_GRADE, _SCORE = "自评结论", "自评得分"
_BANDS = (("优", 90), ("良", 80), ("中", 60), ("差", 0))
"""From how many points of 100 a grade is given."""
_FULL = Decimal(100)

_OTHER_GRADE = re.compile(
    r"(?:自评|评价)(?:结论|等级|等次)(?:[为是：:][“\"「]?|[“\"「])"
    r"(?P<grade>基本合格|不合格|合格|不及格|及格|一般|较好|很好|较差|好|基本达标|不达标|达标|[A-Da-d])"
    r"(?=[”\"」]?(?:[，,。；;、）)\s]|等[级次]|$))"
)
_OF_OTHERS = re.compile(r"(?:项目|上一?年|去年|财政|第三方|专家|考核|群众)[^。；;\n]*\Z")
"""Words of a sentence with which a grade is another one."""
_MAX_BEFORE = 40
"""Characters before a grade in which they are looked for."""
_SOME_GRADE = re.compile(
    r"(?:自评|自我评价|评价|结论|等级|等次|评定|评为|定为|综合|得分)[^。；;\n]{0,20}?"
    r"[为是属于：:“\"「（(]\s?(?P<grade>优秀?|良好?|中等?|较?差)"
    r"(?=[”\"」』）)，,。；;、\s]|[等档级]|$)"
)
"""A grade in other words than the phrases know: it may be this one, so nothing is missed."""
_UNSCORED = re.compile(
    r"(?:未|没有?|无|不(?!断))[^。；;，,\n]{0,8}(?:评分|打分|计分|赋分|分值|量化分|记分|评出分)"
)
_OWN_BAND = re.compile(
    r"(?P<from>[0-9]{2,3})[ ]?分?[（(]?含?[0-9分)）]{0,4}(?:及?以上|[至到~～—-])"
    r"[^。；;\n优良中差]{0,16}(?:优|良)"
    r"|[≥>][ ]?(?P<least>[0-9]{2,3})[^。；;\n优良中差0-9]{0,8}优"
)

_COLUMNS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "指标分值",
    "指标得分",
    "偏差原因",
)
_NO_REASON = frozenset(
    {"无", "没有", "无偏差", "没有偏差", "不存在偏差", "-", "--", "—", "——", "/"}
)
_AT_LEAST = "≥|>=|≧|⩾|>|大于或?等于|大于|高于|超过|不低于|不少于|不小于|至少|达到|达"
_AT_MOST = "≤|<=|≦|⩽|<|小于或?等于|小于|低于|少于|不超过|不高于|不大于|不多于|控制在"
_NUMBER = r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
_UNIT = r"(?P<unit>[^0-9,.;:。;、~～+()<>≥≤=-]{0,8}?)"
_TARGET = re.compile(
    rf"(?:(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})|(?:=|等于|为|完成))?"
    rf"{_NUMBER}{_UNIT}(?:(?P<above>及?以上)|(?P<below>及?以下|[以之]?内))?"
)
_REACHED = re.compile(rf"(?:=|等于|为|已?完成|实际完成|达到?|实际)?{_NUMBER}{_UNIT}")
_SCALES = {"万": Decimal(10000), "亿": Decimal(100000000)}
_VAGUE = re.compile("左右|余|多|约|几|前|底")
"""In a unit: the number is not exact, or no number but a day."""
_TIME = re.compile("[年月日天周季时秒]|分钟")
_COSTS = re.compile("成本|控制率")
_LESS_IS_BETTER = re.compile(
    "成本|费|支出|投资|造价|单价|价格|时[限间]|周期|逾期|超|投诉|事故|差错|错误|死亡|伤亡|信访|上访|违|案"
    "|流失|辍学|损失|浪费|返工|故障|污染|排放|能耗|耗|降|减|控制|发病|传染|贫困|返贫|债|欠|失业|不|舆情|火灾"
)
_MORE_IS_BETTER = re.compile(
    "(?:完成|办结|处理|处置|保障|合格|达标|及时|覆盖|落实|到位|发放|使用|执行|解决|参与|知晓|准确|通过|化解)率"
    "|满意"
)
_FAR = Decimal("1.3")
_WEIGHTS = (("产出", Decimal(50)), ("效益", Decimal(30)), ("满意", Decimal(10)))
_EXECUTION_WEIGHT = Decimal(10)


# Grade and score.


def _score(figure: Figure) -> Decimal | None:
    """A score out of 100; None when it cannot be one."""
    number = figure.number
    if number is not None and figure.blank is not None:
        full = figure.part.values.get(figure.blank.name.replace("得分", "分值"))
        if full is not None and isinstance(full.meaning, Decimal) and full.meaning > 0:
            number = number / full.meaning * _FULL
    return number if number is not None and 0 <= number <= _FULL else None


def _band(score: Decimal) -> str:
    return next(grade for grade, least in _BANDS if score >= least)


def _word(figure: Figure) -> str:
    """优 of 优 and of 优秀."""
    return figure.text[:1]


def prose_in_list(case: Case) -> Iterator[Verdict]:
    """G1: a report gives its grade in a word of the form's list (优, 良, 中, 差)."""
    tables = [each for each in case.table(_GRADE) if each.blank]
    if not tables:
        yield Outcome.NOT_APPLICABLE
        return
    if not case.reports:
        yield Outcome.UNKNOWN
    options = _options(tables[0])
    for report in case.reports:
        faults = [
            Fault(
                Spot(case.record.file, report.where, found["grade"], found.start("grade")),
                f"{report.part.key}正文写自评结论“{found['grade']}”，"
                f"表里规定填“{'、'.join(options)}”；请改成其中之一",
                (tables[0].spot,),
            )
            for found in _other_grades(report)
            if options and found["grade"] not in options
        ]
        yield from faults
        if not faults:
            known = any(each.spot.where == report.where for each in case.prose(_GRADE))
            yield Outcome.HOLDS if known else Outcome.UNKNOWN


def _other_grades(report: Report) -> Iterator[re.Match[str]]:
    """Where a report says its own grade in a word that is none of the usual ones."""
    for found in _OTHER_GRADE.finditer(report.text):
        before = report.text[max(0, found.start() - _MAX_BEFORE) : found.start()]
        if not _OF_OTHERS.search(before):
            yield found


def _options(figure: Figure) -> tuple[str, ...]:
    type_ = figure.blank.type if figure.blank else None
    return type_.options if isinstance(type_, Choice) else ()


def grade_of_score(case: Case) -> Iterator[Verdict]:
    """G2: the grade is that of the score: 优 from 90, 良 from 80, 中 from 60, 差 below."""
    grades = (*case.filled(_GRADE), *case.prose(_GRADE))
    if not grades or not stated(case, _SCORE):
        yield Outcome.NOT_APPLICABLE
        return
    seen: set[tuple[Where, str]] = set()
    for grade in grades:
        key = grade.spot.where, _word(grade)
        if key in seen:  # a report repeats it
            continue
        seen.add(key)
        yield _is_of_score(case, grade)


def _is_of_score(case: Case, grade: Figure) -> Verdict:
    score = _score_beside(case, grade)
    points = _score(score) if score else None
    if score is None or points is None or _word(grade) not in dict(_BANDS):
        return Outcome.UNKNOWN
    right = _band(points)
    if right == _word(grade):
        return Outcome.HOLDS
    if any(_has_own_bands(report) for report in case.reports):
        return Outcome.UNKNOWN
    return Fault(
        grade.spot,
        f"{name_of(score)}得分 {plain(points)} 分，应评为“{right}”，"
        f"{name_of(grade)}却写“{grade.spot.quoted}”；"
        "90分及以上为优，80分及以上为良，60分及以上为中，其余为差，请核对得分和结论",
        (score.spot,),
    )


def _score_beside(case: Case, grade: Figure) -> Figure | None:
    """The score that a grade goes with: of the same report, or else the only one there is."""
    scores = stated(case, _SCORE)
    own = [each for each in scores if each.spot.where == grade.spot.where]
    for group in (own, scores):
        if group:
            return group[0] if settled(group) is not None else None
    return None


def _has_own_bands(report: Report) -> bool:
    """Whether a report tells bands that are not the usual ones."""
    return any(
        (found["from"] or found["least"]) not in ("90", "80", "100")
        for found in _OWN_BAND.finditer(report.text)
    )


def unscored_is_said(case: Case) -> Iterator[Verdict]:
    """G3: a grade has a score, or the record says that none is given."""
    grades = (*case.filled(_GRADE), *case.prose(_GRADE))
    if not grades:
        yield Outcome.NOT_APPLICABLE
    elif stated(case, _SCORE) or any(_UNSCORED.search(each.text) for each in case.passages):
        yield Outcome.HOLDS
    else:
        grade = grades[0]
        lacking = "得分却是空的" if case.table(_SCORE) else "没有写得分"
        yield Fault(
            grade.spot,
            f"{name_of(grade)}的自评结论是“{grade.spot.quoted}”，{lacking}；"
            "有得分请写上，没有评分的可以在报告里写明“本表未设评分”和结论怎样得出",
        )


def same_grade(case: Case) -> Iterator[Verdict]:
    """G4: the report names the grade, and grade and score are those of the table."""
    yield _same_score(case)
    tables = case.filled(_GRADE)
    if not tables:
        yield Outcome.NOT_APPLICABLE
        return
    if not case.reports:
        yield Outcome.UNKNOWN
        return
    table, grades = tables[0], case.prose(_GRADE)
    differing = [each for each in grades if _word(each) != _word(table)]
    if differing:
        first = differing[0]
        yield Fault(
            first.spot,
            f"{name_of(first)}写自评结论“{first.spot.quoted}”，"
            f"{name_of(table)}写“{table.spot.quoted}”；请核对哪一个对",
            (table.spot, *(each.spot for each in differing[1:])),
        )
    elif grades:
        yield Outcome.HOLDS
    else:
        yield _not_named(case, table)


def _not_named(case: Case, table: Figure) -> Verdict:
    """Of reports in which no phrase for a grade is found."""
    words = [
        found["grade"].removeprefix("较")[:1]
        for report in case.reports
        for found in _SOME_GRADE.finditer(report.text)
    ]
    if _word(table) in words or case.prose(_SCORE):
        return Outcome.HOLDS
    if words or any(any(_other_grades(report)) for report in case.reports):
        return Outcome.UNKNOWN
    report = case.reports[0]
    return Fault(
        _place_for_grade(case, report),
        f"{name_of(table)}的自评结论是“{table.spot.quoted}”，{report.part.key}正文没有写自评结论；"
        "请在绩效情况一节里写明",
        (table.spot,),
    )


def _place_for_grade(case: Case, report: Report) -> Spot:
    """The heading under which a grade is looked for, or else the report."""
    section = report.section("绩效情况", "绩效评价", "评价结论", "绩效")
    if section is None:
        return Spot(case.record.file, report.where, "")
    start = max(section.start, report.text.find(section.words, section.start, section.end))
    return Spot(case.record.file, report.where, section.words, start)


def _same_score(case: Case) -> Verdict:
    tables, scores = case.filled(_SCORE), case.prose(_SCORE)
    now = settled(tables)
    if now is None or not scores:
        return Outcome.UNKNOWN if tables and scores else Outcome.NOT_APPLICABLE
    differing = [each for each in scores if each.number is not None and each.number != now]
    if len(differing) < len(scores):
        # Another score beside the right one is of a part, or of another evaluation.
        return Outcome.UNKNOWN if differing else Outcome.HOLDS
    first = differing[0]
    number = first.number or Decimal(0)
    is_rounding = abs(number - now) * 2 <= Decimal(1).scaleb(int(number.as_tuple().exponent))
    return Fault(
        first.spot,
        f"{name_of(first)}写自评得分 {first.spot.quoted}，{name_of(tables[0])}写"
        f" {tables[0].spot.quoted} 分；"
        + ("可能是四舍五入，请核对" if is_rounding else "请核对哪一个对"),
        (tables[0].spot,),
        "提示" if is_rounding else None,
    )


def good_in_spite_of_answers(case: Case) -> Iterator[Verdict]:
    """G5: who calls itself 优 in spite of bad answers says why they are so."""
    grades = case.filled(_GRADE) or case.prose(_GRADE)
    if not grades or _word(grades[0]) != "优":
        yield Outcome.NOT_APPLICABLE
        return
    answers = list(case.questions)
    bad = [each for each in answers if _is_bad(case, each)]
    if not any(each.state is State.FILLED for each in answers):
        yield Outcome.UNKNOWN if answers else Outcome.NOT_APPLICABLE
        return
    silent = unexplained(case) if bad else frozenset()
    lacking = [each for each in bad if each.spot.where in silent]
    if not lacking:
        yield Outcome.HOLDS
        return
    names = "、".join(f"“{each.spot.where[-1]}”选“{each.spot.quoted}”" for each in lacking[:3])
    count = f"等 {len(lacking)} 项" if len(lacking) > 3 else ""
    yield Fault(
        grades[0].spot,
        f"自评结论是“{grades[0].spot.quoted}”，{names}{count}，却没有写原因；"
        "请在问题与建议或报告里写明，或重新评定",
        tuple(each.spot for each in lacking),
    )


def _is_bad(case: Case, answer: Figure) -> bool:
    if answer.state is not State.FILLED or answer.blank is None:
        return False
    if answer.text == answer.blank.expected:
        return False
    indicator = {"三公下降": "三公经费", "用车下降": "公务用车费"}.get(answer.indicator)
    if indicator is None:
        return True
    before = last_year(case, indicator)
    is_level_at_nothing = before is not None and not before.number
    return not (is_level_at_nothing and settled(stated(case, indicator)) == 0)


# Indicators of performance.


Row = Mapping[str, Figure]
"""What a row of a table of indicators says, by what its columns state."""


@dataclass(frozen=True, slots=True)
class _Goal:
    """A target and what was reached, in the same unit."""

    aim: Decimal
    reached: Decimal
    direction: Literal["至少", "至多"]
    is_count: bool
    """A number of things, no rate."""

    @property
    def is_missed(self) -> bool:
        if self.direction == "至少":
            return self.reached < self.aim
        return self.reached > self.aim

    @property
    def is_far_passed(self) -> bool:
        if self.direction == "至多" or self.aim <= 0:
            return False
        # One more than two is no sign of a low target.
        return self.reached > _FAR * self.aim and not (
            self.is_count and self.reached - self.aim <= 1
        )


def _rows(case: Case, columns: Sequence[str] = _COLUMNS) -> dict[Where, dict[str, Figure]]:
    """The rows of all tables of indicators, in order."""
    rows: dict[Where, dict[str, Figure]] = {}
    for column in columns:
        for figure in case.table(column):
            rows.setdefault(figure.spot.where[:-1], {})[column] = figure
    return rows


def _goal(row: Row) -> _Goal | None:
    """The target of a row beside what was reached; None when they cannot be compared."""
    target, reached = row.get("年度指标值"), row.get("实际完成值")
    if target is None or reached is None or not target.text or not reached.text:
        return None
    name = "".join(row[key].text for key in _COLUMNS[:3] if key in row)
    return _compared(target.text, reached.text, name)


@lru_cache(maxsize=4096)  # two rules ask, and tables of one county are alike
def _compared(target: str, reached: str, name: str) -> _Goal | None:
    wanted, found = _folded(target), _folded(reached)
    asked = _TARGET.fullmatch(wanted)
    if asked is None:
        return None
    got = asked if wanted == found else _REACHED.fullmatch(found)
    if got is None or _VAGUE.search(asked["unit"]):
        return None
    aim, unit = _measured(asked)
    number, other = _measured(got)
    direction = _direction(asked, aim, name)
    if unit != other or direction is None:
        return None
    return _Goal(aim, number, direction, bool(unit) and "%" not in unit and "元" not in unit)


def _folded(text: str) -> str:
    """Without spaces and a final stop, in half-width signs."""
    text = unicodedata.normalize("NFKC", text.replace("㎡", "平方米"))
    return "".join(text.split()).rstrip("。;,")


def _measured(found: re.Match[str]) -> tuple[Decimal, str]:
    number, unit = Decimal(found["number"].replace(",", "")), found["unit"]
    scale = _SCALES.get(unit[:1])
    return (number * scale, unit[1:]) if scale else (number, unit)


def _direction(asked: re.Match[str], aim: Decimal, name: str) -> Literal["至少", "至多"] | None:
    """Whether more is better; None where neither the sign nor the words tell."""
    least, most = asked["least"] or asked["above"], asked["most"] or asked["below"]
    if least and most:
        return None
    if most:
        return "至多"
    if least:
        return None if _COSTS.search(name) or _TIME.search(asked["unit"]) else "至少"
    if _TIME.search(asked["unit"]):
        return None
    if not aim:
        return "至多"
    is_unclear = _LESS_IS_BETTER.search(name) and not _MORE_IS_BETTER.search(name)
    return None if is_unclear else "至少"


def _has_reason(row: Row) -> bool | None:
    """None where the table does not ask for one."""
    reason = row.get("偏差原因")
    if reason is None:
        return None
    return bool(reason.text) and _folded(reason.text) not in _NO_REASON


def _name(row: Row) -> str:
    """A row as people call it."""
    name = next((row[key].text for key in _COLUMNS[2::-1] if key in row and row[key].text), "")
    name = " ".join(name.split())
    return name if len(name) <= 24 else f"{name[:23]}…"


def misses_cost_points(case: Case) -> Iterator[Verdict]:
    """G9: a target that is missed has not all its points, and a reason."""
    rows = _rows(case)
    if not rows:
        yield Outcome.NOT_APPLICABLE
    for row in rows.values():
        goal = _goal(row)
        if goal is None:
            yield Outcome.UNKNOWN
        elif not goal.is_missed:
            yield Outcome.HOLDS
        else:
            yield _missed(row)


def _missed(row: Row) -> Verdict:
    target, reached = row["年度指标值"].spot, row["实际完成值"].spot
    weight, points = row.get("指标分值"), row.get("指标得分")
    what = f"“{_name(row)}”的指标值是 {target.quoted}，实际完成 {reached.quoted}，没有达到"
    without_reason = _has_reason(row) is False
    full = weight.number if weight else None
    if weight and points and full and points.number is not None and points.number >= full:
        more = "，并写明偏差原因" if without_reason else ""
        return Fault(
            reached,
            f"{what}，得分 {points.spot.quoted} 却是满分；请核对完成值，按完成情况计分{more}",
            (target, points.spot, weight.spot),
        )
    if without_reason:
        return Fault(
            reached,
            f"{what}，也没有写偏差原因；请核对完成值，补上原因和改进措施",
            (target, row["偏差原因"].spot),
            "警告",
        )
    is_known = full is not None and points is not None and points.number is not None
    return Outcome.HOLDS if is_known else Outcome.UNKNOWN


def far_passed_has_reason(case: Case) -> Iterator[Verdict]:
    """G10: a target that is passed by more than 30 % has a reason."""
    rows = _rows(case)
    if not rows:
        yield Outcome.NOT_APPLICABLE
    for row in rows.values():
        goal = _goal(row)
        has_reason = _has_reason(row)
        if goal is None or has_reason is None:
            yield Outcome.UNKNOWN
        elif goal.direction == "至多" or not goal.aim:
            yield Outcome.NOT_APPLICABLE
        elif has_reason or not goal.is_far_passed:
            yield Outcome.HOLDS
        else:
            target, reached = row["年度指标值"].spot, row["实际完成值"].spot
            share = plain(round(goal.reached / goal.aim * 100, 0))
            yield Fault(
                reached,
                f"“{_name(row)}”的指标值是 {target.quoted}，实际完成 {reached.quoted}，"
                f"是指标值的 {share}%；请核对完成值，或写明偏差原因（指标值是不是定低了）",
                (target, row["偏差原因"].spot),
            )


def usual_weights(case: Case) -> Iterator[Verdict]:
    """G11: 产出 has 50 points, 效益 30, 满意度 10 and 执行率 10, where there are no others."""
    tables: dict[Where, list[Row]] = {}
    for where, row in _rows(case, ("一级指标", "指标分值")).items():
        if "指标分值" in row and "一级指标" in row:
            tables.setdefault(where[:-1], []).append(row)
    if not tables:
        yield Outcome.NOT_APPLICABLE
    for rows in tables.values():
        yield _weights(case, rows)


def _weights(case: Case, rows: Sequence[Row]) -> Verdict:
    sums = {name: Decimal(0) for name, _ in _WEIGHTS}
    firsts: dict[str, Figure] = {}
    for row in rows:
        figure, first = row["指标分值"], row["一级指标"]
        if figure.number is None or not first.text:
            return Outcome.UNKNOWN
        kinds = [name for name in sums if name in first.text]
        if len(kinds) != 1:  # 成本指标 and others: the notice has its own cut
            return Outcome.NOT_APPLICABLE
        sums[kinds[0]] += figure.number
        firsts.setdefault(kinds[0], figure)
    part = rows[0]["指标分值"].part
    rate = next((each for each in case.filled("执行率分值") if each.part is part), None)
    given = rate.number if rate else None
    if given is None or len(firsts) < len(sums):
        return Outcome.UNKNOWN
    if abs(given + sum(sums.values()) - _FULL) > ROUNDING:
        return Outcome.UNKNOWN  # something is missing, which G6 tells
    differing = [firsts[name] for name, usual in _WEIGHTS if sums[name] != usual]
    if not differing and given == _EXECUTION_WEIGHT:
        return Outcome.HOLDS
    said = "、".join(f"{name} {plain(total)}" for name, total in sums.items())
    spots = [each.spot for each in differing] + ([rate.spot] if rate else [])
    return Fault(
        spots[0],
        f"{part.key}的分值是{said.replace('满意', '满意度')}、预算执行率 {plain(given)}，"
        "通用的是产出 50、效益 30、满意度 10、预算执行率 10；"
        "请核对，按本地通知调整的不用改",
        tuple(spots[1:]),
    )


RULES: Mapping[str, Callable[[Case], Iterator[Verdict]]] = {
    "G1": prose_in_list,
    "G2": grade_of_score,
    "G3": unscored_is_said,
    "G4": same_grade,
    "G5": good_in_spite_of_answers,
    "G9": misses_cost_points,
    "G10": far_passed_has_reason,
    "G11": usual_weights,
}
"""id -> the function that asks it."""
