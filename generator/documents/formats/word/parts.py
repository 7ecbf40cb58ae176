"""The parts of a .docx file that say something, as XML.

python-docx would open them too, but takes every picture into memory, refuses files that Word opens
(templates, strict Open XML), and fails in many ways on those that are damaged.
"""

import io
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from generator.documents.model import UnreadableError

Element = etree._Element

_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
W = f"{{{_TRANSITIONAL}}}"
NAMESPACES = {"w": _TRANSITIONAL}

_LARGEST_PART = 200_000_000
"""Bytes, unpacked. Far more than any form or report; a file that says more is a trap."""

_NOT_WORD = "这不是 Word 文档（.docx），或者文件已经损坏；请用 Word 打开，另存为“.docx”后再试"
_NO_TEXT = "文件里缺少 Word 文档的正文，可能已经损坏；请用 Word 打开，另存为“.docx”后再试"
_BROKEN = "Word 文档的内容已经损坏，无法读取；请用 Word 打开并修复，另存为“.docx”后再试"
_TOO_LARGE = "Word 文档展开后过大，无法读取；请删去无关内容后再试"


@dataclass(frozen=True, slots=True)
class Parts:
    """The roots of the parts; an empty element for each that the file does not have."""

    document: Element
    styles: Element
    numbering: Element
    footnotes: Element
    endnotes: Element
    comments: Element
    headers: tuple[Element, ...]
    footers: tuple[Element, ...]


def open_parts(data: bytes) -> Parts:
    """Unpack and parse; UnreadableError if that cannot be done."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _parts(archive)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(_BROKEN) from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        OSError,  # an offset that points out of the file
        RuntimeError,  # locked with a password
        NotImplementedError,  # a way of packing that Python does not know
        ValueError,  # names that are not text
    ) as error:
        raise UnreadableError(_NOT_WORD) from error


def local_name(element: Element) -> str:
    """w:p -> p, whatever the namespace; "" for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: Element | None, attribute: str = "val") -> str | None:
    """What an element's w:val (or another attribute) says."""
    return None if element is None else element.get(W + attribute)


def number(element: Element | None, default: int, attribute: str = "val") -> int:
    """The same as a whole number; the default where there is none."""
    try:
        return int(value(element, attribute) or "")
    except ValueError:
        return default


def is_on(element: Element | None) -> bool:
    """Whether a property that is either on or off is there and on."""
    return element is not None and value(element) not in {"0", "false", "off", "none"}


def _parts(archive: zipfile.ZipFile) -> Parts:
    names = set(archive.namelist())
    main = _related(archive, names, "").get("officeDocument", ["word/document.xml"])[0]
    if main not in names:
        raise UnreadableError(_NO_TEXT)
    related = _related(archive, names, main)

    def parts(kind: str) -> tuple[Element, ...]:
        return tuple(_parse(archive, name) for name in related.get(kind, ()) if name in names)

    def part(kind: str) -> Element:
        return next(iter(parts(kind)), etree.Element("none"))

    return Parts(
        _parse(archive, main),
        part("styles"),
        part("numbering"),
        part("footnotes"),
        part("endnotes"),
        part("comments"),
        parts("header"),
        parts("footer"),
    )


def _related(archive: zipfile.ZipFile, names: set[str], name: str) -> dict[str, list[str]]:
    """kind -> names of the parts of that kind that a part refers to."""
    folder, file = posixpath.split(name)
    relations = posixpath.join(folder, "_rels", f"{file}.rels")
    if relations not in names:
        return {}
    targets: dict[str, list[str]] = {}
    for relation in _parse(archive, relations):
        if local_name(relation) == "Relationship" and relation.get("TargetMode") != "External":
            kind = (relation.get("Type") or "").rpartition("/")[2]
            target = posixpath.join("/", folder, relation.get("Target") or "")
            targets.setdefault(kind, []).append(posixpath.normpath(target).lstrip("/"))
    return targets


def _parse(archive: zipfile.ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > _LARGEST_PART:
        raise UnreadableError(_TOO_LARGE)
    xml = archive.read(name).replace(_STRICT.encode(), _TRANSITIONAL.encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(xml, parser)
    if root.getroottree().docinfo.doctype:  # Open XML has none; entities hide text or blow up
        raise UnreadableError(_BROKEN)
    return root
