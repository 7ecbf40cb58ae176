"""The project's own site, built by the command and looked at in a browser."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
PORTAL = ROOT / "tests" / "portal"
RECORD = "430524/xingzheng-shenpi/2022/"

PAGES = {
    "home": "",
    "search": "search/?q=公务接待费",
    "about": "about/",
    "help": "help/",
    "region": "430524/",
    "unit": "430524/xingzheng-shenpi/",
    "record": RECORD,
    "record, marked": f"{RECORD}?mark=公务接待费",
    "year": "years/2022/",
    "rules": "rules/",
    "not found": "404.html",
}
WIDTHS = (375, 768, 1280)

# Text that a reader sees, in the order of the page: no element that is hidden or clipped away, and
# not the marks of remarks, which are no part of the sealed documents.
VISIBLE_TEXT = """element => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let text = "";
  while (walker.nextNode()) {
    const box = walker.currentNode.parentElement;
    const isLeftOut = box.closest(".gk-hidden, .gk-marks, .gk-part-remarks");
    if (box.checkVisibility({visibilityProperty: true}) && !isLeftOut)
      text += walker.currentNode.data;
  }
  return text;
}"""


@pytest.fixture
def page(chromium: "Browser") -> Iterator["Page"]:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(10_000)
    yield page
    page.close()


@pytest.fixture
def address(built_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(built_site)


def show(page: "Page", address: str, name: str) -> None:
    """Go to a page, until it is whole; to wait for half a second of rest costs as much."""
    page.goto(address + PAGES[name])
    if name == "search":
        page.locator(".gk-search__result").first.wait_for()
        page.locator('[data-gk-search][aria-busy="false"]').wait_for()


def squeezed(text: str) -> str:
    """Without white space and the cell borders of the portal's text."""
    return re.sub(r"[\s|]", "", text)


@pytest.mark.parametrize("width", WIDTHS)
def test_record_page_has_the_text_of_the_portal_page(
    width: int, page: "Page", address: str
) -> None:
    """Not one character missing, added or moved."""
    portal = (PORTAL / "430524-xingzheng-shenpi-2022.txt").read_text(encoding="utf-8")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + RECORD)
    visible = page.locator(".gk-document").evaluate(VISIBLE_TEXT)
    assert squeezed(visible) == squeezed(portal)


def test_visible_text_leaves_out_what_is_hidden(page: "Page") -> None:
    page.set_content(
        "<div id=all>a<b hidden>b</b><i style='display:none'>c</i>"
        "<u style='visibility:hidden'>d</u><s class=gk-hidden>e</s>f</div>"
    )
    assert page.locator("#all").evaluate(VISIBLE_TEXT) == "af"


def test_pages_ask_no_other_host_for_anything_and_have_no_error_in_their_console(
    page: "Page", address: str
) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in PAGES.values():
        page.goto(address + path, wait_until="networkidle")
    assert len(asked) > len(PAGES)
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert said == []


def test_the_test_of_requests_sees_one(page: "Page") -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("about:blank")  # our own pages have a policy that stops it
    page.evaluate("fetch('http://other.invalid/').catch(() => null)")
    assert "http://other.invalid/" in asked


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways(name: str, width: int, page: "Page", address: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    show(page, address, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_tables_are_read_without_scrolling_them(page: "Page", address: str) -> None:
    page.set_viewport_size({"width": 375, "height": 900})
    page.goto(address + RECORD)
    tables = page.locator(".gk-scroll")
    widths = tables.evaluate_all("all => all.map(one => [one.scrollWidth, one.clientWidth])")
    assert len(widths) == 2 + 2  # the first two are in the overview, one of them folded
    assert all(inside <= outside for inside, outside in widths)


def test_tables_have_the_cells_of_the_portal(page: "Page", address: str) -> None:
    page.goto(address + RECORD)
    tables = page.locator(".gk-document table")
    described = tables.evaluate_all(
        """all => all.map(table => ({
          caption: table.caption.innerText.length > 0,
          rows: table.rows.length,
          headers: [...table.querySelectorAll("th")].every(th => th.scope),
          columns: Math.max(...[...table.rows].map(
            row => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0))),
          spans: [...table.querySelectorAll("[rowspan]")].map(
            cell => [cell.innerText.replace(/\\s/g, ""), cell.rowSpan]),
        }))"""
    )
    assert described == [
        {"caption": True, "rows": 6, "headers": True, "columns": 4, "spans": []},
        {
            "caption": True,
            "rows": 20,
            "headers": True,
            "columns": 7,
            "spans": [
                ["年度收入(万元)", 2],
                ["合计", 2],
                ["704.72", 2],
                ["年度支出(万元)", 2],
                ["实施情况", 10],
            ],
        },
    ]


def test_ticks_are_read_aloud_as_their_answers(page: "Page", address: str) -> None:
    page.goto(address + RECORD)
    ticks = page.locator(".gk-ticks")
    assert ticks.count() == 32
    assert page.get_by_role("img", name="门户网站", exact=True).inner_text() == (
        "门户网站☑ 单位内部□ 其它□"
    )
    cell = page.get_by_role("cell", name="是否存在超编超配人员")
    assert cell.get_by_role("img").get_attribute("aria-label") == "否"


def test_contents_lead_to_the_headings_of_the_report(page: "Page", address: str) -> None:
    page.goto(address + RECORD)
    page.locator(".md-sidebar .gk-contents").get_by_text("四、存在的问题").click()
    assert unquote(page.url).endswith("#附件4-存在的问题")
    heading = page.locator(":target")
    assert heading.evaluate("element => element.firstChild.data") == "四、存在的问题"
    box = heading.bounding_box()
    assert box
    header = page.locator(".md-header").bounding_box()
    assert header
    assert header["height"] < box["y"] < 900


def test_headings_of_the_report_are_headings(built_site: Path) -> None:
    document = html.parse(built_site / RECORD / "index.html")
    levels = [
        (element.tag, element.text_content())
        for element in document.iter("h1", "h2", "h3", "h4", "h5")
    ]
    assert levels[:7] == [
        ("h1", "隆回县行政审批服务局 2022年度公开信息"),
        ("h2", "概览"),
        ("h2", "附件3 2022年度部门整体支出绩效自评基础数据表"),
        ("h2", "附件4 部门整体支出绩效自评报告"),
        ("h3", "一、部门概况"),
        ("h4", "(一)部门基本情况"),
        ("h4", "(二)2022年的重点工作"),
    ]
    assert levels[7] == ("h5", "1.扛牢政治责任,纵深推进“放管服”改革。")
    assert [tag for tag, _ in levels].count("h3") == 5


@pytest.mark.parametrize("query", ["一件事一次办", "公务接待费", "704.72"])
def test_searching_finds_the_record(query: str, page: "Page", address: str) -> None:
    page.goto(address)
    page.get_by_label("在公开信息中检索").fill(query)
    page.locator(".gk-search-box").get_by_role("button", name="检索").click()
    page.get_by_role("link", name="隆回县行政审批服务局 2022年度公开信息").click()
    assert urlsplit(page.url).path == f"/{RECORD}"
    marks = page.locator(".gk-document mark")
    marks.first.wait_for()
    assert "".join(marks.all_inner_texts()).startswith(query)  # an explained word is one of its own


def test_printing_gives_the_document_alone(page: "Page", address: str) -> None:
    page.emulate_media(media="print")
    page.goto(address + RECORD)
    for selector in (".md-header", ".md-footer", ".gk-breadcrumb", ".gk-years", ".md-sidebar"):
        assert page.locator(selector).locator("visible=true").count() == 0
    assert page.locator(".gk-document").is_visible()


def test_on_paper_short_rows_stay_whole_and_long_texts_may_break(
    page: "Page", address: str
) -> None:
    page.emulate_media(media="print")
    page.goto(address + RECORD)
    rows = page.locator(".gk-table tr").evaluate_all(
        """all => all.map(row => [row.innerText, getComputedStyle(row).breakInside])"""
    )
    may_break = [squeezed(text)[:4] for text, rule in rows if rule != "avoid"]
    spanned, long = ["年度收入", "年度支出", "实施情况"], ["部门主要", "问题与建", "主管部门"]
    assert may_break == ["部门职能", *spanned, *long]
    assert len(rows) == 26


def test_headings_of_the_report_begin_where_its_paragraphs_do(page: "Page", address: str) -> None:
    page.goto(address + RECORD)
    indents = page.locator(".gk-prose :is(h3, h4, h5, p)").evaluate_all(
        """all => all.filter(one => !one.closest(".gk-run-in")).map(one => {
          const words = document.createRange();
          words.selectNodeContents(one);
          return [one.tagName, Math.round(words.getClientRects()[0].left
            - one.parentElement.getBoundingClientRect().left)];
        })"""
    )
    assert {tag for tag, _ in indents} >= {"H3", "H4", "P"}
    assert {indent for _, indent in indents} == {2 * 17}


FOCUSED_IN_MENU = "() => document.activeElement.closest('.md-sidebar--primary') !== null"


def tabbed(page: "Page", count: int = 25) -> bool:
    """Whether the focus comes into the menu."""
    for _ in range(count):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED_IN_MENU):
            return True
    return False


def test_the_menu_of_a_phone_is_reached_by_keyboard_when_it_is_open(
    page: "Page", address: str
) -> None:
    page.set_viewport_size({"width": 375, "height": 900})
    page.goto(address + "help/")
    menu = page.locator(".md-sidebar--primary")
    assert not tabbed(page)
    page.reload()
    for _ in ("skip link", "menu"):
        page.keyboard.press("Tab")
    button = page.get_by_role("checkbox", name="菜单")
    assert button.evaluate("element => element === document.activeElement")
    label = page.locator(".md-header [for=__drawer]")
    assert label.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Space")
    menu.get_by_role("link", name="关于").wait_for()
    assert tabbed(page)
    page.reload()
    page.locator(".md-header [for=__drawer]").click()
    menu.get_by_role("link", name="关于").click()
    assert urlsplit(page.url).path == "/about/"


def test_the_menu_of_a_phone_is_seen_until_it_has_slid_away(page: "Page", address: str) -> None:
    page.set_viewport_size({"width": 375, "height": 900})
    page.goto(address + "help/")
    menu = page.locator(".md-sidebar--primary")
    seen = "element => getComputedStyle(element).visibility"
    assert menu.evaluate(seen) == "hidden"
    turn = """(element, open) => {
      document.getElementById("__drawer").checked = open;
      const now = getComputedStyle(element).visibility;
      const moves = element.getAnimations();
      return Promise.all(moves.map(each => each.finished)).then(() => ({
        now,
        then: getComputedStyle(element).visibility,
        times: Object.fromEntries(
          moves.map(each => [each.transitionProperty, each.effect.getTiming().duration])),
      }));
    }"""
    opened, closed = menu.evaluate(turn, True), menu.evaluate(turn, False)
    assert opened["then"] == "visible"
    assert (closed["now"], closed["then"]) == ("visible", "hidden")
    for times in (opened["times"], closed["times"]):
        assert times["visibility"] == times["transform"] == 250


def html_pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_every_link_and_anchor_leads_somewhere(built_site: Path) -> None:
    anchors = {
        path: {element.get("id") for element in html.parse(path).iter() if element.get("id")}
        for path in html_pages(built_site)
    }
    broken = []
    for path in anchors:
        here = f"http://site/{path.relative_to(built_site).as_posix()}"
        for element, attribute, link, _ in html.parse(path).getroot().iterlinks():
            target = urlsplit(urljoin(here, link))
            if attribute not in ("href", "src", "action") or target.netloc != "site":
                continue
            file = built_site / unquote(target.path).lstrip("/")
            file = file / "index.html" if target.path.endswith("/") else file
            fragment = unquote(target.fragment)
            if not file.is_file() or (fragment and fragment not in anchors.get(file, set())):
                broken.append((path.relative_to(built_site).as_posix(), element.tag, link))
    assert broken == []


def test_the_overview_says_what_the_tables_say(built_site: Path) -> None:
    document = html.parse(built_site / RECORD / "index.html").getroot()
    (overview,) = document.find_class("gk-overview")
    assert overview.find("p").text_content() == (
        "收入704.72万元，支出704.72万元，“三公”经费1.36万元，编制35人、实有34人，自评优。"
    )
    disputed = {
        each.getparent().getparent().find("th").text_content(): each.get("href")
        for each in overview.find_class("gk-disputed")
    }
    assert disputed["“三公”经费（万元）"] == "#核对说明"
    assert "支出（万元）" not in disputed


def test_no_inline_event_handlers(built_site: Path) -> None:
    found = [
        (path.name, name)
        for path in html_pages(built_site)
        for element in html.parse(path).iter()
        if isinstance(element.tag, str)
        for name in element.attrib
        if name.startswith("on")
    ]
    assert found == []


def test_every_page_names_itself(built_site: Path) -> None:
    titles = {}
    for path in html_pages(built_site):
        document = html.parse(path).getroot()
        assert document.get("lang") == "zh"
        assert len(document.findall(".//h1")) == 1, path
        titles[path] = document.findtext(".//title")
    assert len(set(titles.values())) == len(titles)


# Remarks beside the sealed documents.


def test_a_mark_leads_to_its_remark_and_can_be_reached_by_keyboard(
    page: "Page", address: str
) -> None:
    page.goto(address + RECORD)
    mark = page.locator(".gk-mark").first
    mark.focus()
    assert mark.evaluate("element => element === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: unquote(url).endswith("#核对说明-注1"))
    assert page.locator(":target").inner_text().startswith("注1 ")


def test_both_figures_of_the_contradiction_have_the_same_mark(page: "Page", address: str) -> None:
    """1.36 in the table, 0 in the report: the sample's worst."""
    page.goto(address + RECORD)
    remark = page.locator(".gk-remarks li", has=page.get_by_role("link", name="规则 C2"))
    assert "1.36 万元" in remark.inner_text()
    label = str(remark.locator("strong").inner_text())
    beside = page.locator(".gk-document .gk-mark", has_text=re.compile(f"^{label}$"))
    texts = beside.evaluate_all("marks => marks.map(each => each.closest('td, p').innerText)")
    assert any(text.startswith("1.36") for text in texts)
    assert any("0万元" in text for text in texts)


def test_every_mark_has_its_remark(built_site: Path) -> None:
    document = html.parse(built_site / RECORD / "index.html")
    targets = {unquote(each.get("href")) for each in document.iterfind(".//a[@class='gk-mark']")}
    remarks = document.findall(".//section[@class='gk-remarks']//li")
    assert targets <= {f"#{each.get('id')}" for each in remarks}
    assert len(remarks) == 22


def test_the_page_of_rules_has_an_anchor_for_each(built_site: Path) -> None:
    document = html.parse(built_site / "rules" / "index.html")
    anchors = {each.get("id") for each in document.iterfind(".//h3[@id]")}
    assert {"A1", "C2", "K4", "L2"} <= anchors
    page = html.parse(built_site / RECORD / "index.html")
    linked = {
        each.get("href").partition("#")[2]
        for each in page.iterfind(".//p[@class='gk-remark']/a[@href]")
    }
    assert linked <= anchors


def test_a_remark_leads_back_to_its_document(page: "Page", address: str) -> None:
    page.goto(address + RECORD)
    page.locator(".gk-remarks li .gk-note a").first.click()
    assert page.locator(":target").evaluate("element => element.closest('.gk-part') !== null")
