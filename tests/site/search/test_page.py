"""The search page and the marks on a record page, as a reader meets them."""

import csv
import io
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.site.search import Entry
from tests.site.search.conftest import (
    FORMS,
    PAGE,
    Site,
    occurs,
    record_page,
    search_page,
    write_search,
)

STATUS = "[data-gk-status]"
NOTICES = "[data-gk-notices]"
RESULT = ".gk-search__result"


@pytest.fixture
def home(site: Site, serve: Callable[[Path], str]) -> str:
    """Address of the site, which lies below a sub-path."""
    return serve(site.folder.parent) + site.folder.name + "/"


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    page = chromium.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []


def wait_for_status(page: Any, pattern: str) -> str:
    locator = page.locator(STATUS)
    locator.filter(has_text=re.compile(pattern)).wait_for()
    page.locator('[data-gk-search][aria-busy="false"]').wait_for()  # notices come after
    text: str = locator.text_content()
    return text


def truth(site: Site, query: str, **wanted: str) -> set[str]:
    return {
        entry.url
        for entry in site.entries
        if occurs(entry, query) and all(getattr(entry, k) == v for k, v in wanted.items())
    }


def asked(page: Any) -> dict[str, str]:
    """The query in the page's address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def shown(page: Any, home: str) -> list[str]:
    links = page.locator(f"{RESULT} a").all()
    return [link.evaluate("a => a.href").removeprefix(home).partition("?")[0] for link in links]


def test_search_by_keyboard(page: Any, site: Site, home: str) -> None:
    page.goto(home + "search/")
    assert page.locator(STATUS).text_content() == ""
    page.keyboard.press("Tab")
    page.keyboard.type("教体局")
    page.keyboard.press("Enter")
    found = truth(site, "教体局")
    assert wait_for_status(page, "找到") == f"找到 {len(found)} 条结果。"
    assert set(shown(page, home)) == found
    assert asked(page) == {"q": "教体局"}
    assert page.locator(STATUS).get_attribute("aria-live") == "polite"


def test_a_result_names_and_quotes_its_page(page: Any, site: Site, home: str) -> None:
    page.goto(home + "search/?q=三公经费&region=990001&year=2022&unit=caizheng")
    wait_for_status(page, "找到 1 条")
    [entry] = [e for e in site.entries if e.url == "990001/caizheng/2022/"]
    result = page.locator(RESULT)
    assert result.locator("a").text_content() == entry.title
    about = result.locator(".gk-search__about").text_content()
    assert about == "示例县财政局 · 2022年 · 示例县 · 2023-01-01 更新"
    excerpt = result.locator(".gk-search__excerpt")
    assert "三公经费" in excerpt.locator("mark").all_text_contents()
    assert excerpt.text_content().strip("…") in entry.text
    led = parse_qs(urlsplit(result.locator("a").get_attribute("href")).query)
    assert led["mark"] == ["三公经费"]
    assert led["at"][0] in entry.text
    assert led["at"][0].startswith("三公经费")


@pytest.mark.parametrize(
    ("name", "shown"), [("教体局", "又称教体局"), ("教育委员会", "曾用名教育委员会")]
)
def test_the_name_that_was_asked_for_is_shown(name: str, shown: str, page: Any, home: str) -> None:
    page.goto(f"{home}search/?q={name}&region=990001&year=2022")
    wait_for_status(page, "找到 1 条")
    about = page.locator(f"{RESULT} .gk-search__about")
    assert about.text_content() == f"示例县教育局 · 2022年 · 示例县 · {shown} · 2023-02-02 更新"
    assert about.locator("mark").all_text_contents() == [name]


def test_filters_stand_in_the_address_and_go_back(page: Any, site: Site, home: str) -> None:
    page.goto(home + "search/?q=三公")
    everywhere = len(truth(site, "三公"))
    wait_for_status(page, f"找到 {everywhere} 条")
    page.get_by_label("地区").select_option("样本县")
    wait_for_status(page, f"找到 {len(truth(site, '三公', region='990002'))} 条")
    page.get_by_label("年度").select_option("2021年")
    both = len(truth(site, "三公", region="990002", year="2021"))
    wait_for_status(page, f"找到 {both} 条")
    assert asked(page) == {"q": "三公", "region": "990002", "year": "2021"}
    page.go_back()
    page.go_back()
    wait_for_status(page, f"找到 {everywhere} 条")
    assert page.get_by_label("地区").input_value() == ""
    page.go_forward()
    wait_for_status(page, f"找到 {len(truth(site, '三公', region='990002'))} 条")
    assert page.get_by_label("地区").input_value() == "990002"


def test_units_are_those_of_the_region(page: Any, site: Site, home: str) -> None:
    page.goto(home + "search/")
    units = page.get_by_label("单位")
    page.locator("#gk-search-region option").nth(2).wait_for(state="attached")
    assert units.is_disabled()
    page.get_by_label("地区").select_option("样本县")
    page.locator("#gk-search-unit option[value='jiaoyu']").wait_for(state="attached")
    assert units.locator("option").all_text_contents() == [
        "全部单位",
        *dict.fromkeys(e.unit_name for e in site.entries if e.region == "990002"),
    ]
    units.select_option("样本县教育局")
    page.wait_for_url("**/search/?region=990002&unit=jiaoyu")
    page.get_by_label("地区").select_option("示例县")  # which has a unit of that slug too
    page.wait_for_url("**/search/?region=990001&unit=jiaoyu")
    page.reload()
    page.locator("#gk-search-unit option[value='jiaoyu']").wait_for(state="attached")
    assert units.input_value() == "jiaoyu"
    page.get_by_label("地区").select_option("全部地区")
    page.wait_for_url("**/search/")
    assert units.is_disabled()


def test_the_only_region_needs_no_choosing(
    page: Any, site: Site, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    write_search(tmp_path, [e for e in site.entries if e.region == "990001"][:5])
    shutil.copytree(site.folder / "assets", tmp_path / "assets")
    (tmp_path / "search" / "index.html").write_text(search_page(), encoding="utf-8")
    page.goto(serve(tmp_path) + "search/?q=年度")
    wait_for_status(page, "找到 5 条")
    page.get_by_label("单位").select_option("示例县教育局")
    wait_for_status(page, "找到 1 条")
    assert asked(page) == {"q": "年度", "region": "990001", "unit": "jiaoyu"}


def values(page: Any, name: str) -> dict[str, str]:
    """What narrows the results, with its count."""
    items = page.locator(f"[data-gk-values={name}] .gk-search__value").all()
    return {
        item.locator("span").nth(0).text_content(): item.locator("span").nth(1).text_content()
        for item in items
    }


def counted(values: Iterable[str]) -> dict[str, str]:
    return {value: str(count) for value, count in Counter(values).items()}


def test_counts_of_a_result_narrow_it(page: Any, site: Site, home: str) -> None:
    def found(query: str, **wanted: str) -> list[Entry]:
        urls = truth(site, query, **wanted)
        return [entry for entry in site.entries if entry.url in urls]

    page.goto(home + "search/?q=三公")
    wait_for_status(page, "找到")
    everywhere = found("三公")
    assert values(page, "region") == counted(entry.region_name for entry in everywhere)
    assert values(page, "year") == counted(f"{entry.year}年" for entry in everywhere)
    grades = counted(entry.conclusion for entry in everywhere if entry.conclusion)
    assert values(page, "conclusion") == grades
    assert page.locator("[data-gk-values=conclusion] .gk-search__value").count() == 4
    tables = [form for entry in everywhere for form in entry.forms if form != FORMS[0]]
    assert values(page, "form") == counted(tables)  # which all have, narrows nothing
    assert len(values(page, "unit")) == 6
    assert page.locator("[data-gk-values=unit]").text_content().endswith("另有 94 项")

    page.locator("[data-gk-values=conclusion]").get_by_role("button", name="不适用").press("Enter")
    narrowed = found("三公", conclusion="不适用")
    wait_for_status(page, f"找到 {len(narrowed)} 条结果")
    assert asked(page) == {"q": "三公", "conclusion": "不适用"}
    assert page.evaluate("document.activeElement.id") == "gk-search-conclusion"
    assert page.locator("[data-gk-chosen]").text_content() == "（已选 1 项）"
    page.locator("[data-gk-values=form]").get_by_role("button", name=FORMS[2]).click()
    both = [entry for entry in narrowed if FORMS[2] in entry.forms]
    wait_for_status(page, f"找到 {len(both)} 条结果")
    page.locator("[data-gk-values=unit] .gk-search__value").first.click()
    wait_for_status(page, "找到 [12] 条结果")
    assert asked(page).keys() == {"q", "conclusion", "form", "region", "unit"}
    page.reload()
    wait_for_status(page, "找到 [12] 条结果")
    assert page.locator("[data-gk-chosen]").text_content() == "（已选 4 项）"


def test_counts_of_pages_that_were_not_read_are_about(page: Any, home: str) -> None:
    page.goto(home + "search/?q=三公经费")
    wait_for_status(page, "找到约")
    assert {count[:2] for count in values(page, "year").values()} == {"约 "}
    page.goto(home + "search/?q=示例县行政审批服务局&year=2022")
    wait_for_status(page, "找到 1 条")
    assert values(page, "year") == {}


def test_sorted_by_date(page: Any, site: Site, home: str) -> None:
    page.goto(home + "search/?q=三公&region=990001")
    wait_for_status(page, "找到")
    page.get_by_label("排序").select_option("按更新日期，新的在前")
    page.wait_for_url("**&sort=date")
    wait_for_status(page, "找到")
    of = {entry.url: entry.changed or entry.year for entry in site.entries}
    newest = sorted((of[url] for url in truth(site, "三公", region="990001")), reverse=True)
    assert [of[url] for url in shown(page, home)] == newest[:10]


def test_the_list_as_a_file(page: Any, site: Site, home: str) -> None:
    page.goto(home + "search/?q=三公经费&region=990001")
    wait_for_status(page, "找到")
    with page.expect_download() as saved:
        page.get_by_role("button", name="下载列表（CSV）").click()
    assert saved.value.suggested_filename == "检索_三公经费.csv"
    content = Path(saved.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    found = truth(site, "三公经费", region="990001")
    assert {row["网址"].removeprefix(home).partition("?")[0] for row in rows} == found
    assert len(rows) == len(found)
    [entry] = [each for each in site.entries if each.title == rows[0]["标题"]]
    told = [entry.region, entry.region_name, entry.unit_name, entry.year, entry.title]
    assert list(rows[0].values())[:7] == [*told, entry.conclusion, "；".join(entry.forms)]
    assert rows[0]["最近更新"] == entry.changed
    assert "三公经费" in rows[0]["原句"]
    page.get_by_text(f"列表里有 {len(found)} 条。").wait_for()


def test_a_long_list_is_cut_and_says_so(page: Any, home: str) -> None:
    page.route(
        "**/page.js",
        lambda route: route.fulfill(
            body=route.fetch().text().replace("MOST_LISTED = 500", "MOST_LISTED = 12"),
            content_type="text/javascript",
        ),
    )
    page.goto(home + "search/?q=三公&region=990001")
    wait_for_status(page, "找到")
    with page.expect_download():
        page.get_by_role("button", name="下载列表（CSV）").click()
    page.get_by_text("列表里有 12 条；一份列表最多 12 条，可以先筛选。").wait_for()


def test_a_units_name_leads_to_its_page(page: Any, home: str) -> None:
    page.goto(home + "search/?q=教育委员会&region=990001")
    wait_for_status(page, "找到")
    offered = page.locator(".gk-search__unit")
    assert offered.text_content() == "单位主页：示例县教育局（曾用名教育委员会）"
    assert offered.get_by_role("link").evaluate("a => a.href") == home + "990001/jiaoyu/"
    page.get_by_label("检索内容").fill("财政局")  # which two regions have, and 第1财政局分局 is not
    page.get_by_label("地区").select_option("全部地区")
    wait_for_status(page, "找到")
    assert offered.get_by_role("link").all_text_contents() == ["示例县财政局", "样本县财政局"]


def test_what_may_have_been_meant_is_a_link(page: Any, site: Site, home: str) -> None:
    page.goto(home + "search/?q=三公經費&year=2022")
    wait_for_status(page, "没有找到")
    meant = page.locator(".gk-search__meant")
    assert meant.text_content() == "是不是要找：三公经费？"
    meant.get_by_role("link").click()
    wait_for_status(page, "找到约")
    assert asked(page) == {"q": "三公经费", "year": "2022"}


def test_one_character(page: Any, home: str) -> None:
    page.goto(home + "search/?q=县")
    assert wait_for_status(page, "一个字") == "“县”只有一个字，请输入两个字以上的词。"
    browse = page.locator(NOTICES).get_by_role("link", name="按目录浏览")
    assert browse.evaluate("a => a.href") == home


def test_one_character_among_words(page: Any, site: Site, home: str) -> None:
    page.goto(home + "search/?q=县 教体局")
    wait_for_status(page, f"找到 {len(truth(site, '教体局'))} 条")
    assert "“县”只有一个字，没有参加检索" in page.locator(NOTICES).text_content()


def test_nothing_to_ask(page: Any, home: str) -> None:
    page.goto(home + "search/?q=%25%25")
    wait_for_status(page, "请输入文字或数字")


def test_nothing_found(page: Any, home: str) -> None:
    page.goto(home + "search/?q=宇宙飞船")
    assert wait_for_status(page, "没有找到") == "没有找到“宇宙飞船”。"
    page.locator(NOTICES).filter(has_text="短一些的词").wait_for()
    assert page.locator(RESULT).count() == 0


def test_nothing_found_within_filters(page: Any, site: Site, home: str) -> None:
    page.goto(home + "search/?q=教体局&unit=caizheng&region=990001")
    wait_for_status(page, "没有找到")
    page.get_by_role("button", name="去掉全部筛选再查").click()
    wait_for_status(page, f"找到 {len(truth(site, '教体局'))} 条")
    assert asked(page) == {"q": "教体局"}


def test_part_of_the_query_is_offered_as_such(page: Any, site: Site, home: str) -> None:
    page.goto(home + "search/?q=教体局飞船")
    wait_for_status(page, "没有找到“教体局飞船”")
    count = len(truth(site, "教体局"))
    page.locator(NOTICES).filter(
        has_text=f"以下 {count} 条结果不是原词，只含有其中的“教体局”"
    ).wait_for()
    assert set(shown(page, home)) == truth(site, "教体局")


def test_ten_at_a_time(page: Any, site: Site, home: str) -> None:
    page.goto(home + "search/?q=示例县 绩效")
    found = truth(site, "示例县 绩效")
    assert len(found) > 40
    wait_for_status(page, "找到约 [0-9]+ 条")  # three characters in a row were not looked up
    page.locator(RESULT).nth(9).wait_for()
    assert page.locator(RESULT).count() == 10
    more = page.get_by_role("button", name="更多结果")
    more.click()
    page.locator(RESULT).nth(19).wait_for()
    assert page.evaluate(
        "document.activeElement.closest('li') === "
        "document.querySelectorAll('.gk-search__result')[10]"
    )
    while more.is_visible():
        count = page.locator(RESULT).count()
        more.click()
        page.locator(RESULT).nth(count).wait_for()
    assert sorted(shown(page, home)) == sorted(found)
    assert page.locator(STATUS).text_content() == f"找到 {len(found)} 条结果。"


def test_pages_without_the_words_in_a_row_are_not_shown(page: Any, home: str) -> None:
    """Each two characters of it are on many pages."""
    page.goto(home + "search/?q=务公开支")
    assert wait_for_status(page, "没有找到") == "没有找到“务公开支”。"
    assert "不是原词，只含有其中的“务公”" in page.locator(NOTICES).text_content()


def test_markup_in_a_query_stays_text(page: Any, home: str) -> None:
    page.goto(home + "search/?q=<img src=x onerror=alert(1)>飞船")
    wait_for_status(page, "没有找到“<img")
    assert page.locator(".gk-search img").count() == 0


def test_a_missing_shard_is_told(
    page: Any, site: Site, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    shutil.copytree(site.folder / "search", tmp_path / "search")
    shutil.copytree(site.folder / "assets", tmp_path / "assets")
    [shard] = (tmp_path / "search" / "shards" / "990001").glob("2021-*")
    shard.rename(tmp_path / "away")
    page.goto(serve(tmp_path) + "search/?q=教体局")
    page.locator(NOTICES).filter(has_text="示例县2021年的索引没有载入").wait_for()
    assert page.locator(RESULT).count() == len(truth(site, "教体局")) - 1
    (tmp_path / "away").rename(shard)
    page.get_by_role("button", name="重试").click()
    wait_for_status(page, f"找到 {len(truth(site, '教体局'))} 条结果。")


def test_a_site_built_anew_is_found_by_trying_again(
    page: Any, site: Site, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    """The shards that the open page knows are gone by then."""
    first = site.entries[0]
    shutil.copytree(site.folder / "assets", tmp_path / "assets")
    write_search(tmp_path, [first])
    for file in (tmp_path / "search").rglob("*.gz"):
        os.utime(file, (1_600_000_000, 1_600_000_000))  # the server tells changes by the second
    (tmp_path / "search" / "index.html").write_text(search_page(), encoding="utf-8")
    page.goto(serve(tmp_path) + "search/")
    page.locator("#gk-search-unit option").nth(1).wait_for(state="attached")
    shutil.rmtree(tmp_path / "search" / "shards")
    write_search(tmp_path, [replace(first, text="更正以后")])
    page.get_by_label("检索内容").fill("更正以后")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="重试").click()
    wait_for_status(page, "找到 1 条结果。")


def test_a_text_that_does_not_load_is_told(
    page: Any, site: Site, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    shutil.copytree(site.folder / "search", tmp_path / "search")
    shutil.copytree(site.folder / "assets", tmp_path / "assets")
    (tmp_path / "search" / "texts" / "990001" / "jiaoyu" / "2021.json.gz").unlink()
    page.goto(serve(tmp_path) + "search/?q=教体局")
    page.locator(NOTICES).filter(has_text="有 1 条结果没有载入").wait_for()
    assert page.locator(RESULT).count() == len(truth(site, "教体局")) - 1


def test_no_index_at_all(
    page: Any, site: Site, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    shutil.copytree(site.folder / "assets", tmp_path / "assets")
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "index.html").write_text(search_page(), encoding="utf-8")
    page.goto(serve(tmp_path) + "search/?q=教体局")
    wait_for_status(page, "检索暂时不能使用")


def test_many_shards_are_asked_in_turns(page: Any, site: Site, home: str) -> None:
    def three_at_a_time(route: Any) -> None:
        script = route.fetch().text().replace("RECORDS_AT_A_TIME = 3000", "RECORDS_AT_A_TIME = 750")
        route.fulfill(body=script, content_type="text/javascript")

    page.route("**/page.js", three_at_a_time)
    page.goto(home + "search/?q=教体局")
    wait_for_status(page, "找到 3 条结果（查了 3 份地区年度索引，还有 1 份没有查）")
    page.get_by_role("button", name="再查 1 份").click()
    wait_for_status(page, "找到 4 条结果。")
    assert set(shown(page, home)) == truth(site, "教体局")


def test_the_newest_are_shown_while_the_others_are_asked(page: Any, site: Site, home: str) -> None:
    held: list[Any] = []
    page.route(re.compile("/shards/.*/2021-.*/0.json"), lambda route: held.append(route))
    page.goto(home + "search/?q=三公&region=990001")
    status = page.locator(STATUS)
    status.filter(has_text="已找到 10 条，还在查其余的地区和年度").wait_for()
    before = shown(page, home)
    assert len(before) == 10
    assert page.locator('[data-gk-search][aria-busy="true"]').count() == 1
    assert page.get_by_role("button", name="更多结果").count() == 0
    [route] = held
    route.continue_()
    wait_for_status(page, f"找到 {len(truth(site, '三公', region='990001'))} 条结果。")
    assert shown(page, home) == before
    page.get_by_role("button", name="更多结果").click()
    page.locator(RESULT).nth(19).wait_for()


def test_a_units_own_page_comes_first_even_when_it_is_old(
    page: Any, site: Site, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    first = replace(site.entries[0], year="2022", text="农村水利建设")
    others = [
        replace(first, unit=f"unit-{n}", unit_name=f"单位{n}", url=f"990001/unit-{n}/2022/")
        for n in range(12)
    ]
    own = replace(
        first, unit="shuili", unit_name="水利局", url="990001/shuili/2021/", year="2021", text="无"
    )
    write_search(tmp_path, [*others, own])
    shutil.copytree(site.folder / "assets", tmp_path / "assets")
    (tmp_path / "search" / "index.html").write_text(search_page(), encoding="utf-8")
    home = serve(tmp_path)
    page.goto(home + "search/?q=水利")
    wait_for_status(page, "找到 13 条结果。")
    assert shown(page, home)[0] == own.url
    assert len(shown(page, home)) == 10


def test_nothing_is_asked_of_another_host(page: Any, home: str) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(home + "search/?q=教体局")
    wait_for_status(page, "找到")
    assert [url for url in requests if not url.startswith(home)] == []


def test_the_template_holds_no_script_or_handler() -> None:
    fragment = search_page()
    assert not re.search(r"\son\w+=", fragment)
    assert re.findall(r"<script[^>]*>(.*?)</script>", fragment) == [""]


def test_works_without_script(chromium: Any, home: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(home + "search/")
    assert page.locator("noscript a").get_attribute("href") == "../"
    context.close()


@pytest.mark.parametrize("width", [375, 1280])
def test_no_sideways_scrolling(chromium: Any, home: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(home + "search/?q=三公经费")
    page.locator(RESULT).first.wait_for()
    filters = page.locator("[data-gk-filters]")
    assert (filters.get_attribute("open") is not None) is (width == 1280)
    if width == 375:
        filters.locator("summary").press("Enter")
        filters.get_by_role("button", name="2021年").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_way_to_the_marked_page(page: Any, home: str) -> None:
    page.goto(home + "search/?q=三公经费&unit=caizheng&region=990001&year=2022")
    page.locator(f"{RESULT} a").click()
    page.locator("mark.gk-found").first.wait_for()
    assert set(page.locator("mark.gk-found").all_text_contents()) == {"三公经费"}


MARKED = [
    ("<p>本年三公经费</p>", "三公经费", ["三公经费"]),
    ("<p>三<b>公经</b>费与三公经费</p>", "三公经费", ["三", "公经", "费", "三公经费"]),
    ("<p>“三公”\n  经费</p>", "三公经费", ["三公”\n  经费"]),
    ("<p>三公</p><p>经费</p>", "三公经费", []),
    ("<table><tr><td>三公</td><td>经费</td></tr></table>", "三公经费", []),
    ("<p>三公<br>经费</p>", "三公经费", []),
    ("<p style='white-space:pre-line'>三公\n经费</p>", "三公经费", []),
    ("<p>共<span>1,234.50</span>万元</p>", "1234.50", ["1,234.50"]),
    ("<p>704.72</p>", "704", []),
    ("<p>ＬＥＤ屏 预算</p>", "led 预算", ["ＬＥＤ", "预算"]),
    ("<p hidden>预算</p><script>'预算'</script><p>预算</p>", "预算", ["预算"]),
    ("<p>&lt;b&gt;预算</p>", "b预算", ["b>预算"]),
    ("<p>预</p>", "预", []),
]


@pytest.mark.parametrize(("body", "query", "marks"), MARKED)
def test_marks(page: Any, site: Site, home: str, body: str, query: str, marks: list[str]) -> None:
    script = record_page(site.entries[0]).rpartition("</article>")[2]
    target = site.folder / "1" / "2" / "3"
    target.mkdir(parents=True, exist_ok=True)
    (target / "index.html").write_text(
        PAGE.format(title="", body=body, tail=script), encoding="utf-8"
    )
    page.goto(home + "1/2/3/?mark=" + query)
    assert page.locator("mark.gk-found").all_text_contents() == marks
    untouched = page.evaluate(
        """async () => {
          const marks = document.querySelectorAll("mark");
          for (const mark of marks) mark.replaceWith(...mark.childNodes);
          const written = await (await fetch(location)).text();
          const before = new DOMParser().parseFromString(written, "text/html");
          const [a, b] = [before, document].map((one) => one.querySelector("article").innerHTML);
          return a === b;
        }"""
    )
    assert untouched


def test_the_first_mark_is_in_sight(page: Any, site: Site, home: str) -> None:
    entry = site.entries[0]
    last = entry.text.splitlines()[-1][-12:].strip("。；")
    page.set_viewport_size({"width": 800, "height": 200})
    page.goto(f"{home}{entry.url}?mark={last}")
    top = page.locator("mark.gk-found").first.evaluate("m => m.getBoundingClientRect().top")
    assert 0 <= top <= 200


def test_the_place_of_a_result_is_in_sight(page: Any, site: Site, home: str) -> None:
    lines = [f"<p>第{number}段三公经费</p>" for number in range(60)]
    script = record_page(site.entries[0]).rpartition("</article>")[2]
    target = site.folder / "1" / "2" / "4"
    target.mkdir(parents=True, exist_ok=True)
    html = PAGE.format(title="", body="".join(lines), tail=script)
    (target / "index.html").write_text(html.replace("第41段三公经费", "三公经费共3.5万"), "utf-8")
    page.set_viewport_size({"width": 800, "height": 200})
    for place, mark in (("三公经费共", 41), ("三公经费没有", 0)):
        page.goto(f"{home}1/2/4/?mark=三公经费&at={place}")
        top = page.locator("mark.gk-found").nth(mark).evaluate("m => m.getBoundingClientRect().top")
        assert 0 <= top <= 200


def test_a_number_that_is_part_of_another_is_explained(page: Any, home: str) -> None:
    page.goto(home + "search/?q=70499")
    wait_for_status(page, "没有找到")
    assert "数字要写全" in page.locator(NOTICES).text_content()
