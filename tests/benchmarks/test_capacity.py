"""SCALE.md says what is computed, and the computation what it should."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.capacity import (
    COSTS,
    Machines,
    Place,
    in_words,
    seconds_of,
    size_in_words,
    table,
)

PAGE = (Path(__file__).resolve().parents[2] / "SCALE.md").read_text(encoding="utf-8")
COSTS_OF_A_TEST = replace(COSTS, made_ms=9, searched_ms=1, client_ms=0.5)


def test_the_page_has_the_table() -> None:
    assert table() in PAGE


@pytest.mark.parametrize(
    ("count", "cores", "seconds"),
    [(1, 1, 10), (1, 2, 5), (2, 5, 1), (5, 4, 0.5), (50, 4, 0.5)],
)
def test_workers_share_the_time_until_the_client_is_the_slowest(
    count: int, cores: int, seconds: float
) -> None:
    machines = Machines("", count, cores)
    assert seconds_of(Place("", 1000), machines, COSTS_OF_A_TEST) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.44, "0.4 s"), (59, "59 s"), (120, "2 min"), (7200, "2.0 h")]
)
def test_times_in_words(seconds: float, said: str) -> None:
    assert in_words(seconds) == said


@pytest.mark.parametrize(
    ("kb", "said"), [(5, "5.0 KB"), (999, "999 KB"), (1500, "1.5 MB"), (2e9, "2.0 TB")]
)
def test_sizes_in_words(kb: float, said: str) -> None:
    assert size_in_words(kb) == said
