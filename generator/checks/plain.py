"""Findings, and what they rest on, as plain values for JSON, and back."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from generator.checks.finding import Evidence, Finding
from generator.forms.types import Date
from generator.forms.values import State, Value
from generator.records.review import Answer


def plain_finding(finding: Finding, own: Path) -> dict[str, Any]:
    """own: the record's path, which is not written again."""
    answer = None
    if finding.answer:
        answer = {**asdict(finding.answer), "date": finding.answer.date.written}
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "evidence": [plain_evidence(each, own) for each in finding.evidence],
        "where": finding.where,
        "answer": answer,
    }


def plain_evidence(each: Evidence, own: Path) -> list[Any]:
    """own: the record's path, which nearly all evidence has and which is not written again."""
    place = ["" if each.path == own else str(each.path), each.line, each.column]
    return [*place, each.label, each.quoted, each.where, each.offset]


def finding_of(plain: dict[str, Any], own: Path) -> Finding:
    """Back from `plain_finding`."""
    answer = plain["answer"]
    if answer:
        written = answer.pop("date")
        answer = Answer(**answer, date=Value(State.FILLED, written, Date().parse(written)))
    return Finding(
        plain["rule"],
        plain["severity"],
        plain["message"],
        tuple(evidence_of(each, own) for each in plain["evidence"]),
        tuple(plain["where"]),
        answer,
    )


def evidence_of(plain: list[Any], own: Path) -> Evidence:
    """Back from `plain_evidence`."""
    path, line, column, label, quoted, where, offset = plain
    return Evidence(Path(path) if path else own, line, column, label, quoted, tuple(where), offset)
