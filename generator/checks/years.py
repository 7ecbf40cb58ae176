"""Rules between a record and that of the year before (family K): 上年 figures, and big changes.

Amounts are in 万元. Without last year's record nothing can be told.
Source of the rules: data/RULES.md.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from generator.checks.amounts import name_of, said, settled, stated
from generator.checks.case import Case, Figure
from generator.checks.facts import sentences
from generator.checks.finding import Fault, Outcome, Spot, Verdict
from generator.checks.form_rules import ROUNDING, plain
from generator.errors import Severity
from generator.forms.types import Blank, Money
from generator.forms.values import State, Value
from generator.records.figures import TO_WAN
from generator.records.record import Part

_LAST, _THIS = "上年决算数", "决算数"
"""The columns of a form in which last year's and this year's accounts stand."""
_ITEM_NAME = "项目名称"
_ITEM_NUMBER = re.compile(r"^[(（]?[0-9一二三四五六七八九十]+[)）.、．]\s*|\s+")
_IN_PROSE = (
    "三公经费",
    "因公出国费",
    "公务接待费",
    "公务用车费",
    "公务用车购置费",
    "公务用车运行费",
    "收入合计",
    "支出合计",
    "基本支出",
    "项目支出",
)
_BIG = Decimal(30)
"""Percent of last year's figure."""
_WATCHED: Mapping[str, re.Pattern[str]] = {
    "编制人数": re.compile("编制|人员"),
    "收入合计": re.compile("收入|收支"),
    "支出合计": re.compile("支出|收支"),
    "三公经费": re.compile("三公"),
}
"""indicator -> words by which reports speak of it."""
_REASON = re.compile(
    "原因|由于|因为|因[^公素此而]|主要是|主要系"
    "|(?:比|较|与上年|与去年|同比).{0,30}(?:增加|增长|上升|减少|下降|降低|调整|划转)"
    "|(?:编制|人员)[^，,。]{0,8}(?:划转|划入|划出|转隶|新增|核减|核增|调整)"
)


@dataclass(frozen=True, slots=True)
class _Amount:
    """A figure of one year, as the comparison tells it."""

    number: Decimal
    said: str
    place: str
    """附件1, 附件2正文."""
    spot: Spot


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a record says of last year's account, and what last year's record says."""

    name: str
    """三公经费; what the amount is of."""
    now: _Amount
    before: tuple[_Amount, ...]


def same_as_last_year(case: Case) -> Iterator[Verdict]:
    """K1: last year's accounts as a record gives them are what last year's record gave."""
    is_silent = True
    for claim in _claims(case):
        is_silent = False
        yield _compared(claim, case.year - 1)
    if is_silent:
        yield Outcome.NOT_APPLICABLE


def _claims(case: Case) -> Iterator[_Claim]:
    """What forms say of last year, then what reports say of it."""
    seen = set()
    for part in case.record.parts:
        for claim in _in_columns(case, part):
            seen.add(claim.now.spot.where)
            yield claim
    for indicator in _IN_PROSE:
        before = _known(case.previous, indicator)
        for figure in (*case.filled(f"上年{indicator}"), *_said_of_last_year(case, indicator)):
            if figure.number is None or (not figure.fact and figure.spot.where in seen):
                continue
            now = _Amount(figure.number, said(figure), name_of(figure), figure.spot)
            yield _Claim(indicator, now, before)


def _said_of_last_year(case: Case, indicator: str) -> Iterator[Figure]:
    """Facts in prose of the year before: 上年…, 去年…, or with that year's number."""
    yield from case.prose(f"上年{indicator}")
    for report in case.reports:
        for fact in report.facts:
            if fact.indicator == indicator and fact.year == case.year - 1:
                spot = Spot(case.record.file, report.where, fact.written, fact.start)
                yield Figure(indicator, State.FILLED, fact.number, spot, report.part, fact=fact)


def _known(previous: Case | None, indicator: str) -> tuple[_Amount, ...]:
    if previous is None:
        return ()
    return tuple(
        _Amount(figure.number, said(figure), name_of(figure), figure.spot)
        for figure in stated(previous, indicator)
        if figure.number is not None
    )


def _in_columns(case: Case, part: Part) -> Iterator[_Claim]:
    """What stands in a form's column 上年决算数, rows that repeat included."""
    blanks = part.form.blanks
    for name, blank in blanks.items():
        group, _, column = name.rpartition("/")
        if column != _LAST or f"{group}/{_THIS}" not in blanks:
            continue
        if name not in part.values:
            yield from _in_rows(case, part, group)
            continue
        now = _amount(case, part, blank, part.values[name], *name.split("/"))
        if now is None:
            continue
        same = f"{group}/{_THIS}"
        indicator = blanks[same].indicator
        before = _known(case.previous, indicator) if indicator else ()
        yield _Claim(indicator or group, now, before or _in_same_form(case.previous, part, same))


def _in_same_form(previous: Case | None, part: Part, name: str) -> tuple[_Amount, ...]:
    """A blank of the same form in last year's record."""
    found = []
    for each in previous.record.parts if previous else ():
        if previous and each.form.name == part.form.name and name in each.values:
            amount = _amount(
                previous, each, each.form.blanks[name], each.values[name], *name.split("/")
            )
            found += [amount] if amount else []
    return tuple(found)


def _in_rows(case: Case, part: Part, group: str) -> Iterator[_Claim]:
    """The items of a list, each beside last year's item of the same name."""
    last, this, title = (f"{group}/{key}" for key in (_LAST, _THIS, _ITEM_NAME))
    blanks = part.form.blanks
    if title not in blanks:
        return
    before: dict[str, list[_Amount]] = {}
    for each in case.previous.record.parts if case.previous else ():
        if case.previous and each.form.name == part.form.name:
            for number, item in enumerate(each.rows.get(group, ())):
                amount = _amount(
                    case.previous, each, blanks[this], item[this], group, number, _THIS
                )
                if amount and item[title].written:
                    before.setdefault(_plain_name(item[title].written), []).append(amount)
    for number, item in enumerate(part.rows.get(group, ())):
        now = _amount(case, part, blanks[last], item[last], group, number, _LAST)
        if now and item[title].written:
            name = item[title].written
            yield _Claim(f"“{name}”", now, tuple(before.get(_plain_name(name), ())))


def _plain_name(name: str) -> str:
    """A project's name without its number and spaces."""
    return _ITEM_NUMBER.sub("", name)


def _amount(case: Case, part: Part, blank: Blank, value: Value, *keys: str | int) -> _Amount | None:
    if not isinstance(value.meaning, Decimal) or not isinstance(blank.type, Money):
        return None
    unit = blank.type.unit
    spot = Spot(case.record.file, (part.key, *keys), value.written)
    return _Amount(value.meaning * TO_WAN[unit], f"{value.written} {unit}", part.key, spot)


def _compared(claim: _Claim, year: int) -> Verdict:
    now = claim.now
    if not claim.before:
        return Outcome.UNKNOWN
    if any(each.number == now.number for each in claim.before):
        return Outcome.HOLDS
    before = claim.before[0]
    rounded = _is_rounded(now, claim.before)
    advice = (
        "可能是四舍五入，请核对"
        if rounded
        else "请核对哪一个对，上年的数后来有调整的，请在核对说明里说明"
    )
    return Fault(
        now.spot,
        f"{now.place}写上年{claim.name} {now.said}，{year}年度的记录写 {before.said}，{advice}",
        tuple(each.spot for each in claim.before),
        "提示" if rounded else None,
    )


def _is_rounded(now: _Amount, before: Iterable[_Amount]) -> bool:
    """Whether one of last year's amounts is the same but for its last digits; 0 is exact."""
    digits = now.spot.quoted.partition(".")[2]
    places = len(re.match("[0-9]*", digits)[0])  # type: ignore[index] # matches always
    is_wan = "万元" in now.said
    for each in before:
        if not now.number or not each.number:
            continue
        step = Decimal(1).scaleb(-places)
        if is_wan and each.number.quantize(step, ROUND_HALF_UP) == now.number:
            return True
        if abs(each.number - now.number) <= ROUNDING:
            return True
    return False


def big_changes_have_reasons(case: Case) -> Iterator[Verdict]:
    """K2: who has a third more or less than last year says why."""
    if case.previous is None:
        yield Outcome.UNKNOWN
        return
    for indicator in _WATCHED:
        yield _change(case, case.previous, indicator)


def _change(case: Case, previous: Case, indicator: str) -> Verdict:
    figures, earlier = stated(case, indicator), stated(previous, indicator)
    now, before = settled(figures), settled(earlier)
    if now is None or before is None or before <= 0:
        return Outcome.UNKNOWN
    if indicator != "编制人数" and now > 10 and now > 10 * before:
        return Outcome.UNKNOWN  # B12 tells it
    rate = (now - before) / before * 100
    if abs(rate) <= _BIG or _has_reason(case, indicator):
        return Outcome.HOLDS
    change = "增加" if rate > 0 else "减少"
    percent = plain(round(abs(rate), 1))
    severity: Severity = "提示"
    return Fault(
        figures[0].spot,
        f"{indicator} {said(figures[0])}，{previous.year}年度是 {said(earlier[0])}，"
        f"{change}了 {percent}%，没有写原因；请核对，或在报告里写明原因",
        (earlier[0].spot,),
        severity,
    )


def _has_reason(case: Case, indicator: str) -> bool:
    """Whether a sentence about the indicator, or the one after it, gives a reason of a change."""
    if indicator == "三公经费" and case.filled("三公变化原因"):
        return True
    words = _WATCHED[indicator]
    for passage in case.passages:
        if not words.search(passage.text):
            continue
        is_about = False
        for _, _, sentence in sentences(passage.text):
            was_about, is_about = is_about, bool(words.search(sentence))
            if (is_about or was_about) and _REASON.search(sentence):
                return True
    return False


RULES: Mapping[str, Callable[[Case], Iterator[Verdict]]] = {
    "K1": same_as_last_year,
    "K2": big_changes_have_reasons,
}
"""id -> the function that asks it."""
