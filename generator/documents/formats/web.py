"""HTML: pages saved from a portal, and pages to paste into the portal's editor."""

import re

from lxml import etree
from lxml.builder import E

from generator.documents.formats.encoding import decode
from generator.documents.formats.web_blocks import read_blocks
from generator.documents.marks import MARK
from generator.documents.model import (
    Block,
    Cell,
    Document,
    Line,
    Sheet,
    Table,
    UnreadableError,
)

_Element = etree._Element

# Editors of portals drop style sheets and classes but keep the style of an element. What they drop
# too must not be missed: the tables have `border`, and labels are header cells.
_TABLE_STYLE = "border-collapse:collapse;width:100%"
_CELL_STYLE = "border:1px solid;padding:4px 6px"
_LABEL_STYLE = f"{_CELL_STYLE};font-weight:normal"
_LINE_STYLES = {
    "标题": "text-align:center",
    "副题": "text-align:center",
    "正文": "text-indent:2em",
    "落款": "text-align:right",
}
_NEW_PAGE = "page-break-before:always"
_AS_IT_STANDS = "white-space:pre-wrap"
_COLLAPSED = re.compile(r"\t| {2}|^ | $", re.MULTILINE)
"""Spaces that a browser would not show."""


def write_web(document: Document) -> str:
    """A page of its own, without scripts, classes or other files; `read_web` takes it back."""
    sheets = [_sheet(sheet, number) for number, sheet in enumerate(document.sheets)]
    head = E.head(E.meta(charset="utf-8"), E.title(document.title))
    page = E.html(head, E.body(*sheets), lang="zh-CN")
    for element in page.iter("html", "head", "body", "div", "table", "colgroup", "tbody", "tr"):
        element.text = "\n"
    for element in page.iter():
        if element.tag not in {"br", "sup", "html"}:
            element.tail = "\n"
    written = etree.tostring(page, method="html", encoding="unicode", doctype="<!DOCTYPE html>")
    return f"{written}\n"


def _sheet(sheet: Sheet, number: int) -> _Element:
    drawn = E.div(*(_line(b) if isinstance(b, Line) else _table(b) for b in sheet.blocks))
    if number:
        drawn.set("style", _NEW_PAGE)
    return drawn


def _line(line: Line) -> _Element:
    tag = "h2" if line.kind == "标题" else f"h{line.level + 2}" if line.level else "p"
    return _text(E(tag), line.text, _LINE_STYLES.get(line.kind, "") if not line.level else "")


def _table(table: Table) -> _Element:
    whole = sum(table.widths) or 1
    columns = [E.col(style=f"width:{100 * width / whole:.4g}%") for width in table.widths]
    rows = [E.tr() for _ in range(table.height)]
    for cell in sorted(table.cells, key=lambda cell: cell.column):
        rows[cell.row].append(_cell(cell))
    return E.table(E.colgroup(*columns), E.tbody(*rows), border="1", style=_TABLE_STYLE)


def _cell(cell: Cell) -> _Element:
    drawn = E.th() if cell.is_label else E.td()
    for name, span in (("rowspan", cell.rowspan), ("colspan", cell.colspan)):
        if span > 1:
            drawn.set(name, str(span))
    return _text(drawn, cell.marked, _LABEL_STYLE if cell.is_label else _CELL_STYLE)


def _text(element: _Element, text: str, style: str) -> _Element:
    """Put text into an element, its line breaks as elements, its spaces kept, its marks raised."""
    if _COLLAPSED.search(text):
        style = f"{style};{_AS_IT_STANDS}".removeprefix(";")
    if style:
        element.set("style", style)
    lines = text.split("\n")
    if len(lines) > 1 and not lines[-1]:
        lines.append("")  # the last line break in an element is not shown
    for number, line in enumerate(lines):
        if number:
            element.append(E.br())
        for place, piece in enumerate(MARK.split(line)):
            if place % 2:
                element.append(E.sup(piece))
            elif len(element):
                element[-1].tail = piece
            else:
                element.text = piece
    return element


# Reading

_DECLARED = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
"""Browsers look at 1024 bytes; pages that portals serve begin with longer comments."""
_CHINESE = {"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "gb_2312", "csgb2312", "cp936"}
_OTHERS = {"utf-8": "utf-8", "utf8": "utf-8", "big5": "big5hkscs"}
_FEW = 20
"""Signs of text, beside a picture that holds what was meant."""


def read_web(data: bytes) -> list[Block]:
    """The visible lines and tables of a page. Raises UnreadableError when it hides them."""
    text = decode(data, _declared_encoding(data))
    if text is None:
        raise UnreadableError("这不是网页文件，读不出内容；请在浏览器中重新另存为网页（HTML）")
    # The parser stops at 256 elements within each other or 10 MB of one text, and only notes it.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=False)
    root = etree.fromstring(text.encode(), parser)
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise UnreadableError(
            "网页套得太深或太大，读不全；请在浏览器中全选、复制，粘贴到 Word 中保存后再导入"
        )
    if root is None:
        return []
    blocks = read_blocks(root)
    if root.find(".//img") is not None and _signs(blocks) < _FEW:
        raise UnreadableError("网页中是图片，没有可以读取的文字；请改用 Word、Excel 原件")
    return blocks


def _declared_encoding(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_DECLARED_WITHIN])
    if not match:
        return None
    name = match[1].decode("ascii", "ignore").lower()
    return "gb18030" if name in _CHINESE else _OTHERS.get(name)


def _signs(blocks: list[Block]) -> int:
    texts = [
        text
        for block in blocks
        for text in (
            [block.text] if isinstance(block, Line) else [cell.text for cell in block.cells]
        )
    ]
    return len("".join("".join(texts).split()))
