"""Read a table from a CSV or XLSX file; the content decides the format.

Nothing is guessed silently: decisions are in the table's notes, and ambiguity is an error. The size of the input is
limited. Nothing in the file is run, and no other file is opened.
"""

from __future__ import annotations

import re
from pathlib import Path

from charterbook.imports.csv_reader import read_csv
from charterbook.imports.file_kind import is_zip, read_head
from charterbook.imports.tables import LIMITS, Limits, Table, TableError

#: The beginning of a list or an object in JSON.
_JSON = re.compile(rb"\s*(?:\[\s*[\[{]|\{\s*\"|\{\s*\}|\[\s*\])")


def read_table(
    path: Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    header: int | None = None,
    limits: Limits = LIMITS,
) -> Table:
    """The table in a file. Raises TableError, and OSError for a missing file.

    `header` is the number of the row with the names of the columns, as in a spreadsheet program; by default, the
    first row with values. A workbook with several sheets needs `sheet`.
    """
    head = _head(path, limits)
    if is_zip(head):
        for option, given in (("encoding", encoding), ("delimiter", delimiter)):
            if given is not None:
                raise TableError(str(path), str(path), "not-csv", None, option=option)
        from charterbook.imports.xlsx_reader import read_xlsx

        return read_xlsx(path, limits, sheet, header)
    if sheet is not None:
        raise TableError(str(path), str(path), "not-xlsx")
    return read_csv(path, limits, encoding, delimiter, header)


def _head(path: Path, limits: Limits) -> bytes:
    """The first bytes of a readable file. Raises TableError."""
    head, rule = read_head(path, limits, TableError)
    if rule is None and _JSON.match(head):
        rule = "json"
    if rule is not None:
        raise TableError(str(path), str(path), rule)
    return head
