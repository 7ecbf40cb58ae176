"""What documents add to a record that is there: nothing is taken out of it.

An empty cell, a row that is not in the document, ticks in another order say nothing against what
people wrote in the record.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.documents.importing import Entry, Import, unplaced_nodes
from generator.documents.parts import form_of, loose_values
from generator.forms.schema import UNPLACED_KEY
from generator.yaml import Node
from generator.yaml.merge import in_common

_NUMBER = re.compile(r"[-0-9.,%]+")


@dataclass
class Update:
    """What a record should have afterwards."""

    nodes: dict[str, Node] = field(default_factory=dict)
    """The parts that documents have, with what the record has in them already."""
    doubts: list[Entry] = field(default_factory=list)
    """What could not go where it belongs."""
    kept: list[tuple[str, Node]] = field(default_factory=list)
    """The rows of the record that the documents do not have: where, and what."""


def update_of(old: Mapping[str, Node], found: Import) -> Update:
    """What documents make of a record that is there."""
    update = Update()
    merging = _Merging(update)
    unplaced = list(found.unplaced)
    for key, node in found.record().items():
        if key != UNPLACED_KEY:
            update.nodes[key] = merging.node(key, old[key], node) if key in old else node
    for part in found.parts:
        was = form_of(old.get(part.key, ""))
        if was and was != part.form.name:
            loose = loose_values(part.nodes, part.key)
            unplaced += (Entry("", text, part.file, "") for text in loose)
            message = f"记录里是{was}，原件里是{part.form.name}，不能合在一起，内容放在“未识别”里"
            update.doubts.append(Entry(part.key, message, part.file, ""))
            del update.nodes[part.key]
    before = old.get(UNPLACED_KEY, "")
    listed = before if isinstance(before, list) else [before] if before else []
    added = [node for node in unplaced_nodes(unplaced) if node not in listed]
    if added:
        update.nodes[UNPLACED_KEY] = [*listed, *added]
    return update


class _Merging:
    """Goes down a part of the record and the same part of a document, side by side."""

    def __init__(self, update: Update) -> None:
        self.update = update

    def node(self, where: str, old: Node, new: Node) -> Node:
        """The new node with what only the old one has."""
        if _is_empty(new):
            return old
        if isinstance(old, dict) and isinstance(new, dict):
            return {
                key: self.node(f"{where}/{key}", old[key], value) if key in old else value
                for key, value in new.items()
                if key in old or not _is_empty(value)
            }
        if isinstance(new, list):
            listed = old if isinstance(old, list) else [old] if old else []
            if _are_texts(new) and _are_texts(listed):
                return old if sorted(map(str, listed)) == sorted(map(str, new)) else new
            if isinstance(old, list):
                return self._rows(where, old, new)
        return new

    def _rows(self, where: str, old: list[Node], new: list[Node]) -> list[Node]:
        pairs = _pairs(old, new)
        partner = {there: here for here, there in pairs.items()}
        added: dict[int, list[Node]] = {}
        last = -1 if pairs else len(old) - 1
        for here, row in enumerate(new):
            last = pairs.get(here, last)
            if here not in pairs and not _is_empty(row):
                added.setdefault(last, []).append(row)
        rows = added.get(-1, [])
        for there, row in enumerate(old):
            place = f"{where}第{there + 1}行"
            if there not in partner:
                rows.append(row)
                if not _is_empty(row):
                    self.update.kept.append((place, row))
            else:
                merged = self.node(place, row, new[partner[there]])
                both = isinstance(row, dict) and isinstance(merged, dict)
                rows.append({**row, **merged} if both else merged)  # type: ignore[dict-item]
            rows += added.get(there, [])
        return rows


def _is_empty(node: Node) -> bool:
    """Whether nothing is filled in it."""
    if isinstance(node, str):
        return not node
    return all(map(_is_empty, node.values() if isinstance(node, dict) else node))


def _are_texts(nodes: Sequence[Node]) -> bool:
    return all(isinstance(node, str) for node in nodes)


def _pairs(old: Sequence[Node], new: Sequence[Node]) -> dict[int, int]:
    """Number of a new row -> number of the old row that it is; most alike first, any order."""
    pairs: dict[int, int] = {}
    free = list(range(len(old)))
    for here, row in enumerate(new):  # most rows have not changed
        same = [there for there in free if old[there] == row]
        if same:
            nearest = min(same, key=lambda there: abs(there - here))
            pairs[here] = nearest
            free.remove(nearest)
    shared = _how_often(old)
    alike = sorted(
        (-likeness, abs(there - here), here, there)
        for here, row in enumerate(new)
        if here not in pairs and not _is_empty(row)
        for there in free
        if (likeness := _likeness(old[there], row, shared)) >= 0.5
    )
    for _, _, here, there in alike:
        if here not in pairs and there in free:
            pairs[here] = there
            free.remove(there)
    blank = [there for there in free if _is_empty(old[there])]
    rest = [here for here, row in enumerate(new) if here not in pairs and not _is_empty(row)]
    return pairs | dict(zip(rest, blank, strict=False))


def _how_often(rows: Sequence[Node]) -> Counter[tuple[str, str]]:
    """In how many rows each text stands below its key."""
    return Counter(
        (key, value)
        for row in rows
        if isinstance(row, dict)
        for key, value in row.items()
        if isinstance(value, str)
    )


def _likeness(old: Node, new: Node, shared: Counter[tuple[str, str]]) -> float:
    """How much of what both rows say is the same, 0 to 1.

    A number says less of which row it is than a text, what stands in many rows less than what
    stands in one, and the first cell, with the row's name, the most.
    """
    if not isinstance(old, dict) or not isinstance(new, dict):
        return float(in_common(old, new) > 0)
    total = same = 0.0
    for place, (key, value) in enumerate(old.items()):
        other = new.get(key, "")
        if isinstance(value, str) and value and other:
            weight = 1.0 if _NUMBER.fullmatch(value) else 2.0
            weight *= (1 if place else 2) / shared[key, value]
            total += weight
            same += weight if value == other else 0.0
    return same / total if total else 0.0
