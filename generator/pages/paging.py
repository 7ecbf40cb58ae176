"""Lists that are cut into pages, so that no page grows without end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from jinja2 import Environment
from markupsafe import Markup

from generator.pages.addresses import further_address, root_of
from generator.pages.meta import column_of
from generator.pages.page import Kind, Page

Item = TypeVar("Item")

NEAR = 2
"""Pages before and after the present one to which a pager leads."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which page of a list this is."""

    start: str
    """Address of the list's first page."""
    number: int = 1
    count: int = 1
    """Of the list's pages."""

    @property
    def address(self) -> str:
        """Of this page."""
        return self.address_of(self.number)

    @property
    def up(self) -> str:
        """The way from this page to the list's first, for links to what lies below that one."""
        return "" if self.number == 1 else "../"

    @property
    def before(self) -> str | None:
        """Address of the page before."""
        return self.address_of(self.number - 1) if self.number > 1 else None

    @property
    def after(self) -> str | None:
        """Address of the page after."""
        return self.address_of(self.number + 1) if self.number < self.count else None

    def address_of(self, number: int) -> str:
        """Of another page of the list."""
        return further_address(self.start, number)

    def numbers(self) -> Iterator[int | None]:
        """What a pager shows: the first, the near and the last pages; None for those left out."""
        near = {1, self.count, *range(self.number - NEAR, self.number + NEAR + 1)}
        before = 0
        for number in sorted(near & set(range(1, self.count + 1))):
            if number - before == 2:  # a sign for one page would take the room of the page
                yield number - 1
            elif number - before > 2:
                yield None
            yield number
            before = number


_NOTHING = Markup("")


def index_page(
    environment: Environment,
    template: str,
    kind: Kind,
    title: str,
    description: str,
    place: Place,
    linked: Markup = _NOTHING,
    **values: object,
) -> Page:
    """A page of a list, or one that has no others.

    Its template has `root`, `place` and `heading`: the title without the number of the page.

    linked: what the page is about, for programs (see `linked.py`).
    """
    root = root_of(place.address)
    column = column_of(kind, title, description)

    def render(name: str, **more: object) -> Markup:
        html = environment.get_template(name).render(
            values, root=root, place=place, heading=title, **more
        )
        return Markup(html)  # noqa: S704 - rendered by our escaping environment

    number = f"（第{place.number}页）" if place.number > 1 else ""
    return Page(
        address=place.address,
        kind=kind,
        title=title + number,
        description=description + number,
        content=render(template),
        head=render(
            "pages/parts/pager_head.html", tags=column.tags if column else (), linked=linked
        ),
    )


def pieces(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """Items by so many, in their order; one empty piece of none."""
    return [items[start : start + size] for start in range(0, max(len(items), 1), size)]
