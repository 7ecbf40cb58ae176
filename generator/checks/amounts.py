"""Rules on income and spending (family B): sums, table and prose, empty and doubtful amounts.

Sums within one form stand in that form's file. Amounts are in 万元.
Source of the rules: data/RULES.md; 《地方预决算公开操作规程》（财预〔2016〕143号）.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from generator.checks.case import Case, Figure, Report, values_of
from generator.checks.facts import Fact, Section
from generator.checks.finding import Fault, Outcome, Spot, Verdict
from generator.checks.form_rules import ROUNDING, plain
from generator.errors import Severity
from generator.forms.types import Money
from generator.forms.values import State, Value
from generator.records.figures import TO_WAN
from generator.records.record import Part
from generator.yaml import Where

_NOT_IN_GROUPS = frozenset({"追加金额", "结余金额", "预算调整"})
"""Amounts that a tick asks for, which have rules of their own (B4, B5), and those of which the form
crosses out some columns."""
_TEN_THOUSAND = Decimal(10000)
_YEARLY = ("收入合计", "支出合计", "基本支出", "三公经费")
_IN_BOTH = ("支出合计", "基本支出", "项目支出", "三公经费", "收入合计")
_MAX_PLACES = {"元": 2, "万元": 6, "亿元": 10}
"""Decimals of a cent (分), the smallest there is."""
_USUAL_PLACES = 2
_PROJECTS = re.compile(
    r"(?:包括|主要用于|用于|其中|分别为)[^。\n]{0,120}?(?:建设|工程|改造|开发|水利|饮水|道路|维修|修缮|更新|整治|项目)"
    r"[^。；;\n]{0,40}"
)
_BUYING = re.compile(
    r"(?:办公)?(?:设备|用品|家具|资产|物资|电脑|计算机|车辆)[^。，,；;、\n]{0,4}(?:购置|采购)"
    r"|(?:购置|采购)了?[^。，,；;、\n]{0,8}(?:设备|用品|家具|物资|电脑|计算机|车辆)"
    r"|政府采购(?:支出|金额)[^。\n\d]{0,8}(?:0\.0*)?[1-9]"
)
_NO_UNIT = re.compile(
    r"(?:费|经费|支出|收入)(?:总额|决算数|合计)?[为是:：]?[ ]?"
    r"(?P<number>[0-9][0-9,]*+(?:\.[0-9]++)?)(?=[ ]?(?:[,，;；。、(（)）]|\n|$))"
)


# What figures of one indicator say together.


def settled(figures: Iterable[Figure]) -> Decimal | None:
    """The number that all figures say; None when there is none, or when they disagree."""
    numbers = {each.number for each in figures if each.number is not None}
    return numbers.pop() if len(numbers) == 1 else None


def stated(case: Case, indicator: str) -> tuple[Figure, ...]:
    """What forms and reports say of an indicator in numbers, forms first."""
    if indicator not in case.stated:
        figures = (*_in_tables(case, indicator), *case.prose(indicator))
        case.stated[indicator] = tuple(each for each in figures if each.number is not None)
    return case.stated[indicator]


def name_of(figure: Figure) -> str:
    """Where a figure stands, as editors call it."""
    return f"{figure.part.key}正文" if figure.fact else figure.part.key


def said(figure: Figure) -> str:
    """A figure as it is written, with its unit."""
    if figure.fact:
        return figure.spot.quoted
    type_ = figure.blank.type if figure.blank else None
    unit = getattr(type_, "unit", "")
    return f"{figure.spot.quoted} {unit}".strip()


def agree(case: Case, indicator: str) -> Iterator[Verdict]:
    """All figures of an indicator, in forms and reports, say the same number.

    One Fault for all that differ, at the first figure (a form's, if one has it).
    """
    figures = stated(case, indicator)
    if not figures:
        yield Outcome.NOT_APPLICABLE
        return
    if len(figures) == 1:
        yield Outcome.UNKNOWN
        return
    first, *others = figures
    differing = [each for each in others if each.number != first.number]
    if not differing:
        yield Outcome.HOLDS
        return
    rounded = all(_is_rounding(first, each) for each in differing)
    listed = "、".join(f"{name_of(each)}写 {said(each)}" for each in _distinct(differing))
    advice = "可能是四舍五入，请核对" if rounded else "请核对哪一个对，或在核对说明里说明"
    yield Fault(
        first.spot,
        f"{name_of(first)}写{indicator} {said(first)}，{listed}，{advice}",
        tuple(each.spot for each in differing),
        "提示" if rounded else None,
    )


def adds_up(case: Case, total: str, terms: Sequence[str | tuple[str, ...]]) -> Iterator[Verdict]:
    """In each report that states a total in prose, it is the sum of the terms it states.

    A term may be a choice: the first indicator, or else the sum of the others.
    """
    found = False
    for report in case.reports:
        facts = _first_facts(case, report)
        if total not in facts:
            continue
        found = True
        whole = facts[total]
        parts = [_term(facts, each) for each in terms]
        known = [figure for part in parts for figure in part]
        numbers = [each.number for each in known if each.number is not None]
        added = sum(numbers, Decimal(0))
        assert whole.number is not None  # noqa: S101 - of facts that are numbers
        difference = whole.number - added
        if not known or (difference > 0 and not all(parts)):
            yield Outcome.UNKNOWN
        elif difference == 0:
            yield Outcome.HOLDS if all(parts) else Outcome.UNKNOWN
        else:
            is_rounding = abs(difference) <= ROUNDING * len(known)
            listed = "、".join(f"{each.indicator} {said(each)}" for each in known)
            advice = "可能是四舍五入，请核对" if is_rounding else "请核对总数和各项"
            yield Fault(
                whole.spot,
                f"{name_of(whole)}写{total} {said(whole)}，各项相加是 {plain(added)} 万元"
                f"（{listed}），{advice}",
                tuple(each.spot for each in known),
                "提示" if is_rounding else None,
            )
    if not found:
        yield Outcome.NOT_APPLICABLE


def _term(facts: Mapping[str, Figure], term: str | tuple[str, ...]) -> list[Figure]:
    if isinstance(term, str):
        return [facts[term]] if term in facts else []
    first, *others = term
    if first in facts:
        return [facts[first]]
    return [facts[each] for each in others if each in facts]


def _first_facts(case: Case, report: Report) -> Mapping[str, Figure]:
    """indicator -> the first number that a report states of it, of the record's year."""
    return case.first_said[report.where]


def _in_tables(case: Case, indicator: str) -> Iterator[Figure]:
    """A form's figures, but not 基本支出 and 项目支出 that do not add up to its 支出合计.

    Some forms have these by their budget: they are no account of what was spent.
    """
    for figure in case.filled(indicator):
        if indicator not in ("基本支出", "项目支出") or not _is_of_budget(case, figure.part):
            yield figure


def _is_of_budget(case: Case, part: Part) -> bool:
    if any(rule.id == "B2" for rule in part.form.rules):
        return False  # the form's own rule asks that they add up
    total, basic, projects = (
        settled(each for each in case.filled(name) if each.part is part)
        for name in ("支出合计", "基本支出", "项目支出")
    )
    if total is None or basic is None or projects is None:
        return False
    return abs(basic + projects - total) > 2 * ROUNDING


def _distinct(figures: Iterable[Figure]) -> list[Figure]:
    return list({(name_of(each), said(each)): each for each in figures}.values())


def _is_rounding(one: Figure, other: Figure) -> bool:
    """Whether two amounts differ as a rounded one does from the exact one; 0 is exact."""
    a, b = one.number, other.number
    if not a or not b or not (_is_money(one) and _is_money(other)):
        return False
    coarse = max(_step(one), _step(other)) / 2
    return abs(a - b) <= max(ROUNDING, min(coarse, min(abs(a), abs(b)) / 1000))


def _is_money(figure: Figure) -> bool:
    if figure.fact:
        return figure.fact.unit in TO_WAN
    return figure.blank is not None and isinstance(figure.blank.type, Money)


def _step(figure: Figure) -> Decimal:
    """What the last digit of an amount as written is worth, in 万元."""
    unit = "万元"
    if figure.fact:
        unit = figure.fact.unit
    elif figure.blank and isinstance(figure.blank.type, Money):
        unit = figure.blank.type.unit
    found = re.search(r"\.([0-9]+)", figure.spot.quoted)
    return TO_WAN.get(unit, Decimal(1)).scaleb(-len(found[1]) if found else 0)


# The rules.


def report_adds_up(case: Case) -> Iterator[Verdict]:
    """B2: 支出合计 of a report is its 基本支出 and 项目支出 together."""
    yield from adds_up(case, "支出合计", ("基本支出", "项目支出"))


def spending_within_income(case: Case) -> Iterator[Verdict]:
    """B3: 支出合计 is not above 收入合计 and 上年结转 together."""
    spending, income = stated(case, "支出合计"), stated(case, "收入合计")
    spent, received = settled(spending), settled(income)
    carried = stated(case, "上年结转")
    before = settled(carried)
    if spent is None or received is None or (carried and before is None):
        yield Outcome.UNKNOWN
    elif spent - received - (before or 0) <= 2 * ROUNDING:
        yield Outcome.HOLDS
    else:
        more = f"加上年结转 {said(carried[0])}" if carried else "，也没有写上年结转"
        yield Fault(
            spending[0].spot,
            f"支出合计 {said(spending[0])}，多于收入合计 {said(income[0])}{more}；"
            "请核对，或在核对说明里写明钱从哪里来",
            (income[0].spot, *(each.spot for each in carried[:1])),
        )


def surplus_fits(case: Case) -> Iterator[Verdict]:
    """B4: 结余 is 收入 and 上年结转 less 支出; who has none has spent all of it."""
    answers = case.filled("结余")
    if not answers:
        yield Outcome.UNKNOWN if case.table("结余") else Outcome.NOT_APPLICABLE
    for answer in answers:
        yield _surplus(case, answer)


def _surplus(case: Case, answer: Figure) -> Verdict:
    income, spending, amounts = (
        [each for each in case.filled(name) if each.part is answer.part]
        for name in ("收入合计", "支出合计", "结余金额")
    )
    received, spent, amount = settled(income), settled(spending), settled(amounts)
    if received is None or spent is None:
        return Outcome.UNKNOWN
    carried = stated(case, "上年结转")
    brought = settled(carried) or Decimal(0)
    left = received + brought - spent
    sums = (income[0].spot, spending[0].spot, *(each.spot for each in carried[:1]))
    before = f"、上年结转 {said(carried[0])}" if carried else ""
    counted = f"收入合计 {said(income[0])}{before}，支出合计 {said(spending[0])}"
    if answer.text == "否":
        if amount or left <= 2 * ROUNDING:
            return Outcome.HOLDS  # an amount beside 否 is told by the form's own rule
        return Fault(
            answer.spot,
            f"{counted}，还剩 {plain(left)} 万元，“{answer.spot.where[-1]}”却选了“否”；"
            "请核对收入、支出和有没有结余",
            sums,
        )
    if amount is None:
        return Outcome.UNKNOWN
    off = abs(amount - left)
    if off == 0:
        return Outcome.HOLDS
    if off <= 3 * ROUNDING:
        severity: Severity | None = "提示"
    else:
        # What was carried over may not be written anywhere.
        severity = None if carried or amount < left else "警告"
    advice = "可能是四舍五入，请核对" if severity == "提示" else "请核对"
    return Fault(
        amounts[0].spot,
        f"结余金额写 {said(amounts[0])}，{counted}，应是 {plain(left)} 万元；{advice}"
        + ("，有上年结转的请写明" if severity == "警告" else ""),
        sums,
        severity,
    )


def no_gaps(case: Case) -> Iterator[Verdict]:
    """B6: an amount beside filled ones is filled too: a number, 0, or 不适用."""
    for part in case.record.parts:
        groups: dict[Where, list[tuple[Where, Value]]] = {}
        for where, value in _amounts(part, skip=_NOT_IN_GROUPS):
            groups.setdefault(where[:-1], []).append((where, value))
        if not groups:
            continue
        empty = [
            Spot(case.record.file, where, "")
            for group in groups.values()
            if any(value.state is State.FILLED for _, value in group)
            for where, value in group
            if value.state is State.EMPTY
        ]
        if empty:
            names = "、".join(_names(empty[:6]))
            count = f"等 {len(empty)} 项" if len(empty) > 6 else ""
            yield Fault(
                empty[0],
                f"{part.key}的{names}{count}是空的，看不出是 0 还是没有填；"
                "请填金额，没有发生填 0，不涉及填“不适用”",
                tuple(empty[1:]),
            )
        elif any(value.state is State.FILLED for group in groups.values() for _, value in group):
            yield Outcome.HOLDS
        else:
            yield Outcome.UNKNOWN


def _names(spots: Sequence[Spot]) -> list[str]:
    """The last words of places, or all words where columns of a table would look alike."""
    short = [str(spot.where[-1]) for spot in spots]
    if len(set(short)) == len(short) and not any(name.endswith("数") for name in short):
        return short
    return [spot.label.partition("/")[2] for spot in spots]


def within_total(case: Case) -> Iterator[Verdict]:
    """B7: 三公经费 in prose is not above 支出合计 in the same report."""
    for report in case.reports:
        facts = _first_facts(case, report)
        total, three = facts.get("支出合计"), facts.get("三公经费")
        if not total or not three or total.number is None or three.number is None:
            yield Outcome.UNKNOWN
        elif three.number <= total.number:
            yield Outcome.HOLDS
        else:
            yield Fault(
                three.spot,
                f"三公经费 {said(three)}，多于支出合计 {said(total)}；"
                "三公经费是支出的一部分，请核对金额和单位",
                (total.spot,),
            )


def same_spending(case: Case) -> Iterator[Verdict]:
    """B8: 支出合计 is the same in the table and in the report."""
    yield from agree(case, "支出合计")


def same_basic(case: Case) -> Iterator[Verdict]:
    """B9: 基本支出 is the same in the table and in the report."""
    yield from agree(case, "基本支出")


def same_projects(case: Case) -> Iterator[Verdict]:
    """B10: 项目支出 is the same in the table and in the report."""
    yield from agree(case, "项目支出")


def units_in_prose(case: Case) -> Iterator[Verdict]:
    """B11: every amount in prose has its unit, and one section keeps to 元 or to 万元."""
    for report in case.reports:
        groups: dict[int, tuple[Section, list[Fact]]] = {}
        for fact in report.facts:
            section = innermost(report, fact.start)
            if section and fact.unit in TO_WAN:
                groups.setdefault(section.start, (section, []))[1].append(fact)
        if not groups:
            yield Outcome.UNKNOWN
        for section, facts in groups.values():
            yield _units_in_section(case, report, section, facts)


def innermost(report: Report, offset: int) -> Section | None:
    """The smallest section around a place in a report."""
    around = [each for each in report.sections if each.start <= offset < each.end]
    return min(around, key=lambda each: each.end - each.start, default=None)


def _units_in_section(
    case: Case, report: Report, section: Section, facts: Sequence[Fact]
) -> Verdict:
    in_yuan = [fact for fact in facts if fact.unit == "元"]
    in_wan = [fact for fact in facts if fact.unit != "元"]
    if in_yuan and in_wan:
        shown = "、".join(dict.fromkeys(fact.written for fact in facts))
        first, other = (
            Spot(case.record.file, report.where, fact.written, fact.start)
            for fact in (in_yuan[0], in_wan[0])
        )
        return Fault(
            first,
            f"同一段里元和万元混用（{shown}），读者容易看错；请统一换算成万元",
            (other,),
            None if any(fact.number for fact in in_yuan) else "提示",  # 0 is 0 in any unit
        )
    if bare := _NO_UNIT.search(report.text, section.start, section.end):
        number = Spot(case.record.file, report.where, bare["number"], bare.start("number"))
        return Fault(number, f"“{bare[0]}”没有写单位，请写明是元还是万元")
    return Outcome.HOLDS


def plausible_size(case: Case) -> Iterator[Verdict]:
    """B12: no amount is 10 000 times what prose says, or above ten times last year's."""
    for indicator in _IN_BOTH:
        tables, facts = case.filled(indicator), case.prose(indicator)
        for figure in tables:
            others = [fact for fact in facts if _is_ten_thousand(figure.number, fact.number)]
            if others:
                yield Fault(
                    figure.spot,
                    f"{name_of(figure)}写{indicator} {said(figure)}，{name_of(others[0])}写 "
                    f"{said(others[0])}，正好差一万倍；请核对是不是元和万元写错了",
                    (others[0].spot,),
                )
            elif figure.number is not None and settled(facts) is not None:
                yield Outcome.HOLDS
    yield from _against_last_year(case)


def _against_last_year(case: Case) -> Iterator[Verdict]:
    for indicator in _YEARLY:
        figures = stated(case, indicator)
        before = last_year(case, indicator)
        now = settled(figures)
        if now is None or before is None:
            yield Outcome.UNKNOWN
        elif before.number and now > 10 and now > 10 * before.number:
            yield Fault(
                figures[0].spot,
                f"{indicator} {said(figures[0])}，上年是 {said(before)}，多了十倍以上；"
                "请核对单位是不是万元，或在核对说明里写明原因",
                (before.spot,),
            )
        else:
            yield Outcome.HOLDS


def last_year(case: Case, indicator: str) -> Figure | None:
    """The year before's figure: from that year's record, or as this one states it."""
    for figures in (
        stated(case.previous, indicator) if case.previous else (),
        stated(case, f"上年{indicator}"),
    ):
        if settled(figures) is not None:
            return figures[0]
    return None


def _is_ten_thousand(one: Decimal | None, other: Decimal | None) -> bool:
    if not one or not other:
        return False
    ratio = max(one, other) / min(one, other)
    return abs(ratio - _TEN_THOUSAND) < 10


def well_formed(case: Case) -> Iterator[Verdict]:
    """B13: amounts are not negative, have no more decimals than a cent, and usually two."""
    for part in case.record.parts:
        faults: list[Fault] = []
        fine: list[Spot] = []
        seen = False
        for blank, money in part.form.amounts:
            unit = money.unit
            for where, value in values_of(part, blank):
                if not isinstance(value.meaning, Decimal):
                    continue
                seen = True
                spot = Spot(case.record.file, where, value.written)
                places = -int(value.meaning.as_tuple().exponent)
                # An adjustment of the budget may go down; 结余 of the year may be negative.
                if value.meaning < 0 and "调整" not in blank.name and "结余" not in blank.name:
                    faults.append(
                        Fault(spot, f"{where[-1]}是 {value.written}，金额不能是负数，请核对")
                    )
                elif places > _MAX_PLACES.get(unit, 6):
                    faults.append(
                        Fault(spot, f"{where[-1]}是 {value.written} {unit}，比一分钱还细，请核对")
                    )
                elif places > _USUAL_PLACES and not _is_sheet(part):
                    fine.append(spot)
        yield from faults
        if fine:
            yield Fault(
                fine[0],
                f"{part.key}的 {fine[0].quoted} 保留了两位以上小数；公开的金额一般保留两位小数，"
                "请统一",
                tuple(fine[1:]),
                "提示",
            )
        if seen and not faults and not fine:
            yield Outcome.HOLDS


def _is_sheet(part: Part) -> bool:
    """Whether a part is a project's own sheet, which gives amounts to the cent."""
    return any(blank.indicator == "项目执行数" for blank in part.form.blanks.values())


def no_projects_described(case: Case) -> Iterator[Verdict]:
    """B14: where 项目支出 is 0, the report does not describe projects it was spent on."""
    figures = stated(case, "项目支出")
    amount = settled(figures)
    if amount is None:
        yield Outcome.UNKNOWN
        return
    if amount:
        yield Outcome.NOT_APPLICABLE
        return
    is_silent = True
    for report in case.reports:
        section = report.section("项目支出")
        if not section:
            continue
        is_silent = False
        found = _PROJECTS.search(report.text, section.start, section.end)
        if found:
            yield Fault(
                Spot(case.record.file, report.where, found[0], found.start()),
                f"项目支出是 {said(figures[0])}，正文却写着“{_short(found[0])}”；"
                "没有项目支出请删去这段说明，有就请核对金额",
                (figures[0].spot,),
            )
        else:
            yield Outcome.HOLDS
    if is_silent:
        yield Outcome.UNKNOWN


def sheets_for_projects(case: Case) -> Iterator[Verdict]:
    """B15: 项目支出 has at least one project sheet, and the sheets' sum is not above it."""
    figures = stated(case, "项目支出")
    amount = settled(figures)
    if amount is None:
        yield Outcome.UNKNOWN
        return
    if not amount:
        yield Outcome.NOT_APPLICABLE
        return
    sheets = case.table("项目执行数")
    numbers = [each.number for each in sheets if each.number is not None]
    total = sum(numbers, Decimal(0))
    if not sheets:
        yield Fault(
            figures[0].spot,
            f"项目支出 {said(figures[0])}，却没有一张项目支出绩效自评表；"
            "另外公开的，可在核对说明里写明在哪里",
            severity="提示",  # most counties publish the sheets on pages of their own
        )
    elif not numbers:
        yield Outcome.UNKNOWN
    elif total - amount <= ROUNDING * len(numbers):
        yield Outcome.HOLDS
    else:
        yield Fault(
            figures[0].spot,
            f"项目支出 {said(figures[0])}，各项目自评表的执行数相加是 {plain(total)} 万元，"
            "多于项目支出；请核对，或在核对说明里说明",
            tuple(each.spot for each in sheets if each.number is not None),
        )


def ticks_without_income(case: Case) -> Iterator[Verdict]:
    """B16: without 非税收入, the questions about it are answered 不适用."""
    for figure in case.table("非税收入"):
        if figure.number:
            yield Outcome.NOT_APPLICABLE
            continue
        answers = [
            each
            for name in ("非税完成", "收支两条线")
            for each in case.filled(name)
            if each.part is figure.part and each.text == "是"
        ]
        if not answers:
            yield Outcome.HOLDS
            continue
        names = "、".join(f"“{each.spot.where[-1]}”" for each in answers)
        amount = "没有填" if figure.state is State.EMPTY else f"是 {figure.spot.quoted}"
        yield Fault(
            answers[0].spot,
            f"非税收入{amount}，{names}却选了“是”；没有非税收入请改成“不适用”，有就请填写金额",
            (figure.spot, *(each.spot for each in answers[1:])),
        )


def purchases_are_planned(case: Case) -> Iterator[Verdict]:
    """B17: who buys has a plan for it, and who has a plan says the amount."""
    answers = case.filled("采购计划")
    if not answers:
        yield Outcome.UNKNOWN
    amounts = stated(case, "政府采购金额")
    for answer in answers:
        if answer.text == "是":
            if amounts:
                yield Outcome.HOLDS
            else:
                yield Fault(
                    answer.spot,
                    "制定了政府采购计划，却没有写政府采购金额；请在报告里写明金额（没有发生写 0）",
                    severity="提示",
                )
            continue
        bought = [each for each in amounts if each.number]
        evidence = [(said(each), each.spot) for each in bought[:1]] or list(_purchases(case))
        if evidence:
            words, spot = evidence[0]
            yield Fault(
                answer.spot,
                f"政府采购计划选了“否”，却写着“{_short(words)}”；请核对有没有采购计划，并写明采购"
                "金额；不在政府采购范围的，请在核对说明里说明",
                (spot,),
            )
        else:
            yield Outcome.HOLDS if case.reports else Outcome.UNKNOWN


def _purchases(case: Case) -> Iterator[tuple[str, Spot]]:
    for report in case.reports:
        if found := _BUYING.search(report.text):
            yield found[0], Spot(case.record.file, report.where, found[0], found.start())


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"


def _amounts(part: Part, skip: frozenset[str]) -> Iterator[tuple[Where, Value]]:
    for blank, _ in part.form.amounts:
        if blank.indicator not in skip:
            yield from values_of(part, blank)


RULES: Mapping[str, Callable[[Case], Iterator[Verdict]]] = {
    "B2": report_adds_up,
    "B3": spending_within_income,
    "B4": surplus_fits,
    "B6": no_gaps,
    "B7": within_total,
    "B8": same_spending,
    "B9": same_basic,
    "B10": same_projects,
    "B11": units_in_prose,
    "B12": plausible_size,
    "B13": well_formed,
    "B14": no_projects_described,
    "B15": sheets_for_projects,
    "B16": ticks_without_income,
    "B17": purchases_are_planned,
}
"""id -> the function that asks it."""
