"""From documents to a record: read, recognise the forms, read the values, write the YAML.

Nothing is lost: every text of the documents is a label, a value, or under 未识别 in the record.
Nothing is guessed silently: where a person has to look is said, with the place in the document.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.checks.privacy import mask
from generator.documents.match.align import Placement
from generator.documents.match.choose import choose_forms, label_above
from generator.documents.match.read import Filled, Reading, read_placement
from generator.documents.match.source import SourceRow, SourceText, source_rows
from generator.documents.model import Block
from generator.forms.form import Form, Rows, Tree
from generator.forms.schema import FORM_KEY, METADATA_KEY, REVIEW_KEY, UNPLACED_KEY
from generator.forms.ticks import read_ticks
from generator.forms.types import Blank, Choice, Choices, Mistake, PersonName, Year
from generator.forms.values import NOT_APPLICABLE_WORD
from generator.yamlfile import Node, to_yaml

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
    years: set[int] = field(default_factory=set)
    """The years that the documents are of, by their own words."""
    texts: list[SourceText] = field(default_factory=list)
    """Every text of the documents, in order, with what was understood of it."""

    def record(self) -> dict[str, Node]:
        """The record's nodes, in the order of a record."""
        order = {METADATA_KEY: 0, REVIEW_KEY: 2}
        parts = sorted(self.parts, key=lambda part: order.get(part.key, 1))
        record: dict[str, Node] = {part.key: part.nodes for part in parts}
        if self.unplaced:
            record[UNPLACED_KEY] = [
                {"位置": f"{entry.file} {entry.place}".strip(), "原文": entry.text}
                for entry in self.unplaced
            ]
        return record


def record_text(record: Mapping[str, Node]) -> str:
    """The text of a record's file, its parts set apart."""
    return HEADING + "".join(f"\n{to_yaml({key: node})}" for key, node in record.items())


def blank_part(form: Form) -> Node:
    """A part of a record to be filled: every blank of the form, with nothing in it."""
    reading = Reading(form, 1.0)
    for name in form.lists:
        reading.rows[name] = [{}]
    return _Writer("", reading, Import()).nodes()


def import_documents(
    documents: Sequence[tuple[str, Sequence[Block]]],
    forms: Iterable[Form],
    *,
    is_named: bool = False,
) -> Import:
    """Read documents, each a file's name and its blocks, as one record.

    is_named: a person said that the documents hold these forms, so a poor match is taken, too.
    """
    result = Import()
    candidates = sorted(forms, key=lambda form: form.name)
    readings: list[tuple[str, int | None, Reading]] = []
    for file, blocks in documents:
        rows = source_rows(blocks, file)
        result.texts += (cell.text for row in rows for cell in row.cells if cell.is_first)
        _mask(rows, result)
        choice = choose_forms(rows, candidates, is_named=is_named)
        result.undecided += (_undecided(each, rows, file) for each in choice.doubtful)
        readings += _read_all(choice.placements, rows, file)
        result.unplaced += _left_over(rows, file)
    keys = _keys([(number, reading.form) for _, number, reading in readings])
    for (file, _, reading), key in zip(readings, keys, strict=True):
        nodes = _Writer(key, reading, result).nodes()
        result.parts.append(Part(key, reading.form, reading.score, file, nodes))
    _join_same(result)
    return result


def _join_same(result: Import) -> None:
    """A part that several files have, such as 元数据, is joined; what differs is not lost."""
    parts: dict[str, Part] = {}
    for part in result.parts:
        first = parts.get(part.key)
        if first is None:
            parts[part.key] = part
            continue
        lost: list[str] = []
        nodes = _joined(first.nodes, part.nodes, part.key, lost)
        result.unplaced += (Entry("", text, part.file, "") for text in lost)
        parts[part.key] = replace(first, nodes=nodes)
    result.parts = list(parts.values())


def _joined(first: Node, second: Node, name: str, lost: list[str]) -> Node:
    """What either has; what the second has otherwise is lost."""
    if isinstance(first, dict) and isinstance(second, dict):
        return {
            key: _joined(first.get(key, ""), second.get(key, ""), f"{name}/{key}", lost)
            for key in {**first, **second}
        }
    if first == "" or first == second:
        return second
    if second != "":
        lost.append(f"{name}：{second if isinstance(second, str) else to_yaml(second)}")
    return first


def _mask(rows: Sequence[SourceRow], result: Import) -> None:
    """Personal numbers never get any further."""
    for row in rows:
        for cell in row.cells:
            if not cell.is_first:
                continue
            text = cell.text
            masked, numbers = mask(text.text)
            for number in numbers:
                said = f"{number.kind}已改为 {number.masked}"
                result.masked.append(Entry("", said, text.file, text.place))
            text.text = masked


def _read_all(
    placements: Sequence[Placement], rows: Sequence[SourceRow], file: str
) -> list[tuple[str, int | None, Reading]]:
    """Every form of a document, with the number of its label."""
    labels = [label_above(rows, placement.start) for placement in placements]
    starts = [
        label[0] if label else placement.start
        for label, placement in zip(labels, placements, strict=True)
    ]
    readings = []
    for number, (placement, label) in enumerate(zip(placements, labels, strict=True)):
        stop = starts[number + 1] if number + 1 < len(placements) else len(rows)
        reading = read_placement(placement, rows, stop)
        if label and reading.form.use == "附件":
            _take_whole(rows[label[0]])
        readings.append((file, label[1] if label else None, reading))
    return readings


def _take_whole(row: SourceRow) -> None:
    """The row is words of a label."""
    for cell in row.cells:
        cell.text.mark_whole()


def _keys(forms: Sequence[tuple[int | None, Form]]) -> list[str]:
    """The key of each form in the record: its label's number where it has one of its own."""
    keys: list[str] = []
    wanted = {number for number, form in forms if number and form.use == "附件"}
    free = (number for number in range(1, 100) if number not in wanted)
    for number, form in forms:
        key = form.use if form.use != "附件" else f"附件{number}"
        if form.use == "附件" and (number is None or key in keys):
            key = f"附件{next(free)}"
        keys.append(key)
    return keys


def _undecided(candidates: Sequence[Placement], rows: Sequence[SourceRow], file: str) -> Entry:
    names = "、".join(f"{each.form.name}（{each.score:.0%}）" for each in candidates)
    place = rows[candidates[0].start].first.place
    return Entry("", f"认不准是哪张表，请用 --form 指明：{names}", file, place)


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

    def __init__(self, key: str, reading: Reading, result: Import) -> None:
        self.key = key
        self.reading = reading
        self.result = result

    def nodes(self) -> Node:
        """The part's nodes: every blank of the form, the empty ones too."""
        form = self.reading.form
        return {FORM_KEY: form.name, **self._branch(form.tree)}

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
            else:
                nodes[key] = self._branch(entry)
        return nodes

    def _item(self, rows: Rows, item: Mapping[str, Filled], number: int) -> Node:
        return {
            key: self._blank(blank, item.get(blank.name), f"{rows.name}第{number}行/{key}")
            for key, blank in rows.blanks.items()
        }

    def _year(self, year: Year, filled: Filled | None) -> None:
        text = filled.text.strip() if filled else ""
        if text.isascii() and text.isdigit() and len(text) == 4:
            self.result.years.add(int(text) - year.offset)
        elif filled and text:
            self._doubt(filled, "", f"“{text}”不是年度")

    def _blank(self, blank: Blank, filled: Filled | None, name: str) -> Node:
        if filled is None:
            self.result.missing.append(f"{self.key}/{name}")
            return ""
        node = self._node(blank, filled, name)
        if node != "":
            said = "、".join(map(str, node)) if isinstance(node, list) else str(node)
            source = filled.source
            entry = Entry(f"{self.key}/{name}", said, source.file, source.place)
            self.result.filled.append(entry)
        if not filled.is_sure:
            self._doubt(filled, name, "前后的文字和表式不完全一样，请核对")
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
            return self._ticked(blank.type, filled, name)
        if isinstance(blank.type, PersonName) and (masked := blank.type.masked(text)) != text:
            source = filled.source
            said = f"姓名已改为 {masked}"
            self.result.masked.append(Entry(f"{self.key}/{name}", said, source.file, source.place))
            return masked
        return text

    def _ticked(self, type_: Choice | Choices, filled: Filled, name: str) -> Node:
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
        full = f"{self.key}/{name}" if name else self.key
        self.result.doubts.append(Entry(full, message, source.file, source.place))
