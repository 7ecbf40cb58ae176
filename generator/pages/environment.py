"""Our own Jinja environment: everything is escaped, nothing undefined is passed over.

MkDocs' environment does not escape, so no record ever meets it.
"""

import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from generator.pages import addresses

THEME = Path(__file__).resolve().parents[2] / "theme"
_COMPILED = Path(__file__).parent / "__pycache__"


def make_environment() -> Environment:
    """Templates of `theme/pages/`; those of `theme/partials/` are MkDocs' and escape nothing."""
    environment = Environment(
        loader=FileSystemLoader(THEME),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=None if sys.dont_write_bytecode else _Compiled(_COMPILED),
        auto_reload=False,  # asks for the time of each template's file at each page
    )
    environment.globals |= {
        "SEARCH": addresses.SEARCH,
        "COVERAGE": addresses.COVERAGE,
        "COMPARE": addresses.COMPARE,
        "GLOSSARY": addresses.GLOSSARY,
        "DATA": addresses.DATA,
        "region_address": addresses.region_address,
        "region_coverage_address": addresses.region_coverage_address,
        "unit_address": addresses.unit_address,
        "record_address": addresses.record_address,
        "year_address": addresses.year_address,
    }
    return environment


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates, kept where Python keeps compiled modules, for the next command: compiling
    them takes longer than rendering a record. They are found by their sources' digests.

    Where nothing can or shall be written, each command compiles its own.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), "template-%s.cache")

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


@lru_cache(maxsize=1)
def kept_environment(templates: str) -> Environment:
    """The same environment, with what it has compiled, while the templates' digest is the same: a
    preview builds again and again."""
    return make_environment()
