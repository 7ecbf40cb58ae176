"""A whole region, from its records to its index pages and its search index, made by one worker.

Regions need nothing of each other, so that any machine can make one that has the data and writes
to the same place. What comes back is what the manifest keeps.
"""

import socket
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from generator.errors import BuildError, DataError, Problem, os_reason
from generator.git import Log
from generator.records.regions import Region
from generator.records.store import RecordPath
from generator.site.keys import TEMPLATES, digest_of_folder, program
from generator.site.manifest import Part, SearchEntry, Shown
from generator.site.render import RegionTask, Settings, UnitResult, UnitTask, Worker, shard_tasks
from generator.site.replace import MARKER
from generator.site.search import Shard

OTHER_PROGRAM = (
    "工作进程 {} 的 gongkai、Python 或所用的库与这里的版本不同，请装成一样的，并重新启动工作进程"
)


_LOOK = 1.0
"""Seconds after which a worker looks again whether it is still wanted."""


@dataclass(frozen=True, slots=True)
class RegionWork:
    """A region to be made."""

    region: Region
    units: tuple[tuple[RecordPath, ...], ...]
    """The records of each unit that has some."""
    changes: Mapping[str, str] = field(default_factory=dict)
    """Unit -> what git knows of its records, where it knows something."""


@dataclass(frozen=True, slots=True)
class RegionMade:
    """A region that was made; when some unit has problems, its units only."""

    code: str
    units: tuple[UnitResult, ...]
    parts: tuple[Part, ...] = ()
    shards: tuple[Shard, ...] = ()


def works_of(
    units: Iterable[tuple[RecordPath, ...]], regions: Mapping[str, Region], log: Log
) -> Iterator[RegionWork]:
    """Every region with its units, which come sorted; one without records has pages, too."""
    found = groupby(units, key=lambda each: each[0].region)
    code, records = next(found, _NONE)
    for region in sorted(regions):
        if region == code:
            yield _work_of(regions[region], tuple(records), log)
            code, records = next(found, _NONE)
        else:
            yield RegionWork(regions[region], ())


def _work_of(region: Region, units: tuple[tuple[RecordPath, ...], ...], log: Log) -> RegionWork:
    names = [records[0].unit for records in units]
    changes = {name: log.of(f"{region.code}/{name}") for name in names}
    return RegionWork(region, units, {name: each for name, each in changes.items() if each})


_NONE: tuple[str, Iterator[tuple[RecordPath, ...]]] = ("", iter(()))


class Maker:
    """Makes regions, one at a time. It can be pickled, and is to be kept: forms are drawn once.

    The site's marker says for which build the place is. Workers look there again and again: one
    that nobody could tell of the build's end must not write into the next one's files.
    """

    def __init__(self, settings: Settings, data: Path, build: str) -> None:
        self._regions: dict[str, Region] = {}
        """The one that is being made: a country's would fill each worker's memory."""
        self._settings = replace(settings, regions=self._regions)
        self._data = data
        self._build = build
        """Names this build and no other."""
        self._lock = threading.Lock()
        """A worker may have several threads."""
        self._worker: Worker | None = None
        self._looked = 0.0

    def __reduce__(self) -> tuple[type["Maker"], tuple[Settings, Path, str]]:
        return Maker, (replace(self._settings, regions={}), self._data, self._build)

    @property
    def program(self) -> tuple[str, str]:
        """Names the program that asks for regions."""
        return self._settings.inputs.program, self._settings.inputs.templates

    def open(self) -> None:
        """Let workers write to the site's place."""
        self._mark(self._build)

    def close(self) -> None:
        """Have workers fail soon: nobody wants what they make any more."""
        self._mark("")

    def _mark(self, build: str) -> None:
        self._settings.output.write(MARKER, build.encode())
        self._settings.output.flush()

    def check(self) -> None:
        """Raise BuildError or DataError when this process cannot make the same pages, in the same
        place, as the one that asks for them."""
        host = socket.gethostname()
        if program_here() != self.program:
            raise BuildError(OTHER_PROGRAM.format(host))
        if not self._data.is_dir():
            message = f"工作进程 {host} 没有这个数据文件夹：它要在每台机器的同一路径上"
            raise DataError([Problem(self._data, 1, 1, message)])
        self._look()

    def _look(self) -> None:
        host = socket.gethostname()
        try:
            found = self._settings.output.read_all([MARKER])
        except (OSError, BuildError) as error:
            reason = os_reason(error) if isinstance(error, OSError) else error
            raise BuildError(
                f"工作进程 {host} 读不到正在生成的网站（{reason}）："
                "网站文件夹要在所有工作进程共用的磁盘上，路径也要相同"
            ) from error
        if found != [self._build.encode()]:
            raise BuildError(f"工作进程 {host} 停下了：这次生成已经结束")
        self._looked = time.monotonic()

    def make(self, work: RegionWork) -> RegionMade:
        """Make a region, and return when all its files are there.

        Raises BuildError or DataError when this process cannot, OSError when it cannot write.
        """
        with self._lock:
            if self._worker is None:
                self.check()
                self._worker = Worker(self._settings)
            self._look()
            self._regions.clear()
            self._regions[work.region.code] = work.region
            made = self._make(self._worker, work)
            self._settings.output.flush()
            return made

    def _make(self, worker: Worker, work: RegionWork) -> RegionMade:
        code = work.region.code
        units = worker.units(self._tasks(work))
        if any(each.problems for each in units):
            return RegionMade(code, units)
        found = [shown for each in units if each.made for shown in each.made.shown]
        shown = tuple(sorted(found, key=_place))
        parts = (*worker.region(RegionTask(code, shown, {})), *worker.region_data(code, shown))
        if not self._settings.inputs.search:
            return RegionMade(code, units, parts)
        entries = [
            SearchEntry(each.summary.unit, each.summary.year, each.entry)
            for each in shown
            if each.entry
        ]
        tasks = shard_tasks(code, entries)
        shards = tuple(worker.shard(task) for task in tasks)
        return RegionMade(code, units, (*parts, *shards), tuple(each.shard for each in tasks))

    def _tasks(self, work: RegionWork) -> Iterator[UnitTask]:
        for records in work.units:
            if time.monotonic() - self._looked > _LOOK:
                self._look()
            yield UnitTask(records, changes=work.changes.get(records[0].unit, ""))


def program_here() -> tuple[str, str]:
    """Names this process' program, with its templates."""
    return program(), digest_of_folder(TEMPLATES)


def _place(shown: Shown) -> tuple[str, int]:
    return shown.summary.unit, shown.summary.year
