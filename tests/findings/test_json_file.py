"""Findings for programs: keys and values that others rely on."""

import json
from itertools import permutations

import pytest

from generator.checks.finding import Outcome
from generator.findings.json_file import write_json
from tests.findings.cases import ALL, ANSWERED, HOSTILE, OTHER, RECORD, TOTAL, hostile


def test_nothing_to_tell() -> None:
    assert json.loads(write_json([], {})) == {
        "version": 1,
        "findings": [],
        "counts": {
            "by_severity": {"error": 0, "warning": 0, "note": 0},
            "answered": 0,
            "by_outcome": None,
        },
    }


def test_a_finding_has_everything_that_is_known_of_it() -> None:
    assert json.loads(write_json([TOTAL], {}))["findings"] == [
        {
            "rule": "C1",
            "severity": "error",
            "message": "三公经费合计应为 1.36 万元，写的是 0",
            "path": RECORD.as_posix(),
            "line": 40,
            "column": 7,
            "where": "附件4/正文",
            "evidence": [
                {"path": path.as_posix(), "line": line, "column": column}
                | {"where": where, "quoted": quoted}
                for path, line, column, where, quoted in (
                    (RECORD, 40, 7, "附件4/正文", "0"),
                    (RECORD, 12, 5, "附件3/公务接待费", "1.36"),
                    (OTHER, 9, 1, "附件3/公务接待费", "2"),
                )
            ],
            "answered": None,
        }
    ]


def test_an_answer_is_told() -> None:
    assert json.loads(write_json([ANSWERED], {}))["findings"][0]["answered"] == {
        "explanation": "接待均为工作餐，\n未按批次统计",
        "date": "2023-05-01",
    }


def test_findings_are_counted() -> None:
    counts = json.loads(write_json(ALL, {Outcome.FAILS: 5, Outcome.HOLDS: 7}))["counts"]
    assert counts == {
        "by_severity": {"error": 2, "warning": 1, "note": 1},
        "answered": 1,
        "by_outcome": {"fails": 5, "holds": 7, "not_applicable": 0, "unknown": 0},
    }


def test_the_order_of_findings_does_not_matter() -> None:
    assert {write_json(each, {}) for each in permutations(ALL)} == {write_json(ALL, {})}


@pytest.mark.parametrize("message", HOSTILE)
def test_any_message_comes_back_as_it_was(message: str) -> None:
    finding = json.loads(write_json([hostile(message)], {}))["findings"][0]
    assert finding["message"] == message
    assert [each["quoted"] for each in finding["evidence"]] == [message, message]
    assert finding["answered"]["explanation"] == message
