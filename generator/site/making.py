"""What a build makes: records into pages, what index pages need of them into index pages.

    units --worker processes--> pages, search entries; summaries
                   summaries, entries ------> index pages, search index, site map

What is unchanged is taken over from the last site on the way.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from os import cpu_count
from pathlib import Path

from generator.checks.across import repeated_numbers
from generator.checks.case import read_library
from generator.checks.check import check_sources
from generator.checks.day import this_day
from generator.checks.rules import describe_rules
from generator.errors import BuildError, DataError, Problem
from generator.pages.addresses import SEARCH
from generator.pages.catalogue import Listed, RegionLine
from generator.pages.environment import make_environment
from generator.pages.indexes import LATEST, home_page, province_pages, search_page
from generator.pages.rules import rules_page
from generator.records.data import read_shared
from generator.records.store import RecordPath, walk_units
from generator.site.base import Base
from generator.site.keys import digest, read_inputs, signature_of
from generator.site.manifest import Known, Manifest, Part, Shown, files_of
from generator.site.notices import hidden_notice
from generator.site.options import Options, Progress
from generator.site.output import Folder
from generator.site.progress import Advance
from generator.site.render import (
    RegionTask,
    Settings,
    ShardTask,
    Task,
    UnitResult,
    UnitTask,
    YearTask,
    context_of,
    region_context,
    shard_name,
)
from generator.site.replace import mark
from generator.site.reuse import (
    Last,
    Reuse,
)
from generator.site.search import (
    Shard,
    describe_shard,
    entry_path,
    region_file,
    regions_file,
)
from generator.site.sitemap import sitemap_files
from generator.site.work import Workers

CHUNK = 64
"""Records a worker is given at a time, or a few more: a unit's years stay together."""


class Making:
    """One site while it is made."""

    def __init__(
        self,
        base: Base,
        options: Options,
        output: Folder,
        manifest: Manifest,
        last: Last | None,
        progress: Progress,
    ) -> None:
        self._base = base
        self._options = options
        self._output = output
        self._manifest = manifest
        self._last = last
        self._reuse = Reuse(last, output, manifest)
        self._progress = progress
        self._today = this_day()
        # Read before they are parsed: a change in between makes the next build do it again.
        self._inputs = read_inputs(options.data, options.preview, options.search)
        self._forms, self._regions = read_shared(options.data)
        self._changed: set[str] = set()
        """Regions of which some record is new, changed or gone."""

    def disclosures(self) -> None:
        """Every page that comes from data, and the search index."""
        settings = Settings(
            self._forms,
            self._regions,
            partial(read_library, self._options.data),
            self._base.frames,
            self._output,
            self._inputs,
            self._today,
        )
        with Workers(settings, self._options.jobs or cpu_count() or 1) as workers:
            self._units(workers)
            self._manifest.commit()
            self._indexes(workers)

    def finish(self) -> int:
        """Make sure that everything is there, and state what this site is; how many pages it has.

        Raises BuildError when a file is not as it was written.
        """
        pages = 0
        for files in self._manifest.files():
            for file in files_of(files):
                if not file.size or not self._output.has(file):
                    raise BuildError(f"文件 {file.path} 没有写成，请检查磁盘空间后重试")
                pages += file.path.endswith("index.html")
        self._manifest.set_about("day", self._today.isoformat())
        self._manifest.set_about("inputs", self._inputs.all)
        self._manifest.set_about("pages", str(pages))
        identity = self._manifest.identity()
        self._manifest.set_about("id", identity)
        mark(self._output.root, identity)
        return pages

    # Records.

    def _units(self, workers: Workers) -> None:
        problems = [each.problem for each in check_sources(self._options.data)]
        misplaced: list[Problem] = []
        total = count_records(self._options.data / "records")
        with self._progress("生成页面", total) as advance:
            tasks = self._unit_tasks(misplaced, advance)
            for result in workers.run(tasks):
                for each in result:
                    assert isinstance(each, UnitResult)  # noqa: S101 - as the tasks are
                    problems += each.problems
                    self._take(each)
                    advance(each.records)
        problems += misplaced
        problems += (
            finding.problem for finding in repeated_numbers(self._manifest.repeated_numbers())
        )
        if any(problem.stops for problem in problems):
            told = (problem for told in self._manifest.told() for problem in told.problems)
            raise DataError([*problems, *told, *hidden_notice(self._manifest, self._records)])

    @property
    def _records(self) -> Path:
        return self._options.data / "records"

    def _unit_tasks(self, misplaced: list[Problem], advance: Advance) -> Iterator[Task]:
        """The units that may have changed; what has not is taken over on the way."""
        chunk: list[UnitTask] = []
        size = 0
        for records in walk_units(self._records, self._regions, misplaced):
            region, unit = records[0].region, records[0].unit
            known = self._known(records)
            if (
                known
                and known.signature
                and known.signature == signature_of(records[0].path.parent)
            ):
                self._reuse.take_unit(region, unit, known.signature, known)
                advance(len(records))
                continue
            made = known.content + known.context if known else ""
            chunk.append(UnitTask(records, known.told.forms if known else (), made))
            size += len(records)
            if size >= CHUNK:
                yield tuple(chunk)
                chunk, size = [], 0
        if chunk:
            yield tuple(chunk)

    def _known(self, records: tuple[RecordPath, ...]) -> Known | None:
        """What the last site has of a unit, if it was made with what there is today."""
        known = self._reuse.known_unit(records)
        day = self._today.isoformat()
        if not known or known.day not in ("", day):
            return None
        if self._last and self._last.manifest.about("day") > day:
            return None
        context = context_of(self._inputs, self._base.frames, records[0].region, known.told.forms)
        return known if context and context == known.context else None

    def _take(self, result: UnitResult) -> None:
        if result.same:
            assert self._last  # noqa: S101 - it is the same as there
            known = self._last.manifest.unit(result.region, result.unit)
            assert known  # noqa: S101
            self._reuse.take_unit(result.region, result.unit, result.signature, known)
            return
        self._changed.add(result.region)
        if result.made:
            self._manifest.put_unit(result.made)

    # Index pages and search.

    def _indexes(self, workers: Workers) -> None:
        lines = tuple(
            RegionLine(region.code, region.name, len(region.units), self._manifest.counts(code))
            for code, region in sorted(self._regions.items())
        )
        shards = self._search(workers) if self._options.search else {}
        for result in workers.run(self._region_tasks()):
            self._put(result)
        for result in workers.run(self._year_tasks(lines)):
            self._put(result)
        environment = make_environment()
        latest = [Listed(each.summary, each.name) for each in self._manifest.latest(LATEST)]
        for page in (
            home_page(lines, latest, environment),
            *province_pages(lines, environment),
            search_page(environment),
            rules_page(describe_rules(self._forms), environment),
        ):
            html = self._base.frames.pour(page)
            self._write(f"{page.address}index.html", html.encode())
        if self._options.search:
            for code, region in sorted(self._regions.items()):
                self._write(*region_file(region, shards.get(code, [])))
            listed = [(region, shards.get(code, [])) for code, region in self._regions.items()]
            self._write(*regions_file(sorted(listed, key=lambda each: each[0].code)))
        if self._base.site_url:
            pages = [page for page in self._addresses() if page != SEARCH]
            for path, content in sitemap_files(self._base.site_url, pages):
                self._write(path, content)

    def _addresses(self) -> Iterator[str]:
        """Of every page, in no order."""
        yield from self._base.hand_written
        for files in self._manifest.files():
            for file in files_of(files):
                if file.path.endswith("index.html"):
                    yield file.path.removesuffix("index.html")

    def _write(self, path: str, content: bytes) -> None:
        """A file that is made in every build."""
        file = self._output.write(path, content)
        self._manifest.put_part(Part(f"file/{path}", digest(content), (file,)))

    def _put(self, result: Iterable[Part | UnitResult]) -> None:
        """Parts as they came from a worker; those without files are those of the last site."""
        for part in result:
            assert isinstance(part, Part)  # noqa: S101 - as the tasks are
            if part.files:
                self._manifest.put_part(part)
            else:
                known = self._reuse.known_part(part.name)
                assert known  # noqa: S101 - the worker was told of it
                self._reuse.take_part(known)

    def _region_tasks(self) -> Iterator[Task]:
        """The regions that may have changed; what has not is taken over on the way."""
        for code in sorted(self._regions):
            name = f"region/{code}"
            known = self._reuse.known_parts(name) | self._reuse.known_parts(f"unit/{code}/")
            same = (
                code not in self._changed
                and self._manifest.units_in(code) == self._reuse.units_in(code)
                and name in known
                and known[name].value == region_context(self._inputs, self._base.frames, code)
                and len(known) == 1 + len(self._regions[code].units)
            )
            if same:
                for part in known.values():
                    self._reuse.take_part(part)
                continue
            keys = {part.name: part.key for part in known.values()}
            yield RegionTask(code, tuple(self._manifest.shown_in_region(code)), keys)

    def _year_tasks(self, lines: tuple[RegionLine, ...]) -> Iterator[Task]:
        years = tuple(self._manifest.years())
        for year in years:
            counted = [
                (line.code, line.name, line.units, line.records.get(year, 0)) for line in lines
            ]
            shown = (repr((each.summary, each.name)) for each in self._manifest.shown_in_year(year))
            frames = self._base.frames.key
            key = digest(self._inputs.pages, frames, repr(years), repr(counted), *shown)
            known = self._reuse.known_part(f"year/{year}")
            if known and known.key == key:
                self._reuse.take_part(known)
            else:
                yield YearTask(year, years, lines, key, self._manifest.path)

    def _search(self, workers: Workers) -> Mapping[str, list[Shard]]:
        """The search index's shards; region -> shards."""
        shards: dict[str, list[Shard]] = {}
        with self._progress("制作检索索引", sum(self._manifest.years().values())) as advance:
            for result in workers.run(self._shard_tasks(shards, advance)):
                self._put(result)
        return shards

    def _shard_tasks(self, shards: dict[str, list[Shard]], advance: Advance) -> Iterator[Task]:
        for code in sorted(self._regions):
            entries: dict[int, list[Shown]] = {}
            for each in self._manifest.shown_in_region(code):
                if each.entry:
                    entries.setdefault(each.summary.year, []).append(each)
            for year, found in sorted(entries.items()):
                shard = describe_shard(code, str(year), [each.entry for each in found])
                shards.setdefault(code, []).append(shard)
                known = self._reuse.known_part(shard_name(shard))
                if known and known.key == shard.version:
                    self._reuse.take_part(known)
                else:
                    paths = (entry_path(code, each.summary.unit, str(year)) for each in found)
                    yield ShardTask(shard, tuple(paths))
                advance(len(found))


def count_records(folder: Path) -> int:
    """How many files there are where records are; for telling how far a build is."""
    return sum(len(files) for depth, (_, _, files) in enumerate(os.walk(folder)) if files and depth)
