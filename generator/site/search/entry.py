"""What is searched: one entry a page, in shards of one region and year."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One page as search sees it. All values are readable text, none is markup."""

    url: str
    """Below the site's root, ending in "/": `430524/xingzheng-shenpi/2022/`."""
    title: str
    region: str
    """Six-digit region code."""
    region_name: str
    unit: str
    """Slug of the unit, unique within its region."""
    unit_name: str
    short_names: tuple[str, ...]
    """People search by these too."""
    former_names: tuple[str, ...]
    """And by these, which documents of earlier years have."""
    year: str
    text: str
    """The page's visible text; line ends where blocks and table cells end."""


def shard_of(entry: Entry) -> str:
    """Name of the shard an entry belongs to: `430524-2022`."""
    return shard_name(entry.region, entry.year)


def shard_name(region: str, year: str) -> str:
    """Name of the shard of a region and year."""
    return f"{region}-{year}"
