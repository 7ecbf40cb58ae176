"""PDF: what goes in comes out as text, on A4, tagged and fit for archives; the same bytes again."""

import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from generator.documents.formats.pdf import write_pdf
from generator.documents.model import Cell, Document, Line, LineKind, Sheet, Table
from generator.errors import DocumentError

A4 = (595, 842)


def document(*blocks: Line | Table, title: str = "示例县") -> Document:
    return Document(title, (Sheet("附件3", blocks),))


def table(rows: list[list[str]], labels: int = 0) -> Table:
    """A table without joined cells, of which the first rows are labels."""
    cells = tuple(
        Cell(row, column, 1, 1, text, is_label=row < labels)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return Table((1,) * len(rows[0]), cells)


def read(document: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(write_pdf(document)), strict=True)


def text(reader: pypdf.PdfReader) -> str:
    """Without white and page numbers: lines break where they are full."""
    pages = (re.sub(r"—\s*\d+\s*—\s*$", "", page.extract_text()) for page in reader.pages)
    return re.sub(r"\s", "", "".join(pages))


def elements(reader: pypdf.PdfReader) -> Iterator[Any]:
    """The tree of what is title, heading, paragraph, table: every element, in reading order."""
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting += reversed(element)
        elif isinstance(element, dict):
            if "/S" in element:
                yield element
            if "/K" in element:
                waiting.append(element["/K"])


def tags(reader: pypdf.PdfReader) -> list[str]:
    return [str(element["/S"]) for element in elements(reader)]


def outline(reader: pypdf.PdfReader) -> list[tuple[int, str]]:
    def walk(entries: list[Any], depth: int) -> Iterator[tuple[int, str]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry, depth + 1)
            else:
                yield depth, entry["/Title"]

    return list(walk(reader.outline, 1))


LITERAL = [
    "#let x = 1",
    "$x^2$",
    "*粗* _斜_ `码`",
    "{a} [b] <c> @d",
    "\\n \\u{4e2d}",
    "// 不是注释 /* */",
    "= 不是标题",
    "- 不是列表",
    "https://example.org/#x",
    "~ -- --- ... 'a' \"b\"",
    '"}, "text": "',
    "“放管服”改革 是☑ 否□ 1.36万元 99.8%",
]


@pytest.mark.parametrize("words", LITERAL)
@pytest.mark.parametrize("kind", ["标签", "标题", "副题", "行", "正文", "落款"])
def test_texts_come_out_as_they_stand(words: str, kind: LineKind) -> None:
    assert text(read(document(Line(words, kind)))) == re.sub(r"\s", "", words)


@pytest.mark.parametrize("words", LITERAL)
def test_cells_come_out_as_they_stand(words: str) -> None:
    assert text(read(document(table([[words]])))) == re.sub(r"\s", "", words)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=60))
def test_any_keys_that_can_be_typed_come_out(words: str) -> None:
    assert text(read(document(Line(words, "正文"), table([[words]])))) == 2 * re.sub(
        r"\s", "", words
    )


def test_a_long_text_breaks_over_pages_and_nothing_is_lost() -> None:
    words = "".join(f"（{number}）负责行政审批和政务服务体系的建设。" for number in range(300))
    reader = read(document(table([["部门职能概述", words]])))
    assert len(reader.pages) > 1
    assert text(reader).replace("部门职能概述", "") == words


def test_a_narrow_column_of_a_long_text_breaks_too() -> None:
    """A row that is kept on one page must fit on it."""
    words = "".join(f"{number}号" for number in range(400))
    narrow = Table((1, 60), (Cell(0, 0, 1, 1, words), Cell(0, 1, 1, 1, "")))
    reader = read(document(narrow))
    assert len(reader.pages) > 1
    assert text(reader) == words


@pytest.mark.parametrize(("columns", "upright"), [(1, True), (7, True), (8, False), (12, False)])
def test_wide_tables_lie_on_their_side(columns: int, upright: bool) -> None:
    reader = read(document(table([["甲"] * columns])))
    box = reader.pages[0].mediabox
    size = (round(box.width), round(box.height))
    assert size == (A4 if upright else A4[::-1])


def test_every_sheet_begins_a_page() -> None:
    sheets = tuple(Sheet(name, (Line(name),)) for name in ("甲", "乙", "丙"))
    reader = read(Document("示例县", sheets))
    assert [page.extract_text().split() for page in reader.pages] == [
        [name, "—", str(number), "—"] for number, name in enumerate("甲乙丙", 1)
    ]


def test_pages_are_a4() -> None:
    reader = read(document(Line("甲"), *[Line("正文" * 200, "正文")] * 12))
    assert len(reader.pages) > 1
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in reader.pages} == {A4}


def test_joined_cells() -> None:
    cells = (
        Cell(0, 0, 2, 1, "年度收入", is_label=True),
        Cell(0, 1, 1, 1, "财政拨款", is_label=True),
        Cell(0, 2, 1, 1, "704.72", is_number=True),
        Cell(1, 1, 1, 2, "一\n二"),
    )
    reader = read(document(Table((1, 1, 2), cells)))
    spans = [
        {name: value for given in element.get("/A", []) for name, value in given.items()}
        for element in elements(reader)
        if element["/S"] in ("/TD", "/TH")
    ]
    assert [(span.get("/RowSpan", 1), span.get("/ColSpan", 1)) for span in spans] == [
        (2, 1),
        (1, 1),
        (1, 1),
        (1, 2),
    ]
    assert sorted(text(reader)) == sorted("年度收入财政拨款704.72一二")


def test_title_language_and_the_standards_are_named() -> None:
    reader = read(document(Line("甲", "标题"), title="示例县 2022 年度 <甲>"))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "zh-CN"
    assert reader.metadata is not None
    assert reader.metadata.title == "示例县 2022 年度 <甲>"
    described = catalog["/Metadata"].get_object().get_data().decode()
    for statement in (
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ):
        assert statement in described


def test_all_fonts_are_embedded() -> None:
    kinds: tuple[LineKind, ...] = ("标签", "标题", "副题", "行", "正文", "落款")
    reader = read(document(*[Line("示例县 2022 ☑", kind) for kind in kinds]))
    embedded = [
        any(name in descendant.get_object()["/FontDescriptor"] for name in FONT_FILES)
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
        for descendant in font.get_object()["/DescendantFonts"]
    ]
    assert embedded
    assert all(embedded)


FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")

# lines as (kind, level, text), then the outline
OUTLINES: list[tuple[list[tuple[LineKind, int, str]], list[tuple[int, str]]]] = [
    ([("正文", 0, "甲"), ("行", 0, "乙")], []),
    (
        [
            ("标题", 0, "报告"),
            ("正文", 1, "一、"),
            ("正文", 2, "（一）"),
            ("正文", 3, "1."),
            ("正文", 1, "二、"),
        ],
        [(1, "报告"), (2, "一、"), (3, "（一）"), (4, "1."), (2, "二、")],
    ),
    # a level that was left out; a report without a title; an empty heading
    ([("标题", 0, "报告"), ("正文", 3, "1.")], [(1, "报告"), (2, "1.")]),
    ([("正文", 2, "（一）"), ("正文", 1, "一、")], [(1, "（一）"), (2, "一、")]),
    ([("正文", 1, ""), ("正文", 2, "（一）")], [(1, "（一）")]),
]


@pytest.mark.parametrize(("lines", "entries"), OUTLINES)
def test_titles_and_headings_make_the_outline(
    lines: list[tuple[LineKind, int, str]], entries: list[tuple[int, str]]
) -> None:
    reader = read(document(*[Line(words, kind, level) for kind, level, words in lines]))
    assert outline(reader) == entries
    headings = [tag for tag in tags(reader) if re.fullmatch(r"/H\d", tag)]
    assert headings == [f"/H{depth}" for depth, _ in entries]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["标签", "标题", "副题", "行", "正文", "落款"]),
            st.integers(0, 3),
            st.sampled_from(["", " ", "甲", "甲乙 丙"]),
        ),
        max_size=12,
    )
)
def test_lines_in_any_order_are_written(lines: list[tuple[LineKind, int, str]]) -> None:
    reader = read(document(*[Line(words, kind, level) for kind, level, words in lines]))
    assert text(reader) == "".join(re.sub(r"\s", "", words) for _, _, words in lines)


@pytest.mark.parametrize(
    ("rows", "labels", "headers"),
    [
        ([["甲", "乙"], ["1", "2"]], 1, 2),
        ([["甲", "乙"], ["丙", "丁"], ["1", "2"]], 2, 4),
        ([["1", "2"]], 0, 0),
        ([["甲"], ["乙"]], 2, 0),  # labels of nothing
    ],
)
def test_rows_of_labels_at_the_top_are_headers(
    rows: list[list[str]], labels: int, headers: int
) -> None:
    assert tags(read(document(table(rows, labels)))).count("/TH") == headers


def test_a_label_that_reaches_into_the_rows_below_is_no_header() -> None:
    cells = (Cell(0, 0, 2, 1, "甲", is_label=True), Cell(0, 1, 1, 1, "乙", is_label=True))
    reader = read(document(Table((1, 1), (*cells, Cell(1, 1, 1, 1, "1")))))
    assert "/TH" not in tags(reader)


def test_headers_are_repeated_on_every_page() -> None:
    reader = read(document(table([["指标"], *[[f"第{row}行"] for row in range(200)]], labels=1)))
    assert len(reader.pages) > 1
    assert all(page.extract_text().split()[0] == "指标" for page in reader.pages)


def test_same_input_same_bytes() -> None:
    given_document = document(Line("甲", "标题"), table([["乙", "丙"], ["1", "2"]], labels=1))
    first = write_pdf(given_document)
    assert write_pdf(given_document) == first
    assert b"D:1970" in first


def test_nothing_to_say_is_a_page_all_the_same() -> None:
    assert text(read(Document("示例县", (Sheet("元数据", (Table((), ()), Line(""))),)))) == ""


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("甲\U0002fa20乙", "字符“\U0002fa20”（U+2FA20）在"),
        ("甲\ue000乙", "字符“\ue000”（U+E000）在"),
        ("甲\x01乙", "字符“\x01”（U+0001）在"),
        ("\U0002fa20甲\U0002fa21\U0002fa20", "“\U0002fa20”（U+2FA20）、“\U0002fa21”（U+2FA21）在"),
        ("".join(map(chr, range(0x2FA20, 0x2FA2C))), "“\U0002fa29”（U+2FA29）等 12 个在"),
    ],
)
def test_characters_that_no_font_has_are_named(words: str, named: str) -> None:
    with pytest.raises(DocumentError) as refused:
        write_pdf(document(Line(words)))
    assert named in str(refused.value)


def test_a_computer_without_chinese_fonts() -> None:
    none = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    with pytest.raises(DocumentError, match=r"没有中文字体.*apt-get install fonts-noto-cjk"):
        write_pdf(document(Line("甲")), none)


def test_ticks_need_no_font_but_a_chinese_one(tmp_path: Path) -> None:
    """Those that typst brings have them."""
    for path in sorted(Path("/usr/share/fonts").rglob("*CJK*.tt[cf]")):
        (tmp_path / path.name).symlink_to(path)
    if not any(tmp_path.iterdir()) and not os.environ.get("CI"):
        pytest.skip("no Chinese font of Noto here")
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[tmp_path])
    document = Document("示例", (Sheet("附件1", (Line("是☑ 否□"),)),))
    assert write_pdf(document, fonts).startswith(b"%PDF-")
