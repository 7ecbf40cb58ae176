"""The page of a record: the sealed documents in the portal's layout, and the ways around them."""

from collections.abc import Iterable, Sequence
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from generator.checks.remarks import Remark, marks_of
from generator.documents.draw import texts_of
from generator.git import Change
from generator.pages.addresses import record_address, root_of
from generator.pages.catalogue import Summary
from generator.pages.compared import overview
from generator.pages.contents import Contents, nested
from generator.pages.downloads import Download, grouped
from generator.pages.drawing import Drawings
from generator.pages.glossary import Explainer
from generator.pages.history import events
from generator.pages.linked import record_data
from generator.pages.meta import article_tags
from generator.pages.page import Page
from generator.records.figures import main_figures
from generator.records.record import Record
from generator.records.regions import Region, Unit
from generator.records.review import day
from generator.yaml import Where


def record_page(
    record: Record,
    region: Region,
    unit: Unit,
    years: Sequence[int],
    environment: Environment,
    drawings: Drawings,
    remarks: Sequence[Remark] = (),
    summary: Summary | None = None,
    before: Summary | None = None,
    explainer: Explainer | None = None,
    changes: Sequence[Change] = (),
    site_url: str = "",
    downloads: Sequence[Download] = (),
) -> Page:
    """The page of one record.

    A record that was withdrawn has a page that says so, and shows nothing of its documents.

    Args:
        years: those that the unit has records of, ascending.
        summary: of this record, from who has made it already.
        before: of the last record before it that readers are shown.
        explainer: of the words of the field; without it none is explained.
        changes: what git knows of its file, the last first; none where it knows nothing.
        site_url: where the site will stand, ending in "/"; "" when that is not known.
        downloads: files with its data.
    """

    def render(template: str, values: dict[str, Any]) -> Markup:
        html = environment.get_template(template).render(values)
        return Markup(html)  # noqa: S704 - rendered by our escaping environment

    contents = Contents()
    marks = marks_of(remarks)
    withdrawn = record.review.status == "已撤回"
    documents = (
        []
        if withdrawn
        else [drawings.of(part.form).pour(part, contents, marks) for part in record.parts]
    )
    if remarks and documents:
        contents.add(2, "核对说明", "核对说明")
    portal = "" if withdrawn else record.portal
    history = events(record.review, changes)
    if history:
        contents.add(2, "公开后的变动", "公开后的变动")
    summary = summary or summarize(record, drawings, remarks)
    title = record_title(unit, record.identity.year)
    year = record.identity.year
    place = years.index(year)
    address = record_address(region.code, unit.slug, year)
    toc = render("pages/parts/contents.html", {"entries": nested(contents.headings)})
    values = {
        "root": root_of(address),
        "region": region,
        "unit": unit,
        "year": year,
        "before": years[place - 1] if place else None,
        "after": years[place + 1] if place + 1 < len(years) else None,
        "toc": toc,
        "documents": documents,
        "parts": [part.key for part in record.parts],
        "overview": overview(summary, before),
        "explained": (explainer or Explainer((), environment)).page(),
        "events": history,
        "portal": portal,
        "tags": tuple(
            article_tags(
                region, unit, year, title, summary.published, site_url and f"{site_url}{address}"
            )
        ),
        "linked": record_data(region, unit, summary, title, site_url, address, portal, downloads),
        "review": record.review,
        "is_preview": not record.review.is_public and not withdrawn,
        "remarks": remarks if documents else (),
        "downloads": grouped(downloads),
    }

    return Page(
        address=address,
        kind="record",
        title=title,
        description=f"{unit.name}{year}年度公开：{'；'.join(_titles(record, drawings))}",
        content=render("pages/record.html", values),
        head=render("pages/record_head.html", values),
        toc=toc,
    )


def record_title(unit: Unit, year: int) -> str:
    """What a record's page is called, in its window and in search results."""
    return f"{unit.name} {year}年度公开信息"


def summarize(record: Record, drawings: Drawings, remarks: Sequence[Remark] = ()) -> Summary:
    """What index pages need to know of a record."""
    identity = record.identity
    review = record.review
    withdrawn = review.status == "已撤回"
    days = [day(each) for each in (*(one.date for one in review.corrections), review.withdrawn)]
    published = day(review.published)
    changed = max((each for each in (published, *days) if each), default=None)
    return Summary(
        identity.region,
        identity.unit,
        identity.year,
        () if withdrawn else tuple(_titles(record, drawings)),
        review.status,
        () if withdrawn else main_figures(record, disputed_of(remarks)),
        0 if withdrawn else len(remarks),
        published.isoformat() if published else "",
        changed.isoformat() if changed else "",
    )


def disputed_of(remarks: Iterable[Remark]) -> frozenset[Where]:
    """The places of the values that remarks are about."""
    return frozenset(place.where for remark in remarks for place in remark.places)


def _titles(record: Record, drawings: Drawings) -> list[str]:
    return [
        f"{part.key} {drawings.of(part.form).title(part)}"
        for part in record.parts
        if part.is_attachment
    ]


def plain_text(record: Record) -> str:
    """Everything a reader sees of the documents, a line for each line: what is searched."""
    text = "\n".join(text for part in record.parts for text in texts_of(part))
    return "\n".join(line for line in text.split("\n") if line.strip())
