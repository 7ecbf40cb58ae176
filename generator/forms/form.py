"""A form: its drawing, block by block, and the blanks in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from generator.forms.grid import Grid
from generator.forms.phrase import Phrase, Slot
from generator.forms.rules import FormRule
from generator.forms.types import Blank, LongText, Money, Text

LineKind = Literal["标题", "副题", "行", "落款"]
Use = Literal["元数据", "附件", "审签"]
"""Where in a record a form is used."""

Tree = dict[str, "Blank | Rows | Tree"]
"""The blanks as a record nests them: 收入/合计 is at ["收入"]["合计"]."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list in a record, of which every item fills one row of a table."""

    name: str
    blanks: Mapping[str, Blank]
    """key in an item -> blank; the blank's name begins with the list's."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of its own: the title, a centred line below it, a plain line, or a signature."""

    kind: LineKind
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Table:
    """A drawn table."""

    grid: Grid


@dataclass(frozen=True, slots=True)
class Prose:
    """A long text with headings, such as a report."""

    slot: Slot
    outline: tuple[str, ...]
    """Headings that a complete text has, without their numbers."""


Block = Line | Table | Prose


@dataclass(frozen=True)
class Form:
    """One drawing, as `data/forms/<name>.yaml` has it."""

    name: str
    """The file's stem; what a record calls it by (表式)."""
    title: str
    """The document's full name (名称)."""
    blocks: tuple[Block, ...]
    blanks: Mapping[str, Blank]
    """name -> blank, in the order of 填空."""
    use: Use = "附件"
    rules: tuple[FormRule, ...] = ()

    # What checks ask of every record, found once a form.

    @cached_property
    def indicators(self) -> tuple[Blank, ...]:
        """The blanks that state an indicator."""
        return tuple(blank for blank in self.blanks.values() if blank.indicator)

    @cached_property
    def amounts(self) -> tuple[tuple[Blank, Money], ...]:
        """The blanks for amounts of money."""
        blanks = self.blanks.values()
        return tuple((blank, blank.type) for blank in blanks if isinstance(blank.type, Money))

    @cached_property
    def texts(self) -> tuple[Blank, ...]:
        """The blanks for texts, long or of one line."""
        blanks = self.blanks.values()
        return tuple(blank for blank in blanks if isinstance(blank.type, Text | LongText))

    @cached_property
    def questions(self) -> tuple[Blank, ...]:
        """The blanks that are answered by ticks and have an answer that needs no explanation."""
        return tuple(blank for blank in self.blanks.values() if blank.expected)

    @cached_property
    def lists(self) -> frozenset[str]:
        """The names of the lists whose items are rows."""
        return frozenset(
            repeat.name
            for block in self.blocks
            if isinstance(block, Table)
            for repeat in block.grid.repeats.values()
        )

    @cached_property
    def joined_in_rows(self) -> frozenset[str]:
        """The blanks whose cells are joined over rows of the same content."""
        return frozenset(
            name
            for block in self.blocks
            if isinstance(block, Table)
            for repeat in block.grid.repeats.values()
            for name in repeat.joined
        )

    def is_in_rows(self, name: str) -> bool:
        """Whether a blank stands in a row that repeats."""
        return name.partition("/")[0] in self.lists

    @cached_property
    def tree(self) -> Tree:
        """The blanks that a record writes, nested as it nests them."""
        tree: Tree = {}
        for name, blank in self.blanks.items():
            if self.is_in_rows(name):
                group, _, key = name.partition("/")
                rows = tree.setdefault(group, Rows(group, {}))
                assert isinstance(rows, Rows)  # noqa: S101 - nothing else begins with a list's name
                tree[group] = Rows(group, {**rows.blanks, key: blank})
                continue
            *groups, last = name.split("/")
            branch = tree
            for group in groups:
                inner = branch.setdefault(group, {})
                assert isinstance(inner, dict)  # noqa: S101 - the form file was checked for it
                branch = inner
            branch[last] = blank
        return tree

    @cached_property
    def heading(self) -> Phrase | None:
        """The line that is drawn as the document's title (标题), where there is one."""
        for block in self.blocks:
            if isinstance(block, Line) and block.kind == "标题":
                return block.phrase
        return None

    @property
    def slots(self) -> Iterator[Slot]:
        """Every place of a blank, in the order of the drawing."""
        for block in self.blocks:
            if isinstance(block, Line):
                yield from block.phrase.slots
            elif isinstance(block, Prose):
                yield block.slot
            else:
                for cell in block.grid.cells:
                    for line in cell.lines:
                        yield from line.slots
