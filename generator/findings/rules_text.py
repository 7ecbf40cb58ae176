"""The rules as text: for a terminal, and as a page in Markdown."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from textwrap import indent

import click

from generator.checks.rules import FAMILIES, WAYS, RuleText
from generator.findings.words import one_line

_COLOURS = {"错误": "red", "警告": "yellow", "提示": "blue"}


def write_rules(rules: Mapping[str, RuleText]) -> str:
    """One line for each rule: id, severity, what must hold, how it is held."""
    if not rules:
        return ""
    width = max(map(len, rules))
    return "".join(
        f"{rule.id:<{width}}  {_severity(rule)}  {one_line(rule.name)}（{rule.how}）\n"
        for rule in rules.values()
    )


def write_markdown(rules: Mapping[str, RuleText]) -> str:
    """Every rule in a table for each family: what it asks, how it is held, or why not."""
    ways = {rule.how for rule in rules.values()}
    lines = [
        "# 检查规则",
        "",
        "由 `gongkai rules --format md` 生成，不要手改。例子见 `gongkai rules 编号` 和网站上的"
        "“检查规则”一页。",
        "",
        "| 检查 | 意思 |",
        "|---|---|",
        *(f"| {way} | {words} |" for way, words in WAYS.items() if way in ways),
    ]
    for letter, group in groupby(rules.values(), lambda rule: rule.id[:1]):
        lines += ["", f"## {letter} {FAMILIES[letter]}", ""]
        lines += [
            "| 编号 | 要求 | 等级 | 检查 | 怎样查，或为什么不查 | 依据 |",
            "|---|---|---|---|---|---|",
        ]
        for rule in group:
            forms = f"表式：{'、'.join(rule.forms)}。" if rule.forms else ""
            cells = (rule.id, rule.name, rule.severity, rule.how, forms + rule.note, rule.basis)
            lines.append(f"| {' | '.join(one_line(cell).replace('|', '/') for cell in cells)} |")
    return "\n".join(lines) + "\n"


def write_rule(rule: RuleText) -> str:
    """All that is known of a rule, on several lines."""
    return "\n".join(_lines(rule)) + "\n"


def _lines(rule: RuleText) -> Iterator[str]:
    yield click.style(f"{rule.id}  {one_line(rule.name)}", bold=True)
    yield f"等级：{_severity(rule)}"
    yield f"原因：{rule.reason.strip()}"
    yield f"依据：{rule.basis.strip()}"
    yield f"检查：{rule.how}"
    if rule.forms:
        yield f"表式：{'、'.join(rule.forms)}"
    if rule.note:
        yield f"说明：{rule.note.strip()}"
    if not rule.answerable:
        yield "必须改正，不能用“核对说明”代替。"
    for title, example in (
        ("上年的记录", rule.before),
        ("不符合的例子", rule.example),
        ("符合的例子", rule.counter_example),
    ):
        if example:
            yield f"\n{title}："
            yield indent(example.rstrip("\n"), "    ")


def _severity(rule: RuleText) -> str:
    return click.style(rule.severity, fg=_COLOURS[rule.severity])
