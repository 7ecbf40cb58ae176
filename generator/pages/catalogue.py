"""What is disclosed by whom for which year: the small values that index pages are made of."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.records.figures import Figures, MainFigure
from generator.records.regions import Region
from generator.records.review import Status

TITLES = 240
"""Characters of titles that a list shows of one record: about eight titles."""


@dataclass(frozen=True, slots=True, order=True)
class Summary:
    """What index pages say of a record: a few hundred bytes, kept when the record is gone."""

    region: str
    unit: str
    year: int
    documents: tuple[str, ...]
    """Titles of the attachments, as printed, with their labels."""
    status: Status = "已发布"
    """Other states are seen in a preview only, but for 已撤回."""
    figures: Figures = ()
    """Its main figures; nothing of a record that was withdrawn."""
    remarks: int = 0
    """How many findings about it are explained (核对说明)."""
    published: str = ""
    """Day on which it was published, as 2023-05-06; "" when it does not say."""
    changed: str = ""
    """Day of its last correction or withdrawal, else of its publication; "" when unknown."""

    @property
    def is_public(self) -> bool:
        """Whether readers have it: a withdrawn one they had, a draft they will have."""
        return self.status == "已发布"

    def figure(self, indicator: str) -> MainFigure | None:
        """What it states of a measure; None when no table of it asks."""
        return next((each for each in self.figures if each.indicator == indicator), None)


@dataclass(frozen=True, slots=True)
class Listed:
    """A record in a list that knows nothing of its region's other units."""

    summary: Summary
    name: str
    """Of the unit."""

    @property
    def titles(self) -> str:
        """Its documents in a line, never much longer than `TITLES`."""
        return in_short(self.summary.documents)


@dataclass(frozen=True, slots=True)
class RegionLine:
    """What the pages above the regions' own say of a region; a country has 3,000."""

    code: str
    name: str
    units: int
    """How many must disclose."""
    records: Mapping[int, int]
    """year -> how many records it has a page for."""
    published: Mapping[int, int]
    """The same of those that are public: not withdrawn, and no drafts of a preview."""

    @classmethod
    def of(cls, region: Region, summaries: Sequence[Summary]) -> "RegionLine":
        """Counted from the summaries of the region's records."""
        counted = Counter(each.year for each in summaries)
        published = Counter(each.year for each in summaries if each.is_public)
        return cls(
            region.code,
            region.name,
            len(region.units),
            dict(sorted(counted.items())),
            dict(sorted(published.items())),
        )

    @property
    def years(self) -> range:
        """Every year from the first to the last that has a record, gaps included."""
        return years_between(self.records)


def years_between(years: Iterable[int]) -> range:
    """Every year from the first to the last of some, ascending; nothing of none."""
    known = set(years)
    return range(min(known), max(known) + 1) if known else range(0)


def in_short(titles: Sequence[str]) -> str:
    """As many of the titles as a list has room for, and how many there are when it has not."""
    shown = list[str]()
    room = TITLES
    for title in titles:
        if len(title) > room:
            if not shown:
                shown.append(f"{title[: TITLES - 1]}…")
            break
        shown.append(title)
        room -= len(title)
    text = "；".join(shown)
    return text if len(shown) == len(titles) else f"{text} 等{len(titles)}份"
