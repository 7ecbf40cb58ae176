"""What is written fast is read again as the same nodes, or it is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.demo.yamltext import yaml_text
from generator.yaml import YamlFile

TEXTS = st.text(st.sampled_from("甲乙：,:;#-'\"[]{}%&*!|>@`?~=0 \n"), max_size=12) | st.text(
    max_size=8
)
KEYS = st.text(st.sampled_from("甲乙、:#-'[]"), min_size=1, max_size=6)
ROWS = st.lists(st.dictionaries(KEYS, TEXTS, min_size=1, max_size=3), min_size=1, max_size=3)
NODES = st.dictionaries(
    KEYS,
    st.recursive(
        TEXTS | st.lists(TEXTS, max_size=3) | ROWS,
        lambda inner: st.dictionaries(KEYS, inner, min_size=1, max_size=3),
        max_leaves=6,
    ),
    min_size=1,
    max_size=4,
)


def read(text: str) -> object:
    return YamlFile(Path("a.yaml"), text).root


@given(NODES)
def test_it_is_read_as_it_was(nodes: dict) -> None:
    try:
        text = yaml_text(nodes)
    except ValueError:
        return
    assert read(text) == nodes


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("", "甲:\n"),
        ("704.70", "甲: 704.70\n"),
        ("≥95%", "甲: ≥95%\n"),
        (">95", "甲: '>95'\n"),
        ("它's: 一", "甲: '它''s: 一'\n"),
        ("(一)一\n 二", "甲: |-\n  (一)一\n   二\n"),
        (["门户网站", "其它"], "甲: [门户网站, 其它]\n"),
        (["a, b"], "甲: ['a, b']\n"),
        ({"乙": {"丙": "1"}}, "甲:\n  乙:\n    丙: 1\n"),
        ([{"乙": "1", "丙": ""}], "甲:\n  - 乙: 1\n    丙:\n"),
        ([{"乙": "1\n2"}], "甲:\n  - 乙: |-\n      1\n      2\n"),
    ],
)
def test_it_is_written_as_people_write(value: object, written: str) -> None:
    assert yaml_text({"甲": value}) == written  # type: ignore[dict-item]
    assert read(written) == {"甲": value}


@pytest.mark.parametrize(
    "value",
    [
        "\u200b",
        "一\t二",
        " 一\n二",
        "\n一",
        "一\n",
        {},
        [{}],
        ["一\n二"],
        ["[\n"],
        ["一", {"乙": ""}],
    ],
)
def test_what_would_be_read_otherwise_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        yaml_text({"甲": value})  # type: ignore[dict-item]
