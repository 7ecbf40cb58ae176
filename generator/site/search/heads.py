"""The two kinds of file that say what there is to ask; all others are reached through them.

    search/regions.json.gz            every region: code, name, how many records of each year
    search/regions/430524.json.gz     one region: its units with all their names, its shards

Both keep their names while their content changes: a browser has to ask whether it has the latest.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.records.regions import Region
from generator.site.search.initials import initials_of
from generator.site.search.packed import pack
from generator.site.search.shard import Shard


def region_path(region: str) -> str:
    """Where a region's head is."""
    return f"search/regions/{region}.json.gz"


def unit_initials(region: Region) -> dict[str, str]:
    """What the names of a region's units can be abbreviated to, see `initials_of`; told by the
    character, since each is in many names."""
    return initials_of(
        "".join(
            name
            for unit in region.units.values()
            for name in (unit.name, *unit.short_names, *unit.former_names)
        )
    )


def region_head(region: Region, initials: Mapping[str, str], shards: Iterable[Shard]) -> bytes:
    """A region's head: all its units, and its shards, newest first. initials: `unit_initials`."""
    units = [
        [unit.slug, unit.name, unit.short_names, unit.former_names]
        for unit in region.units.values()
    ]
    described = [
        {"year": each.year, "records": each.records, "parts": each.parts, "version": each.version}
        for each in sorted(shards, key=lambda each: each.year, reverse=True)
    ]
    head = {
        "code": region.code,
        "name": region.name,
        "units": units,
        "initials": initials,
        "shards": described,
    }
    return _packed(head)


def regions_file(regions: Iterable[tuple[Region, Sequence[Shard]]]) -> tuple[str, bytes]:
    """Path and content of the head of all: each region with its shards, in the given order.

    45 KB for 3,000 regions of ten years.
    """
    listed = list(regions)
    years = sorted({each.year for _, shards in listed for each in shards}, reverse=True)
    rows = []
    for region, shards in listed:
        records = {each.year: each.records for each in shards}
        rows.append([region.code, region.name, [records.get(year, 0) for year in years]])
    return "search/regions.json.gz", _packed({"years": years, "regions": rows})


def _packed(head: Any) -> bytes:
    return pack(json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode())
