"""Findings as text for a terminal, one group of lines for each file."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from generator.checks.finding import Finding, Outcome
from generator.findings.words import (
    ANSWERED,
    by_file,
    counts_in_words,
    one_line,
    position,
    see_also,
)

_COLOURS = {"错误": "red", "警告": "yellow", "提示": "blue", ANSWERED: "green"}
_INDENT = "    "


def write_text(
    findings: Sequence[Finding],
    names: Mapping[Path, str],
    outcomes: Mapping[Outcome, int] | None = None,
    *,
    with_answered: bool = True,
) -> str:
    """The findings, file by file; "" when there is nothing to tell.

    Each line that tells a finding begins with file:line:column, so that editors of text jump there.
    Colours are codes of the terminal; `click.echo` leaves them out where there is none.

    Args:
        findings: in any order.
        names: a record's file -> its unit and year; files without one are told by their path.
        outcomes: how often rules came to which outcome, told at the end when it is given.
        with_answered: also tell those that are answered; else only how many there are.
    """
    groups = [
        "\n".join(_group(path, each, names, with_answered)) for path, each in by_file(findings)
    ]
    if outcomes is not None:
        counts = "、".join(f"{each.value} {outcomes.get(each, 0)}" for each in Outcome)
        groups.append(f"各条规则的结果（次）：{counts}")
    return "\n\n".join(groups) + "\n" if groups else ""


def _group(
    path: Path, findings: Sequence[Finding], names: Mapping[Path, str], with_answered: bool
) -> Iterator[str]:
    name = f" — {names[path]}" if path in names else ""
    heading = one_line(f"{path.as_posix()}{name}：{counts_in_words(findings)}")
    yield click.style(heading, bold=True)
    for finding in findings:
        if with_answered or not finding.answer:
            yield from _lines(finding)


def _lines(finding: Finding) -> Iterator[str]:
    answer = finding.answer
    state = f"{finding.severity}（{ANSWERED}）" if answer else finding.severity
    colour = _COLOURS[ANSWERED if answer else finding.severity]
    mark = click.style(f"{state}[{one_line(finding.rule)}]", fg=colour, dim=bool(answer) or None)
    label = f"（{one_line(finding.place.label)}）" if finding.place.label else ""
    yield f"{position(finding.place)}: {mark} {one_line(finding.message)}{label}"
    for evidence in finding.evidence[1:]:
        yield click.style(_INDENT + see_also(evidence), dim=True)
    if answer:
        said = one_line(f"说明（{answer.date.written}）：{answer.explanation}")
        yield click.style(_INDENT + said, fg=colour, dim=True)
