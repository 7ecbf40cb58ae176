"""A grid with as many rows as a record has: rows that repeat are drawn once for each item."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.forms.grid import Cell, Grid, Repeat
from generator.forms.values import State, Value

Item = Mapping[str, Value]
"""blank's name -> value, of one row that repeats."""


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A drawn cell where it stands among the rows of a record."""

    cell: Cell
    row: int
    rowspan: int
    item: Item | None = None
    """The values of its row, in a row that repeats."""
    is_group: bool = False
    """Joined of several rows that repeat, since they have the same content."""


def lay_out(grid: Grid, rows: Mapping[str, Sequence[Item]]) -> list[PlacedCell]:
    """The cells by row and column. rows: list's name -> items; a list without any has one row."""
    starts, row = [], 0
    height = max((cell.row + cell.rowspan for cell in grid.cells), default=0)
    for number in range(height):
        starts.append(row)
        repeat = grid.repeats.get(number)
        row += max(1, len(rows.get(repeat.name, ()))) if repeat else 1
    starts.append(row)
    placed: list[PlacedCell] = []
    for cell in grid.cells:
        repeat = grid.repeats.get(cell.row)
        top, bottom = starts[cell.row], starts[cell.row + cell.rowspan]
        items = rows.get(repeat.name, ()) if repeat else ()
        if repeat and items and not _is_label(cell, repeat):
            placed += _repeated(cell, repeat, items, top)
        else:
            placed.append(PlacedCell(cell, top, bottom - top))
    return sorted(placed, key=lambda each: (each.row, each.cell.column))


def _is_label(cell: Cell, repeat: Repeat) -> bool:
    """Whether a cell of a row that repeats stands once for all its rows."""
    return not any(
        slot.name.startswith(repeat.name + "/") for line in cell.lines for slot in line.slots
    )


def _repeated(cell: Cell, repeat: Repeat, items: Sequence[Item], top: int) -> Iterator[PlacedCell]:
    names = [slot.name for line in cell.lines for slot in line.slots]
    last = max((repeat.joined.index(name) for name in names if name in repeat.joined), default=-1)
    outer = repeat.joined[: last + 1]
    start = 0
    for number in range(1, len(items) + 1):
        if number < len(items) and outer and _same(items[start], items[number], outer):
            continue
        span = number - start
        yield PlacedCell(cell, top + start, span, items[start], span > 1)
        start = number


def _same(one: Item, other: Item, names: tuple[str, ...]) -> bool:
    """Whether two rows have the same content here. Nothing twice is not a group."""
    return all(
        one[name].state is not State.EMPTY and one[name].written == other[name].written
        for name in names
    )
