"""A record's file checked as a whole: everything in one run, one problem at a place."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.checks.check import check_record, check_sources
from generator.forms.form import Form
from generator.records.record import Record
from generator.records.store import RecordPath

MOBILE = "138" + "0013" + "8000"
MASK_IT = (
    "[I1] 这里有手机号码，属于个人信息，请改为 138****8000，也可运行 gongkai mask 文件；"
    "如已提交到 git，请告知管理员清理历史"
)
START = "附件1:\n  表式: 示例报告\n"

Check = Callable[[str], tuple[Record | None, list[str]]]


@pytest.fixture
def check(forms: Mapping[str, Form], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    monkeypatch.chdir(tmp_path)
    path = Path("2022.yaml")

    def run(text: str) -> tuple[Record | None, list[str]]:
        path.write_text(text, encoding="utf-8")
        record, problems = check_record(RecordPath("990001", "minzheng", 2022, path), forms)
        return record, [str(problem).removeprefix("2022.yaml:") for problem in problems]

    return run


def test_a_good_record_has_no_problems(check: Check) -> None:
    record, problems = check(START + "  人数: 35\n  联系电话: 138****8000\n")
    assert problems == []
    assert record is not None
    assert record.parts[0].values["人数"].written == "35"


def test_personal_numbers_are_found_in_a_file_that_is_no_yaml(check: Check) -> None:
    """And nothing else is told of their line, since it would repeat them."""
    assert check(START + f"  人数：35 \n 甲: 1\n  # {MOBILE}\n") == (
        None,
        ["3:5: 冒号是全角的，请改为半角冒号加一个空格“: ”", f"5:5: {MASK_IT}"],
    )
    assert check(START + f"  人数：35 {MOBILE}\n 甲: 1\n") == (None, [f"3:9: {MASK_IT}"])


def test_a_key_that_is_there_twice_does_not_hide_wrong_values(check: Check) -> None:
    assert check(START + "  人数: 35人\n  填报人: 黄*\n  填报人: 黄*\n")[1] == [
        "3:7: “35人”：只写数字，不写单位，请写成 35",
        "5:3: “填报人”写了两次（第 4 行已有），请只留一个",
    ]


def test_personal_numbers_are_found_in_forms_and_regions(tmp_path: Path) -> None:
    for folder in ("forms", "regions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "forms" / "甲.yaml").write_text("名称: 甲\n", encoding="utf-8")
    (tmp_path / "regions" / "990001.yaml").write_text(f"#\n# {MOBILE}\n", encoding="utf-8")
    assert [str(problem) for problem in check_sources(tmp_path)] == [
        f"{tmp_path}/regions/990001.yaml:2:3: 错误{MASK_IT}"
    ]


def test_wrong_values_and_personal_numbers_are_told_together(check: Check) -> None:
    text = START + f"  人数: 35人\n  # {MOBILE}\n  人员: 1\n  填报人: 黄某\n"
    assert check(text) == (
        None,
        [
            "3:7: “35人”：只写数字，不写单位，请写成 35",
            f"4:5: {MASK_IT}",
            "5:3: 不认识“人员”，是不是“人数”？",
            "6:8: 填报人姓名是个人信息，只写姓，名用星号代替，写成如 黄*",
        ],
    )


def test_personal_numbers_do_not_keep_a_record_from_being_read(check: Check) -> None:
    record, problems = check(START + f"  人数: {MOBILE}\n")
    assert problems == [f"3:7: {MASK_IT}"]
    assert record is not None


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (f"联系电话: {MOBILE}", 9),
        (f"联系电话: 手机 {MOBILE}", 12),
        (f"联系电话: +86 {MOBILE}", 13),
        (f"时间: {MOBILE}", 7),
        (f"时间: 电话{MOBILE}", 9),
        (f"人数: ￥{MOBILE}", 8),
        (f"填报人: 黄某{MOBILE}", 10),
        (f"电话{MOBILE}: 1", 5),
    ],
)
def test_a_personal_number_is_told_once_and_never_repeated(
    line: str, column: int, check: Check
) -> None:
    """Other messages repeat what was typed; these end up in logs."""
    _, problems = check(f"{START}  {line}\n  人员: 1\n")
    assert problems == [f"3:{column}: {MASK_IT}", "4:3: 不认识“人员”，是不是“人数”？"]


def test_an_unreadable_file_is_told(check: Check, forms: Mapping[str, Form]) -> None:
    missing = RecordPath("990001", "minzheng", 2021, Path("2021.yaml"))
    record, problems = check_record(missing, forms)
    assert record is None
    assert [str(problem) for problem in problems] == [
        "2021.yaml:1:1: 文件读不出来（没有这个文件或文件夹），请检查文件是否存在、是否有权限"
    ]
