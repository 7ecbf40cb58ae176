"""Worker processes: started once, given a few tasks at a time, and missed when one is gone."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import parent_process
from types import TracebackType
from typing import Self

from generator.errors import BuildError
from generator.site.render import Result, Settings, Task, Worker

AHEAD = 3
"""Tasks for each process that wait to be done, or whose results wait to be taken."""


class Workers:
    """As a context: some processes that do tasks, or none where the work is too little."""

    def __init__(self, settings: Settings, jobs: int) -> None:
        self._settings = settings
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._alone: Worker | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def run(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """The result of each task, in their order; only a few tasks are asked for ahead.

        Raises BuildError when a process has ended that should not.
        """
        tasks = iter(tasks)
        first = list(islice(tasks, 2))
        tasks = chain(first, tasks)
        if self._jobs < 2 or (len(first) < 2 and not self._pool):
            self._alone = self._alone or Worker(self._settings)
            yield from map(self._alone.do, tasks)
            return
        try:
            yield from self._in_processes(tasks)
        except BrokenProcessPool:
            raise BuildError(
                "一个工作进程意外结束，网站没有生成，原来的网站没有变。可能是内存不足或被人结束："
                "请重试，仍然如此时用 --jobs 1 减少同时工作的进程"
            ) from None

    def _in_processes(self, tasks: Iterator[Task]) -> Iterator[Result]:
        if not self._pool:
            self._pool = ProcessPoolExecutor(
                self._jobs, initializer=_start_worker, initargs=(self._settings,)
            )
        waiting: deque[Future[Result]] = deque()
        for task in tasks:
            with _without_interrupts():  # processes are started by the first task
                waiting.append(self._pool.submit(_work, task))
            if len(waiting) > AHEAD * self._jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C goes to all processes of a terminal, and the first one is to stop the others: those
    that are started here never get it, and this one gets it a little later."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


# A worker process has one Worker for its whole life: forms are drawn once a process, not once a
# task. This is the one way that ProcessPoolExecutor has of keeping something in a worker.
_do: Callable[[Task], Result]


def _start_worker(settings: Settings) -> None:
    global _do
    _do = Worker(settings).do
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Else a worker whose parent was killed would wait for tasks for ever."""
    parent = parent_process()
    assert parent  # noqa: S101 - we are a worker
    parent.join()
    os._exit(1)


def _work(task: Task) -> Result:
    return _do(task)
