"""What a search finds, in Chromium, against a plain substring search of the same texts."""

import gzip
import itertools
import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.site.search import Entry
from generator.site.search.shard import PART
from tests.site.search.conftest import (
    FORMS,
    GRADES,
    ROOT,
    WORDS,
    Site,
    day_of,
    occurs,
    search_page,
    write_search,
)

FIND = """async ([query, filters, wanted]) => {
  const { parseQuery } = await import("./assets/search/tokens.js");
  const { parts } = parseQuery(query);
  const { hits, failed, exact } = await window.index.find(
    parts, window.index.shards(filters), wanted);
  const right = await Promise.all(hits.map(async (hit) => exact || (await hit.page()) !== null));
  return {
    urls: hits.filter((_, i) => right[i])
      .map(({ shard, unit }) => `${shard.region}/${unit}/${shard.year}/`),
    failed: failed.map((shard) => `${shard.region}-${shard.year}`),
    hits: hits.length,
    exact,
  };
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
    answer = page.evaluate(FIND, [query, {"region": region, "year": year}, {"unit": unit}])
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
    for name, value in (("conclusion", "不适用"), ("form", FORMS[2])):
        answer = page.evaluate(FIND, ["三公经费", {}, {name: value}])
        assert set(answer["urls"]) == {
            entry.url
            for entry in site.entries
            if occurs(entry, "三公经费") and value in (entry.conclusion, *entry.forms)
        }
    narrow = truth(region="990001", year="2022", unit="shenpi")
    assert set(find(page, "三公经费", "990001", "2022", "shenpi")) == narrow


def test_a_units_own_pages_come_first(page: Any, site: Site) -> None:
    for query in ("示例县行政审批服务局", "政务服务中心", "教体局"):
        own = {
            entry.url
            for entry in site.entries
            if query in (entry.unit_name, *entry.short_names, *entry.former_names)
        }
        assert set(find(page, query)[: len(own)]) == own, query


LONGEST = {
    "三公经费飞船": "三公经费",
    "飞三公经费船公务接待": "三公经费",
    "飞船": "",
    "飞船 绩效自评": "绩效自评",
    "飞船 2022": "2022",
}


def test_longest_part(page: Any) -> None:
    script = """async (query) => {
      const { parseQuery } = await import("./assets/search/tokens.js");
      const { longestPart } = await import("./assets/search/help.js");
      return longestPart(window.index, parseQuery(query).parts, window.index.shards({}));
    }"""
    assert {query: page.evaluate(script, query) for query in LONGEST} == LONGEST


MEANT = {
    "三公經費": ["三公经费"],
    "公務接待　績效自評": ["公务接待　绩效自评"],
    "slxczj": ["示例县财政局"],
    "SLXJTJ": [],
    "jtj": ["示例县教育局", "示例县交通运输局", "样本县教育局", "样本县交通运输局"],
    "zwfwzx 三公": ["示例县行政审批服务局 三公", "样本县行政审批服务局 三公"],
    "示例县财整局": ["示例县财政局"],
    "交运输局": ["交通运输局"],
    "卫生健健康局": ["卫生健康局"],
    "三公径费": ["三公经费"],
    "三经费": ["三公经费"],
    "三公的经费 绩效自评": ["三公经费 绩效自评"],
    "宇宙飞船": [],
    "9999.99": [],
}


def test_what_may_have_been_meant(page: Any) -> None:
    script = """async (queries) => {
      const { meant } = await import("./assets/search/help.js");
      const made = [];
      for (const query of queries) {
        made.push([query, await meant(window.index, query, window.index.shards({}), {})]);
      }
      return made;
    }"""
    assert dict(page.evaluate(script, list(MEANT))) == MEANT


NEAR: list[tuple[str, str, list[str]]] = [
    ("本年三公经费", "三公径费", ["三公经费"]),
    ("本年“三公”经费", "三公径费", ["三公”经费"]),
    ("本年三公经费", "三经费", ["三公经费"]),
    ("本年三公经费", "三公的经费", ["三公经费"]),
    ("本年三公经费", "二公经费", ["三公经费"]),
    ("本年三公经费", "三公经会", ["三公经费"]),
    ("本年三公经费", "三公经费", []),
    ("本年三公经费", "一公经会", []),
    ("三公。经费", "三公经费", []),
    ("三公2经费", "三公经费", []),
    ("2021年度", "2022年度", []),
    ("𠮷野家", "𠮷田家", ["𠮷野家"]),
    ("三公", "三宫", []),
    ("", "三公经费", []),
]


def test_near_misses(page: Any) -> None:
    script = """async (cases) => {
      const { nearMisses } = await import("./assets/search/help.js");
      return cases.map(([text, part]) => nearMisses(text, part));
    }"""
    assert page.evaluate(script, NEAR) == [near for _, _, near in NEAR]


CELLS = {
    "甲局": '"甲局"',
    '甲"乙,\n丙': '"甲""乙,\n丙"',
    "": '""',
    "=1+1": '"\'=1+1"',
    "+1": '"\'+1"',
    "-1": '"\'-1"',
    "@甲": '"\'@甲"',
    " \t=1": '"\' \t=1"',
    "＝1": '"\'＝1"',
    "'甲": "\"''甲\"",
    "1=1": '"1=1"',
}


def test_no_cell_of_a_list_is_a_formula(page: Any) -> None:
    script = """async (cells) => {
      const { csv } = await import("./assets/search/csv.js");
      return cells.map((cell) => csv([[cell, "甲"]]));
    }"""
    made = page.evaluate(script, list(CELLS))
    assert made == [f'\ufeff{cell},"甲"\r\n' for cell in CELLS.values()]


def without_head(shard: Path) -> None:
    (shard / "0.json.gz").unlink()


def cut_short(shard: Path) -> None:
    for file in shard.iterdir():
        file.write_bytes(file.read_bytes()[:-20])


def not_packed_right(shard: Path) -> None:
    for file in shard.iterdir():
        file.write_bytes(b"<!doctype html><title>Not found</title>")


@pytest.mark.parametrize("break_shard", [shutil.rmtree, without_head, cut_short, not_packed_right])
def test_a_broken_shard_is_reported_and_the_rest_found(
    break_shard: Callable[[Path], None],
    chromium: Any,
    site: Site,
    serve: Callable[[Path], str],
    tmp_path: Path,
) -> None:
    folder = tmp_path / "gongkai"
    shutil.copytree(site.folder / "search", folder / "search")
    shutil.copytree(site.folder / "assets", folder / "assets")
    [shard] = (folder / "search" / "shards" / "990001").glob("2021-*")
    break_shard(shard)
    page = chromium.new_page()
    open_index(page, folder, serve)
    answer = page.evaluate(FIND, ["三公经费", {}, {}])
    page.close()
    assert answer["failed"] == ["990001-2021"]
    assert set(answer["urls"]) == {
        entry.url
        for entry in site.entries
        if occurs(entry, "三公经费") and (entry.region, entry.year) != ("990001", "2021")
    }


def test_a_hosts_own_unpacking_does_no_harm(page: Any, site: Site) -> None:
    """Some hosts say of a gzip file that it is packed, and the browser unpacks it."""

    def unpacked(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=gzip.decompress(answer.body()))

    page.route("**/*.gz*", unpacked)
    page.evaluate(OPEN)
    assert set(find(page, "教体局")) == {e.url for e in site.entries if occurs(e, "教体局")}


EXACT = {
    "三公": True,
    "2021": True,
    "LED": True,
    "三公 2022 绩效": True,
    "85.5%": True,
    "三公经": False,
    "2021年": False,
    "三公 绩效自评": False,
}


def test_it_is_known_which_counts_are_exact(page: Any, site: Site) -> None:
    for query, exact in EXACT.items():
        answer = page.evaluate(FIND, [query, {}, {}])
        assert answer["exact"] is exact, query
        right = sum(occurs(entry, query) for entry in site.entries)
        assert len(answer["urls"]) == right, query
        assert answer["hits"] == right if exact else answer["hits"] >= right, query


@pytest.fixture(scope="module")
def big() -> tuple[Entry, ...]:
    """A region and year of three parts; words on every page, on many, on few, on one, on none."""

    def entry(number: int) -> Entry:
        text = ["公开信息", f"第{number}号"]
        text += ["每二"] if number % 2 else []
        text += ["每百，𠮷𪚥"] if number % 100 == 0 else []
        return Entry(
            url=f"990001/unit-{number:04}/2022/",
            title="报告",
            region="990001",
            region_name="示例县",
            unit=f"unit-{number:04}",
            unit_name=f"单位{number}",
            short_names=(),
            former_names=(),
            year="2022",
            text="\n".join(text),
        )

    return tuple(entry(number) for number in range(2 * PART + 10))


def test_a_big_region_is_searched_in_parts(
    chromium: Any, serve: Callable[[Path], str], tmp_path: Path, big: tuple[Entry, ...]
) -> None:
    write_search(tmp_path / "site", big)
    heads = (tmp_path / "site" / "search" / "shards" / "990001").glob("2022-*/?.json.gz")
    assert len(list(heads)) == 3
    shutil.copytree(ROOT / "theme" / "assets" / "search", tmp_path / "site/assets/search")
    page = chromium.new_page()
    open_index(page, tmp_path / "site", serve)
    for query in ("公开", "每二", "每百", "𠮷𪚥", "513", "第1033号", "每三", "单位7"):
        found = find(page, query)
        assert found == [entry.url for entry in big if occurs(entry, query)], query
    assert find(page, "每二", "990001", "2022", "unit-0007") == ["990001/unit-0007/2022/"]
    page.close()


def first_answer(chromium: Any, address: str) -> tuple[dict[str, int], float]:
    """Address and size of all that a search loads, and the milliseconds to its first results."""
    sizes: dict[str, int] = {}
    page = chromium.new_page()
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    page.goto(address)
    page.locator(".gk-search__result").nth(9).wait_for()
    milliseconds: float = page.evaluate("performance.now()")
    page.locator('[data-gk-search][aria-busy="false"]').wait_for()  # all are counted
    page.close()
    return sizes, milliseconds


def told(sizes: dict[str, int], milliseconds: float) -> str:
    kinds = {
        "page and scripts": r"/search/(\?.*|[a-z]+\.(js|css))$",
        "heads": r"/(regions.*|\d+)\.json\.gz$",
        "blocks": r"/\d+-\d+\.gz$",
        "texts": r"/texts/",
    }
    parts = {
        kind: sum(size for url, size in sizes.items() if re.search(pattern, url)) / 1000
        for kind, pattern in kinds.items()
    }
    assert sum(parts.values()) == pytest.approx(sum(sizes.values()) / 1000)
    listed = ", ".join(f"{kind} {size:.1f}" for kind, size in parts.items())
    return f"{sum(parts.values()):.0f} kB ({listed}), {len(sizes)} requests, {milliseconds:.0f} ms"


def test_only_what_is_asked_for_is_loaded(
    chromium: Any, site: Site, serve: Callable[[Path], str], record_property: Any
) -> None:
    home = serve(site.folder.parent) + f"{site.folder.name}/search/"
    sizes, milliseconds = first_answer(chromium, home + "?region=990001&q=三公经费")
    record_property("report", f"search of 100 small records: {told(sizes, milliseconds)}")
    assert len([url for url in sizes if "/texts/" in url]) <= 13
    assert not any("/990002" in url for url in sizes)


@pytest.mark.soak
def test_the_first_answer_of_a_county_is_small(
    chromium: Any, serve: Callable[[Path], str], tmp_path: Path, record_property: Any
) -> None:
    """120 units, ten years, 7,500 characters a record; words that are on every page.

    The texts are less like one another than real ones, so what is loaded is rather too much.
    """
    rng = random.Random(4)  # noqa: S311 - only variety is wanted
    han = [chr(code) for code in range(0x4E00, 0x5200)]
    often = [1 / place for place in range(5, len(han) + 5)]
    phrases = ["".join(rng.choices(han, often, k=rng.randint(3, 9))) for _ in range(1500)]
    weights = list(itertools.accumulate(1 / place for place in range(5, 1505)))

    def text() -> str:
        lines = ["三公经费"]
        for phrase in rng.choices(phrases, cum_weights=weights, k=930):
            figure = f"{rng.random() * 2000:.2f}" if rng.random() < 0.15 else ""
            lines.append(phrase + figure + rng.choice("，。\n"))
        return "".join(lines)

    write_search(
        tmp_path / "site",
        (
            Entry(
                url=f"990001/unit-{unit:03}/{year}/",
                title=f"示例县第{unit}局 {year}年度公开信息",
                region="990001",
                region_name="示例县",
                unit=f"unit-{unit:03}",
                unit_name=f"示例县第{unit}局",
                short_names=(),
                former_names=(),
                year=str(year),
                text=text(),
                changed=day_of(year, unit),
                conclusion=GRADES[unit % len(GRADES)],
                forms=FORMS[: 1 + unit % len(FORMS)],
            )
            for year in range(2014, 2024)
            for unit in range(120)
        ),
    )
    shutil.copytree(ROOT / "theme" / "assets" / "search", tmp_path / "site/assets/search")
    (tmp_path / "site" / "search" / "index.html").write_text(search_page(), encoding="utf-8")
    home = serve(tmp_path / "site") + "search/"
    for query in ("三公经费", "示例县", "三公经费 年度公开信息"):
        sizes, milliseconds = first_answer(chromium, f"{home}?region=990001&q={query}")
        record_property("report", f"search of 1,200 records: {told(sizes, milliseconds)}")
        assert sum(sizes.values()) <= 250_000
