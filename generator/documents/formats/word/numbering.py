"""Automatic numbers: what Word puts before a paragraph without writing it into the text."""

import re
from dataclasses import dataclass, field

from generator.documents.formats.word.parts import (
    NAMESPACES,
    Element,
    is_on,
    number,
    value,
)
from generator.documents.formats.word.styles import Styles
from generator.documents.formats.word.symbols import is_symbol_font, show_symbols

_LEVELS = 9
"""That Word knows; `%9` is the last that a number can refer to."""


@dataclass(slots=True)
class _List:
    """One definition of a list. Lists of one definition count on together."""

    levels: dict[int, Element]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a file and how far each has counted. Ask for every paragraph once, in order."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._definitions: dict[str, Element] = {}
        for definition in root.iterfind("w:abstractNum", NAMESPACES):
            name = value(definition, "abstractNumId") or ""
            self._definitions[name] = definition
            self._lists[name] = _List(_levels(definition))
        self._nums = {value(num, "numId") or "": num for num in root.iterfind("w:num", NAMESPACES)}
        self._begun: set[str] = set()

    def label(self, paragraph: Element) -> str:
        """The number before a paragraph as people see it; "" where there is none."""
        num, level = self._place(paragraph)
        counted = self._list(num)
        if counted is None or num is None:
            return ""
        overridden = self._overrides(num)
        levels = {**counted.levels, **overridden}
        if level not in levels:
            return ""
        if num not in self._begun:
            self._begun.add(num)
            self._restart(num, level, counted.counts)
        definition = levels[level]
        counted.counts[level] = counted.counts.get(level, _start(definition) - 1) + 1
        for deeper in [other for other in counted.counts if other > level]:
            after = number(_child(levels.get(deeper), "lvlRestart"), deeper)
            if after and level < after:
                del counted.counts[deeper]
        return _show(definition, levels, counted.counts)

    def _place(self, paragraph: Element) -> tuple[str | None, int]:
        """Which list and level a paragraph, or its style, says that it is of."""
        own = paragraph.find("w:pPr/w:numPr", NAMESPACES)
        named = own
        if named is None or named.find("w:numId", NAMESPACES) is None:
            for style, definition in self._styles.chain(paragraph):
                given = definition.find("w:pPr/w:numPr", NAMESPACES)
                if given is not None and given.find("w:numId", NAMESPACES) is not None:
                    num = value(given.find("w:numId", NAMESPACES))
                    level = _child(own, "ilvl")
                    if level is None:
                        level = _child(given, "ilvl")
                    return num, number(level, self._level_of(style, num))
            return None, 0
        return value(named.find("w:numId", NAMESPACES)), number(_child(named, "ilvl"), 0)

    def _level_of(self, style: str, num: str | None) -> int:
        """The level that is tied to a style."""
        counted = self._list(num)
        for level, definition in counted.levels.items() if counted else ():
            if value(_child(definition, "pStyle")) == style:
                return level
        return 0

    def _list(self, num: str | None) -> _List | None:
        """The list of a number's id, by way of a style where the definition names one."""
        for _ in range(_LEVELS):  # definitions may refer to each other in a circle
            name = value(_child(self._nums.get(num or ""), "abstractNumId"))
            definition = self._definitions.get(name or "")
            link = value(_child(definition, "numStyleLink"))
            if link is None:
                return self._lists.get(name or "")
            num = value(_child(self._styles.numbering_of(link), "numId"))
        return None

    def _overrides(self, num: str) -> dict[int, Element]:
        """The levels that a list defines otherwise than its definition."""
        levels = {}
        for override in self._nums[num].iterfind("w:lvlOverride", NAMESPACES):
            definition = override.find("w:lvl", NAMESPACES)
            if definition is not None:
                levels[number(override, 0, "ilvl")] = definition
        return levels

    def _restart(self, num: str, level: int, counts: dict[int, int]) -> None:
        """Begin again where a list says so: it may count on what another list has begun."""
        for override in self._nums[num].iterfind("w:lvlOverride", NAMESPACES):
            start = override.find("w:startOverride", NAMESPACES)
            if start is not None:
                counts.pop(number(override, 0, "ilvl"), None)
                if number(override, 0, "ilvl") == level:
                    counts[level] = number(start, 1) - 1


def _levels(definition: Element) -> dict[int, Element]:
    return {number(level, 0, "ilvl"): level for level in definition.iterfind("w:lvl", NAMESPACES)}


def _child(element: Element | None, name: str) -> Element | None:
    return None if element is None else element.find(f"w:{name}", NAMESPACES)


def _start(definition: Element | None) -> int:
    return number(_child(definition, "start"), 0 if definition is None else 1)


def _show(definition: Element, levels: dict[int, Element], counts: dict[int, int]) -> str:
    style = value(_child(definition, "numFmt")) or "decimal"
    text = value(_child(definition, "lvlText")) or ""
    if style == "bullet":
        fonts = definition.find("w:rPr/w:rFonts", NAMESPACES)
        font = value(fonts, "ascii") or value(fonts, "hAnsi") or ""
        shown = (show_symbols(text, font) or "•") if is_symbol_font(font) else text
    else:
        legal = is_on(_child(definition, "isLgl"))

        def count(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            counted = counts.get(level, _start(levels.get(level)))
            named = value(_child(levels.get(level), "numFmt")) or "decimal"
            return count_in("decimal" if legal else named, counted)

        shown = re.sub(r"%([1-9])", count, text)
    space = value(_child(definition, "suff")) == "space"
    return f"{shown} " if shown and space else shown


_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_FORMAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
]
# style -> the sign of 1, and how many follow each other in Unicode
_SIGNS = {
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "ideographEnclosedCircle": ("㊀", 10),
}
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseCounting",  # what Chinese editions of Word and WPS write for 一、
    "koreanCounting",
}
_POSITIONAL = {"ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"}
_FORMAL_STYLES = {"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"}


def count_in(style: str, counted: int) -> str:
    """A number in one of Word's ways of counting; in digits where it is not known or runs out."""
    digits = str(counted)
    if style == "none":
        return ""
    if counted < 1:
        return digits
    if style in _CHINESE:
        return _chinese(counted)
    if style in _FORMAL_STYLES:
        shown = _chinese(counted).translate(_FORMAL)
        return f"壹{shown}" if 10 <= counted < 20 else shown
    if style in _POSITIONAL:
        return "".join(_DIGITS[int(digit)] for digit in digits)
    if style in _SIGNS:
        first, many = _SIGNS[style]
        return chr(ord(first) + counted - 1) if counted <= many else digits
    if style == "ideographTraditional":
        return _STEMS[(counted - 1) % len(_STEMS)]
    if style == "ideographZodiac":
        return _BRANCHES[(counted - 1) % len(_BRANCHES)]
    if style == "decimalZero":
        return digits.zfill(2)
    if style in {"decimalFullWidth", "decimalFullWidth2"}:
        return "".join(chr(ord("０") + int(digit)) for digit in digits)
    if style in {"upperLetter", "lowerLetter"}:
        letters = chr(ord("A") + (counted - 1) % 26) * ((counted - 1) // 26 + 1)
        return letters if style == "upperLetter" else letters.lower()
    if style in {"upperRoman", "lowerRoman"} and counted < 4000:
        roman = _roman(counted)
        return roman if style == "upperRoman" else roman.lower()
    return digits


def _chinese(counted: int) -> str:
    """11 -> 十一, 105 -> 一百〇五. Lists do not count to 10 000."""
    if counted >= 10_000:
        return str(counted)
    text, skipped = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = counted // size % 10
        if digit:
            text += ("〇" if skipped and text else "") + _DIGITS[digit] + unit
            skipped = False
        else:
            skipped = True
    return text.removeprefix("一") if 10 <= counted < 20 else text


def _roman(counted: int) -> str:
    text = ""
    for size, sign in _ROMAN:
        text += sign * (counted // size)
        counted %= size
    return text
