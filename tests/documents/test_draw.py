"""Forms drawn as documents: what a cell says of itself, and room for those who write by hand."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from generator.documents.draw import EMPTY_ROWS, draw_blank, draw_part, texts_of
from generator.documents.importing import record_text
from generator.documents.model import Cell, Line, Table
from generator.forms.file import read_form, read_forms
from generator.records.record import read_record
from generator.records.store import RecordPath
from generator.yaml import Node, YamlFile
from tests.documents.record_strategies import records

FORMS = read_forms(Path(__file__).resolve().parents[2] / "data" / "forms")

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


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(nodes=records(FORMS))
def test_the_texts_alone_are_those_of_the_document(nodes: dict[str, Node]) -> None:
    path = Path("2022.yaml")
    file = YamlFile(path, record_text(nodes))
    for part in read_record(file, RecordPath("990001", "jia", 2022, path), FORMS).parts:
        drawn: list[str] = []
        for block in draw_part(part).blocks:
            drawn += [block.text] if isinstance(block, Line) else (c.text for c in block.cells)
        assert lines_of(texts_of(part)) == lines_of(drawn)


def lines_of(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in text.split("\n") if line.strip()]


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
