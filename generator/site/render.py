"""What worker processes do: records turned into pages, and into what index pages are made of.

    units    read, checked, their records' pages and search entries written
    region   its pages, and those of its units, from summaries
    shard    the search index of a region and year, from the entries
    year     its pages, from summaries

Each writes its files where they belong; only what a manifest keeps comes back, so that memory does
not grow with the records.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from generator.checks.across import IndexNumber
from generator.checks.case import Library
from generator.checks.check import Checked, check_unit
from generator.checks.finding import FORMAT_RULE, Finding
from generator.checks.remarks import Remark, remarks_of
from generator.checks.rules import describe_rules
from generator.errors import DataError, Problem
from generator.forms.form import Form
from generator.forms.values import State
from generator.git import Change, changes_of
from generator.opendata.dictionary import field_dictionary
from generator.opendata.files import FEED_FILE, UNIT_FILES, table_files
from generator.pages.addresses import (
    record_address,
    region_address,
    unit_address,
    year_address,
)
from generator.pages.catalogue import Listed, RegionLine, Summary, years_between
from generator.pages.choosing import PlainFile, figures_json, units_json
from generator.pages.coverage import region_coverage_pages
from generator.pages.downloads import Download, of_files
from generator.pages.drawing import Drawings
from generator.pages.environment import kept_environment
from generator.pages.glossary import Explainer
from generator.pages.indexes import region_pages, unit_page
from generator.pages.page import Page
from generator.pages.record import plain_text, record_page, record_title, summarize
from generator.pages.unit_tables import totals_by_region
from generator.pages.years import year_pages
from generator.records.glossary import Glossary
from generator.records.record import Record
from generator.records.regions import Region, Unit
from generator.records.store import RecordPath
from generator.site.base import NOTHING_SAID, About
from generator.site.feeds import region_feed
from generator.site.frame import Frames
from generator.site.keys import Inputs, digest, signature_of
from generator.site.links import targets
from generator.site.manifest import Manifest, Part, SearchEntry, Shown, Told, UnitMade
from generator.site.output import File, Output
from generator.site.record_files import RecordFilesMaker
from generator.site.search import (
    Entry,
    Shard,
    describe_shard,
    entry_digest,
    entry_file,
    entry_path,
    shard_files,
)
from generator.site.tables import (
    Tables,
    TablesTask,
    region_keys,
    region_tables,
    tables_key,
)
from generator.yaml import TextFile

HIDDEN = ("草稿", "待审", "已审")
"""States of records that only a preview has."""
_TRIES = 3
"""How often a unit is read whose files change meanwhile."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What every worker is told once."""

    forms: Mapping[str, Form]
    regions: Mapping[str, Region]
    library: Callable[[], Library]
    """Reads it where it is needed: not, when only index pages are made."""
    frames: Frames
    output: Output
    inputs: Inputs
    today: date
    glossary: Glossary = ()
    site_url: str = ""
    """Where the site will stand, ending in "/"; "" when that is not known."""
    about: About = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class UnitTask:
    """One unit's records: all years, since each is checked beside the year before."""

    records: tuple[RecordPath, ...]
    forms: tuple[str, ...] = ()
    """Names of the forms that they used in the last site."""
    made: str = ""
    """`content` and `context` of what the last site has of it; "" when it has nothing to take."""
    changes: str = ""
    """What git knows of them, see `Log.of`."""
    known: tuple[Part, ...] = ()
    """Files of its records that can be taken from the last site."""


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What comes back for a unit."""

    region: str
    unit: str
    signature: str
    records: int
    """How many the unit has."""
    made: UnitMade | None = None
    same: bool = False
    """Whether the last site's pages are still right."""
    problems: tuple[Problem, ...] = ()
    """What keeps it from being published."""
    parts: tuple[Part, ...] = ()
    """Files of its records that readers download."""
    links: tuple[tuple[str, str], ...] = ()
    """Files of others that its pages lead to, and a page that does."""


@dataclass(frozen=True, slots=True)
class RegionTask:
    """The pages of a region and of its units."""

    region: str
    shown: tuple[Shown, ...]
    """By unit and year."""
    known: Mapping[str, str]
    """Name of a part that can be taken from the last site -> its key."""


@dataclass(frozen=True, slots=True)
class ShardTask:
    """The search index of a region and year."""

    shard: Shard
    entries: tuple[str, ...]
    """Paths of the entries' files, in the order of the units."""


@dataclass(frozen=True, slots=True)
class YearTask:
    """The pages of a year, from the manifest that is being made."""

    year: int
    years: tuple[int, ...]
    """All that have pages, the newest first."""
    lines: tuple[RegionLine, ...]
    """Of all regions, by code."""
    key: str
    manifest: Path


Task = tuple[UnitTask, ...] | RegionTask | ShardTask | YearTask | TablesTask
"""Units come by the dozen: one is too little work to be sent for."""
Result = tuple[UnitResult, ...] | tuple[Part, ...]


@dataclass
class _Made:
    """What is gathered of a unit while its records are rendered."""

    changes: str
    """As in its task."""
    known: Mapping[str, Part]
    """As in its task, by name."""
    parts: list[Part] = field(default_factory=list)
    own: set[str] = field(default_factory=set)
    """Paths of the files that readers download."""
    problems: list[Problem] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)
    notices: Counter[str] = field(default_factory=Counter)
    hidden: Counter[str] = field(default_factory=Counter)
    shown: list[Shown] = field(default_factory=list)
    numbers: list[IndexNumber] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)
    lasts: bool = True
    """Whether it is right on every later day."""
    readable: bool = True
    """Whether it is known which forms they use."""


class Worker:
    """Does tasks; one in each worker process, for its whole life: forms are drawn once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._environment = kept_environment(settings.inputs.templates)
        self._drawings = Drawings(self._environment)
        self._explainer = Explainer(settings.glossary, self._environment)
        self._rules = describe_rules(settings.forms)
        self._library: Library | None = None
        self._record_files = RecordFilesMaker(settings.inputs, settings.output)
        self._tables: Tables | None = None
        self._links: dict[str, str] = {}
        """Of the pages that are being made: file that one leads to -> its address."""

    def do(self, task: Task) -> Result:
        """Do a task, and say what came of it."""
        match task:
            case RegionTask():
                return self.region(task)
            case ShardTask():
                return (self.shard(task),)
            case YearTask():
                return (self._year(task),)
            case TablesTask():
                return (self.tables(task),)
            case _:
                return self.units(task)

    # Records.

    def units(self, tasks: Iterable[UnitTask]) -> tuple[UnitResult, ...]:
        """Make some units' pages. After the first problem, only look for more."""
        results: list[UnitResult] = []
        writes = True
        for task in tasks:
            result = self._unit(task, writes)
            writes = writes and not result.problems
            results.append(result)
        return tuple(results)

    def _unit(self, task: UnitTask, writes: bool) -> UnitResult:
        folder = task.records[0].path.parent
        for _ in range(_TRIES):
            before = signature_of(folder)
            result = self._try_unit(task, before, writes)
            if signature_of(folder) == before or not before:
                break
        else:
            message = "这个单位的记录正在被修改，请等改完后再生成"
            result = replace(result, made=None, problems=(Problem(folder, 1, 1, message),))
        return result

    def _try_unit(self, task: UnitTask, signature: str, writes: bool) -> UnitResult:
        region, unit = task.records[0].region, task.records[0].unit
        texts = _read_texts(task.records)
        content = digest(  # of the names, too: a file's name is its year
            *(path.name for path in texts),
            *(each.text if isinstance(each, TextFile) else "" for each in texts.values()),
        )
        if task.made and task.made == content + self._context(task, task.forms):
            return UnitResult(region, unit, signature, len(texts), same=True)
        made = self._make(task, texts, writes)
        if made.problems:
            return UnitResult(region, unit, signature, len(texts), problems=tuple(made.problems))
        forms = tuple(sorted(made.forms))
        # What cannot be read may use any form: it is read again in every build.
        context = self._context(task, forms) if made.readable else ""
        return UnitResult(
            region,
            unit,
            signature,
            len(texts),
            UnitMade(
                region,
                unit,
                signature if context else "",
                content,
                context,
                "" if made.lasts else self._settings.today.isoformat(),
                Told(forms, dict(made.notices), dict(made.hidden), tuple(made.told)),
                tuple(made.shown),
                tuple(made.numbers),
                tuple(made.files),
            ),
            parts=tuple(made.parts),
            links=self._links_but({*made.own, *(file.path for file in made.files)}),
        )

    def _context(self, task: UnitTask, forms: Iterable[str]) -> str:
        inputs, frames = self._settings.inputs, self._settings.frames
        return context_of(inputs, frames, task.records[0].region, forms, task.changes)

    def _make(
        self,
        task: UnitTask,
        texts: Mapping[Path, TextFile | DataError],
        writes: bool,
    ) -> _Made:
        def read(path: Path) -> TextFile:
            found = texts[path]
            if isinstance(found, DataError):
                raise found
            return found

        settings = self._settings
        if self._library is None:
            self._library = settings.library()
        region = settings.regions[task.records[0].region]
        checked = list(
            check_unit(task.records, settings.forms, region, self._library, settings.today, read)
        )
        years = [each.identity.year for each in checked if self._is_shown(each)]
        taken = {part.name: part for part in task.known}
        made = _Made(task.changes, taken, lasts=all(each.lasts(settings.today) for each in checked))
        for each in checked:
            self._add(each, years, made, writes)
        return made

    def _add(self, checked: Checked, years: Sequence[int], made: _Made, writes: bool) -> None:
        record = checked.record
        if record:
            made.forms.update(part.form.name for part in record.parts)
        if self._is_hidden(checked):
            made.hidden[checked.status] += 1
            made.told.extend(
                replace(each.problem, stops=False)
                for each in checked.findings
                if each.rule in ("I1", "I2")
            )
            made.readable = made.readable and record is not None
            return
        for finding in checked.findings:
            if self._stops(finding):
                made.problems.append(finding.problem)
            elif not finding.answer:
                made.notices[finding.severity] += 1
        if record is None or made.problems or not writes:
            return
        made.numbers.extend(checked.index_numbers)
        remarks = remarks_of(checked.findings, self._rules)
        summary = summarize(record, self._drawings, remarks)
        downloads = self._downloads(record, remarks, made)
        made.files.append(self._write_record(record, years, remarks, summary, made, downloads))
        entry = ""
        if self._settings.inputs.search and record.review.status != "已撤回":
            path, content = entry_file(self._entry(record, summary))
            made.files.append(self._settings.output.write(path, content))
            entry = entry_digest(content)
        _, unit = self._place(record)
        data = made.parts[-1].key if downloads else ""
        made.shown.append(Shown(summary, unit.name, entry, data))

    def _stops(self, finding: Finding) -> bool:
        """In a preview what a rule finds stops nothing: drafts are unfinished."""
        return finding.stops and not (
            self._settings.inputs.preview and finding.rule not in (FORMAT_RULE, "I1", "I2")
        )

    def _is_shown(self, checked: Checked) -> bool:
        return checked.record is not None and not self._is_hidden(checked)

    def _is_hidden(self, checked: Checked) -> bool:
        return not self._settings.inputs.preview and checked.status in HIDDEN

    def _write_record(
        self,
        record: Record,
        years: Sequence[int],
        remarks: Sequence[Remark],
        summary: Summary,
        made: _Made,
        downloads: Sequence[Download],
    ) -> File:
        region, unit = self._place(record)
        # Only what readers are shown is among these: a hidden year is not compared with.
        before = made.shown[-1].summary if made.shown else None
        return self._write(
            record_page(
                record,
                region,
                unit,
                years,
                self._environment,
                self._drawings,
                remarks,
                summary,
                before,
                self._explainer,
                _changes_of(record, made.changes),
                self._settings.site_url,
                downloads,
            )
        )

    def _downloads(
        self, record: Record, remarks: Sequence[Remark], made: _Made
    ) -> tuple[Download, ...]:
        """Make the files of a record that readers download, or find that they are there."""
        found = self._record_files.make(record, *self._place(record), remarks, made.known)
        if found is None:
            return ()
        made.parts.append(found.part)
        made.told.extend(found.problems)
        made.own.update(each.address for each in found.downloads)
        return found.downloads

    def _entry(self, record: Record, summary: Summary) -> Entry:
        region, unit = self._place(record)
        year = record.identity.year
        return Entry(
            url=record_address(region.code, unit.slug, year),
            title=record_title(unit, year),
            region=region.code,
            region_name=region.name,
            unit=unit.slug,
            unit_name=unit.name,
            short_names=unit.short_names,
            former_names=unit.former_names,
            year=str(year),
            text=plain_text(record),
            changed=summary.changed,
            conclusion=_conclusion(summary),
            forms=tuple(
                dict.fromkeys(part.form.title for part in record.parts if part.is_attachment)
            ),
        )

    def _place(self, record: Record) -> tuple[Region, Unit]:
        region = self._settings.regions[record.identity.region]
        return region, region.units[record.identity.unit]

    # Index pages.

    def region(self, task: RegionTask) -> tuple[Part, ...]:
        """Make a region's pages, and those of its units."""
        return tuple(self._region(task))

    def _region(self, task: RegionTask) -> Iterable[Part]:
        region = self._settings.regions[task.region]
        summaries = [each.summary for each in task.shown]
        files = self._region_files(region, summaries)
        years = years_between(each.year for each in summaries)
        by_unit: dict[str, dict[int, Summary]] = {}
        for each in summaries:
            by_unit.setdefault(each.unit, {})[each.year] = each
        base = region_context(self._settings.inputs, self._settings.frames, region.code)
        name = f"region/{region.code}"
        key = digest(base, *map(repr, summaries))
        yield self._part(
            task,
            name,
            key,
            lambda: (
                *region_pages(region, summaries, self._environment, files),
                *self._feed(region, task.shown),
                *region_coverage_pages(region, summaries, self._environment),
                units_json(region, summaries),
            ),
            base,
        )
        for unit in region.units.values():
            own = by_unit.get(unit.slug, {})
            key = digest(base, repr(unit), repr(years), *map(repr, own.values()))
            yield self._part(
                task,
                f"unit/{region.code}/{unit.slug}",
                key,
                partial(self._unit_index, region, unit, own, years),
            )

    def _unit_index(
        self, region: Region, unit: Unit, own: Mapping[int, Summary], years: range
    ) -> tuple[Page, PlainFile]:
        has_data = self._settings.inputs.downloads and _with_data(own.values())
        files = of_files(unit_address(region.code, unit.slug), UNIT_FILES) if has_data else ()
        page = unit_page(region, unit, own, years, self._environment, files)
        return page, figures_json(region, unit, own)

    def _region_files(self, region: Region, summaries: Iterable[Summary]) -> tuple[Download, ...]:
        """What readers can download of a region."""
        count = _with_data(summaries) if self._settings.inputs.downloads else 0
        files = [*(table_files(count) if count else ()), *([FEED_FILE] if self._has_feed else ())]
        return of_files(region_address(region.code), files)

    @property
    def _has_feed(self) -> bool:
        return bool(self._settings.site_url)

    def _feed(self, region: Region, shown: Iterable[Shown]) -> Iterator[PlainFile]:
        if self._has_feed:
            yield region_feed(self._settings.site_url, self._settings.about, region, shown)

    def _part(
        self,
        task: RegionTask,
        name: str,
        key: str,
        pages: Callable[[], Iterable[Page | PlainFile]],
        value: str = "",
    ) -> Part:
        if task.known.get(name) == key:
            return Part(name, key, (), value)
        files = tuple(self._write(page) for page in pages())
        return Part(name, key, files, value, self._links_but({file.path for file in files}))

    def _year(self, task: YearTask) -> Part:
        manifest = Manifest.open(task.manifest, Path())
        assert manifest  # noqa: S101 - made by this build a moment ago
        try:

            def records() -> Iterator[Listed]:
                shown = manifest.shown_in_year(task.year)
                return (Listed(each.summary, each.name) for each in shown)

            totals = totals_by_region(records())
            count = manifest.with_data(task.year)
            address = year_address(task.year)
            pages = year_pages(
                task.year,
                task.years,
                task.lines,
                totals,
                records(),
                self._environment,
                of_files(address, table_files(count)) if count else (),
            )
            files = tuple(self._write(page) for page in pages)
            links = self._links_but({file.path for file in files})
            return Part(f"year/{task.year}", task.key, files, links=links)
        finally:
            manifest.close()

    # Data.

    def tables(self, task: TablesTask) -> Part:
        """Make the data of several records."""
        if self._tables is None:
            settings = self._settings
            dictionary = field_dictionary(settings.forms)
            self._tables = Tables(settings.output, settings.about, settings.site_url, dictionary)
        return self._tables.make(task)

    def region_data(self, code: str, shown: Sequence[Shown]) -> Iterator[Part]:
        """Make the data of a region and of its units, from the records by unit and year."""
        settings = self._settings
        dictionary = field_dictionary(settings.forms)
        base = tables_key(settings.inputs.program, settings.about, settings.site_url, dictionary)
        pieces = [(each.summary.unit, each.data) for each in shown if each.data]
        keys = region_keys(code, pieces, base)
        yield from map(self.tables, region_tables(code, settings.regions[code].name, shown, keys))

    # Search.

    def shard(self, task: ShardTask) -> Part:
        """Make the search index of a region and year."""
        output, shard = self._settings.output, task.shard
        contents = output.read_all(task.entries)
        files = tuple(output.write(*file) for file in shard_files(shard, contents))
        return Part(shard_name(shard), shard.version, files)

    def _write(self, page: Page | PlainFile) -> File:
        if not isinstance(page, Page):
            return self._settings.output.write(*page)
        self._links |= dict.fromkeys(targets(page.address, page.head + page.content), page.address)
        html = self._settings.frames.pour(page)
        return self._settings.output.write(f"{page.address}index.html", html.encode())

    def _links_but(self, own: Set[str]) -> tuple[tuple[str, str], ...]:
        """What was linked since this was asked last, but for some files that are there."""
        links, self._links = self._links, {}
        return tuple((path, page) for path, page in links.items() if path not in own)


def shard_tasks(region: str, entries: Iterable[SearchEntry]) -> list[ShardTask]:
    """A region's search index, year by year, from its records' entries by unit and year."""
    found: dict[int, list[SearchEntry]] = {}
    for each in entries:
        found.setdefault(each.year, []).append(each)
    return [
        ShardTask(
            describe_shard(region, str(year), [each.digest for each in of_year]),
            tuple(entry_path(region, each.unit, str(year)) for each in of_year),
        )
        for year, of_year in sorted(found.items())
    ]


def _conclusion(summary: Summary) -> str:
    """自评结论 as readers narrow by it; "" when no table asks for one."""
    figure = summary.figure("自评结论")
    if figure is None:
        return ""
    words = {State.EMPTY: "未填", State.NOT_APPLICABLE: "不适用"}
    return words.get(figure.state, figure.written)


def _changes_of(record: Record, changes: str) -> tuple[Change, ...]:
    """What git knows of a record's file; nothing when what it says now is not committed."""
    found = changes_of(changes, record.identity.path.name)
    return found if found and found[0].made(record.file.text) else ()


def _with_data(summaries: Iterable[Summary]) -> int:
    """How many records have data, where data is made."""
    return sum(each.status != "已撤回" for each in summaries)


def shard_name(shard: Shard) -> str:
    """A shard's name among the parts of a site."""
    return f"shard/{shard.region}/{shard.year}"


def context_of(
    inputs: Inputs, frames: Frames, region: str, forms: Iterable[str], changes: str
) -> str:
    """Names what a unit's records are made with; "" when some of it is not there any more.

    The frames say where the site will stand, too.
    """
    records = inputs.records(region, forms)
    return digest(records, frames.key, changes) if records else ""


def region_context(inputs: Inputs, frames: Frames, region: str) -> str:
    """Names what a region's index pages are made with, besides its summaries."""
    return digest(inputs.pages, inputs.regions[region], frames.key)


def _read_texts(records: Iterable[RecordPath]) -> dict[Path, TextFile | DataError]:
    """Each file read once, so that what is compared is what is rendered."""
    texts: dict[Path, TextFile | DataError] = {}
    for record in records:
        try:
            texts[record.path] = TextFile.read(record.path)
        except DataError as error:
            texts[record.path] = error
    return texts
