"""Grids: joined cells, what the labels are headers of, and mistakes at their row and cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.forms.grid import Cell, Grid, GridMistake, Scope, draw_grid
from generator.forms.phrase import parse_phrase


def draw(rows: list[list[str]], columns: int) -> Grid:
    grid, mistakes = draw_grid(rows, (1,) * columns)
    assert mistakes == []
    return grid


def words(cell: Cell) -> str:
    return "\n".join(line.show(lambda name: f"{{{name}}}") for line in cell.lines)


def spans(grid: Grid) -> dict[str, tuple[int, int, int, int]]:
    """words -> row, column, rowspan, colspan"""
    return {words(cell): (cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells}


# rows, columns, then the cells
SPANS: list[tuple[list[list[str]], int, dict[str, tuple[int, int, int, int]]]] = [
    ([["甲", "{乙}"]], 2, {"甲": (0, 0, 1, 1), "{乙}": (0, 1, 1, 1)}),
    ([["甲", "{乙}"]], 4, {"甲": (0, 0, 1, 1), "{乙}": (0, 1, 1, 3)}),
    ([["甲"]], 3, {"甲": (0, 0, 1, 3)}),
    ([["甲", "一"], ["^", "二"]], 2, {"甲": (0, 0, 2, 1), "一": (0, 1, 1, 1), "二": (1, 1, 1, 1)}),
    ([["甲", "一"], ["^", "^"]], 2, {"甲": (0, 0, 2, 1), "一": (0, 1, 2, 1)}),
    # the last cell of a short row runs to the right edge, also when it is joined
    ([["甲", "一"], ["^"]], 3, {"甲": (0, 0, 2, 1), "一": (0, 1, 2, 2)}),
    ([["甲", "一"], ["乙", "^"]], 3, {"甲": (0, 0, 1, 1), "一": (0, 1, 2, 2), "乙": (1, 0, 1, 1)}),
    (
        [["甲", "一", "二"], ["^", "三", "^"], ["^", "四"]],
        3,
        {
            "甲": (0, 0, 3, 1),
            "一": (0, 1, 1, 1),
            "二": (0, 2, 2, 1),
            "三": (1, 1, 1, 1),
            "四": (2, 1, 1, 2),
        },
    ),
    ([["一\n{二}"]], 1, {"一\n{二}": (0, 0, 1, 1)}),
    ([["甲", ""]], 2, {"甲": (0, 0, 1, 1), "": (0, 1, 1, 1)}),
    # joined with the one before it
    ([["甲", "<", "乙"]], 3, {"甲": (0, 0, 1, 2), "乙": (0, 2, 1, 1)}),
    ([["甲", "<", "<", "乙"]], 4, {"甲": (0, 0, 1, 3), "乙": (0, 3, 1, 1)}),
    ([["甲", "<"]], 3, {"甲": (0, 0, 1, 3)}),
    (
        [["甲", "<", "乙"], ["^", "^", "丙"]],
        3,
        {"甲": (0, 0, 2, 2), "乙": (0, 2, 1, 1), "丙": (1, 2, 1, 1)},
    ),
    (  # below a joined cell, its own sign or that of the one before it
        [["甲", "<", "乙"], ["^", "<", "丙"]],
        3,
        {"甲": (0, 0, 2, 2), "乙": (0, 2, 1, 1), "丙": (1, 2, 1, 1)},
    ),
]


@pytest.mark.parametrize(("rows", "columns", "cells"), SPANS)
def test_cells_are_joined_as_drawn(
    rows: list[list[str]], columns: int, cells: dict[str, tuple[int, int, int, int]]
) -> None:
    assert spans(draw(rows, columns)) == cells


@pytest.mark.parametrize(("rows", "columns", "cells"), SPANS)
def test_every_place_is_covered_once(
    rows: list[list[str]], columns: int, cells: dict[str, tuple[int, int, int, int]]
) -> None:
    covered = [
        (row, column)
        for top, left, height, width in cells.values()
        for row in range(top, top + height)
        for column in range(left, left + width)
    ]
    places = [(row, column) for row in range(len(rows)) for column in range(columns)]
    assert sorted(covered) == places


# rows, columns, then the scopes of the labels; what holds content has none
SCOPES: list[tuple[list[list[str]], int, dict[str, Scope]]] = [
    ([["甲", "{一}", "乙", "{二}"]], 4, {"甲": "row", "乙": "row"}),
    # a label with nothing to its right is the header of what is below it
    ([["甲", "乙"], ["{一}", "{二}"]], 2, {"甲": "col", "乙": "col"}),
    ([["甲"], ["{一}"]], 2, {"甲": "col"}),
    ([["{一}"], ["甲"]], 1, {}),  # a note in the last row is a header of nothing
    # over the whole of joined rows
    (
        [["收入", "财政", "{一}"], ["^", "其他", "{二}"]],
        3,
        {"收入": "rowgroup", "财政": "row", "其他": "row"},
    ),
    (
        [["收入", "财政", "{一}"], ["支出", "^", "{二}"]],
        3,
        {"收入": "row", "财政": "row", "支出": "row"},
    ),
    ([["甲", "一\n{乙}"]], 2, {"甲": "row"}),
    ([["甲", ""]], 2, {"甲": "row"}),
    # what is wider than a column
    ([["甲", "<", "{一}"]], 3, {"甲": "row"}),
    ([["甲", "<", "乙"], ["{一}", "<", "{二}"]], 3, {"甲": "col", "乙": "col"}),
    # without words: no label, and the labels beside it are headers all the same
    (
        [["资金", "", "预算", "得分"], ["^", "总额", "{一}", "{二}"], ["^", "其他", "{三}", "—"]],
        4,
        {"资金": "rowgroup", "预算": "col", "得分": "col", "总额": "row", "其他": "row"},
    ),
]


@pytest.mark.parametrize(("rows", "columns", "scopes"), SCOPES)
def test_labels_are_headers(rows: list[list[str]], columns: int, scopes: dict[str, Scope]) -> None:
    grid = draw(rows, columns)
    assert {words(cell): cell.scope for cell in grid.cells if cell.scope} == scopes


def test_words_with_a_year_are_a_label_too() -> None:
    """Nobody fills a year: the record's path gives it."""
    rows = [["项目", "{年度}年预算数", "{人数}年决算数"], ["合计", "{预算}", "{决算}"]]
    grid, mistakes = draw_grid(rows, (1,) * 3, years={"年度"})
    assert mistakes == []
    assert {words(cell): cell.scope for cell in grid.cells if cell.scope} == {
        "项目": "row",
        "{年度}年预算数": "row",
        "合计": "row",
    }
    grid, _ = draw_grid(rows, (1,) * 3, years={"年度", "人数"})
    assert [cell.scope for cell in grid.cells] == ["col", "col", "col", "row", None, None]


def test_rows_that_joined_cells_hold_together_are_a_group() -> None:
    rows = [
        ["一", "{a}"],
        ["二", "{b}"],
        ["三", "{c}"],
        ["^", "{d}"],
        ["四", "{e}"],
        ["五", "{f}"],
        ["六", "^"],
        ["^", "{g}"],
        ["七", "{h}"],
    ]
    groups = draw(rows, 2).groups
    assert [len(group) for group in groups] == [2, 2, 1, 3, 1]
    assert [[words(cell) for cell in row] for row in groups[3]] == [["五", "{f}"], ["六"], ["{g}"]]
    assert sum(len(group) for group in groups) == len(rows)


_SIGNS = st.sampled_from(["甲", "{乙}", "^", "<", "", "—"])


@given(
    rows=st.lists(st.lists(_SIGNS, min_size=1, max_size=4), min_size=1, max_size=5),
    columns=st.integers(4, 5),
)
def test_every_drawing_is_told_or_covers_every_place_once(
    rows: list[list[str]], columns: int
) -> None:
    grid, mistakes = draw_grid(rows, (1,) * columns)
    if mistakes:
        assert all(mistake.row < len(rows) and mistake.message for mistake in mistakes)
        return
    covered = [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    ]
    assert sorted(covered) == [
        (row, column) for row in range(len(rows)) for column in range(columns)
    ]


def test_lines_of_a_cell_are_phrases() -> None:
    (cell,) = draw([["是否制定:{甲}\n\n金额 {乙} 万元"]], 1).cells
    assert cell.lines == (
        parse_phrase("是否制定:{甲}"),
        parse_phrase(""),
        parse_phrase("金额 {乙} 万元"),
    )


def test_widths_are_kept() -> None:
    grid, _ = draw_grid([["甲", "{乙}"]], (3, 7))
    assert grid.widths == (3, 7)


NOT_ABOVE = "第一行上面没有格子，不能用“^”与上一格合并"
NOT_LEFT = "第一列左边没有格子，不能用“<”与左边一格合并"
RAGGED = "用“^”“<”合并的格子宽窄高矮不一，合并后不是长方形"
EMPTY_ROW = "这一行一格也没有"
BRACE = "花括号“{”没有配对；如果是文字本身，请写成“{{”"
NAME = "填空的名称“”不完整或有多余的空格"


def too_long(cells: int, columns: int) -> str:
    return f"这一行有 {cells} 格，多于列宽规定的 {columns} 列"


def too_few(cells: int, columns: int, rows: int) -> str:
    return (
        f"这一行有 {cells} 格，“列宽”却只有 {columns} 列；共有 {rows} 行这样，"
        "请看看是不是列宽少写了"
    )


@pytest.mark.parametrize(
    ("rows", "columns", "mistakes"),
    [
        ([["^", "甲"]], 2, [GridMistake(0, 0, NOT_ABOVE)]),
        ([["甲", "^"]], 3, [GridMistake(0, 1, NOT_ABOVE)]),
        ([["^", "^"]], 2, [GridMistake(0, 0, NOT_ABOVE), GridMistake(0, 1, NOT_ABOVE)]),
        ([["<", "甲"]], 2, [GridMistake(0, 0, NOT_LEFT)]),
        ([["甲"], ["<"]], 2, [GridMistake(1, 0, NOT_LEFT)]),
        ([["甲", "乙", "丙"]], 2, [GridMistake(0, 2, too_long(3, 2))]),
        (
            [["甲"], ["甲", "乙", "丙", "丁"], ["甲", "乙", "丙"]],
            2,
            [GridMistake(1, 2, too_long(4, 2)), GridMistake(2, 2, too_long(3, 2))],
        ),
        # where most rows are too long for them, it is the columns that are too few
        ([["甲", "乙", "丙"]] * 3 + [["丁", "戊"]], 2, [GridMistake(0, 2, too_few(3, 2, 3))]),
        (
            [["丁", "戊"], ["甲", "乙", "丙"]] * 2,
            2,
            [GridMistake(row, 2, too_long(3, 2)) for row in (1, 3)],
        ),
        ([["甲"], []], 2, [GridMistake(1, None, EMPTY_ROW)]),
        # narrower, wider, or broken
        ([["甲", "乙"], ["丙", "丁", "^"]], 3, [GridMistake(1, 2, RAGGED)]),
        ([["甲", "乙"], ["丙", "^", "丁"]], 3, [GridMistake(1, 1, RAGGED)]),
        ([["甲"], ["^", "乙", "^"]], 3, [GridMistake(1, 0, RAGGED)]),
        ([["甲", "乙"], ["^", "<"]], 2, [GridMistake(1, 0, RAGGED)]),
        ([["{甲"]], 1, [GridMistake(0, 0, BRACE, 0)]),
        (
            [["一\n二{甲"], ["三", "{}"]],
            2,
            [GridMistake(0, 0, BRACE, 3), GridMistake(1, 1, NAME, 0)],
        ),
        (
            [["甲", "乙", "{"], ["丙", "丁"], ["戊", "^", "己"]],
            3,
            [GridMistake(0, 2, BRACE, 0), GridMistake(2, 1, RAGGED)],
        ),
    ],
)
def test_mistakes_are_told_at_their_cells(
    rows: list[list[str]], columns: int, mistakes: list[GridMistake]
) -> None:
    assert draw_grid(rows, (1,) * columns)[1] == mistakes
