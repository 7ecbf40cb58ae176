"""E-mail addresses, and what words tell to be a person's: a home address, a day of birth.

An address is left down to the 乡镇 or 街道, a birth down to the year. Offices stand in their
addresses (地址, 办公地址, 位于), and things have their days, too (成立于): neither is looked for.
Source: 《个人信息保护法》第二十八条; what inspections of 政府信息公开 count as a leak.
"""

import re
import unicodedata
from collections.abc import Iterator

from generator.checks.personal.found import DIGIT, PersonalNumber

_GAP = r"[ \t\u00a0　]{0,3}"
_SAYS = rf"{_GAP}(?:[:：]|为|是|在|于|位于)?[ \t\u00a0　\"'“]{{0,3}}"
_SAYS_SURELY = rf"{_GAP}(?:[:：]|为|是|在|位于)[ \t\u00a0　\"'“]{{0,3}}"


def _spaced(words: str) -> str:
    """An expression for each of the words, also when its letters are set apart."""
    return "|".join(_GAP.join(word) for word in words.split("|"))


# --- E-mail ---------------------------------------------------------------------------------------

_WORD = "[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]"
_INNER = r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９_+%\-－＿]"
_BEFORE_AT = re.compile(rf"{_WORD}(?:{_INNER}|[.．](?={_INNER})){{0,63}}[ 　]{{0,2}}$")
_BEHIND_AT = re.compile(
    rf"[ 　]{{0,2}}({_WORD}(?:{_INNER}){{0,62}}(?:[.．]{_WORD}(?:{_INNER}){{0,62}}){{0,5}}"
    r"[.．][A-Za-zＡ-Ｚａ-ｚ]{2,24})"
)
_AT = re.compile("[@＠]")


def emails(text: str) -> Iterator[PersonalNumber]:
    """Every e-mail address but those of governments."""
    if "@" not in text and "＠" not in text:
        return
    for at in _AT.finditer(text):
        behind = _BEHIND_AT.match(text, at.end())
        start = max(at.start() - 66, 0)
        before = _BEFORE_AT.search(text[start : at.start()])
        if not behind or not before:
            continue
        domain = unicodedata.normalize("NFKC", behind[1]).lower()
        if domain == "gov.cn" or domain.endswith(".gov.cn"):
            continue
        first = unicodedata.normalize("NFKC", before[0][0])
        yield PersonalNumber(
            start + before.start(), behind.end(1), "电子邮箱", f"{first}****@{domain}"
        )


# --- Home -----------------------------------------------------------------------------------------

# In each of the words; what is looked for in every text must be short.
_HOME_SIGN = re.compile("住|籍|庭|户口")
_HOME_WORD = re.compile(
    rf"(?:(?:{_spaced('家庭住址|家庭地址|家庭详细住址|家庭详细地址|现住址|常住地址|户籍地址|户口地址|居住地址')})"
    rf"{_SAYS}"
    rf"|(?<!单位)(?<!办公)(?<!机关)(?<!公司)(?<!企业)"
    rf"(?:{_spaced('住址|户籍地|户籍所在地|户口所在地|居住地|现居住地')}){_SAYS_SURELY}"
    rf"|(?:(?<![发出实体兑呈])现居?住(?![建房户宅])|(?<![国专大回搬])家住){_SAYS})"
)
_HOUSE = re.compile(
    rf"(?<!第)(?:{DIGIT}{{1,5}}|[一二三四五六七八九十百零〇]{{1,5}}|[A-Za-zＡ-Ｚａ-ｚ甲乙丙丁])"
    rf"(?:{_GAP}[-－—]{_GAP}{DIGIT}{{1,5}}){{0,3}}{_GAP}"
    r"(?:号(?![文令窗线台公通])|室|组|栋|幢|单元|楼|户)"
    rf"(?:{_GAP}(?:{DIGIT}|[A-Za-z一二三四五六七八九十\-－—号栋幢单元楼层室户附座]){{1,12}})?"
)
_ADDRESS = re.compile(r"[^\s。；;，,、！？!?：:*＊\"'“”（）()]{1,40}")
_PLACE = re.compile(r"[省市县区乡镇村路街巷弄里庄屯寨苑园]|社区|大道|小区|新村")
# not 新乡市, 镇江, 镇海
_TOWN = re.compile(r"街道|(?<=.)[乡镇](?![市县区江]|海区)")
_COUNTY = re.compile(r".*?[县区旗](?!.*[县区旗])|.*?市(?!.*[县区旗市])")


def homes(text: str) -> Iterator[PersonalNumber]:
    """Every home address that tells the house, or the group of a village."""
    position = 0
    for sign in _HOME_SIGN.finditer(text):
        for word in _HOME_WORD.finditer(text, max(sign.start() - 16, position), sign.end() + 24):
            position = word.end()
            if home := _home(text, position):
                yield home


def _home(text: str, start: int) -> PersonalNumber | None:
    """The address that begins there, when it tells the house."""
    found = _ADDRESS.match(text, start)
    house = _HOUSE.search(found[0]) if found else None
    if not found or not house:
        return None
    before = found[0][: house.start()]
    if not _PLACE.search(before):
        return None
    return PersonalNumber(start, start + house.end(), "家庭住址", _masked_address(before))


def _masked_address(before: str) -> str:
    """What stands before the house, down to the 乡镇 or 街道, else to the county."""
    if town := _TOWN.search(before):
        return before[: town.end()] + "****"
    if county := _COUNTY.match(before):
        return county[0] + "****"
    return "某地****"  # stars alone would be an alias in YAML


# --- Birth ----------------------------------------------------------------------------------------

_CHINESE = "[〇○零一二三四五六七八九十]"
_DASH = r"[-－\u2010-\u2015\u2212./．／]"
_DAY = (
    rf"(?:(?P<year>[1１][9９]{DIGIT}{{2}}|[2２][0０]{DIGIT}{{2}})"
    rf"(?:{_GAP}年{_GAP}{DIGIT}{{1,2}}{_GAP}月{_GAP}{DIGIT}{{1,2}}{_GAP}[日号]"
    rf"|{_GAP}{_DASH}{_GAP}{DIGIT}{{1,2}}{_GAP}{_DASH}{_GAP}{DIGIT}{{1,2}}(?!{DIGIT})"
    rf"|{DIGIT}{{4}}(?!{DIGIT}))"
    rf"|(?P<written>[一二][〇○零九]{_CHINESE}{{2}})年{_CHINESE}{{1,3}}月{_CHINESE}{{1,3}}[日号])"
)
# Behind 出生 and behind 生日; 出生 and 生 behind the day.
_BORN = re.compile(
    rf"{_GAP}(?:日{_GAP}期|年{_GAP}月{_GAP}日|年{_GAP}月|时{_GAP}间)?{_SAYS}(?P<day>{_DAY})"
)
_BIRTHDAY = re.compile(rf"{_GAP}日{_SAYS}(?P<day>{_DAY})")
_DAY_BEFORE = re.compile(rf"(?<![至到—～~\-0-9０-９])(?P<day>{_DAY})$")
_OF_NO_PERSON = re.compile("[的人率缺医以之前后登证婴儿子]")
_ENDS = re.compile(r"[，,。；;、)）\s\"']|$")
_SPACES = " \t\u00a0　"
_LAST_OF_DAY = re.compile(f"[日号]|{DIGIT}")


def births(text: str) -> Iterator[PersonalNumber]:
    """Every day of birth; a year, or a year and month, is none."""
    place = text.find("生")
    while place >= 0:
        before = text[max(place - 28, 0) : place].rstrip(_SPACES)
        last = before[-1:]
        if last == "出":
            if found := _BORN.match(text, place + 1):
                yield _birth(found, 0)
            if not _OF_NO_PERSON.match(text, place + 1):
                yield from _before(text, place, before[:-1])
        elif _LAST_OF_DAY.match(last):
            if _ENDS.match(text, place + 1):
                yield from _before(text, place, before)
        elif not before.endswith(("党的", "国的", "祖国")) and (
            found := _BIRTHDAY.match(text, place + 1)
        ):
            yield _birth(found, 0)
        place = text.find("生", place + 1)


def _before(text: str, place: int, before: str) -> Iterator[PersonalNumber]:
    """The day at the end of what stands before the word at `place`."""
    if found := _DAY_BEFORE.search(before.rstrip(_SPACES)):
        yield _birth(found, max(place - 28, 0))


def _birth(found: re.Match[str], offset: int) -> PersonalNumber:
    year = unicodedata.normalize("NFKC", found["year"] or found["written"])
    start, end = found.span("day")
    return PersonalNumber(start + offset, end + offset, "出生日期", f"{year}年")
