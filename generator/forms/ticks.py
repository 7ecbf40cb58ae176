"""Reading tick boxes as people draw them: 是☑ 否□, √是 □否, 是（√）否（ ）, or the word alone."""

import re
import unicodedata
from dataclasses import dataclass

from generator.forms.values import NOT_APPLICABLE_WORD

# R, £ and the like are Wingdings 2 pasted as plain text.
_TICKED = "☑☒√✓✔✅■●▣◼☆★Rþü"
_UNTICKED = "□☐○〇◻▢口£¨×✗✘Xx"
_AROUND = re.compile(r"[\s()\[\]【】〔〕,、;:；：，。.]")


@dataclass(frozen=True, slots=True)
class Ticks:
    """What is ticked."""

    options: tuple[str, ...]
    """In the form's order."""
    is_not_applicable: bool = False


def read_ticks(written: str, options: tuple[str, ...]) -> Ticks | None:
    """What is ticked in a text; None when there is more in it than options and boxes.

    Without any box the options that are written are those that were chosen, unless all are.
    """
    tokens = _tokens(written, options)
    if tokens is None:
        return None
    words = [kind for kind, _ in tokens if kind != "box"]
    boxes = [ticked for kind, ticked in tokens if kind == "box"]
    not_applicable = NOT_APPLICABLE_WORD in words and NOT_APPLICABLE_WORD not in options
    named = [word for word in words if word in options]
    if len(set(named)) != len(named):
        return None
    if not boxes:
        chosen = set(named) if len(named) < len(options) else set()
    else:
        if sum(boxes) + boxes.count(False) > len(words):
            return None
        chosen = set()
        before = tokens[0][0] == "box"
        for place, (kind, ticked) in enumerate(tokens):
            if kind != "box":
                continue
            beside = place + 1 if before else place - 1
            if not 0 <= beside < len(tokens) or tokens[beside][0] == "box":
                return None
            if ticked:
                chosen.add(tokens[beside][0])
    if NOT_APPLICABLE_WORD in chosen:
        not_applicable = True
    return Ticks(tuple(option for option in options if option in chosen), not_applicable)


def _tokens(written: str, options: tuple[str, ...]) -> list[tuple[str, bool]] | None:
    """The options and boxes in order: (option, False) or ("box", ticked)."""
    text = _AROUND.sub("", _folded(written))
    names = {_AROUND.sub("", _folded(name)): name for name in (*options, NOT_APPLICABLE_WORD)}
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)) + f"|[{_TICKED}]|[{_UNTICKED}]")
    tokens: list[tuple[str, bool]] = []
    end = 0
    for found in pattern.finditer(text):
        if found.start() != end:
            return None
        end = found.end()
        token = found[0]
        tokens.append((names[token], False) if token in names else ("box", token in _TICKED))
    return tokens if end == len(text) else None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("其它", "其他")
