"""Where the files of a site are written, and how those of the last site are used again."""

import os
import shutil
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from generator.errors import BuildError


@dataclass(frozen=True, slots=True)
class File:
    """A file of a site as it was when it was written."""

    path: str
    """Below the site's folder, with "/"."""
    size: int
    time: int
    """Of its last change, in nanoseconds; 0 where files have none."""


class Output(Protocol):
    """Where a site's files go: a folder, or a store of objects.

    It can be pickled, for processes that write to the same place.
    """

    def write(self, path: str, content: bytes) -> File:
        """Write a whole file, at once or by and by. Raises OSError or BuildError when that cannot
        be done, at the latest in `flush`."""
        ...

    def write_pieces(self, path: str, pieces: Iterable[bytes]) -> File:
        """The same of a file that may be too large for memory."""
        ...

    def flush(self) -> None:
        """Wait until everything is there that this process has written."""
        ...

    def read_all(self, paths: Iterable[str]) -> list[bytes]:
        """The bytes of files that this process has written. Raises OSError or BuildError."""
        ...

    def read_pieces(self, path: str) -> Iterator[bytes]:
        """The same of one that may be too large for memory."""
        ...

    def take(self, file: File, other: "Folder") -> File:
        """Have a file of a folder here, too. Raises FileNotFoundError when it does not stand there
        as it was written."""
        ...

    def missing(self, paths: Iterable[str]) -> list[str]:
        """Those of the paths where no file is."""
        ...

    def verify(self, files: Iterable[File], taken: Set[int]) -> None:
        """Make sure that these files and no others are there. Raises BuildError when one is not as
        it was written.

        Args:
            taken: hashes of the paths that were taken as they stand, and looked at then.
        """
        ...


@dataclass(frozen=True, slots=True)
class Folder:
    """A site's folder. It may hold files of a site before, which may be those of the site that
    readers see: none is written into."""

    root: Path

    def write(self, path: str, content: bytes) -> File:
        """Write a file, and its folders where there are none yet."""
        return self.write_pieces(path, (content,))

    def write_pieces(self, path: str, pieces: Iterable[bytes]) -> File:
        """Write a file piece by piece."""
        place = f"{self.root}/{path}"
        try:
            descriptor = os.open(place, _FLAGS, 0o644)
        except OSError as error:
            _make_room(place, error)
            descriptor = os.open(place, _FLAGS, 0o644)
        with open(descriptor, "wb", buffering=0) as file:
            for piece in pieces:
                rest = memoryview(piece)
                while rest:  # a disk that fills up may take a part before it says so
                    rest = rest[file.write(rest) :]
            stat = os.fstat(descriptor)
        return File(path, stat.st_size, stat.st_mtime_ns)

    def flush(self) -> None:
        """Nothing to wait for."""

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        return (self.root / path).read_bytes()

    def read_all(self, paths: Iterable[str]) -> list[bytes]:
        """The bytes of some files."""
        return [self.read(path) for path in paths]

    def read_pieces(self, path: str) -> Iterator[bytes]:
        """The bytes of a file, piece by piece."""
        with open(f"{self.root}/{path}", "rb") as file:
            while piece := file.read(_PIECE):
                yield piece

    def files(self) -> tuple[File, ...]:
        """All that stand there, sorted."""
        found = []
        for path in self.root.rglob("*"):
            if path.is_file():
                stat = path.stat()
                name = path.relative_to(self.root).as_posix()
                found.append(File(name, stat.st_size, stat.st_mtime_ns))
        return tuple(sorted(found, key=lambda each: each.path))

    def has(self, file: File) -> bool:
        """Whether a file stands there just as it was written."""
        try:
            stat = os.stat(f"{self.root}/{file.path}")
        except OSError:
            return False
        return stat.st_size == file.size and stat.st_mtime_ns == file.time

    def missing(self, paths: Iterable[str]) -> list[str]:
        """Those of the paths where no file is."""
        return [path for path in paths if not os.path.isfile(f"{self.root}/{path}")]

    def verify(self, files: Iterable[File], taken: Set[int]) -> None:
        """See that none is missing, empty or cut, and take out all others."""
        known = set[int]()  # of hashes: a fifth of what the paths would take
        for file in files:
            name = hash(file.path)
            if name not in taken and not (file.size and self.has(file)):
                raise BuildError(f"文件 {file.path} 没有写成，请检查磁盘空间后重试")
            known.add(name)
        _sweep(str(self.root), "", known)

    def clear(self) -> None:
        """Take out all files."""
        _sweep(str(self.root), "", set())

    def take(self, file: File, other: "Folder") -> File:
        """Have a file of another folder here too: as a link, or as a copy where there are none."""
        if self.has(file):  # from the site before
            return file
        if not other.has(file):
            raise FileNotFoundError(file.path)
        source, target = f"{other.root}/{file.path}", f"{self.root}/{file.path}"
        try:
            _link(source, target)
        except OSError as error:
            _make_room(target, error)
            _link(source, target)
        return file


_PIECE = 1 << 20
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def _make_room(place: str, error: OSError) -> None:
    """Why a file could not be made: no folder for it, or something else stands there."""
    if isinstance(error, FileNotFoundError):
        os.makedirs(os.path.dirname(place), exist_ok=True)
    elif isinstance(error, FileExistsError):
        _remove(place)
    elif isinstance(error, NotADirectoryError):
        folder = above = os.path.dirname(place)
        while not os.path.lexists(above):
            above = os.path.dirname(above)
        os.unlink(above)
        os.makedirs(folder)
    else:
        raise error


def _remove(place: str) -> None:
    if os.path.isdir(place) and not os.path.islink(place):
        shutil.rmtree(place)
    else:
        os.unlink(place)


def _sweep(folder: str, prefix: str, known: Set[int]) -> bool:
    """Remove what is not known, by the hashes of paths, and folders without files; whether
    nothing is left."""
    empty = True
    with os.scandir(folder) as found:
        for entry in found:
            path = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if _sweep(entry.path, f"{path}/", known):
                    os.rmdir(entry.path)
                    continue
            elif hash(path) not in known:
                os.unlink(entry.path)
                continue
            empty = False
    return empty


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except (FileNotFoundError, FileExistsError, NotADirectoryError):
        raise
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)
        stat = os.stat(source)
        os.utime(target, ns=(stat.st_atime_ns, stat.st_mtime_ns))
