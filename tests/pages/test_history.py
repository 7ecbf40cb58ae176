"""What happened to a record since it was published."""

from pathlib import Path

import pytest

from generator.errors import Problem
from generator.git import Change
from generator.pages.history import events
from generator.records.review import Review, read_review
from generator.yaml import YamlFile

CORRECTED = "更正说明:\n  - {日期: 2023年6月2日, 说明: 改正金额。, 校验码: abcdefghijkl}\n"
CHANGES = (
    Change("M", "2024-05-08", "c" * 10, "1"),
    Change("M", "2024-05-08", "b" * 10, "2"),
    Change("M", "2023-05-11", "a" * 10, "3"),
    Change("A", "2023-05-01", "0" * 10, "4"),
)


def review(text: str) -> Review:
    file = YamlFile(Path("2022.yaml"), text)
    problems: list[Problem] = []
    assert isinstance(file.root, dict)
    read = read_review(file, file.root, 2022, problems)
    assert not problems
    return read


@pytest.mark.parametrize(
    ("text", "changes", "expected"),
    [
        ("{状态: 已发布, 发布日期: 2023-05-11}\n", (), ["2023年5月11日 发布"]),
        (
            "{状态: 已发布, 发布日期: 2023-05-11}\n" + CORRECTED,
            (),
            ["2023年5月11日 发布", "2023年6月2日 更正：改正金额。"],
        ),
        # commits of the day of publishing, and before, were not since
        (
            "{状态: 已发布, 发布日期: 2023-05-11}\n" + CORRECTED,
            CHANGES,
            [
                "2023年5月11日 发布",
                "2023年6月2日 更正：改正金额。",
                f"2024年5月8日 记录文件有改动（{'b' * 10}、{'c' * 10}）",
            ],
        ),
        # a day that is not known is not made up
        (
            "{状态: 已发布}\n",
            CHANGES[2:],
            [
                f"2023年5月1日 记录文件收入本站的数据（{'0' * 10}）",
                f"2023年5月11日 记录文件有改动（{'a' * 10}）",
            ],
        ),
        (
            "{状态: 已发布, 发布日期: 2023-05-11}\n",
            (Change("A", "2024-05-09", "e" * 10, "6"), Change("D", "2024-05-08", "d" * 10, "5")),
            [
                "2023年5月11日 发布",
                f"2024年5月8日 记录文件移出本站的数据（{'d' * 10}）",
                f"2024年5月9日 记录文件收入本站的数据（{'e' * 10}）",
            ],
        ),
        ("{状态: 已发布}\n", (), []),
        ("{状态: 草稿}\n", CHANGES, []),
        ("{状态: 已撤回, 发布日期: 2023-05-11}\n" + CORRECTED, CHANGES, []),
    ],
)
def test_events_are_told_in_their_order(
    text: str, changes: tuple[Change, ...], expected: list[str]
) -> None:
    told = []
    for event in events(review(f"审核: {text}"), changes):
        commits = f"（{'、'.join(event.commits)}）" if event.commits else ""
        explanation = f"：{event.explanation}" if event.explanation else ""
        told.append(f"{event.shown} {event.words}{explanation}{commits}")
    assert told == expected
