"""Where the cells of a web table stand, as browsers place them, so that no place is left or double.

Rows may be ragged, spans may reach too far or into each other: pages made by hand have all of it.
"""

from dataclasses import dataclass

from generator.documents.model import Cell, Table, UnreadableError

_PLACES = 1_000_000
"""More than any form or account has; spans can ask for more than fits into memory."""


@dataclass(frozen=True, slots=True)
class WebCell:
    """A cell as the page's source has it."""

    text: str
    rowspan: int
    """0: to the end of its group of rows."""
    colspan: int


WebRow = list[WebCell]


def place_cells(groups: list[list[WebRow]], columns: int, place: str) -> Table | None:
    """The table; None if it has no cells. `columns` is how many the source declares, or 0."""
    height = sum(map(len, groups))
    cells = _placed(groups, height, place)
    if not cells:
        return None
    reached = max(cell.column + cell.colspan for cell in cells)
    covered = [bytearray(reached) for _ in range(height)]
    for cell in cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            covered[row][cell.column : cell.column + cell.colspan] = b"\1" * cell.colspan
    width = _width(cells, covered, columns)
    kept = [
        Cell(
            cell.row,
            cell.column,
            cell.rowspan,
            min(cell.colspan, width - cell.column),
            cell.text,
            place=cell.place,
        )
        for cell in cells
    ]
    missing = [
        Cell(row, column, 1, 1, "")
        for row in range(height)
        for column in range(width)
        if not covered[row][column]
    ]
    ordered = sorted(kept + missing, key=lambda cell: (cell.row, cell.column))
    return Table((1,) * width, tuple(ordered), place)


def _placed(groups: list[list[WebRow]], height: int, place: str) -> list[Cell]:
    """Every cell at the first free place of its row. No cell reaches out of its group of rows."""
    cells: list[Cell] = []
    free_from: list[int] = []
    """For every column, the row from which on nothing covers it yet."""
    row = bottom = 0
    for group in groups:
        bottom += len(group)
        for web_row in group:
            column = 0
            for number, web_cell in enumerate(web_row, 1):
                while column < len(free_from) and free_from[column] > row:
                    column += 1
                rowspan = min(web_cell.rowspan or bottom, bottom - row)
                end = column
                while end < column + web_cell.colspan:
                    if end == len(free_from):
                        free_from.append(0)
                    if free_from[end] > row:  # the cell that came first keeps the place
                        break
                    free_from[end] = row + rowspan
                    end += 1
                if height * len(free_from) > _PLACES:
                    raise UnreadableError(f"{place}太大，读不了；请确认导入的是填报的表格")
                where = f"{place} 第 {row + 1} 行第 {number} 格"
                cells.append(Cell(row, column, rowspan, end - column, web_cell.text, place=where))
                column = end
            row += 1
    return cells


def _width(cells: list[Cell], covered: list[bytearray], columns: int) -> int:
    """Columns at the right where no cell begins and that some row does not reach have no width.

    So they are shown: people write colspan="100" for a title over the whole table.
    """
    last_begin = max(cell.column for cell in cells) + 1
    all_reach = min(row.rfind(1) + 1 for row in covered)
    return min(len(covered[0]), max(last_begin, all_reach, columns))
