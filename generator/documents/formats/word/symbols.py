"""Signs that Word writes as letters of a picture font, and signs laid over each other by fields.

Only signs that mean something on a form are known: boxes, ticks, numbers, marks of lists. The boxes
and ticks of several sizes and weights become one of each, since no form distinguishes them.
"""

import re

_BOX, _TICKED, _CROSSED = "□", "☑", "☒"


def _numbers(first_code: int, first_sign: str) -> dict[int, str]:
    return {first_code + step: chr(ord(first_sign) + step) for step in range(10)}


_LIST_MARKS = {0x6C: "●", 0x6E: "■", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xAB: "★"}
# font, in lower case -> code -> sign. Wingdings 3 has none of these: it is made of arrows.
_FONTS: dict[str, dict[int, str]] = {
    "wingdings": {
        **_LIST_MARKS,
        **dict.fromkeys((0x6F, 0x70, 0x71, 0x72, 0xA8), _BOX),
        0x78: _CROSSED,
        0xA1: "○",
        0xFB: "✗",
        0xFC: "✓",
        0xFD: _CROSSED,
        0xFE: _TICKED,
        **_numbers(0x81, "①"),
        **_numbers(0x8C, "❶"),
        0xE0: "→",
        0xE8: "→",
        0xF0: "⇨",
    },
    "wingdings 2": {
        0x4F: "✗",
        0x50: "✓",
        **dict.fromkeys((0x51, 0x53, 0x54), _CROSSED),
        0x52: _TICKED,
        **_numbers(0x6A, "①"),
        **_numbers(0x75, "❶"),
        0x98: "●",
        0x99: "○",
        0xA2: "■",
        **dict.fromkeys((0xA3, 0xA4, 0xA5, 0xA6), _BOX),
    },
    "wingdings 3": {0x70: "▲", 0x71: "▼", 0x72: "△", 0x73: "▽", 0x75: "▶", 0x77: "▷"},
    "webdings": {0x61: "✓", 0x63: _BOX, 0x67: "■", 0x6E: "●", 0x72: "✗"},
    "symbol": {
        0xA3: "≤",
        0xB0: "°",
        0xB1: "±",
        0xB3: "≥",
        0xB4: "×",
        0xB7: "•",
        0xB8: "÷",
        0xB9: "≠",
        0xD6: "√",
    },
}


def is_symbol_font(font: str) -> bool:
    """Whether letters in this font are pictures."""
    return font.lower() in _FONTS


def show_symbols(text: str, font: str) -> str:
    """What people see where text is set in a picture font. Pictures without meaning are left out.

    Codes stand as such, raised into the private range (F0FE), or as the letters that have the code
    on Windows (þ). Whatever is not of the font, such as Chinese, is what it is.
    """
    signs = _FONTS.get(font.lower(), {})
    return "".join(_show(character, signs, font) for character in text)


def _show(character: str, signs: dict[int, str], font: str) -> str:
    code = ord(character)
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
    else:
        encoded = character.encode("cp1252", "ignore")
        if not encoded:
            return character
        code = encoded[0]
    if code in signs:
        return signs[code]
    if code <= 0x20 or (font.lower() == "symbol" and code < 0x7F):
        return chr(code)
    return ""


_OVERLAY = re.compile(
    r"\s*eq\s*\\o\s*(?:\\a[clr]\s*)?\(\s*(?P<base>[^,;，]*?)\s*[,;，]\s*(?P<mark>[^)]*?)\s*\)\s*",
    re.IGNORECASE,
)


def overlaid(code: str) -> str:
    r"""What the field `eq \o\ac(□,√)` shows: Word makes it for 带圈字符, and offices for ticks."""
    match = _OVERLAY.fullmatch(code)
    if match is None:
        return ""
    base, mark = match["base"], match["mark"]
    if base in {"□", "☐", "◻", "口"}:
        if not mark:
            return _BOX
        return _TICKED if mark in {"√", "✓", "✔", "V", "v"} else _crossed(mark)
    if base in {"○", "〇", "◯"} and mark.isascii() and mark.isdigit() and 1 <= int(mark) <= 20:
        return chr(ord("①") + int(mark) - 1)
    return mark or base


def _crossed(mark: str) -> str:
    return _CROSSED if mark in {"×", "✗", "✘", "X", "x"} else mark
