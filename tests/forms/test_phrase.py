"""Phrases: words with blanks, printed as drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.forms.phrase import Phrase, Slot, parse_phrase, slot_offsets
from generator.forms.types import Mistake


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", ()),
        ("基本情况", ("基本情况",)),
        ("{甲}", (Slot("甲"),)),
        ("{收入/合计}", (Slot("收入/合计"),)),
        ("接待费{甲}万元", ("接待费", Slot("甲"), "万元")),
        ("{甲}{乙}", (Slot("甲"), Slot("乙"))),
        ("{甲} {甲}", (Slot("甲"), " ", Slot("甲"))),
        ("{{甲}}", ("{甲}",)),
        ("{{{甲}}}", ("{", Slot("甲"), "}")),
        ("一{{二}}三{四}", ("一{二}三", Slot("四"))),
        ("(盖章): {三公/是否制定“三公”、办法}", ("(盖章): ", Slot("三公/是否制定“三公”、办法"))),
        ("{𫖯}", (Slot("𫖯"),)),
    ],
)
def test_phrases_are_words_and_blanks(text: str, pieces: tuple[str | Slot, ...]) -> None:
    phrase = parse_phrase(text)
    assert phrase == Phrase(pieces)
    assert phrase.slots == tuple(piece for piece in pieces if isinstance(piece, Slot))


def unpaired(brace: str) -> str:
    return f"花括号“{brace}”没有配对；如果是文字本身，请写成“{brace * 2}”"


def unnamed(name: str) -> str:
    return f"填空的名称“{name}”不完整或有多余的空格"


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("一{甲", unpaired("{"), 1),
        ("一}甲", unpaired("}"), 1),
        ("{甲{乙}", unpaired("{"), 0),
        ("{甲}}乙", unpaired("}"), 3),
        ("{甲}一}", unpaired("}"), 4),
        ("𫖯{", unpaired("{"), 1),
        ("一{甲\n}", unpaired("{"), 1),
        ("一{}", unnamed(""), 1),
        ("{ 甲}", unnamed(" 甲"), 0),
        ("{甲　}", unnamed("甲　"), 0),
        ("{甲/}", unnamed("甲/"), 0),
        ("{/甲}", unnamed("/甲"), 0),
        ("{甲//乙}", unnamed("甲//乙"), 0),
        ("{甲/ 乙}", unnamed("甲/ 乙"), 0),
    ],
)
def test_mistakes_are_placed(text: str, message: str, offset: int) -> None:
    with pytest.raises(Mistake) as caught:
        parse_phrase(text)
    assert (caught.value.message, caught.value.offset) == (message, offset)


def test_blanks_are_placed() -> None:
    assert slot_offsets("{{甲}}{甲}一{乙}{甲}") == [5, 9, 12]
    assert slot_offsets("没有") == []


_NAMES = st.text(st.characters(exclude_characters="{}/\n", codec="utf-8"), min_size=1).filter(
    lambda name: name == name.strip()
)
_WORDS = st.text(st.characters(exclude_characters="\n", codec="utf-8"))
_PIECES = st.lists(
    st.one_of(_WORDS.map(lambda words: (False, words)), _NAMES.map(lambda name: (True, name)))
)


@given(pieces=_PIECES)
def test_what_is_drawn_is_read_and_printed(pieces: list[tuple[bool, str]]) -> None:
    drawn = "".join(
        f"{{{text}}}" if is_blank else text.replace("{", "{{").replace("}", "}}")
        for is_blank, text in pieces
    )
    phrase = parse_phrase(drawn)
    names = [text for is_blank, text in pieces if is_blank]
    assert [slot.name for slot in phrase.slots] == names
    assert phrase.show(lambda name: f"<{name}>") == "".join(
        f"<{text}>" if is_blank else text for is_blank, text in pieces
    )
    offsets = slot_offsets(drawn)
    assert [drawn[at + 1 :][: len(name)] for at, name in zip(offsets, names, strict=True)] == names


@given(text=st.text(st.sampled_from([*"{}/甲 \n"])) | st.text())
def test_any_text_is_read_or_refused_at_a_place_in_it(text: str) -> None:
    place = "{"
    try:
        parse_phrase(text)
    except Mistake as mistake:
        place = text[mistake.offset]
    assert place in "{}"
