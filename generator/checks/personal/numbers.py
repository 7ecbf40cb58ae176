"""Mobile, identity and bank card numbers, also with spaces, dashes or full-width digits.

Identity numbers: GB 11643-1999, the check digit and the day of birth must hold. Bank cards:
GB/T 14694 and ISO/IEC 7812, first digits of an issuer and the check digit of Luhn; one number in
ten has that by chance, so what could be amounts or the number of a document needs a word before it.
"""

import re
from collections.abc import Iterator
from datetime import date

from generator.checks.personal.found import (
    DIGIT,
    SEPARATOR,
    SPACE_OR_DASH,
    PersonalNumber,
    plain,
)

# Eleven digits or more: what all these numbers have, looked for in one pass over the text.
_LONG = re.compile(rf"{DIGIT}(?:{SEPARATOR}{DIGIT}){{10,}}")
_MOBILE = re.compile(
    rf"(?<!{DIGIT})(?:(?:[+＋]|[0０]{{2}})?[8８][6６]{SEPARATOR})?"
    rf"([1１][3-9３-９]{DIGIT}{SEPARATOR}{DIGIT}{{4}}{SEPARATOR}{DIGIT}{{4}})(?!{DIGIT}|\.{DIGIT})"
)
# Looked for at every place, also within what was no such number.
_IDENTITY = re.compile(
    rf"(?<!{DIGIT})(?=((?:{DIGIT}{SEPARATOR}){{17}}[0-9０-９XxＸｘ])(?!{DIGIT}))"
)
_OLD_IDENTITY = re.compile(
    rf"(?<!{DIGIT})((?:{DIGIT}{SEPARATOR}){{14}}{DIGIT})(?!{DIGIT}|[XxＸｘ])"
)
_OLD_IDENTITY_WORD = re.compile(r"身份证|公民身份号码|证件号")
_LETTER_OR_DIGIT = "[0-9０-９A-Za-zＡ-Ｚａ-ｚ]"
_CARD = re.compile(
    rf"(?<!{_LETTER_OR_DIGIT})(?:({DIGIT}{{16,19}})"
    rf"|({DIGIT}{{4}}({SPACE_OR_DASH}{{1,2}})(?:{DIGIT}{{4}}\3){{2}}{DIGIT}{{4}}(?:\3{DIGIT}{{3}})?)"
    rf"|({DIGIT}{{6}}{SPACE_OR_DASH}{{1,2}}{DIGIT}{{10,13}}))(?!{_LETTER_OR_DIGIT})"
)
# UnionPay; Visa; Mastercard; what large banks gave out before UnionPay.
_ISSUER = re.compile(
    r"62[0-9]{14,17}|4[0-9]{15}|5[1-5][0-9]{14}|(?:9558|9559|601382|436742)[0-9]*(?<=^[0-9]{19})"
)
_CARD_WORD = re.compile(r"卡号|银行卡|借记卡|储蓄卡|信用卡|[账帐][号户]|存折|开户")
_OTHER_NUMBER = re.compile(r"编号|编码|代码|文号|引号|登记号|合同|流水|订单|单号|证号|条码|许可")
_BEFORE = re.compile(rf"{DIGIT}(?:{SPACE_OR_DASH}{{1,2}}|[.．,，/])$")
_BEHIND = re.compile(rf"(?:{SPACE_OR_DASH}{{1,2}}|[.．,，/]){DIGIT}")
_NEAR = 20
"""Characters before a number in which a word says what it is."""


def personal_numbers(text: str) -> Iterator[PersonalNumber]:
    """Every such number; some may overlap."""
    for run in _LONG.finditer(text):
        start, end = run.span()
        # what stands behind the last digit is looked at, too
        yield from _mobiles(text, start, end + 3)
        if end - start >= 15:
            yield from _identities(text, start, end + 3)
            yield from _old_identities(text, start, end + 3)
            yield from _cards(text, start, end + 3)


def masked_mobile(number: str) -> str:
    """Eleven digits as they may be published."""
    return f"{number[:3]}****{number[-4:]}"


def _mobiles(text: str, start: int, end: int) -> Iterator[PersonalNumber]:
    for found in _MOBILE.finditer(text, start, end):
        masked = masked_mobile(plain(found[1]))
        yield PersonalNumber(found.start(1), found.end(1), "手机号码", masked)


def _identities(text: str, start: int, end: int) -> Iterator[PersonalNumber]:
    for found in _IDENTITY.finditer(text, start, end):
        number = plain(found[1]).upper()
        named = "身份证" in _line_before(text, found.start(1), 10)
        if _is_identity(number) or (named and _is_day(number[6:14])):
            yield PersonalNumber(found.start(1), found.end(1), "身份证号码", _hidden(number, 2, 3))


def _old_identities(text: str, start: int, end: int) -> Iterator[PersonalNumber]:
    """Fifteen digits, as they were given out until 1999, which have no check digit."""
    for found in _OLD_IDENTITY.finditer(text, start, end):
        number = plain(found[1])
        line = _line_before(text, found.start(1), 10)
        if _OLD_IDENTITY_WORD.search(line) and _is_day(f"19{number[6:12]}"):
            yield PersonalNumber(found.start(1), found.end(1), "身份证号码", _hidden(number, 2, 3))


def _cards(text: str, start: int, end: int) -> Iterator[PersonalNumber]:
    for found in _CARD.finditer(text, start, end):
        number = plain(found[0])
        if _ISSUER.fullmatch(number) and _luhn(number) and _may_be_card(text, found):
            yield PersonalNumber(*found.span(), "银行卡号", _hidden(number, 4, 4))


def _may_be_card(text: str, found: re.Match[str]) -> bool:
    """Whether it can hardly be anything else: amounts in a row, or a part of a longer number."""
    before = _line_before(text, found.start(), _NEAR)
    if _CARD_WORD.search(before):
        return True
    if _OTHER_NUMBER.search(before) or _BEFORE.search(before) or _BEHIND.match(text, found.end()):
        return False
    groups = [plain(group) for group in re.split(SPACE_OR_DASH, found[0]) if group]
    # no amount has a zero before it
    return len(groups) in (1, 2, 5) or any(group[0] == "0" for group in groups)


def _hidden(number: str, first: int, last: int) -> str:
    return number[:first] + "*" * (len(number) - first - last) + number[-last:]


def _line_before(text: str, place: int, length: int) -> str:
    return text[max(place - length, 0) : place].rpartition("\n")[2]


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _is_identity(number: str) -> bool:
    """Whether the check digit of GB 11643-1999 and the day of birth hold."""
    if not _is_day(number[6:14]):
        return False
    weighted = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[weighted % 11] == number[17]


def _is_day(digits: str) -> bool:
    """Whether YYYYMMDD is a day."""
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _luhn(number: str) -> bool:
    """Whether the check digit of ISO/IEC 7812 holds."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (sum(map(int, number[-1::-2])) + sum(doubled)) % 10 == 0
