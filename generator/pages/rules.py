"""The reference page of rules: what is asked of records, why, and what it looks like."""

from collections.abc import Mapping
from itertools import groupby

from jinja2 import Environment
from markupsafe import Markup

from generator.checks.rules import FAMILIES, WAYS, RuleText
from generator.pages.addresses import root_of
from generator.pages.contents import Contents, nested
from generator.pages.page import Page

RULES = "rules/"
"""The page's address."""


def rules_page(rules: Mapping[str, RuleText], environment: Environment) -> Page:
    """The page of all rules, in the order in which they are given: A1 … L3.

    Each has its id as its anchor: `rules/#C1`.
    """
    contents = Contents()
    families = []
    used = {rule.how for rule in rules.values()}
    for letter, group in groupby(rules.values(), lambda rule: rule.id[:1]):
        title = f"{letter}　{FAMILIES[letter]}" if letter in FAMILIES else letter
        anchor = contents.add(2, title, f"family-{letter}")
        families.append({"anchor": anchor, "title": title, "rules": list(group)})

    def render(template: str) -> Markup:
        html = environment.get_template(template).render(
            root=root_of(RULES),
            families=families,
            count=len(rules),
            ways={way: words for way, words in WAYS.items() if way in used},
            classes=_CLASSES,
            entries=nested(contents.headings),
        )
        return Markup(html)  # noqa: S704 - rendered by our escaping environment

    return Page(
        address=RULES,
        kind="rules",
        title="检查规则",
        description=f"公开以前，每份记录要过的 {len(rules)} 条检查规则：要求、原因、依据和例子",
        content=render("pages/rules.html"),
        toc=render("pages/parts/contents.html"),
    )


_CLASSES = {"错误": "gk-error", "警告": "gk-warning", "提示": "gk-hint"}
"""Of the style sheet."""
