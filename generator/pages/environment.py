"""Our own Jinja environment: everything is escaped, nothing undefined is passed over.

MkDocs' environment does not escape, so no record ever meets it.
"""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

THEME = Path(__file__).resolve().parents[2] / "theme"


def make_environment() -> Environment:
    """Templates of `theme/pages/` and `theme/partials/`."""
    return Environment(
        loader=FileSystemLoader(THEME),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
