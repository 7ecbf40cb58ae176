"""What checks found, kept in a file, so that records that do not change are not checked again.

A unit's entry counts while its files have the same names, sizes and times, and while everything
else that findings depend on is the same: the program, forms, regions, word lists and the day. The
file may be deleted at any time; one that cannot be read, or is of another program, is begun anew.
"""

import json
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from generator.checks.across import IndexNumber
from generator.checks.finding import Finding, Outcome
from generator.checks.plain import evidence_of, finding_of, plain_evidence, plain_finding
from generator.records.data import Data
from generator.records.store import SHARED, RecordPath

_JUST_NOW = 2
"""Seconds: a file that was changed since may be changed again without a new time."""
_PROGRAM = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was found in one record."""

    path: Path
    findings: tuple[Finding, ...]
    outcomes: Mapping[Outcome, int]
    index_numbers: tuple[IndexNumber, ...]


def unit_key(unit: Sequence[RecordPath]) -> str:
    """What a unit's entry is found by."""
    return f"{unit[0].region}/{unit[0].unit}"


def signature_of(unit: Sequence[RecordPath]) -> str:
    """What changes when one of a unit's files does; "" when that cannot be relied on."""
    parts: list[list[str | int]] = []
    now = time.time()
    for each in unit:
        try:
            stat = each.path.stat()
        except OSError:
            return ""
        if now - stat.st_mtime < _JUST_NOW:
            return ""
        parts.append([each.path.as_posix(), stat.st_size, stat.st_mtime_ns, stat.st_ino])
    return json.dumps(parts, ensure_ascii=False)


def digest_of(data: Data, today: date) -> str:
    """What changes when anything does that findings depend on, but the records."""
    digest = sha256(today.isoformat().encode())
    files = [
        *(path for suffix in ("py", "yaml") for path in _PROGRAM.rglob(f"*.{suffix}")),
        *(path for name in SHARED for path in (data.folder / name).glob("*")),
    ]
    for path in sorted(files):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Cache:
    """The file, as a context: what is put in is kept when it ends well or badly."""

    def __init__(self, path: Path, digest: str) -> None:
        self._path = path
        self._digest = digest
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        for _ in range(2):
            try:
                self._open()
                break
            except sqlite3.DatabaseError:
                self._close()
                with suppress(OSError):
                    self._path.unlink()
            except OSError:  # a folder that cannot be written: then without
                break
        return self

    def _open(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(self._path, timeout=0.5)
        self._connection.execute("CREATE TABLE IF NOT EXISTS made (digest TEXT)")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS units (unit TEXT PRIMARY KEY, signature TEXT, found TEXT)"
        )
        made = self._connection.execute("SELECT digest FROM made").fetchone()
        if made != (self._digest,):
            self._connection.execute("DELETE FROM made")
            self._connection.execute("DELETE FROM units")
            self._connection.execute("INSERT INTO made VALUES (?)", (self._digest,))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def _close(self) -> None:
        if self._connection:
            with suppress(sqlite3.DatabaseError):  # such as a full disk: then it is not kept
                self._connection.commit()
            self._connection.close()
            self._connection = None

    def get(self, unit: str, signature: str) -> tuple[Kept, ...] | None:
        """What was found in a unit's records, if it is kept and they are the same."""
        if not signature or not self._connection:
            return None
        try:
            row = self._connection.execute(
                "SELECT found FROM units WHERE unit = ? AND signature = ?", (unit, signature)
            ).fetchone()
            return tuple(_kept(each) for each in json.loads(row[0])) if row else None
        except (sqlite3.DatabaseError, ValueError, KeyError, TypeError):
            return None

    def put(self, unit: str, signature: str, found: Iterable[Kept]) -> None:
        """Keep what was found in a unit's records."""
        if signature and self._connection:
            text = json.dumps([_plain(each) for each in found], ensure_ascii=False)
            with suppress(sqlite3.DatabaseError):
                self._connection.execute(
                    "INSERT OR REPLACE INTO units VALUES (?, ?, ?)", (unit, signature, text)
                )


def _plain(kept: Kept) -> dict[str, Any]:
    path = kept.path
    numbers = kept.index_numbers
    return {
        "path": str(path),
        "findings": [plain_finding(each, path) for each in kept.findings],
        "outcomes": {outcome.name: count for outcome, count in kept.outcomes.items()},
        "numbers": [[each.number, plain_evidence(each.place, path)] for each in numbers],
    }


def _kept(plain: dict[str, Any]) -> Kept:
    path = Path(plain["path"])
    return Kept(
        path,
        tuple(finding_of(each, path) for each in plain["findings"]),
        {Outcome[name]: count for name, count in plain["outcomes"].items()},
        tuple(IndexNumber(number, evidence_of(place, path)) for number, place in plain["numbers"]),
    )
