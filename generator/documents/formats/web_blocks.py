"""The lines and tables that a web page shows, whatever it is built of.

Everything visible is kept, a portal's menus too: what belongs to a form is found by matching. The
page is walked, not called down into, so that nesting costs no stack.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from generator.documents.formats.web_grid import WebCell, WebRow, place_cells
from generator.documents.formats.web_lines import Spaces, Style, WebLines
from generator.documents.formats.word.symbols import is_symbol_font, show_symbols
from generator.documents.model import Block, Line
from generator.forms.types import TICKED, UNTICKED

_Element = etree._Element


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_UNSEEN = _words(
    "head script style noscript template title iframe noframes noembed object audio video canvas",
    "datalist",
)
_PARAGRAPHS = _words("p h1 h2 h3 h4 h5 h6 pre")
"""Lines of their own even when there is nothing in them."""
_BLOCKS = _PARAGRAPHS | _words(
    "html body address article aside blockquote center dd details dialog dir div dl dt fieldset",
    "figcaption figure footer form header hr legend li main menu nav ol optgroup section summary",
    "table caption thead tbody tfoot tr td th ul",
)
_GROUPS = {"thead": 0, "tbody": 1, "tfoot": 2}
"""In the order in which they are shown."""
_VALUELESS = _words("hidden password file image range color")

_SPACES: dict[str, Spaces] = {
    "pre": "pre",
    "pre-wrap": "pre",
    "break-spaces": "pre",
    "pre-line": "pre-line",
}

_LAST_SOURCE_LINE = 65535
"""From here on the parser does not count."""
_WIDEST = 1000
"""What HTML allows a cell to span."""


def read_blocks(root: _Element) -> list[Block]:
    """The lines and tables of a page, in order."""
    reader = _Reader(_layout_tables(root))
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            if not reader.open(element):
                walk.skip_subtree()
        else:
            if event == "end":
                reader.close(element)
            reader.add(element.tail)
    return reader.finish()


def _layout_tables(root: _Element) -> set[_Element]:
    """Tables that only arrange a page: they hold tables, or one cell with paragraphs."""
    layout: set[_Element] = set()
    tables: list[_Element] = []
    cells: dict[_Element, int] = {}
    paragraphs: dict[_Element, int] = {}
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            if tables and tables[-1] is element:
                tables.pop()
                if cells[element] == 1 and paragraphs[element] > 1:
                    layout.add(element)
        elif _is_unseen(element, _declarations(element)):
            walk.skip_subtree()
        elif element.tag == "table":
            layout.update(tables[-1:])
            tables.append(element)
            cells[element] = paragraphs[element] = 0
        elif tables and element.tag in {"td", "th"}:
            cells[tables[-1]] += 1
        elif tables and (element.tag in _PARAGRAPHS or element.tag == "div"):
            paragraphs[tables[-1]] += 1
    return layout


@dataclass(slots=True)
class _Open:
    """An element whose end has not been reached."""

    style: Style
    tag: str = ""
    """Empty for what is not seen."""
    is_block: bool = False
    lines_before: int | None = None
    """For a paragraph: how many lines and tables there were before it."""


@dataclass(slots=True)
class _CellDraft:
    rowspan: int
    colspan: int
    lines: WebLines = field(default_factory=WebLines)

    def finish(self) -> WebCell:
        return WebCell("\n".join(line.text for line in self.lines.done), self.rowspan, self.colspan)


@dataclass(slots=True)
class _RowDraft:
    is_low: bool
    """Without height: Office sets the widths of columns in such a row."""
    cells: list[_CellDraft] = field(default_factory=list)


@dataclass(slots=True)
class _GroupDraft:
    """Rows of a head, body or foot, which no cell leaves."""

    order: int
    rows: list[_RowDraft] = field(default_factory=list)

    def finish(self) -> list[WebRow]:
        rows = ((row.is_low, [cell.finish() for cell in row.cells]) for row in self.rows)
        return [cells for is_low, cells in rows if not is_low or any(cell.text for cell in cells)]


@dataclass(slots=True)
class _TableDraft:
    """A table that is being read."""

    outside: WebLines = field(default_factory=WebLines)
    """The caption, and text that belongs to no cell; browsers show both above."""
    columns: int = 0
    groups: list[_GroupDraft] = field(default_factory=list)
    group: _GroupDraft | None = None
    row: _RowDraft | None = None
    cell: _CellDraft | None = None

    def open(self, element: _Element) -> None:
        """A part of the table begins; what is missing around it is thought there."""
        if element.tag == "col":
            self.columns += _number(element, "span", 1, 1)
        elif element.tag in _GROUPS:
            self._open_group(_GROUPS[element.tag])
        elif element.tag == "tr":
            self._open_row(_number(element, "height", 0, 1) == 0)
        elif element.tag in {"td", "th"}:
            row = self.row or self._open_row(False)
            colspan = min(_number(element, "colspan", 1, 1), _WIDEST)
            self.cell = _CellDraft(_number(element, "rowspan", 0, 1), colspan)
            row.cells.append(self.cell)

    def _open_group(self, order: int) -> _GroupDraft:
        self.group = _GroupDraft(order)
        self.groups.append(self.group)
        return self.group

    def _open_row(self, is_low: bool) -> _RowDraft:
        self.row = _RowDraft(is_low)
        (self.group or self._open_group(_GROUPS["tbody"])).rows.append(self.row)
        return self.row

    def close(self, tag: str) -> None:
        """A part of the table ends."""
        if tag in {"td", "th"}:
            self.cell = None
        elif tag == "tr":
            self.row = self.cell = None
        elif tag in _GROUPS:
            self.group = self.row = self.cell = None


class _Reader:
    """Takes a page element by element."""

    def __init__(self, layout_tables: set[_Element]) -> None:
        self._layout_tables = layout_tables
        self._blocks: list[Block] = []
        self._tables = 0
        self._page = WebLines()
        self._table: _TableDraft | None = None
        """Only one: a table that holds tables is layout."""
        self._open = [_Open(Style())]
        self._source_line = 0

    def open(self, element: _Element) -> bool:
        """An element begins. Says whether what is within it is to be read."""
        outer = self._open[-1].style
        css = _declarations(element)
        if _is_unseen(element, css):
            self._open.append(_Open(outer))
            return False
        tag = str(element.tag)
        self._source_line = element.sourceline or 0
        opened = _Open(_style(element, css, outer), tag, _is_block(tag, css))
        self._open.append(opened)
        if opened.is_block:
            self._lines.close()
        if tag in _PARAGRAPHS:
            opened.lines_before = self._count
        if tag == "table" and element not in self._layout_tables:
            self._flush()
            self._table = _TableDraft()
        elif self._table:
            self._table.open(element)
        if tag == "br":
            self._lines.end(opened.style, self._source_line)
        control = _control_text(element)
        if control is not None:
            self._lines.add(control, Style(outer.is_right, "pre"), self._source_line)
        else:
            self.add(element.text)
        return control is None

    def close(self, element: _Element) -> None:
        """An element ends."""
        closed = self._open.pop()
        if closed.is_block:
            self._lines.close()
        if closed.lines_before == self._count:
            self._lines.end(closed.style, element.sourceline or 0)
        if self._table is None:
            return
        if closed.tag == "table":
            self._finish_table(self._table)
        else:
            self._table.close(closed.tag)

    def add(self, text: str | None) -> None:
        """Text in the element that was opened last."""
        style = self._open[-1].style
        if text:
            if style.font:
                text = show_symbols(text, style.font)
            self._lines.add(text, style, self._source_line)

    @property
    def _lines(self) -> WebLines:
        """Where text goes at present."""
        if self._table is None:
            return self._page
        return self._table.cell.lines if self._table.cell else self._table.outside

    @property
    def _count(self) -> int:
        in_table = 0 if self._lines is self._page else len(self._lines.done)
        return len(self._blocks) + len(self._page.done) + in_table

    def _finish_table(self, draft: _TableDraft) -> None:
        self._page, self._table = draft.outside, None
        self._flush()
        groups = sorted(draft.groups, key=lambda group: group.order)
        rows = [group.finish() for group in groups]
        table = place_cells(rows, draft.columns, f"表 {self._tables + 1}")
        if table:
            self._tables += 1
            self._blocks.append(table)

    def _flush(self) -> None:
        """The lines so far become blocks."""
        self._page.close()
        self._blocks += [
            Line(line.text, "落款" if line.is_right else "行", place=_place(line.source_line))
            for line in self._page.done
        ]
        self._page = WebLines()

    def finish(self) -> list[Block]:
        """What has been read."""
        self._flush()
        return self._blocks


def _place(source_line: int) -> str:
    return f"第 {source_line} 行" if 0 < source_line < _LAST_SOURCE_LINE else ""


def _declarations(element: _Element) -> dict[str, str]:
    """The element's own style; classes would need the style sheets of the portal."""
    pairs = (part.partition(":") for part in element.get("style", "").lower().split(";"))
    return {
        name.strip(): value.partition("!")[0].strip() for name, _, value in pairs if value.strip()
    }


def _is_unseen(element: _Element, css: Mapping[str, str]) -> bool:
    return (
        element.tag in _UNSEEN
        or element.get("hidden") is not None
        or css.get("display") == "none"
        or css.get("visibility") in {"hidden", "collapse"}
        or css.get("mso-hide") == "all"
        or (element.tag == "dialog" and element.get("open") is None)
    )


def _is_block(tag: str, css: Mapping[str, str]) -> bool:
    display = css.get("display", "")
    if display in {"block", "flex", "grid", "table", "list-item"}:
        return True
    return tag in _BLOCKS and not display.startswith("inline")


def _style(element: _Element, css: Mapping[str, str], outer: Style) -> Style:
    is_right, spaces, font = outer.is_right, outer.spaces, outer.font
    tag = element.tag
    if tag in {"table", "center"}:  # the attribute of a table moves the table, not its text
        align = ""
        is_right = False
    else:
        align = element.get("align", "").strip().lower()
    align = css.get("text-align", align)
    if align:
        is_right = align in {"right", "end", "-webkit-right"}
    if tag in {"pre", "listing", "xmp"}:
        spaces = "pre"
    white_space = css.get("white-space", "")
    if white_space:
        spaces = _SPACES.get(white_space, "normal")
    face = css.get("font-family") or element.get("face", "")
    if face:
        font = face.split(",")[0].strip(" \"'")
        font = font if is_symbol_font(font) else ""
    return Style(is_right, spaces, font)


def _number(element: _Element, name: str, least: int, otherwise: int) -> int:
    """An attribute as browsers read it: the digits it begins with."""
    digits = re.match(r"\s*\+?0*(\d{1,9})", element.get(name, ""))
    number = int(digits[1]) if digits else otherwise
    return number if number >= least else otherwise


def _control_text(element: _Element) -> str | None:
    """What a control shows; None for everything that shows what is within it."""
    if element.tag == "textarea":
        return (element.text or "").removeprefix("\n")
    if element.tag == "select":
        options = list(element.iter("option"))
        selected = [option for option in options if option.get("selected") is not None]
        if element.get("multiple") is None:  # the last one that is marked counts, else the first
            selected = selected[-1:] or options[:1]
        return " ".join(_option_text(option) for option in selected)
    if element.tag == "input":
        kind = element.get("type", "").strip().lower()
        if kind in {"checkbox", "radio"}:
            return UNTICKED if element.get("checked") is None else TICKED
        return "" if kind in _VALUELESS else element.get("value", "")
    return None


def _option_text(option: _Element) -> str:
    return " ".join("".join(str(text) for text in option.itertext()).split())
