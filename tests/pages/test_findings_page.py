"""Findings as a page that needs nothing but itself."""

import re
from functools import cache
from html.parser import HTMLParser
from itertools import permutations

import pytest

from generator.pages.environment import make_environment
from generator.pages.findings import write_html
from tests.findings.cases import ALL, ANSWERED, HOSTILE, LOOK, NAMES, RULES, hostile


class Reader(HTMLParser):
    """Elements, attributes and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


environment = cache(make_environment)


def page(*findings: object) -> str:
    return write_html(findings, RULES, NAMES, environment())  # type: ignore[arg-type]


def test_nothing_to_tell() -> None:
    html = page()
    assert "没有问题" in html
    assert "<table>" not in html


def test_findings_are_told_with_evidence_and_answers() -> None:
    text = re.sub(r"\s+", " ", Reader(page(*ALL)).text)
    for words in (
        "示例县民政局 2022 年度",
        "1 处错误、1 处警告、1 处已说明",
        "三公经费合计应为 1.36 万元，写的是 0",
        "另见 12:5 附件3/公务接待费：1.36",
        "另见 data/records/990001/shili-jiaoyu/2022.yaml:9:1 附件3/公务接待费：2",
        "说明（2023-05-01）：接待均为工作餐， 未按批次统计",
        "不认识“单位名”",
    ):
        assert words in text


def test_rules_that_are_named_are_explained() -> None:
    reader = Reader(page(*ALL))
    anchors = [each.get("id") for _, each in reader.elements if each.get("id")]
    links = [each["href"] for tag, each in reader.elements if tag == "a"]
    assert {"rule-C1", "rule-C6"} <= set(anchors)
    assert "rule-E5" not in anchors
    assert len(set(anchors)) == len(anchors)
    assert {f"#{each}" for each in anchors} >= set(links)


def test_the_order_of_findings_does_not_matter() -> None:
    assert {page(*each) for each in permutations(ALL)} == {page(*ALL)}


def test_the_page_asks_nobody_for_anything() -> None:
    html = page(*ALL)
    elements = Reader(html).elements
    assert not {tag for tag, _ in elements} & {"script", "link", "img", "iframe", "form", "base"}
    assert not any(key in each for _, each in elements for key in ("src", "style", "onclick"))
    assert "url(" not in html
    assert "@import" not in html
    policy = next(each for _, each in elements if "http-equiv" in each)
    assert str(policy["content"]).startswith("default-src 'none'; style-src 'unsafe-inline'")


@pytest.mark.parametrize("message", HOSTILE)
def test_a_record_cannot_write_elements(message: str) -> None:
    tame = Reader(page(hostile("无害"))).elements
    assert [tag for tag, _ in Reader(page(hostile(message))).elements] == [tag for tag, _ in tame]


def test_an_answered_finding_says_so() -> None:
    assert '<span class="kind answered">已说明</span>' in page(ANSWERED)
    assert '<span class="kind answered">' not in page(LOOK)
