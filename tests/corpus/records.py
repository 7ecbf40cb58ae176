"""One record of a fictional unit, as the nodes of its YAML file."""

from copy import deepcopy
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from tests.corpus import wording
from tests.corpus.facts import REGION, Facts, Unit, achievements
from tests.corpus.wording import Style, percent, wan

Nodes = dict[str, Any]
"""Keys of a part, with texts, lists, and further keys."""

QUESTIONS: tuple[tuple[str, str, str], ...] = (
    ("财政供养人员控制情况", "是否存在超编超配人员", "否"),
    ("三公经费管理情况", "是否制定“三公”经费管理办法", "是"),
    ("三公经费管理情况", "招待费用是否明确招待标准和招待人数", "是"),
    ("三公经费管理情况", "公务用车购置运行费是否比上年度下降", "是"),
    ("三公经费管理情况", "三公经费是否比年度下降", "是"),
    ("非税收入完成情况", "年度非税收入是否完成", "是"),
    ("非税收入完成情况", "是否实行收支两条线管理", "是"),
    ("非税收入完成情况", "有无截留、坐支、转移等现象", "无"),
    ("政府采购及金额", "年度是否制定了政府采购计划", "是"),
    ("预算执行", "本年度是否追加了预算", ""),
    ("预算执行", "追加金额", ""),
    ("预算执行", "本年度是否有结余", ""),
    ("预算执行", "结余金额", ""),
    ("预算执行", "预决算信息是否公开", "是"),
    ("预算执行", "公开时间", ""),
    ("预算执行", "公开方式", ""),
    ("预算绩效管理", "部门预算和专项资金是否编制绩效目标", "是"),
    ("预算绩效管理", "是否开展绩效运行监控", "是"),
    ("预算绩效管理", "是否开展绩效评价", "是"),
    ("预算绩效管理", "年度绩效目标和绩效评价报告是否信息公开", "是"),
    ("预算绩效管理", "上年度绩效评价反馈的问题是否整改到位", "是"),
    ("预算绩效管理", "绩效监控发现的问题是否及时纠正", "是"),
    ("财务管理", "会计机构或会计人员是否按规定设置", "是"),
    ("财务管理", "会计核算是否严格执行政府会计制度准则", "是"),
    ("财务管理", "是否制定财务管理、会计核算等制度", "是"),
    ("财务管理", "内部控制报告编制是否规范", "是"),
    ("财务管理", "会计人员是否具备从事会计工作所需要的专业能力", "是"),
    ("资金管理", "是否制定资金管理办法", "是"),
    ("资金管理", "资金拨付有完整的审批程序", "有"),
    ("资金管理", "资金使用是否存在违规使用资金、乱发津补贴奖金现象", "否"),
    ("资产管理", "是否制定资产管理制度", "是"),
    ("资产管理", "资产管理、保存、处置是否合理规范", "是"),
    ("资产管理", "资产是否产权清晰、两证齐全", "是"),
    ("资产管理", "账、表、实、卡是否相符", "是"),
    ("职责履行", "重点工作是否全部完成且质量达标", "是"),
)
REPORT_FORM, TABLE_FORM = "自评报告", "基础数据表2022"
RATIO_FORM, WHOLE_FORM = "基础数据表控制率", "部门整体支出自评表"
PROJECT_FORM, THREE_FORM = "项目支出自评表", "三公经费表"


@dataclass(slots=True)
class Draft:
    """A record in the making, with what went into it: faults change `record`."""

    unit: Unit
    facts: Facts
    last: Facts
    how: Style
    grade: str
    score: str
    done: list[str]
    pairs: list[tuple[str, str]]
    last_pairs: list[tuple[str, str]]
    lines: dict[str, str]
    """The sentences of the report by what they tell."""
    record: Nodes = field(default_factory=dict)

    def copy(self) -> "Draft":
        return deepcopy(self)

    def part(self, form: str) -> str:
        """The key of the first part of a form; "" without one."""
        return next((k for k, v in self.record.items() if v.get("表式") == form), "")

    @property
    def text(self) -> str:
        return str(self.record[self.part(REPORT_FORM)]["正文"])

    @text.setter
    def text(self, text: str) -> None:
        self.record[self.part(REPORT_FORM)]["正文"] = text


def _table(draft: Draft, random: Random) -> Nodes:
    unit, o, how, last = draft.unit, draft.facts, draft.how, draft.last
    no_tax = random.choice(("0", "不适用"))
    answers: dict[str, Nodes] = {}
    for group, question, good in QUESTIONS:
        answers.setdefault(group, {})[question] = good
    three, tax = answers["三公经费管理情况"], answers["非税收入完成情况"]
    fell = "否" if o.rises else "是"
    three["公务用车购置运行费是否比上年度下降"] = fell if o.running else "不适用"
    three["三公经费是否比年度下降"] = fell if o.three or last.three else "不适用"
    if not unit.nontax:
        tax |= {"年度非税收入是否完成": "不适用", "是否实行收支两条线管理": "不适用"}
    answers["预算执行"] |= {
        "本年度是否追加了预算": "是" if o.extra else "否",
        "追加金额": wan(o.extra),
        "本年度是否有结余": "是" if o.surplus else "否",
        "结余金额": wan(o.surplus),
        "公开时间": how.day(o.published),
        "公开方式": random.choice((["门户网站"], ["门户网站", "单位内部"])),
    }
    unpublished = any("还没有公开" in problem for problem, _ in draft.pairs)
    answers["预算绩效管理"]["年度绩效目标和绩效评价报告是否信息公开"] = (
        "否" if unpublished else "不适用"
    )
    number = random.choice(("({})", "{}、"))
    duties = (
        f"贯彻执行{unit.trade.field}方面的法律法规和方针政策。",
        f"负责{unit.trade.field}的日常管理和服务工作。",
        "承办县委、县政府交办的其他工作。",
    )
    names = "一二三" if number == "({})" else "123"
    return {
        "表式": TABLE_FORM,
        "单位名称": unit.name,
        "编制人数": str(o.posts),
        "实有人数": str(o.staff),
        "部门职能概述": how.signs(
            "\n".join(number.format(n) + each for n, each in zip(names, duties, strict=True))
        ),
        "年度收入": {
            "县财政预算安排": wan(o.fiscal),
            "非税收入": wan(o.nontax) if unit.nontax else no_tax,
            "中央省市安排资金": wan(o.higher),
            "其他收入": wan(o.other),
            "合计": wan(o.income),
        },
        "年度支出": {
            "基本支出": wan(o.basic),
            "项目支出": wan(o.project),
            "合计": wan(o.total),
            "其中三公经费支出": wan(o.three),
        },
        **answers,
        "部门主要绩效": how.signs("\n".join(how.listed(draft.done))),
        "自评结论": draft.grade,
        "问题与建议": how.signs(wording.problem_text(draft.pairs, how)),
        "主管部门意见": random.choice(("同意。", "情况属实,同意自评结论。", "已审核,同意。")),
        "填报人": random.choice(("甲*", "乙*", "丙*")),
        "联系电话": f"0999-8{random.randint(200000, 899999)}",
        "时间": how.day(o.filled),
    }


def _report(draft: Draft, random: Random) -> Nodes:
    unit, o, how = draft.unit, draft.facts, draft.how
    seen = how.day(o.published)
    lines = {
        "staff": wording.staff(unit, o, how),
        "total": wording.total(o, how),
        "carried": wording.carried(o, how),
        "basic": wording.basic(o, how),
        "project": wording.project(o, how),
        "three": "\n".join(wording.three(o, how)),
        "compare": wording.compare(o, draft.last, how),
        "purchase": wording.purchase(o, how),
        "money": random.choice(
            (
                "财务管理:制度健全,资金拨付严格按程序申报、审批,资金使用合规。",
                "资金管理方面,严格执行审批程序,没有挤占、挪用资金的情况。",
                "严格执行政府会计制度,资金支付手续完备。",
            )
        ),
        "assets": random.choice(
            (
                "资产管理:定期清查盘点,账实相符。",
                "资产管理方面,资产登记完整,账实相符,处置按规定报批。",
                "年末对固定资产进行了盘点,做到账实相符、账卡相符。",
            )
        ),
        "open": f"预决算信息已于{seen}在县政府门户网站公开,本年度绩效评价报告经审核后公开。",
        "grade": wording.grade(draft.grade, how, draft.score),
    }
    draft.lines = {key: how.signs(line) for key, line in lines.items()}
    found, measures = zip(*draft.pairs, strict=True)
    plain = [
        "一、部门概况",
        "(一)部门基本情况",
        lines["staff"],
        f"(二){o.year}年的重点工作",
        *how.listed(draft.done),
        "(三)部门整体支出情况",
        lines["total"] + lines["carried"],
        "二、部门整体支出管理及使用情况",
        "(一)基本支出情况",
        lines["basic"],
        "(二)项目支出情况",
        lines["project"],
        "(三)“三公”经费情况",
        lines["three"],
        lines["compare"],
        "三、部门整体支出绩效情况",
        lines["money"],
        lines["purchase"],
        lines["assets"],
        lines["open"],
        lines["grade"],
        "四、存在的问题",
        *how.listed(list(found)),
        "五、改进措施和有关建议",
        *how.listed(list(measures)),
    ]
    return {
        "表式": REPORT_FORM,
        "正文": how.signs("\n".join(plain)),
        "落款": {"单位": unit.name, "日期": how.day(o.reported)},
    }


def rounded(number: Decimal) -> str:
    """With two decimals, a half rounded up."""
    return str(number.quantize(Decimal("0.01"), ROUND_HALF_UP))


def _budget(amount: int, slack: int) -> int:
    return amount + amount * slack // 100


def _execution(spent: int, budget: int) -> tuple[str, str]:
    """执行率 and its 得分 out of 10."""
    return percent(spent, budget), rounded(Decimal(10 * spent) / budget)


def indicators(draft: Draft, random: Random, missed: int) -> list[Nodes]:
    """Nine indicators of 90 points in all; the first `missed` fall short, and say why."""
    rows = (
        ("产出指标", "数量指标", "开展检查和服务次数", 120, "次", 15),
        ("产出指标", "质量指标", "任务完成质量达标率", 98, "%", 15),
        ("产出指标", "时效指标", "任务按期完成率", 100, "%", 10),
        ("产出指标", "成本指标", "成本控制率", 100, "%", 10),
        ("效益指标", "社会效益指标", "受益群众人次", 3000, "人次", 10),
        ("效益指标", "经济效益指标", "资金使用合规率", 100, "%", 10),
        ("效益指标", "可持续影响指标", "长效管理制度数", 5, "项", 10),
        ("满意度指标", "服务对象满意度指标", "服务对象满意度", 95, "%", 10),
    )
    result = []
    for index, (first, second, third, aim, unit, weight) in enumerate(rows):
        short = index in (0, 1, 4)[:missed]
        at_most = third == "成本控制率"
        reached = aim * 90 // 100 if short else aim if aim <= 10 or unit == "%" else aim + aim // 25
        result.append(
            {
                "一级指标": first,
                "二级指标": second,
                "三级指标": third,
                "年度指标值": f"{'≤' if at_most else '≥'}{aim}{unit}",
                "实际完成值": f"{reached}{unit}",
                "分值": str(weight),
                "得分": str(weight - 2 if short else weight),
                "偏差原因分析及改进措施": draft.how.signs(
                    "部分工作安排偏晚,完成数略低于目标;今后提前安排工作计划。"
                )
                if short
                else "",
            }
        )
    return result


def _score(rows: list[Nodes], first: str) -> str:
    total = Decimal(first) + sum(Decimal(row["得分"]) for row in rows)
    return str(total)


def _foot(draft: Draft, random: Random) -> Nodes:
    return {
        "填表人": random.choice(("甲*", "乙*", "丙*")),
        "填报日期": draft.how.day(draft.facts.filled),
        "联系电话": f"0999-8{random.randint(200000, 899999)}",
        "单位负责人": "示例负责人",
    }


def _goals(draft: Draft) -> Nodes:
    field_ = draft.unit.trade.field
    return {
        "预期目标": draft.how.signs(f"保障单位正常运转,完成{field_}各项年度任务。"),
        "实际完成情况": draft.how.signs(f"单位运转正常,{field_}各项年度任务按计划完成。"),
    }


def _project_sheet(draft: Draft, name: str, amount: int, random: Random) -> Nodes:
    budget = _budget(amount, 3)
    rate, score = _execution(amount, budget)
    rows = indicators(draft, random, random.choice((0, 0, 1)))
    zero = {"年初预算数": "0", "全年预算数": "0", "全年执行数": "0", "执行率": "0%"}
    funds = {"年初预算数": wan(budget), "全年预算数": wan(budget), "全年执行数": wan(amount)}
    return {
        "表式": PROJECT_FORM,
        "项目名称": name,
        "主管部门": draft.unit.name,
        "实施单位": draft.unit.name,
        "年度资金总额": {**funds, "分值": "10", "执行率": rate, "得分": score},
        "本年财政拨款": {**funds, "执行率": rate},
        "上年结转资金": dict(zero),
        "其他资金": dict(zero),
        "年度总体目标": {
            "预期目标": f"完成{name}年度任务。",
            "实际完成情况": f"{name}年度任务按计划完成。",
        },
        "绩效指标": rows,
        "总分": {"分值": "100", "得分": _score(rows, score)},
        **_foot(draft, random),
    }


def _ratio_table(draft: Draft, random: Random) -> Nodes:
    o, last = draft.facts, draft.last

    def three(now: int, before: int, slack: int = 5) -> Nodes:
        return {
            "上年决算数": wan(before),
            "预算数": wan(_budget(now, slack)),
            "决算数": wan(now),
        }

    reception, running = three(o.reception, last.reception), three(o.running, last.running)
    sums = three(o.three, last.three)
    sums["预算数"] = wan(_budget(o.reception, 5) + _budget(o.running, 5))
    before = dict(last.projects)
    details = [
        {"项目名称": f"{n}.{name}", **three(amount, before[name], 3)}
        for n, (name, amount) in enumerate(o.projects, 1)
    ]
    projects = three(o.project, last.project)
    projects["预算数"] = wan(sum(_budget(amount, 3) for _, amount in o.projects))
    return {
        "表式": RATIO_FORM,
        "单位名称": draft.unit.name,
        "财政供养人员情况": {
            "编制数": str(o.posts),
            "实际在职人数": str(o.staff),
            "控制率": percent(o.staff, o.posts),
        },
        "三公经费": sums,
        "公务用车购置和维护经费": dict(running),
        "公车购置": three(0, 0),
        "公车运行维护": dict(running),
        "出国经费": three(0, 0),
        "公务接待": reception,
        "项目支出": projects,
        "项目支出明细": details,
        "公用经费": three(o.office, last.office),
        "办公经费": three(o.office * 4 // 10, last.office * 4 // 10),
        "水费、电费、差旅费": three(o.office * 3 // 10, last.office * 3 // 10),
        "会议费、培训费": three(o.office // 10, last.office // 10),
        "政府采购金额": three(o.purchase, last.purchase),
        "部门基本支出预算调整": three(0, 0),
        "楼堂馆所控制情况": dict.fromkeys(
            ("批复规模", "实际规模", "规模控制率", "预算投资", "实际投资", "投资概算控制率"),
            "不适用",
        ),
        "厉行节约保障措施": draft.how.signs(
            "1.严格执行公务接待标准;\n2.公务用车统一调度;\n3.会议、培训优先采用视频方式。"
        ),
        **_foot(draft, random),
    }


def _whole_table(draft: Draft, missed: int, random: Random) -> Nodes:
    o = draft.facts
    budget = _budget(o.total, random.randint(0, 3))
    rate, score = _execution(o.total, budget)
    rows = indicators(draft, random, missed)
    return {
        "表式": WHOLE_FORM,
        "部门名称": draft.unit.name,
        "年度资金总额": {
            "年初预算数": wan(budget - o.extra),
            "全年预算数": wan(budget),
            "全年执行数": wan(o.total),
            "分值": "10",
            "执行率": rate,
            "得分": score,
        },
        "按收入性质分": {
            "一般公共预算": wan(o.total - o.nontax - o.other),
            "政府性基金": "0",
            "纳入专户管理的非税收入": wan(o.nontax),
            "其他资金": wan(o.other),
        },
        "按支出性质分": {"基本支出": wan(o.basic), "项目支出": wan(o.project)},
        "年度总体目标": _goals(draft),
        "绩效指标": rows,
        "总分": {"分值": "100", "得分": _score(rows, score)},
        **_foot(draft, random),
    }


def _three_table(draft: Draft) -> Nodes:
    o = draft.facts

    def row(amount: int) -> Nodes:
        return {"预算数": wan(_budget(amount, 5)), "决算数": wan(amount)}

    sums = row(o.three)
    sums["预算数"] = wan(_budget(o.reception, 5) + _budget(o.running, 5))
    return {
        "表式": THREE_FORM,
        "单位名称": draft.unit.name,
        "合计": sums,
        "因公出国(境)费": row(0),
        "公务用车购置及运行维护费": row(o.running),
        "公务用车购置费": row(0),
        "公务用车运行维护费": row(o.running),
        "公务接待费": row(o.reception),
        "相关数量": {
            "因公出国(境)团组数": "0",
            "因公出国(境)人数": "0",
            "公务用车购置数": "0",
            "公务用车保有量": str(o.cars),
            "公务接待批次": str(o.batches),
            "公务接待人次": str(o.guests),
        },
        "增减变化原因": draft.lines["compare"],
    }


def _head(draft: Draft, serial: int, random: Random) -> Nodes:
    unit, o = draft.unit, draft.facts
    return {
        "表式": "信息公开元数据",
        "文件名称": f"{unit.name}{o.year}年度部门整体支出绩效自评报告",
        "统一登记号": "",
        "索引号": f"{REGION}{unit.number:03}/{o.year}-{serial:06}",
        "发文编号": random.choice(("", "不适用")),
        "公开目录": random.choice(
            ("财政信息>预决算>绩效评价", "财政信息 > 绩效评价", "部门预决算>绩效自评")
        ),
        "公开责任部门": unit.name,
        "发文日期": draft.how.day(o.issued),
        "公开形式": "政府网站",
        "生效日期": "",
        "有效期": "",
    }


def sound(unit: Unit, facts: Facts, last: Facts, serial: int, random: Random) -> Draft:
    """A record in which nothing is wrong."""
    how = wording.style(random)
    scored = unit.forms == "scored"
    draft = Draft(unit, facts, last, how, "", "", [], [], [], {})
    draft.done = achievements(unit, facts, random)
    draft.pairs = wording.problems(facts, not scored and random.random() < 0.2)
    draft.last_pairs = wording.problems(last, False)
    bad = facts.rises or any("还没有公开" in problem for problem, _ in draft.pairs)
    parts: list[Nodes] = []
    if scored:
        missed = random.choice((0, 0, 1, 2))
        whole = _whole_table(draft, missed, random)
        draft.score = whole["总分"]["得分"]
        draft.grade = "优" if Decimal(draft.score) >= 90 else "良"
        report = _report(draft, random)
        parts += [_ratio_table(draft, random), whole]
    else:
        draft.grade = "良" if bad or random.random() < 0.2 else "优"
        report = _report(draft, random)
        parts += [_table(draft, random), report]
    parts += [_project_sheet(draft, name, each, random) for name, each in facts.projects]
    if scored:
        parts += [_three_table(draft), report]
    draft.record = {"元数据": _head(draft, serial, random)}
    draft.record |= {f"附件{n}": part for n, part in enumerate(parts, 1)}
    first, second, third = (how.day(each) for each in facts.reviews)
    draft.record["审核"] = {
        "状态": "已发布",
        "一审": {"日期": first, "意见": "通过"},
        "二审": {"日期": second, "意见": "通过"},
        "三审": {"日期": third, "意见": "通过"},
        "发布日期": how.day(facts.issued),
        "校验码": "",
    }
    return draft
