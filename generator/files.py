"""Files written whole or not at all."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from generator.errors import DocumentError


def write_file(path: Path, data: bytes, *, may_replace: bool) -> None:
    """Write a file at once: a crash or a full disk leaves what was there before.

    Raises DocumentError when it is there and may not be replaced, OSError as the system
    does.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
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
