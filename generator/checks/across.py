"""What must hold between the records of different units: looked for after all are read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.checks.finding import Evidence, Finding, Spot, of_fault
from generator.checks.finding import Fault as _Fault

if TYPE_CHECKING:  # else who only keeps the numbers would load every rule
    from generator.checks.case import Case


@dataclass(frozen=True, slots=True, order=True)
class IndexNumber:
    """A record's 索引号, and where it stands."""

    number: str
    place: Evidence


def index_numbers(case: "Case") -> Iterator[IndexNumber]:
    """The numbers that a record has."""
    for figure in case.filled("索引号"):
        spot = figure.spot
        evidence = of_fault("J2", "错误", _Fault(Spot(spot.file, spot.where, spot.quoted, 0), ""))
        yield IndexNumber(figure.text, evidence.place)


def repeated_numbers(numbers: Iterable[IndexNumber]) -> Iterator[Finding]:
    """An error for each 索引号 that an earlier record has already (J2)."""
    first: dict[str, Evidence] = {}
    for each in sorted(numbers):
        known = first.setdefault(each.number, each.place)
        if known is not each.place:
            yield _repeated(each.place, known)


def seen_from_the_other(finding: Finding) -> Finding:
    """The same, told at the record that has the number, too: only that one may be looked at."""
    place, other = finding.evidence
    return _repeated(other, place)


def _repeated(place: Evidence, other: Evidence) -> Finding:
    message = (
        f"索引号“{place.quoted}”与 {other.path.as_posix()} 的相同，"
        "每份公开信息的索引号只能用一次，请改正后给的一个"
    )
    return Finding("J2", "错误", message, (place, other), place.where)
