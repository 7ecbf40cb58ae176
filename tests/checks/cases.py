"""Little records, written in tests as text, as rules see them."""

from datetime import date
from functools import cache
from pathlib import Path

from generator.checks.case import Case, Library, read_library
from generator.checks.finding import Fault, Outcome, Verdict
from generator.checks.rules import ask_all
from generator.forms.file import read_forms
from generator.forms.form import Form
from generator.records.record import read_record
from generator.records.regions import Region, Unit
from generator.records.store import RecordPath
from generator.yaml import YamlFile

ROOT = Path(__file__).parents[2]
TODAY = date(2024, 6, 30)
REGION = Region(
    "990001",
    "示例县",
    {
        "shili-minzheng": Unit(
            "shili-minzheng", "示例县民政局", ("县民政局",), ("示例县民政和救助局",)
        )
    },
)


@cache
def forms() -> dict[str, Form]:
    """The project's own."""
    return read_forms(ROOT / "data" / "forms")


@cache
def library() -> Library:
    """The project's own."""
    return read_library(ROOT / "data")


def case_of(text: str, year: int = 2022, before: str = "", today: date = TODAY) -> Case:
    """A record of 示例县民政局; `before` is that of the year before."""
    path = Path(f"data/records/990001/shili-minzheng/{year}.yaml")
    identity = RecordPath("990001", "shili-minzheng", year, path)
    record = read_record(YamlFile(path, text), identity, forms())
    previous = case_of(before, year - 1, today=today) if before else None
    return Case(record, REGION, library(), today, previous)


def verdicts(case: Case, rule: str) -> list[Verdict]:
    """What one rule says of a record, in its form's rules and in Python."""
    return [verdict for id_, _, verdict in ask_all(case) if id_ == rule]


def faults(case: Case, rule: str) -> list[Fault]:
    """Only what fails."""
    return [each for each in verdicts(case, rule) if isinstance(each, Fault)]


def holds(case: Case, rule: str) -> bool:
    """Whether a rule holds, or does not apply, and fails nowhere."""
    said = verdicts(case, rule)
    fine = (Outcome.HOLDS, Outcome.NOT_APPLICABLE)
    return not any(isinstance(each, Fault) for each in said) and any(each in fine for each in said)
