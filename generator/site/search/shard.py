"""The index of one region and year: which pages hold which token.

    search/shards/430524/2022-3f…/0.json.gz     head of part 0: its units, first token of each block
    search/shards/430524/2022-3f…/0-17.gz       block 17 of part 0

A part has at most 512 pages, numbered by their place in it. Its tokens, ordered by code points,
are cut into blocks small enough that a reader who asks for one gets few others. A block is

    length of the tokens' text in bytes (4 bytes, little-endian)
    tokens, separated by line ends (UTF-8)
    length in bytes of each token's pages (a byte each)
    pages of each token, one after another

and the pages of a token are one of

    nothing                     when it is on every page
    a bit a page, lowest first  (pages + 7) // 8 bytes
    the pages' numbers          when that is shorter; a byte each, or two (little-endian) in a
                                part of more than 256 pages

The head also says of each page what results are narrowed and sorted by: its last change, 自评结论
and forms. Each is a list of the values that occur and, for each page, the number of its own.

`theme/assets/search/engine.js` reads it.
"""

import hashlib
import json
import struct
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.errors import BuildError
from generator.site.search import tokens
from generator.site.search.entry import Entry, entry_digest, read_entry
from generator.site.search.packed import pack
from generator.site.search.pairs import pair_token, pairs, plain, words

VERSION = 2
"""Raised when the same entries are to give other files, apart from their tokens."""
PART = 512
"""Most pages of a part: bounds memory here and what one question costs there."""
_BLOCK = 4500
"""Bytes of a block before it is packed."""


@dataclass(frozen=True, slots=True)
class Shard:
    """What the heads say of the records of one region and year."""

    region: str
    year: str
    records: int
    version: str
    """Names everything it is made from; part of the folder's name, so that no cache mixes two."""

    @property
    def parts(self) -> int:
        """How many parts its index is cut into."""
        return -(-self.records // PART)

    @property
    def folder(self) -> str:
        """Below the site's root, without a slash at the end."""
        return f"search/shards/{self.region}/{self.year}-{self.version}"


def describe_shard(region: str, year: str, digests: Sequence[str]) -> Shard:
    """The shard of a region and year, whose search files have these digests (`entry_digest`).

    Two with the same version have the same files.
    """
    stated = json.dumps([VERSION, tokens.VERSION, PART, _BLOCK, region, year, *digests])
    return Shard(region, year, len(digests), hashlib.sha256(stated.encode()).hexdigest()[:12])


def shard_files(shard: Shard, contents: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """Path below the site's root and content of each file of a shard.

    Args:
        shard: as `describe_shard` gave it.
        contents: the search files (`entry_file`) in the order of their digests. One part's
            tokens are held at a time: some 20 KB a page of 7,500 characters.

    Raises:
        BuildError: the contents are not those that the shard was described by.
    """
    digests = [entry_digest(content) for content in contents]
    if describe_shard(shard.region, shard.year, digests) != shard:
        raise BuildError(f"{shard.region} {shard.year}年的检索分片与其内容不符。")
    size = -(-shard.records // max(shard.parts, 1))
    for number in range(shard.parts):
        part = contents[number * size : (number + 1) * size]
        for name, content in _part_files([read_entry(each) for each in part]):
            yield f"{shard.folder}/{number}{name}", pack(content)


def _part_files(entries: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
    pages = _pages_of_tokens(entries)
    first = []
    for number, block in enumerate(_blocks(pages)):
        first.append(block[0])
        yield f"-{number}.gz", _block_content(block, pages)
    head = {
        "units": [entry.unit for entry in entries],
        "changed": _column(entry.changed for entry in entries),
        "conclusion": _column(entry.conclusion for entry in entries),
        "forms": _column(entry.forms for entry in entries),
        "first": first,
    }
    yield ".json.gz", json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()


def _column(values: Iterable[Hashable]) -> dict[str, Any]:
    """Few values occur, and often: a page then takes less than a byte, packed."""
    numbers: dict[Hashable, int] = {}
    of = [numbers.setdefault(value, len(numbers)) for value in values]
    return {"values": list(numbers), "of": of}


def _pages_of_tokens(entries: Sequence[Entry]) -> dict[str, bytes]:
    """Token -> its pages, as a block has them."""
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    by_pair: defaultdict[int, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        names = (entry.title, entry.unit_name, *entry.short_names, *entry.former_names)
        text = plain("\n".join((*names, entry.text)))
        for word in words(text):
            by_word[word].append(number)
        for pair in pairs(text):
            by_pair[pair].append(number)
    write = _page_writer(len(entries))
    found = {word: write(numbers) for word, numbers in by_word.items()}
    for pair, numbers in by_pair.items():
        token = pair_token(pair)
        if token:
            found[token] = write(numbers)
    return found


def _page_writer(count: int) -> Callable[[list[int]], bytes]:
    """Writes the pages of a token, in a part of that many pages."""
    bits = [1 << number for number in range(count)]
    bitmap = (count + 7) // 8
    width = 1 if count <= 256 else 2

    def write(numbers: list[int]) -> bytes:
        if len(numbers) == count:
            return b""
        if len(numbers) * width >= bitmap:
            return sum(map(bits.__getitem__, numbers)).to_bytes(bitmap, "little")
        return bytes(numbers) if width == 1 else struct.pack(f"<{len(numbers)}H", *numbers)

    return write


def _blocks(pages: Mapping[str, bytes]) -> Iterator[list[str]]:
    block: list[str] = []
    size = 0
    for token in sorted(pages):
        block.append(token)
        size += len(token.encode()) + 2 + len(pages[token])
        if size >= _BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


def _block_content(block: Sequence[str], pages: Mapping[str, bytes]) -> bytes:
    text = "\n".join(block).encode()
    lists = [pages[token] for token in block]
    return b"".join((struct.pack("<I", len(text)), text, bytes(map(len, lists)), *lists))
