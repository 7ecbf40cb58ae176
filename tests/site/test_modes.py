"""长者模式, dark and light: chosen in the header, remembered, there before a page is drawn."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.kinds import EXAMPLE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

LOOK = """() => ({
  size: getComputedStyle(document.documentElement).fontSize,
  ground: getComputedStyle(document.body).backgroundColor,
  ink: getComputedStyle(document.body).color,
})"""
WHITE, BLACK = "rgb(255, 255, 255)", "rgb(0, 0, 0)"


@pytest.fixture
def context(chromium: "Browser") -> Iterator["BrowserContext"]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def example(example_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(example_site)


def pressed(page: "Page") -> dict[str, str | None]:
    return {
        name: page.get_by_role("button", name=name, exact=True).get_attribute("aria-pressed")
        for name in ("长者模式", "深色")
    }


def test_what_was_chosen_is_remembered_on_other_pages_and_in_other_tabs(
    context: "BrowserContext", example: str
) -> None:
    page, other = context.new_page(), context.new_page()
    for each in (page, other):
        each.goto(example)
    plain = page.evaluate(LOOK)
    assert plain["ground"] == WHITE
    page.get_by_role("button", name="长者模式").click()
    page.get_by_role("button", name="深色").click()
    page.goto(example + EXAMPLE["unit"])
    for each in (page, other):
        assert pressed(each) == {"长者模式": "true", "深色": "true"}
        look = each.evaluate(LOOK)
        assert float(look["size"][:-2]) >= 1.25 * float(plain["size"][:-2])
        assert (look["ground"], look["ink"]) == (BLACK, WHITE)
    page.get_by_role("button", name="长者模式").click()
    page.get_by_role("button", name="深色").click()
    assert page.evaluate(LOOK) == plain


def test_without_a_choice_the_system_decides_and_a_choice_outlasts_it(
    context: "BrowserContext", example: str
) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme="dark")
    page.goto(example)
    assert pressed(page)["深色"] == "true"
    assert page.evaluate(LOOK)["ground"] != WHITE
    page.emulate_media(color_scheme="light")
    from playwright.sync_api import expect

    # The page hears of it a moment later.
    button = page.get_by_role("button", name="深色")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate(LOOK)["ground"] == WHITE
    page.emulate_media(color_scheme="dark")
    page.get_by_role("button", name="深色").click()
    assert page.evaluate(LOOK)["ground"] == WHITE


def test_dark_follows_the_system_without_scripts(chromium: "Browser", example: str) -> None:
    context = chromium.new_context(color_scheme="dark", java_script_enabled=False)
    page = context.new_page()
    page.goto(example)
    assert page.evaluate(LOOK)["ground"] != WHITE
    assert page.locator("[data-gk-mode]").locator("visible=true").count() == 0
    context.close()


def test_paper_is_white_and_its_letters_are_not_larger(
    context: "BrowserContext", example: str
) -> None:
    page = context.new_page()
    page.goto(example)
    page.emulate_media(media="print")
    plain = page.evaluate(LOOK)
    page.emulate_media(media="screen")
    for name in ("长者模式", "深色"):
        page.get_by_role("button", name=name).click()
    page.emulate_media(media="print")
    assert page.evaluate(LOOK) == plain


def test_a_choice_lasts_a_page_where_nothing_may_be_stored(
    context: "BrowserContext", example: str
) -> None:
    page = context.new_page()
    errors: list[Any] = []
    page.on("pageerror", lambda error: errors.append(error))
    page.add_init_script(
        """Object.defineProperty(window, "localStorage", {
          get() { throw new DOMException("no", "SecurityError"); }})"""
    )
    page.goto(example)
    page.get_by_role("button", name="长者模式").click()
    assert pressed(page)["长者模式"] == "true"
    assert errors == []


def test_what_is_chosen_is_there_before_anything_is_drawn(example_site: Path) -> None:
    """The script is waited for, and stands above the page."""
    html = (example_site / "index.html").read_text(encoding="utf-8")
    head = html.partition("<body")[0]
    script = re.search(r"<script ([^>]*)frame\.js([^>]*)>", head)
    assert script
    assert not re.search(r"async|defer|module", script[0])
    assert head.index("dark.css") < script.start()


@pytest.mark.parametrize("kind", ["home", "record", "unit", "region", "coverage"])
@pytest.mark.parametrize("width", [375, 1280])
def test_no_page_scrolls_sideways_in_large_letters(
    kind: str, width: int, context: "BrowserContext", example: str
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script("localStorage.setItem('gongkai.senior', 'on')")
    page.goto(example + EXAMPLE[kind])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
