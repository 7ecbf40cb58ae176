"""The whole of a data folder, and the project's own."""

import json
from pathlib import Path

import pytest

from generator.checks.check import check_record
from generator.errors import DataError
from generator.forms.schema import record_schema
from generator.records.data import open_data
from generator.records.review import REVIEW_BLANKS

DATA = Path(__file__).parents[2] / "data"


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        open_data(folder)
    return [str(problem).removeprefix(f"{folder}") for problem in caught.value.problems]


def test_a_good_folder_is_opened(county: Path) -> None:
    record = county / "records/990001/minzheng/2022.yaml"
    record.parent.mkdir(parents=True)
    record.write_bytes(b"\xff")  # nothing in records is read
    data = open_data(county)
    assert data.folder == county
    assert list(data.forms) == ["信息头", "示例表2022", "签署"]
    assert list(data.regions) == ["990001"]
    assert [each.path for each in data.records] == [record]


def test_problems_of_forms_and_records_are_told_together(county: Path) -> None:
    (county / "forms/签署.yaml").write_text("名称: 签署\n")
    (county / "records/990002").mkdir()
    (county / "records/990002/minzheng").mkdir()
    (county / "records/990002/minzheng/2022.yaml").touch()
    assert problems_of(county) == [
        "/forms/签署.yaml:1:1: 缺少“版面”",
        "/records/990002/minzheng/2022.yaml:1:1: "
        "地区 990002 没有登记，请在 data/regions/990002.yaml 中登记",
    ]


def test_what_is_misplaced_does_not_keep_records_from_being_read(county: Path) -> None:
    folder = county / "records/990001/minzheng"
    folder.mkdir(parents=True)
    (folder / "2021.yml").touch()
    (folder / "2022.yaml").touch()
    data = open_data(county)
    assert [each.year for each in data.records] == [2022]
    assert [problem.message for problem in data.problems] == [
        "文件的扩展名应是 .yaml，如 2022.yaml"
    ]


def test_a_mistake_in_a_region_does_not_make_its_records_unknown(county: Path) -> None:
    (county / "records/990001/minzheng").mkdir(parents=True)
    (county / "records/990001/minzheng/2022.yaml").touch()
    (county / "regions/990001.yaml").write_text("名称: 示例县\n单位: 甲\n")
    assert problems_of(county) == ["/regions/990001.yaml:2:1: “单位”应是“简写: 名称”的一列"]


def test_no_folder_is_told(tmp_path: Path) -> None:
    message = ":1:1: 没有这个数据文件夹，请检查路径或用 --data 指明"
    assert problems_of(tmp_path / "none") == [message]
    (tmp_path / "file").touch()
    assert problems_of(tmp_path / "file") == [message]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert problems_of(tmp_path) == ["/forms:1:1: 这里没有表式文件，请检查数据文件夹"]


@pytest.mark.parametrize("folder", ["forms", "regions", "records"])
def test_an_unreadable_folder_is_told(
    folder: str, county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.iterdir

    def refuse(path: Path) -> object:
        if path.name == folder:
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "iterdir", refuse)  # modes of files do not stop the root user
    assert problems_of(county) == [f"/{folder}:1:1: 文件夹读不出来（没有权限）"]


# --- The project's own data -----------------------------------------------------------------------


def test_every_file_of_ours_is_good() -> None:
    data = open_data(DATA)
    assert data.records
    assert [problem for each in data.records for problem in check_record(each, data.forms)[1]] == []


def test_the_schema_of_ours_is_up_to_date() -> None:
    """`gongkai schema --output data/record.schema.json` writes it anew."""
    text = (
        json.dumps(
            record_schema(open_data(DATA).forms, REVIEW_BLANKS), ensure_ascii=False, indent=1
        )
        + "\n"
    )
    assert (DATA / "record.schema.json").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.yaml")), ids=lambda path: path.name)
def test_files_of_ours_are_written_alike(path: Path) -> None:
    data = path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert [line for line in data.split(b"\n") if line != line.rstrip()] == []
