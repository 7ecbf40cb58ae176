"""Records turned into pages and search entries, by worker processes that are started once.

A chunk of records is read, checked, rendered and written where it is; only its summaries and
problems come back, and its search entries go to a file. So memory does not grow with the records.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from generator.checks.check import check_record
from generator.errors import Problem
from generator.pages.addresses import record_address
from generator.pages.catalogue import Summary
from generator.pages.drawing import Drawings
from generator.pages.environment import make_environment
from generator.pages.page import Page
from generator.pages.record import plain_text, record_page, record_title, summarize
from generator.records.data import Data
from generator.records.record import Record
from generator.records.store import RecordPath
from generator.site.frame import Frame
from generator.site.search import Entry, shard_name

CHUNK = 64
"""Records a worker is given at a time."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some records of one region and year, which is one shard of the search index."""

    number: int
    shard: str
    records: tuple[RecordPath, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """What comes back for a chunk."""

    summaries: list[Summary]
    problems: list[Problem]


def chunks_of(records: Sequence[RecordPath]) -> Iterator[Chunk]:
    """The records in the order of the search index's shards."""

    def shard(record: RecordPath) -> str:
        return shard_name(record.region, str(record.year))

    number = 0
    for name, group in groupby(sorted(records, key=lambda each: (shard(each), each.unit)), shard):
        members = tuple(group)
        for start in range(0, len(members), CHUNK):
            yield Chunk(number, name, members[start : start + CHUNK])
            number += 1


class Renderer:
    """Turns chunks of records into files; one in each worker process."""

    def __init__(
        self, data: Data, site: Path, frames: Mapping[str, Frame], spool: Path | None
    ) -> None:
        self._data = data
        self._site = site
        self._frames = frames
        self._spool = spool
        """Folder for the search entries; None when there is to be no search."""
        self._environment = make_environment()
        self._drawings = Drawings(self._environment)
        self._years: dict[tuple[str, str], list[int]] = {}
        for record in data.records:
            self._years.setdefault((record.region, record.unit), []).append(record.year)

    def render(self, chunk: Chunk) -> Rendered:
        """Write the chunk's pages. After the first problem that stops, only look for more."""
        rendered = Rendered([], [])
        entries: list[Entry] = []
        for identity in chunk.records:
            record, problems = check_record(identity, self._data.forms)
            rendered.problems.extend(problems)
            if record and not any(problem.stops for problem in rendered.problems):
                self._write(record)
                rendered.summaries.append(summarize(record, self._drawings))
                if self._spool:
                    entries.append(self._entry(record))
        if self._spool:
            (self._spool / str(chunk.number)).write_bytes(pickle.dumps(entries))
        return rendered

    def _write(self, record: Record) -> None:
        identity = record.identity
        region = self._data.regions[identity.region]
        unit = region.units[identity.unit]
        years = self._years[identity.region, identity.unit]
        page = record_page(record, region, unit, years, self._environment, self._drawings)
        write_page(self._site, self._frames, page)

    def _entry(self, record: Record) -> Entry:
        identity = record.identity
        region = self._data.regions[identity.region]
        unit = region.units[identity.unit]
        return Entry(
            url=record_address(region.code, unit.slug, identity.year),
            title=record_title(unit, identity.year),
            region=region.code,
            region_name=region.name,
            unit=unit.slug,
            unit_name=unit.name,
            short_names=unit.short_names,
            former_names=unit.former_names,
            year=str(identity.year),
            text=plain_text(record),
        )


def render_all(
    data: Data,
    site: Path,
    frames: Mapping[str, Frame],
    spool: Path | None,
    chunks: Sequence[Chunk],
    jobs: int,
) -> Iterator[Rendered]:
    """What comes of each chunk, in their order; in processes when there is work for several."""
    jobs = min(jobs, len(chunks))
    if jobs < 2:
        yield from map(Renderer(data, site, frames, spool).render, chunks)
        return
    args = (data, site, frames, spool)
    with ProcessPoolExecutor(jobs, initializer=_start_worker, initargs=args) as pool:
        yield from pool.map(_work, chunks)


# A worker process has one renderer for its whole life: forms are drawn once a process, not once a
# chunk. This is the one way that ProcessPoolExecutor has of keeping something in a worker.
_worker: Callable[[Chunk], Rendered]


def _start_worker(data: Data, site: Path, frames: Mapping[str, Frame], spool: Path | None) -> None:
    global _worker
    _worker = Renderer(data, site, frames, spool).render


def _work(chunk: Chunk) -> Rendered:
    return _worker(chunk)


def spooled_shards(chunks: Iterable[Chunk], spool: Path) -> Iterator[tuple[str, Iterator[Entry]]]:
    """The search entries that the workers left, shard by shard."""

    def entries(group: Iterable[Chunk]) -> Iterator[Entry]:
        for chunk in group:
            # Written by our own workers a moment ago, in a folder of our own.
            yield from pickle.loads((spool / str(chunk.number)).read_bytes())  # noqa: S301

    for shard, group in groupby(chunks, lambda chunk: chunk.shard):
        yield shard, entries(group)


def write_page(site: Path, frames: Mapping[str, Frame], page: Page) -> None:
    """Pour a page into the frame of its kind and write it at its address."""
    folder = site / page.address
    folder.mkdir(parents=True, exist_ok=True)
    html = frames[page.kind].pour(page)
    (folder / "index.html").write_text(html, encoding="utf-8", newline="\n")
