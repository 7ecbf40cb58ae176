"""Names of fictional regions and their units: each follows from its number alone."""

from dataclasses import dataclass

FIRST_CODE = 990001
MOST_REGIONS = 9999
MOST_UNITS = 5000

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Unit:
    """A fictional unit."""

    number: int
    """From 1; four digits of its 索引号."""
    slug: str
    name: str
    short: str
    """简称; "" for none."""
    former: str
    """曾用名; "" for none."""
    we: str
    """How it speaks of itself: 我局, 我校."""
    trade: str
    """Key of TRADES."""
    posts: tuple[int, int]
    """The least and most 编制 that such a unit has."""


def region_code(number: int) -> str:
    """Code of the region with this number, from 1."""
    return str(FIRST_CODE + number - 1)


def region_name(number: int) -> str:
    """示例县一, 示例县二, …"""
    return f"示例县{numeral(number)}"


def numeral(number: int) -> str:
    """1 to 9999 in Chinese: 十二, 一百零五, 二千三百."""
    written, is_gap = "", False
    for value, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // value % 10
        if digit:
            written += ("零" if is_gap and written else "") + _DIGITS[digit] + name
        is_gap = not digit
    return written.removeprefix("一") if 10 <= number < 20 else written


def unit(region: int, number: int) -> Unit:
    """The unit with this number, from 1 to MOST_UNITS, in the region with that number.

    First the county's own bureaus, then units of its towns.
    """
    if number <= len(_BUREAUS):
        slug, name, trade, former, posts = _BUREAUS[number - 1]
        short = "" if number % 5 == 0 else f"县{name}"
        former = former and f"{region_name(region)}{former}"
        return Unit(
            number, slug, region_name(region) + name, short, former, _we(name), trade, posts
        )
    block, rest = divmod(number - len(_BUREAUS) - 1, _TOWNS_AT_ONCE * len(_KINDS))
    kind, place = divmod(rest, _TOWNS_AT_ONCE)
    slug, name, trade, posts = _KINDS[kind]
    town = block * _TOWNS_AT_ONCE + place
    local = town_name(town) + name
    short = "" if number % 3 == 0 else local
    slug = f"{slug}-{town + 1}"
    return Unit(number, slug, region_name(region) + local, short, "", _we(name), trade, posts)


def town_name(number: int) -> str:
    """A town, from 0 on: 甲山镇, 乙山镇, …"""
    feature, stem = divmod(number, len(_STEMS))
    return _STEMS[stem] + _FEATURES[feature] + ("乡" if number % 3 == 1 else "镇")


TOWNS = 20
"""As many towns each region has, however few units."""
_TOWNS_AT_ONCE = TOWNS
_STEMS = "甲乙丙丁戊庚辛壬癸子丑寅卯辰午申酉亥"
_FEATURES = "山溪林坪塘田桥湾岭丘石泉港洲坝"


def _we(name: str) -> str:
    if name.endswith(("学", "园")):
        return "我校" if name.endswith("学") else "我园"
    return f"我{name[-1]}" if name[-1] in "局院所站" else "我单位"


_OFFICE, _BUREAU, _BIG = (10, 35), (24, 90), (60, 180)
_BUREAUS = (
    ("jiaoyu", "教育局", "教育", "教育委员会", _BUREAU),
    ("minzheng", "民政局", "民政", "", _BUREAU),
    ("caizheng", "财政局", "综合", "", _BIG),
    ("weijian", "卫生健康局", "卫生", "卫生和计划生育局", _BUREAU),
    ("renshe", "人力资源和社会保障局", "民政", "劳动和社会保障局", _BIG),
    ("nongye", "农业农村局", "农业", "农业局", _BIG),
    ("shuili", "水利局", "水利", "水务局", _BUREAU),
    ("jiaotong", "交通运输局", "交通", "交通局", _BIG),
    ("ziyuan", "自然资源局", "资源", "国土资源局", _BIG),
    ("shengtai", "生态环境局", "资源", "环境保护局", _BUREAU),
    ("zhujian", "住房和城乡建设局", "城建", "建设局", _BUREAU),
    ("chengguan", "城市管理和综合执法局", "城建", "城市管理局", _BIG),
    ("wenlv", "文化旅游广电体育局", "文化", "文化体育广播电视局", _BUREAU),
    ("shichang", "市场监督管理局", "监管", "工商行政管理局", _BIG),
    ("yingji", "应急管理局", "监管", "安全生产监督管理局", _BUREAU),
    ("tongji", "统计局", "监管", "", _OFFICE),
    ("shenji", "审计局", "综合", "", _BUREAU),
    ("fagai", "发展和改革局", "综合", "发展计划局", _BUREAU),
    ("sifa", "司法局", "政法", "", _BUREAU),
    ("yibao", "医疗保障局", "民政", "", _OFFICE),
    ("tuiyi", "退役军人事务局", "民政", "", _OFFICE),
    ("shenpi", "行政审批服务局", "政务", "政务服务中心", _BUREAU),
    ("keji", "科技和工业信息化局", "综合", "经济和信息化局", _BUREAU),
    ("shangwu", "商务局", "综合", "", _OFFICE),
    ("linye", "林业局", "资源", "", _BUREAU),
    ("xinfang", "信访局", "政法", "", _OFFICE),
    ("xiangcun", "乡村振兴局", "农业", "扶贫开发办公室", _OFFICE),
    ("dangan", "档案馆", "党群", "档案局", _OFFICE),
    ("tuanwei", "共青团委员会", "党群", "", (5, 12)),
    ("fulian", "妇女联合会", "党群", "", (5, 14)),
    ("gonghui", "总工会", "党群", "", (8, 20)),
    ("kexie", "科学技术协会", "党群", "", (5, 12)),
    ("canlian", "残疾人联合会", "民政", "", (8, 22)),
    ("hongshizi", "红十字会", "民政", "", (4, 10)),
    ("dangxiao", "行政学校", "党群", "", (18, 45)),
    ("renmin-yiyuan", "人民医院", "卫生", "", (200, 520)),
    ("zhongyi-yiyuan", "中医医院", "卫生", "", (120, 300)),
    ("fuyou", "妇幼保健院", "卫生", "妇幼保健所", (50, 130)),
    ("jikong", "疾病预防控制中心", "卫生", "卫生防疫站", (36, 80)),
    ("diyi-zhongxue", "第一中学", "教育", "", (120, 260)),
    ("dier-zhongxue", "第二中学", "教育", "", (90, 200)),
    ("zhiye", "职业技术学校", "教育", "职业中等专业学校", (80, 160)),
    ("shiyan-xiaoxue", "实验小学", "教育", "", (60, 140)),
    ("tesu", "特殊教育学校", "教育", "", (18, 40)),
    ("jiguan-youeryuan", "机关幼儿园", "教育", "", (20, 45)),
    ("tushuguan", "图书馆", "文化", "", (8, 20)),
    ("wenhuaguan", "文化馆", "文化", "", (8, 22)),
    ("bowuguan", "博物馆", "文化", "文物管理所", (6, 18)),
    ("gonglu", "公路养护中心", "交通", "公路管理局", (40, 110)),
    ("yunshu", "道路运输服务中心", "交通", "道路运输管理所", (24, 60)),
    ("shuiku", "水库管理所", "水利", "", (12, 36)),
    ("hedao", "河道事务中心", "水利", "河道管理所", (12, 30)),
    ("nongji", "农机事务中心", "农业", "农业机械管理局", (18, 46)),
    ("xumu", "畜牧水产事务中心", "农业", "畜牧兽医水产局", (24, 60)),
    ("zhufang", "住房保障服务中心", "城建", "房产管理局", (18, 45)),
    ("huanwei", "环境卫生服务中心", "城建", "环境卫生管理所", (30, 80)),
    ("shuju", "数据资源中心", "政务", "电子政务中心", _OFFICE),
    ("jiguan-shiwu", "机关事务服务中心", "综合", "机关事务管理局", (20, 50)),
    ("jiuye", "公共就业服务中心", "民政", "就业服务局", (14, 36)),
    ("falv", "法律援助中心", "政法", "", (4, 10)),
)
"""Slug, name, trade, former name, 编制 of the county's own units."""
_KINDS = (
    ("zhengfu", "人民政府", "乡镇", (42, 110)),
    ("zhongxin-xiaoxue", "中心小学", "教育", (24, 90)),
    ("weishengyuan", "卫生院", "卫生", (24, 90)),
    ("zhongxue", "初级中学", "教育", (30, 100)),
    ("nongye", "农业综合服务中心", "农业", (8, 24)),
    ("caizheng", "财政所", "综合", (5, 14)),
    ("youeryuan", "中心幼儿园", "教育", (8, 26)),
    ("shehui", "社会事务服务中心", "民政", (8, 20)),
    ("bianmin", "便民服务中心", "政务", (6, 16)),
    ("zhifa", "综合行政执法大队", "城建", (8, 24)),
    ("sifa", "司法所", "政法", (4, 9)),
    ("ziran", "自然资源所", "资源", (5, 12)),
    ("shuili", "水利站", "水利", (4, 10)),
    ("linye", "林业站", "资源", (4, 12)),
    ("wenhua", "文化站", "文化", (4, 9)),
    ("shichang", "市场监督管理所", "监管", (6, 14)),
    ("tuiyi", "退役军人服务站", "民政", (4, 8)),
    ("xiaoxue", "第二小学", "教育", (12, 40)),
    ("jinglaoyuan", "敬老院", "民政", (6, 16)),
    ("jiaotong", "交通管理站", "交通", (4, 10)),
)
"""Slug, name, trade, 编制 of the units that each town has."""
