"""A record read and checked: everything that is wrong with one file, in one go."""

from collections.abc import Callable, Iterable, Mapping

from generator.checks.outline import check_outline
from generator.checks.privacy import check_privacy
from generator.errors import DataError, Problem
from generator.forms.form import Form
from generator.records.record import Record, read_record
from generator.records.store import RecordPath
from generator.yamlfile import YamlFile

# Of the file, whether or not it makes a record; and of the record in it.
FILE_CHECKS: tuple[Callable[[YamlFile], Iterable[Problem]], ...] = (check_privacy,)
RECORD_CHECKS: tuple[Callable[[Record], Iterable[Problem]], ...] = (check_outline,)


def check_record(
    identity: RecordPath, forms: Mapping[str, Form]
) -> tuple[Record | None, list[Problem]]:
    """Read a record and check it: the record, if it can be read, and all problems by their place.

    One problem a place: a mobile number in 联系电话 breaks two rules and needs one correction. On a
    line with personal data nothing else is told, since other messages repeat what was typed.
    """
    record = None
    problems: list[Problem] = []
    try:
        file = YamlFile.read(identity.path)
    except DataError as error:
        return None, list(error.problems)
    try:
        record = read_record(file, identity, forms)
    except DataError as error:
        problems += error.problems
    for check_file in FILE_CHECKS:
        found = list(check_file(file))
        lines = {problem.line for problem in found}
        problems = found + [problem for problem in problems if problem.line not in lines]
    if record:
        for check in RECORD_CHECKS:
            problems += check(record)
    by_place: dict[tuple[int, int], Problem] = {}
    for problem in problems:
        by_place.setdefault((problem.line, problem.column), problem)
    return record, sorted(by_place.values())
