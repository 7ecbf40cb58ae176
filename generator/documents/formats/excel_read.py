"""Excel files (.xlsx) as lines and tables.

The parts of the file are read one after the other, cell by cell only where something stands: a
sheet that is formatted down to its last row is as quick as one that is not. (openpyxl makes an
object for each such cell, does not tell joined cells when it reads in passing, gives either
formulas or their results, and leaves `_x000D_` in texts; its formats and dates are used.)
"""

import posixpath
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree
from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.datetime import WINDOWS_EPOCH

from generator.documents.formats.excel_numbers import (
    GENERAL,
    builtin_format,
    show,
    stored_number,
)
from generator.documents.formats.excel_sheet import COLUMNS, ROWS, StoredSheet, blocks_of
from generator.documents.model import Block, UnreadableError

BROKEN = "这个 Excel 文件已损坏或不完整，请用 Excel 或 WPS 打开，另存为 .xlsx 后再试"
ENCRYPTED = "这个 Excel 文件有打开密码，请去掉密码、另存为 .xlsx 后再试"
_OLD = "这不是 .xlsx 文件，请用 Excel 或 WPS 打开，另存为 .xlsx 后再试"
_BINARY = "不能读 .xlsb 文件，请用 Excel 或 WPS 打开，另存为 .xlsx 后再试"
_TOO_LARGE = "这个 Excel 文件展开后太大，请只留下要读入的表"

_LARGEST_PART = 500 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_excel(data: bytes) -> list[Block]:
    """What stands on the worksheets that can be seen. Raises UnreadableError."""
    if data.startswith(_OLE):
        raise UnreadableError(ENCRYPTED if "EncryptedPackage".encode("utf-16-le") in data else _OLD)
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _read_workbook(_Package(archive))
    except (
        ArithmeticError,  # a figure that is none
        BadZipFile,
        etree.XMLSyntaxError,
        zlib.error,
        EOFError,
        LookupError,
        NotImplementedError,  # a way of packing that nobody uses
        RuntimeError,  # a packed file with a password
        TokenizerError,
        ValueError,
    ) as error:
        raise UnreadableError(BROKEN) from error


@dataclass(frozen=True, slots=True)
class _Style:
    """What is of interest in how a cell looks."""

    number_format: str = GENERAL
    is_right: bool = False
    is_drawn: bool = False


class _Package:
    """The parts of the file and how they refer to each other."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())

    def elements(self, name: str, *tags: str) -> Iterator[etree._Element]:
        """The elements of a part as they end; each is gone when the next is asked for."""
        if self._archive.getinfo(name).file_size > _LARGEST_PART:
            raise UnreadableError(_TOO_LARGE)
        with self._archive.open(name) as part:
            found = etree.iterparse(
                part,
                tag=[f"{{*}}{tag}" for tag in tags],
                resolve_entities=False,
                no_network=True,
                remove_comments=True,
                remove_pis=True,
            )
            for _, element in found:
                yield element
                element.clear()
                parent = element.getparent()
                while parent is not None and parent[0] is not element:
                    del parent[0]

    def root(self, name: str) -> etree._Element:
        """A small part as a whole."""
        if self._archive.getinfo(name).file_size > _LARGEST_PART:
            raise UnreadableError(_TOO_LARGE)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        return etree.fromstring(self._archive.read(name), parser)

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: id -> the kind's last word and the part's name."""
        folder, file = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self._names:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rsplit("/", 1)[-1],
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))[1:],
            )
            for relation in self.root(relations)
            if relation.get("TargetMode") != "External"
        }

    def first_related(self, name: str, kind: str) -> str | None:
        """The part of a kind that a part refers to, if there is one."""
        targets = (target for word, target in self.related(name).values() if word == kind)
        return next((target for target in targets if target in self._names), None)


def _read_workbook(package: _Package) -> list[Block]:
    path = package.first_related("", "officeDocument")
    if path is None:
        raise UnreadableError(_OLD)
    if path.endswith(".bin"):
        raise UnreadableError(_BINARY)
    workbook = package.root(path)
    parts = package.related(path)
    strings = _shared_strings(package, path)
    styles = _styles(package, path)
    settings = workbook.find("{*}workbookPr")
    from_1904 = settings is not None and settings.get("date1904", "0") in ("1", "true")
    blocks: list[Block] = []
    for entry in workbook.iterfind("{*}sheets/{*}sheet"):
        ids = [value for name, value in entry.items() if etree.QName(name).localname == "id"]
        kind, part = parts[ids[-1]]
        if kind != "worksheet" or entry.get("state", "visible") != "visible":
            continue
        sheet = _SheetReader(package, part, strings, styles, from_1904).read(entry.get("name", ""))
        found = blocks_of(sheet)
        if not found and _has_picture(package, part):
            raise UnreadableError(
                f"工作表“{sheet.name}”里只有图片，没有文字，请用原来的表格，或者照图片录入"
            )
        blocks += found
    return blocks


def _has_picture(package: _Package, sheet: str) -> bool:
    drawing = package.first_related(sheet, "drawing")
    return drawing is not None and package.first_related(drawing, "image") is not None


def _shared_strings(package: _Package, workbook: str) -> list[str]:
    path = package.first_related(workbook, "sharedStrings")
    return [_text(entry) for entry in package.elements(path, "si")] if path else []


def _text(element: etree._Element) -> str:
    """The text of a string, in one or several fonts, without how it is pronounced."""
    pieces = (
        piece.text or ""
        for child in element
        for piece in ([child] if _local(child) == "t" else child.iterfind("{*}t"))
        if _local(child) in ("t", "r")
    )
    return _unescape("".join(pieces))


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _unescape(text: str) -> str:
    """_x000D_ stands for a character that XML does not like, _x005F_ for the line before an x."""

    def character(match: re.Match[str]) -> str:
        decoded = chr(int(match[1], 16))
        return decoded if decoded.isprintable() or decoded in "\t\n\r" else match[0]

    return _ESCAPED.sub(character, text) if "_x" in text else text


def _styles(package: _Package, workbook: str) -> list[_Style]:
    path = package.first_related(workbook, "styles")
    if path is None:
        return []
    root = package.root(path)
    formats = {
        int(entry.get("numFmtId", "0")): entry.get("formatCode", GENERAL)
        for entry in root.iterfind("{*}numFmts/{*}numFmt")
    }
    drawn = [
        any(side.get("style", "none") != "none" for side in border)
        for border in root.iterfind("{*}borders/{*}border")
    ]
    styles = []
    for entry in root.iterfind("{*}cellXfs/{*}xf"):
        number, border = int(entry.get("numFmtId", "0")), int(entry.get("borderId", "0"))
        alignment = entry.find("{*}alignment")
        styles.append(
            _Style(
                formats.get(number) or builtin_format(number),
                alignment is not None and alignment.get("horizontal") == "right",
                border < len(drawn) and drawn[border],
            )
        )
    return styles


@dataclass(slots=True)
class _SheetReader:
    """Reads one worksheet."""

    package: _Package
    part: str
    strings: list[str]
    styles: list[_Style]
    from_1904: bool
    shared_formulas: dict[str, Translator] = field(default_factory=dict)

    def read(self, name: str) -> StoredSheet:
        sheet = StoredSheet(name)
        row = -1
        for element in self.package.elements(self.part, "sheetFormatPr", "col", "row", "mergeCell"):
            kind = _local(element)
            if kind == "row":
                row = int(element.get("r", row + 2)) - 1
                self._read_row(sheet, row, element)
            elif kind == "mergeCell":
                left, top, right, bottom = range_boundaries(element.get("ref", ""))
                last_row, last_column = (
                    bottom or 1 << 20,
                    right or 1 << 14,
                )  # of a whole column, row
                sheet.merges.append(
                    ((top or 1) - 1, (left or 1) - 1, last_row - 1, last_column - 1)
                )
            elif kind == "col":
                self._read_width(sheet, element)
            else:
                sheet.default_width = float(element.get("defaultColWidth", _USUAL_WIDTH))
        return sheet

    @staticmethod
    def _read_width(sheet: StoredSheet, element: etree._Element) -> None:
        first, last = int(element.get("min", "1")), int(element.get("max", "1"))
        width = element.get("width")
        if width is not None:
            sheet.widths.update(dict.fromkeys(range(first - 1, min(last, COLUMNS)), float(width)))

    def _read_row(self, sheet: StoredSheet, row: int, element: etree._Element) -> None:
        if row >= ROWS and next(element.iter("{*}v", "{*}f", "{*}is"), None) is None:
            return  # formatted down to the last row
        column = -1
        for cell in element:
            reference = cell.get("r")
            column = _column(reference) if reference else column + 1
            index = int(cell.get("s", "0"))
            style = self.styles[index] if index < len(self.styles) else _Style()
            if row < ROWS and column < COLUMNS:
                if style.is_drawn:
                    sheet.drawn.add((row, column))
                if style.is_right:
                    sheet.right.add((row, column))
            if len(cell):
                place = f"{get_column_letter(column + 1)}{row + 1}"
                sheet.add_text(row, column, self._cell_text(cell, style, place))

    def _cell_text(self, cell: etree._Element, style: _Style, place: str) -> str:
        kind = cell.get("t", "n")
        inline = cell.find("{*}is")
        if inline is not None:
            return _text(inline)
        stored = cell.findtext("{*}v")
        formula = cell.find("{*}f")
        if not stored:
            # An empty string may be a result; without one, the formula is all there is.
            return self._formula(formula, place) if formula is not None and kind != "str" else ""
        if kind == "s":
            return self.strings[int(stored)]
        if kind in ("str", "e"):
            return _unescape(stored)
        if kind == "b":
            return "TRUE" if stored.strip() in ("1", "true") else "FALSE"
        if kind == "d":
            return self._iso_date(stored, style)
        return show(stored_number(stored), style.number_format, from_1904=self.from_1904)

    @staticmethod
    def _iso_date(stored: str, style: _Style) -> str:
        """A date as strict files have it, made the figure that all others have."""
        days = datetime.fromisoformat(stored).replace(tzinfo=None) - WINDOWS_EPOCH
        return show(stored_number(days / timedelta(days=1)), style.number_format)

    def _formula(self, formula: etree._Element, place: str) -> str:
        """The formula as it stands in its cell, also when it is stored for many cells at once."""
        text, shared = formula.text or "", formula.get("si")
        if text and shared is not None:
            self.shared_formulas[shared] = Translator(f"={text}", place)
        if not text and shared in self.shared_formulas:
            return str(self.shared_formulas[shared].translate_formula(place))
        return f"={text}" if text else ""


_USUAL_WIDTH = 8.43
"""Of a column in a file that does not say, in digits."""


def _column(reference: str) -> int:
    """AB12 -> 27"""
    number = 0
    for letter in reference:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - ord("A") + 1
    return number - 1
