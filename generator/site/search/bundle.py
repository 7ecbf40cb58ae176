"""What goes into the Pagefind bundle of one shard, and what of it is kept."""

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple

from generator.errors import BuildError
from generator.site.search import service, tokens
from generator.site.search.entry import Entry

# A code for which Pagefind cuts and stems nothing: the tokens are ours.
LANGUAGE = "und"

# Pagefind leaves a page without words out. One Han character is a word no query can hold.
_WORDLESS = "页"

_FORMAT = 1
"""Raised when the same entries are to give other files, apart from the tokens."""

_SIGNATURE = b"pagefind_dcd"
_SHARED = frozenset({"pagefind.js", "pagefind-worker.js", "wasm.unknown.pagefind"})


def version_of(entries: Sequence[Entry]) -> str:
    """Names what a shard is made from: entries, specification of tokens, Pagefind. Hexadecimal."""
    made_by = (_FORMAT, tokens.VERSION, service.version())
    stated = json.dumps([made_by, [astuple(entry) for entry in entries]], ensure_ascii=False)
    return hashlib.sha256(stated.encode()).hexdigest()[:16]


def shard_files(entries: Sequence[Entry]) -> dict[str, bytes]:
    """The files of one shard's bundle by relative path, without what all shards share.

    Raises:
        BuildError: Pagefind could not index the entries.
    """
    records = [_record(entry) for entry in entries]
    made = _make(records)
    by_url = {entry.url: entry for entry in entries}
    files = {}
    for path, content in made.items():
        if path.startswith("fragment/"):
            files[path] = _readable(content, by_url)
        elif path.startswith(("index/", "filter/")) or _is_head(path):
            files[path] = content
    return files


def shared_files() -> dict[str, bytes]:
    """The script and WASM all shards share, with an empty index for Pagefind to start from.

    Raises:
        BuildError: Pagefind could not be started.
    """
    # Pagefind's script refuses an index without any page.
    page = {"url": "", "content": _WORDLESS, "language": LANGUAGE, "meta": {}}
    made = _make([page])
    return {path: content for path, content in made.items() if path in _SHARED or _is_head(path)}


def _make(records: Sequence[service.Message]) -> dict[str, bytes]:
    # Measured 20 ms a record; a busy machine is granted 25 times that.
    seconds = 60 + 0.5 * len(records)
    made = service.make_bundle([service.program(), "--service"], records, seconds)
    counted = json.loads(made.get("pagefind-entry.json") or b"{}")
    pages = counted.get("languages", {}).get(LANGUAGE, {}).get("page_count", 0)
    if pages != len(records):
        raise BuildError(f"检索程序只收录了 {len(records)} 页中的 {pages} 页。")
    return made


def _is_head(path: str) -> bool:
    return path == "pagefind-entry.json" or path.endswith(".pf_meta")


def _record(entry: Entry) -> service.Message:
    names = "\n".join((entry.unit_name, *entry.short_names, *entry.former_names))
    return {
        "url": entry.url,
        "content": " ".join(tokens.tokens(entry.text)) or _WORDLESS,
        "language": LANGUAGE,
        # Fields of their own are weighted by the reader's side; the order of a page's body is not.
        "meta": {
            "title": " ".join(tokens.tokens(entry.title)),
            "unit": " ".join(tokens.tokens(names)),
        },
        "filters": {"unit": [entry.unit]},
    }


def _readable(fragment: bytes, by_url: Mapping[str, Entry]) -> bytes:
    """A page's fragment with the text people read in place of tokens."""
    data = json.loads(gzip.decompress(fragment).removeprefix(_SIGNATURE))
    entry = by_url[data["url"]]
    data["content"] = entry.text
    data["meta"] = {
        "title": entry.title,
        "unit": entry.unit_name,
        "short_names": "\n".join(entry.short_names),
        "former_names": "\n".join(entry.former_names),
        "region": entry.region_name,
        "year": entry.year,
    }
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return gzip.compress(_SIGNATURE + written.encode(), mtime=0)
