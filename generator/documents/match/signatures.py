"""The lines below a report: who made it and when, in the ways that people set them."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.documents.match.source import SourceRow
from generator.forms.types import BlankType, Date, Mistake

_MOST = 30
"""Characters of the name of a unit."""
_ENDS_SENTENCE = ("。", "；", ";", "，", ",", ".")
_UNIT_ENDS = tuple("局委办院校部会站所府处队馆社团司心厅")
_NEAR = 20
"""Lines from the end in which the signature is looked for."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A stretch of a row that signs: (row, start, end) for each line of the form."""

    stretches: tuple[tuple[int, int, int], ...]

    @property
    def first(self) -> int:
        """The row where the report ends."""
        return min(row for row, _, _ in self.stretches)


def find_signature(types: Sequence[BlankType], rows: Sequence[SourceRow]) -> Signature | None:
    """Where a report is signed. types: of the blanks of the form's lines below it, in order."""
    if not types:
        return None
    right = [number for number, row in enumerate(rows) if row.is_signature]
    last = right[-len(types) :]
    if len(last) == len(types) and last == list(range(last[0], last[0] + len(types))):
        return Signature(tuple((row, 0, len(rows[row].first.text)) for row in last))
    filled = [number for number, row in enumerate(rows) if row.is_line and not row.is_empty]
    for end in range(len(filled), max(0, len(filled) - _NEAR), -1):
        places = filled[max(0, end - len(types)) : end]
        found = _in_order(types, rows, places) or _turned(types, rows, places)
        found = found or _on_one_line(types, rows, filled[end - 1])
        if found:
            return found
    return None


def _in_order(
    types: Sequence[BlankType], rows: Sequence[SourceRow], places: Sequence[int]
) -> Signature | None:
    """A line for each, as drawn."""
    if len(places) != len(types):
        return None
    texts = [rows[place].first.text.strip() for place in places]
    fits = all(
        _is_date(type_, text) if isinstance(type_, Date) else _may_sign(text)
        for type_, text in zip(types, texts, strict=True)
    )
    if not fits or not any(isinstance(type_, Date) for type_ in types):
        return None
    return Signature(tuple((place, *_stretch(rows[place])) for place in places))


def _turned(
    types: Sequence[BlankType], rows: Sequence[SourceRow], places: Sequence[int]
) -> Signature | None:
    """The date above the unit."""
    if len(types) != 2 or len(places) != 2 or not isinstance(types[1], Date):
        return None
    above, below = (rows[place].first.text.strip() for place in places)
    if not _is_date(types[1], above) or not below.endswith(_UNIT_ENDS) or not _may_sign(below):
        return None
    return Signature(tuple((place, *_stretch(rows[place])) for place in reversed(places)))


def _on_one_line(
    types: Sequence[BlankType], rows: Sequence[SourceRow], place: int
) -> Signature | None:
    """Unit and date on one line with space between."""
    if len(types) != 2 or not isinstance(types[1], Date):
        return None
    text = rows[place].first.text
    parts = text.split()
    for count in range(1, min(len(parts), 5)):
        date = text[text.rindex(parts[-count]) :].strip() if count == 1 else ""
        start = len(text.rstrip()) - len(date) if date else -1
        unit = text[:start].strip() if date else ""
        if date and _is_date(types[1], date) and unit.endswith(_UNIT_ENDS) and _may_sign(unit):
            lead = text.index(unit)
            return Signature(((place, lead, lead + len(unit)), (place, start, start + len(date))))
    return None


def _is_date(type_: BlankType, text: str) -> bool:
    try:
        type_.parse(text)
    except Mistake:
        return False
    return True


def _may_sign(text: str) -> bool:
    return len(text) <= _MOST and not text.endswith(_ENDS_SENTENCE)


def _stretch(row: SourceRow) -> tuple[int, int]:
    text = row.first.text
    return len(text) - len(text.lstrip()), len(text.rstrip())
