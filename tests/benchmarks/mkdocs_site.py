"""The records as a plain MkDocs site with Material: a Markdown page each, written beforehand.

Pipe tables cannot join cells, so the tables are HTML in Markdown, which Markdown hands through:
also the faster way. Reports are Markdown. The pages are in no navigation, which would otherwise be
drawn on each of them and grow with the square of their number; search is off.
"""

import re
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

from generator.documents.draw import draw_part
from generator.documents.model import Line, Table
from generator.records.data import Data
from generator.records.record import Record, read_record
from generator.records.regions import Region, Unit
from generator.yaml import YamlFile

_CONFIG = """site_name: 政务信息公开
docs_dir: docs
use_directory_urls: true
nav:
  - 首页: index.md
not_in_nav: "/*/"
plugins: []
theme:
  name: material
  language: zh
  font: false
  features: [navigation.prune, navigation.tabs, toc.follow]
extra:
  generator: false
markdown_extensions:
  - toc: {permalink: false}
validation:
  nav: {omitted_files: ignore, not_found: ignore, absolute_links: ignore}
  links: {not_found: ignore, absolute_links: ignore, unrecognized_links: ignore, anchors: ignore}
"""
_SPECIAL = re.compile(r"([\\`*_{}\[\]#+!|~-])|(?<=[0-9])([.)])")


def write_mkdocs_site(folder: Path, data: Data) -> None:
    """Write mkdocs.yml and docs/ with a page for each record, unit, region and year."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
    years: dict[int, list[str]] = {}
    regions: dict[str, list[str]] = {}
    units: dict[tuple[str, str], list[str]] = {}
    for each in data.records:
        region = data.regions[each.region]
        unit = region.units[each.unit]
        record = read_record(YamlFile.read(each.path), each, data.forms)
        path = docs / each.region / each.unit / f"{each.year}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(_page(record, region, unit)), encoding="utf-8")
        own = f"{each.region}/{each.unit}/{each.year}.md"
        documents = "；".join(f"{part.key} {part.form.title}" for part in record.parts)
        years.setdefault(each.year, []).append(f"- [{unit.name}](../{own}) {documents}")
        units.setdefault((each.region, each.unit), []).append(
            f"- [{each.year}年度]({each.year}.md) {documents}"
        )
        regions.setdefault(each.region, []).append(
            f"- [{unit.name} {each.year}年度]({each.unit}/{each.year}.md)"
        )
    for (code, slug), lines in units.items():
        _write(docs / code / slug / "index.md", data.regions[code].units[slug].name, lines)
    for code, lines in regions.items():
        _write(docs / code / "index.md", f"{data.regions[code].name}各单位公开情况", lines)
    for year, lines in years.items():
        _write(docs / "years" / f"{year}.md", f"{year}年度公开信息", lines)
    home = [f"- [{data.regions[code].name}]({code}/index.md)" for code in regions]
    _write(docs / "index.md", "政务信息公开", home)


def mkdocs_command(folder: Path, output: Path) -> list[str | Path]:
    """Build it."""
    return [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "-q",
        "-f",
        folder / "mkdocs.yml",
        "-d",
        output,
    ]


def _write(path: Path, title: str, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([f"# {title}", "", *lines, ""]), encoding="utf-8")


def _page(record: Record, region: Region, unit: Unit) -> Iterator[str]:
    year = record.identity.year
    review = record.review
    yield f"[{region.name}](../index.md) / [{unit.name}](index.md) / {year}年度\n"
    yield f"# {unit.name} {year}年度公开信息\n"
    yield f"状态：{review.status} 发布日期：{review.published.written}\n"
    rounds = (f"{each.name}：{each.outcome} {each.date.written}" for each in review.rounds)
    yield f"{' '.join(rounds)}\n"
    yield '<hr class="begin">\n'
    for part in record.parts:
        for block in draw_part(part).blocks:
            if isinstance(block, Table):
                yield "".join(_table(block))
            elif block.text.strip():
                yield f"{_line(block)}\n"
    yield '<hr class="end">\n'


def _line(line: Line) -> str:
    text = _SPECIAL.sub(r"\\\1\2", escape(line.text.strip(), quote=False))
    if line.kind == "标题":
        return f"## {text}"
    return f"{'#' * (line.level + 2)} {text}" if line.level else text


def _table(table: Table) -> Iterator[str]:
    yield "<table>"
    row = -1
    for cell in table.cells:
        while row < cell.row:
            row += 1
            yield "<tr>" if row == 0 else "</tr><tr>"
        tag = "th" if cell.is_label else "td"
        rowspan = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        colspan = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        text = escape(cell.text, quote=False).replace("\n", "<br>")
        yield f"<{tag}{rowspan}{colspan}>{text}</{tag}>"
    yield "</tr></table>\n"
