"""Text as it is compared, and the way back to the text as written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents.match.fold import core, fold

SAME = [
    ("编制 人数", "编制人数"),
    ("编制\n人　数", "编制人数"),
    ("单位名称（盖章）：", "单位名称(盖章):"),
    ("“三公”经费", '"三公"经费'),
    ("其它", "其他"),
    ("帐、表", "账,表"),
    ("ＡＢ１２％", "ab12%"),
    ("批复规模㎡", "批复规模m2"),
    ("—", "-"),
    ("编\u200b制", "编制"),
    ("①", "1"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_means_the_same_is_folded_alike(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text == other


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  生效日期 : ", "生效日期"),
        ("(一)甲、乙_丙", "一甲乙丙"),
        ("：—（）", ""),
        ("第1项", "第1项"),
    ],
)
def test_the_core_has_no_signs(text: str, words: str) -> None:
    assert core(text) == words


@given(st.text("甲a 　１㎡①\n（:\u200b", max_size=20))
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.starts) == len(folded.text) + 1
    for index, character in enumerate(folded.text):
        start, end = folded.written(index, index + 1)
        assert end == start + 1
        assert character in fold(text[start:end]).text
    assert folded.written(0, len(folded.text))[1] <= len(text)
