"""Personal data that must not enter the repository: its history keeps everything for ever.

Mobile (I1), identity and bank card numbers, e-mail and home addresses and days of birth (I2),
anywhere in a record's file, comments included, also when written with spaces, hyphens or
full-width digits. Source: 《个人信息保护法》第二十八条, and the masking (去标识化) that the yearly
政务公开工作要点 ask for. Office land lines, addresses and mailboxes (gov.cn) are fine.
"""

from collections.abc import Iterator

from generator.checks.personal.found import PersonalNumber
from generator.checks.personal.numbers import personal_numbers
from generator.checks.personal.texts import births, emails, homes
from generator.errors import Problem
from generator.yaml import TextFile

__all__ = ["PersonalNumber", "check_privacy", "find_numbers", "mask", "problem_of"]


def check_privacy(file: TextFile) -> Iterator[Problem]:
    """A problem for each thing that `find_numbers` finds."""
    return (problem_of(file, number) for number in find_numbers(file.text))


def problem_of(file: TextFile, number: PersonalNumber) -> Problem:
    """What is told of one of them; it is shown masked only."""
    return file.problem_at(
        number.start,
        f"这里有{number.kind}，属于个人信息，请改为 {number.masked}，"
        "也可运行 gongkai mask 文件；如已提交到 git，请告知管理员清理历史",
    )


def find_numbers(text: str) -> Iterator[PersonalNumber]:
    """Everything personal, in order; of what overlaps, the first and longest."""
    found = [*personal_numbers(text), *emails(text), *homes(text), *births(text)]
    position = 0
    for number in sorted(found, key=lambda each: (each.start, -each.end)):
        if number.start >= position:
            yield number
            position = number.end


def mask(text: str) -> tuple[str, list[PersonalNumber]]:
    """The text with everything personal masked, and what was masked.

    Looked through until nothing is found, since what is left of a masked number may be another's
    part. Places are those in the text at that time.
    """
    all_found: list[PersonalNumber] = []
    while found := list(find_numbers(text)):
        all_found += found
        pieces, position = [], 0
        for number in found:
            pieces += [text[position : number.start], number.masked]
            position = number.end
        text = "".join(pieces) + text[position:]
    return text, all_found
