"""A small fictional site with its index, made once, and what a search of it should find."""

import functools
import html
import itertools
import random
import re
import shutil
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import jinja2
import pytest

from generator.records.regions import Region, Unit
from generator.site.search import (
    Entry,
    Shard,
    describe_shard,
    entry_digest,
    entry_file,
    region_head,
    region_path,
    regions_file,
    shard_files,
    unit_initials,
)

ROOT = Path(__file__).parents[3]
RARE = "龘靐齉爩麤灪籱龗㵘䶮𠮷𪚥𬺈"
# fmt: off
WORDS = [
    "部门预算", "三公经费", "绩效自评", "行政审批", "政务服务", "公务接待",
    "非税收入", "固定资产", "项目支出", "基本支出", "资产管理", "政府采购",
    "乡村振兴", "农村公路", "义务教育", "医疗保障", "财政拨款", "年初结转",
    "会议费", "培训费", "监督检查", "信息公开", "LED屏", "OA系统",
    "“一件事”", "（试行）",
]
# fmt: on
UNITS = [
    ("caizheng", "财政局", ("财局",), ()),
    ("jiaoyu", "教育局", ("教体局",), ("教育委员会",)),
    ("jiaotong", "交通运输局", ("交通局",), ()),
    ("shenpi", "行政审批服务局", (), ("政务服务中心",)),
    ("weijian", "卫生健康局", (), ()),
]
REGIONS = {"990001": "示例县", "990002": "样本县"}
YEARS = ("2022", "2021")
GRADES = ("优", "良", "未填", "不适用", "")
FORMS = ("部门整体支出绩效自评报告", "部门整体支出绩效自评表", "项目支出绩效自评表")
UNITS_A_REGION = 50

PAGE = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head>
<body><article class="md-content__inner md-typeset"><h1>{title}</h1>{body}</article>{tail}</body>
</html>
"""


@dataclass(frozen=True)
class Site:
    """A site on disk, and the entries its index was made from."""

    folder: Path
    entries: tuple[Entry, ...]


def sentence(rng: random.Random, year: str) -> str:
    parts = [rng.choice(WORDS) for _ in range(rng.randint(2, 6))]
    number = f"{rng.randint(1, 2000)}.{rng.randint(10, 99)}"
    if rng.random() < 0.3:
        number = f"{rng.randint(1, 99)},{rng.randint(100, 999)}.{rng.randint(10, 99)}"
    parts.insert(rng.randint(1, len(parts)), rng.choice([f"{number}万元", f"{year}年", "85.5%"]))
    if rng.random() < 0.2:
        parts.append("".join(rng.choices(RARE, k=3)))
    comma = rng.choice(["", "，", "、"])
    return comma.join(parts) + rng.choice("。。。；\n")


def make_entries() -> tuple[Entry, ...]:
    """200 pages: two regions, two years, fifty units each. The same every time."""
    rng = random.Random(20220315)  # noqa: S311 - only variety is wanted
    made = []
    for region, region_name in REGIONS.items():
        for year in sorted(YEARS):
            for number in range(UNITS_A_REGION):
                slug, name, short_names, former_names = UNITS[number % len(UNITS)]
                if number >= len(UNITS):
                    place = f"第{number // len(UNITS)}"
                    slug, name = f"{slug}-{number // len(UNITS)}", f"{place}{name}分局"
                    short_names = former_names = ()
                text = "".join(sentence(rng, year) for _ in range(25))
                made.append(
                    Entry(
                        url=f"{region}/{slug}/{year}/",
                        title=f"{region_name}{name}{year}年度整体支出绩效自评报告",
                        region=region,
                        region_name=region_name,
                        unit=slug,
                        unit_name=region_name + name,
                        short_names=short_names,
                        former_names=former_names,
                        year=year,
                        text=text,
                        changed=day_of(int(year), number),
                        conclusion=GRADES[number // 3 % len(GRADES)],
                        forms=FORMS[: 1 + number % 3],
                    )
                )
    return tuple(made)


def day_of(year: int, number: int) -> str:
    """When a record of a year was changed last; of every tenth it is not known."""
    return "" if number % 10 == 9 else f"{year + 1}-{number % 12 + 1:02}-{number % 28 + 1:02}"


def write_search(site: Path, entries: Iterable[Entry]) -> None:
    """The search files of a site, as its build makes them."""

    def key(entry: Entry) -> tuple[str, str]:
        return entry.region, entry.year

    regions: dict[str, Region] = {}
    shards: dict[str, list[Shard]] = {}
    for (code, year), group in itertools.groupby(sorted(entries, key=key), key):
        members = list(group)
        files = [entry_file(entry) for entry in members]
        contents = [content for _, content in files]
        shard = describe_shard(code, year, [entry_digest(each) for each in contents])
        write_files(site, [*files, *shard_files(shard, contents)])
        shards.setdefault(code, []).append(shard)
        region = regions.setdefault(code, Region(code, members[0].region_name, {}))
        for each in members:
            unit = Unit(each.unit, each.unit_name, each.short_names, each.former_names)
            region.units[each.unit] = unit
    write_files(
        site,
        [
            (region_path(code), region_head(region, unit_initials(region), shards[code]))
            for code, region in regions.items()
        ],
    )
    write_files(site, [regions_file((regions[code], shards[code]) for code in regions)])


def write_files(site: Path, files: Iterable[tuple[str, bytes]]) -> None:
    for path, content in files:
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


@functools.cache
def plain(text: str) -> str:
    """Text as "exact substring" is meant: letters and digits, numbers and words kept whole."""
    text = unicodedata.normalize("NFKC", re.sub("[，：]", "\n", text)).lower()
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    text = re.sub(r"[。;!?、,\r]", "\n", text)
    return "|" + "|".join(re.findall(r"\n|\d+\.\d+|\d+|[a-z]+|[^\W_a-z\d]", text)) + "|"


def occurs(entry: Entry, query: str) -> bool:
    """Whether every word of a query stands in the page or the names of its unit."""
    places = places_of(entry)
    return all(any(plain(word) in place for place in places) for word in query.split())


@functools.cache
def places_of(entry: Entry) -> list[str]:
    names = (entry.unit_name, *entry.short_names, *entry.former_names)
    return [plain(place) for place in (entry.title, *names, entry.text)]


def search_page(root: str = "../") -> str:
    """The search page in a bare frame."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOT / "theme"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    body = environment.get_template("pages/search.html").render(root=root)
    return PAGE.format(title="检索", body=body, tail="")


def record_page(entry: Entry) -> str:
    blocks = "".join(f"<p>{html.escape(line)}</p>" for line in entry.text.splitlines())
    script = '<script type="module" src="../../../assets/search/highlight.js"></script>'
    return PAGE.format(title=html.escape(entry.title), body=blocks, tail=script)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site below a sub-path, `gongkai/`, as a portal would put it."""
    entries = make_entries()
    folder = tmp_path_factory.mktemp("site")
    below = folder / "gongkai"
    write_search(below, entries)
    shutil.copytree(ROOT / "theme" / "assets" / "search", below / "assets" / "search")
    (below / "search" / "index.html").write_text(search_page(), encoding="utf-8")
    for entry in entries:
        page = below / entry.url / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(record_page(entry), encoding="utf-8")
    return Site(below, entries)
