"""Personal data anywhere in a file, however written; and what only looks like it.

No such number stands in this file: each is put together when the tests run.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks.privacy import check_privacy, find_numbers, mask
from generator.yaml import YamlFile

MOBILE = "138" + "0013" + "8000"
FULL_WIDTH = {code: code + 0xFEE0 for code in b"0123456789Xx"}


def identity(area: str, birth: str, number: str) -> str:
    """An identity number with its check digit, of a place that does not exist."""
    digits = area + birth + number
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return digits + "10X98765432"[total % 11]


IDENTITY = identity("990001", "19900101", "001")
WITH_X = next(
    number for n in range(100) if (number := identity("990001", "19851231", f"{n:03}"))[-1] == "X"
)


def found(text: str) -> list[tuple[int, int, str]]:
    """Line, column, and what kind of number."""
    problems = check_privacy(YamlFile(Path("a.yaml"), text))
    return [
        (each.line, each.column, "手机" if "手机号码" in each.message else "身份证")
        for each in problems
    ]


def spaced(number: str, *groups: int, by: str = " ") -> str:
    parts, start = [], 0
    for length in groups:
        parts.append(number[start : start + length])
        start += length
    assert start == len(number)
    return by.join(parts)


# what is written, and the character at which the number begins
MOBILES = [
    (MOBILE, 0),
    (f"电话{MOBILE}。", 2),
    (f"张某{MOBILE}李某", 2),
    (f"+86{MOBILE}", 3),
    (f"86-{MOBILE}", 3),
    (f"0086{MOBILE}", 4),
    (f"（+86）{MOBILE}", 5),
    (spaced(MOBILE, 3, 4, 4), 0),
    (spaced(MOBILE, 3, 4, 4, by="-"), 0),
    (spaced(MOBILE, 3, 4, 4, by="－"), 0),
    (spaced(MOBILE, 3, 4, 4, by="—"), 0),
    (spaced(MOBILE, 3, 4, 4, by="–"), 0),
    (spaced(MOBILE, 3, 4, 4, by="　"), 0),
    (spaced(MOBILE, 3, 4, 4, by="\u00a0"), 0),
    (spaced(MOBILE, 3, 4, 4, by="  "), 0),
    (spaced(MOBILE, 3, 8), 0),
    (spaced(MOBILE, 7, 4), 0),
    (MOBILE.translate(FULL_WIDTH), 0),
    (spaced(MOBILE, 3, 4, 4).translate(FULL_WIDTH), 0),
    (f"2023年{MOBILE}", 5),
    (f"共 35 {MOBILE} 2", 5),
    (f"{MOBILE}.", 0),
    (f"tel:{MOBILE}转1", 4),
]


@pytest.mark.parametrize(("written", "offset"), MOBILES)
def test_mobile_numbers_are_found(written: str, offset: int) -> None:
    assert found(f"# 一\n甲: '{written}'\n") == [(2, 5 + offset, "手机")]


IDENTITIES = [
    (IDENTITY, 0),
    (identity("990001", "19991231", "123"), 0),
    (identity("990001", "20000229", "456"), 0),
    (WITH_X, 0),
    (WITH_X.lower(), 0),
    (f"证号{IDENTITY}。", 2),
    (spaced(IDENTITY, 6, 8, 4), 0),
    (spaced(IDENTITY, 6, 4, 4, 4), 0),
    (spaced(IDENTITY, 6, 8, 3, 1), 0),
    (spaced(WITH_X, 17, 1), 0),
    (spaced(IDENTITY, 6, 8, 4, by="-"), 0),
    (spaced(IDENTITY, 6, 8, 4, by="　"), 0),
    (IDENTITY.translate(FULL_WIDTH), 0),
    (WITH_X.translate(FULL_WIDTH), 0),
    (f"35 {IDENTITY} 2", 3),
    (f"2022-{IDENTITY}", 5),
]


@pytest.mark.parametrize(("written", "offset"), IDENTITIES)
def test_identity_numbers_are_found(written: str, offset: int) -> None:
    assert found(f"# 一\n甲: '{written}'\n") == [(2, 5 + offset, "身份证")]


@pytest.mark.parametrize("line", ["甲: {}", "# {}", "甲: 1  # {}", "{}: 1", "甲: [一, {}]"])
def test_every_place_of_the_file_is_searched(line: str) -> None:
    """A comment is kept by the history as well as a value is."""
    text = "首: 1\n" + line.format(MOBILE) + "\n末: 1\n"
    assert found(text) == [(2, line.index("{") + 1, "手机")]
    assert found(f"甲: |-\n  一\n  𫖯二{MOBILE}\n") == [(3, 5, "手机")]


def test_every_number_is_told() -> None:
    text = f"甲: |-\n  {MOBILE}、{IDENTITY}\n  {MOBILE} {MOBILE}\n"
    assert found(text) == [
        (2, 3, "手机"),
        (2, 15, "身份证"),
        (3, 3, "手机"),
        (3, 15, "手机"),
    ]


def altered(number: str, place: int, digit: str) -> str:
    return number[:place] + digit + number[place + 1 :]


FINE = [
    "",
    "704.70",
    # masked
    MOBILE[:3] + "****" + MOBILE[-4:],
    IDENTITY[:6] + "********" + IDENTITY[-4:],
    # land lines and service numbers
    "0999-8123456",
    "(0999)8123456",
    "0999-81234567-8001",
    "12345",
    "400-812-3456",
    # not of eleven digits, or not of a mobile's
    MOBILE[:-1],
    MOBILE + "1",
    "9" + MOBILE,
    altered(MOBILE, 1, "2"),
    altered(MOBILE, 0, "2"),
    # amounts
    f"{MOBILE}.50",
    "13,800,138,000",
    "138001.38000",
    # numbers of documents
    "示政办发〔2022〕13800号",
    "990001/2022-000001",
    "11990001MB1234567X",
    # eighteen digits that are no identity number
    altered(IDENTITY, 17, "0" if IDENTITY[17] != "0" else "1"),
    identity("990001", "19901301", "001"),
    identity("990001", "19900230", "001"),
    identity("990001", "19900132", "001"),
    identity("990001", "19900010", "001"),
    identity("990001", "00000101", "001"),
    IDENTITY + "1",
    "9" + IDENTITY,
    # dates and years in a row
    "2022-01-02 2023-03-04",
    "2019 2020 2021 2022 2023",
    "35 34 0 704.72 704.72",
]


@pytest.mark.parametrize("written", FINE)
def test_other_numbers_are_fine(written: str) -> None:
    assert found(f"甲: '{written}'\n") == []


def test_numbers_on_several_lines_are_not_one() -> None:
    assert found(f"甲: |-\n  {MOBILE[:3]}\n  {MOBILE[3:7]}\n  {MOBILE[7:]}\n") == []


def test_messages_show_numbers_masked() -> None:
    file = YamlFile(Path("a.yaml"), f"甲: {MOBILE}\n乙: {WITH_X}\n")
    mobile, other = (problem.message for problem in check_privacy(file))
    then = "，也可运行 gongkai mask 文件；如已提交到 git，请告知管理员清理历史"
    assert mobile == f"这里有手机号码，属于个人信息，请改为 138****8000{then}"
    assert other == f"这里有身份证号码，属于个人信息，请改为 99*************{WITH_X[-3:]}{then}"
    assert found(f"甲: 138****8000\n乙: 99*************{WITH_X[-3:]}\n") == []


@given(
    digits=st.text("0123456789", min_size=8, max_size=8),
    start=st.integers(130, 199),
    by=st.sampled_from(["", " ", "-", "—", "　"]),
    around=st.tuples(*[st.text("甲，。:() ", max_size=3)] * 2),
)
def test_every_mobile_number_is_found(
    digits: str, start: int, by: str, around: tuple[str, str]
) -> None:
    number = spaced(f"{start}{digits}", 3, 4, 4, by=by)
    assert found(f"甲: '一{around[0]}{number}{around[1]}一'\n") == [(1, 6 + len(around[0]), "手机")]


@given(text=st.text("0123456789 -—X年.", max_size=60))
def test_messages_never_repeat_what_they_found(text: str) -> None:
    for problem in check_privacy(YamlFile(Path("a.yaml"), f"甲: '{text}'\n")):
        assert not any(run.isdigit() and len(run) > 4 for run in problem.message.split("*"))
        assert "****" in problem.message


# --- Old identity numbers and bank cards ----------------------------------------------------------

OLD_IDENTITY = "990001" + "650228" + "001"


def card(first: str, length: int) -> str:
    """A number of a card with its check digit, which no bank has given out."""
    digits = first + "0" * (length - len(first) - 1)
    sums = [
        sum(divmod(int(digit) * (2 - place % 2), 10))
        for place, digit in enumerate(reversed(digits))
    ]
    return f"{digits}{-sum(sums) % 10}"


CARD = card("6200" + "0012" + "3456" + "789", 19)
SHORT_CARD = card("6200" + "1112" + "3456" + "789", 16)
OLD_CARD = card("9558" + "8012", 19)


def told(text: str) -> list[tuple[str, str]]:
    """What was found as it is written, and as it is masked."""
    return [(text[each.start : each.end], each.masked) for each in find_numbers(text)]


@pytest.mark.parametrize("word", ["身份证", "身份证号码:", "公民身份号码 ", "证件号："])
@pytest.mark.parametrize("by", ["", " ", "-"])
def test_old_identity_numbers_are_found_behind_their_word(word: str, by: str) -> None:
    number = spaced(OLD_IDENTITY, 6, 6, 3, by=by)
    assert told(f"{word}{number}。") == [(number, "99**********001")]


@pytest.mark.parametrize(
    "text",
    [
        OLD_IDENTITY,
        f"项目编号{OLD_IDENTITY}",
        f"身份证办理一万二千三百四十件，编号{OLD_IDENTITY}",
        f"身份证\n{OLD_IDENTITY}",
        "身份证" + "990001" + "650229" + "001",
        "身份证" + "990001" + "651301" + "001",
        f"身份证{OLD_IDENTITY}1",
    ],
)
def test_fifteen_other_digits_are_fine(text: str) -> None:
    assert told(text) == []


CARDS = [
    (CARD, CARD),
    (SHORT_CARD, SHORT_CARD),
    (OLD_CARD, OLD_CARD),
    (card("4000" + "0012", 16), None),
    (card("5200" + "0012", 16), None),
    (f"卡号{CARD}。", CARD),
    (f"卡号：{spaced(SHORT_CARD, 4, 4, 4, 4)}", None),
    (f"开户行某某银行，账号 {spaced(SHORT_CARD, 4, 4, 4, 4, by='-')}，", None),
    (spaced(CARD, 4, 4, 4, 4, 3), None),
    (spaced(CARD, 4, 4, 4, 4, 3, by="－"), None),
    (spaced(CARD, 6, 13), None),
    (CARD.translate(FULL_WIDTH), None),
    (spaced(CARD, 4, 4, 4, 4, 3, by="　").translate(FULL_WIDTH), None),
    (f"账户编号{CARD}", CARD),
]


@pytest.mark.parametrize(("text", "written"), CARDS)
def test_bank_cards_are_found(text: str, written: str | None) -> None:
    (number,) = find_numbers(text)
    assert number.kind == "银行卡号"
    assert set(number.masked[4:-4]) == {"*"}
    assert len(number.masked) in (16, 19)
    if written:
        assert text[number.start : number.end] == written
        assert number.masked[:4] + number.masked[-4:] == written[:4] + written[-4:]


@pytest.mark.parametrize(
    "text",
    [
        altered(CARD, 18, "0" if CARD[18] != "0" else "1"),
        card("3000" + "0012", 16),
        card("6200", 15),
        card("6200", 20),
        card("4000" + "0012", 18),
        f"9{CARD}",
        f"X{CARD}",
        f"{CARD}X",
        f"项目编号：{CARD}",
        f"合同{CARD}",
        f"2022-{SHORT_CARD}",
        f"{SHORT_CARD}-2022",
        f"{SHORT_CARD}.50",
        # amounts in a row
        spaced(card("4120" + "5230" + "6340" + "745", 16), 4, 4, 4, 4),
        "91990001" + "MB12345678",
    ],
)
def test_what_only_looks_like_a_card_is_fine(text: str) -> None:
    assert told(text) == []


# --- E-mail, home, birth --------------------------------------------------------------------------

AT_HOME = "@example.com"
TEXTS = [
    # e-mail
    (f"zhang.san{AT_HOME}", f"z****{AT_HOME}"),
    (f"邮箱：zhang_3{AT_HOME}。", f"邮箱：z****{AT_HOME}。"),
    ("邮箱zhang @ mail.example.com，", "邮箱z****@mail.example.com，"),
    ("ＺＨＡＮＧ３＠ｅｘａｍｐｌｅ．ｃｏｍ", "Z****@example.com"),
    ("<a@example.cn>", "<a****@example.cn>"),
    ("a@gov.cn.example.com", "a****@gov.cn.example.com"),
    # home
    ("家庭住址：示例县城关镇和平路12号3栋201室。", "家庭住址：示例县城关镇****。"),
    ("家庭住址: 示例县和平路１２号", "家庭住址: 示例县****"),
    ("家庭住址: 和平路12号", "家庭住址: 某地****"),
    ("户籍地为示例县东山乡西村3组,", "户籍地为示例县东山乡****,"),
    ("现住示例县城关街道南街社区5栋二单元301，", "现住示例县城关街道****，"),
    ("村民张某家住示例县城关镇东风村六组，", "村民张某家住示例县城关镇****，"),
    ("住 址：示例市示例区人民路12-3号", "住 址：示例市示例区****"),
    ("家庭住址: 示例省新乡市和平路12号", "家庭住址: 示例省新乡市****"),
    # birth
    ("出生于1980年1月2日，", "出生于1980年，"),
    ("张某，1980年1月2日出生，", "张某，1980年出生，"),
    ("张某(1980年1月2日生)", "张某(1980年生)"),
    ("出生日期: 1980-01-02", "出生日期: 1980年"),
    ("出生年月日：19800102", "出生年月日：1980年"),
    ("出生年月：1980.1.2", "出生年月：1980年"),
    ("生日：１９８０年１月２日", "生日：1980年"),
    ("出 生 日 期: 1980 年 1 月 2 日", "出 生 日 期: 1980年"),
    ("一九八〇年一月二日出生", "一九八〇年出生"),
]


@pytest.mark.parametrize(("text", "masked"), TEXTS)
def test_what_words_tell_to_be_personal_is_masked(text: str, masked: str) -> None:
    found, numbers = mask(text)
    assert found == masked
    assert [number.rule for number in numbers] == ["I2"]
    (problem,) = check_privacy(YamlFile(Path("a.yaml"), f"- |-\n  {text}\n"))
    assert numbers[0].masked in problem.message
    assert text[numbers[0].start : numbers[0].end] not in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "office@shili.gov.cn",
        "邮箱：ＯＦＦＩＣＥ＠ＳＨＩＬＩ．ＧＯＶ．ＣＮ",
        "@所有人",
        "a@b",
        "关注微信公众号@示例县发布",
        "z****@example.com",
        "地址：示例县城关镇和平路12号",
        "办公地址: 示例县城关镇和平路12号3栋201室",
        "单位住址：示例县城关镇和平路12号",
        "位于示例县城关镇和平路12号",
        "家庭住址：示例县城关镇",
        "家庭住址：示例县城关镇****",
        "户籍地在示例县的，凭第3号通知办理",
        "在居住地社区3号窗口办理",
        "提升居住地服务水平",
        "发现住房安全隐患12户",
        "出现住院12户",
        "国家住建部3号令",
        "住建局城关镇和平路12号工地",
        "现住建局城关镇和平路12号工地",
        "成立于1980年1月2日",
        "1980年1月2日成立",
        "1980年1月出生",
        "出生于1980年",
        "出生日期：1980年",
        "2022年1月1日出生的子女",
        "2022年1月1日出生人口",
        "2022年1月1日以后出生",
        "1970年1月1日至1980年1月2日出生",
        "自2022年5月6日生效",
        "2022年5月6日生产安全事故",
        "党的生日1921年7月1日",
        "出生缺陷干预2022年1月2日启动",
        "生成日期: 2023-05-06",
    ],
)
def test_offices_and_things_are_fine(text: str) -> None:
    assert told(text) == []


def test_rules_by_kind() -> None:
    text = f"{MOBILE}、{IDENTITY}、{CARD}"
    assert [(each.kind, each.rule) for each in find_numbers(text)] == [
        ("手机号码", "I1"),
        ("身份证号码", "I2"),
        ("银行卡号", "I2"),
    ]


ROOT = Path(__file__).parents[2]
PUBLISHED = [
    path
    for folder in ("data", "content", "tests/example", "tests/portal")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".yaml", ".md", ".txt", ".json")
]


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_found_in_what_is_published(path: Path) -> None:
    assert told(path.read_text(encoding="utf-8")) == []


_PIECES = st.sampled_from(
    [
        MOBILE,
        IDENTITY,
        OLD_IDENTITY,
        CARD,
        SHORT_CARD,
        spaced(CARD, 4, 4, 4, 4, 3),
        "身份证",
        "1980",
    ]
    + [text for text, _ in TEXTS]
    + ["-", " ", "\n", "*", "****", "1", "00", "86", "年1月2日", "出生", "家住", "3组", "镇", "@"]
)


@given(
    text=st.lists(_PIECES | st.text("0123456789 -—X年组镇", max_size=12), max_size=12).map("".join)
)
def test_nothing_personal_is_left_and_masking_again_changes_nothing(text: str) -> None:
    masked, numbers = mask(text)
    assert list(find_numbers(masked)) == []
    assert mask(masked) == (masked, [])
    assert (masked == text) == (not numbers)
    assert masked.count("\n") == text.count("\n")
    position = 0
    for number in find_numbers(text):
        assert position <= number.start < number.end
        position = number.end
