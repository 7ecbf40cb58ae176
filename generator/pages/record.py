"""The page of a record: the sealed documents in the portal's layout, and the ways around them."""

from collections.abc import Sequence

from jinja2 import Environment
from markupsafe import Markup

from generator.forms.form import Line, Prose
from generator.forms.values import State
from generator.pages.addresses import record_address, root_of
from generator.pages.catalogue import Summary
from generator.pages.contents import Contents, nested
from generator.pages.drawing import Drawings, show_phrase
from generator.pages.page import Page
from generator.records.record import Part, Record
from generator.records.regions import Region, Unit


def record_page(
    record: Record,
    region: Region,
    unit: Unit,
    years: Sequence[int],
    environment: Environment,
    drawings: Drawings,
) -> Page:
    """The page of one record. `years`: those that the unit has records of, ascending."""
    contents = Contents()
    documents = [drawings.of(part.form).pour(part, contents) for part in record.parts]
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
    return Summary(identity.region, identity.unit, identity.year, titles)


def _titles(record: Record, drawings: Drawings) -> list[str]:
    return [
        f"{part.key} {drawings.of(part.form).title(part)}"
        for part in record.parts
        if part.is_attachment
    ]


def plain_text(record: Record) -> str:
    """Everything a reader sees of the documents, a line for each line: what is searched."""
    return "\n".join(line for part in record.parts for line in _lines(part) if line.strip())


def _lines(part: Part) -> list[str]:
    lines = [part.key] if part.is_attachment else []
    for block in part.form.blocks:
        if isinstance(block, Line):
            lines.append(show_phrase(block.phrase, part))
        elif isinstance(block, Prose):
            value = part.values[block.slot.name]
            lines.append("" if value.state is State.EMPTY else value.written)
        else:
            for cell in block.grid.cells:
                lines += [show_phrase(phrase, part) for phrase in cell.lines]
    return lines
