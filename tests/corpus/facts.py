"""What the fictional units of 示例县 spent and did: facts before they are put into words.

Amounts are whole numbers of hundredths of 万元, so that sums are exact.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

REGION = "990001"
YEARS = (2020, 2021, 2022)


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of unit, and what it writes about."""

    field: str
    we: str
    achievements: tuple[str, ...]
    """Sentences; {a} and {b} are counts of the year."""
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    slug: str
    name: str
    short: str
    number: int
    """Three digits of the 索引号."""
    trade: Trade
    forms: str
    """plain: 基础数据表2022; projects: with 项目支出自评表; scored: the forms with scores."""
    nontax: bool
    has_cars: bool
    thrifty: bool
    """Spends nothing on 三公."""


@dataclass(frozen=True, slots=True)
class Facts:
    """One unit in one year."""

    year: int
    posts: int
    staff: int
    officials: int
    """Of the staff; the others are 事业人员."""
    dependants: int
    cars: int
    car_posts: int
    area: int
    assets: int
    basic: int
    office: int
    """公用经费, part of 基本支出."""
    projects: tuple[tuple[str, int], ...]
    carried: int
    """Spent from what last year left."""
    surplus: int
    nontax: int
    higher: int
    other: int
    extra: int
    reception: int
    batches: int
    guests: int
    running: int
    purchase: int
    rises: bool
    published: date
    """公开时间 of the accounts."""
    filled: date
    reported: date
    reviews: tuple[date, date, date]
    issued: date

    @property
    def project(self) -> int:
        return sum(amount for _, amount in self.projects)

    @property
    def total(self) -> int:
        return self.basic + self.project

    @property
    def income(self) -> int:
        return self.total + self.surplus - self.carried

    @property
    def fiscal(self) -> int:
        return self.income - self.nontax - self.higher - self.other

    @property
    def three(self) -> int:
        return self.reception + self.running


_SHARED = (
    "开展业务培训{a}期,培训{b}人次,工作人员业务能力得到提升",
    "开展政策宣传活动{a}场次,发放宣传资料{b}份,政策知晓率进一步提高",
    "规范内部管理,修订制度{a}项,参加专题学习{b}人次",
)
_TRADES = {
    "shuili": Trade(
        "水利",
        "我局",
        (
            "开展河道巡查{b}人次,整治河道问题{a}处,河道面貌持续改善",
            "组织水库安全检查{a}次,覆盖小型水库{b}座次,平安度过汛期",
            "受理取水许可申请{a}件,按期办结率100%",
            "完成农村饮水水质抽检{b}份,合格率{p}%",
        ),
        ("小型水库维修养护", "农村饮水安全维护"),
    ),
    "jiaotong": Trade(
        "交通运输",
        "我局",
        (
            "开展道路运输执法检查{a}次,检查营运车辆{b}台次,运输秩序平稳有序",
            "巡查农村公路{b}公里,处置道路隐患{a}处",
            "完成客运班线审验{a}条,审验率100%",
            "办理道路运输从业资格证{b}本,按期办结率{p}%",
        ),
        ("农村公路日常养护", "公路安全生命防护"),
    ),
    "weijian": Trade(
        "卫生健康",
        "我单位",
        (
            "为老年人提供健康体检{b}人次,健康档案规范管理率{p}%",
            "开展卫生监督检查{a}次,覆盖经营单位{b}家次",
            "组织义诊活动{a}场,服务群众{b}人次",
            "适龄儿童疫苗接种率{p}%,未发生聚集性疫情",
        ),
        ("基本公共卫生服务", "基层医疗设备更新"),
    ),
    "jiaoyu": Trade(
        "教育教学",
        "我校",
        (
            "开展教研活动{a}次,听课评课{b}节,教学质量稳步提升",
            "组织校园安全检查{a}次,开展应急演练{b}人次",
            "资助家庭经济困难学生{b}人次,应助尽助率100%",
            "开设课后服务课程{a}门,学生参与率{p}%",
        ),
        ("校舍维修改造", "教学设备更新"),
    ),
    "xiangzhen": Trade(
        "乡镇公共管理和服务",
        "我单位",
        (
            "走访农户{b}户次,解决群众反映问题{a}个",
            "调处矛盾纠纷{a}起,调处成功率{p}%",
            "开展人居环境整治行动{a}次,动员群众{b}人次",
            "办理便民服务事项{b}件,按期办结率100%",
        ),
        ("人居环境整治", "村级道路养护"),
    ),
    "nongye": Trade(
        "农业农村",
        "我局",
        (
            "推广良种良法{b}亩,建立示范点{a}个",
            "抽检农产品{b}批次,合格率{p}%",
            "检查农资经营门店{b}家次,开展专项整治{a}次",
            "组织农技人员下乡{b}人次,解答技术问题{a}个",
        ),
        ("高素质农民培育", "动物疫病防控"),
    ),
    "wenhua": Trade(
        "文化旅游",
        "我单位",
        (
            "举办群众文化活动{a}场,参与群众{b}人次",
            "免费开放公共文化场馆,接待读者和观众{b}人次,服务满意率{p}%",
            "检查文化经营场所{b}家次,开展联合检查{a}次",
            "送戏下乡{a}场,观看群众{b}人次",
        ),
        ("公共文化场馆免费开放", "文物保护维护"),
    ),
    "guanli": Trade(
        "行业监督管理",
        "我局",
        (
            "开展双随机检查{a}次,检查单位{b}家次,检查结果全部公示",
            "办理行政许可事项{b}件,按期办结率100%",
            "完成统计报表{a}套,数据差错率控制在1%以内",
            "走访服务对象{b}家次,服务对象满意率{p}%",
        ),
        ("执法装备和信息系统维护", "专项检查检测"),
    ),
}
_BUREAUS = (
    ("shuiwu", "水务局", "shuili"), ("hekou", "河道管理所", "shuili"),
    ("shuiku", "水库管理所", "shuili"), ("jiaotong", "交通运输局", "jiaotong"),
    ("gonglu", "公路养护中心", "jiaotong"), ("yunguan", "道路运输服务所", "jiaotong"),
    ("weijian", "卫生健康局", "weijian"), ("jikong", "疾病预防控制中心", "weijian"),
    ("fuyou", "妇幼保健院", "weijian"), ("nongye", "农业农村局", "nongye"),
    ("nongji", "农机服务中心", "nongye"), ("xumu", "畜牧水产服务中心", "nongye"),
    ("linye", "林业局", "nongye"), ("wenhua", "文化馆", "wenhua"),
    ("tushu", "图书馆", "wenhua"), ("wenlv", "文化旅游广电体育局", "wenhua"),
    ("tongji", "统计局", "guanli"), ("shichang", "市场监督管理局", "guanli"),
    ("yingji", "应急管理局", "guanli"), ("shenji", "审计局", "guanli"),
    ("yibao", "医疗保障局", "guanli"), ("zhufang", "住房保障服务中心", "guanli"),
    ("chengguan", "城市管理局", "guanli"), ("sifa", "司法局", "guanli"),
)  # fmt: skip
_TOWNS = [
    "甲山镇",
    "乙水镇",
    "丙林镇",
    "丁溪镇",
    "戊坪乡",
    "己塘乡",
    "庚田镇",
    "辛桥乡",
    "壬湾乡",
    "癸岭镇",
    "子丘乡",
    "丑石镇",
]
_FORMS = ("plain", "projects", "plain", "scored", "plain", "projects")


def units() -> list[Unit]:
    """The 72 units, each of its own kind."""
    named = [(slug, f"示例县{name}", f"县{name}", trade) for slug, name, trade in _BUREAUS]
    for number, town in enumerate(_TOWNS, 1):
        named += [
            (f"zhongxue-{number}", f"示例县{town}中学", f"{town}中学", "jiaoyu"),
            (f"xiaoxue-{number}", f"示例县{town}中心小学", f"{town}中心小学", "jiaoyu"),
            (f"weishengyuan-{number}", f"示例县{town}卫生院", f"{town}卫生院", "weijian"),
            (f"zhengfu-{number}", f"示例县{town}人民政府", f"{town}人民政府", "xiangzhen"),
        ]
    return [
        Unit(
            f"shili-{slug}", name, short, index, _TRADES[trade], _FORMS[(index * 5) % 6],
            index % 4 == 1, index % 3 != 0, index % 12 == 6,
        )
        for index, (slug, name, short, trade) in enumerate(named, 1)
    ]  # fmt: skip


def achievements(unit: Unit, facts: Facts, random: Random) -> list[str]:
    """Three or four things done in the year, one of them with parts that add up."""
    grown = facts.year - 2019
    chosen = [*random.sample(unit.trade.achievements, 2), _SHARED[facts.year % 3]]
    done = [
        each.format(
            a=random.randint(6, 18) + grown,
            b=random.randint(120, 960) + 7 * grown,
            p=f"{random.randint(9500, 9980) / 100:.2f}",
        )
        for each in chosen
    ]
    phone, net = random.randint(31, 88), random.randint(11, 29)
    done.append(
        f"全年共受理群众诉求{phone + net}件,其中电话受理{phone}件、网络受理{net}件,"
        f"全部办结,群众满意率{random.randint(9500, 9980) / 100:.2f}%"
    )
    random.shuffle(done)
    return done


def _workday(day: date) -> date:
    while day.weekday() > 4:
        day += timedelta(1)
    return day


def _days(year: int, random: Random) -> list[date]:
    days = [_workday(date(year + 1, 7, 20) + timedelta(random.randint(0, 20)))]
    for low, high in ((6, 20), (0, 3), (1, 2), (1, 2), (1, 2), (1, 4)):
        days.append(_workday(days[-1] + timedelta(random.randint(low, high))))
    return days


def history(unit: Unit, random: Random) -> list[Facts]:
    """Facts of 2019 (known only to later years) and of each of `YEARS`; figures continue."""
    posts = random.randint(18, 90)
    cars = random.randint(1, 4) if unit.has_cars and not unit.thrifty else 0
    basic = posts * random.randint(900, 1300) + random.randint(0, 99)
    reception, running = random.randint(150, 520), cars * random.randint(180, 260)
    sums = [random.randint(2000, 15000) for _ in range(random.randint(1, 2))]
    if unit.thrifty:
        reception = running = 0
    if unit.forms == "plain":
        sums = []
    area, assets = random.randint(8, 60) * 100, random.randint(9000, 300000)
    nontax, other = random.randint(500, 3000), random.choice((0, random.randint(50, 400)))
    higher = random.choice((0, random.randint(500, 4000)))
    result: list[Facts] = []
    for year in (2019, *YEARS):
        rises = random.random() < 0.15 and not unit.thrifty and year > 2019
        low, high = (103, 112) if rises else (86, 97)
        reception = reception * random.randint(low, high) // 100
        running = running * random.randint(low, high) // 100
        basic = basic * random.randint(97, 106) // 100
        sums = [each * random.randint(92, 108) // 100 for each in sums]
        staff = posts - random.randint(0, 4)
        carried = result[-1].surplus if result else 0  # what last year left is spent
        surplus = random.randint(100, 900) if not carried and random.random() < 0.3 else 0
        published, filled, reported, first, second, third, issued = _days(year, random)
        assets += random.randint(10, 900)
        batches = max(1, reception // 12)
        result.append(
            Facts(
                year=year, posts=posts, staff=staff, officials=random.randint(4, staff - 5),
                dependants=random.randint(0, 5), cars=cars, car_posts=cars + random.randint(0, 1),
                area=area, assets=assets, basic=basic, office=basic * random.randint(15, 22) // 100,
                projects=tuple(zip(unit.trade.projects, sums, strict=False)),
                carried=carried, surplus=surplus, nontax=nontax if unit.nontax else 0,
                higher=higher, other=other,
                extra=random.randint(300, 2500) if random.random() < 0.4 else 0,
                reception=reception, batches=batches if reception else 0,
                guests=batches * random.randint(6, 9) if reception else 0,
                running=running, purchase=random.randint(200, 4000), rises=rises,
                published=published, filled=filled, reported=reported,
                reviews=(first, second, third), issued=issued,
            )
        )  # fmt: skip
        nontax = nontax * random.randint(95, 106) // 100
        higher = higher * random.randint(95, 106) // 100
    return result
