"""Records made public as they are, for tests that need a site and not the checks."""

import re
from datetime import date
from itertools import groupby
from pathlib import Path

from generator.checks.case import read_library
from generator.checks.check import check_unit
from generator.records.data import open_data
from generator.records.review import content_code
from generator.yaml import YamlFile

TODAY = date(2026, 1, 1)


def publish(data: Path) -> None:
    """Give every record its 校验码, and an answer for each rule whose findings stop it.

    The records have 审核 already, as those of `tests/example` do.
    """
    opened = open_data(data)
    library = read_library(data)
    for _, unit in groupby(opened.records, lambda each: (each.region, each.unit)):
        records = list(unit)
        region = opened.regions[records[0].region]
        for checked in check_unit(records, opened.forms, region, library, TODAY):
            rules = {each.rule for each in checked.findings if each.stops} - {"K4"}
            _write(checked.identity.path, sorted(rules))


def _write(path: Path, rules: list[str]) -> None:
    text = path.read_text(encoding="utf-8")
    root = YamlFile(path, text).root
    assert isinstance(root, dict)
    text = re.sub("校验码: [a-p]*", f"校验码: {content_code(root)}", text, count=1)
    if rules and "\n核对说明:\n" not in text:
        text += "核对说明:\n"
    answers = "".join(f"  - {{规则: {rule}, 说明: 照原件, 日期: 2024-05-06}}\n" for rule in rules)
    text = text.replace("核对说明:\n", f"核对说明:\n{answers}", 1)
    path.write_text(text, encoding="utf-8")
