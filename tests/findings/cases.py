"""Findings of every kind, made by hand."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.checks.finding import Evidence, Finding
from generator.checks.rules import RuleText
from generator.forms.values import State, Value
from generator.records.review import Answer

RECORD = Path("data/records/990001/shili-minzheng/2022.yaml")
OTHER = Path("data/records/990001/shili-jiaoyu/2022.yaml")
FORM = Path("data/forms/示例 表.yaml")
NAMES = {RECORD: "示例县民政局 2022 年度", OTHER: "示例县教育局 2022 年度"}

ANSWER = Answer(
    0,
    "C6",
    "附件3",
    "",
    "接待均为工作餐，\n未按批次统计",
    Value(State.FILLED, "2023-05-01", date(2023, 5, 1)),
)
TOTAL = Finding(
    "C1",
    "错误",
    "三公经费合计应为 1.36 万元，写的是 0",
    (
        Evidence(RECORD, 40, 7, "附件4/正文", "0"),
        Evidence(RECORD, 12, 5, "附件3/公务接待费", "1.36"),
        Evidence(OTHER, 9, 1, "附件3/公务接待费", "2"),
    ),
)
VISITS = Finding(
    "C6",
    "警告",
    "有公务接待费，没有写批次和人次",
    (Evidence(RECORD, 12, 5, "附件3/公务接待费", "1.36"),),
)
ANSWERED = replace(VISITS, answer=ANSWER)
LOOK = Finding("F9", "提示", "日期中间有空格", (Evidence(OTHER, 3, 9, "附件2/日期", "2023 年"),))
UNREADABLE = Finding(
    "格式", "错误", "不认识“单位名”，是不是“单位名称”？", (Evidence(FORM, 2, 1, "", ""),)
)
ALL = [TOTAL, ANSWERED, LOOK, UNREADABLE, replace(VISITS, rule="C7", message="没有写增减原因")]


def hostile(message: str) -> Finding:
    """A finding all of whose words are a record's."""
    path = Path("data/records/990001/a,b:c%d/2022.yaml")
    places = tuple(Evidence(path, line, 1, message, message) for line in (1, 2))
    return Finding("C1", "错误", message, places, (), replace(ANSWER, explanation=message))


HOSTILE = [
    "第一行\n第二行\r\n第三行",
    "::error file=x::注入",
    "100%0A%25",
    "\x1b[31m红\x1b[0m\x07",
    "<script>alert(1)</script>&amp;\"'",
    "\u202e反写\u2028换行\x85",
    "{{ 7 * 7 }}{% raw %}",
    "]]>-->*/</style></title>",
    "\t制表",
    "𲎯",
]

RULES = {
    "C1": RuleText(
        "C1",
        "三公经费合计等于各项之和",
        "错误",
        "合计与各项对不上",
        "示例依据",
        "规则",
        "",
        "附件1:\n  合计: 0\n",
        "附件1:\n  合计: 1\n",
    ),
    "C6": RuleText(
        "C6", "有接待费就有批次", "警告", "读者会问", "示例依据", "规则", "说明", "", ""
    ),
    "E5": RuleText(
        "E5",
        "全部是好的回答",
        "提示",
        "可能是照抄",
        "示例依据",
        "表式",
        "",
        "",
        "",
        before="附件1: {}\n",
        answerable=False,
        forms=("示例表",),
    ),
}
"""The last is one that no finding names."""
