"""What is set in a drawing's blanks, in every surrounding, escaped exactly once."""

import re
from pathlib import Path
from types import MappingProxyType

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings

from generator.checks.remarks import Marks
from generator.documents.draw import draw_part
from generator.documents.importing import record_text
from generator.documents.model import Line, Table
from generator.forms.file import read_form, read_forms
from generator.pages.contents import Contents
from generator.pages.drawing import Drawings
from generator.pages.environment import make_environment
from generator.records.record import Part, read_record
from generator.records.store import RecordPath
from generator.yaml import Node, Where, YamlFile
from tests.documents.record_strategies import records

FORMS = read_forms(Path(__file__).resolve().parents[2] / "data" / "forms")
DRAWINGS = Drawings(make_environment())

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


MARKED = (
    FORM.replace(
        '[选, "{选}"]',
        '[选, "{选}"]\n      - [空, "{空}"]\n      - {重复: 列, 一行: [数, "{列/数}"]}',
    )
    + "  空: 文本\n  列/数: 整数\n"
)


def poured(
    tmp_path: Path,
    drawing: str = FORM,
    key: str = "附件1",
    marks: Marks = MappingProxyType({}),
    **values: str,
) -> str:
    (tmp_path / "样表.yaml").write_text(drawing, encoding="utf-8")
    form = read_form(tmp_path / "样表.yaml")
    lines = [f"{key}:", "  表式: 样表", *(f"  {name}: {value}" for name, value in values.items())]
    file = YamlFile(Path("2022.yaml"), "\n".join(lines))
    record = read_record(file, RecordPath("990001", "jia", 2022, file.path), {"样表": form})
    part: Part = record.parts[0]
    return Drawings(make_environment()).of(form).pour(part, Contents(), marks)


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
    form = FORM.replace("样表<&>", "样表<&>\n用于: 元数据")
    assert "<h2" not in poured(tmp_path, form, key="元数据")


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


# --- Rows that repeat -----------------------------------------------------------------------------

ROWS = """\
名称: 自评表
版面:
  - 列宽: [1, 1, 1, 1]
    表格:
      - [绩效指标, 一级指标, 说明, 得分]
      - 重复: 指标
        合并: [一级]
        一行: [^, "{指标/一级}", "{指标/说明}", "{指标/得分} 分"]
      - [总分, <, <, "{总分}"]
填空:
  指标/一级: 文本
  指标/说明: 长文本
  指标/得分: 整数
  总分: 整数
"""


def table_rows(tmp_path: Path, items: str) -> list[list[str]]:
    """The cells of each row, as they stand in the HTML."""
    html = poured(tmp_path, ROWS, 指标=items, 总分="9")
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.S)
    return [re.findall(r"<t[hd].*?</t[hd]>", row, re.S) for row in rows]


HEADERS = [
    '<th scope="col">一级指标</th>',
    '<th scope="col">说明</th>',
    '<th scope="col">得分</th>',
]
LAST = ['<th scope="row" colspan="3">总分</th>', "<td>9</td>"]


def test_rows_repeat_and_the_same_content_is_joined(tmp_path: Path) -> None:
    items = ", ".join(
        [
            '{一级: 产<出>, 说明: "一\\n<二>", 得分: 1}',
            "{一级: 产<出>, 得分: 不适用}",
            "{一级: 效益, 得分: 0}",
        ]
    )
    assert table_rows(tmp_path, f"[{items}]") == [
        ['<th scope="rowgroup" rowspan="4">绩效指标</th>', *HEADERS],
        [
            '<td rowspan="2">产&lt;出&gt;</td>',
            "<td><p>一</p><p>&lt;二&gt;</p></td>",
            "<td>1 分</td>",
        ],
        ["<td></td>", "<td>不适用 分</td>"],
        ["<td>效益</td>", "<td></td>", "<td>0 分</td>"],
        LAST,
    ]


@pytest.mark.parametrize("items", ["", "[]"])
def test_a_list_without_items_is_drawn_as_one_empty_row(items: str, tmp_path: Path) -> None:
    assert table_rows(tmp_path, items) == [
        ['<th scope="rowgroup" rowspan="2">绩效指标</th>', *HEADERS],
        ["<td></td>", "<td></td>", "<td>分</td>"],
        LAST,
    ]


def test_rows_of_one_record_do_not_show_in_another(tmp_path: Path) -> None:
    """A drawing is made once for all records."""
    (tmp_path / "样表.yaml").write_text(ROWS, encoding="utf-8")
    forms = {"样表": read_form(tmp_path / "样表.yaml")}
    drawing = Drawings(make_environment()).of(forms["样表"])

    def pour(items: str) -> str:
        file = YamlFile(Path("2022.yaml"), f"附件1:\n  表式: 样表\n  指标: {items}\n")
        record = read_record(file, RecordPath("990001", "jia", 2022, file.path), forms)
        return drawing.pour(record.parts[0], Contents())

    full, empty = "[{一级: 甲, 得分: 1}, {一级: 甲, 得分: 2}]", "[]"
    before = pour(empty)
    assert "甲" in pour(full)
    assert pour(empty) == before


# --- Any record -----------------------------------------------------------------------------------


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(nodes=records(FORMS))
def test_a_page_shows_in_each_cell_what_the_document_has_there(nodes: dict[str, Node]) -> None:
    path = Path("2022.yaml")
    file = YamlFile(path, record_text(nodes))
    for part in read_record(file, RecordPath("990001", "jia", 2022, path), FORMS).parts:
        html = DRAWINGS.of(part.form).pour(part, Contents())
        shown = lxml.html.fragment_fromstring(html)
        blocks = draw_part(part).blocks
        tables = [block for block in blocks if isinstance(block, Table)]
        assert [
            (bare(cell.text_content()), cell.get("rowspan", "1"), cell.get("colspan", "1"))
            for cell in shown.iter("td", "th")
        ] == [
            (bare(cell.text), str(cell.rowspan), str(cell.colspan))
            for table in tables
            for cell in table.cells
        ]
        report = [bare(each.text_content()) for each in shown.find_class("gk-prose")]
        lines = [block.text for block in blocks if isinstance(block, Line) and block.kind == "正文"]
        assert "".join(report) == bare("".join(lines))


def bare(text: str) -> str:
    """Without spaces and line breaks, which a page has in other places."""
    return "".join(text.split())


# --- Marks of remarks -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "offset", "html"),
    [
        (("附件1", "短"), None, "前甲&amp;MARK后"),
        (("附件1", "长"), 0, "<td><p>一&lt;MARK</p><p>二</p></td>"),
        (("附件1", "长"), 3, "<td><p>一&lt;</p><p>二MARK</p></td>"),
        (("附件1", "选"), None, "否□</span></span>MARK</td>"),
        (("附件1", "空"), None, "<td>MARK</td>"),
        (("附件1", "列", 1, "数"), None, "<td>2MARK</td>"),
        (("附件1", "列", 0, "数"), None, "<td>1MARK</td>"),
    ],
)
def test_marks_stand_behind_what_they_are_about(
    where: Where, offset: int | None, html: str, tmp_path: Path
) -> None:
    link = '<a class="gk-mark" href="#核对说明-注1" aria-label="核对说明 注1">注1</a>'
    mark = f'<sup class="gk-marks">{link}</sup>'
    values = {"短": "甲&", "长": '"一<\\n二"', "选": "是 的", "列": "[{数: 1}, {数: 2}]"}
    marks = {where: ((offset, "注1"),)}
    assert html.replace("MARK", mark) in poured(tmp_path, MARKED, marks=marks, **values)
