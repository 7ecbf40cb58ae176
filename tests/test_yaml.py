"""Reading YAML strictly: each thing that people do not mean is told, in Chinese, at its place."""

import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)

from generator.errors import DataError, Problem
from generator.yaml import MAX_BYTES, Node, Where, YamlFile, entries, to_yaml
from generator.yaml import file as yaml_file
from generator.yaml.parse import MAX_DEPTH
from generator.yaml.plain import read_plain

FULL_WIDTH_COLON = "冒号是全角的，请改为半角冒号加一个空格“: ”"
NO_SPACE = "冒号后面要有一个空格，写成“: ”"
TAB = "缩进里有制表符（Tab），请全部改为空格"
WIDE_INDENT = "缩进里有全角空格或不间断空格，请全部改为半角空格"
RUN_ON = "这一行被接到了上一行后面：请检查缩进和冒号；多行文字请用“|-”"
NO_COLON = "这一行缺少冒号“: ”；如果是上面的文字，请用“|-”并缩进"
QUOTE = "引号没有配对，请检查开头的引号是否有结尾的引号"
QUOTED_LINES = "引号里的文字不能跨行，多行文字请用“|-”另起一行写"
AFTER_QUOTE = "引号或括号后面多了内容，请把整个值放进引号里"
BRACKET = "方括号或花括号没有配对，或中间缺少半角逗号"
COMMA = "方括号或花括号没有配对，或里面多了逗号"
ALIGN = "缩进与上面各行没有对齐，或引号、括号没有配对"
NO_LIST_KEY = "列表接在了上一行后面：上面缺少名称和冒号（如“版面:”），或者缩进不对"
NO_ITEM_KEY = "列表的这一项没有对齐，或者它上面缺少名称和冒号（如“一行:”）"
NOT_IN_LIST = "这一行不在上面的列表里：请检查缩进，或者它上面缺少名称和冒号（如“填空:”）"
NO_BRACKET_KEY = "方括号前面缺少“- ”，或缺少名称和冒号（如“一行: ”）"
DASH = "“-”后面要有一个空格，写成“- ”"
WIDE_COMMA = "逗号是全角的，请改为半角逗号“,”"
WIDE_QUOTE = "这是中文引号，请改为半角的直引号"
SIGN = "值不能以这个符号（@ ` % 或制表符）开头，请把值加引号"
PERCENT_LINE = "一行不能以“%”开头，请检查缩进，或把值加引号"
EXTRA_COLON = "这里多了一个“: ”：如果是文字的一部分，请把整个值加引号"
TAG = "值以“!”开头会被当作类型标签，如果是文字请用引号括起来"
BLOCK = "“|”“>”后面要另起一行写文字；如果是值的第一个字，请把值加引号"
BACKSLASH = "双引号里的反斜杠“\\”要写成“\\\\”，或改用单引号"
HASH = "“ #”以后会被当作注释丢掉：如果是文字请把整个值加引号，是注释请写成“# ”"
DOCUMENTS = "一个文件只能有一份内容，请去掉“---”以后的部分，或另存为一个文件"
EMPTY = "文件是空的"
ONE_LINE = "名称要写在一行里，不能有看不见的字符"
GBK = "文件是 GBK 编码，请在编辑器里另存为 UTF-8 编码"
UTF16 = "文件是 UTF-16（“Unicode”）编码，请另存为 UTF-8 编码"
NOT_UTF8 = "文件不是 UTF-8 编码的文字，请在编辑器里另存为 UTF-8 编码"


def unseen(code: str) -> str:
    return f"有一个看不见的控制字符（U+{code}），请删去"


def deep(name: str) -> str:
    return f"名称“{name}”前后有全角空格或是空的，请删去空格，缩进用半角空格"


def twice(name: str, line: int) -> str:
    return f"“{name}”写了两次（第 {line} 行已有），请只留一个"


def anchor(name: str) -> str:
    return f'值以“&”开头会被当作标记，如果是文字请加引号，写成 "&{name}"'


def alias(name: str) -> str:
    return f'值以“*”开头会被当作引用，如果是文字请加引号，写成 "*{name}"'


def problems_of(read: Callable[[], object]) -> list[str]:
    """`line:column: message` of each problem; the reading must fail."""
    with pytest.raises(DataError) as caught:
        read()
    assert {problem.path for problem in caught.value.problems} == {Path("甲.yaml")}
    return [str(problem).removeprefix("甲.yaml:") for problem in caught.value.problems]


def parse(text: str) -> YamlFile:
    return YamlFile(Path("甲.yaml"), text)


# text -> every problem in it
MISTAKES: dict[str, list[str]] = {
    # colons
    "甲:\n  乙：1  # 注\n  丙: 2\n": [f"2:4: {FULL_WIDTH_COLON}"],
    "甲:\n  乙: 1  # 注：二\n   丙: 2\n": [f"3:4: {ALIGN}"],
    "甲: 1\n乙：2\n": [f"2:2: {FULL_WIDTH_COLON}"],
    "甲：1\n乙：2\n丙：3\n": [f"{line}:2: {FULL_WIDTH_COLON}" for line in (1, 2, 3)],
    "甲：1\n乙: 2\n": [f"1:2: {FULL_WIDTH_COLON}"],
    "甲:\n  乙: 1\n  丙： 2\n": [f"3:4: {FULL_WIDTH_COLON}"],
    "甲: 1\n乙:2\n丙: 3\n": [f"2:2: {NO_SPACE}"],
    "甲:1\n乙: 2\n": [f"1:2: {NO_SPACE}"],
    "甲: 乙: 丙\n": [f"1:5: {EXTRA_COLON}"],
    "甲: 公开 时间: 2022年\n": [f"1:9: {EXTRA_COLON}"],
    "甲: 1\n乙\n": [f"2:1: {NO_COLON}"],
    "甲: |-\n一、概况\n乙: 1\n": [f"2:1: {NO_COLON}"],
    # a colon in the text above a mistake is not the mistake
    "甲: |-\n  概况:总体\n乙: a: b\n": [f"3:5: {EXTRA_COLON}"],
    "甲: |-\n  一、概况：总体\n 乙: 1\n": [f"3:2: {ALIGN}"],
    # indents
    "甲:\n\t乙: 1\n": [f"2:1: {TAB}"],
    "甲:\n  乙: 1\n\t丙: 2\n": [f"3:1: {TAB}"],
    "甲:\n  乙:\n  \t丙: 2\n": [f"3:3: {TAB}"],
    "甲: |-\n\t文字\n": [f"2:1: {TAB}"],
    "甲:\n　　乙: 1\n": ["2:1: " + deep("　　乙")],
    "甲:\n\u00a0\u00a0乙: 1\n": ["2:1: " + deep("\u00a0\u00a0乙")],
    "甲:\n  乙: 1\n  　丙: 2\n": ["3:3: " + deep("　丙")],
    "甲:\n  乙: 1\n \u00a0丙: 2\n": [f"3:2: {WIDE_INDENT}"],
    "甲:\n    乙: 1\n  丙: 2\n": [f"3:3: {ALIGN}"],
    "甲:\n  乙: 1\n    丙: 2\n": [f"3:5: {RUN_ON}"],
    "甲:\n  - 1\n - 2\n": [f"3:2: {ALIGN}"],
    "甲: 1\n  - 2\n": [f"2:3: {NO_LIST_KEY}"],
    "甲:\n  - 乙: 1\n    - 2\n": [f"3:5: {NO_ITEM_KEY}"],
    "甲:\n  - 乙: [1]\n    - 2\n": [f"3:5: {NO_ITEM_KEY}"],
    "甲:\n  - 1\n  乙: 2\n": [f"3:3: {NOT_IN_LIST}"],
    "甲:\n  乙: [1]\n  [2, 3]\n": [f"3:3: {NO_BRACKET_KEY}"],
    # dashes
    "甲:\n  - 乙: [1]\n  -丙: 2\n": [f"3:3: {DASH}"],
    "甲:\n  - [1]\n  -[2]\n": [f"3:3: {DASH}"],
    "甲:\n  -乙\n  -丙\n": [f"2:3: {DASH}"],
    "甲: - 1\n": ["1:4: “- ”不能写在这里，请另起一行"],
    # full-width signs in brackets
    '甲: ["乙"， "丙"]\n': [f"1:8: {WIDE_COMMA}"],
    '甲: [乙， "{丙}"]\n': [f"1:6: {WIDE_COMMA}"],
    "甲: [乙, “{丙}”]\n": [f"1:8: {WIDE_QUOTE}"],
    "甲: {乙: 1，丙: 2}\n": [f"1:9: {WIDE_COMMA}"],
    "甲: {乙: 1、丙: 2}\n": ["1:9: 这里是顿号，请改为半角逗号“,”"],
    "甲: {乙: 1, 丙：[2]}\n": [f"1:12: {FULL_WIDTH_COLON}"],
    "甲: ｛乙: 1｝\n": ["1:4: 花括号是全角的，请改为半角的“{”和“}”"],
    # keys
    "甲: 1\n甲: 2\n": ["2:1: " + twice("甲", 1)],
    "甲:\n  乙: 1\n  丙: 2\n  乙: 3\n甲: 4\n": ["4:3: " + twice("乙", 2), "5:1: " + twice("甲", 1)],
    '甲: 1\n"甲": 2\n': ["2:1: " + twice("甲", 1)],
    '"": 1\n': ["1:1: " + deep("")],
    '"a\\nb": 1\n': [f"1:1: {ONE_LINE}"],
    "? |\n  a\n: 1\n": [f"1:3: {ONE_LINE}"],
    '"a\\0": 1\n': [f"1:1: {ONE_LINE}"],
    "? [甲]\n: 1\n": ["1:3: 这里应是一个名称和冒号，如“编制人数: 35”"],
    # what YAML would make something else of
    "甲: &a 1\n": ["1:4: " + anchor("a")],
    "甲: &注 1\n": ["1:4: 值以“&”开头会被当作标记，如果是文字请用引号括起来"],
    "&a 甲: 1\n": ["1:1: " + anchor("a")],
    "甲: &a {乙: 1}\n": ["1:4: " + anchor("a")],
    "甲: *a\n": ["1:4: " + alias("a")],
    "甲: *注\n": ["1:4: 值以“*”开头会被当作引用，如果是文字请用引号括起来"],
    "甲: &a 1\n乙: *a\n": ["1:4: " + anchor("a"), "2:4: " + alias("a")],
    "甲: !!str 1\n": [f"1:4: {TAG}"],
    "甲: !注 1\n": [f"1:4: {TAG}"],
    "!!str 甲: 1\n": [f"1:1: {TAG}"],
    "甲: !!python/object/apply:os.system [ls]\n": [f"1:4: {TAG}"],
    "甲: @注\n": [f"1:4: {SIGN}"],
    "甲: %5\n": [f"1:4: {SIGN}"],
    "甲: `注\n": [f"1:4: {SIGN}"],
    "甲: 1\n%注\n": [f"2:1: {PERCENT_LINE}"],
    "甲: >\n  文字\n  文字\n": ["1:4: “>”会把换行改成空格，多行文字请用“|-”"],
    "甲: >-\n  文字\n": ["1:4: “>”会把换行改成空格，多行文字请用“|-”"],
    "甲: >10%\n": [f"1:4: {BLOCK}"],
    "甲: | 文字\n": [f"1:4: {BLOCK}"],
    "甲: 第 #3 号\n": [f"1:6: {HASH}"],
    "甲: #3 号楼\n": [f"1:4: {HASH}"],
    # lines that run on
    "甲: 文字\n  又一行\n乙: 1\n": [f"2:3: {RUN_ON}"],
    "甲: 文字\n\n  又一行\n乙: 1\n": [f"3:3: {RUN_ON}"],
    "甲: 文字\n又一行\n乙: 1\n": [f"2:1: {NO_COLON}"],
    "甲\n乙\n": [f"2:1: {RUN_ON}"],
    # quotes and brackets
    '甲: "文字\n乙: 1\n': [f"1:4: {QUOTE}"],
    "甲: '文字\n乙: 1\n": [f"1:4: {QUOTE}"],
    '甲: "文字\n乙: |-\n  三、其他:无': [f"1:4: {QUOTE}"],
    '甲: "文字\n乙: |-\n\t三': [f"1:4: {QUOTE}"],
    '甲: "文字\n  文字"\n': [f"1:4: {QUOTED_LINES}"],
    "甲: '文字\n  文字'\n": [f"1:4: {QUOTED_LINES}"],
    '甲: "文字\n乙: "1"\n': [f"1:4: {QUOTED_LINES}", f"2:5: {AFTER_QUOTE}"],
    '甲: "三公"经费\n': [f"1:8: {AFTER_QUOTE}"],
    "甲: {名}年\n": [f"1:7: {AFTER_QUOTE}"],
    "甲: [名]年\n": [f"1:7: {AFTER_QUOTE}"],
    '甲: "C:\\data"\n': [f"1:4: {BACKSLASH}"],
    '甲: "\\ud800"\n': [f"1:4: {BACKSLASH}"],
    '甲: "\\xzz"\n': [f"1:4: {BACKSLASH}"],
    '甲: "a\\0"\n': [f"1:4: {unseen('0000')}"],
    "甲: [a, b\n": [f"1:4: {BRACKET}"],
    "甲: {乙:}\n": [f"1:6: {NO_SPACE}"],
    "甲: {a: 1\n": [f"1:4: {BRACKET}"],
    "甲: [a, b\n乙: 1\n": [f"1:4: {BRACKET}", f"2:1: {RUN_ON}"],
    "甲: [a,, b]\n": [f"1:7: {COMMA}"],
    # the whole file
    "": [f"1:1: {EMPTY}"],
    "\n\n": [f"1:1: {EMPTY}"],
    "# 只有注释\n": [f"1:1: {EMPTY}"],
    "甲: 1\n---\n乙: 2\n": [f"2:1: {DOCUMENTS}"],
    "甲: 1\n...\n乙: 2\n": ["3:1: 这一行接不上前面的内容，请检查缩进和冒号"],
    "[" * MAX_DEPTH + "[]": [f"1:{MAX_DEPTH + 1}: 缩进超过了 {MAX_DEPTH} 层，请检查缩进"],
    "[" * 100_000: [f"1:{MAX_DEPTH + 1}: 缩进超过了 {MAX_DEPTH} 层，请检查缩进"],
    "{甲: " * 100_000: [f"1:{MAX_DEPTH * 4 + 1}: 缩进超过了 {MAX_DEPTH} 层，请检查缩进"],
    # several at once
    "甲: &a 1\n乙: !b 2\n甲: 3\n丙: *a\n丁: 文字\n  文字\n戊: [\n": [
        "1:4: " + anchor("a"),
        f"2:4: {TAG}",
        "3:1: " + twice("甲", 1),
        "4:4: " + alias("a"),
        f"6:3: {RUN_ON}",
        f"8:1: {COMMA}",
    ],
}


@pytest.mark.parametrize(("text", "problems"), MISTAKES.items(), ids=lambda case: repr(case)[:40])
def test_mistakes_are_told_where_they_are(text: str, problems: list[str]) -> None:
    assert problems_of(lambda: parse(text)) == problems


@pytest.mark.parametrize("text", [text for text in MISTAKES if len(text) < 1000], ids=repr)
def test_mistakes_are_at_the_same_place_in_every_shape_of_file(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for data in (
        text.encode("utf-8-sig"),
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode(),
    ):
        Path("甲.yaml").write_bytes(data)
        assert problems_of(lambda: YamlFile.read(Path("甲.yaml"))) == MISTAKES[text]


# bytes -> the problem in them
BAD_BYTES = {
    "甲: 1\n名称: 示例县\n".encode("gbk"): f"1:1: {GBK}",
    "a: 1\nb: 县\n".encode("gbk"): f"2:4: {GBK}",
    b"\x89PNG\r\n\x1a\n\0": ("1:1: 这不是文字文件（可能是图片、Word 或 Excel 文件），请核对文件名"),
    "\nb: 县\n".encode("gbk"): f"2:4: {GBK}",
    "a: 1\nbé: 2\nb: ".encode() + b"\x81\x20": f"3:4: {NOT_UTF8}",
    "\ufeff示例: ".encode() + b"\xff": f"1:5: {NOT_UTF8}",
    "甲: 1\n".encode("utf-16"): f"1:1: {UTF16}",
    "\ufeff甲: 1\n".encode("utf-16-be"): f"1:1: {UTF16}",
    b"a: 1\nb\x00: 2\n": f"2:2: {unseen('0000')}",
    b"a: 1\nb: \x0c2\n": f"2:4: {unseen('000C')}",
    "a: 一\u200b二\n".encode(): f"1:5: {unseen('200B')}",
    "a: 一\n\u2028b: 二\n".encode(): f"2:1: {unseen('2028')}",
    "a: \u202e一\n".encode(): f"1:4: {unseen('202E')}",
    "a: 1\n\ufeffb: 2\n".encode(): f"2:1: {unseen('FEFF')}",
    b"a: 1\r\nb: \x852\r\n": f"2:4: {NOT_UTF8}",
    "a: 1\r\nb: \u00852\r\n".encode(): f"2:4: {unseen('0085')}",
    b"#" * (MAX_BYTES + 1): "1:1: 文件太大（超过 512 KB），请检查内容",
    b"": f"1:1: {EMPTY}",
    b"\xef\xbb\xbf": f"1:1: {EMPTY}",
}


@pytest.mark.parametrize(("data", "problem"), BAD_BYTES.items(), ids=lambda case: repr(case)[:40])
def test_bytes_that_are_no_text_are_told(
    data: bytes, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("甲.yaml").write_bytes(data)
    assert problems_of(lambda: YamlFile.read(Path("甲.yaml"))) == [problem]


def test_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: " + b"1" * (MAX_BYTES - 4) + b"\n")
    root = YamlFile.read(path).root
    assert isinstance(root, dict)
    assert len(root["a"]) == MAX_BYTES - 4


def _missing(path: Path) -> None:
    pass


def _symlink(path: Path) -> None:
    path.with_name("real.yaml").write_text("a: 1\n")
    path.symlink_to("real.yaml")


def _broken_symlink(path: Path) -> None:
    path.symlink_to("nothing")


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


SYMLINK = "1:1: 这里是一个符号链接，请改为真正的文件"


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (_missing, "1:1: 文件读不出来（没有这个文件或文件夹），请检查文件是否存在、是否有权限"),
        (Path.mkdir, "1:1: 这里应是一个文件"),
        (os.mkfifo, "1:1: 这里应是一个文件"),
        (_symlink, SYMLINK),
        (_broken_symlink, SYMLINK),
        (_loop, SYMLINK),
    ],
)
def test_what_is_no_file_is_told(
    make: Callable[[Path], None], problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make(Path("甲.yaml"))
    assert problems_of(lambda: YamlFile.read(Path("甲.yaml"))) == [problem]


def _refuse(*_: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_unreadable_file_and_folder_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("甲.yaml").write_text("a: 1\n")
    monkeypatch.setattr(Path, "open", _refuse)  # modes of files do not stop the root user
    assert problems_of(lambda: YamlFile.read(Path("甲.yaml"))) == [
        "1:1: 文件读不出来（没有权限），请检查文件是否存在、是否有权限"
    ]
    Path("甲.yaml").unlink()
    Path("甲.yaml").mkdir()
    monkeypatch.setattr(Path, "iterdir", _refuse)
    assert problems_of(lambda: entries(Path("甲.yaml"))) == ["1:1: 文件夹读不出来（没有权限）"]


def test_folders_are_listed_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b", "a", ".git", "c"):
        (tmp_path / name).touch()
    assert [path.name for path in entries(tmp_path)] == ["a", "b", "c"]
    assert entries(tmp_path / "none") == []


# --- What is accepted -----------------------------------------------------------------------------

# text -> the node
VALUES: dict[str, Node] = {
    "甲: 704.70\n乙: 010\n丙: 12:30\n丁: 否\n戊: no\n己: 1e5\n庚: ~\n辛: null\n壬: 2022-01-02\n": {
        "甲": "704.70",
        "乙": "010",
        "丙": "12:30",
        "丁": "否",
        "戊": "no",
        "己": "1e5",
        "庚": "~",
        "辛": "null",
        "壬": "2022-01-02",
    },
    "甲:\n乙: ''\n丙: \"\"\n": {"甲": "", "乙": "", "丙": ""},
    "2022: 1\ntrue: 2\n": {"2022": "1", "true": "2"},
    "甲:\n- 1\n- - 2\n": {"甲": ["1", ["2"]]},
    "甲: [是, 否, ]\n": {"甲": ["是", "否"]},
    "甲: {乙: 1}\n": {"甲": {"乙": "1"}},
    "甲: “引号”  # 注释\n": {"甲": "“引号”"},
    "甲: a#b\n": {"甲": "a#b"},
    "甲: |-\n  一 #二\n": {"甲": "一 #二"},
    "甲: |-\n  # 一\n\n   二\n乙: |\n  三\n\n": {"甲": "# 一\n\n 二", "乙": "三\n"},
    "甲: '“三公”: ''经费'''\n": {"甲": "“三公”: '经费'"},
    '甲: "一\\n二"\n': {"甲": "一\n二"},
    "甲：乙\n": "甲：乙",
    "甲: 时间：12点\n": {"甲": "时间：12点"},
    "甲: http://example.org/\n": {"甲": "http://example.org/"},
    "甲: 一、二\n": {"甲": "一、二"},
    "<<: 1\n": {"<<": "1"},
    "%YAML 1.2\n---\n甲: 1\n...\n": {"甲": "1"},
    "甲: 𫖯\n": {"甲": "𫖯"},
    "甲: 一　二\u00a0三\n": {"甲": "一　二\u00a0三"},
}


@pytest.mark.parametrize(("text", "root"), VALUES.items(), ids=repr)
def test_every_scalar_stays_the_text_that_was_typed(text: str, root: Node) -> None:
    assert parse(text).root == root
    assert parse("\ufeff".encode().decode("utf-8-sig") + text).root == root


def test_bom_and_line_ends_of_windows_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufeff甲: |-\r\n  一\r\n  二\r\n乙: 1\r\n".encode())
    assert YamlFile.read(path).root == {"甲": "一\n二", "乙": "1"}


# --- Places -----------------------------------------------------------------------------------

# value as written, beginning in the file's line 2 after "键: " -> text, then where "★" is
PLACED = {
    "一二★": (2, 6),
    "𫖯𠀀★": (2, 6),
    '"一★"': (2, 6),
    "'𫖯★'": (2, 6),
    "|-\n  ★": (3, 3),
    "|-\n  一\n  𫖯★": (4, 4),
    "|-\n\n  一\n\n    二★": (6, 6),
    "|  # 注\n      一\n      ★": (4, 7),
    "|2-\n    ★": (3, 5),
    "|2+\n      一\n  二★\n\n": (4, 4),
    "|+\n  一★\n\n\n": (3, 4),
}


@pytest.mark.parametrize(("written", "place"), PLACED.items(), ids=repr)
def test_characters_inside_values_are_placed(written: str, place: tuple[int, int]) -> None:
    file = parse(f"# 𫖯\n键: {written}\n末: 1\n")
    root = file.root
    assert isinstance(root, dict)
    value = root["键"]
    assert isinstance(value, str)
    problem = file.problem(("键",), "x", value.index("★"))
    assert (problem.line, problem.column) == place
    lines = file.text.split("\n")
    assert lines[problem.line - 1][problem.column - 1] == "★"


NESTED = """\
甲:
  乙: [一, 二]
  丙:
    - 丁: 三
      戊: 四
    - - 五
      - 六
"""


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ((), (1, 1)),
        (("甲",), (1, 1)),
        (("甲", "乙"), (2, 3)),
        (("甲", "乙", 1), (2, 10)),
        (("甲", "丙", 0, "戊"), (5, 7)),
        (("甲", "丙", 1), (6, 7)),
        (("甲", "丙", 1, 1), (7, 9)),
        # what is missing is placed at what should hold it
        (("甲", "丙", 0, "己"), (4, 7)),
        (("甲", "丙", 5), (3, 3)),
        (("甲", "乙", 1, "己"), (2, 10)),
        (("庚", "辛"), (1, 1)),
    ],
)
def test_nodes_are_placed_at_their_keys(where: Where, place: tuple[int, int]) -> None:
    problem = parse(NESTED).problem(where, "x", stops=False)
    assert problem == Problem(Path("甲.yaml"), *place, "x", stops=False)


def test_offset_of_a_missing_node_is_left_out() -> None:
    assert str(parse("甲: 1\n").problem(("乙",), "缺", 7)) == "甲.yaml:1:1: 缺"


WRITTEN = """\
# 𫖯
甲:  # 注
  '乙' : "一"  # 注
  丙: [一, {丁: 二}]  # 注

  戊:  # 注
  己: |-  # 注
    三

    四  # 四

  庚: |+
    五

# 注
辛:
  # 注
  - 壬: 六  # 注

    癸: '七'
  -  # 注
  - |2
      八
    # 注
"""


@pytest.mark.parametrize(
    ("where", "key", "value", "style"),
    [
        ((), "", WRITTEN[4:].removesuffix("\n    # 注\n") + "\n    # 注", "-"),
        (("甲",), "甲", WRITTEN[WRITTEN.index("'乙'") : WRITTEN.index("\n# 注\n")], "-"),
        (("甲", "乙"), "'乙'", '"一"', '"'),
        (("甲", "丙"), "丙", "[一, {丁: 二}]", "{"),
        (("甲", "丙", 0), "", "一", ""),
        (("甲", "丙", 1), "", "{丁: 二}", "{"),
        (("甲", "丙", 1, "丁"), "丁", "二", ""),
        (("甲", "戊"), "戊", "", ""),
        (("甲", "己"), "己", "|-  # 注\n    三\n\n    四  # 四", "|"),
        (("甲", "庚"), "庚", "|+\n    五\n", "|"),
        (("辛", 0), "", "壬: 六  # 注\n\n    癸: '七'", "-"),
        (("辛", 0, "癸"), "癸", "'七'", "'"),
        (("辛", 1), "", "", ""),
        (("辛", 2), "", "|2\n      八\n    # 注", "|"),
    ],
)
def test_nodes_are_found_from_their_first_character_to_their_last(
    where: Where, key: str, value: str, style: str
) -> None:
    place = parse(WRITTEN).places[where]
    assert WRITTEN[place.key_start : place.key_end] == key
    assert WRITTEN[place.start : place.end] == value
    assert place.style == style


@pytest.mark.parametrize("text", ["", "一", "一\n", "一\n二", "一\n\n𫖯二\n"])
def test_characters_of_the_file_are_placed(text: str) -> None:
    file = parse(f"# {text.replace(chr(10), ' ')}\n甲: 1\n")
    problem = file.problem_at(file.text.index("甲"), "x")
    assert (problem.line, problem.column) == (2, 1)


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("编制人", "不认识“编制人”，是不是“编制人数”？"),
        ("单 位", "不认识“单 位”，是不是“单位”？"),
        ("其他", "不认识“其他”，这里可以写：编制人数、单位"),
    ],
)
def test_unknown_keys_are_told_with_the_nearest(key: str, message: str) -> None:
    file = parse(f"甲:\n  单位: 1\n  {key}: 2\n")
    assert isinstance(file.root, dict)
    node = file.root["甲"]
    assert isinstance(node, dict)
    found = file.unknown_keys(("甲",), node, ("编制人数", "单位"))
    assert [str(problem) for problem in found] == [f"甲.yaml:3:3: {message}"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("甲:\n  乙：1\n", f"2:4: {FULL_WIDTH_COLON}"),
        ("甲: 乙:1\n", f"1:5: {NO_SPACE}"),
        ("甲: 乙\n", "1:1: 要有下级"),
        ("甲:\n", "1:1: 要有下级"),
        ("甲: [乙：1]\n", "1:1: 要有下级"),
    ],
)
def test_text_in_place_of_keys_is_told_by_its_colon(text: str, problem: str) -> None:
    assert str(parse(text).needs_keys(("甲",), "要有下级")) == f"甲.yaml:{problem}"


# --- Writing ------------------------------------------------------------------------------------

# a value, and how it stands behind "甲:"
LOOKS: list[tuple[Node, str]] = [
    ("", "\n"),
    ("一", " 一\n"),
    # what is read as it is typed needs no quotes
    ("704.70", " 704.70\n"),
    ("1,200", " 1,200\n"),
    ("010", " 010\n"),
    ("-5", " -5\n"),
    ("12:30", " 12:30\n"),
    ("2022-01-02", " 2022-01-02\n"),
    ("否", " 否\n"),
    ("no", " no\n"),
    ("~", " ~\n"),
    ("null", " null\n"),
    ("黄*", " 黄*\n"),
    ("a#b", " a#b\n"),
    ("http://example.org/?a", " http://example.org/?a\n"),
    ("(一)“三公”经费：《办法》", " (一)“三公”经费：《办法》\n"),
    ("一　二 三", " 一　二 三\n"),
    ("䶮𫖯", " 䶮𫖯\n"),
    ("长" * 300, f" {'长' * 300}\n"),
    # the others do
    ("a: b", " 'a: b'\n"),
    ("第 #3 号", " '第 #3 号'\n"),
    ("#3", " '#3'\n"),
    ("- 一", " '- 一'\n"),
    ("-", " '-'\n"),
    ("*", " '*'\n"),
    ("[一]", " '[一]'\n"),
    ("%5", " '%5'\n"),
    ("“一”'", " “一”'\n"),
    ("'一'", " \"'一'\"\n"),
    ('"一"', " '\"一\"'\n"),
    (" 一", " ' 一'\n"),
    ("一 ", " '一 '\n"),
    ("一\t二", ' "一\\t二"\n'),
    # texts of several lines
    ("一\n二", " |-\n  一\n  二\n"),
    ("一\n\n  二 # 三", " |-\n  一\n\n    二 # 三\n"),
    ("一\n", " |\n  一\n"),
    ("一\n\n", ' "一\\n\\n"\n'),
    ("\n", ' "\\n"\n'),
    (" 一\n二", " |2-\n   一\n  二\n"),
    ("一\n...", " |-\n  一\n  ...\n"),
    ("\t一\n二", ' "\\t一\\n二"\n'),
    # lists and mappings
    ([], " []\n"),
    ({}, " {}\n"),
    (["一", "二, 三", ""], " [一, '二, 三', '']\n"),
    (["12:30", "一?", "一\n二"], " ['12:30', '一?', \"一\\n二\"]\n"),
    ({"乙": {"丙": "", "丁: ": "1"}}, "\n  乙:\n    丙:\n    '丁: ': 1\n"),
    (
        [{"乙": "1", "丙": "一\n二"}, {"乙": ""}],
        "\n  - 乙: 1\n    丙: |-\n      一\n      二\n  - 乙:\n",
    ),
]


@pytest.mark.parametrize(("node", "written"), LOOKS, ids=repr)
def test_nodes_are_written_as_people_write(node: Node, written: str) -> None:
    assert to_yaml({"甲": node}) == f"甲:{written}"


@pytest.mark.parametrize(
    ("node", "written"),
    [
        ({}, "{}"),
        ({"甲": "一", "乙": ["1", {"丙": "2, 3"}]}, "{甲: 一, 乙: [1, {丙: '2, 3'}]}"),
        ([{"甲": ""}, "12:30"], "[{甲: ''}, '12:30']"),
        ({"甲": "一\n二"}, '{甲: "一\\n二"}'),
    ],
)
def test_nodes_are_written_in_brackets(node: Node, written: str) -> None:
    assert to_yaml(node, in_one_line=True) == written + "\n"
    assert parse(written).root == node


# --- Properties -------------------------------------------------------------------------------

_CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co")
)
_LINES = st.text(_CHARACTERS, max_size=12)
_TEXTS = st.one_of(
    _LINES,
    st.sampled_from(
        ["010", "no", "否", "12:30", "0x1F", "~", "null", "1_000", "2022-01-02", "是 "]
    ),
    st.lists(_LINES.filter(str.strip), min_size=1, max_size=3)
    .map("\n".join)
    .map(LiteralScalarString),
    _LINES.map(SingleQuotedScalarString),
    _LINES.map(DoubleQuotedScalarString),
)
_KEYS = st.text(_CHARACTERS, min_size=1, max_size=8).filter(lambda key: key == key.strip())
_NODES = st.recursive(
    _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(root=_NODES)
def test_what_is_written_as_yaml_is_read_back(root: Node) -> None:
    yaml = YAML()
    yaml.width = 1_000_000  # nothing folded
    yaml.allow_unicode = True
    stream = io.StringIO()
    yaml.dump({"top": root}, stream)
    assert parse(stream.getvalue()).root == {"top": root}


_SIGNS = st.text("\n\n  \t:?-[]{},&*!|>'\"%@`#.~=\\甲1　𫖯䶮", max_size=8)
_TREES = st.recursive(
    _SIGNS | st.text(_CHARACTERS, max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(_KEYS | _SIGNS.map(lambda key: "".join(key.split()) or "甲"), inner)
    ),
    max_leaves=8,
)


@given(root=st.dictionaries(_KEYS, _TREES, min_size=1), in_one_line=st.booleans())
def test_what_we_write_is_read_back(root: dict[str, Node], in_one_line: bool) -> None:
    written = to_yaml(root, in_one_line=in_one_line)
    assert parse(written).root == root
    assert to_yaml(parse(written).root, in_one_line=in_one_line) == written
    assert not in_one_line or written.count("\n") == 1


_YAML_LIKE = st.lists(
    st.sampled_from(
        [*"\n\n\n  :-?[]{},&*!|>'\"%@`#.\\~\t甲乙1０：　\u00a0\x00\x85\ud800𫖯", "- ", ": "]
    )
).map("".join)


@given(text=_YAML_LIKE | st.text())
def test_any_text_is_read_or_refused_in_lines_of_its_own(text: str) -> None:
    try:
        file = parse(text)
    except DataError as error:
        count = text.count("\n") + 1
        for problem in error.problems:
            assert 1 <= problem.line <= count + 1
            assert problem.column >= 1
            assert "\n" not in problem.message
    else:
        assert file.problem((), "x").line >= 1  # the second run agrees


@example(data=b"#!\n{.")
@given(data=st.binary() | _YAML_LIKE.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(
    data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any-{os.getpid()}.yaml"
    path.write_bytes(data)
    result: object = None
    try:
        result = YamlFile.read(path).root
    except DataError as error:
        result = error.problems
    assert result not in (None, ())  # a node, or problems


# --- What is read line by line --------------------------------------------------------------------

PLAIN = """\
# 示例
元数据:
  表式: 信息公开元数据  # 十项
  索引号: 990001/2023-000123
  有效期:

附件3:
  表式: 基础数据表2022
  编制人数: -3
  公开方式: [门户网站, 公示栏]
  “三公”经费: "1.360"
  说明: '有: 冒号'
  职能: |-

    一、甲：
      乙

    二、丙
  指标:
  - 名称: 一
    时间: 9:30
  - 名称: 二
  列:
    - 甲#乙
    - "丙"
"""


def places_of(file: YamlFile) -> dict[Where, list[str]]:
    """Node -> where a problem with it is told: with the whole, and with some of its characters."""
    found: dict[Where, list[str]] = {}
    left: list[tuple[Where, Node]] = [((), file.root)]
    while left:
        where, node = left.pop()
        inner = node.items() if isinstance(node, dict) else enumerate(node)
        if not isinstance(node, str):
            left += [((*where, key), each) for key, each in inner]
        elif node:
            offsets = {0, 1, len(node) // 2, node.find("\n") + 1, len(node) - 1}
            found[where] = [str(file.problem(where, "", offset)) for offset in sorted(offsets)]
        found.setdefault(where, []).append(str(file.problem(where, "")))
    return found


def read_both_ways(text: str) -> list[object]:
    """Nodes in their order and places, or problems: as a file is read, and as libyaml reads it."""
    results: list[object] = []
    for shortcut in (read_plain, lambda text: None):
        with mock.patch.object(yaml_file, "read_plain", shortcut):
            try:
                file = parse(text)
            except DataError as error:
                results.append(error.problems)
            else:
                results.append((json.dumps(file.root), places_of(file)))
    return results


def test_plain_files_are_read_line_by_line() -> None:
    assert read_plain(PLAIN) is not None
    here, there = read_both_ways(PLAIN)
    assert here == there


_BEHIND = [
    "", " |", " 值", " -1.50", " [甲, 乙]", " [甲,乙]", ' "引 号"', " '单: 引'", "值", " 值  # 注",
    " 值 #注", " # 注", " 9:30", " a: b", " 甲:", " 甲#乙", " &甲", " *甲", " ...", "  两格",
    " 尾 ", " \t", " 　宽", " '", " []", " {甲: 1}", " >-", " - 1", " ?甲", " ~", " !甲", " |-",
    ' ""', " ''", " #",
]  # fmt: skip
_LINES = st.tuples(
    st.sampled_from(["", "  ", "    ", " ", "      "]),
    st.sampled_from(["", "", "- ", "-", "#", "# "]),
    st.sampled_from(["甲:", "乙:", "1:", "“三公”:", "", "...", "甲 乙:", "甲：", "　甲:"]),
    st.sampled_from(_BEHIND),
).map("".join)
_PLAIN_TREES = st.recursive(
    st.sampled_from(["", "值", "1.0", "一\n二", "  一\n\n二", "9:30", "甲 乙", "有: 冒号"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("甲乙丙丁"), inner),
    max_leaves=8,
)


@example(root={"甲": "", "乙": {"丙": "1"}}, odd=[(0, False, '甲: ""'), (1, False, "  乙: 1")])
@given(
    root=st.dictionaries(st.sampled_from("甲乙丙"), _PLAIN_TREES, min_size=1),
    odd=st.lists(st.tuples(st.integers(0, 20), st.booleans(), _LINES), max_size=2),
)
def test_what_is_read_line_by_line_is_what_libyaml_reads(
    root: dict[str, Node], odd: list[tuple[int, bool, str]]
) -> None:
    lines = to_yaml(root).split("\n")
    for number, is_more, line in odd:
        at = number % len(lines)
        lines[at : at + (not is_more)] = [line]
    here, there = read_both_ways("\n".join(lines))
    assert here == there
