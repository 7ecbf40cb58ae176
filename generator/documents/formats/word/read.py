"""A Word file as lines and tables of text, in the order of the document.

Read is what people see on the screen, whatever Word or WPS keeps it in: headers in front, footers
and comments at the end, but for page numbers.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from generator.documents.formats.word.numbering import Numbering
from generator.documents.formats.word.parts import (
    NAMESPACES,
    Element,
    Parts,
    local_name,
    number,
    open_parts,
    value,
)
from generator.documents.formats.word.styles import Styles
from generator.documents.formats.word.text import chosen, read_paragraph, settle_controls
from generator.documents.model import Block, Cell, Line, LineKind, Table, UnreadableError

_AROUND = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"}
"""Stand around paragraphs, tables, rows and cells, and are nothing themselves."""

_WIDEST = 1000
"""Columns. Word makes 63; a file that says more does not make the computer stand still."""

_HARDLY_ANY = 20
"""Characters that may stand beside a picture of a form: a title, a page number."""

_PAGE_NUMBER = re.compile(r"[\s0-9—–\-第页共总/,，]*")

_PICTURE = (
    "文档里只有图片，几乎没有文字和表格，无法读取；请把图片中的内容打成文字，或者改用原来的电子文件"
)
_EMBEDDED = "文档的正文是嵌入的网页，无法直接读取；请用 Word 打开，另存为“.docx”后再试"
_BROKEN = "Word 文档里没有正文，可能已经损坏；请用 Word 打开并修复，另存为“.docx”后再试"


def read_word(data: bytes) -> list[Block]:
    """Read a .docx file; UnreadableError if it cannot be read or holds nothing but pictures."""
    parts = open_parts(data)
    body = parts.document.find("w:body", NAMESPACES)
    if body is None:
        raise UnreadableError(_BROKEN)
    around = (*parts.headers, *parts.footers, parts.comments)
    for root in (parts.document, parts.footnotes, parts.endnotes, *around):
        settle_controls(root)
    reading = _Reading(parts)
    blocks: list[Block] = [
        *reading.margin(parts.headers, "页眉"),
        *reading.blocks(body),
        *reading.notes_at_the_end(),
        *reading.margin(parts.footers, "页脚"),
        *reading.margin([parts.comments], "批注"),
    ]
    if sum(map(_weight, blocks)) < _HARDLY_ANY:
        if reading.pictures:
            raise UnreadableError(_PICTURE)
        if body.find(".//w:altChunk", NAMESPACES) is not None:
            raise UnreadableError(_EMBEDDED)
    return blocks


def _weight(block: Block) -> int:
    texts = [block.text] if isinstance(block, Line) else [cell.text for cell in block.cells]
    return sum(len("".join(text.split())) for text in texts)


def _inside(container: Element, names: set[str]) -> Iterator[Element]:
    """The elements of these names in a container, in order, also within content controls."""
    for child in container:
        name = local_name(child)
        if name in names:
            yield child
        elif name in _AROUND:
            yield from _inside(child, names)
        elif name == "AlternateContent":
            for alternative in chosen(child):
                yield from _inside(alternative, names)


@dataclass(slots=True)
class _Open:
    """A paragraph whose end was deleted while changes are tracked: it runs on in the next."""

    text: str = ""
    boxes: list[Element] = field(default_factory=list)


class _Reading:
    """What is counted while a document is read from its beginning to its end."""

    def __init__(self, parts: Parts) -> None:
        self._styles = Styles(parts.styles)
        self._numbering = Numbering(parts.numbering, self._styles)
        self._note_parts = {"footnote": parts.footnotes, "endnote": parts.endnotes}
        self._notes: list[tuple[str, str]] = []
        self._paragraphs = 0
        """Of the body, with text: a person who counts leaves out empty ones."""
        self._tables = 0
        self.pictures = 0

    def blocks(self, container: Element, place: str | None = None) -> Iterator[Block]:
        """What a container holds. Without a place it is the body, whose paragraphs are counted."""
        after_table, unfinished = False, _Open()
        for element in _inside(container, {"p", "tbl"}):
            if local_name(element) == "tbl":
                table = self._table(element, place)
                if table is not None:
                    yield table
                    after_table = True
                continue
            seen = read_paragraph(element, self._styles)
            self.pictures += seen.pictures
            self._notes += seen.notes
            unfinished.text += seen.text
            unfinished.boxes += seen.boxes
            if element.find("w:pPr/w:rPr/w:del", NAMESPACES) is not None:
                continue
            text = self._numbering.label(element) + unfinished.text
            where = self._place_of_paragraph(text) if place is None else place
            kind = self._kind(element)
            # Word wants a paragraph after every table, which nobody means
            if text or kind == "落款" or not after_table:
                for line in text.split("\n"):
                    yield Line(line, kind, place=where)
            for box in unfinished.boxes:
                yield from self.blocks(box, f"{where}旁的文本框")
            after_table, unfinished = False, _Open()
        if unfinished.text:
            where = self._place_of_paragraph(unfinished.text) if place is None else place
            for line in unfinished.text.split("\n"):
                yield Line(line, place=where)

    def notes_at_the_end(self) -> Iterator[Line]:
        """The notes that the text refers to. Notes that they refer to in turn do not exist."""
        for count, (kind, name) in enumerate(list(self._notes), 1):
            for note in self._note_parts[kind].iterfind(f"w:{kind}", NAMESPACES):
                if value(note, "id") == name:
                    for text in self._lines(note):
                        yield Line(text, place=f"注释 {count}")

    def margin(self, roots: Iterable[Element], place: str) -> Iterator[Line]:
        """What stands around the text, each line once: the same header is kept several times."""
        seen: set[str] = set()
        for root in roots:
            containers = root.iterfind("w:comment", NAMESPACES) if place == "批注" else [root]
            for container in containers:
                for text in self._lines(container):
                    if text.strip() and text not in seen and not _PAGE_NUMBER.fullmatch(text):
                        seen.add(text)
                        yield Line(text, place=place)

    def _place_of_paragraph(self, text: str) -> str:
        if text.strip():
            self._paragraphs += 1
            return f"第 {self._paragraphs} 段"
        return f"第 {self._paragraphs} 段后的空行" if self._paragraphs else "开头的空行"

    def _kind(self, paragraph: Element) -> LineKind:
        aligned = value(self._styles.of_paragraph(paragraph, "jc"))
        return "落款" if aligned in {"right", "end"} else "行"

    def _lines(self, container: Element) -> list[str]:
        """What stands in a cell or note; a row of a table in it becomes a line."""
        lines: list[str] = []
        for block in self.blocks(container, ""):
            if isinstance(block, Line):
                lines.append(block.text)
            else:
                for row in range(block.height):
                    texts = [cell.text for cell in block.cells if cell.row == row]
                    lines += "\t".join(texts).split("\n")
        return lines

    def _table(self, table: Element, place: str | None) -> Table | None:
        """A table; None for one without cells, which Word does not show."""
        if place is None:
            self._tables += 1
        where = f"表 {self._tables}" if place is None else f"{place}里的表"
        cells: list[Cell] = []
        ends: list[int] = []
        joinable: dict[int, int] = {}
        """column -> which of the cells that reach the row above may reach further down"""
        for row, element in enumerate(_rows(table)):
            above, joinable = joinable, {}
            column = min(number(_row_property(element, "gridBefore"), 0), _WIDEST)
            if column > 0:
                cells.append(Cell(row, 0, 1, column, "", place=f"{where} 第 {row + 1} 行"))
            for position, cell, span in _row_cells(element):
                merge = cell.find("w:tcPr/w:vMerge", NAMESPACES)
                joined = above.get(column) if _continues(merge) else None
                if joined is not None and cells[joined].colspan == span:
                    cells[joined] = replace(cells[joined], rowspan=cells[joined].rowspan + 1)
                    joinable[column] = joined
                else:
                    if merge is not None:
                        joinable[column] = len(cells)
                    text = "\n".join(self._lines(cell))
                    spot = f"{where} 第 {row + 1} 行第 {position} 格"
                    cells.append(Cell(row, column, 1, span, text, place=spot))
                column += span
            ends.append(column)
        width = max(ends, default=0)
        if not width:
            return None
        for row, end in enumerate(ends):
            if end < width:
                spot = f"{where} 第 {row + 1} 行"
                cells.append(Cell(row, end, 1, width - end, "", place=spot))
        cells.sort(key=lambda cell: (cell.row, cell.column))
        return Table(_widths(table, width), tuple(cells), where)


def _rows(table: Element) -> Iterator[Element]:
    for row in _inside(table, {"tr"}):
        if _row_property(row, "del") is None:
            yield row


def _row_cells(row: Element) -> list[tuple[int, Element, int]]:
    """The cells of a row: the how manieth it is to a person, the cell, how many columns it is."""
    cells: list[tuple[int, Element, int]] = []
    for cell in _inside(row, {"tc"}):
        properties = cell.find("w:tcPr", NAMESPACES)
        span = min(max(number(_child(properties, "gridSpan"), 1), 1), _WIDEST)
        if cells and _continues(_child(properties, "hMerge")):  # how Word 97 joined cells
            position, first, width = cells[-1]
            cells[-1] = (position, first, width + span)
        else:
            cells.append((len(cells) + 1, cell, span))
    return cells


def _row_property(row: Element, name: str) -> Element | None:
    return row.find(f"w:trPr/w:{name}", NAMESPACES)


def _child(element: Element | None, name: str) -> Element | None:
    return None if element is None else element.find(f"w:{name}", NAMESPACES)


def _continues(merge: Element | None) -> bool:
    """Whether a cell says that it is one with that above it, or beside it."""
    return merge is not None and value(merge) in {None, "continue"}


def _widths(table: Element, width: int) -> tuple[int, ...]:
    columns = [
        number(column, 0, "w") for column in table.iterfind("w:tblGrid/w:gridCol", NAMESPACES)
    ]
    if len(columns) < width or min(columns[:width]) <= 0:
        return (1,) * width
    return tuple(columns[:width])
