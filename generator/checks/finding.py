"""What a rule says of a record, and what people are told of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from generator.errors import Problem, Severity
from generator.records.review import Answer
from generator.yaml import Where, YamlFile

FORMAT_RULE = "格式"
"""The rule of what the strict reader refuses: wrong keys, wrong types, broken YAML."""


class Outcome(Enum):
    """What a rule found where it looked; only what fails is told, the rest is counted."""

    FAILS = "不通过"
    HOLDS = "通过"
    NOT_APPLICABLE = "不涉及"
    UNKNOWN = "无法判断"

    __hash__ = object.__hash__  # outcomes are counted hundreds of times a record


class Spot(NamedTuple):
    """A value in a record, and what it says there.

    A tuple is made in a third of a frozen dataclass's time, and this hundreds of times a record.
    """

    file: YamlFile
    where: Where
    quoted: str
    """The words or the figure, as they are written."""
    offset: int | None = None
    """Characters into the value's text; None for the value as a whole."""

    @property
    def label(self) -> str:
        """附件3/编制人数; rows count from 1: 附件2/绩效指标/3/得分."""
        return "/".join(str(key + 1) if isinstance(key, int) else key for key in self.where)


@dataclass(frozen=True, slots=True)
class Fault:
    """One place in which a rule does not hold."""

    at: Spot
    message: str
    """Chinese, one line: what is wrong and what to do."""
    others: tuple[Spot, ...] = ()
    """Values that `at` disagrees with."""
    severity: Severity | None = None
    """Where it weighs less than the rule does, such as a difference of rounding."""


Verdict = Fault | Outcome
"""What a rule answers for one place: a Fault, or HOLDS, NOT_APPLICABLE, UNKNOWN."""


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A figure or words that a finding rests on, where they stand. Line and column from 1."""

    path: Path
    line: int
    column: int
    label: str
    """Where in the record: 附件3/编制人数."""
    quoted: str
    where: Where = ()
    """The value's place in the record, for who shows it beside the value."""
    offset: int | None = None
    """Characters into the value's text; None for the value as a whole."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What people are told: a rule that fails, where, with the evidence, and what to do."""

    rule: str
    severity: Severity
    message: str
    evidence: tuple[Evidence, ...]
    """First the place of the finding, then what it disagrees with. Never empty."""
    where: Where = ()
    """The value in the record; () when the file is no record."""
    answer: Answer | None = None
    """The record's explanation of it, which readers see."""

    @property
    def place(self) -> Evidence:
        """Where it is told."""
        return self.evidence[0]

    @property
    def stops(self) -> bool:
        """Whether it keeps the record from being published."""
        return self.severity == "错误" and self.answer is None

    @property
    def sort_key(self) -> tuple[Path, int, int, str, str]:
        """Findings are told by their place, always in the same order."""
        return (self.place.path, self.place.line, self.place.column, self.rule, self.message)

    @property
    def problem(self) -> Problem:
        """The finding as the one line that a build tells."""
        place = self.place
        code = "" if self.rule == FORMAT_RULE else f"[{self.rule}] "
        return Problem(place.path, place.line, place.column, code + self.message, self.stops)

    def __str__(self) -> str:
        place = self.place
        state = "（已说明）" if self.answer else ""
        said = f"{self.severity}{state}[{self.rule}] {self.message}"
        return f"{place.path.as_posix()}:{place.line}:{place.column}: {said}"


def of_problem(problem: Problem, rule: str = FORMAT_RULE) -> Finding:
    """What the reader refuses, as a finding."""
    place = Evidence(problem.path, problem.line, problem.column, "", "")
    return Finding(rule, "错误" if problem.stops else "提示", problem.message, (place,))


def of_fault(rule: str, severity: Severity, fault: Fault) -> Finding:
    """A rule's fault as a finding, with lines and columns."""
    evidence = tuple(_evidence(spot) for spot in (fault.at, *fault.others))
    return Finding(rule, fault.severity or severity, fault.message, evidence, fault.at.where)


def _evidence(spot: Spot) -> Evidence:
    problem = spot.file.problem(spot.where, "", spot.offset)
    return Evidence(
        problem.path, problem.line, problem.column, spot.label, spot.quoted, spot.where, spot.offset
    )


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By place, rule and message."""
    return sorted(findings, key=lambda finding: finding.sort_key)
