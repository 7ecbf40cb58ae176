"""A grid: the table of a form as people see it, with joined cells.

Drawn as rows of texts. `^` joins a cell to the one above, `<` to the one before it, and the last
cell of a short row runs to the right edge. A cell without a blank is a label of the cells to its
right or below it; so is one whose only blanks are years, which nobody fills. One without words,
such as `—` where nothing is to be filled, is no label. A row may stand for as many rows as a list
of the record has (`Repeat`); `layout.py` draws the grid with them.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from generator.forms.phrase import Phrase, Slot, parse_phrase
from generator.forms.types import Mistake

JOIN_UP = "^"
JOIN_LEFT = "<"

Scope = Literal["row", "rowgroup", "col"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, perhaps joined of several: what is drawn in it and what it covers."""

    lines: tuple[Phrase, ...]
    row: int
    column: int
    rowspan: int
    colspan: int
    scope: Scope | None
    """Which cells it is the header of, as in HTML; None for a cell that holds content."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A drawn row that stands for the items of a list: 绩效指标, projects."""

    name: str
    """The list's name, with which the names of the row's blanks begin."""
    joined: tuple[str, ...] = ()
    """Blanks whose cells are joined over rows of the same content, from the outermost."""


@dataclass(frozen=True)
class Grid:
    """A table. Rows stand in groups: those that joined cells hold together, and those between."""

    widths: tuple[int, ...]
    """Of the columns, relative to each other."""
    groups: tuple[tuple[tuple[Cell, ...], ...], ...]
    """groups > rows > the cells that begin in the row."""
    repeats: Mapping[int, Repeat] = field(default_factory=lambda: MappingProxyType({}))
    """row -> what it repeats."""

    # What laying out asks of every record, found once a grid.

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell, row by row."""
        return tuple(cell for group in self.groups for row in group for cell in row)

    @cached_property
    def alone(self) -> tuple["Grid", ...]:
        """Each group as a grid of its own; its cells keep their rows."""
        grids = []
        for group in self.groups:
            top = group[0][0].row
            rows = range(top, top + len(group))
            repeats = {row: each for row, each in self.repeats.items() if row in rows}
            grids.append(Grid(self.widths, (group,), repeats))
        return tuple(grids)

    @cached_property
    def phrase(self) -> Phrase:
        """What all cells say, as drawn: one phrase, with a line feed behind each of their lines."""
        pieces = [
            piece for cell in self.cells for line in cell.lines for piece in (*line.pieces, "\n")
        ]
        joined: list[str | Slot] = []
        for piece in pieces:
            if joined and isinstance(piece, str) and isinstance(joined[-1], str):
                joined[-1] += piece
            else:
                joined.append(piece)
        return Phrase(tuple(joined))

    @cached_property
    def height(self) -> int:
        """The number of rows, as drawn."""
        return max((cell.row + cell.rowspan for cell in self.cells), default=0)

    @cached_property
    def joined(self) -> Mapping[tuple[int, int], tuple[str, ...]]:
        """Row and column of a cell that stands for the items of a list -> the blanks in which
        items must be the same for it to be joined over them; none, and it never is.

        A label in a row that repeats stands once for all its rows, and is not among them.
        """
        joined: dict[tuple[int, int], tuple[str, ...]] = {}
        for cell in self.cells:
            repeat = self.repeats.get(cell.row)
            names = [slot.name for line in cell.lines for slot in line.slots]
            if not repeat or not any(name.startswith(repeat.name + "/") for name in names):
                continue
            own = [repeat.joined.index(name) for name in names if name in repeat.joined]
            joined[cell.row, cell.column] = repeat.joined[: max(own, default=-1) + 1]
        return joined


@dataclass(frozen=True, slots=True)
class GridMistake:
    """A mistake in a drawing, at a row and (unless it is the row's own) a cell, from 0."""

    row: int
    cell: int | None
    message: str
    offset: int | None = None


def draw_grid(
    rows: list[list[str]],
    widths: tuple[int, ...],
    repeats: Mapping[int, Repeat] = MappingProxyType({}),
    years: Set[str] = frozenset(),
) -> tuple[Grid, list[GridMistake]]:
    """Lay the rows out on the columns. The grid is only of use when there are no mistakes.

    repeats: row -> what it repeats; years: names of the blanks that are years.
    """
    mistakes: list[GridMistake] = []
    owners = _owners(rows, len(widths), mistakes)
    if mistakes:
        return Grid(widths, ()), mistakes
    extents = _extents(owners)
    lines = {start: _lines(rows, start, mistakes) for start in extents}
    mistakes += _ragged(owners, extents)
    if mistakes:
        return Grid(widths, ()), mistakes
    labels = {start for start in extents if _is_label(lines[start], years)}
    crossed_out = {start for start in extents if _is_crossed_out(lines[start])}
    mistakes += _unrepeatable(repeats, extents, lines, labels)
    grid_rows: list[list[Cell]] = [[] for _ in rows]
    bounds = _group_bounds(extents, len(rows))
    for (row, column), (bottom, right) in sorted(extents.items()):
        rowspan, colspan = bottom - row + 1, right - column + 1
        scope: Scope | None = None
        if (row, column) in labels:
            beside = {owners[r][c] for r in range(row, bottom + 1) for c in range(len(widths))}
            if any(start not in labels and start[1] > right for start in beside):
                whole = rowspan > 1 and (row, bottom) in bounds
                scope = "rowgroup" if whole and column == 0 else "row"
            elif beside <= labels | crossed_out and row + 1 < len(rows):
                scope = "col"
        cell = Cell(lines[row, column], row, column, rowspan, colspan, scope)
        grid_rows[row].append(cell)
    groups = tuple(
        tuple(tuple(cells) for cells in grid_rows[top : bottom + 1]) for top, bottom in bounds
    )
    return Grid(widths, groups, dict(repeats)), mistakes


_Start = tuple[int, int]
"""Row and column of a cell's upper left corner."""


def _owners(rows: list[list[str]], width: int, mistakes: list[GridMistake]) -> list[list[_Start]]:
    """For every place of the grid, the corner of the cell that covers it."""
    mistakes += _too_wide(rows, width)
    owners: list[list[_Start]] = []
    for number, row in enumerate(rows):
        if not row:
            mistakes.append(GridMistake(number, None, "这一行一格也没有"))
            row = [""]
        line: list[_Start] = []
        for column in range(width):
            cell = min(column, len(row) - 1)
            if row[cell] == JOIN_LEFT and cell:
                line.append(line[-1])
            elif row[cell] == JOIN_LEFT:
                line.append((number, 0))
                if not column:
                    message = "第一列左边没有格子，不能用“<”与左边一格合并"
                    mistakes.append(GridMistake(number, 0, message))
            elif row[cell] != JOIN_UP:
                line.append((number, cell))
            elif number:
                line.append(owners[-1][column])
            else:
                line.append((0, cell))
                if column == cell:
                    mistakes.append(
                        GridMistake(0, cell, "第一行上面没有格子，不能用“^”与上一格合并")
                    )
        owners.append(line)
    return owners


def _too_wide(rows: list[list[str]], width: int) -> list[GridMistake]:
    """Rows with more cells than columns; where most have, it is the columns that are too few."""
    wide = [number for number, row in enumerate(rows) if len(row) > width]
    full = sum(len(row) == width for row in rows)
    if len(wide) > max(full, 1) and len({len(rows[number]) for number in wide}) == 1:
        first = wide[0]
        message = (
            f"这一行有 {len(rows[first])} 格，“列宽”却只有 {width} 列；共有 {len(wide)} 行这样，"
            "请看看是不是列宽少写了"
        )
        return [GridMistake(first, width, message)]
    return [
        GridMistake(number, width, f"这一行有 {len(rows[number])} 格，多于列宽规定的 {width} 列")
        for number in wide
    ]


def _extents(owners: list[list[_Start]]) -> dict[_Start, _Start]:
    """corner -> the last row and the last column that the cell covers."""
    extents: dict[_Start, _Start] = {}
    for row, line in enumerate(owners):
        for column, start in enumerate(line):
            bottom, right = extents.get(start, start)
            extents[start] = (max(bottom, row), max(right, column))
    return extents


def _ragged(owners: list[list[_Start]], extents: dict[_Start, _Start]) -> list[GridMistake]:
    """Joins that do not make a rectangle, placed at the first row that departs from its top."""
    mistakes = []
    for start, (bottom, _) in extents.items():
        top = start[0]
        above = [column for column, owner in enumerate(owners[top]) if owner == start]
        for row in range(top + 1, bottom + 1):
            covered = [column for column, owner in enumerate(owners[row]) if owner == start]
            if covered != above:
                message = "用“^”“<”合并的格子宽窄高矮不一，合并后不是长方形"
                mistakes.append(GridMistake(row, covered[0] if covered else None, message))
                break
    return mistakes


def _lines(rows: list[list[str]], start: _Start, mistakes: list[GridMistake]) -> tuple[Phrase, ...]:
    row, column = start
    lines, offset = [], 0
    for line in rows[row][column].split("\n"):
        try:
            lines.append(parse_phrase(line))
        except Mistake as mistake:
            mistakes.append(GridMistake(row, column, mistake.message, offset + mistake.offset))
        offset += len(line) + 1
    return tuple(lines)


def _is_label(lines: tuple[Phrase, ...], years: Set[str]) -> bool:
    return not _is_crossed_out(lines) and all(
        slot.name in years for line in lines for slot in line.slots
    )


def _is_crossed_out(lines: tuple[Phrase, ...]) -> bool:
    """Whether a cell has neither words nor blanks: nothing, or a dash where nothing is filled."""
    pieces = [piece for line in lines for piece in line.pieces]
    return not any(
        isinstance(piece, Slot) or any(character.isalnum() for character in piece)
        for piece in pieces
    )


def _unrepeatable(
    repeats: Mapping[int, Repeat],
    extents: dict[_Start, _Start],
    lines: dict[_Start, tuple[Phrase, ...]],
    labels: Set[_Start],
) -> list[GridMistake]:
    """What would not be clear when a row is drawn several times or not at all."""
    mistakes = []
    for start, (bottom, _) in extents.items():
        row, column = start
        names = [slot.name for line in lines[start] for slot in line.slots]
        repeat = repeats.get(row)
        if repeat and start not in labels and bottom > row:
            mistakes.append(
                GridMistake(bottom, column, "重复的行里的填空不能与下面的格子合并", None)
            )
        for name in names:
            group = name.partition("/")[0]
            if repeat and start not in labels and group != repeat.name:
                message = f"“{repeat.name}”的每一行里只能有名称以“{repeat.name}/”开头的填空"
                mistakes.append(GridMistake(row, column, message))
            elif not repeat and group in {each.name for each in repeats.values()}:
                message = f"“{name}”属于逐行填写的“{group}”，只能画在那一行里"
                mistakes.append(GridMistake(row, column, message))
    return mistakes


def _group_bounds(extents: dict[_Start, _Start], height: int) -> list[tuple[int, int]]:
    """First and last row of each run: rows that joined cells hold together, or rows with none."""
    reach = list(range(height))
    for (row, _), (bottom, _) in extents.items():
        reach[row] = max(reach[row], bottom)
    bounds: list[tuple[int, int]] = []
    row = 0
    while row < height:
        top = bottom = row
        while row <= bottom:
            bottom = max(bottom, reach[row])
            row += 1
        if top == bottom:  # a run of rows without joined cells
            while row < height and reach[row] == row:
                bottom, row = row, row + 1
        bounds.append((top, bottom))
    return bounds
