"""What lasts from one build to the next while serving: the last good pages, and what was said."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from generator.errors import DataError, GongkaiError, Problem


@dataclass(frozen=True, slots=True)
class _LastGood:
    """A good site, moved out of MkDocs' way, which empties its folder before each build."""

    site: Path
    """Where it stood, and where the next build is made."""
    aside: Path


class Rebuilds:
    """The builds of one command. Only `serve` makes more than one."""

    def __init__(self) -> None:
        self._serving = False
        """Whether somebody looks at the pages already."""
        self._last_good: _LastGood | None = None
        """While serving: set while a build is under way."""
        self._outdated = False
        """Whether the pages that are shown are not those of the last build, which failed."""
        self._told: set[tuple[Path, str]] = set()
        """提示 that were told and still stand."""

    @property
    def serving(self) -> bool:
        """Whether a failure leaves older pages to look at."""
        return self._serving

    @property
    def last_good(self) -> Path | None:
        """The last good pages, put aside while new ones are made; their files may be linked."""
        return self._last_good.aside if self._last_good else None

    def serve(self) -> None:
        """The first build is done, and its pages are shown from now on."""
        self._serving = True

    def begin(self, site: Path) -> None:
        """MkDocs begins to build; while serving, its folder's pages are put aside."""
        if self._serving:
            self._last_good = _LastGood(site, site.with_name(f"{site.name}.last"))
            site.rename(self._last_good.aside)

    def succeed(self, notices: Iterable[Problem]) -> None:
        """There are new pages."""
        notices = tuple(notices)
        self._tell(notices)
        self._told = {_key(notice) for notice in notices}
        self.forget()
        if self._outdated:
            self._outdated = False
            _say("已更新，现在显示的是最新的内容。")

    def fail(self, error: GongkaiError | None = None) -> None:
        """The last good pages are shown again. Without `error`, MkDocs says what is wrong."""
        if isinstance(error, DataError):
            self._tell(error.problems)
            # Records may have been left unread: what was told of them still stands.
            self._told |= {_key(each) for each in error.problems if not each.stops}
            _say(count_of(error))
        elif error:
            _say(str(error))
        if self._last_good:
            shutil.rmtree(self._last_good.site)
            self._last_good.aside.rename(self._last_good.site)
            self._last_good = None
        if self._serving and not self._outdated:
            self._outdated = True
            _say("原来的页面保留，改正后自动更新。")

    def forget(self) -> None:
        """The last good pages are no longer needed."""
        if self._last_good:
            shutil.rmtree(self._last_good.aside, ignore_errors=True)
            self._last_good = None

    def _tell(self, problems: Iterable[Problem]) -> None:
        """But for 提示 of earlier builds: a clerk who saves a file often reads them once."""
        for problem in problems:
            if problem.stops or _key(problem) not in self._told:
                _say(str(problem))


def count_of(error: DataError) -> str:
    """The line below the problems."""
    count = sum(problem.stops for problem in error.problems)
    return f"数据有 {count} 处问题，请改正后再生成。"


def _key(notice: Problem) -> tuple[Path, str]:
    """What makes a 提示 the same one in the next build: its line moves while a file is edited."""
    return notice.path, notice.message


def _say(line: str) -> None:
    """Not through the log: it would wrap the lines, and count in `--strict`."""
    click.echo(line, err=True)
