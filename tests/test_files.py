"""Files written whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from generator import files
from generator.errors import DocumentError
from generator.files import like_written, write_file


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "甲" / "乙" / "丙.txt"
    write_file(path, b"1", may_replace=False)
    assert path.read_bytes() == b"1"
    assert [each.name for each in path.parent.iterdir()] == ["丙.txt"]


def test_a_file_that_is_there_stays_unless_it_may_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_bytes(b"1")
    with pytest.raises(DocumentError, match="已有文件"):
        write_file(path, b"2", may_replace=False)
    assert path.read_bytes() == b"1"
    write_file(path, b"2", may_replace=True)
    assert path.read_bytes() == b"2"
    assert [each.name for each in tmp_path.iterdir()] == ["甲.txt"]


def test_others_may_read_it_as_the_system_says(tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    before = os.umask(0o022)
    try:
        write_file(path, b"", may_replace=False)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_file_system_without_links_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(files.os, "link", refuse)
    path = tmp_path / "甲.txt"
    write_file(path, b"1", may_replace=False)
    with pytest.raises(DocumentError):
        write_file(path, b"2", may_replace=False)
    assert path.read_bytes() == b"1"


@pytest.mark.parametrize("call", ["fsync", "link"])
def test_nothing_is_left_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, call, full)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "甲.txt", b"1", may_replace=False)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_told_by_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "no", str(tmp_path / ".甲.txt.x1"))

    monkeypatch.setattr(files.tempfile, "mkstemp", refuse)
    with pytest.raises(PermissionError) as caught:
        write_file(tmp_path / "甲.txt", b"1", may_replace=True)
    assert caught.value.filename == str(tmp_path / "甲.txt")


def test_a_file_in_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "甲").write_bytes(b"")
    with pytest.raises(NotADirectoryError) as caught:
        write_file(tmp_path / "甲" / "乙.txt", b"1", may_replace=True)
    assert caught.value.filename == str(tmp_path / "甲" / "乙.txt")


BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a\n", b"1\n2\n"),
        (b"a\r\nb\r\n", b"1\r\n2\r\n"),
        (BOM + b"a\n", BOM + b"1\n2\n"),
        (BOM + b"a\r\n", BOM + b"1\r\n2\r\n"),
        (b"a\r\nb\r\nc\n", b"1\r\n2\r\n"),
        (b"a\nb\r\nc\n", b"1\n2\n"),
        (b"", b"1\n2\n"),
    ],
)
def test_line_ends_and_mark_stay(before: bytes, after: bytes) -> None:
    assert like_written(before, "1\n2\n") == after
