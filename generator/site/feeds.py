"""What changed last, as Atom feeds: of the site and of each region.

Only where it is known where the site will stand, since feeds are read elsewhere."""

from collections.abc import Iterable

from generator.opendata.feed import MOST, Entry, atom_feed
from generator.opendata.files import FEED
from generator.pages.addresses import HOME, record_address, region_address
from generator.pages.catalogue import in_short
from generator.records.regions import Region
from generator.site.base import About
from generator.site.manifest import Shown

PathAndContent = tuple[str, bytes]


def site_feed(site_url: str, about: About, newest: Iterable[Shown]) -> PathAndContent:
    """Of all regions. newest: `MOST` records at most, those that changed last before others."""
    entries = [_entry(each) for each in newest]
    return FEED, atom_feed(site_url, FEED, HOME, about.name, about.name, entries)


def region_feed(
    site_url: str, about: About, region: Region, shown: Iterable[Shown]
) -> PathAndContent:
    """Of a region. shown: all its records, in any order."""
    dated = sorted((each for each in shown if each.summary.changed), key=_place)
    dated.sort(key=lambda each: each.summary.changed, reverse=True)
    page = region_address(region.code)
    path = page + FEED
    entries = [_entry(each) for each in dated[:MOST]]
    title = f"{about.name}：{region.name}"
    return path, atom_feed(site_url, path, page, title, about.name, entries)


def _place(shown: Shown) -> tuple[str, int]:
    return shown.summary.unit, -shown.summary.year


def _entry(shown: Shown) -> Entry:
    summary = shown.summary
    withdrawn = "（已撤回）" if summary.status == "已撤回" else ""
    return Entry(
        record_address(summary.region, summary.unit, summary.year),
        f"{shown.name} {summary.year}年度公开信息{withdrawn}",
        in_short(summary.documents),
        summary.published,
        summary.changed,
    )
