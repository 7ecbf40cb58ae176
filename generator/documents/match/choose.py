"""Which forms a document holds: the placements that fit best and do not overlap."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.documents.match.align import Placement, TextIndex, find_form
from generator.documents.match.pattern import pattern_rows
from generator.documents.match.source import SourceRow
from generator.forms.form import Form
from generator.forms.numerals import count

GOOD = 0.6
"""The part of a form's words from which on a placement is taken without asking."""
POOR = 0.25
"""Below this, nothing is said of it."""
_TIE = 0.03
_SHARE = 0.15
"""Forms of which a quick look finds less are not looked for, unless hardly any is left."""
_AT_LEAST = 3
_MOST_ECHO = 3
"""Lines between the heading of a page and the title of the document on it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was found in a document."""

    placements: tuple[Placement, ...]
    """The forms, from top to bottom."""
    doubtful: tuple[tuple[Placement, ...], ...]
    """Places where a person has to say which form it is: the candidates, best first."""


def choose_forms(
    rows: Sequence[SourceRow], forms: Iterable[Form], *, is_named: bool = False
) -> Choice:
    """The forms that a document holds. is_named: a person said that these are the forms."""
    index = TextIndex(rows)
    drawn = [(form, tuple(pattern_rows(form))) for form in forms]
    shares = [(index.share(pattern), form, pattern) for form, pattern in drawn]
    shares.sort(key=lambda each: -each[0])
    found = [
        placement
        for place, (share, form, pattern) in enumerate(shares)
        if share >= _SHARE or place < _AT_LEAST
        for placement in find_form(form, pattern, index)
    ]
    found = [placement for placement in found if placement.score >= POOR]
    found.sort(key=lambda each: (-each.weight * each.score, each.start, each.form.name))
    chosen: list[Placement] = []
    doubtful: list[tuple[Placement, ...]] = []
    for placement in found:
        if any(_overlap(placement, other) for other in (*chosen, *(d[0] for d in doubtful))):
            continue
        others = [
            other
            for other in found
            if other.form is not placement.form and _overlap(placement, other)
        ]
        rivals = [
            other
            for other in others
            if other.score >= placement.score - _TIE
            and other.weight >= placement.weight * (1 - _TIE)
        ]
        if rivals or (placement.score < GOOD and not is_named):
            doubtful.append((placement, *(rivals or others)))
        else:
            chosen.append(placement)
    chosen.sort(key=lambda placement: placement.start)
    below = [*chosen[1:], None] if chosen else []
    chosen = [e for e, other in zip(chosen, below, strict=True) if not _is_echo(e, other, rows)]
    doubtful.sort(key=lambda candidates: candidates[0].start)
    return Choice(tuple(chosen), tuple(doubtful))


def _is_echo(placement: Placement, below: Placement | None, rows: Sequence[SourceRow]) -> bool:
    """Whether it is only a heading of the page that says the title of the form below once more."""
    if below is None or placement.form is not below.form:
        return False
    between = rows[placement.last + 1 : below.start]
    return len(placement.anchors) == 1 and sum(not row.is_empty for row in between) <= _MOST_ECHO


def _overlap(one: Placement, other: Placement) -> bool:
    return one.start <= other.last and other.start <= one.last


_LABEL = re.compile(
    r"\(?附(?:件|表)?\(?([1-9][0-9]?|[一二三四五六七八九]|[二三四五六七八九]?十[一二三四五六七八九]?)\)?"
    r"(?:-[0-9]+)?(?:公开)?\)?:?"
)


def label_above(rows: Sequence[SourceRow], start: int) -> tuple[int, int] | None:
    """The row of a label such as 附件3 right above a form, and its number."""
    place = start - 1
    while place >= 0 and rows[place].is_empty:
        place -= 1
    if place < 0:
        return None
    texts = [cell.text for cell in rows[place].cells if cell.text.core]
    found = _LABEL.fullmatch(texts[0].folded.text) if len(texts) == 1 else None
    if not found:
        return None
    return place, count(found[1])
