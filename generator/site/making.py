"""What a build makes: records into pages, what index pages need of them into index pages.

units --worker processes--> pages, search entries; summaries
summaries, entries -------> pages of regions and units, search index       (renewal.py)

regions --workers of a cluster--> all of the above at once                 (whole.py)

what spans regions: years, home page, what leads to the search index, site map
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from os import cpu_count
from pathlib import Path
from uuid import uuid4

from generator.checks.across import repeated_numbers
from generator.checks.day import this_day
from generator.checks.rules import describe_rules
from generator.errors import BuildError, DataError, Problem
from generator.git import read_log
from generator.opendata.dictionary import field_dictionary
from generator.opendata.feed import MOST, open_search
from generator.opendata.files import FIELDS_CSV, OPEN_SEARCH, SCHEMA
from generator.opendata.package import record_schema
from generator.pages.addresses import DATA, SEARCH
from generator.pages.catalogue import Listed, RegionLine
from generator.pages.choosing import compare_page, regions_json
from generator.pages.coverage import coverage_pages
from generator.pages.data import data_page
from generator.pages.environment import kept_environment
from generator.pages.glossary import glossary_page
from generator.pages.indexes import LATEST, home_page, province_pages, search_page
from generator.pages.rules import rules_page
from generator.records.regions import Region
from generator.records.store import walk_units
from generator.site import knowledge
from generator.site.base import Base
from generator.site.feeds import site_feed
from generator.site.fonts import NO_FONTS, fonts_here
from generator.site.keys import digest, read_inputs
from generator.site.links import targets
from generator.site.manifest import Manifest, Part, files_of
from generator.site.notices import hidden_notices
from generator.site.options import Options, Progress
from generator.site.output import File, Output
from generator.site.progress import Advance
from generator.site.render import Result, Settings, UnitResult, UnitTask
from generator.site.renewal import Renewal
from generator.site.replace import MARKER
from generator.site.reuse import Last, Reuse
from generator.site.search import Shard, region_head, region_path, regions_file, unit_initials
from generator.site.sitemap import change_days, sitemap_files
from generator.site.tables import tables_key
from generator.site.whole import Maker, works_of
from generator.site.work import Workers

CHUNK = 64
"""Records a worker is given at a time, or a few more: a unit's years stay together."""

Shards = Mapping[str, list[Shard]]
"""Region -> the parts of its search index."""


class Making:
    """One site while it is made."""

    def __init__(
        self,
        base: Base,
        options: Options,
        output: Output,
        manifest: Manifest,
        last: Last | None,
        progress: Progress,
    ) -> None:
        self._base = base
        self._options = options
        self._output = output
        self._manifest = manifest
        self._progress = progress
        self._today = this_day()
        # Read before they are parsed: a change in between makes the next build do it again.
        inputs = read_inputs(options.data, options.preview, options.search, options.downloads)
        fonts = fonts_here() if "pdf" in options.downloads else ""
        self._inputs = replace(inputs, fonts=fonts)
        if "pdf" in options.downloads:
            manifest.set_about("fonts", fonts or NO_FONTS)
        self._forms, self._regions = knowledge.forms_and_regions(options.data, self._inputs)
        self._glossary = knowledge.glossary(options.data, self._inputs)
        self._log = read_log(options.data / "records")
        self._reuse = Reuse(last, output, manifest)
        self._renewal = Renewal(
            base, self._inputs, self._today, self._regions, manifest, last, self._reuse, self._log
        )
        self._records = options.data / "records"
        self._problems: list[Problem] = []
        """All that was found so far: one run tells everything."""
        self._links: dict[str, str] = {}
        """Of pages that are new: file that one leads to -> its address. Those of other pages were
        there when they were made, and such as link what is gone are new."""

    def disclosures(self) -> None:
        """Every page that comes from data, and the search index."""
        settings = Settings(
            self._forms,
            self._regions,
            partial(knowledge.library, self._options.data, self._inputs),
            self._base.frames,
            self._output,
            self._inputs,
            self._today,
            self._glossary,
            self._base.site_url,
            self._base.about,
        )
        self._problems += knowledge.personal_data(self._options.data, self._inputs)
        # What spans regions is little beside what a cluster is for.
        jobs = 1 if self._options.cluster else self._options.jobs or cpu_count() or 1
        with Workers(settings, jobs) as workers:
            if self._options.cluster:
                shards = self._regions_elsewhere(settings, self._options.cluster)
            else:
                shards = self._regions_here(workers)
            self._make_tables(workers)
            self._across(workers, shards)

    def finish(self) -> int:
        """Make sure that everything is there, and state what this site is; how many pages it has.

        Raises BuildError when a file is not as it was written.
        """
        pages = 0

        def files() -> Iterator[File]:
            nonlocal pages
            for listed in self._manifest.files():
                for file in files_of(listed):
                    pages += file.path.endswith("index.html")
                    yield file

        self._output.flush()
        self._output.verify(files(), self._reuse.taken)
        if missing := self._output.missing(self._links):
            page = self._links[missing[0]]
            raise BuildError(
                f"页面 /{page} 上有链接指向 {missing[0]}，没有这个文件，网站没有生成，"
                f"原来的网站没有变；这样的链接共 {len(missing)} 处，请检查 theme/pages"
            )
        self._manifest.set_about("day", self._today.isoformat())
        self._manifest.set_about("inputs", self._inputs.all)
        self._manifest.set_about("commit", self._log.tip)
        self._manifest.set_about("pages", str(pages))
        identity = self._manifest.identity()
        self._manifest.set_about("id", identity)
        self._output.write(MARKER, f"{identity}\n".encode())
        self._output.flush()
        return pages

    # Regions, on this machine.

    def _regions_here(self, workers: Workers) -> Shards:
        with self._making_units() as advance:
            for result in workers.run(self._chunks(advance)):
                for each in result:
                    assert isinstance(each, UnitResult)  # noqa: S101 - as the tasks are
                    self._problems += each.problems
                    self._links |= dict(each.links)
                    self._renewal.put_unit(each)
                    advance(each.records)
        self._manifest.copy_taken()
        self._refuse()
        self._manifest.commit()
        shards = self._search(workers) if self._options.search else {}
        for result in workers.run(self._renewal.region_tasks()):
            self._put(result)
        return shards

    def _chunks(self, advance: Advance) -> Iterator[tuple[UnitTask, ...]]:
        units = walk_units(self._records, self._regions, self._problems)
        chunk: list[UnitTask] = []
        size = 0
        for task in self._renewal.unit_tasks(units, advance):
            chunk.append(task)
            size += len(task.records)
            if size >= CHUNK:
                yield tuple(chunk)
                chunk, size = [], 0
        if chunk:
            yield tuple(chunk)

    def _search(self, workers: Workers) -> Shards:
        shards: dict[str, list[Shard]] = {}
        with self._progress("制作检索索引", sum(self._manifest.years().values())) as advance:

            def made(shard: Shard) -> None:
                shards.setdefault(shard.region, []).append(shard)
                advance(shard.records)

            for result in workers.run(self._renewal.shard_tasks(made)):
                self._put(result)
        return shards

    def _make_tables(self, workers: Workers) -> None:
        """The data of several records that is not there yet."""
        if self._options.downloads:
            base = self._base
            dictionary = field_dictionary(self._forms)
            key = tables_key(self._inputs.program, base.about, base.site_url, dictionary)
            for result in workers.run(self._renewal.tables_tasks(key)):
                self._put(result)

    def _put(self, result: Result) -> None:
        for part in result:
            assert isinstance(part, Part)  # noqa: S101 - as the tasks are
            self._links |= dict(part.links)
            self._renewal.put_part(part)

    # Regions, on other machines.

    def _regions_elsewhere(self, settings: Settings, address: str) -> Shards:
        # It brings Dask, which only this needs.
        from generator.site.cluster import Cluster

        shards: dict[str, list[Shard]] = {}
        maker = Maker(settings, self._options.data, uuid4().hex)
        maker.open()
        units = walk_units(self._records, self._regions, self._problems)
        works = works_of(units, self._regions, self._log)
        with Cluster(address, maker) as cluster, self._making_units() as advance:
            for region in cluster.make(works):
                for unit in region.units:
                    self._problems += unit.problems
                    self._links |= dict(unit.links)
                    self._renewal.put_unit(unit)
                    advance(unit.records)
                for part in region.parts:
                    self._links |= dict(part.links)
                    self._manifest.put_part(part)
                shards[region.code] = list(region.shards)
        self._refuse()
        self._manifest.commit()
        return shards

    # Regions, wherever they are made.

    def _making_units(self) -> AbstractContextManager[Advance]:
        return self._progress("生成页面", count_records(self._records))

    def _refuse(self) -> None:
        """Raise DataError when something stops, with all that there is to tell."""
        repeated = repeated_numbers(self._manifest.repeated_numbers())
        self._problems += (finding.problem for finding in repeated)
        if any(problem.stops for problem in self._problems):
            hidden = hidden_notices(self._manifest, self._options.data)
            raise DataError([*self._problems, *hidden])

    # What spans regions.

    def _across(self, workers: Workers, shards: Shards) -> None:
        lines = tuple(
            RegionLine(
                region.code,
                region.name,
                len(region.units),
                self._manifest.counts(code),
                self._manifest.published(code),
            )
            for code, region in sorted(self._regions.items())
        )
        for result in workers.run(self._renewal.year_tasks(lines)):
            self._put(result)
        environment = kept_environment(self._inputs.templates)
        with_data = self._manifest.with_data_by_region()
        latest = [Listed(each.summary, each.name) for each in self._manifest.latest(LATEST)]
        for page in (
            home_page(lines, latest, environment),
            *province_pages(lines, environment),
            data_page(
                [(line, with_data.get(line.code, 0)) for line in lines],
                self._manifest.with_data_by_year(),
                self._options.downloads[1:],
                self._base.site_url,
                (self._base.about.licence, self._base.about.licence_url),
                environment,
            ),
            *coverage_pages(lines, environment),
            compare_page(environment),
            search_page(environment),
            rules_page(describe_rules(self._forms), environment),
            *([glossary_page(self._glossary, environment)] if self._glossary else ()),
        ):
            html = self._base.frames.pour(page)
            self._links |= dict.fromkeys(targets(page.address, html), page.address)
            self._write(f"{page.address}index.html", html.encode())
        self._write(*regions_json(lines))
        if self._options.search:
            for code, region in sorted(self._regions.items()):
                self._write_head(region, shards.get(code, []))
            listed = [(region, shards.get(code, [])) for code, region in self._regions.items()]
            self._write(*regions_file(sorted(listed, key=lambda each: each[0].code)))
        if self._options.downloads:
            self._write(DATA + FIELDS_CSV, field_dictionary(self._forms))
            self._write(DATA + SCHEMA, record_schema(self._base.site_url, DATA + SCHEMA))
        if site_url := self._base.site_url:
            self._write(*site_feed(site_url, self._base.about, self._manifest.changed_last(MOST)))
            self._write(OPEN_SEARCH, open_search(site_url, self._base.about.name, SEARCH))
            pages = [page for page in self._addresses() if page != SEARCH]
            days = change_days(self._manifest.changes())
            for path, content in sitemap_files(self._base.site_url, pages, days):
                self._write(path, content)

    def _addresses(self) -> Iterator[str]:
        """Of every page, in no order."""
        for files in self._manifest.files():
            for file in files_of(files):
                address = file.path.removesuffix("index.html")
                if address != file.path:
                    yield address

    def _write_head(self, region: Region, shards: list[Shard]) -> None:
        """What the search page loads of a region, unless the last site's is still right."""
        path = region_path(region.code)
        key = digest(self._inputs.program, self._inputs.regions[region.code], repr(shards))
        initials = self._keep_initials(region)
        if not self._renewal.take(f"file/{path}", key):
            file = self._output.write(path, region_head(region, json.loads(initials), shards))
            self._manifest.put_part(Part(f"file/{path}", key, (file,)))

    def _keep_initials(self, region: Region) -> str:
        """What the names of a region's units can be abbreviated to, as JSON: kept for later builds,
        too, since the readings of characters take 0.1 s to load."""
        name = f"initials/{region.code}"
        key = digest(self._inputs.program, self._inputs.regions[region.code])
        if not self._renewal.take(name, key):
            self._manifest.put_part(Part(name, key, (), json.dumps(unit_initials(region))))
        part = self._manifest.part(name)
        assert part  # noqa: S101 - it was put in, or taken
        return part.value

    def _write(self, path: str, content: bytes) -> None:
        """A file that is made in every build."""
        file = self._output.write(path, content)
        self._manifest.put_part(Part(f"file/{path}", digest(content), (file,)))


def count_records(folder: Path) -> int:
    """How many files there are where records are; for telling how far a build is."""
    return sum(len(files) for depth, (_, _, files) in enumerate(os.walk(folder)) if files and depth)
