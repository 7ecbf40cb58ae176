"""Text as it is compared: without what people write differently when they mean the same.

White space, width, quotes, brackets and dashes are folded, 其它 is 其他, 帐 is 账. Every character
of the folded text knows where it came from, so that what is found is cut from the text as written.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SAME = str.maketrans(
    {
        **dict.fromkeys("“”„〝〞『』「」«»", '"'),
        **dict.fromkeys("‘’`´", "'"),
        **dict.fromkeys("—–−―─﹣", "-"),
        **dict.fromkeys("、，﹐", ","),
        **dict.fromkeys("【〔[{〈《", "("),
        **dict.fromkeys("】〕]}〉》", ")"),
        "。": ".",
        "：": ":",
        "∶": ":",
        "它": "他",
        "帐": "账",
        "﹪": "%",
    }
)
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\xad]")
_NO_WORD = re.compile(r"[\W_]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, and where its characters stand in the text as written."""

    text: str
    starts: tuple[int, ...]
    """Of each character; one more at the end: the length of the text as written."""

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in the text as written."""
        if start == end:
            return self.starts[start], self.starts[start]
        return self.starts[start], self.starts[end - 1] + 1


def fold(text: str) -> Folded:
    """The text as it is compared."""
    folded: list[str] = []
    starts: list[int] = []
    for index, character in enumerate(text):
        for plain in _fold_character(character):
            folded.append(plain)
            starts.append(index)
    return Folded("".join(folded), (*starts, len(text)))


@lru_cache(maxsize=8192)
def _fold_character(character: str) -> str:
    if character.isspace() or _UNSEEN.match(character):
        return ""
    plain = unicodedata.normalize("NFKC", character.translate(_SAME)).translate(_SAME).lower()
    return "".join(each for each in plain if not each.isspace())


def core(text: str) -> str:
    """What is left of a text when signs are not counted either: what labels are known by."""
    return _NO_WORD.sub("", fold(text).text)
