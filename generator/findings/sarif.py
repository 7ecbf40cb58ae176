"""Findings as SARIF 2.1.0, the exchange format of static analysis (OASIS standard).

What it says of results: level (§3.27.10), locations (§3.27.12), relatedLocations (§3.27.22) and
suppressions (§3.27.23), which all results have, be it empty, or none. In messages braces
are written twice (§3.11.5), and nothing looks like a link (§3.11.6).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from generator.checks.finding import FORMAT_RULE, Evidence, Finding, in_order
from generator.checks.rules import RuleText
from generator.errors import Severity

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {"错误": "error", "警告": "warning", "提示": "note"}


def write_sarif(findings: Sequence[Finding], rules: Mapping[str, RuleText]) -> str:
    """One run of our tool, with every rule's description; JSON with a line break at its end."""
    ordered = in_order(findings)
    described = [_rule(rule) for rule in rules.values()]
    described += [_other_rule(id_) for id_ in _missing(ordered, rules)]
    numbers = {str(rule["id"]): number for number, rule in enumerate(described)}
    document = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "gongkai", "rules": described}},
                "language": "zh-CN",
                "columnKind": "unicodeCodePoints",
                "results": [_result(each, numbers[each.rule]) for each in ordered],
            }
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _missing(findings: Iterable[Finding], rules: Mapping[str, RuleText]) -> list[str]:
    """Rules that findings name and nobody described, such as 格式."""
    return sorted({finding.rule for finding in findings} - rules.keys())


def _rule(rule: RuleText) -> dict[str, object]:
    pieces = [rule.reason.strip(), f"依据：{rule.basis.strip()}"]
    if rule.note:
        pieces.append(rule.note.strip())
    return {
        "id": rule.id,
        "shortDescription": _message(rule.name),
        "fullDescription": _message(rule.reason.strip() or rule.name),
        "help": _message("\n\n".join(pieces)),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _other_rule(id_: str) -> dict[str, object]:
    text = "文件要能读出，写法要符合表式" if id_ == FORMAT_RULE else id_
    return {"id": id_, "shortDescription": _message(text)}


def _result(finding: Finding, number: int) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "level": _LEVELS[finding.severity],
        "message": _message(finding.message),
        "locations": [_location(finding.place)],
        "suppressions": _suppressions(finding),
    }
    if others := finding.evidence[1:]:
        result["relatedLocations"] = [
            {"id": number, **_location(each), "message": _message(_quotation(each))}
            for number, each in enumerate(others, 1)
        ]
    return result


def _message(text: str) -> dict[str, str]:
    """Words that mean nothing to who reads the format: no place for an argument, no link."""
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def _quotation(evidence: Evidence) -> str:
    quoted = f"“{evidence.quoted}”" if evidence.quoted else ""
    return f"{evidence.label}{quoted}" or "另见"


def _location(evidence: Evidence) -> dict[str, object]:
    location: dict[str, object] = {
        "physicalLocation": {
            "artifactLocation": _artifact(evidence.path),
            "region": {"startLine": evidence.line, "startColumn": evidence.column},
        }
    }
    if evidence.label:
        location["logicalLocations"] = [{"fullyQualifiedName": evidence.label}]
    return location


def _artifact(path: Path) -> dict[str, str]:
    """Below the root of the sources, whatever that is where it is read."""
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": "%SRCROOT%"}


def _suppressions(finding: Finding) -> list[dict[str, str]]:
    if finding.answer is None:
        return []
    return [
        {
            "kind": "inSource",
            "status": "accepted",
            "justification": finding.answer.explanation,
        }
    ]
