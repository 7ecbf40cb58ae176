"""Reading tick boxes as people draw them: 是☑ 否□, √是 □否, 是（√）否（ ）, or the word alone."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from generator.forms.values import NOT_APPLICABLE_WORD

# R, £ and the like are Wingdings 2 pasted as plain text.
_PEN = "√✓✔✅🗸VvRrþü"
_TICKED = f"☑☒■●▣◼☆★⊠🗹{_PEN}"
_UNTICKED = "□☐○〇◻▢口£¨×✗✘Xx"
_BOX = "□☐☑☒■▢口"
_EMPTY_BRACKETS = re.compile(r"[(\[【〔]\s*[)\]】〕]")
_MARK_IN_BRACKETS = re.compile(rf"[(\[【〔]\s*([{_TICKED}{_UNTICKED}])\s*[)\]】〕]")
_TICKED_BOX = re.compile(rf"[{_BOX}][{_PEN}]")
_SIGNS = re.compile(r"[()\[\]【】〔〕,、;:：；，。._/|]")
_LISTED = re.compile(r"[、,;/]")


@dataclass(frozen=True, slots=True)
class Ticks:
    """What is ticked."""

    options: tuple[str, ...]
    """In the form's order."""
    is_not_applicable: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    """An option, or a box; None for an option, else whether it is ticked."""

    word: str
    ticked: bool | None
    is_after_space: bool
    is_before_space: bool

    @property
    def is_box(self) -> bool:
        return self.ticked is not None


def read_ticks(written: str, options: tuple[str, ...]) -> Ticks | None:
    """What is ticked in a text; None when that is not certain, or more stands in it.

    Without any box the options that are written are those that were chosen, unless it is the form's
    own row of options.
    """
    tokens = _tokens(written, options)
    if tokens is None:
        return None
    is_not_applicable = False
    if NOT_APPLICABLE_WORD not in options:
        plain = [token for token in tokens if token.word != NOT_APPLICABLE_WORD]
        is_not_applicable = len(plain) < len(tokens)
        tokens = plain
    words = [token.word for token in tokens if not token.is_box]
    boxes = [token for token in tokens if token.is_box]
    if len(set(words)) != len(words) or len(boxes) > len(words):
        return None
    if not boxes:
        all_drawn = len(words) == len(options) and not _LISTED.search(_normal(written))
        chosen = set() if all_drawn else set(words)
    elif len(boxes) == len(words):
        pairs = _beside(tokens)
        if pairs is None:
            return None
        chosen = {word for word, ticked in pairs if ticked}
    else:
        nearest = [_nearest(tokens, number) for number, each in enumerate(tokens) if each.ticked]
        if None in nearest:
            return None
        chosen = {word for word in nearest if word}
    return Ticks(tuple(option for option in options if option in chosen), is_not_applicable)


def _beside(tokens: Sequence[_Token]) -> list[tuple[str, bool]] | None:
    """(option, ticked) where every option has its box, all before or all behind it."""
    step = 1 if tokens[0].is_box else -1
    pairs = []
    for number, token in enumerate(tokens):
        if token.ticked is None:
            continue
        beside = number + step
        if not 0 <= beside < len(tokens) or tokens[beside].is_box:
            return None
        pairs.append((tokens[beside].word, token.ticked))
    return pairs


def _nearest(tokens: Sequence[_Token], number: int) -> str | None:
    """The option that a single tick belongs to: the one it touches. None when both or neither."""
    before = tokens[number - 1] if number else None
    after = tokens[number + 1] if number + 1 < len(tokens) else None
    before = None if before is None or before.is_box else before
    after = None if after is None or after.is_box else after
    if before is None or after is None:
        only = before or after
        return only.word if only else None
    token = tokens[number]
    if token.is_after_space == token.is_before_space:
        return None
    return (after if token.is_after_space else before).word


def _tokens(written: str, options: tuple[str, ...]) -> list[_Token] | None:
    """The options and boxes in order; None when anything else stands between them."""
    text = _normal(written).replace("_", "")
    text = _MARK_IN_BRACKETS.sub(r"\1", _EMPTY_BRACKETS.sub("□", text))
    text = _TICKED_BOX.sub("☑", text)
    text = _SIGNS.sub(" ", text)
    names = {re.sub(r"\s", "", _SIGNS.sub("", _normal(name))): name for name in options}
    names.setdefault(NOT_APPLICABLE_WORD, NOT_APPLICABLE_WORD)
    longest_first = sorted(names, key=len, reverse=True)
    words = "|".join(r"\s*".join(map(re.escape, name)) for name in longest_first)
    pattern = re.compile(rf"({words})|([{_TICKED}{_UNTICKED}])")
    tokens: list[_Token] = []
    end = 0
    for found in pattern.finditer(text):
        if text[end : found.start()].strip():
            return None
        after = text[found.end() : found.end() + 1]
        before = text[found.start() - 1 : found.start()] if found.start() else ""
        word = names[re.sub(r"\s", "", found[1])] if found[1] else ""
        ticked = None if found[1] else found[2] in _TICKED
        is_after_space = not before or before.isspace()
        tokens.append(_Token(word, ticked, is_after_space, not after or after.isspace()))
        end = found.end()
    return None if text[end:].strip() else tokens


def _normal(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).replace("\ufe0f", "").replace("\ufe0e", "")
    return folded.replace("其它", "其他")
