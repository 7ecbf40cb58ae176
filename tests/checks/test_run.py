"""Many records checked: in processes or not, kept or not, the findings are the same."""

import os
import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from generator.checks import run
from generator.checks.run import Result, check_records
from generator.records.data import open_data
from tests.checks.cases import ROOT

TODAY = date(2024, 6, 30)
MINZHENG = "records/990001/shili-minzheng"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The example's records, changed long ago, so that what is kept of them counts."""
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "tests" / "example", folder)
    for name in ("forms", "checks"):
        shutil.copytree(ROOT / "data" / name, folder / name)
    for path in folder.rglob("*.yaml"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return folder


def check(data: Path, jobs: int = 1, today: date = TODAY) -> Result:
    opened = open_data(data)
    return check_records(opened, opened.records, today, data.parent / "checks.sqlite", jobs)


def told(result: Result) -> list[str]:
    return [str(each) for each in result.all_findings]


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on, what is not kept is an error."""

    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("a record was checked again")

    monkeypatch.setattr(run, "check_unit", refuse)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(path, (1_710_000_000, 1_710_000_000))


def test_nothing_is_checked_twice(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = check(data)
    assert first.all_findings
    forbid(monkeypatch)
    again = check(data)
    assert again == first
    assert [each.answer for each in again.all_findings] == [
        each.answer for each in first.all_findings
    ]


def test_a_change_of_a_record_is_seen_and_so_is_its_next_year(data: Path) -> None:
    check(data)
    change(data / MINZHENG / "2021.yaml", "单位名称: 示例县民政局", "单位名称: 示例县教育局")
    found = check(data)
    assert any("[A2]" in each for each in told(found))
    assert set(found.findings) == {each.path for each in open_data(data).records}


def test_only_the_unit_that_changed_is_checked_again(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(data)
    change(data / MINZHENG / "2022.yaml", "# 虚构", "# 全是虚构")
    asked = []
    original = run.check_unit

    def count(unit, *rest):  # type: ignore[no-untyped-def]
        asked.append({(each.unit, each.year) for each in unit})
        return original(unit, *rest)

    monkeypatch.setattr(run, "check_unit", count)
    check(data)
    assert asked == [{("shili-minzheng", 2021), ("shili-minzheng", 2022)}]


@pytest.mark.parametrize(
    "path", ["forms/自评报告.yaml", "regions/990001.yaml", "checks/用词.yaml", "checks/说法.yaml"]
)
def test_a_change_of_what_all_depend_on_is_a_change_of_all(
    path: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(data)
    text = (data / path).read_text(encoding="utf-8")
    (data / path).write_text(f"{text}# 改\n", encoding="utf-8")
    forbid(monkeypatch)
    with pytest.raises(AssertionError, match="checked again"):
        check(data)


def test_another_day_is_another_answer(data: Path) -> None:
    """On the day before, its dates are in the future."""
    assert not any("[F8]" in each for each in told(check(data)))
    assert any("[F8]" in each for each in told(check(data, today=date(2023, 1, 1))))


def test_a_list_of_our_own_is_seen(data: Path) -> None:
    check(data)
    (data / "checks" / "本地用词.yaml").write_text(
        "错别字:\n  - {错: 没有项目支出, 正: 无项目支出}\n", encoding="utf-8"
    )
    assert any("无项目支出" in each for each in told(check(data)))


def spoil(path: Path) -> None:
    path.write_bytes(b"not a database at all")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def make_foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE made (other TEXT)")
        connection.execute("CREATE TABLE units (unit TEXT PRIMARY KEY)")


@pytest.mark.parametrize("damage", [spoil, empty, make_foreign, Path.unlink])
def test_a_damaged_file_is_begun_anew(damage, data: Path) -> None:  # type: ignore[no-untyped-def]
    first = check(data)
    damage(data.parent / "checks.sqlite")
    assert check(data) == first
    assert check(data) == first


def test_a_folder_that_cannot_be_written_is_done_without(data: Path) -> None:
    opened = open_data(data)
    nowhere = data / "regions" / "990001.yaml" / "checks.sqlite"
    assert check_records(opened, opened.records, TODAY, nowhere, 1) == check(data)


def test_processes_find_the_same(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = check(data)
    (data.parent / "checks.sqlite").unlink()
    monkeypatch.setattr(run, "FEW", 0)
    assert check(data, jobs=2) == first


def test_an_index_number_counts_once_in_all_units(data: Path) -> None:
    change(
        data / "records/990001/shili-jiaoyu/2022.yaml",
        "索引号: 990001002/2022-000003",
        "索引号: 990001/2022-000001",
    )
    found = [each for each in check(data).all_findings if each.rule == "J2"]
    assert [each.place.path.parent.name for each in found] == ["shili-minzheng"]
    assert found[0].evidence[1].path.parent.name == "shili-jiaoyu"
