"""A document as paper has it: lines and tables of text, whatever file it is written in.

A form with its values is drawn as a `Document` (`draw.py`), which each format writes; a file that
somebody filled is read as blocks of the same kinds (`formats/`), which are matched against forms
(`match/`). Nothing here knows forms or records.
"""

from dataclasses import dataclass
from typing import Literal

LineKind = Literal["标签", "标题", "副题", "行", "正文", "落款"]
"""附件3 in the corner; title; centred line below it; a line; a line of a report; a signature."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text outside tables. Files that are read know but 落款 (set right) and 行."""

    text: str
    """Without line breaks; may be empty."""
    kind: LineKind = "行"
    level: int = 0
    """1, 2, 3 for headings of a report; 0 for everything else."""
    place: str = ""
    """Where a person finds it in the file it was read from, in Chinese: 第 12 行."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, perhaps joined of several. Row and column count from 0."""

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    """Lines separated by line feeds."""
    is_label: bool = False
    """Words of the form, not content."""
    is_number: bool = False
    """A blank that takes only a number or percentage; its text is one as typed, empty or 不适用."""
    options: tuple[str, ...] = ()
    """The texts that a blank may be filled with, one of which is chosen."""
    is_group: bool = False
    """Joined because rows that repeat have the same content here."""
    mark: str = ""
    """Of remarks: set behind the text, and no part of it, since that is a number or a choice."""
    place: str = ""

    @property
    def marked(self) -> str:
        """The text with the mark behind it."""
        return self.text + self.mark


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Every place of its grid is covered by one cell."""

    widths: tuple[int, ...]
    """Of the columns, relative to each other; equal where the file does not say."""
    cells: tuple[Cell, ...]
    """By row, then column, of their upper left corners."""
    place: str = ""
    has_columns: bool = True
    """Whether cells of one column stand below each other; in plain text they are only counted."""

    @property
    def height(self) -> int:
        """The number of rows."""
        return max((cell.row + cell.rowspan for cell in self.cells), default=0)


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Sheet:
    """One filled form: what begins on a page of its own."""

    name: str
    """元数据, 附件3: for the names of worksheets and bookmarks; it is not printed."""
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What is written to a file: one or several filled forms."""

    title: str
    """For the file's properties."""
    sheets: tuple[Sheet, ...]


class UnreadableError(Exception):
    """A file that cannot be taken: why, and what to do, in one Chinese sentence."""
