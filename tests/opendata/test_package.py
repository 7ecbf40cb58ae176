"""What describes the data agrees with it: for frictionless, and by JSON Schema."""

import io
import json
from pathlib import Path
from zipfile import ZipFile

import jsonschema
import pytest
from frictionless import Package

from generator.opendata import csvfile
from generator.opendata.archive import archive
from generator.opendata.dictionary import field_dictionary
from generator.opendata.jsonfile import figures_json, joined, record_json
from generator.opendata.package import (
    DATA,
    DICTIONARY,
    FIGURES,
    Licence,
    data_package,
    record_schema,
)
from generator.opendata.readme import readme
from generator.opendata.tables import WIDE, wide_cells
from tests.opendata.making import FORM, ORIGIN, csv_of, figured, record_of

VALUES = {"支出/合计": "704.70", "人数": "不适用", "说明": "=1+1\n“二”", "比例": "-5%"}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder with a package of one record."""
    record = record_of(tmp_path, VALUES)
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / DATA.path).write_bytes(csv_of(record))
    wide = csvfile.head(WIDE) + csvfile.lines([wide_cells(figured(record))])
    (folder / FIGURES.path).write_bytes(wide)
    (folder / DICTIONARY.path).write_bytes(field_dictionary({FORM.name: FORM}))
    resources = (FIGURES, DATA, DICTIONARY)
    content = data_package("gongkai", "示例", resources, Licence("CC-BY-4.0"))
    (folder / "datapackage.json").write_bytes(content)
    return folder


def test_frictionless_finds_nothing(package: Path) -> None:
    report = Package(str(package / "datapackage.json")).validate()
    assert report.flatten(["type", "note", "rowNumber", "fieldName"]) == []
    assert len(report.tasks) == 3
    assert all(task.stats["rows"] for task in report.tasks)


def test_frictionless_finds_a_state_that_there_is_not(package: Path) -> None:
    path = package / DATA.path
    path.write_bytes(path.read_bytes().replace("已填".encode(), "填了".encode()))
    report = Package(str(package / "datapackage.json")).validate()
    assert "constraint-error" in {each[0] for each in report.flatten(["type"])}


def test_a_licence_is_said_only_where_it_is_given() -> None:
    assert b"licenses" not in data_package("a", "b", (DATA,), Licence())
    made = json.loads(data_package("a", "b", (DATA,), Licence(url="https://l.example/")))
    assert made["licenses"] == [{"path": "https://l.example/"}]


def test_a_record_is_as_its_schema_says(tmp_path: Path) -> None:
    schema = json.loads(record_schema("https://x.example", "data/record.schema.json"))
    assert schema["$id"] == "https://x.example/data/record.schema.json"
    jsonschema.Draft202012Validator.check_schema(schema)
    record = json.loads(record_json(ORIGIN, record_of(tmp_path, VALUES), ()))
    jsonschema.validate(record, schema)
    record["部分"][0]["字段"][0]["状态"] = "填了"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, schema)


def test_records_are_joined_to_a_list(tmp_path: Path) -> None:
    line = figures_json(figured(record_of(tmp_path, VALUES)))
    for count in (0, 1, 3):
        assert len(json.loads(b"".join(joined([line] * count)))) == count


def test_an_archive_has_the_same_bytes_each_time_and_no_date() -> None:
    def made() -> bytes:
        with archive([("a.csv", [b"1", b"2"]), ("说明.txt", [b""])]) as pieces:
            return b"".join(pieces)

    assert made() == made()
    with ZipFile(io.BytesIO(made())) as zipped:
        assert zipped.testzip() is None
        assert zipped.read("a.csv") == b"12"
        assert {each.date_time for each in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_readme_names_all_columns_and_states() -> None:
    text = readme("示例", 3, Licence("CC-BY-4.0")).decode("utf-8-sig")
    assert "共 3 份记录" in text
    assert "许可：CC-BY-4.0" in text
    for column in WIDE:
        assert f"\r\n{column.name}：" in text
    assert "许可" not in readme("示例", 3, Licence()).decode("utf-8-sig")


def test_the_dictionary_tells_a_field_s_type_and_unit() -> None:
    rows = list(csvfile.rows_of(field_dictionary({FORM.name: FORM})))
    fields = {row[3]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert fields["支出/合计"]["计量单位"] == "万元"
    assert fields["支出/合计"]["指标"] == "支出合计"
    assert fields["人数"]["类型"] == "整数"
