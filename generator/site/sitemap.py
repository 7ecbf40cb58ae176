"""The site map for search engines: https://www.sitemaps.org/protocol.html."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

MOST = 50_000
"""Addresses that one file may hold, by the protocol."""

_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap_files(site_url: str, addresses: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Path and content of `sitemap.xml`, and, where it would hold too many addresses, of the files
    that it leads to instead. Without dates: which are those of the data we do not know yet."""
    root = site_url.rstrip("/") + "/"
    listed = sorted(addresses)
    parts = [listed[start : start + MOST] for start in range(0, len(listed), MOST)]
    if len(parts) <= 1:
        yield "sitemap.xml", _file("urlset", "url", root, parts[0] if parts else ())
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _file("urlset", "url", root, part)
    yield "sitemap.xml", _file("sitemapindex", "sitemap", root, names)


def _file(kind: str, item: str, root: str, places: Iterable[str]) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<{kind} {_NAMESPACE}>",
        *(f"<{item}><loc>{escape(root + place)}</loc></{item}>" for place in places),
        f"</{kind}>",
    ]
    return ("\n".join(lines) + "\n").encode()
