"""Every rule there is: the one table of those in Python, and what people read of all of them.

The words (reason, regulation, example, counter-example) stand in `reference/`, one file a family;
those of a form's own rules stand in the form's file. Both kinds give the same kind of finding.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import cast

from generator.checks import (
    amounts,
    answers,
    dates,
    gate,
    grades,
    identity,
    metadata,
    prose,
    staff,
    three_public,
    years,
)
from generator.checks.case import Case
from generator.checks.finding import Outcome, Verdict
from generator.checks.form_rules import ask, rules_of
from generator.errors import Severity
from generator.forms.form import Form
from generator.yaml import YamlFile, to_yaml

Check = Callable[[Case], Iterator[Verdict]]

RULES: Mapping[str, Check] = {
    **identity.RULES,
    **amounts.RULES,
    **three_public.RULES,
    **staff.RULES,
    **answers.RULES,
    **dates.RULES,
    **grades.RULES,
    **prose.RULES,
    **gate.RULES,
    **metadata.RULES,
    **years.RULES,
}
"""id -> the function that asks it, of every rule in Python."""


FAMILIES: Mapping[str, str] = {
    "A": "单位、年度和附件",
    "B": "收入和支出",
    "C": "“三公”经费",
    "D": "人员和车辆",
    "E": "选项和说明",
    "F": "日期",
    "G": "评价结论和得分",
    "H": "文字",
    "I": "个人信息和审查",
    "J": "信息公开元数据",
    "K": "不同年度之间、公布以后",
    "L": "报告的提纲、核对说明",
}
"""First letter of an id -> what these rules are about."""

WAYS: Mapping[str, str] = {
    "规则": "检查时核对记录里的数字和文字",
    "表式": "随表式不同，写在表式文件里，检查时核对",
    "全文": "检查时在记录的每一处文字里查找",
    "读取": "读文件时就拦下",
    "路径": "由文件的位置和名称保证",
    "生成": "生成网站时由程序保证",
    "页面": "由网页的样式保证",
    "说明": "别的规则都核对完以后，与“核对说明”逐条对照",
    "不检查": "程序不检查，请人工核对",
}
"""How a rule is held (做法), in words."""


@dataclass(frozen=True, slots=True)
class RuleText:
    """What people read of a rule."""

    id: str
    name: str
    """What must hold, in a short sentence."""
    severity: Severity
    reason: str
    basis: str
    """The regulation, standard or experience that asks for it."""
    how: str
    """Where it is held, if it is: a key of WAYS."""
    note: str
    """How, or why not."""
    example: str
    """YAML that breaks it; "" for what is not asked of a record alone."""
    counter_example: str
    """The nearest YAML that does not."""
    before: str = ""
    """The year before's record, for both."""
    answerable: bool = True
    """Whether a record may answer it in 核对说明."""
    forms: tuple[str, ...] = ()
    """The forms that have it among their own rules."""


@cache
def reference() -> Mapping[str, RuleText]:
    """What `reference/` says, by id."""
    texts: dict[str, RuleText] = {}
    for path in sorted((Path(__file__).parent / "reference").glob("*.yaml")):
        root = YamlFile.read(path).root
        assert isinstance(root, dict)  # noqa: S101 - our own files, held by a test
        for id_, node in root.items():
            entry = cast(dict[str, str], node)
            texts[id_] = RuleText(
                id_,
                entry["名称"],
                cast(Severity, entry["等级"]),
                entry["原因"],
                entry["依据"],
                entry["做法"],
                entry.get("说明", ""),
                entry.get("例", ""),
                entry.get("反例", ""),
                entry.get("上年例", ""),
                entry.get("可说明", "是") == "是",
            )
    return texts


def describe_rules(forms: Mapping[str, Form]) -> dict[str, RuleText]:
    """Every rule by its id, those that stand in forms included; sorted A1, A2, …, A10, B1."""
    texts = dict(reference())
    in_forms: dict[str, list[str]] = {}
    for form, rule in rules_of(forms):
        in_forms.setdefault(rule.id, []).append(form.name)
        known = texts.get(rule.id)
        if known and known.example:
            continue
        texts[rule.id] = RuleText(
            rule.id,
            known.name if known else rule.name,
            known.severity if known else rule.severity,
            known.reason if known else rule.reason,
            known.basis if known else rule.basis,
            known.how if known else "表式",
            known.note if known else "",
            _as_part(form, rule.example),
            _as_part(form, rule.counter_example),
        )
    described = {}
    for id_ in sorted(texts, key=_order):
        described[id_] = replace(texts[id_], forms=tuple(dict.fromkeys(in_forms.get(id_, ()))))
    return described


def _as_part(form: Form, example: Mapping[str, object]) -> str:
    return to_yaml({"附件1": {"表式": form.name, **example}})  # type: ignore[dict-item]


def _order(id_: str) -> tuple[str, int, str]:
    digits = "".join(character for character in id_ if character.isdigit())
    return id_.rstrip("0123456789"), int(digits or 0), id_


def ask_all(case: Case) -> Iterator[tuple[str, Severity, Verdict]]:
    """Every rule's verdicts on a record: id, severity, verdict. A Fault is to be told.

    Of what was withdrawn nobody reads the content: only the way it went is asked about.
    """
    texts = reference()
    is_withdrawn = case.record.review.status == "已撤回"
    for id_, check in (gate.RULES if is_withdrawn else RULES).items():
        severity = texts[id_].severity
        is_silent = True
        for verdict in check(case):
            is_silent = False
            yield id_, severity, verdict
        if is_silent:
            yield id_, severity, Outcome.NOT_APPLICABLE
    for part in () if is_withdrawn else case.record.parts:
        for rule in part.form.rules:
            for verdict in ask(rule, part, case.record):
                yield rule.id, rule.severity, verdict
