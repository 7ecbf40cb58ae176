"""What git knows of a folder: which files a change touches, and what they said before."""

import subprocess
from pathlib import Path

from generator.errors import GongkaiError


def changed_files(folder: Path, since: str) -> list[Path]:
    """The files below a folder that differ from a revision, deleted and new ones included.

    Uncommitted changes count, too. Raises GongkaiError when there is no git, no repository or no
    such revision.
    """
    if since.startswith("-"):
        raise GongkaiError(f"“{since}”不是 git 的版本，请写提交编号、分支或标签，如 origin/main")
    root = Path(_git(folder, "rev-parse", "--show-toplevel").strip())
    if not _succeeds(folder, "rev-parse", "--verify", "--quiet", f"{since}^{{commit}}"):
        raise GongkaiError(f"git 里没有“{since}”这个版本，请检查拼写，或先 git fetch")
    paths = ("--", ".")
    changed = _git(folder, "diff", "--name-only", "--no-renames", "-z", since, *paths)
    fresh = _git(folder, "ls-files", "--others", "--exclude-standard", "--full-name", "-z", *paths)
    names = sorted({name for name in (changed + fresh).split("\0") if name})
    return [root / name for name in names]


def text_at(folder: Path, since: str, file: Path) -> str | None:
    """A file's text in a revision that `changed_files` took; None when it was not there."""
    name = file.relative_to(_git(folder, "rev-parse", "--show-toplevel").strip()).as_posix()
    done = _run(folder, "show", f"{since}:{name}")
    return None if done.returncode else done.stdout.decode("utf-8", "replace")


def _git(folder: Path, *words: str) -> str:
    done = _run(folder, *words)
    if done.returncode:
        raise GongkaiError(f"{folder} 不在 git 仓库里，不能用 --changed-since")
    return done.stdout.decode("utf-8", "surrogateescape")


def _succeeds(folder: Path, *words: str) -> bool:
    return _run(folder, *words).returncode == 0


def _run(folder: Path, *words: str) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(  # noqa: S603 - git, with words of our own and a checked revision
            ["git", "-C", str(folder), *words],  # noqa: S607 - the one on the path
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise GongkaiError("没有安装 git，不能用 --changed-since") from None
