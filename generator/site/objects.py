"""A site in an S3-compatible store of objects: releases side by side, one of which is current.

    <prefix>/releases/3/…     the files of the third build
    <prefix>/current.json     {"id": "…", "release": "3"}; written last, so that it always names a
                              release that is whole

Who serves the site looks there for the release to show. Where the store is, and who may write
there, comes from the variables and files that all tools for S3 know: AWS_ENDPOINT_URL,
AWS_ACCESS_KEY_ID, ~/.aws/config.
"""

import json
import mimetypes
from collections import deque
from collections.abc import Iterable, Iterator, Set
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import count
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import Any

from generator.errors import BuildError
from generator.opendata.files import MEDIA
from generator.site.bucket import Bucket
from generator.site.keys import digest
from generator.site.output import File, Folder
from generator.site.replace import MARKER

try:
    import boto3  # type: ignore[import-untyped]
    from botocore.config import Config  # type: ignore[import-untyped]
    from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]
except ImportError as error:
    raise BuildError("写到 s3:// 需要另装的库，请先安装：pip install 'gongkai[cluster]'") from error

THREADS = 16
"""Objects that one process writes or reads at the same time: each takes a while to be answered."""
AHEAD = 64
"""Objects that wait to be written, at most: they are in memory."""

_IN_MEMORY = 1 << 20
"""Bytes of an object that is larger only while it is being made."""
_PIECE = 1 << 20

_NOT_THERE = ("404", "NoSuchKey", "NotFound")
_TAKEN = ("PreconditionFailed", "ConditionalRequestConflict")
_OWN_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".gz": "application/gzip",
    **{f".{suffix}": kind for suffix, (_, kind) in MEDIA.items() if suffix != "xml"},
}
_TEXTS = ("text/", "application/json", "application/xml", "application/manifest+json")
_TYPES = mimetypes.MimeTypes()  # without what a machine adds to them


class Release:
    """One build's files: an `Output`."""

    def __init__(self, bucket: Bucket, number: int, store: Any = None) -> None:
        self._bucket = bucket
        self._number = number
        self._root = f"{bucket.prefix}releases/{number}/"
        self._store = store or _connect(bucket)
        self._pool = ThreadPoolExecutor(THREADS)
        self._writing: deque[Future[None]] = deque()

    def __reduce__(self) -> tuple[type["Release"], tuple[Bucket, int]]:
        return Release, (self._bucket, self._number)

    @classmethod
    def new(cls, bucket: Bucket) -> "Release":
        """The next one; its number is nobody else's. Raises BuildError."""
        store = _connect(bucket)
        with _told(bucket):
            pages = store.get_paginator("list_objects_v2").paginate(
                Bucket=bucket.name, Prefix=f"{bucket.prefix}releases/", Delimiter="/"
            )
            names = [
                PurePosixPath(each["Prefix"]).name
                for page in pages
                for each in page.get("CommonPrefixes", ())
            ]
            taken = [int(name) for name in names if name.isascii() and name.isdigit()]
            for number in count(max(taken, default=0) + 1):
                release = cls(bucket, number, store)
                if release._claim():
                    break
        return release

    def _claim(self) -> bool:
        """Take its number, unless another build was faster."""
        try:
            self._store.put_object(
                Bucket=self._bucket.name, Key=self._root + MARKER, Body=b"", IfNoneMatch="*"
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in _TAKEN:
                return False
            raise
        return True

    def write(self, path: str, content: bytes) -> File:
        """Write an object by and by."""
        while self._writing and (self._writing[0].done() or len(self._writing) >= AHEAD):
            self._writing.popleft().result()
        self._writing.append(self._pool.submit(self._put, self._root + path, content))
        return File(path, len(content), 0)

    def write_pieces(self, path: str, pieces: Iterable[bytes]) -> File:
        """Write an object whose size is not known before."""
        with TemporaryFile() as file:
            for piece in pieces:
                file.write(piece)
            size = file.tell()
            file.seek(0)
            if size <= _IN_MEMORY:
                return self.write(path, file.read())
            with _told(self._bucket):
                self._store.upload_fileobj(
                    file,
                    self._bucket.name,
                    self._root + path,
                    ExtraArgs={"ContentType": content_type(path)},
                )
        return File(path, size, 0)

    def flush(self) -> None:
        """Wait until all are written."""
        writing = list(self._writing)
        self._writing.clear()
        wait(writing)
        for each in writing:
            each.result()

    def read_all(self, paths: Iterable[str]) -> list[bytes]:
        """The bytes of some objects."""
        self.flush()
        return list(self._pool.map(self._get, [self._root + path for path in paths]))

    def read_pieces(self, path: str) -> Iterator[bytes]:
        """The bytes of an object, piece by piece."""
        self.flush()
        with _told(self._bucket):
            found = self._store.get_object(Bucket=self._bucket.name, Key=self._root + path)
            yield from found["Body"].iter_chunks(_PIECE)

    def take(self, file: File, other: Folder) -> File:
        """Copy a file of a folder."""
        return self.write(file.path, other.read(file.path))

    def missing(self, paths: Iterable[str]) -> list[str]:
        """Those of the paths where no object is."""
        self.flush()
        listed = list(paths)
        found = self._pool.map(self._has, [self._root + path for path in listed])
        return [path for path, is_there in zip(listed, found, strict=True) if not is_there]

    def verify(self, files: Iterable[File], taken: Set[int]) -> None:
        """See that there are these objects, of these sizes, and no others.

        Neither list is held in memory: they are the same when their sums are.
        """
        expected = _sum((file.path, file.size) for file in files)
        found = _sum(each for each in self._objects() if each[0] != MARKER)
        if expected != found:
            raise BuildError(
                f"{self._bucket} 里的文件与生成的不同（应有 {expected[0]} 个，"
                f"现有 {found[0]} 个），请重试"
            )

    def make_current(self, identity: str) -> None:
        """Have readers see this release."""
        content = json.dumps({"id": identity, "release": str(self._number)}, sort_keys=True)
        self._put(f"{self._bucket.prefix}current.json", f"{content}\n".encode())

    def delete(self) -> None:
        """Delete all of it."""
        writing = list(self._writing)
        self._writing.clear()
        wait(writing)
        with _told(self._bucket):
            for page in self._pages():
                keys = [{"Key": each["Key"]} for each in page.get("Contents", ())]
                if keys:
                    self._store.delete_objects(
                        Bucket=self._bucket.name, Delete={"Objects": keys, "Quiet": True}
                    )

    def _objects(self) -> Iterator[tuple[str, int]]:
        with _told(self._bucket):
            for page in self._pages():
                for each in page.get("Contents", ()):
                    yield each["Key"].removeprefix(self._root), each["Size"]

    def _pages(self) -> Iterator[Any]:
        paginator = self._store.get_paginator("list_objects_v2")
        yield from paginator.paginate(Bucket=self._bucket.name, Prefix=self._root)

    def _put(self, key: str, content: bytes) -> None:
        with _told(self._bucket):
            self._store.put_object(
                Bucket=self._bucket.name, Key=key, Body=content, ContentType=content_type(key)
            )

    def _has(self, key: str) -> bool:
        with _told(self._bucket):
            try:
                self._store.head_object(Bucket=self._bucket.name, Key=key)
            except ClientError as error:
                if error.response["Error"]["Code"] in _NOT_THERE:
                    return False
                raise
            return True

    def _get(self, key: str) -> bytes:
        with _told(self._bucket):
            content: bytes = self._store.get_object(Bucket=self._bucket.name, Key=key)[
                "Body"
            ].read()
            return content


def content_type(path: str) -> str:
    """What a browser is told that a file is; the same on every machine."""
    suffix = PurePosixPath(path).suffix
    kind = _OWN_TYPES.get(suffix) or _TYPES.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith(_TEXTS) else kind


def _connect(bucket: Bucket) -> Any:
    """A client for any thread."""
    config = Config(
        connect_timeout=10,
        read_timeout=60,
        retries={"mode": "standard", "max_attempts": 5},
        max_pool_connections=THREADS,
    )
    with _told(bucket):
        return boto3.session.Session().client("s3", config=config)


def _sum(files: Iterable[tuple[str, int]]) -> tuple[int, int]:
    """How many there are, and a number that names them, in whatever order they come."""
    number = total = 0
    for path, size in files:
        number += 1
        total += int(digest(path, str(size)), 16)
    return number, total


@contextmanager
def _told(bucket: Bucket) -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise BuildError(
            f"{bucket} 用不了（{error}），请检查桶的名称、AWS_ENDPOINT_URL 和访问密钥"
        ) from error
