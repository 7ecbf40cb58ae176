"""Word files that we write: read back they are the same, and they are set as offices set them."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from generator.documents.formats.word import read_word, write_word
from generator.documents.model import Block, Cell, Document, Line, LineKind, Sheet, Table

LETTERS = "甲乙 \t|<&{}\"'☑□䶮𫖯　\u00a0%0-。“”"
TEXTS = st.text(LETTERS, max_size=12)
CELL_TEXTS = st.lists(TEXTS, min_size=1, max_size=3).map("\n".join)
KINDS = st.sampled_from(["标签", "标题", "副题", "行", "正文", "落款"])
LINES = st.builds(Line, TEXTS, KINDS, st.integers(0, 3))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A grid of which some rectangles are joined."""
    width, height = draw(st.integers(1, 9)), draw(st.integers(1, 5))
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            right = column
            while right < width and (row, right) not in taken:
                right += 1
            across = draw(st.integers(1, min(3, right - column)))
            down = draw(st.integers(1, min(3, height - row)))
            places = [
                (r, c) for r in range(row, row + down) for c in range(column, column + across)
            ]
            taken |= set(places)
            options = draw(st.sampled_from([(), ("优", "良", "优", "")]))
            text = draw(CELL_TEXTS)
            flags = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
            cells.append(
                Cell(row, column, down, across, text, flags[0], flags[1], options, flags[2])
            )
    widths = draw(st.lists(st.integers(1, 30), min_size=width, max_size=width))
    return Table(tuple(widths), tuple(cells))


BLOCKS: st.SearchStrategy[Block] = st.one_of(LINES, tables())
SHEETS = st.builds(Sheet, TEXTS, st.lists(BLOCKS, min_size=1, max_size=5).map(tuple))
DOCUMENTS = st.builds(Document, TEXTS, st.lists(SHEETS, min_size=1, max_size=3).map(tuple))


def essence(block: Block) -> object:
    """What a file keeps of a block."""
    if isinstance(block, Line):
        return block.text, block.kind == "落款"
    return [(c.row, c.column, c.rowspan, c.colspan, c.text) for c in block.cells]


def check_again(document: Document) -> None:
    """What is written is read again."""
    written = [essence(block) for sheet in document.sheets for block in sheet.blocks]
    assert [essence(block) for block in read_word(write_word(document))] == written


def check_opened(document: Document) -> None:
    """Word opens it, as far as rules go that it holds to; python-docx opens it, too."""
    body = docx.Document(io.BytesIO(write_word(document))).element.body
    *_, last, section = body
    assert (last.tag, section.tag) == (qn("w:p"), qn("w:sectPr"))
    for table in body.iter(qn("w:tbl")):
        following = table.getnext()
        assert following is not None
        assert following.tag == qn("w:p")
        columns = len(table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}"))
        for row in table.iter(qn("w:tr")):
            spans = [span.get(qn("w:val")) for span in row.iter(qn("w:gridSpan"))]
            cells = row.findall(qn("w:tc"))
            assert len(cells) - len(spans) + sum(map(int, spans)) == columns
            assert all(cell[-1].tag == qn("w:p") for cell in cells)
    for choices in body.iter(qn("w:comboBox")):
        values = [choice.get(qn("w:value")) for choice in choices]
        assert len(set(values)) == len(values)
        assert "" not in values
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names) == len(document.sheets)
    assert all(name[0].isalpha() and len(name) <= 40 for name in names)


@settings(max_examples=30)
@given(DOCUMENTS)
def test_what_is_written_is_read_again(document: Document) -> None:
    check_again(document)


@settings(max_examples=30)
@given(DOCUMENTS)
def test_word_opens_it(document: Document) -> None:
    check_opened(document)


@pytest.mark.soak
@settings(max_examples=200)
@given(DOCUMENTS)
def test_of_many_documents_all_are_read_again_and_opened(document: Document) -> None:
    check_again(document)
    check_opened(document)


def sheet(*blocks: Block) -> Document:
    return Document("示例县自评", (Sheet("附件3", blocks),))


def wide(columns: int) -> Table:
    cells = tuple(Cell(0, column, 1, 1, "甲") for column in range(columns))
    return Table((1,) * columns, cells)


SAMPLE = Document(
    "示例县自评",
    (
        Sheet("附件3", (Line("附件3", "标签"), Line("甲", "标题"), wide(3))),
        Sheet("附件4", (Line("一、概况", "正文", 1), Line("乙", "正文"), Line("丙", "落款"))),
        Sheet("附件2", (wide(8),)),
    ),
)


def part(document: Document, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(write_word(document))) as archive:
        return etree.fromstring(archive.read(name))


def body_of(document: Document) -> etree._Element:
    return part(document, "word/document.xml")


def test_the_same_document_gives_the_same_bytes_without_the_time() -> None:
    data = write_word(SAMPLE)
    assert write_word(SAMPLE) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_properties_name_the_document_and_nobody() -> None:
    properties = docx.Document(io.BytesIO(write_word(SAMPLE))).core_properties
    assert properties.title == "示例县自评"
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created == properties.modified
    assert properties.language == "zh-CN"


STYLE_OF: list[tuple[LineKind, int, str, str, str | None]] = [
    ("标签", 0, "黑体", "left", None),
    ("标题", 0, "黑体", "center", None),
    ("副题", 0, "楷体", "center", None),
    ("行", 0, "仿宋", "left", None),
    ("正文", 0, "仿宋", "both", None),
    ("正文", 1, "黑体", "", "0"),
    ("正文", 2, "楷体", "", "1"),
    ("正文", 3, "仿宋", "", "2"),
    ("落款", 0, "仿宋", "right", None),
]


@pytest.mark.parametrize(("kind", "level", "font", "aligned", "outline"), STYLE_OF)
def test_every_kind_of_line_has_a_style_that_names_its_font(
    kind: LineKind, level: int, font: str, aligned: str, outline: str | None
) -> None:
    document = sheet(Line("甲", kind, level))
    named = body_of(document).find(f".//{qn('w:pStyle')}")
    assert named is not None
    (style,) = [
        style
        for style in part(document, "word/styles.xml").iter(qn("w:style"))
        if style.get(qn("w:styleId")) == named.get(qn("w:val"))
    ]
    fonts = style.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    assert fonts is not None
    assert [fonts.get(qn(f"w:{of}")) for of in ("ascii", "hAnsi", "eastAsia")] == [font] * 3
    alignment = style.find(f"{qn('w:pPr')}/{qn('w:jc')}")
    assert ("" if alignment is None else alignment.get(qn("w:val"))) == aligned
    heading = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    assert (None if heading is None else heading.get(qn("w:val"))) == outline


def test_every_style_that_is_used_is_defined() -> None:
    kinds: list[LineKind] = ["标签", "标题", "副题", "行", "正文", "落款"]
    texts = [Line("甲", kind, level) for kind in kinds for level in range(4)]
    table = Table(
        (1, 1),
        (
            Cell(0, 0, 1, 1, "甲", is_label=True),
            Cell(0, 1, 1, 1, "1", is_number=True),
            Cell(1, 0, 1, 1, "乙"),
            Cell(1, 1, 1, 1, "", options=("是", "否")),
        ),
    )
    for document in (sheet(Line("甲"), table), sheet(*texts)):
        used = {style.get(qn("w:val")) for style in body_of(document).iter(qn("w:pStyle"))}
        styles = part(document, "word/styles.xml").iter(qn("w:style"))
        assert used <= {style.get(qn("w:styleId")) for style in styles}


def test_every_sheet_begins_on_a_page_and_wide_ones_lie() -> None:
    sections = list(body_of(SAMPLE).iter(qn("w:sectPr")))
    sizes = []
    for section in sections:
        size, kind = section.find(qn("w:pgSz")), section.find(qn("w:type"))
        assert size is not None
        assert kind is not None
        assert kind.get(qn("w:val")) == "nextPage"
        sizes.append((size.get(qn("w:w")), size.get(qn("w:h")), size.get(qn("w:orient"))))
    upright, lying = ("11906", "16838", None), ("16838", "11906", "landscape")
    assert sizes == [upright, upright, lying]


@pytest.mark.parametrize("columns", [1, 3, 7, 8, 20])
def test_columns_fill_the_text_width(columns: int) -> None:
    body = body_of(sheet(wide(columns)))
    size, margins = body.find(f".//{qn('w:pgSz')}"), body.find(f".//{qn('w:pgMar')}")
    assert size is not None
    assert margins is not None
    room = int(size.get(qn("w:w")) or 0)
    room -= int(margins.get(qn("w:left")) or 0) + int(margins.get(qn("w:right")) or 0)
    widths = [int(column.get(qn("w:w")) or 0) for column in body.iter(qn("w:gridCol"))]
    assert sum(widths) == room
    assert max(widths) - min(widths) <= 1


@pytest.mark.parametrize("text", ["", "良", "中\t等", "甲\n乙"])
def test_a_blank_with_options_drops_down(text: str) -> None:
    options = ("优", "良")
    document = sheet(Table((1,), (Cell(0, 0, 1, 1, text, options=options),)))
    (control,) = body_of(document).iter(qn("w:sdt"))
    assert [choice.get(qn("w:value")) for choice in control.iter(qn("w:listItem"))] == ["优", "良"]
    (table, *_) = read_word(write_word(document))
    assert essence(table) == [(0, 0, 1, 1, text)]


def underlined(paragraph: etree._Element) -> list[str]:
    return [
        "".join(text.text or "" for text in run.iter(qn("w:t")))
        for run in paragraph.iter(qn("w:r"))
        if run.find(f"{qn('w:rPr')}/{qn('w:u')}") is not None
    ]


def test_the_year_to_be_written_into_words_of_the_form_has_a_line() -> None:
    year, letters = "\u3000" * 4, "\u3000" * 2
    cells = (
        Cell(0, 0, 1, 1, f"{year}年预算数", is_label=True),
        Cell(0, 1, 1, 1, f"合{letters}计", is_label=True),
        Cell(1, 0, 1, 2, f"{year}甲"),
    )
    lines = (Line(f"{year}年度自评表", "标题"), Line(f"比{year}年", "副题"), Line(f"{year}甲"))
    document = sheet(*lines, Line(f"通{letters}知", "标题"), Table((1, 1), cells))
    shown = [underlined(paragraph) for paragraph in body_of(document).iter(qn("w:p"))]
    assert [each for each in shown if each] == [[year]] * 3
    found = read_word(write_word(document))
    assert [block.text for block in found if isinstance(block, Line)][:3] == [
        line.text for line in lines
    ]


def test_only_short_rows_stay_whole() -> None:
    cells = (Cell(0, 0, 1, 1, "甲"), Cell(1, 0, 1, 1, "甲" * 1000), Cell(2, 0, 1, 1, "甲\n" * 40))
    rows = body_of(sheet(Table((1,), cells))).iter(qn("w:tr"))
    assert [row.find(f".//{qn('w:cantSplit')}") is not None for row in rows] == [True, False, False]


@pytest.mark.parametrize("document", [Document("甲", ()), sheet(), sheet(Table((1,), ()))])
def test_a_document_of_nothing_is_an_empty_line(document: Document) -> None:
    assert [essence(block) for block in read_word(write_word(document))] == [("", False)]


@pytest.mark.soak
def test_a_long_table_is_written_and_read() -> None:
    """In seconds; a lookup of every cell in the whole table takes minutes.

    400 rows in every run: `test_hundreds_of_rows_and_lines_come_back`.
    """
    cells = tuple(
        Cell(row, column, 1, 1, f"{row}/{column}") for row in range(3000) for column in range(8)
    )
    (table,) = read_word(write_word(sheet(Table((1,) * 8, cells))))
    assert essence(table) == [(c.row, c.column, 1, 1, c.text) for c in cells]
