"""Word files (.docx): written as an office would lay them out, read whoever made them."""

from generator.documents.formats.word.read import read_word
from generator.documents.formats.word.write import write_word

__all__ = ["read_word", "write_word"]
