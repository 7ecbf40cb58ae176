"""The rules that stand in a form's file, asked of a part that is filled by it."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from generator.checks.finding import Fault, Outcome, Spot, Verdict
from generator.errors import Severity
from generator.forms.expression import Expression, NotApplicableError, UnknownError
from generator.forms.form import Form
from generator.forms.rules import Comparison, FormRule
from generator.forms.values import EMPTY, Value
from generator.records.record import Part, Record
from generator.yaml import Where

ROUNDING = Decimal("0.01")
"""What every added term may be off by, as rounded tables are; such a difference is a 提示."""


def ask(rule: FormRule, part: Part, record: Record) -> Iterator[Verdict]:
    """The rule's verdict on a part, or one for every row of the list that it is asked of."""
    if not rule.each:
        yield _verdict(rule, _Filled(part, record, None))
        return
    items = part.rows.get(rule.each, ())
    if not items:
        yield Outcome.NOT_APPLICABLE
    for number in range(len(items)):
        yield _verdict(rule, _Filled(part, record, number))


class _Filled:
    """The values of a part, seen from one row of a list or from none."""

    def __init__(self, part: Part, record: Record, row: int | None) -> None:
        self.part = part
        self.record = record
        self.row = row

    def value(self, name: str) -> Value | tuple[Value, ...]:
        if name in self.part.values:
            return self.part.values[name]
        items = self.part.rows.get(name.partition("/")[0], ())
        if self.row is not None and self.row < len(items) and name in items[self.row]:
            return items[self.row][name]
        return tuple(item.get(name, EMPTY) for item in items)

    def spot(self, name: str) -> Spot:
        keys = name.split("/")
        where: Where = (self.part.key, *keys)
        value = self.value(name)
        if isinstance(value, tuple):
            return Spot(self.record.file, (self.part.key, keys[0]), "")
        if name not in self.part.values and self.row is not None:
            where = (self.part.key, keys[0], self.row, *keys[1:])
        return Spot(self.record.file, where, value.written)


def _verdict(rule: FormRule, filled: _Filled) -> Verdict:
    try:
        if rule.when is not None and not rule.when.value(filled.value):
            return Outcome.NOT_APPLICABLE
        if isinstance(rule.must, Comparison):
            return _compare(rule, rule.must, filled)
        if rule.must.value(filled.value):
            return Outcome.HOLDS
    except UnknownError:
        return Outcome.UNKNOWN
    except NotApplicableError:
        return Outcome.NOT_APPLICABLE
    first, *others = _spots(filled, rule.must, rule.when)
    said = "，".join(
        f"“{_name(spot)}”{f'是“{spot.quoted}”' if spot.quoted else '是空的'}"
        for spot in (first, *others)
    )
    return Fault(first, f"{rule.name}；现在{said}；{rule.advice}", tuple(others))


def _compare(rule: FormRule, comparison: Comparison, filled: _Filled) -> Verdict:
    figure = comparison.figure.value(filled.value)
    other = comparison.other.value(filled.value)
    if not isinstance(figure, Decimal) or not isinstance(other, Decimal):
        return Outcome.UNKNOWN
    if comparison.other.is_rounded:
        places = -int(figure.as_tuple().exponent)
        # 四舍五入, as clerks do: round() would take a half to the even digit.
        other = other.quantize(Decimal(1).scaleb(-max(places, 2)), ROUND_HALF_UP)
        if abs(figure - other) * 2 <= Decimal(1).scaleb(-places):
            return Outcome.HOLDS
    difference = figure - other
    if (
        difference == 0
        or (comparison.relation == "应不大于" and difference < 0)
        or (comparison.relation == "应不小于" and difference > 0)
    ):
        return Outcome.HOLDS
    terms = sum(
        len(value) if isinstance(value, tuple) else 1
        for value in map(filled.value, comparison.other.blanks)
    )
    is_rounding = comparison.relation == "应等于" and abs(difference) <= ROUNDING * max(1, terms)
    severity: Severity | None = "提示" if is_rounding else None
    first, *others = _spots(filled, comparison.figure, comparison.other)
    message = (
        f"“{_name(first)}”是 {plain(figure)}，{comparison.relation} {plain(other)}"
        f"（{rule.name}），相差 {plain(abs(difference))}；"
        f"{'可能是四舍五入，请核对' if is_rounding else rule.advice}"
    )
    return Fault(first, message, tuple(others), severity)


def _spots(filled: _Filled, *expressions: Expression | Comparison | None) -> list[Spot]:
    """The blanks that take part, each once, the empty ones of a sum left out."""
    names: dict[str, None] = {}
    for each in expressions:
        parts = (each.figure, each.other) if isinstance(each, Comparison) else (each,)
        names |= dict.fromkeys(name for part in parts if part for name in part.blanks)
    spots = [filled.spot(name) for name in names]
    return [spot for number, spot in enumerate(spots) if not number or spot.quoted]


def _name(spot: Spot) -> str:
    return "/".join(str(key + 1) if isinstance(key, int) else key for key in spot.where[1:])


def plain(number: Decimal) -> str:
    """A number as people write it: no exponent, no more zeros than it needs."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rules_of(forms: Mapping[str, Form]) -> Iterator[tuple[Form, FormRule]]:
    """Every rule of every form, by the form's name."""
    for name in sorted(forms):
        for rule in forms[name].rules:
            yield forms[name], rule
