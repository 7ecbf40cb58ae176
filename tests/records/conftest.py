"""A small county of its own: 示例县, two forms, units without records."""

from pathlib import Path

import pytest

FILES = {
    "forms/示例表2022.yaml": """\
名称: 示例表
金额单位: 万元
版面:
  - 标题: "{年度}年度示例表，{上年}年为上年"
  - 行: "{单位}{人数}{收入/合计}{收入/其他}{公开}{方式}{说明}{落款/单位}{落款/日期}"
填空:
  年度: 年度
  上年: {类型: 年度, 相差: -1}
  单位: {类型: 文本, 必填: 是}
  人数: {类型: 整数, 单位: 人}
  收入/合计: {类型: 金额, 必填: 是}
  收入/其他: 金额
  公开: {类型: 选一, 选项: [是, 否]}
  方式: {类型: 选多, 选项: [网站, 报纸]}
  说明: 长文本
  落款/单位: 文本
  落款/日期: 日期
""",
    "forms/信息头.yaml": """\
名称: 信息头
用于: 元数据
版面:
  - 行: "{索引号}"
填空:
  索引号: 文本
""",
    "forms/签署.yaml": '名称: 签署\n用于: 审签\n版面:\n  - 行: "{一审}"\n填空:\n  一审: 人名\n',
    "regions/990001.yaml": """\
名称: 示例县
单位:
  minzheng:
    名称: 示例县民政局
    简称: [县民政局, 民政局]
    曾用名: 示例县民政和救助局
  jiaoyu: 示例县教育局
""",
}


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A `data/` folder without records."""
    for name, text in FILES.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "data" / "records").mkdir()
    return tmp_path / "data"
