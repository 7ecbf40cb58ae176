"""Where pages are: addresses below the site's root, made of checked slugs only."""

HOME = ""
SEARCH = "search/"
COVERAGE = "coverage/"
COMPARE = "compare/"
GLOSSARY = "glossary/"
DATA = "data/"


def province_address(province: str) -> str:
    """The regions of a province, named by its two digits."""
    return f"regions/{province}/"


def region_address(region: str) -> str:
    """The units of a region by years."""
    return f"{region}/"


def region_coverage_address(region: str) -> str:
    """The units of a region that have not disclosed. No unit may be called so: `RESERVED`."""
    return f"{region}/{COVERAGE}"


def unit_address(region: str, unit: str) -> str:
    """The years of a unit."""
    return f"{region}/{unit}/"


def record_address(region: str, unit: str, year: int) -> str:
    """What a unit disclosed for a year."""
    return f"{region}/{unit}/{year}/"


def year_address(year: int) -> str:
    """The units that disclosed for a year."""
    return f"years/{year}/"


def further_address(address: str, number: int) -> str:
    """A page of a list that begins at `address`; its first page, number 1, is there.

    No unit is in the way: a slug begins with a letter.
    """
    return address if number == 1 else f"{address}{number}/"


def root_of(address: str) -> str:
    """The way from a page back to the site's root: `../../../`, or `./`."""
    return "../" * address.count("/") or "./"
