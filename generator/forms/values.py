"""What stands in a blank: filled, empty or 不适用, and always the text that was typed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

Meaning = Decimal | date | str | tuple[str, ...] | None
"""A number as Decimal, a date, a text, the options ticked; None when empty or 不适用."""


class State(Enum):
    """Three different things, all the way to the page. A 0 is a filled blank."""

    FILLED = "filled"
    EMPTY = "empty"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Value:
    """One blank's content. The written form is what pages show; the meaning is what checks use."""

    state: State
    written: str
    meaning: Meaning


NOT_APPLICABLE_WORD = "不适用"

EMPTY = Value(State.EMPTY, "", None)
NOT_APPLICABLE = Value(State.NOT_APPLICABLE, NOT_APPLICABLE_WORD, None)
