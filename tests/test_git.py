"""What git knows of files: repositories are made with fixed dates."""

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.git import Change, Log, changes_of, read_log, tip_of
from tests.repository import Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def told(log: Log, name: str = "2022.yaml") -> list[tuple[str, str, str]]:
    return [(each.kind, each.day, each.commit) for each in changes_of(log.of("990001/shili"), name)]


def test_each_change_of_a_file_is_told_the_last_first(repository: Repository) -> None:
    first = repository.commit("2024-05-06", record="一\n")
    repository.commit("2024-05-07", other="与记录无关")
    second = repository.commit("2024-05-08", record="二\n")
    gone = repository.commit("2024-05-09", record=None)
    again = repository.commit("2024-05-10", record="二\n")
    log = read_log(repository.records)
    assert told(log) == [
        ("A", "2024-05-10", again[:10]),
        ("D", "2024-05-09", gone[:10]),
        ("M", "2024-05-08", second[:10]),
        ("A", "2024-05-06", first[:10]),
    ]
    assert told(log, "2023.yaml") == []
    assert log.tip == tip_of(repository.records) == again
    assert "某人" not in repr(log)
    assert log.of("990001/other") == ""


def test_a_commit_elsewhere_is_no_change(repository: Repository) -> None:
    repository.commit("2024-05-06", record="一\n")
    before = read_log(repository.records)
    repository.commit("2024-05-07", other="与记录无关")
    assert read_log(repository.records) == before
    assert tip_of(repository.records) == before.tip


def test_a_merge_is_one_change_of_the_day_when_it_came(repository: Repository) -> None:
    repository.commit("2024-05-01", record="一\n")
    repository.git("checkout", "--quiet", "-b", "review")
    repository.commit("2024-05-02", record="二\n")
    repository.commit("2024-05-03", record="三\n")
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "-m", "合并", "review", day="2024-05-09")
    log = read_log(repository.records)
    merge = repository.git("rev-parse", "HEAD")
    assert told(log)[0] == ("M", "2024-05-09", merge[:10])
    assert [day for _, day, _ in told(log)] == ["2024-05-09", "2024-05-01"]
    assert log.tip == tip_of(repository.records) == merge


def test_it_is_seen_whether_a_file_says_what_was_committed(repository: Repository) -> None:
    repository.commit("2024-05-06", record="一\n")
    repository.commit("2024-05-07", record="二\n")
    last, first = changes_of(read_log(repository.records).of("990001/shili"), "2022.yaml")
    assert (last.made("二\n"), last.made("一\n"), first.made("一\n")) == (True, False, True)
    assert not Change("D", "2024-05-08", "0" * 10, "0" * 12).made("")


def test_a_name_with_spaces_is_nobodys_record(repository: Repository) -> None:
    repository.commit("2024-05-06", **{"data/records/990001/shili/副本 1.yaml": "一\n"})
    log = read_log(repository.records)
    assert (log.folders, bool(log.tip)) == ({}, True)


@pytest.mark.parametrize(
    "setting", ["log.showRoot=false", "color.ui=always", "diff.renames=copies", "log.date=relative"]
)
def test_own_settings_change_nothing(setting: str, repository: Repository) -> None:
    first = repository.commit("2024-05-06", record="一\n")
    repository.git("config", *setting.split("="))
    assert told(read_log(repository.records)) == [("A", "2024-05-06", first[:10])]


def test_of_a_shallow_clone_nothing_is_known(repository: Repository, tmp_path: Path) -> None:
    repository.commit("2024-05-06", record="一\n")
    repository.commit("2024-05-07", record="二\n")
    clone = tmp_path / "clone"
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.root}", str(clone))
    records = clone / "data" / "records"
    assert (records / "990001" / "shili" / "2022.yaml").exists()
    assert (read_log(records), tip_of(records)) == (Log(), "")


def test_outside_of_a_repository_nothing_is_known(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        assert (read_log(folder), tip_of(folder)) == (Log(), "")


def test_before_the_first_commit_nothing_is_known(repository: Repository) -> None:
    repository.records.mkdir(parents=True)
    assert (read_log(repository.records), tip_of(repository.records)) == (Log(), "")


def test_without_git_nothing_is_known(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit("2024-05-06", record="一\n")
    monkeypatch.setenv("PATH", str(repository.root))
    assert shutil.which("git") is None
    assert (read_log(repository.records), tip_of(repository.records)) == (Log(), "")


def test_a_run_of_git_is_enough_for_all_records(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"data/records/990001/shili-{n}/2022.yaml" for n in "abcdefgh"]
    repository.commit("2024-05-06", **dict.fromkeys(names, "一\n"))
    started: list[object] = []
    start = subprocess.Popen.__init__

    def count(self: object, *words: object, **options: object) -> None:
        started.append(words)
        start(self, *words, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess.Popen, "__init__", count)
    assert len(read_log(repository.records).folders) == len(names)
    assert len(started) == 2  # the other asks whether the clone is whole
