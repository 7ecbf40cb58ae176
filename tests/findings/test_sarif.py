"""Findings as SARIF: what the standard asks of each part that we write."""

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from generator.checks.finding import Finding
from generator.findings.sarif import write_sarif
from tests.findings.cases import ALL, ANSWERED, HOSTILE, LOOK, RULES, TOTAL, UNREADABLE, hostile


def run_of(findings: Sequence[Finding]) -> Any:
    document = json.loads(write_sarif(findings, RULES))
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    return run


def test_nothing_to_tell_is_a_run_without_results() -> None:
    run = run_of([])
    assert run["results"] == []  # absent would mean that nothing was looked for
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["C1", "C6", "E5"]


def test_columns_are_counted_in_characters() -> None:
    assert run_of([])["columnKind"] == "unicodeCodePoints"


def test_a_rule_is_described() -> None:
    rule = run_of([])["tool"]["driver"]["rules"][1]
    assert rule == {
        "id": "C6",
        "shortDescription": {"text": "有接待费就有批次"},
        "fullDescription": {"text": "读者会问"},
        "help": {"text": "读者会问\n\n依据：示例依据\n\n说明"},
        "defaultConfiguration": {"level": "warning"},
    }


def test_every_result_names_its_rule_by_id_and_number() -> None:
    run = run_of(ALL)
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    assert [rules[each["ruleIndex"]] for each in run["results"]] == [
        each["ruleId"] for each in run["results"]
    ]


def test_places_are_relative_and_count_from_1() -> None:
    (result,) = run_of([TOTAL])["results"]
    assert result["level"] == "error"
    assert result["message"] == {"text": TOTAL.message}
    (location,) = result["locations"]
    assert location == {
        "physicalLocation": {
            "artifactLocation": {
                "uri": "data/records/990001/shili-minzheng/2022.yaml",
                "uriBaseId": "%SRCROOT%",
            },
            "region": {"startLine": 40, "startColumn": 7},
        },
        "logicalLocations": [{"fullyQualifiedName": "附件4/正文"}],
    }
    assert [
        (each["id"], each["message"]["text"], each["physicalLocation"]["region"]["startLine"])
        for each in result["relatedLocations"]
    ] == [(1, "附件3/公务接待费“1.36”", 12), (2, "附件3/公务接待费“2”", 9)]


@pytest.mark.parametrize(
    ("path", "artifact"),
    [
        (
            Path("data/forms/示例 表.yaml"),
            {
                "uri": "data/forms/%E7%A4%BA%E4%BE%8B%20%E8%A1%A8.yaml",
                "uriBaseId": "%SRCROOT%",
            },
        ),
        (
            Path("a,b:c%d#e?/2022.yaml"),
            {"uri": "a%2Cb%3Ac%25d%23e%3F/2022.yaml", "uriBaseId": "%SRCROOT%"},
        ),
        (Path("/data/a b.yaml"), {"uri": "file:///data/a%20b.yaml"}),
    ],
)
def test_paths_are_written_as_addresses(path: Path, artifact: dict[str, str]) -> None:
    finding = replace(LOOK, evidence=(replace(LOOK.place, path=path),))
    (result,) = run_of([finding])["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == artifact


def test_what_has_no_place_in_a_record_has_no_logical_location() -> None:
    (result,) = run_of([UNREADABLE])["results"]
    assert result["locations"][0].keys() == {"physicalLocation"}


@pytest.mark.parametrize(
    ("finding", "level"), [(TOTAL, "error"), (ANSWERED, "warning"), (LOOK, "note")]
)
def test_severities_are_levels(finding: Finding, level: str) -> None:
    assert run_of([finding])["results"][0]["level"] == level


def test_answered_findings_are_suppressed_and_the_others_say_that_they_are_not() -> None:
    results = {each["ruleId"]: each["suppressions"] for each in run_of(ALL)["results"]}
    justification = "接待均为工作餐，\n未按批次统计"
    assert results.pop("C6") == [
        {"kind": "inSource", "status": "accepted", "justification": justification}
    ]
    assert list(results.values()) == [[]] * 4


def test_the_order_of_findings_does_not_matter() -> None:
    assert {write_sarif(each, RULES) for each in permutations(ALL)} == {write_sarif(ALL, RULES)}


@pytest.mark.parametrize("message", HOSTILE)
def test_any_message_comes_back_as_it_was(message: str) -> None:
    (result,) = run_of([hostile(message)])["results"]
    said = result["message"]["text"]
    assert said.replace("{{", "{").replace("}}", "}") == message
    assert result["suppressions"][0]["justification"] == message


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("填 {年} 年", "填 {{年}} 年"),
        ("[这里](http://example.invalid)", "[这里] (http://example.invalid)"),
        ("[1, 2]", "[1, 2]"),
    ],
)
def test_a_message_holds_neither_arguments_nor_links(message: str, text: str) -> None:
    (result,) = run_of([replace(TOTAL, message=message)])["results"]
    assert result["message"] == {"text": text}
