"""The rules on a terminal."""

import click

from generator.findings.rules_text import write_rule, write_rules
from tests.findings.cases import RULES


def test_a_line_for_each_rule() -> None:
    assert click.unstyle(write_rules(RULES)) == (
        "C1  错误  三公经费合计等于各项之和（规则）\n"
        "C6  警告  有接待费就有批次（规则）\n"
        "E5  提示  全部是好的回答（表式）\n"
    )


def test_no_rules() -> None:
    assert write_rules({}) == ""


def test_a_rule_with_its_examples() -> None:
    assert click.unstyle(write_rule(RULES["C1"])) == (
        "C1  三公经费合计等于各项之和\n"
        "等级：错误\n"
        "原因：合计与各项对不上\n"
        "依据：示例依据\n"
        "检查：规则\n"
        "\n不符合的例子：\n"
        "    附件1:\n      合计: 0\n"
        "\n符合的例子：\n"
        "    附件1:\n      合计: 1\n"
    )


def test_a_rule_says_all_that_is_known_of_it() -> None:
    assert click.unstyle(write_rule(RULES["E5"])) == (
        "E5  全部是好的回答\n"
        "等级：提示\n"
        "原因：可能是照抄\n"
        "依据：示例依据\n"
        "检查：表式\n"
        "表式：示例表\n"
        "必须改正，不能用“核对说明”代替。\n"
        "\n上年的记录：\n"
        "    附件1: {}\n"
    )
    assert "说明：说明\n" in write_rule(RULES["C6"])
