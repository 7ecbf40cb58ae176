"""The site map for search engines: https://www.sitemaps.org/protocol.html."""

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape


def write_sitemap(site: Path, site_url: str, addresses: Iterable[str]) -> None:
    """Write `sitemap.xml`. Without dates: which are those of the data we do not know yet."""
    root = site_url.rstrip("/") + "/"
    with (site / "sitemap.xml").open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n')
        for address in sorted(addresses):
            file.write(f"<url><loc>{escape(root + address)}</loc></url>\n")
        file.write("</urlset>\n")
