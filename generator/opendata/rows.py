"""A record as rows, one for each field: a table that fits all forms.

空, 0 and 不适用 differ in 状态; numbers keep the form in which they were written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from generator.checks.remarks import Marks
from generator.forms.types import Blank, BlankType, Percent, Year
from generator.forms.values import EMPTY, State, Value
from generator.records.record import Part, Record
from generator.yaml import Where

STATES: Mapping[State, str] = {
    State.FILLED: "已填",
    State.EMPTY: "空",
    State.NOT_APPLICABLE: "不适用",
}
ABSENT = "表中无此项"
"""State of a main figure that no table of the record asks for."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose record it is, and of which year."""

    region: str
    """Code."""
    region_name: str
    unit: str
    """Slug."""
    unit_name: str
    year: int

    @property
    def cells(self) -> tuple[str, ...]:
        """The first cells of each of its rows."""
        return self.region, self.region_name, self.unit, self.unit_name, str(self.year)


class FieldRow(NamedTuple):
    """What stands in one field of a record."""

    part: str
    """元数据, 附件3, 审签."""
    form: str
    field: str
    number: int
    """Of the row, in a list whose items are rows, from 1; else 0."""
    written: str
    """As it was written; "" when empty."""
    state: str
    figure: str
    """The number, without a sign of a unit; "" for what is none."""
    unit: str
    """Of the number."""
    marks: tuple[str, ...]
    """Of the remarks on it: 注1."""


def field_rows(record: Record, marks: Marks) -> Iterator[FieldRow]:
    """Every field, part by part in the order of the form, the rows of a list one after another.

    Years are left out: they come from the record's own.
    """
    for part in record.parts:
        done: set[str] = set()
        for name, blank in part.form.blanks.items():
            if isinstance(blank.type, Year):
                continue
            group, _, _ = name.partition("/")
            if not part.form.is_in_rows(name):
                value = part.values.get(name, EMPTY)
                yield _row(part, blank, 0, value, marks, (part.key, *name.split("/")))
            elif group not in done:
                done.add(group)
                yield from _rows_of_list(part, group, marks)


def _rows_of_list(part: Part, group: str, marks: Marks) -> Iterator[FieldRow]:
    blanks = [
        blank
        for name, blank in part.form.blanks.items()
        if name.partition("/")[0] == group and not isinstance(blank.type, Year)
    ]
    for number, item in enumerate(part.rows.get(group, ())):
        for blank in blanks:
            where: Where = (part.key, group, number, *blank.name.split("/")[1:])
            yield _row(part, blank, number + 1, item.get(blank.name, EMPTY), marks, where)


def _row(
    part: Part, blank: Blank, number: int, value: Value, marks: Marks, where: Where
) -> FieldRow:
    figure = f"{value.meaning:f}" if isinstance(value.meaning, Decimal) else ""
    return FieldRow(
        part.key,
        part.form.name,
        blank.name,
        number,
        value.written,
        STATES[value.state],
        figure,
        unit_of(blank.type),
        tuple(dict.fromkeys(mark for _, mark in marks.get(where, ()))),
    )


def unit_of(kind: BlankType) -> str:
    """What a blank's number is counted in; "" when it has no unit, or is none."""
    return "%" if isinstance(kind, Percent) else str(getattr(kind, "unit", ""))
