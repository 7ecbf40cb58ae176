"""What made each file of a site: an SQLite file beside it, so that nothing is made twice.

    .site.manifest      of the site that stands there; its `id` is in the site's marker, too
    .site.manifest.new  of the one that is being made

It may be deleted at any time: then everything is made again. One that cannot be read, is of
another program, or of another site than the one that stands there, is not used.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, Self

from generator.checks.across import IndexNumber
from generator.checks.plain import evidence_of, plain_evidence
from generator.errors import Problem
from generator.pages.catalogue import Summary
from generator.records.figures import figures_of, plain_figures
from generator.site.keys import FORMAT, digest, digest_of
from generator.site.output import File

_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE parts (
    name TEXT PRIMARY KEY, key TEXT NOT NULL, value TEXT NOT NULL, files TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE units (
    region TEXT, unit TEXT, signature TEXT NOT NULL, content TEXT NOT NULL, context TEXT NOT NULL,
    day TEXT NOT NULL, told TEXT NOT NULL, files TEXT NOT NULL,
    PRIMARY KEY (region, unit)
) WITHOUT ROWID;
CREATE TABLE summaries (
    year INTEGER, region TEXT, unit TEXT, status TEXT NOT NULL, documents TEXT NOT NULL,
    name TEXT NOT NULL, entry TEXT NOT NULL, figures TEXT NOT NULL, remarks INTEGER NOT NULL,
    published TEXT NOT NULL, changed TEXT NOT NULL, said TEXT NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (year, region, unit)
) WITHOUT ROWID;
CREATE INDEX by_region ON summaries (region, unit, year);
CREATE TABLE numbers (
    number TEXT NOT NULL, region TEXT NOT NULL, unit TEXT NOT NULL, place TEXT NOT NULL
);
CREATE INDEX by_unit ON numbers (region, unit);
"""


def of_records(region: str, unit: str) -> str:
    """How the names of the parts begin that are files of a unit's records, to be downloaded."""
    return f"record/{region}/{unit}/"


@dataclass(frozen=True, slots=True)
class Part:
    """Some files of a site that are made together, from what their key names."""

    name: str
    """unit/430524/xingzheng-shenpi, year/2022."""
    key: str
    files: tuple[File, ...]
    value: str = ""
    """What else is to be known of it."""
    links: tuple[tuple[str, str], ...] = ()
    """Files that its pages lead to, and a page that does; not kept."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A record that is shown: what index pages say of it, and its entry of the search index."""

    summary: Summary
    name: str
    """Of the unit."""
    entry: str = ""
    """Digest of the entry's file; "" when it cannot be searched for."""
    data: str = ""
    """Names what the files with its data are made from; "" when it has none."""


class SearchEntry(NamedTuple):
    """Where a record's entry of the search index is, and what names its content."""

    unit: str
    year: int
    digest: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be told of a unit's records in every build, though they do not change."""

    forms: tuple[str, ...] = ()
    """Names of the forms that they use."""
    notices: Mapping[str, int] = field(default_factory=dict)
    """Severity -> how many findings do not stop the build."""
    hidden: Mapping[str, int] = field(default_factory=dict)
    """State -> how many records are not shown."""
    problems: tuple[Problem, ...] = ()
    """Of records that are not shown, what concerns the repository and not the readers."""


@dataclass(frozen=True, slots=True)
class UnitMade:
    """A unit's records as they were made into pages."""

    region: str
    unit: str
    signature: str
    """Of its folder, see `keys.signature_of`."""
    content: str
    """Digest of the records' texts."""
    context: str
    """Digest of all else that went into the pages."""
    day: str
    """The day on which they were checked, if another may give other findings; else ""."""
    told: Told
    shown: tuple[Shown, ...]
    numbers: tuple[IndexNumber, ...]
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What a manifest knows of a unit, for comparing."""

    signature: str
    content: str
    context: str
    day: str
    told: Told
    files: tuple[File, ...]


class Manifest:
    """The open file. `sqlite3.DatabaseError` from any call means that it is no use."""

    def __init__(self, path: Path, data: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._data = data
        self._connection = connection

    @classmethod
    def create(cls, path: Path, data: Path, last: Path | None = None) -> Self:
        """An empty one in the place of what is there. Files of `data` are named by their places
        in it, so that the folder may be moved. `last`: the last site's, to take from."""
        path.unlink(missing_ok=True)
        connection = sqlite3.connect(path, isolation_level=None)
        if last:
            connection.execute("ATTACH ? AS last", (str(last),))
        # Until the site takes its place it is of no use to anybody: no journal, no waiting.
        connection.executescript(
            "PRAGMA main.journal_mode = OFF; PRAGMA main.synchronous = OFF;"
            f"CREATE TEMP TABLE taken (region TEXT, unit TEXT, signature TEXT); BEGIN;{_TABLES}"
        )
        connection.execute("INSERT INTO about VALUES ('format', ?)", (FORMAT,))
        return cls(path, data, connection)

    @classmethod
    def open(cls, path: Path, data: Path) -> Self | None:
        """The one at `path`, if it is there and whole."""
        if not path.is_file():
            return None
        connection = sqlite3.connect(path, isolation_level=None)
        manifest = cls(path, data, connection)
        with suppress(sqlite3.DatabaseError):
            connection.execute("PRAGMA synchronous = OFF")
            sound = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            if sound and manifest.about("format") == FORMAT:
                return manifest
        connection.close()
        return None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def commit(self) -> None:
        """Let other processes see what was put in."""
        self._connection.execute("COMMIT")
        self._connection.execute("BEGIN")

    # What the site as a whole is.

    def about(self, name: str) -> str:
        """A fact about the whole site; "" when it is not known."""
        row = self._connection.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_about(self, name: str, value: str) -> None:
        """State such a fact."""
        self._connection.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, value))

    def identity(self) -> str:
        """Names the whole site: the same inputs, the same name."""
        parts = self._connection.execute("SELECT name, key FROM parts ORDER BY name")
        units = self._connection.execute(
            "SELECT region, unit, content, context FROM units ORDER BY region, unit"
        )
        return digest_of(text for row in chain(parts, units) for text in row)

    # Parts.

    def part(self, name: str) -> Part | None:
        """A part by its name."""
        row = self._connection.execute(
            "SELECT key, value, files FROM parts WHERE name = ?", (name,)
        ).fetchone()
        return Part(name, row[0], _files(row[2]), row[1]) if row else None

    def parts(self, prefix: str) -> list[Part]:
        """The parts whose names begin so."""
        rows = self._connection.execute(
            "SELECT name, key, value, files FROM parts WHERE name >= ? AND name < ?",
            (prefix, prefix + "\U0010ffff"),
        )
        return [Part(row[0], row[1], _files(row[3]), row[2]) for row in rows]

    def put_part(self, part: Part) -> None:
        """Add a part."""
        row = (part.name, part.key, part.value, _plain_files(part.files))
        self._connection.execute("INSERT INTO parts VALUES (?, ?, ?, ?)", row)

    # Units.

    def unit(self, region: str, unit: str) -> Known | None:
        """What is known of a unit's records."""
        row = self._connection.execute(
            "SELECT signature, content, context, day, told, files FROM units"
            " WHERE region = ? AND unit = ?",
            (region, unit),
        ).fetchone()
        if not row:
            return None
        signature, content, context, day, told, files = row
        return Known(signature, content, context, day, self._told(told), _files(files))

    def signatures(self) -> Iterator[tuple[str, str, str]]:
        """Region, unit and signature of all units, sorted."""
        yield from self._connection.execute(
            "SELECT region, unit, signature FROM units ORDER BY region, unit"
        )

    def units_in(self, region: str) -> int:
        """How many units of a region have records."""
        query = "SELECT COUNT(*) FROM units WHERE region = ?"
        return int(self._connection.execute(query, (region,)).fetchone()[0])

    def files(self) -> Iterator[str]:
        """The files of every part and unit, each for `files_of`."""
        for table in ("parts", "units"):
            for row in self._connection.execute(f"SELECT files FROM {table}"):  # noqa: S608
                yield row[0]

    def put_unit(self, made: UnitMade) -> None:
        """Add a unit's records."""
        place = (made.region, made.unit)
        self._connection.execute(
            "INSERT INTO units VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *place,
                made.signature,
                made.content,
                made.context,
                made.day,
                self._plain_told(made.told),
                _plain_files(made.files),
            ),
        )
        for each in made.shown:
            summary = each.summary
            documents, figures = "\n".join(summary.documents), plain_figures(summary.figures)
            row = (
                summary.year,
                *place,
                summary.status,
                documents,
                each.name,
                each.entry,
                figures,
                summary.remarks,
                summary.published,
                summary.changed,
            )
            # No list of records shows the days.
            said = digest(
                *place, summary.status, documents, each.name, figures, str(summary.remarks)
            )
            self._connection.execute(
                f"INSERT INTO summaries VALUES ({_marks(13)})",  # noqa: S608 - our tables
                (*row, said, each.data),
            )
        self._connection.executemany(
            "INSERT INTO numbers VALUES (?, ?, ?, ?)",
            [(each.number, *place, self._plain_number(each)) for each in made.numbers],
        )

    def take_unit(self, region: str, unit: str, signature: str) -> None:
        """Have what the last site's manifest has of a unit, but for its signature; it is here after
        `copy_taken`."""
        self._connection.execute("INSERT INTO taken VALUES (?, ?, ?)", (region, unit, signature))

    def copy_taken(self) -> None:
        """Copy all units that were taken: together, since one by one takes ten times as long."""
        if not self._connection.execute("SELECT COUNT(*) FROM taken").fetchone()[0]:
            return  # perhaps there is no last site
        for table in ("units", "summaries", "numbers"):
            self._connection.execute(
                f"INSERT INTO {table} SELECT {table}.* FROM taken"  # noqa: S608 - our tables
                f" JOIN last.{table} USING (region, unit)"
            )
        self._connection.execute(
            "UPDATE units SET signature = taken.signature FROM taken"
            " WHERE units.region = taken.region AND units.unit = taken.unit"
        )
        self._connection.execute("DELETE FROM taken")

    # Records that are shown.

    def years(self) -> dict[int, int]:
        """Year -> how many records are shown, the newest year first."""
        query = "SELECT year, COUNT(*) FROM summaries GROUP BY year ORDER BY year DESC"
        return dict(self._connection.execute(query))

    def counts(self, region: str) -> dict[int, int]:
        """Year -> how many records of a region are shown, the oldest year first."""
        query = "SELECT year, COUNT(*) FROM summaries WHERE region = ? GROUP BY year ORDER BY year"
        return dict(self._connection.execute(query, (region,)))

    def published(self, region: str) -> dict[int, int]:
        """The same of the records that are public."""
        query = (
            "SELECT year, COUNT(*) FROM summaries WHERE region = ? AND status = '已发布'"
            " GROUP BY year ORDER BY year"
        )
        return dict(self._connection.execute(query, (region,)))

    def shown_in_region(self, region: str) -> list[Shown]:
        """A region's records, by unit and year."""
        rows = self._connection.execute(
            f"SELECT {_SHOWN} FROM summaries WHERE region = ? ORDER BY unit, year",  # noqa: S608
            (region,),
        )
        return [_shown(row) for row in rows]

    def shown_in_year(self, year: int) -> Iterator[Shown]:
        """A year's records, by region and unit."""
        rows = self._connection.execute(
            f"SELECT {_SHOWN} FROM summaries WHERE year = ? ORDER BY region, unit",  # noqa: S608
            (year,),
        )
        return map(_shown, rows)

    def said_in_year(self, year: int) -> Iterator[str]:
        """What names each of a year's records as index pages show it, in the same order."""
        query = "SELECT said FROM summaries WHERE year = ? ORDER BY region, unit"
        return (row[0] for row in self._connection.execute(query, (year,)))

    def entries_in_region(self, region: str) -> Iterator[SearchEntry]:
        """The entries of a region's records that can be searched for, by unit and year."""
        rows = self._connection.execute(
            "SELECT unit, year, entry FROM summaries"
            " WHERE region = ? AND entry <> '' ORDER BY unit, year",
            (region,),
        )
        return map(SearchEntry._make, rows)

    def data_in_region(self, region: str) -> Iterator[tuple[str, str]]:
        """Unit and what names the data of each of a region's records that has some, by unit and
        year."""
        yield from self._connection.execute(
            "SELECT unit, data FROM summaries WHERE region = ? AND data <> '' ORDER BY unit, year",
            (region,),
        )

    def data_in_year(self, year: int) -> Iterator[str]:
        """What names the data of a year's records, by region and unit."""
        query = "SELECT data FROM summaries WHERE year = ? AND data <> '' ORDER BY region, unit"
        return (row[0] for row in self._connection.execute(query, (year,)))

    def with_data_by_year(self) -> dict[int, int]:
        """Year -> how many records have data, the newest year first."""
        query = (
            "SELECT year, COUNT(*) FROM summaries WHERE data <> '' GROUP BY year ORDER BY year DESC"
        )
        return dict(self._connection.execute(query))

    def with_data_by_region(self) -> dict[str, int]:
        """Region -> how many of its records have data."""
        query = "SELECT region, COUNT(*) FROM summaries WHERE data <> '' GROUP BY region"
        return dict(self._connection.execute(query))

    def with_data(self, year: int = 0) -> int:
        """How many records have data, of one year or of all."""
        query = "SELECT COUNT(*) FROM summaries WHERE data <> '' AND (? = 0 OR year = ?)"
        return int(self._connection.execute(query, (year, year)).fetchone()[0])

    def shown_with_data(self, year: int = 0) -> Iterator[Shown]:
        """The records that have data, of one year or of all, by region, unit and year."""
        rows = self._connection.execute(
            f"SELECT {_SHOWN} FROM summaries WHERE data <> ''"  # noqa: S608
            " AND (? = 0 OR year = ?) ORDER BY region, unit, year",
            (year, year),
        )
        return map(_shown, rows)

    def changed_last(self, count: int) -> list[Shown]:
        """The records that changed last, of those that say when: by day, then by region, unit and
        year."""
        rows = self._connection.execute(
            f"SELECT {_SHOWN} FROM summaries WHERE changed <> ''"  # noqa: S608
            " ORDER BY changed DESC, region, unit, year DESC LIMIT ?",
            (count,),
        )
        return [_shown(row) for row in rows]

    def changes(self) -> Iterator[tuple[str, str, int, str]]:
        """Region, unit, year and day of the last change of each record that says when."""
        yield from self._connection.execute(
            "SELECT region, unit, year, changed FROM summaries WHERE changed <> ''"
        )

    def latest(self, count: int) -> list[Shown]:
        """The newest records: by year, then in the order of the regions and units."""
        rows = self._connection.execute(
            f"SELECT {_SHOWN} FROM summaries"  # noqa: S608
            " ORDER BY year DESC, region, unit LIMIT ?",
            (count,),
        )
        return [_shown(row) for row in rows]

    def told(self) -> Iterator[Told]:
        """What is to be told of each unit."""
        query = "SELECT told FROM units ORDER BY region, unit"
        return (self._told(row[0]) for row in self._connection.execute(query))

    def days(self) -> set[str]:
        """The days on which units were checked whose findings may be others on another day."""
        return {row[0] for row in self._connection.execute("SELECT DISTINCT day FROM units")} - {""}

    def repeated_numbers(self) -> list[IndexNumber]:
        """Every 索引号 that stands in more than one place."""
        rows = self._connection.execute(
            "SELECT number, place FROM numbers WHERE number IN"
            " (SELECT number FROM numbers GROUP BY number HAVING COUNT(*) > 1)"
        )
        return [self._number(number, place) for number, place in rows]

    def _plain_told(self, told: Told) -> str:
        problems = [
            [each.path.relative_to(self._data).as_posix(), each.line, each.column, each.message]
            for each in told.problems
        ]
        plain = [told.forms, dict(told.notices), dict(told.hidden), problems]
        return json.dumps(plain, ensure_ascii=False)

    def _told(self, text: str) -> Told:
        forms, notices, hidden, problems = json.loads(text)
        return Told(
            tuple(forms),
            notices,
            hidden,
            tuple(
                Problem(self._data / path, line, column, message, stops=False)
                for path, line, column, message in problems
            ),
        )

    def _plain_number(self, number: IndexNumber) -> str:
        path = number.place.path
        plain = [path.relative_to(self._data).as_posix(), plain_evidence(number.place, path)]
        return json.dumps(plain, ensure_ascii=False)

    def _number(self, number: str, place: str) -> IndexNumber:
        path, plain = json.loads(place)
        return IndexNumber(number, evidence_of(plain, self._data / path))


@contextmanager
def creating(path: Path, data: Path, last: Path | None = None) -> Iterator[Manifest]:
    """A new manifest, which is kept when the block ends well, and else is gone."""
    manifest = Manifest.create(path, data, last)
    try:
        yield manifest
        manifest.commit()
    except BaseException:
        manifest.close()
        path.unlink(missing_ok=True)
        raise
    manifest.close()


_SHOWN = (
    "region, unit, year, documents, status, name, entry, data, figures, remarks, published, changed"
)


def _shown(row: Sequence[Any]) -> Shown:
    region, unit, year, documents, status, name, entry, data, figures, *rest = row
    titles = tuple(documents.split("\n")) if documents else ()
    summary = Summary(region, unit, year, titles, status, figures_of(figures), *rest)
    return Shown(summary, name, entry, data)


def _marks(columns: int) -> str:
    return ", ".join("?" * columns)


def _plain_files(files: Iterable[File]) -> str:
    return "\n".join(f"{file.size} {file.time} {file.path}" for file in files)


def files_of(text: str) -> Iterator[File]:
    """The files that a manifest's row names."""
    for line in text.splitlines():
        size, time, path = line.split(" ", 2)
        yield File(path, int(size), int(time))


def _files(text: str) -> tuple[File, ...]:
    return tuple(files_of(text))
