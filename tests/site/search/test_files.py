"""The files of the index: the same bytes each time, and named so that no cache mixes two builds."""

import gzip
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import BuildError
from generator.records.regions import Region, Unit
from generator.site.search import (
    Entry,
    Shard,
    describe_shard,
    entry_digest,
    entry_file,
    entry_path,
    region_head,
    region_path,
    regions_file,
    shard_files,
    unit_initials,
)
from generator.site.search import shard as shard_module
from generator.site.search.entry import read_entry
from generator.site.search.initials import initials_of
from generator.site.search.tokens import BARRIER, tokens

ENTRY = Entry(
    url="990001/caizheng/2022/",
    title="示例县财政局2022年度报告",
    region="990001",
    region_name="示例县",
    unit="caizheng",
    unit_name="示例县财政局",
    short_names=("财局",),
    former_names=("示例县财政税务局", "示例县财粮局"),
    year="2022",
    text="三公经费704.72万元。\n<b>不是标记</b>",
    changed="2023-05-06",
    conclusion="优",
    forms=("自评表", "自评报告"),
)


def describe(*contents: bytes, region: str = "990001", year: str = "2022") -> Shard:
    return describe_shard(region, year, [entry_digest(content) for content in contents])


def contents_of(*entries: Entry) -> list[bytes]:
    return [entry_file(entry)[1] for entry in entries]


def made(*entries: Entry) -> dict[str, bytes]:
    contents = contents_of(*entries)
    return dict(shard_files(describe(*contents), contents))


def unpacked(content: bytes) -> Any:
    return json.loads(gzip.decompress(content))


def test_a_pages_file_holds_what_results_show() -> None:
    path, content = entry_file(ENTRY)
    assert path == entry_path("990001", "caizheng", "2022")
    assert path == "search/texts/990001/caizheng/2022.json.gz"
    assert unpacked(content) == {
        "url": ENTRY.url,
        "title": ENTRY.title,
        "region": "990001",
        "region_name": "示例县",
        "unit": "caizheng",
        "unit_name": "示例县财政局",
        "short_names": ["财局"],
        "former_names": ["示例县财政税务局", "示例县财粮局"],
        "year": "2022",
        "text": ENTRY.text,
        "changed": "2023-05-06",
        "conclusion": "优",
        "forms": ["自评表", "自评报告"],
    }


@given(st.text(st.characters(), max_size=30))
def test_a_pages_file_keeps_every_text(text: str) -> None:
    content = entry_file(replace(ENTRY, text=text))[1]
    kept = text.encode("utf-8", "replace").decode()
    assert read_entry(content) == replace(ENTRY, text=kept)


def test_the_same_bytes_each_time() -> None:
    other = replace(ENTRY, unit="jiaoyu", text=ENTRY.text * 500)
    assert entry_file(other) == entry_file(replace(other))
    assert made(ENTRY, other) == made(ENTRY, other)
    region = Region("990001", "示例县", {"caizheng": Unit("caizheng", "示例县财政局")})
    shards = [describe(*contents_of(ENTRY))]
    assert region_head(region, {}, shards) == region_head(region, {}, shards)


def test_no_time_stamp() -> None:
    assert {content[4:8] for content in made(ENTRY).values()} == {bytes(4)}


def test_a_change_gives_all_files_other_names() -> None:
    changed = replace(ENTRY, text="改了")
    assert not made(ENTRY).keys() & made(changed).keys()


def test_a_shard_made_by_another_program_has_another_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = describe(*contents_of(ENTRY))
    monkeypatch.setattr(shard_module, "VERSION", 0)
    assert describe(*contents_of(ENTRY)).version != before.version
    monkeypatch.undo()
    monkeypatch.setattr("generator.site.search.tokens.VERSION", 0)
    assert describe(*contents_of(ENTRY)).version != before.version


def test_contents_that_are_not_the_shards_are_refused() -> None:
    shard = describe(*contents_of(ENTRY))
    with pytest.raises(BuildError, match="与其内容不符"):
        list(shard_files(shard, contents_of(replace(ENTRY, text="改了"))))


@pytest.mark.parametrize(
    ("records", "sizes"), [(1, [1]), (4, [4]), (5, [3, 2]), (8, [4, 4]), (9, [3, 3, 3])]
)
def test_parts(records: int, sizes: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shard_module, "PART", 4)
    entries = [replace(ENTRY, unit=f"unit-{number}") for number in range(records)]
    files = made(*entries)
    heads = [unpacked(files[name]) for name in sorted(files) if name.endswith(".json.gz")]
    assert [len(head["units"]) for head in heads] == sizes
    assert [unit for head in heads for unit in head["units"]] == [e.unit for e in entries]
    assert describe(*contents_of(*entries)).parts == len(sizes)


def test_a_page_without_words_is_kept() -> None:
    silent = replace(ENTRY, text="否", title="", unit_name="", short_names=(), former_names=())
    [head] = made(silent).values()
    assert (unpacked(head)["units"], unpacked(head)["first"]) == (["caizheng"], [])


def test_a_head_has_what_results_are_narrowed_by() -> None:
    others = [
        replace(ENTRY, unit="jiaoyu"),
        replace(ENTRY, unit="weijian", changed="", conclusion="", forms=()),
    ]
    files = made(ENTRY, *others)
    [head] = [unpacked(content) for name, content in files.items() if name.endswith(".json.gz")]
    assert {name: head[name] for name in ("changed", "conclusion", "forms")} == {
        "changed": {"values": ["2023-05-06", ""], "of": [0, 0, 1]},
        "conclusion": {"values": ["优", ""], "of": [0, 0, 1]},
        "forms": {"values": [["自评表", "自评报告"], []], "of": [0, 0, 1]},
    }


def test_what_results_are_narrowed_by_takes_little() -> None:
    """A county and year: as many days as there are, five combinations of forms."""
    forms = [f"部门整体支出绩效自评表第{number}种" for number in range(5)]
    entries = [
        replace(
            ENTRY,
            unit=f"unit-{number:03}",
            text="",
            changed=f"2023-{number % 3 + 7:02}-{number % 28 + 1:02}",
            conclusion="优良中差"[number % 4],
            forms=(forms[number % 5], "部门整体支出绩效自评报告"),
        )
        for number in range(120)
    ]
    bare = [replace(entry, changed="", conclusion="", forms=()) for entry in entries]

    def size(files: dict[str, bytes]) -> int:
        return sum(len(content) for name, content in files.items() if name.endswith("0.json.gz"))

    assert size(made(*entries)) - size(made(*bare)) < 900


def look_up(files: dict[str, bytes], token: str) -> list[str]:
    """Units whose pages a shard gives for a token: the layout as `shard.py` tells it."""
    found = []
    for name in sorted(name for name in files if name.endswith(".json.gz")):
        head = unpacked(files[name])
        number = sum(first <= token for first in head["first"]) - 1
        if number < 0:
            continue
        block = gzip.decompress(files[name.removesuffix(".json.gz") + f"-{number}.gz"])
        size = int.from_bytes(block[:4], "little")
        listed = block[4 : 4 + size].decode().split("\n")
        lengths = block[4 + size : 4 + size + len(listed)]
        lists = block[4 + size + len(listed) :]
        assert sum(lengths) == len(lists)
        if token in listed:
            place = listed.index(token)
            start = sum(lengths[:place])
            pages = lists[start : start + lengths[place]]
            found += [head["units"][page] for page in numbers(pages, len(head["units"]))]
    return found


def numbers(pages: bytes, count: int) -> list[int]:
    if not pages:
        return list(range(count))
    if len(pages) == (count + 7) // 8:
        bits = int.from_bytes(pages, "little")
        return [number for number in range(count) if bits >> number & 1]
    width = 1 if count <= 256 else 2
    return [int.from_bytes(pages[at : at + width], "little") for at in range(0, len(pages), width)]


WORDS = ["公开", "预算", "𠮷野", "每", "２０２２年", "704.72万元", "LED屏", "，", "\n", "（一）"]
TEXT = st.lists(st.sampled_from(WORDS), max_size=8).map("".join)


@given(st.lists(TEXT, min_size=1, max_size=40))
def test_every_token_leads_to_its_pages_and_to_no_other(texts: list[str]) -> None:
    entries = [replace(ENTRY, unit=f"u{n}", text=text) for n, text in enumerate(texts)]
    names = (ENTRY.title, ENTRY.unit_name, *ENTRY.short_names, *ENTRY.former_names)
    shared = {token for name in names for token in tokens(name)}
    held = {entry.unit: {*tokens(entry.text), *shared} - {BARRIER} for entry in entries}
    files = made(*entries)
    for token in {"没有", "1", "z", "𪚥𪚥"}.union(*held.values()):
        assert look_up(files, token) == [unit for unit, has in held.items() if token in has]


@pytest.mark.parametrize("count", [1, 8, 9, 256, 257, 300])
def test_pages_of_large_parts(count: int) -> None:
    """Few pages, every other, all but one, all."""
    wanted = {
        "少数": {0, count - 1},
        "双数": set(range(0, count, 2)),
        "缺一": set(range(1, count)),
        "全部": set(range(count)),
        "末页": {count - 1},
    }
    entries = [
        replace(
            ENTRY,
            unit=f"u{page:03}",
            text="。".join(word for word, pages in wanted.items() if page in pages),
        )
        for page in range(count)
    ]
    files = made(*entries)
    for word, pages in wanted.items():
        assert look_up(files, word) == [f"u{page:03}" for page in sorted(pages)]


def test_blocks_are_small_and_hold_many_tokens() -> None:
    han = [chr(code) for code in range(0x4E00, 0x5800)]
    files = made(replace(ENTRY, text="".join(han)))
    blocks = [content for name, content in files.items() if not name.endswith(".json.gz")]
    sizes = [len(gzip.decompress(block)) for block in blocks]
    assert len(sizes) > 3
    assert max(sizes) < 5000
    assert min(sizes[:-1]) > 4000


def test_head_of_a_region() -> None:
    units = {
        "caizheng": Unit("caizheng", "示例县财政局", ("财局",), ("示例县财粮局",)),
        "jiaoyu": Unit("jiaoyu", "示例县教育局"),
    }
    shards = [Shard("990001", "2021", 1, "aa"), Shard("990001", "2022", 600, "bb")]
    region = Region("990001", "示例县", units)
    assert region_path("990001") == "search/regions/990001.json.gz"
    assert unpacked(region_head(region, unit_initials(region), shards)) == {
        "code": "990001",
        "name": "示例县",
        "units": [
            ["caizheng", "示例县财政局", ["财局"], ["示例县财粮局"]],
            ["jiaoyu", "示例县教育局", [], []],
        ],
        "initials": initials_of("示例县财政局财局示例县财粮局示例县教育局"),
        "shards": [
            {"year": "2022", "records": 600, "parts": 2, "version": "bb"},
            {"year": "2021", "records": 1, "parts": 1, "version": "aa"},
        ],
    }


def test_head_of_all() -> None:
    first, second = Region("990001", "示例县", {}), Region("990002", "样本县", {})
    path, content = regions_file(
        [
            (first, [Shard("990001", "2020", 3, "a")]),
            (second, [Shard("990002", "2022", 5, "b"), Shard("990002", "2020", 4, "c")]),
            (Region("990003", "空白县", {}), []),
        ]
    )
    assert path == "search/regions.json.gz"
    assert unpacked(content) == {
        "years": ["2022", "2020"],
        "regions": [
            ["990001", "示例县", [0, 3]],
            ["990002", "样本县", [5, 4]],
            ["990003", "空白县", [0, 0]],
        ],
    }


def test_the_country_has_a_small_head() -> None:
    """3,000 regions of ten years: what every reader of the search page loads."""
    listed = []
    for number in range(3000):
        code = f"99{number:04}"
        name = (
            "示" + "".join(chr(0x4E00 + (number * step) % 3000) for step in (7, 11, 13)) + "自治县"
        )
        shards = [
            Shard(code, str(year), 60 + (number * year) % 61, "0" * 12)
            for year in range(2014, 2024)
        ]
        listed.append((Region(code, name, {}), shards))
    assert len(regions_file(listed)[1]) < 100_000


@pytest.mark.parametrize(
    ("text", "initials"),
    [
        ("财政局", {"c": "财", "j": "局", "z": "政"}),
        ("行会", {"h": "会行", "k": "会", "x": "行"}),  # any reading will do
        ("局局", {"j": "局"}),
        ("绿女", {"l": "绿", "n": "女", "r": "女"}),
        ("A1（），", {}),  # letters and digits stand for themselves
        ("", {}),
    ],
)
def test_initials(text: str, initials: dict[str, str]) -> None:
    assert initials_of(text) == initials
