"""Reading a form where it was found: which row and cell of the document fills which blank."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.documents.match.align import MOST_LINES, Placement
from generator.documents.match.cells import Pair, is_label_of, pair_cells, record_years, row_worth
from generator.documents.match.columns import Columns
from generator.documents.match.pattern import PatternCell, PatternRow
from generator.documents.match.phrases import Span, TextReading, read_by_phrases, words_found
from generator.documents.match.signatures import find_signature
from generator.documents.match.source import SourceCell, SourceRow, SourceText
from generator.forms.form import Form

_TOTALS = frozenset({"小计", "合计", "总计", "共计", "总分"})
"""A row that begins with one of these is no item of a list."""
_EXACTLY = 0.99
_MOST_PAIRS = 10_000
_CHANGED = "前后的文字和表式不完全一样，请核对"


@dataclass(frozen=True, slots=True)
class Filled:
    """A blank as the document fills it."""

    text: str
    source: SourceText
    doubt: str = ""
    """Why a person should look at it, in Chinese; nothing when all around it was as drawn."""


@dataclass
class Reading:
    """A form read out of a document."""

    form: Form
    score: float
    values: dict[str, Filled] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Filled]]] = field(default_factory=dict)
    """list's name -> its items: blank's name -> how it is filled."""
    years: set[int] = field(default_factory=set)
    """The years in the title that the form does not draw."""


def read_placement(placement: Placement, rows: Sequence[SourceRow], stop: int) -> Reading:
    """Read a form. stop: the row of the document where something else begins."""
    return _Reader(placement, rows, stop).read()


class _Reader:
    """Goes from anchor to anchor and shares out the rows between them."""

    def __init__(self, placement: Placement, rows: Sequence[SourceRow], stop: int) -> None:
        self.pattern = placement.pattern
        self.rows = rows
        self.stop = stop
        self.start = placement.start
        self.anchors = [
            (number, place)
            for number, place in placement.anchors
            if placement.pattern[number].kind != "heading"
        ]
        self.reading = Reading(placement.form, placement.score)
        self.labels = {cell.words for row in self.pattern for cell in row.cells if cell.is_label}
        self.year = _record_year(placement, rows)
        self.columns = Columns(self.year)

    def read(self) -> Reading:
        """Everything that can be read."""
        above = (-1, self.start - 1)
        for below in [*self.anchors, (len(self.pattern), self.stop)]:
            self._between(above, below)
            if below[0] < len(self.pattern):
                self._row(self.pattern[below[0]], self.rows[below[1]], below[1])
            above = below
        return self.reading

    def _between(self, above: tuple[int, int], below: tuple[int, int]) -> None:
        pattern = list(self.pattern[above[0] + 1 : below[0]])
        if above[0] >= 0 and self.pattern[above[0]].kind == "repeat":
            pattern.insert(0, self.pattern[above[0]])  # its first item was known by a label
        rows = list(self.rows[above[1] + 1 : below[1]])
        stretchy = next((row for row in pattern if row.kind in ("report", "repeat")), None)
        if stretchy is None:
            self._in_order(pattern, [row for row in rows if row.is_signature or not row.is_empty])
            return
        place = pattern.index(stretchy)
        before = [row for row in pattern[:place] if not row.weight]
        after = [row for row in pattern[place + 1 :] if row.kind != "heading" and not row.weight]
        if stretchy.kind == "report":
            self._report(stretchy, after, rows)
        else:
            filled = [row for row in rows if not row.is_empty and not row.is_line]
            stop = max(0, len(filled) - len(after))
            self._in_order(before, filled[: len(before)])
            for row in filled[len(before) : stop]:
                self._item(stretchy, row)
            self._in_order(after, filled[max(stop, len(before)) :])

    def _in_order(self, pattern: Sequence[PatternRow], rows: Sequence[SourceRow]) -> None:
        """Rows that are known by their place only: the best way to pair them, downwards."""
        fitting = [row for row in pattern if row.kind in ("line", "row")]
        if not fitting or not rows or len(fitting) * len(rows) > _MOST_PAIRS:
            return
        worths = [[row_worth(each, row, self.year) for row in rows] for each in fitting]
        best = [[0.0] * (len(rows) + 1) for _ in range(len(fitting) + 1)]
        for i in range(len(fitting) - 1, -1, -1):
            for j in range(len(rows) - 1, -1, -1):
                worth = worths[i][j]
                paired = best[i + 1][j + 1] + worth if worth > 0 else 0.0
                best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
        i = j = 0
        while i < len(fitting) and j < len(rows):
            worth = worths[i][j]
            if worth > 0 and best[i][j] == best[i + 1][j + 1] + worth:
                self._row(fitting[i], rows[j])
                i, j = i + 1, j + 1
            elif best[i][j] == best[i + 1][j]:
                i += 1
            else:
                j += 1

    # --- reports ---

    def _report(
        self, report: PatternRow, after: Sequence[PatternRow], rows: Sequence[SourceRow]
    ) -> None:
        """The lines of a report, up to the signatures below it; tables in it are not understood."""
        first = next((n for n, row in enumerate(rows) if not row.is_empty), len(rows))
        blanks = self.reading.form.blanks
        signature = find_signature([blanks[_blank_of(row)].type for row in after], rows)
        stop = signature.first if signature else len(rows)
        lines = [row for row in rows[first:stop] if row.is_line]
        while lines and lines[-1].is_empty:
            lines.pop()
        name = _blank_of(report)
        if lines:
            for line in lines:
                line.first.spans.append(Span(0, len(line.first.text), name))
                line.first.is_taken = True
            text = "\n".join(line.first.text for line in lines)
            unsigned = "没有认出落款，报告的末尾请核对" if after and not signature else ""
            self._fill(name, Filled(text.strip(), lines[0].first, unsigned))
        if not signature:
            return
        for row, (place, start, end) in zip(after, signature.stretches, strict=True):
            source = rows[place].first
            source.spans.append(Span(start, end, _blank_of(row)))
            source.is_taken = True
            self._fill(_blank_of(row), Filled(source.text[start:end].strip(), source))

    # --- rows ---

    def _item(self, pattern: PatternRow, row: SourceRow) -> None:
        """A row that repeats, unless it only repeats the heads of the columns or sums up."""
        if heads := self.columns.note_again(row):
            for cell, sources in heads:
                self._label(cell, sources)
            for source in row.cells:  # the label at the side is said again, too
                if source.is_first and not source.text.is_taken and source.text.core in self.labels:
                    source.text.mark_whole()
            return
        first = next((each for each in row.cells if each.is_first and each.text.core), None)
        if first is None or first.text.core not in _TOTALS:
            self._row(pattern, row)

    def _row(self, pattern: PatternRow, row: SourceRow, place: int | None = None) -> None:
        if pattern.kind == "line" and self._spread_line(pattern, row, place):
            return
        pairs = self._pairs(pattern, row)
        found = {id(cell): sources for cell, sources in pairs}
        item: dict[str, Filled] = {}
        doubt = ""
        for number, cell in enumerate(pattern.cells):
            sources = found.get(id(cell))
            if sources is None or cell.is_empty:
                continue
            if cell.is_label and cell.is_first:
                doubt = self._label(cell, sources)
                self._beside(pattern, number, sources, found)
                if cell.has_years:
                    self._values(cell, sources[0], "", item, pattern)
            elif not cell.is_label or cell.has_years:
                own = doubt if cell.is_value else ""
                self._values(cell, sources[0], own or self._column_doubt(cell), item, pattern)
            else:
                self._label(cell, sources)
            if pattern.is_title:
                self._title(sources[0].text)
        if any(filled.text for filled in item.values()):
            self.reading.rows.setdefault(pattern.repeats, []).append(item)

    def _pairs(self, pattern: PatternRow, row: SourceRow) -> list[Pair]:
        pairs = self.columns.crossing(pattern, row, pair_cells(pattern, row, self.year))
        self.columns.note(pattern, row, pairs)
        return self.columns.place(pattern, row, pairs)

    def _column_doubt(self, cell: PatternCell) -> str:
        if cell.header in self.columns.crossed:
            return "这一栏的列名和表式不同，请核对是不是这一列的数"
        return ""

    def _values(
        self,
        cell: PatternCell,
        source: SourceCell,
        doubt: str,
        item: dict[str, Filled],
        pattern: PatternRow,
    ) -> None:
        for name, filled in self._cell(cell, source.text, doubt):
            if pattern.repeats and name.startswith(pattern.repeats + "/"):
                item[name] = filled
            else:
                self._fill(name, filled)

    def _cell(
        self, cell: PatternCell, source: SourceText, doubt: str
    ) -> Iterator[tuple[str, Filled]]:
        found = read_by_phrases(cell.lines, source.text)
        if not source.is_taken:
            source.spans += found.spans
            source.is_taken = True
        if not found.is_exact and not cell.is_label:
            doubt = doubt or _CHANGED
        for span in found.spans:
            if span.blank is not None:
                yield span.blank, Filled(source.text[span.start : span.end], source, doubt)

    def _label(self, cell: PatternCell, sources: Sequence[SourceCell]) -> str:
        """Take a label; gives the doubt about what stands behind it, when it is another's."""
        if len(sources) > 1:
            for each in sources:
                each.text.mark_whole()
            return ""
        source = sources[0].text
        if cell.has_years:
            return ""
        if not source.is_taken:
            _mark_label(cell, source)
        if source.core in cell.words or words_found(cell.lines, source.folded) == 1:
            return ""  # what somebody added to it is left over
        return f"原件的栏目是“{source.text.strip()}”，和表式不同，请核对"

    def _beside(
        self,
        pattern: PatternRow,
        number: int,
        sources: Sequence[SourceCell],
        found: dict[int, tuple[SourceCell, ...]],
    ) -> None:
        """A value that was typed behind the label in the label's own cell."""
        value = pattern.cells[number + 1] if number + 1 < len(pattern.cells) else None
        if value is None or not value.is_value or pattern.repeats:
            return
        own = found.get(id(value))
        if own is not None and own[0].text.text.strip():
            return
        source = sources[-1].text
        end = max((span.end for span in source.spans), default=0)
        behind = re.match(r"\s*[:：]\s*(?=\S)|\s*\n\s*(?=\S)", source.text[end:])
        if not behind:
            return
        start, stop = end + behind.end(), len(source.text.rstrip())
        name = value.lines[0].slots[0].name
        source.spans += [Span(end, start), Span(start, stop, name)]
        found.pop(id(value), None)
        if own is not None:
            own[0].text.is_taken = True
        self._fill(name, Filled(source.text[start:stop], source, "和栏目名称写在一格里，请核对"))

    def _title(self, source: SourceText) -> None:
        """A title may name the unit and the year in front of what is drawn."""
        rest = source.left_over()
        found = _TITLE_FRONT.fullmatch(rest[0]) if len(rest) == 1 else None
        if found and source.text.lstrip().startswith(rest[0]):
            source.mark_whole()
            if found["year"]:
                self.reading.years.add(int(found["year"]))

    def _spread_line(self, pattern: PatternRow, row: SourceRow, place: int | None) -> bool:
        """A line of several blanks that stands in several cells, or on several lines."""
        (cell,) = pattern.cells
        if not cell.is_spreadable:
            return False
        texts = [each.text for each in row.cells if each.is_first and each.text.core]
        if row.is_line and place is not None:
            stop = min(self.stop, place + MOST_LINES)
            below = [each for each in self.rows[place:stop] if each.is_line and not each.is_empty]
            anchored = {number for _, number in self.anchors} - {place}
            if not anchored & set(range(place, stop)):
                texts = [each.first for each in below]
        alone = words_found(cell.lines, texts[0].folded) if texts else 1.0
        if len(texts) < 2 or alone > _EXACTLY or any(text.is_taken for text in texts):
            return False
        joined = "\n".join(text.text for text in texts)
        found = read_by_phrases(cell.lines, joined)
        self._take_spread(found, joined, texts)
        return True

    def _take_spread(self, found: TextReading, joined: str, texts: Sequence[SourceText]) -> None:
        """Share out what was found in several texts that were read as one."""
        start = 0
        for text in texts:
            end = start + len(text.text)
            for span in found.spans:
                first, last = max(span.start, start), min(span.end, end)
                if first < last:
                    text.spans.append(Span(first - start, last - start, span.blank))
                    text.is_taken = True
            start = end + 1
        position = 0
        for text in texts:
            for span in found.spans:
                if span.blank and position <= span.start <= position + len(text.text):
                    value = joined[span.start : span.end]
                    self._fill(span.blank, Filled(value, text))
            position += len(text.text) + 1

    def _fill(self, name: str, filled: Filled) -> None:
        """A blank that is drawn in two places is filled where there is something."""
        present = self.reading.values.get(name)
        if present is None or not present.text:
            self.reading.values[name] = filled
        elif filled.text and present.text != filled.text:
            filled.source.spans = [span for span in filled.source.spans if span.blank != name]


_TITLE_FRONT = re.compile(
    r"(?:[\u4e00-\u9fff]{2,25}?(?:局|委|办|中心|院|校|部|会|站|所|府|县|市|区|乡|镇|处|队|馆|社|团|厅))?"
    r"(?:关于)?(?P<year>(?:19|20)[0-9]{2})?\s*(?:年度?)?(?:的)?"
)


def _record_year(placement: Placement, rows: Sequence[SourceRow]) -> int | None:
    """The record's year, by the labels and lines that name years: the title, else the most."""
    years: Counter[int] = Counter()
    for number, place in placement.anchors:
        pattern = placement.pattern[number]
        for cell in pattern.cells:
            if not cell.has_years or not cell.is_first:
                continue
            for source in rows[place].cells:
                if not is_label_of(cell, source, None) and pattern.kind != "line":
                    continue
                for year in record_years(cell, source.text.text):
                    if pattern.kind == "line":
                        return year
                    years[year] += 1
    return years.most_common(1)[0][0] if years else None


def _blank_of(row: PatternRow) -> str:
    """The first blank of a row."""
    return next((slot.name for cell in row.cells for line in cell.lines for slot in line.slots), "")


def _mark_label(cell: PatternCell, source: SourceText) -> None:
    """The words of the form in a label; a note that somebody added is left over.

    Other words that mean the same are no note: the doubt about what stands behind names them.
    """
    source.is_taken = True
    if source.core in cell.words or words_found(cell.lines, source.folded) < 1:
        source.spans.append(Span(0, len(source.text)))
        return
    spans = read_by_phrases(cell.lines, source.text).spans
    source.spans += [span for span in spans if span.blank is None]
