"""What a file is by its content: the name may say something else, and then the person is told.

It is asked before any library parses the file, and looks at no more than names and first bytes.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from generator.documents.model import UnreadableError

INCOMPLETE = "文件不完整或已损坏，请重新下载或复制"
MACRO = "文件里有宏，不能读；请在 Word 或 Excel 里另存为不带宏的 .docx 或 .xlsx"

_LOCKED = "文件有密码，请去掉密码后另存"
_BOMB = "文件解压后太大，不像是正常的 Word 或 Excel 文件，请在 Word 或 Excel 里另存后再试"
_DOCTYPE = "文件里有 Word 和 Excel 不会写的内容（DOCTYPE），请在 Word 或 Excel 里另存后再试"

_MOST_ENTRIES = 5_000
_MOST_UNPACKED = 200 * 1024 * 1024
_USUAL_UNPACKED = 20 * 1024 * 1024
_MOST_RATIO = 200
"""Of unpacked to packed. Small files of empty rows pass it, so it only counts for large ones."""


@dataclass(frozen=True, slots=True)
class _Content:
    name: str
    suffixes: tuple[str, ...] = ()
    """Which it may have, the usual one first; without any, it is not taken."""
    advice: str = ""
    """What to do when it is not taken."""


_AS_DOCX = "请在 Word 里打开，另存为 .docx"
_AS_XLSX = "请在 Excel 里打开，另存为 .xlsx"
_ORIGINAL = "请用原来的 Word 或 Excel 文件"

_WORD = _Content("Word 文档", (".docx",))
_EXCEL = _Content("Excel 表格", (".xlsx",))
_OLD_WORD = _Content("Word 97-2003 文档", (".doc",))
_OLD_EXCEL = _Content("Excel 97-2003 表格", (".xls",))
_WEB = _Content("网页", (".html", ".htm"))
_TEXT = _Content("纯文字", (".txt", ".html", ".htm"))
_SLIDES = _Content("演示文稿", advice=_ORIGINAL)
_BINARY_EXCEL = _Content("Excel 二进制工作簿（.xlsb）", advice=_AS_XLSX)
_OPEN_DOCUMENT = _Content("OpenDocument 文件", advice="请另存为 .docx 或 .xlsx")
_ARCHIVE = _Content("压缩包", advice="请解压，用里面的 Word 或 Excel 文件")
_RTF = _Content("RTF 文档", advice=_AS_DOCX)
_PDF = _Content("PDF", advice=_ORIGINAL)
_PICTURE = _Content("图片", advice=_ORIGINAL)
_MHT = _Content("单个文件网页（.mht）", advice="请在 Word 或浏览器里打开，另存为 .docx 或 .html")
_EXCEL_XML = _Content("XML 表格", advice=_AS_XLSX)
_WORD_XML = _Content("XML 文档", advice=_AS_DOCX)
_UNKNOWN = _Content("认不出的格式", advice="请确认选对了文件，或在 Word、Excel 里另存后再试")

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_BEGINNINGS = {
    b"{\\rtf": _RTF,
    b"%PDF": _PDF,
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"II*\0": _PICTURE,
    b"MM\0*": _PICTURE,
}
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How text of two bytes a character begins."""
_HEAD = 4096


def check_content(data: bytes, suffix: str) -> None:
    """Refuse a file that is damaged, locked, a bomb, or not what its suffix says."""
    if data.startswith(_OLE):
        contents = _in_compound(data)
    elif data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        contents = [_in_zip(data)]
    else:
        contents = [_in_plain(data)]
    if any(suffix in content.suffixes for content in contents):
        return
    content = contents[0]
    found = f"内容是{' ' if content.name[0].isascii() else ''}{content.name}"
    if content.suffixes:
        raise UnreadableError(f"{found}，扩展名却是 {suffix}，请把扩展名改为 {content.suffixes[0]}")
    raise UnreadableError(f"{found}，不能读；{content.advice}")


def _in_plain(data: bytes) -> _Content:
    for beginning, content in _BEGINNINGS.items():
        if data.startswith(beginning):
            return content
    if data.startswith(_WIDE):
        head = data[:_HEAD].decode("utf-16", "replace")
    elif b"\0" in data:
        return _UNKNOWN
    else:
        head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    head = head.lstrip().lower()
    if head.startswith(("mime-version:", "from: <saved by")):
        return _MHT
    if head.startswith("<"):
        if any(tag in head for tag in ("<html", "<!doctype html", "<table", "<body", "<meta")):
            return _WEB
        if "urn:schemas-microsoft-com:office:spreadsheet" in head:
            return _EXCEL_XML
        if "<?mso-application" in head:
            return _WORD_XML
    return _TEXT


def _in_compound(data: bytes) -> list[_Content]:
    """The old container of Office. A document with another embedded in it counts as either."""
    if _has_stream(data, "EncryptedPackage") or _has_stream(data, "EncryptionInfo"):
        raise UnreadableError(_LOCKED)
    found = [
        content
        for stream, content in (
            ("WordDocument", _OLD_WORD),
            ("Workbook", _OLD_EXCEL),
            ("Book", _OLD_EXCEL),
            ("PowerPoint Document", _SLIDES),
        )
        if _has_stream(data, stream)
    ]
    if _OLD_WORD in found and _has_stream(data, "_VBA_PROJECT"):
        raise UnreadableError(MACRO)  # it would be opened by LibreOffice, which can run them
    return found or [_UNKNOWN]


def _has_stream(data: bytes, name: str) -> bool:
    """Whether a directory entry has the name: entries of 128 bytes begin with it, in UTF-16."""
    entry = name.encode("utf-16-le") + b"\0\0"
    return any(place % 128 == 0 for place in _places(data, entry))


def _places(data: bytes, part: bytes) -> Iterator[int]:
    place = data.find(part)
    while place >= 0:
        yield place
        place = data.find(part, place + 1)


def _in_zip(data: bytes) -> _Content:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_sizes(entries, len(data))
            content = _in_names([entry.filename.lower() for entry in entries])
            if content in (_WORD, _EXCEL):
                _check_parts(archive, entries)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise UnreadableError(INCOMPLETE) from error
    return content


def _check_sizes(entries: list[zipfile.ZipInfo], packed: int) -> None:
    """As the archive states them; who lies here meets the limits of the reading process."""
    unpacked = sum(entry.file_size for entry in entries)
    if (
        len(entries) > _MOST_ENTRIES
        or unpacked > _MOST_UNPACKED
        or unpacked > max(_USUAL_UNPACKED, packed * _MOST_RATIO)
    ):
        raise UnreadableError(_BOMB)
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableError(_LOCKED)


def _in_names(names: list[str]) -> _Content:
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UnreadableError(MACRO)
    for beginning, end, content in (
        ("word/document", ".xml", _WORD),  # also document2.xml, as Office online writes
        ("xl/workbook", ".xml", _EXCEL),
        ("xl/workbook", ".bin", _BINARY_EXCEL),
        ("ppt/", ".xml", _SLIDES),
        ("mimetype", "", _OPEN_DOCUMENT),
    ):
        if any(name.startswith(beginning) and name.endswith(end) for name in names):
            return content
    return _ARCHIVE


def _check_parts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """No part may declare entities: they grow without end, or name files of this computer."""
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels")):
            with archive.open(entry) as part:
                head = part.read(_HEAD)
            if b"<!DOCTYPE" in head.replace(b"\0", b""):
                raise UnreadableError(_DOCTYPE)
