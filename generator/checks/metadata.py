"""Rules on the catalogue's entry of a record (family J): what is filled, its 索引号, its name.

Whether an 索引号 is used twice is looked for over all records (across.py).
Source of the rules: 《政府信息公开条例》第十二条 (what a catalogue holds); data/RULES.md.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from generator.checks.case import Case, Figure
from generator.checks.finding import Fault, Outcome, Spot, Verdict
from generator.forms.schema import METADATA_KEY
from generator.forms.values import State
from generator.records.regions import INDEX_BLANK

_ASKED = ("文件名称", "索引号", "公开目录", "公开责任部门", "发文日期", "公开形式")
_NOT_OURS = ("统一登记号", "生效日期", "有效期")
_NOTHING = frozenset({"无", "没有", "/", "-", "—", "——", "暂无"})
"""What people write in a blank that they mean to leave empty."""

_NUMBER = re.compile(r"[A-Za-z0-9]+(?:[-/._][A-Za-z0-9]+)*")
_MIN_DIGITS = 6
"""Of an 索引号: a year and a serial number have more."""
_USUAL = re.compile(r"(?P<area>[0-9]{6})[0-9]{0,4}/(?P<year>[0-9]{4})-[0-9]{3,8}")
"""Area and unit / year - serial number, the pattern most counties use."""
_USUAL_SHAPE = "{地区代码}{数字:3}/{年}-{数字:6}"
"""For examples."""
_LENGTHS = (6, 9, 10)
"""Digits of area and unit; an organisation's code is 8 digits and one more, or letters."""
_SLIPS = re.compile(r"(?:[0-9]{5}|[0-9]{7})/[0-9]{4}-[0-9]{3,8}|[0-9]{6,10}/[0-9]{4}/[0-9]{3,8}")
"""The usual pattern with a digit too few or many, or a stroke where the hyphen should be."""
_YEAR_PART = re.compile(r"(?<![0-9])(?P<year>20[0-9]{2})(?![0-9])")

_SIGNS = re.compile(r"[\s“”\"'‘’《》()（）〈〉<>「」·,，、:：]+")
_DOCUMENT = re.compile("绩效|自评|基础数据|三公|决算|公开")
_OTHER_KIND = re.compile("(?:方案|通知|办法|计划|总结|要点|制度|细则|规定|意见|批复|预算)$")
"""What a name of some other document ends with."""
_ANY_YEAR = re.compile("20[0-9]{2}|二[〇○零][〇○零一二三四五六七八九]{2}")


def entry_is_filled(case: Case) -> Iterator[Verdict]:
    """J1: the catalogue's entry has a name, 索引号, directory, department, date and form."""
    parts = case.record.parts
    if not any(part.key == METADATA_KEY for part in parts):
        if not any(part.is_attachment for part in parts):
            yield Outcome.NOT_APPLICABLE
            return
        yield Fault(
            Spot(case.record.file, (), ""),
            f"没有“{METADATA_KEY}”，公开目录里查不到这份信息；"
            f"请加上“{METADATA_KEY}”，填写{'、'.join(_ASKED)}",
        )
        return
    asked = [each for name in _ASKED for each in case.table(name)]
    if not asked:
        yield Outcome.NOT_APPLICABLE
        return
    empty = [each for each in asked if not _says_something(each)]
    if not empty:
        yield Outcome.HOLDS
        return
    names = "、".join(str(each.spot.where[-1]) for each in empty)
    yield Fault(
        empty[0].spot,
        f"{METADATA_KEY}里没有填{names}；读者按这些查找和引用公开信息，请补上",
        tuple(each.spot for each in empty[1:]),
    )


def _says_something(figure: Figure) -> bool:
    return figure.state is State.FILLED and figure.spot.quoted.strip() not in _NOTHING


def number_is_well_formed(case: Case) -> Iterator[Verdict]:
    """J2: an 索引号 has letters, digits and - / only, of this region, of a year that fits."""
    figures = [each for each in case.filled("索引号") if _says_something(each)]
    if not figures:
        yield Outcome.NOT_APPLICABLE
    for figure in figures:
        yield _number(case, figure)


def _number(case: Case, figure: Figure) -> Verdict:
    written = figure.text
    example = _example(case)
    usual = _USUAL.fullmatch(written)
    if pattern := case.region.index_number:
        usual = _as_pattern(pattern, case.region.code).fullmatch(written)
        if not usual:
            return Fault(
                figure.spot,
                f"索引号“{written}”不合{case.region.name}的格式，应写成如 {example}，请改正"
                f"（格式写在 data/regions/{case.region.code}.yaml 的“索引号格式”里）",
            )
    elif not _NUMBER.fullmatch(written):
        return Fault(
            figure.spot,
            f"索引号“{written}”里有不该有的字；索引号只用字母、数字和“-”“/”，如 {example}，请改正",
        )
    elif sum(map(str.isdigit, written)) < _MIN_DIGITS:
        return Fault(
            figure.spot,
            f"索引号“{written}”太短，不会只有这一份用；应写成如 {example}，请改正",
        )
    elif _SLIPS.fullmatch(written):
        return Fault(
            figure.spot,
            f"索引号“{written}”与常用的写法（如 {example}）差一点，可能多写、少写了字，请核对；"
            f"本地另有格式的，写在 data/regions/{case.region.code}.yaml 的“索引号格式”里",
            severity="警告",
        )
    found = usual if usual and "year" in usual.groupdict() else _YEAR_PART.search(written)
    if found and not case.year <= int(found["year"]) <= case.today.year:
        return Fault(
            figure.spot,
            f"索引号“{written}”里的年份是 {found['year']}，{case.year}年度的信息"
            f"只会在 {case.year} 年到 {case.today.year} 年编号，请核对",
            severity=None if usual else "提示",
        )
    if not pattern and usual and len(written.partition("/")[0]) in _LENGTHS:
        area, code = usual["area"], case.region.code
        if area != code and area[:2] == code[:2]:
            return Fault(
                figure.spot,
                f"索引号“{written}”的前六位是 {area}，{case.region.name}的代码是 {code}，"
                "可能是照抄别处的，请核对",
                severity="警告",
            )
    return Outcome.HOLDS


@cache
def _as_pattern(pattern: str, area: str) -> re.Pattern[str]:
    """A region's 索引号格式 as an expression; the year is the group `year`."""
    pieces, end, has_year = [], 0, False
    for blank in INDEX_BLANK.finditer(pattern):
        pieces.append(re.escape(pattern[end : blank.start()]))
        end = blank.end()
        least, most = blank["least"], blank["most"] or blank["least"]
        match blank["name"]:
            case "地区代码":
                pieces.append(re.escape(area))
            case "年":
                pieces.append("[0-9]{4}" if has_year else "(?P<year>[0-9]{4})")
                has_year = True
            case "数字":
                pieces.append(f"[0-9]{{{least},{most}}}")
            case _:
                pieces.append(f"[A-Za-z]{{{least},{most}}}")
    return re.compile("".join(pieces) + re.escape(pattern[end:]))


def _example(case: Case) -> str:
    """A number as the region writes it."""

    def one(blank: re.Match[str]) -> str:
        kinds = {"地区代码": case.region.code, "年": str(case.year + 1)}
        count = int(blank["least"] or 1)
        digits = "1".rjust(count, "0")
        return kinds.get(blank["name"], digits if blank["name"] == "数字" else "A" * count)

    return INDEX_BLANK.sub(one, case.region.index_number or _USUAL_SHAPE)


def not_a_regulation(case: Case) -> Iterator[Verdict]:
    """J3: 统一登记号, 生效日期 and 有效期, which only regulations have, are left empty."""
    asked = [each for name in _NOT_OURS for each in case.table(name)]
    if not asked:
        yield Outcome.NOT_APPLICABLE
        return
    filled = [each for each in asked if _says_something(each)]
    if not filled:
        yield Outcome.HOLDS
        return
    said = "、".join(f"{each.spot.where[-1]}“{each.spot.quoted}”" for each in filled)
    yield Fault(
        filled[0].spot,
        f"填了{said}；只有规范性文件才有这几项，绩效自评不是规范性文件，请留空",
        tuple(each.spot for each in filled[1:]),
    )


def name_says_what_it_is(case: Case) -> Iterator[Verdict]:
    """J4: 文件名称 names the unit, the year and the document, or is a document's own title."""
    figures = [each for each in case.filled("文件名称") if _says_something(each)]
    if not figures:
        yield Outcome.NOT_APPLICABLE
    for figure in figures:
        yield _name(case, figure)


def _name(case: Case, figure: Figure) -> Verdict:
    name = _bare(figure.text)
    titles = _titles(case)
    unit = case.unit
    names = (unit.name, *unit.short_names, *unit.former_names)
    has_title = any(title in name for title, _ in titles)
    lacking = []
    if not any(_bare(each) in name for each in names):
        lacking.append("单位名称")
    if not _ANY_YEAR.search(name):  # another year than the record's is A1's
        lacking.append("年度")
    if not has_title and (not _DOCUMENT.search(name) or _OTHER_KIND.search(name)):
        lacking.append("文件的标题")
    if not lacking:
        return Outcome.HOLDS
    if lacking == ["单位名称"] and has_title:
        return Outcome.HOLDS  # the document's own title, word for word
    document = titles[0][1] if titles else "绩效自评报告"
    better = f"{unit.name}{case.year}年度{document}"
    return Fault(
        figure.spot,
        f"文件名称“{figure.text}”里没有{'、'.join(lacking)}，读者在目录里认不出是什么；"
        f"请写成如“{better}”",
        severity="警告" if lacking == ["单位名称"] else None,
    )


def _titles(case: Case) -> list[tuple[str, str]]:
    """Each attachment's title as it is compared, and as people write it."""
    titles = [part.form.title for part in case.record.parts if part.is_attachment]
    return [(_bare(title), title) for title in titles]


def _bare(words: str) -> str:
    """Words as they are compared: half width, without spaces, quotation marks and brackets."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", words))


RULES: Mapping[str, Callable[[Case], Iterator[Verdict]]] = {
    "J1": entry_is_filled,
    "J2": number_is_well_formed,
    "J3": not_a_regulation,
    "J4": name_says_what_it_is,
}
"""id -> the function that asks it."""
