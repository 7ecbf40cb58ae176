"""A site's folder: it may hold a site before, whose files may be those of the site readers see."""

import os
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.site.output import File, Folder


@pytest.fixture
def shown(tmp_path: Path) -> Folder:
    """What readers see."""
    return Folder(tmp_path / "site")


@pytest.fixture
def spare(tmp_path: Path) -> Folder:
    (tmp_path / "spare").mkdir()
    return Folder(tmp_path / "spare")


def test_a_file_that_two_sites_share_is_replaced_and_not_written_into(
    shown: Folder, spare: Folder
) -> None:
    file = shown.write("a/index.html", b"old")
    spare.take(file, shown)
    assert (shown.root / file.path).samefile(spare.root / file.path)
    spare.write("a/index.html", b"new")
    assert shown.read("a/index.html") == b"old"
    assert spare.read("a/index.html") == b"new"


def test_a_file_that_is_there_already_is_taken_as_it_stands(
    shown: Folder, spare: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = shown.write("a/index.html", b"old")
    spare.take(file, shown)

    def refuse(*_: object) -> None:
        raise AssertionError("nothing was to be linked")

    monkeypatch.setattr(os, "link", refuse)
    assert spare.take(file, shown) == file


@pytest.mark.parametrize("links", [True, False])
def test_another_file_in_its_place_gives_way(
    links: bool, shown: Folder, spare: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the file system has no links, and copying would write into what is there."""
    spare.take(shown.write("a/index.html", b"older"), shown)
    kept = Path(f"{spare.root}.kept")
    os.link(spare.root / "a" / "index.html", kept)
    file = shown.write("a/index.html", b"the newer")
    if not links:

        def refuse(source: str, target: str) -> None:
            if os.path.lexists(target):
                raise FileExistsError(target)
            raise PermissionError(target)

        monkeypatch.setattr(os, "link", refuse)
    spare.take(file, shown)
    assert spare.has(file)
    assert spare.read(file.path) == b"the newer"
    assert kept.read_bytes() == b"older"


@pytest.mark.parametrize(
    "strange",
    ["index.html/x", "a", "a/b"],
    ids=["a folder for a file", "a file for a folder", "further down"],
)
def test_what_stands_in_the_way_goes(strange: str, shown: Folder, spare: Folder) -> None:
    spare.write(strange, b"strange")
    files = [spare.write("index.html", b"home"), spare.write("a/b/index.html", b"page")]
    taken = spare.take(shown.write("a/c/index.html", b"other"), shown)
    spare.verify([*files, taken], set())
    assert [file.path for file in spare.files()] == [
        "a/b/index.html",
        "a/c/index.html",
        "index.html",
    ]


def test_verified_are_these_files_and_no_others(spare: Folder) -> None:
    files = [spare.write("a/index.html", b"page"), spare.write("index.html", b"home")]
    for path in ("a/strange.html", "b/c/d.html", ".hidden/x"):
        spare.write(path, b"strange")
    (spare.root / "empty" / "too").mkdir(parents=True)
    (spare.root / "link").symlink_to(spare.root / "a")
    spare.verify(files, set())
    left = sorted(path.relative_to(spare.root).as_posix() for path in spare.root.rglob("*"))
    assert left == ["a", "a/index.html", "index.html"]


@pytest.mark.parametrize(
    "wrong", [File("gone", 4, 1), File("index.html", 3, 1), File("empty", 0, 1)]
)
def test_a_file_that_is_not_as_written_is_told(wrong: File, spare: Folder) -> None:
    (spare.root / "empty").touch()
    spare.write("index.html", b"home")
    with pytest.raises(BuildError, match=wrong.path):
        spare.verify([wrong], set())


def test_cleared_is_empty(spare: Folder) -> None:
    spare.write(".hidden/a", b"x")
    spare.write("b/c", b"x")
    spare.clear()
    assert list(spare.root.iterdir()) == []


def test_what_was_looked_at_when_it_was_taken_is_not_looked_at_again(spare: Folder) -> None:
    spare.verify([File("taken", 4, 1)], {hash("taken")})
