"""The whole index of a site in one go, from entries at hand. Until the build does it by itself."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from generator.errors import BuildError
from generator.records.regions import Region, Unit
from generator.site.search.entry import Entry, entry_digest, entry_file
from generator.site.search.heads import region_file, regions_file
from generator.site.search.shard import Shard, describe_shard, shard_files


def shard_of(entry: Entry) -> str:
    """Name of the shard an entry belongs to: `430524-2022`."""
    return shard_name(entry.region, entry.year)


def shard_name(region: str, year: str) -> str:
    """Name of the shard of a region and year."""
    return f"{region}-{year}"


def write_index(
    site: Path,
    shards: Iterable[tuple[str, Iterable[Entry]]],
    cache: Path | None = None,
    jobs: int | None = None,
) -> None:
    """Write `search/` of a site. What stood there before is replaced.

    Args:
        site: folder of the site; the index goes to `site/search/`.
        shards: name (`shard_of`) and entries of each shard, one after another.
        cache: not used.
        jobs: not used.

    Raises:
        BuildError: a shard comes twice, or holds an entry of another.
        OSError: a file cannot be written.
    """
    for stale in ("texts", "shards", "regions"):
        shutil.rmtree(site / "search" / stale, ignore_errors=True)
    regions: dict[str, Region] = {}
    described: dict[str, list[Shard]] = {}
    seen = set()
    for key, group in shards:
        entries = list(group)
        if key in seen or {shard_of(entry) for entry in entries} != {key}:
            raise BuildError(f"检索分片 {key} 出现了两次，或与其内容不符。")
        seen.add(key)
        files = [entry_file(entry) for entry in entries]
        contents = [content for _, content in files]
        region, _, year = key.partition("-")
        shard = describe_shard(region, year, [entry_digest(each) for each in contents])
        for path, content in (*files, *shard_files(shard, contents)):
            _write(site / path, content)
        described.setdefault(region, []).append(shard)
        known = regions.setdefault(region, Region(region, entries[0].region_name, {}))
        for each in entries:
            unit = Unit(each.unit, each.unit_name, each.short_names, each.former_names)
            known.units[each.unit] = unit
    for code, region_ in regions.items():
        _write(
            site / region_file(region_, described[code])[0],
            region_file(region_, described[code])[1],
        )
    path, content = regions_file((regions[code], described[code]) for code in sorted(regions))
    _write(site / path, content)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
