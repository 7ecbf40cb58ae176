"""Rule L1: reports against the outline that their form expects."""

from collections.abc import Iterator

from generator.checks.case import Case
from generator.checks.finding import Fault, Outcome, Spot, Verdict
from generator.forms.prose import missing_headings


def has_its_headings(case: Case) -> Iterator[Verdict]:
    """L1: a report has the headings of its form's outline; what a unit sealed may lack some."""
    if not case.reports:
        yield Outcome.UNKNOWN
    for report in case.reports:
        if not report.outline:
            yield Outcome.NOT_APPLICABLE
            continue
        missing = missing_headings(report.lines, report.outline)
        if not missing:
            yield Outcome.HOLDS
            continue
        headings = "、".join(f"“{heading}”" for heading in missing)
        yield Fault(
            Spot(case.record.file, report.where, ""),
            f"报告里没有{headings}，请对照原件，原件确实没有则不用改",
        )
