"""Nearly every finding is real, and nearly every planted fault is found."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.checks.finding import Evidence, Finding
from tests.corpus import measure as measuring
from tests.corpus.corpus import Case
from tests.corpus.measure import Measured, compare, measure

LEAST = 0.98
"""Of recall and of precision, over all rules."""


@pytest.fixture(scope="module")
def measured(corpus: tuple[Path, list[Case]]) -> Measured:
    return measure(*corpus)


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


def test_the_command_tells_of_the_rules_that_are_asked_for(
    measured: Measured, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """But for the corpus, which is written and checked once only."""
    monkeypatch.setattr(measuring, "write_data", lambda data: [])
    monkeypatch.setattr(measuring, "measure", lambda data, cases: measured)
    measuring.main(["C1"])
    head, line, total, *rest = capsys.readouterr().out.splitlines()
    assert [head.split()[0], line.split()[0], total.split()[0]] == ["规则", "C1", "合计"]
    assert line.split()[1:] == total.split()[1:]
    assert all(each.split()[1] == "C1" for each in rest)


def test_the_measure_sees_what_is_missed_and_what_is_false(
    corpus: tuple[Path, list[Case]],
) -> None:
    """A finding taken away is a miss; one in a sound record is a false alarm."""
    cases = [case for case in corpus[1] if case.expected]
    silent = compare(cases, {case.path.resolve(): () for case in cases})
    assert silent.recall(silent.rules()) == 0
    sound = Case("990001", "shili-a", 2022, Path("2022.yaml"), ())
    place = Evidence(Path("2022.yaml"), 1, 1, "", "")
    alarm = Finding("B1", "错误", "", (place,))
    assert compare([sound], {sound.path.resolve(): (alarm,)}).precision(["B1"]) == 0
