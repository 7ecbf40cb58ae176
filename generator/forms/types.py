"""The types of blanks: each reads the text of a record, prints it, and describes it as JSON Schema.

A type is asked only about filled blanks: empty and 不适用 mean the same in every type and are
settled before (`Blank.read`). `parse` returns what the text means or raises Mistake; `show` gives
the text that stands in the drawing.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, ClassVar, Protocol

from generator.forms.numerals import count
from generator.forms.ticks import read_ticks
from generator.forms.values import (
    EMPTY,
    NOT_APPLICABLE,
    NOT_APPLICABLE_WORD,
    Meaning,
    State,
    Value,
)

Schema = dict[str, Any]
TICKED, UNTICKED = "☑", "□"


class Mistake(Exception):  # noqa: N818 - a person's mistake, not a failure of the program
    """A text that its blank cannot hold: what is wrong and what to do, in Chinese."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        """The character of the text where it goes wrong, from 0."""


class BlankType(Protocol):
    """What every type of blank can do."""

    word: ClassVar[str]
    """The type's name in form files."""

    def parse(self, written: str) -> Meaning:
        """What a filled blank's text means. Raises Mistake."""

    def show(self, value: Value) -> str:
        """The text that is printed where the blank is drawn."""

    def schema(self) -> Schema:
        """JSON Schema of a filled blank."""


def _shown_as_written(value: Value) -> str:
    return value.written


def _quoted(written: str) -> str:
    """A text as messages repeat it: one line, and short."""
    text = written.replace("\n", "⏎")
    return f"“{text}”" if len(text) <= 30 else f"“{text[:29]}…”"


@dataclass(frozen=True, slots=True)
class Text:
    """文本: one line of any text."""

    word: ClassVar[str] = "文本"

    def parse(self, written: str) -> str:
        if "\n" in written:
            raise Mistake("这里只能写一行", written.index("\n"))
        return written

    show = staticmethod(_shown_as_written)

    def schema(self) -> Schema:
        # An editor's YAML makes a number of 12345; it is text all the same.
        return {"type": ["string", "number", "boolean"], "pattern": r"^[^\n]*\n?$"}


@dataclass(frozen=True, slots=True)
class LongText:
    """长文本: several lines, kept as they stand."""

    word: ClassVar[str] = "长文本"

    def parse(self, written: str) -> str:
        return written

    show = staticmethod(_shown_as_written)

    def schema(self) -> Schema:
        return {"type": ["string", "number", "boolean"]}


_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


_THOUSANDS = re.compile(r"(?<![0-9,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])")
_UNITS = re.compile(r"(亿元|万元|元|亿|万|%|[^\W\d_])$")


def _number(
    written: str, pattern: re.Pattern[str], noun: str, unit: str = "", suffix: str = ""
) -> Decimal:
    """The number written, of a blank that counts in `unit`; `suffix` is written behind it."""
    if written.endswith(suffix) and pattern.fullmatch(number := written.removesuffix(suffix)):
        return Decimal(number)
    # What did they mean? Offer the number, if leaving out what people add makes one.
    normal = unicodedata.normalize("NFKC", written).replace("。", ".").replace("−", "-")
    plain = re.sub(r"[\s,_']", "", normal).lstrip("¥+")
    own = unicodedata.normalize("NFKC", unit)  # m2 of ㎡
    found = _UNITS.search(plain)
    added = found[0] if found else own if own and plain.endswith(own) else ""
    bare = re.sub(r"^(-?)0+(?=[0-9])", r"\1", plain.removesuffix(added))
    bare = re.sub(r"^(-?)(?=\.[0-9])", r"\g<1>0", bare).removesuffix(".")
    if "\n" in written or not _DECIMAL.fullmatch(bare):
        raise Mistake(
            f"{_quoted(written)}不是{noun}；没有数据请留空，不适用请写“{NOT_APPLICABLE_WORD}”"
        )
    if not pattern.fullmatch(bare):
        raise Mistake(f"{_quoted(written)}不是整数，请写整数，如 35")
    if added not in ("", suffix) and not own.startswith(added):
        raise Mistake(
            f"{_quoted(written)}：这里的单位是{unit}，请换算后只写数字"
            if unit
            else f"{_quoted(written)}不是{noun}，只写数字，不写“{added}”"
        )
    if "," in normal and not _THOUSANDS.search(normal):
        raise Mistake(f"{_quoted(written)}：逗号是千位分隔还是小数点？请去掉逗号，小数点写“.”")
    if "," in normal:
        fault = "数字里不要写逗号"
    elif written.translate(_FULL_WIDTH) != written:
        fault = "这里有全角符号"
    elif added != suffix:
        fault = "只写数字，不写单位" if added else f"要带“{suffix}”"
    else:
        fault = "写法不规范"
    raise Mistake(f"{_quoted(written)}：{fault}，请写成 {bare}{suffix}")


_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3002: ord(".")}


@dataclass(frozen=True, slots=True)
class Integer:
    """整数: a whole number, with the unit it is counted in (人, 辆)."""

    word: ClassVar[str] = "整数"
    unit: str = ""

    def parse(self, written: str) -> Decimal:
        return _number(written, _INTEGER, "整数", self.unit)

    show = staticmethod(_shown_as_written)

    def schema(self) -> Schema:
        return {"type": ["integer", "string"], "pattern": f"^{_INTEGER.pattern}$"}


@dataclass(frozen=True, slots=True)
class Number:
    """数值: a number that may have decimals and is no amount: a score, an area (㎡)."""

    word: ClassVar[str] = "数值"
    unit: str = ""

    def parse(self, written: str) -> Decimal:
        return _number(written, _DECIMAL, "数值", self.unit)

    show = staticmethod(_shown_as_written)

    def schema(self) -> Schema:
        return {"type": ["number", "string"], "pattern": f"^{_DECIMAL.pattern}$"}


@dataclass(frozen=True, slots=True)
class Money:
    """金额: an amount in the unit of its form (万元 or 元), kept to the last zero."""

    word: ClassVar[str] = "金额"
    unit: str = "万元"

    def parse(self, written: str) -> Decimal:
        return _number(written, _DECIMAL, "金额", self.unit)

    show = staticmethod(_shown_as_written)

    def schema(self) -> Schema:
        return {"type": ["number", "string"], "pattern": f"^{_DECIMAL.pattern}$"}


@dataclass(frozen=True, slots=True)
class Percent:
    """百分比: written with its sign, `97.14%`; the meaning is the number before the sign."""

    word: ClassVar[str] = "百分比"

    def parse(self, written: str) -> Decimal:
        return _number(written, _DECIMAL, "百分比", suffix="%")

    show = staticmethod(_shown_as_written)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{_DECIMAL.pattern}%$"}


_DATES = (
    re.compile(r"([0-9]{4}) ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?日"),
    re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"),
    re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})"),
    re.compile(r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})"),
    re.compile(
        r"([〇○零一二三四五六七八九]{4})年(十[一二]?|[一二三四五六七八九])月"
        r"(三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])日"
    ),
)


@dataclass(frozen=True, slots=True)
class Date:
    """日期: as people write it (`2023年5月6日`, `2023-05-06`, `二〇二三年五月六日`), and kept so.

    The day must exist.
    """

    word: ClassVar[str] = "日期"

    def parse(self, written: str) -> date:
        for pattern in _DATES:
            if found := pattern.fullmatch(written):
                try:
                    return date(*map(count, found.groups()))
                except ValueError:
                    raise Mistake(f"{_quoted(written)}：没有这一天，请检查年月日") from None
        normal = re.sub(r"\s", "", unicodedata.normalize("NFKC", written)).replace("号", "日")
        normal = re.sub(r"^([0-9]{4})([0-9]{2})([0-9]{2})$", r"\1-\2-\3", normal)
        if normal != written and any(pattern.fullmatch(normal) for pattern in _DATES):
            self.parse(normal)  # a day that does not exist is not offered
            raise Mistake(f"{_quoted(written)}：写法不规范，请写成 {normal}")
        raise Mistake(f"{_quoted(written)}不是日期，请写成如 2023年5月6日")

    show = staticmethod(_shown_as_written)

    def schema(self) -> Schema:
        any_date = "|".join(pattern.pattern for pattern in _DATES)
        return {"type": "string", "pattern": f"^(?:{any_date})$"}


@dataclass(frozen=True, slots=True)
class Year:
    """年度: the record's year, from its path and never written in it, or one counted from it."""

    word: ClassVar[str] = "年度"
    offset: int = 0
    """Years from the record's year: -1 is the year before."""

    def parse(self, written: str) -> str:
        raise Mistake("年度由文件名给出，请删去这一行")

    show = staticmethod(_shown_as_written)

    def schema(self) -> Schema:
        return {"not": {}}

    def of(self, year: int) -> Value:
        """The value in a record of that year."""
        written = str(year + self.offset)
        return Value(State.FILLED, written, written)


# What Word and people draw for a tick; R and r are ☑ and ☒ in Wingdings 2, pasted as text.
_TICKS = "☑☒√✓✔■Rr"


def _option(written: str, options: tuple[str, ...]) -> str:
    if written in options:
        return written
    known = "、".join(options)
    named = [each for each in options if each in written]
    if len(named) == 1 and re.search(rf"{re.escape(named[0])}\s*[{_TICKS}]", written):
        raise Mistake(f"{_quoted(written)}：只写选中的那一项，请写成 {named[0]}")
    if len(named) > 1:
        ticks = read_ticks(written, options)
        if ticks and len(ticks.options) == 1:
            raise Mistake(f"{_quoted(written)}：只写选中的那一项，请写成 {ticks.options[0]}")
        if ticks is None or ticks.options:
            either = "”还是“".join(options)
            raise Mistake(f"{_quoted(written)}：看不准选的是“{either}”，只写选中的那一项")
    bare = re.sub(rf"[{_TICKS}\s（）()\[\]【】]", "", unicodedata.normalize("NFKC", written))
    if bare in options:
        raise Mistake(f"{_quoted(written)}：只写选项的字，不写勾和空格，请写成 {bare}")
    near = [] if UNTICKED in written else get_close_matches(bare, options, 1, 0.5)
    hint = f"，是不是“{near[0]}”" if near else ""
    raise Mistake(f"{_quoted(written)}不在选项里{hint}；可以写：{known}，没有填就留空")


def _boxes(options: tuple[str, ...], ticked: tuple[str, ...], state: State) -> list[str]:
    boxes = [f"{option}{TICKED if option in ticked else UNTICKED}" for option in options]
    if state is State.NOT_APPLICABLE:
        boxes.append(NOT_APPLICABLE_WORD)
    return boxes


@dataclass(frozen=True, slots=True)
class Choice:
    """选一: one of some options, drawn as tick boxes or as the word alone."""

    word: ClassVar[str] = "选一"
    options: tuple[str, ...]
    ticks: bool = True

    def parse(self, written: str) -> str:
        return _option(written, self.options)

    def boxes(self, value: Value) -> list[str]:
        """Each option with its tick box; none for a choice that is written as a word."""
        return _boxes(self.options, (value.written,), value.state) if self.ticks else []

    def show(self, value: Value) -> str:
        return " ".join(self.boxes(value)) or value.written

    def schema(self) -> Schema:
        # Editors of YAML 1.1 read a bare `no` as false; options are Chinese words, so it is safe.
        return {"enum": list(self.options)}


@dataclass(frozen=True, slots=True)
class Choices:
    """选多: any of some options, drawn as tick boxes; a record writes them as a list."""

    word: ClassVar[str] = "选多"
    options: tuple[str, ...]

    def parse(self, written: str) -> tuple[str, ...]:
        return self.parse_items([written])

    def parse_items(self, items: list[str]) -> tuple[str, ...]:
        """The options ticked, in the form's order."""
        for item in items:
            several = re.split(r"[、，,；;\s]+", item.strip("【】"))
            if len(several) > 1 and all(each in self.options for each in several):
                listed = ", ".join(several)
                raise Mistake(f"{_quoted(item)}：几个选项要用半角逗号分开，请写成 [{listed}]")
        chosen = [_option(item, self.options) for item in items]
        for item in chosen:
            if chosen.count(item) > 1:
                raise Mistake(f"“{item}”写了两次，请只留一个")
        return tuple(option for option in self.options if option in chosen)

    def boxes(self, value: Value) -> list[str]:
        """Each option with its tick box."""
        ticked = value.meaning if isinstance(value.meaning, tuple) else ()
        return _boxes(self.options, ticked, value.state)

    def show(self, value: Value) -> str:
        return " ".join(self.boxes(value))

    def schema(self) -> Schema:
        one: Schema = {"enum": list(self.options)}
        return {"anyOf": [one, {"type": "array", "items": one, "uniqueItems": True}]}


_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9][0-9]{9})")
_PHONE = re.compile(
    r"1[3-9][0-9]\*{4}[0-9]{4}"  # a mobile number, masked
    r"|(?:\(?0[0-9]{2,3}\)?[- ]?)?[2-9][0-9]{6,7}(?:[-转][0-9]{1,6})?"  # an office land line
    r"|1[0-9]{2,4}"  # a service number: 12345, 110
    r"|9[0-9]{4}"
)


_NO_LAND_LINE = re.compile(r"\s*\(?0[0-9]{2,3}[)\s-][\s-]*[01]")


@dataclass(frozen=True, slots=True)
class Phone:
    """电话: an office land line, or a mobile number with its middle masked.

    The mask is the one that the 2018 disclosure guidance's 去标识化 has settled on: 138****1234.
    """

    word: ClassVar[str] = "电话"

    def parse(self, written: str) -> str:
        if _PHONE.fullmatch(written):
            return written
        folded = unicodedata.normalize("NFKC", written)
        folded = re.sub("[\u2010-\u2015\u2212]+", "-", folded)
        normal = re.sub(r"\s", "", folded)
        plain = normal.replace("-", "")
        if found := _MOBILE.fullmatch(plain):
            masked = f"{found[1][:3]}****{found[1][-4:]}"
            raise Mistake(f"手机号码是个人信息，请遮住中间四位，写成 {masked}")
        if _NO_LAND_LINE.match(folded):  # else its digits could be parted into another number
            raise Mistake(f"{_quoted(written)}：区号后面的座机号码以 2 到 9 开头，请核对")
        for offer in (normal, plain):
            if _PHONE.fullmatch(offer):
                raise Mistake(f"{_quoted(written)}：写法不规范，请写成 {offer}")
        raise Mistake("电话请写办公座机（如 0739-8231234）或遮住中间四位的手机号（如 139****9471）")

    show = staticmethod(_shown_as_written)

    def schema(self) -> Schema:
        return {"type": ["string", "integer"], "pattern": f"^(?:{_PHONE.pattern})$"}


# The usual family names of two characters; else a second character is a part of the given name.
_TWO_CHARACTERS = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|司空|夏侯|令狐|长孙|宇文|轩辕|端木|独孤|南宫|西门|"
    "百里|呼延|申屠|太史|澹台|闻人|赫连|钟离|淳于|单于|万俟|濮阳|公冶|太叔|仲孙|拓跋|鲜于|闾丘|亓官"
)
_LETTER, _GAP = r"[^\W\d_a-zA-Z]", r"[ \t\u00a0\u2002\u2003　]+"
# The letters of a short name are often set apart: 张 三, 欧阳 修.
_NAME = re.compile(
    rf"(?<!{_LETTER})(?P<family>{_TWO_CHARACTERS}|{_LETTER})"
    rf"(?P<given>{_LETTER}{{1,3}}|{_GAP}{_LETTER}{{2,3}}|(?:{_GAP}{_LETTER}){{1,3}})"
    rf"(?!{_LETTER}|[*＊])"
)
# Behind a name: of which office. It is no name itself.
_NOTE = re.compile(r"[(（][^()（）]*[)）]")
NO_NAME = re.compile(
    "不适用|办公|财务|综合|签字|签名|签章|盖章|公章|同意|通过|属实|无误|合格|情况|意见|如下|见附|示例|样例"
    "|单位|部门|电话|手机|日期|时间|人员|备注|说明"
)
"""Words of a text that is no person's name, short as it may be."""
_MASKED_NAME = re.compile(rf"(?:{_TWO_CHARACTERS}|[^\W\d_])[*＊]{{1,3}}[^\W\d_]?")


@dataclass(frozen=True, slots=True)
class PersonName:
    """人名: the name of a clerk, masked but for the family name (`黄*`)."""

    word: ClassVar[str] = "人名"

    def parse(self, written: str) -> str:
        if _MASKED_NAME.fullmatch(written):
            return written
        # The message must not repeat the name: it ends up in logs.
        raise Mistake("填报人姓名是个人信息，只写姓，名用星号代替，写成如 黄*")

    @staticmethod
    def masked(written: str) -> str:
        """A name, or several, as it may be published; other texts as they are."""
        notes = {place for note in _NOTE.finditer(written) for place in range(*note.span())}

        def mask(name: re.Match[str]) -> str:
            if name.start() in notes or NO_NAME.search(re.sub(r"\s", "", name[0])):
                return name[0]
            return name["family"] + "*" * len(re.sub(r"\s", "", name["given"]))

        return _NAME.sub(mask, written)

    show = staticmethod(_shown_as_written)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^[^*\s]{1,2}[*＊]{1,3}[^*\s]?$"}


# --- From a form file's words to a type -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Settings:
    """What a blank's entry in 填空 may say beside its type; texts and lists, checked."""

    unit: str | None = None
    options: tuple[str, ...] | None = None
    drawn: str | None = None
    offset: int | None = None


def _choice(settings: Settings) -> Choice:
    return Choice(settings.options or (), ticks=settings.drawn != "文字")


# word -> the settings that the type takes, and how it is made.
TYPES: Mapping[str, tuple[frozenset[str], Callable[[Settings], BlankType]]] = MappingProxyType(
    {
        Text.word: (frozenset(), lambda s: Text()),
        LongText.word: (frozenset(), lambda s: LongText()),
        Integer.word: (frozenset({"单位"}), lambda s: Integer(s.unit or "")),
        Number.word: (frozenset({"单位"}), lambda s: Number(s.unit or "")),
        Money.word: (frozenset({"单位"}), lambda s: Money(s.unit or "")),
        Percent.word: (frozenset(), lambda s: Percent()),
        Date.word: (frozenset(), lambda s: Date()),
        Year.word: (frozenset({"相差"}), lambda s: Year(s.offset or 0)),
        Choice.word: (frozenset({"选项", "写法", "应为"}), _choice),
        Choices.word: (frozenset({"选项"}), lambda s: Choices(s.options or ())),
        Phone.word: (frozenset(), lambda s: Phone()),
        PersonName.word: (frozenset(), lambda s: PersonName()),
    }
)


@dataclass(frozen=True, slots=True)
class Blank:
    """A named place in a form: what may stand in it, and whether it must be filled."""

    name: str
    """As in the drawing; `/` nests: `收入/合计` stands in a record under 收入, as 合计."""
    type: BlankType
    required: bool = False
    indicator: str = ""
    """What it states, in a word that all forms and the reports share (指标): 支出合计."""
    expected: str = ""
    """The answer to a question that needs no explanation (应为)."""

    def read(self, node: object) -> Value:
        """The value that a record's node gives this blank. Raises Mistake."""
        if node == "":
            return EMPTY
        if isinstance(node, str):
            written = node.rstrip("\n")
            if not written.strip():
                if written:
                    raise Mistake("这里只有空格；没有填请留空")
                return EMPTY
            if written == NOT_APPLICABLE_WORD:
                return NOT_APPLICABLE
            return Value(State.FILLED, written, self.type.parse(written))
        if isinstance(self.type, Choices) and isinstance(node, list):
            if not all(isinstance(item, str) for item in node):
                raise Mistake("列表里每一项只能是一个选项")
            if not node:
                return EMPTY
            ticked = self.type.parse_items(node)
            return Value(State.FILLED, "、".join(ticked), ticked)
        if isinstance(node, list):
            raise Mistake("这里只要一个值，请去掉方括号或“- ”；多行文字用“|-”另起一行写")
        what = "一个值或一个列表" if isinstance(self.type, Choices) else "一个值"
        raise Mistake(f"“{self.name}”应是{what}，这里却是下级内容，请检查缩进")

    def show(self, value: Value) -> str:
        """The text printed in the drawing. Empty tick boxes are drawn, too."""
        return self.type.show(value)

    def boxes(self, value: Value) -> list[str]:
        """The tick boxes that `show` joins; none in a blank that is not ticked."""
        return self.type.boxes(value) if isinstance(self.type, Choice | Choices) else []

    def schema(self) -> Schema:
        """JSON Schema of the blank: its type's, or empty, or 不适用."""
        if isinstance(self.type, Year):
            return self.type.schema()
        open_states: list[Schema] = [{"const": NOT_APPLICABLE_WORD}]
        if not self.required:
            open_states = [{"type": "null"}, {"const": ""}, *open_states]
        return {"anyOf": [self.type.schema(), *open_states], "title": self.name}
