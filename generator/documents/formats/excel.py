"""Excel files: what a document is written to, and what a filled one is read from."""

from generator.documents.formats.excel_old import read_old_excel
from generator.documents.formats.excel_read import read_excel
from generator.documents.formats.excel_write import write_excel

__all__ = ["read_excel", "read_old_excel", "write_excel"]
