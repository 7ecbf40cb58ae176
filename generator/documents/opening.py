"""Opening a file that somebody filled: which kind it is, whether to trust it, what stands in it."""

import stat
from pathlib import Path
from typing import BinaryIO

from generator.documents.content import MACRO
from generator.documents.model import Block, UnreadableError
from generator.documents.old_word import as_docx
from generator.documents.opening_child import READERS, read_in_child
from generator.errors import os_reason

_MOST_MB = 20

_ORIGINAL = "是扫描件、图片或 PDF，文字读不出来，请用原来的 Word 或 Excel 文件"
_WPS = "是 WPS 自己的格式，请在 WPS 里另存为 .docx 或 .xlsx"
_NOT_TAKEN = {
    **dict.fromkeys((".docm", ".dotm", ".xlsm", ".xltm"), MACRO),
    **dict.fromkeys((".wps", ".wpt", ".et", ".ett"), _WPS),
    **dict.fromkeys((".pdf", ".ofd"), _ORIGINAL),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff"), _ORIGINAL),
    **dict.fromkeys(
        (".mht", ".mhtml"), "是单个文件网页，请在浏览器或 Word 里另存为 .html 或 .docx"
    ),
    **dict.fromkeys((".zip", ".rar", ".7z"), "是压缩包，请解压，用里面的 Word 或 Excel 文件"),
    ".rtf": "是 RTF 文档，请在 Word 里另存为 .docx",
    ".xlsb": "是 Excel 二进制工作簿，请在 Excel 里另存为 .xlsx",
    ".csv": "是 CSV，没有表格的样子，请用原来的 Excel 文件",
    **dict.fromkeys((".odt", ".ods"), "是 OpenDocument 文件，请另存为 .docx 或 .xlsx"),
}
"""suffix -> what it is and what to do"""


def open_document(path: Path) -> list[Block]:
    """The lines and tables of a file.

    Raises UnreadableError, whatever is wrong with the file.
    """
    suffix = path.suffix.lower()
    try:
        _check_outside(path, suffix)
        with path.open("rb") as file:
            return _read(file, suffix)
    except OSError as error:
        raise UnreadableError(f"文件打不开：{os_reason(error)}") from error


def _check_outside(path: Path, suffix: str) -> None:
    """What can be told without opening the file."""
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableError("这是一个文件夹，请给出里面的文件")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("这不是普通文件，请给出 Word、Excel、网页或文字文件")
    if path.name.startswith("~$"):
        raise UnreadableError("这是 Word 或 Excel 打开文件时的临时文件，请用名称不带“~$”的文件")
    if reason := _NOT_TAKEN.get(suffix):
        raise UnreadableError(reason)
    if suffix not in READERS:
        name = f"扩展名 {suffix} 不认识" if suffix else "文件没有扩展名"
        raise UnreadableError(f"{name}，能读的有 {'、'.join(READERS)}")
    if not status.st_size:
        raise UnreadableError("文件是空的，请重新下载或复制")
    if status.st_size > _MOST_MB * 1024 * 1024:
        size = -(-status.st_size // (1024 * 1024))
        raise UnreadableError(
            f"文件有 {size} MB，最多能读 {_MOST_MB} MB，请删去图片和用不到的工作表，另存后再试"
        )


def _read(file: BinaryIO, suffix: str) -> list[Block]:
    blocks = read_in_child(file, suffix)
    if suffix != ".doc":
        return blocks
    file.seek(0)
    with as_docx(file) as converted:
        return read_in_child(converted, ".docx")
