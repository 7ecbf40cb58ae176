"""Where pages are: addresses below the site's root, made of checked slugs only."""

HOME = ""
SEARCH = "search/"


def region_address(region: str) -> str:
    """The units of a region by years."""
    return f"{region}/"


def unit_address(region: str, unit: str) -> str:
    """The years of a unit."""
    return f"{region}/{unit}/"


def record_address(region: str, unit: str, year: int) -> str:
    """What a unit disclosed for a year."""
    return f"{region}/{unit}/{year}/"


def year_address(year: int) -> str:
    """The units that disclosed for a year."""
    return f"years/{year}/"


def root_of(address: str) -> str:
    """The way from a page back to the site's root: `../../../`, or `./`."""
    return "../" * address.count("/") or "./"
