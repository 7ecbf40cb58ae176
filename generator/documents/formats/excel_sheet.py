"""A worksheet as it is stored becomes lines and tables: the same for new and old files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from openpyxl.utils import get_column_letter

from generator.documents.model import Block, Cell, Line, Table, UnreadableError

ROWS, COLUMNS = 20_000, 500
"""What a sheet may use. A form stays far below; a sheet above is something else."""
_PLACES = 1_000_000
"""Cells that a sheet may use, empty ones between others included."""

_FAR = 30
"""Columns. What is drawn further right of the last text are whole rows, not blanks of a form."""

_Place = tuple[int, int]
"""Row and column, from 0."""


@dataclass(slots=True)
class StoredSheet:
    """What a reader finds in a worksheet. Empty cells are only named where they are drawn."""

    name: str
    texts: dict[_Place, str] = field(default_factory=dict)
    drawn: set[_Place] = field(default_factory=set)
    """Cells with a border."""
    right: set[_Place] = field(default_factory=set)
    """Cells whose text is set right."""
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Joined cells: first row and column, last row and column."""
    widths: dict[int, float] = field(default_factory=dict)
    """Of the columns that have one of their own, relative to `default_width`."""
    default_width: float = 1

    def add_text(self, row: int, column: int, text: str) -> None:
        """Refuses a sheet that is no form before it fills the memory."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if text.strip():
            if row >= ROWS:
                raise UnreadableError(
                    f"工作表“{self.name}”的行太多（超过 {ROWS} 行），请只留下要读入的表"
                )
            if column >= COLUMNS:
                raise UnreadableError(
                    f"工作表“{self.name}”的列太多（超过 {COLUMNS} 列），请只留下要读入的表"
                )
        if text and row < ROWS and column < COLUMNS:
            self.texts[row, column] = text


def blocks_of(sheet: StoredSheet) -> list[Block]:
    """Rows that are one joined cell are lines; the rows between them are tables."""
    area = _used_area(sheet)
    if area is None:
        return []
    grid = _Grid(sheet, area)
    blocks: list[Block] = []
    row = pending = area.top
    while row <= area.bottom:
        height = grid.height_of_line(row)
        if not height:
            row += 1
            continue
        blocks += grid.table(pending, row)
        blocks += grid.lines(row)
        row += height
        pending = row
    blocks += grid.table(pending, area.bottom + 1)
    return blocks


@dataclass(frozen=True, slots=True)
class _Area:
    """The rectangle that is used, last row and column included."""

    top: int
    left: int
    bottom: int
    right: int
    last_text: int
    """The last column that a text reaches; those to its right are only drawn."""


def _used_area(sheet: StoredSheet) -> _Area | None:
    """Up to the last text and, to the right and left of the texts, what is drawn beside them."""
    filled = [place for place, text in sheet.texts.items() if text.strip()]
    if not filled:
        return None
    ends = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges}
    rows = [row for row, _ in filled]
    columns = [column for _, column in filled]
    # Whole rows or columns are sometimes joined; what reaches so far says nothing of the table.
    reached = [ends[place] for place in filled if place in ends]
    bottom = max(rows + [row for row, _ in reached if row < ROWS])
    last_text = max(columns + [column for _, column in reached if column < COLUMNS])
    beside = [column for row, column in sheet.drawn if row <= bottom]
    for (row, column), (_, right) in ends.items():
        if row <= bottom and right < COLUMNS:
            beside += [column, right]
    left, right = min(columns + beside), max([last_text, *beside])
    if right > last_text + _FAR:
        right = last_text
    signatures = [
        row
        for row, column in sheet.right
        if column == left and ends.get((row, column), (0, 0))[1] >= max(last_text, left + 1)
    ]
    area = _Area(min(rows + signatures), left, max([bottom, *signatures]), right, last_text)
    if (area.bottom - area.top + 1) * (area.right - area.left + 1) > _PLACES:
        raise UnreadableError(f"工作表“{sheet.name}”的格太多，请只留下要读入的表")
    return area


class _Grid:
    """The used area with a cell for every place."""

    def __init__(self, sheet: StoredSheet, area: _Area) -> None:
        self._sheet, self._area = sheet, area
        self._ends: dict[_Place, _Place] = {}
        """Where joined cells end, without those that overlap an earlier one."""
        self._joined: set[_Place] = set()
        for top, left, bottom, right in sheet.merges:
            inside = area.top <= top <= area.bottom and area.left <= left <= area.right
            if not inside or (top, left) in self._joined:
                continue
            bottom, right = min(bottom, area.bottom), min(right, area.right)
            places = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
            if len(places) > 1 and not places & self._joined:
                self._joined |= places
                self._ends[top, left] = bottom, right

    def height_of_line(self, row: int) -> int:
        """The number of rows of the one cell that a row consists of; 0 for a row of a table."""
        area = self._area
        start = row, area.left
        bottom, right = self._ends.get(start, start)
        if right < area.last_text or (start in self._joined) != (start in self._ends):
            return 0
        if right == area.left < area.right:
            return 0  # the first of several cells
        beside = ((r, c) for r in range(row, bottom + 1) for c in range(right + 1, area.right + 1))
        return 0 if any(map(self._is_something, beside)) else bottom - row + 1

    def lines(self, row: int) -> Iterator[Line]:
        """The lines of a row that is one cell; none if it is empty and not joined."""
        place = row, self._area.left
        text = self._sheet.texts.get(place, "").rstrip("\n")
        signed = place in self._sheet.right
        if not text.strip() and place not in self._ends and not signed:
            return
        for line in text.split("\n"):
            yield Line(line, "落款" if signed else "行", place=self._name(place))

    def table(self, top: int, end: int) -> Iterable[Table]:
        """The rows up to `end`, without the space above and below and rows that only continue."""
        while top < end and self._is_space(top):
            top += 1
        while top < end and self._is_space(end - 1):
            end -= 1
        columns = range(self._area.left, self._area.right + 1)
        starts = [
            (row, [column for column in columns if self._begins((row, column))])
            for row in range(top, end)
        ]
        # A long text is joined over several rows, since Excel's rows have a greatest height.
        numbers = dict(zip(range(top, end + 1), self._numbers(starts), strict=True))
        cells = []
        for row, begun in starts:
            for column in begun:
                bottom, right = self._ends.get((row, column), (row, column))
                cells.append(
                    Cell(
                        row=numbers[row],
                        column=column - self._area.left,
                        rowspan=numbers[bottom + 1] - numbers[row],
                        colspan=right - column + 1,
                        text=self._sheet.texts.get((row, column), ""),
                        place=self._name((row, column)),
                    )
                )
        if not cells:
            return ()
        widths = tuple(
            max(1, round(self._sheet.widths.get(column, self._sheet.default_width) * 8))
            for column in columns
        )
        return (Table(widths, tuple(cells), f"工作表“{self._sheet.name}”"),)

    @staticmethod
    def _numbers(starts: list[tuple[int, list[int]]]) -> list[int]:
        """Of each row, and of the end, when rows in which no cell begins do not count."""
        return list(accumulate((bool(begun) for _, begun in starts), initial=0))

    def _begins(self, place: _Place) -> bool:
        return place in self._ends or place not in self._joined

    def _is_something(self, place: _Place) -> bool:
        """Whether a place is more than blank paper."""
        return (
            place in self._joined
            or place in self._sheet.drawn
            or bool(self._sheet.texts.get(place, "").strip())
        )

    def _is_space(self, row: int) -> bool:
        columns = range(self._area.left, self._area.right + 1)
        return not any(self._is_something((row, column)) for column in columns)

    def _name(self, place: _Place) -> str:
        return f"{self._sheet.name}!{get_column_letter(place[1] + 1)}{place[0] + 1}"
