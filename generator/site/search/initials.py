"""Pinyin initials, by which readers abbreviate the names of units: 财政局 is czj.

A character with several readings has several (行 is h and x), and any of them is taken: nobody has
to know which one a name is read with.
"""

import functools
import os
import unicodedata
from collections.abc import Mapping


def initials_of(text: str) -> dict[str, str]:
    """Letter -> the Han characters of a text that have it as an initial. Both in order."""
    found: dict[str, list[str]] = {}
    for char in sorted(set(text)):
        for letter in _letters(char):
            found.setdefault(letter, []).append(char)
    return {letter: "".join(found[letter]) for letter in sorted(found)}


@functools.cache
def _letters(char: str) -> tuple[str, ...]:
    readings = _readings().get(ord(char), "")
    # ẑ is not z to Python, but z and a mark once it is taken apart.
    letters = {unicodedata.normalize("NFD", reading)[:1] for reading in readings.split(",")}
    return tuple(sorted(letter for letter in letters if letter.isascii() and letter.isalpha()))


@functools.cache
def _readings() -> Mapping[int, str]:
    """Code point -> all its readings, separated by commas."""
    # Its phrases, which tell one reading from another, take 0.4 s and 30 MB to load.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.pinyin_dict import pinyin_dict

    return pinyin_dict
