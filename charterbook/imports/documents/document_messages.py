"""Messages about documents that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping

from charterbook.i18n import N_

_SAVE_AS = N_("Save it as .docx, .xlsx, .csv, .md or .html.")
_SPLIT = N_("Split it, or remove what a charter does not need.")

#: These replace the messages for tables.
MESSAGES: Mapping[str, tuple[str, str]] = {
    "no-file": (N_("this is not a file"), N_("Name a document.")),
    "too-large": (N_("the file is larger than %(limit)s MB"), _SPLIT),
    "empty": (N_("the file is empty"), N_("Name a document with text.")),
    "no-text": (N_("there is no text in the document"), N_("If its text is in pictures, write it as text first.")),
    "too-much-text": (N_("there are more than %(limit)s paragraphs and cells"), _SPLIT),
    "too-much": (N_("its charter would have more than %(limit)s kB of text"), _SPLIT),
    "nested": (N_("lists or other parts are nested more than %(limit)s deep"), N_("Write it with fewer levels.")),
    "old-excel": (N_("this is an old Office file (.doc, .xls or .ppt)"), N_("Save it as .docx or .xlsx.")),
    "encrypted": (N_("the file is protected by a password"), N_("Save a copy without a password.")),
    "open-document": (N_("this is an OpenDocument file"), _SAVE_AS),
    "binary-workbook": (N_("this is a binary workbook (.xlsb)"), _SAVE_AS),
    "exported": (N_("this workbook was made by `charterbook export xlsx`"), N_("Propose what was edited in it: charterbook propose --from-xlsx FILE.")),
    "slides": (N_("this is a presentation (.pptx)"), N_("Export its outline as text, or paste it into a .docx file.")),
    "other-zip": (N_("this ZIP file is neither a Word document nor a workbook"), _SAVE_AS),
    "xml": (N_("this is an XML file, not a document"), _SAVE_AS),
    "pdf": (N_("this is a PDF file"), N_("Import the document that it was made from, or save it as .docx.")),
    "data": (N_("this is a file with data (%(suffix)s), not a document"), N_("A charter needs no import; for others, name a .docx, .xlsx, .csv, .md, .txt or .html file.")),
    "rtf": (N_("this is an RTF file"), _SAVE_AS),
    "web-archive": (N_("this is a web archive, such as wikis export for Word"), N_("Open it and save it as .docx or .html.")),
    "not-text": (N_("this is not a document with text"), _SAVE_AS),
    "docx-broken-zip": (N_("the document is damaged and cannot be unpacked"), N_("Open it in a word processor and save it.")),
    "docx-zip-bomb": (N_("the text of the document would unpack to more than %(limit)s MB, or to more than %(ratio)s times its size"), _SPLIT),
    "docx-broken-xml": (N_("the part %(part)s of the document is damaged"), N_("Open it in a word processor and save it.")),
    "no-docx-reader": (N_("reading Word documents needs python-docx"), N_("Install it with: pip install 'charterbook[papers]'.")),
}  # fmt: skip

#: Notes on unread parts.
PICTURES = N_("pictures are not read: %(count)s")
SCRIPTS = N_("scripts and styles are not text and are skipped: %(count)s")
REMOVED = N_("text deleted in tracked changes is skipped: %(count)s")
OBJECTS = N_("embedded files, charts and diagrams are not read: %(count)s")
INVISIBLE = N_("invisible control characters are removed: %(count)s")
MACROS = N_("the document has macros; they are not run")
HIDDEN_SHEET = N_("the hidden sheet %(sheet)s is also read")

#: Places.
TITLE = N_("title of the page")
LINE = N_("line %(line)s")
PARAGRAPH = N_("paragraph %(number)s")
CELL = N_("table %(table)s, row %(row)s, column %(column)s")
FOOTNOTE = N_("note %(number)s")
COMMENT = N_("comment %(number)s")
TEXT_BOX = N_("text box in paragraph %(number)s")
HEADER = N_("header or footer of section %(number)s")
