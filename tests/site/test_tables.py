"""In a browser: tables sorted and filtered, units compared. From pages alone, without a site."""

import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.forms.values import State
from generator.pages.catalogue import RegionLine, Summary
from generator.pages.choosing import compare_page, figures_json, regions_json, units_json
from generator.pages.environment import make_environment
from generator.pages.indexes import region_pages
from generator.pages.page import Page as Poured
from generator.records.figures import MainFigure
from generator.records.regions import Region, Unit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
LARGE = "9007199254740993"
"""One more than a float can tell from its neighbour."""

INCOMES = {
    "jia": ("704.70", "704.70"),
    "yi": ("9", "9"),
    "bing": ("不适用", None),
    "ding": ("0", "0"),
    "wu": (f"{LARGE}.02", f"{LARGE}.02"),
    "ji": (f"{LARGE}.01", f"{LARGE}.01"),
    "geng": ("", None),
}
NAMES = dict(
    zip(INCOMES, ("甲局", "乙局", "丙办ＡＢ", "丁局", "戊局", "己局", "庚局"), strict=True)
)
REGION = Region("990001", "示例县", {slug: Unit(slug, name) for slug, name in NAMES.items()})


def income(written: str, number: str | None) -> MainFigure:
    if number is None:
        state = State.NOT_APPLICABLE if written else State.EMPTY
        return MainFigure("收入合计", state, written, None)
    return MainFigure("收入合计", State.FILLED, written, Decimal(number))


RECORDS = [
    Summary("990001", slug, year, (), figures=(income(*INCOMES[slug]),))
    for slug in INCOMES
    for year in (2021, 2022)
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages as they are poured, without a frame, and what they read."""
    folder = tmp_path_factory.mktemp("tables")
    shutil.copytree(ROOT / "theme" / "assets", folder / "assets")
    environment = make_environment()

    def write(page: Poured) -> None:
        file = folder / page.address / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"<!doctype html><meta charset=utf-8>{page.content}", encoding="utf-8")

    write(compare_page(environment))
    for page in region_pages(REGION, RECORDS, environment):
        write(page)
    files = [regions_json([RegionLine.of(REGION, RECORDS)]), units_json(REGION, RECORDS)]
    for unit in REGION.units.values():
        own = {each.year: each for each in RECORDS if each.unit == unit.slug}
        files.append(figures_json(REGION, unit, own))
    for path, content in files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.fixture
def address(folder: Path, serve: Callable[[Path], str]) -> str:
    return serve(folder)


@pytest.fixture
def page(chromium: "Browser") -> Iterator["Page"]:
    page = chromium.new_page()
    page.set_default_timeout(30_000)
    yield page
    page.close()


def names(page: "Page") -> str:
    """The units in the order in which they stand, by the first character of their names."""
    shown = page.locator(".gk-units tbody tr:visible th")
    return "".join(text[0] for text in shown.all_inner_texts())


def test_tables_are_sorted_and_filtered(page: "Page", address: str) -> None:
    page.goto(f"{address}990001/")
    assert names(page) == "甲乙丙丁戊己庚"
    button = page.get_by_role("button", name="收入")
    head = page.locator(".gk-units th", has=button)
    # Each amount exactly; what is no number last, in its own order, in both directions.
    for key, state, order in (
        ("Enter", "descending", "戊己甲乙丁丙庚"),
        ("Space", "ascending", "丁乙甲己戊丙庚"),
        ("Enter", None, "甲乙丙丁戊己庚"),
    ):
        button.press(key)
        assert (names(page), head.get_attribute("aria-sort")) == (order, state)
    assert page.get_by_role("button", name="自评结论").count() == 0
    assert page.locator("tfoot").first.inner_text().startswith("合计")

    field = page.get_by_role("searchbox", name="单位名称包含")
    field.fill("局")
    assert page.get_by_role("status").inner_text() == "显示 6 个，共 7 个单位"
    button.press("Enter")
    assert names(page) == "戊己甲乙丁庚"
    field.fill("办ab")  # half width
    assert names(page) == "丙"
    assert page.locator("[data-gk-again] tbody tr:visible").count() == 1


def test_units_are_compared(page: "Page", address: str) -> None:
    def cells(name: str) -> list[str]:
        row = page.locator("tr", has=page.get_by_role("rowheader", name=name))
        return [text.replace("\n", " ") for text in row.locator("td").all_inner_texts()]

    page.goto(f"{address}compare/?a=990001/ji/2022&a=990001/wu&a=990001/bing/2020&a=nobody")
    status = page.get_by_role("status")
    status.get_by_text("正在比较 3 列").wait_for()
    assert "“nobody”看不懂" in status.inner_text()
    assert cells("收入") == [f"{LARGE}.01", f"{LARGE}.02 多 0.01", "未公开"]
    assert not page.get_by_role("rowheader", name="支出").is_visible()  # none of them has it

    page.get_by_role("button", name="移除 丙办ＡＢ 2020年度").press("Enter")
    status.get_by_text("正在比较 2 列").wait_for()
    assert page.url.endswith("?a=990001/ji/2022&a=990001/wu/2022")
    page.get_by_role("combobox", name="地区").select_option("示例县")
    page.get_by_role("combobox", name="单位").select_option("丙办ＡＢ")
    page.get_by_role("combobox", name="年度").select_option("2021年度")
    page.get_by_role("button", name="加入比较").press("Enter")
    status.get_by_text("正在比较 3 列").wait_for()
    assert page.url.endswith("&a=990001/bing/2021")
    assert cells("收入")[2] == "不适用"
    page.go_back()
    status.get_by_text("正在比较 2 列").wait_for()


@pytest.mark.parametrize("path", ["990001/", "compare/"])
def test_without_scripts_there_is_nothing_dead(
    path: str, chromium: "Browser", address: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + path)
    assert page.locator("button:visible, input:visible, select:visible").count() == 0
    assert page.locator("td:visible").count() or page.locator("noscript p").is_visible()
    context.close()


DECIMALS = [
    ("1", "2", "-1"),
    ("0.1", "0.3", "-0.2"),
    ("704.70", "704.7", "0.00"),
    ("-0.5", "0.25", "-0.75"),
    ("-1", "-1.5", "0.5"),
    (f"{LARGE}.02", f"{LARGE}.01", "0.01"),
    ("0", "0", "0"),
    ("10", "9", "1"),
]


def test_decimals_are_exact(page: "Page", address: str) -> None:
    page.goto(f"{address}compare/")
    found = page.evaluate(
        """async pairs => {
          const {compareDecimals, difference} = await import("../assets/decimal.js");
          return pairs.map(([one, other]) => [
            difference(one, other), compareDecimals(one, other), compareDecimals(other, one)]);
        }""",
        [[one, other] for one, other, _ in DECIMALS],
    )
    for (one, other, less), (change, order, reverse) in zip(DECIMALS, found, strict=True):
        sign = (Decimal(one) > Decimal(other)) - (Decimal(one) < Decimal(other))
        assert (change, order, reverse) == (less, sign, -sign), (one, other)
