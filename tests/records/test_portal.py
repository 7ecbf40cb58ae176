"""门户网址."""

import re
from pathlib import Path

import pytest

from generator.errors import Problem
from generator.records.portal import read_portal
from generator.records.review import content_code
from generator.yaml import Node, YamlFile
from tests.hostile import ADDRESSES

PAGE = "https://www.example.gov.cn/zwgk/2022/t20220928_1.html"
COPY = "请从浏览器的地址栏复制整个网址"


def read(text: str) -> tuple[str, list[str]]:
    file = YamlFile(Path("2022.yaml"), text)
    assert isinstance(file.root, dict)
    problems: list[Problem] = []
    address = read_portal(file, file.root, problems)
    return address, [str(each) for each in problems]


@pytest.mark.parametrize(
    "address",
    [
        PAGE,
        "http://www.example.gov.cn",
        "https://www.example.gov.cn:8443/a?b=1&c=%E5%85%AC#d",
        "http://10.0.0.1/content.html",
    ],
)
def test_an_address_is_kept_as_it_is_written(address: str) -> None:
    assert read(f"门户网址: {address}\n") == (address, [])


@pytest.mark.parametrize("text", ["附件1: 甲\n", "门户网址:\n", '门户网址: ""\n'])
def test_there_may_be_none(text: str) -> None:
    assert read(text) == ("", [])


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("www.example.gov.cn/a", "1:7: 网址要以 https:// 或 http:// 开头"),
        ("javascript:alert(1)", "1:7: 网址要以 https:// 或 http:// 开头"),
        ("HTTPS://www.example.gov.cn/", "1:7: 网址要以 https:// 或 http:// 开头"),
        ("//www.example.gov.cn/", "1:7: 网址要以 https:// 或 http:// 开头"),
        ("ftp://www.example.gov.cn/", "1:7: 网址要以 https:// 或 http:// 开头"),
        (f"{PAGE} 见附件", f"1:60: 这里有空格或换行，{COPY}"),
        ("https://www.example.gov.cn/公开", f"1:34: 这里有网址里不能有的字，{COPY}"),
        ('https://www.example.gov.cn/"onclick=', f"1:34: 这里有网址里不能有的字，{COPY}"),
        ("https://www.example.gov.cn\\a", f"1:33: 这里有网址里不能有的字，{COPY}"),
        ("https://a:b@www.example.gov.cn/", "1:15: 网址里不能有用户名和密码"),
        ("https://www.example.gov.cn@evil.example/", "1:15: 网址里不能有用户名和密码"),
        ("https:///a", "1:15: 看不出是哪个网站"),
        ("https://localhost/a", "1:15: 看不出是哪个网站"),
        ("https://-a.example/", "1:15: 看不出是哪个网站"),
        ("https://www.example.gov.cn:99999/", f"1:7: 网址的写法不对，{COPY}"),
        ("https://[::1/", f"1:7: 网址的写法不对，{COPY}"),
        (f"https://www.example.gov.cn/{'a' * 2000}", "1:2007: 网址超过 2000 个字符"),
        ("不适用", "1:7: “门户网址”不能写“不适用”"),
        ("[a]", "1:1: 这里只要一个值"),
    ],
)
def test_what_is_no_address_is_refused(written: str, problem: str) -> None:
    address, problems = read(f"门户网址: {written}\n")
    assert address == ""
    assert [each[: len(problem) + 10] for each in problems] == [f"2022.yaml:{problem}"]


@pytest.mark.parametrize("hostile", ADDRESSES)
def test_of_hostile_addresses_only_plain_ones_are_taken(hostile: str) -> None:
    file = YamlFile(Path("2022.yaml"), "甲: 乙\n")
    problems: list[Problem] = []
    address = read_portal(file, {"门户网址": hostile}, problems)
    assert bool(problems) == (address == "")
    assert address == "" or re.fullmatch(r"https?://[\w./-]+", address)


def test_it_is_no_part_of_what_was_sealed() -> None:
    parts: dict[str, Node] = {"附件1": {"表式": "甲"}}
    assert content_code({**parts, "门户网址": PAGE}) == content_code(parts)
