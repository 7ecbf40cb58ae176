"""What a record says of its own way to the public: reviews, answers to findings, corrections.

    审核:      state, the three reviews (三审三校), date and code of what was published
    核对说明:  answers to findings: rule, explanation, date
    更正说明:  what was changed after publishing, and the code of what stands since then

Who reviewed is kept masked, and goes nowhere: not on pages, in exports or the search index.
Source: 《政府信息公开条例》第十七条 (先审查后公开).
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal, get_args

from generator.errors import Problem
from generator.forms.form import Form, Rows, Tree
from generator.forms.layout import Item
from generator.forms.schema import (
    ANSWERS_KEY,
    AUDIT_KEY,
    CORRECTIONS_KEY,
    OPEN_KEYS,
)
from generator.forms.types import Blank, Choice, Date, LongText, PersonName, Text
from generator.forms.values import State, Value
from generator.records.portal import PORTAL
from generator.records.reader import BlankReader
from generator.yaml import Node, Where, YamlFile

Status = Literal["草稿", "待审", "已审", "已发布", "已撤回"]
STATUSES: tuple[Status, ...] = get_args(Status)
OUTCOMES = ("通过", "退回")
ROUNDS = ("一审", "二审", "三审")

_AUDIT = Form(
    AUDIT_KEY,
    "审核情况",
    (),
    {
        blank.name: blank
        for blank in (
            Blank("状态", Choice(STATUSES, ticks=False), required=True),
            *(
                blank
                for name in ROUNDS
                for blank in (
                    Blank(f"{name}/日期", Date()),
                    Blank(f"{name}/意见", Choice(OUTCOMES, ticks=False)),
                    Blank(f"{name}/审核人", PersonName()),
                )
            ),
            Blank("发布日期", Date()),
            Blank("撤回日期", Date()),
            Blank("撤回原因", LongText()),
            Blank("校验码", Text()),
        )
    },
)


def _rows(name: str, *blanks: Blank) -> Rows:
    return Rows(name, {blank.name.partition("/")[2]: blank for blank in blanks})


ANSWERS = _rows(
    ANSWERS_KEY,
    Blank(f"{ANSWERS_KEY}/规则", Text(), required=True),
    Blank(f"{ANSWERS_KEY}/位置", Text()),
    Blank(f"{ANSWERS_KEY}/原文", Text()),
    Blank(f"{ANSWERS_KEY}/说明", LongText(), required=True),
    Blank(f"{ANSWERS_KEY}/日期", Date(), required=True),
)
CORRECTIONS = _rows(
    CORRECTIONS_KEY,
    Blank(f"{CORRECTIONS_KEY}/日期", Date(), required=True),
    Blank(f"{CORRECTIONS_KEY}/说明", LongText(), required=True),
    Blank(f"{CORRECTIONS_KEY}/校验码", Text()),
)
REVIEW_BLANKS: Mapping[str, Blank | Rows | Tree] = {
    AUDIT_KEY: _AUDIT.tree,
    ANSWERS_KEY: ANSWERS,
    CORRECTIONS_KEY: CORRECTIONS,
    PORTAL.name: PORTAL,
}
"""key of a record that is of no form -> the blanks below it, or its own."""
AUDIT_ITEMS = frozenset(_AUDIT.tree)
"""What stands below 审核: 状态, 一审, …"""


@dataclass(frozen=True, slots=True)
class Round:
    """One of the three reviews."""

    name: str
    """一审, 二审 or 三审."""
    date: Value
    outcome: str
    """通过, 退回, or "" when it has not been."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An explanation of a finding that stands (核对说明)."""

    number: int
    """Its place in the list, from 0."""
    rule: str
    where: str
    """Where the finding is, as 附件3/编制人数; "" for any place."""
    quoted: str
    """A text that the finding quotes; "" for any."""
    explanation: str
    date: Value


@dataclass(frozen=True, slots=True)
class Correction:
    """What was changed after publishing (更正说明)."""

    explanation: str
    date: Value
    code: str
    """Of the content since then."""


@dataclass(frozen=True, slots=True)
class Review:
    """State of a record, what leads to it, and what was said since."""

    status: Status
    rounds: tuple[Round, ...]
    """The three reviews, in their order."""
    published: Value
    """Date of publishing."""
    withdrawn: Value
    """Date of withdrawing."""
    withdrawal: str
    """Reason of withdrawing."""
    code: str
    """Of the content that was published (校验码)."""
    answers: tuple[Answer, ...]
    corrections: tuple[Correction, ...]

    @property
    def is_public(self) -> bool:
        """Whether readers may see what is disclosed."""
        return self.status == "已发布"

    @property
    def last_code(self) -> str:
        """The code that the content must have now: of the last correction, or of the publishing."""
        return next((each.code for each in reversed(self.corrections) if each.code), self.code)


def read_review(
    file: YamlFile, root: Mapping[str, Node], year: int, problems: list[Problem]
) -> Review:
    """What a record says of its review; mistakes are added to `problems`. Without it, 草稿."""
    reader = BlankReader(file, _AUDIT, year, problems)
    node = root.get(AUDIT_KEY, "")
    if node != "" and not isinstance(node, dict):
        problems.append(file.needs_keys((AUDIT_KEY,), f"“{AUDIT_KEY}”下面要写“状态: 草稿”等各项"))
        node = ""
    values = reader.branch((AUDIT_KEY,), node, _AUDIT.tree) if isinstance(node, dict) else {}

    answers = reader.items((ANSWERS_KEY,), root.get(ANSWERS_KEY, ""), ANSWERS)
    corrections = reader.items((CORRECTIONS_KEY,), root.get(CORRECTIONS_KEY, ""), CORRECTIONS)
    problems += _without_meaning(file, values, {ANSWERS_KEY: answers, CORRECTIONS_KEY: corrections})

    def text(value: Value | None) -> str:
        return value.written if value else ""

    empty = _AUDIT.blanks["发布日期"].read("")
    status = text(values.get("状态"))
    return Review(
        status=next((each for each in STATUSES if each == status), "草稿"),
        rounds=tuple(
            Round(name, values.get(f"{name}/日期", empty), text(values.get(f"{name}/意见")))
            for name in ROUNDS
        ),
        published=values.get("发布日期", empty),
        withdrawn=values.get("撤回日期", empty),
        withdrawal=text(values.get("撤回原因")),
        code=text(values.get("校验码")),
        answers=tuple(_answer(number, item) for number, item in enumerate(answers)),
        corrections=tuple(_correction(item) for item in corrections),
    )


def _without_meaning(
    file: YamlFile, audit: Mapping[str, Value], lists: Mapping[str, tuple[Item, ...]]
) -> Iterator[Problem]:
    """A problem for each 不适用, which nothing here can be, and each explanation without words."""
    placed: list[tuple[Where, Value]] = [
        ((AUDIT_KEY, *name.split("/")), value) for name, value in audit.items()
    ]
    for key, items in lists.items():
        for number, item in enumerate(items):
            for name, value in item.items():
                where: Where = (key, number, *name.split("/")[1:])
                placed.append((where, value))
                if name.endswith("/说明") and value.written and not _WORD.search(value.written):
                    yield file.problem(where, "说明要写明原因，不能只有标点", 0)
    for where, value in placed:
        if value.state is State.NOT_APPLICABLE:
            yield file.problem(where, f"“{where[-1]}”不能写“不适用”，请照实填写", 0)


_WORD = re.compile("[\u4e00-\u9fffA-Za-z0-9]{2}")


def _answer(number: int, item: Item) -> Answer:
    rule, where, quoted, explanation = (
        item[f"{ANSWERS_KEY}/{key}"].written for key in ("规则", "位置", "原文", "说明")
    )
    return Answer(number, rule, where, quoted, explanation, item[f"{ANSWERS_KEY}/日期"])


def _correction(item: Item) -> Correction:
    return Correction(
        item[f"{CORRECTIONS_KEY}/说明"].written,
        item[f"{CORRECTIONS_KEY}/日期"],
        item[f"{CORRECTIONS_KEY}/校验码"].written,
    )


_LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""A code of digits could be taken for somebody's telephone number."""


def status_of(root: Node) -> str:
    """The state that a record's nodes name, be they right or wrong otherwise; without one, 草稿."""
    audit = root.get(AUDIT_KEY, "") if isinstance(root, dict) else ""
    status = audit.get("状态", "") if isinstance(audit, dict) else ""
    return status if isinstance(status, str) and status else STATUSES[0]


def content_code(root: Mapping[str, Node]) -> str:
    """校验码: twelve letters that change with any character of what a record discloses.

    Of the parts that readers see as documents; reviews, answers, corrections, comments and the way
    the file is laid out are left out.
    """
    disclosed = {key: node for key, node in root.items() if key not in OPEN_KEYS}
    text = json.dumps(disclosed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:12].translate(_LETTERS)


def day(value: Value) -> date | None:
    """The day that a blank for a date says; None when it is empty or 不适用."""
    return value.meaning if isinstance(value.meaning, date) else None
