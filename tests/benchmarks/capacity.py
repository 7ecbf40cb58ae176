"""What a county, a province and the country need, computed from what one record costs.

    python -m tests.benchmarks.capacity

prints the table of SCALE.md; a test holds the page to it. What is measured stands in `COSTS`, what
is assumed in `PLACES` and `MACHINES`: whoever measures anew, or has other machines, changes these.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tabulate import tabulate


@dataclass(frozen=True, slots=True)
class Costs:
    """Of one record on the machine of the benchmarks; see README.md for the commands."""

    made_ms: float
    """Processor time to read, check and render it, its share of index pages included."""
    searched_ms: float
    """Processor time to make it searchable."""
    client_ms: float
    """Processor time of the one process that puts together what workers made."""
    linked_ms: float
    """Time to take over the pages of one that has not changed."""
    looked_at_ms: float
    """Time to see that it has not changed, where nothing has."""
    record_kb: float
    site_kb: float
    site_files: float
    """Page, search text, and its shares of index pages and of the search index."""
    manifest_kb: float
    worker_mb: float
    """Memory of a worker process."""


COSTS = Costs(
    made_ms=21.2,
    searched_ms=4.5,
    client_ms=0.3,
    linked_ms=0.15,
    looked_at_ms=0.05,
    record_kb=13.8,
    site_kb=49,
    site_files=2.6,
    manifest_kb=1.1,
    worker_mb=60,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Whose records are published."""

    name: str
    records: int


@dataclass(frozen=True, slots=True)
class Machines:
    """What there is to work on."""

    name: str
    count: int
    cores: int
    """Of each."""


PLACES = (
    Place("a county", 1_200),
    Place("a province", 120_000),
    Place("the country", 3_000_000),
)
MACHINES = (
    Machines("1 × 2 cores", 1, 2),
    Machines("1 × 16 cores", 1, 16),
    Machines("8 × 16 cores", 8, 16),
)


def seconds_of(place: Place, machines: Machines, costs: Costs = COSTS) -> float:
    """Time for a whole build with search: workers share the records, one process puts together."""
    cores = machines.count * machines.cores
    workers = place.records * (costs.made_ms + costs.searched_ms) / 1000 / cores
    client = place.records * costs.client_ms / 1000
    # Both go on at once, and the slower one says when it is done.
    return max(workers, client)


def in_words(seconds: float) -> str:
    """A time as people say it."""
    if seconds < 100:
        return f"{seconds:.0f} s" if seconds >= 2 else f"{seconds:.1f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 100 else f"{minutes / 60:.1f} h"


def size_in_words(kb: float) -> str:
    """A size as people say it."""
    for unit in ("KB", "MB", "GB"):
        if kb < 1000:
            return f"{kb:.0f} {unit}" if kb >= 10 else f"{kb:.1f} {unit}"
        kb /= 1000
    return f"{kb:.1f} TB"


def table(costs: Costs = COSTS) -> str:
    """The table of SCALE.md."""
    rows = [
        ["records", *(f"{place.records:,}" for place in PLACES)],
        *(
            [
                f"whole build, {machines.name}",
                *(in_words(seconds_of(place, machines, costs)) for place in PLACES),
            ]
            for machines in MACHINES
        ),
        _row("one record changed", lambda n: in_words(2.1 + n * costs.linked_ms / 1000)),
        _row("nothing changed", lambda n: in_words(0.5 + n * costs.looked_at_ms / 1000)),
        _row("records on disk", lambda n: size_in_words(n * costs.record_kb)),
        _row("site on disk", lambda n: size_in_words(n * costs.site_kb)),
        _row("while all is made again", lambda n: size_in_words(n * costs.site_kb * 2)),
        _row("files of the site", lambda n: f"{n * costs.site_files:,.0f}"),
        _row("manifest", lambda n: size_in_words(n * costs.manifest_kb)),
    ]
    return tabulate(
        rows, ["", *(place.name for place in PLACES)], tablefmt="github", disable_numparse=True
    )


def _row(name: str, said: Callable[[int], str]) -> list[str]:
    return [name, *(said(place.records) for place in PLACES)]


if __name__ == "__main__":
    print(table())
