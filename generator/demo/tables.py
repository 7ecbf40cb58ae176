"""The forms of data/forms, filled in: each function gives the nodes of one part of a record."""

from collections.abc import Mapping
from random import Random
from typing import TypeAlias

from generator.demo import phrases, wording
from generator.demo.chance import draw, pick, some
from generator.demo.figures import Days
from generator.demo.names import Unit
from generator.demo.report import Story
from generator.demo.trades import TRADES
from generator.demo.wording import Style, percent, wan
from generator.demo.yamltext import Nodes

Amounts: TypeAlias = "dict[str, str]"

_POINTS = 90
"""Of all indicators together; 执行率 has the other 10."""


def heading(unit: Unit, region: str, form: int, days: Days, how: Style, random: Random) -> Nodes:
    """元数据, in one of the three ways of portals."""
    year = days.issued.year - 1
    number = f"{region}{unit.number:04}/{days.issued.year}-{draw(random, 1, 999999):06}"
    directory = pick(random, phrases.DIRECTORIES)
    document = pick(random, ("", "不适用"))
    issued = how.day(days.issued)
    if form == 0:
        return {
            "表式": "信息公开元数据",
            "文件名称": f"{unit.name}{year}年度部门整体支出绩效自评报告",
            "统一登记号": "",
            "索引号": number,
            "发文编号": document,
            "公开目录": directory,
            "公开责任部门": unit.name,
            "发文日期": issued,
            "公开形式": "政府网站",
            "生效日期": "",
            "有效期": "",
        }
    if form == 1:
        return {
            "表式": "信息头两行三列",
            "索引号": number,
            "文号": document,
            "统一登记号": "",
            "公开责任部门": unit.name,
            "发文日期": issued,
            "公开形式": "政府网站",
        }
    return {
        "表式": "信息头六项",
        "索引号": number,
        "发文机构": unit.name,
        "公开目录": directory,
        "主题分类": pick(random, phrases.SUBJECTS),
        "文号": document,
        "发文日期": issued,
    }


def base_table(told: Story, grade: str, random: Random) -> Nodes:
    """基础数据表2022."""
    unit, o, how = told.unit, told.now, told.how
    duties = [*some(random, TRADES[unit.trade].duties, 6), pick(random, phrases.DUTIES)]
    numerals = "一二三四五六七"
    number = "({})" if how.turns[0] % 2 else "{}、"
    fell = "否" if o.rises else "是"
    return {
        "表式": "基础数据表2022",
        "单位名称": unit.name,
        "编制人数": str(o.posts),
        "实有人数": str(o.staff),
        "部门职能概述": how.signs(
            "\n".join(f"{number.format(numerals[n])}{each}。" for n, each in enumerate(duties))
        ),
        "年度收入": {
            "县财政预算安排": wan(o.fiscal),
            "非税收入": wan(o.nontax) if o.nontax else pick(random, ("0", "不适用")),
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
        "财政供养人员控制情况": {"是否存在超编超配人员": "否"},
        "三公经费管理情况": {
            "是否制定“三公”经费管理办法": "是",
            "招待费用是否明确招待标准和招待人数": "是",
            "公务用车购置运行费是否比上年度下降": fell if o.running else "不适用",
            "三公经费是否比年度下降": fell if o.three else "不适用",
        },
        "非税收入完成情况": {
            "年度非税收入是否完成": "是" if o.nontax else "不适用",
            "是否实行收支两条线管理": "是" if o.nontax else "不适用",
            "有无截留、坐支、转移等现象": "无",
        },
        "政府采购及金额": {"年度是否制定了政府采购计划": "是"},
        "预算执行": {
            "本年度是否追加了预算": "是" if o.extra else "否",
            "追加金额": wan(o.extra),
            "本年度是否有结余": "是" if o.surplus else "否",
            "结余金额": wan(o.surplus),
            "预决算信息是否公开": "是",
            "公开时间": how.day(told.days.disclosed),
            "公开方式": ["门户网站", "单位内部"] if how.turns[1] % 2 else ["门户网站"],
        },
        **_QUESTIONS,
        "部门主要绩效": how.signs("\n".join(how.listed(told.done))),
        "自评结论": grade,
        "问题与建议": how.signs(wording.problem_text(told.problems, how)),
        "主管部门意见": how.signs(pick(random, phrases.SUPERVISION)),
        "填报人": f"{told.profile.clerk}*",
        "联系电话": told.profile.phone,
        "时间": how.day(told.days.filled),
    }


_QUESTIONS: Mapping[str, Amounts] = {
    "预算绩效管理": {
        "部门预算和专项资金是否编制绩效目标": "是",
        "是否开展绩效运行监控": "是",
        "是否开展绩效评价": "是",
        "年度绩效目标和绩效评价报告是否信息公开": "不适用",
        "上年度绩效评价反馈的问题是否整改到位": "是",
        "绩效监控发现的问题是否及时纠正": "是",
    },
    "财务管理": {
        "会计机构或会计人员是否按规定设置": "是",
        "会计核算是否严格执行政府会计制度准则": "是",
        "是否制定财务管理、会计核算等制度": "是",
        "内部控制报告编制是否规范": "是",
        "会计人员是否具备从事会计工作所需要的专业能力": "是",
    },
    "资金管理": {
        "是否制定资金管理办法": "是",
        "资金拨付有完整的审批程序": "有",
        "资金使用是否存在违规使用资金、乱发津补贴奖金现象": "否",
    },
    "资产管理": {
        "是否制定资产管理制度": "是",
        "资产管理、保存、处置是否合理规范": "是",
        "资产是否产权清晰、两证齐全": "是",
        "账、表、实、卡是否相符": "是",
    },
    "职责履行": {"重点工作是否全部完成且质量达标": "是"},
}
"""What every sound unit answers in the same way."""


def _foot(told: Story) -> Amounts:
    return {
        "填表人": f"{told.profile.clerk}*",
        "填报日期": told.how.day(told.days.filled),
        "联系电话": told.profile.phone,
        "单位负责人": "示例负责人",
    }


def budget(amount: int, slack: int = 5) -> int:
    """The budget of what was spent: so many hundredths above it."""
    return amount + amount * slack // 100


def _columns(now: int, before: int, planned: int) -> Amounts:
    return {"上年决算数": wan(before), "预算数": wan(planned), "决算数": wan(now)}


def ratio_table(told: Story, random: Random) -> Nodes:
    """基础数据表控制率."""
    o, last = told.now, told.last

    def row(now: int, before: int) -> Amounts:
        return _columns(now, before, budget(now))

    none = row(0, 0)
    running = row(o.running, last.running)
    planned = [budget(each, 3) for each in o.projects]
    thrift = some(random, phrases.THRIFT, 4)
    return {
        "表式": "基础数据表控制率",
        "单位名称": told.unit.name,
        "财政供养人员情况": {
            "编制数": str(o.posts),
            "实际在职人数": str(o.staff),
            "控制率": percent(o.staff, o.posts),
        },
        "三公经费": _columns(o.three, last.three, budget(o.reception) + budget(o.running)),
        "公务用车购置和维护经费": running,
        "公车购置": none,
        "公车运行维护": running,
        "出国经费": none,
        "公务接待": row(o.reception, last.reception),
        "项目支出": _columns(o.project, last.project, sum(planned)),
        "项目支出明细": [
            {"项目名称": f"{n + 1}.{name}", **_columns(o.projects[n], last.projects[n], planned[n])}
            for n, name in enumerate(told.profile.projects)
        ],
        "公用经费": row(o.office, last.office),
        "办公经费": row(o.office * 4 // 10, last.office * 4 // 10),
        "水费、电费、差旅费": row(o.office * 3 // 10, last.office * 3 // 10),
        "会议费、培训费": row(o.office // 10, last.office // 10),
        "政府采购金额": row(o.purchase, last.purchase),
        "部门基本支出预算调整": none,
        "楼堂馆所控制情况": _NO_BUILDINGS,
        "厉行节约保障措施": told.how.signs(
            "\n".join(f"{n}.{each};" for n, each in enumerate(thrift, 1)).removesuffix(";") + "。"
        ),
        **_foot(told),
    }


_NO_BUILDINGS: Amounts = dict.fromkeys(
    ("批复规模", "实际规模", "规模控制率", "预算投资", "实际投资", "投资概算控制率"), "不适用"
)


def whole_table(told: Story, random: Random) -> tuple[Nodes, int]:
    """部门整体支出自评表, and its 总分 in hundredths of a point."""
    o, how = told.now, told.how
    planned = budget(o.total, draw(random, 0, 3))
    rows, points = indicators(told, random, (0, 0, 1, 2)[draw(random, 0, 3)])
    spent = execution(o.total, planned)
    score = spent + points * 100
    field = TRADES[told.unit.trade].field
    nodes: Nodes = {
        "表式": "部门整体支出自评表",
        "部门名称": told.unit.name,
        "年度资金总额": {
            "年初预算数": wan(planned - o.extra),
            "全年预算数": wan(planned),
            "全年执行数": wan(o.total),
            "分值": "10",
            "执行率": percent(o.total, planned),
            "得分": _points(spent),
        },
        "按收入性质分": {
            "一般公共预算": wan(o.total - o.nontax - o.other),
            "政府性基金": "0",
            "纳入专户管理的非税收入": wan(o.nontax),
            "其他资金": wan(o.other),
        },
        "按支出性质分": {"基本支出": wan(o.basic), "项目支出": wan(o.project)},
        "年度总体目标": {
            "预期目标": how.signs(
                f"{pick(random, phrases.PHRASE_AIMS).format(field=field)}。"
                f"{pick(random, TRADES[told.unit.trade].goals)}。"
            ),
            "实际完成情况": how.signs(
                f"{pick(random, phrases.PHRASE_DONE).format(field=field)}。"
                f"{told.done[0].partition('。')[0]}。"
            ),
        },
        "绩效指标": rows,
        "总分": {"分值": "100", "得分": _points(score)},
        **_foot(told),
    }
    return nodes, score


def project_sheet(told: Story, number: int, random: Random) -> Nodes:
    """项目支出自评表 of one of the unit's projects."""
    name, amount = told.profile.projects[number], told.now.projects[number]
    planned = budget(amount, 3)
    rate, spent = percent(amount, planned), execution(amount, planned)
    rows, points = indicators(told, random, draw(random, 0, 2) // 2)
    funds = {"年初预算数": wan(planned), "全年预算数": wan(planned), "全年执行数": wan(amount)}
    goals = TRADES[told.unit.trade].goals
    return {
        "表式": "项目支出自评表",
        "项目名称": name,
        "主管部门": told.unit.name,
        "实施单位": told.unit.name,
        "年度资金总额": {**funds, "分值": "10", "执行率": rate, "得分": _points(spent)},
        "本年财政拨款": {**funds, "执行率": rate},
        "上年结转资金": _NO_FUNDS,
        "其他资金": _NO_FUNDS,
        "年度总体目标": {
            "预期目标": told.how.signs(f"完成{name}年度任务;{pick(random, goals)}。"),
            "实际完成情况": told.how.signs(f"{name}年度任务按计划完成;{pick(random, goals)}。"),
        },
        "绩效指标": rows,
        "总分": {"分值": "100", "得分": _points(spent + points * 100)},
        **_foot(told),
    }


_NO_FUNDS: Amounts = {"年初预算数": "0", "全年预算数": "0", "全年执行数": "0", "执行率": "0%"}


def execution(spent: int, planned: int) -> int:
    """得分 of 执行率, in hundredths of a point of 10, a half rounded up."""
    return (spent * 2000 // planned + 1) // 2


def _points(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"


def indicators(told: Story, random: Random, missed: int) -> tuple[list[Amounts], int]:
    """Nine indicators of 90 points in all, and what they reach; `missed` fall short and say why."""
    counted = some(random, TRADES[told.unit.trade].counted, 2)
    rows = [
        ("数量指标", name, unit, draw(random, 2, 60) * 10, weight)
        for (name, unit), weight in zip(counted, (10, 5), strict=True)
    ]
    for (second, unit, names), weight in zip(
        phrases.INDICATORS, (15, 10, 10, 10, 10, 10, 10), strict=True
    ):
        aim = {"人次": draw(random, 5, 90) * 100, "项": draw(random, 2, 9)}.get(unit, 100)
        if second in ("质量指标", "服务对象满意度指标"):
            aim = draw(random, 90, 98)
        rows.append((second, pick(random, names), unit, aim, weight))
    lost = 0
    result: list[Amounts] = []
    for n, (second, name, unit, aim, weight) in enumerate(rows):
        is_short = n in (0, 5)[:missed]
        if is_short:
            reached = aim * 9 // 10
            lost += 2
        else:
            reached = aim if unit in ("%", "项") else aim + aim * draw(random, 0, 12) // 100
        result.append(
            {
                "一级指标": _FIRST[second],
                "二级指标": second,
                "三级指标": name,
                "年度指标值": f"{'≤' if second == '成本指标' else '≥'}{aim}{unit}",
                "实际完成值": f"{reached}{unit}",
                "分值": str(weight),
                "得分": str(weight - 2 if is_short else weight),
                "偏差原因分析及改进措施": told.how.signs(f"{pick(random, phrases.SHORT_REASONS)}。")
                if is_short
                else "",
            }
        )
    return result, _POINTS - lost


_FIRST = {
    "数量指标": "产出指标",
    "质量指标": "产出指标",
    "时效指标": "产出指标",
    "成本指标": "产出指标",
    "社会效益指标": "效益指标",
    "经济效益指标": "效益指标",
    "可持续影响指标": "效益指标",
    "服务对象满意度指标": "满意度指标",
}


def three_table(told: Story) -> Nodes:
    """三公经费表."""
    o = told.now

    def row(amount: int) -> Amounts:
        return {"预算数": wan(budget(amount)), "决算数": wan(amount)}

    none, running = row(0), row(o.running)
    return {
        "表式": "三公经费表",
        "单位名称": told.unit.name,
        "合计": {"预算数": wan(budget(o.reception) + budget(o.running)), "决算数": wan(o.three)},
        "因公出国(境)费": none,
        "公务用车购置及运行维护费": running,
        "公务用车购置费": none,
        "公务用车运行维护费": running,
        "公务接待费": row(o.reception),
        "相关数量": {
            "因公出国(境)团组数": "0",
            "因公出国(境)人数": "0",
            "公务用车购置数": "0",
            "公务用车保有量": str(o.cars),
            "公务接待批次": str(o.batches),
            "公务接待人次": str(o.guests),
        },
        "增减变化原因": told.how.signs(wording.change(o, told.last, told.how)),
    }
