"""Rules on days and words of time (family F): their order, the future, how they are written.

The order of the three reviews is I4's.
Source of the rules: 《政府信息公开条例》第二十六条 (20 working days); 《预算法》第十四条、第八十条;
《党政机关公文格式》（GB/T 9704-2012）; data/RULES.md.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from generator.checks.case import Case, Figure, Passage, Report
from generator.checks.finding import Fault, Outcome, Spot, Verdict
from generator.forms.schema import ANSWERS_KEY, AUDIT_KEY, CORRECTIONS_KEY
from generator.forms.types import Date, Mistake
from generator.forms.values import State, Value
from generator.records.review import day
from generator.yaml import Where

_CLOSE = timedelta(31)
"""A table and a report of one evaluation are dated within a month."""
_WORKING_DAYS = 20
_SOONEST = timedelta(28)
"""Fewer days than these are never more than twenty working days."""
_LONGEST = 400
"""Days after which nobody counts any more."""
_ACCOUNTS_MONTH = 4
"""Before this month of the next year no county has approved accounts: congresses do in summer."""
_DAYS_OFF = (
    ((1, 1), (1, 3), 3),
    ((1, 19), (3, 1), 6),  # 春节
    ((4, 2), (4, 8), 2),  # 清明
    ((4, 27), (5, 5), 4),
    ((5, 26), (6, 27), 2),  # 端午
    ((9, 6), (10, 10), 2),  # 中秋
    ((9, 29), (10, 8), 6),
    ((12, 29), (12, 31), 1),
)
"""First and last day of when a holiday may fall, and the most weekdays that it has ever taken.

Which days are off is told anew each year; with the most, what is late is late in any year.
"""

_LABELS = frozenset({"日期", "时间", "报告日期", "报告时间", "填报日期", "填报时间"})
_NUMERAL = "[〇○零一二三四五六七八九]"
_DAY = (
    r"20[0-9]{2} ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日"
    r"|20[0-9]{2}(?P<sign>[-/.])[0-9]{1,2}(?P=sign)[0-9]{1,2}"
    rf"|二{_NUMERAL}{{3}}年[一二三四五六七八九十]{{1,2}}月[一二三四五六七八九十]{{1,3}}日"
)
_SIGNED = re.compile(
    rf"[ \t\u3000(（]*(?P<who>[^0-9。！？；;，,、]{{0,40}}?)[ \t\u3000:：]*(?P<day>{_DAY})"
    r"[ \t\u3000)）]*"
)
_SIGNATURE_LINES = 4
_SIGNATURE_LENGTH = 240
"""Characters at a report's end in which its signature stands."""
_ANY_DAY = re.compile(_DAY)
_SPACE = re.compile(r"\s")
_MAY_COME = re.compile("生效|有效|期限|截止|到期|计划|预计")
"""Dates that may lie in the future."""

_UNENDING = re.compile("长期|长久|永久|永远|不限|[0-9一二两三四五六七八九十]年(?!.*[月日])")
_BEGINNING = re.compile("(?:之日)?(?:起|开始|始)")
_ENDING = re.compile("[至到止]")

_MOMENT_WORDS = ("今年", "目前", "近日", "日前", "迄今", "截至", "截止")
"""What to look for first: it is ten times as fast."""
_MOMENT = re.compile(
    r"(?:(?P<strong>截[至止]到?(?:目前|当前|现在|今日|今天)(?:为止)?+|[到至]目前(?:为止)?+|迄今(?:为止)?+"
    r"|(?<![当如现])今年(?:以来|来)?+(?![轻纪龄代])"
    r"|(?<![最附临将靠接逼])近日(?![本期常均])"
    r"|(?<![^\n，。；：、,;:(（“])日前(?=[，,\u4e00-\u9fff]))"
    # 项目前期, 科目前列 and the like are other words.
    r"|(?P<weak>(?<![项科节栏题数条名剧曲编篇书账品头细])目前(?!的|瞻)))"
    r"(?![ ]?[(（][^)）\n0-9]{0,4}20[0-9]{2})"  # 目前（2022年12月）: the day is told
)
_LOOKS_AHEAD = re.compile("问题|不足|困难|措施|建议|打算|下一步|下步|展望|意见|预期|计划")
"""Blanks and sections that speak of when they are written; there 目前 and 今年 are in place."""
_SECTION_AHEAD = re.compile("问题|不足|困难|措施|建议|打算|下一步|下步|展望")


# Days as people write them.


def _dated(case: Case, indicator: str) -> tuple[Figure, ...]:
    """What forms say of an indicator that is a day."""
    return tuple(each for each in case.filled(indicator) if each.day)


def _reported(case: Case) -> tuple[Figure, ...]:
    """The days of the reports: in their blanks, and in signatures within the text."""
    signed = (each for report in case.reports if (each := _signature(case, report)))
    return (*_dated(case, "报告日期"), *signed)


def _signature(case: Case, report: Report) -> Figure | None:
    """The day under a report whose signature stands at the end of its text."""
    text = report.text.rstrip()
    end = len(text)
    for line in reversed(text[-_SIGNATURE_LENGTH:].split("\n")[-_SIGNATURE_LINES:]):
        start = end - len(line)
        found = _SIGNED.fullmatch(line)
        if found and _may_sign(case, found["who"]) and (signed := _read(found["day"])):
            offset = start + found.start("day")
            spot = Spot(case.record.file, report.where, found["day"], offset)
            return Figure("报告日期", State.FILLED, signed, spot, report.part)
        end = start - 1
    return None


def _may_sign(case: Case, who: str) -> bool:
    unit = case.unit
    names = (unit.name, *unit.short_names, *unit.former_names)
    return not who or who in names or who in _LABELS


def _read(written: str) -> date | None:
    try:
        return Date().parse(written)
    except Mistake:
        return None


def _name(figure: Figure) -> str:
    """附件3的填报日期 2023年5月6日."""
    return f"{figure.part.key}的{figure.indicator} {figure.spot.quoted}"


def _in_words(of: date) -> str:
    return f"{of.year}年{of.month}月{of.day}日"


def _year_end(case: Case) -> date:
    """The first day after the year that is disclosed."""
    return date(case.year + 1, 1, 1)


# Days against each other.


def accounts_exist(case: Case) -> Iterator[Verdict]:
    """F1: 公开时间 of the accounts is a day on which there can be accounts of the year."""
    figures = case.table("公开时间")
    if not figures:
        yield Outcome.NOT_APPLICABLE
    for figure in figures:
        yield _accounts(case, figure)


def _accounts(case: Case, figure: Figure) -> Verdict:
    public = figure.day
    if figure.state is State.NOT_APPLICABLE:
        return Outcome.NOT_APPLICABLE
    if public is None or public > case.today:  # F8 tells it
        return Outcome.UNKNOWN
    if public < _year_end(case):
        return Fault(
            figure.spot,
            f"公开时间写 {figure.spot.quoted}，那时 {case.year} 年还没有过完，不会有"
            f" {case.year} 年度的决算，公开的只能是预算；请改成决算公开的日期，"
            "或在核对说明里写明公开的是什么",
        )
    if public < date(case.year + 1, _ACCOUNTS_MONTH, 1):
        return Fault(
            figure.spot,
            f"公开时间写 {figure.spot.quoted}，{case.year} 年度的决算一般年中才批复，"
            f"这一天公开的可能是 {case.year + 1} 年的预算；请核对",
            severity="提示",
        )
    for filled in _dated(case, "填报日期"):
        if filled.part is figure.part and filled.day and _year_end(case) <= filled.day < public:
            return Fault(
                figure.spot,
                f"公开时间写 {figure.spot.quoted}，晚于填报日期 {filled.spot.quoted}，"
                "填表时还没有公开；请核对",
                (filled.spot,),
                "提示",
            )
    return Outcome.HOLDS


def after_the_year(case: Case) -> Iterator[Verdict]:
    """F2: tables, reports and their issue are dated after the year ends, the issue last."""
    made = (*_dated(case, "填报日期"), *_reported(case))
    issued = _dated(case, "发文日期")
    if not made and not issued:
        yield Outcome.UNKNOWN
        return
    end = _year_end(case)
    early = [each for each in (*made, *issued) if each.day and each.day < end]
    for figure in early:
        assert figure.day  # noqa: S101 - of figures that are days
        is_at_end = (figure.day.year, figure.day.month) == (case.year, 12)
        yield Fault(
            figure.spot,
            f"{_name(figure)} 在 {case.year} 年结束以前，那时还不能评价全年；请核对年份和日期",
            # Some units fill in the tables in the last days of the year.
            severity="警告" if is_at_end else None,
        )
    late = _later(made, [each for each in issued if each not in early])
    if late:
        yield late
    elif not early:
        yield Outcome.HOLDS


def _later(made: Iterable[Figure], issued: Sequence[Figure]) -> Fault | None:
    """One fault for all that is dated after it was issued."""
    for other in issued[:1]:
        late = [each for each in made if each.day and other.day and each.day > other.day]
        if late:
            first, *others = late
            return Fault(
                first.spot,
                f"{_name(first)} 晚于发文日期 {other.spot.quoted}，没有写成就已经发文；请核对日期",
                (other.spot, *(each.spot for each in others)),
            )
    return None


def table_and_report(case: Case) -> Iterator[Verdict]:
    """F3: a table is dated within a month of the report."""
    tables, reports = _dated(case, "填报日期"), _reported(case)
    if not tables or not reports:
        yield Outcome.UNKNOWN
        return
    apart = [each for each in tables if _apart(each, reports) > _CLOSE]
    if not apart:
        yield Outcome.HOLDS
        return
    first, *others = apart
    yield Fault(
        first.spot,
        f"{_name(first)} 与{_name(reports[0])} 相差 {_apart(first, reports).days} 天；"
        "同一次自评的表和报告日期应当相近，请核对，或在核对说明里写明原因",
        (reports[0].spot, *(each.spot for each in others)),
    )


def _apart(figure: Figure, others: Iterable[Figure]) -> timedelta:
    assert figure.day  # noqa: S101 - of figures that are days
    return min(abs(figure.day - each.day) for each in others if each.day)


def in_force(case: Case) -> Iterator[Verdict]:
    """F4: a document is not in force before it is issued, and 有效期 ends later than both."""
    issued, forces = _dated(case, "发文日期"), _dated(case, "生效日期")
    terms = case.filled("有效期")
    if not forces and not terms:
        yield Outcome.NOT_APPLICABLE
    for force in forces:
        before = [each for each in issued if each.day and force.day and force.day < each.day]
        if before:
            yield Fault(
                force.spot,
                f"生效日期 {force.spot.quoted} 早于发文日期 {before[0].spot.quoted}；请核对日期",
                (before[0].spot,),
            )
        else:
            yield Outcome.HOLDS if issued else Outcome.UNKNOWN
    for term in terms:
        yield _ends_later(term, (*issued, *forces))


def _ends_later(term: Figure, begins: Sequence[Figure]) -> Verdict:
    written = term.spot.quoted
    found = [each for each in _ANY_DAY.finditer(written) if _read(each[0])]
    if _UNENDING.search(written):
        return Outcome.HOLDS
    if not found or _BEGINNING.match(written, found[-1].end()):
        return Outcome.UNKNOWN
    end = _read(found[-1][0])
    first = max(begins, key=lambda each: each.day or date.min, default=None)
    starts = first.day if first else _read(found[0][0]) if len(found) > 1 else None
    if end is None or starts is None:
        return Outcome.UNKNOWN
    if end > starts:
        return Outcome.HOLDS
    if end == starts and not _ENDING.search(written):
        return Outcome.UNKNOWN  # it may be the first day
    what = f"{first.indicator} {first.spot.quoted}" if first else f"开始的 {found[0][0]}"
    return Fault(
        term.spot,
        f"有效期“{written}”不晚于{what}；请核对日期",
        (first.spot,) if first else (),
    )


def out_in_time(case: Case) -> Iterator[Verdict]:
    """F5: what is disclosed is issued within 20 working days of the report."""
    issued, reports = _dated(case, "发文日期"), _reported(case)
    if not issued or not reports:
        yield Outcome.UNKNOWN
        return
    made = (*reports, *_dated(case, "填报日期"))
    end = _year_end(case)
    for figure in issued:
        # What is dated before the year ends or after the issue is F2's.
        before = [each for each in made if each.day and figure.day and end <= each.day]
        last = max(before, key=lambda each: each.day or end, default=None)
        if not last or not last.day or not figure.day or last.day > figure.day:
            yield Outcome.UNKNOWN
            continue
        days = _working_days(last.day, figure.day)
        if days <= _WORKING_DAYS:
            yield Outcome.HOLDS
        else:
            yield Fault(
                figure.spot,
                f"发文日期 {figure.spot.quoted} 比{_name(last)} 至少晚 {days} 个工作日；"
                f"政府信息形成后应在 {_WORKING_DAYS} 个工作日内公开，请核对日期，"
                "或在核对说明里写明原因",
                (last.spot,),
            )


def _working_days(start: date, end: date) -> int:
    """The fewest working days there can be after one day, up to another; 0 when surely few."""
    if end - start <= _SOONEST:
        return 0
    length = min((end - start).days, _LONGEST)
    days = [start + timedelta(number) for number in range(1, length + 1)]
    weekdays = [each for each in days if each.weekday() < 5]
    off = 0
    for year in range(start.year, days[-1].year + 1):
        for first, last, most in _DAYS_OFF:
            since, until = date(year, *first), date(year, *last)
            off += min(most, sum(since <= each <= until for each in weekdays))
    return len(weekdays) - off


# Words of time.


def no_words_of_the_moment(case: Case) -> Iterator[Verdict]:
    """F6: no text of a past year says 今年以来, 目前, 近日, whose day readers cannot know."""
    if case.year >= case.today.year:
        yield Outcome.NOT_APPLICABLE
        return
    if not case.passages:
        yield Outcome.UNKNOWN
    elif not any(word in case.all_text for word in _MOMENT_WORDS):
        yield Outcome.HOLDS
    else:
        for passage in case.passages:
            yield _moments(case, passage)


def _moments(case: Case, passage: Passage) -> Verdict:
    text = passage.text
    found = [
        each
        for each in _said_of_the_moment(text)
        if not _is_quoted(text, each.start())
        and not (each[0] in ("目前", "今年") and _looks_ahead(case, passage, each.start()))
    ]
    if not found:
        return Outcome.HOLDS
    words = "".join(f"“{word}”" for word in dict.fromkeys(each[0] for each in found))
    first, *others = (passage.spot(case.record, *each.span()) for each in found)
    return Fault(
        first,
        f"{words}是写的时候的说法，以后的读者不知道说的是哪一天；请写明日期，"
        f"如“{case.year}年”“截至{case.year}年12月31日”",
        tuple(others),
        # Alone, it is often said of what has not changed since.
        None if any(each["strong"] for each in found) else "提示",
    )


def _said_of_the_moment(text: str) -> Iterator[re.Match[str]]:
    """Every word of the moment, in order."""
    starts = set()
    for word in _MOMENT_WORDS:
        start = text.find(word)
        while start >= 0:
            is_until = word == "目前" and text[start - 1 : start] in ("到", "至")
            starts.add(start - 1 if is_until else start)
            start = text.find(word, start + len(word))
    end = 0
    for start in sorted(starts):
        if start >= end and (found := _MOMENT.match(text, start)):
            yield found
            end = found.end()


_LONGEST_QUOTATION = 200
"""Characters within which a quotation is open; so one look takes the same time in any text."""


def _is_quoted(text: str, start: int) -> bool:
    """Whether a place is within 《》 or “”: the words of somebody else."""
    nearest = max(0, start - _LONGEST_QUOTATION)
    line = max(nearest, text.rfind("\n", nearest, start) + 1)
    return any(
        text.rfind(opens, line, start) > text.rfind(closes, line, start)
        for opens, closes in ("《》", "“”")
    )


def _looks_ahead(case: Case, passage: Passage, start: int) -> bool:
    if not passage.is_report:
        return bool(_LOOKS_AHEAD.search(str(passage.where[-1])))
    return any(
        section.start <= start < section.end and _SECTION_AHEAD.search(section.words)
        for report in case.reports
        if report.where == passage.where
        for section in report.sections
    )


def report_is_not_out_yet(case: Case) -> Iterator[Verdict]:
    """F7: a table filled in before the report is out does not say that the report is public."""
    answers = case.filled("报告公开")
    if not answers:
        yield Outcome.UNKNOWN if case.table("报告公开") else Outcome.NOT_APPLICABLE
    reports = _reported(case)
    issued = _dated(case, "发文日期")
    for answer in answers:
        filled = [each for each in _dated(case, "填报日期") if each.part is answer.part]
        if answer.text != "是":
            yield Outcome.HOLDS
        elif not case.reports or not filled:
            yield Outcome.UNKNOWN
        else:
            yield _is_out(answer, filled[0], reports, issued)


def _is_out(
    answer: Figure, filled: Figure, reports: Sequence[Figure], issued: Sequence[Figure]
) -> Verdict:
    at = filled.day
    out = [each for each in issued if each.day and at and each.day <= at]
    if out:
        return Outcome.HOLDS
    later = [each for each in (*reports, *issued) if each.day and at and each.day >= at]
    if not later:
        return Outcome.UNKNOWN
    return Fault(
        answer.spot,
        f"“{answer.spot.where[-1]}”选了“是”，可是填表那天（{filled.spot.quoted}）这份报告还没有"
        f"公开（{_name(later[0])}）；请改成“不适用”，或在核对说明里写明公开的是哪一份",
        (filled.spot, later[0].spot),
    )


# The future, and days that were set back.


def no_future(case: Case) -> Iterator[Verdict]:
    """F8: no date is in the future, and nothing is published before its last review."""
    dates = [*_dates_of_blanks(case), *_dates_of_review(case)]
    if not dates:
        yield Outcome.UNKNOWN
        return
    found = [
        Fault(spot, f"{_label(spot)} {spot.quoted} 是将来的日期；请改成实际的日期")
        for spot, each in dates
        if each > case.today
    ]
    yield from found
    published = _before_review(case)
    yield from published
    if not found and not published:
        yield Outcome.HOLDS


def _dates_of_blanks(case: Case) -> Iterator[tuple[Spot, date]]:
    for figures in case.figures.values():
        for figure in figures:
            if (at := figure.day) and not _MAY_COME.search(
                f"{figure.indicator} {figure.spot.where[-1]}"
            ):
                yield figure.spot, at
    for report in case.reports:
        signed = _signature(case, report)
        if signed and signed.day:
            yield signed.spot, signed.day


def _dates_of_review(case: Case) -> Iterator[tuple[Spot, date]]:
    review = case.record.review
    values: list[tuple[Where, Value]] = [
        *(((AUDIT_KEY, each.name, "日期"), each.date) for each in review.rounds),
        ((AUDIT_KEY, "发布日期"), review.published),
        ((AUDIT_KEY, "撤回日期"), review.withdrawn),
        *(((ANSWERS_KEY, each.number, "日期"), each.date) for each in review.answers),
        *(
            ((CORRECTIONS_KEY, number, "日期"), each.date)
            for number, each in enumerate(review.corrections)
        ),
    ]
    for where, value in values:
        if at := day(value):
            yield Spot(case.record.file, where, value.written), at


def _before_review(case: Case) -> list[Fault]:
    """That what is published was reviewed later, unless a correction was reviewed since."""
    review = case.record.review
    published = day(review.published)
    reviewed = [(at, each) for each in review.rounds if (at := day(each.date))]
    if not published or not reviewed:
        return []
    last, round_ = max(reviewed, key=lambda each: each[0])
    corrected = [at for each in review.corrections if (at := day(each.date))]
    if published >= last or any(at >= last for at in corrected):
        return []
    return [
        Fault(
            Spot(case.record.file, (AUDIT_KEY, "发布日期"), review.published.written),
            f"发布日期 {review.published.written} 早于{round_.name}的 {round_.date.written}；"
            "没有审完不能发布，发布日期也不能往前写，请核对日期",
            (Spot(case.record.file, (AUDIT_KEY, round_.name, "日期"), round_.date.written),),
        )
    ]


def _label(spot: Spot) -> str:
    return "落款日期" if spot.offset is not None else spot.label


# How days are written.


def one_style(case: Case) -> Iterator[Verdict]:
    """F9: the dates of tables and reports are written in one style, without spaces."""
    written = [
        each
        for name in ("公开时间", "填报日期", "发文日期", "生效日期")
        for each in _dated(case, name)
    ]
    written += _reported(case)
    if not written:
        yield Outcome.UNKNOWN
        return
    spaced = [each for each in written if _SPACE.search(each.spot.quoted)]
    if spaced:
        first, *others = spaced
        yield Fault(
            first.spot,
            f"“{first.spot.quoted}”里有空格；请写成 {_SPACE.sub('', first.spot.quoted)}",
            tuple(each.spot for each in others),
        )
    # The catalogue's entry is of the portal's own style.
    in_documents = [each for each in written if each.part.is_attachment]
    usual, odd = _odd_ones(in_documents)
    if usual and odd and odd[0].day:
        yield Fault(
            odd[0].spot,
            f"日期写法不一：“{odd[0].spot.quoted}”，别处写“{usual.spot.quoted}”；"
            f"请统一成一种写法，如 {_in_words(odd[0].day)}",
            (usual.spot, *(each.spot for each in odd[1:])),
        )
    elif not spaced:
        yield Outcome.HOLDS


def _odd_ones(figures: Sequence[Figure]) -> tuple[Figure | None, list[Figure]]:
    """One that is written as most are, and those that are not."""
    styles = [_style(each.spot.quoted) for each in figures]
    # 2023年10月12日 is written with zeros before single digits, and without.
    is_padded = "0年" in styles and "年" not in styles
    styles = [("0年" if is_padded else "年") if each == "?年" else each for each in styles]
    if len(set(styles)) < 2:
        return None, []
    most = Counter(styles).most_common(1)[0][0]
    odd = [each for each, style in zip(figures, styles, strict=True) if style != most]
    return figures[styles.index(most)], odd


def _style(written: str) -> str:
    bare = _SPACE.sub("", written)
    for sign in "-/.":
        if sign in bare:
            return sign
    if not bare.startswith("20"):
        return "二"
    if re.search("[年月]0", bare):
        return "0年"
    return "年" if re.search("年.月|月.日", bare) else "?年"


RULES: Mapping[str, Callable[[Case], Iterator[Verdict]]] = {
    "F1": accounts_exist,
    "F2": after_the_year,
    "F3": table_and_report,
    "F4": in_force,
    "F5": out_in_time,
    "F6": no_words_of_the_moment,
    "F7": report_is_not_out_yet,
    "F8": no_future,
    "F9": one_style,
}
"""id -> the function that asks it."""
