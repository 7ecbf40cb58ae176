"""Where in a document a form stands: the rows of both laid side by side.

Rows are known by their words. Of all pairs of a form's row and a document's row that share words,
the best chain is taken in which both go downwards: missing rows of the form and added rows of the
document are passed over, at a price. A form may stand in a document several times.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from rapidfuzz import fuzz, process

from generator.documents.match.fold import Folded, fold
from generator.documents.match.pattern import PatternCell, PatternRow
from generator.documents.match.phrases import words_found
from generator.documents.match.source import SourceRow, SourceText
from generator.forms.form import Form

ALIKE = 80
"""Of 100: from here on a label is taken for another one with a slip in it."""
SLIP_WORTH = 0.8
"""What such a label is worth, of one without a slip that is as like."""
_SKIPPED_PATTERN = 0.1
"""The price of a missing row, of its weight."""
_SKIPPED_SOURCE = 0.05
"""The price of an added row."""
_LEAST = 0.3
"""Of a row's weight: with less of its words, a row is another one."""
_MOST_SKIPPED = 2.0
_SURE = 1.5
"""Rows of at least this weight are known for sure when their words are there."""
_SKIPPED_KNOWN = 0.5
"""The price of a row of the form that is passed over, of its score."""
_MOST_NOTE = 20
"""Characters that people add to a label."""
MOST_LINES = 6
"""Lines over which people spread the signing line of a form."""
_NEAREST = 3
"""How many rows above are tried as the one before, for each row of the form, and the best."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A form found in a document."""

    form: Form
    pattern: tuple[PatternRow, ...]
    anchors: tuple[tuple[int, int], ...]
    """Pairs of a row of the form and a row of the document, downwards."""
    weight: float
    """How much was found: for choosing between forms at the same place."""
    score: float
    """How much of the form was found: 0 to 1."""

    @property
    def start(self) -> int:
        return self.anchors[0][1]

    @property
    def last(self) -> int:
        return self.anchors[-1][1]


class TextIndex:
    """The texts of a document by what they are compared by."""

    def __init__(self, rows: Sequence[SourceRow]) -> None:
        self.rows = rows
        self.by_core: dict[str, list[tuple[int, SourceText]]] = defaultdict(list)
        for number, row in enumerate(rows):
            for cell in row.cells:
                if cell.is_first and cell.text.core:
                    self.by_core[cell.text.core].append((number, cell.text))
        # A number is never a label.
        self.cores = [each for each in self.by_core if not each.isdigit()]
        self._all = "\n".join(self.cores)
        self._spread = _spread_texts(rows)

    def share(self, pattern: Sequence[PatternRow]) -> float:
        """How much of a form's words stands somewhere in the document, by a quick look."""
        cells = [cell for row in pattern for cell in row.cells if cell.weight]
        total = sum(cell.weight for cell in cells)
        found = sum(cell.weight for cell in cells if self._has(cell))
        return found / total if total else 0.0

    def _has(self, cell: PatternCell) -> bool:
        words = cell.longest_words
        is_telling = len(words) >= 4 or not cell.is_label
        return words in self.by_core or (is_telling and words in self._all)

    def similar(self, cell: PatternCell) -> Iterable[tuple[int, float]]:
        """The rows that have a text like a cell of the form, with how like: up to 1."""
        if not cell.is_label:
            if cell.is_spreadable:
                for number, text in self._spread:
                    if (likeness := words_found(cell.lines, text)) > 0.5:
                        yield number, 0.9 * likeness
            words = cell.longest_words
            having = [each for each in self.by_core if words in each]
            for each in having or self.by_core:
                texts = self.by_core[each]
                if (likeness := words_found(cell.lines, texts[0][1].folded)) > 0.5:
                    yield from ((number, likeness) for number, _ in texts)
            return
        for found, likeness in self._similar_labels(cell):
            yield from ((number, likeness) for number, _ in self.by_core[found])

    def _similar_labels(self, cell: PatternCell) -> Iterable[tuple[str, float]]:
        words = cell.words
        if words in self.by_core:
            yield words, 1.0
        seen = {words}
        for each in self.cores:
            likeness = label_likeness(cell, each)
            if likeness and each not in seen:
                seen.add(each)
                yield each, likeness
        if len(words) >= 4:
            found = process.extract(
                words, self.cores, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None
            )
            for each, ratio, _ in found:
                if each not in seen:
                    yield each, SLIP_WORTH * ratio / 100


_MOST_SPREAD = 200
"""Characters of a line of a form that stands in several cells or lines."""


def _spread_texts(rows: Sequence[SourceRow]) -> list[tuple[int, Folded]]:
    """What a row and, for a line, the lines below it say together, where that is little."""
    spread = []
    for number, row in enumerate(rows):
        near = rows[number : number + MOST_LINES] if row.is_line else [row]
        lines = takewhile(lambda each: each.is_line, near) if row.is_line else near
        texts = [cell.text for each in lines for cell in each.cells if cell.is_first]
        filled = [text for text in texts if text.core]
        if len(filled) > 1:
            kept = list(takewhile(lambda text: len(text.text) <= _MOST_SPREAD // 2, filled))
            joined = "\n".join(text.text for text in kept)
            if len(kept) > 1 and len(joined) <= _MOST_SPREAD:
                spread.append((number, fold(joined)))
    return spread


_YEAR_WORD = re.compile(r"^年度?")


def label_likeness(cell: PatternCell, text: str) -> float:
    """How much a text (its core) is a label, or a part of one, or one with a note: up to 1."""
    words = cell.words
    if cell.has_years:
        text = re.sub(r"[0-9]|[〇零一二三四五六七八九]{4}", "", text)
        words = _YEAR_WORD.sub("", re.sub(r"[0-9]", "", words))
        text = _YEAR_WORD.sub("", text)
    if text == words:
        return 1.0
    if len(words) >= 2 and text.startswith(words) and len(text) <= len(words) + _MOST_NOTE:
        return 0.85
    if len(words) >= 6 and words in text and len(text) <= len(words) + _MOST_NOTE:
        return 0.8
    if len(text) >= 2 and words.startswith(text) and 2 * len(text) >= len(words):
        return 0.6
    return 0.0


def find_form(form: Form, pattern: tuple[PatternRow, ...], index: TextIndex) -> list[Placement]:
    """Every place where a form stands in a document, best first; they do not overlap."""
    total = sum(row.weight for row in pattern if row.kind != "heading")
    if not total:
        return []
    scores = _pair_scores(pattern, index)
    best, before = _best_chains(pattern, scores, index.rows)
    placements: list[Placement] = []
    taken: set[int] = set()
    for end in sorted(best, key=lambda pair: (-best[pair], pair)):
        chain = [end]
        while (previous := before[chain[-1]]) is not None:
            chain.append(previous)
        chain.reverse()
        covered = range(chain[0][1], chain[-1][1] + 1)
        if not taken.isdisjoint(covered):
            continue
        taken.update(covered)
        found = sum(
            scores[pair] * (0.5 if pattern[pair[0]].kind == "heading" else 1) for pair in chain
        )
        score = min(1.0, found / total)
        placements.append(Placement(form, pattern, tuple(chain), min(found, total), score))
    return placements


_Pair = tuple[int, int]


def _pair_scores(pattern: Sequence[PatternRow], index: TextIndex) -> dict[_Pair, float]:
    scores: dict[_Pair, float] = defaultdict(float)
    for number, row in enumerate(pattern):
        for cell in row.cells:
            if not cell.weight:
                continue
            likeness: dict[int, float] = {}
            for place, like in index.similar(cell):
                likeness[place] = max(like, likeness.get(place, 0.0))
            for place, like in likeness.items():
                scores[number, place] += like * cell.weight
    return {
        pair: score for pair, score in scores.items() if score >= _LEAST * pattern[pair[0]].weight
    }


def _best_chains(
    pattern: Sequence[PatternRow], scores: dict[_Pair, float], rows: Sequence[SourceRow]
) -> tuple[dict[_Pair, float], dict[_Pair, _Pair | None]]:
    """For each pair the worth of the best chain that ends in it, and the pair before it there."""
    skipped_pattern = [0.0]
    for row in pattern:
        skipped_pattern.append(skipped_pattern[-1] + (0 if row.kind == "heading" else row.weight))
    filled = [0]
    for each in rows:
        filled.append(filled[-1] + (not each.is_empty))
    known = _known_rows(pattern, scores, len(rows))
    stretchy = [row.is_stretchy for row in pattern]
    places: dict[int, list[int]] = defaultdict(list)
    for number, place in sorted(scores):
        places[number].append(place)
    best: dict[_Pair, float] = {}
    before: dict[_Pair, _Pair | None] = {}
    peaks: dict[_Pair, int] = {}
    """(row of the form, how many of its places) -> the place among them that is worth most."""
    for number, place in sorted(scores):
        value: float = 0.0
        previous: _Pair | None = None
        stretches = False
        for earlier in range(number - 1, -1, -1):
            stretches = stretches or stretchy[earlier]
            above = places.get(earlier)
            if not above:
                continue
            price = _SKIPPED_PATTERN * (skipped_pattern[number] - skipped_pattern[earlier + 1])
            stop = bisect_left(above, place)
            if not stop:
                continue
            for other in {*above[max(0, stop - _NEAREST) : stop], peaks[earlier, stop]}:
                added = 0 if stretches else filled[place] - filled[other + 1]
                worth = best[earlier, other] - price - min(_MOST_SKIPPED, _SKIPPED_SOURCE * added)
                worth -= known[place] - known[other + 1]
                if worth > value:
                    value, previous = worth, (earlier, other)
        best[number, place] = scores[number, place] + value
        before[number, place] = previous
        count = bisect_left(places[number], place) + 1
        peak = peaks.get((number, count - 1))
        if peak is not None and best[number, peak] + known[peak + 1] > (
            best[number, place] + known[place + 1]
        ):
            peaks[number, count] = peak
        else:
            peaks[number, count] = place
    return best, before


def _known_rows(
    pattern: Sequence[PatternRow], scores: dict[_Pair, float], height: int
) -> list[float]:
    """The price of passing over the rows above each row that are surely some row of the form.

    They belong to another copy of it: no chain should begin in one and end in the next. The heads
    of rows that repeat are said again on every page, so they do not count.
    """
    heads = {number - 1 for number, row in enumerate(pattern) if row.kind == "repeat"}
    sure = [0.0] * height
    for (number, place), score in scores.items():
        row = pattern[number]
        if row.kind == "heading" or number in heads:
            continue
        if row.weight >= _SURE and score >= 0.8 * row.weight:
            sure[place] = max(sure[place], score)
    prices = [0.0]
    for each in sure:
        prices.append(prices[-1] + _SKIPPED_KNOWN * each)
    return prices
