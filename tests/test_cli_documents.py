"""import, export and blank on the command line: what is written, told and left alone."""

import re
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import docx
import openpyxl
import pytest

from generator import cli, cli_shared, cli_site
from generator.yaml import YamlFile

ROOT = Path(__file__).resolve().parents[1]
RECORD = Path("data/records/990001/shili-minzheng/2022.yaml")
IDENTITY = "990001/shili-minzheng/2022"


class Result(NamedTuple):
    status: object
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(
    example_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs the command beside the example data; what it lets through fails the test."""
    monkeypatch.chdir(example_data.parent)
    for module in (cli_site, cli_shared):
        monkeypatch.setattr(module, "CHECKOUT", example_data.parent / "nowhere")

    def run(*arguments: str) -> Result:
        monkeypatch.setattr(sys, "argv", ["gongkai", *arguments])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        return Result(caught.value.code, *capsys.readouterr())

    return run


def files() -> list[str]:
    return sorted(path.name for path in Path().iterdir() if path.name != "data")


# --- export ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "txt"])
def test_what_is_exported_can_be_imported(run: Run, kind: str) -> None:
    name = f"990001-shili-minzheng-2022.{kind}"
    assert run("export", IDENTITY, "--to", kind) == (0, f"写好了 {name}\n", "")
    before = RECORD.read_bytes()
    # a key that is missing is one that is empty, and ticks are the same in any order
    status, out, err = run("import", name, "--to", IDENTITY)
    assert (status, out) == (0, f"{RECORD} 里已有同样的内容，没有改动\n")
    assert "不同" not in err
    assert RECORD.read_bytes() == before
    RECORD.unlink()
    status, out, err = run("import", name, "--to", IDENTITY)
    assert (status, out) == (0, f"写好了 {RECORD}\n")
    assert "附件3  基础数据表2022  表式文字 100% 相符" in err
    assert "未识别" not in RECORD.read_text(encoding="utf-8")
    assert (
        "[格式]" not in run("check", str(RECORD)).err
    )  # what its own figures say is another matter


def test_a_pdf_is_exported(run: Run) -> None:
    status, out, _ = run("export", IDENTITY, "--to", "pdf", "--output", "甲.pdf")
    assert (status, out) == (0, "写好了 甲.pdf\n")
    assert Path("甲.pdf").read_bytes().startswith(b"%PDF-")


def test_only_the_parts_that_are_asked_for_are_exported(run: Run) -> None:
    run("export", IDENTITY, "--to", "txt", "--part", "附件4", "--output", "甲.txt")
    text = Path("甲.txt").read_text(encoding="utf-8")
    assert "附件4" in text
    assert "附件3" not in text.partition("核对说明")[0]
    status, _, err = run("export", IDENTITY, "--to", "txt", "--part", "附件9", "--output", "乙.txt")
    assert (status, err) == (1, "错误：记录里没有“附件9”，有：元数据、附件3、附件4、审签\n")
    assert files() == ["甲.txt"]


SCHOOLS = "990001/shili-jiaoyu/2022"
ANSWERS = """
核对说明:
  - {规则: B13, 位置: 附件1, 说明: 系统按三位小数导出。, 日期: 2024年5月6日}
  - {规则: B13, 位置: 附件2, 说明: 与附件1一致。, 日期: 2024年5月7日}
审核: {状态: 已发布, 一审: {日期: 2024年5月6日, 意见: 通过, 审核人: 欧阳*}}
"""


def with_answers(answers: str = ANSWERS) -> Path:
    path = Path(f"data/records/{SCHOOLS}.yaml")
    disclosed = path.read_text(encoding="utf-8").partition("\n审核:\n")[0]
    path.write_text(f"{disclosed}\n{answers}", encoding="utf-8")
    return path


def test_answers_to_findings_stand_beside_the_figures(run: Run) -> None:
    with_answers()
    run("export", SCHOOLS, "--to", "txt", "--output", "甲.txt")
    lines = Path("甲.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "〔注" in line] == [
        "201.346〔注1〕 |",
        "168.346〔注1〕 |",
        "其中:基本支出:868.354〔注2〕 |",
        "项目支出:201.346〔注2〕 |",
    ]
    remarks = lines[lines.index("核对说明") :]
    assert len([line for line in remarks if line.endswith("（规则 B13）")]) == 2
    assert "附件1/项目支出明细/1/决算数：“168.346”" in remarks
    assert "系统按三位小数导出。（2024年5月6日）" in remarks
    assert "欧阳" not in "".join(lines)
    assert "未公开预览" not in "".join(lines)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "txt"])
def test_an_export_with_answers_can_be_imported(run: Run, kind: str) -> None:
    path = with_answers()
    before = path.read_bytes()
    assert run("export", SCHOOLS, "--to", kind, "--output", f"甲.{kind}").status == 0
    status, out, err = run("import", f"甲.{kind}", "--to", SCHOOLS)
    assert (status, out) == (0, f"{path} 里已有同样的内容，没有改动\n")
    assert "核对说明 2 条和文中的标记是导出时加的" in err
    assert "像是导出时加的标记" not in err
    assert "没有认出" not in err
    assert path.read_bytes() == before


def test_parts_bring_the_answers_that_are_about_them(run: Run) -> None:
    with_answers()
    run("export", SCHOOLS, "--to", "txt", "--part", "附件2", "--output", "甲.txt")
    text = Path("甲.txt").read_text(encoding="utf-8")
    assert "\n注2　" in text  # the number that it has on the page
    assert "注1" not in text
    run("export", SCHOOLS, "--to", "txt", "--part", "附件3", "--output", "乙.txt")
    assert "核对说明" not in Path("乙.txt").read_text(encoding="utf-8")


def test_what_is_not_public_yet_says_so(run: Run) -> None:
    text = RECORD.read_text(encoding="utf-8")
    RECORD.write_text(text.replace("状态: 已发布", "状态: 草稿"), encoding="utf-8")
    run("export", IDENTITY, "--to", "txt", "--output", "甲.txt")
    first = Path("甲.txt").read_text(encoding="utf-8").partition("\n")[0]
    assert first == "未公开预览：状态是“草稿”，请勿传播"


def test_what_was_withdrawn_is_not_exported(run: Run) -> None:
    with_answers("\n审核: {状态: 已撤回, 撤回日期: 2024年5月6日, 撤回原因: 有误}\n")
    status, out, err = run("export", SCHOOLS, "--to", "txt")
    assert (status, out) == (1, "")
    assert err.startswith("错误：这份记录已撤回，不能再导出；")
    assert files() == []


def test_a_file_that_is_there_is_not_replaced_unless_it_is_said(run: Run) -> None:
    Path("甲.docx").write_text("旧", encoding="utf-8")
    arguments = ("export", IDENTITY, "--to", "docx", "--output", "甲.docx")
    status, out, err = run(*arguments)
    assert (status, out) == (1, "")
    assert re.fullmatch("错误：已有文件 甲.docx，.*\n", err)
    assert Path("甲.docx").read_text(encoding="utf-8") == "旧"
    assert run(*arguments, "--force").status == 0
    assert Path("甲.docx").read_bytes().startswith(b"PK")
    assert files() == ["甲.docx"]


def test_a_record_with_mistakes_is_not_exported(run: Run) -> None:
    text = RECORD.read_text(encoding="utf-8")
    RECORD.write_text(text.replace("编制人数: 12", "编制人数: 12人"), encoding="utf-8")
    status, out, err = run("export", IDENTITY, "--to", "docx")
    assert (status, out) == (1, "")
    assert "“12人”：只写数字" in err
    assert files() == []


# --- blank ----------------------------------------------------------------------------------------


def test_a_blank_word_form_is_made(run: Run) -> None:
    assert run("blank", "项目支出自评表", "--to", "docx").out == "写好了 项目支出自评表.docx\n"
    table = docx.Document("项目支出自评表.docx").tables[0]
    assert table.rows[0].cells[0].text == "项目名称"
    assert [row.cells[1].text for row in table.rows].count("") >= 5  # rows for indicators


def test_a_blank_excel_form_is_made(run: Run) -> None:
    run("blank", "基础数据表2022", "--to", "xlsx")
    sheet = openpyxl.load_workbook(BytesIO(Path("基础数据表2022.xlsx").read_bytes())).active
    assert sheet is not None
    assert "编制人数" in [cell.value for row in sheet.iter_rows() for cell in row]
    (choice,) = [each for each in sheet.data_validations.dataValidation if "优" in each.formula1]
    assert choice.formula1 == '"优,良,中,差"'


def test_a_blank_record_is_made(run: Run) -> None:
    run("blank", "信息头六项", "--to", "yaml")
    assert YamlFile.read(Path("信息头六项.yaml")).root == {
        "元数据": {
            "表式": "信息头六项",
            **dict.fromkeys(["索引号", "发文机构", "公开目录", "主题分类", "文号", "发文日期"], ""),
        }
    }


@pytest.mark.parametrize("name", ["基础数据表2022", "自评报告", "部门整体支出自评表"])
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_form_that_was_not_filled_is_recognised(run: Run, name: str, kind: str) -> None:
    run("blank", name, "--to", kind)
    status, out, err = run("import", f"{name}.{kind}")
    assert status == 0
    assert f"  附件1  {name}  表式文字 100% 相符" in err
    assert "未识别" not in out


# --- import ---------------------------------------------------------------------------------------

PAGE = ROOT / "tests" / "portal" / "430524-xingzheng-shenpi-2022.txt"


@pytest.fixture
def page(run: Run) -> Path:
    """The sample page as one of the fictional county's."""
    path = Path("页面.txt")
    text = PAGE.read_text(encoding="utf-8").replace("隆回县行政审批服务局", "示例县水利局")
    path.write_text(text, encoding="utf-8")
    return path


SHUILI = Path("data/records/990001/shili-shuili/2022.yaml")


def test_without_a_place_the_record_is_only_shown(run: Run, page: Path) -> None:
    status, out, err = run("import", str(page))
    assert status == 0
    assert out.startswith(
        "# yaml-language-server: $schema=../../../record.schema.json\n\n元数据:\n"
    )
    assert YamlFile(Path("x"), out).root
    assert "  页面.txt 第 12 行  附件3/编制人数：35\n" in err
    assert err.endswith("只显示，没有写入；写入请加 --to 990001/shili-shuili/2022\n")
    assert not SHUILI.exists()


def test_a_record_is_written(run: Run, page: Path) -> None:
    status, out, _ = run("import", str(page), "--to", "990001/shili-shuili/2022")
    assert (status, out) == (0, f"写好了 {SHUILI}\n")
    assert "\n附件3:\n  表式: 基础数据表2022\n" in SHUILI.read_text(encoding="utf-8")
    again = run("import", str(page), "--to", "990001/shili-shuili/2022.yaml")
    assert (again.status, again.out) == (0, f"{SHUILI} 里已有同样的内容，没有改动\n")


def test_differences_are_shown_and_written_only_when_it_is_said(run: Run, page: Path) -> None:
    run("import", str(page), "--to", "990001/shili-shuili/2022")
    written = SHUILI.read_text(encoding="utf-8")
    edited = written.replace("  实有人数: 34", "  # 核对过\n  实有人数: 33  # 有一人调出")
    edited = edited.replace("  索引号:", "  索引号: 甲-1")
    SHUILI.write_text(edited, encoding="utf-8")
    status, out, err = run("import", str(page), "--to", "990001/shili-shuili/2022")
    assert (status, out) == (1, "")
    assert "有 1 处不同（已有 → 原件）：\n  附件3/实有人数：33 → 34\n" in err
    assert SHUILI.read_text(encoding="utf-8") == edited
    status, out, _ = run("import", str(page), "--to", "990001/shili-shuili/2022", "--merge")
    assert (status, out) == (0, f"已写入 {SHUILI}\n")
    assert SHUILI.read_text(encoding="utf-8") == edited.replace("人数: 33", "人数: 34")


def test_another_year_is_refused(run: Run, page: Path) -> None:
    status, out, err = run("import", str(page), "--to", "990001/shili-shuili/2021")
    assert (status, out) == (1, "")
    assert err.endswith("错误：原件是 2022 年度的，--to 写的是 2021，请核对；没有写入\n")
    assert not SHUILI.with_name("2021.yaml").exists()


def test_what_is_not_understood_is_written_and_does_not_pass(run: Run, page: Path) -> None:
    page.write_text("阅读量 12\n" + page.read_text(encoding="utf-8"), encoding="utf-8")
    status, out, err = run("import", str(page), "--to", "990001/shili-shuili/2022")
    assert (status, out) == (1, f"写好了 {SHUILI}\n")
    assert "  - 位置: 页面.txt 第 1 行\n    原文: 阅读量 12\n" in SHUILI.read_text(encoding="utf-8")
    assert "导入时没有认出的文字" in err
    assert run("check", str(SHUILI)).status == 1


def test_personal_data_does_not_get_into_the_record(run: Run, page: Path) -> None:
    mobile = "139" + "0000" + "9471"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("139****9471", mobile).replace("黄*", "黄某"), encoding="utf-8")
    status, _, err = run("import", str(page), "--to", "990001/shili-shuili/2022")
    assert status == 0
    assert "手机号码已改为 139****9471" in err
    assert "姓名已改为 黄*" in err
    assert mobile not in err
    assert mobile not in SHUILI.read_text(encoding="utf-8")
    assert "黄某" not in SHUILI.read_text(encoding="utf-8") + err


def test_a_document_of_no_known_form_is_told(run: Run) -> None:
    Path("通知.txt").write_text("通知\n各单位:\n品名 | 数量 | ||\n桌 | 3 | ||\n", encoding="utf-8")
    status, out, err = run("import", "通知.txt", "--to", "990001/shili-shuili/2022")
    assert (status, out) == (1, "")
    assert err.startswith("错误：没有认出任何表式，没有写入；")
    assert not SHUILI.exists()


def test_all_files_that_cannot_be_read_are_told(run: Run) -> None:
    Path("甲.docx").write_bytes(b"\x89PNG\r\n\x1a\n")
    Path("乙.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    status, out, err = run("import", "甲.docx", "乙.png", "丙.docx")
    assert (status, out) == (1, "")
    lines = err.splitlines()
    assert [line.split(": ")[0] for line in lines[:-1]] == ["丙.docx", "乙.png", "甲.docx"]
    assert "没有这个文件" in lines[0]
    assert lines[-1] == "错误：有 3 个文件读不出来，没有写入"


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["import"], 2, "用法不对：缺少 '文件…'。请看 gongkai import --help\n"),
        (
            ["import", "x.txt", "--to", "shili"],
            2,
            "用法不对：'--to' “shili”应写成 地区/单位/年度，如 430524/xingzheng-shenpi/2022。"
            "请看 gongkai import --help\n",
        ),
        (
            ["import", "x.txt", "--to", "990001/nobody/2022"],
            1,
            "错误：单位 990001/nobody 没有登记，请先在 data/regions/990001.yaml 中登记\n",
        ),
        (
            ["import", "x.txt", "--form", "没有"],
            1,
            re.compile("错误：没有表式“没有”，可以写：.*基础数据表2022.*\n"),
        ),
        (
            ["export", IDENTITY, "--to", "rtf"],
            2,
            "用法不对：'--to' “rtf”不认识，可以写：docx、xlsx、html、txt、pdf。"
            "请看 gongkai export --help\n",
        ),
        (
            ["export", "990001/shili-minzheng/1999", "--to", "txt"],
            1,
            "data/records/990001/shili-minzheng/1999.yaml:1:1: 没有这个文件或文件夹，请检查路径\n"
            "共 1 处需要改正。\n",
        ),
        (
            ["blank", "没有", "--to", "docx"],
            1,
            re.compile("错误：没有表式“没有”，可以写：.*\n"),
        ),
    ],
)
def test_wrong_usage_is_told(
    run: Run, arguments: list[str], status: int, message: str | re.Pattern[str]
) -> None:
    result = run(*arguments)
    assert (result.status, result.out) == (status, "")
    if isinstance(message, str):
        assert result.err == message
    else:
        assert message.fullmatch(result.err)
    assert files() == []


# --- a record that is there, and documents that are not quite its ---


@pytest.fixture
def record(run: Run, page: Path) -> Path:
    run("import", str(page), "--to", "990001/shili-shuili/2022")
    return SHUILI


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def merge(run: Run, page: Path) -> Result:
    return run("import", str(page), "--to", "990001/shili-shuili/2022", "--merge")


def test_what_is_open_since_an_earlier_import_stays(run: Run, page: Path) -> None:
    edit(page, "", "阅读量 12\n")
    run("import", str(page), "--to", "990001/shili-shuili/2022")
    edit(page, "阅读量 12", "阅读量 13")
    merge(run, page)
    open_ = "未识别:\n  - 位置: 页面.txt 第 1 行\n    原文: 阅读量 12\n"
    more = "  - 位置: 页面.txt 第 1 行\n    原文: 阅读量 13\n"
    assert SHUILI.read_text(encoding="utf-8").endswith(open_ + more)
    before = SHUILI.read_bytes()
    assert merge(run, page).out == f"{SHUILI} 里已有同样的内容，没有改动\n"
    assert SHUILI.read_bytes() == before


def test_line_ends_and_mark_of_the_record_stay(run: Run, page: Path, record: Path) -> None:
    edit(record, "编制人数: 35", "编制人数: 33")
    marked = b"\xef\xbb\xbf" + record.read_bytes().replace(b"\n", b"\r\n")
    record.write_bytes(marked)
    assert merge(run, page).status == 0
    assert record.read_bytes() == marked.replace("数: 33".encode(), "数: 35".encode())


def test_an_attachment_without_a_label_goes_where_it_was(
    run: Run, page: Path, record: Path
) -> None:
    edit(page, "附件3", "")
    assert merge(run, page).out == f"{record} 里已有同样的内容，没有改动\n"


PROJECTS = """\
名称: 项目表
金额单位: 万元
版面:
  - 标题: "{年度}年度项目情况表"
  - 列宽: [1, 1, 1]
    表格:
      - [项目名称, 项目金额, 完成情况]
      - 重复: 项目
        一行: ["{项目/名称}", "{项目/金额}", "{项目/完成情况}"]
      - [备注说明, "{备注}"]
填空:
  年度: 年度
  项目/名称: 文本
  项目/金额: 金额
  项目/完成情况: 文本
  备注: 文本
"""
PROJECT_RECORD = """\
附件1:
  表式: 项目表
  项目:
    - 名称: 桥梁
      金额: 1.00
      完成情况: 完成  # 已核对
    - 名称: 水渠
      金额: 2.00
      完成情况:
  备注: 无
"""


def test_rows_that_the_document_lacks_are_kept_and_told(run: Run) -> None:
    Path("data/forms/项目表.yaml").write_text(PROJECTS, encoding="utf-8")
    SHUILI.parent.mkdir(parents=True)
    SHUILI.write_text(PROJECT_RECORD, encoding="utf-8")
    run("export", "990001/shili-shuili/2022", "--to", "docx", "--output", "甲.docx")
    edit(SHUILI, "    - 名称: 水渠", "    - 名称: 泵站\n      金额: 5.00\n    - 名称: 水渠")
    before = SHUILI.read_text(encoding="utf-8")
    status, out, err = merge(run, Path("甲.docx"))
    assert (status, out) == (0, f"{SHUILI} 里已有原件的全部内容，没有改动\n")
    assert "  附件1/项目第2行：原件里没有这一行，已保留（泵站，5.00）\n" in err
    assert SHUILI.read_text(encoding="utf-8") == before
    edit(SHUILI, "金额: 2.00", "金额: 3.00")
    assert merge(run, Path("甲.docx")).out == f"已写入 {SHUILI}\n"
    assert SHUILI.read_text(encoding="utf-8") == before


def test_documents_of_another_unit_are_refused(run: Run, page: Path, record: Path) -> None:
    before = record.read_bytes()
    status, out, err = run("import", str(page), "--to", "990001/shili-jiaoyu/2022")
    assert (status, out) == (1, "")
    assert err.endswith(
        "错误：原件是示例县水利局的，--to 写的是 990001/shili-jiaoyu（示例县教育局），"
        "请核对；没有写入\n"
    )
    other = Path("民政.txt")
    text = page.read_text(encoding="utf-8")
    other.write_text(text.replace("示例县水利局", "示例县民政和救助局"), encoding="utf-8")
    status, out, err = run(
        "import", str(page), str(other), "--to", "990001/shili-shuili/2022", "--merge"
    )
    assert (status, out) == (1, "")
    assert "错误：原件是示例县水利局、示例县民政局的，" in err
    assert record.read_bytes() == before
    assert run("import", str(page), str(other)).err.endswith("--to 地区/单位/2022\n")


def test_the_same_file_twice_is_one(run: Run, page: Path) -> None:
    assert run("import", str(page), f"./{page}").out == run("import", str(page)).out


def test_files_of_one_name_are_told_apart(run: Run, page: Path) -> None:
    Path("子").mkdir()
    text = page.read_text(encoding="utf-8")
    Path("子/页面.txt").write_text(text.replace("35 |", "36 |"), encoding="utf-8")
    err = run("import", str(page), "子/页面.txt").err
    assert "（页面.txt）" in err
    assert "（子/页面.txt）" in err


def test_a_named_form_that_is_not_there_is_told(run: Run, page: Path) -> None:
    status, out, err = run("import", str(page), "--form", "三公经费表")
    assert (status, out) == (1, "")
    assert err.startswith("错误：文件里没有找到“三公经费表”，没有写入；")


def test_full_names_are_never_told(run: Run, page: Path) -> None:
    edit(page, "填报人:黄*", "填报人:黄小明")
    edit(page, "", "制表人：李小红（办公室）\n")
    status, out, err = run("import", str(page))
    assert status == 0
    assert "姓名已改为 李**（办公室）" in err
    assert "填报人: 黄**\n" in out
    assert not any(name in out + err for name in ("黄小明", "李小红"))


def test_an_export_is_named_by_its_parts(run: Run) -> None:
    arguments = ("export", IDENTITY, "--to", "txt", "--part", "附件3", "--part", "审签")
    assert run(*arguments).out == "写好了 990001-shili-minzheng-2022-附件3-审签.txt\n"


MINZHENG_3000 = "990001/shili-minzheng/3000"
# arguments, what is wrong with them
WRONG_USE = [
    (["import", "x.txt", "--to"], "选项 --to 后面缺少值，或多写了值"),
    (["import", ""], "'文件…' 是空的，请写文件的路径"),
    (["import", "x.txt", "--merge"], "--merge 要和 --to 一起用，写明合到哪份记录"),
    (
        ["import", "x.txt", "--to", MINZHENG_3000],
        f"'--to' “{MINZHENG_3000}”的年度应在 1900 和 2099 之间",
    ),
    (
        ["export", IDENTITY, "--to", "docx", "--output", "甲.xlsx"],
        "--output 写的是 .xlsx 文件，--to 写的是 docx，请改成一样的",
    ),
    (
        ["blank", "三审", "--to", "docx", "--output", "data"],
        "--output data 是一个文件夹，请写上文件名",
    ),
]


@pytest.mark.parametrize(("arguments", "wrong"), WRONG_USE)
def test_what_cannot_be_meant_is_told(run: Run, arguments: list[str], wrong: str) -> None:
    help_ = f"请看 gongkai {arguments[0]} --help"
    assert run(*arguments) == (2, "", f"用法不对：{wrong}。{help_}\n")
    assert files() == []


def test_the_unit_that_may_be_meant_is_offered(run: Run) -> None:
    assert run("import", "x.txt", "--to", "990001/shili-minzhen/2022") == (
        1,
        "",
        "错误：单位 990001/shili-minzhen 没有登记，是不是 990001/shili-minzheng？"
        "如果是新的单位，请先在 data/regions/990001.yaml 中登记\n",
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("三公经费", "是不是“三公经费表”？"),
        ("部门整体支出绩效自评基础数据表", "是不是“基础数据表2022”？"),
        ("信息公开元数据表", "是不是“信息公开元数据”或“信息头两行三列”或“信息头六项”？"),
    ],
)
def test_the_form_that_may_be_meant_is_offered(run: Run, name: str, hint: str) -> None:
    status, _, err = run("blank", name, "--to", "docx")
    assert status == 1
    assert err.startswith(f"错误：没有表式“{name}”，{hint}可以写：")
