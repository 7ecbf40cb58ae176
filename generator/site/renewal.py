"""What has to be made on one machine: what is unchanged is taken over from the last site."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from generator.pages.catalogue import RegionLine
from generator.records.regions import Region
from generator.records.store import RecordPath
from generator.site.base import Base
from generator.site.keys import Inputs, digest, signature_of
from generator.site.manifest import Known, Manifest, Part
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
    ) -> None:
        self._base = base
        self._inputs = inputs
        self._today = today.isoformat()
        self._regions = regions
        self._manifest = manifest
        self._last = last
        self._reuse = reuse
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
            yield UnitTask(records, known.told.forms if known else (), made)

    def _known(self, records: tuple[RecordPath, ...]) -> Known | None:
        """What the last site has of a unit, if it was made with what there is today."""
        known = self._reuse.known_unit(records)
        if not known or self._is_later or known.day not in ("", self._today):
            return None
        context = context_of(self._inputs, self._base.frames, records[0].region, known.told.forms)
        return known if context and context == known.context else None

    def put_unit(self, result: UnitResult) -> None:
        """A unit as it came from a worker, who may have found it to be that of the last site."""
        if result.same:
            assert self._last  # noqa: S101 - it is the same as there
            known = self._last.manifest.unit(result.region, result.unit)
            assert known  # noqa: S101
            self._reuse.take_unit(result.region, result.unit, result.signature, known)
            return
        self._changed.add(result.region)
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
            for task in shard_tasks(code, self._manifest.shown_in_region(code)):
                made(task.shard)
                known = self._reuse.known_part(shard_name(task.shard))
                if known and known.key == task.shard.version:
                    self._reuse.take_part(known)
                else:
                    yield task

    def year_tasks(self, lines: tuple[RegionLine, ...]) -> Iterator[YearTask]:
        """The years whose pages have changed, after all units."""
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
