"""Whether a peer's pages say what ours say: a faster page that leaves something out is no peer."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement

_BLANK = re.compile(r"\s+")


class DifferentTextError(Exception):
    """A peer's page says something else than ours: which page, and where they part."""


def our_text(page: Path) -> str:
    """The documents on one of our pages as they are seen, without white space.

    Marks of remarks are ours alone: they are no part of the documents.
    """
    return _text_of(
        page,
        '//div[@class="gk-document"]',
        '//*[contains(@class, "gk-hidden") or @class="gk-marks"]',
    )


def hugo_text(page: Path) -> str:
    """The same of a page of the Hugo site, which has the same classes."""
    return our_text(page)


def mkdocs_text(page: Path) -> str:
    """The same of a page of the MkDocs site."""
    between = '//hr[@class="begin"]/following-sibling::*[following-sibling::hr[@class="end"]]'
    return _text_of(page, between, '//a[@class="headerlink"]')


def check_same_text(
    ours: Path, theirs: Path, addresses: Sequence[str], read: Callable[[Path], str]
) -> None:
    """Compare pages of our site with a peer's. Raises DifferentTextError at the first difference.

    addresses: of the pages, below both sites. read: the text of the peer's.
    """
    for address in addresses:
        our, their = our_text(ours / address / "index.html"), read(theirs / address / "index.html")
        if not our:
            raise DifferentTextError(f"{address}: our page has no documents")
        if our != their:
            place = next(
                (n for n, (a, b) in enumerate(zip(our, their, strict=False)) if a != b),
                min(len(our), len(their)),
            )
            near = slice(max(0, place - 20), place + 20)
            raise DifferentTextError(f"{address}: {our[near]!r} is {their[near]!r} there")


def _text_of(page: Path, inside: str, without: str) -> str:
    root = html.document_fromstring(page.read_bytes(), html.HTMLParser(encoding="utf-8"))
    for element in root.xpath(without):
        assert isinstance(element, HtmlElement)
        element.drop_tree()
    return "".join(_BLANK.sub("", each.text_content()) for each in root.xpath(inside))
