"""Checks of a record that was read without a fault. The table of them is below."""

from collections.abc import Callable, Iterable

from generator.checks.outline import check_outline
from generator.checks.privacy import check_privacy
from generator.errors import Problem
from generator.records.record import Record

CHECKS: tuple[Callable[[Record], Iterable[Problem]], ...] = (
    lambda record: check_privacy(record.file),
    check_outline,
)


def check_record(record: Record) -> list[Problem]:
    """Everything found in one record, sorted by its place."""
    return sorted({problem for check in CHECKS for problem in check(record)})
