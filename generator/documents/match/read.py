"""Reading a form where it was found: which row and cell of the document fills which blank."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz

from generator.documents.match.align import Placement, label_likeness
from generator.documents.match.pattern import PatternCell, PatternRow
from generator.documents.match.phrases import Span, read_by_phrases, words_found
from generator.documents.match.source import SourceCell, SourceRow, SourceText
from generator.forms.form import Form
from generator.forms.types import Date, Mistake


@dataclass(frozen=True, slots=True)
class Filled:
    """A blank as the document fills it."""

    text: str
    source: SourceText
    is_sure: bool = True
    """All the words around it were there."""


@dataclass
class Reading:
    """A form read out of a document."""

    form: Form
    score: float
    values: dict[str, Filled] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Filled]]] = field(default_factory=dict)
    """list's name -> its items: blank's name -> how it is filled."""


def read_placement(placement: Placement, rows: Sequence[SourceRow], stop: int) -> Reading:
    """Read a form. stop: the row of the document where something else begins."""
    return _Reader(placement, rows, stop).read()


class _Reader:
    """Goes from anchor to anchor and shares out the rows between them."""

    def __init__(self, placement: Placement, rows: Sequence[SourceRow], stop: int) -> None:
        self.pattern = placement.pattern
        self.rows = rows
        self.stop = stop
        self.start = placement.start
        self.anchors = [
            (number, place)
            for number, place in placement.anchors
            if placement.pattern[number].kind != "heading"
        ]
        self.reading = Reading(placement.form, placement.score)

    def read(self) -> Reading:
        """Everything that can be read."""
        above = (-1, self.start - 1)
        for below in [*self.anchors, (len(self.pattern), self.stop)]:
            self._between(above, below)
            if below[0] < len(self.pattern):
                self._row(self.pattern[below[0]], self.rows[below[1]])
            above = below
        return self.reading

    def _between(self, above: tuple[int, int], below: tuple[int, int]) -> None:
        pattern = list(self.pattern[above[0] + 1 : below[0]])
        if above[0] >= 0 and self.pattern[above[0]].kind == "repeat":
            pattern.insert(0, self.pattern[above[0]])  # its first item was known by a label
        rows = list(self.rows[above[1] + 1 : below[1]])
        stretchy = next((row for row in pattern if row.kind in ("report", "repeat")), None)
        if stretchy is None:
            self._in_order(pattern, [row for row in rows if row.is_signature or not row.is_empty])
            return
        place = pattern.index(stretchy)
        before = [row for row in pattern[:place] if not row.weight]
        after = [row for row in pattern[place + 1 :] if row.kind != "heading" and not row.weight]
        if stretchy.kind == "report":
            self._report(stretchy, after, rows)
        else:
            filled = [row for row in rows if not row.is_empty and not row.is_line]
            stop = max(0, len(filled) - len(after))
            self._in_order(before, filled[: len(before)])
            for row in filled[len(before) : stop]:
                self._row(stretchy, row)
            self._in_order(after, filled[max(stop, len(before)) :])

    def _in_order(self, pattern: Sequence[PatternRow], rows: Sequence[SourceRow]) -> None:
        """Rows that are known by their place only: the best way to pair them, downwards."""
        fitting = [row for row in pattern if row.kind in ("line", "row")]
        if not fitting or not rows or len(fitting) * len(rows) > 10_000:
            return
        best = [[0.0] * (len(rows) + 1) for _ in range(len(fitting) + 1)]
        for i in range(len(fitting) - 1, -1, -1):
            for j in range(len(rows) - 1, -1, -1):
                worth = _row_worth(fitting[i], rows[j])
                paired = best[i + 1][j + 1] + worth if worth > 0 else 0.0
                best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
        i = j = 0
        while i < len(fitting) and j < len(rows):
            worth = _row_worth(fitting[i], rows[j])
            if worth > 0 and best[i][j] == best[i + 1][j + 1] + worth:
                self._row(fitting[i], rows[j])
                i, j = i + 1, j + 1
            elif best[i][j] == best[i + 1][j]:
                i += 1
            else:
                j += 1

    # --- reports ---

    def _report(
        self, report: PatternRow, after: Sequence[PatternRow], rows: Sequence[SourceRow]
    ) -> None:
        """The lines of a report, up to the signatures below it; tables in it are not understood."""
        first = next((n for n, row in enumerate(rows) if not row.is_empty), len(rows))
        signatures = self._signatures(after, rows)
        stop = signatures[0] if signatures else len(rows)
        lines = [row for row in rows[first:stop] if row.is_line]
        while lines and lines[-1].is_empty:
            lines.pop()
        if lines:
            for line in lines:
                line.first.spans.append(Span(0, len(line.first.text), _blank_of(report)))
                line.first.is_taken = True
            text = "\n".join(line.first.text for line in lines)
            self._fill(_blank_of(report), text.strip(), lines[0].first, is_sure=True)
        for row, place in zip(after, signatures, strict=False):
            self._row(row, rows[place])

    def _signatures(self, after: Sequence[PatternRow], rows: Sequence[SourceRow]) -> list[int]:
        """The rows of the lines below a report: those set right, else a unit above a date."""
        if not after:
            return []
        right = [number for number, row in enumerate(rows) if row.is_signature]
        last = right[-len(after) :]
        if len(last) == len(after) and last == list(range(last[0], last[0] + len(after))):
            return last
        filled = [number for number, row in enumerate(rows) if row.is_line and not row.is_empty]
        for end in range(len(filled), len(after) - 1, -1):
            places = filled[end - len(after) : end]
            if self._are_signatures(after, [rows[place] for place in places]):
                return places
        return []

    def _are_signatures(self, after: Sequence[PatternRow], rows: Sequence[SourceRow]) -> bool:
        has_date = False
        for pattern, row in zip(after, rows, strict=True):
            text = row.first.text.strip()
            blank = self.reading.form.blanks[_blank_of(pattern)]
            if isinstance(blank.type, Date):
                try:
                    blank.type.parse(text)
                except Mistake:
                    return False
                has_date = True
            elif len(text) > _MOST_SIGNATURE or text.endswith(_ENDS_SENTENCE):
                return False
        return has_date

    # --- rows ---

    def _row(self, pattern: PatternRow, row: SourceRow) -> None:
        item: dict[str, Filled] = {}
        for cell, sources in _pair_cells(pattern, row)[1]:
            for name, filled in self._cell(cell, sources):
                if pattern.repeats and name.startswith(pattern.repeats + "/"):
                    item[name] = filled
                else:
                    self._fill(name, filled.text, filled.source, is_sure=filled.is_sure)
        if any(filled.text for filled in item.values()):
            self.reading.rows.setdefault(pattern.repeats, []).append(item)

    def _cell(
        self, cell: PatternCell, sources: Sequence[SourceText]
    ) -> Iterator[tuple[str, Filled]]:
        if len(sources) > 1 or (cell.is_label and not cell.has_years):
            for source in sources:
                _mark_label(cell, source)
            return
        if cell.is_empty:
            return
        (source,) = sources
        found = read_by_phrases(cell.lines, source.text)
        if not source.is_taken:
            source.spans += found.spans
            source.is_taken = True
        for span in found.spans:
            if span.blank is not None:
                text = source.text[span.start : span.end]
                yield span.blank, Filled(text, source, found.is_exact)

    def _fill(self, name: str, text: str, source: SourceText, *, is_sure: bool) -> None:
        """A blank that is drawn in two places is filled where there is something."""
        if name not in self.reading.values or not self.reading.values[name].text:
            self.reading.values[name] = Filled(text, source, is_sure)
        elif text and self.reading.values[name].text != text:
            source.spans = [span for span in source.spans if span.blank != name]


_MOST_SIGNATURE = 30
_ENDS_SENTENCE = ("。", "；", ";", "，", ",", ".")


def _blank_of(row: PatternRow) -> str:
    """The first blank of a row."""
    return next((slot.name for cell in row.cells for line in cell.lines for slot in line.slots), "")


def _mark_label(cell: PatternCell, source: SourceText) -> None:
    """The words of the form in a label; a note that somebody added is left over."""
    if source.is_taken:
        return
    source.is_taken = True
    if source.core in cell.words or len(source.core) <= len(cell.words):
        source.spans.append(Span(0, len(source.text)))
        return
    spans = read_by_phrases(cell.lines, source.text).spans
    source.spans += [span for span in spans if span.blank is None]


# --- the cells of two rows ---

_Pairs = tuple[tuple[PatternCell, tuple[SourceText, ...]], ...]
_BLANK_WORTH = 0.3
_BELOW_WORTH = 0.1
_LOST_WORTH = -0.05


def _row_worth(pattern: PatternRow, row: SourceRow) -> float:
    if pattern.kind == "line" and not row.is_line:
        return 0.0
    return _pair_cells(pattern, row)[0]


def _pair_cells(pattern: PatternRow, row: SourceRow) -> tuple[float, _Pairs]:
    """The best way to lay the cells of a row of the form beside those of the document."""
    cells, sources = pattern.cells, row.cells
    is_repeat = pattern.kind == "repeat"
    labels = frozenset(cell.words for cell in cells if cell.is_label)
    if is_repeat and len(cells) == len(sources):  # as nearly all rows that repeat: side by side
        sides = tuple(zip(cells, sources, strict=True))
        worths = [_cell_worth(cell, (source,), labels, is_repeat) for cell, source in sides]
        if all(worth is not None for worth in worths):
            total = sum(worth or 0.0 for worth in worths)
            return total, tuple((cell, (source.text,)) for cell, source in sides)

    @cache
    def best(i: int, j: int) -> tuple[float, _Pairs]:
        if i == len(cells) or j == len(sources):
            rest = sum(_LOST_WORTH for each in sources[j:] if _is_lost(each))
            return rest, ()
        choices = []
        for count in (1, 2):
            worth = _cell_worth(cells[i], sources[j : j + count], labels, is_repeat)
            if worth is not None and j + count <= len(sources):
                value, pairs = best(i + 1, j + count)
                texts = tuple(each.text for each in sources[j : j + count])
                choices.append((value + worth, ((cells[i], texts), *pairs)))
        choices.append(best(i + 1, j))
        value, pairs = best(i, j + 1)
        choices.append((value + (_LOST_WORTH if _is_lost(sources[j]) else 0), pairs))
        return max(choices, key=lambda choice: choice[0])

    return best(0, 0)


def _is_lost(source: SourceCell) -> bool:
    return source.is_first and bool(source.text.core)


def _cell_worth(
    cell: PatternCell, sources: Sequence[SourceCell], labels: frozenset[str], is_repeat: bool
) -> float | None:
    """What it is worth that a cell of the form is these cells; None if it cannot be."""
    if len(sources) == 2:  # a label that was split
        texts = [each.text for each in sources]
        joined = "".join(text.core for text in texts)
        if cell.is_label and cell.is_first and all(text.core for text in texts):
            return 2 * cell.weight if joined == cell.words else None
        return None
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
        likeness = label_likeness(cell, text.core) or _slip(cell, text.core)
        return 2 * likeness * cell.weight if likeness else None
    if cell.words:
        likeness = words_found(cell.lines, text.folded)
        if likeness > 0.5:
            return 2 * likeness * cell.weight
        return None if text.core or is_repeat else _BLANK_WORTH / 2
    return _BLANK_WORTH / 6 if text.core in labels and text.core else _BLANK_WORTH


def _slip(cell: PatternCell, text: str) -> float:
    return 0.8 * fuzz.ratio(cell.words, text, score_cutoff=80) / 100 if len(text) >= 4 else 0.0
