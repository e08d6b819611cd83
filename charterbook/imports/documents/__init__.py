"""Read text documents and workbooks as blocks of text, each with its place. Nothing in a document is run.

- `blocks`: headings, paragraphs, list items and tables, as data
- `document_file`: the kind of a document, and its bytes within limits
- `document_messages`: messages about unreadable documents
- `visible_text`: removing invisible control characters
- `html_reader`, `block_builder`: web pages; events of a parser -> blocks
- `markdown_reader`, `aligned_tables`: Markdown, and slides exported as text; tables in plain text
- `docx_reader`, `docx_package`, `docx_text`: Word documents; their parts within limits; the words of a paragraph
- `sheet_reader`, `sheet_texts`: the sheets of workbooks and CSV files; the words of a cell, comments and drawings
"""

from __future__ import annotations

from charterbook.imports.documents.blocks import Document
from charterbook.imports.documents.document_file import read_document

__all__ = ["Document", "read_document"]
