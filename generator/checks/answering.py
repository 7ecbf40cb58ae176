"""Answers of a record (核对说明) laid beside the findings they explain."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.checks.finding import Fault, Finding, Spot, of_fault
from generator.forms.schema import ANSWERS_KEY
from generator.records.record import Record
from generator.records.review import Answer

STALE_RULE = "L2"
"""An answer to a finding that is not there."""


def answered(
    record: Record, findings: Iterable[Finding], unanswerable: Iterable[str]
) -> list[Finding]:
    """The findings with their answers; with them a 警告 for each answer that answers nothing.

    unanswerable: rules whose findings have to be put right, whatever is said.
    """
    refused = frozenset(unanswerable)
    answers = record.review.answers
    told: list[Finding] = []
    used: set[int] = set()
    for finding in findings:
        answer = None if finding.rule in refused else _answer(finding, answers)
        if answer:
            used.add(answer.number)
            finding = replace(finding, answer=answer)
        told.append(finding)
    for answer in answers:
        if answer.number not in used:
            told.append(_stale(record, answer, refused))
    return told


def _answer(finding: Finding, answers: Sequence[Answer]) -> Answer | None:
    """The answer that says most exactly what it is about."""
    fitting = [answer for answer in answers if _fits(answer, finding)]
    return max(
        fitting,
        key=lambda each: (bool(each.quoted), len(each.where), -each.number),
        default=None,
    )


def _fits(answer: Answer, finding: Finding) -> bool:
    label = finding.place.label
    return (
        answer.rule == finding.rule
        and (not answer.where or label == answer.where or label.startswith(f"{answer.where}/"))
        and (
            not answer.quoted
            or any(answer.quoted in evidence.quoted for evidence in finding.evidence)
            or answer.quoted in finding.message
        )
    )


def _stale(record: Record, answer: Answer, refused: frozenset[str]) -> Finding:
    if answer.rule in refused:
        message = f"规则 {answer.rule} 的问题必须改正，不能用说明代替，请改正后删去这条说明"
    else:
        message = (
            f"没有规则 {answer.rule} 的问题要在这里说明，可能已经改正；"
            "请核对规则编号、位置和原文，或删去这条说明"
        )
    spot = Spot(record.file, (ANSWERS_KEY, answer.number, "规则"), answer.rule, 0)
    return of_fault(STALE_RULE, "警告", Fault(spot, message))
