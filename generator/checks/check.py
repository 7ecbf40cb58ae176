"""A record read and checked: everything that is wrong with one file, in one go."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from generator.checks.outline import check_outline
from generator.checks.privacy import check_privacy
from generator.errors import DataError, Problem
from generator.forms.form import Form
from generator.records.record import Record, read_record
from generator.records.store import RecordPath
from generator.yamlfile import FaultyFileError, TextFile, YamlFile, entries

# Of the text, whether or not it makes a record; and of the record in it.
TEXT_CHECKS: tuple[Callable[[TextFile], Iterable[Problem]], ...] = (check_privacy,)
RECORD_CHECKS: tuple[Callable[[Record], Iterable[Problem]], ...] = (check_outline,)


def check_record(
    identity: RecordPath, forms: Mapping[str, Form]
) -> tuple[Record | None, list[Problem]]:
    """Read a record and check it: the record, if it can be read, and all problems by their place.

    One problem a place: a mobile number in 联系电话 breaks two rules and needs one correction. On a
    line with personal data nothing else is told, since other messages repeat what was typed.
    """
    try:
        text = TextFile.read(identity.path)
    except DataError as error:
        return None, list(error.problems)
    record, problems = _read(text, identity, forms)
    for check_text in TEXT_CHECKS:
        found = list(check_text(text))
        lines = {problem.line for problem in found}
        problems = found + [problem for problem in problems if problem.line not in lines]
    if record:
        for check in RECORD_CHECKS:
            problems += check(record)
    by_place: dict[tuple[int, int], Problem] = {}
    for problem in problems:
        by_place.setdefault((problem.line, problem.column), problem)
    return record, sorted(by_place.values())


def _read(
    text: TextFile, identity: RecordPath, forms: Mapping[str, Form]
) -> tuple[Record | None, list[Problem]]:
    problems: list[Problem] = []
    try:
        file = YamlFile(text.path, text.text)
    except FaultyFileError as error:
        problems += error.problems
        file = error.file
    except DataError as error:
        return None, list(error.problems)
    try:
        return read_record(file, identity, forms), problems
    except DataError as error:
        return None, [*problems, *error.problems]


def check_sources(data: Path) -> list[Problem]:
    """What must not be in any file of `data`, looked for in those that are not records."""
    problems: list[Problem] = []
    for folder in ("forms", "regions"):
        for path in entries(data / folder):
            text = TextFile.read(path)
            problems += (problem for check in TEXT_CHECKS for problem in check(text))
    return problems
