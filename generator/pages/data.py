"""The page of the data: what there is, where, and what it means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from jinja2 import Environment
from markupsafe import Markup

from generator.opendata import files
from generator.opendata.files import RECORD_FILES, UNIT_FILES, DataFile, table_files
from generator.opendata.rows import ABSENT
from generator.opendata.tables import FIGURE_STATES, LONG, WIDE, Column
from generator.pages.addresses import DATA, region_address, year_address
from generator.pages.catalogue import RegionLine
from generator.pages.contents import Contents, nested
from generator.pages.downloads import Download, grouped, of_files
from generator.pages.indexes import HOME_REGIONS
from generator.pages.page import Page
from generator.pages.paging import Place, index_page

_WIDE = (
    *(column for column in WIDE if column.options != FIGURE_STATES),
    Column("……状态", "每个主要指标后面有一列，写明它是已填、空、不适用，还是表中无此项"),
)
"""The columns, those of states told once."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Records whose data are listed."""

    name: str
    address: str
    records: int
    downloads: list[tuple[str, list[Download]]]


def data_page(
    regions: Sequence[tuple[RegionLine, int]],
    years: Mapping[int, int],
    attachments: Sequence[str],
    site_url: str,
    licence: tuple[str, str],
    environment: Environment,
) -> Page:
    """The page's part below its text.

    Args:
        regions: with their numbers of records that have data, by code.
        years: year -> records that have data, the newest first; none where none was made.
        attachments: what else is made of each attachment: docx, pdf.
        site_url: "" when it is not known where the site will stand.
        licence: name and address of it; "" when it is not said.
    """
    total = sum(years.values())
    contents = Contents()

    def heading(text: str) -> str:
        return contents.add(2, text, text)

    listed = [(line, records) for line, records in regions if records]
    if len(listed) > HOME_REGIONS:
        listed = []
    page = index_page(
        environment,
        "pages/data.html",
        "data",
        "数据",
        "公开信息的数据文件：CSV、JSON、Excel，网址长期不变，附字段说明",
        Place(DATA),
        heading_of=heading,
        total=total,
        everything=grouped(of_files(DATA, table_files(total))),
        years=[
            _place(f"{year}年度", year_address(year), records) for year, records in years.items()
        ],
        regions=[_place(line.name, region_address(line.code), records) for line, records in listed],
        scopes=_scopes(attachments),
        wide=_WIDE,
        long=LONG,
        absent=ABSENT,
        site_url=site_url,
        licence=licence,
        files=files,
    )
    toc = environment.get_template("pages/parts/contents.html").render(
        entries=nested(contents.headings)
    )
    return replace(page, toc=Markup(toc))  # noqa: S704 - rendered by our escaping environment


def _place(name: str, address: str, records: int) -> _Place:
    return _Place(name, address, records, grouped(of_files(address, table_files(records))))


def _scopes(attachments: Sequence[str]) -> list[tuple[str, str, list[str]]]:
    """What has files: whose data, the address as a pattern, the files' names."""
    own = [f"fujian3.{suffix}" for suffix in attachments]
    return [
        ("一份记录", "地区代码/单位简写/年度/", [*_names(RECORD_FILES), *own]),
        ("一个单位", "地区代码/单位简写/", _names(UNIT_FILES)),
        ("一个地区", "地区代码/", [*_names(table_files(0)), files.PACKAGE]),
        ("一个年度", "years/年度/", _names(table_files(0))),
        (
            "全部",
            DATA,
            [*_names(table_files(0)), files.PACKAGE, files.FIELDS_CSV, files.SCHEMA],
        ),
    ]


def _names(listed: Iterable[DataFile]) -> list[str]:
    return [file.name for file in listed]
