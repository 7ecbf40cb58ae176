"""Which column of a document's table is which column of the form: by the labels at their heads.

Without them values would be taken from left to right, and a column that somebody added, left out or
moved would put every figure in the wrong blank.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.documents.match.cells import Pair, is_label_of
from generator.documents.match.pattern import PatternCell, PatternRow
from generator.documents.match.source import SourceCell, SourceRow
from generator.forms.grid import Cell

_HEADS_AGAIN = 2
"""So many labels of columns in a row make it a row of such labels."""
_SURELY = 0.99
"""What begins with such words may be content: 产出指标一."""


@dataclass
class Columns:
    """The heads of columns that were met so far, and where they stand in the document."""

    year: int | None
    """The record's, where it is known."""
    places: dict[Cell, range] = field(default_factory=dict)
    """label -> the columns below it; none where columns are only counted."""
    met: dict[Cell, PatternCell] = field(default_factory=dict)
    """Every label of a row of which some were found."""
    crossed: set[Cell] = field(default_factory=set)
    """Labels of rows that are not as drawn, where columns are only counted."""

    def crossing(self, pattern: PatternRow, row: SourceRow, pairs: Sequence[Pair]) -> list[Pair]:
        """The pairs with the heads of columns that stand in another order than drawn."""
        found = {id(cell) for cell, _ in pairs}
        taken = {id(each.text) for _, sources in pairs for each in sources}
        more: list[Pair] = []
        for cell in pattern.cells:
            if not cell.is_first or not _is_head(cell) or id(cell) in found:
                continue
            for source in row.cells:
                is_free = source.is_first and source.text.core and id(source.text) not in taken
                if is_free and is_label_of(cell, source, self.year) >= _SURELY:
                    more.append((cell, (source,)))
                    taken.add(id(source.text))
                    break
        return [*pairs, *more]

    def note(self, pattern: PatternRow, row: SourceRow, pairs: Sequence[Pair]) -> None:
        """Remember the labels of columns in a row of the form that was found."""
        heads = [cell for cell in pattern.cells if cell.is_first and _is_head(cell)]
        if not heads:
            return
        found = {cell.drawn: sources for cell, sources in pairs if cell in heads}
        filled = [cell for cell in row.cells if cell.is_first and cell.text.core]
        labels = {id(each.text) for cell, sources in pairs if cell.is_label for each in sources}
        as_drawn = len(found) == len(heads) and all(id(cell.text) in labels for cell in filled)
        for cell in heads:
            assert cell.drawn is not None  # noqa: S101 - a head is drawn in a table
            self.met[cell.drawn] = cell
            self.places.pop(cell.drawn, None)
            if not as_drawn and not any(source.columns for source in row.cells):
                self.crossed.add(cell.drawn)
        for head, sources in found.items():
            if head is not None:
                self.places[head] = _columns(sources)

    def note_again(self, row: SourceRow) -> list[Pair]:
        """The labels in a row that repeats the heads, as at the top of a new page; else none."""
        pairs: list[Pair] = []
        for source in row.cells:
            if not source.is_first or not source.text.core:
                continue
            likely = [
                cell
                for cell in self.met.values()
                if is_label_of(cell, source, self.year) >= _SURELY
            ]
            if likely:
                pairs.append((likely[-1], (source,)))
        if len(pairs) < _HEADS_AGAIN:
            return []
        for cell, sources in pairs:
            if cell.drawn is not None:
                self.places[cell.drawn] = _columns(sources)
        return pairs

    def place(self, pattern: PatternRow, row: SourceRow, pairs: Sequence[Pair]) -> list[Pair]:
        """The pairs of a row, its values by the heads of their columns where these are known."""
        if not any(source.columns for source in row.cells):
            return list(pairs)
        headed = [cell for cell in pattern.cells if cell.is_value and cell.header in self.met]
        kept = [pair for pair in pairs if pair[0] not in headed]
        taken = {id(source.text) for _, sources in kept for source in sources}
        for cell in headed:
            columns = self.places.get(cell.header) if cell.header else None
            if not columns:
                continue  # the document has no such column
            source = self._below(columns, row, is_repeat=pattern.kind == "repeat")
            if source and id(source.text) not in taken:
                kept.append((cell, (source,)))
                taken.add(id(source.text))
        return kept

    @staticmethod
    def _below(columns: range, row: SourceRow, *, is_repeat: bool) -> SourceCell | None:
        """The cell that stands below a label: the one with most of its columns."""
        best, most = None, 0
        for source in row.cells:
            shared = len(
                range(
                    max(columns.start, source.columns.start),
                    min(columns.stop, source.columns.stop),
                )
            )
            if shared > most and (source.is_first or is_repeat):
                best, most = source, shared
        return best


def _is_head(cell: PatternCell) -> bool:
    return cell.is_label and cell.drawn is not None and cell.drawn.scope == "col"


def _columns(sources: Sequence[SourceCell]) -> range:
    return range(sources[0].columns.start, sources[-1].columns.stop)
