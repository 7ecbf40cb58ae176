"""Records read and checked: everything that is wrong with a unit's records, in one go.

text of the file --> privacy
YAML and forms   --> what the strict reader refuses (格式)
the record       --> every rule, with the record of the year before beside it
                 --> answers of the record laid beside the findings
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.checks.across import IndexNumber, index_numbers
from generator.checks.answering import answered
from generator.checks.case import Case, Library
from generator.checks.finding import Fault, Finding, Outcome, in_order, of_fault, of_problem
from generator.checks.privacy import find_numbers, problem_of
from generator.checks.rules import ask_all, reference
from generator.errors import DataError, Problem
from generator.forms.form import Form
from generator.records.glossary import GLOSSARY
from generator.records.record import Record, read_record
from generator.records.regions import Region
from generator.records.review import status_of
from generator.records.store import SHARED, RecordPath
from generator.yaml import FaultyFileError, TextFile, YamlFile, entries

Reader = Callable[[Path], TextFile]
"""The text of a file; raises DataError when it has none that can be used."""

_RULES_OF_THE_DAY = frozenset({"F8", "J2"})
"""Those that find what is in the future, and may find nothing on another day."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One record after all checks."""

    identity: RecordPath
    record: Record | None
    """None when it cannot be read."""
    findings: tuple[Finding, ...]
    """In order of their places."""
    outcomes: Mapping[Outcome, int]
    """How often rules failed, held, did not apply or could not tell."""
    status: str = ""
    """草稿, 已发布, …, also of a record that cannot be read, if its YAML can; else ""."""
    index_numbers: tuple[IndexNumber, ...] = ()
    """What is compared with other units' records when all are read."""

    @property
    def stops(self) -> bool:
        """Whether it must not be published as it is."""
        return any(finding.stops for finding in self.findings)

    def lasts(self, today: date) -> bool:
        """Whether what was found today holds on every later day."""
        found = {finding.rule for finding in self.findings}
        return self.identity.year < today.year and not found & _RULES_OF_THE_DAY


def check_unit(
    identities: Sequence[RecordPath],
    forms: Mapping[str, Form],
    region: Region,
    library: Library,
    today: date,
    read: Reader = TextFile.read,
) -> Iterator[Checked]:
    """One unit's records, by year: each is checked beside the one of the year before.

    read: how a file's text is come by, for who has read it already.
    """
    before: Case | None = None
    for identity in sorted(identities, key=lambda each: each.year):
        record, findings, status = read_checked(identity, forms, read)
        outcomes: Counter[Outcome] = Counter()
        numbers: tuple[IndexNumber, ...] = ()
        if record:
            year_before = before if before and before.year == identity.year - 1 else None
            case = Case(record, region, library, today, year_before)
            findings += _ask(case, outcomes)
            numbers = tuple(index_numbers(case))
            before = case
            findings = answered(record, findings, _unanswerable(), reference())
        yield Checked(identity, record, tuple(in_order(findings)), outcomes, status, numbers)


def _ask(case: Case, outcomes: Counter[Outcome]) -> list[Finding]:
    findings: list[Finding] = []
    others: list[Outcome] = []
    for rule, severity, verdict in ask_all(case):
        if isinstance(verdict, Fault):
            findings.append(of_fault(rule, severity, verdict))
        else:
            others.append(verdict)
    outcomes.update(others)
    if findings:
        outcomes[Outcome.FAILS] += len(findings)
    return findings


def _unanswerable() -> Iterable[str]:
    return (rule for rule, text in reference().items() if not text.answerable)


def read_checked(
    identity: RecordPath, forms: Mapping[str, Form], read: Reader = TextFile.read
) -> tuple[Record | None, list[Finding], str]:
    """Read a record: it, if it can be read, what is wrong with its text, by place, and its state.

    One finding a place: a mobile number in 联系电话 breaks two rules and needs one correction. On a
    line with personal data nothing else is told, since other messages repeat what was typed.
    """
    try:
        text = read(identity.path)
    except DataError as error:
        return None, [of_problem(problem) for problem in error.problems], ""
    record, problems, status = _read(text, identity, forms)
    personal = list(check_personal(text))
    lines = {finding.place.line for finding in personal}
    findings = personal + [of_problem(each) for each in problems if each.line not in lines]
    by_place: dict[tuple[int, int], Finding] = {}
    for finding in findings:
        by_place.setdefault((finding.place.line, finding.place.column), finding)
    return record, in_order(by_place.values()), status


def check_record(
    identity: RecordPath, forms: Mapping[str, Form]
) -> tuple[Record | None, list[Problem]]:
    """Read a record: it, if it can be read, and what is wrong with its text; no rule is asked."""
    record, findings, _ = read_checked(identity, forms)
    return record, [finding.problem for finding in findings]


def _read(
    text: TextFile, identity: RecordPath, forms: Mapping[str, Form]
) -> tuple[Record | None, list[Problem], str]:
    problems: list[Problem] = []
    try:
        file = YamlFile(text.path, text.text)
    except FaultyFileError as error:
        problems += error.problems
        file = error.file
    except DataError as error:
        return None, list(error.problems), ""
    status = status_of(file.root)
    try:
        return read_record(file, identity, forms), problems, status
    except DataError as error:
        return None, [*problems, *error.problems], status


def check_personal(text: TextFile) -> Iterator[Finding]:
    """A finding for each thing that tells of a person, anywhere in a file, comments included."""
    for number in find_numbers(text.text):
        yield of_problem(problem_of(text, number), number.rule)


def check_sources(data: Path) -> list[Finding]:
    """What must not be in any file of `data`, looked for in those that are not records."""
    findings: list[Finding] = []
    shared = [path for folder in SHARED for path in entries(data / folder)]  # or there is none
    for path in (*shared, *([data / GLOSSARY] if (data / GLOSSARY).exists() else ())):
        findings += check_personal(TextFile.read(path))
    return findings
