"""Each attachment of a record as Word, Excel and PDF files, to be put beside its page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.checks.remarks import Remark
from generator.documents.draw import draw_record
from generator.documents.exporting import write_document
from generator.errors import DocumentError
from generator.records.record import Record

NAMES = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF"}
"""suffix -> what readers call it."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment as a file."""

    key: str
    """附件3."""
    suffix: str
    content: bytes
    """Empty when there can be none."""
    reason: str = ""
    """Why there can be none."""

    @property
    def name(self) -> str:
        """Of the file."""
        return file_name(self.key, self.suffix)


def file_name(key: str, suffix: str) -> str:
    """Of an attachment's file: fujian3.docx for 附件3."""
    return f"fujian{key.removeprefix('附件')}.{suffix}"


def attachment_files(
    record: Record, title: str, remarks: Sequence[Remark], suffixes: Sequence[str]
) -> Iterator[Attachment]:
    """The files of all attachments, each with the remarks on it.

    Some cannot be made: a cell of Excel has its limits, and a font may lack a sign.
    """
    for part in record.parts:
        if not part.is_attachment:
            continue
        own = [each for each in remarks if any(at.where[:1] == (part.key,) for at in each.places)]
        document = draw_record(_only(record, part.key), f"{title} {part.key}", own)
        for suffix in suffixes:
            try:
                yield Attachment(part.key, suffix, write_document(document, suffix))
            except DocumentError as error:
                yield Attachment(part.key, suffix, b"", str(error))


def _only(record: Record, key: str) -> Record:
    parts = tuple(part for part in record.parts if part.key == key)
    return Record(record.identity, parts, record.file, record.review)
