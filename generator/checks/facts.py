"""Facts that a report states in prose: "公务接待费1.36万元" is 公务接待费, 1.36.

How people say them stands in `data/checks/说法.yaml`, as phrases with a blank for the number. A
number with its unit is found first; then the words before it are compared with the phrases'
ends, from the longest. Precision comes before recall: what can be read in two ways is no fact.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, cast

from generator.errors import DataError, Problem
from generator.forms.phrase import parse_phrase
from generator.forms.prose import ProseLine
from generator.forms.types import Mistake
from generator.records.figures import TO_WAN
from generator.yaml import Node, Where, YamlFile

FILE = "说法.yaml"

_FOLDED = {
    **{chr(0xFF01 + number): chr(0x21 + number) for number in range(94)},
    "\u3000": " ",
    "\u00a0": " ",
    "〔": "(",
    "〕": ")",
}
"""One character for one character, so that offsets stay."""
_ANY_FOLDED = re.compile(f"[{''.join(map(re.escape, _FOLDED))}]")
_IGNORED = re.compile("[ \t\"'“”‘’「」『』《》]+")
# Both begin with the character that is sought and look back from it: where an expression begins by
# looking back, it is tried in full at every character of the text.
_NUMBER = re.compile(
    r"(?P<number>[0-9](?<![0-9.\-~].)(?<![0-9],.)"
    r"(?:[0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]*(?:\.[0-9]+)?))[ \t]*"
    r"(?P<unit>亿元|万元|元|人次|批次|平方米|㎡|人|名|个|批|次|台|辆|分(?![之钟类别]))"
)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_GRADE = re.compile(
    '(?P<grade>[优良中差])(?<=[为是:级次果论定评价"“].)(?=[秀好]?(?![\u4e00-\u9fff]))'
)
_STOPS = "。;!?\n"
_SENTENCE = re.compile("[^。；;！？!?\n]*(?:[。；;！？!?]+|\n|$)")
_MAX_BEFORE = 48
"""Characters before a number in which its phrase is looked for."""
_MAX_SENTENCE = 240
"""Characters before a number in which its sentence names a year."""
_MAX_YEAR_WORDS = 6
"""Characters of a phrase that may belong to the year before it, such as 年度."""
_MAX_LOOK = 6
"""Characters before a number among which are the last two of a phrase, spaces and quotes aside."""
_MAX_GAP = 12
_GAP = rf"[^0-9。;\n增减升降比较超预上去]{{0,{_MAX_GAP}}}"
"""{略}: nothing that turns the amount into a change, a budget or last year's."""
_YEAR = re.compile(
    r"(?P<year>20[0-9]{2})年"
    r"(?=[度末底我本全,三公因基项部整总收支决实财单县局]|[^0-9成起建]{0,14}$)"
    r"|(?P<last>上一?年|去年)(?!结转|结余|相比)"
)
_OF_NO_YEAR = frozenset("比较与和同自从")
"""Before a year that is only compared with."""
_BUDGET = re.compile("(?<!公共)(?<!基金)(?<!部门)预算(?=数|安排|批复|为|总|[^执绩单收管编]{0,6}$)")
_AMOUNT = r"[0-9][0-9,.]*[ ]?(?:亿元|万元|元)"
_PLANNED = rf"(?:预算数?|控制数)(?:安排|总额|数|为|是|:)*{_AMOUNT}"
_BETWEEN = re.compile(
    r"[:,.]?(?P<of_year>20[0-9]{2})年度?(?:为|是|共|决算|实际|支出|开支|数)*$"
    rf"|[:,.]?(?:20[0-9]{{2}}年度?)?为?(?:年初|全年|年度|支出|部门)*{_PLANNED}"
    rf"(?:\([^()]{{0,60}}\))?,(?:调整(?:后|后?预算数?)?为?{_AMOUNT},)?"
    r"(?:全年|本年)?(?:实际|决算|执行|支出|开支|数|为|完成)+$"
)
"""Words between an indicator and its account: 预算8万元，实际支出…; ：2022年度为…."""
_PARTS_OF_BUDGET = re.compile(rf"{_PLANNED}$")
_COMPARAND = re.compile(
    r"[比较与和同](?:(?P<last>上一?年|去年)|(?P<year>20[0-9]{2})年)度?"
    r"(?!结转|结余)(?!相比|比较)[^,(:增减降升持]{0,12}$"
)
"""比上年决算数6.10万元: the number is that of the other year."""
_OWN_WORDS = re.compile(
    r"20[0-9]{2}年(?:度|初|末)?|结转|结余|亿元|万元|元|三公经费|基本支出|项目支出|(?:部门)?整体支出"
    r"|收入|支出|经费|年初|年中|全年|年末|年度|调整后?|预算数?|批复数?|安排|追加|下达|本年度?|当年|我"
    r"|本|单位|部门|财政拨款|一般公共预算|决算数?|实际|完成|执行|为|是|的|共|总额|总|额|合计|情况|其中"
    r"|与|和|及|局|委|办|院|校|所|站|队|镇|乡|中心|县|经|核定|审核|[0-9]"
)
"""What a sentence may say before an amount that is its section's own, not of an item in it."""
_MAX_BUDGET = 110
"""Characters before a number in which its budget may stand."""
_NUMBER_BLANK, _GRADE_BLANK, _GAP_BLANK = "数", "等级", "略"


class Fact(NamedTuple):  # as `Spot` is
    """What a report states of an indicator, and exactly where."""

    indicator: str
    """指标; of last year's figure with 上年 before it."""
    number: Decimal | None
    """万元 for amounts, else the count; None for a grade."""
    written: str
    """The number with its unit, or the grade, as written: `0 万元`."""
    unit: str
    year: int | None
    """The year that the sentence names; None when it names none."""
    start: int
    end: int
    """Offsets of `written` in the text."""
    section: str
    """The words of the innermost heading above; "" before the first."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, smaller headings included."""

    level: int
    """1, 2, 3 for 一、, (一), 1."""
    words: str
    """The heading without its number."""
    start: int
    """Where the heading's line begins."""
    body: int
    """Where the text after the heading begins."""
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of stating an indicator; `before` is what stands before the number."""

    indicator: str
    before: str
    """Folded; with a gap it is a regular expression, and `pattern` is to be asked."""
    after: str
    headings: tuple[str, ...]
    """The fact counts only under a heading with one of these words; () for anywhere."""
    pattern: re.Pattern[str] | None = None
    """What stands before the number, where that has a gap."""

    @property
    def end(self) -> str:
        """The last two characters before the number."""
        return self.before[-2:]


@dataclass(frozen=True, slots=True)
class Phrases:
    """The ways of stating facts, ready for looking up."""

    by_end: Mapping[str, Mapping[str, tuple[Phrase, ...]]]
    """The last two characters before the number -> its unit, or 等级 -> phrases."""
    barred: Mapping[str, tuple[str, ...]]
    """Indicator -> words of the clause with which it is another figure."""
    fillers: Mapping[str, tuple[str, ...]]
    """Last character -> words that may stand between a phrase and its number, longest first."""
    openers: tuple[str, ...]
    """Words that may stand right before a phrase."""

    def spoken_by(self, names: Iterable[str]) -> "Phrases":
        """The same, where these names may stand before a phrase: 某某中学编制人数25人."""
        return replace(self, openers=(*self.openers, *(_plain(name) for name in names if name)))


NO_PHRASES = Phrases({}, {}, {}, ())
"""Of a project without the file: no facts are found."""


def sentences(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and words of each sentence or line that is not empty."""
    for found in _SENTENCE.finditer(text):
        if found[0].strip():
            yield found.start(), found.end(), found[0]


def sections(lines: Iterable[ProseLine]) -> list[Section]:
    """The headings among a text's lines, each with what stands under it, in order."""
    heads = []
    offset = 0
    for line in lines:
        if line.level:
            heads.append((line.level, line.words, offset, offset + len(line.heading)))
        offset += len(line.heading) + len(line.text) + 1
    found = []
    for number, (level, words, start, body) in enumerate(heads):
        later = (other[2] for other in heads[number + 1 :] if other[0] <= level)
        found.append(Section(level, words, start, body, next(later, offset - 1)))
    return found


def find_facts(text: str, parts: Sequence[Section], phrases: Phrases) -> list[Fact]:
    """Every fact that the text states in one of the phrases, in order.

    parts: the text's sections; what a phrase means may depend on the heading above it.
    """
    if not phrases.by_end:
        return []
    folded = _fold(text)
    found = []
    current = 0
    above: tuple[str, ...] = ()
    for candidate in _candidates(folded):
        before = current
        while current < len(parts) and parts[current].body <= candidate.start():
            current += 1
        if current != before:
            above = _above(parts, current)
        fact = _fact(text, folded, candidate, above, phrases)
        if fact is not None:
            found.append(fact)
    return found


def _fold(text: str) -> str:
    # for Chinese texts several times faster than str.translate
    for character in set(_ANY_FOLDED.findall(text)):
        text = text.replace(character, _FOLDED[character])
    return text


def _bare(words: str) -> str:
    """Folded words without what may stand between them."""
    return _IGNORED.sub("", words).replace("、", ",")


def _candidates(folded: str) -> Iterator[re.Match[str]]:
    numbers = list(_NUMBER.finditer(folded))
    grades = list(_GRADE.finditer(folded))
    return iter(sorted((*numbers, *grades), key=lambda match: match.start()))


def _above(parts: Sequence[Section], current: int) -> tuple[str, ...]:
    """The words of the headings above, from the innermost outwards."""
    words: list[str] = []
    level = 9
    for part in reversed(parts[:current]):
        if part.level < level:
            words.append(part.words)
            level = part.level
        if level == 1:
            break
    return tuple(words)


def _fact(
    text: str, folded: str, match: re.Match[str], above: tuple[str, ...], phrases: Phrases
) -> Fact | None:
    start, end = match.span()
    words = _bare(folded[max(0, start - _MAX_LOOK) : start])
    if words[-2:] not in phrases.by_end and words[-1:] not in phrases.fillers:
        return None
    unit = match["unit"] if match.re is _NUMBER else ""
    earliest = max(0, start - _MAX_SENTENCE)
    since = max(earliest, *[folded.rfind(stop, earliest, start) + 1 for stop in _STOPS])
    sentence = context = _bare(folded[since:start])
    if start - _MAX_BEFORE > since:
        context = _bare(folded[start - _MAX_BEFORE : start])
    opened = folded.rfind("(", since, start)
    if opened >= 0 and folded.find(")", opened, start) < 0:
        before = _bare(folded[max(since, opened - _MAX_BEFORE) : opened])
        if _PARTS_OF_BUDGET.search(before):
            return None  # what a budget consists of
    chosen = _choose(context, folded[end : end + 12], unit, above, phrases)
    between = None
    if chosen is None and unit in TO_WAN:
        between = _BETWEEN.search(sentence[-_MAX_BUDGET:])
        if between:
            sentence = sentence[: len(sentence) - len(between[0])]
            context = sentence[-_MAX_BEFORE:]
            chosen = _choose(context, folded[end : end + 12], unit, above, phrases)
    if chosen is None:
        return None
    phrase, left = chosen
    ahead = sentence[: len(sentence) - (len(context) - left)]
    clause = ahead[max([ahead.rfind(stop) for stop in ",(:"]) + 1 :]
    if phrase.headings and _is_of_an_item(ahead, phrases):
        return None
    said = clause + context[left:]
    if any(word in said for word in phrases.barred.get(phrase.indicator, ())):
        return None
    indicator = phrase.indicator
    if unit in TO_WAN and "预算" not in context[left:] and _BUDGET.search(clause):
        if indicator != "三公经费":
            return None
        indicator = "三公预算数"
    is_last, year = _year(ahead + context[left : left + _MAX_YEAR_WORDS])
    if between and between["of_year"]:
        year = int(between["of_year"])
    if compared := _COMPARAND.search(sentence):
        is_last = bool(compared["last"])
        year = int(compared["year"]) if compared["year"] else year
    number = None
    if unit:
        number = Decimal(match["number"].replace(",", "")) * TO_WAN.get(unit, Decimal(1))
    return Fact(
        f"上年{indicator}" if is_last else indicator,
        number,
        text[start:end],
        unit,
        year,
        start,
        end,
        above[0] if above else "",
    )


def _is_of_an_item(ahead: str, phrases: Phrases) -> bool:
    """Whether a sentence names something in its section: 1.工资福利支出年初预算280万元，决算…"""
    for name in phrases.openers:
        if len(name) > 2:
            ahead = ahead.replace(name, "")
    return _CHINESE.search(_OWN_WORDS.sub("", ahead)) is not None


def _year(ahead: str) -> tuple[bool, int | None]:
    """Whether the words before a fact speak of last year, and the year that they name."""
    is_last, year = False, None
    for found in _YEAR.finditer(ahead):
        if ahead[found.start() - 1 : found.start()] in _OF_NO_YEAR:
            continue
        is_last = bool(found["last"])
        year = int(found["year"]) if found["year"] else None
    return is_last, year


def _choose(
    context: str, after: str, unit: str, above: tuple[str, ...], phrases: Phrases
) -> tuple[Phrase, int] | None:
    """The phrase that reaches furthest to the left, with the place where it begins."""
    best: tuple[int, int, Phrase] | None = None
    kind = unit or _GRADE_BLANK
    after = after.lstrip()
    for end in _ends(context, phrases.fillers):
        by_unit = phrases.by_end.get(context[max(0, end - 2) : end])
        for phrase in by_unit.get(kind, ()) if by_unit else ():
            if phrase.pattern is None:
                if not context.endswith(phrase.before, 0, end):
                    continue
                left = end - len(phrase.before)
            elif gap := phrase.pattern.search(context, 0, end):
                left = gap.start()
            else:
                continue
            if not after.startswith(phrase.after):
                continue
            if phrase.headings and not any(
                word in heading for heading in above[:1] for word in phrase.headings
            ):
                continue
            if not _may_open(context[:left], phrases.openers):
                continue
            rank = (left, 0 if phrase.headings else 1, phrase)
            if best is None or rank[:2] < best[:2]:
                best = rank
    return (best[2], best[0]) if best else None


def _ends(context: str, fillers: Mapping[str, tuple[str, ...]]) -> list[int]:
    """Where a phrase may end: at the number, or before words that mean nothing."""
    ends = [len(context)]
    for end in ends:
        for filler in fillers.get(context[end - 1 : end], ()):
            cut = end - len(filler)
            if cut > 0 and cut not in ends and context.endswith(filler, 0, end):
                ends.append(cut)
    return ends


def _may_open(before: str, openers: tuple[str, ...]) -> bool:
    return not before or not _CHINESE.match(before[-1]) or before.endswith(openers)


def read_phrases(folder: Path) -> Phrases:
    """The phrases of `folder` (data/checks). Raises DataError with all that is wrong in them."""
    path = folder / FILE
    if not path.exists():
        return NO_PHRASES
    file = YamlFile.read(path)
    reader = _Reader(file)
    phrases = reader.read()
    if reader.problems:
        raise DataError(reader.problems)
    return phrases


class _Reader:
    """Reads the file strictly: an unknown key or blank would silently find nothing."""

    def __init__(self, file: YamlFile) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def read(self) -> Phrases:
        root = self._mapping((), self.file.root, ("虚词", "前词", "指标"))
        fillers = self._words(("虚词",), root.get("虚词"))
        openers = self._words(("前词",), root.get("前词"))
        entries = root.get("指标")
        if not isinstance(entries, dict):
            self._tell((), "缺少“指标”，请写：指标: {公务接待费: {单位: [万元], 说法: […]}}")
            entries = {}
        by_end: dict[str, dict[str, list[Phrase]]] = {}
        barred: dict[str, tuple[str, ...]] = {}
        for indicator, node in entries.items():
            where: Where = ("指标", indicator)
            entry = self._mapping(where, node, ("单位", "说法", "除外"))
            units = self._words((*where, "单位"), entry.get("单位"))
            barred[indicator] = self._words((*where, "除外"), entry.get("除外"))
            sayings = entry.get("说法")
            if not isinstance(sayings, list) or not sayings:
                self._tell(where, f"“{indicator}”缺少“说法”，请至少写一种")
                continue
            own: list[Phrase] = []
            for number, saying in enumerate(sayings):
                phrase, blank = self._phrase(indicator, (*where, "说法", number), saying)
                if phrase is None:
                    continue
                if blank == _GRADE_BLANK:
                    units = (*units, _GRADE_BLANK)
                elif not units:
                    self._tell(where, f"“{indicator}”缺少“单位”，例如：单位: [万元, 元]")
                own.append(phrase)
            for phrase in own:
                by_unit = by_end.setdefault(phrase.end, {})
                for unit in dict.fromkeys(units):
                    by_unit.setdefault(unit, []).append(phrase)
        return Phrases(
            {
                end: {unit: tuple(each) for unit, each in by_unit.items()}
                for end, by_unit in by_end.items()
            },
            barred,
            _by_last(sorted((_plain(word) for word in fillers), key=len, reverse=True)),
            tuple(_plain(word) for word in openers),
        )

    def _phrase(
        self, indicator: str, where: Where, node: Node
    ) -> tuple[Phrase, str] | tuple[None, str]:
        headings: tuple[str, ...] = ()
        if isinstance(node, dict):
            entry = self._mapping(where, node, ("说法", "章节"))
            headings = self._words((*where, "章节"), entry.get("章节"))
            node, where = entry.get("说法", ""), (*where, "说法")
        if not isinstance(node, str):
            self._tell(where, "说法应是一句话，例如：公务接待费{数}")
            return None, ""
        try:
            pieces = parse_phrase(node).pieces
        except Mistake as mistake:
            self._tell(where, str(mistake), mistake.offset)
            return None, ""
        before, after, blank = "", "", ""
        for piece in pieces:
            words = piece if isinstance(piece, str) else ""
            name = "" if isinstance(piece, str) else piece.name
            if name and name not in (_NUMBER_BLANK, _GRADE_BLANK, _GAP_BLANK):
                self._tell(where, f"不认识填空“{{{name}}}”，只有 {{数}}、{{等级}} 和 {{略}}")
                return None, ""
            if name in (_NUMBER_BLANK, _GRADE_BLANK):
                if blank:
                    self._tell(where, "一种说法里只能有一个 {数} 或 {等级}")
                    return None, ""
                blank = name
            elif blank:
                after += _plain(words)
            elif name:
                before += _GAP
            else:
                before += re.escape(_plain(words)) if "{略}" in node else _plain(words)
        if not blank or len(before) < 2 or before.endswith(_GAP):
            self._tell(where, "说法里要有 {数} 或 {等级}，它的前面至少要有两个字")
            return None, ""
        pattern = re.compile(rf"{before}\Z") if "{略}" in node else None
        return Phrase(indicator, before, after, headings, pattern), blank

    def _mapping(self, where: Where, node: Node, keys: tuple[str, ...]) -> dict[str, Node]:
        if not isinstance(node, dict):
            self._tell(where, f"应写成“键: 值”，可用的键有：{'、'.join(keys)}")
            return {}
        self.problems += self.file.unknown_keys(where, node, keys)
        return node

    def _words(self, where: Where, node: "Node | None") -> tuple[str, ...]:
        if node is None or node == "":
            return ()
        if not isinstance(node, list) or not all(isinstance(word, str) and word for word in node):
            self._tell(where, "应是一列词，例如：[为, 是, 共]")
            return ()
        return tuple(cast(list[str], node))

    def _tell(self, where: Where, message: str, offset: int | None = None) -> None:
        self.problems.append(self.file.problem(where, message, offset))


def _by_last(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[-1], []).append(word)
    return {last: tuple(each) for last, each in found.items()}


def _plain(words: str) -> str:
    return _bare(_fold(words))
