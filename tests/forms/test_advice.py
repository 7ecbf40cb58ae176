"""Advice on drawings: what would be hard to read back, at its place; nothing of what is easy."""

from pathlib import Path

import pytest

from generator.forms.advice import advise
from generator.forms.file import read_form
from generator.yaml import YamlFile

FORMS = Path(__file__).parents[2] / "data" / "forms"

# What is drawn below 标题, from line 4 on, of these blanks.
BLANKS = {
    "甲": "文本",
    "乙": "文本",
    "长": "长文本",
    "数": "整数",
    "额": "整数",
    "日": "日期",
    "年度": "年度",
    "选": "{类型: 选一, 选项: [合格, 不合格]}",
    "多": "{类型: 选多, 选项: [网站, 门户网站]}",
    "单/一": "整数",
    "单/二": "文本",
}


def advice(
    drawn: str, folder: Path, head: str = "  - 标题: 样表\n", use: str = "附件"
) -> list[str]:
    path = folder / "样表.yaml"
    listed = "".join(
        f"  {name}: {type_}\n" for name, type_ in BLANKS.items() if f"{{{name}}}" in drawn
    )
    text = f"名称: 样表\n版面:\n{head}{drawn}填空:\n{listed}"
    path.write_text(text if use == "附件" else f"用于: {use}\n{text}", encoding="utf-8")
    problems = advise(read_form(path), YamlFile.read(path))
    assert not any(problem.stops for problem in problems)
    return [f"{problem.line}:{problem.column}: {problem.message}" for problem in problems]


def table(*rows: str, columns: int = 4) -> str:
    drawn = "".join(f"      - {row}\n" for row in rows)
    return f"  - 列宽: {[1] * columns}\n    表格:\n{drawn}"


def no_words(one: str, other: str) -> str:
    return f"“{one}”和“{other}”之间没有字，填好以后分不开，请加上名称"


def both_texts(one: str, other: str) -> str:
    return f"“{one}”和“{other}”都是文字，写在同一行里容易分错，请分成两行或两格"


def same(one: str, other: str, label: str) -> str:
    return f"“{one}”和“{other}”的名称都是“{label}”，上级栏目也一样，填好以后分不清，请改一个名称"


def inside(option: str, other: str) -> str:
    return f"选项“{option}”是“{other}”的一部分，读填好的表时容易认错，原表没有规定的话请换一种说法"


def unused(column: str) -> str:
    return f"没有一行用到第 {column} 列，请看看“列宽”是不是多写了"


PRINTED = "两头的“ ”是中文引号，会照样印出来；如果是用来括住文字的，请改为半角的直引号"
NO_LABEL = "这一行没有栏目名称，填好以后认不出来，请在左边或上面写上名称"

ADVICE = [
    # nothing between two blanks
    ('  - 行: "数:{数}{额}"\n', ["4:14: " + no_words("数", "额")]),
    ('  - 行: "数:{数} {日}"\n', ["4:15: " + no_words("数", "日")]),
    ('  - 行: "甲:{甲}{乙}"\n', ["4:14: " + no_words("甲", "乙")]),  # two texts: not told twice
    (
        "  - 列宽: [1]\n    表格:\n      - - |-\n          日:{日}\n          数:{数}{额}\n",
        ["8:16: " + no_words("数", "额")],
    ),
    # two texts in a line
    ('  - 行: "甲:{甲} 乙:{乙}"\n', ["4:17: " + both_texts("甲", "乙")]),
    ('  - 行: "甲:{甲} 日期:{日} 说明:{长}"\n', ["4:25: " + both_texts("甲", "长")]),
    # the same label twice
    ('  - 行: "日期:{日}"\n  - 行: "日期:{数}"\n', ["5:12: " + same("数", "日", "日期")]),
    ('  - 行: "数:{数}，数:{额}"\n', ["4:17: " + same("额", "数", "数")]),
    (table('[人数, "{数}", 人数, "{额}"]'), ["6:26: " + same("额", "数", "人数")]),
    (
        table('[收入, 合计, "{数}"]', '[^, 合计, "{额}"]', columns=3),
        ["7:18: " + same("额", "数", "合计")],
    ),
    (
        table('[甲, "金额:{数}"]', '[甲, "金额:{额}"]', columns=2),
        ["7:17: " + same("额", "数", "金额")],
    ),
    (table("[人数]", '["{数}"]', '["{额}"]', columns=1), ["8:11: " + same("额", "数", "人数")]),
    (table('[人数, "{数}", "{额}"]', columns=3), ["6:22: " + same("额", "数", "人数")]),
    # a row without a label
    (table('["{数}", "{额}"]', '[合计, "{长}"]', columns=2), ["6:9: " + NO_LABEL]),
    (table('["", "", —, "{数}"]'), ["6:9: " + NO_LABEL]),
    # columns that no row has
    (table('[人数, "{数}"]', "[甲, 乙]", columns=3), ["4:16: " + unused("3")]),
    (table('[人数, "{数}"]', "[甲, 乙]"), ["4:16: " + unused("3、4")]),
    (table('[人数, <, "{数}"]', "[甲, <, 乙]", columns=3), ["4:13: " + unused("2")]),
    # quotes that YAML takes for words
    ("  - 行: “数:{数}”\n", ["4:8: " + PRINTED]),
    (table('[“人数”, "{数}"]', columns=2), ["6:10: " + PRINTED]),
    # options that contain each other
    (
        '  - 行: "结论:{选}"\n',
        ["6:20: " + inside("合格", "不合格")],
    ),
    (
        '  - 行: "方式:{多}"\n',
        ["6:20: " + inside("网站", "门户网站")],
    ),
]


@pytest.mark.parametrize(("drawn", "told"), ADVICE)
def test_what_is_hard_to_read_back_is_told(drawn: str, told: list[str], tmp_path: Path) -> None:
    assert advice(drawn, tmp_path) == told


@pytest.mark.parametrize(
    "drawn",
    [
        '  - 行: "数:{数}，额:{额}"\n',
        '  - 行: "甲:{甲} 日期:{日}"\n',
        '  - 行: "甲:{甲}"\n  - 行: "乙:{乙}"\n',
        '  - 行: "{年度}{甲}"\n',  # a year is known, as good as a word
        '  - 行: "{{甲}}{甲}"\n',
        '  - 落款: "{甲}"\n  - 落款: "{日}"\n',  # told apart by their types and places
        '  - 行: "日期:{日}"\n  - 行: "日期:{日}"\n',  # one blank, drawn twice
        table('[人数, "{数}", 辆数, "{额}"]'),
        table('[收入, 合计, "{数}"]', '[支出, 合计, "{额}"]', columns=3),
        table('["甲:{甲}", "数:{数}", "日:{日}"]', columns=3),  # labels in the cells themselves
        table('[甲, "{甲}"]', '["注:{乙}"]', columns=2),
        table("[预算, 决算]", '["{数}", "{额}"]', columns=2),  # below headers
        table("[项目, 预算, 决算]", '[合计, "{数}", "{额}"]', columns=3),
        table("[说明]", '["{长}"]', columns=1),
        table("[名称, 数]", '{重复: 单, 一行: ["{单/二}", "{单/一}"]}', columns=2),
        table('{重复: 单, 一行: ["{单/二}", "{单/一}"]}', columns=2),
        table("[一, 二, 三, 四]"),
        '  - 正文: "{长}"\n',
        "  - 行: “甲”和“乙”\n",
        "  - 行: 见“甲”\n",
    ],
)
def test_what_is_easy_is_not(drawn: str, tmp_path: Path) -> None:
    assert advice(drawn, tmp_path) == []


def test_an_attachment_without_a_title_is_told(tmp_path: Path) -> None:
    line = '  - 行: "甲:{甲}"\n'
    assert advice(line, tmp_path, head="") == [
        "2:1: 没有“标题”：读填好的文件时要靠标题认出是哪张表，请画上"
    ]
    for use in ("元数据", "审签"):
        assert advice(line, tmp_path, head="", use=use) == []


@pytest.mark.parametrize("path", sorted(FORMS.iterdir()), ids=lambda path: path.stem)
def test_the_projects_own_forms_are_easy_to_read_back(path: Path) -> None:
    assert advise(read_form(path), YamlFile.read(path)) == []
