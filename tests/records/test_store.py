"""The folder of records: the path is the identity, and what is in a wrong place is told."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.errors import DataError
from generator.records.regions import Region, read_regions
from generator.records.store import RecordPath, identify, list_records


@pytest.fixture
def regions(county: Path) -> Mapping[str, Region]:
    return read_regions(county / "regions")


@pytest.fixture
def records(county: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`records/` as seen from the folder that holds it."""
    monkeypatch.chdir(county)
    return Path("records")


def make(*names: str) -> None:
    for name in names:
        path = Path("records", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir()
        else:
            path.touch()


def test_records_are_listed_in_order(records: Path, regions: Mapping[str, Region]) -> None:
    make("990001/minzheng/2022.yaml", "990001/minzheng/2019.yaml", "990001/jiaoyu/2023.yaml")
    make(".git", "990001/.DS_Store", "990001/minzheng/.2022.yaml.swp", "990001/empty/")
    listed, problems = list_records(records, regions)
    assert problems == []
    assert listed == [
        RecordPath("990001", "jiaoyu", 2023, records / "990001/jiaoyu/2023.yaml"),
        RecordPath("990001", "minzheng", 2019, records / "990001/minzheng/2019.yaml"),
        RecordPath("990001", "minzheng", 2022, records / "990001/minzheng/2022.yaml"),
    ]


def test_no_folder_is_no_records(county: Path, regions: Mapping[str, Region]) -> None:
    assert list_records(county / "none", regions) == ([], [])


REGION = "这里只放以六位地区代码命名的文件夹，如 430524"
UNIT = "这里只放单位的文件夹，名称用小写字母、数字和连字符"
YEAR = "记录文件应以四位年度命名，如 2022.yaml"
SUFFIX = "文件的扩展名应是 .yaml，如 2022.yaml"
HIGH = "；记录应放在 地区/单位/年度.yaml"

# what is in the folder of records -> what is said
MISPLACED = {
    "2022.yaml": REGION + HIGH,
    "示例县/": REGION,
    "99001/": REGION,
    "990001": REGION,
    "990001/2022.yaml": UNIT + HIGH,
    "990001/民政局/": UNIT,
    "990001/Minzheng/": UNIT,
    "990001/minzheng/2022.yml": SUFFIX,
    "990001/minzheng/2022.YAML": SUFFIX,
    "990001/minzheng/2022 (1).yaml": YEAR,
    "990001/minzheng/2022年.yaml": YEAR,
    "990001/minzheng/22.yaml": YEAR,
    "990001/minzheng/20222.yaml": YEAR,
    "990001/minzheng/２０２２.yaml": YEAR,
    "990001/minzheng/1822.yaml": YEAR,
    "990001/minzheng/~$2022.docx": YEAR,
    "990001/minzheng/2022.yaml/": YEAR,
    "990001/minzheng/2022/": YEAR,
    "990002/minzheng/2022.yaml": "地区 990002 没有登记，请在 data/regions/990002.yaml 中登记",
    "990001/shuili/2022.yaml": "单位 shuili 没有登记，请在 data/regions/990001.yaml 中登记",
}


@pytest.mark.parametrize(("name", "message"), MISPLACED.items())
def test_what_is_in_a_wrong_place_is_told(
    name: str, message: str, records: Path, regions: Mapping[str, Region]
) -> None:
    make(name)
    listed, problems = list_records(records, regions)
    assert listed == []
    assert [str(problem) for problem in problems] == [f"records/{name.rstrip('/')}:1:1: {message}"]


def test_all_of_it_is_told_in_one_run(records: Path, regions: Mapping[str, Region]) -> None:
    names = [name for name in MISPLACED if not any(o.startswith(name + "/") for o in MISPLACED)]
    make("990001/minzheng/2021.yaml", *(name for name in names if name != "990001"))
    listed, problems = list_records(records, regions)
    assert [each.year for each in listed] == [2021]
    assert {problem.path.as_posix() for problem in problems} == {
        f"records/{name.rstrip('/')}" for name in names if name != "990001"
    }


# --- A path that a person named -------------------------------------------------------------------

RECORD = "990001/minzheng/2022.yaml"
NONE = "没有这个文件或文件夹，请检查路径"
ELSEWHERE = "不是记录文件：记录应在 records/地区/单位/年度.yaml"


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        (".", f"records/{RECORD}"),
        (".", f"./records/../records/{RECORD}"),
        ("records", RECORD),
        ("records/990001/minzheng", "2022.yaml"),
        ("records/990001/jiaoyu", "../minzheng/2022.yaml"),
    ],
)
def test_records_are_known_from_everywhere(
    folder: str,
    name: str,
    records: Path,
    regions: Mapping[str, Region],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make(RECORD, "990001/jiaoyu/2022.yaml")
    whole = records.resolve()
    monkeypatch.chdir(folder)
    path = Path(name)
    assert identify(path, whole, regions) == RecordPath("990001", "minzheng", 2022, path)
    relative = Path(os.path.relpath(whole))
    assert identify(path, relative, regions) == RecordPath("990001", "minzheng", 2022, path)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("records/990001/minzheng/2021.yaml", NONE),
        ("nothing/2022.yaml", NONE),
        ("records/loop", NONE),
        ("records/990001/minzheng", ELSEWHERE),
        ("records", ELSEWHERE),
        (".", ELSEWHERE),
        ("forms/示例表2022.yaml", ELSEWHERE),
        ("/", ELSEWHERE),
        ("records/990001/minzheng/2022.txt", SUFFIX),
        ("records/990001/shuili/2022.yaml", MISPLACED["990001/shuili/2022.yaml"]),
    ],
)
def test_other_paths_are_told(
    name: str, message: str, records: Path, regions: Mapping[str, Region]
) -> None:
    make(RECORD, "990001/minzheng/2022.txt", "990001/shuili/2022.yaml")
    Path("records/loop").symlink_to("loop")
    with pytest.raises(DataError) as caught:
        identify(Path(name), records, regions)
    assert str(caught.value) == f"{name}:1:1: {message}"
