"""Files of text, and folders of them, read strictly: UTF-8, no signs that nobody sees."""

import re
from pathlib import Path
from typing import NoReturn, Self

from generator.errors import DataError, Problem, os_reason

MAX_BYTES = 512 * 1024
"""A record is about 16 KB; a file of this size is something pasted by mistake."""


class TextFile:
    """A file's text, before anything in it is understood."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file. Raises DataError, for a YamlFile with every problem that could be told."""
        return cls(path, _text(path))

    def problem_at(self, offset: int, message: str) -> Problem:
        """A problem at a character of the text."""
        line = self.text.count("\n", 0, offset)
        column = offset - (self.text.rfind("\n", 0, offset) + 1)
        return Problem(self.path, line + 1, column + 1, message)


def entries(folder: Path) -> list[Path]:
    """What a folder holds, sorted, without hidden files (editors and git leave those).

    Nothing, when there is no such folder. Raises DataError when it cannot be read.
    """
    try:
        if not folder.is_dir():
            return []
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        refuse(folder, f"文件夹读不出来（{os_reason(error)}）")


def _text(path: Path) -> str:
    """The file's text, UTF-8 with or without a BOM, line ends as \\n."""
    try:
        if path.is_symlink():
            refuse(path, "这里是一个符号链接，请改为真正的文件")
        if path.exists() and not path.is_file():
            refuse(path, "这里应是一个文件")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        refuse(path, f"文件读不出来（{os_reason(error)}），请检查文件是否存在、是否有权限")
    if len(data) > MAX_BYTES:
        refuse(path, f"文件太大（超过 {MAX_BYTES // 1024} KB），请检查内容")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        refuse(path, "文件是 UTF-16（“Unicode”）编码，请另存为 UTF-8 编码")
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        _wrong_encoding(path, data, error.start)
    return text.replace("\r\n", "\n").replace("\r", "\n")


# YAML takes U+0085, U+2028 and U+2029 for line ends, which would move every position after them.
# Text from web pages carries zero-width spaces and marks of direction: a word or number with one
# in it looks right and is not found.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def without_unseen(text: str) -> str:
    """A text from elsewhere as a file may hold it: plain line ends, no invisible characters."""
    return UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def unseen_message(character: str) -> str:
    """What to say of one of them."""
    return f"有一个看不见的控制字符（U+{ord(character):04X}），请删去"


def _wrong_encoding(path: Path, data: bytes, start: int) -> NoReturn:
    if b"\0" in data:
        refuse(path, "这不是文字文件（可能是图片、Word 或 Excel 文件），请核对文件名")
    line_start = data.rfind(b"\n", 0, start) + 1
    line = data.count(b"\n", 0, start) + 1
    column = len(data[line_start:start].decode("utf-8-sig", "replace")) + 1
    try:
        data.decode("gb18030")
        message = "文件是 GBK 编码，请在编辑器里另存为 UTF-8 编码"
    except UnicodeDecodeError:
        message = "文件不是 UTF-8 编码的文字，请在编辑器里另存为 UTF-8 编码"
    raise DataError([Problem(path, line, column, message)]) from None


def refuse(path: Path, message: str) -> NoReturn:
    """Say what is wrong with a file as a whole."""
    raise DataError([Problem(path, 1, 1, message)]) from None
