"""Rules on how texts are written (family H), and on a report's headings (L1).

Placeholders, slips and grave misstatements are those of the word lists in `data/checks/`; the rest
looks at numbering, marks, and numbers that a text states twice.
Source of the rules: data/RULES.md.
"""

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import NamedTuple

from generator.checks.case import Case, Figure, Passage, Report
from generator.checks.facts import Section, sentences
from generator.checks.finding import Fault, Outcome, Spot, Verdict
from generator.checks.outline import has_its_headings
from generator.checks.words import Hit
from generator.forms.numerals import count
from generator.forms.prose import ProseLine
from generator.forms.schema import REVIEW_KEY
from generator.forms.types import LongText
from generator.forms.values import State

# Words of the lists: H1, H2, H9.


def no_placeholders(case: Case) -> Iterator[Verdict]:
    """H1: nothing of a template is left: no XX, no 待填写, no label with nothing behind it."""
    yield from _words(case, "占位文字", _placeholder)
    for part in case.record.parts:
        if part.key != REVIEW_KEY:
            continue
        empty = [name for name, value in part.values.items() if value.state is State.EMPTY]
        if not empty:
            yield Outcome.HOLDS
            continue
        labels = " ".join(f"{name.rpartition('/')[2]}:" for name in empty)
        yield Fault(
            Spot(case.record.file, (part.key,), labels),
            f"“{labels}”后面是空的，页面上会照样印出来；请填上（姓名用星号遮盖），"
            f"或删去“{part.key}”这一部分",
        )


def no_slips(case: Case) -> Iterator[Verdict]:
    """H2: no text has a word that the list knows as a slip."""
    yield from _words(case, "错别字", _slip)


def no_grave_misstatements(case: Case) -> Iterator[Verdict]:
    """H9: no text has a misstatement of the list that must never be published."""
    yield from _words(case, "严重表述", _grave)


def _words(case: Case, kind: str, message: Callable[[Hit], str]) -> Iterator[Verdict]:
    """A fault for each hit of one kind."""
    hits = [(passage, hit) for passage, hit in case.hits if hit.kind == kind]
    for passage, hit in hits:
        yield Fault(passage.spot(case.record, hit.start, hit.end), message(hit))
    if not hits:
        yield Outcome.HOLDS if case.passages else Outcome.UNKNOWN


def _placeholder(hit: Hit) -> str:
    return f"“{_line(hit.written)}”是模板里没有填的文字，请填写，不涉及的请删去{_note(hit)}"


def _slip(hit: Hit) -> str:
    right = f"应为“{hit.right}”" if hit.right else "是错别字"
    return f"“{_line(hit.written)}”{right}，请改正；原件就是这样的，可在核对说明里说明{_note(hit)}"


def _grave(hit: Hit) -> str:
    right = f"，应为“{hit.right}”" if hit.right else ""
    return f"“{_line(hit.written)}”是严重表述错误{right}，必须改正后才能公开{_note(hit)}"


def _note(hit: Hit) -> str:
    return f"（{hit.note}）" if hit.note else ""


def _line(words: str) -> str:
    return words.replace("\n", "⏎")


# Item numbers: H3.

_ONES = "[一二三四五六七八九]"
_CHINESE = f"(?:{_ONES}?十{_ONES}?|{_ONES})"
_ITEM = re.compile(
    r"[ \t\u3000]*(?:"
    rf"(?P<chinese>{_CHINESE})[ ]?、(?!{_ONES}(?!公))"
    rf"|[(（][ ]?(?P<bracketed>{_CHINESE})[ ]?[)）]"
    r"|(?P<digits>[0-9]{1,2})[ ]?(?P<mark>[.．、])(?!(?!20[0-9]{2}[ ]?年)[0-9])"
    r"|[(（][ ]?(?P<in_brackets>[0-9]{1,2})[ ]?[)）])"
)
_ITEM_BEGINS = frozenset("一二三四五六七八九十(（0123456789")
_STYLES = {"chinese": "一、", "bracketed": "(一)", "digits": "1", "in_brackets": "(1)"}
_FEWEST_ITEMS = 2


class _Item(NamedTuple):
    """A line that begins with a number."""

    style: str
    """`一、`, `(一)`, `1.`, `1、`, `(1)`."""
    family: str
    """The style without the mark behind digits, which people mix."""
    number: int
    written: str
    line: int
    start: int
    end: int
    """Offsets of the number with its marks."""


@dataclass(slots=True)
class _Counter:
    """Where a list stands, while it is read."""

    last: _Item
    is_doubtful: bool = False
    """After a number that came twice, the next may be meant to be one further."""


def _item(line: str, number: int = 0, offset: int = 0) -> _Item | None:
    if line.lstrip(" \t\u3000")[:1] not in _ITEM_BEGINS:
        return None
    found = _ITEM.match(line)
    if not found or found.lastgroup is None:
        return None
    kind = "digits" if found["digits"] else found.lastgroup
    family = _STYLES[kind]
    style = family + found["mark"].replace("．", ".") if kind == "digits" else family
    written = found[0].lstrip()
    start = offset + found.end() - len(written)
    value = count(found[kind])
    return _Item(style, family, value, written, number, start, offset + found.end())


def numbers_run_on(case: Case) -> Iterator[Verdict]:
    """H3: the numbers of headings and items run on; none comes twice, none is left out."""
    outlines = {report.where: frozenset(report.outline) for report in case.reports}
    told = False
    for passage in case.passages:
        if "\n" not in passage.text or not isinstance(passage.blank.type, LongText):
            continue
        if any(isinstance(key, int) for key in passage.where):  # in rows
            continue
        told = True
        yield from _numbering(case, passage, outlines.get(passage.where, frozenset()))
    if not told:
        yield Outcome.UNKNOWN


def _numbering(case: Case, passage: Passage, outline: frozenset[str]) -> Iterator[Verdict]:
    text = passage.text
    items = list(_items(text, outline))
    if sum(each is not None for each in items) < _FEWEST_ITEMS:
        yield Outcome.NOT_APPLICABLE
        return
    faults = [
        Fault(
            passage.spot(case.record, item.start, item.end),
            message,
            (passage.spot(case.record, before.start, before.end),) if before else (),
        )
        for item, before, message in _out_of_order(text, items)
    ]
    yield from faults
    if not faults:
        yield Outcome.HOLDS


def _items(text: str, outline: frozenset[str]) -> Iterator[_Item | None]:
    """Lines with numbers; None for a heading of the outline that has lost its own."""
    offset = 0
    for number, line in enumerate(text.split("\n")):
        item = _item(line, number, offset)
        if item or line.strip(" \t\u3000") in outline:
            yield item
        offset += len(line) + 1


def _out_of_order(
    text: str, items: Sequence[_Item | None]
) -> Iterator[tuple[_Item, _Item | None, str]]:
    """Each item that does not follow, the one before it, and what to say of it."""
    open_lists: dict[str, _Counter] = {}  # from the outermost
    latest: dict[str, int] = {}
    is_lost = False  # after a heading without its number, until the next heading of its kind
    for item in items:
        if item is None:
            is_lost = True
            open_lists.clear()
            latest.clear()
            continue
        counter = open_lists.get(item.style)
        if counter:
            styles = list(open_lists)
            for style in styles[styles.index(item.style) + 1 :]:
                del open_lists[style]
            since = counter.last.end
        else:
            since = max((each.last.start for each in open_lists.values()), default=0)
        runs_on = latest.get(item.family) == item.number - 1
        is_unknown = is_lost and counter is None
        message = "" if runs_on or is_unknown else _gap(text, item, counter, since)
        if message:
            yield item, counter.last if counter else None, message
        if counter:
            counter.is_doubtful = bool(message) and item.number <= counter.last.number
            counter.last = item
        else:
            open_lists[item.style] = _Counter(item)
        latest[item.family] = item.number
        is_lost = is_lost and item.style != "一、"


def _gap(text: str, item: _Item, counter: _Counter | None, since: int) -> str:
    """What is wrong with an item's number after the list's last one; "" for nothing."""
    number, last = item.number, counter.last.number if counter else 0
    if counter and number == last and (number > 1 or item.line == counter.last.line + 1):
        if number == 1 or not _has_all(text, item, 1, since):
            return f"编号“{item.written}”接连出现两次，请核对编号，看是不是有内容重复"
        return ""
    if number in (1, last + 1) or (counter and counter.is_doubtful and number == last + 2):
        return ""
    if number < last:
        if _has_all(text, item, 1, since):
            return ""
        return (
            f"编号“{item.written}”排在“{counter.last.written if counter else ''}”后面，请核对编号"
        )
    if _has_all(text, item, last + 1, since):
        return ""
    missing = "、".join(f"“{_as_written(item, each)}”" for each in range(last + 1, number))
    return f"“{item.written}”前面没有{missing}，请核对编号，看是不是漏了内容"


def _has_all(text: str, item: _Item, first: int, since: int) -> bool:
    """Whether the numbers from `first` up to the item's stand inside the lines before it."""
    between = text[since : item.start]
    between += between.replace(" ", "")
    return all(
        any(token in between for token in _tokens(item, number))
        for number in range(first, item.number)
    )


def _tokens(item: _Item, number: int) -> tuple[str, ...]:
    name = _numeral(number) if item.family in ("一、", "(一)") else str(number)
    if item.family in ("(一)", "(1)"):
        return f"({name})", f"（{name}）", f"({name}）", f"（{name})"
    return tuple(name + mark for mark in "、.．,，：: \u3000")


def _as_written(item: _Item, number: int) -> str:
    name = _numeral(number) if item.family in ("一、", "(一)") else str(number)
    old = _numeral(item.number) if item.family in ("一、", "(一)") else str(item.number)
    return item.written.replace(old, name)


def _numeral(number: int) -> str:
    """1 to 99 as documents number their items: 十二, 二十三."""
    digits = "一二三四五六七八九"
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{digits[tens - 1]}十"
    return ten + (digits[ones - 1] if ones else "")


# Marks: H4.

_ENDS = frozenset("。！？；：;:.!?”）)…」』】》\"'，,、—-")
_DOUBLED = re.compile("[。，、；：,;]{2,}")
_SENTENCE = re.compile("[，,；;。]|[0-9][ ]?(?:万元|亿元|元|人|个|件|次|台|辆|户|平方米|%|％)")
_NO_PROSE = re.compile(
    r"[ \t\u3000]*(?:附件|附表|注|单位|联系\S{1,2}|备注)[ ]?[:：0-9(（]|\S*(?:\t| {3}|\|)"
)
_SHORTEST = 12
"""Characters; a shorter line may be a heading, a label or a signature."""
_WIDEST = 60
"""Characters of the longest line of a text whose lines are broken as on paper."""
_SHOWN = 30
"""Characters of a paragraph's end that are quoted."""


def marks_are_right(case: Case) -> Iterator[Verdict]:
    """H4: a report's paragraphs end with a mark, and no mark stands twice."""
    if not case.passages:
        yield Outcome.UNKNOWN
    elif not _DOUBLED.search(case.all_text):
        yield Outcome.HOLDS
    else:
        for passage in case.passages:
            for found in _DOUBLED.finditer(passage.text):
                yield Fault(
                    passage.spot(case.record, *found.span()),
                    f"标点“{found[0]}”重复，请只留一个",
                )
    for report in case.reports:
        yield from _open_paragraphs(case, report)


def _open_paragraphs(case: Case, report: Report) -> Iterator[Verdict]:
    lines = report.lines
    is_wrapped = max(len(line.heading + line.text) for line in lines) <= _WIDEST
    offset = 0
    is_right = True
    for number, line in enumerate(lines):
        whole = line.heading + line.text
        after = lines[number + 1] if number + 1 < len(lines) else None
        if _lacks_end(line, after if is_wrapped else None):
            is_right = False
            end = offset + len(whole.rstrip())
            start = max(offset, end - _SHOWN)
            words = report.text[start:end].lstrip()
            yield Fault(
                Spot(case.record.file, report.where, words, end - len(words)),
                f"“{words}”后面没有句号，请补上",
            )
        offset += len(whole) + 1
    if is_right:
        yield Outcome.HOLDS


def _lacks_end(line: ProseLine, after: ProseLine | None) -> bool:
    """Whether a line is a paragraph that stops without a mark.

    after: the next line where lines may be broken anywhere, so that this one may go on there.
    """
    text = line.text.strip()
    if len(text) < _SHORTEST or text[-1] in _ENDS or _NO_PROSE.match(line.text):
        return False
    if after and not after.heading and after.text.strip() and not _item(after.text):
        return False
    return "。" in text if _item(line.text) else bool(_SENTENCE.search(text))


# The same text in the table and in the report: H5.

_NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_NOT_WORDS = re.compile(r"[^\w]|[0-9_]")
_ALIKE = 0.8
_FEWEST_WORDS = 8
_UNITS = re.compile(r"[ ]?[^\W\d_]{0,3}|[ ]?[%％]")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with numbers."""

    words: str
    """Without digits and marks."""
    numbers: tuple[re.Match[str], ...]
    """Places in `text`."""
    start: int
    text: str

    @property
    def amounts(self) -> tuple[Decimal, ...]:
        return tuple(Decimal(each[0].replace(",", "")) for each in self.numbers)

    def shown(self, number: int) -> tuple[str, int]:
        """A number with what it counts, and its place in the whole text."""
        found = self.numbers[number]
        unit = _UNITS.match(self.text, found.end())
        return found[0] + (unit[0] if unit else ""), self.start + found.start()


def same_numbers_twice(case: Case) -> Iterator[Verdict]:
    """H5: what the table says of achievements has the same numbers where the report repeats it."""
    tables = [each for each in case.filled("主要绩效") if each.text]
    if not tables or not case.reports:
        yield Outcome.UNKNOWN
        return
    for figure in tables:
        for report in case.reports:
            yield from _drifted(case, figure, report)


def _drifted(case: Case, figure: Figure, report: Report) -> Iterator[Verdict]:
    text = figure.text
    changed: list[_Sentence] = []
    is_copied = False
    for start, _, words in sentences(text):
        item = _item(words)
        skip = item.end if item else 0
        if _NUMBER.search(words, skip):
            if words[skip:].strip() in report.text:
                is_copied = True
            else:
                changed += _sentence(words, start)
    pairs = list(_pairs(changed, report, text)) if changed else []
    is_copied = is_copied or any(one.amounts == other.amounts for one, other in pairs)
    faults = [
        fault
        for one, other in pairs
        if (fault := _difference(case, figure, report, one, other)) is not None
    ]
    yield from faults
    if not faults:
        yield Outcome.HOLDS if is_copied else Outcome.UNKNOWN


def _sentence(words: str, start: int) -> list[_Sentence]:
    """The sentence, if it says enough to be known again."""
    item = _item(words)
    skip = item.end if item else 0
    body = words[skip:]
    plain = _NOT_WORDS.sub("", body)
    numbers = tuple(_NUMBER.finditer(body))
    if len(plain) < _FEWEST_WORDS or not numbers:
        return []
    return [_Sentence(plain, numbers, start + skip, body)]


def _pairs(
    changed: Sequence[_Sentence], report: Report, table: str
) -> Iterator[tuple[_Sentence, _Sentence]]:
    """Each sentence of the table with the one of the report that it was, where it is clear.

    Found by three characters in common, so that the work grows with the texts, not their product.
    """
    others: list[_Sentence] = []
    for start, _, words in sentences(report.text):
        if _NUMBER.search(words) and words.strip() not in table:
            for sentence in _sentence(words, start):
                if sentence.text.strip() not in table:
                    others.append(sentence)
    by_three: dict[str, list[int]] = {}
    for number, other in enumerate(others):
        for three in _threes(other.words):
            by_three.setdefault(three, []).append(number)
    taken: set[int] = set()
    for sentence in changed:
        shared: Counter[int] = Counter()
        for three in _threes(sentence.words):
            shared.update(by_three.get(three, ()))
        best = shared.most_common(2)
        if not best or (len(best) > 1 and best[0][1] == best[1][1]):
            continue
        number = best[0][0]
        other = others[number]
        if number in taken or len(sentence.numbers) != len(other.numbers):
            continue
        if sentence.words == other.words or _likeness(sentence.words, other.words) >= _ALIKE:
            taken.add(number)
            yield sentence, other


def _threes(words: str) -> set[str]:
    return {words[place : place + 3] for place in range(len(words) - 2)}


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE else 0.0


def _difference(
    case: Case, figure: Figure, report: Report, one: _Sentence, other: _Sentence
) -> Fault | None:
    """The first number that differs, if both count the same."""
    for number, (mine, yours) in enumerate(zip(one.amounts, other.amounts, strict=True)):
        if mine == yours:
            continue
        (here, at), (there, other_at) = one.shown(number), other.shown(number)
        if here.lstrip("0123456789.,") != there.lstrip("0123456789.,"):
            return None
        return Fault(
            Spot(case.record.file, figure.spot.where, here, at),
            f"{figure.part.key}写“{here}”，{report.part.key}正文同一句话写“{there}”，"
            "请核对哪一个对，把两处改成一样",
            (Spot(case.record.file, report.where, there, other_at),),
        )
    return None


# Parts and shares: H6, H7.

_WHOLE = "[0-9]+(?:,[0-9]{3})*"
_TOTAL = re.compile(f"共[^0-9，,。；;\n]{{0,12}}{_WHOLE}[件起个项宗条例次]")
"""What both of the next begin with."""
_PARTS = re.compile(
    rf"共[^0-9，,。；;\n]{{0,12}}(?P<all>{_WHOLE})(?P<unit>[件起个项宗条例])[^0-9。；;\n]{{0,8}}"
    rf"(?:办结|完成|解决|处理)[^0-9，,。；;\n]{{0,3}}(?P<done>{_WHOLE})(?P=unit)"
    r"[^0-9。；;\n]{0,24}?(?:"
    rf"(?P<open>{_WHOLE})(?P=unit)(?:还)?(?:正在|在办|仍在|尚在|未办|未完成|未解决|办理中)"
    rf"|(?:正在办理|在办|正在处理|未办结|尚未办结|未完成|未解决)[^0-9，,。；;\n]{{0,2}}"
    rf"(?P<later>{_WHOLE})(?P=unit))"
)
_LISTED = re.compile(
    rf"共[^0-9，,。；;\n]{{0,12}}(?P<all>{_WHOLE})(?P<unit>[件起个项宗条例次])[，,（(]其中[:：]?"
    rf"(?P<list>(?:[^0-9。；;，,、\n]{{1,10}}{_WHOLE}(?P=unit)[、，,和]?){{2,6}})"
)
_SHARE = re.compile(
    r"[率例比度][^0-9，,。；;、\n]{0,6}(?<![0-9.])(?P<number>[0-9]+(?:\.[0-9]+)?)[ ]?[%％]"
)
_SHARES = (
    "覆盖率",
    "比例",
    "占比",
    "合格率",
    "满意度",
    "满意率",
    "准确率",
    "及格率",
    "优良率",
    "通过率",
    "参保率",
    "入学率",
    "普及率",
)
_MAY_EXCEED = re.compile(
    "增|降|升|涨|超|倍|预算|计划|任务|目标|上年|去年|同期|产出|投入|拨备|资产负债"
)
_BEFORE_SHARE = 24
"""Characters before a share that tell what it is a share of."""
_HUNDRED = Decimal(100)


def parts_add_up(case: Case) -> Iterator[Verdict]:
    """H6: of a number of cases, those that are done and those still open add up to it."""
    is_silent = True
    for passage in case.passages if _TOTAL.search(case.all_text) else ():
        for total in _TOTAL.finditer(passage.text):
            if found := _PARTS.match(passage.text, total.start()):
                is_silent = False
                yield _parts(case, passage, found)
            if found := _LISTED.match(passage.text, total.start()):
                is_silent = False
                yield _kinds(case, passage, found)
    if is_silent:
        yield Outcome.NOT_APPLICABLE


def _parts(case: Case, passage: Passage, found: re.Match[str]) -> Verdict:
    total, done, still = (
        int(each.replace(",", ""))
        for each in (found["all"], found["done"], found["open"] or found["later"])
    )
    if done + still == total:
        return Outcome.HOLDS
    unit = found["unit"]
    rest = re.split("[。；;\n]", passage.text[found.end() : found.end() + 60])[0]
    if re.search(rf"[0-9]{unit}", rest):  # there are more parts than these
        return Outcome.UNKNOWN
    return Fault(
        passage.spot(case.record, found.start(), found.end()),
        f"一共 {total} {unit}，办完的 {done} {unit}和没办完的 {still} {unit}相加是 {done + still} "
        f"{unit}；请核对",
    )


def _kinds(case: Case, passage: Passage, found: re.Match[str]) -> Verdict:
    """其中电话受理60件、网络受理12件: fewer than all may be listed, but never more."""
    total = int(found["all"].replace(",", ""))
    listed = found["list"].rstrip("、，,和")
    numbers = [int(each[0].replace(",", "")) for each in re.finditer(_WHOLE, listed)]
    if sum(numbers) == total:
        return Outcome.HOLDS
    if sum(numbers) < total:
        return Outcome.UNKNOWN
    start = found.start("list")
    return Fault(
        passage.spot(case.record, start, start + len(listed)),
        f"一共 {total}{found['unit']}，其中“{listed}”相加是 {sum(numbers)}，请核对",
    )


def shares_within_hundred(case: Case) -> Iterator[Verdict]:
    """H7: shares such as 覆盖率, 合格率, 满意度, 占比 are not over 100 %."""
    is_silent = True
    for passage in case.passages if _SHARE.search(case.all_text) else ():
        text = passage.text
        if "%" not in text and "％" not in text:
            continue
        for found in _SHARE.finditer(text):
            end = found.start() + 1
            name = next((each for each in _SHARES if text.endswith(each, 0, end)), "")
            if not name:
                continue
            is_silent = False
            if Decimal(found["number"]) <= _HUNDRED:
                yield Outcome.HOLDS
                continue
            start = max(0, end - _BEFORE_SHARE)
            clause = re.split("[。；;，,\n]", text[start : found.start("number")])[-1]
            if _MAY_EXCEED.search(clause):
                yield Outcome.UNKNOWN
                continue
            yield Fault(
                passage.spot(case.record, found.start("number"), found.end()),
                f"{name}写 {found['number']}%，不会超过 100%；请核对",
            )
    if is_silent:
        yield Outcome.NOT_APPLICABLE


# Problems and measures: H8.

_PROBLEMS = ("存在的问题", "存在问题", "主要问题", "问题和不足", "存在的不足", "问题及原因")
_MEASURES = ("改进措施", "整改措施", "下一步措施", "改进建议", "有关建议", "工作建议", "改进的措施")
_NONE = re.compile(r"[ \t\u3000]*(?:暂?无|没有|不存在|未发现)[^，,。；;\n]{0,12}[。.]?\s*")
_FAULTY = re.compile(
    "不足|不够|不多|不大|不顺|不畅|不清|不明|不高|不强|不细|不全|不实|不严|不准|不及时|不到位|不完善|不健全|不规范|不合理|不科学|不平衡"
    "|有待|缺乏|缺少|缺口|欠缺|滞后|薄弱|偏低|偏慢|偏高|偏少|偏多|较少|较慢|较低|较弱|较大|过低|过重|过高|单一|老化|矛盾|困难|严重|紧张|存在|问题|难以|未能|未按"
)
_REMEDY = re.compile(
    "(?:要|应|将|继续|进一步|切实|不断|积极|合理|希望|建议|加强|加大|加快|完善|细化|强化|规范|建立|健全|提高|提升|严格|抓好"
    "|做好|落实|优化|推进|推动|科学|增强|深化|把好|控制|压缩|严控)"
)
_ATTACHED = re.compile(r"[ \t\u3000]*附件[ ]?[:：0-9]")
_INLINE = re.compile(f"({_CHINESE})是")


def problems_have_measures(case: Case) -> Iterator[Verdict]:
    """H8: each problem has a measure, and the table names the same problems as the report."""
    told = False
    for report in case.reports:
        problems = _section(report, _PROBLEMS, ("措施", "建议"))
        if problems is None or not report.text[problems.body : problems.end].strip("。：: \n"):
            continue
        told = True
        yield _measures(case, report, problems)
        for figure in case.filled("问题建议"):
            yield _as_in_report(case, figure, report, problems)
    if not told:
        yield Outcome.UNKNOWN


def _section(report: Report, words: Sequence[str], but: Sequence[str]) -> Section | None:
    """The first section with one of the words in its heading, and none of the others."""
    for section in report.sections:
        named = any(each in section.words for each in words)
        if named and not any(each in section.words for each in but):
            return section
    return None


def _measures(case: Case, report: Report, problems: Section) -> Verdict:
    measures = _section(report, _MEASURES, ("问题", "不足"))
    if measures is None:
        return Outcome.UNKNOWN
    body = report.text[problems.body : problems.end]
    if _NONE.fullmatch(body.strip()):
        return Outcome.NOT_APPLICABLE
    named = _listed(body)
    answers = _most(report.text[measures.body : measures.end])
    if not named or not answers:
        return Outcome.UNKNOWN
    if len(named) <= answers:
        return Outcome.HOLDS
    return Fault(
        _heading(case, report, problems),
        f"“{problems.words}”写了 {len(named)} 条，“{measures.words}”只写了 {answers} 条；"
        "请为每个问题写明措施，一条措施管几个问题的，可在核对说明里说明",
        (_heading(case, report, measures),),
    )


def _as_in_report(case: Case, figure: Figure, report: Report, problems: Section) -> Verdict:
    body = report.text[problems.body : problems.end].strip()
    heading = _heading(case, report, problems)
    named = _listed(body)
    in_report = "没有问题" if _NONE.fullmatch(body) else f"写了 {len(named)} 个问题"
    if _NONE.fullmatch(figure.text.strip()):
        if _NONE.fullmatch(body):
            return Outcome.HOLDS
        said = "没有问题"
        in_report = in_report if named else "写了问题"
    else:
        listed = _listed(_about_problems(figure.text))
        faulty = [each for each in listed if _FAULTY.search(each)]
        remedies = [each for each in listed if each not in faulty and _REMEDY.match(each)]
        if not listed or len(faulty) + len(remedies) < len(listed):
            return Outcome.UNKNOWN
        if not named and not _NONE.fullmatch(body):
            return Outcome.UNKNOWN
        if len(faulty) == len(named):
            return Outcome.HOLDS
        said = (
            f"写了 {len(faulty)} 个问题" if faulty else f"只写了 {len(remedies)} 条措施，没有写问题"
        )
    first = figure.text.split("\n", 1)[0]
    return Fault(
        Spot(case.record.file, figure.spot.where, first, 0),
        f"{figure.part.key}的“{figure.spot.label.rpartition('/')[2]}”{said}，"
        f"{report.part.key}正文{in_report}；两处应一致，请对照改正",
        (heading,),
    )


_NUMBERED = rf"[ \t\u3000]*(?:{_CHINESE}、|[(（]{_CHINESE}[)）])?[ ]?"
_OF_PROBLEMS = re.compile(rf"(?m)^{_NUMBERED}(?:存在的?|主要)?(?:问题|不足)(?:和不足)?[:：]?[ ]*$")
_OF_MEASURES = re.compile(
    rf"(?m)^{_NUMBERED}(?:改进|整改|有关|工作)?(?:建议|措施)(?:和?建议)?[:：]?[ ]*$"
)


def _about_problems(text: str) -> str:
    """What stands under 存在问题: where a box has that and 建议: below each other; else all."""
    head, tail = _OF_PROBLEMS.search(text), _OF_MEASURES.search(text)
    if head and tail and head.end() < tail.start():
        return text[head.end() : tail.start()]
    return text


_NUMBERED_IN_LINE = re.compile(
    r"(?:^|(?<=[。；;\n]))[ \t\u3000]*(?:[一二三四五六七八九]、|[1-9][.、](?![0-9]))"
)


def _listed(body: str) -> list[str]:
    """The items of the outermost list of a text, without their numbers; or those of 一是, 二是."""
    items = [(item, line) for line in _own_lines(body) if (item := _item(line))]
    in_line = _NUMBERED_IN_LINE.split(body)[1:]
    if len(items) < len(in_line) and len(in_line) > 1:
        return [each.strip() for each in in_line]
    if items:
        style = items[0][0].family
        return [line[item.end :].strip() for item, line in items if item.family == style]
    pieces = _INLINE.split(body)[1:]
    numbers = [count(each) for each in pieces[::2]]
    return pieces[1::2] if numbers and numbers == list(range(1, len(numbers) + 1)) else []


def _most(body: str) -> int:
    """As many measures as a text may be said to name: numbers of all levels."""
    return sum((_item(line) is not None) + len(_INLINE.findall(line)) for line in _own_lines(body))


def _own_lines(body: str) -> Iterator[str]:
    """The lines before the list of attachments that may close a report."""
    return itertools.takewhile(lambda line: not _ATTACHED.match(line), body.split("\n"))


def _heading(case: Case, report: Report, section: Section) -> Spot:
    words = report.text[section.start : section.body].strip()
    return Spot(case.record.file, report.where, words, section.start)


RULES: Mapping[str, Callable[[Case], Iterator[Verdict]]] = {
    "H1": no_placeholders,
    "H2": no_slips,
    "H3": numbers_run_on,
    "H4": marks_are_right,
    "H5": same_numbers_twice,
    "H6": parts_add_up,
    "H7": shares_within_hundred,
    "H8": problems_have_measures,
    "H9": no_grave_misstatements,
    "L1": has_its_headings,
}
"""id -> the function that asks it."""
