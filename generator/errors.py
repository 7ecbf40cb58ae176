"""Everything that can go wrong, and the one shape in which people are told.

* GongkaiError       shown to people as it stands, without a traceback
  - DataError        files under data/ cannot be published as they are
    - FaultyFileError    (yaml/) and can still be looked at for more
    - CannotMergeError   (yaml/) a person has to change the file by hand
  - BuildError       the site cannot be built, searched or put in place
  - DocumentError    a document cannot be written

UnreadableError (documents/model.py), a document that cannot be taken, is none of them: it knows
why, but not which file; the command that opens files tells both.
"""

import errno
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

Severity = Literal["错误", "警告", "提示"]
"""How much a finding weighs: stops publishing; wants a reason or a correction; is worth a look."""
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


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
        super().__init__(self.problems)  # what it is made of again when it comes from a worker

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class BuildError(GongkaiError):
    """The site cannot be built or put in place; the old site is still there."""


class DocumentError(GongkaiError):
    """A document cannot be written; no file was changed."""


_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是一个文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "符号链接绕成了圈",
}


def os_reason(error: OSError) -> str:
    """Why the system refused something, in Chinese where it is one of the usual reasons."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
