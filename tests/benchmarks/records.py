"""The fictional records that everything is measured with."""

import subprocess
import sys
from pathlib import Path

_DEMO = "from generator.cli import main; main()"
UNITS, YEARS = 100, 10
"""Of a region; with one region that makes 1,000 records."""


def write_records(data: Path, wanted: int, seed: int) -> None:
    """`gongkai demo` with the regions that `wanted` records need.

    wanted: below a region's 1,000 records it is one region with fewer units.
    """
    regions = max(1, wanted // (UNITS * YEARS))
    units = wanted // YEARS // regions
    subprocess.run(
        [
            *(sys.executable, "-c", _DEMO, "demo", data),
            *("--regions", str(regions), "--units", str(units)),
            *("--years", str(YEARS), "--seed", str(seed)),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
