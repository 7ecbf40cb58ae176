"""Rules on staff and cars as counted (family D).

What one form has of it (超编, 控制率) stands in that form's file.
Source of the rules: data/RULES.md.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from generator.checks.amounts import agree, name_of, said, settled, stated
from generator.checks.case import Case, Figure
from generator.checks.finding import Fault, Outcome, Spot, Verdict

_KINDS = "行政|事业|工勤|参公|参照公务员|全额|差额|自收自支|政法专项|机关"
_PARTS = re.compile(
    rf"[人名个]?(?:[，,（(:：]|其中|分别为?)+"
    rf"(?P<list>(?:(?:{_KINDS})[^0-9。；;，,、\n]{{0,8}}[0-9]+[ ]?[人名个](?:[，,、和及])?){{2,}})"
)
_NUMBER = re.compile("[0-9]+")


def same_staff(case: Case) -> Iterator[Verdict]:
    """D2: 编制人数 and 实有人数 are the same in the table and in the report."""
    for indicator in ("编制人数", "实有人数"):
        listed = _as_parts(case, indicator)
        if listed:
            yield listed
        else:
            yield from agree(case, indicator)


def _as_parts(case: Case, indicator: str) -> Outcome | None:
    """What to say where prose lists units below, or kinds of staff; None where it does not."""
    figures = stated(case, indicator)
    if not figures or figures[0].fact:
        return None
    whole = figures[0].number or Decimal(0)
    numbers = [each.number or Decimal(0) for each in figures[1:]]
    parts = [each for each in numbers if each != whole]
    if len(parts) < 2 or not all(each < whole for each in parts):
        return None
    if whole in numbers or sum(parts) == whole:
        return Outcome.HOLDS
    return Outcome.UNKNOWN if sum(parts) < whole else None


def cars_within_quota(case: Case) -> Iterator[Verdict]:
    """D4: there are not more cars than the quota (编制) has."""
    quota, cars = stated(case, "车辆编制"), stated(case, "车辆实有")
    allowed, present = settled(quota), settled(cars)
    if allowed is None or present is None:
        yield Outcome.UNKNOWN
    elif present <= allowed:
        yield Outcome.HOLDS
    else:
        yield Fault(
            cars[0].spot,
            f"公务用车实有 {said(cars[0])}，多于编制 {said(quota[0])}；"
            "请核对，或在核对说明里写明原因",
            (quota[0].spot,),
        )


def whole_people(case: Case) -> Iterator[Verdict]:
    """D5: staff is counted in whole numbers, and the parts that prose lists add up to it."""
    for indicator in ("编制人数", "实有人数"):
        figures = stated(case, indicator)
        if not figures:
            yield Outcome.UNKNOWN
        for figure in figures:
            yield _whole(case, figure)


def _whole(case: Case, figure: Figure) -> Verdict:
    number = figure.number
    assert number is not None  # noqa: S101 - of figures that are numbers
    if number < 0 or number != number.to_integral_value():
        what = f"{name_of(figure)}写{figure.indicator} {said(figure)}"
        return Fault(figure.spot, f"{what}，人数应是整数，请核对")
    if figure.fact is None:
        return Outcome.HOLDS
    text = next(each.text for each in case.reports if each.part is figure.part)
    found = _PARTS.match(text, figure.fact.end)
    if not found:
        return Outcome.HOLDS
    listed = found["list"].rstrip("，,、和及")
    total = sum(int(each) for each in _NUMBER.findall(listed))
    if total == number:
        return Outcome.HOLDS
    return Fault(
        figure.spot,
        f"{figure.indicator} {said(figure)}，分项“{listed}”相加是 {total} 人；请核对",
        (Spot(case.record.file, figure.spot.where, listed, found.start("list")),),
        # Fewer than all may be listed.
        None if total > number else "警告",
    )


RULES: Mapping[str, Callable[[Case], Iterator[Verdict]]] = {
    "D2": same_staff,
    "D4": cars_within_quota,
    "D5": whole_people,
}
"""id -> the function that asks it."""
