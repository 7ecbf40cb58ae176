"""Rules on which unit and which year a record is of (family A), and how attachments are numbered.

Region, unit and year are given by the record's path; here, what people wrote is compared with it.
Source of the rules: data/RULES.md; 《政府信息公开条例》第六条 (准确公开).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.checks.amounts import innermost, said, stated
from generator.checks.case import Case, Figure, Report
from generator.checks.facts import Fact, Section
from generator.checks.finding import Fault, Outcome, Spot, Verdict
from generator.errors import Severity
from generator.forms.numerals import count

# One year everywhere: A1.

_YEAR = (
    r"(?<![0-9])(?P<year>20[0-9]{2}|二[〇○零][〇○零一二三四五六七八九]{2})"
    # Numbers of documents, and days.
    r"(?![0-9〕\]号]|[)）][ ]?第?[0-9]|[ ]?[年./-][ ]?[0-9]{1,2}(?:[ ]?月|[./-][0-9]))"
)
_YEARS = re.compile(_YEAR)
_OF_THIS = re.compile(
    rf"{_YEAR}[ ]?年度?的?[“\"]?(?P<what>重点|主要工作|工作|部门|单位|整体|基本支出|项目|财政"
    r"|收支|收入|支出|预决算|决算|绩效|三公|自评|履职|职责|政府采购|资产)"
)
"""A heading that says of which year its section is."""
_OF_OTHERS = re.compile(
    "计划|打算|思路|安排|展望|下一步|规划|上一?年|去年|结转|结余|整改|回顾|比较|对比|以来|至今|预期|拟|目标(?!完成|实现)"
    "|预算(?!执行|绩效|支出|管理)"
)
"""In a heading that may speak of another year."""
_OPENING = re.compile(r"[(（][ ]?20[0-9]{2}[ ]?年度?[ ]?[)）]|.{0,50}(?:报告|自评)")
"""A line above the first heading: the document's title, or the year below it."""
_OWN = re.compile("本年|今年|当年|本期")
_TOTALS = ("收入合计", "支出合计", "基本支出", "项目支出", "三公经费")


def one_year(case: Case) -> Iterator[Verdict]:
    """A1: names, titles, headings and amounts are of the year that is disclosed."""
    faults = [*_of_names(case)]
    for report in case.reports:
        faults += _of_opening(case, report)
        faults += _of_headings(case, report)
    faults += _of_amounts(case)
    yield from faults
    if not faults:
        yield Outcome.HOLDS


def _wrong_years(case: Case, text: str) -> list[tuple[int, re.Match[str]]]:
    """The years that a text names; none when the record's is among them."""
    found = [(count(each["year"]), each) for each in _YEARS.finditer(text)]
    return [] if any(year == case.year for year, _ in found) else found


def _of_names(case: Case) -> Iterator[Fault]:
    for figure in case.filled("文件名称"):
        for year, match in _wrong_years(case, figure.text)[:1]:
            yield Fault(
                Spot(case.record.file, figure.spot.where, figure.text, match.start()),
                f"文件名称里的年度是 {year}，这是 {case.year} 年度的记录；请改正",
            )


def _of_opening(case: Case, report: Report) -> Iterator[Fault]:
    """The lines above the first heading: a title is often copied into the text."""
    offset = 0
    stop = report.sections[0].start if report.sections else 0
    for line in report.text[:stop].split("\n"):
        if _OPENING.fullmatch(line.strip()):
            for year, match in _wrong_years(case, line)[:1]:
                yield Fault(
                    Spot(case.record.file, report.where, line.strip(), offset + match.start()),
                    f"标题“{line.strip()}”写的是 {year} 年度，这是 {case.year} 年度的记录；请改正",
                )
        offset += len(line) + 1


def _of_headings(case: Case, report: Report) -> Iterator[Fault]:
    own = {found["what"] for _, found in _dated(report) if count(found["year"]) == case.year}
    for section, found in _dated(report):
        year = count(found["year"])
        # Headings of two years side by side compare them.
        if year == case.year or found["what"] in own or _wrong_years(case, section.words) == []:
            continue
        start = section.start + report.text[section.start : section.body].index(section.words)
        yield Fault(
            Spot(case.record.file, report.where, section.words, start + found.start()),
            f"标题“{section.words}”写的是 {year} 年，这是 {case.year} 年度的记录；"
            "请改正，确实是另一年的请在核对说明里说明",
            # The report of a year may end with what comes next.
            severity="警告" if year > case.year else None,
        )


def _dated(report: Report) -> Iterator[tuple[Section, re.Match[str]]]:
    for section in report.sections:
        found = _OF_THIS.search(section.words)
        if found and not _OF_OTHERS.search(section.words):
            yield section, found


def _of_amounts(case: Case) -> Iterator[Fault]:
    """Amounts that prose gives to another year, where it has none of the record's own."""
    for indicator in _TOTALS:
        others = [
            (report, fact)
            for report in case.reports
            for fact in report.facts
            if fact.indicator == indicator
            and fact.number is not None
            and fact.year not in (None, case.year)
        ]
        if not others or case.prose(indicator):
            continue
        report, fact = others[0]
        same = [each for each in stated(case, indicator) if each.number == fact.number]
        if same and _is_last_years(case, indicator, fact):
            continue
        if same or _is_alone(report, fact, case.year):
            yield _of_another_year(case, report, fact, same)


def _is_last_years(case: Case, indicator: str, fact: Fact) -> bool:
    """Whether last year's record has the same amount, so that both years may be meant."""
    before = stated(case.previous, indicator) if case.previous else ()
    return fact.year == case.year - 1 and any(each.number == fact.number for each in before)


def _is_alone(report: Report, fact: Fact, year: int) -> bool:
    """Whether the fact's section names no other year, and does not speak of this one."""
    section = innermost(report, fact.start)
    if section is None:
        return False
    text = report.text[section.start : section.end]
    years = {count(each["year"]) for each in _YEARS.finditer(text)}
    return years == {fact.year} and not _OWN.search(text) and fact.year != year


def _of_another_year(case: Case, report: Report, fact: Fact, same: Sequence[Figure]) -> Fault:
    sentence = max(report.text.rfind(stop, 0, fact.start) for stop in "。；;\n") + 1
    written = str(fact.year)
    place = report.text.rfind(written, sentence, fact.start)
    start = place if place >= 0 else fact.start
    where = f"，与{same[0].part.key}的 {said(same[0])} 相同" if same else ""
    return Fault(
        Spot(case.record.file, report.where, report.text[start : fact.end], start),
        f"正文把{fact.indicator} {fact.written} 写成 {fact.year} 年的{where}，"
        f"这是 {case.year} 年度的记录；请改正年份",
        tuple(each.spot for each in same[:1]),
        None if same else "警告",
    )


# One name: A2.

_BRACKETS_AFTER = re.compile(r"\([^()]*\)$")
_LABEL_BEFORE = re.compile(
    r"^(?:填报|编制)?(?:单位|部门)(?:名称)?(?:\([^()]*\))?:|^[0-9]{3,}[-—_]*"
)
_HIGHER = re.compile("(?:[^省市州区县]{2,8}(?:省|自治区))?(?:[^省市州区县]{1,8}[市州])?")
_OFFICE = re.compile(r".{0,12}(?:办公室|股|科|室|处|办|中心|大队|队|站|所|组)")
_NOTHING = frozenset({"无", "没有", "/", "-", "—", "——", "暂无"})


@dataclass(frozen=True, slots=True)
class _Names:
    """What a unit may be called, as it is compared."""

    known: tuple[str, ...]
    """The full name and the listed short and former names."""
    bare: frozenset[str]
    """The full name without the region's, with 县 alone, and without 县."""


def one_name(case: Case) -> Iterator[Verdict]:
    """A2: forms, signatures and the catalogue call the unit by its name, or by a listed one."""
    names = _names(case)
    figures = [*case.filled("单位名称"), *case.filled("公开责任部门")]
    asked = [each for each in figures if each.text.strip() not in _NOTHING]
    if not asked:
        yield Outcome.UNKNOWN
    for figure in asked:
        if figure.indicator == "公开责任部门":
            yield _department(case, figure, names)
        else:
            yield _name(case, figure, names)


def _names(case: Case) -> _Names:
    unit, region = case.unit, case.region.name
    known = tuple(map(_folded, (unit.name, *unit.short_names, *unit.former_names)))
    own = known[0].removeprefix(_folded(region))
    bare = {own, region[-1:] + own, region[:-1] + own} if own != known[0] else set()
    return _Names(known, frozenset(bare))


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def _as_unit(written: str, names: _Names) -> str:
    """A written name without what may stand around it: a label, a budget code, a seal, 本级."""
    name = _LABEL_BEFORE.sub("", _folded(written))
    if name in names.known:
        return name
    return _BRACKETS_AFTER.sub("", name)


def _is_named(name: str, names: _Names) -> bool:
    if name in names.known:
        return True
    # 湖南省邵阳市隆回县…; 示例县民政局、示例县救助管理站
    full = names.known[0]
    if name.endswith(full) and _HIGHER.fullmatch(name.removesuffix(full)):
        return True
    pieces = re.split("[、,/;]", name)
    return len(pieces) > 1 and any(each in names.known for each in pieces)


def _name(case: Case, figure: Figure, names: _Names) -> Verdict:
    name = _as_unit(figure.text, names)
    if _is_named(name, names):
        return Outcome.HOLDS
    label = figure.spot.where[-1]
    listed = f"，简称、曾用名请登记在 data/regions/{case.region.code}.yaml"
    severity: Severity | None = None
    if name in names.bare:
        severity = "提示"
    elif _is_shortened(name, names):
        severity = "警告"
    return Fault(
        figure.spot,
        f"{figure.part.key}的{label}是“{figure.text}”，单位的全称是“{case.unit.name}”；"
        f"请写全称{listed}",
        severity=severity,
    )


def _is_shortened(name: str, names: _Names) -> bool:
    """Whether a name is the full one with some of its letters left out: 县交通局, 教体局."""
    full = names.known[0]
    if len(name) < 3 or name[-1] != full[-1] or len(full) - len(name) < 2:
        return False
    rest = iter(full)
    return all(letter in rest for letter in name)


def _department(case: Case, figure: Figure, names: _Names) -> Verdict:
    """公开责任部门 may be an office of the unit, or another department that publishes for it."""
    name = _as_unit(figure.text, names)
    if _is_named(name, names) or name in names.bare or _is_shortened(name, names):
        return Outcome.HOLDS
    if name.startswith(names.known) or names.known[0] in name or _OFFICE.fullmatch(name):
        return Outcome.HOLDS
    if any(name == _folded(each.name) for each in case.region.units.values()):
        return Outcome.UNKNOWN
    full, region = names.known[0], _folded(case.region.name)
    message = f"公开责任部门是“{figure.text}”，与单位的全称“{case.unit.name}”差一点；请核对改正"
    if _is_mistyped(name, full, region):
        return Fault(figure.spot, message)
    if _has_lost(name, full):
        return Fault(figure.spot, message, severity="警告")
    return Outcome.UNKNOWN


def _is_mistyped(name: str, full: str, region: str) -> bool:
    """Whether a name differs from the full one by a letter of the region's name.

    Further on, one letter may make another unit of it: 林业局, 农业局.
    """
    if len(name) != len(full) or not full.startswith(region):
        return False
    places = [place for place, letter in enumerate(full) if name[place] != letter]
    return len(places) == 1 and places[0] < len(region)


def _has_lost(name: str, full: str) -> bool:
    """Whether a name is the full one with one letter left out."""
    if len(name) != len(full) - 1:
        return False
    return any(name == full[:place] + full[place + 1 :] for place in range(len(full)))


# Attachments: A3.


def attachments_run_on(case: Case) -> Iterator[Verdict]:
    """A3: attachments are numbered from 1, and none is left out."""
    numbers = sorted(
        int(part.key.removeprefix("附件")) for part in case.record.parts if part.is_attachment
    )
    if not numbers:
        yield Outcome.NOT_APPLICABLE
        return
    missing = [each for each in range(1, numbers[-1]) if each not in numbers]
    if not missing:
        yield Outcome.HOLDS
        return
    after = f"附件{next(each for each in numbers if each > missing[0])}"
    lost = "、".join(f"附件{each}" for each in missing)
    present = "、".join(f"附件{each}" for each in numbers)
    yield Fault(
        Spot(case.record.file, (after,), after),
        f"有{present}，没有{lost}；请补上，或重新编号，在别处公开的请在核对说明里写明在哪里",
    )


RULES: Mapping[str, Callable[[Case], Iterator[Verdict]]] = {
    "A1": one_year,
    "A2": one_name,
    "A3": attachments_run_on,
}
"""id -> the function that asks it."""
