"""Records turned into pages and search entries, by worker processes that are started once.

A chunk of records is read, checked, rendered and written where it is; only its summaries and
problems come back, and its search entries go to a file. So memory does not grow with the records.
"""

import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from generator.checks.across import IndexNumber
from generator.checks.case import Library
from generator.checks.check import Checked, check_unit
from generator.checks.finding import FORMAT_RULE, Finding
from generator.checks.remarks import Remark, remarks_of
from generator.checks.rules import describe_rules
from generator.errors import Problem, Severity
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
"""Records a worker is given at a time, or a few more: a unit's years stay together."""
HIDDEN = ("草稿", "待审", "已审")
"""States of records that only a preview has."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What every worker is told once."""

    data: Data
    library: Library
    site: Path
    frames: Mapping[str, Frame]
    spool: Path | None
    """Folder for the search entries; None when there is to be no search."""
    preview: bool
    """Whether records are shown that are not public."""
    today: date


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some units' records, all years of each: a record is checked beside the year before."""

    number: int
    records: tuple[RecordPath, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """What comes back for a chunk."""

    summaries: list[Summary]
    problems: list[Problem]
    """What stops: of the records that are shown, and of those of which nobody knows whether they
    may be."""
    notices: Counter[Severity]
    """How many other findings wait for somebody."""
    index_numbers: list[IndexNumber]
    hidden: Counter[str]
    """State -> how many records are not shown."""


def chunks_of(records: Sequence[RecordPath]) -> Iterator[Chunk]:
    """The records, unit by unit."""

    def unit(record: RecordPath) -> tuple[str, str]:
        return record.region, record.unit

    number, members = 0, list[RecordPath]()
    for _, group in groupby(sorted(records, key=unit), unit):
        members += group
        if len(members) >= CHUNK:
            yield Chunk(number, tuple(members))
            number, members = number + 1, []
    if members:
        yield Chunk(number, tuple(members))


class Renderer:
    """Turns chunks of records into files; one in each worker process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._data = settings.data
        self._environment = make_environment()
        self._drawings = Drawings(self._environment)
        self._rules = describe_rules(settings.data.forms)

    def render(self, chunk: Chunk) -> Rendered:
        """Write the chunk's pages. After the first problem that stops, only look for more."""
        rendered = Rendered([], [], Counter(), [], Counter())
        entries: dict[str, list[Entry]] = {}
        for (region, _), group in groupby(chunk.records, lambda each: (each.region, each.unit)):
            checked = list(
                check_unit(
                    list(group),
                    self._data.forms,
                    self._data.regions[region],
                    self._settings.library,
                    self._settings.today,
                )
            )
            years = [each.identity.year for each in checked if self._is_shown(each)]
            for each in checked:
                self._render(each, years, rendered, entries)
        for shard, found in entries.items():
            folder = self._spool / shard
            folder.mkdir(exist_ok=True)
            (folder / f"{chunk.number:08}").write_bytes(pickle.dumps(found))
        return rendered

    def _render(
        self,
        checked: Checked,
        years: Sequence[int],
        rendered: Rendered,
        entries: dict[str, list[Entry]],
    ) -> None:
        record = checked.record
        if self._is_hidden(checked):
            rendered.hidden[checked.status] += 1
            rendered.problems.extend(
                replace(each.problem, stops=False)
                for each in checked.findings
                if each.rule in ("I1", "I2")
            )
            return
        for finding in checked.findings:
            if self._stops(finding):
                rendered.problems.append(finding.problem)
            elif not finding.answer:
                rendered.notices[finding.severity] += 1
        if record is None or any(problem.stops for problem in rendered.problems):
            return
        rendered.index_numbers.extend(checked.index_numbers)
        self._write(record, years, remarks_of(checked.findings, self._rules))
        rendered.summaries.append(summarize(record, self._drawings))
        if self._settings.spool and record.review.status != "已撤回":
            shard = shard_name(record.identity.region, str(record.identity.year))
            entries.setdefault(shard, []).append(self._entry(record))

    def _stops(self, finding: Finding) -> bool:
        """In a preview what a rule finds stops nothing: drafts are unfinished."""
        return finding.stops and not (
            self._settings.preview and finding.rule not in (FORMAT_RULE, "I1", "I2")
        )

    def _is_shown(self, checked: Checked) -> bool:
        return checked.record is not None and not self._is_hidden(checked)

    def _is_hidden(self, checked: Checked) -> bool:
        return not self._settings.preview and checked.status in HIDDEN

    @property
    def _spool(self) -> Path:
        assert self._settings.spool  # noqa: S101 - there are entries only when there is a spool
        return self._settings.spool

    def _write(self, record: Record, years: Sequence[int], remarks: Sequence[Remark]) -> None:
        identity = record.identity
        region = self._data.regions[identity.region]
        unit = region.units[identity.unit]
        page = record_page(record, region, unit, years, self._environment, self._drawings, remarks)
        write_page(self._settings.site, self._settings.frames, page)

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


def render_all(settings: Settings, chunks: Sequence[Chunk], jobs: int) -> Iterator[Rendered]:
    """What comes of each chunk, in their order; in processes when there is work for several."""
    jobs = min(jobs, len(chunks))
    if jobs < 2:
        yield from map(Renderer(settings).render, chunks)
        return
    with ProcessPoolExecutor(jobs, initializer=_start_worker, initargs=(settings,)) as pool:
        yield from pool.map(_work, chunks)


# A worker process has one renderer for its whole life: forms are drawn once a process, not once a
# chunk. This is the one way that ProcessPoolExecutor has of keeping something in a worker.
_worker: Callable[[Chunk], Rendered]


def _start_worker(settings: Settings) -> None:
    global _worker
    _worker = Renderer(settings).render


def _work(chunk: Chunk) -> Rendered:
    return _worker(chunk)


def spooled_shards(spool: Path) -> Iterator[tuple[str, Iterator[Entry]]]:
    """The search entries that the workers left, shard by shard."""

    def entries(shard: Path) -> Iterator[Entry]:
        for file in sorted(shard.iterdir()):
            # Written by our own workers a moment ago, in a folder of our own.
            yield from pickle.loads(file.read_bytes())  # noqa: S301

    for shard in sorted(spool.iterdir()):
        yield shard.name, entries(shard)


def write_page(site: Path, frames: Mapping[str, Frame], page: Page) -> None:
    """Pour a page into the frame of its kind and write it at its address."""
    folder = site / page.address
    folder.mkdir(parents=True, exist_ok=True)
    html = frames[page.kind].pour(page)
    (folder / "index.html").write_text(html, encoding="utf-8", newline="\n")
