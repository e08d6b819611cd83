"""A table with the place of every cell, made by the readers of CSV and XLSX. No input or output."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import NamedTuple, Protocol, overload

from charterbook.errors import CharterbookError
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import translator
from charterbook.imports.table_messages import MESSAGES
from charterbook.load.lazy_message import Fact, LazyMessage

#: The number of rows above a header, such as the title of a report, among which it is looked for.
_MOST_TITLES = 20

#: The day with the number 0 in spreadsheets, for days since March 1900.
DAY_ZERO = datetime.date(1899, 12, 30)


@dataclass(frozen=True)
class CellFault:
    """The reason why a cell has no usable value."""

    phrase: LazyMessage


#: The value of a cell: text in CSV files; None for an empty cell.
Value = str | Decimal | bool | datetime.date | datetime.time | datetime.timedelta | CellFault | None


class Cell(NamedTuple):
    """A value with its place, such as `Sheet1!C7`, or `file.csv:7:3` for the third cell in line 7.

    `sign` is the sign that the number format of a sheet adds to a number: `%` or the sign of a currency. The
    value of a cell that shows 31 % is 0.31 with the sign `%`. A date that is shown without its day has the
    sign `month`.
    """

    value: Value
    place: str
    sign: str = ""


class RowSource(Protocol):
    """Access to the cells of a row."""

    def cell(self, value: object, row: int, column: int) -> Cell:
        """The cell in a row and a column, both counted from 1."""


class Row(Sequence[Cell]):
    """A row of cells. `values` are the raw values without places: the fast path for long tables."""

    __slots__ = ("_source", "number", "values")

    def __init__(self, values: Sequence[object], number: int, source: RowSource) -> None:
        self.values, self.number, self._source = values, number, source

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, index: int) -> Cell: ...
    @overload
    def __getitem__(self, index: slice) -> list[Cell]: ...
    def __getitem__(self, index: int | slice) -> Cell | list[Cell]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        index %= len(self)
        return self._source.cell(self.values[index], self.number, index + 1)

    def get(self, index: int) -> Cell:
        """The cell in a column, counted from 0; empty beyond the end of the row."""
        if index < len(self):
            return self[index]
        return self._source.cell(None, self.number, index + 1)

    def beyond(self, width: int) -> Cell | None:
        """The first non-empty cell after the last column of the header."""
        return next((self[at] for at in range(width, len(self)) if self[at].value is not None), None)


class Note(NamedTuple):
    """A decision of the reader, with its place."""

    place: str
    phrase: LazyMessage


@dataclass(frozen=True)
class Table:
    """A table in a file: the first row as its header, and the non-empty rows below it.

    `rows` can be iterated over more than once, and raises TableError at an unreadable place.
    """

    file: str
    sheet: str | None
    header: Row
    rows: Iterable[Row]
    notes: tuple[Note, ...] = ()

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def header_below(self, is_header: Callable[[list[str]], bool]) -> int | None:
        """The number of the first of the next rows whose texts are those of a header."""
        rows = islice(self.rows, _MOST_TITLES)
        return next((row.number for row in rows if is_header([str(cell.value) for cell in row])), None)


class TableError(CharterbookError):
    """A file that cannot be read as a table. `place` is the file, or a place in it."""

    messages: Mapping[str, tuple[str, str]] = MESSAGES

    def __init__(
        self, file: str, place: str, rule: str, advice: LazyMessage | None = None, /, **facts: Fact
    ) -> None:
        self.file, self.place, self.rule = file, place, rule
        self.text, fix = (LazyMessage(message, **facts) for message in self.messages[rule])
        self.fix = advice or fix
        super().__init__(f"{located(file, place)}: {self.sentence('en')}")

    def sentence(self, language: str) -> str:
        """The description and the advice, in a language."""
        own = translator(language)
        return f"{self.text.text(own)}. {self.fix.text(own)}"


def located(file: str, place: str) -> str:
    """A place, prefixed by its file if it lacks it."""
    return place if place.startswith(file) else f"{file}: {place}"


@dataclass(frozen=True)
class Limits:
    """Limits of a file. A larger one is refused before it is in memory."""

    size: int = 64 * 2**20
    unpacked: int = 256 * 2**20
    ratio: int = 400
    rows: int = 1_000_000
    columns: int = 1_000
    cells: int = 3_000_000
    cell_length: int = 32_767


LIMITS = Limits()
