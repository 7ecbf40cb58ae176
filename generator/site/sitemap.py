"""The site map for search engines: https://www.sitemaps.org/protocol.html."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from generator.pages.addresses import (
    HOME,
    record_address,
    region_address,
    unit_address,
    year_address,
)

MOST = 50_000
"""Addresses that one file may hold, by the protocol."""

_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def change_days(changes: Iterable[tuple[str, str, int, str]]) -> dict[str, str]:
    """Address of a page -> the day on which it changed last: of records, and of the pages that
    list them.

    changes: region, unit, year and day of each record that says when it changed.
    """
    days: dict[str, str] = {}
    for region, unit, year, day in changes:
        for address in (
            record_address(region, unit, year),
            unit_address(region, unit),
            region_address(region),
            year_address(year),
            HOME,
        ):
            days[address] = max(day, days.get(address, ""))
    return days


def sitemap_files(
    site_url: str, addresses: Iterable[str], days: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Path and content of `sitemap.xml`, and, where it would hold too many addresses, of the files
    that it leads to instead. Dates are those of the data, never of the build."""
    root = site_url.rstrip("/") + "/"
    listed = sorted(addresses)
    parts = [listed[start : start + MOST] for start in range(0, len(listed), MOST)]
    if len(parts) <= 1:
        yield "sitemap.xml", _file("urlset", "url", root, parts[0] if parts else (), days)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _file("urlset", "url", root, part, days)
    yield "sitemap.xml", _file("sitemapindex", "sitemap", root, names, {})


def _file(kind: str, item: str, root: str, places: Iterable[str], days: Mapping[str, str]) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<{kind} {_NAMESPACE}>",
        *(
            f"<{item}><loc>{escape(root + each)}</loc>{_day(days, each)}</{item}>"
            for each in places
        ),
        f"</{kind}>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _day(days: Mapping[str, str], place: str) -> str:
    day = days.get(place)
    return f"<lastmod>{day}</lastmod>" if day else ""
