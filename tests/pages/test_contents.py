"""Anchors are stable, plain Chinese, and each stands once on a page."""

import pytest

from generator.pages.contents import Contents, nested


@pytest.mark.parametrize(
    ("words", "anchor"),
    [
        (("附件3",), "附件3"),
        (("附件4", "部门概况"), "附件4-部门概况"),
        (("附件4", "“三公”经费情况"), "附件4-三公-经费情况"),
        (("附件4", "2022年的重点工作"), "附件4-2022年的重点工作"),
        (("附件4", "A & B <c>"), "附件4-A-B-c"),
        (("附件4", "𫖯仰"), "附件4-𫖯仰"),
    ],
)
def test_anchor_is_made_of_words(words: tuple[str, ...], anchor: str) -> None:
    assert Contents().add(3, "any", *words) == anchor


def test_the_same_words_get_numbers() -> None:
    contents = Contents()
    assert [contents.add(3, "any", "附件4", "其他") for _ in range(3)] == [
        "附件4-其他",
        "附件4-其他-2",
        "附件4-其他-3",
    ]


def test_a_numbered_anchor_does_not_meet_one_that_was_written_so() -> None:
    contents = Contents()
    anchors = [contents.add(3, "any", words) for words in ("其他", "其他-2", "其他", "其他-2")]
    assert len(set(anchors)) == 4


def test_contents_show_attachments_with_their_first_level() -> None:
    contents = Contents()
    for level, text in [
        (3, "无主"),
        (2, "附件1"),
        (3, "一、"),
        (4, "(一)"),
        (3, "二、"),
        (2, "附件2"),
    ]:
        contents.add(level, text, text)
    assert [
        (attachment.text, [heading.text for heading in headings])
        for attachment, headings in nested(contents.headings)
    ] == [("附件1", ["一、", "二、"]), ("附件2", [])]
