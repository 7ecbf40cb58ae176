"""What is set in a drawing's blanks, in every surrounding, escaped exactly once."""

from pathlib import Path

import pytest

from generator.forms.file import read_form
from generator.pages.contents import Contents
from generator.pages.drawing import Drawings
from generator.pages.environment import make_environment
from generator.records.record import Part, read_record
from generator.records.store import RecordPath
from generator.yamlfile import YamlFile

FORM = """\
名称: 样表<&>
版面:
  - 行: 前{短}后
  - 列宽: [1, 1]
    表格:
      - [栏目, "{长}"]
      - ["{{括号}}", "字{长}字"]
      - [选, "{选}"]
填空:
  短: 文本
  长: 长文本
  选: {类型: 选一, 选项: [是 的, 否]}
"""


TWO_REPORTS = """\
名称: 两篇
版面:
  - 正文: "{甲}"
    提纲: [甲的标题]
  - 正文: "{乙}"
    提纲: [乙的标题]
填空: {甲: 长文本, 乙: 长文本}
"""


def poured(tmp_path: Path, drawing: str = FORM, key: str = "附件1", **values: str) -> str:
    (tmp_path / "样表.yaml").write_text(drawing, encoding="utf-8")
    form = read_form(tmp_path / "样表.yaml")
    lines = [f"{key}:", "  表式: 样表", *(f"  {name}: {value}" for name, value in values.items())]
    file = YamlFile(Path("2022.yaml"), "\n".join(lines))
    record = read_record(file, RecordPath("990001", "jia", 2022, file.path), {"样表": form})
    part: Part = record.parts[0]
    return Drawings(make_environment()).of(form).pour(part, Contents())


@pytest.mark.parametrize(
    ("values", "html"),
    [
        ({"短": "'<b>&'"}, "前&lt;b&gt;&amp;后"),
        ({}, '<p class="gk-line">前后</p>'),
        ({"短": "不适用"}, "前不适用后"),
        ({"短": "0"}, "前0后"),
        ({}, '<td></td>\n</tr>\n<tr>\n<th scope="row">{括号}</th>\n<td>字字</td>'),
        ({"长": '"甲\\n\\n<乙>"'}, "<td><p>甲</p><p></p><p>&lt;乙&gt;</p></td>"),
        ({"长": '"甲\\n<乙>"'}, "<td>字甲<br>&lt;乙&gt;字</td>"),
        ({"选": "是 的"}, 'aria-label="是 的"><span class="gk-tick">是 的☑</span> <span'),
        ({}, 'aria-label="未填"><span class="gk-tick">是 的□</span>'),
        ({"选": "不适用"}, 'aria-label="不适用"><span class="gk-tick">是 的□</span>'),
    ],
)
def test_value_is_set(values: dict[str, str], html: str, tmp_path: Path) -> None:
    assert html in poured(tmp_path, **values)


def test_attachment_whose_form_has_no_title_is_headed_by_its_label(tmp_path: Path) -> None:
    assert '<h2><span class="gk-label">附件1</span></h2>' in poured(tmp_path)


def test_part_that_is_no_attachment_has_no_heading(tmp_path: Path) -> None:
    assert "<h2" not in poured(tmp_path, key="元数据")


def test_what_a_form_says_is_escaped(tmp_path: Path) -> None:
    assert "样表&lt;&amp;&gt;" in poured(tmp_path)
    assert "样表<" not in poured(tmp_path)


def test_each_report_of_a_form_has_its_own_outline(tmp_path: Path) -> None:
    text = '"甲的标题\\n乙的标题"'
    html = poured(tmp_path, TWO_REPORTS, 甲=text, 乙=text)
    assert [line for line in html.splitlines() if "的标题" in line] == [
        '<h3 id="附件1-甲的标题">甲的标题</h3>',
        "<p>乙的标题</p>",
        "<p>甲的标题</p>",
        '<h3 id="附件1-乙的标题">乙的标题</h3>',
    ]
