"""What all Excel files that we write share: the same bytes each time, texts as they are."""

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.writer.excel import ExcelWriter

_DATE = datetime(1980, 1, 1)
"""The same for all: a file says what it contains, not when it was made."""
LONGEST_TEXT = 32_767
"""Characters that a cell holds, as `length_of` counts."""


def properties(title: str) -> DocumentProperties:
    """A file's title, and nobody's name."""
    return DocumentProperties(title=title, creator=None, created=_DATE, modified=_DATE)


def saved(workbook: Workbook) -> bytes:
    """The file's bytes, without the time and the names of temporary files that openpyxl adds."""
    written, fixed = BytesIO(), BytesIO()
    with ZipFile(written, "w") as archive:
        ExcelWriter(workbook, archive).write_data()
    with ZipFile(written) as archive, ZipFile(fixed, "w") as target:
        for name in archive.namelist():
            entry = ZipInfo(name, _DATE.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, archive.read(name))
    return fixed.getvalue()


def length_of(text: str) -> int:
    """As Excel counts: rare characters are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def escaped(text: str) -> str:
    """_x0041_ would be read as A: the line before an x is written as what stands for it."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
