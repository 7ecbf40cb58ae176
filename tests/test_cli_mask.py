"""The command mask: what is masked, what is told, and that nothing else is touched.

No personal number stands in this file: each is put together when the tests run.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.checks.privacy import find_numbers
from generator.cli_mask import mask_command
from generator.errors import DataError
from generator.yaml import TextFile

MOBILE = "138" + "0013" + "8000"
MASKED = "138****8000"
HISTORY = "文件如已提交到 git，历史里仍有原来的内容，请告知管理员清理历史。\n"
NONE = "没有需要遮盖的内容"
RECORD = Path("data/records/990001/shili-minzheng/2022.yaml")


class Result(NamedTuple):
    status: int
    out: str


Run = Callable[..., Result]


@pytest.fixture
def run(example_data: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command beside the example data. Raises DataError as the command does."""
    monkeypatch.chdir(example_data.parent)

    def run(*arguments: object) -> Result:
        result = CliRunner().invoke(mask_command, [str(each) for each in arguments])
        if isinstance(result.exception, DataError):
            raise result.exception
        return Result(result.exit_code, result.output)

    return run


def test_numbers_are_masked_and_told(run: Run) -> None:
    Path("甲.txt").write_text(f"一\n电话{MOBILE}，出生于1980年1月2日\n", encoding="utf-8")
    assert run("甲.txt") == Result(
        0,
        f"甲.txt:2:3: 手机号码 → {MASKED}\n"
        f"甲.txt:2:18: 出生日期 → 1980年\n共遮盖 2 处。\n{HISTORY}",
    )
    assert Path("甲.txt").read_text(encoding="utf-8") == f"一\n电话{MASKED}，出生于1980年\n"
    assert run("甲.txt") == Result(0, f"甲.txt: {NONE}\n")


def test_a_file_without_any_is_not_touched(run: Run) -> None:
    before = RECORD.stat()
    assert run(RECORD) == Result(0, f"{RECORD}: {NONE}\n")
    after = RECORD.stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_a_dry_run_only_tells(run: Run) -> None:
    Path("甲.txt").write_text(MOBILE, encoding="utf-8")
    out = f"甲.txt:1:1: 手机号码 → {MASKED}\n共 1 处要遮盖，没有写入。\n{HISTORY}"
    assert run("--dry-run", "甲.txt") == Result(0, out)
    assert Path("甲.txt").read_text(encoding="utf-8") == MOBILE


def record(name: str, phone: str) -> str:
    return (
        "附件3:\n"
        "  表式: 基础数据表2022\n"
        "  三公经费:  # 空的\n"
        f"  填报人: {name}  # 1\n"
        f"  联系电话: {phone}\n"
    )


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("示某某", "示**"),
        ('"示某某"', '"示**"'),
        ("'示 某'", "'示*'"),
        ("示某、例某", "示*、例*"),
        ("|-\n    示某某", "|-\n    示**"),
    ],
)
def test_names_are_masked_by_their_blanks(run: Run, name: str, masked: str) -> None:
    RECORD.write_text(record(name, "0999-8123456"), encoding="utf-8")
    status, out = run(RECORD)
    assert status == 0
    assert re.fullmatch(rf"{RECORD}:[45]:\d+: 姓名 → .*\n共遮盖 1 处。\n{HISTORY}", out)
    assert "某" not in out
    assert RECORD.read_text(encoding="utf-8") == record(masked, "0999-8123456")
    assert run(RECORD).out == f"{RECORD}: {NONE}\n"


@pytest.mark.parametrize("name", ["示*", "", "不适用", "办公室", "欧阳**"])
@pytest.mark.parametrize("phone", ["0999-8123456", "12345", "", MASKED, "不适用"])
def test_what_is_no_name_or_number_stays(run: Run, name: str, phone: str) -> None:
    text = record(name, phone)
    RECORD.write_text(text, encoding="utf-8")
    assert run(RECORD).out == f"{RECORD}: {NONE}\n"
    assert RECORD.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "phone",
    [
        MOBILE,
        f"+86 {MOBILE}",
        f"{MOBILE[:5]} {MOBILE[5:]}",
        f"{MOBILE[:2]}-{MOBILE[2:6]}-{MOBILE[6:]}",
        f"({MOBILE})",
    ],
)
def test_mobile_numbers_are_masked_in_their_blank_however_written(run: Run, phone: str) -> None:
    RECORD.write_text(record("示*", f'"{phone}"'), encoding="utf-8")
    assert "手机号码 → 138****8000" in run(RECORD).out
    assert MASKED in RECORD.read_text(encoding="utf-8")
    assert not re.search("[0-9]{5}", RECORD.read_text(encoding="utf-8").replace("2022", ""))


def test_reviewers_are_masked(run: Run) -> None:
    text = "审核:\n  状态: 待审\n  一审:\n    日期: 2023-05-06\n    审核人: 示某某\n"
    RECORD.write_text(text, encoding="utf-8")
    assert run(RECORD).out.startswith(f"{RECORD}:5:10: 姓名 → 示**\n")
    assert RECORD.read_text(encoding="utf-8") == text.replace("示某某", "示**")


def test_a_name_with_escapes_is_left_to_a_person(run: Run) -> None:
    text = record('"示\\u67d0某"', MOBILE)
    RECORD.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="这里的姓名不能自动遮盖，请改为 示\\*\\*；没有写入"):
        run(RECORD)
    assert RECORD.read_text(encoding="utf-8") == text


def test_a_file_that_is_no_yaml_or_has_faults_is_masked_all_the_same(run: Run) -> None:
    for text in (f"甲: [\n{MOBILE}", f"甲: {MOBILE}\n甲: {MOBILE}\n", record("示*", MOBILE) + "："):
        RECORD.write_text(text, encoding="utf-8")
        assert run(RECORD).status == 0
        assert RECORD.read_text(encoding="utf-8") == text.replace(MOBILE, MASKED)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (f"电话{MOBILE}".encode("gbk"), "文件是 GBK 编码"),
        (b"\xff\xfe1\0", "UTF-16"),
        (None, "文件读不出来"),
    ],
)
def test_nothing_is_written_when_a_file_is_unreadable(
    run: Run, data: bytes | None, message: str
) -> None:
    good, bad = Path("甲.txt"), Path("乙.txt")
    good.write_text(MOBILE, encoding="utf-8")
    if data is not None:
        bad.write_bytes(data)
    with pytest.raises(DataError, match=message):
        run(good, bad)
    assert good.read_text(encoding="utf-8") == MOBILE
    assert data is None or bad.read_bytes() == data


def test_files_named_twice_are_masked_once(run: Run) -> None:
    Path("甲.txt").write_text(MOBILE, encoding="utf-8")
    assert "共遮盖 1 处。" in run("甲.txt", "./甲.txt").out


def test_help_is_in_chinese(run: Run) -> None:
    out = run("--help").out
    assert "遮盖文件里的个人信息" in out
    assert "--dry-run" in out
    assert not re.search("Usage|Options|Show", out)


PIECES = st.lists(
    st.sampled_from(["\r\n", "\n", "\r", "甲", "# 注\t", "𫖯", "\ufeff", " ", "家住示例县东村3组"])
    | st.sampled_from([MOBILE, f"+86 {MOBILE}", "a@example.com", "1980年1月2日出生"])
    | st.text("0123456789 -X", max_size=8),
    max_size=20,
)


def check_all_else_stays(run: Run, pieces: list[str], has_mark: bool) -> None:
    path = Path("甲.txt")
    before = ("\ufeff" * has_mark + "".join(pieces)).encode()
    path.write_bytes(before)
    out = run(path).out
    after = path.read_bytes()
    assert list(find_numbers(TextFile.read(path).text)) == []
    assert (NONE in out) == (after == before)
    assert run(path).out == f"甲.txt: {NONE}\n"
    assert path.read_bytes() == after
    # line ends and every sign that is in nothing personal are where they were
    assert re.findall(b"\r\n|\r|\n", after) == re.findall(b"\r\n|\r|\n", before)
    for sign in ("𫖯", "甲", "注\t", "\ufeff"):
        assert after.count(sign.encode()) == before.count(sign.encode())


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=PIECES, has_mark=st.booleans())
def test_everything_else_stays_byte_for_byte(run: Run, pieces: list[str], has_mark: bool) -> None:
    check_all_else_stays(run, pieces, has_mark)


@pytest.mark.soak
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=PIECES, has_mark=st.booleans())
def test_of_many_files_everything_else_stays_byte_for_byte(
    run: Run, pieces: list[str], has_mark: bool
) -> None:
    check_all_else_stays(run, pieces, has_mark)
