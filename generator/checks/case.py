"""What a rule looks at: a record, what it states by indicator, its texts, and the year before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from generator.checks.facts import (
    Fact,
    Phrases,
    Section,
    find_facts,
    read_phrases,
    sections,
)
from generator.checks.finding import Spot
from generator.checks.words import Hit, Words, read_words
from generator.forms.form import Prose
from generator.forms.prose import ProseLine, read_prose
from generator.forms.types import Blank, Money
from generator.forms.values import Meaning, State, Value
from generator.records.figures import TO_WAN
from generator.records.record import Part, Record
from generator.records.regions import Region, Unit
from generator.yaml import Where


@dataclass(frozen=True, slots=True)
class Library:
    """What rules know besides the record: ways of saying facts, and words (data/checks/)."""

    phrases: Phrases
    words: Words


def read_library(data: Path) -> Library:
    """Both lists. Raises DataError with what is wrong in the first that cannot be read."""
    folder = data / "checks"
    return Library(read_phrases(folder), read_words(folder))


class Figure(NamedTuple):  # as `Spot` is
    """What a record states of an indicator, in one place."""

    indicator: str
    state: State
    meaning: Meaning
    """Amounts in 万元, whatever they are written in; None when empty or 不适用."""
    spot: Spot
    part: Part
    blank: Blank | None = None
    """The blank of a form; None for a fact in a report's prose."""
    fact: Fact | None = None
    """The fact in a report's prose; None for a blank."""

    @property
    def number(self) -> Decimal | None:
        """The meaning, if it is a number."""
        return self.meaning if isinstance(self.meaning, Decimal) else None

    @property
    def day(self) -> date | None:
        """The meaning, if it is a date."""
        return self.meaning if isinstance(self.meaning, date) else None

    @property
    def text(self) -> str:
        """The meaning, if it is a text or an answer, else ""."""
        return self.meaning if isinstance(self.meaning, str) else ""


class Passage(NamedTuple):
    """A text of a record: what words, placeholders and privacy are looked for in."""

    part: Part
    where: Where
    text: str
    blank: Blank
    is_report: bool

    def spot(self, file_of: Record, start: int, end: int) -> Spot:
        """A stretch of the text as evidence."""
        return Spot(file_of.file, self.where, self.text[start:end], start)


@dataclass(frozen=True, slots=True)
class Report:
    """A report in prose, with the facts that phrases find in it."""

    part: Part
    where: Where
    text: str
    outline: tuple[str, ...]
    lines: tuple[ProseLine, ...]
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]

    def section(self, *words: str) -> Section | None:
        """The first section whose heading has one of the words in it."""
        found = (each for each in self.sections if any(word in each.words for word in words))
        return next(found, None)


@dataclass(frozen=True)
class Case:
    """One record, as rules ask about it."""

    record: Record
    region: Region
    library: Library
    today: date
    previous: "Case | None" = None
    """The same unit's record of the year before."""
    stated: dict[str, tuple[Figure, ...]] = field(default_factory=dict, compare=False)
    """indicator -> the numbers that `amounts.stated` found; many rules ask for the same."""

    @property
    def year(self) -> int:
        """The year that is disclosed."""
        return self.record.identity.year

    @property
    def unit(self) -> Unit:
        """The unit that discloses."""
        return self.region.units[self.record.identity.unit]

    @cached_property
    def figures(self) -> Mapping[str, tuple[Figure, ...]]:
        """indicator -> every blank of a form that states it, filled or not, in order."""
        found: dict[str, list[Figure]] = {}
        for part in self.record.parts:
            for blank in part.form.indicators:
                same = found.setdefault(blank.indicator, [])
                same += [self._figure(part, blank, *each) for each in values_of(part, blank)]
        return {name: tuple(each) for name, each in found.items() if each}

    def table(self, indicator: str) -> tuple[Figure, ...]:
        """What the forms say of an indicator: every blank for it, filled or not."""
        return self.figures.get(indicator, ())

    def filled(self, indicator: str) -> tuple[Figure, ...]:
        """What the forms say of an indicator, where they say something."""
        return self._filled.get(indicator, ())

    @cached_property
    def _filled(self) -> Mapping[str, tuple[Figure, ...]]:
        return {
            name: tuple(each for each in figures if each.state is State.FILLED)
            for name, figures in self.figures.items()
        }

    def prose(self, indicator: str) -> tuple[Figure, ...]:
        """What reports say of an indicator, of the record's own year."""
        return self._said.get(indicator, ())

    @cached_property
    def _said(self) -> Mapping[str, tuple[Figure, ...]]:
        """indicator -> what reports say of it, of the record's own year, in order."""
        found: dict[str, list[Figure]] = {}
        for report in self.reports:
            for fact in report.facts:
                if fact.year not in (None, self.year):
                    continue
                meaning = fact.number if fact.number is not None else fact.written
                spot = Spot(self.record.file, report.where, fact.written, fact.start)
                figure = Figure(fact.indicator, State.FILLED, meaning, spot, report.part, fact=fact)
                found.setdefault(fact.indicator, []).append(figure)
        return {name: tuple(each) for name, each in found.items()}

    @cached_property
    def first_said(self) -> Mapping[Where, Mapping[str, Figure]]:
        """Report's place -> indicator -> the first number that it states of it, of its year."""
        found: dict[Where, dict[str, Figure]] = {report.where: {} for report in self.reports}
        for figures in self._said.values():
            for figure in figures:
                if figure.number is not None:
                    found[figure.spot.where].setdefault(figure.indicator, figure)
        return found

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """The reports in prose that are filled."""
        return tuple(self._reports())

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every filled text, long or of one line, rows that repeat included."""
        return tuple(self._passages())

    @cached_property
    def all_text(self) -> str:
        """Every filled text, one below the other: to see at once whether anything is there."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def hits(self) -> tuple[tuple[Passage, Hit], ...]:
        """Every word of the word lists, in the order of the texts."""
        return tuple(
            (passage, hit)
            for passage in self.passages
            for hit in self.library.words.find(passage.text)
        )

    @cached_property
    def questions(self) -> tuple[Figure, ...]:
        """Every question that is answered by ticks, with its blank's `expected` answer."""
        return tuple(
            self._figure(part, blank, where, value)
            for part in self.record.parts
            for blank in part.form.questions
            for where, value in values_of(part, blank)
        )

    def _figure(self, part: Part, blank: Blank, where: Where, value: Value) -> Figure:
        meaning = value.meaning
        if isinstance(meaning, Decimal) and isinstance(blank.type, Money):
            meaning = meaning * TO_WAN[blank.type.unit]
        spot = Spot(self.record.file, where, value.written)
        return Figure(blank.indicator, value.state, meaning, spot, part, blank)

    def _reports(self) -> Iterator[Report]:
        phrases = self.library.phrases.spoken_by(self._names())
        for part in self.record.parts:
            for block in part.form.blocks:
                if not isinstance(block, Prose):
                    continue
                value = part.values[block.slot.name]
                if value.state is State.FILLED:
                    text, lines = value.written, read_prose(value.written, block.outline)
                    parts = tuple(sections(lines))
                    yield Report(
                        part,
                        (part.key, *block.slot.name.split("/")),
                        text,
                        block.outline,
                        lines,
                        parts,
                        tuple(find_facts(text, parts, phrases)),
                    )

    def _names(self) -> Iterator[str]:
        """What the unit calls itself in its own texts."""
        for name in (self.unit.name, *self.unit.short_names, *self.unit.former_names):
            yield name
            yield name.removeprefix(self.region.name)

    def _passages(self) -> Iterator[Passage]:
        for part in self.record.parts:
            reports = {block.slot.name for block in part.form.blocks if isinstance(block, Prose)}
            for blank in part.form.texts:
                for where, value in values_of(part, blank):
                    if value.state is State.FILLED:
                        yield Passage(part, where, value.written, blank, blank.name in reports)


def values_of(part: Part, blank: Blank) -> list[tuple[Where, Value]]:
    """A blank's value with its place, or those of all rows of its list."""
    name = blank.name
    keys = name.split("/")
    if name in part.values:
        return [((part.key, *keys), part.values[name])]
    return [
        ((part.key, keys[0], number, *keys[1:]), item[name])
        for number, item in enumerate(part.rows.get(keys[0], ()))
    ]
