"""Personal numbers anywhere in a file, however written; and what only looks like them.

No such number stands in this file: each is put together when the tests run.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks.privacy import check_privacy
from generator.yamlfile import YamlFile

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
    history = "如已提交到 git，请告知管理员清理历史"
    assert mobile == f"这里有手机号码，属于个人信息，请改为 138****8000；{history}"
    assert other == (
        f"这里有身份证号码，属于个人信息，请改为 99*************{WITH_X[-3:]}；{history}"
    )
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
