"""Numbers and dates as Excel shows them: the stored figure and its number format make the text.

Two things differ from what Excel draws, since what a unit sealed is never changed: there are no
thousands separators (`1234.50`), and a figure with more digits than its format shows keeps them,
unless they are what calculating with floats leaves behind (504.7199999999).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

GENERAL = "General"

_CHINESE_FORMATS = {
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""What these numbers mean in a Chinese Excel, whose files do not spell them out."""

_EXACT_DIGITS = 15
"""Excel calculates with so many; what a float says beyond them is noise."""

_NOISE = 6
"""So many digits behind those shown that are all 0 or 9 were not typed by anybody."""

_WRITTEN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.(?P<decimals>[0-9]+))?(?P<percent>%?)")

_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"?
    | [\\!](?P<escaped>.)
    | (?P<space>[_*].)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式)
    | (?P<half>上午/下午|AM/PM|A/P)
    | (?P<exponent>E[+-])
    | (?P<sign>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_GENERAL = re.compile("General|G/通用格式", re.IGNORECASE)
"""Shows as many digits as there are."""
_PLACEHOLDERS = "0#?"
_CURRENCY = " \t\u00a0\u3000¥￥$€£"
_DASHES = "-－–—"
_OPENING, _CLOSING = "(（", ")）"


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of a number format: what it is, and the characters that are shown or stand for it."""

    kind: str
    text: str


def builtin_format(number: int) -> str:
    """The number format that files name by its number only."""
    return _CHINESE_FORMATS.get(number) or str(BUILTIN_FORMATS.get(number, GENERAL))


def stored_number(stored: str | float) -> Decimal:
    """The figure that a file means: whole numbers as they stand, others without a float's noise."""
    if isinstance(stored, str) and re.fullmatch(r"-?[0-9]+", stored.strip()):
        return Decimal(stored.strip())
    return Decimal(f"{float(stored):.{_EXACT_DIGITS}g}")


def show(value: Decimal, number_format: str, *, from_1904: bool = False) -> str:
    """The text of a number or date."""
    sections = _sections(number_format)
    if len(sections) > 1 and any(token.text == "@" for token in sections[-1]):
        sections.pop()  # how text is shown
    if _is_date(sections[0]):
        return _show_date(value, sections[0], from_1904) or _plain(value)
    if any(
        token.kind == "bracket" and token.text[:1] in ("<", ">", "=")
        for section in sections
        for token in section
    ):
        return _plain(value)  # which section holds depends on conditions; the figure is in all
    section = _section_for(value, sections)
    is_general = _GENERAL.search(number_format or GENERAL) is not None
    return _show_number(value, section, shows_all=is_general)


def to_number(text: str) -> tuple[float, str] | None:
    """The figure and format that show exactly this text; None when text it must stay."""
    match = _WRITTEN.fullmatch(text)
    if not match or sum(map(str.isdigit, text)) > _EXACT_DIGITS:
        return None
    percent, decimals = match["percent"], match["decimals"]
    figure = Decimal(text.removesuffix("%")) / (100 if percent else 1)
    number_format = f"0.{'0' * len(decimals)}{percent}" if decimals else f"0{percent}"
    if show(stored_number(float(figure)), number_format) != text:
        return None  # -0
    return float(figure), number_format


def _sections(number_format: str) -> list[list[_Token]]:
    """For positive numbers, negative ones, zero, and text, as far as they are given."""
    sections: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(number_format or GENERAL):
        kind = str(match.lastgroup)
        text = match[kind]
        if kind in ("quoted", "escaped"):
            kind = "words"
        elif kind == "bracket" and text.startswith("$"):
            kind, text = "words", text[1:].split("-")[0]  # [$¥-804]
        elif kind == "general":
            kind, text = "sign", "0"  # a figure with more digits keeps them
        elif kind == "sign" and text == ";":
            sections.append([])
            continue
        sections[-1].append(_Token(kind, text))
    return sections


def _section_for(value: Decimal, sections: list[list[_Token]]) -> list[_Token]:
    if value < 0 and len(sections) > 1:
        return sections[1]
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


def _plain(value: Decimal) -> str:
    """All digits, without exponent and without zeros at the end."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _show_number(value: Decimal, section: Sequence[_Token], *, shows_all: bool) -> str:
    places = [
        index
        for index, token in enumerate(section)
        if token.kind == "sign" and token.text in _PLACEHOLDERS
    ]
    if any(token.kind == "exponent" or token == _Token("sign", "/") for token in section):
        return _plain(value)
    if not places:
        return _show_words(value, section)
    first, last = places[0], places[-1]
    points = [index for index in range(len(section)) if section[index] == _Token("sign", ".")]
    # 0!.0000 shows ten thousands: the point is drawn, and the last digits stand behind it.
    drawn = [index for index in range(first, last) if section[index] == _Token("words", ".")]
    point = (points or drawn or [last + 1])[0]
    decimals = [section[index].text for index in places if index > point]
    shift = 2 * sum(token == _Token("sign", "%") for token in section)
    shift -= 3 * (_commas_before(section, point) + _commas_after(section, last))
    if drawn and not points:
        shift -= len(decimals)
    figure = abs(value).scaleb(shift)
    if not shows_all:
        figure = _without_noise(figure, len(decimals))
    whole, _, fraction = _plain(figure).partition(".")
    fraction = fraction.ljust(decimals.count("0"), "0")
    whole = _fill([section[index] for index in range(first, min(point, last + 1))], whole)
    if not whole and not fraction:  # the format hides zero, or draws a dash for it
        return _show_words(value, [token for token in section if token.kind == "words"])
    digits = (whole or "0") + ("." + fraction if fraction else "")
    before, after = _dressed(_words(section[:first]), _words(section[last + 1 :]))
    return ("-" if value < 0 else "") + before + digits + after


def _without_noise(figure: Decimal, decimals: int) -> Decimal:
    """The figure as it is shown, where it differs from it by next to nothing."""
    exponent = figure.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= -decimals:
        return figure  # all its digits are shown
    shown = round(figure, decimals)
    return shown if shown and abs(figure - shown).scaleb(decimals + _NOISE) < 1 else figure


def _commas_before(section: Sequence[_Token], end: int) -> int:
    """Commas that end the whole digits divide by a thousand each; others part thousands."""
    count = 0
    while count < end and section[end - 1 - count] == _Token("sign", ","):
        count += 1
    return count if end < len(section) and section[end].text == "." else 0


def _commas_after(section: Sequence[_Token], last: int) -> int:
    count = 0
    while section[last + 1 + count : last + 2 + count] == [_Token("sign", ",")]:
        count += 1
    return count


def _fill(pattern: Sequence[_Token], digits: str) -> str:
    """The whole digits in their places, from the right: 000-0000 keeps its dash."""
    digits = digits.lstrip("0")
    shown: list[str] = []
    places = sum(token.kind == "sign" and token.text in _PLACEHOLDERS for token in pattern)
    forced = any(token == _Token("sign", "0") for token in pattern)
    for token in reversed(pattern):
        if token.kind == "sign" and token.text in _PLACEHOLDERS:
            places -= 1
            taken = digits if places == 0 else digits[-1:]
            digits = digits.removesuffix(taken)
            shown.append(taken or ("0" if token.text == "0" else ""))
        elif token.kind == "words" or token == _Token("sign", "-"):
            shown.append(token.text if digits or forced else "")
    return "".join(reversed(shown))


def _show_words(value: Decimal, section: Sequence[_Token]) -> str:
    """Where a format shows no digits. A figure that is not zero is never hidden by it."""
    words = _words(section).strip(_CURRENCY)
    if value:
        return _plain(value)
    if words.strip(_DASHES):
        return words
    return "0" if words else ""


def _words(section: Sequence[_Token]) -> str:
    """What is shown beside the digits."""
    return "".join(
        token.text
        for token in section
        if token.kind == "words" or (token.kind == "sign" and token.text not in ",.@0#?")
    )


def _dressed(before: str, after: str) -> tuple[str, str]:
    """Words such as a unit stay; currency signs, and the brackets of a negative number, go."""
    bare = before.lstrip(_CURRENCY + "+-" + _OPENING)
    after = after.strip(_CURRENCY)
    if any(sign in before[: len(before) - len(bare)] for sign in _OPENING):
        after = after.rstrip(_CURRENCY + _CLOSING)
    return bare.rstrip(_CURRENCY), after.rstrip("-")


def _is_date(section: Sequence[_Token]) -> bool:
    return any(
        (token.kind == "sign" and token.text in "ymdhseaYMDHSEA")
        or (token.kind == "bracket" and token.text.lower() in _ELAPSED)
        for token in section
    )


_ELAPSED = ("h", "hh", "m", "mm", "s", "ss")


def _parts(section: Sequence[_Token]) -> set[str]:
    """Which of 年 月 日 时 分 秒 a date format shows."""
    letters = "".join(
        token.text.lower() if token.kind == "sign" and token.text.isalpha() else " "
        for token in section
    )
    runs = [match[0] for match in re.finditer(r"([a-z])\1*", letters)]
    parts = set()
    for index, run in enumerate(runs):
        if run[0] == "m":
            beside_time = runs[index - 1][0] == "h" if index else False
            beside_time |= index + 1 < len(runs) and runs[index + 1][0] == "s"
            parts.add("分" if beside_time and len(run) < 3 else "月")
        elif run in ("d", "dd"):
            parts.add("日")
        else:
            parts.add({"y": "年", "e": "年", "h": "时", "s": "秒"}.get(run[0], "星期"))
    return parts


def _show_date(value: Decimal, section: Sequence[_Token], from_1904: bool) -> str | None:
    """None when the figure is no date that Excel knows."""
    if any(token.kind == "bracket" and token.text.lower() in _ELAPSED for token in section):
        return _show_time(timedelta(days=float(value))) if value >= 0 else None
    parts = _parts(section)
    try:
        moment = from_excel(float(value), MAC_EPOCH if from_1904 else WINDOWS_EPOCH)
    except (OverflowError, ValueError):
        return None
    if value < 0 or not isinstance(moment, datetime | time):
        return None
    clock = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
    dated = parts & {"年", "月", "日"}
    if not dated and parts & {"时", "分", "秒"}:
        return _show_time(clock)
    if isinstance(moment, time):  # below one day there is no date
        return None
    year, month, day = f"{moment.year}年", f"{moment.month}月", f"{moment.day}日"
    shown = {
        frozenset({"年", "月"}): year + month,
        frozenset({"年"}): year,
        frozenset({"月"}): month,
        frozenset({"月", "日"}): month + day,
    }.get(frozenset(dated), year + month + day)
    return f"{shown} {_show_time(clock)}" if clock else shown


def _show_time(clock: timedelta) -> str:
    """10:30, with seconds where there are some."""
    total = round(clock.total_seconds())
    text = f"{total // 3600}:{total // 60 % 60:02}"
    return f"{text}:{total % 60:02}" if total % 60 else text
