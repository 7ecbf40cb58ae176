"""The facts in words: several ways of saying each thing, as different clerks would."""

from dataclasses import dataclass
from datetime import date
from random import Random

from tests.corpus.facts import Facts, Unit

_FULL = str.maketrans({",": "\uff0c", ":": "\uff1a", ";": "\uff1b", "(": "\uff08", ")": "\uff09"})


def wan(hundredths: int) -> str:
    """An amount in 万元, with two decimals; 0 for nothing."""
    return f"{hundredths // 100}.{hundredths % 100:02}" if hundredths else "0"


def percent(part: int, whole: int) -> str:
    """part / whole as a percentage with two decimals, a half rounded up."""
    points = (part * 20000 // whole + 1) // 2
    return f"{points // 100}.{points % 100:02}%"


@dataclass(frozen=True, slots=True)
class Style:
    """How one report is written."""

    half: bool
    """Half-width signs."""
    one: str
    """人 or 名."""
    number: str
    """How items are numbered, as "{}、"."""
    dash: bool
    """Dates as 2023-09-05."""
    whole_unit: str
    three_unit: str
    staff: int
    total: int
    basic: int
    project: int
    three: int
    compare: int
    grade: int
    problems: int

    def signs(self, text: str) -> str:
        """Text with the signs of this style."""
        return text if self.half else text.translate(_FULL)

    def day(self, day: date) -> str:
        return day.isoformat() if self.dash else f"{day.year}年{day.month}月{day.day}日"

    def listed(self, items: list[str]) -> list[str]:
        """Numbered sentences."""
        return [f"{self.number.format(n)}{item}。" for n, item in enumerate(items, 1)]


def money(hundredths: int, unit: str) -> str:
    """An amount with its unit."""
    return f"{hundredths * 100}元" if unit == "元" else f"{wan(hundredths)}万元"


def style(random: Random) -> Style:
    """One clerk's way of writing."""
    return Style(
        random.random() < 0.5,
        random.choice("人人名"),
        random.choice(("{}、", "{}.", "({})")),
        random.random() < 0.12,
        random.choice(("万元", "万元", "万元", "元")),
        random.choice(("万元", "万元", "元")),
        *(random.randrange(n) for n in (7, 7, 6, 6, 7, 6, 6, 3)),
    )


def staff(unit: Unit, facts: Facts, how: Style) -> str:
    n, o = how.one, facts
    cars = (
        f"小车编制数{o.car_posts}台,实有{o.cars}台",
        f"公务用车编制{o.car_posts}辆,实有{o.cars}辆",
    )[how.staff % 2]
    rest = f"房屋面积{o.area}平方米,固定资产{wan(o.assets)}万元"
    parts = f"其中行政人员{o.officials}{n}、事业人员{o.staff - o.officials}{n}"
    return (
        f"{unit.short}编制人数{o.posts}{n},实有人数{o.staff}{n},遗属补助人数{o.dependants}{n}。"
        f"{cars}。{rest}。",
        f"{unit.name}核定编制{o.posts}{n},实有在职{o.staff}{n}({parts}),"
        f"遗属补助人员{o.dependants}{n};{cars};{rest}。",
        f"截至{how.day(date(o.year, 12, 31))},{unit.trade.we}编制{o.posts}{n},在职人员{o.staff}{n},"
        f"享受遗属补助{o.dependants}{n},{cars},{rest}。",
        f"{unit.trade.we}现有编制{o.posts}个,实际在编在岗{o.staff}{n},{parts}。{cars}。{rest}。",
        f"人员情况:编制数{o.posts}{n},实有数{o.staff}{n}。车辆情况:{cars}。资产情况:{rest}。",
        f"{o.year}年末,{unit.name}编制{o.posts}{n},实有人员{o.staff}{n};{cars};{rest}。",
        f"机构编制部门核定我单位编制人数为{o.posts}{n},年末实有人数为{o.staff}{n},"
        f"遗属补助人数为{o.dependants}{n}。{cars},{rest}。",
    )[how.staff]


def total(facts: Facts, how: Style) -> str:
    y, unit = facts.year, how.whole_unit
    whole, basic, project = (
        money(each, unit) for each in (facts.total, facts.basic, facts.project)
    )
    return (
        f"{y}年度决算支出为{whole}。",
        f"{y}年度部门整体支出{whole},其中基本支出{basic},项目支出{project}。",
        f"{y}年,本单位支出合计{whole}。",
        f"{y}年度总支出{whole},全部按规定用途使用。",
        f"{y}年度部门决算支出总额为{whole},其中:基本支出{basic};项目支出{project}。",
        f"经决算,{y}年度整体支出共计{whole}。",
        f"本年度支出决算数{whole},由基本支出和项目支出两部分组成。",
    )[how.total]


def carried(facts: Facts, how: Style) -> str:
    """Why more was spent than came in; what was left."""
    unit = how.whole_unit
    if facts.carried:
        return f"支出大于收入的部分为使用上年结转资金{money(facts.carried, unit)}。"
    if facts.surplus:
        return f"年末结余{money(facts.surplus, unit)},结转下年继续使用。"
    return ""


def basic(facts: Facts, how: Style) -> str:
    y, amount = facts.year, money(facts.basic, how.whole_unit)
    use = (
        "是指为保障单位正常运转、完成日常工作任务而发生的各项支出",
        "主要用于基本工资、津贴补贴等人员经费和办公费、水电费等公用经费",
    )
    return (
        f"{y}年度基本支出决算数为{amount},{use[0]}。",
        f"基本支出{amount},{use[1]}。",
        f"{y}年基本支出{amount},{use[0]},{use[1]}。",
        f"{y}年度决算数为{amount},{use[0]}。",
        f"本年度共发生基本支出{amount},{use[1]}。",
        f"{y}年度,基本支出决算{amount},人员经费按月发放,公用经费据实列支。",
    )[how.basic]


def project(facts: Facts, how: Style) -> str:
    y, amount = facts.year, money(facts.project, how.whole_unit)
    if not facts.project:
        return (
            f"{y}年度项目支出决算数为{amount}。",
            f"本年度未安排项目支出,项目支出决算数为{amount}。",
            f"{y}年项目支出{amount}。",
            f"项目支出{amount},本年度没有项目。",
            f"{y}年度没有安排项目,项目支出为{amount}。",
            f"{y}年度,项目支出决算{amount},无项目支出。",
        )[how.project]
    names = "、".join(name for name, _ in facts.projects)
    return (
        f"{y}年度项目支出决算数为{amount},用于{names}。",
        f"项目支出{amount},是指为完成特定工作任务而发生的支出,包括{names}。",
        f"{y}年项目支出{amount},安排了{names}等{len(facts.projects)}个项目。",
        f"本年度共发生项目支出{amount},项目为{names},资金按进度拨付。",
        f"{y}年度项目支出为{amount}({names})。",
        f"{y}年度,项目支出决算{amount},主要是{names}。",
    )[how.project]


def visits(facts: Facts, how: Style) -> str:
    """批次 and 人次 of receptions."""
    if not facts.reception:
        return ""
    return (
        f"接待{facts.batches}批次、{facts.guests}人次",
        f"国内公务接待{facts.batches}批次,{facts.guests}人次",
        f"全年接待{facts.batches}批次{facts.guests}人次",
    )[how.three % 3]


def three(facts: Facts, how: Style) -> list[str]:
    y, unit = facts.year, how.three_unit
    whole, abroad, reception, cars, running, buying = (
        money(each, unit)
        for each in (facts.three, 0, facts.reception, facts.running, facts.running, 0)
    )
    seen = visits(facts, how)
    seen = f"({seen})" if seen else ""
    if how.three < 3:
        number = how.number if how.three else "{}、"
        head = (
            f"{y}年我单位“三公”经费{whole}。",
            f"{y}年度“三公”经费支出合计{whole},其中:",
            f"本年度“三公”经费决算数{whole},具体如下:",
        )[how.three]
        return [
            head,
            f"{number.format(1)}因公出国(境)费{abroad};",
            f"{number.format(2)}公务接待费{reception}{seen};",
            f"{number.format(3)}公务用车费{cars}(公务用车运行维护费{running},公务用车购置费{buying})。",
        ]
    return [
        (
            f"{y}年度“三公”经费支出{whole}。其中:因公出国(境)费{abroad},公务接待费{reception}{seen},"
            f"公务用车购置及运行维护费{cars}(其中购置费{buying},运行维护费{running})。",
            f"“三公”经费总支出{whole},包括公务接待费{reception}{seen}、因公出国(境)费{abroad}、"
            f"公务用车费{cars}(购置{buying}、运行{running})。",
            f"{y}年,“三公”经费支出共{whole}:因公出国(境)经费{abroad};"
            f"公务用车购置和运行维护费{cars},其中公务用车购置费{buying}、公务用车运行维护费{running};"
            f"公务接待费{reception}{seen}。",
            f"{y}年“三公”经费决算{whole},其中因公出国(境)费用{abroad},"
            f"公务用车购置费{buying},公务用车运行维护费{running},公务接待费{reception}{seen}。",
        )[how.three - 3]
    ]


def compare(facts: Facts, last: Facts, how: Style) -> str:
    """三公 against last year, with the reason."""
    if not facts.three and not last.three:
        none = money(0, how.three_unit)
        return f"“三公”经费与上年度持平,均为{none},原因是没有安排此类支出。"
    unit = how.three_unit
    change = facts.three - last.three
    amount, share = money(abs(change), unit), percent(abs(change), last.three)
    word, grown = ("增加", "增长") if change > 0 else ("减少", "下降")
    why = (
        ("来县开展业务指导和检查的批次增多", "业务检查和下乡任务增多")
        if change > 0
        else ("严格控制接待标准和陪餐人数", "厉行节约,压减了接待和用车开支")
    )[how.compare % 2]
    no_cars = not facts.running and not last.running
    cars = f"公务用车费与上年度持平,均为{money(0, unit)}。" if no_cars else ""
    return (
        f"“三公”经费比上年度{word}{amount},{grown}{share},主要原因是{why}。",
        f"与上年度相比,“三公”经费{word}{amount},{grown}{share},原因是{why}。",
        f"上年度“三公”经费为{money(last.three, unit)},本年度{word}{amount},主要是{why}。",
        f"“三公”经费较上年{word}{amount},主要原因:{why}。",
        f"“三公”经费同比{grown}{share},{word}{amount},主要是由于{why}。",
        f"较上年度{money(last.three, unit)}{word}{amount},{grown}{share},原因是{why}。",
    )[how.compare] + cars


def purchase(facts: Facts, how: Style) -> str:
    amount = money(facts.purchase, "万元")
    return (
        f"政府采购:年初制定了采购计划,全年政府采购支出{amount}。",
        f"政府采购方面,按计划实施采购,采购金额{amount}。",
        f"本年度政府采购金额{amount},均按采购计划执行。",
    )[how.basic % 3]


def grade(word: str, how: Style, score: str = "") -> str:
    """The grade, and the score or why there is none."""
    if score:
        return (
            f"经自评,得分{score}分,自评结论为{word}。",
            f"本部门整体支出绩效自评得分{score}分,等级为{word}。",
            f"对照评分标准,自评总分{score}分,自评结论为“{word}”。",
        )[how.grade % 3]
    return (
        f"本表未设评分,自评结论按各项工作完成情况确定,自评结论为{word}。",
        f"自评结论为“{word}”。本表未设评分,结论按实施情况逐项核对后确定。",
        f"由于本表未设评分,自评结论依据职责履行和资金管理情况确定为{word},即自评结论为{word}。",
        f"经逐项对照,自评结论为{word}(本表未设评分,自评结论按实际完成情况确定)。",
        f"自评结论:{word}。本表未设评分,自评结论由单位集体研究确定。",
        f"本表未设评分,自评结论按目标完成情况研究确定,等级为{word},自评结论为{word}。",
    )[how.grade]


PROBLEMS = (
    ("预算编制的精细化程度有待提高", "细化预算编制,提前做好支出测算"),
    ("绩效指标的量化程度不高", "完善绩效指标体系,提高指标量化程度"),
    ("支出进度前慢后快,上半年执行偏慢", "加强支出进度管理,按月通报支出进度"),
    ("绩效评价结果的应用还不充分", "把绩效评价结果与下年度预算安排挂钩"),
    ("业务宣传形式较为单一", "丰富宣传形式,多渠道开展业务宣传"),
    ("部分办公设备使用年限较长", "按标准有计划地更新办公设备"),
    ("业务人员外出学习交流的机会较少", "增加业务人员学习交流机会"),
    ("业务数据共享程度不够", "推进业务数据共享,减少重复填报"),
    ("基层服务力量相对薄弱", "充实基层服务力量,合理安排人员"),
)


def problems(facts: Facts, unpublished: bool) -> list[tuple[str, str]]:
    """Problems with their measures; none of last year's comes back."""
    start = (facts.year - 2020) % 3 * 3
    count = 2 + (facts.posts + facts.year) % 2
    chosen = list(PROBLEMS[start : start + count])
    if facts.rises:
        cost = "“三公”经费和公务用车购置运行费" if facts.running else "“三公”经费"
        chosen.append((f"受业务检查任务增多影响,{cost}比上年度增加", f"从严控制支出,压减{cost}"))
    if unpublished:
        chosen.append(
            ("填表时本年度绩效评价报告尚在审核,还没有公开", "审核通过后及时公开绩效评价报告")
        )
    return chosen


def problem_text(pairs: list[tuple[str, str]], how: Style) -> str:
    """The table's 问题与建议."""
    if how.problems == 0:
        return "\n".join(
            how.listed([f"问题:{problem}。建议:{measure}" for problem, measure in pairs])
        )
    names = ("存在问题:", "建议:") if how.problems == 1 else ("一、存在的问题", "二、改进建议")
    found, done = zip(*pairs, strict=True)
    return "\n".join([names[0], *how.listed(list(found)), names[1], *how.listed(list(done))])
