"""What all records have in common, read once while it does not change: a preview builds again at
each change of a record, and reading the word lists alone takes longer than the record."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from generator.checks.case import Library, read_library
from generator.checks.check import check_sources
from generator.errors import Problem
from generator.forms.form import Form
from generator.records.data import read_shared
from generator.records.glossary import GLOSSARY, Glossary, read_glossary
from generator.records.regions import Region
from generator.site.keys import Inputs


def forms_and_regions(
    data: Path, inputs: Inputs
) -> tuple[Mapping[str, Form], Mapping[str, Region]]:
    """As `read_shared`, with its errors."""
    return _shared(data, inputs.all)


def library(data: Path, inputs: Inputs) -> Library:
    """As `read_library`, with its errors."""
    return _library(data, inputs.checks)


def glossary(data: Path, inputs: Inputs) -> Glossary:
    """As `read_glossary`, with its errors."""
    return _glossary(data, inputs.glossary)


def personal_data(data: Path, inputs: Inputs) -> tuple[Problem, ...]:
    """What `check_sources` finds."""
    return _personal_data(data, inputs.all)


# The digests are there to be compared: with others, other things are read.


@lru_cache(maxsize=1)
def _shared(data: Path, digest: str) -> tuple[Mapping[str, Form], Mapping[str, Region]]:
    return read_shared(data)


@lru_cache(maxsize=1)
def _library(data: Path, digest: str) -> Library:
    return read_library(data)


@lru_cache(maxsize=1)
def _glossary(data: Path, digest: str) -> Glossary:
    return read_glossary(data / GLOSSARY)


@lru_cache(maxsize=1)
def _personal_data(data: Path, digest: str) -> tuple[Problem, ...]:
    return tuple(each.problem for each in check_sources(data))
