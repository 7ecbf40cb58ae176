"""`gongkai form check`: what drawers of forms are told, and where."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from generator import cli

GOOD = """\
名称: 样表
版面:
  - 标题: "{年度}年样表"
  - 列宽: [1, 1]
    表格:
      - [人数, "{人数}"]
填空:
  年度: 年度
  人数: 整数
"""


class Result(NamedTuple):
    status: object
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Run:
    """Runs the command in a folder without data, with its own exit status."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Result:
        monkeypatch.setattr(sys, "argv", ["gongkai", "form", "check", *arguments])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        return Result(caught.value.code, *capsys.readouterr())

    return run


def write(text: str, name: str = "样表.yaml") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_a_good_form_is_told_in_one_line(check: Run) -> None:
    assert check(write(GOOD)) == (0, "表式“样表”没有问题：1 个填空，1 张表（附件用）。\n", "")


@pytest.mark.parametrize("use", ["元数据", "审签"])
def test_what_the_form_is_for_is_told(use: str, check: Run) -> None:
    line = f"表式“样表”没有问题：1 个填空，1 张表（{use}用）。\n"
    assert check(write(f"用于: {use}\n{GOOD}")) == (0, line, "")


def test_mistakes_stop(check: Run) -> None:
    name = write(GOOD.replace('"{人数}"', '"{人}"'))
    assert check(name) == (
        1,
        "",
        "样表.yaml:6:15: 填空“人”没有类型，请在“填空”里写明\n"
        "样表.yaml:9:3: 填空“人数”没有画在版面里\n"
        "共 2 处需要改正。\n",
    )


def test_advice_does_not_stop(check: Run) -> None:
    name = write(GOOD.replace("  - 标题: ", "  - 行: "))
    assert check(name) == (
        0,
        "表式“样表”可以使用：1 个填空，1 张表（附件用）；有 1 处提示，请看看要不要改。\n",
        "样表.yaml:2:1: 提示：没有“标题”：读填好的文件时要靠标题认出是哪张表，请画上\n",
    )


def test_several_forms_are_told_in_one_run(check: Run) -> None:
    good, other = write(GOOD), write(GOOD, "乙.yaml")
    assert check(good, other).out == (
        "表式“样表”没有问题：1 个填空，1 张表（附件用）。\n"
        "表式“乙”没有问题：1 个填空，1 张表（附件用）。\n"
    )
    advised = write(GOOD.replace("  - 标题: ", "  - 行: "), "丙.yaml")
    bad = write("名称: 丁\n", "丁.yaml")
    status, out, err = check(good, advised, bad, "none.yaml")
    assert (status, out) == (1, "")
    assert err.splitlines() == [
        "none.yaml:1:1: 文件读不出来（没有这个文件或文件夹），请检查文件是否存在、是否有权限",
        "丁.yaml:1:1: 缺少“版面”",
        "丙.yaml:2:1: 提示：没有“标题”：读填好的文件时要靠标题认出是哪张表，请画上",
        "共 2 处需要改正。",
    ]


def test_what_is_no_form_is_told(check: Run) -> None:
    Path("附件1.docx").write_bytes(b"PK\x03\x04\x14\x00\xe5\xff")
    Path("图片.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    assert check("附件1.docx", "图片.yaml", write(GOOD, "样表.txt")).err.splitlines() == [
        "图片.yaml:1:1: 这不是文字文件（可能是图片、Word 或 Excel 文件），请核对文件名",
        "样表.txt:1:1: 这不是表式文件：表式的文件名以 .yaml 结尾",
        "附件1.docx:1:1: 这不是表式文件：表式的文件名以 .yaml 结尾",
        "共 3 处需要改正。",
    ]


def test_a_folder_is_no_form(check: Run, tmp_path: Path) -> None:
    assert check(str(tmp_path))[0] == 1


def test_wrong_usage_is_told_in_chinese(check: Run) -> None:
    status, out, err = check()
    assert (status, out) == (2, "")
    assert err == "用法不对：缺少 '文件…'。请看 gongkai form check --help\n"
    assert check("--dta")[2] == "用法不对：没有选项 --dta。请看 gongkai form check --help\n"


def test_help_is_in_chinese(check: Run) -> None:
    status, out, err = check("--help")
    assert (status, err) == (0, "")
    assert out.startswith("用法：gongkai form check [选项] 文件…\n")
