"""Findings as GitHub's workflow commands, which set them beside the lines of a pull request.

Source of the escaping: the workflow commands of GitHub Actions; in a message %, CR and LF stand
for other things, in a property also : and the comma.
"""

from collections.abc import Mapping, Sequence

from generator.checks.finding import Finding, in_order
from generator.errors import Severity
from generator.findings.words import one_line, see_also

_COMMANDS: Mapping[Severity, str] = {"错误": "error", "警告": "warning", "提示": "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def write_github(findings: Sequence[Finding]) -> str:
    """One command a line; "" when there is nothing to tell.

    Answered findings are left out: a host shows only the first few annotations of each kind, and
    those are for what waits for somebody.
    """
    return "".join(_command(each) for each in in_order(findings) if each.answer is None)


def _command(finding: Finding) -> str:
    place = finding.place
    properties = {
        "file": place.path.as_posix(),
        "line": str(place.line),
        "col": str(place.column),
        "title": one_line(f"{finding.severity} {finding.rule}"),
    }
    listed = ",".join(f"{key}={value.translate(_IN_PROPERTY)}" for key, value in properties.items())
    lines = [one_line(finding.message), *(see_also(each) for each in finding.evidence[1:])]
    message = "\n".join(lines).translate(_IN_MESSAGE)
    return f"::{_COMMANDS[finding.severity]} {listed}::{message}\n"
