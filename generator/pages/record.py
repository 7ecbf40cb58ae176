"""The page of a record: the sealed documents in the portal's layout, and the ways around them."""

from collections.abc import Sequence

from jinja2 import Environment
from markupsafe import Markup

from generator.checks.remarks import Remark, marks_of
from generator.documents.draw import draw_part
from generator.documents.model import Line
from generator.pages.addresses import record_address, root_of
from generator.pages.catalogue import Summary
from generator.pages.contents import Contents, nested
from generator.pages.drawing import Drawings
from generator.pages.page import Page
from generator.records.record import Record
from generator.records.regions import Region, Unit


def record_page(
    record: Record,
    region: Region,
    unit: Unit,
    years: Sequence[int],
    environment: Environment,
    drawings: Drawings,
    remarks: Sequence[Remark] = (),
) -> Page:
    """The page of one record. `years`: those that the unit has records of, ascending.

    A record that was withdrawn has a page that says so, and shows nothing of its documents.
    """
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
    if record.review.corrections and documents:
        contents.add(2, "更正说明", "更正说明")
    year = record.identity.year
    place = years.index(year)
    address = record_address(region.code, unit.slug, year)
    values = {
        "root": root_of(address),
        "region": region,
        "unit": unit,
        "year": year,
        "before": years[place - 1] if place else None,
        "after": years[place + 1] if place + 1 < len(years) else None,
        "entries": nested(contents.headings),
        "documents": documents,
        "parts": [part.key for part in record.parts],
        "review": record.review,
        "is_preview": not record.review.is_public and not withdrawn,
        "remarks": remarks if documents else (),
    }

    def render(template: str) -> Markup:
        html = environment.get_template(template).render(values)
        return Markup(html)  # noqa: S704 - rendered by our escaping environment

    return Page(
        address=address,
        kind="record",
        title=record_title(unit, year),
        description=f"{unit.name}{year}年度公开：{'；'.join(_titles(record, drawings))}",
        content=render("pages/record.html"),
        head=render("pages/record_head.html"),
        toc=render("pages/parts/contents.html"),
    )


def record_title(unit: Unit, year: int) -> str:
    """What a record's page is called, in its window and in search results."""
    return f"{unit.name} {year}年度公开信息"


def summarize(record: Record, drawings: Drawings) -> Summary:
    """What index pages need to know of a record."""
    identity = record.identity
    titles = tuple(_titles(record, drawings))
    status = record.review.status
    if status == "已撤回":
        titles = ()
    return Summary(identity.region, identity.unit, identity.year, titles, status)


def _titles(record: Record, drawings: Drawings) -> list[str]:
    return [
        f"{part.key} {drawings.of(part.form).title(part)}"
        for part in record.parts
        if part.is_attachment
    ]


def plain_text(record: Record) -> str:
    """Everything a reader sees of the documents, a line for each line: what is searched."""
    texts = (
        block.text if isinstance(block, Line) else "\n".join(cell.text for cell in block.cells)
        for part in record.parts
        for block in draw_part(part).blocks
    )
    return "\n".join(line for text in texts for line in text.split("\n") if line.strip())
