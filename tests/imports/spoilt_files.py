"""Spoilt files of figures, and the required answers: a name, the bytes, and words with their place."""

from __future__ import annotations

import datetime
import gzip
import io
import zipfile
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from tests.imports.workbooks import HEADER, SHEET, cells, headed, packed, text_cell, with_parts, workbook

DAY = datetime.date(2026, 9, 30)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
HEAD = "metric;day;value\n"


class Spoilt(NamedTuple):
    """A file, and words of the answer. `options` are the command's options."""

    name: str
    data: Callable[[], bytes]
    said: str
    options: tuple[str, ...] = ()


def text(said: str, content: str | bytes, *options: str) -> Spoilt:
    """A spoilt CSV file."""
    data = content.encode() if isinstance(content, str) else content
    return Spoilt("f.csv", lambda: data, said, options)


def book(said: str, data: Callable[[], bytes], *options: str, name: str = "f.xlsx") -> Spoilt:
    """A spoilt workbook."""
    return Spoilt(name, data, said, options)


def rows(*values: object) -> Callable[[], bytes]:
    """A workbook in the long form with one row."""
    return lambda: workbook([HEADER, values])


def _merged() -> bytes:
    def fill(_book: object, sheet: object) -> None:
        sheet.merge_range("A2:A3", "win-rate")  # type: ignore[attr-defined]

    return workbook([HEADER, ("", DAY, 31), ("", DAY, 32)], fill=fill)


def _formula(value: object) -> Callable[[], bytes]:
    return lambda: workbook(
        [HEADER, ("win-rate", DAY, "")], fill=lambda _, sheet: sheet.write_formula("C2", "=1+1", None, value)
    )


@cache
def bomb() -> bytes:
    """A workbook whose sheet unpacks to 300 MB."""
    return with_parts(workbook([HEADER]), {SHEET: bytes(300 * 2**20)})


def lying_bomb() -> bytes:
    """The same, but the file claims that the sheet has 1,000 bytes."""
    data = bytearray(bomb())
    size = (300 * 2**20).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def distant_cells() -> bytes:
    """Two cells in opposite corners of a sheet."""
    far = '<row r="900000"><c r="ALL900000"><v>1</v></c></row>'
    return headed(far)


@cache
def million_rows() -> bytes:
    """A workbook with more rows than the limit."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(headed(""))) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != SHEET:
                new.writestr(name, old.read(name))
        with new.open(SHEET, "w") as sheet:
            sheet.write(
                b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            )
            for start in range(1, 1_001_001, 1000):
                sheet.write(
                    b"".join(
                        b'<row r="%d"><c><v>1</v></c></row>' % number for number in range(start, start + 1000)
                    )
                )
            sheet.write(b"</sheetData></worksheet>")
    return made.getvalue()


def _entities() -> bytes:
    lol = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    return with_parts(workbook([HEADER]), {SHEET: lol.encode()})


def _cyrillic(content: str) -> bytes:
    return content.encode("cp1251")


SPOILT = {
    # files that are not tables
    "empty": text("f.csv: the file is empty", ""),
    "byte-order mark alone": text("f.csv: the file is empty", b"\xef\xbb\xbf\r\n"),
    "blank lines": text("f.csv: the file is empty", "\n\n \n"),
    "separators alone": text("f.csv: there is no row with values", ";;\n;;\n"),
    "empty workbook": book("there is no row with values", workbook),
    "old Excel": book("f.xls: this is an Excel 97", lambda: OLE, name="f.xls"),
    "old Excel renamed": book("f.xlsx: this is an Excel 97", lambda: OLE),
    "password": book("protected by a password", lambda: OLE + "EncryptedPackage".encode("utf-16-le")),
    "OpenDocument": book("an OpenDocument file", lambda: packed(mimetype=b"x", **{"content.xml": b""})),
    "binary workbook": book("a binary workbook", lambda: packed(**{"xl/workbook.bin": b""})),
    "other ZIP file": book("not an XLSX workbook", lambda: packed(readme=b"x")),
    "HTML as .xls": book("a web page", lambda: b"<html><table><tr><td>1</td></tr></table>", name="f.xls"),
    "HTML as .csv": text("a web page", "\n<!DOCTYPE html><html></html>"),
    "XML": text("an XML file", '<?xml version="1.0"?><Workbook/>'),
    "PDF": text("a PDF file", "%PDF-1.7\n"),
    "gzip": text("neither text nor", gzip.compress(b"metric;day;value")),
    "UTF-32": text("neither text nor", HEAD.encode("utf-32")),
    "picture": text("neither text nor", b"\x89PNG\r\n\x1a\n" + bytes(50)),
    "control characters": text("f.csv:2: line 2 has a control character", HEAD + "win-rate;2026-09-30;\x013\n"),
    "cut ZIP": book("damaged", lambda: workbook([HEADER])[:900]),
    "damaged XML": book("xl/worksheets/sheet1.xml\" of the workbook is damaged", lambda: with_parts(workbook([HEADER]), {SHEET: lambda part: part[:-40]})),
    "damaged strings": book("damaged", lambda: with_parts(workbook([HEADER]), {"xl/sharedStrings.xml": b"<sst><si"})),
    "entities": book("damaged", _entities),
    "no sheet": book("no sheet with cells", lambda: with_parts(workbook([HEADER]), {SHEET: None})),
    "places in small letters": book("damaged", lambda: headed('<row r="2"><c r="xfd1048576"><v>1</v></c></row>')),
    "rows with a sign": book("damaged", lambda: headed('<row r="+1048576"><c><v>1</v></c></row>')),
    "cells in another encoding": book(
        "damaged",
        lambda: with_parts(headed('<row r="2"><c r="XFD1048576"><v>1</v></c></row>'), {SHEET: lambda part: b'<?xml version="1.0" encoding="UTF-16"?>' + part.decode().encode("utf-16")}),
    ),
    # too large
    "zip bomb": book("would unpack to more than 256 MB", bomb),
    "lying zip bomb": book("f.xlsx: the ", lying_bomb),
    "distant cells": book("Sheet1!ALL900000: the table has more than 3,000,000 cells", distant_cells),
    "a million rows": book("Sheet1!A1000001: there are more than 1,000,000 rows", lambda: headed('<row r="1000001"><c><v>1</v></c></row>')),
    "many columns": book("there are more than 1,000 columns", lambda: headed(f'<row r="2">{text_cell("ALM2", "x")}</row>')),
    "many columns in CSV": text("f.csv:1: there are more than 1,000 columns", ";".join("m" * 1100) + "\n"),
    "long cell": text("f.csv:2: a cell has more than 32,767 characters", HEAD + "x" * 40_000 + ";2026-09-30;1\n"),
    "long cell in a sheet": book("Sheet1!A2: a cell has more than", lambda: headed(f'<row r="2">{text_cell("A2", "x" * 40_000)}</row>')),
    # text
    "open quote": text("f.csv:2: a quotation mark is not closed", HEAD + 'win-rate;"2026-09-30;1\n'),
    "wrong encoding": text("f.csv:2: line 2 is not valid text in UTF-8", HEAD.encode() + b"win-rate;2026-09-30;31 \xa0\n", "--encoding", "utf-8"),
    "unknown encoding": text('the encoding "utf-9" is not supported', HEAD, "--encoding", "utf-9"),
    "unclear encoding": text("may be Windows-1251 or Windows-1252", HEAD.encode() + b"\xe0;2026-09-30;31\n"),
    "unclear separator": text("what separates the columns", "metric;day,value\nwin-rate;2026-09-30,31\n"),
    "unknown separator": text("cannot separate columns", HEAD, "--delimiter", "|"),
    "one column": text("there is one column", "win-rate\n31\n"),
    "cell beyond the header": text("f.csv:2:4: the header has no name for the column of this cell", HEAD + "win-rate;2026-09-30;31;5\n"),
    "several sheets": book("several sheets: A, B", lambda: workbook([HEADER], names=("A", "B"))),
    "unknown sheet": book('Did you mean "Sheet1"?', lambda: workbook([HEADER]), "--sheet", "Sheet"),
    "no such header": text("row 9 has no values", HEAD, "--header", "9"),
    # columns and metrics
    "no days": text("f.csv:1:1: there are no days, neither in a column nor in the header", "metric;value\nwin-rate;31\n"),
    "two columns of values": text('"value" and "actual" are both columns', "metric;day;value;actual\n"),
    "unknown metric": text('f.csv:2:1: unknown-metric: there is no metric "Wim rate" in the charter. Did you mean "win rate"?', HEAD + "Wim rate;2026-09-30;31\n"),
    "unknown metric in Cyrillic": text('f.csv:2:1: unknown-metric: there is no metric "Доля побед"', _cyrillic(HEAD + "Доля побед;2026-09-30;31\n")),
    "metric without a name": text("f.csv:2:1: no-metric", HEAD + ";2026-09-30;31\n"),
    "a metric in two columns": text("f.csv:1:3: twice-metric", "day;Win rate;win-rate\n2026-09-30;31;31\n"),
    "merged cells": book("Sheet1!A3: cell: the cell is merged with Sheet1!A2", _merged),
    # days
    "no day": text("f.csv:2:2: no-day", HEAD + "win-rate;;31\n"),
    "no such day": text('f.csv:2:2: unreadable-day: "2026-02-30" is not a date', HEAD + "win-rate;2026-02-30;31\n"),
    "ambiguous day": text("could mean 2026-04-03 or 2026-03-04", HEAD + "win-rate;03/04/2026;31\n"),
    "future day": text("the day 2999-01-01 is in the future", HEAD + "win-rate;2999-01-01;31\n"),
    "number as a day": book("Sheet1!B2: unreadable-day", rows("win-rate", 46295, 31)),
    # values
    "text": text('f.csv:2:3: unreadable-value: "about 31" is not a number', HEAD + "win-rate;2026-09-30;about 31\n"),
    "no such day, with an existing one": text("That month has 28 days. Write an existing day, for example 2026-02-28.", HEAD + "win-rate;2026-02-30;31\n"),
    "a day as a number": text("For spreadsheet programs, this number means 2026-09-30. Write that, or format", HEAD + "win-rate;46295;31\n"),
    "a day and a time as a number": text("this number means 2026-09-30", HEAD + 'win-rate;"46295,75";31\n'),
    "ambiguous day, with both": text("Write 2026-04-03 or 2026-03-04.", HEAD + "win-rate;03/04/2026;31\n"),
    "number in words": text("Write the number alone: 31.", HEAD + "win-rate;2026-09-30;about 31\n"),
    "negative number of accountants": text("Write the number alone: -4.", HEAD + "deals;2026-09-30;(4)\n"),
    "a letter in a number": text("Write the number alone, as 1234.5 or 1234,5.", HEAD + "deals;2026-09-30;3O\n"),
    "error of a formula": text("This is the error of a formula.", HEAD + "deals;2026-09-30;#REF!\n"),
    "title above the header": text("f.csv:1:1: header-below: the names of the columns are in row 3, not in the first one. Add --header 3,", "Report;;\n;;\n" + HEAD + "win-rate;2026-09-30;31\n"),
    "only a title above": text("Add --header 2, or delete the rows above it.", "Report\n" + HEAD + "win-rate;2026-09-30;31\n"),
    "no header": text('f.csv:1:3: no-names: the first row has a value, "31 %", in place of the name of a column.', "win-rate;2026-09-30;31 %\n"),
    "no column for values": text("f.csv:1:1: no-value-column: ", "metric;day;wert\nwin-rate;2026-09-30;31\n"),
    "bars": text('f.csv:1: other-delimiter: the columns are separated by "|".', HEAD.replace(";", "|") + "win-rate|2026-09-30|31\n"),
    "JSON": text("f.csv: json: this is a JSON file, not a table file. Export it as .xlsx or as CSV.", '[{"metric": "win-rate"}]\n'),
    "CSV injection": text('f.csv:2:3: unreadable-value: "=cmd|\' /C calc\'!A0"', HEAD + "win-rate;2026-09-30;=cmd|' /C calc'!A0\n"),
    "escape sequence": text("f.csv:2: line 2 has a control character", HEAD + "win-rate;2026-09-30;\x1b[2J31\n"),
    "ambiguous number": text("f.csv:2:3: ambiguous-number: \"1.234\" could mean 1.234 or 1234", HEAD + "deals;2026-09-30;1.234\n"),
    "share or percent": book("Sheet1!C2: share-or-percent", rows("win-rate", DAY, 0.31)),
    "other unit": text("other-unit", HEAD + "deals;2026-09-30;31 %\n"),
    "other currency": text('the value is in "$", but the metric "revenue" is in "EUR"', HEAD + "revenue;2026-09-30;$5\n"),
    "date as a value": book("Sheet1!C2: unreadable-value", rows("win-rate", DAY, DAY)),
    "boolean": book("Sheet1!C2: unreadable-value", rows("win-rate", DAY, True)),
    "formula without its value": book("Sheet1!C2: cell: the formula was saved without its value", _formula("")),
    "error in a cell": book("Sheet1!C2: cell: the cell shows an error, #DIV/0!", _formula("#DIV/0!")),
    "two values on a day": text("f.csv:3:3: conflict", HEAD + "win-rate;2026-09-30;31\nwin-rate;2026-09-30;32\n"),
    "other value than the charter's": text("f.csv:2:3: differs", HEAD + "deals;2026-09-01;6\n"),
    "long note": text("f.csv:2:4: long-note", "metric;day;value;note\nwin-rate;2026-09-30;31;" + "x" * 201 + "\n"),
    "sheet without rows of the header": book("Sheet1!A1", lambda: cells('<row r="1"><c r="A1"><v>1</v></c></row>')),
}  # fmt: skip
