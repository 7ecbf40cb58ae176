"""A grid with as many rows as a record has: rows that repeat are drawn once for each item."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.forms.grid import Cell, Grid
from generator.forms.values import State, Value

Item = Mapping[str, Value]
"""blank's name -> value, of one row that repeats."""


class PlacedCell(NamedTuple):  # made by the hundred for every record
    """A drawn cell where it stands among the rows of a record."""

    cell: Cell
    row: int
    rowspan: int
    item: Item | None = None
    """The values of its row, in a row that repeats."""
    number: int = 0
    """Of that item in its list, from 0; of several, the first."""

    @property
    def is_group(self) -> bool:
        """Joined of several rows that repeat, since they have the same content."""
        return self.item is not None and self.rowspan > 1


def lay_out(grid: Grid, rows: Mapping[str, Sequence[Item]]) -> list[PlacedCell]:
    """The cells by row and column. rows: list's name -> items; a list without any has one row."""
    starts, row = [], 0
    for number in range(grid.height):
        starts.append(row)
        repeat = grid.repeats.get(number)
        row += max(1, len(rows.get(repeat.name, ()))) if repeat else 1
    starts.append(row)
    placed: list[PlacedCell] = []
    for cell in grid.cells:
        top, bottom = starts[cell.row], starts[cell.row + cell.rowspan]
        outer = grid.joined.get((cell.row, cell.column))
        items = rows.get(grid.repeats[cell.row].name, ()) if outer is not None else ()
        if outer is not None and items:
            placed += _repeated(cell, outer, items, top)
        else:
            placed.append(PlacedCell(cell, top, bottom - top))
    if grid.repeats:
        placed.sort(key=lambda each: (each.row, each.cell.column))
    return placed


def _repeated(
    cell: Cell, outer: tuple[str, ...], items: Sequence[Item], top: int
) -> Iterator[PlacedCell]:
    start = 0
    for number in range(1, len(items) + 1):
        if number < len(items) and outer and _same(items[start], items[number], outer):
            continue
        yield PlacedCell(cell, top + start, number - start, items[start], start)
        start = number


def _same(one: Item, other: Item, names: tuple[str, ...]) -> bool:
    """Whether two rows have the same content here. Nothing twice is not a group."""
    return all(
        one[name].state is not State.EMPTY and one[name].written == other[name].written
        for name in names
    )
