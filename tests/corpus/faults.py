"""Mistakes that clerks make, planted one by one, with what a check should say of each.

Written from the rules' descriptions alone, without looking at how they are checked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.corpus.records import (
    PROJECT_FORM,
    RATIO_FORM,
    REPORT_FORM,
    TABLE_FORM,
    THREE_FORM,
    WHOLE_FORM,
    Draft,
    Nodes,
    rounded,
)
from tests.corpus.wording import money, percent, visits, wan


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that a fault should lead to."""

    rule: str
    part: str
    """As 附件1, 元数据, or "" for the record."""
    path: tuple[str, ...] | None
    """Keys below the part."""
    snippet: str
    """What stands there now; "" when it is what lacks."""
    sure: bool = True
    """False: a finding that would be right as well, and need not come."""


Found = tuple[Expected, ...]
Plant = Callable[[Draft, Random], Found]
"""Changes a draft's record; () when the fault does not fit it, and then changes nothing."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind."""

    name: str
    plant: Plant
    touches: frozenset[str]
    """Two kinds that touch the same are not planted in one record."""
    local: bool
    """Whether next year's record stays sound."""


_BODY = ("正文",)
_NUMBERS = "一二三四五六七八九"


def _say(draft: Draft, rule: str, form: str, *path: str, now: str = "", sure: bool = True) -> Found:
    part = draft.part(form) if form else ""
    return (Expected(rule, part, path or None, now, sure),)


def _prose(draft: Draft, rule: str, now: str, sure: bool = True) -> Found:
    return _say(draft, rule, REPORT_FORM, *_BODY, now=now, sure=sure)


def _in_table_too(draft: Draft, rule: str) -> Found:
    """What is planted among the achievements of the report stands in the table as well."""
    if not _is(draft, TABLE_FORM):
        return ()
    return _say(draft, rule, TABLE_FORM, "部门主要绩效", sure=False)


def _node(draft: Draft, form: str, *path: str) -> Nodes:
    node: Nodes = draft.record[draft.part(form)]
    for key in path:
        node = node[key]
    return node


def _set(draft: Draft, form: str, path: tuple[str, ...], value: object) -> None:
    _node(draft, form, *path[:-1])[path[-1]] = value


def _line(draft: Draft, key: str, old: str, new: str, count: int = 1) -> str:
    """Change a sentence of the report; gives it as it is now, "" when it has no such words."""
    line, old, new = draft.lines[key], draft.how.signs(old), draft.how.signs(new)
    if old not in line or line not in draft.text:
        return ""
    changed = line.replace(old, new, count)
    draft.text = draft.text.replace(line, changed, 1)
    draft.lines[key] = changed
    return changed


def _drop(draft: Draft, key: str) -> bool:
    line = draft.lines[key]
    if not line or line not in draft.text:
        return False
    draft.text = draft.text.replace("\n" + line, "", 1).replace(line, "", 1)
    return True


def _typo(text: str, random: Random) -> str:
    """A number with one of its digits (not the first, no decimals) mistyped."""
    places = [n for n, sign in enumerate(text) if sign.isdigit() and n][:3]
    place = places[0] if len(text.split(".")[0]) == 1 else places[min(1, len(places) - 1)]
    digit = str((int(text[place]) + random.randint(2, 7)) % 10)
    return text[:place] + digit + text[place + 1 :]


def _is(draft: Draft, form: str) -> bool:
    return bool(draft.part(form))


def _unexplained(draft: Draft, group: str, question: str, answer: str) -> Found:
    """A bad answer without a word on why."""
    found = _say(draft, "E3", TABLE_FORM, group, question, now=answer)
    if draft.grade == "优":
        found += _say(draft, "G5", TABLE_FORM, "自评结论", now="优")
    return found


# Names, years, attachments ------------------------------------------------------------------


def year_of_heading(draft: Draft, random: Random) -> Found:
    old, new = f"{draft.facts.year}年的重点工作", f"{draft.facts.year - 1}年的重点工作"
    draft.text = draft.text.replace(old, new, 1)
    return _prose(draft, "A1", new)


def year_of_total(draft: Draft, random: Random) -> Found:
    now = _line(draft, "total", f"{draft.facts.year}年", f"{draft.facts.year - 1}年")
    if not now:
        return ()
    return (
        _prose(draft, "A1", f"{draft.facts.year - 1}年")
        + _prose(draft, "B8", now, False)
        + _prose(draft, "K1", "", False)  # now it states last year's amount
    )


def year_of_title(draft: Draft, random: Random) -> Found:
    title = _node(draft, "信息公开元数据")["文件名称"]
    new = title.replace(str(draft.facts.year), str(draft.facts.year - 1))
    _set(draft, "信息公开元数据", ("文件名称",), new)
    path = ("信息公开元数据", "文件名称")
    # One place, one finding: that it is not the document's title any more need not be told again.
    return _say(draft, "A1", *path, now=new) + _say(draft, "J4", *path, now=new, sure=False)


def signature_name(draft: Draft, random: Random) -> Found:
    name = draft.unit.name
    new = name[:-1] if random.random() < 0.5 else name.replace("示例县", "示列县")
    _set(draft, REPORT_FORM, ("落款", "单位"), new)
    return _say(draft, "A2", REPORT_FORM, "落款", "单位", now=new)


def table_name(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    new = draft.unit.name + "办公室"
    _set(draft, TABLE_FORM, ("单位名称",), new)
    return _say(draft, "A2", TABLE_FORM, "单位名称", now=new)


def missing_attachment(draft: Draft, random: Random) -> Found:
    last = max(int(key[2:]) for key in draft.record if key.startswith("附件"))
    parts = list(draft.record.items())
    draft.record.clear()
    for key, part in parts:
        draft.record[f"附件{last + 1}" if key == f"附件{last}" else key] = part
    return (Expected("A3", "", None, f"附件{last}"),)


# Income and spending ------------------------------------------------------------------------


def income_part(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    new = _typo(wan(draft.facts.fiscal), random)
    _set(draft, TABLE_FORM, ("年度收入", "县财政预算安排"), new)
    return _say(draft, "B1", TABLE_FORM, "年度收入", "合计", now=wan(draft.facts.income))


def spending_part(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    new = _typo(wan(draft.facts.basic), random)
    _set(draft, TABLE_FORM, ("年度支出", "基本支出"), new)
    return _say(
        draft, "B2", TABLE_FORM, "年度支出", "合计", now=wan(draft.facts.total)
    ) + _say(draft, "B9", TABLE_FORM, "年度支出", "基本支出", now=new)  # fmt: skip


def money_from_nowhere(draft: Draft, random: Random) -> Found:
    if not (_is(draft, TABLE_FORM) and draft.facts.carried):
        return ()
    line = draft.lines["carried"]
    if line not in draft.text:
        return ()
    draft.text = draft.text.replace(line, "", 1)
    return _say(draft, "B3", TABLE_FORM, "年度支出", "合计", now=wan(draft.facts.total))


def surplus_denied(draft: Draft, random: Random) -> Found:
    if not (_is(draft, TABLE_FORM) and draft.facts.surplus):
        return ()
    path = ("预算执行", "本年度是否有结余")
    _set(draft, TABLE_FORM, path, "否")
    return _say(draft, "B4", TABLE_FORM, "预算执行", "结余金额", now=wan(draft.facts.surplus))


def surplus_amount(draft: Draft, random: Random) -> Found:
    if not (_is(draft, TABLE_FORM) and draft.facts.surplus):
        return ()
    new = _typo(wan(draft.facts.surplus), random)
    _set(draft, TABLE_FORM, ("预算执行", "结余金额"), new)
    return _say(draft, "B4", TABLE_FORM, "预算执行", "结余金额", now=new)


def extra_without_amount(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    if draft.facts.extra:
        _set(draft, TABLE_FORM, ("预算执行", "本年度是否追加了预算"), "否")
        now = wan(draft.facts.extra)
    else:
        _set(draft, TABLE_FORM, ("预算执行", "本年度是否追加了预算"), "是")
        now = "0"
    return _say(draft, "B5", TABLE_FORM, "预算执行", "追加金额", now=now)


def blank_income(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    key = next((k for k in ("其他收入", "中央省市安排资金") if not getattr(
        draft.facts, {"其他收入": "other", "中央省市安排资金": "higher"}[k])), "")  # fmt: skip
    if not key:
        return ()
    _set(draft, TABLE_FORM, ("年度收入", key), "")
    return _say(draft, "B6", TABLE_FORM, "年度收入", key)


def yuan_for_wan(draft: Draft, random: Random) -> Found:
    if not (_is(draft, TABLE_FORM) and draft.facts.three):
        return ()
    new = str(draft.facts.three * 100)
    path = (TABLE_FORM, "年度支出", "其中三公经费支出")
    _set(draft, path[0], path[1:], new)
    found = tuple(
        each for rule in ("B7", "B12", "C2") for each in _say(draft, rule, *path, now=new)
    )
    question = (TABLE_FORM, "三公经费管理情况", "三公经费是否比年度下降")
    others = ("C7", "C9", "C10", "K2")
    return (
        found
        + _say(draft, "C5", *question, now="是", sure=not draft.facts.rises)
        + tuple(Expected(rule, "", None, "", False) for rule in others)
    )


_SUM_TOO = (Expected("B2", "", None, "", False),)
"""A report with one wrong amount does not add up any more, either."""


def total_in_prose(draft: Draft, random: Random) -> Found:
    unit, right = draft.how.whole_unit, wan(draft.facts.total)
    wrong = round(Decimal(_typo(right, random)) * 100)
    now = _line(draft, "total", money(draft.facts.total, unit), money(wrong, unit))
    return _prose(draft, "B8", money(wrong, unit)) + _SUM_TOO if now else ()


def wan_for_yuan_in_prose(draft: Draft, random: Random) -> Found:
    shown = money(draft.facts.total, draft.how.whole_unit)
    wrong = f"{draft.facts.total * 100}万元"
    if not _line(draft, "total", shown, wrong):
        return ()
    return _prose(draft, "B8", wrong) + _prose(draft, "B12", wrong) + _SUM_TOO


def basic_in_prose(draft: Draft, random: Random) -> Found:
    unit = draft.how.whole_unit
    wrong = money(round(Decimal(_typo(wan(draft.facts.basic), random)) * 100), unit)
    now = _line(draft, "basic", money(draft.facts.basic, unit), wrong)
    return _prose(draft, "B9", wrong) + _SUM_TOO if now else ()


def project_in_prose(draft: Draft, random: Random) -> Found:
    unit = draft.how.whole_unit
    if not draft.facts.project:
        return ()
    wrong = money(round(Decimal(_typo(wan(draft.facts.project), random)) * 100), unit)
    now = _line(draft, "project", money(draft.facts.project, unit), wrong)
    return _prose(draft, "B10", wrong) + _SUM_TOO if now else ()


def amount_without_unit(draft: Draft, random: Random) -> Found:
    if not draft.facts.reception:
        return ()
    unit = draft.how.three_unit
    right = money(draft.facts.reception, unit)
    if not _line(draft, "three", f"公务接待费{right}", f"公务接待费{right.removesuffix(unit)}"):
        return ()
    return _prose(draft, "B11", right.removesuffix(unit)) + _prose(draft, "C1", "", False)


def mixed_units(draft: Draft, random: Random) -> Found:
    unit = draft.how.three_unit
    if unit == "元" or not draft.facts.reception:
        return ()
    new = money(draft.facts.reception, "元")
    old = money(draft.facts.reception, unit)
    if not _line(draft, "three", f"公务接待费{old}", f"公务接待费{new}"):
        return ()
    return _prose(draft, "B11", new)


def three_decimals(draft: Draft, random: Random) -> Found:
    if not (_is(draft, TABLE_FORM) and draft.facts.extra):
        return ()
    new = wan(draft.facts.extra) + str(random.randint(1, 9))
    _set(draft, TABLE_FORM, ("预算执行", "追加金额"), new)
    return _say(draft, "B13", TABLE_FORM, "预算执行", "追加金额", now=new)


def projects_of_nothing(draft: Draft, random: Random) -> Found:
    if draft.facts.project:
        return ()
    new = (
        "是指为完成特定工作任务而发生的支出,包括乡村道路、城建开发、农田水利等基础设施建设。",
        "主要用于办公楼维修、设备更新等项目。",
    )[random.randrange(2)]
    line = draft.lines["project"]
    for each in ("未安排", "没有", "无项目"):
        if each in line:  # a sentence that says there are none would contradict itself
            return ()
    now = _line(draft, "project", "。", "," + new)
    return _prose(draft, "B14", draft.how.signs(new)[:12]) if now else ()


def no_project_sheet(draft: Draft, random: Random) -> Found:
    if draft.unit.forms != "projects":
        return ()
    for key in [k for k, v in draft.record.items() if v.get("表式") == PROJECT_FORM]:
        del draft.record[key]
    now = wan(draft.facts.project)
    return _say(draft, "B15", TABLE_FORM, "年度支出", "项目支出", now=now)


def ticks_without_nontax(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM) or draft.unit.nontax:
        return ()
    key = "非税收入完成情况"
    _set(draft, TABLE_FORM, (key, "年度非税收入是否完成"), "是")
    _set(draft, TABLE_FORM, (key, "是否实行收支两条线管理"), "是")
    return _say(draft, "B16", TABLE_FORM, key, "年度非税收入是否完成", now="是")


def no_purchase_plan(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    path = ("政府采购及金额", "年度是否制定了政府采购计划")
    _set(draft, TABLE_FORM, path, "否")
    return _say(draft, "B17", TABLE_FORM, *path, now="否") + _unexplained(draft, *path, "否")


def no_purchase_amount(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    new = draft.how.signs("政府采购:年初制定了采购计划,严格按计划采购。")
    line = draft.lines["purchase"]
    if line not in draft.text:
        return ()
    draft.text = draft.text.replace(line, new, 1)
    path = ("政府采购及金额", "年度是否制定了政府采购计划")
    return _say(draft, "B17", TABLE_FORM, *path, now="是")


# 三公经费 ------------------------------------------------------------------------------------


def reception_in_prose(draft: Draft, random: Random) -> Found:
    if not (_is(draft, TABLE_FORM) and draft.facts.reception > 60):
        return ()
    unit, right = draft.how.three_unit, draft.facts.reception
    wrong = money(right - random.randint(11, 50), unit)
    if not _line(draft, "three", f"公务接待费{money(right, unit)}", f"公务接待费{wrong}"):
        return ()
    return _prose(draft, "C1", wrong)


def three_zero_in_prose(draft: Draft, random: Random) -> Found:
    if not (_is(draft, TABLE_FORM) and draft.facts.running):
        return ()
    unit = draft.how.three_unit
    right, wrong = money(draft.facts.three, unit), money(0, unit)
    now = _line(draft, "three", right, wrong)
    if not now:
        return ()
    return (
        _prose(draft, "C1", wrong)
        + _prose(draft, "C2", wrong)
        + tuple(_prose(draft, rule, "", False)[0] for rule in ("B7", "C7", "C9", "C10"))
    )


def three_in_table(draft: Draft, random: Random) -> Found:
    if not (_is(draft, TABLE_FORM) and draft.facts.three > 100):
        return ()
    change = random.randint(11, 40) * (1 if draft.facts.rises else -1)
    new = wan(draft.facts.three + change)
    _set(draft, TABLE_FORM, ("年度支出", "其中三公经费支出"), new)
    return _say(draft, "C2", TABLE_FORM, "年度支出", "其中三公经费支出", now=new) + tuple(
        _prose(draft, rule, "", False)[0] for rule in ("C7", "C9", "C10", "C1")
    )


def running_in_prose(draft: Draft, random: Random) -> Found:
    if not draft.facts.running:
        return ()
    unit, right = draft.how.three_unit, money(draft.facts.running, draft.how.three_unit)
    wrong = money(draft.facts.running + random.randint(11, 60), unit)
    for label in ("公务用车运行维护费", ",运行维护费", "、运行"):
        if (
            label + right in draft.lines["three"]
            or draft.how.signs(label) + right in (draft.lines["three"])
        ):
            _line(draft, "three", label + right, label + wrong)
            rule = "C1" if draft.how.three == 6 else "C3"
            other = "C3" if rule == "C1" else "C1"
            return _prose(draft, rule, wrong) + _prose(draft, other, wrong, False)
    return ()


def costs_without_cars(draft: Draft, random: Random) -> Found:
    if not (_is(draft, TABLE_FORM) and draft.facts.running and draft.facts.cars):
        return ()
    o = draft.facts
    for mark in ("台", "辆"):
        for first in ("小车编制数", "公务用车编制"):
            old = f"{first}{o.car_posts}{mark},实有{o.cars}{mark}"
            new = f"{first}0{mark},实有0{mark}"
            if _line(draft, "staff", old, new):
                return _prose(draft, "C4", draft.how.signs(new))
    return ()


def fall_ticked(draft: Draft, random: Random) -> Found:
    if not (_is(draft, TABLE_FORM) and draft.facts.three):
        return ()
    path = ("三公经费管理情况", "三公经费是否比年度下降")
    new = "是" if draft.facts.rises else "否"
    _set(draft, TABLE_FORM, path, new)
    found = _say(draft, "C5", TABLE_FORM, *path, now=new)
    if new == "是":
        return (*found, *_say(draft, "E4", TABLE_FORM, *path, now=new, sure=False))
    return (
        *found,
        *(
            Expected(e.rule, e.part, e.path, e.snippet, False)
            for e in _unexplained(draft, *path, new)
        ),
    )


def no_visits(draft: Draft, random: Random) -> Found:
    seen = visits(draft.facts, draft.how)
    if not seen or not _is(draft, TABLE_FORM) or not _line(draft, "three", f"({seen})", ""):
        return ()
    return _prose(draft, "C6", money(draft.facts.reception, draft.how.three_unit))


def no_comparison(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM) or not draft.facts.three or not _drop(draft, "compare"):
        return ()
    return _prose(draft, "C7", "")


def over_budget(draft: Draft, random: Random) -> Found:
    if not _is(draft, RATIO_FORM) or draft.facts.reception < 60:
        return ()
    low = draft.facts.reception * 8 // 10
    whole = low + draft.facts.running + draft.facts.running * 5 // 100
    found: Found = ()
    for form, one, all_ in (
        (RATIO_FORM, "公务接待", "三公经费"),
        (THREE_FORM, "公务接待费", "合计"),
    ):
        _set(draft, form, (one, "预算数"), wan(low))
        _set(draft, form, (all_, "预算数"), wan(whole))
        found += _say(draft, "C8", form, one, "决算数", now=wan(draft.facts.reception))
        found += _say(draft, "C8", form, all_, "决算数", now=wan(draft.facts.three), sure=False)
    return found


def _changes(draft: Draft) -> tuple[str, str]:
    o, last = draft.facts.three, draft.last.three
    if not o:
        return "", ""
    return money(abs(o - last), draft.how.three_unit), percent(abs(o - last), last)


def wrong_share(draft: Draft, random: Random) -> Found:
    _, share = _changes(draft)
    if not share:
        return ()
    wrong = f"{Decimal(share[:-1]) + random.randint(2, 9)}%"
    return _prose(draft, "C9", wrong) if _line(draft, "compare", share, wrong) else ()


def wrong_direction(draft: Draft, random: Random) -> Found:
    amount, _ = _changes(draft)
    old, new = ("增加", "减少") if draft.facts.rises else ("减少", "增加")
    if not amount or not _line(draft, "compare", old + amount, new + amount):
        return ()
    return _prose(draft, "C10", new + amount) + _prose(draft, "C9", "", False)


# Staff ---------------------------------------------------------------------------------------


def overstaffed_ticked(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    path = ("财政供养人员控制情况", "是否存在超编超配人员")
    _set(draft, TABLE_FORM, path, "是")
    return _say(draft, "D1", TABLE_FORM, *path, now="是") + _unexplained(draft, *path, "是")


def posts_and_staff_swapped(draft: Draft, random: Random) -> Found:
    o = draft.facts
    if not _is(draft, TABLE_FORM) or o.posts == o.staff:
        return ()
    _set(draft, TABLE_FORM, ("编制人数",), str(o.staff))
    _set(draft, TABLE_FORM, ("实有人数",), str(o.posts))
    path = ("财政供养人员控制情况", "是否存在超编超配人员")
    return (
        _say(draft, "D1", TABLE_FORM, *path, now="否")
        + _say(draft, "D2", TABLE_FORM, "编制人数", now=str(o.staff))
        + _say(draft, "D2", TABLE_FORM, "实有人数", now=str(o.posts))
    )


def staff_in_prose(draft: Draft, random: Random) -> Found:
    if any(word in draft.lines["staff"] for word in ("行政人员",)):
        return ()
    o, n = draft.facts, draft.how.one
    for word in ("实有人数", "实有在职", "在职人员", "实有数", "实有人员", "实有人数为"):
        old, new = f"{word}{o.staff}{n}", f"{word}{o.staff - 1}{n}"
        if _line(draft, "staff", old, new):
            return _prose(draft, "D2", new)
    return ()


def posts_in_prose(draft: Draft, random: Random) -> Found:
    o, n = draft.facts, draft.how.one
    for word in ("编制人数", "核定编制", "编制数", "编制人数为", "编制"):
        old, new = f"{word}{o.posts}{n}", f"{word}{o.posts + 2}{n}"
        if _line(draft, "staff", old, new):
            return _prose(draft, "D2", new)
    return ()


def wrong_ratio(draft: Draft, random: Random) -> Found:
    if not _is(draft, RATIO_FORM):
        return ()
    path = ("财政供养人员情况", "控制率")
    right = Decimal(percent(draft.facts.staff, draft.facts.posts)[:-1])
    new = f"{right - random.randint(2, 9)}%"
    _set(draft, RATIO_FORM, path, new)
    return _say(draft, "D3", RATIO_FORM, *path, now=new)


def too_many_cars(draft: Draft, random: Random) -> Found:
    o = draft.facts
    if not o.cars or not _is(draft, TABLE_FORM):
        return ()
    for mark in ("台", "辆"):
        old, new = f"实有{o.cars}{mark}", f"实有{o.car_posts + 2}{mark}"
        if _line(draft, "staff", old, new):
            return _prose(draft, "D4", new)
    return ()


def staff_parts(draft: Draft, random: Random) -> Found:
    o, n = draft.facts, draft.how.one
    old, new = f"行政人员{o.officials}{n}", f"行政人员{o.officials + random.randint(2, 4)}{n}"
    return _prose(draft, "D5", new) if _line(draft, "staff", old, new) else ()


# Answers -------------------------------------------------------------------------------------

_PLAIN_QUESTIONS = (
    ("财务管理", "内部控制报告编制是否规范"),
    ("资产管理", "资产是否产权清晰、两证齐全"),
    ("预算绩效管理", "是否开展绩效运行监控"),
    ("资金管理", "是否制定资金管理办法"),
    ("预算绩效管理", "绩效监控发现的问题是否及时纠正"),
)


def unanswered(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    path = random.choice(_PLAIN_QUESTIONS)
    _set(draft, TABLE_FORM, path, "")
    return _say(draft, "E1", TABLE_FORM, *path)


def no_day_of_publishing(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    _set(draft, TABLE_FORM, ("预算执行", "公开时间"), "")
    return _say(draft, "E2", TABLE_FORM, "预算执行", "公开时间")


def no_way_of_publishing(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    _set(draft, TABLE_FORM, ("预算执行", "公开方式"), "")
    return _say(draft, "E2", TABLE_FORM, "预算执行", "公开方式")


def bad_answer(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    path = random.choice(_PLAIN_QUESTIONS)
    _set(draft, TABLE_FORM, path, "否")
    return _unexplained(draft, *path, "否")


def _new_problem(draft: Draft, problem: str, measure: str, at: int = 0) -> bool:
    """Say another problem instead of the first, in the report and in the table."""
    old = draft.pairs[at]
    signs = draft.how.signs
    texts = [(REPORT_FORM, "正文")]
    if _is(draft, TABLE_FORM):
        texts.append((TABLE_FORM, "问题与建议"))
    for form, key in texts:
        node = _node(draft, form)
        if signs(old[0]) not in node[key] or signs(old[1]) not in node[key]:
            return False
    for form, key in texts:
        node = _node(draft, form)
        node[key] = (
            node[key].replace(signs(old[0]), signs(problem)).replace(signs(old[1]), signs(measure))
        )
    return True


def contradicted_answer(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    problem, measure, path = random.choice(
        (
            ("部分资产管理不够规范", "完善资产管理,规范资产登记和处置",
             ("资产管理", "资产管理、保存、处置是否合理规范")),
            ("会计核算不够规范,政府会计制度执行不严格", "规范会计核算,严格执行政府会计制度",
             ("财务管理", "会计核算是否严格执行政府会计制度准则")),
            ("部分资产账实不符", "开展资产清查,做到账实一致",
             ("资产管理", "账、表、实、卡是否相符")),
        )
    )  # fmt: skip
    if not _new_problem(draft, problem, measure):
        return ()
    return _say(draft, "E4", TABLE_FORM, *path, now="是") + _prose(
        draft, "E4", draft.how.signs(problem), False
    )


def _in_achievements(draft: Draft, old: str, new: str, both: bool = True) -> bool:
    """Change the words of an achievement, in the table too."""
    old, new = draft.how.signs(old), draft.how.signs(new)
    if draft.text.count(old) != 1:
        return False
    draft.text = draft.text.replace(old, new)
    if both and _is(draft, TABLE_FORM):
        node = _node(draft, TABLE_FORM)
        node["部门主要绩效"] = node["部门主要绩效"].replace(old, new)
    return True


def still_open(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    new = random.choice(("另有3件正在办理", "其余2项工作尚未完成"))
    if not _in_achievements(draft, draft.done[0], f"{draft.done[0]},{new}"):
        return ()
    return _say(
        draft, "E6", TABLE_FORM, "职责履行", "重点工作是否全部完成且质量达标", now="是"
    ) + _prose(draft, "E6", new, False)


def last_years_problems(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM) or draft.facts.year == 2020:
        return ()
    for at, (problem, measure) in enumerate(draft.last_pairs[:2]):
        if not _new_problem(draft, problem, measure, at):
            return ()
    problem = draft.how.signs(draft.last_pairs[0][0])
    path = ("预算绩效管理", "上年度绩效评价反馈的问题是否整改到位")
    return _say(draft, "E7", TABLE_FORM, *path, now="是") + _prose(draft, "E7", problem, False)


# Days ----------------------------------------------------------------------------------------


def published_too_early(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    new = draft.how.day(date(draft.facts.year, 3, random.randint(5, 25)))
    _set(draft, TABLE_FORM, ("预算执行", "公开时间"), new)
    seen = draft.how.day(draft.facts.published)
    _line(draft, "open", seen, new)
    return _say(draft, "F1", TABLE_FORM, "预算执行", "公开时间", now=new)


def filled_in_the_year(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    new = draft.how.day(draft.facts.filled.replace(year=draft.facts.year, day=15))
    _set(draft, TABLE_FORM, ("时间",), new)
    return (
        _say(draft, "F2", TABLE_FORM, "时间", now=new)
        + _say(draft, "F3", TABLE_FORM, "时间", now=new)
        + _say(draft, "F1", TABLE_FORM, "预算执行", "公开时间", sure=False)
    )


def days_apart(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    new = draft.how.day(date(draft.facts.year + 1, 3, random.randint(3, 27)))
    _set(draft, TABLE_FORM, ("时间",), new)
    return _say(draft, "F3", TABLE_FORM, "时间", now=new) + _say(
        draft, "F1", TABLE_FORM, "预算执行", "公开时间", sure=False
    )


def issued_late(draft: Draft, random: Random) -> Found:
    new = draft.facts.issued + timedelta(7 * random.randint(6, 9))
    _set(draft, "信息公开元数据", ("发文日期",), draft.how.day(new))
    draft.record["审核"]["发布日期"] = draft.how.day(new)
    return _say(draft, "F5", "信息公开元数据", "发文日期", now=draft.how.day(new))


def words_of_the_moment(draft: Draft, random: Random) -> Found:
    word = random.choice(("今年以来", "截至目前", "近日"))
    new = f"{word}{draft.done[1]}" if word != "截至目前" else f"截至目前已{draft.done[1]}"
    if not _in_achievements(draft, draft.done[1], new):
        return ()
    return _prose(draft, "F6", word) + _in_table_too(draft, "F6")


def own_report_published(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    path = ("预算绩效管理", "年度绩效目标和绩效评价报告是否信息公开")
    if _node(draft, TABLE_FORM, path[0])[path[1]] != "不适用":
        return ()
    _set(draft, TABLE_FORM, path, "是")
    return _say(draft, "F7", TABLE_FORM, *path, now="是") + _say(
        draft, "E4", TABLE_FORM, *path, sure=False
    )


def out_before_review(draft: Draft, random: Random) -> Found:
    new = draft.how.day(draft.facts.reviews[2] - timedelta(1))
    draft.record["审核"]["发布日期"] = new
    return (
        Expected("F8", "审核", ("发布日期",), new),
        Expected("I4", "审核", ("三审", "日期"), "", False),
        Expected("F8", "元数据", ("发文日期",), "", False),
    )


def loose_date(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    day = draft.facts.filled
    new = (
        f"{day.year}年{day.month}月{day.day}日"
        if draft.how.dash
        else f"{day.year} 年{day.month}月{day.day}日"
    )
    _set(draft, TABLE_FORM, ("时间",), new)
    return _say(draft, "F9", TABLE_FORM, "时间", now=new)


# Grade and scores ----------------------------------------------------------------------------


def grade_of_score(draft: Draft, random: Random) -> Found:
    if not draft.score:
        return ()
    new = "良" if draft.grade == "优" else "优"
    now = _line(draft, "grade", draft.grade, new)
    return _prose(draft, "G2", now) + _prose(draft, "G4", now, False) if now else ()


def nothing_on_scores(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM) or draft.lines["grade"] not in draft.text:
        return ()
    new = f"自评结论为{draft.grade}。"
    draft.text = draft.text.replace(draft.lines["grade"], new, 1)
    draft.lines["grade"] = new
    return _say(draft, "G3", TABLE_FORM, "自评结论", now=draft.grade)


def other_grade(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    new = "良" if draft.grade == "优" else "优"
    now = _line(draft, "grade", draft.grade, new, 9)
    return _prose(draft, "G4", now) if now else ()


def report_without_grade(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM) or draft.lines["grade"] not in draft.text:
        return ()
    new = draft.how.signs("本表未设评分,各项工作按要求开展了自评。")
    draft.text = draft.text.replace(draft.lines["grade"], new, 1)
    return _prose(draft, "G4", "")


def sum_of_scores(draft: Draft, random: Random) -> Found:
    form = random.choice((WHOLE_FORM, PROJECT_FORM))
    if not _is(draft, form):
        return ()
    old = Decimal(_node(draft, form, "总分")["得分"])
    new = str(old - Decimal("0.5"))
    _set(draft, form, ("总分", "得分"), new)
    found = _say(draft, "G6", form, "总分", "得分", now=new)
    if form == WHOLE_FORM:
        found += _prose(draft, "G2", "", False) + _prose(draft, "G4", "", False)
    return found


def score_over_weight(draft: Draft, random: Random) -> Found:
    if not _is(draft, PROJECT_FORM):
        return ()
    rows = _node(draft, PROJECT_FORM)["绩效指标"]
    up, down = rows[5], rows[6]
    up["得分"], down["得分"] = "12", "8"
    down["偏差原因分析及改进措施"] = draft.how.signs("制度更新偏慢;今后按季更新。")
    return _say(draft, "G6", PROJECT_FORM, "绩效指标", "得分", now="12")


def wrong_execution(draft: Draft, random: Random) -> Found:
    form = random.choice((WHOLE_FORM, PROJECT_FORM))
    if not _is(draft, form):
        return ()
    node = _node(draft, form, "年度资金总额")
    right = Decimal(node["执行率"][:-1])
    node["执行率"] = f"{right - random.randint(3, 8)}%"
    return _say(draft, "G7", form, "年度资金总额", "执行率", now=node["执行率"])


def funds_do_not_add_up(draft: Draft, random: Random) -> Found:
    form = random.choice((WHOLE_FORM, PROJECT_FORM))
    if not _is(draft, form):
        return ()
    if form == WHOLE_FORM:
        node = _node(draft, form, "按收入性质分")
        node["政府性基金"] = rounded(Decimal(random.randint(300, 900)) / 7)
        now = node["政府性基金"]
        return _say(draft, "G8", form, "按收入性质分", "政府性基金", now=now)
    node = _node(draft, form, "其他资金")
    node["全年预算数"] = node["年初预算数"] = node["全年执行数"] = "5.00"
    node["执行率"] = "100%"
    return _say(draft, "G8", form, "年度资金总额", "全年执行数") + tuple(
        _say(draft, "G8", form, "年度资金总额", column, sure=False)[0]
        for column in ("年初预算数", "全年预算数")
    )


def miss_without_reason(draft: Draft, random: Random) -> Found:
    form = random.choice((WHOLE_FORM, PROJECT_FORM))
    if not _is(draft, form):
        return ()
    row = _node(draft, form)["绩效指标"][7]
    row["实际完成值"] = "86%"
    return _say(draft, "G9", form, "绩效指标", "实际完成值", now="86%")


def far_over_target(draft: Draft, random: Random) -> Found:
    form = random.choice((WHOLE_FORM, PROJECT_FORM))
    if not _is(draft, form):
        return ()
    row = _node(draft, form)["绩效指标"][4]
    if row["得分"] != row["分值"]:
        return ()
    row["实际完成值"] = "5210人次"
    return _say(draft, "G10", form, "绩效指标", "实际完成值", now="5210人次")


# Text ----------------------------------------------------------------------------------------


def placeholder(draft: Draft, random: Random) -> Found:
    new = random.choice(("组织专项行动XX次", "开展调研××次", "走访单位(待填写)家"))
    if not _in_achievements(draft, draft.done[2], f"{draft.done[2]},{new}"):
        return ()
    mark = next(each for each in ("XX", "××", "待填写") if each in new)
    return _prose(draft, "H1", mark) + _in_table_too(draft, "H1")


def choose_one(draft: Draft, random: Random) -> Found:
    amount, _ = _changes(draft)
    word = "增加" if draft.facts.rises else "减少"
    if not amount or not _line(draft, "compare", word + amount, f"增加(减少){amount}"):
        return ()
    return (
        _prose(draft, "H1", draft.how.signs("增加(减少)"))
        + _prose(draft, "C10", "", False)
        + _prose(draft, "C7", "", False)
    )


def wrong_word(draft: Draft, random: Random) -> Found:
    if _line(draft, "assets", "账实", "帐实"):
        return _prose(draft, "H2", "帐实")
    return ()


def wrong_phrase(draft: Draft, random: Random) -> Found:
    new = random.choice(("建立建全长效机制", "推广先进作法"))
    if not _in_achievements(draft, draft.done[1], f"{draft.done[1]},{new}"):
        return ()
    return _prose(draft, "H2", new[:4] if "建全" in new else "作法") + _in_table_too(draft, "H2")


def doubled_year(draft: Draft, random: Random) -> Found:
    year = draft.facts.year
    for key in ("basic", "project", "three"):
        if _line(draft, key, f"{year}年度", f"{year}年年度"):
            return _prose(draft, "H2", f"{year}年年度")
    return ()


def number_twice(draft: Draft, random: Random) -> Found:
    """The last of the problems keeps the number of the one before."""
    count = len(draft.pairs)
    line = draft.how.signs(draft.how.listed([problem for problem, _ in draft.pairs])[-1])
    new = line.replace(str(count), str(count - 1), 1)
    if draft.text.count("\n" + line) != 1:
        return ()
    draft.text = draft.text.replace("\n" + line, "\n" + new)
    return _prose(draft, "H3", new)


def no_full_stop(draft: Draft, random: Random) -> Found:
    key = random.choice(("basic", "project", "money"))
    line = draft.lines[key]
    if line + "\n" not in draft.text:
        return ()
    draft.text = draft.text.replace(line + "\n", line[:-1] + "\n", 1)
    return _prose(draft, "H4", line[-9:-1])


def doubled_sign(draft: Draft, random: Random) -> Found:
    if not _line(draft, "money", ",", ",,"):
        return ()
    return _prose(draft, "H4", draft.how.signs(",,"))


def numbers_drift(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    item = next(each for each in draft.done if "全年共受理" not in each)
    old = max("".join(sign if sign.isdigit() else " " for sign in item).split(), key=len)
    new = str(int(old) + random.randint(2, 9))
    if not _in_achievements(draft, item, item.replace(old, new, 1), both=False):
        return ()
    return _say(draft, "H5", TABLE_FORM, "部门主要绩效", now=old) + _prose(draft, "H5", new, False)


def parts_in_prose(draft: Draft, random: Random) -> Found:
    item = next(each for each in draft.done if "全年共受理" in each)
    start = item.index("网络受理") + 4
    old = item[start : item.index("件", start)]
    new = str(int(old) + random.randint(2, 8))
    changed = item.replace(f"网络受理{old}件", f"网络受理{new}件")
    if not _in_achievements(draft, item, changed):
        return ()
    return _prose(draft, "H6", f"网络受理{new}件") + _in_table_too(draft, "H6")


def share_over_all(draft: Draft, random: Random) -> Found:
    item = next(each for each in draft.done if "群众满意率" in each)
    start = item.index("群众满意率") + 5
    old = item[start : item.index("%", start)]
    new = old.replace(".", "")[:3] + "." + old[-1]
    if not _in_achievements(draft, item, item.replace(f"满意率{old}%", f"满意率{new}%")):
        return ()
    return _prose(draft, "H7", f"{new}%") + _in_table_too(draft, "H7")


def measure_lost(draft: Draft, random: Random) -> Found:
    line = draft.how.signs(draft.how.listed([measure for _, measure in draft.pairs])[-1])
    if not draft.text.endswith("\n" + line):
        return ()
    draft.text = draft.text.removesuffix("\n" + line)
    return _prose(draft, "H8", draft.how.signs(draft.pairs[-1][0]))


def problem_only_in_report(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM):
        return ()
    signs = draft.how.signs
    line = signs(draft.how.listed([problem for problem, _ in draft.pairs])[-1])
    other = signs(draft.how.listed([measure for _, measure in draft.pairs])[-1])
    node = _node(draft, TABLE_FORM)
    kept = [each for each in node["问题与建议"].split("\n") if each not in (line, other)]
    if len(kept) == len(node["问题与建议"].split("\n")) or len(draft.pairs) < 3:
        return ()
    if draft.facts.rises or "还没有公开" in draft.pairs[-1][0]:
        return ()
    node["问题与建议"] = "\n".join(kept)
    return _say(draft, "H8", TABLE_FORM, "问题与建议", now=kept[-1])


# Privacy, metadata, other years --------------------------------------------------------------


def mobile_number(draft: Draft, random: Random) -> Found:
    number = "138" + "0013" + "8000"
    if not _line(draft, "open", "公开", f"公开(咨询电话{number})"):
        return ()
    return _prose(draft, "I1", number)


def mail_address(draft: Draft, random: Random) -> Found:
    address = "shili" + "123" + "@" + "example" + ".com"
    if not _line(draft, "open", "公开", f"公开(意见请发至{address})"):
        return ()
    return _prose(draft, "I2", address)


def review_missing(draft: Draft, random: Random) -> Found:
    draft.record["审核"]["三审"] = {"日期": "", "意见": ""}
    return (Expected("I4", "审核", ("三审",), ""), Expected("F8", "审核", None, "", False))


def head_left_empty(draft: Draft, random: Random) -> Found:
    key = random.choice(("公开目录", "公开形式", "公开责任部门"))
    _set(draft, "信息公开元数据", (key,), "")
    found = _say(draft, "J1", "信息公开元数据", key)
    if key == "公开责任部门":
        found += _say(draft, "A2", "信息公开元数据", key, sure=False)
    return found


def number_left_empty(draft: Draft, random: Random) -> Found:
    _set(draft, "信息公开元数据", ("索引号",), "")
    return _say(draft, "J1", "信息公开元数据", "索引号") + _say(
        draft, "J2", "信息公开元数据", "索引号", sure=False
    )


def number_ill_formed(draft: Draft, random: Random) -> Found:
    old = _node(draft, "信息公开元数据")["索引号"]
    new = random.choice((old[:-6] + old[-3:], old.replace("-", "/"), old[2:]))
    _set(draft, "信息公开元数据", ("索引号",), new)
    return _say(draft, "J2", "信息公开元数据", "索引号", now=new)


def needless_day(draft: Draft, random: Random) -> Found:
    day = draft.how.day(draft.facts.issued)
    _set(draft, "信息公开元数据", ("生效日期",), day)
    return _say(draft, "J3", "信息公开元数据", "生效日期", now=day)


def other_title(draft: Draft, random: Random) -> Found:
    old = _node(draft, "信息公开元数据")["文件名称"]
    new = old.replace("部门整体支出绩效自评报告", "项目支出绩效评价工作方案")
    _set(draft, "信息公开元数据", ("文件名称",), new)
    return _say(draft, "J4", "信息公开元数据", "文件名称", now=new)


def last_year_differs(draft: Draft, random: Random) -> Found:
    if not _is(draft, RATIO_FORM) or draft.facts.year == 2020:
        return ()
    more = random.randint(11, 40)
    _set(draft, RATIO_FORM, ("公务接待", "上年决算数"), wan(draft.last.reception + more))
    _set(draft, RATIO_FORM, ("三公经费", "上年决算数"), wan(draft.last.three + more))
    now = wan(draft.last.three + more)
    return (
        _say(draft, "K1", RATIO_FORM, "三公经费", "上年决算数", now=now)
        + _say(draft, "K1", RATIO_FORM, "公务接待", "上年决算数", sure=False)
        + _prose(draft, "C9", "", False)
        + _prose(draft, "C7", "", False)
    )


def posts_jump(draft: Draft, random: Random) -> Found:
    if not _is(draft, TABLE_FORM) or draft.facts.year == 2020:
        return ()
    o, n = draft.facts, draft.how.one
    new = str(o.posts * 3 // 2)
    for unit in (n, "个"):
        for word in ("编制人数", "核定编制", "编制数", "编制人数为", "编制", "现有编制"):
            if _line(draft, "staff", f"{word}{o.posts}{unit}", f"{word}{new}{unit}"):
                _set(draft, TABLE_FORM, ("编制人数",), new)
                return _say(draft, "K2", TABLE_FORM, "编制人数", now=new)
    return ()


_KINDS: tuple[tuple[Plant, str, bool], ...] = (
    (year_of_heading, "heading", True),
    (year_of_total, "total", True),
    (year_of_title, "title", True),
    (signature_name, "signature", True),
    (table_name, "name", True),
    (missing_attachment, "parts", True),
    (income_part, "income", False),
    (spending_part, "basic total", False),
    (money_from_nowhere, "carried", True),
    (surplus_denied, "surplus", True),
    (surplus_amount, "surplus", False),
    (extra_without_amount, "extra", True),
    (blank_income, "income", True),
    (yuan_for_wan, "three compare answers", False),
    (total_in_prose, "total", True),
    (wan_for_yuan_in_prose, "total", True),
    (basic_in_prose, "basic", True),
    (project_in_prose, "project", True),
    (amount_without_unit, "three", True),
    (mixed_units, "three", True),
    (three_decimals, "extra", True),
    (projects_of_nothing, "project", True),
    (no_project_sheet, "project parts score", True),
    (ticks_without_nontax, "nontax", True),
    (no_purchase_plan, "answers purchase grade", True),
    (no_purchase_amount, "purchase", True),
    (reception_in_prose, "three", True),
    (three_zero_in_prose, "three compare", True),
    (three_in_table, "three compare answers", False),
    (running_in_prose, "three", True),
    (costs_without_cars, "staff cars", True),
    (fall_ticked, "three compare answers grade", True),
    (no_visits, "three", True),
    (no_comparison, "compare", True),
    (over_budget, "three", True),
    (wrong_share, "compare", True),
    (wrong_direction, "compare", True),
    (overstaffed_ticked, "answers staff grade", True),
    (posts_and_staff_swapped, "staff", False),
    (staff_in_prose, "staff", True),
    (posts_in_prose, "staff", True),
    (wrong_ratio, "ratio", True),
    (too_many_cars, "staff", True),
    (staff_parts, "staff", True),
    (unanswered, "answers", True),
    (no_day_of_publishing, "published", True),
    (no_way_of_publishing, "published", True),
    (bad_answer, "answers grade", True),
    (contradicted_answer, "problems answers", True),
    (still_open, "done answers", True),
    (last_years_problems, "problems answers", False),
    (published_too_early, "published days open", True),
    (filled_in_the_year, "days published", True),
    (days_apart, "days published", True),
    (issued_late, "issued", True),
    (words_of_the_moment, "done", True),
    (own_report_published, "answers open", True),
    (out_before_review, "issued reviews", True),
    (loose_date, "days", True),
    (grade_of_score, "grade score", True),
    (nothing_on_scores, "grade", True),
    (other_grade, "grade", True),
    (report_without_grade, "grade", True),
    (sum_of_scores, "score grade", True),
    (score_over_weight, "score", True),
    (wrong_execution, "score", True),
    (funds_do_not_add_up, "score", True),
    (miss_without_reason, "score", True),
    (far_over_target, "score", True),
    (placeholder, "done", True),
    (choose_one, "compare", True),
    (wrong_word, "assets", True),
    (wrong_phrase, "done", True),
    (doubled_year, "basic project three", True),
    (number_twice, "problems", True),
    (no_full_stop, "basic project money", True),
    (doubled_sign, "money", True),
    (numbers_drift, "done", True),
    (parts_in_prose, "done", True),
    (share_over_all, "done", True),
    (measure_lost, "problems", True),
    (problem_only_in_report, "problems", True),
    (mobile_number, "open", True),
    (mail_address, "open", True),
    (review_missing, "reviews issued", True),
    (head_left_empty, "head", True),
    (number_left_empty, "number", True),
    (number_ill_formed, "number", True),
    (needless_day, "head", True),
    (other_title, "title", True),
    (last_year_differs, "three compare", True),
    (posts_jump, "staff", False),
)
FAULTS = tuple(
    Fault(plant.__name__, plant, frozenset(touches.split()), local)
    for plant, touches, local in _KINDS
)
