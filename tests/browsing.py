"""What tests, benchmarks and pictures look at pages with: a browser, and a folder served here."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = [
    "--no-sandbox",  # tests also run as root, in containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_program() -> str | None:
    """`CHROMIUM`, else the one on the path; None for Playwright's own.

    Best the one without windows, as Playwright's own is: it takes less than half the time.
    """
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    # A snap may not read the profile that Playwright makes for it.
    installed = None if program and "/snap" in str(Path(program).resolve()) else program
    return os.environ.get("CHROMIUM") or installed


@contextmanager
def chromium() -> Iterator["Browser"]:
    """A browser: see `chromium_program`. Raises Playwright's Error when there is none."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line on stderr for each."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving(folder: Path, handler: type[QuietHandler] = QuietHandler) -> Iterator[str]:
    """A folder's files at an address of this machine, which ends in "/"."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
