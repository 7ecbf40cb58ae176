"""What has to be made on one machine: what is unchanged is taken over from the last site."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from generator.errors import BuildError
from generator.git import Log
from generator.pages.addresses import DATA, year_address
from generator.pages.catalogue import RegionLine
from generator.records.regions import Region
from generator.records.store import RecordPath
from generator.site.base import Base
from generator.site.keys import Inputs, digest, signature_of
from generator.site.manifest import Known, Manifest, Part, of_records
from generator.site.progress import Advance
from generator.site.render import (
    RegionTask,
    ShardTask,
    UnitResult,
    UnitTask,
    YearTask,
    context_of,
    region_context,
    shard_name,
    shard_tasks,
)
from generator.site.reuse import Last, Reuse
from generator.site.search import Shard
from generator.site.tables import TablesTask, region_keys, region_tables


class Renewal:
    """Compares what there is with what the last site was made from; all is to be made where there
    is none."""

    def __init__(
        self,
        base: Base,
        inputs: Inputs,
        today: date,
        regions: Mapping[str, Region],
        manifest: Manifest,
        last: Last | None,
        reuse: Reuse,
        log: Log,
    ) -> None:
        self._base = base
        self._inputs = inputs
        self._today = today.isoformat()
        self._regions = regions
        self._manifest = manifest
        self._last = last
        self._reuse = reuse
        self._log = log
        self._is_later = last is not None and last.manifest.about("day") > self._today
        """Whether the last site was made on a later day, and may know more of the future."""
        self._changed: set[str] = set()
        """Regions of which some record is new, changed or gone."""

    def unit_tasks(
        self, units: Iterator[tuple[RecordPath, ...]], advance: Advance
    ) -> Iterator[UnitTask]:
        """The units that may have changed."""
        for records in units:
            region, unit = records[0].region, records[0].unit
            changes = self._log.of(f"{region}/{unit}")
            known = self._known(region, unit, changes)
            if (
                known
                and known.signature
                and known.signature == signature_of(records[0].path.parent)
                and self._reuse.take_unit(region, unit, known.signature, known)
            ):
                advance(len(records))
                continue
            if known and not self._reuse.is_whole(region, unit, known):
                known = None
            made = known.content + known.context if known else ""
            files = self._reuse.known_parts(of_records(region, unit))
            used = known.told.forms if known else ()
            yield UnitTask(records, used, made, changes, tuple(files.values()))

    def _known(self, region: str, unit: str, changes: str) -> Known | None:
        """What the last site has of a unit, if it was made with what there is today."""
        known = self._reuse.known_unit(region, unit)
        if not known or self._is_later or known.day not in ("", self._today):
            return None
        frames, forms = self._base.frames, known.told.forms
        context = context_of(self._inputs, frames, region, forms, changes)
        return known if context and context == known.context else None

    def put_unit(self, result: UnitResult) -> None:
        """A unit as it came from a worker, who may have found it to be that of the last site."""
        if result.same:
            assert self._last  # noqa: S101 - it is the same as there
            known = self._last.manifest.unit(result.region, result.unit)
            assert known  # noqa: S101
            if not self._reuse.take_unit(result.region, result.unit, result.signature, known):
                raise BuildError("网站文件夹里的文件在生成时被删除或修改了，请重新生成")
            return
        self._changed.add(result.region)
        for part in result.parts:
            self.put_part(part)
        if result.made:
            self._manifest.put_unit(result.made)

    def put_part(self, part: Part) -> None:
        """A part as it came from a worker; one without files is that of the last site."""
        if part.files:
            self._manifest.put_part(part)
            return
        known = self._reuse.known_part(part.name)
        assert known  # noqa: S101 - the worker was told of it
        self._reuse.take_part(known)

    def take(self, name: str, key: str) -> bool:
        """Take a part of the last site, if it is still right; a worker of a cluster may have made
        it already."""
        if (made := self._manifest.part(name)) and made.key == key:
            return True
        known = self._reuse.known_part(name)
        if known is None or known.key != key:
            return False
        self._reuse.take_part(known)
        return True

    def region_tasks(self) -> Iterator[RegionTask]:
        """The regions whose pages may have changed, after all units."""
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

    def shard_tasks(self, made: Callable[[Shard], None]) -> Iterator[ShardTask]:
        """The parts of the search index that have changed, after all units; every part is told to
        `made`."""
        for code in sorted(self._regions):
            for task in shard_tasks(code, self._manifest.entries_in_region(code)):
                made(task.shard)
                known = self._reuse.known_part(shard_name(task.shard))
                if known and known.key == task.shard.version:
                    self._reuse.take_part(known)
                else:
                    yield task

    def tables_tasks(self, base: str) -> Iterator[TablesTask]:
        """The data of units, regions, years and all that has changed, after all units. base: names
        what all tables are made with."""
        keys = [base]
        names: list[tuple[str, str]] = []
        for code, region in sorted(self._regions.items()):
            own = region_keys(code, self._manifest.data_in_region(code), base)
            keys += own.values()
            if own:
                names.append((code, region.name))
            changed = {name for name, key in own.items() if not self.take(name, key)}
            if changed:
                shown = self._manifest.shown_in_region(code)
                for task in region_tables(code, region.name, shown, own):
                    if task.name in changed:
                        yield task
        for year in self._manifest.years():
            key = digest(base, *self._manifest.data_in_year(year))
            yield from self._tables_of(year, key, names)
        yield from self._tables_of(0, digest(*keys), names)

    def _tables_of(self, year: int, key: str, names: list[tuple[str, str]]) -> Iterator[TablesTask]:
        records = self._manifest.with_data(year)
        name = f"data/years/{year}" if year else "data/all"
        if not records or self.take(name, key):
            return
        yield TablesTask(
            name,
            key,
            year_address(year) if year else DATA,
            f"{year}年度" if year else "全部地区",
            records,
            tuple(names),
            manifest=self._manifest.path,
            year=year,
        )

    def year_tasks(self, lines: tuple[RegionLine, ...]) -> Iterator[YearTask]:
        """The years whose pages have changed, after all units."""
        years = tuple(self._manifest.years())
        for year in years:
            counted = [
                (
                    line.code,
                    line.name,
                    line.units,
                    line.records.get(year, 0),
                    line.published.get(year, 0),
                )
                for line in lines
            ]
            shown = self._manifest.said_in_year(year)
            frames = self._base.frames.key
            key = digest(self._inputs.pages, frames, repr(years), repr(counted), *shown)
            known = self._reuse.known_part(f"year/{year}")
            if known and known.key == key:
                self._reuse.take_part(known)
            else:
                yield YearTask(year, years, lines, key, self._manifest.path)
