"""Atom feeds (RFC 4287) and the OpenSearch description; both need the site's address."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

MOST = 50
"""Entries of a feed."""
_NEVER = "1970-01-01"
"""A feed without entries must name a day, too; it is none on which anything was published."""
_NO_XML = {*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF} - {0x9, 0xA, 0xD}
_XML = dict.fromkeys(_NO_XML, "\ufffd")


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in a feed."""

    address: str
    """Of its page, below the site's root."""
    title: str
    summary: str
    published: str
    """Day, as 2023-05-06; "" when unknown."""
    changed: str


def atom_feed(
    site_url: str, address: str, page: str, title: str, author: str, entries: Sequence[Entry]
) -> bytes:
    """A feed of the entries as they come.

    Args:
        site_url: where the site stands.
        address: of the feed itself, below it.
        page: the page that it belongs to, below it.
    """
    root = site_url.rstrip("/") + "/"
    updated = max((each.changed for each in entries), default=_NEVER)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<id>{_text(root + address)}</id>",
        f"<title>{_text(title)}</title>",
        f"<updated>{_moment(updated)}</updated>",
        f"<author><name>{_text(author)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={_attribute(root + address)}/>',
        f'<link rel="alternate" type="text/html" href={_attribute(root + page)}/>',
    ]
    for each in entries:
        lines += [
            "<entry>",
            f"<id>{_text(root + each.address)}</id>",
            f"<title>{_text(each.title)}</title>",
            f"<updated>{_moment(each.changed)}</updated>",
            *([f"<published>{_moment(each.published)}</published>"] if each.published else []),
            f'<link rel="alternate" type="text/html" href={_attribute(root + each.address)}/>',
            f"<summary>{_text(each.summary)}</summary>",
            "</entry>",
        ]
    lines.append("</feed>")
    return ("\n".join(lines) + "\n").encode()


def open_search(site_url: str, name: str, search: str) -> bytes:
    """What lets a browser search the site from its address bar. search: the search page."""
    root = site_url.rstrip("/") + "/"
    template = _attribute(f"{root}{search}?q={{searchTerms}}")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{_text(name[:16])}</ShortName>",
        f"<Description>{_text(f'在{name}里检索')}</Description>",
        "<InputEncoding>UTF-8</InputEncoding>",
        f'<Url type="text/html" method="get" template={template}/>',
        "</OpenSearchDescription>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _moment(day: str) -> str:
    """The beginning of a day in China."""
    return f"{day}T00:00:00+08:00"


def _text(text: str) -> str:
    return escape(text.translate(_XML), quote=False)


def _attribute(text: str) -> str:
    return f'"{escape(text.translate(_XML))}"'
