"""The same tokens in the reader's browser."""

import json
import random
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.site.search.tokens import tokens

ROOT = Path(__file__).parents[3]


@pytest.fixture
def module(chromium: Any, serve: Callable[[Path], str], tmp_path: Path) -> Iterator[Any]:
    """A page with `tokens.js` loaded as `window.t`."""
    for source in (ROOT / "theme" / "assets" / "search").glob("*.js"):
        shutil.copy(source, tmp_path)
    (tmp_path / "index.html").write_text("<!doctype html>", encoding="utf-8")
    page = chromium.new_page()
    page.goto(serve(tmp_path))
    page.evaluate("async () => { window.t = await import('./tokens.js'); }")
    yield page
    page.close()


def in_browser(module: Any, texts: list[str]) -> list[list[str]]:
    made: list[list[str]] = module.evaluate("texts => texts.map(window.t.tokens)", texts)
    return made


def test_vectors(module: Any) -> None:
    path = ROOT / "tests" / "search-vectors.json"
    vectors = json.loads(path.read_text(encoding="utf-8"))
    made = in_browser(module, [vector["text"] for vector in vectors])
    assert made == [vector["tokens"] for vector in vectors]


def test_every_known_character_gives_the_same(module: Any) -> None:
    """Of the characters this Python knows; a browser may know newer ones."""
    known = [
        chr(code)
        for code in range(0x323B0)
        if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")
    ]
    lines = [f"中{char}文" for char in known]
    made = module.evaluate(
        "text => text.split('\\0').map((line) => window.t.tokens(line).join(' ')).join('\\0')",
        "\0".join(lines[1:]),  # the first is the separator itself
    ).split("\0")
    wrong = [
        (f"U+{ord(char):04X}", tokens(line), there)
        for char, line, there in zip(known[1:], lines[1:], made, strict=True)
        if " ".join(tokens(line)) != there
    ]
    assert wrong == []


def test_random_texts_give_the_same(module: Any) -> None:
    rng = random.Random(5)  # noqa: S311 - only variety is wanted
    signs = "县局公开ABeéΣς019.,:，：。、； \n\r“%-𠮷〇ｆ２①½㎡İßﬁ가が\u0301\u3000"
    texts = ["".join(rng.choices(signs, k=rng.randint(0, 14))) for _ in range(3000)]
    made = in_browser(module, texts)
    assert [(t, m) for t, m in zip(texts, made, strict=True) if tokens(t) != m] == []


def test_a_text_contains_what_is_found_in_it(module: Any) -> None:
    rng = random.Random(7)  # noqa: S311 - only variety is wanted
    signs = "县局县局aé1.,:，…：。 “ｆ①½㎡ß𠮷\u0301"
    cases = [
        ["".join(rng.choices(signs, k=rng.randint(2, n))) for n in (30, 4)] for _ in range(3000)
    ]
    script = """cases => cases.map(([text, query]) => {
      const { parts } = window.t.parseQuery(query);
      return [window.t.contains(text, parts),
              parts.every((part) => window.t.findParts(text, [part]).length > 0)];
    })"""
    made = module.evaluate(script, cases)
    assert [case for case, (quick, slow) in zip(cases, made, strict=True) if quick != slow] == []
    assert sum(quick for quick, _ in made) > 500
    assert sum(not quick for quick, _ in made) > 500


QUERIES = {
    "三公经费": (["三公经费"], []),
    " 三公经费　 绩效 ": (["三公经费", "绩效"], []),
    "绩效 绩效": (["绩效"], []),
    "经费，万元": (["经费", "万元"], []),
    "县 预算": (["预算"], ["县"]),
    "“三公”": (["三公"], []),
    "7": (["7"], []),
    "%%%": ([], []),
    "": ([], []),
}


def test_queries(module: Any) -> None:
    made = module.evaluate("queries => queries.map(window.t.parseQuery)", list(QUERIES))
    read = [(one["parts"], one["short"]) for one in made]
    assert dict(zip(QUERIES, read, strict=True)) == QUERIES


PLACES: list[tuple[str, list[str], list[str]]] = [
    ("本年“三公”经费", ["三公经费"], ["三公”经费"]),
    ("ＬＥＤ屏", ["led"], ["ＬＥＤ"]),
    ("共1,234.50元", ["1234.50"], ["1,234.50"]),
    ("704.72万元", ["4.7", "704"], []),
    ("三公。经费", ["三公经费"], []),
    ("𠮷野家在此", ["野家"], ["野家"]),
    ("㈠二三", ["一二"], ["㈠二"]),
    ("一二一二一", ["一二一"], ["一二一二一"]),
    ("甲乙丙丁", ["丙丁", "甲乙"], ["甲乙", "丙丁"]),
]


def test_places_of_matches(module: Any) -> None:
    script = """cases => cases.map(([text, parts]) =>
      window.t.findParts(text, parts).map(({ start, end }) => text.slice(start, end)))"""
    assert module.evaluate(script, PLACES) == [found for _, _, found in PLACES]
