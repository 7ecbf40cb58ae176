"""Word files of before 2007 (.doc), which only Word itself and LibreOffice know how to read."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from generator.documents.model import UnreadableError

_SECONDS = 60
"""LibreOffice takes many seconds to start, above all the first time: this is no measure of the
file. What it makes is read within the limits for all files."""

_NOT_INSTALLED = "读 .doc 需要安装 LibreOffice，或请在 Word 里另存为 .docx"
_FAILED = "LibreOffice 打不开这个 .doc（可能有密码或已损坏），请在 Word 里打开，另存为 .docx"
_TOO_LONG = f"LibreOffice 用了 {_SECONDS} 秒还没有打开这个 .doc，请在 Word 里另存为 .docx"


@contextmanager
def as_docx(file: BinaryIO) -> Iterator[BinaryIO]:
    """The same document as .docx, as long as it is needed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnreadableError(_NOT_INSTALLED)
    with tempfile.TemporaryDirectory(prefix="gongkai-") as name:
        folder = Path(name)
        with (folder / "document.doc").open("wb") as copy:
            shutil.copyfileobj(file, copy)
        _convert(program, folder)
        try:
            converted = (folder / "document.docx").open("rb")
        except FileNotFoundError:  # it fails with status 0
            raise UnreadableError(_FAILED) from None
        with converted:
            yield converted


def _convert(program: str, folder: Path) -> None:
    """With a profile of its own: neither the user's settings nor a window that is open matter."""
    process = subprocess.Popen(  # noqa: S603 - no shell, names of our own
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            str(folder),
            str(folder / "document.doc"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # the program starts another, and both must end
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise UnreadableError(_TOO_LONG) from None
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        import signal

        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
