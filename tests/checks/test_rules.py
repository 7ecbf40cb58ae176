"""Every rule's example breaks it, its counter-example does not; and the tables are whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.checks.finding import FORMAT_RULE
from generator.checks.rules import RULES, WAYS, RuleText, describe_rules, reference
from generator.errors import SEVERITIES
from generator.findings.rules_text import write_markdown
from generator.forms.form import Form
from generator.forms.rules import FormRule
from generator.forms.types import Blank
from generator.yaml import Node, to_yaml
from tests.checks.cases import ROOT, case_of, faults, forms, holds

# The rules of the field's own list: family -> how many.
FAMILIES = {
    "A": 5,
    "B": 17,
    "C": 10,
    "D": 5,
    "E": 7,
    "F": 9,
    "G": 11,
    "H": 9,
    "I": 4,
    "J": 6,
    "K": 4,
}


def in_python() -> list[RuleText]:
    return [text for text in reference().values() if text.how == "规则"]


def of_forms() -> Iterator[tuple[Form, FormRule]]:
    for form in forms().values():
        for rule in form.rules:
            yield form, rule


def test_all_87_rules_are_accounted_for() -> None:
    for family, count in FAMILIES.items():
        wanted = [f"{family}{number}" for number in range(1, count + 1)]
        assert [id_ for id_ in wanted if id_ not in reference()] == []
    assert sum(FAMILIES.values()) == 87


@pytest.mark.parametrize("text", reference().values(), ids=lambda text: text.id)
def test_a_rule_says_what_people_need(text: RuleText) -> None:
    assert text.severity in SEVERITIES
    assert text.how in WAYS
    assert text.name
    assert text.reason
    assert text.basis
    assert text.note or text.how == "规则"
    assert (text.id in RULES) == (text.how == "规则")
    if text.how == "表式":
        assert text.id in {rule.id for _, rule in of_forms()}


def test_the_table_in_the_documentation_is_of_today() -> None:
    """Written by `gongkai rules --format md --output data/RULES.md`."""
    written = (ROOT / "data" / "RULES.md").read_text(encoding="utf-8")
    assert written == write_markdown(describe_rules(forms()))


def test_every_function_has_a_description_and_a_sentence() -> None:
    for id_, check in RULES.items():
        assert id_ in reference()
        assert check.__doc__
    assert FORMAT_RULE not in RULES


@pytest.mark.parametrize("text", in_python(), ids=lambda text: text.id)
def test_the_example_breaks_the_rule(text: RuleText) -> None:
    case = case_of(text.example, before=text.before)
    assert faults(case, text.id), text.example


@pytest.mark.parametrize("text", in_python(), ids=lambda text: text.id)
def test_the_counter_example_does_not(text: RuleText) -> None:
    assert holds(case_of(text.counter_example, before=text.before), text.id)


@pytest.mark.parametrize(
    ("form", "rule"),
    [*of_forms()],
    ids=lambda each: each.name if isinstance(each, Form) else each.id,
)
def test_examples_of_a_forms_own_rules(form: Form, rule: FormRule) -> None:
    assert faults(case_of(part(form, rule.example)), rule.id)
    assert holds(case_of(part(form, rule.counter_example)), rule.id)


def part(form: Form, example: object) -> str:
    """A record with one part; what must be filled is."""
    node: dict[str, Node] = {"表式": form.name}
    for name, blank in form.blanks.items():
        if isinstance(blank, Blank) and blank.required and "/" not in name:
            node[name] = "示例县民政局"
    node |= example  # type: ignore[operator, arg-type]
    return to_yaml({"附件1": node})


def test_no_rule_stumbles_over_a_record_that_is_nearly_empty() -> None:
    for path in sorted((Path(__file__).parents[1] / "example" / "records").rglob("*.yaml")):
        case = case_of(path.read_text(encoding="utf-8"), int(path.stem))
        for id_ in RULES:
            faults(case, id_)
