"""What the ways of telling findings have in common."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from unicodedata import category

from generator.checks.finding import Evidence, Finding, in_order
from generator.errors import SEVERITIES

ANSWERED = "已说明"
LONGEST = 60
"""Characters of a record's own text that are quoted on one line."""


def one_line(text: str) -> str:
    """Text that takes one line and does nothing to a terminal.

    Line breaks and tabs become blanks; other control characters, and those that turn the direction
    of writing, are spelled out (\\x1b). Rare characters that Python does not know yet stay.
    """
    if text.isprintable():  # nearly always
        return text
    return "".join(_SHOWN.get(each) or _spelled(each) for each in text)


_SHOWN = dict.fromkeys("\n\t\r\x85\u2028\u2029", " ")


def _spelled(character: str) -> str:
    is_hidden = category(character) in ("Cc", "Cf", "Cs")
    return ascii(character)[1:-1] if is_hidden else character


def shortened(text: str, longest: int = LONGEST) -> str:
    """A quotation on one line, cut with … where it is long."""
    line = one_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def position(evidence: Evidence) -> str:
    """file:line:column, which editors of text jump to."""
    return one_line(f"{evidence.path.as_posix()}:{evidence.line}:{evidence.column}")


def see_also(evidence: Evidence) -> str:
    """What a finding disagrees with: 另见 file:line:column “1.36”（附件3/公务接待费）."""
    quoted = f" “{shortened(evidence.quoted)}”" if evidence.quoted else ""
    label = f"（{one_line(evidence.label)}）" if evidence.label else ""
    return f"另见 {position(evidence)}{quoted}{label}"


def by_file(findings: Iterable[Finding]) -> Iterator[tuple[Path, tuple[Finding, ...]]]:
    """The findings of each file, in order."""
    for path, group in groupby(in_order(findings), lambda finding: finding.place.path):
        yield path, tuple(group)


def kinds(findings: Iterable[Finding]) -> dict[str, int]:
    """How many of each severity wait for somebody, and how many are answered; zeros are there."""
    counted = Counter(ANSWERED if each.answer else each.severity for each in findings)
    return {kind: counted[kind] for kind in (*SEVERITIES, ANSWERED)}


def counts_in_words(findings: Sequence[Finding]) -> str:
    """2 处错误、3 处警告、4 处已说明; "" for no findings."""
    return "、".join(f"{count} 处{kind}" for kind, count in kinds(findings).items() if count)
