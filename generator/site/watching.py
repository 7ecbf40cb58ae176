"""How a preview learns that a file was changed: at once where the system tells, else by looking."""

import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch
from watchdog.observers.polling import PollingObserver

QUIET = 0.05
"""Seconds without a change after which a build begins: an editor may write a file in steps."""
_LOOKS = 0.5
"""Seconds between two looks at all files."""
_CHANGES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
"""Not that a file was opened or closed: a build that reads would bring on the next."""


def watch_at_once(server: LiveReloadServer, watched: Iterable[str]) -> None:
    """Let a server that is not yet started hear of changes from the system, too.

    watched: paths that MkDocs may have it watch.
    """
    paths = []
    for path in watched:
        with suppress(KeyError):  # it does not
            server.unwatch(path)
            paths.append(path)
    server.observer = _Watcher(_LOOKS)
    server.build_delay = QUIET
    for path in paths:
        server.watch(path)


class _Watcher(PollingObserver):
    """Looks at all files, as MkDocs has it, since not every drive tells of changes; and is told by
    the system, which it needs not see for itself again."""

    def __init__(self, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self._system = Observer()
        self._told: dict[str, float] = {}
        """Path -> when the system told of it."""

    def schedule(
        self, event_handler: FileSystemEventHandler, path: str | Path, **options: Any
    ) -> ObservedWatch:
        first, later = _Told(event_handler, self._told), _Seen(event_handler, self._told)
        with suppress(OSError):
            self._system.schedule(first, path, **options, event_filter=_CHANGES)
        return super().schedule(later, path, **options)

    def start(self) -> None:
        with suppress(OSError):  # there are more folders than it may watch
            self._system.start()
        super().start()

    def stop(self) -> None:
        if self._system.is_alive():
            self._system.stop()
        super().stop()


class _Told(FileSystemEventHandler):
    def __init__(self, handler: FileSystemEventHandler, told: dict[str, float]) -> None:
        self._handler = handler
        self._told_at = told

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in _paths(event):
            self._told_at[path] = time.monotonic()
        self._handler.on_any_event(event)


class _Seen(FileSystemEventHandler):
    def __init__(self, handler: FileSystemEventHandler, told: dict[str, float]) -> None:
        self._handler = handler
        self._told_at = told

    def on_any_event(self, event: FileSystemEvent) -> None:
        new = time.monotonic() - 4 * _LOOKS
        if any(self._told_at.get(path, new) <= new for path in _paths(event)):
            self._handler.on_any_event(event)


def _paths(event: FileSystemEvent) -> list[str]:
    return [str(path) for path in (event.src_path, event.dest_path) if path]
