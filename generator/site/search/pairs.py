"""The distinct tokens of a text, three times as fast as listing them all.

Held to `tokens.py` by a property test. The bigrams come as numbers: whole arrays of them are made
and compared without a Python object for each character.
"""

import functools
import re
from array import array

from generator.site.search import tokens

_PLAIN = re.compile("[^\u4e00-\u9fff0-9a-z.,\n ]")
"""What may have to be written differently."""
_RUN = re.compile("[0-9a-z][0-9a-z.,]*")
_HALF = 32
_LOW = (1 << _HALF) - 1


def plain(text: str) -> str:
    """Text folded, with a line end for every barrier and a space for what is passed over.

    Points and commas are left: what they are depends on the digits round them.
    """
    for char in set(_PLAIN.findall(text)):
        text = text.replace(char, _plain_character(char))
    return text


@functools.cache
def _plain_character(char: str) -> str:
    out = []
    for folded in tokens.fold(char):
        found = tokens.UNIT.fullmatch(folded)
        if folded in ".,":
            out.append(folded)
        elif found is None:
            out.append(" ")
        else:
            out.append("\n" if found.lastgroup == "barrier" else folded)
    return "".join(out)


def words(plain_text: str) -> set[str]:
    """Numbers and ASCII words of what `plain` gave."""
    found: set[str] = set()
    for run in set(_RUN.findall(plain_text)):
        whole, _, decimals = run.partition(".")
        if run.isdigit() or run.isalpha():
            found.add(run)
        elif whole.isdigit() and decimals.isdigit():
            found.add(f"{whole}d{decimals}")
        else:
            found.update(tokens.tokens(run))
    found.discard(tokens.BARRIER)
    return found


def pairs(plain_text: str) -> set[int]:
    """Every two characters that follow one another in what `plain` gave, as `pair_token` reads."""
    text = plain_text.replace(" ", "").replace(".", "").replace(",", "\n")
    raw = text.encode("utf-32-le", "surrogatepass")
    found: set[int] = set()
    for start in (0, 4):
        end = len(raw) - (len(raw) - start) % 8
        found.update(array("Q", raw[start:end]))
    return found


def pair_token(pair: int) -> str:
    """The bigram a pair stands for; "" if it is none, but within a number or over a barrier."""
    first, second = chr(pair & _LOW), chr(pair >> _HALF)
    if (first.isascii() and second.isascii()) or "\n" in (first, second):
        return ""
    return first + second
