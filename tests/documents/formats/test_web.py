"""HTML: what is written comes back; pages of portals, of Word and made by hand are read as seen."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.documents.formats.web import read_web, write_web
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

# What is written is read back

AWKWARD = [
    *"甲乙12 \t|\\<>&\"'{}─☑□䶮𫖯\u3000",
    "&nbsp;",
    "<br>",
    "</td>",
    "<!--",
    "]]>",
    "\ufeff",
    "\u2028",
]
# The no-break space is read as a space; control characters are in no record.
CHARACTERS = st.characters(exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="\u00a0")
TEXTS = st.lists(st.sampled_from(AWKWARD) | CHARACTERS, max_size=8).map("".join)
CELL_TEXTS = st.lists(TEXTS, max_size=4).map("\n".join)
KINDS: list[LineKind] = ["标签", "标题", "副题", "行", "正文", "落款"]


@st.composite
def lines(draw: st.DrawFn) -> Line:
    kind = draw(st.sampled_from(KINDS))
    level = draw(st.integers(0, 3)) if kind == "正文" else 0
    return Line(draw(TEXTS), kind, level)


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
        is_label = draw(st.booleans())
        span = (bottom - row, right - column)
        cells.append(Cell(row, column, *span, draw(CELL_TEXTS), is_label=is_label))
    return Table(tuple(draw(st.integers(1, 99)) for _ in range(width)), tuple(cells))


DOCUMENTS = st.builds(
    Document,
    TEXTS,
    st.lists(
        st.builds(Sheet, TEXTS, st.lists(lines() | tables(), max_size=4).map(tuple)), max_size=3
    ).map(tuple),
)

Shown = tuple[str, bool] | list[tuple[int, int, int, int, str]]


def shown(blocks: list[Block]) -> list[Shown]:
    """What has to survive: lines with whether they are set right, cells with their places."""
    return [
        (block.text, block.kind == "落款")
        if isinstance(block, Line)
        else [(c.row, c.column, c.rowspan, c.colspan, c.text) for c in block.cells]
        for block in blocks
    ]


def blocks_of(document: Document) -> list[Block]:
    return [block for sheet in document.sheets for block in sheet.blocks]


@given(DOCUMENTS)
def test_what_is_written_is_read_back(document: Document) -> None:
    assert shown(read_web(write_web(document).encode())) == shown(blocks_of(document))


@given(DOCUMENTS)
def test_every_place_of_a_table_is_covered_once(document: Document) -> None:
    for block in read_web(write_web(document).encode()):
        if isinstance(block, Table):
            assert len(places(block)) == len(set(places(block)))
            assert len(places(block)) == block.height * len(block.widths)


def places(table: Table) -> list[tuple[int, int]]:
    return [
        (row, column)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    ]


# What the page is made of


def page(*blocks: Block) -> str:
    return write_web(Document("示例县 <2022>", (Sheet("附件3", blocks),)))


def test_a_page() -> None:
    table = Table(
        (1, 3),
        (
            Cell(0, 0, 2, 1, "收入", is_label=True),
            Cell(0, 1, 1, 1, "一\n二"),
            Cell(1, 1, 1, 1, "1  2"),
        ),
    )
    assert page(Line("表", "标题"), Line("", "落款"), Line("概况", "正文", 1), table) == (
        "<!DOCTYPE html>\n"
        '<html lang="zh-CN">\n'
        "<head>\n"
        '<meta charset="utf-8">\n'
        "<title>示例县 &lt;2022&gt;</title>\n"
        "</head>\n"
        "<body>\n"
        "<div>\n"
        '<h2 style="text-align:center">表</h2>\n'
        '<p style="text-align:right"></p>\n'
        "<h3>概况</h3>\n"
        '<table border="1" style="border-collapse:collapse;width:100%">\n'
        "<colgroup>\n"
        '<col style="width:25%">\n'
        '<col style="width:75%">\n'
        "</colgroup>\n"
        "<tbody>\n"
        "<tr>\n"
        '<th rowspan="2" style="border:1px solid;padding:4px 6px;font-weight:normal">收入</th>\n'
        '<td style="border:1px solid;padding:4px 6px">一<br>二</td>\n'
        "</tr>\n"
        "<tr>\n"
        '<td style="border:1px solid;padding:4px 6px;white-space:pre-wrap">1  2</td>\n'
        "</tr>\n"
        "</tbody>\n"
        "</table>\n"
        "</div>\n"
        "</body>\n"
        "</html>\n"
    )


def test_sheets_begin_on_pages_of_their_own() -> None:
    sheets = tuple(Sheet(name, (Line(name),)) for name in ("元数据", "附件3", "附件4"))
    written = write_web(Document("示例", sheets))
    assert re.findall(r"<div.*>", written) == [
        "<div>",
        '<div style="page-break-before:always">',
        '<div style="page-break-before:always">',
    ]


@given(DOCUMENTS)
def test_a_page_stands_alone(document: Document) -> None:
    """What is written in a record never becomes markup."""
    parser = etree.HTMLParser(encoding="utf-8")
    root = etree.fromstring(write_web(document).encode(), parser)
    known = {"html", "head", "meta", "title", "body", "div", "p", "h2", "h3", "h4", "h5", "br"}
    known |= {"table", "colgroup", "col", "tbody", "tr", "th", "td"}
    assert {element.tag for element in root.iter()} <= known
    attributes = {name for element in root.iter() for name in element.attrib}
    assert attributes <= {"lang", "charset", "style", "border", "rowspan", "colspan"}
    assert root.findtext("head/title") == document.title


# Lines


def read(body: str) -> list[Block]:
    return read_web(f"<!DOCTYPE html><title>不在页面上</title><body>{body}".encode())


def texts(body: str) -> list[str]:
    """The texts of the lines; a table is its rows."""
    return [
        block.text
        if isinstance(block, Line)
        else " / ".join(
            " ".join(cell.text or "·" for cell in block.cells if cell.row == row)
            for row in range(block.height)
        )
        for block in read(body)
    ]


LINES: list[tuple[str, list[str]]] = [
    # furniture: what is seen is kept, what is not seen is not
    (
        "<header><a>首页</a> <a>政务公开</a></header><nav><ul><li>机构<li>公告</ul></nav>"
        "<script>var a='<p>甲</p>';</script><style>p{}</style><noscript>请打开脚本</noscript>"
        "<template><p>模板</template><!-- 注释 --><div id=zoom><p>正文</div><footer>主办</footer>",
        ["首页 政务公开", "机构", "公告", "正文", "主办"],
    ),
    ("甲<p hidden>乙</p>丙<p style='Display: NONE'>丁</p>戊", ["甲丙戊"]),
    ("甲<span style='visibility:hidden'>乙</span><!-- 丙 -->丁", ["甲丁"]),
    ("甲<dialog>乙</dialog><dialog open>丙</dialog>", ["甲", "丙"]),
    ("甲<input type=hidden value=乙><input value=丙><input type=password value=丁>", ["甲丙"]),
    # inline elements do not end a line, blocks and br do
    ("<p>单<b>位</b><span><font>名</font></span><a>称</a></p>", ["单位名称"]),
    ("<div>甲<p>乙</p>丙<div>丁</div></div>戊", ["甲", "乙", "丙", "丁", "戊"]),
    ("<p>甲<br>乙<br/><br>丙<br></p>", ["甲", "乙", "", "丙"]),
    ("<p>甲<span style='display:block'>乙</span>丙", ["甲", "乙", "丙"]),
    ("<ul><li style='display:inline'>甲<li style='display:inline-block'>乙</ul>", ["甲乙"]),
    ("甲<hr>乙", ["甲", "乙"]),
    ("<dl><dt>甲<dd>乙</dl>", ["甲", "乙"]),
    # an empty paragraph is an empty line, an empty division is nothing
    ("<p>甲</p><p></p><p>&nbsp;</p><p><br></p><div></div><h2></h2>", ["甲", "", "", "", ""]),
    # white space
    ("<p>\n 甲 \n\t 乙 <b> 丙</b> <i>丁 </i>\n</p>", ["甲 乙 丙 丁"]),
    ("<p>&nbsp;甲&nbsp;&nbsp; 乙&nbsp;&nbsp;</p>", ["甲   乙"]),
    ("<p>\u3000\u3000甲\u3000</p>", ["\u3000\u3000甲\u3000"]),
    ("<pre>\n甲  乙\n\t丙\n</pre>", ["", "甲  乙", "\t丙"]),
    ("<p style='white-space:pre-wrap'> 甲 <b> 乙 </b></p>", [" 甲  乙 "]),
    ("<p style='white-space:pre-line'> 甲  乙\n丙 </p>", ["甲 乙", "丙"]),
    ("<p style='white-space:pre'><span style='white-space:normal'> 甲  乙 </span></p>", ["甲 乙"]),
    # controls show what they hold
    ("<input type=checkbox checked>是 <input type=checkbox>否", ["☑是 □否"]),
    ("<input type=RADIO checked>是 <input type=radio>否", ["☑是 □否"]),
    ("<select><option>优<option selected>良<option>中</select>等", ["良等"]),
    ("<select><option>优<option>良</select>", ["优"]),
    ("<select multiple><option selected>甲<option>乙<option selected>丙</select>", ["甲 丙"]),
    ("<p><textarea>\n甲\n 乙</textarea></p>", ["甲", " 乙"]),
    ("编制 <input type=text value=' 35'> 人 <button>保存</button>", ["编制  35 人 保存"]),
    # Word
    ("<p>是<span style='font-family:Wingdings'>þ</span>否<span lang=EN-US "
     "style='mso-bidi-font-family:宋体;font-family:\"Wingdings\",serif'>&uml;</span></p>",
     ["是☑否□"]),
    ("<font face='Wingdings 2'>R</font>是<font face='Wingdings 2'>£</font>否", ["☑是□否"]),
    ("<font face=Wingdings><font face=宋体>R</font></font>", ["R"]),
    ("<p class=MsoNormal>甲<![if !supportLists]><span>一、</span><![endif]>乙<o:p></o:p></p>"
     "<p class=MsoNormal><span><o:p>&nbsp;</o:p></span></p><!--[if gte mso 9]><p>丙<![endif]-->",
     ["甲一、乙", ""]),
    ("<span style='mso-hide:all'>甲</span>乙", ["乙"]),
    # nothing at all
    ("", []),
    ("<!-- 空 -->", []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), LINES)
def test_lines_are_what_is_seen(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<p>甲", "行"),
        ("<p align=RIGHT>甲", "落款"),
        ("<p style='TEXT-ALIGN: right !important'>甲", "落款"),
        ("<p style='text-align:end'>甲", "落款"),
        ("<div style='text-align:right'><p><b>甲", "落款"),
        ("<div align=right><p align=left>甲", "行"),
        ("<div align=right><center>甲", "行"),
        ("<p style='text-align:right'><br></p>", "落款"),
        ("<p style='text-align:right'></p>", "落款"),
        ("<p><span style='text-align:center'>甲", "行"),
        # a table set right does not set its text right, a cell does
        ("<div align=right><table><tr><td><p>甲<p>甲</table></div>", "行"),
        ("<table align=right><tr><td><p>甲<p>甲</table>", "行"),
        ("<table><tr><td align=right><p>甲<p>甲</table>", "落款"),
    ],
)
def test_what_is_set_right_is_a_signature(body: str, kind: LineKind) -> None:
    kinds = [block.kind for block in read(body) if isinstance(block, Line)]
    assert set(kinds) == {kind}


# Tables

TABLES: list[tuple[str, list[str]]] = [
    ("<tr><td>甲<td>乙<tr><td>丙<td>丁", ["甲 乙 / 丙 丁"]),
    ("<tr><td><p>甲</p><p>乙</p><td>丙<br>丁<tr><td><td>&nbsp;", ["甲\n乙 丙\n丁 / · ·"]),
    ("<caption>年度<b>收入</b></caption><tr><td>甲<td>乙", ["年度收入", "甲 乙"]),
    # head first and foot last, wherever they are written
    ("<tfoot><tr><td>尾<td>1</tfoot><tr><td>身<td>2<thead><tr><td>头<td>3</thead>",
     ["头 3 / 身 2 / 尾 1"]),
    # ragged rows are filled up
    ("<tr><td>甲<td>乙<td>丙<tr><td>丁<tr>", ["甲 乙 丙 / 丁 · · / · · ·"]),
    # forms between a table and its rows, cells without rows, text outside cells
    ("<form><tr><td>甲<td>乙</form>", ["甲 乙"]),
    ("<td>甲<td>乙", ["甲 乙"]),
    ("说明<tr><td>甲<td>乙</td>注</tr>", ["说明", "注", "甲 乙"]),
    ("<tr><td>甲<td style='display:none'>乙<td>丙<tr hidden><td>丁", ["甲 丙"]),
    # the row with which Office sets widths
    ("<tr><td>甲<td>乙<tr height=0><td width=72><td width=90>", ["甲 乙"]),
    ("<tr><td>甲<tr height=0><td>乙", ["甲 / 乙"]),
    # layout: tables that hold tables, or one cell with paragraphs
    ("<tr><td>左<td><table><tr><td>甲<td>乙</table>下", ["左", "甲 乙", "下"]),
    ("<tr><td><table><tr><td><table><tr><td>甲</table></table>", ["甲"]),
    ("<tr><td><p>一、概况<p>二、问题", ["一、概况", "二、问题"]),
    ("<tr><td>一<br>二", ["一\n二"]),
    # nothing
    ("", []),
    ("<tr><tr>", []),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "expected"), TABLES)
def test_tables_are_what_is_seen(inner: str, expected: list[str]) -> None:
    assert texts(f"<table>{inner}</table>") == expected


Spans = dict[str, tuple[int, int, int, int]]

# the table's inside, its columns, and text -> row, column, rowspan, colspan; · is filled in
SPANS: list[tuple[str, int, Spans]] = [
    (
        "<tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁",
        3,
        {"甲": (0, 0, 2, 1), "乙": (0, 1, 1, 2), "丙": (1, 1, 1, 1), "丁": (1, 2, 1, 1)},
    ),
    # to the end of the group, and never out of it
    (
        "<tbody><tr><td rowspan=0>甲<td>乙<tr><td>丙</tbody><tbody><tr><td>丁<td>戊</tbody>",
        2,
        {
            "甲": (0, 0, 2, 1),
            "乙": (0, 1, 1, 1),
            "丙": (1, 1, 1, 1),
            "丁": (2, 0, 1, 1),
            "戊": (2, 1, 1, 1),
        },
    ),
    (
        "<thead><tr><td rowspan=9>甲<td>乙</thead><tr><td>丙<td>丁",
        2,
        {"甲": (0, 0, 1, 1), "乙": (0, 1, 1, 1), "丙": (1, 0, 1, 1), "丁": (1, 1, 1, 1)},
    ),
    # spans that run into each other: the first keeps the place
    (
        "<tr><td>甲<td rowspan=2>乙<td>丙<tr><td colspan=2>丁<td>戊",
        3,
        {
            "甲": (0, 0, 1, 1),
            "乙": (0, 1, 2, 1),
            "丙": (0, 2, 1, 1),
            "丁": (1, 0, 1, 1),
            "戊": (1, 2, 1, 1),
        },
    ),
    # a column where no cell begins counts if every row reaches it, or if it is declared
    ("<tr><td colspan=2>甲<tr><td colspan=2>乙", 2, {"甲": (0, 0, 1, 2), "乙": (1, 0, 1, 2)}),
    (
        "<tr><td colspan=100>甲<tr><td>乙<td>丙",
        2,
        {"甲": (0, 0, 1, 2), "乙": (1, 0, 1, 1), "丙": (1, 1, 1, 1)},
    ),
    (
        "<col span=2><col><tr><td colspan=100>甲<tr><td>乙<td>丙",
        3,
        {"甲": (0, 0, 1, 3), "乙": (1, 0, 1, 1), "丙": (1, 1, 1, 1), "·": (1, 2, 1, 1)},
    ),
    ("<tr><td colspan=99999999999>甲", 1000, {"甲": (0, 0, 1, 1000)}),
    # numbers as browsers read them
    (
        "<tr><td colspan='2格'>甲<tr><td colspan=0>乙<td rowspan=-1>丙",
        2,
        {"甲": (0, 0, 1, 2), "乙": (1, 0, 1, 1), "丙": (1, 1, 1, 1)},
    ),
]


@pytest.mark.parametrize(("inner", "columns", "spans"), SPANS)
def test_spans_are_resolved(inner: str, columns: int, spans: Spans) -> None:
    (table,) = read(f"<table>{inner}</table>")
    assert isinstance(table, Table)
    assert len(table.widths) == columns
    assert {
        cell.text or "·": (cell.row, cell.column, cell.rowspan, cell.colspan)
        for cell in table.cells
    } == spans


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5)), max_size=4),
        min_size=1,
        max_size=5,
    )
)
def test_any_spans_cover_every_place_once(rows: list[list[tuple[int, int]]]) -> None:
    drawn = "".join(
        "<tr>" + "".join(f"<td rowspan={down} colspan={right}>甲" for down, right in row)
        for row in rows
    )
    tables = [block for block in read(f"<table>{drawn}</table>") if isinstance(block, Table)]
    assert len(tables) == any(rows)
    for table in tables:
        assert sum(cell.text == "甲" for cell in table.cells) == sum(map(len, rows))
        assert table.height == len(rows)
        assert sorted(places(table)) == [
            (row, column) for row in range(table.height) for column in range(len(table.widths))
        ]


def test_places_are_told() -> None:
    blocks = read_web(
        "<p>甲</p>\n<p>\n乙<br>\n丙</p>\n<table><tr><td>丁</table>\n"
        "<table>\n<tr><td rowspan=2>戊<td>己<tr><td>庚</table>".encode()
    )
    told = [
        (block.text, block.place)
        if isinstance(block, Line)
        else (block.place, [(cell.text, cell.place) for cell in block.cells])
        for block in blocks
    ]
    assert told == [
        ("甲", "第 1 行"),
        ("乙", "第 2 行"),
        ("丙", "第 3 行"),
        ("表 1", [("丁", "表 1 第 1 行第 1 格")]),
        (
            "表 2",
            [
                ("戊", "表 2 第 1 行第 1 格"),
                ("己", "表 2 第 1 行第 2 格"),
                ("庚", "表 2 第 2 行第 1 格"),
            ],
        ),
    ]


# Files

DECLARED = '<html><head><meta charset="{}"></head><body><p>刘䶮</p></body></html>'
OLD_DECLARED = (
    '<html><head><META http-equiv=Content-Type content="text/html; charset={}"></head>'
    "<body><p>刘䶮</p></body></html>"
)
XHTML = '<?xml version="1.0" encoding="{}"?><html><body><p>刘䶮</p></body></html>'


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (DECLARED.format("utf-8").encode(), "UTF-8"),
        (DECLARED.format("gb2312").encode("gb18030"), "GB 2312 that is more"),
        (DECLARED.format("GBK").encode("gb18030"), "GBK"),
        (OLD_DECLARED.format("gb2312").encode("gb18030"), "declared for a server"),
        (DECLARED.format("gb2312").encode("utf-8-sig"), "the mark decides"),
        (DECLARED.format("utf-8").encode("utf-16"), "UTF-16"),
        (DECLARED.format("utf-8").encode("gb18030"), "declared wrongly"),
        (DECLARED.format("none").encode(), "declared as nothing known"),
        (XHTML.format("gb2312").encode("gb18030"), "nothing declared"),
        (XHTML.format("utf-8").encode(), "nothing declared, UTF-8"),
    ],
)
def test_encodings_are_told_apart(data: bytes, what: str) -> None:
    assert [block.text for block in read_web(data) if isinstance(block, Line)] == ["刘䶮"], what


NOT_A_PAGE = "这不是网页文件，读不出内容；请在浏览器中重新另存为网页（HTML）"
TOO_DEEP = "网页套得太深或太大，读不全；请在浏览器中全选、复制，粘贴到 Word 中保存后再导入"
PICTURE = "网页中是图片，没有可以读取的文字；请改用 Word、Excel 原件"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04\x00\x00", NOT_A_PAGE),
        (b"\xff\xd8\xff\xe0\xff", NOT_A_PAGE),
        (b"<div>" * 100_000 + "甲".encode(), TOO_DEEP),
        (b"<table><tr><td>" * 100_000 + "甲".encode(), TOO_DEEP),
        ("<p>正文<img src=1.jpg>".encode(), PICTURE),
        (b"<table><tr><td><img src=1.jpg></table>", PICTURE),
        (
            ("<table>" + "<tr><td colspan=1000>甲" * 2000 + "</table>").encode(),
            "表 1太大，读不了；请确认导入的是填报的表格",
        ),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_web(data)
    assert str(caught.value) == message


def test_a_picture_beside_text_is_no_matter() -> None:
    text = "一二三四五六七八九十" * 2
    assert texts(f"<img src=logo.png alt=标志><p>{text}") == [text]


@pytest.mark.parametrize("tag", ["div", "span", "font", "b"])
def test_what_is_deep_is_read(tag: str) -> None:
    assert texts(f"<{tag}>" * 200 + "甲") == ["甲"]
