"""ZIP files that are written as a stream, the same bytes each time."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Members = Iterable[tuple[str, Iterable[bytes]]]
"""Name and pieces of each file; the pieces are taken as they are written."""

_DATE = (1980, 1, 1, 0, 0, 0)
_CHUNK = 1 << 20
_IN_MEMORY = 4 << 20


@contextmanager
def archive(members: Members, is_large: bool = False) -> Iterator[Iterator[bytes]]:
    """The pieces of an archive, while the context lasts. is_large: whether a member may be larger
    than 2 GB."""
    with SpooledTemporaryFile(_IN_MEMORY) as file:
        with ZipFile(file, "w") as zipped:
            for name, pieces in members:
                entry = ZipInfo(name, _DATE)
                entry.compress_type = ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                entry.create_system = 3  # else it is that of the machine
                with zipped.open(entry, "w", force_zip64=is_large) as member:
                    for piece in pieces:
                        member.write(piece)
        file.seek(0)
        yield _chunks(file)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
