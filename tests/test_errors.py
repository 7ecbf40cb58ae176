"""Problems and errors: how they read, how they are ordered, how they travel."""

import errno
import os
import pickle
from pathlib import Path

import pytest

from generator.errors import DataError, Problem, os_reason

FIRST = Problem(Path("data/a.yaml"), 3, 5, "甲")
SECOND = Problem(Path("data/a.yaml"), 12, 1, "乙", stops=False)
THIRD = Problem(Path("data/b.yaml"), 1, 1, "丙")


def test_a_problem_is_a_line_that_editors_can_jump_to() -> None:
    assert str(FIRST) == "data/a.yaml:3:5: 甲"
    assert str(SECOND) == "data/a.yaml:12:1: 提示：乙"


def test_problems_are_told_once_and_in_order() -> None:
    error = DataError([THIRD, SECOND, FIRST, THIRD])
    assert error.problems == (FIRST, SECOND, THIRD)
    assert str(error) == f"{FIRST}\n{SECOND}\n{THIRD}"


def test_an_error_comes_back_whole_from_a_worker() -> None:
    error = pickle.loads(pickle.dumps(DataError([FIRST, SECOND])))  # noqa: S301
    assert isinstance(error, DataError)
    assert error.problems == (FIRST, SECOND)
    assert str(error) == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.ENOENT, "没有这个文件或文件夹"),
        (errno.EACCES, "没有权限"),
        (errno.EISDIR, "这是一个文件夹，不是文件"),
        (errno.ENOSPC, "磁盘已满"),
        (errno.EXDEV, os.strerror(errno.EXDEV)),  # one of the rare ones
    ],
)
def test_reasons_of_the_system_are_told(code: int, reason: str) -> None:
    assert os_reason(OSError(code, os.strerror(code))) == reason


def test_an_error_without_a_reason_is_told_as_it_is() -> None:
    assert os_reason(OSError("甲")) == "甲"
