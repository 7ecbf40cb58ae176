"""A phrase: words with blanks in them, such as `追加金额 {预算执行/追加金额} 万元`."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.forms.types import Mistake


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a blank in a phrase."""

    name: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line of a drawing."""

    pieces: tuple[str | Slot, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The blanks' places, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Slot))

    def show(self, text_of: Callable[[str], str]) -> str:
        """The phrase with each blank replaced by the text of its name."""
        if len(self.pieces) == 1:  # nearly every cell of a table
            (piece,) = self.pieces
            return text_of(piece.name) if isinstance(piece, Slot) else piece
        return "".join(
            text_of(piece.name) if isinstance(piece, Slot) else piece for piece in self.pieces
        )


_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}|[{}]")


def parse_phrase(text: str) -> Phrase:
    """Read a drawn line; `{{` and `}}` stand for braces. Raises Mistake with its offset."""
    pieces: list[str | Slot] = []
    words = ""
    end = 0
    for found in _TOKEN.finditer(text):
        words += text[end : found.start()]
        end = found.end()
        token, name = found[0], found[1]
        if token in ("{{", "}}"):
            words += token[0]
            continue
        if name is None:
            raise Mistake(
                f"花括号“{token}”没有配对；如果是文字本身，请写成“{token * 2}”", found.start()
            )
        parts = name.split("/")
        if name != name.strip() or not all(part and part == part.strip() for part in parts):
            raise Mistake(f"填空的名称“{name}”不完整或有多余的空格", found.start())
        if words:
            pieces.append(words)
            words = ""
        pieces.append(Slot(name))
    words += text[end:]
    if words:
        pieces.append(words)
    return Phrase(tuple(pieces))


def slot_offsets(text: str) -> list[int]:
    """Where the blanks of a drawn line begin, in order."""
    return [found.start() for found in _TOKEN.finditer(text) if found[1] is not None]
