"""Word files are read as people see them, whatever Word or WPS keeps the text in."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents.formats.word import read_word, write_word
from generator.documents.model import Block, Document, Line, Sheet, Table, UnreadableError
from tests.documents.formats.word_file import p, r, relations, tbl, tc, tr, word_file, zipped


def lines(body: str, **parts: str) -> list[str]:
    blocks = read_word(word_file(body, **parts))
    return [block.text for block in blocks if isinstance(block, Line)]


def table(body: str) -> Table:
    (found,) = [block for block in read_word(word_file(body)) if isinstance(block, Table)]
    return found


def cells(found: Table) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.rowspan, c.colspan, c.text) for c in found.cells]


def in_font(letters: str, font: str) -> str:
    return r(letters, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')


def symbol(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def control(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def field(code: str, result: str = "", form: str = "") -> str:
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>{separate}{result}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def old_box(state: str) -> str:
    form = f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>"
    return field("FORMCHECKBOX", form=form)


def new_box(checked: str, shown: str) -> str:
    return control(f'<w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox>', r(shown))


TICKS: list[tuple[str, str]] = [
    (symbol("Wingdings", "F0FE"), "☑"),
    (symbol("Wingdings", "00FE"), "☑"),
    (symbol("Wingdings", "F0FD"), "☒"),
    (symbol("Wingdings", "F078"), "☒"),
    (symbol("Wingdings", "F0A8"), "□"),
    (symbol("Wingdings", "F06F"), "□"),
    (symbol("Wingdings", "F0FC"), "✓"),
    (symbol("Wingdings", "F0FB"), "✗"),
    (symbol("Wingdings", "F081"), "①"),
    (symbol("Wingdings 2", "F052"), "☑"),
    (symbol("Wingdings 2", "F053"), "☒"),
    (symbol("Wingdings 2", "F054"), "☒"),
    (symbol("Wingdings 2", "F0A3"), "□"),
    (symbol("Wingdings 2", "F02A"), ""),  # a picture of a document: nothing to read
    (symbol("Wingdings 2", "F050"), "✓"),
    (symbol("Wingdings 2", "F04F"), "✗"),
    (symbol("Wingdings 3", "F075"), "▶"),
    (symbol("Webdings", "F061"), "✓"),
    (symbol("Symbol", "F0D6"), "√"),
    (symbol("宋体", "2611"), "☑"),
    (symbol("Wingdings", "?"), ""),
    (in_font("þ", "Wingdings"), "☑"),
    (in_font("¨", "Wingdings"), "□"),
    (in_font("q", "Wingdings"), "□"),
    (in_font("ü", "Wingdings"), "✓"),
    (in_font("ý", "Wingdings"), "☒"),
    (in_font("\uf0fe", "Wingdings"), "☑"),
    (in_font("R", "Wingdings 2"), "☑"),
    (in_font("£", "Wingdings 2"), "□"),
    (in_font("S", "Wingdings 2"), "☒"),
    (in_font("T", "Wingdings 2"), "☒"),
    (in_font("P", "Wingdings 2"), "✓"),
    (in_font("£是 R否", "Wingdings 2"), "□是 ☑否"),
    (in_font("R", "Arial"), "R"),
    (r("☑是 □否"), "☑是 □否"),
    (new_box("1", "☒"), "☑"),
    (new_box("true", "√"), "☑"),
    (new_box("0", "☐"), "□"),
    (control("<w14:checkbox/>", r("☐")), "□"),
    (old_box('<w:checked w:val="1"/>'), "☑"),
    (old_box("<w:checked/>"), "☑"),
    (old_box('<w:default w:val="1"/><w:checked w:val="0"/>'), "□"),
    (old_box('<w:default w:val="1"/>'), "☑"),
    (old_box(""), "□"),
    # 带圈字符, with which offices tick boxes
    (field(r" eq \o\ac(□,√)"), "☑"),
    (field(r"EQ \o\ac(□, ×)"), "☒"),
    (field(r" eq \o\ac(□,)"), "□"),
    (field(r" eq \o\ac(○,3)"), "③"),
    ('<w:fldSimple w:instr=" eq \\o\\ac(□,√)"/>', "☑"),
    (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> eq \\o\\ac(□,</w:instrText></w:r>'
        + symbol("Wingdings", "F0FC")
        + '<w:r><w:instrText>)</w:instrText><w:fldChar w:fldCharType="end"/></w:r>',
        "☑",
    ),
]


@pytest.mark.parametrize(("run", "seen"), TICKS)
def test_ticks_and_boxes(run: str, seen: str) -> None:
    assert lines(p(r("甲") + run + r("乙"))) == [f"甲{seen}乙"]


def text_box(inside: str) -> str:
    shape = f"<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx>"
    old = f"<v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{shape}</w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict>{old}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


DROPDOWN = '<w:ffData><w:ddList><w:result w:val="1"/>{}</w:ddList></w:ffData>'.format(
    "".join(f'<w:listEntry w:val="{entry}"/>' for entry in "优良中差")
)
TEXT_FIELD = "<w:ffData><w:textInput/></w:ffData>"
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"/>'
    '<w:style w:type="paragraph" w:styleId="右"><w:pPr><w:jc w:val="right"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="右二"><w:basedOn w:val="右"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="圈"><w:basedOn w:val="圈"/></w:style>'
    '<w:style w:type="character" w:styleId="藏"><w:rPr><w:vanish/></w:rPr></w:style>'
)

# body -> its lines
TEXTS: list[tuple[str, list[str]]] = [
    (p(""), [""]),
    (p("") + p(r("甲")) + p("") + p(""), ["", "甲", "", ""]),
    (p(r(" 甲  乙 ")), [" 甲  乙 "]),
    (p("<w:r><w:t> 甲 </w:t></w:r>"), ["甲"]),  # Word shows spaces only where it says so
    (p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>"), ["甲\t乙"]),
    (p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r>"), ["甲", "乙", "丙"]),
    (p('<w:r><w:br w:type="page"/><w:t>甲</w:t></w:r>'), ["甲"]),
    (p('<w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t></w:r>'), ["甲", "乙"]),
    (p('<w:r><w:br w:type="page"/></w:r>'), [""]),
    (p("<w:r><w:t>0739</w:t><w:noBreakHyphen/><w:t>0</w:t><w:softHyphen/></w:r>"), ["0739-0"]),
    # links, revisions, what stands around runs
    (p(f'<w:hyperlink r:id="x">{r("甲")}</w:hyperlink>{r("乙")}'), ["甲乙"]),
    (p(f"<w:ins>{r('甲')}</w:ins><w:del><w:r><w:delText>乙</w:delText></w:r></w:del>"), ["甲"]),
    (p(f"<w:moveFrom>{r('甲')}</w:moveFrom>") + p(f"<w:moveTo>{r('甲')}</w:moveTo>"), ["", "甲"]),
    (p(r("甲"), "<w:rPr><w:del/></w:rPr>") + p(r("乙")), ["甲乙"]),
    (p(r("甲"), "<w:rPr><w:del/></w:rPr>"), ["甲"]),
    (p(f"<w:smartTag>{r('甲')}</w:smartTag><w:bdo>{r('乙')}</w:bdo>"), ["甲乙"]),
    (
        p(f"<w:r><w:ruby><w:rt>{r('jia')}</w:rt><w:rubyBase>{r('甲')}</w:rubyBase></w:ruby></w:r>"),
        ["甲"],
    ),
    (p("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), ["x=1"]),
    (p("<!-- 甲 --><w:r><!-- 乙 --><w:t>丙</w:t></w:r>"), ["丙"]),
    # hidden
    (p(r("甲", "<w:vanish/>") + r("乙", '<w:vanish w:val="0"/>')), ["乙"]),
    (p(r("甲", '<w:rStyle w:val="藏"/>') + r("乙")), ["乙"]),
    # content controls, around runs and paragraphs
    (p(control("<w:text/>", r("甲"))), ["甲"]),
    (p(r("甲") + control("<w:showingPlcHdr/>", r("单击此处输入"))), ["甲"]),
    (p(control('<w:showingPlcHdr w:val="0"/>', r("甲"))), ["甲"]),
    (control("", p(r("甲")) + control("", p(r("乙")))) + p(r("丙")), ["甲", "乙", "丙"]),
    (control("<w:showingPlcHdr/>", p(r("单击此处输入"))), [""]),
    # fields
    (p(r("第") + field("PAGE", r("3")) + r("页")), ["第3页"]),
    (p(field("IF " + "x", r("甲")) + r("乙")), ["甲乙"]),
    (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("甲")) + p(r("乙")), ["", "乙"]),
    (p('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("甲")), ["甲"]),
    (p(f'<w:fldSimple w:instr="PAGE">{r("3")}</w:fldSimple>'), ["3"]),
    (p(field("FORMTEXT", r("甲"), TEXT_FIELD)), ["甲"]),
    (p(r("甲") + field("FORMTEXT", r("\u2002" * 5), TEXT_FIELD)), ["甲"]),
    (p(field("FORMDROPDOWN", "", DROPDOWN)), ["良"]),
    # text boxes, once
    (p(r("甲") + text_box(p(r("乙")) + p(r("丙")))) + p(r("丁")), ["甲", "乙", "丙", "丁"]),
    (
        f'<mc:AlternateContent><mc:Choice Requires="x">{p(r("甲"))}</mc:Choice>'
        f"<mc:Fallback>{p(r('乙'))}</mc:Fallback></mc:AlternateContent>",
        ["甲"],
    ),
    (p(r("甲"), '<w:pStyle w:val="圈"/>'), ["甲"]),  # a style that is based on itself
]


@pytest.mark.parametrize(("body", "texts"), TEXTS)
def test_text_is_read_as_it_is_seen(body: str, texts: list[str]) -> None:
    assert lines(body, styles=STYLES) == texts


def test_notes_stand_at_the_end_in_the_order_of_the_text() -> None:
    def reference(name: str) -> str:
        return f'<w:r><w:footnoteReference w:id="{name}"/></w:r>'

    notes = "".join(
        f'<w:footnote w:id="{name}">{p(r(text))}</w:footnote>'
        for name, text in (("-1", "线"), ("2", "注二"), ("5", "注五"))
    )
    body = p(r("甲") + reference("5")) + tbl(tr(f"<w:tc>{p(r('乙') + reference('2'))}</w:tc>"))
    assert lines(body, footnotes=notes) == ["甲", "注五", "注二"]


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ("", "行"),
        ('<w:jc w:val="center"/>', "行"),
        ('<w:jc w:val="right"/>', "落款"),
        ('<w:jc w:val="end"/>', "落款"),
        ('<w:pStyle w:val="右"/>', "落款"),
        ('<w:pStyle w:val="右二"/>', "落款"),
        ('<w:pStyle w:val="右二"/><w:jc w:val="left"/>', "行"),
        ('<w:pStyle w:val="没有"/>', "行"),
    ],
)
def test_a_line_set_right_is_a_signature(properties: str, kind: str) -> None:
    (line,) = read_word(word_file(p(r("甲"), properties), styles=STYLES))
    assert isinstance(line, Line)
    assert line.kind == kind


SPAN = '<w:gridSpan w:val="{}"/>'.format
DOWN, UP = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"

# rows -> cells as row, column, rowspan, colspan, text
TABLES: list[tuple[list[str], list[tuple[int, int, int, int, str]]]] = [
    ([tr(tc("甲"), tc("乙"))], [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙")]),
    (
        [tr(tc("甲", SPAN(2)), tc("乙")), tr(tc("丙"), tc("丁", SPAN(2)))],
        [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙"), (1, 0, 1, 1, "丙"), (1, 1, 1, 2, "丁")],
    ),
    (
        [tr(tc("甲", DOWN), tc("乙")), tr(tc("藏", UP), tc("丙")), tr(tc("", UP), tc("丁"))],
        [(0, 0, 3, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 1, 1, 1, "丙"), (2, 1, 1, 1, "丁")],
    ),
    (
        [tr(tc("甲", SPAN(2) + DOWN)), tr(tc("", SPAN(2) + '<w:vMerge w:val="continue"/>'))],
        [(0, 0, 2, 2, "甲")],
    ),
    # two joined cells above each other
    ([tr(tc("甲", DOWN)), tr(tc("乙", DOWN))], [(0, 0, 1, 1, "甲"), (1, 0, 1, 1, "乙")]),
    # cells that claim to go on but have nothing above that fits
    ([tr(tc("甲", UP))], [(0, 0, 1, 1, "甲")]),
    ([tr(tc("甲")), tr(tc("乙", UP))], [(0, 0, 1, 1, "甲"), (1, 0, 1, 1, "乙")]),
    (
        [tr(tc("甲", DOWN), tc("乙")), tr(tc("丙", UP + SPAN(2)))],
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 2, "丙")],
    ),
    # rows that begin later or end sooner
    (
        [tr(tc("甲"), tc("乙")), tr(tc("丙"), properties='<w:gridBefore w:val="1"/>')],
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, ""), (1, 1, 1, 1, "丙")],
    ),
    (
        [
            tr(tc("甲"), tc("乙"), tc("丙")),
            tr(tc("丁"), properties='<w:gridAfter w:val="2"/>'),
            tr(),
        ],
        [
            (0, 0, 1, 1, "甲"),
            (0, 1, 1, 1, "乙"),
            (0, 2, 1, 1, "丙"),
            (1, 0, 1, 1, "丁"),
            (1, 1, 1, 2, ""),
            (2, 0, 1, 3, ""),
        ],
    ),
    # how old files join beside
    (
        [tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("乙"))],
        [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙")],
    ),
    # content controls around rows and cells
    (
        [control("", tr(control("", tc("甲")), tc("乙"))), tr(tc("丙"), tc("丁"))],
        [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "丙"), (1, 1, 1, 1, "丁")],
    ),
    (
        [tr(control('<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>', tc("☒")))],
        [(0, 0, 1, 1, "☑")],
    ),
    ([tr(control("<w:showingPlcHdr/>", tc("请选择")))], [(0, 0, 1, 1, "")]),
    ([tr(tc("甲"), properties="<w:del/>"), tr(tc("乙"))], [(0, 0, 1, 1, "乙")]),
    # lines; a table within is lines
    ([tr(f"<w:tc>{p(r('甲'))}{p('')}{p(r('乙'))}</w:tc>")], [(0, 0, 1, 1, "甲\n\n乙")]),
    (
        [tr(f"<w:tc>{p(r('甲'))}{tbl(tr(tc('一'), tc('二')), tr(tc('三')))}{p('')}</w:tc>")],
        [(0, 0, 1, 1, "甲\n一\t二\n三\t")],
    ),
    ([tr(f"<w:tc>{p(r('甲') + text_box(p(r('乙'))))}</w:tc>")], [(0, 0, 1, 1, "甲\n乙")]),
    # sizes that are none
    ([tr(tc("甲", SPAN("甲")), tc("乙", SPAN(0)))], [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙")]),
]


@pytest.mark.parametrize(("rows", "found"), TABLES)
def test_tables_keep_their_joined_cells(
    rows: list[str], found: list[tuple[int, int, int, int, str]]
) -> None:
    assert cells(table(tbl(*rows))) == found


@pytest.mark.parametrize(
    ("grid", "widths"),
    [((100, 300), (100, 300)), ((), (1, 1)), ((100,), (1, 1)), ((100, 0), (1, 1))],
)
def test_widths_are_equal_where_the_file_does_not_say(
    grid: tuple[int, ...], widths: tuple[int, ...]
) -> None:
    assert table(tbl(tr(tc("甲"), tc("乙")), widths=grid)).widths == widths


def test_columns_that_no_row_reaches_are_left_out() -> None:
    assert table(tbl(tr(tc("甲")), widths=(100, 200))).widths == (100,)


def test_a_file_that_claims_a_million_columns_is_read() -> None:
    found = table(tbl(tr(tc("甲", SPAN(10**9)), tc("乙"))))
    assert [cell.text for cell in found.cells] == ["甲", "乙"]
    assert len(found.widths) <= 1001


def test_an_empty_paragraph_after_a_table_is_words_own() -> None:
    one = tbl(tr(tc("甲")))
    body = one + p("") + one + p("") + p("") + p(r("乙")) + one + p(r("丙"))
    blocks = read_word(word_file(body))
    texts = ["表" if isinstance(block, Table) else block.text for block in blocks]
    assert texts == ["表", "表", "", "乙", "表", "丙"]


def test_places_are_told_as_a_person_counts() -> None:
    body = (
        p("")
        + p(r("甲"))
        + p("")
        + tbl(
            tr(tc("乙", DOWN), tc("丙")),
            tr(tc("", UP), tc("丁")),
            tr(tc("戊"), properties='<w:gridBefore w:val="1"/>'),
        )
        + p(r("己") + text_box(p(r("庚"))))
        + tbl(tr(tc("辛")))
    )

    def place(block: Block) -> list[str]:
        inner = [cell.place for cell in block.cells] if isinstance(block, Table) else []
        return [block.place, *inner]

    assert [place(block) for block in read_word(word_file(body))] == [
        ["开头的空行"],
        ["第 1 段"],
        ["第 1 段后的空行"],
        [
            "表 1",
            "表 1 第 1 行第 1 格",
            "表 1 第 1 行第 2 格",
            "表 1 第 2 行第 2 格",
            "表 1 第 3 行",
            "表 1 第 3 行第 1 格",
        ],
        ["第 2 段"],
        ["第 2 段旁的文本框"],
        ["表 2", "表 2 第 1 行第 1 格"],
    ]


PICTURE = "<w:r><w:drawing><pic:pic/></w:drawing></w:r>"
SCANNED = "文档里只有图片"


@pytest.mark.parametrize(
    "body",
    [
        p(PICTURE),
        p(r("附件3")) + p(PICTURE),
        p("<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>"),
        tbl(tr(f"<w:tc>{p(PICTURE)}</w:tc>")),
    ],
)
def test_a_document_that_is_a_picture_is_refused(body: str) -> None:
    with pytest.raises(UnreadableError, match=SCANNED):
        read_word(word_file(body))


def test_a_picture_beside_text_is_left_out() -> None:
    text = "部门整体支出绩效自评报告" * 2
    assert lines(p(PICTURE + r(text))) == [text]


def test_an_embedded_web_page_is_refused() -> None:
    with pytest.raises(UnreadableError, match="嵌入的网页"):
        read_word(word_file('<w:altChunk r:id="x"/>'))


DOCUMENT = "word/document.xml"
START = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "这不是 Word 文档"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "这不是 Word 文档"),
        (zipped({"a.txt": "甲"}), "缺少 Word 文档的正文"),
        (zipped({DOCUMENT: ""}), "已经损坏"),
        (zipped({DOCUMENT: "<w:document>"}), "已经损坏"),
        (zipped({DOCUMENT: f"{START}</w:document>"}), "没有正文"),
        (
            zipped(
                {
                    DOCUMENT: '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
                    f"{START}<w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
                }
            ),
            "已经损坏",
        ),
    ],
)
def test_what_is_no_word_file_is_refused_in_one_sentence(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableError, match=message) as refused:
        read_word(data)
    assert "\n" not in str(refused.value)


def test_the_body_may_have_another_name_and_the_strict_namespace() -> None:
    body = f"{START}<w:body>{p(r('甲'))}</w:body></w:document>"
    strict = body.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    data = zipped({"_rels/.rels": relations({"officeDocument": "/a/b.xml"}), "a/b.xml": strict})
    assert [block.text for block in read_word(data) if isinstance(block, Line)] == ["甲"]


WRITTEN = write_word(Document("甲", (Sheet("乙", (Line("丙"), Line("丁", "落款"))),)))


@given(st.integers(0, len(WRITTEN) - 1), st.integers(1, 255))
def test_a_damaged_file_is_read_or_refused(position: int, change: int) -> None:
    damaged = bytearray(WRITTEN)
    damaged[position] ^= change
    with suppress(UnreadableError):
        assert read_word(bytes(damaged))


def test_what_stands_around_the_text_is_read_but_page_numbers_are_not() -> None:
    data = word_file(
        p(r("正文里有足够多的字，所以这不是一张图片，可以放心读。")),
        header=p(r("附件3")) + p(r("")),
        footer=p(r("— 1 —")) + p(r("第 2 页 共 3 页")) + p(r("填报单位：示例县民政局")),
        comments=f'<w:comment w:id="0">{p(r("金额待核"))}</w:comment>',
    )
    assert [(block.text, block.place) for block in read_word(data) if isinstance(block, Line)] == [
        ("附件3", "页眉"),
        ("正文里有足够多的字，所以这不是一张图片，可以放心读。", "第 1 段"),
        ("填报单位：示例县民政局", "页脚"),
        ("金额待核", "批注"),
    ]
