"""A document that was read, as rows: what forms are matched against.

Lines and rows of tables stand in one list, since the same title is a line in Word and a row of
joined cells in Excel.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from generator.documents.match.fold import Folded, core, fold
from generator.documents.match.phrases import Span
from generator.documents.model import Block, Line, Table
from generator.yaml import without_unseen


@dataclass(eq=False)
class SourceText:
    """One cell or line of the document, and what was found in it."""

    text: str
    file: str
    """The file's name."""
    place: str
    """Where in the file: 第 12 行."""
    spans: list[Span] = field(default_factory=list)
    """What is understood of it, in order."""
    is_taken: bool = False
    """A form has it, whether or not all of it is understood."""

    def mark_whole(self) -> None:
        """All of it is words of a form."""
        self.spans = [Span(0, len(self.text))]
        self.is_taken = True

    @cached_property
    def core(self) -> str:
        """What labels are compared with."""
        return core(self.text)

    @cached_property
    def folded(self) -> Folded:
        """What phrases are looked for in."""
        return fold(self.text)

    def left_over(self) -> list[str]:
        """What is not understood, in order, without white space around it."""
        rest, position = [], 0
        for span in sorted(self.spans, key=lambda span: span.start):
            rest.append(self.text[position : span.start])
            position = max(position, span.end)
        rest.append(self.text[position:])
        return [each.strip() for each in rest if each.strip()]


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell as one of its rows has it."""

    text: SourceText
    is_first: bool
    """The row is the cell's first."""
    columns: range = range(0)
    """The columns of the table that it covers; none where columns are only counted."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A line, or a row of a table."""

    cells: tuple[SourceCell, ...]
    is_line: bool
    is_signature: bool = False
    """A line that is set right."""

    @property
    def first(self) -> SourceText:
        """The text of a line."""
        return self.cells[0].text

    @property
    def is_empty(self) -> bool:
        return not any(cell.text.text.strip() for cell in self.cells)


def source_rows(blocks: Iterable[Block], file: str) -> list[SourceRow]:
    """The rows of a document, from top to bottom."""
    rows: list[SourceRow] = []
    for block in blocks:
        if isinstance(block, Line):
            text = SourceText(without_unseen(block.text), file, block.place)
            rows.append(SourceRow((SourceCell(text, True),), True, block.kind == "落款"))
        else:
            rows += _table_rows(block, file)
    return rows


def _table_rows(table: Table, file: str) -> list[SourceRow]:
    by_row: list[list[tuple[int, SourceCell]]] = [[] for _ in range(table.height)]
    for cell in table.cells:
        text = SourceText(without_unseen(cell.text), file, cell.place)
        columns = range(cell.column, cell.column + cell.colspan) if table.has_columns else range(0)
        for row in range(cell.row, cell.row + cell.rowspan):
            by_row[row].append((cell.column, SourceCell(text, row == cell.row, columns)))
    return [
        SourceRow(tuple(cell for _, cell in sorted(row, key=lambda each: each[0])), False)
        for row in by_row
    ]
