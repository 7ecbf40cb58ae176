"""The site is replaced whole or not at all."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.errors import BuildError, DataError, Problem
from generator.site import replace
from generator.site.replace import MARKER, forget_spare, locked, mark, mark_of, replaced

FILES = 200
BUILD_FOR_EVER = f"""
import itertools, sys
from pathlib import Path
from generator.site import replace
if sys.argv[2] == "renames":
    replace._exchange = lambda one, other: False
for generation in itertools.count(int(sys.argv[3])):
    with replace.locked(Path(sys.argv[1])) as site, replace.replaced(site) as folder:
        for number in range({FILES}):
            path = folder / str(number % 7) / f"{{number}}.html"
            path.parent.mkdir(exist_ok=True)
            path.write_text(str(generation))
    print(generation, flush=True)
"""


def build(site: Path, text: str) -> None:
    with locked(site) as place, replaced(place) as folder:
        (folder / "index.html").write_text(text)
        mark(folder, text)


def leftovers(site: Path) -> list[str]:
    return sorted(p.name for p in site.parent.iterdir() if p.name.startswith(".site.s"))


@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_site_is_replaced(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if way == "renames":
        monkeypatch.setattr(replace, "_exchange", lambda one, other: False)
    site = tmp_path / "new" / "site"
    build(site, "old")
    (site / "gone.html").touch()
    build(site, "new")
    assert sorted(p.name for p in site.iterdir()) == [MARKER, "index.html"]
    assert (site / "index.html").read_text() == "new"
    assert leftovers(site) == [".site.spare"]
    assert (site.with_name(".site.spare") / "index.html").read_text() == "old"


def test_the_marker_says_what_was_made(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert mark_of(site) == ""
    build(site, "cafe")
    assert mark_of(site) == "cafe"
    (site / MARKER).write_bytes(b"\xff")
    assert mark_of(site) == ""


def test_old_site_is_readable_while_the_new_one_is_made(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site, "old")
    with locked(site) as place, replaced(place) as folder:
        assert list(folder.iterdir()) == []
        os.link(site / "index.html", folder / "index.html")
        assert (site / "index.html").read_text() == "old"
    assert (site / "index.html").read_text() == "old"


@pytest.mark.parametrize("spare", [False, True])
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError])
def test_old_site_stays_when_the_build_fails(
    error: type[BaseException], spare: bool, tmp_path: Path
) -> None:
    """And nothing else: the disk may be full."""
    site = tmp_path / "site"
    if spare:
        build(site, "older")
    build(site, "old")

    def build_half(folder: Path) -> None:
        (folder / "index.html").write_text("half")
        raise error

    with pytest.raises(error), locked(site) as place, replaced(place) as folder:
        build_half(folder)
    assert (site / "index.html").read_text() == "old"
    assert leftovers(site) == []


def test_the_spare_is_kept_when_only_the_data_are_wrong(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site, "older")
    build(site, "old")
    with pytest.raises(DataError), locked(site) as place, replaced(place):
        raise DataError([Problem(Path("2022.yaml"), 1, 1, "错了")])
    assert (site / "index.html").read_text() == "old"
    assert leftovers(site) == [".site.spare"]
    forget_spare(site)
    assert leftovers(site) == []


def test_failing_second_rename_brings_the_old_site_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    build(site, "old")
    monkeypatch.setattr(replace, "_exchange", lambda one, other: False)
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self.name == ".site.spare":
            raise PermissionError("in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(PermissionError):
        build(site, "new")
    assert (site / "index.html").read_text() == "old"


def test_second_build_is_told_to_wait(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with locked(site), pytest.raises(BuildError, match="另一个生成正在使用"), locked(site):
        pass
    build(site, "after")


def test_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "releases" / "site"
    build(real, "old")
    link = tmp_path / "current"
    link.symlink_to(real)
    build(link, "new")
    assert link.is_symlink()
    assert (real / "index.html").read_text() == "new"


def test_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    build(tmp_path / "site", "new")
    assert (tmp_path / "site" / "index.html").is_file()


@pytest.mark.parametrize("where", ["other", "file", "cwd", "above cwd", "home", "root", "keep"])
def test_other_peoples_folders_are_refused(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, home = tmp_path / "work" / "here", tmp_path / "home"
    for folder in (work, home, tmp_path / "other" / "data"):
        folder.mkdir(parents=True)
    (tmp_path / "file").touch()
    monkeypatch.chdir(work)
    monkeypatch.setenv("HOME", str(home))
    keep = []
    site = {
        "other": tmp_path / "other",
        "file": tmp_path / "file",
        "cwd": work,
        "above cwd": work.parent,
        "home": home,
        "root": Path("/"),
        "keep": tmp_path / "other",
    }[where]
    if where == "keep":
        (site / MARKER).touch()
        keep = [site / "data"]
    with pytest.raises(BuildError, match="不能把网站生成到"), locked(site, keep):
        pass
    assert (tmp_path / "other" / "data").is_dir()


def kill_often(way: str, tmp_path: Path, kills: int) -> None:
    """After `kill -9` the site is one whole generation, or, with two renames, beside its place."""
    moments = random.Random(way)  # noqa: S311
    site = tmp_path / "site"
    generation = 0
    for _ in range(kills):
        command = [sys.executable, "-c", BUILD_FOR_EVER, str(site), way, str(generation + 1)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()  # one build has succeeded: over what the last kill left
            time.sleep(moments.uniform(0, 0.15))
            process.send_signal(signal.SIGKILL)
        where = site
        if way == "renames" and not site.exists():
            where = tmp_path / ".site.old"
        texts = {path.read_text() for path in where.rglob("*.html")}
        assert len(list(where.rglob("*.html"))) == FILES
        assert len(texts) == 1
        seen = int(texts.pop())
        assert seen > generation
        generation = seen


@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_killed_at_some_moments(way: str, tmp_path: Path) -> None:
    kill_often(way, tmp_path, 8)


@pytest.mark.soak
@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_killed_at_any_moment(way: str, tmp_path: Path) -> None:
    kill_often(way, tmp_path, 50)
