"""Medians and ratios of all runs, and which of the figures to reach are reached."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from tabulate import tabulate

from tests.benchmarks.measure import Run

MB = 1_000_000
Runs = Mapping[str, Sequence[Run]]
"""work's key -> its runs; the first of all works were interleaved, and so on."""
Results = Mapping[int, Runs]
"""number of records -> runs."""


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to reach."""

    what: str
    records: int
    """The number at which it is to be measured."""
    limit: float
    at_least: bool
    """Else at most."""
    unit: str

    def is_reached(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit


@dataclass(frozen=True, slots=True)
class Row:
    """A figure to reach, and what was measured."""

    target: Target
    records: int
    """The number at which it was measured."""
    value: float | None
    """None when it was not."""
    cpu: float | None = None
    """The same of processors' time, which tells more on a machine that does other work."""


def middle(runs: Runs, key: str, figure: str) -> float | None:
    """The median of a figure of a work: `wall`, `cpu`, `memory`."""
    return median(getattr(each, figure) for each in runs[key]) if runs.get(key) else None


def ratio(runs: Runs, key: str, to: str, figure: str = "wall") -> float | None:
    """How many times another work's figure a work's is: the median of the rounds' ratios.

    Round by round, since the machine's speed changes from one to the next.
    """
    pairs = list(zip(runs.get(key, ()), runs.get(to, ()), strict=False))
    if not pairs:
        return None
    return median(getattr(one, figure) / getattr(other, figure) for one, other in pairs)


def growth(results: Results, key: str, figure: str = "wall") -> float | None:
    """The time for a page at the largest number of records, in times that at the smallest.

    The median of the rounds' growth; None with one number only.
    """
    small, large = min(results), max(results)
    pairs = list(zip(results[small].get(key, ()), results[large].get(key, ()), strict=False))
    if small == large or not pairs:
        return None
    return median(
        (getattr(last, figure) / large) / (getattr(first, figure) / small) for first, last in pairs
    )


def search_ratio(runs: Runs, figure: str = "wall") -> float | None:
    """Our index's time, which is that of a build with it less one without, to stock Pagefind's."""
    keys = ("cold", "no_search", "pagefind")
    rounds = list(zip(*(runs.get(key, ()) for key in keys), strict=False))
    if not rounds:
        return None
    return median(
        (getattr(cold, figure) - getattr(bare, figure)) / getattr(stock, figure)
        for cold, bare, stock in rounds
    )


def rows(results: Results) -> Iterator[Row]:
    """Every figure that needs no browser; at the largest number where its own was not measured."""
    large = max(results)
    half = 5000 if 5000 in results else large
    full = 10_000 if 10_000 in results else large

    def row(
        what: str,
        records: int,
        limit: float,
        unit: str,
        value: Callable[[str], float | None],
        at_least: bool = False,
        figure: str = "wall",
    ) -> Row:
        wanted = 5000 if records == half and at_least else 10_000
        cpu = value("cpu") if figure == "wall" else None
        return Row(Target(what, wanted, limit, at_least, unit), records, value(figure), cpu)

    for name, key, limit in (("Hugo", "hugo", 1.5), ("MkDocs", "mkdocs", 8)):
        what = f"全新生成（不要检索），快于 {name}"
        yield row(what, half, limit, "倍", _ratio(results[half], key, "no_search"), at_least=True)
    for name, key in (("不要检索", "no_search"), ("含检索", "cold")):
        yield row(f"每页用时的增长（{name}）", full, 1.1, "倍", _growth(results, key))
    for name, key, limit in (("不要检索", "no_search", 400), ("含检索", "cold", 1000)):
        memory = _middle(results[full], key, MB)
        yield row(f"最大内存（{name}）", full, limit, "MB", memory, figure="memory")
    yield row("单做检索索引，用时比 Pagefind", full, 1.2, "倍", _search(results[full]))
    stock = _ratio(results[full], "cold", "pagefind")
    yield row("含检索的生成，内存比 Pagefind", full, 0.2, "倍", stock, figure="memory")
    yield row("没有改动", full, 1.5, "s", _middle(results[full], "nothing"))
    yield row("改一份记录（含检索）", full, 3, "s", _middle(results[full], "record"))


def _ratio(runs: Runs, key: str, to: str) -> Callable[[str], float | None]:
    return lambda figure: ratio(runs, key, to, figure)


def _growth(results: Results, key: str) -> Callable[[str], float | None]:
    return lambda figure: growth(results, key, figure)


def _search(runs: Runs) -> Callable[[str], float | None]:
    return lambda figure: search_ratio(runs, figure)


def _middle(runs: Runs, key: str, unit: float = 1) -> Callable[[str], float | None]:
    def value(figure: str) -> float | None:
        found = middle(runs, key, figure)
        return None if found is None else found / unit

    return value


def table(results: Results, records: int, names: Mapping[str, str]) -> str:
    """The medians of all works with a number of records. names: key -> what it is called."""
    runs = results[records]
    lines = []
    for key, name in names.items():
        if not runs.get(key):
            continue
        wall, cpu, memory = (middle(runs, key, figure) or 0 for figure in ("wall", "cpu", "memory"))
        output = runs[key][-1].output
        times = (ratio(runs, key, "no_search", figure) for figure in ("wall", "cpu"))
        lines.append(
            [
                name,
                *(f"{wall:.2f}", f"{1000 * wall / records:.2f}"),
                *(f"{cpu:.2f}", f"{1000 * cpu / records:.2f}"),
                *(f"{memory / MB:.0f}", output.files, f"{output.size / MB:.0f}"),
                *map(_shown, times),
            ]
        )
    head = [
        f"{records:,} 份记录 / records",
        *("s", "ms/页", "CPU s", "CPU ms/页", "内存 MB", "文件", "写出 MB", "倍", "CPU 倍"),
    ]
    align = ("left", *("right" for _ in head[1:]))
    return tabulate(lines, head, tablefmt="github", disable_numparse=True, colalign=align)


def targets_table(measured: Sequence[Row]) -> str:
    """Each figure to reach beside the measured one."""
    lines = []
    for row in measured:
        target = row.target
        limit = f"{'≥' if target.at_least else '≤'} {target.limit:g} {target.unit}"
        reached = "没有测"
        if row.value is not None:
            reached = "达到" if target.is_reached(row.value) else "未达到"
        lines.append(
            [target.what, f"{row.records:,}", limit, _shown(row.value), _shown(row.cpu), reached]
        )
    head = ["要达到的", "记录数", "目标", "测得", "按 CPU", "结果"]
    align = ("left", "right", "left", "right", "right", "left")
    return tabulate(lines, head, tablefmt="github", disable_numparse=True, colalign=align)


def _shown(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"
