"""What a search finds, in Chromium, against a plain substring search of the same texts."""

import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.site.search.conftest import WORDS, Site, occurs

FIND = """async ([query, filters, unit]) => {
  const { parseQuery } = await import("./assets/search/tokens.js");
  const { parts } = parseQuery(query);
  const { hits, failed } = await window.index.find(parts, window.index.shards(filters), unit);
  const pages = await Promise.all(hits.map((hit) => hit.page()));
  return { urls: pages.map((page) => page.url), failed: failed.map((shard) => shard.key) };
}"""

OPEN = """async () => {
  const { openIndex } = await import("./assets/search/engine.js");
  window.index = await openIndex(new URL("./", document.baseURI));
}"""


def open_index(page: Any, folder: Path, serve: Callable[[Path], str]) -> None:
    (folder / "empty.html").write_text('<!doctype html><html lang="zh">', encoding="utf-8")
    page.goto(serve(folder.parent) + f"{folder.name}/empty.html")
    page.evaluate(OPEN)


@pytest.fixture
def page(chromium: Any, site: Site, serve: Callable[[Path], str]) -> Iterator[Any]:
    """A page with the index open as `window.index`."""
    page = chromium.new_page()
    open_index(page, site.folder, serve)
    yield page
    page.close()


def find(page: Any, query: str, region: str = "", year: str = "", unit: str = "") -> list[str]:
    answer = page.evaluate(FIND, [query, {"region": region, "year": year}, unit])
    assert answer["failed"] == []
    urls: list[str] = answer["urls"]
    assert len(set(urls)) == len(urls)
    return urls


def cuts(site: Site, count: int) -> list[str]:
    """Strings cut from texts anywhere, across the borders of words and sentences too."""
    rng = random.Random(3)  # noqa: S311 - only variety is wanted
    made = []
    for _ in range(count):
        text = rng.choice(site.entries).text
        start = rng.randrange(len(text) - 10)
        made.append(" ".join(text[start : start + rng.randint(2, 8)].split()))
    return made


QUERIES = [
    *WORDS,
    *["示例县财政局", "样本县行政审批服务局", "第3教育局分局", "交通运输局", "卫生健康局"],
    *["财局", "教体局", "教育委员会", "政务服务中心", "交通局"],
    *["公经", "效自", "务公", "示例县财", "局2022年度", "县财政局2021"],
    *["85.5%", "85.5", "５.５", "85", "2022年", "2022", "022", "２０２２年"],
    *["led", "ＬＥＤ屏", "ED屏", "oa系统", "一件事", "“一件事”", "件事（试行"],
    *["三公经费 绩效自评 LED", "三公经费　样本县", "教体局 2021年"],
    *["龘靐", "𠮷𪚥", "齉爩麤"],
    *["宇宙飞船", "财政飞局", "三公经费绩效飞", "龘县龘", "9999999.99", "xyz", "三公经费 飞船"],
]


def test_finds_exactly_what_a_substring_search_finds(page: Any, site: Site) -> None:
    queries = [query for query in QUERIES + cuts(site, 60) if len(query.strip("，、。；")) > 1]
    numbers = [number for entry in site.entries[::40] for number in numbers_of(entry.text)[:3]]
    queries += numbers + [number[1:] for number in numbers]
    wrong = {}
    answered = 0
    for query in dict.fromkeys(queries):
        asked = across_barriers(query)
        truth = {entry.url for entry in site.entries if asked and occurs(entry, asked)}
        found = set(find(page, query))
        answered += bool(truth)
        if found != truth:
            wrong[query] = (sorted(found - truth)[:3], sorted(truth - found)[:3])
    assert wrong == {}
    assert answered >= 40


def numbers_of(text: str) -> list[str]:
    return [word for word in text.replace("万元", " ").split() if word.replace(".", "").isdigit()]


def across_barriers(query: str) -> str:
    """A sentence mark in a query separates words, and single Han characters take no part."""
    words = re.sub(r"[，、。；]|,(?!\d{3}(?!\d))|(?<!\d),", " ", query).split()
    return " ".join(word for word in words if len(word) > 1 or word.isascii())


def test_filters(page: Any, site: Site) -> None:
    def truth(**wanted: str) -> set[str]:
        return {
            entry.url
            for entry in site.entries
            if occurs(entry, "三公经费")
            and all(getattr(entry, name) == value for name, value in wanted.items())
        }

    assert set(find(page, "三公经费", region="990002")) == truth(region="990002")
    assert set(find(page, "三公经费", year="2021")) == truth(year="2021")
    narrow = truth(region="990001", year="2022", unit="shenpi")
    assert set(find(page, "三公经费", "990001", "2022", "shenpi")) == narrow


@pytest.mark.parametrize("query", ["示例县行政审批服务局", "政务服务中心", "教体局"])
def test_a_units_own_pages_come_first(page: Any, site: Site, query: str) -> None:
    own = {e.url for e in site.entries if query in (e.unit_name, *e.short_names, *e.former_names)}
    assert set(find(page, query)[: len(own)]) == own


@pytest.mark.parametrize(
    ("query", "longest"),
    [
        ("三公经费飞船", "三公经费"),
        ("飞三公经费船公务接待", "三公经费"),
        ("飞船", ""),
        ("飞船 绩效自评", "绩效自评"),
        ("飞船 2022", "2022"),
    ],
)
def test_longest_part(page: Any, query: str, longest: str) -> None:
    script = """async (query) => {
      const { parseQuery } = await import("./assets/search/tokens.js");
      return window.index.longestPart(parseQuery(query).parts, window.index.shards({}));
    }"""
    assert page.evaluate(script, query) == longest


def test_a_missing_shard_is_reported_and_the_rest_found(
    chromium: Any, site: Site, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    folder = tmp_path / "gongkai"
    shutil.copytree(site.folder / "search", folder / "search")
    shutil.copytree(site.folder / "assets", folder / "assets")
    shutil.rmtree(folder / "search" / "shards" / "990001-2021")
    page = chromium.new_page()
    open_index(page, folder, serve)
    answer = page.evaluate(FIND, ["三公经费", {}, ""])
    page.close()
    assert answer["failed"] == ["990001-2021"]
    assert set(answer["urls"]) == {
        entry.url
        for entry in site.entries
        if occurs(entry, "三公经费") and (entry.region, entry.year) != ("990001", "2021")
    }
