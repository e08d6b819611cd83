"""Messages about files that cannot be read as tables."""

from __future__ import annotations

from collections.abc import Mapping

from charterbook.i18n import N_

_SAVE_AS = N_("Open it in a spreadsheet program and save it as .xlsx or as CSV.")

MESSAGES: Mapping[str, tuple[str, str]] = {
    # the file
    "no-file": (N_("this is not a file"), N_("Name a CSV or XLSX file.")),
    "too-large": (N_("the file is larger than %(limit)s MB"), N_("Keep only the rows and columns that are needed.")),
    "empty": (N_("the file is empty"), N_("Export it again, with a header and rows.")),
    "no-rows": (N_("there is no row with values"), N_("Export it again, with a header and rows.")),
    "no-header": (N_("row %(row)s has no values"), N_("Give the number of the row with the names of the columns.")),
    "old-excel": (N_("this is an Excel 97–2003 workbook (.xls)"), _SAVE_AS),
    "encrypted": (N_("the file is protected by a password"), N_("Save a copy without a password.")),
    "open-document": (N_("this is an OpenDocument file"), _SAVE_AS),
    "binary-workbook": (N_("this is a binary workbook (.xlsb)"), _SAVE_AS),
    "other-zip": (N_("this ZIP file is not an XLSX workbook"), _SAVE_AS),
    "html": (N_("this is a web page, not a table file"), _SAVE_AS),
    "xml": (N_("this is an XML file, not a table file"), _SAVE_AS),
    "json": (N_("this is a JSON file, not a table file"), N_("Export it as .xlsx or as CSV.")),
    "pdf": (N_("this is a PDF file"), N_("Ask for the figures as CSV or XLSX.")),
    "not-text": (N_("this is neither text nor an XLSX workbook"), _SAVE_AS),
    "not-csv": (N_("--%(option)s is for CSV files, but this is a workbook"), N_("Omit this option for this file.")),
    "not-xlsx": (N_("--sheet is for workbooks, but this is a CSV file"), N_("Omit this option for this file.")),
    # text
    "unknown-encoding": (N_("the encoding %(name)s is not supported"), N_("Available: %(names)s.")),
    "wrong-encoding": (N_("line %(line)s is not valid text in %(name)s"), N_("Name the encoding with --encoding, or save the file as UTF-8.")),
    "unclear-encoding": (N_("the text may be Windows-1251 or Windows-1252"), N_("Name the encoding with --encoding, or save the file as UTF-8.")),
    "unclear-delimiter": (N_("it is not clear what separates the columns: %(signs)s"), N_("Name the separator with --delimiter.")),
    "other-delimiter": (N_("the columns are separated by %(sign)s"), N_("Replace it by a semicolon, or export the file with one.")),
    "unknown-delimiter": (N_("%(name)s cannot separate columns"), N_("Available: %(names)s.")),
    "open-quote": (N_("a quotation mark is not closed, or text follows a closed one"), N_("Close it; double each quotation mark inside a cell.")),
    "control-character": (N_("line %(line)s has a control character that is not allowed in text"), N_("Export the file again.")),
    # workbooks
    "broken-zip": (N_("the workbook is damaged and cannot be unpacked"), N_("Export it again, or open it in a spreadsheet program and save it.")),
    "zip-bomb": (N_("the workbook would unpack to more than %(limit)s MB, or to more than %(ratio)s times its size"), N_("Keep only the rows and columns that are needed.")),
    "broken-xml": (N_("the part %(part)s of the workbook is damaged"), N_("Open the workbook in a spreadsheet program and save it.")),
    "no-sheet": (N_("the workbook has no sheet with cells"), N_("Save the table as a sheet.")),
    "unknown-sheet": (N_("there is no sheet %(name)s"), N_("Available: %(names)s.")),
    "several-sheets": (N_("the workbook has several sheets: %(names)s"), N_("Name one with --sheet.")),
    # size of a table
    "too-many-rows": (N_("there are more than %(limit)s rows"), N_("Keep only the rows that are needed.")),
    "too-many-columns": (N_("there are more than %(limit)s columns"), N_("Keep only the columns that are needed.")),
    "too-many-cells": (N_("the table has more than %(limit)s cells"), N_("Keep only the rows and columns that are needed.")),
    "too-many-merged": (N_("there are more than %(limit)s areas of merged cells"), N_("Unmerge them and fill in each value.")),
    "long-cell": (N_("a cell has more than %(limit)s characters"), N_("Shorten it, or leave its column out.")),
}  # fmt: skip

#: Notes about decisions.
ENCODING_NOTE = N_("read as %(encoding)s, columns separated by %(sign)s")
FORMULA_NOTE = N_("the last saved values of formulas are read; the first formula is here")
MACRO_NOTE = N_("the workbook has macros; they are not run")
LINK_NOTE = N_("the workbook refers to other files; their last saved values are read")
HIDDEN_NOTE = N_("only the sheet %(sheet)s is read; hidden sheets are skipped")
NAME_NOTE = N_("the file is an XLSX workbook, despite its name")

#: Reasons why a cell has no value.
UNSAVED = N_(
    "the formula was saved without its value; open the workbook in a spreadsheet program and save it"
)
CELL_ERROR = N_("the cell shows an error, %(value)s")
MERGED = N_("the cell is merged with %(first)s; unmerge the cells and fill in each value")
INFINITE = N_("the number is too large")

#: The names of separators.
SEMICOLON, COMMA, TAB = N_("semicolons"), N_("commas"), N_("tabs")
ONE_COLUMN = N_("nothing: there is one column")
