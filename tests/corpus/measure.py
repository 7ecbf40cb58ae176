"""How far the checks can be trusted: what they find in the corpus, against what was planted.

    python -m tests.corpus.measure          every rule
    python -m tests.corpus.measure F G1     only these, with misses and false alarms

Recall is the share of the planted faults that are found, each by its rule and at its place;
precision the share of the findings that are real. A finding that a planted fault brings along, such
as a total that no longer agrees with the report, is real, but is not asked for.
"""

import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.checks.finding import Evidence, Finding
from generator.checks.run import check_records
from generator.records.data import open_data
from generator.records.review import content_code
from generator.yaml import YamlFile
from tests.corpus.corpus import Case, write_corpus
from tests.corpus.faults import Expected

ROOT = Path(__file__).resolve().parents[2]
_HEADING = re.compile("[一二三四五六七八九]、|[(（][一二三四五六七八九][)）]")
TODAY = date(2023, 12, 31)
"""The day on which the corpus is checked: all of its records are published."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found of what was planted."""

    found: Counter[str]
    """rule -> planted faults that were found."""
    missed: tuple[tuple[Case, Expected], ...]
    real: Counter[str]
    """rule -> findings that are right."""
    false: tuple[Finding, ...]

    def rules(self, wanted: Sequence[str] = ()) -> list[str]:
        """The rules with anything to tell, of the families and rules that are wanted."""
        missed = {expected.rule for _, expected in self.missed}
        all_rules = {*self.found, *self.real, *missed, *(each.rule for each in self.false)}
        return sorted(
            (rule for rule in all_rules if not wanted or rule in wanted or rule[0] in wanted),
            key=lambda rule: (rule[0], int(rule[1:]) if rule[1:].isdigit() else 0),
        )

    def recall(self, rules: Sequence[str]) -> float:
        """Of the planted faults of these rules; 1 when there are none."""
        found = sum(self.found[rule] for rule in rules)
        missed = sum(expected.rule in rules for _, expected in self.missed)
        return found / (found + missed) if found + missed else 1.0

    def precision(self, rules: Sequence[str]) -> float:
        """Of the findings of these rules; 1 when there are none."""
        real = sum(self.real[rule] for rule in rules)
        false = sum(each.rule in rules for each in self.false)
        return real / (real + false) if real + false else 1.0

    def table(self, wanted: Sequence[str] = ()) -> str:
        """A line for each rule, and one for all."""
        rules = self.rules(wanted)
        missed = Counter(expected.rule for _, expected in self.missed)
        false = Counter(each.rule for each in self.false)
        lines = ["规则  植入  找到  漏报  误报   召回率   准确率"]
        for name, group in (*((rule, [rule]) for rule in rules), ("合计", rules)):
            found, lost, wrong = (
                sum(counts[rule] for rule in group) for counts in (self.found, missed, false)
            )
            lines.append(
                f"{name:<4}{found + lost:6}{found:6}{lost:6}{wrong:6}"
                f"{self.recall(group):9.3f}{self.precision(group):9.3f}"
            )
        return "\n".join(lines)


def write_data(data: Path) -> list[Case]:
    """Write the corpus with the forms and checks that it is checked by."""
    for name in ("forms", "checks"):
        shutil.copytree(ROOT / "data" / name, data / name)
    return write_corpus(data, seal)


def measure(data: Path, cases: Sequence[Case]) -> Measured:
    """Check what `write_data` wrote as `gongkai check` does, and compare."""
    opened = open_data(data)
    result = check_records(opened, opened.records, TODAY)
    return compare(cases, {path.resolve(): each for path, each in result.findings.items()})


def compare(cases: Sequence[Case], findings: Mapping[Path, Sequence[Finding]]) -> Measured:
    """Each finding beside what was expected of its record."""
    found: Counter[str] = Counter()
    real: Counter[str] = Counter()
    missed: list[tuple[Case, Expected]] = []
    false: list[Finding] = []
    for case in cases:
        told = findings[case.path.resolve()]
        for expected in case.expected:
            if not expected.sure:
                continue
            if any(_is_of(each, expected) for each in told):
                found[expected.rule] += 1
            else:
                missed.append((case, expected))
        for each in told:
            if any(_is_of(each, expected) for expected in case.expected):
                real[each.rule] += 1
            else:
                false.append(each)
    return Measured(found, tuple(missed), real, tuple(false))


def _is_of(finding: Finding, expected: Expected) -> bool:
    """Whether a finding tells an expected fault: its rule, at its place or with it as evidence."""
    return finding.rule == expected.rule and any(
        _is_there(each, expected) for each in finding.evidence
    )


def _is_there(evidence: Evidence, expected: Expected) -> bool:
    if not evidence.where:  # of the file's text, which privacy looks at
        return True
    keys = tuple(key for key in evidence.where if isinstance(key, str))
    wanted = ((expected.part,) if expected.part else ()) + (expected.path or ())
    shorter = min(len(keys), len(wanted))
    if keys[:shorter] != wanted[:shorter]:
        return False
    if expected.path != ("正文",) or not expected.snippet or not evidence.quoted:
        return True
    is_heading = _HEADING.match(evidence.quoted) is not None  # what stands below it is meant
    return is_heading or _shares(evidence.quoted, expected.snippet)


def _shares(quoted: str, snippet: str) -> bool:
    """Whether two stretches of a report have words or figures in common."""
    one, other = ("".join(text.split()) for text in (quoted, snippet))
    return one in other or other in one or any(each in one for each in _figures(other))


def _figures(text: str) -> Iterator[str]:
    digits = "".join(sign if sign.isdigit() or sign == "." else " " for sign in text)
    return (each for each in digits.split() if each != ".")


def seal(text: str) -> str:
    """The 校验码 of a record's text."""
    root = YamlFile(Path("2022.yaml"), text).root
    assert isinstance(root, dict)
    return content_code(root)


def told(measured: Measured, wanted: Sequence[str]) -> Iterator[str]:
    """The table; with rules named, also each miss and each false alarm."""
    yield measured.table(wanted)
    rules = measured.rules(wanted) if wanted else ()
    for case, expected in measured.missed:
        if expected.rule in rules:
            place = "/".join((expected.part, *(expected.path or ())))
            snippet = f"{place} “{expected.snippet}” {case.faults}"
            yield f"漏报 {expected.rule} {case.unit}/{case.year} {snippet}"
    for finding in measured.false:
        if finding.rule in rules:
            where = "/".join(finding.place.path.parts[-2:])
            yield f"误报 {finding.rule} {where}:{finding.place.line} {finding.message}"


def main(wanted: Sequence[str]) -> None:
    """Write the corpus, measure, and tell."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        measured = measure(data, write_data(data))
    for line in told(measured, wanted):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
