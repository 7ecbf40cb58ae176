"""The files of one record that readers download: its data, and each attachment as a document."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.checks.remarks import Remark, marks_of
from generator.errors import BuildError, Problem
from generator.opendata import csvfile, files
from generator.opendata.attachments import NAMES, Attachment, attachment_files
from generator.opendata.excel import Sheet, workbook
from generator.opendata.jsonfile import record_json
from generator.opendata.rows import Origin, field_rows
from generator.opendata.tables import LONG, long_cells
from generator.pages.addresses import record_address
from generator.pages.downloads import Download
from generator.pages.record import record_title
from generator.records.record import Record
from generator.records.regions import Region, Unit
from generator.site.fonts import fonts_here
from generator.site.keys import Inputs, digest
from generator.site.manifest import Part, of_records
from generator.site.options import ATTACHMENTS
from generator.site.output import File, Output


@dataclass(frozen=True, slots=True)
class RecordFiles:
    """The files of a record."""

    part: Part
    """Without files, when those of the last site are still right."""
    downloads: tuple[Download, ...]
    problems: tuple[Problem, ...]
    """Which could not be made, and why."""

    @property
    def data(self) -> str:
        """Names what they are made from."""
        return self.part.key


class RecordFilesMaker:
    """Makes them; one in each worker process."""

    def __init__(self, inputs: Inputs, output: Output) -> None:
        self._inputs = inputs
        self._output = output
        self._suffixes = [
            each
            for each in ATTACHMENTS
            if each in inputs.downloads and (each != "pdf" or inputs.fonts)
        ]
        self._knows_fonts = "pdf" not in self._suffixes

    def make(
        self,
        record: Record,
        region: Region,
        unit: Unit,
        remarks: Sequence[Remark],
        known: Mapping[str, Part],
    ) -> RecordFiles | None:
        """The files of a record; None when it has none, since it was withdrawn, or none is wanted.

        Args:
            known: what the last site has of the unit, by name.
        """
        if not self._inputs.downloads or record.review.status == "已撤回":
            return None
        year = record.identity.year
        name = f"{of_records(region.code, unit.slug)}{year}"
        key = self._key(record, region, unit, remarks)
        part = known.get(name)
        if part and part.key == key:
            return self._found(record, part, Part(name, key, ()))
        reasons: list[str] = []
        address = record_address(region.code, unit.slug, year)
        made = [
            self._output.write(address + path, content)
            for path, content in self._contents(record, region, unit, remarks, reasons)
        ]
        part = Part(name, key, tuple(made), json.dumps(reasons, ensure_ascii=False))
        return self._found(record, part, part)

    def _found(self, record: Record, known: Part, part: Part) -> RecordFiles:
        problems = tuple(
            Problem(record.identity.path, 1, 1, reason, stops=False)
            for reason in json.loads(known.value)
        )
        return RecordFiles(part, tuple(_downloads(known.files)), problems)

    def _key(self, record: Record, region: Region, unit: Unit, remarks: Sequence[Remark]) -> str:
        forms = sorted({part.form.name for part in record.parts})
        return digest(
            self._inputs.documents,
            region.name,
            unit.name,
            record.file.text,
            repr([(each.label, each.rule, each.explanation, each.date) for each in remarks]),
            repr([[place.where for place in each.places] for each in remarks]),
            repr([[place.offset for place in each.places] for each in remarks]),
            *(self._inputs.forms[form] for form in forms),
        )

    def _contents(
        self,
        record: Record,
        region: Region,
        unit: Unit,
        remarks: Sequence[Remark],
        reasons: list[str],
    ) -> Iterator[tuple[str, bytes]]:
        year = record.identity.year
        origin = Origin(region.code, region.name, unit.slug, unit.name, year)
        rows = [long_cells(origin, row) for row in field_rows(record, marks_of(remarks))]
        yield files.DATA_CSV, csvfile.head(LONG) + csvfile.lines(rows)
        yield files.DATA_JSON, record_json(origin, record, remarks)
        with workbook([Sheet("全部字段", LONG, rows)]) as pieces:
            yield files.DATA_XLSX, b"".join(pieces)
        self._check_fonts()
        title = record_title(unit, year)
        for each in attachment_files(record, title, remarks, self._suffixes):
            if each.content:
                yield each.name, each.content
            else:
                reasons.append(_reason(each))

    def _check_fonts(self) -> None:
        """On another machine of a cluster there may be others."""
        if self._knows_fonts:
            return
        if fonts_here() != self._inputs.fonts:
            raise BuildError(
                "工作进程所在机器的中文字体与这里的不同，做出的 PDF 会不一样："
                "请装成一样的，或在 mkdocs.yml 的 downloads 里去掉 pdf"
            )
        self._knows_fonts = True


def _reason(attachment: Attachment) -> str:
    kind = NAMES[attachment.suffix]
    return f"{attachment.key}没有做成 {kind} 文件，网页上不列：{attachment.reason}"


def _downloads(made: Sequence[File]) -> Iterator[Download]:
    titles = {each.name: each.title for each in files.RECORD_FILES}
    for file in made:
        name = file.path.rpartition("/")[2]
        title = titles.get(name) or f"附件{name.partition('.')[0].removeprefix('fujian')}"
        yield Download(title, file.path, file.size)
