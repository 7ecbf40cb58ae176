"""What git knows of a folder: which files a change touches, what they said before, and when each
was changed."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha1, sha256
from pathlib import Path
from typing import IO, Literal, get_args

from generator.errors import GongkaiError

ChangeKind = Literal["A", "M", "D"]
"""Added, modified, deleted."""
_KINDS = get_args(ChangeKind)


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


# --- The history of files -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """A commit's change of a file."""

    kind: ChangeKind
    day: str
    """On which it was committed, where that was done: 2024-05-06."""
    commit: str
    """The first ten digits of its id; nobody's name."""
    blob: str
    """The first twelve digits of the id of what the file says since then."""

    def made(self, text: str) -> bool:
        """Whether this is what the file said since then: nothing in it is uncommitted."""
        data = text.encode()
        named = b"blob %d\0%b" % (len(data), data)
        # The first is git's name for content and guards nothing; the second, that of newer ones.
        names = (sha1(named).hexdigest(), sha256(named).hexdigest())  # noqa: S324
        return any(name.startswith(self.blob) for name in names)


@dataclass(frozen=True, slots=True)
class Log:
    """Every change below a folder, in the order of the branch that is checked out.

    A merge is one change, of the day on which it came to this branch. It takes about fifty bytes
    for each change of a file.
    """

    tip: str = ""
    """The last commit that changed something; "" when nothing is known."""
    folders: Mapping[str, str] = field(default_factory=dict)
    """A folder below -> a line for each change of a file in it, the last first."""

    def of(self, folder: str) -> str:
        """The changes of a folder's files, for `changes_of`; "" where none is known."""
        return self.folders.get(folder, "")


def changes_of(folder: str, name: str) -> tuple[Change, ...]:
    """The changes of one file, the last first; `folder`: what a log has of its folder."""
    changes = []
    for line in folder.splitlines():
        file, kind, *rest = line.split(" ")
        if file == name:
            changes.append(Change(next(each for each in _KINDS if each == kind), *rest))
    return tuple(changes)


def read_log(folder: Path) -> Log:
    """The changes of all files below a folder, in one run of git.

    Nothing is known without git, outside of a repository, and in a shallow clone, where the oldest
    commit there is would seem to have made everything.
    """
    if not _has_whole_history(folder):
        return Log()
    words = (*_LOG, "--raw", "--no-abbrev", "-z", "--relative", "--format=%x01%H %cs", "--", ".")
    with suppress(FileNotFoundError), _started(folder, *words) as process:
        assert process.stdout  # noqa: S101 - it is a pipe
        tip, folders = _read_changes(_words(process.stdout))
        if process.wait() == 0:
            return Log(tip, {name: "\n".join(lines) for name, lines in folders.items()})
    return Log()


def tip_of(folder: Path) -> str:
    """What `read_log` would give as `tip`, without the changes."""
    if not _has_whole_history(folder):
        return ""
    done = _run(folder, *_LOG, "-1", "--format=%H", "--", ".")
    return "" if done.returncode else done.stdout.decode().strip()


# What a person has set for the own use of git changes nothing here. Nothing is fetched, either.
_LOG = (
    *("-c", "log.showRoot=true", "log", "--first-parent", "-m"),
    *("--no-renames", "--no-color", "--no-show-signature", "--no-ext-diff"),
)


def _has_whole_history(folder: Path) -> bool:
    with suppress(GongkaiError, OSError):
        done = _run(folder, "rev-parse", "--is-shallow-repository")
        return done.returncode == 0 and done.stdout.strip() == b"false"
    return False


def _started(folder: Path, *words: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - git, with words of our own
        ["git", "-C", str(folder), *words],  # noqa: S607 - the one on the path
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _words(stream: IO[bytes]) -> Iterator[str]:
    """What git puts a NUL behind, without the line ends before it."""
    rest = b""
    while block := stream.read(1 << 16):
        *words, rest = (rest + block).split(b"\0")
        for word in words:
            yield word.decode("utf-8", "surrogateescape").strip("\n")
    if rest:
        yield rest.decode("utf-8", "surrogateescape").strip("\n")


def _read_changes(words: Iterator[str]) -> tuple[str, dict[str, list[str]]]:
    """The first commit's id, and the lines for each folder."""
    tip = commit = day = ""
    folders: dict[str, list[str]] = {}
    for word in words:
        if word.startswith("\x01"):
            commit, day = word[1:].split(" ")
            tip = tip or commit
        elif word.startswith(":"):
            _, _, _, blob, kind = word.split(" ")
            folder, _, name = next(words).rpartition("/")
            if not set(name) & set(" \n"):  # no file of ours has such a name
                known = kind if kind in _KINDS else "M"  # a link that became a file
                line = f"{name} {known} {day} {commit[:10]} {blob[:12]}"
                folders.setdefault(folder, []).append(line)
    return tip, folders
