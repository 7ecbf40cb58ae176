"""Form files: what they make, and each mistake in a drawing at its line and column."""

from pathlib import Path
from textwrap import dedent

import pytest

from generator.errors import DataError
from generator.forms.file import read_form, read_forms
from generator.forms.form import Form, Line, Prose, Rows, Table
from generator.forms.grid import Repeat
from generator.forms.phrase import Slot
from generator.forms.types import (
    Blank,
    Choice,
    Choices,
    Date,
    Integer,
    LongText,
    Money,
    Number,
    Percent,
    Text,
    Year,
)

FORMS = Path(__file__).parents[2] / "data" / "forms"

GOOD = """\
名称: 示例表
金额单位: 万元
版面:
  - 标题: "{年度}年度示例表"
  - 副题: "比{上年}年"
  - 列宽: [1, 2, 3]
    表格:
      - [收入, "{收入/合计}", "{收入/比例}"]
      - - 其他
        - |-
          是否公开:{是否公开} 时间 {时间}
          方式:{方式} {支出}
  - 正文: "{正文}"
    提纲: [概况, 问题]
  - 行: "{人数}人，{{不是填空}}"
  - 落款: "{单位}"
填空:
  年度: 年度
  上年: {类型: 年度, 相差: -1}
  收入/合计: 金额
  收入/比例: 百分比
  支出: {类型: 金额, 单位: 元}
  是否公开: {类型: 选一, 选项: [是, 否], 写法: 文字}
  时间: 日期
  方式: {类型: 选多, 选项: [网站, 报纸]}
  正文: {类型: 长文本, 必填: 是}
  人数: {类型: 整数, 单位: 人, 必填: 否}
  单位: 文本
"""


def read(text: str, folder: Path) -> Form:
    path = folder / "示例2022.yaml"
    path.write_text(dedent(text), encoding="utf-8")
    return read_form(path)


def problems_of(text: str, folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        read(text, folder)
    return [
        f"{problem.line}:{problem.column}: {problem.message}" for problem in caught.value.problems
    ]


def test_form_is_made_of_its_drawing_and_its_blanks(tmp_path: Path) -> None:
    form = read(GOOD, tmp_path)
    assert (form.name, form.title) == ("示例2022", "示例表")
    assert list(form.blanks.values()) == [
        Blank("年度", Year()),
        Blank("上年", Year(-1)),
        Blank("收入/合计", Money("万元")),
        Blank("收入/比例", Percent()),
        Blank("支出", Money("元")),
        Blank("是否公开", Choice(("是", "否"), ticks=False)),
        Blank("时间", Date()),
        Blank("方式", Choices(("网站", "报纸"))),
        Blank("正文", LongText(), required=True),
        Blank("人数", Integer("人")),
        Blank("单位", Text()),
    ]
    kinds = [block.kind if isinstance(block, Line) else type(block) for block in form.blocks]
    assert kinds == ["标题", "副题", Table, Prose, "行", "落款"]
    assert form.blocks[3] == Prose(Slot("正文"), ("概况", "问题"))
    assert form.tree["收入"] == {
        "合计": form.blanks["收入/合计"],
        "比例": form.blanks["收入/比例"],
    }
    assert [slot.name for slot in form.slots] == [
        "年度", "上年", "收入/合计", "收入/比例", "是否公开", "时间", "方式", "支出",
        "正文", "人数", "单位",
    ]  # fmt: skip


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


def no_type(name: str) -> str:
    return f"填空“{name}”没有类型，请在“填空”里写明"


def not_drawn(name: str) -> str:
    return f"填空“{name}”没有画在版面里"


BRACE = "花括号“{”没有配对；如果是文字本身，请写成“{{”"
FEW = "至少要有两个“选项”，如 {类型: 选一, 选项: [是, 否]}"
TYPE_WORDS = "文本、长文本、整数、数值、金额、百分比、日期、年度、选一、选多、电话、人名"
BLOCK_WORDS = "标题、副题、行、落款、表格、正文"

# a change of the good form, then every problem it makes
MISTAKES: list[tuple[str, str, list[str]]] = [
    # blanks and types
    (
        "{收入/合计}",
        "{收入/总计}",
        ["8:15: " + no_type("收入/总计"), "20:3: " + not_drawn("收入/合计")],
    ),
    ("时间 {时间}", "时间 {时刻}", ["11:26: " + no_type("时刻"), "24:3: " + not_drawn("时间")]),
    (
        "方式:{方式} {支出}",
        "𫖯:{方式}{支付}",
        ["12:17: " + no_type("支付"), "22:3: " + not_drawn("支出")],
    ),
    ("{单位}", "{单位}{{a}}{a}", ["16:19: " + no_type("a")]),
    ("  时间: 日期\n", "", ["11:26: " + no_type("时间")]),
    ("  单位: 文本\n", "  单位: 文本\n  多余: 文本\n", ["29:3: " + not_drawn("多余")]),
    ("  时间: 日期\n", "  时间: 日子\n", [f"24:3: 填空“时间”的类型不认识，可以写：{TYPE_WORDS}"]),
    ("长文本, ", "长文, ", [f"26:8: 填空“正文”的类型不认识，可以写：{TYPE_WORDS}"]),
    ("  时间: 日期\n", "  时间:\n", [f"24:3: 填空“时间”的类型不认识，可以写：{TYPE_WORDS}"]),
    ("  时间: 日期\n", "  时间: {必填: 是}\n", ["24:3: 填空“时间”缺少“类型”"]),
    ("  时间: 日期\n", "  时间: [日期]\n", ["24:3: 填空“时间”缺少“类型”"]),
    (
        "  时间: 日期\n",
        "  时间: {类型: [日期]}\n",
        [f"24:3: 填空“时间”的类型不认识，可以写：{TYPE_WORDS}"],
    ),
    ("单位: 人, 必填", "单元: 人, 必填", ["27:16: 不认识“单元”，是不是“单位”？"]),
    (
        "类型: 长文本",
        "类型: 长文本, 选项: [是, 否]",
        ["26:17: 不认识“选项”，这里可以写：类型、必填、指标"],
    ),
    ("必填: 否", "必填: 不", ["27:23: “必填”只能是“是”或“否”"]),
    (
        "  年度: 年度\n",
        "  年度: {类型: 年度, 必填: 是}\n",
        ["18:16: 年度由文件名给出，不用写“必填”"],
    ),
    ("相差: -1", "相差: 去年", ["19:16: “相差”应是整数，如 -1 表示上一年度"]),
    ("相差: -1", "相差: -1.5", ["19:16: “相差”应是整数，如 -1 表示上一年度"]),
    ("相差: -1", "相差: -100", ["19:16: “相差”应是整数，如 -1 表示上一年度"]),
    # choices
    ("[是, 否]", "[是]", [f"23:3: 填空“是否公开”{FEW}"]),
    (", 选项: [是, 否]", "", [f"23:3: 填空“是否公开”{FEW}"]),
    ("[是, 否]", "[是、否]", ["23:24: 这里是顿号，请改为半角逗号“,”"]),
    ("[是, 否]", "[是，否]", ["23:24: 逗号是全角的，请改为半角逗号“,”"]),
    ("[是, 否]", "[是, 否, 是]", ["23:29: 选项“是”写了两次，请只留一个"]),
    ("[是, 否]", "[是, 不适用]", ["23:26: 每个填空都可以写“不适用”，不用列在选项里"]),
    ("[是, 否]", '[是, "否 "]', ["23:26: 选项前后不能有空格，也不能换行"]),
    ("[是, 否]", "[是, [否]]", ["23:26: 这里应是一段文字"]),
    ("[网站, 报纸]", "网站", ["25:16: 这里应是一个列表，如 [是, 否]"]),
    ("写法: 文字", "写法: 字", ["23:30: “写法”只能是“打勾”或“文字”"]),
    # amounts
    ("金额单位: 万元\n", "", ["1:1: 表式里有金额，请在开头写“金额单位: 万元”或“元”"]),
    (
        "收入/比例: 百分比\n",
        "收入/比例: {类型: 金额, 单位: ''}\n",
        ["21:19: 这里应是一段文字"],
    ),
    ("金额单位: 万元", "金额单位: 美元", ["2:1: 金额的单位只能是“元”“万元”或“亿元”"]),
    ("单位: 元}", "单位: 块}", ["22:16: 金额的单位只能是“元”“万元”或“亿元”"]),
    # names
    (
        "  单位: 文本\n",
        "  单位: 文本\n  收入: 文本\n",
        [
            "29:3: “收入”下面还有别的填空，它自己不能再是填空",
            "29:3: " + not_drawn("收入"),
        ],
    ),
    (
        "  时间: 日期\n",
        "  时间: 日期\n  表式: 文本\n",
        [
            "25:3: 填空“表式”没有画在版面里",
            "25:3: 填空不能叫“表式”：记录用它写明表式",
        ],
    ),
    # the drawing; one mistake in it does not make every blank look undrawn
    ("{收入/合计}", "{收入/合计", [f"8:15: {BRACE}"]),
    ("是否公开:{是", "是否公开:{{是", ["11:22: 花括号“}”没有配对；如果是文字本身，请写成“}}”"]),
    ("方式:{方式}", "方式:{方 式 }", ["12:14: 填空的名称“方 式 ”不完整或有多余的空格"]),
    ("度示例表", "度{示例表", [f"4:16: {BRACE}"]),
    ("[收入, ", "[^, ", ["8:10: 第一行上面没有格子，不能用“^”与上一格合并"]),
    ("[收入, ", "[收入, 甲, ", ["8:28: 这一行有 4 格，多于列宽规定的 3 列"]),
    (
        "- - 其他\n",
        "- - ^\n        - 甲\n        - ^\n        - 其他\n",
        [
            "12:11: 这一行有 5 格，多于列宽规定的 3 列",
        ],
    ),
    (
        "- - 其他\n        - |-",
        "- - 其他\n      - - ^\n        - ^\n        - |-",
        [
            "10:11: 用“^”“<”合并的格子宽窄高矮不一，合并后不是长方形",
        ],
    ),
    ("- - 其他\n        - |-", "- []\n      - - |-", ["9:9: 这一行一格也没有"]),
    ("[收入, ", "[{收入}, ", ["8:10: 格子里只能是文字；花括号要放在引号里"]),
    (
        '- [收入, "{收入/合计}", "{收入/比例}"]',
        "- 收入",
        [
            '8:9: 表格的每一行应是一个列表，如 [编制人数, "{编制人数}"]',
        ],
    ),
    (  # the other rows are not looked at without it
        '- [收入, "{收入/合计}", "{收入/比例}"]',
        "- 收入\n      - [^, 甲, 乙, 丙]",
        ['8:9: 表格的每一行应是一个列表，如 [编制人数, "{编制人数}"]'],
    ),
    ("列宽: [1, 2, 3]\n    表格", "表格", ["6:5: 表格缺少“列宽”：每列一个整数，如 [2, 3, 3]"]),
    (
        "[1, 2, 3]",
        "[1, 2.5, 0]",
        [
            "6:13: 列宽“2.5”应是 1 到 100 的整数",
            "6:18: 列宽“0”应是 1 到 100 的整数",
        ],
    ),
    (
        "[1, 2, 3]",
        "[1, ２, 101]",
        [
            "6:13: 列宽“２”应是 1 到 100 的整数",
            "6:16: 列宽“101”应是 1 到 100 的整数",
        ],
    ),
    ("[1, 2, 3]", "[]", ["7:5: 表格和列宽都不能是空的，表格的每一行应是一个列表"]),
    (
        "[1, 2, 3]",
        "三列",
        ["6:5: “列宽”应是一个列表，每列一个整数，如 [2, 3, 3]"],
    ),
    ("- 落款: ", "- 落脚: ", [f"16:5: 版面的每一项应是以下之一：{BLOCK_WORDS}"]),
    ("- 落款: ", "- 行: 一\n    落款: ", [f"16:5: 版面的每一项应是以下之一：{BLOCK_WORDS}"]),
    ('- 落款: "{单位}"', '- "{单位}"', [f"16:5: 版面的每一项应是以下之一：{BLOCK_WORDS}"]),
    ("    提纲: ", "    大纲: ", ["14:5: 不认识“大纲”，是不是“提纲”？"]),
    ("[概况, 问题]", "概况", ["14:5: 这里应是一个列表，如 [是, 否]"]),
    ("[概况, 问题]", "[概况, [问题]]", ["14:14: 这里应是一段文字"]),
    ('正文: "{正文}"', '正文: "见{正文}"', ["13:5: “正文”只能是一个填空，如“{正文}”"]),
    ('正文: "{正文}"', "正文: 见附件", ["13:5: “正文”只能是一个填空，如“{正文}”"]),
    (
        '正文: "{正文}"',
        "正文: {正文}",
        ["13:5: 这里应是一段文字", "13:5: “正文”只能是一个填空，如“{正文}”"],
    ),
    # the head
    ("名称: 示例表\n", "", ["1:1: 缺少“名称”"]),
    ("名称: 示例表", "名称:", ["1:1: 这里应是一段文字"]),
    ("名称: 示例表", "名字: 示例表", ["1:1: 不认识“名字”，是不是“名称”？", "1:1: 缺少“名称”"]),
]


@pytest.mark.parametrize(("old", "new", "problems"), MISTAKES)
def test_mistakes_are_told_where_they_are(
    old: str, new: str, problems: list[str], tmp_path: Path
) -> None:
    assert sorted(problems_of(changed(old, new), tmp_path)) == sorted(problems)


# --- Rows that repeat, and what a form is used for ------------------------------------------------

ROWS = """\
名称: 自评表
版面:
  - 标题: "{年度}年度自评表"
  - 列宽: [1, 1, 1]
    表格:
      - [一级指标, 三级指标, 得分]
      - 重复: 指标
        合并: [一级]
        一行: ["{指标/一级}", "{指标/三级}", "{指标/得分}"]
      - [总分, <, "{总分}"]
填空:
  年度: 年度
  指标/一级: 文本
  指标/三级: 长文本
  指标/得分: {类型: 数值, 单位: 分}
  总分: {类型: 数值, 单位: 分}
"""


def test_a_row_may_stand_for_a_list(tmp_path: Path) -> None:
    form = read(ROWS, tmp_path)
    (table,) = (block for block in form.blocks if isinstance(block, Table))
    assert table.grid.repeats == {1: Repeat("指标", ("指标/一级",))}
    assert form.lists == {"指标"}
    assert [name for name in form.blanks if form.is_in_rows(name)] == [
        "指标/一级",
        "指标/三级",
        "指标/得分",
    ]
    assert form.tree["指标"] == Rows(
        "指标", {key: form.blanks[f"指标/{key}"] for key in ("一级", "三级", "得分")}
    )
    assert form.blanks["指标/得分"].type == Number("分")


ROW = "重复的行要写“重复”（列表的名称）和“一行”（画法）"

ROW_MISTAKES: list[tuple[str, str, list[str]]] = [
    ("      - 重复: 指标\n        合并: [一级]\n", "      - 合并: [一级]\n", [f"7:9: {ROW}"]),
    ("一行: [", "行: [", [f"7:9: {ROW}", "9:9: 不认识“行”，是不是“一行”？"]),
    ("合并: [一级]", "合: [一级]", ["8:9: 不认识“合”，是不是“合并”？"]),
    ("重复: 指标", "重复: [指标]", ["7:9: 这里应是一段文字"]),
    ("合并: [一级]", "合并: 一级", ["8:9: “合并”应是一个列表，请写成 合并: [一级]"]),
    ("合并: [一级]", "合并: 指标/一级", ["8:9: “合并”应是一个列表，请写成 合并: [一级]"]),
    (
        '        一行: ["{指标/一级}", "{指标/三级}", "{指标/得分}"]\n',
        '      - ["{指标/一级}", "{指标/三级}", "{指标/得分}"]\n',
        ["7:9: 缺少“一行”：这一行的画法（方括号里的各格）写在“一行: ”后面"],
    ),
    (
        "合并: [一级]",
        "合并: [一级, 二级]",
        ["8:18: “填空”里没有“指标/二级”；“合并”只写这一行里填空的名称"],
    ),
    (
        "合并: [一级]",
        "合并: [指标/一级]",
        ["8:14: “合并”里不写列表的名称，请只写“一级”"],
    ),
    (
        '一行: ["{指标/一级}", "{指标/三级}", "{指标/得分}"]',
        "一行: 指标",
        ['9:9: 表格的每一行应是一个列表，如 [编制人数, "{编制人数}"]'],
    ),
    (
        '"{指标/得分}"]',
        '"{指标/得分}{总分}"]',
        ["9:36: “指标”的每一行里只能有名称以“指标/”开头的填空"],
    ),
    (
        '"{总分}"]',
        '"{总分}{指标/三级}"]',
        ["10:17: “指标/三级”属于逐行填写的“指标”，只能画在那一行里"],
    ),
    (
        "[总分, <, ",
        "[^, ^, ",
        [
            "10:10: 重复的行里的填空不能与下面的格子合并",
            "10:13: 重复的行里的填空不能与下面的格子合并",
        ],
    ),
    (
        "      - [总分, <",
        '      - {重复: 指标, 一行: ["{指标/一级}"]}\n      - [总分, <',
        ["10:10: “指标”已经画过一次，一个列表只能画在一行里"],
    ),
    (
        "  总分: {类型",
        "  指标/得分/小计: 整数\n  总分: {类型",
        [
            "15:3: “指标/得分”下面还有别的填空，它自己不能再是填空",
            "16:3: " + not_drawn("指标/得分/小计"),
            "16:3: 逐行填写的填空只能写成“列表/名称”两级",
        ],
    ),
    ("  指标/三级: 长文本", "  指标/三级: 年度", ["14:3: 逐行填写的内容里不能有年度"]),
    (
        '"{总分}"]',
        '"{总分}{指标}"]',
        [
            "10:17: “指标”属于逐行填写的“指标”，只能画在那一行里",
            "10:22: " + no_type("指标"),
        ],
    ),
    ("名称: 自评表", "名称: 自评表\n用于: 附表", ["2:1: “用于”只能是元数据、附件、审签中的一个"]),
    ("名称: 自评表", "名称: 自评表\n用于:", ["2:1: “用于”只能是元数据、附件、审签中的一个"]),
    ("名称: 自评表", "名称: 自评表\n用于: [附件]", ["2:1: “用于”只能是元数据、附件、审签中的一个"]),
    ("名称: 自评表", "名称: 自评表\n用途: 附件", ["2:1: 不认识“用途”，是不是“用于”？"]),
]


@pytest.mark.parametrize(("old", "new", "problems"), ROW_MISTAKES)
def test_mistakes_in_rows_and_uses_are_told_where_they_are(
    old: str, new: str, problems: list[str], tmp_path: Path
) -> None:
    assert ROWS.count(old) == 1
    assert sorted(problems_of(ROWS.replace(old, new), tmp_path)) == sorted(problems)


@pytest.mark.parametrize("use", ["元数据", "附件", "审签"])
def test_a_form_says_what_it_is_used_for(use: str, tmp_path: Path) -> None:
    assert read(ROWS.replace("名称: 自评表", f"名称: 自评表\n用于: {use}"), tmp_path).use == use


def test_a_form_is_for_attachments_unless_it_says_otherwise(tmp_path: Path) -> None:
    assert read(ROWS, tmp_path).use == "附件"


COLON = "冒号是全角的，请改为半角冒号加一个空格“: ”"
COMMA = "逗号是全角的，请改为半角逗号“,”"
BRACES = "花括号是全角的，请改为半角的“{”和“}”"
BRACKETS = "方括号是全角的，请改为半角的“[”和“]”"
SLASH = "斜杠是全角的，请改为半角的“/”"
QUOTES = "这是中文引号，请改为半角的直引号"
DASH = "“-”后面要有一个空格，写成“- ”"

# What a Chinese keyboard types: the true cause, once, at its place, and nothing that follows of it.
SLIPS: list[tuple[str, str, list[str]]] = [
    ("- 标题: ", "- 标题： ", [f"4:7: {COLON}"]),
    ("- 标题: ", "- 标题：", [f"4:7: {COLON}"]),
    ("- 标题: ", "- 标题:", ["4:7: 冒号后面要有一个空格，写成“: ”"]),
    ("{类型: 选一, 选项", "{类型：选一, 选项", [f"23:10: {COLON}"]),
    ("{类型: 选一, 选项: [", "{类型: 选一, 选项：[", [f"23:20: {COLON}"]),
    ("{类型: 选一, 选项", "{类型: 选一，选项", [f"23:16: {COMMA}"]),
    ("{类型: 整数, 单位: 人, 必填: 否}", "｛类型: 整数, 单位: 人｝", [f"27:7: {BRACES}"]),
    ("[1, 2, 3]", "[1，2，3]", [f"6:11: {COMMA}"]),
    ("[1, 2, 3]", "[1, 2，3]", [f"6:14: {COMMA}"]),
    ("[1, 2, 3]", "[1、2、3]", ["6:11: 这里是顿号，请改为半角逗号“,”"]),
    ("[收入, ", "[收入， ", [f"8:12: {COMMA}"]),
    ("- - 其他\n", "- [其他， '公开']\n      - - 其他\n", [f"9:12: {COMMA}"]),
    ('"{收入/合计}", ', '"{收入/合计}"， ', [f"8:23: {COMMA}"]),
    ('"{收入/合计}"', "“{收入/合计}”", [f"8:14: {QUOTES}"]),
    ('"{收入/合计}"', '"｛收入/合计｝"', [f"8:15: {BRACES}"]),
    ('"{收入/合计}"', '"{收入/合计｝"', [f"8:21: {BRACES}"]),
    ("时间 {时间}", "时间 ｛时间｝", [f"11:26: {BRACES}"]),
    ('落款: "{单位}"', '落款: "｛单位｝"', [f"16:10: {BRACES}"]),
    ('"{收入/合计}"', '"{收入／合计}"', [f"8:18: 填空名称里的{SLASH}"]),
    ("  收入/合计: ", "  收入／合计: ", [f"20:3: 名称“收入／合计”里的{SLASH}"]),
    (
        '[收入, "{收入/合计}", "{收入/比例}"]',
        '【收入, "{收入/合计}", "{收入/比例}"】',
        [f"8:9: {BRACKETS}"],
    ),
    ('- [收入, "', '-[收入, "', [f"8:7: {DASH}"]),
    ("  - 副题: ", "  -副题: ", [f"5:3: {DASH}"]),
    ("填空:\n", "填空项:\n", ["17:1: 不认识“填空项”，是不是“填空”？"]),
    ("版面:\n", "版式:\n", ["3:1: 不认识“版式”，是不是“版面”？"]),
    (
        "版面:\n",
        "",
        ["3:3: 列表接在了上一行后面：上面缺少名称和冒号（如“版面:”），或者缩进不对"],
    ),
    (
        "填空:\n",
        "",
        ["17:3: 这一行不在上面的列表里：请检查缩进，或者它上面缺少名称和冒号（如“填空:”）"],
    ),
]


@pytest.mark.parametrize(("old", "new", "problems"), SLIPS)
def test_slips_of_the_keyboard_are_told_for_what_they_are(
    old: str, new: str, problems: list[str], tmp_path: Path
) -> None:
    assert problems_of(changed(old, new), tmp_path) == problems


def test_words_in_full_width_signs_are_words(tmp_path: Path) -> None:
    form = read(changed("人，{{不是", "人，｛甲／乙｝{{不是"), tmp_path)
    assert form.blanks.keys() == read(GOOD, tmp_path).blanks.keys()


def test_columns_that_are_too_few_are_told_once(tmp_path: Path) -> None:
    text = ROWS.replace("列宽: [1, 1, 1]", "列宽: [1, 1]")
    assert problems_of(text, tmp_path) == [
        "6:22: 这一行有 3 格，“列宽”却只有 2 列；共有 3 行这样，请看看是不是列宽少写了"
    ]


WHOLE = "表式文件应由“名称”“版面”“填空”组成"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("示例表\n", [f"1:1: {WHOLE}"]),
        ("- 名称: 示例表\n", [f"1:1: {WHOLE}"]),
        ("名称：示例表\n", ["1:3: 冒号是全角的，请改为半角冒号加一个空格“: ”"]),
        ("名称: 示例表\n", ["1:1: 缺少“版面”"]),
        ("名称: 示例表\n版面:\n", ["2:1: “版面”应是一个列表，每项以“- ”开头"]),
        ("名称: 示例表\n版面: []\n", ["2:1: “版面”是空的"]),
        (
            '名称: 示例表\n版面:\n  - 行: "{甲}"\n填空: 甲\n',
            ["4:1: “填空”应是“名称: 类型”的一列"],
        ),
        (
            '名称: 示例表\n版面:\n  - 行: "{甲}"\n填空:\n  甲：文本\n',
            ["5:4: 冒号是全角的，请改为半角冒号加一个空格“: ”"],
        ),
        ('名称: 示例表\n版面:\n  - 行: "{甲}"\n', ["3:9: " + no_type("甲")]),
    ],
)
def test_files_that_are_no_forms_are_told(text: str, problems: list[str], tmp_path: Path) -> None:
    assert problems_of(text, tmp_path) == problems


def test_a_form_may_have_no_blanks(tmp_path: Path) -> None:
    assert read("名称: 示例表\n版面:\n  - 行: 此件公开发布\n填空:\n", tmp_path).blanks == {}


def test_all_files_are_told_in_one_run(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("甲：1\n")
    (tmp_path / "b.yaml").write_text("名称: 乙\n")
    (tmp_path / "c.yml").write_text("")
    (tmp_path / "d.yaml").mkdir()
    (tmp_path / "示例.yaml").write_text(GOOD)
    with pytest.raises(DataError) as caught:
        read_forms(tmp_path)
    assert [str(problem) for problem in caught.value.problems] == [
        f"{tmp_path}/a.yaml:1:2: 冒号是全角的，请改为半角冒号加一个空格“: ”",
        f"{tmp_path}/b.yaml:1:1: 缺少“版面”",
        f"{tmp_path}/c.yml:1:1: 这里只放表式文件，名称以 .yaml 结尾",
        f"{tmp_path}/d.yaml:1:1: 这里应是一个文件",
    ]


def test_forms_are_named_by_their_files(tmp_path: Path) -> None:
    (tmp_path / "示例2022.yaml").write_text(GOOD)
    (tmp_path / ".示例2022.yaml.swp").write_text("")
    assert list(read_forms(tmp_path)) == ["示例2022"]


@pytest.mark.parametrize("name", ["forms", "none"])
def test_a_folder_without_forms_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    with pytest.raises(DataError) as caught:
        read_forms(tmp_path / name)
    assert str(caught.value) == (f"{tmp_path}/{name}:1:1: 这里没有表式文件，请检查数据文件夹")


def test_a_file_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "示例.yaml".encode("gbk").decode("utf-8", "surrogateescape")).write_text(GOOD)
    with pytest.raises(DataError, match=r"这里只放表式文件，名称以 \.yaml 结尾"):
        read_forms(tmp_path)


def test_the_projects_own_forms_are_good() -> None:
    forms = read_forms(FORMS)
    assert set(forms) == {path.stem for path in FORMS.iterdir()}
    assert {name: form.use for name, form in forms.items()} == {
        "三公经费表": "附件",
        "三审": "审签",
        "信息公开元数据": "元数据",
        "信息头两行三列": "元数据",
        "信息头六项": "元数据",
        "基础数据表2022": "附件",
        "基础数据表控制率": "附件",
        "自评报告": "附件",
        "部门整体支出自评表": "附件",
        "项目支出自评表": "附件",
    }
    assert {name: set(form.lists) for name, form in forms.items() if form.lists} == {
        "基础数据表控制率": {"项目支出明细"},
        "部门整体支出自评表": {"绩效指标"},
        "项目支出自评表": {"绩效指标"},
    }
