"""A form with every kind of blank that the checks look at."""

from pathlib import Path

import pytest

from generator.forms.file import read_form
from generator.forms.form import Form

REPORT = """\
名称: 示例报告
版面:
  - 正文: "{报告/正文}"
    提纲: [部门概况, 存在的问题, 改进措施]
  - 行: "{人数} {联系电话} {填报人} {时间}"
填空:
  报告/正文: 长文本
  人数: {类型: 整数, 单位: 人}
  联系电话: 电话
  填报人: 人名
  时间: 日期
"""


@pytest.fixture
def forms(tmp_path: Path) -> dict[str, Form]:
    path = tmp_path / "示例报告.yaml"
    path.write_text(REPORT, encoding="utf-8")
    return {"示例报告": read_form(path)}
