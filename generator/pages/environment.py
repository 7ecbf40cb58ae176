"""Our own Jinja environment: everything is escaped, nothing undefined is passed over.

MkDocs' environment does not escape, so no record ever meets it.
"""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.pages import addresses

THEME = Path(__file__).resolve().parents[2] / "theme"


def make_environment() -> Environment:
    """Templates of `theme/pages/`; those of `theme/partials/` are MkDocs' and escape nothing."""
    environment = Environment(
        loader=FileSystemLoader(THEME),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # asks for the time of each template's file at each page
    )
    environment.globals |= {
        "SEARCH": addresses.SEARCH,
        "region_address": addresses.region_address,
        "unit_address": addresses.unit_address,
        "record_address": addresses.record_address,
        "year_address": addresses.year_address,
    }
    return environment


@lru_cache(maxsize=1)
def kept_environment(templates: str) -> Environment:
    """The same environment, with what it has compiled, while the templates' digest is the same: a
    preview builds again and again."""
    return make_environment()
