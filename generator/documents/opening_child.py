"""Reading a file in a process of its own, which has little memory and time.

Files come from anywhere. A few kilobytes can stand for gigabytes, and the libraries that parse them
are large; so the process that meets them may be lost, and only texts come back from it, as JSON.
"""

import json
import os
import subprocess
import sys
import zipfile
import zlib
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from generator.documents.content import INCOMPLETE, check_content
from generator.documents.model import Block, Cell, Line, Table, UnreadableError

READERS: dict[str, tuple[str, str] | None] = {
    ".docx": ("word", "read_word"),
    ".xlsx": ("excel_read", "read_excel"),
    ".xls": ("excel_old", "read_old_excel"),
    ".html": ("web", "read_web"),
    ".htm": ("web", "read_web"),
    ".txt": ("text", "read_text"),
    ".doc": None,  # its content is only checked: `old_word.py` turns it into a .docx
}
"""suffix -> module of `formats/`, function. Only the one that is needed is loaded."""

_SECONDS = 5
_MEMORY = 280 * 1024 * 1024
"""Address space, so what is resident is less. Python with all readers loaded takes 40 MB here."""
_MOST_OUTPUT = 8 * 1024 * 1024
_TOO_MUCH_STATUS = 3

_TOO_MUCH = f"文件太大或太复杂，{_SECONDS} 秒内读不完，请删去用不到的工作表、空行和图片，另存后再试"
_BROKEN = "这个文件读不了，可能已损坏，请在 Word 或 Excel 里打开，另存后再试"


def read_in_child(file: BinaryIO, suffix: str) -> list[Block]:
    """The blocks of an open file that has the suffix (a key of `READERS`)."""
    environment = os.environ | {
        "LC_ALL": "C.UTF-8",  # others map tables of locales, which count as memory
        "OPENBLAS_NUM_THREADS": "1",  # the same for NumPy, which openpyxl loads if it is there
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            [sys.executable, "-B", "-m", __name__, suffix],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).resolve().parents[2],  # where the package is found
            env=environment,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError(_TOO_MUCH) from None
    if done.returncode in _too_much():
        raise UnreadableError(_TOO_MUCH)
    if done.returncode:
        raise UnreadableError(_BROKEN)
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise UnreadableError(answer["error"])
    return [_block(block) for block in answer["blocks"]]


def _too_much() -> tuple[int, ...]:
    """How a process ends that wants more than it may have."""
    if sys.platform == "win32":
        return (_TOO_MUCH_STATUS,)
    import signal

    return (_TOO_MUCH_STATUS, -signal.SIGXCPU, -signal.SIGKILL)


def _block(given: dict[str, Any]) -> Block:
    if "cells" not in given:
        return Line(**given)
    cells = tuple(Cell(**cell | {"options": tuple(cell["options"])}) for cell in given["cells"])
    return Table(tuple(given["widths"]), cells, given["place"], given["has_columns"])


def limit_resources() -> None:
    """From here on: little memory, little time, no files to write, none to leave behind.

    Windows has no such limits; there the time that the parent waits is the only one.
    """
    if sys.platform == "win32":
        return
    import resource

    for kind, soft, hard in (
        (resource.RLIMIT_AS, _MEMORY, _MEMORY),
        (resource.RLIMIT_CPU, _SECONDS, _SECONDS + 1),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, 32, 32),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        try:
            resource.setrlimit(kind, (soft, hard))
        except (ValueError, OSError):  # macOS knows limits that it does not let anyone set
            continue


def _read(data: bytes, suffix: str) -> list[Block]:
    check_content(data, suffix)
    reader = READERS[suffix]
    if reader is None:
        return []
    module, function = reader
    blocks: list[Block] = getattr(import_module(f"generator.documents.formats.{module}"), function)(
        data
    )
    return blocks


def _memory_ran_out(error: BaseException | None) -> bool:
    """A reader may take the end of memory for a damaged file."""
    while error is not None:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
    return False


def main(suffix: str) -> int:
    """The child: reads standard input, answers on standard output; other errors end it."""
    limit_resources()
    answer: dict[str, Any]
    try:
        answer = {"blocks": [asdict(block) for block in _read(sys.stdin.buffer.read(), suffix)]}
        output = json.dumps(answer).encode()
    except (zipfile.BadZipFile, zlib.error, EOFError):
        output = json.dumps({"error": INCOMPLETE}).encode()
    except UnreadableError as error:
        if _memory_ran_out(error):
            return _TOO_MUCH_STATUS
        output = json.dumps({"error": str(error)}).encode()
    except MemoryError:
        return _TOO_MUCH_STATUS
    if len(output) > _MOST_OUTPUT:
        return _TOO_MUCH_STATUS
    sys.stdout.buffer.write(output)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
