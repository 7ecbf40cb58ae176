"""Findings as JSON for programs.

    {
      "version": 1,
      "findings": [                 by path, line, column, rule
        {
          "rule": "C1",             "格式" for what the strict reader refuses
          "severity": "error",      or "warning", "note"
          "message": "…",
          "path": "data/records/…/2022.yaml",
          "line": 12,               from 1
          "column": 7,              from 1, in characters
          "where": "附件3/编制人数",  "" when it is about a file as a whole
          "evidence": [             first the place itself, then what it disagrees with
            {"path", "line", "column", "where", "quoted"}
          ],
          "answered": null          or {"explanation", "date"}: from 核对说明
        }
      ],
      "counts": {
        "by_severity": {"error", "warning", "note"},   without those that are answered
        "answered": 4,
        "by_outcome": null          or {"fails", "holds", "not_applicable", "unknown"}
      }
    }

Keys are added only; a change of what one means raises the version.
"""

import json
from collections.abc import Mapping, Sequence

from generator.checks.finding import Evidence, Finding, Outcome, in_order
from generator.errors import Severity
from generator.findings.words import ANSWERED, kinds

VERSION = 1
_SEVERITIES: Mapping[Severity, str] = {"错误": "error", "警告": "warning", "提示": "note"}


def write_json(findings: Sequence[Finding], outcomes: Mapping[Outcome, int]) -> str:
    """The findings, one JSON text with a line break at its end.

    outcomes: how often rules came to which outcome; empty when that was not asked for.
    """
    counted = kinds(findings)
    document = {
        "version": VERSION,
        "findings": [_finding(each) for each in in_order(findings)],
        "counts": {
            "by_severity": {name: counted[severity] for severity, name in _SEVERITIES.items()},
            "answered": counted[ANSWERED],
            "by_outcome": {each.name.lower(): outcomes.get(each, 0) for each in Outcome}
            if outcomes
            else None,
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, object]:
    place, answer = finding.place, finding.answer
    return {
        "rule": finding.rule,
        "severity": _SEVERITIES[finding.severity],
        "message": finding.message,
        "path": place.path.as_posix(),
        "line": place.line,
        "column": place.column,
        "where": place.label,
        "evidence": [_evidence(each) for each in finding.evidence],
        "answered": {"explanation": answer.explanation, "date": answer.date.written}
        if answer
        else None,
    }


def _evidence(evidence: Evidence) -> dict[str, object]:
    return {
        "path": evidence.path.as_posix(),
        "line": evidence.line,
        "column": evidence.column,
        "where": evidence.label,
        "quoted": evidence.quoted,
    }
