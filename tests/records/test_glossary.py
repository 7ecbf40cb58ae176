"""The glossary's file."""

from pathlib import Path

import pytest

from generator.errors import DataError
from generator.records.data import open_data
from generator.records.glossary import GLOSSARY, Term, read_glossary
from tests.conftest import ROOT

HEAD = "解释: 税收以外的收入。\n"


def read(text: str, folder: Path) -> tuple[Term, ...]:
    path = folder / GLOSSARY
    path.write_text(text, encoding="utf-8")
    return read_glossary(path)


def test_terms_are_read_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = (
        "“三公”经费:\n  写法: [“三公”经费, 三公经费]\n  解释: |-\n    三类。\n    第二段。\n"
        "  依据: 财预〔2016〕143号\n非税收入:\n  解释: 税收以外的收入。\n"
        "只列出:\n  写法: []\n  解释: 页面上不找。\n"
    )
    assert read(text, tmp_path) == (
        Term("“三公”经费", ("“三公”经费", "三公经费"), "三类。\n第二段。", "财预〔2016〕143号"),
        Term("非税收入", ("非税收入",), "税收以外的收入。"),
        Term("只列出", (), "页面上不找。"),
    )


def test_there_may_be_no_file(tmp_path: Path) -> None:
    assert read_glossary(tmp_path / GLOSSARY) == ()


SPELLING = "写法应有 2 到 30 个字，不能只有数字和标点"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("# 还没有\n", ["1:1: 文件是空的"]),
        ("非税收入\n", ["1:1: 名词解释应由“名词:”和下面的“解释: …”组成，一个名词一段"]),
        ("非税收入：收入\n", ["1:5: 冒号是全角的，请改为半角冒号加一个空格“: ”"]),
        ("非税收入: 收入\n", ["1:1: 名词下面要另起一行、缩进后写“解释: …”"]),
        ("非税收入:\n", ["1:1: 名词下面要另起一行、缩进后写“解释: …”"]),
        ("非税收入:\n  依据: 甲\n", ["1:1: “解释”必须填写"]),
        ("非税收入:\n  解释:\n", ["2:3: “解释”必须填写"]),
        ("非税收入:\n  解释: [甲]\n", ["2:3: “解释”应是一段文字"]),
        (f"非税收入:\n  {HEAD}  出处: 甲\n", ["3:3: 不认识“出处”，这里可以写：写法、解释、依据"]),
        (f"非税收入:\n  {HEAD}  依据: {{甲: 乙}}\n", ["3:3: “依据”应是一段文字"]),
        (f"非税收入:\n  解释: {'长' * 501}\n", ["2:3: 解释有 501 字，请写短些，不超过 500 字"]),
        (f"'2022':\n  {HEAD}", ["1:1: 名词应是一行有字的文字，不超过 30 字"]),
        (f"{'长' * 31}:\n  {HEAD}", ["1:1: 名词应是一行有字的文字，不超过 30 字"]),
        (
            f"非税收入:\n  {HEAD}  写法: 非税\n",
            ["3:3: “写法”应是一列，如 [三公经费, “三公”经费]"],
        ),
        (
            f"非税收入:\n  {HEAD}  写法: [税, '12', \"。，\", {{甲: 乙}}]\n",
            [
                *[f"3:{c}: {SPELLING}" for c in (8, 11, 17)],
                "3:23: 每种写法是一行文字，前后没有空格",
            ],
        ),
        (
            f"甲税:\n  {HEAD}  写法: [甲税, 乙税, 甲税]\n乙税:\n  {HEAD}",
            [
                "3:16: “甲税”已经是“甲税”的写法，一种写法只能写一次",
                "4:1: “乙税”已经是“甲税”的写法，一种写法只能写一次",
            ],
        ),
        (
            f"“三公”经费:\n  {HEAD}三公经费:\n  {HEAD}",
            ["3:1: 与““三公”经费”只差标点，请合成一条，用“写法”列出各种写法"],
        ),
        (f"甲税:\n  {HEAD}甲税:\n  {HEAD}", ["3:1: “甲税”写了两次"]),
    ],
)
def test_mistakes_are_told_with_their_places(
    text: str, problems: list[str], tmp_path: Path
) -> None:
    with pytest.raises(DataError) as caught:
        read(text, tmp_path)
    told = [str(each).removeprefix(f"{tmp_path / GLOSSARY}:") for each in caught.value.problems]
    assert [each[: len(problem)] for each, problem in zip(told, problems, strict=True)] == problems


def test_mistakes_are_told_with_those_of_forms_and_regions(example_data: Path) -> None:
    (example_data / GLOSSARY).write_text("甲:\n", encoding="utf-8")
    (example_data / "regions" / "990001.yaml").write_text("名称:\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        open_data(example_data)
    assert {each.path.name for each in caught.value.problems} == {GLOSSARY, "990001.yaml"}


def test_the_projects_own_glossary_explains_the_words_of_its_forms() -> None:
    terms = read_glossary(ROOT / "data" / GLOSSARY)
    assert len(terms) >= 30
    names = {term.name for term in terms}
    assert names >= {"“三公”经费", "一般公共预算", "基本支出", "项目支出", "政府采购", "控制率"}
    assert all(len(term.explanation) <= 120 for term in terms)
