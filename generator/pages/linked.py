"""What a page is about, for programs: JSON-LD in the words of schema.org."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from generator.pages.catalogue import Summary
from generator.pages.downloads import Download
from generator.records.regions import Region, Unit

Node = dict[str, Any]


def record_data(
    region: Region,
    unit: Unit,
    summary: Summary,
    title: str,
    site_url: str,
    address: str,
    portal: str = "",
    downloads: Sequence[Download] = (),
) -> Markup:
    """A record's report, who publishes it, and its data where they can be downloaded.

    Addresses are whole ones where it is known where the site stands, else relative to the page.
    """
    publisher = organization(region, unit)
    shared: Node = {
        "inLanguage": "zh-CN",
        "temporalCoverage": str(summary.year),
        "datePublished": summary.published,
        "dateModified": summary.changed,
        "publisher": publisher,
        "isAccessibleForFree": True,
    }
    url = f"{site_url}{address}" if site_url else ""
    report = {"@type": "Report", "name": title, "url": url, "sameAs": portal, **shared}
    if summary.documents:
        report["hasPart"] = [{"@type": "Report", "name": each} for each in summary.documents]
    nodes = [report]
    if downloads:
        root = site_url or "../" * address.count("/")
        files = [
            {
                "@type": "DataDownload",
                "name": each.name,
                "encodingFormat": each.media_type,
                "contentUrl": f"{root}{each.address}",
            }
            for each in downloads
        ]
        data = {"@type": "Dataset", "name": f"{title}的数据", "url": url, **shared}
        nodes.append({**data, "description": f"{title}里各表各项的数", "distribution": files})
    return data_block({"@context": "https://schema.org", "@graph": nodes})


def unit_data(region: Region, unit: Unit) -> Markup:
    """A unit, as on its own page."""
    return data_block({"@context": "https://schema.org", **organization(region, unit)})


def organization(region: Region, unit: Unit) -> Node:
    """A unit that discloses."""
    return {
        "@type": "GovernmentOrganization",
        "name": unit.name,
        "alternateName": [*unit.short_names, *unit.former_names],
        "areaServed": {
            "@type": "AdministrativeArea",
            "name": region.name,
            "identifier": region.code,
        },
    }


def data_block(node: Mapping[str, Any]) -> Markup:
    """A script element that holds data and runs nothing. What is empty is left out."""
    text = json.dumps(_filled(node), ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    # Without "<" nothing in it can end the element.
    return Markup(f'<script type="application/ld+json">{text}</script>\n')  # noqa: S704


def _filled(value: Any) -> Any:
    if isinstance(value, Mapping):
        pairs = ((key, _filled(inner)) for key, inner in value.items())
        return {key: inner for key, inner in pairs if inner not in ("", [], {})}
    return [_filled(each) for each in value] if isinstance(value, list) else value
