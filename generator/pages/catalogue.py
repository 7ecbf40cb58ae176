"""What is disclosed by whom for which year: the small summaries that index pages are made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.records.regions import Region, Unit
from generator.records.review import Status


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


class Catalogue:
    """The summaries of a site, looked at by unit, by year and by region."""

    def __init__(self, regions: Mapping[str, Region], summaries: Iterable[Summary]) -> None:
        self.regions = regions
        self.summaries = tuple(sorted(summaries))

    @cached_property
    def by_unit(self) -> dict[tuple[str, str], dict[int, Summary]]:
        """(region, unit) -> year -> summary."""
        units: dict[tuple[str, str], dict[int, Summary]] = {}
        for summary in self.summaries:
            units.setdefault((summary.region, summary.unit), {})[summary.year] = summary
        return units

    @cached_property
    def by_year(self) -> dict[int, list[Summary]]:
        """year -> summaries, the newest year first."""
        years: dict[int, list[Summary]] = {}
        for summary in sorted(self.summaries, key=lambda each: (-each.year, each)):
            years.setdefault(summary.year, []).append(summary)
        return years

    @cached_property
    def _bounds(self) -> dict[str, tuple[int, int]]:
        """region -> its first and its last year."""
        bounds: dict[str, tuple[int, int]] = {}
        for summary in self.summaries:
            first, last = bounds.get(summary.region, (summary.year, summary.year))
            bounds[summary.region] = (min(first, summary.year), max(last, summary.year))
        return bounds

    def years_of(self, region: str) -> range:
        """Every year from the first to the last that a region has a record of, gaps included."""
        first, last = self._bounds.get(region, (0, -1))
        return range(first, last + 1)

    def years_of_unit(self, region: str, unit: str) -> dict[int, Summary]:
        """year -> summary of one unit."""
        return self.by_unit.get((region, unit), {})

    def unit(self, summary: Summary) -> Unit:
        """The unit that a summary is of."""
        return self.regions[summary.region].units[summary.unit]

    def latest(self, count: int) -> list[Summary]:
        """The newest records: by year, then in the order of the regions and units."""
        newest = [summary for year in self.by_year.values() for summary in year[:count]]
        return newest[:count]
