"""Rules on 三公经费 (family C): its parts, cars, receptions, and how it changed.

Sums within one form stand in that form's file. Amounts are in 万元.
Source of the rules: data/RULES.md; 《地方预决算公开操作规程》（财预〔2016〕143号）.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from generator.checks.amounts import (
    adds_up,
    agree,
    innermost,
    last_year,
    said,
    settled,
    stated,
)
from generator.checks.case import Case, Figure, Report
from generator.checks.facts import Fact, Section
from generator.checks.finding import Fault, Outcome, Spot, Verdict
from generator.checks.form_rules import ROUNDING, plain
from generator.forms.values import State
from generator.records.figures import TO_WAN

_KINDS = (
    "三公经费",
    "因公出国费",
    "公务接待费",
    "公务用车费",
    "公务用车购置费",
    "公务用车运行费",
)
_COMPARED = (*_KINDS, "收入合计", "支出合计", "基本支出", "项目支出")
_RENTS = re.compile("租车|租赁|租用|租金|公务用车平台|公车平台|公车改革|公务用车改革|车改")
_LAST_YEAR = re.compile(
    r"[比较与和]?(?:上一?年|去年)|同比|上年决算|[比较与][ ]?(?:20[0-9]{2}|上)年|持平"
)
_REASON = re.compile(
    "原因|由于|因为|因[^公素此而]|主要是|主要系|得益于|为了|缘于|所致"
    r"|[，,（(]系(?=[^统列数])|系[^，,。\n]{1,30}(?:影响|减少|增加)"
)
_AMOUNT = r"[0-9][0-9,]*+(?:\.[0-9]+)?"
# It begins with a character of its own, and looks back at it: else it is tried at every character.
_COMPARES = re.compile(
    r"[比较与同上去0-9](?:(?<=[比较与])[ ]?(?:(?P<year>[0-9]{4})[ ]?年|上一?年|去年)度?"
    r"(?:决算数?|同期|支出数?|实际|相比|的)*[ ]?"
    rf"(?:(?P<before>{_AMOUNT})[ ]?(?P<unit>亿元|万元|元))?(?:相比)?[，,]?|(?<=同)比"
    # 上年580万元，增加50万元
    r"|(?:(?<=[0-9])(?P<that_year>[0-9]{3})[ ]?年|(?<=上)一?年|(?<=去)年)度?"
    r"(?:决算数?|支出数?|实际|为|是)*[ ]?"
    rf"(?P<that_before>{_AMOUNT})[ ]?(?P<that_unit>亿元|万元|元)[，,])"
)
_STEP = re.compile(
    r"[，,、（(]?(?:同比)?(?P<word>增加|增长|上升|减少|下降|降低|持平|增幅|升幅|降幅|减幅)?(?:了|率|额|为|约|达)*"
    rf"(?:[ ]?(?P<number>{_AMOUNT})[ ]?(?P<unit>亿元|万元|元|[%％]))?"
)
_SUBJECTS = (
    (re.compile("三公[”\"’']?经费"), "三公经费"),
    (re.compile("公务接待费"), "公务接待费"),
    (re.compile("公务用车运行(?:维护)?费"), "公务用车运行费"),
    (re.compile("公务用车购置费"), "公务用车购置费"),
    (re.compile("公务用车(?:购置[及和]运行(?:维护)?)?费"), "公务用车费"),
    (re.compile("因公出国（境）费|因公出国\\(境\\)费"), "因公出国费"),
)
"""What a sentence speaks of, where it states no amount; the longer words first."""
_OF_BUDGET = re.compile(
    r"(?:完成|占|为)[ ]?(?:年初|全年|年度)?预算数?的[ ]?(?P<percent>[0-9]+(?:\.[0-9]+)?)[ ]?[%％]"
)
_STOPS = re.compile(r"[。；;\n]")
_DIGIT = re.compile("[0-9]")
_BATCHES = re.compile(r"[0-9][ ]?[余多]?个?(?:批|次)|批次?[^0-9。\n]{0,4}[0-9]")
_GUESTS = re.compile(r"[0-9][ ]?[余多]?[人客]|人[次数][^0-9。\n]{0,4}[0-9]")
_NEAR_COSTS = 80
"""Characters behind an amount within which it is told for how many it was."""
_MAX_GAP = 40
"""Characters between an amount and the words that say how it changed."""
_DOWN = frozenset({"减少", "下降", "降低", "降幅", "减幅"})


def parts_add_up(case: Case) -> Iterator[Verdict]:
    """C1: 三公经费 of a report is 出国, 接待 and 用车 together."""
    cars = ("公务用车费", "公务用车购置费", "公务用车运行费")
    yield from adds_up(case, "三公经费", ("因公出国费", "公务接待费", cars))


def same_total(case: Case) -> Iterator[Verdict]:
    """C2: 三公经费 and each of its parts is the same in the table and in the report."""
    for indicator in _KINDS:
        yield from agree(case, indicator)


def cars_add_up(case: Case) -> Iterator[Verdict]:
    """C3: 公务用车费 of a report is 购置 and 运行 together."""
    yield from adds_up(case, "公务用车费", ("公务用车购置费", "公务用车运行费"))


def no_cars_no_costs(case: Case) -> Iterator[Verdict]:
    """C4: who has no cars has no costs of cars, unless the report says that they are hired."""
    cars = stated(case, "车辆实有")
    number = settled(cars)
    costs = [
        figure
        for name in ("公务用车费", "公务用车运行费", "公务用车购置费")
        for figure in stated(case, name)
    ]
    if number is None or not costs:
        yield Outcome.UNKNOWN
        return
    if number:
        yield Outcome.NOT_APPLICABLE
        return
    paid = [figure for figure in costs if figure.number]
    if not paid or any(_RENTS.search(report.text) for report in case.reports):
        yield Outcome.HOLDS
        return
    first = paid[0]
    yield Fault(
        first.spot,
        f"公务用车是 {said(cars[0])}，却有{first.indicator} {said(first)}；"
        "请核对，属于租车等费用的请写明",
        (cars[0].spot,),
    )


def ticks_fit_last_year(case: Case) -> Iterator[Verdict]:
    """C5: the answers on whether 三公经费 and 用车费 fell agree with last year's figures."""
    for question, indicator in (("三公下降", "三公经费"), ("用车下降", "公务用车费")):
        for answer in case.filled(question):
            yield _fell(case, answer, indicator)


def _fell(case: Case, answer: Figure, indicator: str) -> Verdict:
    figures = stated(case, indicator)
    # The answer is first of all about the figure in its own form.
    figures = tuple(each for each in figures if each.part is answer.part) or figures
    now, before = settled(figures), last_year(case, indicator)
    if now is None or before is None or before.number is None:
        return Outcome.UNKNOWN
    is_lower = now < before.number
    if (answer.text == "是") == is_lower:
        return Outcome.HOLDS
    both = f"上年{indicator} {said(before)}，本年 {said(figures[0])}"
    others = (figures[0].spot, before.spot)
    question = answer.spot.where[-1]
    if now == before.number == 0:
        message = f"{both}，是持平，不是下降；“{question}”请改选“否”，或在核对说明里写明持平"
        return Fault(answer.spot, message, others, "提示")
    change = "下降了" if is_lower else "持平" if now == before.number else "没有下降"
    message = f"{both}，{change}；“{question}”却选了“{answer.text}”，请核对"
    rounded = 0 < abs(now - before.number) <= ROUNDING
    return Fault(answer.spot, message, others, "提示" if rounded else None)


def receptions_are_counted(case: Case) -> Iterator[Verdict]:
    """C6: who spends on receptions says how many there were, and for how many guests."""
    costs = stated(case, "公务接待费")
    if not costs:
        yield Outcome.UNKNOWN
        return
    paid = [figure for figure in costs if figure.number]
    if not paid:
        yield Outcome.NOT_APPLICABLE
        return
    missing = [
        word
        for word, pattern in (("批次", _BATCHES), ("人次", _GUESTS))
        if not stated(case, f"接待{word}") and not _is_behind_costs(case, pattern)
    ]
    if not missing:
        yield Outcome.HOLDS
        return
    yield Fault(
        paid[0].spot,
        f"公务接待费 {said(paid[0])}，没有写接待{'和'.join(missing)}；决算公开要求写明，请补上",
    )


def _is_behind_costs(case: Case, pattern: re.Pattern[str]) -> bool:
    """Whether a count stands behind the costs of receptions: 1.36万元(25批次210人次)."""
    return any(
        pattern.search(report.text, fact.end, fact.end + _NEAR_COSTS)
        for report in case.reports
        for fact in report.facts
        if fact.indicator == "公务接待费"
    )


def change_is_explained(case: Case) -> Iterator[Verdict]:
    """C7: the part on 三公经费 compares it with last year and gives the reason of the change."""
    if any(figure.state is State.FILLED for figure in case.table("三公变化原因")):
        yield Outcome.HOLDS
        return
    for report in case.reports:
        section = report.section("三公")
        yield _explained(case, report, section) if section else Outcome.UNKNOWN
    if not case.reports:
        # A form that asks for the reason, and has figures, is where it is missing.
        for figure in case.table("三公变化原因"):
            yield (
                Fault(figure.spot, "没有写三公经费增减变化的原因，请补上；与上年持平请写明")
                if settled(stated(case, "三公经费"))
                else Outcome.UNKNOWN
            )


def _explained(case: Case, report: Report, section: Section) -> Verdict:
    figures = [each for name in _KINDS for each in stated(case, name)]
    if not figures:
        return Outcome.UNKNOWN
    before = last_year(case, "三公经费")
    if not any(each.number for each in figures):
        is_nothing = before is not None and before.number == 0
        return Outcome.NOT_APPLICABLE if is_nothing else Outcome.UNKNOWN
    compared = (
        _LAST_YEAR.search(report.text, section.start, section.end) is not None
        or report.text.find(f"{case.year - 1}年", section.start, section.end) >= 0
    )
    is_level = compared and report.text.find("持平", section.start, section.end) >= 0
    has_reason = _REASON.search(report.text, section.start, section.end)
    if compared and (is_level or has_reason):
        return Outcome.HOLDS
    lacking = "增减变化的原因" if compared else "与上年相比增加还是减少、原因是什么"
    at = _heading(case, report, section)
    return Fault(at, f"三公经费一段没有写{lacking}；决算公开要求写明，请补上")


def _heading(case: Case, report: Report, section: Section) -> Spot:
    """A section's heading, without the blanks before it."""
    line = report.text[section.start : section.end].lstrip("\n").partition("\n")[0]
    start = report.text.find(section.words, section.start, section.end)
    if start < 0:
        return Spot(case.record.file, report.where, line.strip()[:30], section.start)
    return Spot(case.record.file, report.where, section.words, start)


def within_budget(case: Case) -> Iterator[Verdict]:
    """C8: no 决算数 of 三公经费 and its parts is above its 预算数."""
    for indicator in _KINDS:
        for figure in case.filled(indicator):
            name, _, column = figure.blank.name.rpartition("/") if figure.blank else ("", "", "")
            budget = figure.part.values.get(f"{name}/预算数")
            if column != "决算数" or budget is None or figure.number is None:
                continue
            if not isinstance(budget.meaning, Decimal) or budget.state is not State.FILLED:
                yield Outcome.UNKNOWN
                continue
            written = Decimal(figure.spot.quoted)
            if written <= budget.meaning:
                yield Outcome.HOLDS
                continue
            spot = Spot(
                case.record.file, (figure.part.key, *name.split("/"), "预算数"), budget.written
            )
            yield Fault(
                figure.spot,
                f"{name}决算数 {figure.spot.quoted}，多于预算数 {budget.written}；"
                "请核对，或在核对说明里写明原因",
                (spot,),
            )
    total, budgets = stated(case, "三公经费"), case.prose("三公预算数")
    now, planned = settled(total), settled(budgets)
    if now is not None and planned is not None:
        if now <= planned:
            yield Outcome.HOLDS
        else:
            yield Fault(
                total[0].spot,
                f"三公经费 {said(total[0])}，多于预算 {said(budgets[0])}；"
                "请核对，或在核对说明里写明原因",
                (budgets[0].spot,),
            )


@dataclass(frozen=True, slots=True)
class _Change:
    """What prose says of how an amount changed from last year."""

    figure: Figure
    """The amount that changed."""
    spot: Spot
    directions: tuple[int, ...]
    """What the words say: 1 up, -1 down, 0 level; more than one is a contradiction."""
    before: Figure | None
    """Last year's amount, if the sentence states it, else as it is known."""
    amount: Decimal | None
    """By how much, in 万元."""
    percent: Decimal | None
    places: int
    """Decimals of the percentage."""

    @property
    def direction(self) -> int:
        return self.directions[0]


@lru_cache(maxsize=8)  # two rules ask
def _comparisons(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_COMPARES.finditer(text))


def _changes(case: Case) -> Iterator[_Change]:
    """Every comparison with last year of which it can be told what is compared."""
    for report in case.reports:
        facts = sorted(report.facts, key=lambda fact: fact.start)
        for found in _comparisons(report.text):
            year = found["year"] or (found["that_year"] and found[0][:4])
            if year and int(year) != case.year - 1:
                continue
            figure = _compared(case, report, facts, found)
            if figure is not None:
                yield from _steps(case, report, figure, found)


def _compared(
    case: Case, report: Report, facts: Sequence[Fact], found: re.Match[str]
) -> Figure | None:
    """The figure that a comparison is about: the last one before it, or what its words name."""
    text = report.text
    start = 1 + max(text.rfind(stop, 0, found.start()) for stop in "。；;\n")
    within = [fact for fact in facts if start <= fact.start and fact.end <= found.start()]
    if within:
        fact = within[-1]
        between = text[fact.end : found.start()]
        is_own = fact.indicator in _COMPARED and fact.year in (None, case.year)
        if not is_own or fact.number is None or len(between) > _MAX_GAP or _DIGIT.search(between):
            return None  # whose change it is cannot be told
        spot = Spot(case.record.file, report.where, fact.written, fact.start)
        return Figure(fact.indicator, State.FILLED, fact.number, spot, report.part, fact=fact)
    words = text[start : found.start()]
    if _DIGIT.search(words):
        return None
    named = [name for pattern, name in _SUBJECTS if pattern.search(words)]
    section = innermost(report, found.start())
    if not named and section and "三公" in section.words and not words.strip(" \t\u3000，,"):
        named = ["三公经费"]
    figures = stated(case, named[0]) if len(named) == 1 else ()
    return figures[0] if settled(figures) is not None else None


def _steps(case: Case, report: Report, figure: Figure, head: re.Match[str]) -> Iterator[_Change]:
    """The change that stands behind the words of comparison, if any does."""
    spoken = _spoken(report.text, head.end())
    if not spoken.directions:
        return
    words = report.text[head.start() : spoken.end]
    spot = Spot(case.record.file, report.where, words, head.start())
    before = last_year(case, figure.indicator)
    stated_before = "before" if head["before"] else "that_before"
    if head[stated_before]:
        unit = "unit" if head["before"] else "that_unit"
        said_before = Spot(
            case.record.file,
            report.where,
            report.text[head.start(stated_before) : head.end(unit)],
            head.start(stated_before),
        )
        number = _in_wan(head[stated_before], head[unit])
        fact = Fact(
            figure.indicator, number, said_before.quoted, head[unit], None,
            head.start(stated_before), head.end(unit), "",
        )  # fmt: skip
        before = Figure(figure.indicator, State.FILLED, number, said_before, report.part, fact=fact)
    yield _Change(
        figure,
        spot,
        spoken.directions,
        before,
        spoken.amount,
        Decimal(spoken.percent) if spoken.percent else None,
        len(spoken.percent.partition(".")[2]),
    )


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What stands behind words of comparison: 增加1.20万元,下降5.18%."""

    directions: tuple[int, ...]
    amount: Decimal | None
    percent: str
    """As it is written; "" for none."""
    end: int


def _spoken(text: str, end: int) -> _Spoken:
    directions: dict[int, None] = {}
    amount, percent = None, ""
    while step := _STEP.match(text, end):
        unit = (step["unit"] or "").replace("％", "%")
        if not step["word"] and unit != "%":
            break
        if step["word"]:
            word = step["word"]
            directions[0 if word == "持平" else -1 if word in _DOWN else 1] = None
        if unit == "%":
            percent = percent or step["number"].replace(",", "")
        elif unit and amount is None:
            amount = _in_wan(step["number"], unit)
        end = step.end()
    return _Spoken(tuple(directions), amount, percent, end)


def _contradictions(case: Case) -> Iterator[Fault]:
    """Comparisons that say both up and down; of what, need not be known."""
    for report in case.reports:
        for head in _comparisons(report.text):
            spoken = _spoken(report.text, head.end())
            if {1, -1} <= set(spoken.directions):
                words = report.text[head.start() : spoken.end]
                yield Fault(
                    Spot(case.record.file, report.where, words, head.start()),
                    f"正文写“{words}”，一句话里又说增加又说减少，请核对",
                )


def _in_wan(number: str, unit: str) -> Decimal:
    return Decimal(number.replace(",", "")) * TO_WAN[unit]


def differences_are_right(case: Case) -> Iterator[Verdict]:
    """C9: differences and percentages in prose are what the figures come to."""
    is_silent = True
    for change in _changes(case):
        verdict = _recomputed(case, change)
        is_silent = False
        yield verdict
    for verdict in _shares_of_budget(case):
        is_silent = False
        yield verdict
    if is_silent:
        yield Outcome.NOT_APPLICABLE


def _recomputed(case: Case, change: _Change) -> Verdict:
    now, before = change.figure.number, change.before
    assert now is not None  # noqa: S101 - changes are of numbers
    known = before.number if before else None
    others = (change.figure.spot, *((before.spot,) if before else ()))
    if len(change.directions) > 1 or (known is not None and (now - known) * change.direction < 0):
        return Outcome.UNKNOWN  # C10 tells it
    if known is not None and change.amount is not None and change.direction:
        difference = abs(now - known)
        off = abs(difference - change.amount)
        if off:
            assert before is not None  # noqa: S101 - its number is known
            return Fault(
                change.spot,
                f"正文写“{change.spot.quoted}”，按本年 {said(change.figure)}、上年 {said(before)}"
                f"计算是 {plain(difference)} 万元，请核对",
                others,
                "提示" if off <= 2 * ROUNDING else None,
            )
    if change.percent is None or not change.direction:
        return Outcome.HOLDS if known is not None else Outcome.UNKNOWN
    if known is None and change.amount is not None:
        known = now - change.direction * change.amount
        others = (change.figure.spot,)
    if known is None or known <= 0:
        return Outcome.UNKNOWN
    rate = abs(now - known) / known * 100
    # Amounts of two decimals are off by half a cent each; that moves the rate a little.
    slack = Decimal(5).scaleb(-change.places - 1) + ROUNDING / known * 100
    off = abs(rate - change.percent)
    if off <= slack:
        return Outcome.HOLDS
    return Fault(
        change.spot,
        f"正文写“{change.spot.quoted}”，按金额计算是 {plain(round(rate, 2))}%，请核对",
        others,
    )


def _shares_of_budget(case: Case) -> Iterator[Verdict]:
    """完成预算的 97.14%, of 三公经费, where one figure and one budget are known."""
    figures = stated(case, "三公经费")
    budgets = stated(case, "三公预算数")
    now, planned = settled(figures), settled(budgets)
    for report in case.reports:
        facts = [fact for fact in report.facts if fact.indicator == "三公经费"]
        for fact in facts[:1]:
            stop = _STOPS.search(report.text, fact.end)
            end = stop.start() if stop else len(report.text)
            later = [other.start for other in report.facts if fact.end < other.start < end]
            found = _OF_BUDGET.search(report.text, fact.end, min([end, *later]))
            if not found:
                continue
            if now is None or not planned:
                yield Outcome.UNKNOWN
                continue
            percent = Decimal(found["percent"])
            places = len(found["percent"].partition(".")[2])
            rate = now / planned * 100
            slack = Decimal(5).scaleb(-places - 1) + ROUNDING / planned * 100
            if abs(rate - percent) <= slack:
                yield Outcome.HOLDS
            else:
                yield Fault(
                    Spot(case.record.file, report.where, found[0], found.start()),
                    f"正文写“{found[0]}”，按预算 {said(budgets[0])}、决算 {said(figures[0])}"
                    f"计算是 {plain(round(rate, 2))}%，请核对",
                    (figures[0].spot, budgets[0].spot),
                )


def words_fit_figures(case: Case) -> Iterator[Verdict]:
    """C10: 增加, 减少 and 持平 agree with last year's figures."""
    contradictions = list(_contradictions(case))
    yield from contradictions
    is_silent = not contradictions
    for change in _changes(case):
        is_silent = False
        if len(change.directions) > 1:
            yield Outcome.UNKNOWN
            continue
        before, now = change.before, change.figure.number
        if before is None or before.number is None or now is None:
            yield Outcome.UNKNOWN
            continue
        difference = now - before.number
        if (difference > 0) - (difference < 0) == change.direction:
            yield Outcome.HOLDS
            continue
        real = "增加" if difference > 0 else "减少" if difference < 0 else "持平"
        yield Fault(
            change.spot,
            f"正文写{change.figure.indicator}“{change.spot.quoted}”，"
            f"本年 {said(change.figure)}，上年 {said(before)}，应是{real}；请核对",
            (change.figure.spot, before.spot),
            "提示" if abs(difference) <= ROUNDING else None,
        )
    if is_silent:
        yield Outcome.NOT_APPLICABLE


RULES: Mapping[str, Callable[[Case], Iterator[Verdict]]] = {
    "C1": parts_add_up,
    "C2": same_total,
    "C3": cars_add_up,
    "C4": no_cars_no_costs,
    "C5": ticks_fit_last_year,
    "C6": receptions_are_counted,
    "C7": change_is_explained,
    "C8": within_budget,
    "C9": differences_are_right,
    "C10": words_fit_figures,
}
"""id -> the function that asks it."""
