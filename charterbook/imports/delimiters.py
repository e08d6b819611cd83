"""Detect the separator of a CSV file: the only one with which its first lines are a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from charterbook.imports import table_messages
from charterbook.imports.tables import TableError
from charterbook.load.did_you_mean import quote
from charterbook.load.lazy_message import LazyMessage

NAMES = {";": table_messages.SEMICOLON, ",": table_messages.COMMA, "\t": table_messages.TAB}
_ASKED = {"semicolon": ";", "comma": ",", "tab": "\t", "\\t": "\t"}
_MOST_LINES = 50
#: Signs that separate columns in the exports of some programs.
_OTHERS = ("|", "^", "~", "¦")


def known_delimiter(name: str, file: str) -> str:
    """The requested separator. Raises TableError."""
    sign = _ASKED.get(name.casefold(), name)
    if sign not in NAMES:
        raise TableError(file, file, "unknown-delimiter", None, name=quote(name), names='";", ",", tab')
    return sign


def delimiter_from_excel(line: str) -> str | None:
    """The separator in Excel's own first line: `sep=;`."""
    text = line.strip().strip('"')
    return text[4:] if text[:4].casefold() == "sep=" and text[4:] in (*NAMES, "") else None


def delimiter_of(lines: Sequence[str], file: str) -> str:
    """The separator of the columns in these lines; a comma if there is one column. Raises TableError."""
    widths = {sign: list(_widths(lines[:_MOST_LINES], sign)) for sign in NAMES}
    splitting = [sign for sign in NAMES if max(widths[sign], default=1) > 1]
    regular = [sign for sign in splitting if len(set(widths[sign])) == 1]
    in_header = [sign for sign in splitting if widths[sign][0] > 1]
    for likely in (regular, in_header, splitting):
        if len(likely) == 1:
            return likely[0]
        if likely:
            signs = LazyMessage(
                " / ".join(f"%({number})s" for number in range(len(likely))), **_names(likely)
            )
            raise TableError(file, f"{file}:1", "unclear-delimiter", None, signs=signs)
    _refuse_others(lines[:_MOST_LINES], file)
    return ","


def _refuse_others(lines: Sequence[str], file: str) -> None:
    """Raise TableError if a sign that is not a separator is equally often in each of several lines."""
    filled = [line for line in lines if line.strip()]
    for sign in _OTHERS:
        numbers = {line.count(sign) for line in filled}
        if len(filled) > 1 and len(numbers) == 1 and numbers != {0}:
            raise TableError(file, f"{file}:1", "other-delimiter", None, sign=quote(sign))


def _names(signs: Sequence[str]) -> dict[str, LazyMessage]:
    return {str(number): LazyMessage(NAMES[sign]) for number, sign in enumerate(signs)}


def _widths(lines: Sequence[str], sign: str) -> Iterator[int]:
    """The numbers of columns of the records in these lines, without empty records and an incomplete last one."""
    try:
        for record in csv.reader(lines, delimiter=sign):
            if record:
                yield len(record)
    except csv.Error:
        return
