"""Choices by a seeded random source: the same seed, the same choices.

`random.Random` has these too; its own cost a good part of a record's time.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def draw(random: Random, least: int, most: int) -> int:
    """A whole number from least to most."""
    return least + int(random.random() * (most - least + 1))


def pick(random: Random, options: Sequence[T]) -> T:
    """One of the options."""
    return options[int(random.random() * len(options))]


def some(random: Random, options: Sequence[T], count: int) -> list[T]:
    """As many different ones, in any order."""
    pool = list(options)
    for place in range(count):
        other = place + int(random.random() * (len(pool) - place))
        pool[place], pool[other] = pool[other], pool[place]
    return pool[:count]
