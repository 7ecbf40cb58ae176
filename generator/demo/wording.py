"""Figures in words: several ways of saying each, as different clerks would."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from generator.demo.chance import draw
from generator.demo.figures import Days, Figures, Profile
from generator.demo.names import Unit
from generator.demo.phrases import FALL_REASONS, RISE_REASONS

_NUMBERS = ("{}、", "{}.", "({})")


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
    unit: str
    """元 or 万元, of the whole."""
    three_unit: str
    """元 or 万元, of 三公."""
    turns: tuple[int, ...]
    """Numbers below 420, by which each way of saying is chosen."""

    def signs(self, text: str) -> str:
        """Text with the signs of this style."""
        if self.half:
            return text
        text = text.replace(",", "，").replace(":", "：").replace(";", "；")
        return text.replace("(", "（").replace(")", "）")

    def day(self, day: date) -> str:
        return day.isoformat() if self.dash else f"{day.year}年{day.month}月{day.day}日"

    def listed(self, items: Sequence[str]) -> list[str]:
        """Numbered sentences."""
        return [f"{self.number.format(n)}{item}。" for n, item in enumerate(items, 1)]


def style(fixed: Profile, random: Random) -> Style:
    """The way of writing of one year's clerk."""
    return Style(
        fixed.half,
        "名" if random.random() < 0.3 else "人",
        _NUMBERS[draw(random, 0, 2)],
        random.random() < 0.12,
        "元" if random.random() < 0.2 else "万元",
        "元" if random.random() < 0.3 else "万元",
        tuple(int(random.random() * 420) for _ in range(8)),
    )


def wan(hundredths: int) -> str:
    """An amount in 万元, with two decimals; 0 for nothing."""
    return f"{hundredths // 100}.{hundredths % 100:02}" if hundredths else "0"


def money(hundredths: int, unit: str) -> str:
    """An amount with its unit."""
    return f"{hundredths * 100}元" if unit == "元" else f"{wan(hundredths)}万元"


def percent(part: int, whole: int) -> str:
    """part / whole as a percentage with two decimals, a half rounded up."""
    points = (part * 20000 // whole + 1) // 2
    return f"{points // 100}.{points % 100:02}%"


def _turn(how: Style, place: int, ways: Sequence[str]) -> str:
    return ways[how.turns[place] % len(ways)]


def staff(unit: Unit, fixed: Profile, o: Figures, how: Style) -> str:
    """Posts, staff, cars, buildings."""
    n, we = how.one, unit.we
    name = unit.short or unit.name
    parts = f"其中行政人员{o.officials}{n}、事业人员{o.staff - o.officials}{n}"
    cars = (
        f"小车编制数{o.car_posts}台,实有{o.cars}台",
        f"公务用车编制{o.car_posts}辆,实有{o.cars}辆",
    )[how.turns[7] % 2]
    rest = f"房屋面积{fixed.area}平方米,固定资产{wan(o.assets)}万元"
    return _turn(
        how,
        0,
        (
            f"{name}编制人数{o.posts}{n},实有人数{o.staff}{n},遗属补助人数{o.dependants}{n}。"
            f"{cars}。{rest}。",
            f"{unit.name}核定编制{o.posts}{n},实有在职{o.staff}{n}({parts}),"
            f"遗属补助人员{o.dependants}{n};{cars};{rest}。",
            f"截至{how.day(date(o.year, 12, 31))},{we}编制{o.posts}{n},在职人员{o.staff}{n},"
            f"享受遗属补助{o.dependants}{n},{cars},{rest}。",
            f"{we}现有编制{o.posts}个,实际在编在岗{o.staff}{n},{parts}。{cars}。{rest}。",
            f"人员情况:编制数{o.posts}{n},实有数{o.staff}{n}。车辆情况:{cars}。资产情况:{rest}。",
            f"{o.year}年末,{unit.name}编制{o.posts}{n},实有人员{o.staff}{n};{cars};{rest}。",
            f"机构编制部门核定我单位编制人数为{o.posts}{n},年末实有人数为{o.staff}{n},"
            f"遗属补助人数为{o.dependants}{n}。{cars},{rest}。",
        ),
    )


def total(o: Figures, how: Style) -> str:
    """支出合计, and why more was spent than came in, or what was left."""
    y, unit = o.year, how.unit
    whole, basic_, project_ = (money(each, unit) for each in (o.total, o.basic, o.project))
    if o.carried:
        rest = f"支出大于收入的部分为使用上年结转资金{money(o.carried, unit)}。"
    else:
        rest = f"年末结余{money(o.surplus, unit)},结转下年继续使用。" if o.surplus else ""
    said = _turn(
        how,
        1,
        (
            f"{y}年度决算支出为{whole}。",
            f"{y}年度部门整体支出{whole},其中基本支出{basic_},项目支出{project_}。",
            f"{y}年,本单位支出合计{whole}。",
            f"{y}年度总支出{whole},全部按规定用途使用。",
            f"{y}年度部门决算支出总额为{whole},其中:基本支出{basic_};项目支出{project_}。",
            f"经决算,{y}年度整体支出共计{whole}。",
            f"本年度支出决算数{whole},由基本支出和项目支出两部分组成。",
        ),
    )
    return said + rest


def basic(o: Figures, how: Style) -> str:
    """基本支出."""
    y, amount = o.year, money(o.basic, how.unit)
    use = (
        "是指为保障单位正常运转、完成日常工作任务而发生的各项支出",
        "主要用于基本工资、津贴补贴等人员经费和办公费、水电费等公用经费",
    )
    return _turn(
        how,
        2,
        (
            f"{y}年度基本支出决算数为{amount},{use[0]}。",
            f"基本支出{amount},{use[1]}。",
            f"{y}年基本支出{amount},{use[0]},{use[1]}。",
            f"{y}年度决算数为{amount},{use[0]}。",
            f"本年度共发生基本支出{amount},{use[1]}。",
            f"{y}年度,基本支出决算{amount},人员经费按月发放,公用经费据实列支。",
        ),
    )


def project(fixed: Profile, o: Figures, how: Style) -> str:
    """项目支出, and what it was for."""
    y, amount = o.year, money(o.project, how.unit)
    if not o.project:
        return _turn(
            how,
            3,
            (
                f"{y}年度项目支出决算数为{amount}。",
                f"本年度未安排项目支出,项目支出决算数为{amount}。",
                f"{y}年项目支出{amount}。",
                f"项目支出{amount},本年度没有项目。",
                f"{y}年度没有安排项目,项目支出为{amount}。",
                f"{y}年度,项目支出决算{amount},无项目支出。",
            ),
        )
    names = "、".join(fixed.projects)
    return _turn(
        how,
        3,
        (
            f"{y}年度项目支出决算数为{amount},用于{names}。",
            f"项目支出{amount},是指为完成特定工作任务而发生的支出,包括{names}。",
            f"{y}年项目支出{amount},安排了{names}等{len(fixed.projects)}个项目。",
            f"本年度共发生项目支出{amount},项目为{names},资金按进度拨付。",
            f"{y}年度项目支出为{amount}({names})。",
            f"{y}年度,项目支出决算{amount},主要是{names}。",
        ),
    )


def three(o: Figures, how: Style) -> str:
    """三公 with its parts."""
    y, unit = o.year, how.three_unit
    whole, none, reception, cars = (
        money(each, unit) for each in (o.three, 0, o.reception, o.running)
    )
    seen = _visits(o, how)
    way = how.turns[4] % 7
    if way < 3:
        first, second, third = (how.number.format(n) for n in (1, 2, 3))
        head = (
            f"{y}年我单位“三公”经费{whole}。",
            f"{y}年度“三公”经费支出合计{whole},其中:",
            f"本年度“三公”经费决算数{whole},具体如下:",
        )[way]
        return (
            f"{head}\n{first}因公出国(境)费{none};\n{second}公务接待费{reception}{seen};\n"
            f"{third}公务用车费{cars}(公务用车运行维护费{cars},公务用车购置费{none})。"
        )
    return (
        f"{y}年度“三公”经费支出{whole}。其中:因公出国(境)费{none},公务接待费{reception}{seen},"
        f"公务用车购置及运行维护费{cars}(其中购置费{none},运行维护费{cars})。",
        f"“三公”经费总支出{whole},包括公务接待费{reception}{seen}、因公出国(境)费{none}、"
        f"公务用车费{cars}(购置{none}、运行{cars})。",
        f"{y}年,“三公”经费支出共{whole}:因公出国(境)经费{none};"
        f"公务用车购置和运行维护费{cars},其中公务用车购置费{none}、公务用车运行维护费{cars};"
        f"公务接待费{reception}{seen}。",
        f"{y}年“三公”经费决算{whole},其中因公出国(境)费用{none},"
        f"公务用车购置费{none},公务用车运行维护费{cars},公务接待费{reception}{seen}。",
    )[way - 3]


def _visits(o: Figures, how: Style) -> str:
    """批次 and 人次 of receptions, in brackets."""
    if not o.reception:
        return ""
    return (
        f"(接待{o.batches}批次、{o.guests}人次)",
        f"(国内公务接待{o.batches}批次,{o.guests}人次)",
        f"(全年接待{o.batches}批次{o.guests}人次)",
    )[how.turns[4] % 3]


def change(o: Figures, last: Figures, how: Style) -> str:
    """三公 against last year, with the reason."""
    unit = how.three_unit
    if not o.three and not last.three:
        none = money(0, unit)
        return f"“三公”经费与上年度持平,均为{none},原因是没有安排此类支出。"
    by = o.three - last.three
    amount, share = money(abs(by), unit), percent(abs(by), last.three)
    word, grown = ("增加", "增长") if by > 0 else ("减少", "下降")
    reasons = RISE_REASONS if by > 0 else FALL_REASONS
    why = reasons[how.turns[6] % len(reasons)]
    no_cars = not o.running and not last.running
    cars = f"公务用车费与上年度持平,均为{money(0, unit)}。" if no_cars else ""
    said = _turn(
        how,
        5,
        (
            f"“三公”经费比上年度{word}{amount},{grown}{share},主要原因是{why}。",
            f"与上年度相比,“三公”经费{word}{amount},{grown}{share},原因是{why}。",
            f"上年度“三公”经费为{money(last.three, unit)},本年度{word}{amount},主要是{why}。",
            f"“三公”经费较上年{word}{amount},主要原因:{why}。",
            f"“三公”经费同比{grown}{share},{word}{amount},主要是由于{why}。",
            f"较上年度{money(last.three, unit)}{word}{amount},{grown}{share},原因是{why}。",
        ),
    )
    return said + cars


def purchase(o: Figures, how: Style) -> str:
    """政府采购金额."""
    amount = wan(o.purchase)
    return _turn(
        how,
        6,
        (
            f"政府采购:年初制定了采购计划,全年政府采购支出{amount}万元。",
            f"政府采购方面,按计划实施采购,采购金额{amount}万元。",
            f"本年度政府采购金额{amount}万元,均按采购计划执行。",
        ),
    )


def disclosed(days: Days, how: Style) -> str:
    """When the accounts were published."""
    seen = how.day(days.disclosed)
    return _turn(
        how,
        7,
        (
            f"预决算信息已于{seen}在县政府门户网站公开,本年度绩效评价报告经审核后公开。",
            f"部门决算于{seen}通过县政府门户网站向社会公开,接受群众监督。",
            f"按照要求,{seen}在门户网站公开了部门决算和“三公”经费情况。",
        ),
    )


def grade(word: str, score: str, how: Style) -> str:
    """The grade, and the score ("" for none) or why there is none."""
    if score:
        return _turn(
            how,
            1,
            (
                f"经自评,得分{score}分,自评结论为{word}。",
                f"本部门整体支出绩效自评得分{score}分,等级为{word}。",
                f"对照评分标准,自评总分{score}分,自评结论为“{word}”。",
            ),
        )
    return _turn(
        how,
        1,
        (
            f"本表未设评分,自评结论按各项工作完成情况确定,自评结论为{word}。",
            f"自评结论为“{word}”。本表未设评分,结论按实施情况逐项核对后确定。",
            f"由于本表未设评分,自评结论依据职责履行和资金管理情况确定为{word},即自评结论为{word}。",
            f"经逐项对照,自评结论为{word}(本表未设评分,自评结论按实际完成情况确定)。",
            f"自评结论:{word}。本表未设评分,自评结论由单位集体研究确定。",
            f"本表未设评分,自评结论按目标完成情况研究确定,等级为{word},自评结论为{word}。",
        ),
    )


def problem_text(pairs: Sequence[tuple[str, str]], how: Style) -> str:
    """The table's 问题与建议."""
    way = how.turns[3] % 3
    if way == 0:
        return "\n".join(
            how.listed([f"问题:{problem}。建议:{measure}" for problem, measure in pairs])
        )
    names = ("存在问题:", "建议:") if way == 1 else ("一、存在的问题", "二、改进建议")
    found, done = zip(*pairs, strict=True)
    return "\n".join([names[0], *how.listed(found), names[1], *how.listed(done)])
