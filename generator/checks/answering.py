"""Answers of a record (核对说明) laid beside the findings they explain."""

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from generator.checks.finding import Fault, Finding, Spot, of_fault
from generator.forms.schema import ANSWERS_KEY
from generator.records.record import Record
from generator.records.review import Answer

STALE_RULE = "L2"
"""An answer to a finding that is not there."""


def answered(
    record: Record,
    findings: Iterable[Finding],
    unanswerable: Iterable[str],
    known: Container[str],
) -> list[Finding]:
    """The findings with their answers; with them a 警告 for each answer that answers nothing.

    unanswerable: rules whose findings have to be put right, whatever is said.
    known: the ids of all rules.
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
            message = _why_stale(
                answer, [each for each in told if each.rule == answer.rule], refused, known
            )
            spot = Spot(record.file, (ANSWERS_KEY, answer.number, "规则"), answer.rule, 0)
            told.append(of_fault(STALE_RULE, "警告", Fault(spot, message)))
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
    label, where = _plain(finding.place.label), _plain(answer.where)
    return (
        answer.rule == finding.rule
        and (not where or label == where or label.startswith(f"{where}/"))
        and (
            not answer.quoted
            or any(answer.quoted in evidence.quoted for evidence in finding.evidence)
            or answer.quoted in finding.message
        )
    )


def _plain(where: str) -> str:
    """附件3／编制人数, 附件3 / 编制人数/: as people write a place, as it is compared."""
    parts = unicodedata.normalize("NFKC", where).strip("“”\"' ").split("/")
    return "/".join(part.strip() for part in parts).strip("/")


def _why_stale(
    answer: Answer, same: Sequence[Finding], refused: frozenset[str], known: Container[str]
) -> str:
    """same: the findings of its rule, with their answers."""
    rule = answer.rule
    if rule in refused:
        return f"规则 {rule} 的问题必须改正，不能用说明代替，请改正后删去这条说明"
    if rule not in known:
        near = re.sub(r"[\[\]【】\s]", "", unicodedata.normalize("NFKC", rule)).upper()
        if near in known:
            return f"规则编号“{rule}”应写成 {near}，请改正"
        if len(re.findall("[A-Z][0-9]+", near)) > 1:
            return f"“{rule}”：一条说明只写一个规则编号，请分成几条"
        return f"没有编号为“{rule}”的规则，请照问题前面方括号里的编号写；gongkai rules 列出全部编号"
    if any(each.answer is None for each in same):
        places = "、".join(
            dict.fromkeys(f"“{each.place.label}”" for each in same if not each.answer)
        )
        return (
            f"规则 {rule} 的问题在{places}，与这条说明的位置或原文对不上；请照抄，或不写位置和原文"
        )
    if same:
        return f"规则 {rule} 的问题前面已经有说明，请合成一条，或用位置、原文分开写"
    return f"没有规则 {rule} 的问题要在这里说明，可能已经改正；已经改正的请删去这条说明"
