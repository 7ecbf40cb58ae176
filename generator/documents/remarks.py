"""Remarks on paper: the marks behind the values, and 核对说明 at the end.

On pages a mark is a link; here it is 〔注1〕, which `marks.py` takes out again of what is imported.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.checks.remarks import Marks, Remark, marks_of
from generator.documents.marks import END, NOTE, TITLE, mark_of, mark_word
from generator.documents.model import Block, Line, Sheet
from generator.records.review import Correction
from generator.yaml import Where

Own = tuple[tuple[int | None, int], ...]
"""Of one value: offset into its text, number of a remark."""


@dataclass(frozen=True, slots=True)
class Marking:
    """Which values get which marks."""

    marks: Marks
    word: str
    """The first part of a mark: 注."""

    @classmethod
    def of(cls, remarks: Sequence[Remark], blocks: Iterable[Block]) -> "Marking":
        """blocks: what is drawn, without marks: none of it may look like one."""
        return cls(marks_of(remarks), mark_word(_texts(blocks)))

    def at(self, places: Iterable[Where]) -> Own:
        """Of the values in these places, which are drawn as one."""
        return tuple(
            (offset, int(label[1:]))
            for where in places
            for offset, label in self.marks.get(where, ())
        )

    def mark(self, own: Own) -> str:
        """All of them as one mark."""
        return mark_of(self.word, (number for _, number in own))

    def lines(self, text: str, own: Own) -> Iterator[str]:
        """The lines of a text, each with the marks that are set in it; the first has the others."""
        numbers: dict[int, list[int]] = {}
        for offset, number in own:
            numbers.setdefault(text.count("\n", 0, offset or 0), []).append(number)
        for line_number, line in enumerate(text.split("\n")):
            yield line + mark_of(self.word, numbers.get(line_number, ()))


NO_MARKS = Marking({}, "注")


def remark_sheet(
    remarks: Iterable[Remark], word: str, corrections: Sequence[Correction] = ()
) -> Sheet:
    """核对说明: what each mark stands for; and what was corrected since it was published."""
    lines = [Line(TITLE, "标题"), Line(NOTE, "行")]
    for remark in remarks:
        asked = _in_one_line(remark.requirement)
        asked = f"不符合“{asked}”" if asked else "核对"
        lines.append(Line(f"{word}{remark.number}\u3000{asked}（规则 {remark.rule}）", "正文", 1))
        lines += (
            Line(f"{place.label}：“{_in_one_line(place.quoted)}”", "正文")
            for place in remark.places
            if place.quoted
        )
        explanation = f"{remark.explanation}（{remark.date}）"
        lines += (Line(line, "正文") for line in explanation.split("\n"))
    if corrections:
        lines.append(Line("更正说明", "正文", 1))
        lines += (
            Line(line, "正文")
            for each in corrections
            for line in f"{each.date.written}：{each.explanation}".split("\n")
        )
    return Sheet(TITLE, (*lines, Line(END, "正文")))


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells)
