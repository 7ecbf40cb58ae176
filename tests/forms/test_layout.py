"""Rows that repeat: one for each item, joined where their content is the same."""

import pytest

from generator.forms.grid import Grid, GridMistake, Repeat, draw_grid
from generator.forms.layout import Item, lay_out
from generator.forms.types import Blank, Text

DRAWN = [
    ["绩效指标", "一级", "二级", "得分"],
    ["^", "{指标/一级}", "{指标/二级}", "{指标/得分}"],
    ["总分", "{总分}"],
]
REPEAT = Repeat("指标", ("指标/一级", "指标/二级"))


def grid(rows: list[list[str]] = DRAWN, repeat: Repeat = REPEAT) -> Grid:
    drawn, mistakes = draw_grid(rows, (1,) * 4, {1: repeat})
    assert mistakes == []
    return drawn


def item(*texts: str) -> Item:
    names = ("指标/一级", "指标/二级", "指标/得分")
    return {name: Blank(name, Text()).read(text) for name, text in zip(names, texts, strict=True)}


def spans(items: list[Item], drawn: Grid | None = None) -> list[tuple[str, int, int, int]]:
    """words or value, row, column, rowspan"""
    found = []
    for placed in lay_out(drawn or grid(), {"指标": items}):
        item = placed.item or {}
        text = placed.cell.lines[0].show(
            lambda name, item=item: item[name].written if name in item else ""
        )
        found.append((text, placed.row, placed.cell.column, placed.rowspan))
    return found


def test_a_row_is_drawn_for_each_item_and_what_is_the_same_is_joined() -> None:
    items = [
        item("产出", "数量", "1"),
        item("产出", "数量", "2"),
        item("产出", "质量", "2"),
        item("效益", "质量", "2"),
    ]
    assert spans(items) == [
        ("绩效指标", 0, 0, 5),
        ("一级", 0, 1, 1),
        ("二级", 0, 2, 1),
        ("得分", 0, 3, 1),
        ("产出", 1, 1, 3),
        ("数量", 1, 2, 2),
        ("1", 1, 3, 1),
        ("2", 2, 3, 1),
        ("质量", 3, 2, 1),
        ("2", 3, 3, 1),
        ("效益", 4, 1, 1),
        ("质量", 4, 2, 1),
        ("2", 4, 3, 1),
        ("总分", 5, 0, 1),
        ("", 5, 1, 1),
    ]


def test_a_cell_says_which_item_of_its_list_it_shows() -> None:
    items = [item("a", "b", "1"), item("a", "c", "2"), item("a", "c", "3"), item("d", "c", "4")]
    placed = [each for each in lay_out(grid(), {"指标": items}) if each.item is not None]
    assert all(each.item is items[each.number] for each in placed)
    assert [each.number for each in placed if each.cell.column == 1] == [0, 3]
    assert [each.number for each in placed if each.cell.column == 2] == [0, 1, 3]
    assert [each.is_group for each in placed if each.cell.column == 2] == [False, True, False]


def test_groups_alone_are_laid_out_as_in_the_whole() -> None:
    drawn = grid()
    items = {"指标": [item("a", "b", "1"), item("a", "c", "2")]}
    assert [bool(each.repeats) for each in drawn.alone] == [True, False]
    alone = [
        (placed.cell, placed.rowspan, placed.item)
        for each in drawn.alone
        for placed in lay_out(each, items)
    ]
    assert alone == [(each.cell, each.rowspan, each.item) for each in lay_out(drawn, items)]


def test_the_empty_is_not_joined() -> None:
    assert [each for each in spans([item("", "", "1"), item("", "", "2")]) if each[2] == 1] == [
        ("一级", 0, 1, 1),
        ("", 1, 1, 1),
        ("", 2, 1, 1),
        ("", 3, 1, 1),
    ]


def test_no_items_leave_one_empty_row() -> None:
    assert spans([]) == [
        ("绩效指标", 0, 0, 2),
        ("一级", 0, 1, 1),
        ("二级", 0, 2, 1),
        ("得分", 0, 3, 1),
        ("", 1, 1, 1),
        ("", 1, 2, 1),
        ("", 1, 3, 1),
        ("总分", 2, 0, 1),
        ("", 2, 1, 1),
    ]


def test_a_label_in_a_row_that_repeats_stands_once() -> None:
    rows = [["甲", "乙", "丙", "丁"], ["项目", "{指标/一级}", "{指标/二级}", "{指标/得分}"]]
    drawn = grid(rows, Repeat("指标"))
    items = [item("a", "b", "c"), item("a", "b", "c")]
    assert spans(items, drawn)[4:] == [
        ("项目", 1, 0, 2), ("a", 1, 1, 1), ("b", 1, 2, 1), ("c", 1, 3, 1),
        ("a", 2, 1, 1), ("b", 2, 2, 1), ("c", 2, 3, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "mistakes"),
    [
        (
            [["{指标/一级}", "{其他}"], ["甲"]],
            [GridMistake(0, 1, "“指标”的每一行里只能有名称以“指标/”开头的填空")],
        ),
        (
            [["{指标/一级}", "{指标/二级}"], ["甲", "{指标/得分}"]],
            [GridMistake(1, 1, "“指标/得分”属于逐行填写的“指标”，只能画在那一行里")],
        ),
        (
            [["{指标/一级}", "{指标/二级}"], ["^", "甲"]],
            [GridMistake(1, 0, "重复的行里的填空不能与下面的格子合并")],
        ),
    ],
)
def test_what_cannot_be_repeated(rows: list[list[str]], mistakes: list[GridMistake]) -> None:
    assert draw_grid(rows, (1, 1), {0: Repeat("指标")})[1] == mistakes
