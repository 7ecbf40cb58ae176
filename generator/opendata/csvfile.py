"""Tables as CSV: UTF-8 with its mark for Excel, lines ending in CRLF, RFC 4180, no formulas.

A spreadsheet takes a cell that begins with = or its like for a formula, so such a text gets an
apostrophe, and so does one that begins with an apostrophe: to read the text back, take one away.
Numbers stay as they are.
"""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from generator.opendata.tables import Column

MARK = codecs.BOM_UTF8
_FORMULA = re.compile(r"[=+\-@\t\r\n'＝＋－＠]")
"""How a cell must not begin; Excel in Chinese takes the wide signs, too."""
_NUMBER = re.compile(r"-[0-9]+(?:\.[0-9]+)?%?")


def safe(text: str) -> str:
    """A text as it is written in a cell."""
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def text_of(cell: str) -> str:
    """Back from `safe`."""
    return cell.removeprefix("'")


def head(columns: Sequence[Column]) -> bytes:
    """The first bytes of a file: the mark and the columns' names."""
    return MARK + lines([[column.name for column in columns]])


def lines(rows: Iterable[Iterable[str]]) -> bytes:
    """Some rows of a file."""
    made = StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in row] for row in rows)
    # A record may hold half a pair of UTF-16 units, which no file can.
    return made.getvalue().encode("utf-8", "replace")


def body(columns: Sequence[Column], file: bytes) -> bytes:
    """The rows of a file without its head."""
    return file.removeprefix(head(columns))


def joined(columns: Sequence[Column], files: Iterable[bytes]) -> Iterator[bytes]:
    """Files of the same table as one, piece by piece."""
    yield head(columns)
    for file in files:
        yield body(columns, file)


def rows_of(file: bytes) -> Iterator[list[str]]:
    """The texts in the rows of a file, its head first."""
    text = file.removeprefix(MARK).decode()
    for row in csv.reader(StringIO(text, newline="")):
        yield [text_of(cell) for cell in row]
