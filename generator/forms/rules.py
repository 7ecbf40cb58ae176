"""The rules of a form (规则): what must hold between its blanks, as its file says it.

A rule says either that an expression is true (应), or that a figure (数) compares with another
(应等于, 应不大于, 应不小于). 若 limits it; 逐行 asks it of every row of a list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from generator.errors import SEVERITIES, Problem, Severity
from generator.forms.expression import Expression
from generator.forms.phrase import parse_phrase, slot_offsets
from generator.forms.types import Blank, Mistake
from generator.yaml import Node, Where, YamlFile

Relation = Literal["应等于", "应不大于", "应不小于"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)

_TEXTS = ("编号", "名称", "等级", "原因", "依据", "改法")
_NEEDED = (*_TEXTS, "例", "反例")
_KEYS = (*_NEEDED, "逐行", "若", "应", "数", *RELATIONS)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures of which one is measured by the other."""

    figure: Expression
    relation: Relation
    other: Expression


@dataclass(frozen=True, slots=True)
class FormRule:
    """One rule of a form."""

    id: str
    name: str
    """What must hold, in a short sentence."""
    severity: Severity
    reason: str
    basis: str
    """The regulation or notice that asks for it."""
    advice: str
    """What to do when it does not hold."""
    when: Expression | None
    must: Expression | Comparison
    each: str
    """The list whose every row is asked; "" for the form as a whole."""
    example: Mapping[str, Node]
    """Keys of a part that break it."""
    counter_example: Mapping[str, Node]
    """Keys of a part that do not."""


def read_rules(
    file: YamlFile, node: Node, blanks: Mapping[str, Blank], lists: Iterable[str]
) -> tuple[tuple[FormRule, ...], list[Problem]]:
    """The entries of 规则, and what is wrong with them."""
    if node == "":
        return (), []
    if not isinstance(node, list):
        return (), [file.needs_keys(("规则",), "“规则”应是一个列表，每条以“- ”开头")]
    reader = _Reader(file, blanks, frozenset(lists))
    rules = [reader.rule(entry, ("规则", number)) for number, entry in enumerate(node)]
    return tuple(rule for rule in rules if rule), reader.problems


class _Reader:
    """Reads the rules of one file and gathers what is wrong with them."""

    def __init__(self, file: YamlFile, blanks: Mapping[str, Blank], lists: frozenset[str]) -> None:
        self.file = file
        self.blanks = blanks
        self.lists = lists
        self.problems: list[Problem] = []

    def rule(self, node: Node, where: Where) -> FormRule | None:
        before = len(self.problems)
        if not isinstance(node, dict):
            self._wrong(where, f"每条规则要写：{'、'.join(_NEEDED)}，以及“应”或“数”")
            return None
        self.problems += self.file.unknown_keys(where, node, _KEYS)
        texts = {key: self._text(node, key, where) for key in _TEXTS}
        if texts["等级"] and texts["等级"] not in SEVERITIES:
            self._wrong((*where, "等级"), f"“等级”只能是{'、'.join(SEVERITIES)}")
        each = self._text(node, "逐行", where) if "逐行" in node else ""
        if each and each not in self.lists:
            self._wrong((*where, "逐行"), f"“{each}”不是这张表里逐行填写的列表")
        when = self._expression(node, "若", where) if "若" in node else None
        must = self._must(node, where)
        example, counter = (self._example(node, key, where) for key in ("例", "反例"))
        for key in ("例", "反例"):
            if key not in node:
                self._wrong(where, f"缺少“{key}”")
        if len(self.problems) > before or must is None:
            return None
        return FormRule(
            texts["编号"],
            texts["名称"],
            cast(Severity, texts["等级"]),
            texts["原因"],
            texts["依据"],
            texts["改法"],
            when,
            must,
            each,
            example,
            counter,
        )

    def _must(self, node: dict[str, Node], where: Where) -> Expression | Comparison | None:
        relations = [each for each in RELATIONS if each in node]
        if "应" in node and "数" not in node and not relations:
            return self._expression(node, "应", where)
        if "应" in node or "数" not in node or len(relations) != 1:
            said = "、".join(RELATIONS)
            self._wrong(where, f"规则要么写“应”，要么写“数”和一个比较（{said}）")
            return None
        figure = self._expression(node, "数", where)
        other = self._expression(node, relations[0], where)
        return Comparison(figure, relations[0], other) if figure and other else None

    def _expression(self, node: dict[str, Node], key: str, where: Where) -> Expression | None:
        text = self._text(node, key, where)
        if not text:
            return None
        expression = Expression(text)
        try:
            slots = parse_phrase(text).slots
            for slot, offset in zip(slots, slot_offsets(text), strict=True):
                if slot.name not in self.blanks:
                    raise Mistake(f"“填空”里没有“{slot.name}”", offset)
            expression.check()
        except Mistake as mistake:
            self._wrong((*where, key), mistake.message, mistake.offset)
            return None
        return expression

    def _example(self, node: dict[str, Node], key: str, where: Where) -> Mapping[str, Node]:
        example = node.get(key)
        if isinstance(example, dict):
            return example
        if example is not None:
            self._wrong((*where, key), f"“{key}”应是几项“填空: 内容”，与记录里的写法一样")
        return {}

    def _text(self, node: dict[str, Node], key: str, where: Where) -> str:
        text = node.get(key)
        if isinstance(text, str) and text.strip():
            return text
        if key in node:
            self._wrong((*where, key), "这里应是一段文字")
        else:
            self._wrong(where, f"缺少“{key}”")
        return ""

    def _wrong(self, where: Where, message: str, offset: int | None = None) -> None:
        self.problems.append(self.file.problem(where, message, offset))
