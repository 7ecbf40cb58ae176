"""Rules on the questions that are answered by ticks (family E), beside what texts say of them.

A question is known by its words, so that forms may put it as they like: `_TOPICS` tells how texts
speak of each, and what in a text is against the good answer. A bad answer is explained by words on
its topic beside a reason or a problem; a measure alone is no explanation.
Source of the rules: data/RULES.md; 《项目支出绩效评价管理办法》（财预〔2020〕10号）.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generator.checks.case import Case
from generator.checks.facts import sentences
from generator.checks.finding import Fault, Outcome, Spot, Verdict
from generator.errors import Severity
from generator.forms.types import Blank, Choice
from generator.forms.values import State, Value
from generator.records.record import Part
from generator.yaml import Where

_IN = "[^，,。；;！!？?：:\n]"
"""A character of one clause."""
_MADE = "(?:制定|建立|出台|编制|印发|形成|完善)"
_NOT = "(?:没有|尚未|还未|暂未|仍未|未)"


@dataclass(frozen=True, slots=True)
class _Topic:
    """What a question is about."""

    asked: re.Pattern[str]
    """In the question's words; the first topic that fits is the question's."""
    about: re.Pattern[str]
    """How texts speak of it."""
    near: tuple[str, ...] = ()
    """Words of which a text has one where it may speak against the good answer."""
    against: re.Pattern[str] | None = None
    """What is against the good answer, in one sentence about problems."""
    change: bool = False
    """Whether it asks for less than last year: then only a rise, or none, explains it."""
    severity: Severity | None = None
    """Of a contradiction, where it is one only in a strict reading."""


def _topic(
    asked: str,
    about: str,
    near: str = "",
    against: str = "",
    *,
    change: bool = False,
    severity: Severity | None = None,
) -> _Topic:
    return _Topic(
        re.compile(asked),
        re.compile(about),
        tuple(near.split()),
        re.compile(against) if against else None,
        change,
        severity,
    )


_RISES = (
    r"[^，,。；;：:\n中接出用车]{0,4}(?:(?:比|较)(?:上一?年|去年)度?|同比)"
    rf"{_IN}{{0,4}}(?:增加|上升|增长|提高)"
)
_MISUSE = (
    rf"(?:(?<!不)存在|(?<!没)有(?:个别|少数|部分|的)|发生|出现|仍然?){_IN}{{0,10}}"
    r"(?:违规|挪用|挤占|截留|坐支|乱发|滥发|超标准发放)"
)
_TOPICS = (
    _topic(
        "超编|超配",
        r"超编|超配|超员|超职数|人员编制|编外|编制(?:数|人数|偏少|较少|不足|内|外)|实有人数",
        "超编 超配 超员",
        rf"(?<!不)存在{_IN}{{0,6}}超(?:编|配|员)|人员超编|超编(?:[0-9]+[人名]|问题)",
    ),
    _topic(
        "招待|接待",
        "接待|招待",
        "接待 招待",
        rf"[接招]待{_IN}{{0,10}}(?:标准|人数){_IN}{{0,4}}不(?:够|太)?(?:明确|清楚|清晰|规范)",
    ),
    _topic(
        "三公.*(?:办法|制度)",
        rf"(?:三公|接待|用车|公车){_IN}{{0,12}}(?:办法|制度)",
        "三公",
        rf"{_NOT}{_MADE}{_IN}{{0,6}}三公{_IN}{{0,8}}(?:办法|制度)",
    ),
    _topic(
        "(?:用车|公车|车辆).*(?:下降|减少)",
        "用车|公车|小车|租车|车况|车改|车辆",
        "用车 公车",
        rf"(?:用车|公车)(?!改革)(?:购置)?(?:及|和|与)?(?:运行)?(?:维护)?(?:费用?|经费|支出){_RISES}",
        change=True,
    ),
    _topic(
        "三公.*(?:下降|减少)",
        "三公|公务接待|接待(?:费|任务|批次|开支)|业务接待|招待|出国|用车|公车",
        "三公",
        rf"三公[”\"’」]?(?:经费|支出|费用)?(?:总额|支出|合计)?(?!中){_RISES}",
        change=True,
    ),
    _topic(
        "收支两条线",
        "收支两条线|非税|罚没",
        "两条线",
        rf"{_NOT}(?:严格|完全)?(?:实行|执行|落实|做到){_IN}{{0,4}}收支两条线",
    ),
    _topic(
        "非税",
        "非税|收费|罚没|征收",
        "非税",
        rf"非税收入{_IN}{{0,8}}(?:{_NOT}能?(?:按期|按时|足额|全部)?完成|短收|欠收)",
    ),
    _topic("截留|坐支", "截留|坐支|转移", "截留 坐支", _MISUSE),
    _topic(
        "采购",
        "采购",
        "采购计划",
        rf"(?:{_NOT}(?:及时|按要求|按规定)?{_MADE}|缺少|缺乏){_IN}{{0,6}}采购计划|无计划采购",
    ),
    _topic(
        "决算.*公开|预算.*公开",
        "预决算|决算公开|预算公开|信息公开",
        "决算",
        rf"预?决算(?:信息)?{_NOT}(?:在{_IN}{{1,10}})?公开|{_NOT}公开{_IN}{{0,6}}决算",
    ),
    _topic(
        "公开",
        "公开|公示",
        "公开",
        r"绩效(?:自评|评价|目标)(?:的?报告|和绩效评价报告)?[^。；;！!？?\n]{0,14}"
        rf"{_NOT}(?:对外|向社会)?公开",
    ),
    _topic(
        "上年.*整改|整改到位",
        "整改|上年",
        "整改",
        rf"(?:上一?年|去年|以前年度|绩效评价|绩效自评){_IN}{{0,18}}"
        rf"整改(?:工作)?(?:不(?:够)?(?:到位|彻底)|{_NOT}(?:全部|完全)?(?:到位|完成))",
    ),
    _topic(
        "纠正|纠偏",
        "纠正|纠偏|监控",
        "纠正",
        rf"监控{_IN}{{0,12}}(?:{_NOT}(?:得到)?(?:及时)?纠正|纠正不(?:够)?(?:及时|到位))",
    ),
    _topic(
        "编制绩效目标|绩效目标.*编制",
        "绩效目标",
        "绩效目标",
        rf"{_NOT}(?:编制|设置|设定|申报|填报){_IN}{{0,6}}绩效目标",
    ),
    _topic(
        "监控",
        "监控",
        "监控",
        rf"{_NOT}(?:开展|实施|进行|建立){_IN}{{0,8}}监控",
    ),
    _topic(
        "绩效评价|绩效自评",
        "绩效(?:评价|自评)(?!结果|体系|指标)",
        "评价 自评",
        rf"{_NOT}(?:开展|组织|进行)(?:部门|项目|整体|支出|预算)*绩效(?:评价|自评)",
    ),
    _topic(
        "会计人员.*能力|财务人员.*能力",
        "会计|财务人员|业务能力|业务水平|专业能力",
        "会计人员 财务人员",
        rf"(?:会计|财务)人员{_IN}{{0,8}}(?:能力|水平|素质){_IN}{{0,4}}"
        r"(?:不(?:够|太)?[强高足]|偏低|较低|欠缺|缺乏|薄弱)",
        severity="提示",
    ),
    _topic(
        "会计机构|会计人员",
        "会计|财务人员|出纳|财务室",
        "会计 财务人员",
        rf"{_NOT}(?:按规定)?(?:配备|设置|设立)?专[职门业]?(?:的)?(?:会计|财务)(?:人员|机构|岗位)",
    ),
    _topic(
        "财务.*制度",
        rf"财务管理|(?:财务|会计|内控){_IN}{{0,8}}制度",
        "制度",
        rf"{_NOT}{_MADE}{_IN}{{0,4}}(?:财务|会计){_IN}{{0,6}}制度|"
        rf"财务(?:管理|会计)?制度{_NOT}(?:制定|建立)",
    ),
    _topic(
        "会计核算|会计制度",
        "会计|核算|记账",
        "会计 核算",
        rf"会计(?:核算|基础|基础工作|账务|处理|科目){_IN}{{0,6}}"
        rf"不(?:够|太|尽)?(?:规范|严格|准确|正确)|"
        rf"会计(?:制度|准则)(?:准则)?执行不(?:够|太)?(?:严格?|到位)|"
        rf"{_NOT}(?:严格)?执行(?:政府)?会计(?:制度|准则)",
    ),
    _topic(
        "内部?控",
        "内部?控",
        "内控 内部控制",
        rf"内部?控制?(?:制度)?报告{_IN}{{0,8}}不(?:够|太)?(?:规范|准确|完整)|"
        rf"{_NOT}编制{_IN}{{0,4}}内部?控制?报告",
    ),
    _topic(
        "资金.*(?:办法|制度)",
        rf"资金{_IN}{{0,8}}(?:办法|制度)",
        "资金",
        rf"{_NOT}{_MADE}{_IN}{{0,8}}资金{_IN}{{0,6}}(?:办法|制度)|"
        rf"资金(?:使用)?管理(?:办法|制度){_NOT}(?:制定|建立|出台)",
    ),
    _topic(
        "审批",
        "审批|拨付|支付",
        "审批",
        rf"审批(?:程序|手续|流程){_IN}{{0,4}}不(?:够|太)?(?:完善|完备|完整|齐全|规范|到位|严格?)",
    ),
    _topic(
        "违规|津补贴|津贴", "违规|津贴|补贴|奖金|挪用|挤占", "违规 挪用 挤占 乱发 滥发", _MISUSE
    ),
    _topic(
        "资产.*制度",
        rf"资产{_IN}{{0,8}}(?:制度|办法)",
        "资产",
        rf"{_NOT}{_MADE}{_IN}{{0,4}}资产{_IN}{{0,6}}(?:制度|办法)",
    ),
    _topic(
        "产权|两证",
        "产权|两证|房产证|土地证|不动产|权属|权证|确权|办证",
        "产权 两证 房产 土地 不动产 权属",
        rf"产权{_IN}{{0,4}}不(?:够|太)?(?:清|明)|两证(?:不|未)(?:齐|全)|权属不(?:清|明)|"
        rf"{_NOT}(?:取得|办理|办妥|办好){_IN}{{0,6}}(?:产权|房产|土地|不动产|权属|两证)|"
        rf"(?:产权|房产|土地|不动产)证(?:书|件)?{_NOT}(?:取得|办理|办妥|办好|办)",
    ),
    _topic(
        "相符|账.*实|账.*卡",
        "[账帐]|盘点|资产清查|资产核算|资产登记",
        "不符 不相符 不一致",
        rf"[账帐][、,，]?(?:[账帐表实卡物证款]{_IN}?){{1,4}}不(?:相符|符|一致)",
    ),
    _topic(
        "资产",
        "资产",
        "资产",
        rf"资产(?:的)?(?:管理|保存|保管|处置|使用|登记|配置)?{_IN}{{0,8}}"
        r"(?:不(?:够|太|尽|甚)?(?:规范|合理|严格?)|混乱|管理不善)",
    ),
    _topic(
        "重点工作",
        "重点工作|工作任务|任务|项目|目标|工作进度",
        "重点工作",
        rf"重点工作{_IN}{{0,6}}{_NOT}能?(?:全部|按期|如期|按时)?完成",
    ),
)
_STOCK = re.compile(
    "是否|有无|能否|年度|本年|上年|部门|单位|情况|及时|严格|合理|规范|制定|开展|建立|完善|执行|管理|按规定|到位|[、，,。的和及与或“”（）()]"
)
"""Words of a question that do not tell what it is about."""


@cache
def _topic_of(question: str) -> tuple[_Topic | None, bool]:
    """What a question is about, and whether it is one of those known here."""
    for topic in _TOPICS:
        if topic.asked.search(question):
            return topic, True
    words = [each for each in _STOCK.split(question) if len(each) > 1]
    return (_topic("", "|".join(map(re.escape, words))), False) if words else (None, False)


# The questions, and the texts that tell of problems.


@dataclass(frozen=True, slots=True)
class _Answer:
    """A question that a rule has something to say of."""

    part: Part
    where: Where
    value: Value

    @property
    def question(self) -> str:
        return str(self.where[-1])

    def spot(self, case: Case) -> Spot:
        return Spot(case.record.file, self.where, self.value.written)


_Ticked = tuple[str, int | None, Blank, Value]
"""A blank's name, its row in a list, the blank and the value: cheap to go through."""


def _ticked(part: Part) -> Iterator[_Ticked]:
    """The questions with tick boxes of which one is ticked."""
    for name, blank in part.form.blanks.items():
        if isinstance(blank.type, Choice) and blank.type.ticks:
            if name in part.values:
                yield name, None, blank, part.values[name]
            else:
                for number, item in enumerate(part.rows.get(name.partition("/")[0], ())):
                    yield name, number, blank, item[name]


def _answer(part: Part, ticked: _Ticked) -> _Answer:
    name, number, _, value = ticked
    keys = name.split("/")
    where: Where = (part.key, *keys) if number is None else (part.key, keys[0], number, *keys[1:])
    return _Answer(part, where, value)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """The questions of which one answer is the good one, by what was answered."""

    good: tuple[tuple[Part, _Ticked], ...]
    bad: tuple[_Answer, ...]
    is_open: bool
    """Whether one of them is empty."""

    @property
    def is_empty(self) -> bool:
        return not (self.good or self.bad or self.is_open)


def _weighed(case: Case) -> _Weighed:
    good, bad = [], []
    is_open = False
    for part in case.record.parts:
        for ticked in _ticked(part):
            _, _, blank, value = ticked
            if not blank.expected:
                continue
            if value.state is State.EMPTY:
                is_open = True
            elif value.state is State.FILLED:
                if value.written == blank.expected:
                    good.append((part, ticked))
                else:
                    bad.append(_answer(part, ticked))
    return _Weighed(tuple(good), tuple(bad), is_open)


_PROBLEMS = re.compile(
    r"(?:存在|主要|面临|绩效)[^，,。]{0,8}(?:问题|不足|困难)|^(?:问题|不足|困难)(?:[及和与、]|$)"
)
_NOT_OWN = re.compile("解决|聚焦|化解|破解|回应|上一?年|去年|以前年度|整改(?:情况|落实|完成)")
_NONE = re.compile(
    r"[\s\d.．、(（)）一]*(?:暂?无|暂?没有|不存在|未发现|未存在)(?:发现|存在|出现)?"
    r"(?:任何|明显|重大|突出|较大|其[他它]|的){0,3}(?:问题|不足|情况|建议)?(?:[和与及、](?:问题|不足|建议))?"
    r"[。.！!]?\s*"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A text that tells of problems: a form's box, or a section of a report."""

    where: Where
    text: str
    start: int
    """Where it begins in the value at `where`."""
    is_pure: bool
    """Whether it tells of problems alone, not of measures, too."""
    place: str
    """附件1的“问题与建议”, 附件2正文的“存在的问题”."""

    @property
    def is_none(self) -> bool:
        """Whether it says that there is no problem."""
        return bool(_NONE.fullmatch(self.text))

    def spot(self, case: Case, start: int, end: int) -> Spot:
        return Spot(case.record.file, self.where, self.text[start:end], self.start + start)


def _told(case: Case) -> list[_Told]:
    """Every filled text that tells of problems."""
    found = []
    for figure in case.filled("问题建议"):
        place = f"{figure.part.key}的“{figure.spot.where[-1]}”"
        found.append(_Told(figure.spot.where, figure.spot.quoted, 0, False, place))
    for report in case.reports:
        end = 0
        for section in report.sections:
            words = section.words
            if section.start < end or not _PROBLEMS.search(words) or _NOT_OWN.search(words):
                continue
            end = section.end
            body = report.text[section.body : section.end]
            if body.strip("。：: \n"):
                is_pure = "措施" not in words and "建议" not in words
                place = f"{report.part.key}正文的“{words}”"
                found.append(_Told(report.where, body, section.body, is_pure, place))
    return found


# Every question is answered: E1, E2.


def every_question_is_answered(case: Case) -> Iterator[Verdict]:
    """E1: each question has its answer: one of the ticks, or 不适用."""
    is_silent = True
    for part in case.record.parts:
        empty = []
        is_asked = False
        for ticked in _ticked(part):
            is_asked = True
            if ticked[-1].state is State.EMPTY:
                empty.append(_answer(part, ticked))
        is_silent = is_silent and not is_asked
        if empty:
            names = "、".join(f"“{each.question}”" for each in empty[:3])
            count = f"等 {len(empty)} 个问题" if len(empty) > 3 else ""
            yield Fault(
                empty[0].spot(case),
                f"{part.key}的{names}{count}没有选；请选一项，不涉及的填“不适用”",
                tuple(each.spot(case) for each in empty[1:]),
            )
        elif is_asked:
            yield Outcome.HOLDS
    if is_silent:
        yield Outcome.NOT_APPLICABLE


def publishing_is_told(case: Case) -> Iterator[Verdict]:
    """E2: accounts that are public have a day and a way of publishing; others have neither."""
    answers = case.table("预决算公开")
    if not answers:
        yield Outcome.NOT_APPLICABLE
    for answer in answers:
        details = [
            each
            for indicator in ("公开时间", "公开方式")
            for each in case.table(indicator)
            if each.part is answer.part
        ]
        filled = [each for each in details if each.state is State.FILLED]
        lacking = [each for each in details if each.state is not State.FILLED]
        question = answer.spot.where[-1]
        if answer.text == "是" and lacking:
            names = "、".join(f"“{each.spot.where[-1]}”" for each in lacking)
            yield Fault(
                lacking[0].spot,
                f"“{question}”选了“是”，却没有填{names}；请补上，没有公开请改选“否”",
                (answer.spot, *(each.spot for each in lacking[1:])),
            )
        elif answer.text == "否" and filled:
            said = "、".join(f"{each.spot.where[-1]}“{each.spot.quoted}”" for each in filled)
            yield Fault(
                answer.spot,
                f"“{question}”选了“否”，却填了{said}；请核对有没有公开",
                tuple(each.spot for each in filled),
            )
        elif answer.state is State.FILLED:
            yield Outcome.HOLDS
        elif answer.state is State.EMPTY or filled:
            yield Outcome.UNKNOWN
        else:
            yield Outcome.NOT_APPLICABLE


# Bad answers and their reasons: E3.

_CAUSE = (
    r"原因|由于|因为|因(?![公此而素子特果应地人])|受[^，,。；;\n]{1,20}影响|尚未|暂未|还未"
    r"|(?:未|没有|还没有)(?:制定|编制|安排|开展|设置|配备|公开|办理|取得|建立|发生|完成|涉及)|不涉及|无需|不需要"
    r"|正在(?:制定|编制|办理|建立|修订|审核)|后(?:再|予以|及时)?公开"
)
_REASON = re.compile(_CAUSE)
_WEAK = re.compile(
    rf"{_CAUSE}|不(?!断|忘)|未|没有|无|缺|难|有待|滞后|薄弱|偏[低高慢少多弱]|过[高低重大多少]"
    r"|较[少慢低弱大高多长]|超(?!额)|存在|尚|持平"
)
"""Beside a topic, where problems are told: it is said to be wanting."""
_CHANGE = re.compile(
    r"增加|上升|增长|上涨|提高了|持平|未变|没有变化|均为[ ]?0"
    r"|(?:未|没有|不能?|难以)(?:实现)?(?:下降|减少|压减)"
    r"|(?:偏|过|较)[高大多]|超(?:出|过|支)|(?:没有|无|未配备)(?:公务)?(?:用车|公车|车辆)"
)
_WILL = re.compile("今后|下一步|下一年|下年|明年|尽快|尽早|抓紧|拟(?=[制编开建])")


def bad_answers_are_explained(case: Case) -> Iterator[Verdict]:
    """E3: each answer that is not the good one is explained where problems or reasons are told."""
    weighed = _weighed(case)
    if weighed.bad:
        told = _told(case)
        for answer in weighed.bad:
            yield _explained(case, answer, told)
    elif weighed.good:
        yield Outcome.HOLDS
    else:
        yield Outcome.UNKNOWN if weighed.is_open else Outcome.NOT_APPLICABLE


def unexplained(case: Case) -> frozenset[Where]:
    """Where the answers stand that are not the good ones, and of which no reason is told."""
    told = _told(case)
    return frozenset(
        answer.where
        for answer in _weighed(case).bad
        if _topic_of(answer.question)[0] and _explained(case, answer, told) is not Outcome.HOLDS
    )


def _explained(case: Case, answer: _Answer, told: Sequence[_Told]) -> Verdict:
    topic, is_known = _topic_of(answer.question)
    if topic is None:
        return Outcome.UNKNOWN
    general: Spot | None = None
    weak = _CHANGE if topic.change else _WEAK
    for each in told:
        for start, end, words in sentences(each.text):
            if not topic.about.search(words):
                continue
            if weak.search(words) or _REASON.search(words):
                return Outcome.HOLDS
            if not topic.change and _WILL.search(words):
                return Outcome.UNKNOWN  # it is owned to, if not explained
            general = general or _trimmed(each.spot(case, start, end))
    if _has_reason(case, topic) or (topic.change and case.filled("三公变化原因")):
        return Outcome.HOLDS
    vague = f"，“{_short(general.quoted)}”没有说到原因" if general else ""
    return Fault(
        answer.spot(case),
        f"“{answer.question}”选了“{answer.value.written}”，没有写原因{vague}；"
        "请在问题里写明原因，或在核对说明里说明",
        (general,) if general else (),
        None if is_known else "提示",
    )


_STOP = re.compile("[。；;！!？?\n]")
_REACH = 240
"""Characters before a word in which its sentence begins."""
_GOES_ON = ("原因", "主要原因", "主要是", "这是因", "其原因")


def _has_reason(case: Case, topic: _Topic) -> bool:
    """Whether any text has a sentence on the topic with a reason in it, or right after it."""
    return any(_reasons(topic, passage.text) for passage in case.passages)


def _reasons(topic: _Topic, text: str) -> bool:
    end = 0
    # Few sentences are on the topic: the others are not looked at.
    while match := topic.about.search(text, end):
        before = _STOP.split(text[max(end, match.start() - _REACH) : match.start()])[-1]
        stop = _STOP.search(text, match.end())
        end = stop.end() if stop else len(text)
        words = text[match.start() - len(before) : end]
        if _gives_reason(topic, words) or text[end : end + 8].lstrip().startswith(_GOES_ON):
            return True
    return False


def _gives_reason(topic: _Topic, words: str) -> bool:
    if topic.change:
        return bool(_CHANGE.search(words))
    return bool(_REASON.search(words))


def _trimmed(spot: Spot) -> Spot:
    """A sentence without its number, its mark and the line's end."""
    spot = _numberless(spot)
    return Spot(spot.file, spot.where, spot.quoted.rstrip("。；;！!？? \n"), spot.offset)


def _short(words: str) -> str:
    return words if len(words) <= 24 else f"{words[:23]}…"


# Good answers and problems that say otherwise: E4.

_DENIED = re.compile(
    "不存在|没有|未(?:发现|发生|出现)|无|杜绝|防止|避免|严禁|禁止|严防|是否|不得|如果|解决|克服|纠正|上一?年|去年"
)
_DENIED_INSIDE = re.compile("不存在|没有不|无不|未(?:发现|发生|出现)|杜绝|防止|避免|严禁|是否")
_OTHERS = re.compile("村|社区|企业|乡镇|合作社|商户|经营户|农户|业主|被监管|被检查|服务对象")
_BELOW = re.compile("下属|所属|二级|各单位|部分单位|个别单位|基层单位|项目单位|学校|站所")
_CLAUSE = re.compile("[，,：:]")
_DECIDED = tuple(topic for topic in _TOPICS if topic.against)
_SIGN = re.compile("不|未|没有|无|存在|缺|发生|出现|仍|超|比|较|混乱|短收|欠收|偏低|薄弱")
"""One of these is in all that is against an answer."""


def good_answers_are_not_contradicted(case: Case) -> Iterator[Verdict]:
    """E4: what is told of problems does not say the opposite of a good answer."""
    told = [each for each in _told(case) if not each.is_none]
    if not told:
        yield Outcome.UNKNOWN
        return
    against = _contradictions(case, told)
    found = False
    for part, ticked in _weighed(case).good if against else ():
        topic, _ = _topic_of(ticked[0].rpartition("/")[2])
        if topic is not None and (hits := against.get(topic)):
            found = True
            yield _contradicted(case, _answer(part, ticked), topic, hits)
    if not found:
        yield Outcome.HOLDS


@dataclass(frozen=True, slots=True)
class _Hit:
    """A stretch of a text that is against an answer."""

    spot: Spot
    place: str
    is_below: bool
    """Of units below this one, perhaps."""


def _contradictions(case: Case, told: Sequence[_Told]) -> dict[_Topic, list[_Hit]]:
    """Each topic with the first place of each text that is against its good answer."""
    found: dict[_Topic, list[_Hit]] = {}
    for each in told:
        near = list(_near(each.text))
        wanting = [
            (start, words) for start, _, words in sentences(each.text) if _SIGN.search(words)
        ]
        for topic in near:
            hits = (_hit(case, each, topic, start, words) for start, words in wanting)
            if hit := next((hit for hit in hits if hit), None):
                found.setdefault(topic, []).append(hit)
    return found


def _near(text: str) -> Iterator[_Topic]:
    for topic in _DECIDED:
        for word in topic.near:
            if word in text:
                yield topic
                break


def _hit(case: Case, told: _Told, topic: _Topic, start: int, words: str) -> _Hit | None:
    """The clause of a sentence that is against a topic's good answer, if it means this unit."""
    match = topic.against.search(words) if topic.against else None
    if not match:
        return None
    before = _CLAUSE.split(words[: match.start()])[-1]
    clause = before + match[0]
    if _DENIED.search(before) or _DENIED_INSIDE.search(match[0]) or _OTHERS.search(clause):
        return None
    spot = told.spot(case, start + match.start() - len(before), start + match.end())
    return _Hit(_numberless(spot), told.place, bool(_BELOW.search(clause)))


_NUMBER = re.compile(
    r"\s*(?:[0-9]{1,2}[.．、]|[(（][0-9一二三四五六七八九十]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}[、是])?[ ]*"
)


def _numberless(spot: Spot) -> Spot:
    found = _NUMBER.match(spot.quoted)
    skip = found.end() if found else 0
    return Spot(spot.file, spot.where, spot.quoted[skip:], (spot.offset or 0) + skip)


def _contradicted(case: Case, answer: _Answer, topic: _Topic, hits: Sequence[_Hit]) -> Fault:
    severity = topic.severity
    if all(each.is_below for each in hits):
        severity = "提示"
    first = hits[0]
    return Fault(
        answer.spot(case),
        f"“{answer.question}”选了“{answer.value.written}”，{first.place}却写着"
        f"“{_short(first.spot.quoted)}”；请核对哪一个对，把两处改成一致",
        tuple(each.spot for each in hits),
        severity,
    )


# Nothing but good answers: E5.


def not_all_is_good(case: Case) -> Iterator[Verdict]:
    """E5: good answers throughout and no problem at all are worth a look: forms get copied."""
    weighed = _weighed(case)
    if weighed.is_empty:
        yield Outcome.NOT_APPLICABLE
        return
    told = () if weighed.bad else _told(case)
    if weighed.bad or any(not each.is_none for each in told):
        yield Outcome.HOLDS
        return
    # A record that is still being filled has said nothing of problems yet.
    mentions = any("问题" in report.text or "不足" in report.text for report in case.reports)
    is_silent = not told and (weighed.is_open or mentions or not case.table("问题建议"))
    if not weighed.good or is_silent:
        yield Outcome.UNKNOWN
        return
    others = [each.spot(case, 0, len(each.text)) for each in told]
    said = f"{told[0].place}写着“{_short(told[0].text.strip())}”" if told else "也没有写一个问题"
    yield Fault(
        _answer(*weighed.good[0]).spot(case),
        f"{len(weighed.good)} 个问题选的都是好的答案，{said}；"
        "请核对是不是照抄的表，确实没有问题不用改",
        tuple(others),
    )


# Work that is not done: E6.

_DONE = "(?:完成|办结|完工|竣工)"
_IN_TIME = "(?:全部|全面|按期|如期|按时)?"
_YET = "(?:尚未|仍未|还未|未)能?"
_OPEN = re.compile(
    rf"(?<![0-9.])[1-9][0-9]*[ ]?[件项个起宗处条]{_IN}{{0,8}}?"
    r"(?:正在(?:办理|处理|整改)|在办(?![事公理学税证])|办理中"
    rf"|{_YET}{_IN_TIME}(?:{_DONE}|启动|开工|解决|落实|整改)|没有{_IN_TIME}{_DONE})"
    rf"|(?:工作|任务|项目|工程|事项){_IN}{{0,6}}?(?:{_YET}|没有){_IN_TIME}{_DONE}(?![的者率])"
    r"|正在办理中"
)
_SIGNS = ("在办", "正在", "未", "没有", "办理中")
"""One of these is in all that `_OPEN` finds; most texts have few."""
_NOT_OPEN = re.compile(
    "无|没有一|没有未|不存在|乡镇|村|社区|企业|部门|对|督促|杜绝|避免|防止|是否|如果|凡|已(?:经)?(?:全部)?(?:完成|办结)"
)
_NOT_WORK = re.compile("预算|支出|资金|付款|款项|结算|决算|采购|招标|审计|拨付|验收|上一?年|去年")
_BREAKS = "，,。；;！!？?：:\n"


def finished_work_is_finished(case: Case) -> Iterator[Verdict]:
    """E6: where all important work is done, no text says that some of it is still open."""
    answers = case.filled("重点工作完成")
    if not answers:
        yield Outcome.UNKNOWN
        return
    texts = [
        (each.spot.where, each.spot.quoted, each.part.key)
        for each in (*case.filled("主要绩效"), *case.filled("问题建议"))
    ]
    texts += [(each.where, each.text, f"{each.part.key}正文") for each in case.reports]
    for answer in answers:
        if answer.text != "是":
            yield Outcome.NOT_APPLICABLE
            continue
        found = [
            (place, Spot(case.record.file, where, words, start))
            for where, text, place in texts
            for start, words in _still_open(text)
        ]
        if found:
            place, spot = found[0]
            yield Fault(
                answer.spot,
                f"“{answer.spot.where[-1]}”选了“是”，{place}却写着“{_short(spot.quoted)}”；"
                "请看是不是重点工作，是就请核对",
                tuple(spot for _, spot in found),
                "提示",
            )
        else:
            yield Outcome.HOLDS if texts else Outcome.UNKNOWN


def _still_open(text: str) -> Iterator[tuple[int, str]]:
    """The clauses that tell of work not done, with their offsets."""
    for start, end in sorted(_clauses(text)):
        words = text[start:end]
        found = _OPEN.search(words)
        if found and not _NOT_WORK.search(words) and not _NOT_OPEN.search(words):
            yield start + found.start(), found[0]


def _clauses(text: str) -> set[tuple[int, int]]:
    """Start and end of each clause that has one of the signs."""
    found: set[tuple[int, int]] = set()
    for sign in _SIGNS:
        place = text.find(sign)
        while place >= 0:
            start, end = place, place + len(sign)
            while start and text[start - 1] not in _BREAKS:
                start -= 1
            while end < len(text) and text[end] not in _BREAKS:
                end += 1
            found.add((start, end))
            place = text.find(sign, end)
    return found


# Last year's problems: E7.

_LABEL = re.compile(r"\s*(?:存在的?|主要)?(?:问题|不足)[^，,。；;：:\n]{0,4}[:：]\s*")
_MEASURE = re.compile(
    r"\s*(?:建议|措施|改进|整改|今后|下一步|要|应|将|继续|进一步|切实|加强|加大|加快|完善|细化|强化|规范|建立|健全|提高|提升|严格|抓好|做好|落实|优化|推进)"
)
_SAYS_FAULT = re.compile(
    "不|未|没有|缺|有待|偏|过[高低重]|滞后|薄弱|单一|老化|困难|难|较|少|紧张|矛盾|前慢后快|存在"
)
_NOT_LETTERS = re.compile(r"[\W_]+")
_FEWEST = 6
"""Letters of a problem that can be known again."""


def last_years_problems_are_gone(case: Case) -> Iterator[Verdict]:
    """E7: where last year's problems are put right, none comes back word for word."""
    answers = case.filled("上年问题整改")
    if case.previous is None or not answers:
        yield Outcome.UNKNOWN
        return
    if all(each.text != "是" for each in answers):
        yield Outcome.NOT_APPLICABLE
        return
    before = _named(case.previous)
    now = _named(case)
    if not before or not now:
        yield Outcome.UNKNOWN
        return
    same = [
        (spot, before[words])
        for words, spot in now.items()
        if words in before and not _explains(case, spot.quoted)
    ]
    for answer in answers:
        if answer.text != "是":
            continue
        if not same:
            yield Outcome.HOLDS
            continue
        count = f"等 {len(same)} 个问题" if len(same) > 1 else ""
        yield Fault(
            answer.spot,
            f"“{answer.spot.where[-1]}”选了“是”，{case.previous.year}年度写的"
            f"“{_short(same[0][0].quoted)}”{count}今年又一字不差地写了一遍；"
            "没有整改到位请改选“否”，整改了请改写问题",
            tuple(spot for pair in same for spot in pair),
        )


def _explains(case: Case, words: str) -> bool:
    """Whether words are about a bad answer: its reason may be the same each year, and is told."""
    topics = (_topic_of(each.question)[0] for each in _weighed(case).bad)
    return any(topic is not None and topic.about.search(words) for topic in topics)


def _named(case: Case) -> dict[str, Spot]:
    """The problems that a record names: letters alone -> where it first stands."""
    found: dict[str, Spot] = {}
    for told in _told(case):
        for start, _, words in sentences(told.text):
            number = _NUMBER.match(words)
            skip = number.end() if number else 0
            if label := _LABEL.match(words, skip):
                skip = label.end()
            is_problem = told.is_pure or bool(label) or bool(_SAYS_FAULT.search(words, skip))
            if not is_problem or _MEASURE.match(words, skip):
                continue
            letters = _NOT_LETTERS.sub("", words[skip:])
            if len(letters) >= _FEWEST:
                kept = words[skip:].rstrip("。；;！!？?\n ")
                found.setdefault(letters, told.spot(case, start + skip, start + skip + len(kept)))
    return found


RULES: Mapping[str, Callable[[Case], Iterator[Verdict]]] = {
    "E1": every_question_is_answered,
    "E2": publishing_is_told,
    "E3": bad_answers_are_explained,
    "E4": good_answers_are_not_contradicted,
    "E5": not_all_is_good,
    "E6": finished_work_is_finished,
    "E7": last_years_problems_are_gone,
}
"""id -> the function that asks it."""
