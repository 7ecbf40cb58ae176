"""Personal data that must not enter the repository: its history keeps everything for ever.

Mobile and identity numbers anywhere in a record's file, comments included, also when written with
spaces, hyphens or full-width digits. Source: 《个人信息保护法》第二十八条, and the masking
(去标识化) that the yearly 政务公开工作要点 ask for. Office land lines are fine.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.errors import Problem
from generator.yamlfile import TextFile

_DIGIT = "[0-9０-９]"
# One or two spaces or dashes of any kind.
_SEPARATOR = r"[ \t\u00a0\u2000-\u200a\u202f　\-\u2010-\u2015\u2212－]{0,2}"
# Eleven digits or more: what both kinds of number have, looked for in one pass over the file.
_LONG = re.compile(rf"{_DIGIT}(?:{_SEPARATOR}{_DIGIT}){{10,}}")
_MOBILE = re.compile(
    rf"(?<!{_DIGIT})(?:(?:[+＋]|[0０]{{2}})?[8８][6６]{_SEPARATOR})?"
    rf"([1１][3-9３-９]{_DIGIT}{_SEPARATOR}{_DIGIT}{{4}}{_SEPARATOR}{_DIGIT}{{4}})(?!{_DIGIT}|\.{_DIGIT})"
)
# Looked for at every place, also within what was no such number.
_IDENTITY = re.compile(
    rf"(?<!{_DIGIT})(?=((?:{_DIGIT}{_SEPARATOR}){{17}}[0-9０-９XxＸｘ])(?!{_DIGIT}))"
)


def check_privacy(file: TextFile) -> Iterator[Problem]:
    """A problem for each mobile or identity number; the message shows it masked only."""
    for number in find_numbers(file.text):
        yield file.problem_at(
            number.start,
            f"这里有{number.kind}，属于个人信息，请改为 {number.masked}；"
            "如已提交到 git，请告知管理员清理历史",
        )


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """A number of a person, where it stands in a text and as it may be published."""

    start: int
    end: int
    kind: Literal["手机号码", "身份证号码"]
    masked: str


def find_numbers(text: str) -> Iterator[PersonalNumber]:
    """Every mobile or identity number."""
    for run in _LONG.finditer(text):
        for found in _MOBILE.finditer(text, run.start(), run.end() + 3):
            number = _plain(found[1])
            masked = f"{number[:3]}****{number[-4:]}"
            yield PersonalNumber(found.start(1), found.end(1), "手机号码", masked)
        for found in _IDENTITY.finditer(text, run.start(), run.end() + 3):
            number = _plain(found[1]).upper()
            if _is_identity(number):
                masked = f"{number[:2]}*************{number[-3:]}"
                yield PersonalNumber(found.start(1), found.end(1), "身份证号码", masked)


def mask(text: str) -> tuple[str, list[PersonalNumber]]:
    """The text with every such number masked, and what was masked."""
    numbers = sorted(find_numbers(text), key=lambda number: (number.start, -number.end))
    masked, position = "", 0
    for number in numbers:
        if number.start >= position:
            masked += text[position : number.start] + number.masked
            position = number.end
    return masked + text[position:], numbers


def _plain(written: str) -> str:
    return re.sub(r"[^0-9Xx]", "", unicodedata.normalize("NFKC", written))


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _is_identity(number: str) -> bool:
    """Whether the check digit of GB 11643-1999 and the day of birth hold."""
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    weighted = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[weighted % 11] == number[17]
