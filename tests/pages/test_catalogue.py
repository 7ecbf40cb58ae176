"""The catalogue by unit, by year and by region: gaps are kept, the newest come first."""

import pytest

from generator.pages.catalogue import Catalogue, Summary
from generator.records.regions import Region, Unit

REGIONS = {
    code: Region(code, f"示例县{code}", {"jia": Unit("jia", "甲局"), "yi": Unit("yi", "乙局")})
    for code in ("990001", "990002")
}


def summary(region: str, unit: str, year: int) -> Summary:
    return Summary(region, unit, year, ())


CATALOGUE = Catalogue(
    REGIONS,
    [
        summary("990001", "yi", 2023),
        summary("990001", "jia", 2020),
        summary("990001", "jia", 2023),
        summary("990002", "jia", 2021),
    ],
)


@pytest.mark.parametrize(
    ("region", "years"), [("990001", [2020, 2021, 2022, 2023]), ("990002", [2021]), ("990003", [])]
)
def test_years_of_a_region_have_no_gaps(region: str, years: list[int]) -> None:
    assert list(CATALOGUE.years_of(region)) == years


def test_years_come_newest_first() -> None:
    assert list(CATALOGUE.by_year) == [2023, 2021, 2020]
    assert [each.unit for each in CATALOGUE.by_year[2023]] == ["jia", "yi"]


def test_unit_without_records_has_no_years() -> None:
    assert CATALOGUE.years_of_unit("990002", "yi") == {}
    assert sorted(CATALOGUE.years_of_unit("990001", "jia")) == [2020, 2023]


@pytest.mark.parametrize("count", [0, 1, 3, 9])
def test_latest_are_the_newest(count: int) -> None:
    years = [each.year for each in CATALOGUE.latest(count)]
    assert years == [2023, 2023, 2021, 2020][:count]
