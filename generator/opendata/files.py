"""The files that readers download: their names, which are promises, and what they are called."""

from collections.abc import Iterator
from dataclasses import dataclass

DATA_CSV = "data.csv"
DATA_JSON = "data.json"
DATA_XLSX = "data.xlsx"
DATA_ZIP = "data.zip"
FIGURES_CSV = "indicators.csv"
FIGURES_JSON = "indicators.json"
FIGURES_XLSX = "indicators.xlsx"
FIELDS_CSV = "fields.csv"
README = "README.txt"
PACKAGE = "datapackage.json"
SCHEMA = "record.schema.json"
FEED = "feed.xml"
OPEN_SEARCH = "opensearch.xml"

MOST_IN_EXCEL = 100_000
"""Records of which there is one Excel file: with more, Excel is slow, and with ten times as many it
cannot open it."""

MOST_IN_PLAIN = 20_000
"""Records of which all fields are in plain files, of 600 MB; those of more are in the ZIP only."""

MEDIA = {
    "csv": ("CSV", "text/csv"),
    "json": ("JSON", "application/json"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("PDF", "application/pdf"),
    "zip": ("ZIP", "application/zip"),
    "xml": ("Atom", "application/atom+xml"),
}
"""suffix -> what readers call it, media type."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file."""

    name: str
    title: str
    """What is in it."""

    @property
    def kind(self) -> str:
        """As readers call it: CSV."""
        return MEDIA[self.name.rpartition(".")[2]][0]

    @property
    def media_type(self) -> str:
        return MEDIA[self.name.rpartition(".")[2]][1]


_FIELDS, _FIGURES = "全部字段", "主要指标"
RECORD_FILES = (
    DataFile(DATA_CSV, _FIELDS),
    DataFile(DATA_JSON, _FIELDS),
    DataFile(DATA_XLSX, _FIELDS),
)
UNIT_FILES = (
    DataFile(FIGURES_CSV, _FIGURES),
    DataFile(FIGURES_JSON, _FIGURES),
    DataFile(DATA_CSV, _FIELDS),
    DataFile(DATA_JSON, _FIELDS),
    DataFile(DATA_XLSX, f"{_FIGURES}和{_FIELDS}"),
    DataFile(DATA_ZIP, "以上数据和说明"),
)
_MANY_FILES = (
    DataFile(FIGURES_CSV, _FIGURES),
    DataFile(FIGURES_JSON, _FIGURES),
    DataFile(FIGURES_XLSX, _FIGURES),
    DataFile(DATA_CSV, _FIELDS),
    DataFile(DATA_JSON, _FIELDS),
    DataFile(DATA_ZIP, "以上数据和说明"),
)


_MOST = {FIGURES_XLSX: MOST_IN_EXCEL, DATA_CSV: MOST_IN_PLAIN, DATA_JSON: MOST_IN_PLAIN}
FEED_FILE = DataFile(FEED, "最近的变动")


def table_files(records: int) -> Iterator[DataFile]:
    """Of a year, of a region, of all: those of so many records."""
    for file in _MANY_FILES:
        if records <= _MOST.get(file.name, records):
            yield file
