"""A preview hears of changes at once, and once; reading a file is none."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer

from generator.site.watching import watch_at_once

Changes = Callable[[], int]


@pytest.fixture
def changes(tmp_path: Path) -> Iterator[Changes]:
    """How many rebuilds a preview of the folder has begun so far."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "2022.yaml").write_text("old")
    builds: list[float] = []
    server = LiveReloadServer(lambda: builds.append(time.monotonic()), "127.0.0.1", 0, ".")
    server.watch(str(tmp_path))
    watch_at_once(server, [str(tmp_path), "/not/watched"])
    server.observer.start()
    loop = threading.Thread(target=server._build_loop, daemon=True)
    loop.start()
    yield lambda: len(builds)
    server.shutdown()
    loop.join(5)


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def test_a_change_is_told_once_and_reading_is_none(tmp_path: Path, changes: Changes) -> None:
    record = tmp_path / "data" / "2022.yaml"
    time.sleep(0.7)  # a first look at all files
    record.read_text()
    assert not wait_for(lambda: changes() > 0, 0.8)
    record.write_text("new")
    assert wait_for(lambda: changes() == 1, 5)
    assert not wait_for(lambda: changes() > 1, 1.5)
    (tmp_path / "data" / "2023.yaml").write_text("another")
    assert wait_for(lambda: changes() == 2, 5)
