"""A form as rows to be looked for: its lines, the rows of its tables, its reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from generator.documents.match.fold import core
from generator.forms.form import Form, Line, Prose
from generator.forms.grid import Cell, Grid
from generator.forms.phrase import Phrase
from generator.forms.types import Year


@dataclass(frozen=True)
class PatternCell:
    """A cell or line of a form as one of its rows has it."""

    lines: tuple[Phrase, ...]
    is_first: bool
    years: Mapping[str, int]
    """The blanks of the form that are years, with their distance from the record's year."""
    drawn: Cell | None = None
    header: Cell | None = None
    """The label at the head of its column."""

    @cached_property
    def is_label(self) -> bool:
        """Words, and at most years among them."""
        return bool(self.words) and all(
            slot.name in self.years for line in self.lines for slot in line.slots
        )

    @cached_property
    def is_value(self) -> bool:
        """Nothing but a blank."""
        return self.is_first and not self.words and not self.is_empty

    @cached_property
    def is_empty(self) -> bool:
        """Nothing is drawn in it."""
        return not any(line.pieces for line in self.lines)

    @cached_property
    def words(self) -> str:
        """The words that it is known by."""
        return core(
            "".join(piece for line in self.lines for piece in line.pieces if isinstance(piece, str))
        )

    @cached_property
    def longest_words(self) -> str:
        """The longest stretch of its words between blanks."""
        pieces = (
            core(piece) for line in self.lines for piece in line.pieces if isinstance(piece, str)
        )
        return max(pieces, key=len, default="")

    @cached_property
    def is_spreadable(self) -> bool:
        """A line of several blanks, which people set in several cells or lines."""
        blanks = [slot for line in self.lines for slot in line.slots]
        return self.drawn is None and len(blanks) > 1

    @cached_property
    def has_years(self) -> bool:
        return any(slot.name in self.years for line in self.lines for slot in line.slots)

    @property
    def weight(self) -> float:
        """How much it says that its words are there: little, if they are few."""
        return min(len(self.words), 8) / 4 if self.is_first else 0.0


@dataclass(frozen=True, slots=True)
class PatternRow:
    """A line, a row of a table, a row that repeats, a report, or one of its expected headings."""

    kind: Literal["line", "row", "repeat", "report", "heading"]
    cells: tuple[PatternCell, ...]
    repeats: str = ""
    """The list whose items the row repeats."""
    is_signature: bool = False
    is_title: bool = False

    @property
    def weight(self) -> float:
        """The most that the row can score."""
        return sum(cell.weight for cell in self.cells)

    @property
    def is_stretchy(self) -> bool:
        """Whether any number of rows may stand for it."""
        return self.kind in ("repeat", "report", "heading")


def pattern_rows(form: Form) -> list[PatternRow]:
    """The rows of a form, from top to bottom."""
    years = {
        name: blank.type.offset
        for name, blank in form.blanks.items()
        if isinstance(blank.type, Year)
    }
    rows: list[PatternRow] = []
    for block in form.blocks:
        if isinstance(block, Line):
            cell = PatternCell((block.phrase,), True, years)
            kind = block.kind
            signs, entitles = kind == "落款", kind == "标题"
            rows.append(PatternRow("line", (cell,), is_signature=signs, is_title=entitles))
        elif isinstance(block, Prose):
            rows.append(PatternRow("report", (PatternCell((Phrase((block.slot,)),), True, years),)))
            for heading in block.outline:
                cell = PatternCell((Phrase((heading,)),), True, years)
                rows.append(PatternRow("heading", (cell,)))
        else:
            rows += _table_rows(block.grid, years)
    return rows


def _table_rows(grid: Grid, years: Mapping[str, int]) -> list[PatternRow]:
    height = max((cell.row + cell.rowspan for cell in grid.cells), default=0)
    by_row: list[list[tuple[int, PatternCell]]] = [[] for _ in range(height)]
    for cell in grid.cells:
        header = _header_of(cell, grid)
        for row in range(cell.row, cell.row + cell.rowspan):
            by_row[row].append(
                (cell.column, PatternCell(cell.lines, row == cell.row, years, cell, header))
            )
    rows = []
    for number, cells in enumerate(by_row):
        repeat = grid.repeats.get(number)
        rows.append(
            PatternRow(
                "repeat" if repeat else "row",
                tuple(cell for _, cell in sorted(cells, key=lambda each: each[0])),
                repeat.name if repeat else "",
            )
        )
    return rows


def _header_of(cell: Cell, grid: Grid) -> Cell | None:
    """The nearest label above that heads the whole width of a cell, and nothing less."""
    right = cell.column + cell.colspan
    above = [
        other
        for other in grid.cells
        if other.row < cell.row
        and other.scope == "col"
        and other.column <= cell.column
        and right <= other.column + other.colspan
    ]
    return max(above, key=lambda other: other.row, default=None)
