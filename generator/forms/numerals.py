"""Numbers as official documents write them: in digits or in Chinese numerals."""

_NUMERALS = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")} | {
    "○": 0,
    "零": 0,
}


def count(written: str) -> int:
    """A number of digits, or of Chinese numerals as dates have them: 二〇二三, 十, 二十三."""
    if written.isdigit() and written.isascii():
        return int(written)
    tens, ten, ones = written.partition("十")
    if ten:
        return 10 * (_NUMERALS[tens] if tens else 1) + (_NUMERALS[ones] if ones else 0)
    return int("".join(str(_NUMERALS[numeral]) for numeral in written))
