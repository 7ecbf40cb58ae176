"""The tokens: worked examples, and what holds for any text."""

import itertools
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.site.search import pairs
from generator.site.search.tokens import BARRIER, tokens

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "search-vectors.json").read_text(encoding="utf-8")
)


def distinct(text: str) -> set[str]:
    """The tokens of a text as the index gets them."""
    made = pairs.plain(text)
    return pairs.words(made) | {*map(pairs.pair_token, pairs.pairs(made))} - {""}


def holds(text: str, query: str) -> bool:
    """Whether a phrase search for the query's tokens finds the text."""
    asked, there = tokens(query), tokens(text)
    return any(there[i : i + len(asked)] == asked for i in range(len(there) - len(asked) + 1))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["about"])
def test_vector(vector: dict[str, Any]) -> None:
    assert tokens(vector["text"]) == vector["tokens"]
    assert distinct(vector["text"]) == {*vector["tokens"]} - {BARRIER}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("三公经费", True),
        ("2022年", True),
        ("县2022", True),
        ("704.72", True),
        ("经费704.72万", True),
        ("７０４．７２", True),
        ("led屏", True),
        ("4.7", False),
        ("704", False),
        ("72万", False),
        ("022年", False),
        ("ed屏", False),
        ("万元LED", False),
        ("回县2", False),
    ],
)
def test_whole_numbers_and_words(query: str, found: bool) -> None:
    assert holds("隆回县2022年“三公”经费704.72万元，LED屏", query) is found


@given(st.text())
@example("\ud800")
@example("²½ﷺ")
def test_any_string_gives_well_formed_tokens(text: str) -> None:
    made = tokens(text)
    assert all(token == BARRIER or token.isalnum() or ord(max(token)) > 0x1FFFF for token in made)
    assert all(token == token.lower() and " " not in token for token in made)
    assert BARRIER not in made[:1] + made[-1:]
    assert (BARRIER, BARRIER) not in itertools.pairwise(made)


# Signs in whose company others change their meaning, beside any character at all.
SIGN = st.one_of(st.sampled_from("县a9.,:，：。 \n“ｆ½①ßﬁΣİ가\u0301\x85𠮷"), st.characters())


@given(st.text(SIGN))
@example("\ud800县")
@example("1,234.5.6,7a.b,県")
def test_distinct_tokens_are_those_of_the_specification(text: str) -> None:
    assert distinct(text) == {*tokens(text)} - {BARRIER}


def test_distinct_tokens_of_every_character() -> None:
    """Many at a time, between signs that show to which kind each belongs."""
    known = [chr(code) for code in range(0x20100) if unicodedata.category(chr(code)) != "Cn"]
    known = [char for char in known if unicodedata.category(char) != "Co"]
    for first in range(0, len(known), 128):
        text = "\n".join(f"县{char}a" for char in known[first : first + 128])
        assert distinct(text) == {*tokens(text)} - {BARRIER}


ATOM = st.one_of(
    st.sampled_from("县局年公开预算绩效𠮷〇"),
    st.sampled_from(["2022", "704.72", "7", "1,234", "led", "A"]),
)
GAP = st.sampled_from([" ", "“", "）", "%", " —— "])


@st.composite
def text_and_cut(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and a stretch of it that begins and ends between its atoms."""
    atoms = draw(st.lists(ATOM, min_size=2, max_size=12))
    gaps = [draw(GAP) for _ in atoms]
    start = draw(st.integers(0, len(atoms) - 1))
    end = draw(st.integers(start + 1, len(atoms)))
    pieces = [atom + gap for atom, gap in zip(atoms, gaps, strict=True)]
    return "".join(pieces), "".join(pieces[start:end])


@given(text_and_cut())
def test_every_stretch_between_atoms_is_found(case: tuple[str, str]) -> None:
    text, cut = case
    assert holds(text, cut)


@given(st.lists(ATOM, max_size=8), st.lists(ATOM, min_size=1, max_size=3))
def test_found_only_where_the_atoms_follow_one_another(text: list[str], query: list[str]) -> None:
    def flat(atoms: list[str]) -> list[str]:
        return [atom.lower() for atom in atoms]

    there, asked = flat(text), flat(query)
    if tokens(" ".join(query)):
        truth = any(there[i : i + len(asked)] == asked for i in range(len(there)))
        assert holds(" ".join(text), " ".join(query)) is truth


@given(st.text(alphabet="县局公开预算", min_size=1), st.text(alphabet="县局公开预算", min_size=1))
def test_no_match_across_a_barrier(left: str, right: str) -> None:
    assert not holds(f"{left}甲。乙{right}", "甲乙")
