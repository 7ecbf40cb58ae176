"""The tags of 网页标签规范 (国办发〔2017〕47号) that a page brings, with the values that it shows.

Those of the site as a whole are in `theme/main.html`. What is not known has no tag.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.pages.page import Kind
from generator.records.regions import Region, Unit

Tags = Sequence[tuple[str, str]]
"""Name and content."""

COLUMN_TYPES: dict[Kind, str] = {
    "home": "首页",
    "region": "信息公开目录",
    "unit": "信息公开目录",
    "year": "信息公开目录",
    "coverage": "信息公开目录",
    "data": "数据开放",
}
"""Kinds of pages that are columns (栏目), and of which type; others are tools, or explain."""


@dataclass(frozen=True, slots=True)
class Column:
    """A list of what was disclosed, as a portal has its columns."""

    name: str
    """As its heading has it."""
    description: str
    keywords: tuple[str, ...]
    type: str

    @property
    def tags(self) -> Tags:
        """For its own page, and the pages of what it lists."""
        return (
            ("ColumnName", self.name),
            ("ColumnDescription", self.description),
            ("ColumnKeywords", ",".join(self.keywords)),
            ("ColumnType", self.type),
        )


def column_of(kind: Kind, title: str, description: str) -> Column | None:
    """The column that a page is; None of one that is no column."""
    type_ = COLUMN_TYPES.get(kind)
    return Column(title, description, (title,), type_) if type_ else None


def unit_description(unit: Unit) -> str:
    """What a unit's page has; the column in which its records stand."""
    return f"{unit.name}历年公开信息"


def article_tags(
    region: Region, unit: Unit, year: int, title: str, published: str, url: str
) -> Iterator[tuple[str, str]]:
    """Of a record's page.

    Args:
        published: day of publishing; no record says at what time, and none is made up. "" when
            it is not known.
        url: the page's whole address; "" when it is not known.
    """
    yield "ArticleTitle", title
    if published:
        yield "PubDate", published
    yield "ContentSource", unit.name
    yield "Keywords", ",".join((region.name, unit.name, f"{year}年度"))
    if url:
        yield "Url", url
    column = column_of("unit", unit.name, unit_description(unit))
    assert column  # noqa: S101 - a unit's page is one
    yield from column.tags
