"""Rules on the way to the public: reviewed before published (I4), told when changed since (K4).

That the date of publishing is not before the last review is F8 (dates.py).

What a record says of it stands in 审核 and 更正说明. Who reviewed is not asked here.
Source of the rules: 《政府信息公开条例》第十七条 (先审查后公开); data/RULES.md.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from generator.checks.case import Case
from generator.checks.finding import Fault, Outcome, Spot, Verdict
from generator.forms.schema import AUDIT_KEY, CORRECTIONS_KEY
from generator.forms.values import State, Value
from generator.records.review import ROUNDS, Round, content_code, day
from generator.yaml import Where

_REVIEWED = ("已审", "已发布")
_PASSED = "通过"


def reviewed_first(case: Case) -> Iterator[Verdict]:
    """I4: what is reviewed or published has passed three reviews in order, and has its date."""
    status = case.record.review.status
    if status == "已撤回":
        yield _withdrawn(case)
    elif status not in _REVIEWED:
        yield Outcome.NOT_APPLICABLE
    else:
        found = [*_lacking(case), *_out_of_order(case)]
        yield from found
        if not found:
            yield Outcome.HOLDS


def _lacking(case: Case) -> Iterator[Fault]:
    """One fault for everything that is missing of the three reviews and the date."""
    review = case.record.review
    lacking = []
    absent = [each.name for each in review.rounds if not each.outcome and not _is_dated(each.date)]
    if absent:
        lacking.append(f"没有{'、'.join(absent)}")
    lacking += [_lack_of(each) for each in review.rounds if each.name not in absent]
    if review.status == "已发布" and not _is_dated(review.published):
        lacking.append("没有发布日期")
    lacking = [words for words in lacking if words]
    if lacking:
        yield Fault(
            _spot(case, "状态", review.status),
            f"状态是“{review.status}”，但{'，'.join(lacking)}；"
            "应先审查、后公开，请补上，还没有审过的请把状态改回“待审”",
            tuple(_spot(case, name, "") for name in absent),
        )


def _lack_of(each: Round) -> str:
    if each.outcome and each.outcome != _PASSED:
        return f"{each.name}的意见是{each.outcome}"
    if not each.outcome:
        return f"{each.name}没有意见"
    return "" if _is_dated(each.date) else f"{each.name}没有日期"


def _out_of_order(case: Case) -> Iterator[Fault]:
    """A fault for each step that is dated before the one it follows."""
    review = case.record.review
    steps = [(f"{each.name}/日期", each.date) for each in review.rounds]
    dated = [(name, value) for name, value in steps if day(value)]
    for (name, value), (next_name, next_value) in pairwise(dated):
        before, after = day(value), day(next_value)
        if before and after and after < before:
            yield Fault(
                _spot(case, next_name, next_value.written),
                f"{_step(next_name)} {next_value.written} 早于{_step(name)} {value.written}；"
                f"应按{'、'.join(ROUNDS)}的顺序，请核对日期",
                (_spot(case, name, value.written),),
            )


def _withdrawn(case: Case) -> Verdict:
    review = case.record.review
    lacking = []
    if not _is_dated(review.withdrawn):
        lacking.append("撤回日期")
    if not review.withdrawal:
        lacking.append("撤回原因")
    if lacking:
        return Fault(
            _spot(case, "状态", review.status),
            f"状态是“已撤回”，但没有{'和'.join(lacking)}；读者要知道什么时候、为什么撤回，请补上",
        )
    published, withdrawn = day(review.published), day(review.withdrawn)
    if published and withdrawn and withdrawn < published:
        return Fault(
            _spot(case, "撤回日期", review.withdrawn.written),
            f"撤回日期 {review.withdrawn.written} 早于发布日期 {review.published.written}；"
            "请核对日期",
            (_spot(case, "发布日期", review.published.written),),
        )
    return Outcome.HOLDS


def _is_dated(value: Value) -> bool:
    return value.state is State.FILLED


def _step(name: str) -> str:
    """一审日期: as people call the place."""
    return name.replace("/", "")


def _spot(case: Case, name: str, quoted: str) -> Spot:
    where: Where = (AUDIT_KEY, *name.split("/"))
    return Spot(case.record.file, where, quoted)


def changes_are_told(case: Case) -> Iterator[Verdict]:
    """K4: what is published is what was sealed, or its last 更正说明 is of what it is now."""
    review = case.record.review
    if review.status != "已发布":
        yield Outcome.NOT_APPLICABLE
        return
    root = case.record.file.root
    if not isinstance(root, dict):
        yield Outcome.UNKNOWN
        return
    code = content_code(root)
    yield from _corrections_out_of_order(case)
    if review.last_code == code:
        yield Outcome.HOLDS
    elif review.last_code and not _CODE.fullmatch(review.last_code):
        yield Fault(
            _last_code(case),
            f"校验码“{review.last_code}”写得不对：应是 12 个小写字母，中间没有空格；"
            f"内容没有改动过就写 {code}",
        )
    elif not review.last_code:
        yield Fault(
            _spot(case, "校验码", ""),
            f"已发布的记录要有校验码，以后有改动才看得出；请在“{AUDIT_KEY}”下写 校验码: {code}",
        )
    elif review.corrections and not review.corrections[-1].code:
        where: Where = (CORRECTIONS_KEY, len(review.corrections) - 1)
        yield Fault(
            Spot(case.record.file, where, review.corrections[-1].explanation),
            f"公布后内容有改动；请在“{CORRECTIONS_KEY}”的最后一条里写 校验码: {code}",
        )
    else:
        yield Fault(
            _last_code(case),
            f"公布后内容有改动，与校验码 {review.last_code} 不符；请在“{CORRECTIONS_KEY}”里"
            f"加一条：日期、说明、校验码: {code}，不是有意的改动请改回来",
        )


_CODE = re.compile("[a-p]{12}")


def _corrections_out_of_order(case: Case) -> Iterator[Fault]:
    """A fault for each correction that is dated before what it follows."""
    review = case.record.review
    before = day(review.published)
    for number, correction in enumerate(review.corrections):
        at = day(correction.date)
        if before and at and at < before:
            where: Where = (CORRECTIONS_KEY, number, "日期")
            yield Fault(
                Spot(case.record.file, where, correction.date.written),
                f"更正日期 {correction.date.written} 早于发布日期或前一次更正，请核对日期",
            )
        before = at or before


def _last_code(case: Case) -> Spot:
    """Where the code stands that the content should have."""
    review = case.record.review
    for number in reversed(range(len(review.corrections))):
        if review.corrections[number].code:
            where: Where = (CORRECTIONS_KEY, number, "校验码")
            return Spot(case.record.file, where, review.last_code)
    return _spot(case, "校验码", review.last_code)


RULES: Mapping[str, Callable[[Case], Iterator[Verdict]]] = {
    "I4": reviewed_first,
    "K4": changes_are_told,
}
"""id -> the function that asks it."""
