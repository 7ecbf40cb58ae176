"""Write the search index of a site: a bundle for each shard, what they share, and a head file.

search/shards.json                 which shards there are
search/pagefind/                   Pagefind's script and WASM, once
search/shards/430524-2022/         the bundle of one region and year
"""

import json
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from generator.errors import BuildError
from generator.site.search import bundle
from generator.site.search.entry import Entry, shard_of

_KEY = re.compile(r"[0-9]{6}-[0-9]{4}")
_SHARED = "pagefind"

Files = Callable[[], dict[str, bytes]]


def write_index(
    site: Path,
    shards: Iterable[tuple[str, Iterable[Entry]]],
    cache: Path | None = None,
    jobs: int | None = None,
) -> None:
    """Write `search/` of a site. What stood there before is replaced.

    Args:
        site: folder of the site; the index goes to `site/search/`.
        shards: name (`shard_of`) and entries of each shard, which are never empty. Each is read
            to its end before the next is asked for, so `itertools.groupby(entries, shard_of)`
            over sorted entries will do. Not more than `jobs` + 2 shards are held in memory.
        cache: a folder kept between builds. A shard whose entries, Pagefind and tokens are those
            of the last build is linked from there and not made again; a shard that is not among
            `shards` any more is dropped. It may be deleted at any time, between builds.
        jobs: shards made at a time, two at most, whatever is asked for: Pagefind takes
            2 to 4 MB of memory for each entry of a shard that is being made.

    Raises:
        BuildError: Pagefind fails, a shard comes twice, or holds an entry of another.
        OSError: a file cannot be written.
    """
    search = site / "search"
    for stale in (search / "shards", search / _SHARED):
        shutil.rmtree(stale, ignore_errors=True)
    (search / "shards.json").unlink(missing_ok=True)
    jobs = min(jobs or os.cpu_count() or 1, 2)
    head: dict[str, dict[str, Any]] = {}
    room = threading.BoundedSemaphore(jobs + 1)
    with ThreadPoolExecutor(jobs) as pool:
        running: list[Future[None]] = []

        def start(name: str, version: str, files: Files, target: Path) -> None:
            room.acquire()
            future = pool.submit(_place, name, version, files, target, cache)
            future.add_done_callback(lambda _: room.release())
            running.append(future)

        try:
            start(_SHARED, bundle.version_of(()), bundle.shared_files, search / _SHARED)
            for key, group in shards:
                entries = tuple(group)
                if key in head:
                    raise BuildError(f"检索分片 {key} 出现了两次。")
                head[key] = _described(key, entries)
                start(key, head[key]["version"], _maker(entries), search / "shards" / key)
                _finished(running)
            for future in running:
                future.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    described = {"shards": [head[key] for key in sorted(head)]}
    text = json.dumps(described, ensure_ascii=False, indent=0, sort_keys=True)
    (search / "shards.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    if cache is not None:
        _prune(cache, {_SHARED, *head})


def _finished(running: list["Future[None]"]) -> None:
    """Take out what is done, so that an error ends the build at once."""
    for future in [one for one in running if one.done()]:
        running.remove(future)
        future.result()


def _maker(entries: Sequence[Entry]) -> Files:
    return lambda: bundle.shard_files(entries)


def _described(key: str, entries: Sequence[Entry]) -> dict[str, Any]:
    """A shard's line in the head file."""
    if not _KEY.fullmatch(key) or any(shard_of(entry) != key for entry in entries):
        raise BuildError(f"检索分片 {key} 的内容与名称（地区代码-年度）不符。")
    if not entries:
        raise BuildError(f"检索分片 {key} 没有内容。")
    return {
        "key": key,
        "region": entries[0].region,
        "region_name": entries[0].region_name,
        "year": entries[0].year,
        "records": len(entries),
        "version": bundle.version_of(entries),
    }


def _place(name: str, version: str, files: Files, target: Path, cache: Path | None) -> None:
    if cache is None:
        _write(files(), target)
        return
    kept = cache / f"{name}@{version}"
    if not kept.is_dir():
        # Made aside and renamed, so that a kill leaves nothing half made under the real name.
        unfinished = cache / f"{name}@unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        _write(files(), unfinished)
        unfinished.rename(kept)
    for stale in cache.glob(f"{name}@*"):
        if stale != kept:
            shutil.rmtree(stale)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(kept, target, copy_function=_link)


def _write(files: dict[str, bytes], target: Path) -> None:
    for path, content in files.items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)


def _prune(cache: Path, names: set[str]) -> None:
    for kept in cache.glob("*@*"):
        if kept.name.partition("@")[0] not in names:
            shutil.rmtree(kept)
