"""Documents whose amounts are in another unit than the form's."""

from pathlib import Path

import pytest

from generator.documents.match.source import SourceText
from generator.documents.money_units import other_units
from generator.forms.file import read_form
from generator.forms.form import Form

FORM = """\
名称: 示例表
{unit}
版面:
  - 行: "收入:{{收入}}"
填空:
  收入: {type}
"""


def form(folder: Path, unit: str) -> Form:
    path = folder / "示例表.yaml"
    text = FORM.format(unit=f"金额单位: {unit}" if unit else "", type="金额" if unit else "数值")
    path.write_text(text, encoding="utf-8")
    return read_form(path)


# the form's unit, a text, the other unit in it
CASES = [
    ("万元", "单位：元", "元"),
    ("万元", "金额单位:元", "元"),
    ("万元", "编报单位：示例局  金 额 单 位 ： 人民币元", "元"),
    ("万元", "金额单位：元  单位名称：示例县民政局", "元"),
    ("万元", "年度收入（元）", "元"),
    ("万元", "年度收入\n(单位：千元)", "千元"),
    ("万元", "单位（亿元）", "亿元"),
    ("元", "金额单位：万元", "万元"),
    ("元", "年度收入（万元）：", "万元"),
    # its own unit, no unit, and what only looks like one
    ("万元", "金额单位：万元", ""),
    ("万元", "年度收入（万元）", ""),
    ("元", "单位：元", ""),
    ("万元", "单位：元坝县财政局", ""),
    ("万元", "单位名称：元", ""),
    ("万元", "每人补助（元）共三人", ""),
    ("万元", "每人补助 500 元", ""),
    ("", "单位：元", ""),
]


@pytest.mark.parametrize(("unit", "text", "other"), CASES)
def test_another_unit_is_told_once(tmp_path: Path, unit: str, text: str, other: str) -> None:
    texts = [SourceText("甲", "甲.docx", "第 1 段"), SourceText(text, "甲.docx", "第 2 段")]
    told = [(each.place, said) for each, said in other_units(texts, form(tmp_path, unit))]
    message = f"这里的单位是{other}，表式里的金额是{unit}，每个金额都要换算，请核对"
    assert told == ([("第 2 段", message)] if other else [])
