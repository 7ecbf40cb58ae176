"""The cells of a form's row beside those of a document's row."""

from collections.abc import Iterator, Sequence
from functools import cache

from rapidfuzz import fuzz

from generator.documents.match.align import ALIKE, SLIP_WORTH, label_likeness
from generator.documents.match.pattern import PatternCell, PatternRow
from generator.documents.match.phrases import read_by_phrases, words_found
from generator.documents.match.source import SourceCell, SourceRow

Pair = tuple[PatternCell, tuple[SourceCell, ...]]
"""A cell of the form and the cell that it is in the document; two for a label that was split."""

_BLANK_WORTH = 0.3
_BELOW_WORTH = 0.1
_LOST_WORTH = -0.35
"""More than a blank is worth: a value stands beside its label."""


def row_worth(pattern: PatternRow, row: SourceRow, year: int | None) -> float:
    """How well two rows fit that are known by their place only; 0 when they do not.

    A row with words of its own needs some of them.
    """
    if pattern.kind == "line" and not row.is_line:
        return 0.0
    worth, pairs = _best_pairs(pattern, row, year)
    if pattern.weight and not any(cell.words and cell.is_first for cell, _ in pairs):
        return 0.0
    return worth


def pair_cells(pattern: PatternRow, row: SourceRow, year: int | None) -> list[Pair]:
    """The best way to lay the cells of two rows side by side.

    year: the record's, where it is known; a label of another year is another label. A value is only
    taken from right behind its label.
    """
    _, pairs = _best_pairs(pattern, row, year)
    places = {id(cell): number for number, cell in enumerate(row.cells)}
    found = {id(cell): sources for cell, sources in pairs}
    kept: list[Pair] = []
    for number, cell in enumerate(pattern.cells):
        sources = found.get(id(cell))
        if sources is None:
            continue
        label = pattern.cells[number - 1] if number else None
        if cell.is_value and label is not None and label.is_label and label.is_first:
            beside = found.get(id(label))
            if beside is None:
                continue
            between = row.cells[places[id(beside[-1])] + 1 : places[id(sources[0])]]
            if any(map(_is_lost, between)):
                continue
        kept.append((cell, sources))
    return kept


def is_label_of(cell: PatternCell, source: SourceCell, year: int | None) -> float:
    """How much a cell is a label of the form: up to 1; 0 when it is of another year."""
    text = source.text
    likeness = label_likeness(cell, text.core)
    if not likeness and len(text.core) >= 4:
        likeness = SLIP_WORTH * fuzz.ratio(cell.words, text.core, score_cutoff=ALIKE) / 100
    if likeness and cell.has_years and year is not None:
        likeness *= all(each == year for each in record_years(cell, text.text))
    return likeness


def record_years(cell: PatternCell, text: str) -> Iterator[int]:
    """The record's year by each year that stands in a text drawn by the cell."""
    for span in read_by_phrases(cell.lines, text).spans:
        written = text[span.start : span.end]
        offset = cell.years.get(span.blank or "")
        if offset is not None and len(written) == 4 and written.isdigit():
            yield int(written) - offset


def _best_pairs(
    pattern: PatternRow, row: SourceRow, year: int | None
) -> tuple[float, tuple[Pair, ...]]:
    cells, sources = pattern.cells, row.cells
    is_repeat = pattern.kind == "repeat"
    labels = frozenset(cell.words for cell in cells if cell.is_label)
    if is_repeat and len(cells) == len(sources):  # as nearly all rows that repeat: side by side
        sides = tuple(zip(cells, sources, strict=True))
        worths = [_worth(cell, (source,), labels, is_repeat, year) for cell, source in sides]
        if all(worth is not None for worth in worths):
            total = sum(worth or 0.0 for worth in worths)
            return total, tuple((cell, (source,)) for cell, source in sides)

    @cache
    def best(i: int, j: int) -> tuple[float, tuple[Pair, ...]]:
        if i == len(cells) or j == len(sources):
            return sum(_LOST_WORTH for each in sources[j:] if _is_lost(each)), ()
        choices = []
        for count in (1, 2):
            beside = sources[j : j + count]
            worth = _worth(cells[i], beside, labels, is_repeat, year)
            if worth is not None and len(beside) == count:
                value, pairs = best(i + 1, j + count)
                choices.append((value + worth, ((cells[i], beside), *pairs)))
        choices.append(best(i + 1, j))
        value, pairs = best(i, j + 1)
        choices.append((value + (_LOST_WORTH if _is_lost(sources[j]) else 0), pairs))
        return max(choices, key=lambda choice: round(choice[0], 6))  # the first of equals

    # From the end, so that a row of any length needs no deep recursion.
    for i in range(len(cells), -1, -1):
        for j in range(len(sources), -1, -1):
            best(i, j)
    return best(0, 0)


def _is_lost(source: SourceCell) -> bool:
    return source.is_first and bool(source.text.text.strip())


def _worth(
    cell: PatternCell,
    sources: Sequence[SourceCell],
    labels: frozenset[str],
    is_repeat: bool,
    year: int | None,
) -> float | None:
    """What it is worth that a cell of the form is these cells; None if it cannot be."""
    if len(sources) == 2:  # a label that was split
        texts = [each.text for each in sources]
        if not cell.is_label or not cell.is_first or not all(text.core for text in texts):
            return None
        return 2 * cell.weight if "".join(text.core for text in texts) == cell.words else None
    source = sources[0]
    text = source.text
    if not cell.is_first:
        if not source.is_first:
            return _BELOW_WORTH
        if cell.is_label and text.core and text.core in cell.words and text.core not in labels:
            return _BELOW_WORTH / 2  # the rest of a label that was split over rows
        return None
    if not source.is_first:
        return _BELOW_WORTH if cell.is_label or is_repeat else None
    if cell.is_empty:
        return None if text.core else _BELOW_WORTH
    if cell.is_label:
        likeness = is_label_of(cell, source, year)
        return 2 * likeness * cell.weight if likeness else None
    if cell.words:
        likeness = words_found(cell.lines, text.folded)
        if likeness > 0.5:
            return 2 * likeness * cell.weight
        return None if text.core or is_repeat else _BLANK_WORTH / 2
    return None if text.core and text.core in labels else _BLANK_WORTH
