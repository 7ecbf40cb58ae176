"""What an import found, as a person is told."""

from pathlib import Path

from generator.documents.importing import Entry, Import, Part
from generator.documents.report import difference_lines, kept_lines, lines_of, report_lines
from generator.forms.file import read_form
from generator.yaml import Node
from generator.yaml.merge import differences

ROOT = Path(__file__).resolve().parents[2]
FORM = read_form(ROOT / "data" / "forms" / "三审.yaml")


def test_everything_is_told_once_and_shortly() -> None:
    result = Import(
        parts=[Part("审签", FORM, 0.876, "甲.docx", {})],
        filled=[Entry("审签/一审", "长" * 100 + "\n文", "甲.docx", "第 1 段")],
        missing=["审签/二审", "审签/三审"],
        doubts=[Entry("审签/一审", "请核对", "甲.docx", "第 1 段")],
        unplaced=[Entry("", "多余\n的", "甲.docx", "第 2 段")],
        masked=[Entry("", "手机号码已改为 1**", "甲.docx", "第 3 段")],
    )
    assert list(report_lines(result)) == [
        "认出 1 张表：",
        "  审签  三审  表式文字 88% 相符（甲.docx）",
        "读入 1 项：",
        f"  甲.docx 第 1 段  审签/一审：{'长' * 39}…",
        "原件里没有的 2 项，已留空：审签/二审、审签/三审",
        "已遮盖 1 处个人信息，原件里的请另行处理：",
        "  甲.docx 第 3 段  手机号码已改为 1**",
        "存疑 1 处，请对照原件：",
        "  甲.docx 第 1 段  审签/一审：请核对",
        "没有认出 1 处，放在记录的“未识别”里，请放到应有的位置或核对后删去：",
        "  甲.docx 第 2 段  多余⏎的",
    ]


def test_nothing_is_said_of_what_there_is_none() -> None:
    result = Import(parts=[Part("审签", FORM, 1.0, "甲.docx", {})])
    assert list(report_lines(result)) == [
        "认出 1 张表：",
        "  审签  三审  表式文字 100% 相符（甲.docx）",
    ]


def test_what_a_person_should_do_is_told_to_the_end() -> None:
    result = Import(doubts=[Entry("审签/一审", "长" * 100, "甲.docx", "第 1 段")])
    assert f"  甲.docx 第 1 段  审签/一审：{'长' * 100}" in report_lines(result)
    assert list(lines_of(result.doubts, is_whole=True)) == [
        f"  甲.docx 第 1 段  审签/一审：{'长' * 100}"
    ]


def test_rows_that_are_kept_are_told() -> None:
    kept: list[tuple[str, Node]] = [("附件1/项目第2行", {"名称": "乙", "金额": "", "情况": "好"})]
    assert list(kept_lines(kept)) == [
        "  附件1/项目第2行：原件里没有这一行，已保留（乙，好）",
    ]


def test_differences_name_both_values() -> None:
    old = {"甲": "1", "乙": "", "丙": ["一"], "丁": [{"戊": "1"}]}
    new = {"甲": "2", "乙": "2", "丙": ["一", "二"], "丁": [{"戊": "2"}], "己": "3"}
    assert list(difference_lines(differences(old, new))) == [
        "  甲：1 → 2",
        "  乙：（空） → 2",
        "  丙：[一] → [一, 二]",
        "  丁/1/戊：1 → 2",
        "  己：（没有） → 3",
    ]
