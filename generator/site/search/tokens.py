"""The tokens by which Chinese text is searched, cut alike by generator and browser.

`theme/assets/search/tokens.js` is the same specification for the reader's query; both are held
to `tests/search-vectors.json`. Whoever changes one changes both, and raises `VERSION`.

1. Text is folded: compatibility forms (full width, ①, ㎡) become plain ones, case and accents
   go: who types a query may leave them out.
2. Letters and digits stay. Anything else is passed over: 三公 is found in 三“公”.
3. Sentence marks (。；！？，、： and their ASCII forms) and line ends are barriers. No match runs
   across one. A comma between thousands and a colon between digits (12:30) are not barriers.
4. A number and a run of ASCII letters are one token each, and are found whole or not at all:
   `4.7` and `704` are not in `704.72`, `ed` is not in `led`. `1,234.50` is `1234.50`.
   Digits with more than one point (2022.03.15) are as many numbers.
5. All other letters, Han above all, give overlapping bigrams, also over the seam to a number or
   an ASCII word, where one character of it stands for the whole (`县2 2022 2年`).

So a query of two characters or more is found exactly where its characters, numbers and words
follow one another in the text. A single Han character gives no token and cannot be asked for.
"""

import itertools
import re
import unicodedata

VERSION = 1
"""Raised with every change of the specification: indexes made with another are not reused."""

BARRIER = "。"

# Full-width comma and colon end a clause even between digits; NFKD would make them ASCII.
_FULL_WIDTH = str.maketrans({"，": BARRIER, "：": BARRIER})

# Planes 2 and 3 are Han throughout; naming them keeps rare characters of personal names that
# this Python's Unicode tables do not know yet.
UNIT = re.compile(
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)*)"
    r"|(?P<word>[a-z]+)"
    r"|(?P<wide>(?:[^\W_a-z0-9]|[\U00020000-\U0003FFFF])+)"
    r"|(?P<barrier>[。、;!?,\n\v\f\r\x1c-\x1e\x85\u2028\u2029]|(?<![0-9]):|:(?![0-9]))"
)


def fold(text: str) -> str:
    """Text with its compatibility forms, case and accents taken away."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_FULL_WIDTH))
    # lower() writes the last sigma of a word differently, which a part of a word cannot know.
    plain = plain.replace("Σ", "σ").lower()
    if plain.isascii():
        return plain
    return _without_marks(plain)


def _without_marks(text: str) -> str:
    marks = {char for char in set(text) if unicodedata.category(char)[0] == "M"}
    return text.translate(dict.fromkeys(map(ord, marks))) if marks else text


def tokens(text: str) -> list[str]:
    """Tokens of a text in reading order, with one `。` where runs are kept apart.

    Never begins or ends with the barrier, never holds two in a row; empty if the text has no
    letters and digits, or single Han characters only. Any string is accepted.
    """
    out: list[str] = []
    last = ""  # the character before, which a seam needs; "" after a barrier
    for unit in UNIT.finditer(fold(text)):
        run = unit[0]
        if unit.lastgroup == "barrier":
            if out and out[-1] != BARRIER:
                out.append(BARRIER)
            last = ""
        elif unit.lastgroup == "wide":
            if last:
                out.append(last + run[0])
            out.extend(map("".join, itertools.pairwise(run)))
            last = run[-1]
        else:
            if last and not last.isascii():
                out.append(last + run[0])
            out.extend(_numbers(run) if unit.lastgroup == "number" else [run])
            last = run[-1]
    if out and out[-1] == BARRIER:
        out.pop()
    return out


def _numbers(run: str) -> list[str]:
    parts = run.replace(",", "").split(".")
    return ["d".join(parts)] if len(parts) == 2 else parts
