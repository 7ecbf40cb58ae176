"""The commands check and rules: formats, what git says has changed, exit statuses."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.test_cli import RECORD, Run, break_record, here, run

__all__ = ["here", "run"]  # fixtures

REVIEWED = Path("data/records/990001/shili-jiaoyu/2021.yaml")


@pytest.fixture
def repository(here: Path) -> Path:
    """The example in git, with one commit."""
    git("init", "-q")
    git("add", "data")
    git("commit", "-q", "-m", "first")
    return here


def git(*words: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.invalid")
    subprocess.run(["git", *who, *words], check=True, capture_output=True)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# --- Formats --------------------------------------------------------------------------------------


def test_formats_for_programs_go_to_standard_output(run: Run, here: Path) -> None:
    break_record()
    status, out, err = run("check", "--format", "json")
    assert (status, err) == (1, "")
    found = json.loads(out)
    assert [each["rule"] for each in found["findings"] if each["severity"] == "error"][-1] == "格式"
    assert json.loads(run("check", "--format", "sarif").out)["version"] == "2.1.0"
    assert f"::error file={RECORD},line=" in run("check", "--format", "github").out
    assert run("check", "--format", "html").out.startswith("<!doctype html>")


def test_the_result_may_go_to_a_file(run: Run, here: Path) -> None:
    status, out, err = run("check", "--format", "html", "--output", "检查结果.html")
    assert (status, out, err) == (0, "", "")
    assert "<!doctype html>" in Path("检查结果.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["json", "sarif"])
def test_what_all_depend_on_is_told_in_the_format_asked_for(
    kind: str, run: Run, here: Path
) -> None:
    change(Path("data/regions/990001.yaml"), "名称: 示例县", "名称：示例县")
    status, out, err = run("check", "--format", kind)
    assert (status, err) == (1, "")
    assert "冒号是全角的" in out
    json.loads(out)


def test_a_format_that_is_none_is_told(run: Run, here: Path) -> None:
    status, out, err = run("check", "--format", "xml")
    assert (status, out) == (2, "")
    assert "应是 text、json、github、sarif、html 之一" in err


def test_answered_findings_are_shown_when_asked_for(run: Run, here: Path) -> None:
    assert "（已说明）" not in run("check").err
    told = run("check", "--verbose").err
    assert "错误（已说明）[E1]" in told
    assert "各条规则的结果（次）：不通过" in told


def test_the_same_text_each_time(run: Run, here: Path) -> None:
    first = run("check", "--verbose")
    shutil.rmtree(".cache")
    assert run("check", "--verbose", "--jobs", "1") == first
    assert run("check", "--verbose") == first


# --- Exit status ----------------------------------------------------------------------------------


def test_warnings_fail_only_when_strict(run: Run, here: Path) -> None:
    change(Path(RECORD), "  - 规则: F1\n    说明: 公开的是预算。\n    日期: 2023-05-11\n", "")
    status, out, err = run("check")
    assert status == 0
    assert "警告[F1]" in err
    status, out, err = run("check", "--strict")
    assert (status, out) == (1, "")
    assert err.endswith("有警告，按 --strict 不算通过。\n")


def test_an_answered_error_does_not_fail(run: Run, here: Path) -> None:
    assert run("check", "--strict").status == 0
    change(
        Path(RECORD), "  - 规则: E1\n    说明: 虚构的记录，没有选全。\n    日期: 2023-05-11\n", ""
    )
    status, _, err = run("check")
    assert status == 1
    assert "错误[E1]" in err
    assert err.endswith("共 1 处需要改正。\n")


# --- What git says has changed --------------------------------------------------------------------


def test_without_a_change_nothing_is_checked(run: Run, repository: Path) -> None:
    assert run("check", "--changed-since", "HEAD")[:2] == (
        0,
        "检查了 0 份记录，没有必须改正的问题。\n",
    )


def test_a_changed_record_brings_that_of_the_next_year(run: Run, repository: Path) -> None:
    change(Path("data/records/990001/shili-minzheng/2021.yaml"), "# 虚构", "# 全是虚构")
    assert "检查了 2 份记录" in run("check", "--changed-since", "HEAD").out
    git("commit", "-q", "-a", "-m", "second")
    assert "检查了 0 份记录" in run("check", "--changed-since", "HEAD").out
    assert "检查了 2 份记录" in run("check", "--changed-since", "HEAD~1").out


def test_a_new_record_is_changed(run: Run, repository: Path) -> None:
    new = Path("data/records/990001/shili-jiaoyu/2019.yaml")
    shutil.copy(REVIEWED, new)
    status, _, err = run("check", "--changed-since", "HEAD")
    assert f"{new}:" in err
    assert status == 1  # its 索引号 and dates are those of 2021


@pytest.mark.parametrize("name", ["forms/自评报告.yaml", "checks/用词.yaml", "regions/990001.yaml"])
def test_a_change_of_what_all_depend_on_brings_all(name: str, run: Run, repository: Path) -> None:
    path = Path("data") / name
    path.write_text(path.read_text(encoding="utf-8") + "# 改\n", encoding="utf-8")
    assert "检查了 5 份记录" in run("check", "--changed-since", "HEAD").out


def test_a_published_record_that_is_taken_away_is_told(run: Run, repository: Path) -> None:
    REVIEWED.unlink()
    status, _, err = run("check", "--changed-since", "HEAD")
    assert status == 1
    assert f"{REVIEWED}:1:1: 错误[K4] 这份记录公开过，不能删除" in err


def test_a_change_that_changes_the_code_along_is_told(run: Run, repository: Path) -> None:
    change(REVIEWED, "公开形式: 政府网站", "公开形式: 政府公报")
    _, _, err = run("check", str(REVIEWED))
    code = err.partition("校验码: ")[2][:12]
    old = REVIEWED.read_text(encoding="utf-8").partition("校验码: ")[2][:12]
    change(REVIEWED, old, code)
    assert run("check", str(REVIEWED)).status == 0  # the file alone does not tell
    status, _, err = run("check", "--changed-since", "HEAD")
    assert status == 1
    assert "校验码也跟着改了" in err


@pytest.mark.parametrize(
    ("since", "words"),
    [("nowhere", "git 里没有“nowhere”这个版本"), ("--help", "不是 git 的版本")],
)
def test_a_version_that_is_none_is_told(since: str, words: str, run: Run, repository: Path) -> None:
    status, out, err = run("check", f"--changed-since={since}")
    assert (status, out) == (1, "")
    assert words in err


def test_outside_of_git_it_is_told(run: Run, here: Path) -> None:
    status, out, err = run("check", "--changed-since", "HEAD")
    assert (status, out) == (1, "")
    assert "不在 git 仓库里" in err


# --- rules ----------------------------------------------------------------------------------------


def test_rules_are_listed_and_explained(run: Run, here: Path) -> None:
    status, out, err = run("rules")
    assert (status, err) == (0, "")
    assert len(out.splitlines()) >= 87
    assert "C2   错误  表和报告里的三公经费相同（规则）" in out
    one = run("rules", "c2").out
    assert "不符合的例子：" in one
    assert "依据：" in one


def test_a_rule_that_is_none_is_told(run: Run, here: Path) -> None:
    status, out, err = run("rules", "Z9")
    assert (status, out) == (1, "")
    assert err == "错误：没有编号为“Z9”的规则，gongkai rules 列出全部编号\n"
