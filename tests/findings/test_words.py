"""A record's own words cannot break a line or reach the terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks.finding import Evidence
from generator.findings.words import counts_in_words, kinds, one_line, see_also, shortened
from tests.findings.cases import ALL, RECORD


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“三公”经费　1.36万元", "“三公”经费　1.36万元"),
        ("一\n二\t三\r四\u2028五\x85六", "一 二 三 四 五 六"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\u202e", "\\u202e"),
        ("𲎯", "𲎯"),  # a rare character of a name, newer than Python
        ("", ""),
    ],
)
def test_text_takes_one_line(text: str, shown: str) -> None:
    assert one_line(text) == shown


@given(st.text())
def test_any_text_takes_one_line_and_stays_so(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert not any(ord(each) < 32 or each in "\x7f\x9b" for each in line)
    assert one_line(line) == line


@pytest.mark.parametrize(("length", "shown"), [(60, "字" * 60), (61, "字" * 59 + "…")])
def test_long_quotations_are_cut(length: int, shown: str) -> None:
    assert shortened("字" * length) == shown


@pytest.mark.parametrize(
    ("label", "quoted", "shown"),
    [
        ("附件3/合计", "1.36", f"另见 {RECORD.as_posix()}:3:4 “1.36”（附件3/合计）"),
        ("附件3/合计", "", f"另见 {RECORD.as_posix()}:3:4（附件3/合计）"),
        ("", "", f"另见 {RECORD.as_posix()}:3:4"),
    ],
)
def test_evidence_says_where_and_what(label: str, quoted: str, shown: str) -> None:
    assert see_also(Evidence(RECORD, 3, 4, label, quoted)) == shown


def test_answered_findings_are_counted_apart() -> None:
    assert kinds(ALL) == {"错误": 2, "警告": 1, "提示": 1, "已说明": 1}
    assert counts_in_words(ALL) == "2 处错误、1 处警告、1 处提示、1 处已说明"
    assert counts_in_words([]) == ""
