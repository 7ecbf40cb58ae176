"""A document as a Word file, laid out so that an office would hand it in.

Elements are made through lxml: python-docx looks a cell up in the whole table every time, which
takes minutes for a long one. It gives the package, the properties and the footer.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from math import ceil

import docx
import docx.document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from generator.documents.formats.word.layout import (
    CELL_MARGIN,
    LYING,
    ROW_HEIGHT,
    STYLES,
    TABLE_LETTER,
    TABLE_PROPERTIES,
    UPRIGHT,
    Paper,
)
from generator.documents.formats.word.parts import Element
from generator.documents.marks import MARK
from generator.documents.model import Block, Cell, Document, Line, Sheet, Table

_WIDE = 7
"""Columns that fit an upright sheet."""

_SHORT = 12
"""Lines of text in a row that is rather moved to the next page than cut."""

_GAP = re.compile("(\u3000{4,})")
"""Wider than what sets the letters of a title apart: 通　　知."""

_EMPTY_CHOICE = "\u3000\u3000"
"""Stands where nothing is chosen yet: to be clicked on, and nothing when printed."""

_DATE = datetime(2000, 1, 1)  # python-docx wants it without a zone
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)

_OF_A_FILE = {RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES}
_OF_A_DOCUMENT = {RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS}
"""The parts that are kept of python-docx's template."""

_LINE_STYLES = {
    "标签": "Label",
    "标题": "Title",
    "副题": "Subtitle",
    "行": "PlainLine",
    "正文": "BodyText",
    "落款": "Signature",
}


def write_word(document: Document) -> bytes:
    """Write a .docx file. The same document gives the same bytes."""
    file = docx.Document()
    _clear_template(file, document.title)
    footer = _footer(file)
    body = file.element.body
    for old in list(body):
        body.remove(old)
    bookmarks = _Bookmarks()
    for position, sheet in enumerate(document.sheets):
        blocks = [block for block in sheet.blocks if isinstance(block, Line) or block.cells]
        wide = any(isinstance(block, Table) and len(block.widths) > _WIDE for block in blocks)
        paper = LYING if wide else UPRIGHT
        bookmarks.add(body, sheet)
        last = _add_blocks(body, blocks, paper)
        is_last = position == len(document.sheets) - 1
        _add_section(body if is_last else _properties(last), paper, footer)
    if not document.sheets:
        _add_paragraph(body, "PlainLine", "")
        _add_section(body, UPRIGHT, footer)
    saved = io.BytesIO()
    file.save(saved)
    return _with_fixed_dates(saved.getvalue())


def _clear_template(file: docx.document.Document, title: str) -> None:
    """Make python-docx's template ours: Chinese, without its styles, picture and author."""
    styles = file.styles.element
    for child in list(styles):
        styles.remove(child)
    for child in list(parse_xml(STYLES)):
        styles.append(child)
    settings = file.settings.element
    language = settings.find(qn("w:themeFontLang"))
    if language is not None:
        language.set(qn("w:val"), "zh-CN")
        language.set(qn("w:eastAsia"), "zh-CN")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # or Word says 兼容模式 in its title
    package = file.part.package
    for relations, kept in ((package.rels, _OF_A_FILE), (file.part.rels, _OF_A_DOCUMENT)):
        for name in [name for name, to in relations.items() if to.reltype not in kept]:
            del relations[name]
    properties = file.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = _DATE
    properties.revision = 1


def _footer(file: docx.document.Document) -> str:
    """Make the footer with the page number; the id by which every section refers to it."""
    footer = file.sections[0].footer
    footer.is_linked_to_previous = False
    part = footer.part
    for old in list(part.element):
        part.element.remove(old)
    paragraph = _add_paragraph(part.element, "Footer", "— ")
    for kind in ("begin", "code", "separate", "result", "end"):
        run = _sub(paragraph, "w:r")
        if kind == "code":
            _add_text(run, " PAGE ", "w:instrText")
        elif kind == "result":
            _add_text(run, "1")
        else:
            _sub(run, "w:fldChar", fldCharType=kind)
    _add_runs(paragraph, " —")
    return file.part.relate_to(part, RELATIONSHIP_TYPE.FOOTER)


class _Bookmarks:
    """The names of sheets as bookmarks, so that a file of many can be jumped about in."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def add(self, body: Element, sheet: Sheet) -> None:
        """Mark the place that comes next. Names are letters and digits, and each there once."""
        plain = re.sub(r"\W", "_", sheet.name)
        plain = (plain if plain[:1].isalpha() else f"表_{plain}")[:30]
        name, again = plain, 2
        while name in self._names:
            name, again = f"{plain}_{again}", again + 1
        self._names.add(name)
        count = str(len(self._names))
        _sub(body, "w:bookmarkStart", id=count, name=name)
        _sub(body, "w:bookmarkEnd", id=count)


def _add_blocks(body: Element, blocks: list[Block], paper: Paper) -> Element:
    """Add the blocks of a sheet; its last paragraph.

    Word wants a paragraph after a table: before another one, or they become one, and at the end.
    Who reads drops one empty paragraph after a table, so one is put before an empty line, too.
    """
    is_report = any(isinstance(block, Line) and block.kind == "正文" for block in blocks)
    last: Element | None = None
    for position, block in enumerate(blocks):
        if isinstance(block, Line):
            last = _add_line(body, block, is_report)
            continue
        _add_table(body, block, paper)
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        if not isinstance(following, Line) or (not following.text and following.kind != "落款"):
            last = _add_paragraph(body, "AfterTable", "")
    return _add_paragraph(body, "PlainLine", "") if last is None else last


def _add_line(body: Element, line: Line, in_report: bool) -> Element:
    style = _LINE_STYLES[line.kind]
    if line.kind == "正文" and line.level:
        style = f"Heading{min(line.level, 3)}"
    elif line.kind == "行" and in_report:
        style = "ReportLine"  # as large as the text around it
    return _add_paragraph(body, style, line.text, shows_gaps=line.kind in ("标题", "副题"))


def _add_table(body: Element, table: Table, paper: Paper) -> None:
    width = paper.text_width
    element = _sub(body, "w:tbl")
    element.append(parse_xml(TABLE_PROPERTIES.format(width=width)))
    edges = _edges(table.widths, width)
    grid = _sub(element, "w:tblGrid")
    for left, right in pairwise(edges):
        _sub(grid, "w:gridCol", w=str(right - left))
    rows: list[list[Cell]] = [[] for _ in range(table.height)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            rows[row].append(cell)
    for number, cells in enumerate(rows):
        cells.sort(key=lambda cell: cell.column)
        _add_row(element, number, cells, edges)


def _edges(widths: tuple[int, ...], width: int) -> list[int]:
    """Where the columns begin and end, in twips: rounded so that they fill the width."""
    whole, edges, passed = sum(widths), [0], 0
    for column in widths:
        passed += column
        edges.append(round(passed * width / whole))
    return edges


def _add_row(table: Element, number: int, cells: list[Cell], edges: list[int]) -> None:
    row = _sub(table, "w:tr")
    properties = _sub(row, "w:trPr")
    if _lines_high(cells, edges) <= _SHORT:
        _sub(properties, "w:cantSplit")
    _sub(properties, "w:trHeight", val=str(ROW_HEIGHT), hRule="atLeast")
    for cell in cells:
        _add_cell(row, cell, cell.row == number, edges)


def _lines_high(cells: Iterable[Cell], edges: list[int]) -> int:
    """About how many lines a row is high, if every letter is as wide as a Chinese one."""
    high = 1
    for cell in cells:
        if cell.rowspan == 1:
            room = edges[cell.column + cell.colspan] - edges[cell.column] - 2 * CELL_MARGIN
            letters = max(room // TABLE_LETTER, 1)
            lines = cell.text.split("\n")
            high = max(high, sum(max(ceil(len(line) / letters), 1) for line in lines))
    return high


def _add_cell(row: Element, cell: Cell, begins: bool, edges: list[int]) -> None:
    element = _sub(row, "w:tc")
    properties = _sub(element, "w:tcPr")
    width = edges[cell.column + cell.colspan] - edges[cell.column]
    _sub(properties, "w:tcW", w=str(width), type="dxa")
    if cell.colspan > 1:
        _sub(properties, "w:gridSpan", val=str(cell.colspan))
    if cell.rowspan > 1:
        _sub(properties, "w:vMerge", val="restart" if begins else "continue")
    _sub(properties, "w:vAlign", val="center")
    centred = cell.is_number or cell.is_group or bool(cell.options)
    style = "CellLabel" if cell.is_label else "CellCentred" if centred else "CellText"
    if not begins:
        _add_paragraph(element, style, "")
    elif cell.options:
        _add_choice(_add_paragraph(element, style, ""), cell)
    else:
        for line in cell.marked.split("\n"):
            _add_paragraph(element, style, line, shows_gaps=cell.is_label)


def _add_choice(paragraph: Element, cell: Cell) -> None:
    """A list that drops down when clicked on, or is typed over: a tick with a pen, nothing again.

    Word calls a file with one entry twice damaged.
    """
    control = _sub(paragraph, "w:sdt")
    properties = _sub(control, "w:sdtPr")
    if not cell.text:
        _sub(properties, "w:showingPlcHdr")
    choices = _sub(properties, "w:comboBox")
    for option in dict.fromkeys(cell.options):
        if option:
            _sub(choices, "w:listItem", displayText=option, value=option)
    _add_runs(_sub(control, "w:sdtContent"), cell.text or _EMPTY_CHOICE)
    _add_runs(paragraph, cell.mark)


def _add_section(parent: Element, paper: Paper, footer: str) -> None:
    section = _sub(parent, "w:sectPr")
    reference = _sub(section, "w:footerReference", type="default")
    reference.set(qn("r:id"), footer)
    _sub(section, "w:type", val="nextPage")
    size = _sub(section, "w:pgSz", w=str(paper.width), h=str(paper.height))
    if paper.width > paper.height:
        size.set(qn("w:orient"), "landscape")
    margins = {side: str(getattr(paper, side)) for side in ("top", "right", "bottom", "left")}
    _sub(section, "w:pgMar", **margins, header="851", footer="1134", gutter="0")


def _add_paragraph(parent: Element, style: str, text: str, *, shows_gaps: bool = False) -> Element:
    """shows_gaps: what is to be written into words of the form, such as the year, has a line."""
    paragraph = _sub(parent, "w:p")
    _sub(_sub(paragraph, "w:pPr"), "w:pStyle", val=style)
    for part in _GAP.split(text) if shows_gaps else [text]:
        _add_runs(paragraph, part, is_underlined=_GAP.fullmatch(part) is not None and shows_gaps)
    return paragraph


def _properties(paragraph: Element) -> Element:
    """The w:pPr that every paragraph has been given."""
    return paragraph[0]


def _add_runs(parent: Element, text: str, *, is_underlined: bool = False) -> None:
    for place, part in enumerate(MARK.split(text)):
        if part:
            _add_run(parent, part, is_underlined=is_underlined, is_raised=bool(place % 2))


def _add_run(parent: Element, text: str, *, is_underlined: bool, is_raised: bool) -> None:
    run = _sub(parent, "w:r")
    if is_underlined:
        _sub(_sub(run, "w:rPr"), "w:u", val="single")
    if is_raised:
        _sub(_sub(run, "w:rPr"), "w:vertAlign", val="superscript")
    for part in re.split("([\t\n])", text):
        if part == "\t":
            _sub(run, "w:tab")
        elif part == "\n":
            _sub(run, "w:br")
        elif part:
            _add_text(run, part)


def _add_text(run: Element, text: str, tag: str = "w:t") -> None:
    element = _sub(run, tag)
    element.text = text
    element.set(qn("xml:space"), "preserve")


def _sub(parent: Element, tag: str, **attributes: str) -> Element:
    """A new last child, with attributes of Word's namespace."""
    return etree.SubElement(parent, qn(tag), {qn(f"w:{k}"): v for k, v in attributes.items()})


def _with_fixed_dates(data: bytes) -> bytes:
    """The same archive without the time at which it was made."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(fixed, "w") as archive:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, made.read(name))
    return fixed.getvalue()
