"""Plain text: what one gets by copying a page of the portal, and by copying cells of a table.

Three ways to write a table are read:

* as the portal's pages are copied: every cell on a line that ends in ` |`, an empty cell a lone
  `|`, a row ended by a run of `||`; or the cells of a row on one line;
* cells with tabs between them, as spreadsheets and browsers put them on the clipboard;
* our own: the first way between two rules, within which a cell may run over several lines.

Only our own has to hold every text exactly. What would be misread in it gets one backslash: before
the `|` that ends a line, or before a line that looks like a rule, is indented like a signature or
has tabs. Reading takes one backslash from the same places.
"""

import re
from collections.abc import Callable

from generator.documents.formats.encoding import decode
from generator.documents.model import Block, Cell, Document, Line, Table, UnreadableError

_RULE = "─" * 40
_INDENT = "\u3000" * 12
_INDENTED = "\u3000" * 8
"""From here on an indent sets a line right; less is how paragraphs begin."""

_ROW_END = re.compile(r"\|{2,}")
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)')
_UNQUOTED = re.compile(r"[^\t\n]*")
_BLANKS = " \t\u00a0"

_Text = tuple[str, int]
"""The text of a cell and the number of the line where it begins, from 0."""


def write_text(document: Document) -> str:
    """The document as `read_text` takes it back."""
    lines: list[str] = []
    for sheet in document.sheets:
        for block in sheet.blocks:
            if isinstance(block, Line):
                lines.append(_written_line(block))
            else:
                lines += _written_table(block)
    return "".join(f"{line}\n" for line in lines)


def _written_line(line: Line) -> str:
    if line.kind != "落款":
        return _escape(line.text, _is_special)
    return _INDENT + _escape(line.text, _is_indented)


def _written_table(table: Table) -> list[str]:
    rows: list[list[Cell]] = [[] for _ in range(table.height)]
    for cell in sorted(table.cells, key=lambda cell: cell.column):
        for row in range(cell.row, cell.row + (cell.rowspan if cell.is_group else 1)):
            rows[row].append(cell)
    if not rows:
        return []
    lines = [_RULE]
    for cells in rows:
        for cell in cells:
            written = [_escape(line, _is_rule) for line in cell.marked.split("\n")]
            written[-1] = f"{written[-1]} |" if cell.marked else "|"
            lines += written
        lines.append("|" * (len(table.widths) - len(cells) + 2))
    return [*lines, _RULE]


def read_text(data: bytes) -> list[Block]:
    """The lines and tables of a text file. Raises UnreadableError for anything else."""
    text = decode(data)
    if text is None:
        raise UnreadableError(
            "这不是文字文件，读不出内容；请把内容粘贴到记事本，另存为 UTF-8 编码的文本文件"
        )
    # Word and old printers break lines and pages so.
    lines = text.replace("\v", "\n").replace("\f", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    blocks: list[Block] = []
    number = 0
    while number < len(lines):
        rows: list[list[_Text]] = []
        if _is_rule(lines[number]):
            rows, end = _framed_rows(lines, number)
        elif _ends_in_pipe(lines[number]):
            rows, end = _portal_rows(lines, number)
        elif _is_plain(lines[number]):
            run, number = _run(lines, number)
            blocks += run
            continue
        else:
            end = number
        if end == number:
            blocks.append(_read_line(lines[number], number))
            number += 1
        else:
            blocks += _table(rows, number)
            number = end
    return blocks


def _read_line(line: str, number: int) -> Line:
    if line.startswith(_INDENTED):
        text = _unescape(line.lstrip("\u3000"), _is_indented)
        return Line(text, "落款", place=_place(number))
    return Line(_unescape(line, _is_special), place=_place(number))


def _place(number: int) -> str:
    return f"第 {number + 1} 行"


def _table(rows: list[list[_Text]], number: int) -> list[Table]:
    """Rows of different lengths are filled up; nothing at all is no table."""
    width = max(map(len, rows), default=0)
    if not width:
        return []
    cells = tuple(
        Cell(row, column, 1, 1, text, place=_place(line))
        for row, texts in enumerate(rows)
        for column, (text, line) in enumerate(_filled(texts, width, number))
    )
    return [Table((1,) * width, cells, _place(number), has_columns=False)]


def _filled(texts: list[_Text], width: int, number: int) -> list[_Text]:
    last = texts[-1][1] if texts else number
    return texts + [("", last)] * (width - len(texts))


# Our own tables, between two rules


def _framed_rows(lines: list[str], start: int) -> tuple[list[list[_Text]], int]:
    """The rows and the line after the table; the same line if these are rules of another's text."""
    end = start + 1
    while end < len(lines) and not _is_rule(lines[end]):
        end += 1
    if end == len(lines) or not _ROW_END.fullmatch(lines[end - 1].strip()):
        return [], start
    rows: list[list[_Text]] = []
    row: list[_Text] = []
    begin = start + 1
    """Where the present cell begins."""
    for number in range(start + 1, end):
        is_row_end = _ROW_END.fullmatch(lines[number].strip())
        if not is_row_end and not _ends_in_pipe(lines[number]):
            continue
        written = lines[begin:number]
        if not is_row_end:
            written.append(lines[number].rstrip()[:-1].removesuffix(" "))
        if written:
            row.append(("\n".join(_unescape(line, _is_rule) for line in written), begin))
        if is_row_end:
            rows.append(row)
            row = []
        begin = number + 1
    return rows, end + 1


# Tables copied from the portal


def _portal_rows(lines: list[str], start: int) -> tuple[list[list[_Text]], int]:
    """The rows from here to the first line without pipes, and where that is."""
    rows: list[list[_Text]] = []
    row: list[_Text] = []
    number = start
    while number < len(lines):
        line = lines[number]
        if not line.strip() and _is_row_end(lines, number + 1):
            row.append(("", number))  # an empty cell, which the first pipe of the run ends
        elif not _ends_in_pipe(line):
            break
        elif _is_row_end(lines, number):
            rows.append(row)
            row = []
        else:
            texts = [(_with_items(text.strip(_BLANKS)), number) for text in _between_pipes(line)]
            if line.count("|") == 1:
                row += texts
            else:  # a row of its own
                rows += [row, texts] if row else [texts]
                row = []
        number += 1
    if row:
        rows.append(row)
    return rows, number


# Copied cells have spaces where lines ended. A number that begins an item tells which was an end.
_ITEM = re.compile(
    r"(?<=[。；;：:！!？?]) +"
    r"(?=[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[0-9]{1,2}[、.．](?![0-9]))"
)


def _with_items(text: str) -> str:
    """A cell's text with its numbered items on lines of their own again."""
    return _ITEM.sub("\n", text)


def _is_row_end(lines: list[str], number: int) -> bool:
    return number < len(lines) and _ROW_END.fullmatch(lines[number].rstrip()) is not None


def _between_pipes(line: str) -> list[str]:
    """`甲 | 乙 | ||` is 甲, 乙 and an empty cell; pipes without anything between them are none."""
    texts = line.rstrip().split("|")[:-1]
    while len(texts) > 1 and not texts[-1]:
        texts.pop()
    return texts


# Cells with tabs between them


def _run(lines: list[str], start: int) -> tuple[list[Block], int]:
    """The blocks of lines that nothing in our own way of writing speaks for, and where they end."""
    end = start
    while end < len(lines) and _is_plain(lines[end]):
        end += 1
    text = "\n".join(lines[start:end])
    blocks: list[Block] = []
    rows: list[list[_Text]] = []
    offset, number, first = 0, start, start
    while number < end:
        row, after = _tabbed_row(text, offset, number)
        if len(row) > 1:
            if not rows:
                first = number
            rows.append(row)
        else:
            blocks += _table(rows, first)
            rows = []
            blocks.append(_read_line(lines[number], number))
            after = offset + len(lines[number])
        number += text.count("\n", offset, after) + 1
        offset = after + 1
    return [*blocks, *_table(rows, first)], end


def _tabbed_row(text: str, offset: int, number: int) -> tuple[list[_Text], int]:
    """The cells from here to the end of the row, and where that is."""
    row: list[_Text] = []
    while True:
        quoted = _QUOTED.match(text, offset)
        # Spreadsheets quote only what has line breaks; other quotation marks are text.
        if quoted and "\n" in quoted[1]:
            row.append((quoted[1].replace('""', '"'), number))
            number += quoted[1].count("\n")
            offset = quoted.end()
        else:
            unquoted = _UNQUOTED.match(text, offset)
            assert unquoted is not None  # noqa: S101 - it matches the empty text too
            row.append((unquoted[0].strip(_BLANKS), number))
            offset = unquoted.end()
        if not text.startswith("\t", offset):
            return row, offset
        offset += 1


# What has a meaning, and how to take it away


def _is_rule(line: str) -> bool:
    return line.rstrip() == _RULE


def _is_indented(line: str) -> bool:
    return line.startswith("\u3000")


def _is_special(line: str) -> bool:
    return _is_rule(line) or line.startswith(_INDENTED) or "\t" in line


def _is_plain(line: str) -> bool:
    return not (
        _is_rule(line)
        or line.startswith(_INDENTED)
        or _ends_in_pipe(line)
        or (line.startswith("\\") and _is_special(line.lstrip("\\")))
    )


def _ends_in_pipe(line: str) -> bool:
    line = line.rstrip()
    return line.endswith("|") and not line.endswith("\\|")


def _escape(text: str, is_special: Callable[[str], bool]) -> str:
    if is_special(text.lstrip("\\")):
        text = "\\" + text
    bare = text.rstrip()
    if bare.endswith("|"):
        text = bare[:-1] + "\\|" + text[len(bare) :]
    return text


def _unescape(line: str, is_special: Callable[[str], bool]) -> str:
    bare = line.rstrip()
    if bare.endswith("\\|"):
        line = bare[:-2] + "|" + line[len(bare) :]
    if line.startswith("\\") and is_special(line.lstrip("\\")):
        line = line[1:]
    return line
