"""What several tests need: a browser, and a web server for a folder."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import settings

from tests import browsing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Generated cases are the same in every run where a failure would stop others' work.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# A shell's background jobs ignore Ctrl+C, and so would the programs that tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parents[1]
GONGKAI = Path(sys.executable).with_name("gongkai")


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """A browser: see `browsing.chromium`.

    Without any, tests are skipped; with `CI` set they fail, so that nothing is skipped unseen.
    """
    from playwright.sync_api import Error

    with ExitStack() as stack:
        try:
            browser = stack.enter_context(browsing.chromium())
        except Error as error:
            message = f"no Chromium to test with ({error.message.splitlines()[0]}): see `make test`"
            if os.environ.get("CI"):
                pytest.fail(message)
            pytest.skip(message)
        yield browser


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write tests/golden/ anew")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests report of their own, such as a table of what they measured."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, text in report.user_properties:
                if name == "report":
                    terminalreporter.write_line(f"\n{text}\n")


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """`serve(folder)` gives the address, ending in "/", at which a folder is served."""
    with ExitStack() as stack:
        yield lambda folder: stack.enter_context(browsing.serving(folder))


def write_example(data: Path) -> Path:
    """Make `data` a `data/` of the fictional 示例县 with the project's own forms."""
    shutil.copytree(ROOT / "tests" / "example", data)
    for name in ("forms", "checks"):
        shutil.copytree(ROOT / "data" / name, data / name)
    return data


@pytest.fixture
def example_data(tmp_path: Path) -> Path:
    """A `data/` of the fictional 示例县 with the project's own forms, free to be changed."""
    return write_example(tmp_path / "data")


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own site, built once by the command, also for several processes of tests."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    site = folder / "built-site"
    with FileLock(folder / "built-site.lock"):
        if not site.exists():
            subprocess.run([GONGKAI, "build", "--site", site], cwd=ROOT, check=True)
    return site
