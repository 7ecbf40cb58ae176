"""The index on disk: what is written, what is made again, and what happens when Pagefind fails."""

import gzip
import itertools
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.errors import BuildError
from generator.site.search import Entry, bundle, service, shard_of, tokens, write_index

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
)
OTHER_YEAR = replace(ENTRY, url="990001/caizheng/2021/", year="2021")


def write(site: Path, *entries: Entry, cache: Path | None = None) -> None:
    write_index(site, itertools.groupby(entries, shard_of), cache)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def fragments(site: Path, shard: str) -> list[dict[str, Any]]:
    folder = site / "search" / "shards" / shard / "fragment"
    raw = [gzip.decompress(path.read_bytes()) for path in sorted(folder.iterdir())]
    return [json.loads(one.removeprefix(b"pagefind_dcd")) for one in raw]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The pages of every bundle that Pagefind was asked for."""
    seen: list[tuple[str, ...]] = []
    real = bundle.shard_files

    def watched(entries: tuple[Entry, ...]) -> dict[str, bytes]:
        seen.append(tuple(entry.url for entry in entries))
        return real(entries)

    monkeypatch.setattr(bundle, "shard_files", watched)
    return seen


def test_head_lists_the_shards(tmp_path: Path) -> None:
    write(tmp_path, ENTRY, OTHER_YEAR)
    head = json.loads((tmp_path / "search" / "shards.json").read_text(encoding="utf-8"))
    assert [(one["key"], one["region_name"], one["records"]) for one in head["shards"]] == [
        ("990001-2021", "示例县", 1),
        ("990001-2022", "示例县", 1),
    ]


def test_script_and_wasm_are_there_once(tmp_path: Path) -> None:
    write(tmp_path, ENTRY, OTHER_YEAR)
    names = [Path(name).name for name in files(tmp_path)]
    for name in ("pagefind.js", "pagefind-worker.js", "wasm.unknown.pagefind"):
        assert names.count(name) == 1
    assert not any("ui" in Path(name).stem.split("-") for name in names)


def test_fragments_hold_readable_text(tmp_path: Path) -> None:
    write(tmp_path, ENTRY)
    [page] = fragments(tmp_path, "990001-2022")
    assert page["url"] == ENTRY.url
    assert page["content"] == ENTRY.text
    assert page["meta"] == {
        "title": ENTRY.title,
        "unit": ENTRY.unit_name,
        "short_names": "财局",
        "former_names": "示例县财政税务局\n示例县财粮局",
        "region": "示例县",
        "year": "2022",
    }


def test_fragments_and_head_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    write(tmp_path / "a", ENTRY, OTHER_YEAR)
    write(tmp_path / "b", OTHER_YEAR, ENTRY)

    def stable(site: Path) -> dict[str, bytes]:
        return {k: v for k, v in files(site).items() if "fragment/" in k or "shards.json" in k}

    assert stable(tmp_path / "a") == stable(tmp_path / "b")


def test_a_page_without_words_is_kept(tmp_path: Path) -> None:
    write(
        tmp_path, replace(ENTRY, text="否", title="", unit_name="", short_names=(), former_names=())
    )
    assert len(fragments(tmp_path, "990001-2022")) == 1


def test_an_unchanged_shard_is_not_made_again(tmp_path: Path, made: list[tuple[str, ...]]) -> None:
    cache = tmp_path / "cache"
    write(tmp_path / "first", ENTRY, OTHER_YEAR, cache=cache)
    made.clear()
    changed = replace(ENTRY, text=ENTRY.text + "更正")
    write(tmp_path / "second", changed, OTHER_YEAR, cache=cache)
    assert made == [(ENTRY.url,)]
    kept = "search/shards/990001-2021/"
    first, second = files(tmp_path / "first"), files(tmp_path / "second")
    assert [(k, v) for k, v in first.items() if k.startswith(kept)] == [
        (k, v) for k, v in second.items() if k.startswith(kept)
    ]
    assert fragments(tmp_path / "second", "990001-2022")[0]["content"] == changed.text


def test_the_cache_holds_only_what_the_last_build_used(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    write(tmp_path / "site", ENTRY, OTHER_YEAR, cache=cache)
    write(tmp_path / "site", replace(ENTRY, text="改了内容"), cache=cache)
    assert [path.name.partition("@")[0] for path in sorted(cache.iterdir())] == [
        "990001-2022",
        "pagefind",
    ]
    assert not (tmp_path / "site" / "search" / "shards" / "990001-2021").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda patch: patch.setattr(tokens, "VERSION", 0),
        lambda patch: patch.setattr(service, "version", lambda: "0.0.0"),
    ],
    ids=["tokens", "pagefind"],
)
def test_a_shard_made_by_another_program_is_made_again(
    change: Callable[[pytest.MonkeyPatch], None],
    tmp_path: Path,
    made: list[tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(tmp_path / "site", ENTRY, cache=tmp_path / "cache")
    change(monkeypatch)
    write(tmp_path / "site", ENTRY, cache=tmp_path / "cache")
    assert len(made) == 2


def test_shards_are_read_one_after_another(tmp_path: Path) -> None:
    """Not more are held than are being made: the third is not read before one is done."""
    read: list[int] = []
    done: list[int] = []

    def shards() -> Any:
        for number in range(6):
            read.append(number)
            assert len(read) - len(list((tmp_path / "search/shards").glob("*"))) <= 4
            year = str(2010 + number)
            yield f"990001-{year}", [replace(ENTRY, year=year, url=f"990001/caizheng/{year}/")]
            done.append(number)

    write_index(tmp_path, shards(), jobs=1)
    assert read == done


@pytest.mark.parametrize(
    "shards",
    [
        [("990001-2022", [ENTRY]), ("990001-2022", [ENTRY])],
        [("990001-2021", [ENTRY])],
        [("990001-2022", [])],
        [("../../etc", [ENTRY])],
    ],
    ids=["twice", "of another", "empty", "no name"],
)
def test_wrong_shards_are_refused(shards: list[tuple[str, list[Entry]]], tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="检索分片"):
        write_index(tmp_path, shards)


REPLY = (
    "import base64,json,sys,time\ndef say(x):print(base64.b64encode(x).decode(),end=',',flush=True)"
)
SERVICES = {
    "dies at once": ("import sys; sys.exit('no memory')", "no memory"),
    "speaks nonsense": ("print('!!!',end=',',flush=True);import time;time.sleep(60)", "无法读懂"),
    "answers with an error": (
        f"{REPLY}\nsay(json.dumps(dict(message_id=0,payload=dict(type='Error',message='bad'))).encode())"
        "\ntime.sleep(60)",
        "报告错误：bad",
    ),
    "keeps silent": ("import time; time.sleep(60)", "没有完成"),
    "stops half way": (
        f"{REPLY}\nsay(json.dumps(dict(message_id=0,payload=dict(type='NewIndex',index_id=0))).encode())",
        "意外结束",
    ),
}


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("case", SERVICES, ids=str)
def test_a_broken_service_is_an_error_and_leaves_no_process(case: str, tmp_path: Path) -> None:
    code, message = SERVICES[case]
    note = tmp_path / "pid"
    script = f"import os; open({str(note)!r},'w').write(str(os.getpid()))\n{code}"
    began = time.monotonic()
    with pytest.raises(BuildError, match=message):
        service.make_bundle([sys.executable, "-c", script], [{"url": "a"}], seconds=1)
    assert time.monotonic() - began < 5
    assert not alive(int(note.read_text()))


def test_a_program_that_cannot_start(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="无法启动"):
        service.make_bundle([tmp_path / "nothing", "--service"], [], seconds=1)


def test_an_error_in_one_shard_ends_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "program", lambda: tmp_path / "nothing")
    with pytest.raises(BuildError, match="无法启动"):
        write(tmp_path, ENTRY, OTHER_YEAR)
    assert not (tmp_path / "search" / "shards.json").exists()


def test_children_end_with_a_good_build_too(tmp_path: Path) -> None:
    if not Path("/proc/self/status").is_file():
        pytest.skip("needs /proc")
    before = children()
    write(tmp_path, ENTRY)
    assert children() <= before


def children() -> set[str]:
    """Processes that we started, as /proc knows them."""
    return {path.parent.name for path in Path("/proc").glob("[0-9]*/status") if ours(path)}


def ours(status: Path) -> bool:
    try:
        return f"PPid:\t{os.getpid()}\n" in status.read_text(encoding="utf-8")
    except OSError:  # ended meanwhile
        return False
