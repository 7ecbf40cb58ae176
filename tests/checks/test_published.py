"""A record that was public does not change without a word, and does not vanish."""

from pathlib import Path

import pytest

from generator.checks.published import changed_silently
from generator.records.review import content_code
from generator.yaml import YamlFile

PART = "附件1:\n  表式: 三公经费表\n  单位名称: 示例县民政局\n  公务接待费: {{决算数: {amount}}}\n"


def record(amount: str, status: str = "已发布", corrections: int = 0, code: str = "") -> str:
    part = PART.format(amount=amount)
    root = YamlFile(Path("2022.yaml"), part).root
    assert isinstance(root, dict)
    text = f"审核:\n  状态: {status}\n  校验码: {code or content_code(root)}\n{part}"
    if corrections:
        text += "更正说明:\n" + "  - {日期: 2024-05-06, 说明: 改正金额}\n" * corrections
    return text


@pytest.mark.parametrize(
    ("before", "now", "line", "words"),
    [
        (record("1.36"), record("1.37"), 3, "公布后内容有改动，校验码也跟着改了"),
        (record("1.36"), record("1.36", "草稿"), 2, "状态不能改成“草稿”"),
        (record("1.36"), None, 1, "公开过，不能删除"),
        (record("1.36", corrections=1), record("1.37", corrections=1), 3, "更正说明"),
        (record("1.36", corrections=2), record("1.36", corrections=1), 8, "不能改、不能删"),
        (record("1.36", corrections=1), record("1.36"), 1, "不能改、不能删"),
        (record("1.36", "已撤回"), None, 1, "公开过，不能删除"),
        (record("1.36", "已撤回"), record("1.36"), 2, "撤回以后再公开"),
    ],
)
def test_what_is_told(before: str, now: str | None, line: int, words: str, tmp_path: Path) -> None:
    path = tmp_path / "2022.yaml"
    if now is not None:
        path.write_text(now, encoding="utf-8")
    finding = changed_silently(path, before)
    assert finding is not None
    assert (finding.rule, finding.place.line, finding.stops) == ("K4", line, True)
    assert words in finding.message


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (record("1.36"), record("1.36")),
        (record("1.36"), record("1.37", corrections=1)),
        (record("1.36"), record("1.37", "已撤回")),
        (record("1.36"), record("1.37", code="aaaaaaaaaaaa")),  # the record's own rule tells it
        (record("1.36", "已撤回"), record("1.36", corrections=1)),
        (record("1.36", "草稿"), record("1.37")),
        (record("1.36", "草稿"), None),
        (record("1.36"), "审核: ["),
        ("附件1: [", record("1.37")),
        ("", record("1.37")),
    ],
)
def test_what_is_fine(before: str, now: str | None, tmp_path: Path) -> None:
    path = tmp_path / "2022.yaml"
    if now is not None:
        path.write_text(now, encoding="utf-8")
    assert changed_silently(path, before) is None
