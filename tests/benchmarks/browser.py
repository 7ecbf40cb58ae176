"""What a reader and an editor wait for, in Chromium: an answer of the search, a page that changed.

The server is ours, on the loopback, without compression of its own: what a network adds is not in
these figures.
"""

import re
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, expect

from generator.records.data import open_data
from tests.benchmarks.ours import Project, a_report, change_record
from tests.benchmarks.results import Row, Target
from tests.browsing import QuietHandler, chromium, serving

RESULT = ".gk-search__result"
_FRAME = re.compile(r"/assets/(?:javascripts|stylesheets|images|[^/]+\.css)|/search/(?:\?.*)?$")
"""What any page of the site loads, and the search page's HTML."""
_AMOUNT = re.compile(r"[0-9]{2,}\.[0-9]{2}(?![0-9])")
_COMMON = "部门整体支出绩效自评报告"
_WORD = "甲乙丙丁"
PATIENCE = 120_000
"""Milliseconds after which a page is given up."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The first answer to a query, for somebody who has never searched here."""

    milliseconds: float
    """From Enter to the first result that is seen."""
    kilobytes: float
    """Scripts, index and texts, from the opening of the page to the first result."""


def browser_rows(site: Path, records: Path, served: Project, runs: int) -> list[Row]:
    """Measure everything that needs a browser.

    Args:
        site: our site with its search index, for the largest number of records.
        records: the data that it was built from.
        served: the project with the smallest number of records.
        runs: how often each is measured.
    """
    opened = open_data(records)
    region = opened.records[len(opened.records) // 2].region
    folder = records / "records" / region
    rare, texts = rare_word(folder)
    rows: list[Row] = []
    with chromium() as browser:
        with serving(site, _Handler) as home:
            for what, word in (("少见的词", rare), ("页页都有的词", _COMMON)):
                answers = [first_answer(browser, home, region, word) for _ in range(runs)]
                size = median(each.kilobytes for each in answers)
                taken = median(each.milliseconds for each in answers)
                count = len(opened.records)
                about = f"首次检索（{what}，一个地区 {texts:,} 份）"
                rows.append(Row(Target(f"{about}下载", 10_000, 250, False, "KB"), count, size))
                rows.append(Row(Target(f"{about}出结果", 10_000, 400, False, "ms"), count, taken))
        seconds = median(seen_after(browser, served, runs))
    count = len(open_data(served.data).records)
    what = Target("gongkai serve，改一份记录到浏览器里看见", 1000, 1, False, "s")
    return [*rows, Row(what, count, seconds)]


def rare_word(folder: Path) -> tuple[str, int]:
    """An amount that one of a region's records has and no other; and how many records there are."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yaml"))]
    for found in _AMOUNT.findall(texts[len(texts) // 2]):
        if sum(found in text for text in texts) == 1:
            return found, len(texts)
    raise ValueError(f"{folder}: no amount that stands in one record only")


def first_answer(browser: Browser, home: str, region: str, word: str) -> Answer:
    """Search for a word in a region, with nothing in the browser's cache."""
    context = browser.new_context()
    page = context.new_page()
    sizes = _count_bytes(page)
    page.goto(f"{home}search/?region={region}", wait_until="networkidle")
    expect(page.locator("#gk-search-region")).to_have_value(region)
    page.locator("#gk-search-q").fill(word)
    taken = page.evaluate(_SUBMIT, RESULT)
    page.wait_for_timeout(100)  # reports of what was loaded arrive late
    total = sum(size for url, size in sizes.values() if not _FRAME.search(url))
    context.close()
    return Answer(taken, total / 1000)


_SUBMIT = """result => new Promise(resolve => {
  const start = performance.now();
  const look = () => {
    if (document.querySelector(result)) {
      requestAnimationFrame(() => resolve(performance.now() - start));
    } else {
      requestAnimationFrame(look);
    }
  };
  document.querySelector(".gk-search__form, [data-gk-search] form").requestSubmit();
  look();
})"""
"""Submits the form and waits within the page, so that no time of the driver is counted."""


def _count_bytes(page: Page) -> dict[str, tuple[str, int]]:
    """id of a request -> its address and the bytes that came, headers included; filled later."""
    sizes: dict[str, tuple[str, int]] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def asked(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = (event["request"]["url"], 0)

    def loaded(event: dict[str, Any]) -> None:
        url, _ = sizes.get(event["requestId"], ("", 0))
        sizes[event["requestId"]] = (url, int(event["encodedDataLength"]))

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", loaded)
    return sizes


def seen_after(browser: Browser, project: Project, runs: int) -> list[float]:
    """Seconds from the writing of a changed record to the reader's seeing it, each time."""
    record = a_report(project.data)
    address = "/".join(record.with_suffix("").parts[-3:])
    with served_project(project) as home:
        page = browser.new_page()
        page.goto(f"{home}{address}/")
        changed = page.locator(".gk-document", has_text=_WORD)
        times = []
        for number in range(runs):
            time.sleep(2)  # as an editor who looks at the page
            change_record(record, _WORD)
            start = time.perf_counter()
            changed.wait_for(state="detached" if number % 2 else "attached", timeout=PATIENCE)
            if number % 2:
                page.locator(".gk-document").wait_for(timeout=PATIENCE)
            times.append(time.perf_counter() - start)
        page.close()
    return times


@contextmanager
def served_project(project: Project) -> Iterator[str]:
    """`gongkai serve` of a project, when it can be looked at; its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = project.serve_command(f"127.0.0.1:{port}")
    home = f"http://127.0.0.1:{port}/"
    process = subprocess.Popen(
        command, cwd=project.folder, env=project.environment, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(home, process)
        yield home
    finally:
        process.terminate()
        process.wait()


def _wait_for(home: str, process: "subprocess.Popen[bytes]") -> None:
    while process.poll() is None:
        try:
            urllib.request.urlopen(home, timeout=5).close()  # noqa: S310 - ours
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise OSError(f"gongkai serve left with {process.returncode}")


class _Handler(QuietHandler):
    """Keeps connections."""

    protocol_version = "HTTP/1.1"
