"""Opening files: every bad one gets one sentence, and none takes much memory or time."""

import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.documents import opening_child
from generator.documents.model import Line, Table, UnreadableError
from generator.documents.opening import open_document

ROOT = Path(__file__).resolve().parents[2]
MOST_MEMORY = 300 * 1024  # kB
MOST_SECONDS = 6.5  # of the processor, with the start of Python

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
HTML = "<html><body><table><tr><td>编制人数</td><td>35</td></tr></table></body></html>".encode()
LAUGHS = '<!DOCTYPE a [<!ENTITY b0 "哈哈哈哈哈哈哈哈哈哈">{}]>'.format(
    "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 12))
)


@cache
def word() -> bytes:
    document = docx.Document()
    document.add_paragraph("单位名称：示例县审批局")
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    table.cell(0, 0).text, table.cell(0, 1).text = "编制人数", "35"
    document.add_paragraph("注：示例")
    return saved(document.save)


@cache
def excel() -> bytes:
    book = openpyxl.Workbook(write_only=True)
    book.create_sheet("附件3").append(["编制人数", "35", "示例县", 704.72])
    return saved(book.save)


def long_excel(rows: int) -> bytes:
    """A sheet of so many rows; openpyxl takes ten seconds to write 100,000."""
    with zipfile.ZipFile(BytesIO(excel())) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    start, end = sheet.index("<row "), sheet.index("</sheetData>")
    row = re.sub(r'r="([A-D]?)1"', r'r="\g<1>{0}"', sheet[start:end])
    assert row.count("{0}") == 5
    every = "".join(row.format(number) for number in range(1, rows + 1))
    return changed(
        excel(), {"xl/worksheets/sheet1.xml": (sheet[:start] + every + sheet[end:]).encode()}, 2
    )


def far_cell() -> bytes:
    """A sheet of one value, in its last place."""
    book = openpyxl.Workbook()
    book.active.cell(1_048_576, 16_384, "35")
    return saved(book.save)


@cache
def old_excel() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("附件3")
    sheet.write(0, 0, "编制人数")
    sheet.write(0, 1, "35")
    return saved(book.save)


def saved(save: Callable[[BytesIO], object]) -> bytes:
    file = BytesIO()
    save(file)
    return file.getvalue()


def changed(data: bytes, parts: dict[str, bytes], level: int | None = None) -> bytes:
    """A zip with some parts replaced or added; less tightly packed when that takes too long."""
    new = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive,
    ):
        for name in old.namelist():
            if name not in parts:
                archive.writestr(name, old.read(name))
        for name, part in parts.items():
            archive.writestr(name, part)
    return new.getvalue()


def zipped(*names: str) -> bytes:
    empty = saved(lambda file: zipfile.ZipFile(file, "w").close())
    return changed(empty, dict.fromkeys(names, b"<a/>"))


def locked_zip() -> bytes:
    """With the flag of every entry that says so, in both places."""
    data = bytearray(word())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for match in re.finditer(re.escape(signature), bytes(data)):
            data[match.start() + offset] |= 1
    return bytes(data)


def bomb(megabytes: int, level: int | None = None) -> bytes:
    """Paragraphs of a Word document, that many when unpacked."""
    paragraph = b"<w:p><w:r><w:t>" + b"0" * 1000 + b"</w:t></w:r></w:p>"
    body = (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body>" + paragraph * (megabytes * 1024) + b"</w:body></w:document>"
    )
    return changed(word(), {"word/document.xml": body}, level)


def understated(data: bytes, name: str) -> bytes:
    """The directory says that the part is of 100 bytes unpacked."""
    result = bytearray(data)
    place = data.rindex(name.encode()) - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    result[place + 24 : place + 28] = (100).to_bytes(4, "little")
    return bytes(result)


def small_bomb() -> bytes:
    """Within what is taken for a zip, but too much as XML."""
    return changed(bomb(60, 2), {"word/noise.bin": os.urandom(1_000_000)}, 2)


def compound(*streams: str) -> bytes:
    """What an old Office file has at its beginning: a directory of streams."""
    entries = (stream.encode("utf-16-le").ljust(128, b"\0") for stream in ("Root Entry", *streams))
    return bytes.fromhex("D0CF11E0A1B11AE1").ljust(512, b"\0") + b"".join(entries)


def laughing(data: bytes, name: str, comment: int = 0) -> bytes:
    """A part with entities made of entities, perhaps behind a long comment."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        part = archive.read(name).decode()
    begin = part.index("?>") + 2 if part.startswith("<?xml") else 0
    declaration, rest = part[:begin], part[begin:]
    declaration += f"<!--{' ' * comment}-->"
    root = re.search(r"<([\w:]+)", rest)
    assert root
    laughs = LAUGHS.replace("DOCTYPE a", f"DOCTYPE {root[1]}")
    rest = rest.replace("单位名称", "&b11;").replace("附件3", "&b11;").replace("35", "&b11;")
    assert "&b11;" in rest
    return changed(data, {name: (declaration + laughs + rest).encode()})


RENAME = "内容是{}，扩展名却是 {}，请把扩展名改为 {}"
LOCKED = "文件有密码，请去掉密码后另存"
INCOMPLETE = "文件不完整或已损坏，请重新下载或复制"
MACRO = "文件里有宏，不能读；请在 Word 或 Excel 里另存为不带宏的 .docx 或 .xlsx"
BOMB = "文件解压后太大，不像是正常的 Word 或 Excel 文件，请在 Word 或 Excel 里另存后再试"
DOCTYPE = "文件里有 Word 和 Excel 不会写的内容（DOCTYPE），请在 Word 或 Excel 里另存后再试"
UNKNOWN = "内容是认不出的格式，不能读；请确认选对了文件，或在 Word、Excel 里另存后再试"
PICTURE = "内容是图片，不能读；请用原来的 Word 或 Excel 文件"
WPS = "是 WPS 自己的格式，请在 WPS 里另存为 .docx 或 .xlsx"
SCANNED = "是扫描件、图片或 PDF，文字读不出来，请用原来的 Word 或 Excel 文件"
CAN_READ = "能读的有 .docx、.xlsx、.xls、.html、.htm、.txt、.doc"
MHT = "内容是单个文件网页（.mht），不能读；请在 Word 或浏览器里打开，另存为 .docx 或 .html"

# name of the file, what is in it, what is told
BAD: list[tuple[str, Callable[[], bytes], str]] = [
    # by their suffix
    ("表.docm", word, MACRO),
    ("表.XLSM", excel, MACRO),
    ("表.wps", word, WPS),
    ("表.et", excel, WPS),
    ("表.pdf", lambda: b"%PDF-1.7", SCANNED),
    ("表.JPG", lambda: b"\xff\xd8\xff", SCANNED),
    ("表.rtf", lambda: b"{\\rtf1}", "是 RTF 文档，请在 Word 里另存为 .docx"),
    ("表.mht", lambda: b"MIME-Version: 1.0", "请在浏览器或 Word 里另存为 .html 或 .docx"),
    ("表.xyz", lambda: b"x", f"扩展名 .xyz 不认识，{CAN_READ}"),
    ("表", lambda: b"x", f"文件没有扩展名，{CAN_READ}"),
    ("~$表.docx", lambda: bytes(162), "这是 Word 或 Excel 打开文件时的临时文件"),
    ("表.docx", lambda: b"", "文件是空的，请重新下载或复制"),
    # by their content
    ("表.docx", excel, RENAME.format(" Excel 表格", ".docx", ".xlsx")),
    ("表.xlsx", word, RENAME.format(" Word 文档", ".xlsx", ".docx")),
    ("表.xls", excel, RENAME.format(" Excel 表格", ".xls", ".xlsx")),
    ("表.doc", word, RENAME.format(" Word 文档", ".doc", ".docx")),
    ("表.html", word, RENAME.format(" Word 文档", ".html", ".docx")),
    ("表.txt", word, RENAME.format(" Word 文档", ".txt", ".docx")),
    ("表.xlsx", old_excel, RENAME.format(" Excel 97-2003 表格", ".xlsx", ".xls")),
    (
        "表.docx",
        lambda: compound("WordDocument"),
        RENAME.format(" Word 97-2003 文档", ".docx", ".doc"),
    ),
    ("表.doc", old_excel, RENAME.format(" Excel 97-2003 表格", ".doc", ".xls")),
    ("表.doc", lambda: HTML, RENAME.format("网页", ".doc", ".html")),
    ("表.xls", lambda: HTML, RENAME.format("网页", ".xls", ".html")),
    ("表.docx", lambda: b"\xef\xbb\xbf\n " + HTML, RENAME.format("网页", ".docx", ".html")),
    ("表.xls", lambda: HTML.decode().encode("utf-16"), RENAME.format("网页", ".xls", ".html")),
    ("表.txt", lambda: HTML, RENAME.format("网页", ".txt", ".html")),
    ("表.xls", lambda: "编制人数\t35".encode(), RENAME.format("纯文字", ".xls", ".txt")),
    ("表.doc", lambda: b"{\\rtf1}", "内容是 RTF 文档，不能读；请在 Word 里打开，另存为 .docx"),
    ("表.docx", lambda: PNG, PICTURE),
    ("表.txt", lambda: b"\xff\xd8\xff\xe0" + bytes(100), PICTURE),
    ("表.xlsx", lambda: b"%PDF-1.7\n", "内容是 PDF，不能读；请用原来的 Word 或 Excel 文件"),
    ("表.doc", lambda: b"MIME-Version: 1.0\r\n", MHT),
    (
        "表.xls",
        lambda: (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
        ),
        "内容是 XML 表格，不能读；请在 Excel 里打开，另存为 .xlsx",
    ),
    (
        "表.doc",
        lambda: b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>',
        "内容是 XML 文档，不能读；请在 Word 里打开，另存为 .docx",
    ),
    ("表.txt", lambda: bytes(range(256)), UNKNOWN),
    ("表.html", lambda: bytes(range(256)), UNKNOWN),
    ("表.docx", lambda: b"\x7fELF\0" + bytes(100), UNKNOWN),
    ("表.xls", lambda: compound("SummaryInformation"), UNKNOWN),
    ("表.doc", lambda: compound("PowerPoint Document"), "内容是演示文稿，不能读"),
    ("表.xlsx", lambda: zipped("xl/workbook.bin"), "内容是 Excel 二进制工作簿（.xlsb），不能读"),
    ("表.docx", lambda: zipped("ppt/presentation.xml"), "内容是演示文稿，不能读"),
    ("表.docx", lambda: zipped("mimetype", "content.xml"), "内容是 OpenDocument 文件，不能读"),
    ("表.docx", lambda: zipped("附件3.docx"), "内容是压缩包，不能读；请解压"),
    # locked, with macros, damaged
    ("表.docx", lambda: compound("EncryptionInfo", "EncryptedPackage"), LOCKED),
    ("表.xlsx", lambda: compound("EncryptedPackage"), LOCKED),
    ("表.docx", locked_zip, LOCKED),
    ("表.docx", lambda: changed(word(), {"word/vbaProject.bin": b""}), MACRO),
    ("表.xlsx", lambda: changed(excel(), {"xl/vbaProject.bin": b""}), MACRO),
    ("表.doc", lambda: compound("WordDocument", "_VBA_PROJECT"), MACRO),
    ("表.docx", lambda: word()[:5000], INCOMPLETE),
    ("表.xlsx", lambda: excel()[:-30], INCOMPLETE),
    ("表.docx", lambda: b"PK\x03\x04", INCOMPLETE),
    # bombs that are seen from outside
    ("表.docx", lambda: bomb(210, 2), BOMB),
    ("表.docx", lambda: bomb(60), BOMB),  # of 60 kB
    ("表.docx", lambda: zipped("word/document.xml", *map(str, range(5_000))), BOMB),
    ("表.docx", lambda: laughing(word(), "word/document.xml"), DOCTYPE),
    ("表.xlsx", lambda: laughing(excel(), "xl/workbook.xml"), DOCTYPE),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD)
def test_bad_files_are_told_apart(
    name: str, content: Callable[[], bytes], message: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content())
    with pytest.raises(UnreadableError) as refused:
        open_document(path)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"^文件打不开：没有这个文件或文件夹$"):
        open_document(tmp_path / "表.docx")


def test_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "表.docx"
    folder.mkdir()
    with pytest.raises(UnreadableError, match=r"^这是一个文件夹，请给出里面的文件$"):
        open_document(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "表.docx"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableError, match=r"^这不是普通文件"):
        open_document(pipe)


@pytest.mark.parametrize(
    ("size", "said"), [(50 * 1024 * 1024, "文件有 50 MB"), (20 * 1024 * 1024 + 1, "文件有 21 MB")]
)
def test_a_large_file_is_refused_unread(size: int, said: str, tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    with path.open("wb") as file:
        file.truncate(size)
    with pytest.raises(UnreadableError, match=rf"^{said}，最多能读 20 MB"):
        open_document(path)


GOOD: list[tuple[str, Callable[[], bytes]]] = [
    ("表.docx", word),
    ("表.DOCX", word),
    ("表.xlsx", excel),
    ("表.xls", old_excel),
    ("表.html", lambda: HTML),
    ("表.htm", lambda: HTML.decode().encode("utf-16")),
    ("表.txt", lambda: "编制人数\t35\n实有人数\t34\n".encode()),
]


@pytest.mark.parametrize(("name", "content"), GOOD)
def test_good_files_are_read(name: str, content: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content())
    texts = [
        text
        for block in open_document(path)
        for text in ([block.text] if isinstance(block, Line) else [c.text for c in block.cells])
    ]
    assert "编制人数" in texts
    assert "35" in texts


def test_blocks_come_back_as_they_were_read(tmp_path: Path) -> None:
    from generator.documents.formats.web import read_web

    path = tmp_path / "表.html"
    data = (
        "<p>附件3</p><h1>报告</h1><table><tr><td rowspan=2>收入<br>万元</td><td>合计</td></tr>"
        '<tr><td>704.72</td></tr></table><p>\U0002fa20 \\ "</p>'
    ).encode()
    path.write_bytes(data)
    blocks = open_document(path)
    assert blocks == read_web(data)
    assert {type(block) for block in blocks} == {Line, Table}


def test_the_name_says_nothing_about_a_symbolic_link(tmp_path: Path) -> None:
    (tmp_path / "原件.docx").write_bytes(word())
    (tmp_path / "表.docx").symlink_to("原件.docx")
    assert open_document(tmp_path / "表.docx")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_files_are_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    """Whatever byte is wrong: a sentence or blocks, never another error."""
    suffix, make = data.draw(
        st.sampled_from([(".docx", word), (".xlsx", excel), (".xls", old_excel)])
    )
    content = bytearray(make())
    place = data.draw(st.integers(0, 2**16)) % len(content)
    content[place] ^= data.draw(st.integers(1, 255))
    path = tmp_path / f"表{suffix}"
    path.write_bytes(content)
    try:
        outcome = "read" if open_document(path) is not None else ""
    except UnreadableError as error:
        outcome = str(error)
    assert outcome == "read" or re.search("[\u4e00-\u9fff]", outcome)


# What no look from outside refuses; the process that reads meets its limits, or is told.
HEAVY: list[tuple[str, Callable[[], bytes], bool]] = [
    # name of the file, what is in it, whether it must be refused
    ("表.xlsx", lambda: long_excel(100_000), True),
    ("表.xlsx", far_cell, False),
    ("表.docx", small_bomb, True),
    ("表.docx", lambda: understated(bomb(300, 2), "word/document.xml"), True),
    ("表.docx", lambda: laughing(word(), "word/document.xml", comment=5000), True),
    ("表.xlsx", lambda: laughing(excel(), "xl/workbook.xml", comment=5000), True),
    ("表.html", lambda: LAUGHS.encode() + b"<p>&b11;</p>", False),
    ("表.html", lambda: b"<div>" * 1_000_000, False),
    ("表.html", lambda: b"<table><tr><td>" * 300_000, False),
    ("表.html", lambda: b"<table><tr><td colspan=1000 rowspan=65000>a</table>", False),
    ("表.txt", lambda: "编制人数\t35\n".encode() * 1_000_000, True),
]

MEASURE = """
import resource, sys
from pathlib import Path
from generator.documents import opening_child
from generator.documents.model import UnreadableError
from generator.documents.opening import open_document
try:
    print(len(open_document(Path(sys.argv[1]))), "blocks")
except UnreadableError as error:
    print(error)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_maxrss, used.ru_utime + used.ru_stime)
"""


linux = pytest.mark.skipif(sys.platform != "linux", reason="limits and measures as Linux has them")


@linux
@pytest.mark.parametrize(("name", "content", "refused"), HEAVY)
def test_no_file_takes_much_memory_or_time(
    name: str, content: Callable[[], bytes], refused: bool, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content())
    assert path.stat().st_size < 20 * 1024 * 1024
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, path],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    said, used = done.stdout.splitlines()
    assert not refused or "blocks" not in said
    memory, seconds = used.split()
    assert 0 < int(memory) < MOST_MEMORY
    assert 0 < float(seconds) < MOST_SECONDS


TOO_MUCH = "文件太大或太复杂，5 秒内读不完，请删去用不到的工作表、空行和图片，另存后再试"


@linux
@pytest.mark.parametrize(
    ("deed", "status", "complaint"),
    [
        ("bytearray(290 * 1024 * 1024)", 1, "MemoryError"),
        ("open('new', 'wb', 0).write(b'1')", 1, "File too large"),
        ("[open('/dev/null') for _ in range(40)]", 1, "Too many open files"),
        ("while True: pass", -signal.SIGXCPU, ""),
    ],
)
def test_the_process_that_reads_has_little(
    deed: str, status: int, complaint: str, tmp_path: Path
) -> None:
    start = f"import {opening_child.__name__} as child\nchild._SECONDS = 1\n"  # nobody waits for 5
    program = f"{start}child.limit_resources()\n{deed}"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == status
    assert complaint in done.stderr


def test_a_process_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "表.docx"
    path.write_bytes(word())
    monkeypatch.setattr(opening_child, "_SECONDS", 0.001)
    with pytest.raises(UnreadableError) as refused:
        open_document(path)
    assert str(refused.value) == TOO_MUCH


@linux
@pytest.mark.parametrize(
    ("end", "message"),
    [
        ("exit 1", "这个文件读不了，可能已损坏，请在 Word 或 Excel 里打开，另存后再试"),
        ("kill -SEGV $$", "这个文件读不了，可能已损坏，请在 Word 或 Excel 里打开，另存后再试"),
        ("exit 3", TOO_MUCH),
        ("kill -KILL $$", TOO_MUCH),
        ("kill -XCPU $$", TOO_MUCH),
    ],
)
def test_a_process_that_is_lost_is_explained(
    end: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "表.docx"
    path.write_bytes(word())
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\n{end}\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(UnreadableError) as refused:
        open_document(path)
    assert str(refused.value) == message


def test_old_word_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "表.doc"
    path.write_bytes(compound("WordDocument"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableError) as refused:
        open_document(path)
    assert str(refused.value) == "读 .doc 需要安装 LibreOffice，或请在 Word 里另存为 .docx"


with_libreoffice = pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")


@with_libreoffice
def test_old_word_with_libreoffice(tmp_path: Path) -> None:
    (tmp_path / "表.docx").write_bytes(word())
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "doc:MS Word 97",
            "--outdir",
            tmp_path,
            tmp_path / "表.docx",
        ],
        check=True,
        capture_output=True,
    )
    line, table, note = [
        block
        for block in open_document(tmp_path / "表.doc")
        if isinstance(block, Table) or block.text
    ]
    assert isinstance(line, Line)
    assert line.text == "单位名称：示例县审批局"
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["编制人数", "35"]
    assert isinstance(note, Line)


@with_libreoffice
def test_old_word_that_libreoffice_cannot_open(tmp_path: Path) -> None:
    path = tmp_path / "表.doc"
    path.write_bytes(compound("WordDocument"))
    with pytest.raises(UnreadableError):
        open_document(path)
