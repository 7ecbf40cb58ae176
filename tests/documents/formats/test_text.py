"""Plain text: what is written comes back; pages and cells that were copied are read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents.formats.text import read_text, write_text
from generator.documents.model import (
    Block,
    Cell,
    Document,
    Line,
    LineKind,
    Sheet,
    Table,
    UnreadableError,
)

PORTAL = Path(__file__).parents[2] / "portal" / "430524-xingzheng-shenpi-2022.txt"
RULE = "─" * 40
RIGHT = "\u3000" * 12

Rows = list[list[str]]


def rows_of(table: Table) -> Rows:
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(table.height)]


Shown = tuple[str, bool] | Rows


def shown(blocks: list[Block]) -> list[Shown]:
    return [
        (block.text, block.kind == "落款") if isinstance(block, Line) else rows_of(block)
        for block in blocks
    ]


def read(text: str) -> list[Shown]:
    return shown(read_text(text.encode()))


# What is written is read back

AWKWARD = [
    *"甲乙12 \t|\\<>&\"'{}─☑□䶮𫖯\u3000\u00a0\ufeff\u2028",
    "||",
    " |",
    "\\|",
    RULE,
    RIGHT,
    "\u3000" * 8,
]
CHARACTERS = st.characters(exclude_categories=("Cc", "Cs"))  # control characters are in no record
TEXTS = st.lists(st.sampled_from(AWKWARD) | CHARACTERS, max_size=6).map("".join)
CELL_TEXTS = st.lists(TEXTS, max_size=4).map("\n".join)
KINDS: list[LineKind] = ["标签", "标题", "副题", "行", "正文", "落款"]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Every place covered by one cell, cells joined at will."""
    height, width = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    free = {(row, column) for row in range(height) for column in range(width)}
    cells = []
    while free:
        row, column = min(free)
        right = column + 1
        while (row, right) in free and draw(st.booleans()):
            right += 1
        bottom = row + 1
        while bottom < height and draw(st.booleans()):
            bottom += 1
        free -= {(r, c) for r in range(row, bottom) for c in range(column, right)}
        span, text, is_group = (bottom - row, right - column), draw(CELL_TEXTS), draw(st.booleans())
        cells.append(Cell(row, column, *span, text, is_group=is_group))
    return Table((1,) * width, tuple(cells))


DOCUMENTS = st.builds(
    Document,
    TEXTS,
    st.lists(
        st.builds(
            Sheet,
            TEXTS,
            st.lists(st.builds(Line, TEXTS, st.sampled_from(KINDS)) | tables(), max_size=5).map(
                tuple
            ),
        ),
        max_size=3,
    ).map(tuple),
)


def written_rows(table: Table) -> Rows:
    """A joined cell in its first row, one joined of equal contents in each; filled to one width."""
    rows = [
        [
            cell.text
            for cell in sorted(table.cells, key=lambda cell: cell.column)
            if cell.row == row
            or (cell.is_group and row in range(cell.row, cell.row + cell.rowspan))
        ]
        for row in range(table.height)
    ]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


@given(DOCUMENTS)
def test_what_is_written_is_read_back(document: Document) -> None:
    expected: list[Shown] = [
        (block.text, block.kind == "落款") if isinstance(block, Line) else written_rows(block)
        for sheet in document.sheets
        for block in sheet.blocks
    ]
    written = write_text(document)
    assert shown(read_text(written.encode("utf-8-sig"))) == expected
    assert shown(read_text(written.replace("\n", "\r\n").encode("utf-8-sig"))) == expected


def write(*blocks: Block) -> str:
    return write_text(Document("示例", (Sheet("附件3", blocks),)))


def test_a_table_looks_as_on_the_portal() -> None:
    table = Table(
        (1, 1, 1),
        (
            Cell(0, 0, 2, 1, "收入", is_label=True),
            Cell(0, 1, 1, 1, "财政", is_label=True),
            Cell(0, 2, 1, 1, "704.72"),
            Cell(1, 1, 1, 1, "其他", is_label=True),
            Cell(1, 2, 1, 1, ""),
            Cell(2, 0, 1, 1, "职能", is_label=True),
            Cell(2, 1, 1, 2, "(一)甲。\n\n(二)乙 | 丙。"),
            Cell(3, 0, 2, 2, "产出", is_group=True),
            Cell(3, 2, 1, 1, "一"),
            Cell(4, 2, 1, 1, "二"),
        ),
    )
    assert write(Line("附件3", "标签"), table, Line("示例县局", "落款"), Line("", "落款")) == (
        "附件3\n"
        f"{RULE}\n"
        "收入 |\n财政 |\n704.72 |\n||\n"
        "其他 |\n|\n|||\n"
        "职能 |\n(一)甲。\n\n(二)乙 | 丙。 |\n|||\n"
        "产出 |\n一 |\n|||\n"
        "产出 |\n二 |\n|||\n"
        f"{RULE}\n"
        f"{RIGHT}示例县局\n"
        f"{RIGHT}\n"
    )


# a line, and how it is written: one backslash where it would be misread, else as it is
WRITTEN: list[tuple[str, str]] = [
    ("甲 | 乙", "甲 | 乙"),
    ("C:\\甲", "C:\\甲"),
    ("\\甲", "\\甲"),
    ("───", "───"),
    ("\u3000\u3000甲", "\u3000\u3000甲"),
    ('"甲', '"甲'),
    ("甲|", "甲\\|"),
    ("甲\\|", "甲\\\\|"),
    ("甲| ", "甲\\| "),
    ("||", "|\\|"),
    (RULE, "\\" + RULE),
    ("\\" + RULE, "\\\\" + RULE),
    ("甲\t乙", "\\甲\t乙"),
    (RIGHT, "\\" + RIGHT),
]


@pytest.mark.parametrize(("text", "written"), WRITTEN)
def test_only_what_would_be_misread_is_marked(text: str, written: str) -> None:
    assert write(Line(text)) == f"{written}\n"
    assert read(f"{written}\n") == [(text, False)]


# The page of a portal, copied


def test_the_metadata_of_the_sample_page() -> None:
    table = read_text(PORTAL.read_bytes())[0]
    assert isinstance(table, Table)
    assert rows_of(table) == [
        ["文件名称:", "", ""],
        ["统一登记号:", "", ""],
        ["索引号:", "发文编号:", ""],
        ["公开目录:", "公开责任部门:", ""],
        ["发文日期:", "公开形式:", ""],
        ["生效日期 :", "有效期:", ""],
    ]


def test_the_table_of_the_sample_page() -> None:
    blocks = read_text(PORTAL.read_bytes())
    (table,) = [block for block in blocks[1:] if isinstance(block, Table)]
    rows = rows_of(table)
    assert len(rows) == 20
    assert rows[0] == ["基本情况", "编制人数", "35", "实有人数", "34", "", ""]
    assert rows[2] == [
        "年度收入(万元)",
        "县财政预算安排",
        "704.72",
        "非税收入",
        "",
        "合计",
        "704.72",
    ]
    assert rows[3] == ["中央省市安排资金", "", "其他收入", "", "", "", ""]
    assert rows[4] == ["年度支出 (万元)", "基本支出", "704.72", "项目支出", "0", "合计", "704.72"]
    assert rows[5] == ["其中三公经费支出", "1.36", "", "", "", "", ""]
    assert rows[6][:3] == ["实施情况", "财政供养人员控制情况", "是否存在超编超配人员: 是□ 否☑"]
    assert rows[9][:2] == ["政府采购及金额", "年度是否制定了政府采购计划:是□ 否☑"]
    assert rows[-3][:2] == ["自评结论", "优"]
    assert rows[-1][:3] == ["主管部门意见", "主管部门(盖章):", ""]


def test_the_lines_of_the_sample_page() -> None:
    blocks = read_text(PORTAL.read_bytes())
    lines = [block for block in blocks if isinstance(block, Line)]
    assert [(line.text, line.place) for line in lines[:3]] == [
        ("附件3", "第 7 行"),
        ("2022年度部门整体支出绩效自评基础数据表", "第 8 行"),
        ("单位名称(盖章):隆回县行政审批服务局", "第 9 行"),
    ]
    assert lines[4].text == "注:自评结论填“优、良、中、差”。"
    assert lines[-1].text == "( 一审: 二审: 三审: )"
    assert {line.kind for line in lines} == {"行"}
    assert len(blocks) == len(lines) + 2


COPIED: list[tuple[str, list[Shown]]] = [
    ("甲\n\n乙", [("甲", False), ("", False), ("乙", False)]),
    ("", []),
    ("\n", [("", False)]),
    # cells on lines of their own
    ("甲 |\n1 |\n||\n乙 |\n|\n|||\n注", [[["甲", "1"], ["乙", ""]], ("注", False)]),
    ("甲 |\n1 |\n乙 |\n2 |", [[["甲", "1", "乙", "2"]]]),  # no rows: one row
    ("甲|\n1|\n||||  ", [[["甲", "1"]]]),
    # an empty cell that holds a space, and the pipe that ends it begins the run
    ("甲 |\n\u00a0\n||||\n乙 |\n2 |\n||", [[["甲", ""], ["乙", "2"]]]),
    ("甲 |\n |||", [[["甲"], [""]]]),
    # a table ends with the first line without pipes, and rows are what they are
    ("甲 |\n1 |\n||\n\n乙 |\n||", [[["甲", "1"]], ("", False), [["乙"]]]),
    ("甲 |\n二 | 三\n乙 |", [[["甲"]], ("二 | 三", False), [["乙"]]]),
    # rows on one line
    ("甲: | |||\n乙: | 丙: | ||\n丁: |", [[["甲:", "", ""], ["乙:", "丙:", ""], ["丁:", "", ""]]]),
    ("甲 | | 乙 |", [[["甲", "", "乙"]]]),
    ("甲 |\n乙 | 丙 ||\n丁 |\n||", [[["甲", ""], ["乙", "丙"], ["丁", ""]]]),
    ("||||", []),
    # cells with tabs between them
    ("标题\n甲\t乙\n1\t\n注", [("标题", False), [["甲", "乙"], ["1", ""]], ("注", False)]),
    ("甲\t乙\t丙\n丁\t戊", [[["甲", "乙", "丙"], ["丁", "戊", ""]]]),
    ("\t\t\n甲\t", [[["", "", ""], ["甲", "", ""]]]),
    ('甲\t"一\n二 ""三"""\t丙\n丁\t戊', [[["甲", '一\n二 "三"', "丙"], ["丁", "戊", ""]]]),
    ('"一\n二"\t甲', [[["一\n二", "甲"]]]),
    ('"三公"经费\t"1.36"', [[['"三公"经费', '"1.36"']]]),
    ('"甲\n乙\t丙', [('"甲', False), [["乙", "丙"]]]),
    # only a wide indent is a signature
    ("\u3000\u3000甲", [("\u3000\u3000甲", False)]),
    ("\u3000" * 7 + "甲", [("\u3000" * 7 + "甲", False)]),
    ("\u3000" * 8 + "甲", [("甲", True)]),
    # rules in the text of others
    (f"甲\n{RULE}\n乙", [("甲", False), (RULE, False), ("乙", False)]),
    (f"{RULE}\n甲\n{RULE}", [(RULE, False), ("甲", False), (RULE, False)]),
    (f"{RULE}\n甲 |\n{RULE}", [(RULE, False), [["甲"]], (RULE, False)]),
    # Word breaks lines and pages so
    ("甲\v乙\f丙\r丁", [("甲", False), ("乙", False), ("丙", False), ("丁", False)]),
]


@pytest.mark.parametrize(("text", "expected"), COPIED)
def test_copied_text_is_read(text: str, expected: list[Shown]) -> None:
    assert read(text) == expected


def test_a_cell_that_was_edited_between_the_rules_keeps_its_lines() -> None:
    edited = f"{RULE}\n甲 | \n一|\n\n二\n  |||\n{RULE} \n乙"
    assert read(edited) == [[["甲", "一", "\n二"]], ("乙", False)]


def test_places_are_told() -> None:
    table = Table((1, 1), (Cell(0, 0, 1, 1, "一\n二"), Cell(0, 1, 1, 1, "三")))
    copied = '\n甲 |\n乙 |\n||\n丙\t"一\n二"\t丁\n戊\t己\n'
    told = [
        (block.place, *(cell.place for cell in block.cells))
        if isinstance(block, Table)
        else block.place
        for block in read_text((write(table) + copied).encode())
    ]
    assert told == [
        ("第 1 行", "第 2 行", "第 4 行"),
        "第 7 行",
        ("第 8 行", "第 8 行", "第 9 行"),
        ("第 11 行", *["第 11 行"] * 2, "第 12 行", "第 13 行", "第 13 行", "第 13 行"),
    ]


# Files

SAID = "刘䶮|\n单位\t示例县民政局\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_are_told_apart(encoding: str) -> None:
    expected: list[Shown] = [[["刘䶮"]], [["单位", "示例县民政局"]]]
    assert shown(read_text(SAID.encode(encoding))) == expected


def test_utf_16_of_the_other_order() -> None:
    assert shown(read_text(b"\xfe\xff" + "甲".encode("utf-16-be"))) == [("甲", False)]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x14\x00\x06\x00",
        "甲".encode("utf-16-le") + b"\x00",
        b"\xff\xfe\x00\x00\x32\x75\x00\x00",
        b"\xff\xfe\x32",
        b"\xff\xd8\xff\xe0\xff",
    ],
)
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_text(data)
    assert str(caught.value) == (
        "这不是文字文件，读不出内容；请把内容粘贴到记事本，另存为 UTF-8 编码的文本文件"
    )


@pytest.mark.parametrize(
    ("copied", "text"),
    [
        ("(一)甲。 (二)乙。 |", "(一)甲。\n(二)乙。"),
        ("1、甲； 2、乙 |", "1、甲；\n2、乙"),
        ("一、甲： 二、乙 |", "一、甲：\n二、乙"),
        ("甲。 乙 |", "甲。 乙"),
        ("增长 1.5 |", "增长 1.5"),
        ("达到。 1.5 倍 |", "达到。 1.5 倍"),
    ],
)
def test_items_of_a_copied_cell_stand_on_lines_of_their_own(copied: str, text: str) -> None:
    (table,) = read_text(f"{copied}\n||\n".encode())
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == [text]
