"""Many records checked: unit by unit, in worker processes, and none twice while nothing changes."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from os import cpu_count
from pathlib import Path

from generator.checks.across import IndexNumber, repeated_numbers, seen_from_the_other
from generator.checks.cache import Cache, Kept, digest_of, signature_of, unit_key
from generator.checks.case import Library, read_library
from generator.checks.check import check_unit
from generator.checks.finding import Finding, Outcome, in_order
from generator.records.data import Data
from generator.records.store import RecordPath

CHUNK = 32
"""Units a worker is given at a time."""
FEW = 64
"""Units up to which starting worker processes costs more than it brings."""


@dataclass(frozen=True, slots=True)
class Result:
    """What checks found in many records."""

    findings: Mapping[Path, tuple[Finding, ...]]
    """Every record that was asked for -> its findings, in the order of the records."""
    outcomes: Mapping[Outcome, int]

    @property
    def all_findings(self) -> list[Finding]:
        """Of all records, by their places."""
        return [finding for each in self.findings.values() for finding in each]


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """What a worker process is told once."""

    data: Data
    library: Library
    today: date


def check_records(
    data: Data,
    wanted: Sequence[RecordPath],
    today: date,
    cache: Path | None = None,
    jobs: int | None = None,
) -> Result:
    """Check records, each beside its unit's record of the year before.

    Args:
        data: forms, regions, and the list of all records.
        wanted: the records whose findings are asked for.
        today: no date of a record may be after it.
        cache: file that keeps what was found, for records that do not change.
        jobs: worker processes, by default one for each processor.

    Raises DataError when the word lists cannot be read.
    """
    paths = {each.path for each in wanted}
    units = _units_of(data.records, paths)
    findings: dict[Path, tuple[Finding, ...]] = {}
    outcomes: Counter[Outcome] = Counter()
    numbers: list[IndexNumber] = []
    opened = Cache(cache, digest_of(data, today)) if cache else nullcontext()
    with opened as kept:
        for group in _checked(units, data, today, kept, jobs or cpu_count() or 1):
            for each in group:
                numbers += each.index_numbers
                if each.path in paths:
                    findings[each.path] = each.findings
                    outcomes.update(each.outcomes)
    for finding in repeated_numbers(numbers):
        for told in (finding, seen_from_the_other(finding)):
            path = told.place.path
            if path in findings:
                findings[path] = tuple(in_order([*findings[path], told]))
                break
    return Result({path: findings[path] for path in sorted(findings)}, outcomes)


def _units_of(records: Sequence[RecordPath], paths: set[Path]) -> list[tuple[RecordPath, ...]]:
    """All years of each unit of which some record is wanted."""
    groups = (tuple(group) for _, group in groupby(records, lambda each: (each.region, each.unit)))
    return [group for group in groups if any(each.path in paths for each in group)]


def _checked(
    units: Sequence[tuple[RecordPath, ...]],
    data: Data,
    today: date,
    cache: Cache | None,
    jobs: int,
) -> Iterator[tuple[Kept, ...]]:
    """What was found in each unit's records, kept from before or found now; in their order."""
    signatures = [signature_of(unit) for unit in units]
    known: dict[int, tuple[Kept, ...]] = {}
    for number, unit in enumerate(units):
        found = cache.get(unit_key(unit), signatures[number]) if cache else None
        if found is not None:
            known[number] = found
    changed = [unit for number, unit in enumerate(units) if number not in known]
    fresh: Iterator[tuple[Kept, ...]] = iter(())
    if changed or not units:
        # Only then: reading the lists takes a while. A change of theirs changes all units.
        knowledge = _Knowledge(data, read_library(data.folder), today)
        fresh = _work_off(changed, knowledge, jobs)
    for number, unit in enumerate(units):
        if number in known:
            yield known[number]
            continue
        found = next(fresh)
        if cache:
            cache.put(unit_key(unit), signatures[number], found)
        yield found


def _work_off(
    units: Sequence[tuple[RecordPath, ...]], knowledge: _Knowledge, jobs: int
) -> Iterator[tuple[Kept, ...]]:
    if jobs < 2 or len(units) <= FEW:
        yield from map(_checker(knowledge), units)
        return
    with ProcessPoolExecutor(jobs, initializer=_start_worker, initargs=(knowledge,)) as pool:
        yield from pool.map(_work, units, chunksize=CHUNK)


def _checker(knowledge: _Knowledge) -> Callable[[tuple[RecordPath, ...]], tuple[Kept, ...]]:
    data = knowledge.data

    def check(unit: tuple[RecordPath, ...]) -> tuple[Kept, ...]:
        region = data.regions[unit[0].region]
        return tuple(
            Kept(each.identity.path, each.findings, dict(each.outcomes), each.index_numbers)
            for each in check_unit(unit, data.forms, region, knowledge.library, knowledge.today)
        )

    return check


# The one way that ProcessPoolExecutor has of keeping something in a worker for its whole life.
_worker: Callable[[tuple[RecordPath, ...]], tuple[Kept, ...]]


def _start_worker(knowledge: _Knowledge) -> None:
    global _worker
    _worker = _checker(knowledge)


def _work(unit: tuple[RecordPath, ...]) -> tuple[Kept, ...]:
    return _worker(unit)
