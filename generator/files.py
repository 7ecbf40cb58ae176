"""Files written whole or not at all."""

import codecs
import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.errors import DocumentError


def write_file(path: Path, data: bytes, *, may_replace: bool) -> None:
    """Write a file at once: a crash or a full disk leaves what was there before.

    Raises DocumentError when it is there and may not be replaced, OSError as the system
    does, of the file that was to be written.
    """
    with _named(path):
        _write(path, data, may_replace=may_replace)


def like_written(before: bytes, text: str) -> bytes:
    """A text with the mark of UTF-8 and the line ends that the file had before."""
    windows = before.count(b"\r\n")
    line_end = "\r\n" if windows > before.count(b"\n") - windows else "\n"
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    return mark + text.replace("\n", line_end).encode()


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """People are told of their own file, not of the temporary one."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def _write(path: Path, data: bytes, *, may_replace: bool) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:  # a file has the name of the folder
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from error
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        if may_replace:
            temporary.replace(path)
        else:
            _put_new(temporary, path)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def _put_new(temporary: Path, path: Path) -> None:
    """Give the file its name, unless the name is taken."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise DocumentError(f"已有文件 {path}，没有改动") from None
    except OSError:  # a file system without links
        if path.exists():
            raise DocumentError(f"已有文件 {path}，没有改动") from None
        temporary.replace(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
