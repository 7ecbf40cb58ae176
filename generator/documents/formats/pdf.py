"""A document as PDF: A4 pages to print, archive (PDF/A) and listen to (PDF/UA), by Typst.

Typst lays out `theme/documents/document.typ`, which says what everything looks like. Texts reach it
as data, never as its source, so whatever a unit wrote comes out as it stands.
"""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import typst

from generator.documents.model import Document, Line, Sheet, Table
from generator.errors import DocumentError

_TEMPLATE = Path(__file__).resolve().parents[3] / "theme" / "documents" / "document.typ"

_DATE = 0
"""PDF/A asks for a date. The same for all: a file says what it contains, not when it was made."""

_WIDEST = 7
"""More columns than this do not fit an upright page."""

_FONTS = {
    "仿宋": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FZFangSong-Z02"),
    "黑体": (
        "SimHei",
        "黑体",
        "STHeiti",
        "Heiti SC",
        "Noto Sans CJK SC",
        "Noto Sans SC",
        "Source Han Sans SC",
        "WenQuanYi Zen Hei",
        "WenQuanYi Micro Hei",
        "Microsoft YaHei",
        "PingFang SC",
    ),
    "楷体": (
        "KaiTi_GB2312",
        "楷体_GB2312",
        "KaiTi",
        "楷体",
        "STKaiti",
        "Kaiti SC",
        "AR PL UKai CN",
        "AR PL UKai",
    ),
    "宋体": (
        "SimSun",
        "宋体",
        "NSimSun",
        "STSong",
        "Songti SC",
        "Noto Serif CJK SC",
        "Noto Serif SC",
        "Source Han Serif SC",
        "AR PL UMing CN",
        "AR PL UMing",
    ),
}
"""The typefaces of official papers, and the fonts that have them or come near, best first."""

_NO_FONT = (
    "这台电脑上没有中文字体，不能生成 PDF。请安装仿宋、黑体、楷体、宋体中的任一种，"
    "或 Noto CJK 字体（Debian、Ubuntu：apt-get install fonts-noto-cjk）"
)
_MOST_NAMED = 10

# Typst names one text of each kind that it cannot write, escaped as in Rust.
_REFUSED = re.compile(r'(?:the text|the codepoint) `"((?:[^"\\]|\\.)*)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


def write_pdf(document: Document, fonts: typst.Fonts | None = None) -> bytes:
    """The document as a PDF, with the fonts of this computer unless others are given.

    The outline consists of titles and headings; a repeated row of labels is tagged as header.
    Typst cannot yet tag a label at the side of a table as header of its row.
    """
    fonts = fonts or _installed_fonts()
    given = {
        "title": document.title,
        "fonts": _chosen(fonts.families()),
        "widest": _WIDEST,
        "sheets": [_sheet(sheet) for sheet in document.sheets],
    }
    try:
        return typst.compile(
            _TEMPLATE,
            root=_TEMPLATE.parent,
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"document": json.dumps(given, ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],  # PDF/A-4 has no level that asks for tags
            timestamp=_DATE,
        )
    except typst.TypstError as error:
        if characters := _refused(error.diagnostic):
            raise DocumentError(_reason(characters)) from None
        raise


@cache
def _installed_fonts() -> typst.Fonts:
    """Looking through the fonts of a computer takes longer than a document."""
    # With those that typst brings: Chinese fonts often lack ☑.
    return typst.Fonts(include_embedded_fonts=True)


def chosen_fonts() -> str:
    """Names the fonts that documents are set in; "" when there is no Chinese one."""
    try:
        chosen = _chosen(_installed_fonts().families())
    except DocumentError:
        return ""
    return json.dumps(chosen, ensure_ascii=False, sort_keys=True)


def _chosen(families: Iterable[str]) -> dict[str, list[str]]:
    """For every typeface the fonts that are there; in place of one that is missing 宋体, then any.

    Without a Chinese font Typst would leave the text out, without a word when there is no font.
    """
    known = {family.lower() for family in families}
    present = {
        role: [name for name in names if name.lower() in known] for role, names in _FONTS.items()
    }
    any_font = [*present["宋体"], *present["仿宋"], *present["楷体"], *present["黑体"]]
    if not any_font:
        raise DocumentError(_NO_FONT)
    return {role: list(dict.fromkeys([*names, *any_font])) for role, names in present.items()}


def _sheet(sheet: Sheet) -> dict[str, Any]:
    depths = _depths([block for block in sheet.blocks if isinstance(block, Line)])
    return {
        "landscape": any(
            isinstance(block, Table) and len(block.widths) > _WIDEST for block in sheet.blocks
        ),
        "blocks": [
            _table(block)
            if isinstance(block, Table)
            else {
                "text": block.text,
                "kind": block.kind,
                "level": block.level,
                "depth": next(depths),
            }
            for block in sheet.blocks
        ],
    }


def _depths(lines: Iterable[Line]) -> Iterator[int]:
    """For every line its depth in the outline, 0 for none: a title, and below it the headings.

    A document that can be listened to begins with depth 1 and leaves none out; a report may.
    """
    depth = 0
    for line in lines:
        if not line.text:
            yield 0
        elif line.kind == "标题":
            depth = 1
            yield depth
        elif line.kind == "正文" and line.level:
            depth = min(line.level + 1, depth + 1)
            yield depth
        else:
            yield 0


def _table(table: Table) -> dict[str, Any]:
    return {
        "widths": table.widths,
        "header": _header(table),
        "cells": [
            {
                "row": cell.row,
                "column": cell.column,
                "rowspan": cell.rowspan,
                "colspan": cell.colspan,
                "text": cell.marked,
                "centred": cell.is_label or cell.is_number,
            }
            for cell in table.cells
        ],
    }


def _header(table: Table) -> int:
    """How many rows at the top only have labels, which are those of the columns below."""
    contents = [cell.row for cell in table.cells if not cell.is_label]
    rows = min(contents, default=0)
    if any(cell.row < rows < cell.row + cell.rowspan for cell in table.cells):
        return 0  # a label that reaches into the rows below is not one of columns
    return rows


def _refused(diagnostic: str) -> list[str]:
    """The characters that Typst cannot write, each once."""
    texts = (
        _ESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], text)
        for text in _REFUSED.findall(diagnostic)
    )
    return list(dict.fromkeys("".join(texts)))


def _reason(characters: list[str]) -> str:
    named = "、".join(f"“{sign}”（U+{ord(sign):04X}）" for sign in characters[:_MOST_NAMED])
    if len(characters) > _MOST_NAMED:
        named += f"等 {len(characters)} 个"
    return (
        f"不能生成 PDF：字符{named}在这台电脑的字体里都没有，或是自造字、控制字符。"
        "请改用规范的字，或安装有这些字的字体（如“天珩全字库”“花园明朝”）后再试"
    )
