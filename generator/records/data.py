"""The whole of `data/`, but for what is inside the records: forms, regions, the list of records."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.errors import DataError, Problem
from generator.forms.file import read_forms
from generator.forms.form import Form
from generator.records.glossary import GLOSSARY, read_glossary
from generator.records.regions import Region, read_regions
from generator.records.store import RecordPath, list_records


@dataclass(frozen=True, slots=True)
class Data:
    """What is read once, before any record is."""

    folder: Path
    forms: Mapping[str, Form]
    regions: Mapping[str, Region]
    records: tuple[RecordPath, ...]
    """Every record's place, sorted by region, unit and year."""
    problems: tuple[Problem, ...]
    """What is in the folder of records and is none: told together with what is wrong in records."""


def open_data(folder: Path) -> Data:
    """Read forms and regions, list the records.

    Raises DataError when forms or regions are wrong, with the problems of all three: without them
    no record can be read.
    """
    forms, regions = read_shared(folder)
    records, misplaced = list_records(folder / "records", regions)
    return Data(folder, forms, regions, tuple(records), tuple(misplaced))


def read_shared(folder: Path) -> tuple[dict[str, Form], dict[str, Region]]:
    """Forms and regions.

    Raises DataError when some are wrong, or the glossary, with what is in the folder of records and
    is none.
    """
    if not folder.is_dir():
        raise DataError([Problem(folder, 1, 1, "没有这个数据文件夹，请检查路径或用 --data 指明")])
    problems: list[Problem] = []
    forms: dict[str, Form] = {}
    regions: dict[str, Region] = {}
    misplaced: list[Problem] = []
    try:
        forms = read_forms(folder / "forms")
    except DataError as error:
        problems += error.problems
    try:
        read_glossary(folder / GLOSSARY)
    except DataError as error:
        problems += error.problems
    try:
        regions = read_regions(folder / "regions")
        if problems:
            _, misplaced = list_records(folder / "records", regions)
    except DataError as error:
        problems += error.problems
    if problems:
        raise DataError([*problems, *misplaced])
    return forms, regions
