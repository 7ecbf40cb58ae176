"""Blank records: every blank, empty, with what it takes; the one in `data/` is made of these."""

from pathlib import Path

import pytest

from generator.documents.blank import blank_record_text
from generator.documents.importing import blank_part
from generator.forms.file import read_form, read_forms
from generator.forms.schema import AUDIT_KEY, OPEN_KEYS
from generator.yaml import YamlFile

DATA = Path(__file__).parents[2] / "data"
FORMS = read_forms(DATA / "forms")

FORM = """\
名称: 样表
版面:
  - 标题: 样表
  - 列宽: [1, 1, 1, 1, 1]
    表格:
      - ["{甲/文本}", "{甲/长文本}", "{甲/整数}", "{甲/数值}", "{甲/百分比}"]
      - ["{日期}", "{两项}", "{三项}", "{选多}", "{电话}"]
      - {重复: 项目, 一行: ["{项目/名称}", "{项目/金额}", "{年度}", "", "{人名}"]}
填空:
  年度: 年度
  甲/文本: 文本
  甲/长文本: {类型: 长文本, 必填: 是}
  甲/整数: {类型: 整数, 单位: 人}
  甲/数值: 数值
  甲/百分比: 百分比
  日期: {类型: 日期, 必填: 是}
  两项: {类型: 选一, 选项: [有, 无]}
  三项: {类型: 选一, 选项: [优, 良, 差], 写法: 文字}
  选多: {类型: 选多, 选项: [网站, 报纸, 其他]}
  项目/名称: {类型: 文本, 必填: 是}
  项目/金额: {类型: 金额, 单位: 元}
  电话: 电话
  人名: 人名
"""

BLANK = """\
# yaml-language-server: $schema=../../../record.schema.json

附件2:
  表式: 样表
  甲:
    文本:
    长文本:  # 必填；多行文字：写 |- 后另起一行、缩进
    整数:  # 人
    数值:
    百分比:  # 如 97.14%
  日期:  # 必填；如 2023年5月6日
  两项:  # 有 或 无
  三项:  # 优、良、差 选一个
  选多:  # 可选几个，如 [网站, 报纸]；选项：网站、报纸、其他
  项目:  # 有几行写几项，每项以“- ”开头
    - 名称:  # 必填
      金额:  # 元
  电话:  # 座机，或遮盖的手机号 139****9471
  人名:  # 只写姓，如 黄*
"""


def test_what_each_blank_takes_stands_behind_it(tmp_path: Path) -> None:
    path = tmp_path / "样表.yaml"
    drawn = FORM.replace('"{年度}", "", "{人名}"]}', '"", "", ""]}\n  - 行: "{年度}{人名}"')
    path.write_text(drawn, encoding="utf-8")
    assert blank_record_text("附件2", read_form(path)) == BLANK


@pytest.mark.parametrize("name", FORMS)
def test_hints_are_only_comments(name: str) -> None:
    form = FORMS[name]
    file = YamlFile(Path("2022.yaml"), blank_record_text("附件1", form))
    assert file.root == {"附件1": blank_part(form)}


def test_the_blank_record_of_the_forms_in_use_is_made_of_these() -> None:
    path = DATA / "blank.yaml"
    file = YamlFile.read(path)
    assert isinstance(file.root, dict)
    text, _, _ = file.text.partition(f"\n{AUDIT_KEY}:")  # of no form, and the last part
    for key, part in file.root.items():
        if key in OPEN_KEYS:
            continue
        assert isinstance(part, dict)
        _, _, made = blank_record_text(key, FORMS[str(part["表式"])]).partition("\n\n")
        assert made in text
        text = text.replace(made, "")
    assert all(line.startswith("#") for line in text.splitlines() if line)
