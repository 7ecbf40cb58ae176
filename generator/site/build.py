"""The disclosures of a site: every record read, checked, rendered and written in one pass.

    data/ --open--> chunks --worker processes--> pages, summaries, search entries
                                    summaries --> index pages, site map
                                    entries   --> search index

Records stream through the workers; what stays in memory of a record is its summary. Any problem
that stops makes the whole build fail, with all problems of all records.
"""

import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import groupby
from os import cpu_count
from pathlib import Path
from xml.sax.saxutils import escape

from filelock import FileLock

from generator.checks.check import check_record
from generator.errors import BuildError, DataError, Problem
from generator.pages.addresses import SEARCH, record_address
from generator.pages.catalogue import Catalogue, Summary
from generator.pages.drawing import Drawings
from generator.pages.environment import make_environment
from generator.pages.indexes import index_pages
from generator.pages.page import Page
from generator.pages.record import plain_text, record_page, record_title, summarize
from generator.records.data import Data, open_data
from generator.records.record import Record
from generator.records.store import RecordPath
from generator.site.frame import Frame
from generator.site.search.entry import Entry
from generator.site.search.index import write_index

CHUNK = 64
"""Records a worker is given at a time."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build has to tell."""

    records: int
    notices: tuple[Problem, ...]
    """提示 that did not stop it."""


def write_disclosures(
    site: Path,
    frames: Mapping[str, Frame],
    data: Path,
    jobs: int | None = None,
    search: bool = True,
    site_url: str | None = None,
    hand_written: Iterable[str] = (),
    cache: Path | None = None,
) -> Built:
    """Write every page that comes from `data`, the search index and the site map into `site`.

    Args:
        site: folder that has the hand-written pages and assets already.
        frames: page kind -> the frame to pour its pages into.
        jobs: worker processes, by default one for each processor.
        site_url: where the site will stand; without it there is no site map.
        hand_written: addresses of the other pages, for the site map.
        cache: folder that keeps the search index's parts between builds.

    Raises:
        DataError: something under `data` cannot be published; with every problem found.
        BuildError: a frame is missing, or the search index cannot be made.
    """
    opened = open_data(data)
    with tempfile.TemporaryDirectory(prefix="gongkai-") as spool:
        renderer = _Renderer(opened, site, frames, Path(spool) if search else None)
        chunks = list(_chunks(opened.records))
        summaries: list[Summary] = []
        problems: list[Problem] = []
        for done in _each(renderer, chunks, jobs or cpu_count() or 1):
            summaries += done.summaries
            problems += done.problems
        if any(problem.stops for problem in problems):
            raise DataError(problems)
        addresses = [*hand_written, *map(_address, summaries)]
        for page in index_pages(Catalogue(opened.regions, summaries), make_environment()):
            _write_page(site, frames, page)
            addresses.append(page.address)
        if search:
            with FileLock(cache.with_name("search.lock")) if cache else nullcontext():
                write_index(site, _shards(chunks, Path(spool)), cache, jobs)
    if site_url:
        _write_sitemap(site, site_url, addresses)
    _verify(site, addresses)
    return Built(len(summaries), tuple(sorted(problems)))


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Some records of one region and year, which is one shard of the search index."""

    number: int
    shard: str
    records: tuple[RecordPath, ...]


@dataclass(frozen=True, slots=True)
class _Done:
    """What a worker answers for a chunk."""

    summaries: list[Summary]
    problems: list[Problem]


def _chunks(records: Sequence[RecordPath]) -> Iterator[_Chunk]:
    """The records in the order of the search index's shards."""

    def shard(record: RecordPath) -> str:
        return f"{record.region}-{record.year}"

    number = 0
    for key, group in groupby(sorted(records, key=lambda each: (shard(each), each.unit)), shard):
        members = tuple(group)
        for start in range(0, len(members), CHUNK):
            yield _Chunk(number, key, members[start : start + CHUNK])
            number += 1


class _Renderer:
    """Turns records into files; one in each worker process."""

    def __init__(
        self, data: Data, site: Path, frames: Mapping[str, Frame], spool: Path | None
    ) -> None:
        self.data = data
        self.site = site
        self.frames = frames
        self.spool = spool
        self.environment = make_environment()
        self.drawings = Drawings(self.environment)
        self.years: dict[tuple[str, str], list[int]] = {}
        for record in data.records:
            self.years.setdefault((record.region, record.unit), []).append(record.year)

    def render(self, chunk: _Chunk) -> _Done:
        """Write the chunk's pages. After the first problem that stops, only look for more."""
        done = _Done([], [])
        entries: list[Entry] = []
        for identity in chunk.records:
            record, problems = check_record(identity, self.data.forms)
            done.problems.extend(problems)
            if record and not any(problem.stops for problem in done.problems):
                self._write(record)
                done.summaries.append(summarize(record, self.drawings))
                if self.spool:
                    entries.append(self._entry(record))
        if self.spool:
            (self.spool / str(chunk.number)).write_bytes(pickle.dumps(entries))
        return done

    def _write(self, record: Record) -> None:
        identity = record.identity
        region = self.data.regions[identity.region]
        unit = region.units[identity.unit]
        years = self.years[identity.region, identity.unit]
        page = record_page(record, region, unit, years, self.environment, self.drawings)
        _write_page(self.site, self.frames, page)

    def _entry(self, record: Record) -> Entry:
        identity = record.identity
        region = self.data.regions[identity.region]
        unit = region.units[identity.unit]
        return Entry(
            url=record_address(region.code, unit.slug, identity.year),
            title=record_title(unit, identity.year),
            region=region.code,
            region_name=region.name,
            unit=unit.slug,
            unit_name=unit.name,
            aliases=unit.aliases,
            year=str(identity.year),
            text=plain_text(record),
        )


def _each(renderer: _Renderer, chunks: Sequence[_Chunk], jobs: int) -> Iterator[_Done]:
    """The answers in the order of the chunks, from processes when there is work for them."""
    jobs = min(jobs, len(chunks))
    if jobs < 2:
        yield from map(renderer.render, chunks)
        return
    args = (renderer.data, renderer.site, renderer.frames, renderer.spool)
    with ProcessPoolExecutor(jobs, initializer=_start_worker, initargs=args) as pool:
        yield from pool.map(_work, chunks)


# A worker process has one renderer for its whole life: forms are drawn once a process, not once a
# chunk. This is the one way that ProcessPoolExecutor has of keeping something in a worker.
_worker: Callable[[_Chunk], _Done]


def _start_worker(data: Data, site: Path, frames: Mapping[str, Frame], spool: Path | None) -> None:
    global _worker
    _worker = _Renderer(data, site, frames, spool).render


def _work(chunk: _Chunk) -> _Done:
    return _worker(chunk)


def _shards(chunks: Iterable[_Chunk], spool: Path) -> Iterator[tuple[str, Iterator[Entry]]]:
    """The search entries that the workers left, shard by shard."""

    def entries(group: Iterable[_Chunk]) -> Iterator[Entry]:
        for chunk in group:
            # Written by our own workers a moment ago, in a folder of our own.
            yield from pickle.loads((spool / str(chunk.number)).read_bytes())  # noqa: S301

    for shard, group in groupby(chunks, lambda chunk: chunk.shard):
        yield shard, entries(group)


def _address(summary: Summary) -> str:
    return record_address(summary.region, summary.unit, summary.year)


def _write_page(site: Path, frames: Mapping[str, Frame], page: Page) -> None:
    folder = site / page.address
    folder.mkdir(parents=True, exist_ok=True)
    html = frames[page.kind].pour(page)
    (folder / "index.html").write_text(html, encoding="utf-8", newline="\n")


def _write_sitemap(site: Path, site_url: str, addresses: Iterable[str]) -> None:
    """https://www.sitemaps.org/protocol.html; without dates, which we do not know yet."""
    root = site_url.rstrip("/") + "/"
    with (site / "sitemap.xml").open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n')
        for address in sorted(set(addresses) - {SEARCH}):
            file.write(f"<url><loc>{escape(root + address)}</loc></url>\n")
        file.write("</urlset>\n")


def _verify(site: Path, addresses: Iterable[str]) -> None:
    """Every page is there before the site may take the old one's place."""
    for address in addresses:
        page = site / address / "index.html"
        if not page.is_file() or not page.stat().st_size:
            raise BuildError(f"页面 {address or '首页'} 没有写成，请检查磁盘空间后重试")
