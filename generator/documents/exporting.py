"""Documents as files: which function writes which kind."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from generator.documents.model import Document

WRITERS = {
    "docx": ("word", "write_word"),
    "xlsx": ("excel", "write_excel"),
    "html": ("web", "write_web"),
    "txt": ("text", "write_text"),
    "pdf": ("pdf", "write_pdf"),
}
"""suffix -> module of `formats/`, function. Only the one that is needed is loaded."""


def write_document(document: Document, suffix: str) -> bytes:
    """A document as the bytes of a file.

    Raises DocumentError when the file cannot hold what is in the document.
    """
    module, name = WRITERS[suffix]
    write: Callable[[Document], Any] = getattr(
        import_module(f"generator.documents.formats.{module}"), name
    )
    written = write(document)
    return written.encode() if isinstance(written, str) else bytes(written)
