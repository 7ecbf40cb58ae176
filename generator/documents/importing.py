"""From documents to a record: read, recognise the forms, read the values, write the YAML.

Nothing is lost: every text of the documents is a label, a value, or under 未识别 in the record.
Nothing is guessed silently: where a person has to look is said, with the place in the document.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from generator.documents.marks import original
from generator.documents.masking import Masked, mask_names, mask_numbers
from generator.documents.match.align import Placement
from generator.documents.match.choose import choose_forms, label_above
from generator.documents.match.read import Filled, Reading, read_placement
from generator.documents.match.source import SourceRow, SourceText, source_rows
from generator.documents.model import Block
from generator.documents.money_units import other_units
from generator.documents.parts import FoundForm, joined, loose_values, part_keys
from generator.forms.form import Form, Rows, Tree
from generator.forms.schema import FORM_KEY, METADATA_KEY, REVIEW_KEY, UNPLACED_KEY
from generator.forms.ticks import read_ticks
from generator.forms.types import Blank, Choice, Choices, Mistake, PersonName, Text, Year
from generator.forms.values import NOT_APPLICABLE_WORD
from generator.yaml import Node, to_yaml

_GAP = re.compile(r"\S[ \t\u00a0\u3000]{3,}\S")
"""So much space on a line sets one thing apart from another."""
HEADING = "# yaml-language-server: $schema=../../../record.schema.json\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the document says of one blank, or a doubt about a place in it."""

    name: str
    """附件3/编制人数; empty for what belongs to no blank."""
    text: str
    file: str
    place: str


@dataclass(frozen=True, slots=True)
class Part:
    """A form found in the documents, with its key in the record."""

    key: str
    form: Form
    score: float
    """How much of the form was found: 0 to 1."""
    file: str
    nodes: Node


@dataclass
class Import:
    """What documents became."""

    parts: list[Part] = field(default_factory=list)
    filled: list[Entry] = field(default_factory=list)
    """Every blank that is filled, and how."""
    missing: list[str] = field(default_factory=list)
    """The blanks that the documents do not have."""
    doubts: list[Entry] = field(default_factory=list)
    """What was read but should be looked at."""
    unplaced: list[Entry] = field(default_factory=list)
    """The texts that belong to no blank, in order."""
    masked: list[Entry] = field(default_factory=list)
    """Personal data that was masked."""
    undecided: list[Entry] = field(default_factory=list)
    """Places where it must be said which form it is."""
    remarks: int = 0
    """How many remarks of our own the documents have, which are not the unit's."""
    years: set[int] = field(default_factory=set)
    """The years that the documents are of, by their own words."""
    texts: list[SourceText] = field(default_factory=list)
    """Every text of the documents, in order, with what was understood of it."""

    def take(self, told: "Import", key: str) -> None:
        """Take over what is told of a part, under its key."""

        def under(entry: Entry) -> Entry:
            return replace(entry, name=f"{key}/{entry.name}" if entry.name else key)

        self.filled += map(under, told.filled)
        self.doubts += map(under, told.doubts)
        self.masked += map(under, told.masked)
        self.missing += (f"{key}/{name}" for name in told.missing)
        self.years |= told.years

    def record(self) -> dict[str, Node]:
        """The record's nodes, in the order of a record."""
        order = {METADATA_KEY: 0, REVIEW_KEY: 2}
        parts = sorted(self.parts, key=lambda part: order.get(part.key, 1))
        record: dict[str, Node] = {part.key: part.nodes for part in parts}
        if self.unplaced:
            record[UNPLACED_KEY] = unplaced_nodes(self.unplaced)
        return record


def unplaced_nodes(entries: Iterable[Entry]) -> list[Node]:
    """Texts that belong to no blank as a record has them."""
    return [
        {"位置": f"{entry.file} {entry.place}".strip(), "原文": entry.text} for entry in entries
    ]


def record_text(record: Mapping[str, Node]) -> str:
    """The text of a record's file, its parts set apart."""
    return HEADING + "".join(f"\n{to_yaml({key: node})}" for key, node in record.items())


def blank_part(form: Form) -> Node:
    """A part of a record to be filled: every blank of the form, with nothing in it."""
    reading = Reading(form, 1.0)
    for name in form.lists:
        reading.rows[name] = [{}]
    return _Writer(reading).nodes


def import_documents(
    documents: Sequence[tuple[str, Sequence[Block]]],
    forms: Iterable[Form],
    *,
    is_named: bool = False,
    record: Mapping[str, Node] | None = None,
) -> Import:
    """Read documents, each a file's name and its blocks, as one record.

    is_named: a person said that the documents hold these forms, so a poor match is taken, too.
    record: the record that is there, whose attachments keep their numbers.
    """
    result = Import()
    candidates = sorted(forms, key=lambda form: form.name)
    readings: list[_Read] = []
    names: list[Masked] = []
    for file, blocks in documents:
        own = original(blocks)
        result.remarks += own.remarks
        for mark, place in own.loose:
            said = f"“{mark}”像是导出时加的标记，不是原件的内容；文件里没有它的说明，请核对后删去"
            result.doubts.append(Entry("", said, file, place))
        rows = source_rows(own.blocks, file)
        result.texts += (cell.text for row in rows for cell in row.cells if cell.is_first)
        result.masked += map(_masked, mask_numbers(rows))
        names += mask_names(rows)
        choice = choose_forms(rows, candidates, is_named=is_named)
        result.undecided += (_undecided(each, rows, file) for each in choice.doubtful)
        readings += _read_all(choice.placements, rows, file)
        result.unplaced += _left_over(rows, file)
    written = [_Writer(each.reading) for each in readings]
    found = [
        FoundForm(each.file, each.number, each.reading.form, writer.nodes)
        for each, writer in zip(readings, written, strict=True)
    ]
    keys = part_keys(found, record or {})
    for each, writer, key in zip(readings, written, keys, strict=True):
        if key is None:
            continue
        result.take(writer.told, key.key)
        result.years |= each.reading.years
        form = each.reading.form
        result.parts.append(Part(key.key, form, each.reading.score, each.file, writer.nodes))
        if key.doubt:
            result.doubts.append(Entry(key.key, key.doubt, each.file, each.start.place))
        for text, doubt in other_units(each.texts, form):
            result.doubts.append(Entry(key.key, doubt, text.file, text.place))
    _join_same(result)
    there = {entry.name for entry in result.filled}  # what one file lacks another may have
    result.missing = [name for name in dict.fromkeys(result.missing) if name not in there]
    filled = {(each.file, each.place, each.text): each.name for each in result.filled}
    for name in names:
        blank = filled.get((name.text.file, name.text.place, name.masked), "")
        result.masked.append(replace(_masked(name), name=blank))
    return result


@dataclass(frozen=True, slots=True)
class _Read:
    """A form as it was read in a document."""

    file: str
    number: int | None
    """Of its label."""
    reading: Reading
    start: SourceText
    texts: Sequence[SourceText]
    """Of the rows that are the form's, those above it that are nobody else's too."""


def _masked(masked: Masked) -> Entry:
    said = f"{masked.kind}已改为 {masked.masked}"
    return Entry("", said, masked.text.file, masked.text.place)


def _join_same(result: Import) -> None:
    """A part that several files have, such as 元数据, is joined; what differs is not lost."""
    parts: dict[str, Part] = {}
    for part in result.parts:
        first = parts.get(part.key)
        if first is None:
            parts[part.key] = part
            continue
        lost: list[str] = []
        if part.form is first.form:
            nodes = joined(first.nodes, part.nodes, part.key, lost)
            parts[part.key] = replace(first, nodes=nodes)
        else:
            lost += loose_values(part.nodes, part.key)
            message = (
                f"{first.file} 里是{first.form.name}，这里是{part.form.name}，不能合在一起，"
                "内容放在“未识别”里"
            )
            result.doubts.append(Entry(part.key, message, part.file, ""))
        result.unplaced += (Entry("", text, part.file, "") for text in lost)
    result.parts = list(parts.values())


def _read_all(placements: Sequence[Placement], rows: Sequence[SourceRow], file: str) -> list[_Read]:
    """Every form of a document, with the number of its label."""
    labels = [label_above(rows, placement.start) for placement in placements]
    starts = [
        label[0] if label else placement.start
        for label, placement in zip(labels, placements, strict=True)
    ]
    readings = []
    for number, (placement, label) in enumerate(zip(placements, labels, strict=True)):
        start = starts[number] if number else 0
        stop = starts[number + 1] if number + 1 < len(placements) else len(rows)
        reading = read_placement(placement, rows, stop)
        if label and reading.form.use == "附件":
            _take_whole(rows[label[0]])
        texts = [cell.text for row in rows[start:stop] for cell in row.cells if cell.is_first]
        first = rows[placement.start].first
        readings.append(_Read(file, label[1] if label else None, reading, first, texts))
    return readings


def _take_whole(row: SourceRow) -> None:
    """The row is words of a label."""
    for cell in row.cells:
        cell.text.mark_whole()


def _undecided(candidates: Sequence[Placement], rows: Sequence[SourceRow], file: str) -> Entry:
    names = "、".join(f"{each.form.name}（{each.score:.0%}）" for each in candidates)
    said = f"认不准是哪张表，请用 --form 指明：{names}"
    if len(candidates) == 1:
        name = candidates[0].form.name
        said = f"像是 {names}，但对不上的太多；如果确实是这张表，请加 --form {name} 再试"
    return Entry("", said, file, rows[candidates[0].start].first.place)


def _left_over(rows: Sequence[SourceRow], file: str) -> list[Entry]:
    """What no form took, in order; lines that follow each other stand together."""
    entries: list[Entry] = []
    texts: list[str] = []
    place = ""
    for row in rows:
        for cell in row.cells:
            rest = cell.text.left_over() if cell.is_first else []
            if not rest:
                if texts and cell.text.is_taken and cell.is_first:
                    entries.append(Entry("", "\n".join(texts), file, place))
                    texts = []
                continue
            place = place if texts else cell.text.place
            texts += rest
    if texts:
        entries.append(Entry("", "\n".join(texts), file, place))
    return entries


class _Writer:
    """Turns one reading into the nodes of a record, and tells how each blank was filled."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.told = Import()
        """What there is to tell; names are those of blanks, since the part has no key yet."""
        form = reading.form
        self.nodes: Node = {FORM_KEY: form.name, **self._branch(form.tree)}
        """The part's nodes: every blank of the form, the empty ones too."""

    def _branch(self, tree: Tree) -> dict[str, Node]:
        nodes: dict[str, Node] = {}
        for key, entry in tree.items():
            if isinstance(entry, Blank):
                filled = self.reading.values.get(entry.name)
                if isinstance(entry.type, Year):
                    self._year(entry.type, filled)
                else:
                    nodes[key] = self._blank(entry, filled, entry.name)
            elif isinstance(entry, Rows):
                items = self.reading.rows.get(entry.name, [])
                nodes[key] = [self._item(entry, item, n) for n, item in enumerate(items, 1)] or ""
                self._unwritten(entry, items)
            else:
                nodes[key] = self._branch(entry)
        return nodes

    def _item(self, rows: Rows, item: Mapping[str, Filled], number: int) -> Node:
        return {
            key: self._blank(blank, item.get(blank.name), f"{rows.name}第{number}行/{key}")
            for key, blank in rows.blanks.items()
        }

    def _unwritten(self, rows: Rows, items: Sequence[Mapping[str, Filled]]) -> None:
        """Doubt what is left empty below something that is joined where it is the same."""
        joined = self.reading.form.joined_in_rows
        for number, (above, item) in enumerate(pairwise(items), 2):
            for key, blank in rows.blanks.items():
                filled, before = item.get(blank.name), above.get(blank.name)
                if blank.name in joined and filled and not filled.text and before and before.text:
                    name = f"{rows.name}第{number}行/{key}"
                    self._doubt(filled, name, "这里是空的，如果与上一行相同，请写上")

    def _year(self, year: Year, filled: Filled | None) -> None:
        text = filled.text.strip() if filled else ""
        if text.isascii() and text.isdigit() and len(text) == 4:
            self.told.years.add(int(text) - year.offset)
        elif filled and text:
            self._doubt(filled, "", f"“{text}”不是年度")

    def _blank(self, blank: Blank, filled: Filled | None, name: str) -> Node:
        if filled is None:
            self.told.missing.append(name)
            return ""
        node = self._node(blank, filled, name)
        if node != "":
            said = "、".join(map(str, node)) if isinstance(node, list) else str(node)
            source = filled.source
            entry = Entry(name, said, source.file, source.place)
            self.told.filled.append(entry)
        if filled.doubt:
            self._doubt(filled, name, filled.doubt)
        if isinstance(blank.type, Text) and _GAP.search(filled.text):
            self._doubt(filled, name, "中间空了一大段，后面是不是别的内容？请核对")
        try:
            blank.read(node)
        except Mistake as mistake:
            self._doubt(filled, name, mistake.message)
        return node

    def _node(self, blank: Blank, filled: Filled, name: str) -> Node:
        text = filled.text
        if text == NOT_APPLICABLE_WORD:
            return text
        if isinstance(blank.type, Choice | Choices) and text:
            return self._ticked(blank.type, filled)
        if isinstance(blank.type, PersonName) and (masked := blank.type.masked(text)) != text:
            source = filled.source
            said = f"姓名已改为 {masked}"
            self.told.masked.append(Entry(name, said, source.file, source.place))
            return masked
        return text

    @staticmethod
    def _ticked(type_: Choice | Choices, filled: Filled) -> Node:
        if isinstance(type_, Choice) and filled.text in type_.options:
            return filled.text
        ticks = read_ticks(filled.text, type_.options)
        if ticks is None or (isinstance(type_, Choice) and len(ticks.options) > 1):
            return filled.text  # as it stands: the check tells what is wrong with it
        if ticks.is_not_applicable and not ticks.options:
            return NOT_APPLICABLE_WORD
        if isinstance(type_, Choices):
            return list(ticks.options) or ""
        return ticks.options[0] if ticks.options else ""

    def _doubt(self, filled: Filled, name: str, message: str) -> None:
        source: SourceText = filled.source
        self.told.doubts.append(Entry(name, message, source.file, source.place))
