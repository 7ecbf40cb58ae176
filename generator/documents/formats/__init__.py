"""One module for each kind of file: reading it as blocks, writing a document to it."""
