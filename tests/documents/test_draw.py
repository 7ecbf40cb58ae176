"""Forms drawn as documents: what a cell says of itself, and room for those who write by hand."""

from pathlib import Path

import pytest

from generator.documents.draw import EMPTY_ROWS, draw_blank
from generator.documents.model import Cell, Line, Table
from generator.forms.file import read_form

FORM = """\
名称: 样表
版面:
  - 标题: "{年度}年度样表"
  - 行: "单位:{单位}"
  - 列宽: [1, 1]
    表格:
      - [人数, "{人数}"]
      - [是否制定, "{制定}"]
      - [结论, "{结论}"]
      - [金额, "追加{金额}元"]
      - {重复: 项目, 一行: ["{项目/名称}", "{项目/数}"]}
  - 行: "填报人:{填报人} 时间:{时间}"
填空:
  年度: 年度
  单位: 文本
  人数: 整数
  制定: {类型: 选一, 选项: [是, 否]}
  结论: {类型: 选一, 选项: [优, 良], 写法: 文字}
  金额: 整数
  项目/名称: 文本
  项目/数: 整数
  填报人: 人名
  时间: 日期
"""


@pytest.fixture
def blocks(tmp_path: Path) -> tuple[list[str], dict[str, Cell], Table]:
    """Of the form to be filled: its lines, the cells beside labels, and the table."""
    path = tmp_path / "样表.yaml"
    path.write_text(FORM, encoding="utf-8")
    (sheet,) = draw_blank(read_form(path)).sheets
    (table,) = (block for block in sheet.blocks if isinstance(block, Table))
    labels = {cell.row: cell.text for cell in table.cells if cell.column == 0}
    cells = {labels[cell.row]: cell for cell in table.cells if cell.column == 1 and cell.row < 4}
    return [block.text for block in sheet.blocks if isinstance(block, Line)], cells, table


Blocks = tuple[list[str], dict[str, Cell], Table]


def test_there_is_room_to_write_before_the_words_that_follow(blocks: Blocks) -> None:
    lines, cells, _ = blocks
    assert lines == [
        "\u3000" * 4 + "年度样表",
        "单位:",
        "填报人:" + " " * 8 + " 时间:",
    ]
    assert cells["金额"].text == "追加" + " " * 8 + "元"
    assert cells["人数"].text == ""


def test_a_choice_can_be_taken_back(blocks: Blocks) -> None:
    _, cells, _ = blocks
    assert cells["是否制定"].text == "是□ 否□"
    assert cells["是否制定"].options == ("是□ 否□", "是☑ 否□", "是□ 否☑")
    assert cells["结论"].options == ("优", "良")


def test_cells_say_what_they_are(blocks: Blocks) -> None:
    _, cells, table = blocks
    assert [name for name, cell in cells.items() if cell.is_number] == ["人数"]
    assert [cell.text for cell in table.cells if cell.is_label] == [
        "人数", "是否制定", "结论", "金额",
    ]  # fmt: skip
    assert not any(cell.is_group for cell in table.cells)
    assert table.height == 4 + EMPTY_ROWS
