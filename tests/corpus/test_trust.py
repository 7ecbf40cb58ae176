"""Nearly every finding is real, and nearly every planted fault is found."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.checks.finding import Evidence, Finding
from tests.corpus.corpus import Case, write_corpus
from tests.corpus.measure import Measured, compare, measure

LEAST = 0.98
"""Of recall and of precision, over all rules."""


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure()


def test_recall_and_precision(measured: Measured, record_property: Callable[..., None]) -> None:
    """The table is printed at the end of the run, whether or not this passes."""
    record_property("report", f"检查的可信程度（tests/corpus）\n{measured.table()}")
    rules = measured.rules()
    assert measured.recall(rules) >= LEAST, measured.missed
    assert measured.precision(rules) >= LEAST, [str(each) for each in measured.false]


def test_no_rule_is_right_by_never_speaking(measured: Measured) -> None:
    """Each rule of which faults are planted finds some of them."""
    planted = {expected.rule for _, expected in measured.missed} | set(measured.found)
    assert [rule for rule in sorted(planted) if not measured.found[rule]] == []
    assert len(planted) > 60


def test_the_measure_sees_what_is_missed_and_what_is_false() -> None:
    """A finding taken away is a miss; one in a sound record is a false alarm."""
    cases = [case for case in _cases() if case.expected]
    silent = compare(cases, {case.path.resolve(): () for case in cases})
    assert silent.recall(silent.rules()) == 0
    sound = Case("990001", "shili-a", 2022, Path("2022.yaml"), ())
    place = Evidence(Path("2022.yaml"), 1, 1, "", "")
    alarm = Finding("B1", "错误", "", (place,))
    assert compare([sound], {sound.path.resolve(): (alarm,)}).precision(["B1"]) == 0


def _cases() -> list[Case]:
    with TemporaryDirectory() as folder:
        return write_corpus(Path(folder))
