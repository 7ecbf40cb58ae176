"""What is searched: one entry a page, and the file in which the reader's browser gets it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from generator.site.search.packed import pack, unpack


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
    changed: str = ""
    """Day of its last change, as 2023-05-06; "" when unknown. Results are sorted by it."""
    conclusion: str = ""
    """自评结论: 优, or 未填 or 不适用; "" when no table asks. Results are narrowed by it."""
    forms: tuple[str, ...] = ()
    """Full names of the attachments' forms, each once. Results are narrowed by these, too."""


def entry_path(region: str, unit: str, year: str) -> str:
    """Where a page's search file stands below the site's root."""
    return f"search/texts/{region}/{unit}/{year}.json.gz"


def entry_file(entry: Entry) -> tuple[str, bytes]:
    """Path and content of a page's search file.

    Excerpts and names in results come from it, every result is verified against it, and shards
    are made from it. The same entry gives the same bytes.
    """
    path = entry_path(entry.region, entry.unit, entry.year)
    text = json.dumps(asdict(entry), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    # A record may hold half a pair of UTF-16 units, which no file can.
    return path, pack(text.encode("utf-8", "replace"))


def read_entry(content: bytes) -> Entry:
    """The entry in what `entry_file` gave."""
    values: dict[str, Any] = json.loads(unpack(content))
    for name in ("short_names", "former_names", "forms"):
        values[name] = tuple(values[name])
    return Entry(**values)


def entry_digest(content: bytes) -> str:
    """Names what a search file holds. Hexadecimal, 32 digits."""
    return hashlib.sha256(content).hexdigest()[:32]
