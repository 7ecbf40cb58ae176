"""HTML cut at its marks and filled; texts escaped by the dozen as each would be by itself."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from generator.pages.cutting import cut, escape_all, literals


def test_what_is_cut_is_filled_in_each_place() -> None:
    drawn = cut(lambda mark: Markup("<p>{}-{}</p>").format(mark("a"), mark("b")))
    assert drawn.fill({"a": "1", "b": "<b>"}.__getitem__) == "<p>1-<b></p>"
    assert drawn.fill(str.upper) == "<p>A-B</p>"


def test_what_has_no_place_stays_as_it_is() -> None:
    assert cut(lambda mark: "<p>").fill(str) == "<p>"


def test_literals_stand_around_the_values() -> None:
    assert literals(lambda mark: f"<p>{mark}, {mark}</p>") == ("<p>", ", ", "</p>")


@given(st.lists(st.text("甲a<>&'\"\n;{}%")))
def test_each_text_is_escaped_as_by_itself(texts: list[str]) -> None:
    assert escape_all(texts) == [str(escape(text)) for text in texts]


@given(st.lists(st.sampled_from(["", "<", "甲"]), max_size=2))
def test_what_is_escaped_is_plain_text(texts: list[str]) -> None:
    """A Markup would escape what it is joined with."""
    assert all(type(html) is str for html in escape_all(texts))
