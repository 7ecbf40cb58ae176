"""A command measured from outside: time, processors' time, memory of all its processes, output.

Memory is the highest sum, over the command and all its descendants, of what each holds: PSS where
the system tells it (a page that n processes share counts 1/n in each), else RSS. It is sampled,
so a peak shorter than the interval may be missed. One sample costs the kernel a walk through the
processes' page tables, so the pauses grow with what a sample took: sampling takes about a
twentieth of one processor's time.
"""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

PAUSE = 0.03
"""Seconds between two samples of memory, at least."""
LONGEST = 1.0
"""At most."""
SHARE = 20
"""A pause is as many times as long as the sample before it kept a processor."""


class CommandError(Exception):
    """A measured command failed: its exit status and the end of what it said."""


@dataclass(frozen=True, slots=True)
class Tree:
    """What a folder holds."""

    files: int
    size: int
    """Bytes, of the files' contents."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, user and system, of the command and every descendant that was waited for."""
    memory: int
    """Bytes at the peak, all processes together."""
    output: Tree


def run(
    command: Sequence[str | Path],
    output: Path,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Run a command to its end. `output`: the file or folder that it writes.

    Raises CommandError when it fails.
    """
    os.sync()  # what others wrote before is not for this command to wait for
    # As users have it: Python keeps compiled modules, whatever this machine's setting is.
    environment = {**(environment or os.environ)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT
        )
        with _Sampler(process.pid) as sampler:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)  # or Popen would wait again
        if process.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace")[-2000:]
            raise CommandError(f"{command} left with {process.returncode}:\n{words}")
    return Run(wall, usage.ru_utime + usage.ru_stime, sampler.peak, tree_of(output))


def tree_of(path: Path) -> Tree:
    """The files below a folder, or one file; nothing where there is none."""
    if path.is_file():
        return Tree(1, path.stat().st_size)
    files = size = 0
    for folder, _, names in os.walk(path):
        files += len(names)
        size += sum(os.stat(os.path.join(folder, name)).st_size for name in names)  # noqa: PTH116, PTH118
    return Tree(files, size)


class _Sampler:
    """Watches a process and its descendants from a thread of its own."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._root = psutil.Process(pid)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "_Sampler":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        pause = 0.0
        while not self._over.wait(pause):
            start = time.thread_time()
            self.peak = max(self.peak, memory_of(self._root))
            pause = min(max(PAUSE, SHARE * (time.thread_time() - start)), LONGEST)


def memory_of(root: psutil.Process) -> int:
    """Bytes that a process and its descendants hold now; 0 when it is gone."""
    try:
        processes = [root, *root.children(recursive=True)]
    except psutil.Error:
        return 0
    return sum(map(_memory, processes))


def _memory(process: psutil.Process) -> int:
    try:
        full = process.memory_full_info()
        return getattr(full, "pss", full.rss)
    except psutil.AccessDenied:
        return _resident(process)
    except psutil.Error:  # it ended a moment ago
        return 0


def _resident(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0
