"""Reports against the outline that their form expects."""

from collections.abc import Iterator

from generator.errors import Problem
from generator.forms.form import Prose
from generator.forms.prose import missing_headings, read_prose
from generator.forms.values import State
from generator.records.record import Record


def check_outline(record: Record) -> Iterator[Problem]:
    """A 提示 that names the missing headings: what a unit sealed may lack some."""
    for part in record.parts:
        for block in part.form.blocks:
            if not isinstance(block, Prose):
                continue
            value = part.values[block.slot.name]
            if value.state is not State.FILLED:
                continue
            missing = missing_headings(read_prose(value.written, block.outline), block.outline)
            if missing:
                headings = "、".join(f"“{heading}”" for heading in missing)
                yield record.file.problem(
                    (part.key, *block.slot.name.split("/")),
                    f"报告里没有{headings}，请对照原件，原件确实没有则不用改",
                    stops=False,
                )
