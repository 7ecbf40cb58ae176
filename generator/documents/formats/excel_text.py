"""Texts in cells of Excel files that we write: as they are, and no longer than a cell can be."""

import re

LONGEST_TEXT = 32_767
"""Characters that a cell holds, as `length_of` counts."""


def length_of(text: str) -> int:
    """As Excel counts: rare characters are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def escaped(text: str) -> str:
    """_x0041_ would be read as A: the line before an x is written as what stands for it."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
