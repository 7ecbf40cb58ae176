"""The reference page of rules."""

import re
from dataclasses import replace

from generator.pages.environment import make_environment
from generator.pages.page import Page
from generator.pages.rules import rules_page
from tests.findings.cases import RULES


def page(rules: object = RULES) -> Page:
    return rules_page(rules, make_environment())  # type: ignore[arg-type]


def test_where_it_is() -> None:
    made = page()
    assert (made.address, made.kind, made.title) == ("rules/", "rules", "检查规则")
    assert "3 条" in made.description


def test_every_rule_stands_in_the_table_and_on_its_own() -> None:
    html = page().content
    anchors = re.findall(r'\bid="([^"]+)"', html)
    assert anchors == ["family-C", "C1", "C6", "family-E", "E5"]
    for id_ in RULES:
        assert f'<th scope="row"><a href="#{id_}">{id_}</a></th>' in html


def test_the_contents_are_the_families() -> None:
    assert re.findall(r'href="#([^"]+)">([^<]+)<', page().toc) == [
        ("family-C", "C　“三公”经费"),
        ("family-E", "E　选项和说明"),
    ]


def test_examples_are_shown_as_they_are_written() -> None:
    html = page().content
    assert "<pre><code>附件1:\n  合计: 0</code></pre>" in html
    assert "<pre><code>附件1:\n  合计: 1</code></pre>" in html
    assert html.count("<details>") == 1  # only one of them has examples


def test_what_is_known_of_a_rule_is_told() -> None:
    html = page().content
    assert "可能是照抄。" in html
    assert "有这条规则的表式：示例表" in html
    assert "必须改正，不能用“核对说明”代替" in html


def test_only_ways_that_are_used_are_explained() -> None:
    assert re.findall("<dt>(.+?)</dt>", page().content) == ["规则", "表式"]


def test_words_of_a_rule_are_words() -> None:
    wild = {"C1": replace(RULES["C1"], example="<script>{{ 1 }}</script>", name="<b>&amp;")}
    html = page(wild).content
    assert "<script>" not in html
    assert "&lt;script&gt;{{ 1 }}&lt;/script&gt;" in html
    assert "&lt;b&gt;&amp;amp;" in html


def test_no_rules() -> None:
    assert "0 条" in page({}).content
