"""What stands around the sealed documents of a record, in a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RECORD = "430524/xingzheng-shenpi/2022/"
OLD_BROWSER = """
delete HTMLElement.prototype.popover;
const style = document.createElement("style");
style.textContent = ".gk-term-text:not([hidden]) { display: block }";
document.addEventListener("DOMContentLoaded", () => {
  for (const each of document.querySelectorAll("[popover]")) each.removeAttribute("popover");
});
"""


@pytest.fixture
def address(built_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(built_site) + RECORD


@pytest.fixture
def page(chromium: "Browser") -> Iterator["Page"]:
    context = chromium.new_context(viewport={"width": 375, "height": 800})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def open_terms(page: "Page") -> list[str]:
    return [str(each.get_attribute("id")) for each in page.locator(".gk-term-text:visible").all()]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_word_is_explained_by_keyboard_with_and_without_scripts(
    scripts: bool, chromium: "Browser", address: str
) -> None:
    context = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(address)
    assert open_terms(page) == []
    button = page.get_by_role("button", name="统一登记号的解释")
    button.focus()
    page.keyboard.press("Enter")
    page.locator("#名词-统一登记号").wait_for(state="visible")
    assert open_terms(page) == ["名词-统一登记号"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the link in it
    page.wait_for_url("**/glossary/**")
    page.go_back()
    button.focus()
    page.keyboard.press("Enter")
    page.locator("#名词-统一登记号").wait_for(state="visible")
    page.keyboard.press("Escape")
    page.locator("#名词-统一登记号").wait_for(state="hidden")
    context.close()


def test_explanations_fit_the_window(page: "Page", address: str) -> None:
    page.goto(address)
    buttons = page.locator(".gk-term")
    count = buttons.count()
    assert count > 15
    for number in (0, count // 2, count - 1):
        buttons.nth(number).click()
        box = page.locator(".gk-term-text:visible").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 375
        assert box["y"] + box["height"] <= 800
        page.keyboard.press("Escape")


def test_an_older_browser_shows_them_by_script(page: "Page", address: str) -> None:
    page.add_init_script(OLD_BROWSER)
    page.goto(address)
    assert open_terms(page) == []
    button = page.get_by_role("button", name="统一登记号的解释")
    button.click()
    assert open_terms(page) == ["名词-统一登记号"]
    assert button.get_attribute("aria-expanded") == "true"
    page.get_by_role("button", name="索引号的解释").click()
    assert open_terms(page) == ["名词-索引号"]
    page.keyboard.press("Escape")
    assert open_terms(page) == []


def test_the_documents_say_the_same_with_and_without_buttons(page: "Page", address: str) -> None:
    """As text, as what is selected to be copied, and on paper."""
    page.goto(address)
    told = """() => {
      const range = document.createRange();
      const documents = document.querySelector(".gk-document");
      range.selectNodeContents(documents);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return [documents.innerText, getSelection().toString()];
    }"""
    with_buttons = page.evaluate(told)
    page.emulate_media(media="print")
    assert page.locator(".gk-term:visible, .gk-terms:visible, .gk-tools:visible").count() == 0
    page.emulate_media(media="screen")
    page.evaluate("document.querySelectorAll('.gk-term').forEach(each => each.remove())")
    assert page.evaluate(told) == with_buttons


def test_size_of_letters_is_chosen_and_remembered(page: "Page", address: str) -> None:
    page.goto(address)
    size = "getComputedStyle(document.querySelector('.gk-prose p')).fontSize"
    usual = float(page.evaluate(size).removesuffix("px"))
    large = page.get_by_role("button", name="字体大")
    large.click()
    assert large.get_attribute("aria-pressed") == "true"
    assert page.get_by_role("button", name="字体中").get_attribute("aria-pressed") == "false"
    assert float(page.evaluate(size).removesuffix("px")) > 1.2 * usual
    page.reload()
    assert float(page.evaluate(size).removesuffix("px")) > 1.2 * usual
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_tools_work_where_nothing_may_be_remembered_or_copied(page: "Page", address: str) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error() }});"
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
        "document.execCommand = () => false;"
    )
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}?mark=公务接待费")
    page.get_by_role("button", name="字体大").click()
    page.get_by_role("button", name="复制链接").click()
    said = page.locator(".gk-tools [role=status]")
    assert said.inner_text() == f"请自行复制：{address}"
    assert errors == []


def test_the_address_is_copied_and_the_page_printed(page: "Page", address: str) -> None:
    page.add_init_script(
        "window.print = () => { window.printed = true };"
        "Object.defineProperty(navigator, 'clipboard',"
        " {value: {writeText: async text => { window.copied = text }}});"
    )
    page.goto(f"{address}?mark=公务接待费")
    page.get_by_role("button", name="复制链接").click()
    page.get_by_text("已复制").wait_for()
    page.get_by_role("button", name="打印").click()
    assert page.evaluate("[window.copied, window.printed]") == [address, True]


def test_without_scripts_there_are_no_tools(chromium: "Browser", address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator(".gk-tools").count() == 0
    assert page.locator("#公开后的变动").is_visible() or page.locator(".gk-history").count() == 0
    context.close()
