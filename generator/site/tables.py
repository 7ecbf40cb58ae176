"""The data of several records as files: of a unit, a region, a year, and of all.

They are put together from the files of each record, piece by piece, and from what the manifest
keeps of them: no more than some dozens of records are in memory.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path

from generator.opendata import csvfile, files, jsonfile
from generator.opendata.archive import archive
from generator.opendata.excel import Sheet, workbook
from generator.opendata.package import DATA, DICTIONARY, FIGURES, Licence, data_package
from generator.opendata.readme import readme
from generator.opendata.rows import Origin
from generator.opendata.tables import LONG, WIDE, Figured, wide_cells
from generator.pages.addresses import DATA as DATA_PAGE
from generator.pages.addresses import record_address, region_address, unit_address
from generator.site.base import About
from generator.site.keys import digest
from generator.site.manifest import Manifest, Part, Shown
from generator.site.output import File, Output

_AT_ONCE = 64
"""Files of records that are read at a time."""
_LARGE = 4000
"""With so many records a table may have 2 GB: a record has 512 KB at most."""


@dataclass(frozen=True, slots=True)
class TablesTask:
    """The tables of some records."""

    name: str
    """Of the part."""
    key: str
    address: str
    """Of the folder, below the site's root."""
    title: str
    """Whose data they are."""
    records: int
    region_names: tuple[tuple[str, str], ...]
    """Code and name of each region that has some."""
    shown: tuple[Shown, ...] = ()
    """The records by unit and year, where they are those of a region or unit."""
    is_unit: bool = False
    manifest: Path | None = None
    """Where they are listed otherwise."""
    year: int = 0
    """The only one that is asked for of the manifest; 0 for all."""

    @property
    def is_plain(self) -> bool:
        """Whether all fields are in files of their own, too."""
        return self.records <= files.MOST_IN_PLAIN


class Tables:
    """Makes them."""

    def __init__(self, output: Output, about: About, site_url: str, dictionary: bytes) -> None:
        self._output = output
        self._about = about
        self._site_url = site_url
        self._dictionary = dictionary
        self._licence = Licence(about.licence, about.licence_url)

    def make(self, task: TablesTask) -> Part:
        """The files of a task."""
        names = dict(task.region_names)
        write, address = self._output.write_pieces, task.address

        def figured() -> Iterator[Figured]:
            return (_figured(each, names[each.summary.region]) for each in _shown(task))

        def wide() -> Iterator[tuple[str, ...]]:
            return map(wide_cells, figured())

        made = [
            *(
                write(address + name, pieces)
                for name, pieces in self._fields(task)
                if task.is_plain
            ),
            write(address + files.FIGURES_CSV, _figures_csv(wide())),
            write(
                address + files.FIGURES_JSON, jsonfile.joined(map(jsonfile.figures_json, figured()))
            ),
        ]
        sheets = [Sheet("主要指标", WIDE, wide())]
        if task.is_unit:
            sheets.append(Sheet("全部字段", LONG, self._rows(task)))
        if task.records <= files.MOST_IN_EXCEL:
            name = files.DATA_XLSX if task.is_unit else files.FIGURES_XLSX
            with workbook(sheets) as pieces:
                made.append(write(address + name, pieces))
        made.append(self._archive(task, _figures_csv(wide())))
        if not task.is_unit and not task.year:
            made.append(self._output.write(address + files.PACKAGE, self._package(task, False)))
        return Part(task.name, task.key, tuple(made))

    def _fields(self, task: TablesTask) -> Iterator[tuple[str, Iterator[bytes]]]:
        """The files with all fields: name and pieces."""
        yield files.DATA_CSV, csvfile.joined(LONG, self._read(task, files.DATA_CSV))
        yield files.DATA_JSON, jsonfile.joined(self._read(task, files.DATA_JSON))

    def _archive(self, task: TablesTask, figures: Iterable[bytes]) -> File:
        page = f"{self._site_url.rstrip('/')}/{DATA_PAGE}" if self._site_url else ""
        title = f"{self._about.name}：{task.title}"
        members = (
            (files.README, (readme(title, task.records, self._licence, page),)),
            (files.FIGURES_CSV, figures),
            *(
                (name, self._output.read_pieces(task.address + name) if task.is_plain else pieces)
                for name, pieces in self._fields(task)
            ),
            (files.FIELDS_CSV, (self._dictionary,)),
            (files.PACKAGE, (self._package(task, True),)),
        )
        with archive(members, task.records >= _LARGE) as pieces:
            return self._output.write_pieces(task.address + files.DATA_ZIP, pieces)

    def _package(self, task: TablesTask, is_in_archive: bool) -> bytes:
        place = task.address.strip("/").replace("/", "-")
        resources = [
            FIGURES,
            *([DATA] if is_in_archive or task.is_plain else []),
            *([DICTIONARY] if is_in_archive or task.address == DATA_PAGE else []),
        ]
        return data_package(
            "gongkai" if task.address == DATA_PAGE else f"gongkai-{place}",
            f"{self._about.name}：{task.title}",
            resources,
            self._licence,
            f"{self._site_url.rstrip('/')}/{DATA_PAGE}" if self._site_url else "",
        )

    def _read(self, task: TablesTask, name: str) -> Iterator[bytes]:
        """The file of this name of each record."""
        paths = (
            record_address(each.summary.region, each.summary.unit, each.summary.year) + name
            for each in _shown(task)
        )
        while batch := list(islice(paths, _AT_ONCE)):
            yield from self._output.read_all(batch)

    def _rows(self, task: TablesTask) -> Iterator[list[str]]:
        for file in self._read(task, files.DATA_CSV):
            rows = csvfile.rows_of(file)
            next(rows)
            yield from rows


def tables_key(program: str, about: About, site_url: str, dictionary: bytes) -> str:
    """Names what all tables are made with, the records apart."""
    return digest(program, repr(about), site_url, dictionary)


def region_keys(code: str, pieces: Iterable[tuple[str, str]], base: str) -> dict[str, str]:
    """Name of a part -> its key: of the tables of a region's units, and of the region.

    pieces: unit and digest of each of its records that have data, by unit and year.
    """
    keys = {
        f"data/{code}/{unit}": digest(base, *(piece for _, piece in own))
        for unit, own in groupby(pieces, key=itemgetter(0))
    }
    if keys:
        keys[f"data/{code}"] = digest(base, *keys.values())
    return keys


def region_tables(
    code: str, name: str, shown: Iterable[Shown], keys: Mapping[str, str]
) -> Iterator[TablesTask]:
    """The tables that `region_keys` names, from the region's records by unit and year."""
    listed = tuple(each for each in shown if each.data)
    names = ((code, name),)
    for unit, group in groupby(listed, key=lambda each: each.summary.unit):
        own, part = tuple(group), f"data/{code}/{unit}"
        address = unit_address(code, unit)
        title = own[0].name
        yield TablesTask(part, keys[part], address, title, len(own), names, own, is_unit=True)
    if listed:
        part = f"data/{code}"
        address = region_address(code)
        yield TablesTask(part, keys[part], address, name, len(listed), names, listed)


def _figures_csv(rows: Iterator[tuple[str, ...]]) -> Iterator[bytes]:
    yield csvfile.head(WIDE)
    while batch := list(islice(rows, _AT_ONCE)):
        yield csvfile.lines(batch)


def _shown(task: TablesTask) -> Iterator[Shown]:
    if task.manifest is None:
        yield from task.shown
        return
    manifest = Manifest.open(task.manifest, Path())
    assert manifest  # noqa: S101 - made by this build a moment ago
    try:
        yield from manifest.shown_with_data(task.year)
    finally:
        manifest.close()


def _figured(shown: Shown, region_name: str) -> Figured:
    summary = shown.summary
    return Figured(
        Origin(summary.region, region_name, summary.unit, shown.name, summary.year),
        summary.published,
        summary.changed,
        summary.figures,
        summary.remarks,
        record_address(summary.region, summary.unit, summary.year),
    )
