"""Where things go on a worksheet: columns that several tables share, and rows high enough.

Excel has one set of column widths for a sheet, does not make rows fit joined cells, and has a
greatest height of a row.
"""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

from generator.documents.model import Table

HIGHEST = 409
"""Points."""

_NEAR = Fraction(1, 80)
"""Boundaries of two tables that are no further apart, in parts of the width, become one."""
_DIGIT = 7
"""Pixels of the digit that Excel counts widths in, and of the space beside a cell's text."""
_LEADING = 1.4
"""Height of a line, relative to its letters, in the most generous of the fonts people have."""
_PADDING = 6
"""Points above and below a text together."""
_LEAST_ROW = 24


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a sheet, and on which of their boundaries each table's columns stand."""

    widths: tuple[Fraction, ...]
    """Parts of 1."""
    boundaries: tuple[tuple[int, ...], ...]
    """For each table the boundaries of its columns, the left and right edge included."""


def share_columns(tables: Sequence[tuple[int, ...]]) -> Columns:
    """One set of columns for tables given by their widths. There are always at least two."""
    edges = [_edges(widths) for widths in tables]
    shared = {Fraction(0), Fraction(1)}
    placed: dict[int, list[Fraction]] = {}
    for index in sorted(range(len(edges)), key=lambda index: (-len(edges[index]), index)):
        placed[index] = _snap(edges[index], sorted(shared))
        shared |= set(placed[index])
    if len(shared) == 2:  # a line is told from a cell by being joined
        shared.add(Fraction(1, 2))
    boundaries = sorted(shared)
    number = {boundary: index for index, boundary in enumerate(boundaries)}
    return Columns(
        tuple(right - left for left, right in pairwise(boundaries)),
        tuple(tuple(number[edge] for edge in placed[index]) for index in range(len(tables))),
    )


def _edges(widths: Sequence[int]) -> list[Fraction]:
    total = sum(widths)
    return [Fraction(end, total) for end in accumulate(widths, initial=0)]


def _snap(edges: list[Fraction], shared: list[Fraction]) -> list[Fraction]:
    """The edges of a table, each moved to a boundary close by that no other one of it takes."""
    taken: list[Fraction] = [edges[0]]
    for index, edge in enumerate(edges[1:-1], 1):
        close = [
            boundary
            for boundary in shared
            if abs(boundary - edge) <= _NEAR and taken[-1] < boundary < edges[index + 1]
        ]
        taken.append(min(close, key=lambda boundary: abs(boundary - edge), default=edge))
    return [*taken, edges[-1]]


def text_height(text: str, width: float, size: float) -> float:
    """Points that a text needs in a cell so many digits wide, set in a size of so many points."""
    room = max(width * _DIGIT - 2 * _DIGIT, size) * 72 / 96
    lines = sum(max(1, math.ceil(_length(line) * size * 1.04 / room)) for line in text.split("\n"))
    return lines * size * _LEADING + _PADDING


def _length(text: str) -> float:
    """In widths of a Chinese character."""
    return sum(
        0.56 if unicodedata.east_asian_width(sign) in ("Na", "N", "H") else 1 for sign in text
    )


def row_heights(table: Table, widths: Sequence[float], size: float) -> list[float]:
    """Of the table's rows, such that every text fits; perhaps more than a row of Excel can have."""
    heights = [float(_LEAST_ROW)] * table.height
    needs = [
        (cell, text_height(cell.text, sum(widths[cell.column : cell.column + cell.colspan]), size))
        for cell in table.cells
    ]
    for cell, need in sorted(needs, key=lambda entry: entry[0].rowspan):
        rows = range(cell.row, cell.row + cell.rowspan)
        missing = need - sum(heights[row] for row in rows)
        if missing > 0:
            for row in rows:
                heights[row] += missing / cell.rowspan
    return heights


def split_height(height: float) -> Iterable[float]:
    """The heights of the rows of Excel that make up one row."""
    count = math.ceil(height / HIGHEST)
    return [round(height / count, 1)] * count
