"""A complete data folder of fictional regions, written by several processes.

Memory does not grow with the number of records: each process makes one at a time.
"""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from generator.demo.names import Unit, region_code, region_name, unit
from generator.demo.record import unit_records
from generator.demo.yamltext import Nodes, yaml_text
from generator.errors import DocumentError

INDEX_NUMBER = "{地区代码}{数字:4}/{年}-{数字:6}"
_AT_ONCE = 200
"""Records that a process makes at one go."""
_WAITING = 4
"""Goes that wait for each process, so that none has nothing to do."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is written."""

    regions: int
    units: int
    """Of each region."""
    years: int
    """Of each unit, the last being LAST_YEAR."""

    @property
    def records(self) -> int:
        return self.regions * self.units * self.years


def write_demo(target: Path, project: Path, size: Size, seed: int, jobs: int | None = None) -> None:
    """Write forms, checks, regions and records into a folder that is new or empty.

    project: the data folder that forms and checks are copied from. The regions come last: until
    then the folder is none that can be checked or built.

    Raises DocumentError when there is something in the folder already.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise DocumentError(f"{target} 里已经有内容，没有改动；请换一个文件夹，或先清空它")
    target.mkdir(parents=True, exist_ok=True)
    for name in ("forms", "checks"):
        shutil.copytree(project / name, target / name)
    records = target / "records"
    records.mkdir()
    for region in range(1, size.regions + 1):
        (records / region_code(region)).mkdir()
    jobs = jobs or os.cpu_count() or 1
    goes = _goes(size)
    if jobs == 1 or size.records <= _AT_ONCE:
        for go in goes:
            _write_units(records, *go, size.years, seed)
    else:
        with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
            running: set[Future[None]] = set()
            for go in goes:
                if len(running) >= jobs * _WAITING:
                    done, running = wait(running, return_when=FIRST_COMPLETED)
                    for each in done:
                        each.result()
                running.add(pool.submit(_write_units, records, *go, size.years, seed))
            for each in running:
                each.result()
    (target / "regions").mkdir()
    for region in range(1, size.regions + 1):
        path = target / "regions" / f"{region_code(region)}.yaml"
        _write(path, region_text(region, size.units))


def _goes(size: Size) -> Iterator[tuple[int, int, int]]:
    """Region, first unit and the one behind the last, of each go."""
    step = max(1, _AT_ONCE // size.years)
    for region in range(1, size.regions + 1):
        for first in range(1, size.units + 1, step):
            yield region, first, min(first + step, size.units + 1)


def _write_units(
    records: Path, region: int, first: int, behind: int, years: int, seed: int
) -> None:
    for number in range(first, behind):
        folder = None
        for record in unit_records(region, number, years, seed):
            if folder is None:
                folder = records / record.region / record.unit.slug
                folder.mkdir()
            _write(folder / f"{record.year}.yaml", yaml_text(record.nodes))


def _write(path: Path, text: str) -> None:
    with path.open("wb") as file:
        file.write(text.encode())


def region_text(region: int, units: int) -> str:
    """The region's file: its name and the first so many units."""
    nodes: dict[str, str | Nodes] = {}
    for number in range(1, units + 1):
        each = unit(region, number)
        nodes[each.slug] = _entry(each) if each.short or each.former else each.name
    return yaml_text({"名称": region_name(region), "索引号格式": INDEX_NUMBER, "单位": nodes})


def _entry(each: Unit) -> Nodes:
    entry: dict[str, str | list[str]] = {"名称": each.name}
    if each.short:
        entry["简称"] = [each.short]
    if each.former:
        entry["曾用名"] = each.former
    return entry
