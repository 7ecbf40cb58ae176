"""Regions and their units."""

from pathlib import Path

import pytest

from generator.errors import DataError
from generator.records.regions import REGION_CODE, SLUG, Region, Unit, read_region, read_regions


def problems_of(text: str, folder: Path) -> list[str]:
    path = folder / "990001.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_region(path)
    return [str(problem).removeprefix(f"{path}:") for problem in caught.value.problems]


def test_units_are_read_in_the_order_of_the_file(county: Path) -> None:
    units = {
        "minzheng": Unit(
            "minzheng", "示例县民政局", ("县民政局", "民政局"), ("示例县民政和救助局",)
        ),
        "jiaoyu": Unit("jiaoyu", "示例县教育局"),
    }
    regions = read_regions(county / "regions")
    assert regions == {"990001": Region("990001", "示例县", units)}
    assert list(regions["990001"].units) == ["minzheng", "jiaoyu"]


@pytest.mark.parametrize("units", ["", "单位:\n", "单位: {}\n"])
def test_a_region_may_have_no_units_yet(units: str, tmp_path: Path) -> None:
    (tmp_path / "990001.yaml").write_text(f"名称: 示例县\n{units}")
    assert read_region(tmp_path / "990001.yaml").units == {}


NAME = "应是一段文字，不能留空"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("示例县\n", ["1:1: 地区文件应由“名称”和“单位”组成"]),
        ("名称：示例县\n", ["1:3: 冒号是全角的，请改为半角冒号加一个空格“: ”"]),
        ("单位:\n  a: 甲\n", [f"1:1: “名称”{NAME}"]),
        ("名称:\n", [f"1:1: “名称”{NAME}"]),
        ("名称: [示例县]\n", [f"1:1: “名称”{NAME}"]),
        ("名称: 示例县\n区号: 1\n", ["2:1: 不认识“区号”，这里可以写：名称、索引号格式、单位"]),
        ("名称: 示例县\n单位: 甲\n", ["2:1: “单位”应是“简写: 名称”的一列"]),
        ("名称: 示例县\n单位:\n  - 甲\n", ["2:1: “单位”应是“简写: 名称”的一列"]),
        (
            "名称: 示例县\n单位:\n  a：甲\n",
            ["3:4: 冒号是全角的，请改为半角冒号加一个空格“: ”"],
        ),
        (
            "名称: 示例县\n单位:\n  民政: 甲\n  A: 乙\n  a_b: 丙\n",
            [
                f"{line}:3: 单位简写“{slug}”只能用小写字母、数字和连字符，以字母开头"
                for line, slug in ((3, "民政"), (4, "A"), (5, "a_b"))
            ],
        ),
        (
            "名称: 示例县\n单位:\n  coverage: 甲\n",
            ["3:3: 单位简写不能用“coverage”：这个网址是本站的其他页面，请换一个"],
        ),
        ("名称: 示例县\n单位:\n  a:\n", [f"3:3: “a”{NAME}"]),
        ("名称: 示例县\n单位:\n  a: [甲]\n", ["3:3: 单位应写名称，或“名称”“简称”“曾用名”"]),
        ("名称: 示例县\n单位:\n  a:\n    简称: 甲\n", [f"3:3: “名称”{NAME}"]),
        (
            "名称: 示例县\n单位:\n  a:\n    名称: 甲\n    电话: 乙\n    简称: [丙, '']\n",
            ["5:5: 不认识“电话”，这里可以写：名称、简称、曾用名", f"6:13: “简称”{NAME}"],
        ),
        (
            "名称: 示例县\n单位:\n  a: 甲\n  b: 甲\n",
            ["4:3: “甲”与 a 同名，一个单位只能登记一次"],
        ),
        (
            "名称: 示例县\n单位:\n  a: 甲\n  a: 乙\n",
            ["4:3: “a”写了两次（第 3 行已有），请只留一个"],
        ),
    ],
)
def test_mistakes_are_told_where_they_are(text: str, problems: list[str], tmp_path: Path) -> None:
    assert problems_of(text, tmp_path) == problems


def test_all_files_are_told_in_one_run(county: Path) -> None:
    folder = county / "regions"
    for name in ("99001.yaml", "示例县.yaml", "990002.yml", ".990003.yaml.swp"):
        (folder / name).touch()
    (folder / "990004.yaml").write_text("名称:\n")
    with pytest.raises(DataError) as caught:
        read_regions(folder)
    wrong_name = "1:1: 地区文件应以六位行政区划代码命名，如 430524.yaml"
    assert sorted(str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems) == [
        f"990002.yml:{wrong_name}",
        f"990004.yaml:1:1: “名称”{NAME}",
        f"99001.yaml:{wrong_name}",
        f"示例县.yaml:{wrong_name}",
    ]


@pytest.mark.parametrize(
    ("slug", "good"),
    [
        ("minzheng", True),
        ("min-zheng2", True),
        ("m", True),
        ("Minzheng", False),
        ("2ju", False),
        ("-ju", False),
        ("ju-", False),
        ("min--zheng", False),
        ("民政", False),
        ("..", False),
        ("a/b", False),
        ("", False),
    ],
)
def test_slugs_are_good_addresses(slug: str, good: bool) -> None:
    assert bool(SLUG.fullmatch(slug)) is good


@pytest.mark.parametrize(
    ("code", "good"),
    [("990001", True), ("99001", False), ("９９０００１", False), ("99000a", False)],
)
def test_codes_are_six_digits(code: str, good: bool) -> None:
    assert bool(REGION_CODE.fullmatch(code)) is good
