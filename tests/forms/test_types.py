"""Types of blanks: what each reads, what it says to what it cannot read, what it prints."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator.forms.types import (
    TYPES,
    Blank,
    BlankType,
    Choice,
    Choices,
    Date,
    Integer,
    LongText,
    Mistake,
    Money,
    Number,
    Percent,
    PersonName,
    Phone,
    Settings,
    Text,
    Year,
)
from generator.forms.values import EMPTY, NOT_APPLICABLE, State, Value

# Numbers that could be a person's are put together here and stand in no file.
MOBILE = "138" + "0013" + "8000"
MASKED = "138****8000"

YES_NO = Choice(("是", "否"))
GRADE = Choice(("优", "良", "中", "差"), ticks=False)
WAYS = Choices(("门户网站", "单位内部", "其它"))
PEOPLE = Integer("人")
MONEY = Money("万元")
SCORE = Number("分")


def read(type_: BlankType, node: object) -> Value:
    return Blank("甲", type_).read(node)


# type, what is written, what it means
GOOD: list[tuple[BlankType, str, object]] = [
    (Text(), "示例县民政局", "示例县民政局"),
    (Text(), "010", "010"),
    (Text(), " 一　", " 一　"),
    (LongText(), "一\n\n二", "一\n\n二"),
    (PEOPLE, "0", Decimal(0)),
    (PEOPLE, "35", Decimal(35)),
    (PEOPLE, "-3", Decimal(-3)),
    (MONEY, "0", Decimal(0)),
    (MONEY, "0.00", Decimal("0.00")),
    (MONEY, "704.70", Decimal("704.70")),
    (MONEY, "-12.5", Decimal("-12.5")),
    (MONEY, "9" * 30 + ".01", Decimal("9" * 30 + ".01")),
    (SCORE, "0", Decimal(0)),
    (SCORE, "9.90", Decimal("9.90")),
    (Number(), "1188.5", Decimal("1188.5")),
    (Number("㎡"), "-3", Decimal(-3)),
    (Percent(), "97.14%", Decimal("97.14")),
    (Percent(), "0%", Decimal(0)),
    (Percent(), "-3.10%", Decimal("-3.10")),
    (Date(), "2023年5月6日", date(2023, 5, 6)),
    (Date(), "2023 年5月6日", date(2023, 5, 6)),
    (Date(), "2023 年 05 月 06 日", date(2023, 5, 6)),
    (Date(), "2023-05-06", date(2023, 5, 6)),
    (Date(), "2023/5/6", date(2023, 5, 6)),
    (Date(), "2023.5.6", date(2023, 5, 6)),
    (Date(), "2024年2月29日", date(2024, 2, 29)),
    (YES_NO, "是", "是"),
    (GRADE, "良", "良"),
    (WAYS, "其它", ("其它",)),
    (Phone(), "0739-8231234", "0739-8231234"),
    (Phone(), "(0739)8231234", "(0739)8231234"),
    (Phone(), "8231234", "8231234"),
    (Phone(), "82312345转801", "82312345转801"),
    (Phone(), "12345", "12345"),
    (Phone(), MASKED, MASKED),
    (PersonName(), "黄*", "黄*"),
    (PersonName(), "欧阳**", "欧阳**"),
    (PersonName(), "黄*明", "黄*明"),
    (PersonName(), "𫖯＊", "𫖯＊"),
]


@pytest.mark.parametrize(("type_", "written", "meaning"), GOOD)
def test_good_values_keep_what_was_typed(type_: BlankType, written: str, meaning: object) -> None:
    value = read(type_, written)
    assert value == Value(State.FILLED, written, value.meaning)
    assert value.meaning == meaning
    assert str(value.meaning) == str(meaning)  # of 0 and 0.00, too


@pytest.mark.parametrize(("type_", "written", "meaning"), GOOD)
def test_good_values_are_good_in_an_editor(type_: BlankType, written: str, meaning: object) -> None:
    Draft202012Validator(Blank("甲", type_).schema()).validate(written)


def unlisted(written: str, hint: str = "") -> str:
    return f"“{written}”不在选项里{hint}；可以写：是、否，没有填就留空"


NO_AMOUNT = "不是金额；没有数据请留空，不适用请写“不适用”"
NO_NUMBER = "不是数值；没有数据请留空，不适用请写“不适用”"
NO_INTEGER = "不是整数；没有数据请留空，不适用请写“不适用”"
NO_PERCENT = "不是百分比；没有数据请留空，不适用请写“不适用”"
NO_DATE = "不是日期，请写成如 2023年5月6日"


def no_land_line(written: str) -> str:
    return f"“{written}”：区号后面的座机号码以 2 到 9 开头，请核对"


NO_PHONE = "电话请写办公座机（如 0739-8231234）或遮住中间四位的手机号（如 139****9471）"
NO_NAME = "填报人姓名是个人信息，只写姓，名用星号代替，写成如 黄*"
MOBILE_FOUND = f"手机号码是个人信息，请遮住中间四位，写成 {MASKED}"

# type, what is written, what is said
BAD: list[tuple[BlankType, str, str]] = [
    (MONEY, "1,234.5", "“1,234.5”：数字里不要写逗号，请写成 1234.5"),
    (MONEY, "1，234.50", "“1，234.50”：数字里不要写逗号，请写成 1234.50"),
    (MONEY, "１２．５", "“１２．５”：这里有全角符号，请写成 12.5"),
    (MONEY, "12。5", "“12。5”：这里有全角符号，请写成 12.5"),
    (MONEY, "704.72万元", "“704.72万元”：只写数字，不写单位，请写成 704.72"),
    (MONEY, "704.72 万", "“704.72 万”：只写数字，不写单位，请写成 704.72"),
    # another unit is another amount: leaving it out would be wrong
    (MONEY, "704元", "“704元”：这里的单位是万元，请换算后只写数字"),
    (MONEY, "1.2亿元", "“1.2亿元”：这里的单位是万元，请换算后只写数字"),
    (Money("元"), "1.2万元", "“1.2万元”：这里的单位是元，请换算后只写数字"),
    (Money("元"), "1200元", "“1200元”：只写数字，不写单位，请写成 1200"),
    (MONEY, "￥5", "“￥5”：写法不规范，请写成 5"),
    (MONEY, "+5", "“+5”：写法不规范，请写成 5"),
    (MONEY, "−5", "“−5”：写法不规范，请写成 -5"),
    (MONEY, "010", "“010”：写法不规范，请写成 10"),
    (MONEY, " 5", "“ 5”：写法不规范，请写成 5"),
    (MONEY, "1 234", "“1 234”：写法不规范，请写成 1234"),
    (MONEY, "五十", f"“五十”{NO_AMOUNT}"),
    (MONEY, "1e5", f"“1e5”{NO_AMOUNT}"),
    (MONEY, "无", f"“无”{NO_AMOUNT}"),
    (MONEY, "/", f"“/”{NO_AMOUNT}"),
    (MONEY, ".5", "“.5”：写法不规范，请写成 0.5"),
    (MONEY, "5.", "“5.”：写法不规范，请写成 5"),
    (MONEY, "1,2", "“1,2”：逗号是千位分隔还是小数点？请去掉逗号，小数点写“.”"),
    (MONEY, "12,34.5", "“12,34.5”：逗号是千位分隔还是小数点？请去掉逗号，小数点写“.”"),
    (MONEY, "NaN", f"“NaN”{NO_AMOUNT}"),
    (MONEY, "-", f"“-”{NO_AMOUNT}"),
    (MONEY, "5\n6", f"“5⏎6”{NO_AMOUNT}"),
    (MONEY, "长" * 40, f"“{'长' * 29}…”{NO_AMOUNT}"),
    (PEOPLE, "35人", "“35人”：只写数字，不写单位，请写成 35"),
    (PEOPLE, "35个", "“35个”：这里的单位是人，请换算后只写数字"),
    (PEOPLE, "010", "“010”：写法不规范，请写成 10"),
    (PEOPLE, "３５", "“３５”：这里有全角符号，请写成 35"),
    (PEOPLE, "35.0", "“35.0”不是整数，请写整数，如 35"),
    (PEOPLE, "三十五", f"“三十五”{NO_INTEGER}"),
    (Integer(), "35人", "“35人”不是整数，只写数字，不写“人”"),
    (SCORE, "9.5分", "“9.5分”：只写数字，不写单位，请写成 9.5"),
    (SCORE, "9.5万元", "“9.5万元”：这里的单位是分，请换算后只写数字"),
    (Number("㎡"), "1188.5㎡", "“1188.5㎡”：只写数字，不写单位，请写成 1188.5"),
    (Number("㎡"), "1188.5平方米", f"“1188.5平方米”{NO_NUMBER}"),
    (Number(), "95%", "“95%”不是数值，只写数字，不写“%”"),
    (Number(), "１．５", "“１．５”：这里有全角符号，请写成 1.5"),
    (SCORE, "满分", f"“满分”{NO_NUMBER}"),
    (Percent(), "97.14", "“97.14”：要带“%”，请写成 97.14%"),
    (Percent(), "97.14％", "“97.14％”：这里有全角符号，请写成 97.14%"),
    (Percent(), "９７%", "“９７%”：这里有全角符号，请写成 97%"),
    (Percent(), "1,234%", "“1,234%”：数字里不要写逗号，请写成 1234%"),
    (Percent(), "35 %", "“35 %”：写法不规范，请写成 35%"),
    (Percent(), "%", f"“%”{NO_PERCENT}"),
    (Percent(), "百分之五", f"“百分之五”{NO_PERCENT}"),
    (Date(), "2023年2月30日", "“2023年2月30日”：没有这一天，请检查年月日"),
    (Date(), "2023-13-01", "“2023-13-01”：没有这一天，请检查年月日"),
    (Date(), "2023年2月29日", "“2023年2月29日”：没有这一天，请检查年月日"),
    (Date(), "0000-01-01", "“0000-01-01”：没有这一天，请检查年月日"),
    (
        Date(),
        "２０２３年５月６日",
        "“２０２３年５月６日”：写法不规范，请写成 2023年5月6日",
    ),
    (Date(), "2023年5月6日 ", "“2023年5月6日 ”：写法不规范，请写成 2023年5月6日"),
    (Date(), "2023  年5月6日", "“2023  年5月6日”：写法不规范，请写成 2023年5月6日"),
    (Date(), "２０２３年２月３０日", "“2023年2月30日”：没有这一天，请检查年月日"),
    (Date(), "2023年5月", f"“2023年5月”{NO_DATE}"),
    (Date(), "20230506", "“20230506”：写法不规范，请写成 2023-05-06"),
    (Date(), "2023年5月6号", "“2023年5月6号”：写法不规范，请写成 2023年5月6日"),
    (Date(), "长期", f"“长期”{NO_DATE}"),
    (YES_NO, "是√", "“是√”：只写选中的那一项，请写成 是"),
    (YES_NO, "是□ 否☑", "“是□ 否☑”：只写选中的那一项，请写成 否"),
    (YES_NO, "是□ 否□", "“是□ 否□”不在选项里；可以写：是、否，没有填就留空"),
    (YES_NO, "☑是", "“☑是”：只写选项的字，不写勾和空格，请写成 是"),
    (YES_NO, "是（√）", "“是（√）”：只写选项的字，不写勾和空格，请写成 是"),
    (YES_NO, "是 ", "“是 ”：只写选项的字，不写勾和空格，请写成 是"),
    (YES_NO, "是　", "“是　”：只写选项的字，不写勾和空格，请写成 是"),
    (YES_NO, "√", unlisted("√")),
    (YES_NO, "是否", unlisted("是否", "，是不是“是”")),
    (YES_NO, "no", unlisted("no")),
    (YES_NO, "是\n否", unlisted("是⏎否", "，是不是“是”")),
    (
        WAYS,
        "门户网",
        "“门户网”不在选项里，是不是“门户网站”；可以写：门户网站、单位内部、其它，没有填就留空",
    ),
    (
        WAYS,
        "门户网站、其它",
        "“门户网站、其它”：几个选项要用半角逗号分开，请写成 [门户网站, 其它]",
    ),
    (WAYS, "☑其它", "“☑其它”：只写选项的字，不写勾和空格，请写成 其它"),
    (Phone(), MOBILE, MOBILE_FOUND),
    (Phone(), f"{MOBILE[:3]} {MOBILE[3:7]} {MOBILE[7:]}", MOBILE_FOUND),
    (Phone(), f"{MOBILE[:3]}-{MOBILE[3:7]}—{MOBILE[7:]}", MOBILE_FOUND),
    (Phone(), f"+86{MOBILE}", MOBILE_FOUND),
    (Phone(), MOBILE.translate({code: code + 0xFEE0 for code in range(48, 58)}), MOBILE_FOUND),
    (Phone(), "139＊＊＊＊9471", "“139＊＊＊＊9471”：写法不规范，请写成 139****9471"),
    (Phone(), "0739－8231234", "“0739－8231234”：写法不规范，请写成 0739-8231234"),
    (Phone(), "0739—8231234", "“0739—8231234”：写法不规范，请写成 0739-8231234"),
    (Phone(), "0739 - 823-1234", "“0739 - 823-1234”：写法不规范，请写成 07398231234"),
    # no other number is made of the digits of one that does not exist
    (Phone(), "0739-1234567", no_land_line("0739-1234567")),
    (Phone(), "(0739)1234567", no_land_line("(0739)1234567")),
    (Phone(), "（0739） 0234567", no_land_line("（0739） 0234567")),
    (Phone(), "0739 1234567", no_land_line("0739 1234567")),
    (Phone(), "0739－1234567", no_land_line("0739－1234567")),
    (Phone(), "139***9471", NO_PHONE),
    (Phone(), "8231234、8231235", NO_PHONE),
    (Phone(), "无", NO_PHONE),
    (PersonName(), "黄某", NO_NAME),
    (PersonName(), "*", NO_NAME),
    (PersonName(), "黄*、李*", NO_NAME),
    (PersonName(), "黄 *", NO_NAME),
    (Year(), "2022", "年度由文件名给出，请删去这一行"),
]


@pytest.mark.parametrize(("type_", "written", "message"), BAD)
def test_bad_values_are_told(type_: BlankType, written: str, message: str) -> None:
    with pytest.raises(Mistake) as caught:
        read(type_, written)
    assert (caught.value.message, caught.value.offset) == (message, 0)


@pytest.mark.parametrize(
    ("type_", "written", "message"), [each for each in BAD if "请写成 " in each[2]]
)
def test_what_is_offered_is_good(type_: BlankType, written: str, message: str) -> None:
    offer = message.partition("请写成 ")[2]
    items = offer.strip("[]").split(", ")
    assert read(type_, items if offer.startswith("[") else offer).state is State.FILLED


@pytest.mark.parametrize("written", ["黄某某", "欧阳某某", "黄某某 " + MASKED])
def test_names_are_not_repeated(written: str) -> None:
    with pytest.raises(Mistake) as caught:
        read(PersonName(), written)
    assert "某" not in caught.value.message


def test_second_line_of_a_text_is_told_where_it_begins() -> None:
    with pytest.raises(Mistake) as caught:
        read(Text(), "一二\n三")
    assert (caught.value.message, caught.value.offset) == ("这里只能写一行", 2)


EVERY_TYPE: list[BlankType] = [
    Text(), LongText(), PEOPLE, SCORE, MONEY, Percent(), Date(), YES_NO, GRADE, WAYS, Phone(),
    PersonName(),
]  # fmt: skip


@pytest.mark.parametrize("type_", EVERY_TYPE)
def test_empty_is_not_the_same_as_not_applicable(type_: BlankType) -> None:
    for node in ("", "\n", "\n\n"):
        assert read(type_, node) is EMPTY
    for node in ("不适用", "不适用\n"):
        assert read(type_, node) is NOT_APPLICABLE
    with pytest.raises(Mistake, match="这里只有空格；没有填请留空"):
        read(type_, " 　")
    validator = Draft202012Validator(Blank("甲", type_).schema())
    for instance in (None, "", "不适用"):
        validator.validate(instance)
    required = Draft202012Validator(Blank("甲", type_, required=True).schema())
    required.validate("不适用")
    assert not required.is_valid(None)


def test_every_type_is_tested() -> None:
    assert {type_.word for type_ in EVERY_TYPE} | {Year.word} == set(TYPES)
    assert {type_.word for type_, _, _ in GOOD} | {Year.word} == set(TYPES)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("二〇二三年五月六日", (2023, 5, 6)),
        ("二○二三年十二月三十一日", (2023, 12, 31)),
        ("二零二三年十月二十日", (2023, 10, 20)),
        ("二〇二三年十一月十日", (2023, 11, 10)),
    ],
)
def test_dates_in_chinese_numerals_are_kept(written: str, day: tuple[int, int, int]) -> None:
    value = read(Date(), written)
    assert (value.written, value.meaning) == (written, date(*day))


@pytest.mark.parametrize(
    "written", ["二〇二三年十十月六日", "二〇二三年五月二三日", "二〇二三年二月三十日"]
)
def test_wrong_dates_in_chinese_numerals_are_told(written: str) -> None:
    with pytest.raises(Mistake, match=r"不是日期|没有这一天"):
        read(Date(), written)


@pytest.mark.parametrize(("written", "good"), [("欧阳*", True), ("黄*", True), ("王明*", False)])
def test_only_the_family_name_is_left_unmasked(written: str, good: bool) -> None:
    if good:
        assert read(PersonName(), written).written == written
    else:
        with pytest.raises(Mistake):
            read(PersonName(), written)


def test_zero_is_filled() -> None:
    zero = read(MONEY, "0")
    assert zero.state is State.FILLED
    assert zero not in (EMPTY, NOT_APPLICABLE)


@pytest.mark.parametrize("type_", EVERY_TYPE)
def test_a_branch_in_place_of_a_value_is_told(type_: BlankType) -> None:
    what = "一个值或一个列表" if type_ is WAYS else "一个值"
    with pytest.raises(Mistake) as caught:
        read(type_, {"乙": "1"})
    assert caught.value.message == f"“甲”应是{what}，这里却是下级内容，请检查缩进"
    if type_ is not WAYS:
        with pytest.raises(Mistake, match="这里只要一个值，请去掉方括号"):
            read(type_, ["1"])


# --- Choices as a list ----------------------------------------------------------------------------


def test_ticks_stand_in_the_order_of_the_form() -> None:
    value = read(WAYS, ["其它", "门户网站"])
    assert value == Value(State.FILLED, "门户网站、其它", ("门户网站", "其它"))
    assert read(WAYS, []) is EMPTY


@pytest.mark.parametrize(
    ("items", "message"),
    [
        (["其它", "其它"], "“其它”写了两次，请只留一个"),
        (["其它", {"甲": "1"}], "列表里每一项只能是一个选项"),
        (
            ["其它", ""],
            "“”不在选项里；可以写：门户网站、单位内部、其它，没有填就留空",
        ),
        (["√其它"], "“√其它”：只写选项的字，不写勾和空格，请写成 其它"),
    ],
)
def test_bad_lists_are_told(items: list[object], message: str) -> None:
    with pytest.raises(Mistake) as caught:
        read(WAYS, items)
    assert caught.value.message == message


# --- Printing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_", "node", "shown"),
    [
        (MONEY, "704.70", "704.70"),
        (MONEY, "", ""),
        (MONEY, "不适用", "不适用"),
        (Date(), "2023 年5月6日", "2023 年5月6日"),
        (YES_NO, "是", "是☑ 否□"),
        (YES_NO, "否", "是□ 否☑"),
        (YES_NO, "", "是□ 否□"),
        (YES_NO, "不适用", "是□ 否□ 不适用"),
        (GRADE, "优", "优"),
        (GRADE, "", ""),
        (GRADE, "不适用", "不适用"),
        (WAYS, ["其它", "门户网站"], "门户网站☑ 单位内部□ 其它☑"),
        (WAYS, "单位内部", "门户网站□ 单位内部☑ 其它□"),
        (WAYS, "", "门户网站□ 单位内部□ 其它□"),
        (WAYS, "不适用", "门户网站□ 单位内部□ 其它□ 不适用"),
    ],
)
def test_values_are_printed_as_on_paper(type_: BlankType, node: object, shown: str) -> None:
    blank = Blank("甲", type_)
    value = blank.read(node)
    assert blank.show(value) == shown
    assert blank.boxes(value) == (shown.split(" ") if "□" in shown else [])


@pytest.mark.parametrize(("offset", "shown"), [(0, "2022"), (-1, "2021"), (1, "2023")])
def test_years_come_from_the_path(offset: int, shown: str) -> None:
    year = Year(offset) if offset else Year()
    assert year.show(year.of(2022)) == shown
    assert not Draft202012Validator(Blank("甲", year).schema()).is_valid("2022")


@pytest.mark.parametrize(
    ("word", "settings", "type_"),
    [
        ("整数", Settings(unit="辆"), Integer("辆")),
        ("数值", Settings(unit="㎡"), Number("㎡")),
        ("数值", Settings(), Number()),
        ("金额", Settings(unit="元"), Money("元")),
        ("年度", Settings(offset=-1), Year(-1)),
        ("选一", Settings(options=("有", "无")), Choice(("有", "无"))),
        ("选一", Settings(options=("有", "无"), drawn="文字"), Choice(("有", "无"), ticks=False)),
        ("选多", Settings(options=("有", "无")), Choices(("有", "无"))),
        ("文本", Settings(), Text()),
    ],
)
def test_types_are_made_of_the_words_of_forms(
    word: str, settings: Settings, type_: BlankType
) -> None:
    assert TYPES[word][1](settings) == type_


# --- What editors say -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_", "instance", "valid"),
    [
        # YAML of editors has numbers and booleans
        (MONEY, 704.72, True),
        (SCORE, 9.5, True),
        (SCORE, "9.5分", False),
        (PEOPLE, 35, True),
        (PEOPLE, 35.5, False),
        (PEOPLE, "35人", False),
        (MONEY, "1,234.5", False),
        (Text(), 12345, True),
        (Text(), "一\n二", False),
        (Text(), ["一"], False),
        (Percent(), "97.14", False),
        (Date(), "2023年5月", False),
        (YES_NO, "对", False),
        (YES_NO, "是", True),
        (WAYS, ["门户网站", "其它"], True),
        (WAYS, ["门户网站", "门户网站"], False),
        (WAYS, ["网站"], False),
        (Phone(), MOBILE, False),
        (Phone(), 12345, True),
        (PersonName(), "黄某", False),
    ],
)
def test_editors_see_mistakes(type_: BlankType, instance: Any, valid: bool) -> None:
    assert Draft202012Validator(Blank("甲", type_).schema()).is_valid(instance) is valid


@pytest.mark.parametrize("type_", EVERY_TYPE)
def test_schemas_are_good_json_schema(type_: BlankType) -> None:
    schema = Blank("甲", type_).schema()
    Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema


# --- Properties -------------------------------------------------------------------------------


@given(number=st.decimals(allow_nan=False, allow_infinity=False, places=4, max_value=10**12))
def test_numbers_are_printed_as_read(number: Decimal) -> None:
    written = f"{number:f}"
    blank = Blank("甲", MONEY)
    value = blank.read(written)
    assert value.meaning == number
    assert blank.show(value) == written
    assert blank.read(blank.show(value)) == value
    percent = Blank("甲", Percent())
    assert percent.show(percent.read(f"{written}%")) == f"{written}%"


@given(number=st.integers())
def test_integers_are_printed_as_read(number: int) -> None:
    blank = Blank("甲", PEOPLE)
    value = blank.read(str(number))
    assert value.meaning == number
    assert blank.show(value) == str(number)


@given(
    day=st.dates(),
    drawn=st.sampled_from(["{}年{}月{}日", "{}-{}-{}", "{} 年 {}月{} 日", "{}.{}.{}"]),
)
def test_dates_are_printed_as_read(day: date, drawn: str) -> None:
    written = drawn.format(f"{day.year:04}", day.month, day.day)
    blank = Blank("甲", Date())
    value = blank.read(written)
    assert value.meaning == day
    assert blank.show(value) == written


_WRITTEN = st.text(
    st.sampled_from([*"0123456789.,-%年月日是否有无*黄/转() \n１２　"]), max_size=12
) | st.text(max_size=12)


@given(written=_WRITTEN, type_=st.sampled_from(EVERY_TYPE))
def test_what_is_read_is_good_in_an_editor_too(written: str, type_: BlankType) -> None:
    blank = Blank("甲", type_)
    try:
        value = blank.read(written)
    except Mistake:
        return
    if not written.endswith("\n\n"):
        Draft202012Validator(blank.schema()).validate(value.written)
    assert blank.read(value.written) == value


@given(written=_WRITTEN, type_=st.sampled_from(EVERY_TYPE))
def test_what_is_said_is_one_short_line(written: str, type_: BlankType) -> None:
    message = "."
    try:
        read(type_, written)
    except Mistake as mistake:
        message = mistake.message
    assert len(message.split("\n")) == 1
    assert 0 < len(message) < 100
