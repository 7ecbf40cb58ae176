"""Findings as workflow commands, read back as the runner reads them."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.findings.github import write_github
from tests.findings.cases import ALL, ANSWERED, HOSTILE, LOOK, TOTAL, UNREADABLE, hostile


def read(line: str) -> tuple[str, dict[str, str], str]:
    """Command, properties and message."""
    _, head, message = line.split("::", 2)
    command, _, listed = head.partition(" ")
    properties = dict(each.split("=", 1) for each in listed.split(","))

    def plain(text: str) -> str:
        for code, character in (
            ("%0D", "\r"),
            ("%0A", "\n"),
            ("%3A", ":"),
            ("%2C", ","),
            ("%25", "%"),
        ):
            text = text.replace(code, character)
        return text

    return command, {key: plain(value) for key, value in properties.items()}, plain(message)


def test_nothing_to_tell() -> None:
    assert write_github([]) == ""


def test_a_command_for_each_finding() -> None:
    assert write_github([UNREADABLE, LOOK]) == (
        "::error file=data/forms/示例 表.yaml,line=2,col=1,title=错误 格式"
        "::不认识“单位名”，是不是“单位名称”？\n"
        "::notice file=data/records/990001/shili-jiaoyu/2022.yaml,line=3,col=9,title=提示 F9"
        "::日期中间有空格\n"
    )


def test_evidence_stands_on_further_lines_of_the_message() -> None:
    _, _, message = read(write_github([TOTAL]).rstrip("\n"))
    said, first, second = message.split("\n")
    assert said == TOTAL.message
    assert first.endswith("2022.yaml:12:5 “1.36”（附件3/公务接待费）")
    assert second.endswith("2022.yaml:9:1 “2”（附件3/公务接待费）")


def test_answered_findings_wait_for_nobody() -> None:
    assert write_github([ANSWERED]) == ""


def test_the_order_of_findings_does_not_matter() -> None:
    assert {write_github(each) for each in permutations(ALL)} == {write_github(ALL)}


@pytest.mark.parametrize("message", HOSTILE)
def test_a_record_cannot_give_commands(message: str) -> None:
    finding = replace(hostile(message), answer=None)
    written = write_github([finding])
    assert len(written.splitlines()) == 1
    command, properties, _ = read(written.rstrip("\n"))
    assert command == "error"
    assert properties == {
        "file": "data/records/990001/a,b:c%d/2022.yaml",
        "line": "1",
        "col": "1",
        "title": "错误 C1",
    }


@given(st.text(st.characters(exclude_categories=["C", "Z"])))
def test_any_message_comes_back_as_it_was(message: str) -> None:
    if "%" not in message:  # the runner's own way back is no better at 25 after %
        finding = replace(LOOK, message=message)
        assert read(write_github([finding]).rstrip("\n"))[2] == message
