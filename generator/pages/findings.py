"""Findings as one page for a browser, which needs nothing but itself."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment

from generator.checks.finding import Finding
from generator.checks.rules import RuleText
from generator.findings.words import (
    ANSWERED,
    by_file,
    counts_in_words,
    kinds,
    one_line,
    position,
    shortened,
)


def write_html(
    findings: Sequence[Finding],
    rules: Mapping[str, RuleText],
    names: Mapping[Path, str],
    environment: Environment,
) -> str:
    """The findings file by file, then what the rules that they name ask for.

    The page has its style within it, no script, and asks nobody for anything.

    Args:
        findings: in any order.
        rules: every rule by its id, in the order in which they are explained.
        names: a record's file -> its unit and year; files without one are told by their path.
    """
    named = {finding.rule for finding in findings}
    page = environment.get_template("pages/findings.html").render(
        counts=kinds(findings),
        files=[
            {
                "anchor": f"file-{number}",
                "path": path.as_posix(),
                "name": names.get(path, ""),
                "counts": counts_in_words(each),
                "findings": each,
            }
            for number, (path, each) in enumerate(by_file(findings), 1)
        ],
        rules={id_: rule for id_, rule in rules.items() if id_ in named},
        classes=_CLASSES,
        one_line=one_line,
        position=position,
        shortened=shortened,
    )
    return page if page.endswith("\n") else f"{page}\n"


_CLASSES = {"错误": "error", "警告": "warning", "提示": "note", ANSWERED: "answered"}
"""Of the style sheet in the template."""
