"""Regions made by other machines: the workers of a Dask scheduler.

A region is given to a worker and comes back as what the manifest keeps; where a worker is gone, the
scheduler gives its region to another, which writes the same files again. Only a few regions for
each worker are asked for ahead, so that memory here does not grow with their number.
"""

# mypy: untyped-calls-exclude=distributed

import logging
import re
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Self

from generator.errors import BuildError
from generator.site.whole import (
    OTHER_PROGRAM,
    Maker,
    RegionMade,
    RegionWork,
    program_here,
)

try:
    import distributed
    from distributed.comm.core import CommClosedError
    from distributed.scheduler import KilledWorker
except ImportError as error:
    raise BuildError("--cluster 需要另装的库，请先安装：pip install 'gongkai[cluster]'") from error

AHEAD = 4
"""Regions for each thread of a worker that wait to be made, or whose results wait to be taken."""
PATIENCE = 10.0
"""Seconds to wait for the scheduler, and for a first worker."""
LONELY = 60.0
"""Seconds to wait for another worker when all are gone: some are started again."""
_ADDRESS = re.compile(r"(?:tcp|tls)://[^\s/]+:([0-9]{1,5})")
_LOOK = 2.0
"""Seconds after which to look whether there still are workers."""
_STOPPING = 30.0
"""Seconds to wait for regions that are being made when the build has failed."""
_BLIND = 5.0
"""The same, when the scheduler that knows of them is gone."""


class Cluster:
    """As a context: the workers of a scheduler.

    Raises BuildError when there are none, or when they cannot make the same pages as this process
    would; DataError when they do not have the data.
    """

    def __init__(self, address: str, maker: Maker) -> None:
        self._address = address
        self._maker = maker
        self._waiting: deque[distributed.Future[RegionMade]] = deque()

    def __enter__(self) -> Self:
        # A client that cannot read its address is never closed, and may block others later.
        found = _ADDRESS.fullmatch(self._address)
        if not found or int(found[1]) >= 2**16:
            raise BuildError(
                f"--cluster 的“{self._address}”不对：应写成 tcp://主机:端口，如 tcp://10.0.0.1:8786"
            )
        # It tells a lost connection by two tracebacks; we tell it, too.
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
        try:
            self._client = distributed.Client(self._address, timeout=PATIENCE, name="gongkai")
        except OSError as error:
            raise BuildError(
                f"连不上调度程序 {self._address}（{error}），请检查它是否在运行、地址是否正确"
            ) from error
        try:
            self._check()
            # Kept by each worker from one region to the next, and made again where it is lost.
            self._kept = self._client.submit(_same, self._maker, pure=False)
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error and self._waiting:
                self._stop()
        finally:
            self._client.close()

    def make(self, works: Iterable[RegionWork]) -> Iterator[RegionMade]:
        """Have regions made; what came of them, in their order.

        Raises BuildError when the workers cannot, DataError when one does not have the data,
        OSError when one cannot write.
        """
        for work in works:
            with self._told():
                task = self._client.submit(_make, self._kept, work, pure=False)
            self._waiting.append(task)
            while len(self._waiting) >= AHEAD * max(1, self._threads()):
                yield self._next()
        while self._waiting:
            yield self._next()

    def _next(self) -> RegionMade:
        task = self._waiting[0]
        self._wait_for(task)
        with self._told():
            made: RegionMade = task.result()
        self._waiting.popleft()
        return made

    def _wait_for(self, task: "distributed.Future[RegionMade]") -> None:
        alone_since: float | None = None
        while True:
            with self._told(), suppress(TimeoutError):
                distributed.wait([task], timeout=_LOOK)
                return
            if self._threads():
                alone_since = None
                continue
            alone_since = alone_since or time.monotonic()
            if time.monotonic() - alone_since > LONELY:
                raise BuildError(
                    f"调度程序 {self._address} 的工作进程都不在了，网站没有生成，"
                    "原来的网站没有变；请启动工作进程后重试"
                )

    def _threads(self) -> int:
        with self._told():
            return sum(self._client.nthreads().values())

    def _check(self) -> None:
        with self._told():
            try:
                self._client.wait_for_workers(1, timeout=PATIENCE)
            except TimeoutError as error:
                raise BuildError(
                    f"调度程序 {self._address} 没有工作进程，请在各台机器上启动工作进程后重试"
                ) from error
            # First what needs nothing but an installed program of any version.
            programs = self._client.run(_program, on_error="return")
            for worker, found in sorted(programs.items()):
                if isinstance(found, Exception):
                    raise BuildError(
                        f"工作进程 {worker} 不能用（{found}）；它那里要装有同样版本的 gongkai"
                    )
                if found != self._maker.program:
                    raise BuildError(OTHER_PROGRAM.format(worker))
            self._client.run(_check, self._maker)

    def _stop(self) -> None:
        """Let workers finish what they do before the folder is taken away under them."""
        with suppress(OSError, BuildError):  # there is an error to tell already
            self._maker.close()
        try:
            if self._threads():
                distributed.wait(list(self._waiting), timeout=_STOPPING)
        except Exception:  # as above; Dask has many
            time.sleep(_BLIND)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except KilledWorker as error:
            raise BuildError(
                "生成一个地区的工作进程接连意外结束，网站没有生成，原来的网站没有变。"
                "可能是内存不足：请看工作进程的日志，或减少每台机器上的工作进程"
            ) from error
        except (CommClosedError, CancelledError) as error:
            raise BuildError(
                f"与调度程序 {self._address} 的连接断了，网站没有生成，原来的网站没有变；请重试"
            ) from error


# What workers do.


def _same(maker: Maker) -> Maker:
    return maker


def _make(maker: Maker, work: RegionWork) -> RegionMade:
    return maker.make(work)


def _program() -> tuple[str, str]:
    return program_here()


def _check(maker: Maker) -> None:
    maker.check()
