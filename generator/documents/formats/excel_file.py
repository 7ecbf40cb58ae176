"""What all Excel files that we write share: the same bytes each time."""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.writer.excel import ExcelWriter

_DATE = datetime(1980, 1, 1)
"""The same for all: a file says what it contains, not when it was made."""


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
