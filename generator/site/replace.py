"""The site is replaced whole or not at all, whenever a build is killed.

    site        what readers see
    .site.spare the site before it; the next one is made here, and then the two change places

What two sites have in common is one file with two names, so the spare takes little room, and a
file that stays needs no more than a look. What the spare holds is never relied on: a build may have
been killed in it.
"""

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from generator.errors import BuildError, DataError

MARKER = ".gongkai-site"
"""A file in each folder that we made, and so may replace; it names what was made."""


@contextmanager
def locked(site: Path, keep: Iterable[Path] = ()) -> Iterator[Path]:
    """The site's real folder, for this process alone until the block ends.

    A symbolic link as `site` stays; it is the folder it points to that is replaced.

    Raises BuildError when another build has the site, when the folder is not one that we made,
    or when it holds one of `keep`, the working folder or the home folder.
    """
    site = site.resolve()
    _check_replaceable(site, [*keep, Path.cwd(), Path.home()])
    site.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(beside(site, "lock"), timeout=0):
            _tidy(site)
            yield site
    except Timeout:
        raise BuildError(f"另一个生成正在使用 {site}，请等它结束后再试") from None


@contextmanager
def replaced(site: Path, lasting: bool = True) -> Iterator[Path]:
    """A folder beside a locked site, which takes its place when the block ends well.

    It may hold anything, and files in it may be the site's own: whoever uses it replaces files
    instead of writing into them, and takes out what does not belong there (`output.Folder`).

    lasting: whether it is to be there after a power cut, which takes a while.

    When the block raises, the old site stays as it was.
    """
    spare = beside(site, "spare")
    was_there = spare.exists()
    spare.mkdir(exist_ok=True)
    try:
        yield spare
        (spare / MARKER).touch()
        if lasting:
            _to_disk(spare)
        _put_in_place(spare, site)
    except BaseException as error:
        # A clerk mends a record and builds again; else the disk may be full. What cannot be removed
        # now, such as what a worker of a lost cluster still writes to, the next build takes out.
        if not (was_there and isinstance(error, DataError)):
            with suppress(OSError):
                _remove(spare)
        raise


def forget_spare(site: Path) -> None:
    """There will be no next build."""
    with suppress(OSError):
        _remove(beside(site, "spare"))


def mark(site: Path, identity: str = "") -> None:
    """Say that this folder is our work, so that a later build may replace it, and which work."""
    (site / MARKER).write_text(f"{identity}\n" if identity else "", encoding="ascii")


def mark_of(site: Path) -> str:
    """Which work of ours a folder is; "" when it does not say."""
    try:
        return (site / MARKER).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def beside(site: Path, use: str) -> Path:
    """The hidden file or folder that stands beside a site for some use."""
    return site.with_name(f".{site.name}.{use}")


def _check_replaceable(site: Path, keep: Iterable[Path]) -> None:
    inside = [path for path in keep if path.resolve().is_relative_to(site)]
    if inside:
        raise BuildError(f"不能把网站生成到 {site}：那里有不该覆盖的文件夹 {inside[0]}")
    if site == site.parent:  # "/", or a drive
        raise BuildError(f"不能把网站生成到 {site}")
    if not site.exists():
        return
    if not site.is_dir():
        raise BuildError(f"不能把网站生成到 {site}：那是一个文件，不是文件夹")
    if any(site.iterdir()) and not (site / MARKER).is_file():
        raise BuildError(
            f"不能把网站生成到 {site}：文件夹里已有别的内容。请换一个文件夹，或先清空它"
        )


def _tidy(site: Path) -> None:
    """Undo what a killed build left behind."""
    old = beside(site, "old")
    if old.exists() and not site.exists():  # killed between the two renames of _swap_in_two_steps
        old.rename(site)
    _remove(old)


def _put_in_place(spare: Path, site: Path) -> None:
    if not site.exists():
        spare.rename(site)
    elif not _exchange(spare, site):
        _swap_in_two_steps(spare, site)
    _sync_folder(site.parent)


def _swap_in_two_steps(spare: Path, site: Path) -> None:
    """For systems that cannot exchange: for a moment there is no site. `_tidy` knows."""
    old = beside(site, "old")
    site.rename(old)
    try:
        spare.rename(site)
    except OSError:
        old.rename(site)
        raise
    old.rename(spare)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system or its file system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:  # musl before 1.2.6 has no wrapper for it
        return False
    at_fdcwd, rename_exchange = -100, 2  # fcntl.h, linux/fs.h
    result = renameat2(
        at_fdcwd, os.fsencode(one), at_fdcwd, os.fsencode(other), ctypes.c_uint(rename_exchange)
    )
    if result == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(other))


def _to_disk(folder: Path) -> None:
    """Have the new pages on disk before their names are, or a power cut leaves empty pages."""
    if hasattr(os, "sync"):  # one call; fsync on each of 100,000 files takes minutes
        os.sync()
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)
