"""The one shape in which a finished page leaves this layer: plain values, ready to be poured."""

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

Kind = Literal[
    "record",
    "unit",
    "region",
    "year",
    "coverage",
    "compare",
    "glossary",
    "data",
    "home",
    "search",
    "rules",
]


_NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Page:
    """A page without the site's frame around it.

    The frame (header, footer, style sheets) is the business of `generator.site`.
    """

    address: str
    """Below the site's root, ending in "/": `430524/xingzheng-shenpi/2022/`; "" for the home."""
    kind: Kind
    title: str
    """Text of `<title>`, without the site's name."""
    description: str
    """Text of `<meta name="description">`; one line."""
    content: Markup
    """Goes into Material's `<article>`, with the page's `<h1>`; on home and search below theirs."""
    head: Markup = _NOTHING
    """Further elements for `<head>`."""
    toc: Markup = _NOTHING
    """Table of contents in the secondary side bar; empty when the page has none."""
