"""Measure gongkai beside its peers: see README.md here.

python -m tests.benchmarks [--sizes 1000 5000 10000] [--runs 5]
"""

import argparse
import importlib.metadata
import json
import os
import platform
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import psutil

from tests.benchmarks.browser import browser_rows
from tests.benchmarks.measure import Run
from tests.benchmarks.ours import copy_sources
from tests.benchmarks.results import Results, Row, rows, table, targets_table
from tests.benchmarks.works import Setting, set_up

PACKAGES = ("hugo", "mkdocs", "mkdocs-material", "pagefind-bin", "pagefind-bin-extended")


def main() -> None:
    arguments = _arguments()
    results: dict[int, dict[str, list[Run]]] = {}
    settings: list[Setting] = []
    names: dict[str, str] = {}
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-", dir=arguments.folder) as folder:
        sources = copy_sources(Path(folder) / "sources")
        for size in arguments.sizes:
            _say(f"{size:,} 份记录：准备 / preparing")
            place = Path(folder) / str(size)
            setting = set_up(place, sources, size, arguments.seed, arguments.works)
            settings.append(setting)
            names |= {work.key: work.name for work in setting.works}
            results[setting.records] = {work.key: [] for work in setting.works}
        # Size by size within a round, so that a slow hour of the machine slows all of them.
        for number in range(arguments.runs):
            for setting in settings:
                for work in setting.works:
                    measured = work.run()
                    if number == 0 and work.check:
                        work.check()
                    results[setting.records][work.key].append(measured)
                    _say(
                        f"{number + 1}/{arguments.runs} {setting.records:,} {work.name}: {measured}"
                    )
        measured = [*rows(results)]
        seconds = time.perf_counter() - start
        # Hours of work are not lost, if the browser cannot be had.
        _write(arguments.output, results, settings, names, measured, seconds)
        if not arguments.works:
            settings.sort(key=lambda each: each.records)
            small, large = settings[0], settings[-1]
            measured += browser_rows(large.site, large.project.data, small.project, arguments.runs)
        _print(results, settings, names, measured)
        seconds = time.perf_counter() - start
        _write(arguments.output, results, settings, names, measured, seconds)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000, 10_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--works", nargs="+", metavar="KEY", help="only these, such as hugo")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the work is done: on a disk with 10 GB")
    parser.add_argument("--output", type=Path, default=Path("bench.json"))
    return parser.parse_args()


def _print(
    results: Results, settings: list[Setting], names: dict[str, str], measured: list[Row]
) -> None:
    for setting in settings:
        mean = setting.record_bytes / setting.records / 1000
        print(f"\n{table(results, setting.records, names)}\n")
        used = f"“{setting.form}”有 {setting.form_share:.0%} 的记录在用"
        print(f"每份记录 {mean:.1f} KB；改的表式{used}。")
    print(f"\n{targets_table(measured)}\n")


def _write(
    path: Path,
    results: Results,
    settings: list[Setting],
    names: dict[str, str],
    measured: list[Row],
    seconds: float,
) -> None:
    document = {
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "machine": {
            "system": platform.platform(),
            "processors": os.cpu_count(),
            "memory": psutil.virtual_memory().total,
            "python": platform.python_version(),
            "packages": {name: _version(name) for name in PACKAGES},
        },
        "seconds": round(seconds),
        "figures": [asdict(each) for each in measured],
        "works": names,
        "settings": [
            {
                "records": each.records,
                "record_bytes": each.record_bytes,
                "form": each.form,
                "form_share": each.form_share,
            }
            for each in settings
        ],
        "runs": {
            str(size): {key: [asdict(each) for each in all_] for key, all_ in runs.items()}
            for size, runs in results.items()
        },
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
