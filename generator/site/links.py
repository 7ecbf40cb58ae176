"""Whether links lead to something: what a page links is looked for when all files are there."""

import re
from collections.abc import Iterator
from posixpath import normpath

_LINKS = (re.compile(' href="([^"#?]+)'), re.compile(' src="([^"#?]+)'))
"""Texts of records cannot look like one: their quotation marks are escaped. Two take a third of the
time of one with a choice."""


def targets(address: str, html: str) -> Iterator[str]:
    """The files of this site that a page's HTML leads to, each once, by their paths.

    It takes 0.1 ms for a page of a record.
    """
    for link in {link for pattern in _LINKS for link in pattern.findall(html)}:
        if ":" in link or link.startswith("//"):
            continue
        path = normpath(f"{address}{link}")
        if path == ".":
            yield "index.html"
        elif link.endswith(("/", "..", "/.")) or link == ".":
            yield f"{path}/index.html"
        else:
            yield path
