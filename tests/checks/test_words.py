"""Words that no text should have: found in their contexts and nowhere else, as the lists say."""

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks.words import Entry, Hit, Words, read_words
from generator.errors import DataError

ROOT = Path(__file__).parents[2]
WORDS = read_words(ROOT / "data" / "checks")


def found(text: str, kind: str) -> list[str]:
    return [hit.written for hit in WORDS.find(text) if hit.kind == kind]


def words_of(folder: Path, general: str, local: str = "") -> Words:
    (folder / "用词.yaml").write_text(general, "utf-8")
    if local:
        (folder / "本地用词.yaml").write_text(local, "utf-8")
    return read_words(folder)


# The project's own lists


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("确保各项资产核算准确、帐实相符", [("帐实", "账实")]),
        ("资产做到帐实相符", [("帐实", "账实")]),
        ("开设银行帐户，按月对帐", [("帐户", "账户"), ("对帐", "对账")]),
        ("各站所的作法不同", [("作法", "做法")]),
        ("推广了先进作法。", [("作法", "做法")]),
        ("2022年年度项目支出决算数", [("年年度", "年度")]),
        ("三公经费是否比年度下降", [("比年度", "比上年度")]),
        ("进一步建立建全长效机制", [("建立建全", "建立健全")]),
        ("截止2022年12月31日，编制35人", [("截止", "截至")]),
        ("截止 ２０２２年底", [("截止", "截至")]),
        ("截止目前，已完成80%", [("截止", "截至")]),
        ("截止到2022年底", [("截止到", "截至")]),
        ("统一布署，周密按排", [("布署", "部署"), ("按排", "安排")]),
        ("办公楼座落于县城", [("座落", "坐落")]),
        ("财政拔款35万元", [("拔款", "拨款")]),
        ("绩效目标末完成", [("末完成", "未完成")]),
        ("年未结余0万元", [("年未结余", "年末结余")]),
        ("己完成整改，不存在截留、座支现象", [("己完成", "已完成"), ("座支", "坐支")]),
        ("厉史欠账，历行节约", [("厉史", "历史"), ("历行节约", "厉行节约")]),
        ("乡村振新，扫黑险恶", [("乡村振新", "乡村振兴"), ("扫黑险恶", "扫黑除恶")]),
        ("与时具进，一如继往", [("与时具进", "与时俱进"), ("一如继往", "一如既往")]),
    ],
)
def test_slips(text: str, slips: list[tuple[str, str]]) -> None:
    hits = WORDS.find(text)
    assert [(hit.written, hit.right) for hit in hits] == slips
    assert {hit.kind for hit in hits} == {"错别字"}


@pytest.mark.parametrize(
    "text",
    [
        "推广“枫桥工作法”和“四议两公开”工作法，规范操作法、制作法",
        "聘请律师作法律顾问，开展宪法进校园作法治报告",
        "截止日期为2022年12月31日，报名截止2022年5月1日，报名截止时间不变，于当日截止",
        "截至2022年12月31日，截至目前",
        "采购救灾帐篷120顶，搭建帐篷，发放新帐篷、蚊帐，对帐篷进行检查",
        "建立健全台账，账实相符，账表一致",
        "按排名先后，按排放标准，按排水规划，按装配式建筑标准，按装机容量",
        "公布署名文章，宣布署理人选",
        "讲座落到实处，召开座谈会，每桌八座支付",
        "占年度预算的80%，比年度预算减少，历年年度报告，每年年度考核",
        "共建全国文明城市，创建全省示范县，在建全部项目",
        "党委书记念念不忘，深入学习贯彻，从学习贯通到实践",
        "自己完成作业，利己经营",
        "其它、其他都可以，唯一、惟一",
        "周末完成，月末按时，粉末能回收，年末未完成",
        "事关健康，相关健身设施，机关健全制度",
        "登记薄弱环节，账簿、登记簿",
        "分配份额，补充份额，部分",
        "业绩累计，方面绩效，形成积极氛围，财政积极支持，累积效应",
        "已经废止的文件，办公废纸，合作费、工作费",
        "应付局长基金，拨付近百万元，支付近年欠款，交付责任",
        "预防犯罪，违规犯错，导致副作用",
        "农机购置补贴，手机构件，机构购买服务",
        "交通迅速恢复，通讯速度，评审迅速",
        "单位制定制度，建设制度，采购制度",
        "出国访问，取消访谈，来访群众，预访谈",
        "展现壮美风光，实现壮大集体经济",
        "物资询价，投资咨询，药物咨询",
        "我校率先，成郊区亮点，有郊野公园",
        "一批拔尖人才，选拔给付",
        "并予警告，给予计分，应予拨付，不予收取",
        "内容措施得当，纠差措施，过错施救",
        "一批露天矿山，关注消防，考核消除隐患",
        "勤俭办事，编制人数35人，实有人数 34 人",
        "修复盖板，双重覆盖",
        "学校果园，学区长，小组识别",
        "2022年年度报告，2022年年度考核优秀",
        "亲临督导，落实拖欠工资清理，行政许可正式办结，提交议决择优录取",
        "传授与培训，标准与规范，以免与规定冲突",
    ],
)
def test_sound_texts(text: str) -> None:
    assert WORDS.find(text) == ()


@pytest.mark.parametrize(
    ("text", "placeholders"),
    [
        ("组织专项行动XX次", ["XX"]),
        ("开展调研××次", ["××"]),
        ("走访单位(待填写)家", ["待填写"]),
        ("示例县民政局20XX年XX月XX日", ["20XX", "XX", "XX"]),
        ("ＸＸ县ＸＸ局", ["ＸＸ", "ＸＸ"]),
        ("完成XXXX项目", ["XXXX"]),
        ("支出X万元，提高X个百分点", ["X万元", "X个百分点"]),
        ("202X年度", ["202X"]),
        ("三公经费比上年增加（减少）0.2万元", ["增加（减少）"]),
        ("三公经费大小于预算", ["大小于"]),
        ("（此处填写主要绩效）", ["（此处填写"]),
        ("某某局某某村", ["某某局某某村"]),
        ("支出____万元", ["____万元"]),
        ("基本支出　　万元，项目支出万元。", ["基本支出　　万元", "项目支出万元"]),
        ("比上年下降%，增长  %。", ["下降%", "增长  %"]),
        ("编制人数人，实有人数 人。", ["编制人数人", "实有人数 人"]),
        ("年　月　日", ["年　月　日"]),
        ("合计#REF!", ["#REF!"]),
        ("见错误！未找到引用源。", ["错误！未找到引用源"]),
        ("预算…万元", ["…万元"]),
        ("请填写单位名称", ["请填写"]),
    ],
)
def test_placeholders(text: str, placeholders: list[str]) -> None:
    assert found(text, "占位文字") == placeholders
    assert len(WORDS.find(text)) == len(placeholders)


@pytest.mark.parametrize(
    "text",
    [
        "填报人：黄*　联系电话：139****9471",
        "填报人：黄XX，联系电话139XXXX9471，身份证430524XXXXXXXX1234",
        "填报人：张××，电话139××××9471",
        "慰问困难党员王XX、李××户",
        "李某某、张某某同志",
        "型号AXX-12、XXL号、染色体XX型",
        "www.xxx.com、a@xxx.cn",
        "单位：万元，金额单位为万元，(单位:元)",
        "支出704.72万元，支出 704.72 万元，下降 5%，增长（%）",
        "按年月日顺序，出生年月，2023 年5月6日，2022年 12 月 31 日",
        "“三公”经费增加（减少）情况",
        "有待填写的表格已经收齐，机制有待补充完善",
        "因故增加或减少预算的",
        "路面宽3×4米，3X4",
        "附件（样表见后）、3个以上",
        "a_b、文件名2022_01",
    ],
)
def test_no_placeholders(text: str) -> None:
    assert WORDS.find(text) == ()


@pytest.mark.parametrize(
    ("text", "grave"),
    [
        ("依据中国人民共和国预算法编制", ["中国人民共和国"]),
        ("中华人民共合国宪法", ["中华人民共合国"]),
        ("华人民共和国", ["华人民共和国"]),
        ("中国共产党和中华人民共和国", []),
        ("新中国成立以来，中华人民共和国预算法", []),
        ("以习近平新时代特色社会主义思想为指导", ["习近平新时代特色社会主义思想"]),
        ("以习近平新时代中国特色社会主义思想为指导，习近平总书记强调", []),
        ("港澳台等国家", ["港澳台等国家"]),
        ("来自香港、澳门、台湾等地区", []),
        ("香港国际机场，台湾国民党，台湾国家公园", []),
        ("中国共产当年", []),
    ],
)
def test_grave_misstatements(text: str, grave: list[str]) -> None:
    assert found(text, "严重表述") == grave
    assert len(WORDS.find(text)) == len(grave)


def test_what_is_right_is_never_reported() -> None:
    reported = {entry.right for entry in WORDS.entries if entry.right and WORDS.find(entry.right)}
    assert reported == set()


def test_each_word_is_found_in_its_contexts() -> None:
    """An entry that is never found, because its contexts rule each other out, is a mistake."""
    for entry in WORDS.entries:
        written = entry.word.replace("{空}", "  ")
        texts = [
            f"{before}{written}{after}"
            for before in entry.before or ("，",)
            for after in entry.after or ("，",)
        ]
        hits = [hit for text in texts for hit in WORDS.find(text) if hit.kind == entry.kind]
        assert hits, entry


def test_the_lists_are_of_some_size() -> None:
    kinds = [entry.kind for entry in WORDS.entries]
    assert kinds.count("错别字") > 500
    assert 50 <= kinds.count("严重表述") <= 100


# Reading


def test_contexts(tmp_path: Path) -> None:
    words = words_of(
        tmp_path,
        """
词组: {县: [甲县, 乙县]}
占位文字: [待写, {文字: [空白, 留白], 后面有: [页]}, [甲乙, 乙丙], "年{空}月"]
错别字:
  - {错: 布署, 正: 部署, 前面没有: [公, "{县}"]}
  - {错: 截止, 正: 截至, 后面有: ["{数}年"], 提示: 看日期}
  - {错: 座落, 正: 坐落, 前面有: ["{行首}"], 后面没有: ["{行尾}"]}
  - {错: 作法, 正: 做法, 含于: [工作法, 作法律]}
  - {错字: 帐, 正字: 账, 词: [帐户, 对帐], 后面没有: [篷]}
严重表述:
  - {错: 甲国家, 提示: 不是国家}
""",
    )
    text = "布署公布署，甲县布署丙县布署。截止 2年，截止日。\n座落此。座落\n座落\n 座落此"
    assert [(hit.start, hit.written) for hit in words.find(text)] == [
        (0, "布署"),
        (12, "布署"),
        (15, "截止"),
        (26, "座落"),
        (37, "座落"),
    ]
    text = "好作法，工作法，作法律，作法 对帐篷对帐帐户"
    assert [hit.written for hit in words.find(text)] == ["作法", "作法", "对帐", "帐户"]
    text = "待写甲乙丙，空白页留白处，年 \t　月，年月，甲国家"
    assert words.find(text) == (
        Hit("占位文字", 0, 5, "待写甲乙丙", "", ""),
        Hit("占位文字", 6, 8, "空白", "", ""),
        Hit("占位文字", 13, 18, "年 \t　月", "", ""),
        Hit("严重表述", 22, 25, "甲国家", "", "不是国家"),
    )


def test_no_file_no_words(tmp_path: Path) -> None:
    assert read_words(tmp_path).find("帐户XX") == ()
    assert Words().find("帐户XX") == ()


GENERAL = "占位文字: [XX]\n错别字: [{错: 作法, 正: 做法}, {错: 布署, 正: 部署}]\n"
GENERAL += "严重表述: [{错: 中化, 正: 中华}]\n"


def test_local_words_are_added(tmp_path: Path) -> None:
    local = "错别字: [{错: 隆回现, 正: 隆回县}, {错: 布署, 正: 部署, 前面没有: [公]}]\n"
    local += "不算错: [作法, XX]\n"
    words = words_of(tmp_path, GENERAL, local)
    hits = words.find("隆回现的作法XX，公布署名，布署中化")
    assert [(hit.written, hit.right) for hit in hits] == [
        ("隆回现", "隆回县"),
        ("布署", "部署"),
        ("中化", "中华"),
    ]


def test_local_words_alone(tmp_path: Path) -> None:
    (tmp_path / "本地用词.yaml").write_text("占位文字: [待议]\n", "utf-8")
    assert [hit.written for hit in read_words(tmp_path).find("待议")] == ["待议"]


@pytest.mark.parametrize(
    ("local", "message"),
    [
        ("不算错: [做法]", "用词.yaml 里没有“做法”，是不是“作法”"),
        ("不算错: [中化]", "“中化”是严重表述，不能不算错"),
        ("不算错: 作法", "应是一列词"),
        ("不算: [作法]", "不认识“不算”，是不是“不算错”？"),
    ],
)
def test_faulty_local_file(local: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as raised:
        words_of(tmp_path, GENERAL, local + "\n")
    assert message in str(raised.value)
    assert "本地用词.yaml:1:" in str(raised.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("错字表: []", "不认识“错字表”"),
        ("不算错: [作法]", "不认识“不算错”"),
        ("[作法]", "应写成“键: 值”"),
        ("错别字: {错: 布署, 正: 部署}", "应是一列词，每行以“- ”开头"),
        ("错别字: [布署]", "应写成“{错: 布署, 正: 部署}”"),
        ("错别字: [{错: 布署}]", "“布署”缺少“正”"),
        ("错别字: [{正: 部署}]", "缺少“错”"),
        ("错别字: [{错: '', 正: 部署}]", "缺少“错”"),
        ("错别字: [{错: [布署], 正: 部署}]", "“错”应是一个词"),
        ("错别字: [{错: 布署, 正: 部署, 前面: [公]}]", "不认识“前面”，是不是“前面有”？"),
        ("错别字: [{错: 布署, 正: 部署, 前面有: 公}]", "应是一列词"),
        ("错别字: [{错: 布署, 正: 部署, 前面有: ['']}]", "这里是空的"),
        ("错别字: [{错: 布署, 正: 部署, 前面有: [' 公']}]", "词的前后不要有空格"),
        ("错别字: [{错: 布署, 正: 部署, 前面有: [公, 公]}]", "“公”写了两次"),
        ("错别字: [{错: 布署, 正: 部署, 前面有: ['{县}']}]", "不认识“{县}”，可以写：{数}"),
        ("错别字: [{错: 布署, 正: 部署, 含于: [公布]}]", "“含于”的“公布”里没有“布署”"),
        ("错别字: [{错: 布署, 正: 部署}, {错: 布署, 正: 部署}]", "“布署”已经有了"),
        ("错别字: [{错: 年度, 正: 本年度}]", "“正”的“本年度”里还有“年度”"),
        ("错别字: [{错: 布, 正: 部}]", "只有一个字的“布”"),
        ("错别字: [{错: '布{数}', 正: 部}]", "“布{数}”里不认识“{数}”，词里只能用 {空}"),
        ("错别字: [{错: '布署{空}', 正: 部署}]", "前后不能是空格或 {空}"),
        ("错别字: [{错字: 帐, 正字: 账, 词: [户口]}]", "“户口”里没有“帐”"),
        ("错别字: [{错字: 帐户, 正字: 账, 词: [帐户]}]", "应各是一个字"),
        ("错别字: [{错字: 帐, 正字: 账}]", "缺少“词”"),
        ("错别字: [{错字: 帐, 正字: 账, 词: [帐户], 错: 帐户}]", "只能用一种"),
        ("占位文字: ['']", "缺少“文字”"),
        ("占位文字: [{文字: 待写, 正: 已写}]", "不认识“正”"),
        ("词组: [甲]", "应写成“名称: [词, 词]”"),
        ("词组: {数: [一]}", "“{数}”另有意思"),
    ],
)
def test_faulty_file(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as raised:
        words_of(tmp_path, text + "\n")
    assert message in str(raised.value)
    assert "用词.yaml:1:" in str(raised.value)


def test_all_problems_are_told_with_their_places(tmp_path: Path) -> None:
    general = "错别字:\n  - {错: 布署}\n  - {错: 作法, 正: 好作法}\n"
    with pytest.raises(DataError) as raised:
        words_of(tmp_path, general, "不算错: [甲]\n")
    places = [(each.path.name, each.line) for each in raised.value.problems]
    assert places == [("本地用词.yaml", 1), ("用词.yaml", 2), ("用词.yaml", 3)]


def test_words_go_to_worker_processes() -> None:
    assert WORDS.find("布署")
    other = pickle.loads(pickle.dumps(WORDS))  # noqa: S301
    assert other.find("统一布署") == WORDS.find("统一布署")


# All of them, the slow way

SMALL = (
    Entry("占位文字", "XX", "", "", not_before=("甲", "1")),
    Entry("占位文字", "X年", "", ""),
    Entry("占位文字", "年{空}月", "", ""),
    Entry("占位文字", "(乙", "", "", after=("丙", "\n")),
    Entry("错别字", "甲乙", "乙甲", "", not_after=("丙",)),
    Entry("错别字", "甲乙丙", "丙", "", before=("\n", "年")),
    Entry("错别字", "乙丙", "丙乙", "", within=("甲乙丙", "乙丙乙丙")),
    Entry("严重表述", "丙甲", "", ""),
)
TEXTS = st.text(st.sampled_from("甲乙丙XＸ年月（( \u3000\n1"), max_size=24)


def plain(text: str) -> str:
    return text.replace("Ｘ", "X").replace("（", "(").replace("\u3000", " ")


def ends(entry: Entry, text: str, start: int) -> list[int]:
    if "{空}" not in entry.word:
        return [start + len(entry.word)] if text.startswith(entry.word, start) else []
    head, tail = entry.word.split("{空}")
    blanks = range(1, 61)
    found = [n for n in blanks if text.startswith(f"{head}{' ' * n}{tail}", start)]
    return [start + len(head) + n + len(tail) for n in found]


def is_wrong(entry: Entry, text: str, start: int, end: int) -> bool:
    before, after = f"\n{text[:start]}".rstrip(" "), f"{text[end:]}\n".lstrip(" ")
    inside = any(
        text.startswith(longer, at) and at <= start and end <= at + len(longer)
        for longer in entry.within
        for at in range(len(text))
    )
    return (
        not inside
        and (not entry.before or any(before.endswith(each) for each in entry.before))
        and not any(before.endswith(each) for each in entry.not_before)
        and (not entry.after or any(after.startswith(each) for each in entry.after))
        and not any(after.startswith(each) for each in entry.not_after)
    )


def slowly(text: str) -> list[tuple[int, int, str]]:
    folded = plain(text)
    spans = [
        (start, end, number)
        for number, entry in enumerate(SMALL)
        for start in range(len(text))
        for end in ends(entry, folded, start)
        if is_wrong(entry, folded, start, end)
    ]
    left = [(start, end, SMALL[number].kind) for start, end, number in spans]
    joined: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(each for each in left if each[2] == "占位文字"):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]), kind)
        else:
            joined.append((start, end, kind))
    left = joined + [each for each in left if each[2] != "占位文字"]
    chosen: list[tuple[int, int, str]] = []
    while left:
        best = min(left, key=lambda each: (each[2] != "严重表述", each[0], -each[1]))
        chosen.append(best)
        left = [each for each in left if each[1] <= best[0] or each[0] >= best[1]]
    return sorted(chosen)


@given(TEXTS)
def test_the_same_as_looking_everywhere(text: str) -> None:
    hits = Words(SMALL).find(text)
    assert [(hit.start, hit.end, hit.kind) for hit in hits] == slowly(text)


@given(
    st.lists(
        st.sampled_from([entry.word for entry in WORDS.entries] + ["，", "2022", "\n", "的"]),
        max_size=12,
    )
)
def test_hits_quote_the_text_and_never_overlap(pieces: list[str]) -> None:
    text = "".join(pieces).replace("{空}", " ")
    last = 0
    for hit in WORDS.find(text):
        assert last <= hit.start < hit.end
        assert text[hit.start : hit.end] == hit.written
        last = hit.end
