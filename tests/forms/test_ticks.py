"""Tick boxes as people draw them."""

import pytest

from generator.forms.ticks import Ticks, read_ticks

YES, NO, NONE = Ticks(("是",)), Ticks(("否",)), Ticks(())

CASES: list[tuple[str, Ticks | None]] = [
    ("是☑ 否□", YES),
    ("是□ 否☑", NO),
    ("是☑否□", YES),
    ("是 ☑　　否 □", YES),
    ("☑是 □否", YES),
    ("□ 是 ☑ 否", NO),
    ("是√ 否", YES),
    ("是 否√", NO),
    ("√是 否", YES),
    ("是（√）否（ ）", YES),
    ("是( ) 否(√)", NO),
    ("是【√】、否【】", YES),
    ("是■ 否□", YES),
    ("是☒ 否☐", YES),
    ("是R 否£", YES),
    ("是√ 否×", YES),
    ("是口 否√", NO),
    ("是", YES),
    ("否。", NO),
    ("是□ 否□", NONE),
    ("是 否", NONE),
    ("", NONE),
    ("是□ 否□ 不适用", Ticks((), True)),
    ("不适用", Ticks((), True)),
    ("是☑ 否☑", Ticks(("是", "否"))),
    ("是☑ 否□ 已整改", None),
    ("部分是", None),
    ("☑☑是", None),
    ("是□否□☑☑", None),
    ("是是☑", None),
    # brackets that nobody ticked are boxes, too
    ("（ ）是 （√）否", NO),
    ("[ ]是 [√]否", NO),
    ("( )是(√)否", NO),
    ("是（ ）否（√）", NO),
    # a tick belongs to the word that it touches
    ("是  √否", NO),
    ("是 ✓否", NO),
    ("是√  否", YES),
    ("是 √ 否", None),
    ("是√否", None),
    # a box that was ticked with a pen
    ("是□√ 否□", YES),
    ("□是 ☑√否", NO),
    ("是☑√ 否□", YES),
    ("□是 ✔️否", NO),
    ("是V 否", YES),
    ("是__√__ 否____", YES),
    ("是√/否", YES),
    ("☑是 ☑否", Ticks(("是", "否"))),
    ("是☑ ☑否", None),
    ("是\n☑\n否\n□", YES),
]


@pytest.mark.parametrize(("written", "ticks"), CASES)
def test_what_is_ticked(written: str, ticks: Ticks | None) -> None:
    assert read_ticks(written, ("是", "否")) == ticks


@pytest.mark.parametrize(
    ("written", "options", "chosen"),
    [
        ("完成□ 未完成☑", ("完成", "未完成"), ("未完成",)),
        ("门户网站☑ 单位内部□ 其它☑", ("门户网站", "单位内部", "其它"), ("门户网站", "其它")),
        ("门户网站☑ 单位内部□ 其他☑", ("门户网站", "单位内部", "其它"), ("门户网站", "其它")),
        ("其它☑ 门户网站☑", ("门户网站", "单位内部", "其它"), ("门户网站", "其它")),
        (
            "门户网站、单位内部、其它",
            ("门户网站", "单位内部", "其它"),
            ("门户网站", "单位内部", "其它"),
        ),
        ("门户网站 单位内部 其它", ("门户网站", "单位内部", "其它"), ()),
        ("( )门户网站(√)单位内部(√)其它", ("门户网站", "单位内部", "其它"), ("单位内部", "其它")),
        ("新增项目 ■延续项目", ("新增项目", "延续项目"), ("延续项目",)),
    ],
)
def test_several_options(written: str, options: tuple[str, ...], chosen: tuple[str, ...]) -> None:
    assert read_ticks(written, options) == Ticks(chosen)
