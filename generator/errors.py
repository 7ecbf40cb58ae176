"""Everything that can go wrong, and the one shape in which people are told.

* GongkaiError       shown to people as it stands, without a traceback
  - DataError        files under data/ cannot be published as they are
  - BuildError       the site cannot be built, searched or put in place
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One thing for a person to put right, and where. Line and column count from 1."""

    path: Path
    line: int
    column: int
    message: str
    """Chinese, one line: what is wrong and what to do."""
    stops: bool = True
    """Whether it keeps the record from being published; a 提示 does not."""

    def __str__(self) -> str:
        mark = "" if self.stops else "提示："
        return f"{self.path.as_posix()}:{self.line}:{self.column}: {mark}{self.message}"


class GongkaiError(Exception):
    """Base of the errors that people are meant to read."""


class DataError(GongkaiError):
    """Carries every problem found, sorted, so that one run shows them all."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class BuildError(GongkaiError):
    """The site cannot be built or put in place; the old site is still there."""
