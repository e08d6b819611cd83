"""Advice for cells that cannot be read as a day or a number, made from their text."""

from __future__ import annotations

import calendar
import datetime
import re
from decimal import Decimal

from charterbook.imports import figure_messages
from charterbook.imports.numbers_in_text import number_in
from charterbook.imports.tables import DAY_ZERO
from charterbook.load.lazy_message import LazyMessage

#: The numbers that spreadsheet programs have for the days of the years 1990 to 2099.
_SERIAL = range(32_874, 73_051)

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_NUMERIC = re.compile(r"\(?[-–−+]?\d[\d.,\u00a0\u202f ]*\)?", re.ASCII)


def day_advice(value: object) -> LazyMessage | None:
    """Advice for a cell that cannot be read as a day: the day of its serial number, or the last day of its month."""
    text = str(value).strip()
    number = re.fullmatch(r"(\d{5})(?:[.,]\d+)?", text, re.ASCII)
    if number and int(number[1]) in _SERIAL:
        day = DAY_ZERO + datetime.timedelta(int(number[1]))
        return LazyMessage(figure_messages.DAY_OF_NUMBER, day=str(day))
    match = _ISO.fullmatch(text)
    if match and 1 <= int(match[2]) <= 12 and int(match[1]) >= datetime.MINYEAR:  # noqa: PLR2004
        year, month = int(match[1]), int(match[2])
        last = calendar.monthrange(year, month)[1]
        if int(match[3]) > last:
            day = datetime.date(year, month, last)
            return LazyMessage(figure_messages.NO_SUCH_DAY, count=last, day=str(day))
    return None


def number_advice(value: object, decimal: str | None) -> LazyMessage | None:
    """Advice for a cell that cannot be read as a number: the only number in it, or the cause of its error."""
    text = str(value).strip()
    if re.fullmatch(r"#[A-ZА-Я/0?!]+", text):
        return LazyMessage(figure_messages.ERROR_OF_FORMULA)
    found = [] if text.startswith("=") else [part.strip() for part in _NUMERIC.findall(text)]
    if len(found) != 1 or re.search(r"\d[^\W\d_]\w*\d|\d[^\W\d_]", text):
        return None
    is_negative = found[0].startswith("(") and found[0].endswith(")")
    read = number_in(found[0].strip("()"), decimal)
    if read is None or len(read.readings) != 1:
        return None
    number: Decimal = -read.readings[0] if is_negative else read.readings[0]
    return LazyMessage(figure_messages.NUMBER_ALONE, number=f"{number:f}")
