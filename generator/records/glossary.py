"""名词解释: `data/glossary.yaml`, words of the field in plain words. It need not be there.

“三公”经费:
  写法: [“三公”经费, 三公经费]    # how pages write it; without it, the term itself
  解释: …
  依据: …
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.errors import DataError, Problem
from generator.yaml import Node, Where, YamlFile

GLOSSARY = "glossary.yaml"
"""Its name in the folder of data."""
LONGEST_TERM = 30
LONGEST_TEXT = 500
"""Characters of an explanation: more is not read where one only wants to know a word."""

_KEYS = ("写法", "解释", "依据")
_WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Term:
    """A word with its explanation."""

    name: str
    spellings: tuple[str, ...]
    """As it is looked for on pages; none where it is not."""
    explanation: str
    """One or more lines, each a paragraph."""
    basis: str = ""
    """依据: rule or document that says so."""

    @property
    def anchor(self) -> str:
        """What stands for it in addresses: its letters and digits."""
        return "名词-" + re.sub(r"\W+", "", self.name)


Glossary = tuple[Term, ...]
"""In the order of the file."""


def read_glossary(path: Path) -> Glossary:
    """The terms of a file; none when there is no file. Raises DataError with all its mistakes."""
    if not path.exists():
        return ()
    file = YamlFile.read(path)
    if not isinstance(file.root, dict):
        message = "名词解释应由“名词:”和下面的“解释: …”组成，一个名词一段"
        raise DataError([file.needs_keys((), message)])
    problems: list[Problem] = []
    terms = [_term(file, name, node, problems) for name, node in file.root.items()]
    problems += _repeated(file, terms)
    if problems:
        raise DataError(problems)
    return tuple(terms)


def _term(file: YamlFile, name: str, node: Node, problems: list[Problem]) -> Term:
    where: Where = (name,)
    if not _WORD.search(name) or "\n" in name or len(name) > LONGEST_TERM:
        message = f"名词应是一行有字的文字，不超过 {LONGEST_TERM} 字"
        problems.append(file.problem(where, message))
    if not isinstance(node, dict):
        problems.append(file.needs_keys(where, "名词下面要另起一行、缩进后写“解释: …”"))
        return Term(name, (), "")
    problems += file.unknown_keys(where, node, _KEYS)
    explanation = _text(file, node, (*where, "解释"), problems)
    if not explanation:
        problems.append(file.problem((*where, "解释"), "“解释”必须填写"))
    elif len(explanation) > LONGEST_TEXT:
        message = f"解释有 {len(explanation)} 字，请写短些，不超过 {LONGEST_TEXT} 字"
        problems.append(file.problem((*where, "解释"), message))
    basis = _text(file, node, (*where, "依据"), problems)
    return Term(name, _spellings(file, name, node, problems), explanation, basis)


def _text(file: YamlFile, node: Mapping[str, Node], where: Where, problems: list[Problem]) -> str:
    text = node.get(str(where[-1]), "")
    if isinstance(text, str):
        return text.strip()
    problems.append(file.problem(where, f"“{where[-1]}”应是一段文字"))
    return "？"  # told already


def _spellings(
    file: YamlFile, name: str, node: Mapping[str, Node], problems: list[Problem]
) -> tuple[str, ...]:
    written = node.get("写法", "")
    if written == "":
        return (name,)
    where: Where = (name, "写法")
    if not isinstance(written, list):
        problems.append(file.problem(where, "“写法”应是一列，如 [三公经费, “三公”经费]"))
        return ()
    spellings: list[str] = []
    for number, each in enumerate(written):
        place: Where = (*where, number)
        if not isinstance(each, str) or "\n" in each or each != each.strip():
            problems.append(file.problem(place, "每种写法是一行文字，前后没有空格"))
        elif len(each) < 2 or len(each) > LONGEST_TERM or not _WORD.search(each):
            message = f"写法应有 2 到 {LONGEST_TERM} 个字，不能只有数字和标点"
            problems.append(file.problem(place, message))
        else:
            spellings.append(each)
    return tuple(spellings)


def _repeated(file: YamlFile, terms: list[Term]) -> list[Problem]:
    """A problem for each spelling of two terms, or twice of one, and each anchor of two."""
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    anchors: dict[str, str] = {}
    for term in terms:
        for number, spelling in enumerate(term.spellings):
            if spelling in seen:
                where: Where = (term.name, "写法", number)
                message = f"“{spelling}”已经是“{seen[spelling]}”的写法，一种写法只能写一次"
                problems.append(file.problem(where, message))
            seen.setdefault(spelling, term.name)
        if term.anchor in anchors:
            message = f"与“{anchors[term.anchor]}”只差标点，请合成一条，用“写法”列出各种写法"
            problems.append(file.problem((term.name,), message))
        anchors.setdefault(term.anchor, term.name)
    return problems
