"""What pages are made from, as short digests: equal digests, equal pages.

A page's key names everything that its bytes depend on. `Inputs` has what all pages of a build
share; a unit's records, and the forms they name, come on top.
"""

import importlib.metadata
import os
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

from generator.records.glossary import GLOSSARY
from generator.records.store import SHARED
from generator.yaml import entries

FORMAT = "4"
"""Raised when the same inputs are to be kept differently in the manifest."""

_PROGRAM = Path(__file__).resolve().parents[1]
TEMPLATES = _PROGRAM.parent / "theme" / "pages"
_LIBRARIES = (
    "jinja2",
    "markupsafe",
    "mkdocs",
    "mkdocs-material",
    "markdown",
    "pymdown-extensions",
    "pypinyin",
)
_JUST_NOW_NS = 2_000_000_000
"""A file that was changed since may be changed again without a new time."""


def digest(*parts: str | bytes) -> str:
    """Names a row of texts: 32 hexadecimal digits."""
    return digest_of(parts)


def digest_of(parts: Iterable[str | bytes]) -> str:
    """The same of a row that is too long for memory."""
    made = blake2b(digest_size=16)
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        made.update(b"%d:" % len(raw))
        made.update(raw)
    return made.hexdigest()


def digest_of_files(root: Path, paths: Iterable[Path]) -> str:
    """Names files by their places below `root` and their bytes."""
    parts: list[str | bytes] = []
    for path in sorted(paths):
        parts += path.relative_to(root).as_posix(), path.read_bytes()
    return digest(*parts)


def digest_of_folder(root: Path) -> str:
    """Names all files below a folder; hidden ones are nobody's, and not looked at."""
    paths = (path for path in root.rglob("*") if path.is_file())
    return digest_of_files(root, [path for path in paths if not _is_hidden(path.relative_to(root))])


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__pycache__" for part in path.parts)


@cache
def program() -> str:
    """Names this program: its code and texts, the templates apart, and what it is run with."""
    files = [path for suffix in ("py", "yaml") for path in _PROGRAM.rglob(f"*.{suffix}")]
    versions = [importlib.metadata.version(library) for library in _LIBRARIES]
    return digest(FORMAT, sys.version, *versions, digest_of_files(_PROGRAM, files))


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the pages of one build share, by digests."""

    program: str
    templates: str
    checks: str
    """Word lists and phrases."""
    forms: Mapping[str, str]
    """name -> digest of its file."""
    regions: Mapping[str, str]
    """code -> digest of its file."""
    glossary: str
    """"" without one."""
    preview: bool
    """Whether records are shown that are not public."""
    search: bool
    downloads: tuple[str, ...] = ()
    layout: str = ""
    """Of what says how PDF files are laid out."""
    fonts: str = ""
    """Those of this computer that PDF files are set in; "" when none is made."""

    @property
    def all(self) -> str:
        """Names everything but the records, the frame and the fonts, which take a while to find."""
        shared = (self.program, self.templates, self.checks, self.glossary, self.layout)
        named = [each for pairs in (self.forms, self.regions) for each in sorted(pairs.items())]
        return digest(*shared, *self._flags, *(text for pair in named for text in pair))

    @property
    def pages(self) -> str:
        """Names what every page depends on, the frame apart."""
        return digest(self.program, self.templates, *self._flags)

    @property
    def _flags(self) -> tuple[str, ...]:
        return str(self.preview), str(self.search), *self.downloads

    @property
    def documents(self) -> str:
        """Names what files of a record are made with, its forms apart."""
        return digest(self.program, self.layout, self.fonts, *self._flags)

    def records(self, region: str, forms: Iterable[str]) -> str:
        """Names what a unit's records are read, checked and shown with; "" without one of them."""
        used = [self.forms.get(name, "") for name in sorted(forms)]
        if not all(used) or region not in self.regions:
            return ""
        shared = (self.pages, self.documents, self.checks, self.glossary)
        return digest(*shared, self.regions[region], *used)


def read_inputs(data: Path, preview: bool, search: bool, downloads: tuple[str, ...] = ()) -> Inputs:
    """The digests of all that records have in common. Raises OSError when a file is unreadable."""
    digests = {
        folder: {path.stem: digest(path.read_bytes()) for path in entries(data / folder)}
        for folder in SHARED
    }
    return Inputs(
        program=program(),
        templates=digest_of_folder(TEMPLATES),
        checks=digest(*(text for pair in sorted(digests["checks"].items()) for text in pair)),
        forms=digests["forms"],
        regions=digests["regions"],
        glossary=_digest_of_one(data / GLOSSARY),
        preview=preview,
        search=search,
        downloads=downloads,
        layout=digest_of_folder(TEMPLATES.with_name("documents")) if downloads else "",
    )


def _digest_of_one(path: Path) -> str:
    """Names a file's bytes; "" when it is not there."""
    return digest(path.read_bytes()) if path.exists() else ""


def signature_of(folder: Path) -> str:
    """What changes when a folder's files do: names, sizes, times. "" when that is not to be relied
    on, since one was changed a moment ago."""
    now = time.time_ns()
    parts: list[str] = []
    try:
        with os.scandir(folder) as found:
            for entry in found:
                if entry.name.startswith("."):
                    continue
                stat = entry.stat()
                if now - stat.st_mtime_ns < _JUST_NOW_NS:
                    return ""
                parts.append(f"{entry.name}:{stat.st_size}:{stat.st_mtime_ns}:{stat.st_ino}")
    except OSError:
        return ""
    return digest(*sorted(parts))
