"""How long `gongkai check` takes: run by `make bench`, never as a test.

    python -m tests.benchmarks.checks [RECORDS]

The records are the corpus's, sound and faulty, in as many fictional regions as are needed. Times
on a machine that does other work say little; so each is also given as a multiple of the time in
which one process parses the same files and reads them by their forms.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generator.records.data import open_data
from generator.records.record import read_record
from generator.yaml import YamlFile
from tests.corpus.corpus import write_corpus
from tests.corpus.facts import REGION
from tests.corpus.measure import ROOT, seal

GONGKAI = Path(sys.executable).with_name("gongkai")
RECORDS = 10_000
RESULTS = Path("bench-checks.json")


def write_records(data: Path, wanted: int) -> int:
    """At least `wanted` records below `data`, in regions 990001, 990002, …; how many there are."""
    for name in ("forms", "checks"):
        shutil.copytree(ROOT / "data" / name, data / name)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder)
        cases = write_corpus(corpus, seal)
        region = (corpus / "regions" / f"{REGION}.yaml").read_text(encoding="utf-8")
        texts = [(case, case.path.read_text(encoding="utf-8")) for case in cases]
    (data / "regions").mkdir()
    count = 0
    for number in range(1, 2 + (wanted - 1) // len(cases)):
        code = f"99{number:04}"
        (data / "regions" / f"{code}.yaml").write_text(region, encoding="utf-8")
        for case, text in texts:
            path = data / "records" / code / case.unit / case.path.name
            path.parent.mkdir(parents=True, exist_ok=True)
            own = text.replace(REGION, code)
            own = re.sub("校验码: [a-p]*", f"校验码: {seal(own)}", own)
            path.write_text(own, encoding="utf-8")
            count += 1
    return count


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(wanted: int) -> None:
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        data = Path(folder) / "data"
        count = write_records(data, wanted)
        opened = open_data(data)

        def read() -> None:
            for each in opened.records:
                read_record(YamlFile.read(each.path), each, opened.forms)

        def check() -> None:
            command = [GONGKAI, "check", "--data", data, "--output", Path(folder) / "found.txt"]
            subprocess.run(command, check=False, stderr=subprocess.DEVNULL)

        time.sleep(3)  # files that were written a moment ago are not relied on
        floor = seconds(read)
        times = {"cold": seconds(check), "nothing changed": seconds(check)}
        changed = opened.records[len(opened.records) // 2].path
        changed.write_text(changed.read_text(encoding="utf-8") + "# 改\n", encoding="utf-8")
        times["one record changed"] = seconds(check)
    print(f"gongkai check, {count} records, {os.cpu_count()} processors")
    print(f"{'reading alone, one process':<28}{floor:8.1f} s")
    for name, taken in times.items():
        print(f"{name:<28}{taken:8.1f} s{taken / floor:8.2f} times reading")
    RESULTS.write_text(json.dumps({"records": count, "reading": floor, **times}, indent=1) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS)
