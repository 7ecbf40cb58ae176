"""A small client for `pagefind --service`: index the records of one shard, hand back its files.

The service reads and writes base64 JSON messages, each ended by a comma. The wrapper Pagefind
publishes for Python waits a tenth of a second before every reply; here all records are sent
while the replies come in.

Files are asked for (`GetFiles`), not written by the service (`WriteFiles`): Pagefind 1.5.2 may
answer a write before the last file is on disk.
"""

import base64
import binascii
import importlib.metadata
import importlib.util
import json
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from generator.errors import BuildError

Message = dict[str, Any]

# The usual 20,000 makes a reader download three times as much for a query.
_CHUNK_SIZE = "4000"


def version() -> str:
    """Version of the installed Pagefind, such as `1.5.2`.

    Raises:
        BuildError: Pagefind is not installed.
    """
    try:
        return importlib.metadata.version("pagefind_bin")
    except importlib.metadata.PackageNotFoundError:
        raise BuildError("没有安装检索程序 pagefind-bin，请重新安装本软件的依赖。") from None


def program() -> Path:
    """The installed `pagefind` program, the plain one: the extended one cuts words itself.

    Raises:
        BuildError: Pagefind is not installed.
    """
    package = importlib.util.find_spec("pagefind_bin")
    for folder in (package and package.submodule_search_locations) or []:
        for name in ("pagefind", "pagefind.exe"):
            if (Path(folder) / name).is_file():
                return Path(folder) / name
    raise BuildError("没有找到检索程序 pagefind，请重新安装 pagefind-bin。")


def make_bundle(
    command: Sequence[str | Path], records: Iterable[Message], seconds: float
) -> dict[str, bytes]:
    """Index records with one Pagefind process and return the bundle's files by relative path.

    Args:
        command: how to start the service, `[program(), "--service"]`.
        records: the fields of Pagefind's `AddRecord`, without `type` and `index_id`.
        seconds: the longest the whole may take.

    Raises:
        BuildError: the service does not start, answers with an error or nonsense, ends early,
            or takes too long. Its process has ended in every case.
    """
    with _session(command, seconds) as session:
        [made] = session.ask([{"type": "NewIndex", "config": {}}])
        index = made.get("index_id")
        session.ask([{"type": "AddRecord", "index_id": index, **record} for record in records])
        [answer] = session.ask([{"type": "GetFiles", "index_id": index}])
        try:
            return {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}
        except (KeyError, TypeError, binascii.Error):
            raise BuildError("检索程序没有交回索引文件。") from None


class _Session:
    """One running service: questions in, answers out, in any order."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._sent = 0

    def ask(self, payloads: Sequence[Message]) -> list[Message]:
        """Answers in the order of the questions."""
        first = self._sent
        self._sent += len(payloads)
        # The service stops reading while its answers are not read: write and read at once.
        writer = threading.Thread(target=self._write, args=(first, payloads), daemon=True)
        writer.start()
        answers: dict[int, Message] = {}
        while len(answers) < len(payloads):
            number, payload = self._read()
            answers[number] = payload
        writer.join()
        return [answers[number] for number in range(first, self._sent)]

    def _write(self, first: int, payloads: Sequence[Message]) -> None:
        stdin = self._process.stdin
        assert stdin is not None  # noqa: S101 - opened as a pipe
        try:
            for number, payload in enumerate(payloads, first):
                message = json.dumps({"message_id": number, "payload": payload})
                stdin.write(base64.b64encode(message.encode()) + b",")
            stdin.flush()
        except (OSError, ValueError):
            pass  # the service has gone; the reading side reports it

    def _read(self) -> tuple[int, Message]:
        stdout = self._process.stdout
        assert stdout is not None  # noqa: S101 - opened as a pipe
        raw = _until_comma(stdout)
        try:
            message = json.loads(base64.b64decode(raw, validate=True))
            number, payload = message["message_id"], message["payload"]
            kind = payload["type"]
        except (ValueError, KeyError, TypeError):
            raise BuildError("检索程序的回答无法读懂，可能与本软件的版本不合。") from None
        if kind == "Error" or not isinstance(number, int):
            raise BuildError(f"检索程序报告错误：{payload.get('message', '没有说明')}")
        return number, payload


def _until_comma(stdout: IO[bytes]) -> bytes:
    # readline knows no other end than "\n", and the service sends none.
    parts: list[bytes] = []
    while True:
        ahead = stdout.peek(1)  # type: ignore[attr-defined]
        if not ahead:
            raise _EndedError
        size = ahead.find(b",")
        if size >= 0:
            parts.append(stdout.read(size + 1)[:-1])
            return b"".join(parts)
        parts.append(stdout.read(len(ahead)))


class _EndedError(Exception):
    """The service has closed its side."""


@contextmanager
def _session(command: Sequence[str | Path], seconds: float) -> Iterator[_Session]:
    environment = {**os.environ, "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": _CHUNK_SIZE}
    with tempfile.TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(  # noqa: S603 - our own program, no shell
                [str(part) for part in command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env=environment,
            )
        except OSError as error:
            raise BuildError(f"检索程序无法启动：{error.strerror or error}") from error
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            yield _Session(process)
        except _EndedError:
            if late.is_set():
                raise BuildError(f"检索程序超过 {seconds:.0f} 秒没有完成，已停止。") from None
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip()[-500:] or "没有说明"
            raise BuildError(f"检索程序意外结束：{said}") from None
        finally:
            timer.cancel()
            process.kill()
            process.wait()
            _close(process)


def _close(process: "subprocess.Popen[bytes]") -> None:
    for pipe in (process.stdin, process.stdout):
        try:
            if pipe is not None:
                pipe.close()
        except OSError:
            pass  # bytes a killed service never took
