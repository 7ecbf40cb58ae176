"""What readers are told beside a figure: the answers of a record to what checks found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.checks.finding import Evidence, Finding
from generator.checks.rules import RuleText
from generator.records.review import Answer
from generator.yaml import Where


@dataclass(frozen=True, slots=True)
class Remark:
    """One answer of a record, with what it is about."""

    number: int
    """Counted from 1, in the order of the values it is about: 注1."""
    rule: str
    requirement: str
    """What the rule asks for."""
    explanation: str
    date: str
    """As it is written."""
    places: tuple[Evidence, ...]
    """The values it is about, each once, in order."""

    @property
    def label(self) -> str:
        """The mark that stands beside the values."""
        return f"注{self.number}"


def remarks_of(findings: Iterable[Finding], rules: Mapping[str, RuleText]) -> tuple[Remark, ...]:
    """A record's remarks: one for each answer that explains something."""
    places: dict[int, dict[Evidence, None]] = {}
    answers: dict[int, Answer] = {}
    for finding in sorted(findings, key=lambda each: each.sort_key):
        if finding.answer is None:
            continue
        answers[finding.answer.number] = finding.answer
        known = places.setdefault(finding.answer.number, {})
        here = finding.place.path
        known |= dict.fromkeys(each for each in finding.evidence if each.path == here)
    return tuple(
        Remark(
            number,
            answer.rule,
            rules[answer.rule].name if answer.rule in rules else "",
            answer.explanation,
            answer.date.written,
            tuple(places[key]),
        )
        for number, (key, answer) in enumerate(answers.items(), 1)
    )


Marks = Mapping[Where, tuple[tuple[int | None, str], ...]]
"""value's place -> (offset into its text, mark), by offset; without one, the value as a whole."""


def marks_of(remarks: Iterable[Remark]) -> Marks:
    """Which marks stand beside which values."""
    marks: dict[Where, dict[tuple[int | None, str], None]] = {}
    for remark in remarks:
        for place in remark.places:
            marks.setdefault(place.where, {})[place.offset, remark.label] = None
    return {
        where: tuple(sorted(each, key=lambda mark: (mark[0] or 0, int(mark[1][1:]))))
        for where, each in marks.items()
    }
