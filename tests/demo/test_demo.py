"""Fictional data: the same each time, sound, of all forms, and going on from year to year."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.checks.run import check_records
from generator.cli_demo import demo_command
from generator.demo.folder import Size, region_text, write_demo
from generator.demo.names import MOST_REGIONS, MOST_UNITS, numeral, region_code, region_name, unit
from generator.demo.record import DemoRecord, unit_records
from generator.demo.trades import TRADES
from generator.demo.yamltext import yaml_text
from generator.errors import DocumentError
from generator.records.data import open_data
from generator.records.regions import SLUG, read_regions
from generator.records.review import content_code
from generator.yaml import YamlFile

PROJECT = Path(__file__).parents[2] / "data"
SIZE = Size(regions=2, units=70, years=2)
SEED = 7


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "data"
    write_demo(folder, PROJECT, SIZE, SEED, jobs=1)
    return folder


def records(region: int = 1, years: int = 4, seed: int = SEED) -> Iterator[DemoRecord]:
    for number in range(1, 50):
        yield from unit_records(region, number, years, seed)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# The folder.


def test_checks_find_nothing_to_correct(demo: Path) -> None:
    data = open_data(demo)
    assert len(data.records) == SIZE.records
    third = [each for n, each in enumerate(data.records) if n // SIZE.years % 3 == 0]
    found = check_records(data, third, date(2024, 12, 31), jobs=1).all_findings
    assert [str(each) for each in found] == []


def test_every_form_of_the_project_is_used(demo: Path) -> None:
    used = Counter(
        form
        for path in demo.glob("records/*/*/*.yaml")
        for form in re.findall("^  表式: (.*)$", path.read_text("utf-8"), re.MULTILINE)
    )
    assert set(used) == {path.stem for path in (PROJECT / "forms").iterdir()}
    assert min(used.values()) >= SIZE.records // 6


def test_records_have_the_size_of_real_ones(demo: Path) -> None:
    sizes = [path.stat().st_size for path in demo.glob("records/*/*/*.yaml")]
    assert 13_500 <= sum(sizes) / len(sizes) <= 15_000
    assert min(sizes) > 9_000
    assert max(sizes) < 20_000


def test_the_seed_makes_all_bytes_however_many_processes(demo: Path, tmp_path: Path) -> None:
    write_demo(tmp_path / "again", PROJECT, SIZE, SEED, jobs=2)
    assert files(tmp_path / "again") == files(demo)


def test_forms_and_checks_are_the_projects(demo: Path) -> None:
    for name in ("forms", "checks"):
        assert files(demo / name) == files(PROJECT / name)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("", encoding="utf-8")
    with pytest.raises(DocumentError, match="已经有内容"):
        write_demo(tmp_path, PROJECT, Size(1, 1, 1), SEED)
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]


def test_what_is_cut_short_does_not_look_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("generator.demo.folder._write", fail)
    with pytest.raises(OSError):  # noqa: PT011 - whatever it is, the folder is what counts
        write_demo(tmp_path / "data", PROJECT, Size(1, 1, 1), SEED)
    assert not (tmp_path / "data" / "regions").exists()


# Records.


def test_a_record_depends_on_nothing_but_its_numbers() -> None:
    few = list(unit_records(3, 8, 2, SEED))
    many = list(unit_records(3, 8, 9, SEED))
    assert few == many[:2]
    others = (unit_records(3, 8, 2, SEED + 1), unit_records(4, 8, 2, SEED))
    for other in map(list, others):
        assert yaml_text(other[0].nodes) != yaml_text(few[0].nodes)


def test_what_is_hashed_is_what_is_read_again() -> None:
    for record in records(years=1):
        root: Any = YamlFile(Path("a.yaml"), yaml_text(record.nodes)).root
        assert root == record.nodes
        assert root["审核"]["校验码"] == content_code(root)


def test_a_years_figures_are_next_years_last_figures() -> None:
    seen = 0
    before: dict[tuple[str, int], Any] = {}
    for record in records():
        before[record.unit.slug, record.year] = record.nodes
    for (slug, year), nodes in before.items():
        last = before.get((slug, year - 1))
        tables = [_ratio(nodes), _ratio(last)]
        if not all(tables):
            continue
        now, then = tables
        for row in ("三公经费", "公务接待", "公车运行维护", "项目支出", "公用经费", "政府采购金额"):
            assert now[row]["上年决算数"] == then[row]["决算数"]
        seen += 1
    assert seen > 20


def _ratio(nodes: Any) -> Any:
    return next(
        (part for part in (nodes or {}).values() if part.get("表式") == "基础数据表控制率"), None
    )


def test_texts_vary() -> None:
    """Sentences without their numbers: hundreds of them, and no two reports alike."""
    sentences: set[str] = set()
    reports = set()
    count = 0
    for record in records():
        nodes: Any = record.nodes
        text = next(part["正文"] for part in nodes.values() if part.get("表式") == "自评报告")
        plain = re.sub("[0-9.]+", "", text)
        sentences |= set(re.split("[。\n]", plain))
        reports.add(plain)
        count += 1
    assert len(reports) == count
    assert len(sentences) > 1500


# Names.


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (101, "一百零一"), (110, "一百一十"),
        (1005, "一千零五"), (2300, "二千三百"), (3040, "三千零四十"), (9999, "九千九百九十九"),
    ],
)  # fmt: skip
def test_numerals(number: int, written: str) -> None:
    assert numeral(number) == written


def test_regions_are_fictional_and_each_another() -> None:
    codes = {region_code(n) for n in range(1, MOST_REGIONS + 1)}
    names = {region_name(n) for n in range(1, MOST_REGIONS + 1)}
    assert len(codes) == len(names) == MOST_REGIONS
    assert all(re.fullmatch("99[0-9]{4}", code) for code in codes)
    assert all(name.startswith("示例县") for name in names)


def test_units_are_each_another() -> None:
    units = [unit(1, n) for n in range(1, MOST_UNITS + 1)]
    assert len({each.name for each in units}) == MOST_UNITS
    assert len({each.slug for each in units}) == MOST_UNITS
    assert all(SLUG.fullmatch(each.slug) and each.trade in TRADES for each in units)
    assert 0.5 < sum(bool(each.short) for each in units) / MOST_UNITS < 0.9
    assert any(each.former for each in units)


def test_the_largest_region_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "990001.yaml").write_text(region_text(1, MOST_UNITS), encoding="utf-8")
    assert len(read_regions(tmp_path)["990001"].units) == MOST_UNITS


# The command.


def test_the_command_says_what_it_wrote(tmp_path: Path) -> None:
    arguments = ["--regions", "1", "--units", "3", "--years", "2", "--jobs", "1"]
    result = CliRunner().invoke(demo_command, [str(tmp_path / "a"), *arguments])
    assert result.exit_code == 0
    assert result.output.startswith("已写 6 份虚构的记录")
    assert f"gongkai check --data {tmp_path / 'a'}" in result.output
    assert result.output.count("\n") == 1


@pytest.mark.parametrize("wrong", [("--units", "5001"), ("--regions", "0"), ("--years", "21")])
def test_sizes_out_of_range_are_wrong_usage(tmp_path: Path, wrong: tuple[str, str]) -> None:
    assert CliRunner().invoke(demo_command, [str(tmp_path / "a"), *wrong]).exit_code == 2
    assert not (tmp_path / "a").exists()
