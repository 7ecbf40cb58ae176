"""Slips of a Chinese keyboard in form files: full-width signs where half-width ones have a meaning.

YAML takes most of them for words, so that what is told later would not be what is wrong.
"""

import re
from collections.abc import Iterator, Set

from generator.forms.types import Mistake
from generator.yaml import WIDE_SIGNS

_BEFORE_QUOTE = re.compile(r"([，、；])\s*[\"']")
_SEPARATOR = re.compile("[，、；]")
_SLOT = re.compile(r"[{｛]([^{}｛｝\n]*)[}｝]")


def wide_separator(item: str) -> Mistake | None:
    """What parts an item of a list that was meant as several: `[16，28]`, `[是、否]`."""
    found = _SEPARATOR.search(item)
    return Mistake(WIDE_SIGNS[found[0]], found.start()) if found else None


def wide_separator_of_cells(plain: str) -> Mistake | None:
    """What parts cells in a text without quotes around it: `[备注， "甲"]` is one cell to YAML."""
    found = _BEFORE_QUOTE.search(plain)
    return Mistake(WIDE_SIGNS[found[1]], found.start()) if found else None


def wide_signs(text: str, names: Set[str]) -> Iterator[Mistake]:
    """Blanks of these names drawn with full-width braces; full-width slashes in any blank's name.

    Other words in full-width braces are words of the form.
    """
    for found in _SLOT.finditer(text):
        name = found[1].strip().replace("／", "/")
        braces = found[0][0] + found[0][-1]
        if braces != "{}":
            if name in names:
                offset = 0 if braces[0] == "｛" else len(found[0]) - 1
                yield Mistake(WIDE_SIGNS["｛"], found.start() + offset)
        elif "／" in found[1]:
            offset = found[0].index("／")
            yield Mistake(f"填空名称里的{WIDE_SIGNS['／']}", found.start() + offset)
