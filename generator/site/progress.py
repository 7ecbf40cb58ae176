"""How far a long work is: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import click
from tqdm import tqdm

Advance = Callable[[int], None]
"""Says how many more are done."""

PATIENCE = 10.0
"""Seconds between two lines where there is no terminal."""

_BAR = (
    "{desc} {percentage:3.0f}% |{bar}| {n_fmt}/{total_fmt} 份，{rate_noinv_fmt}，还要 {remaining}"
)


@contextmanager
def shown_progress(name: str, total: int) -> Iterator[Advance]:
    """Show on standard error how many of `total` records are done, how fast, and how long it will
    take; on a terminal as a bar that goes away at the end."""
    if sys.stderr.isatty():
        tqdm.monitor_interval = 0  # its thread would be copied into worker processes
        with tqdm(
            total=total, desc=name, unit="份", bar_format=_BAR, leave=False, delay=0.5
        ) as bar:
            yield lambda count: _advance(bar, count)
    else:
        yield _lines(name, total)


def _advance(bar: "tqdm[NoReturn]", count: int) -> None:
    bar.update(count)


@contextmanager
def no_progress(name: str, total: int) -> Iterator[Advance]:
    """Show nothing."""
    yield lambda count: None


def _lines(name: str, total: int) -> Advance:
    start = said = time.monotonic()
    done = 0

    def advance(count: int) -> None:
        nonlocal done, said
        done += count
        now = time.monotonic()
        if now - said >= PATIENCE and done < total:
            said = now
            rate = done / (now - start)
            rest = (total - done) / rate if rate else 0
            line = f"{name} {done}/{total} 份，每秒 {rate:.0f} 份，还要 {rest:.0f} 秒"
            click.echo(line, err=True)

    return advance
