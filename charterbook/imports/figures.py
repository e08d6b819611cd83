"""Values of metrics from tables. Ambiguous values are reported with their places, never guessed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from decimal import Decimal

from charterbook.charter import Charter
from charterbook.frozen_dataclass import dataclass
from charterbook.imports import figure_messages
from charterbook.imports.cell_advice import day_advice
from charterbook.imports.days_in_text import day_in
from charterbook.imports.figure_columns import Columns, columns_of, normalized_name
from charterbook.imports.figure_findings import Findings
from charterbook.imports.figure_values import ValueReader
from charterbook.imports.metric_names import MetricNames
from charterbook.imports.numbers_in_text import number_in
from charterbook.imports.tables import Cell, CellFault, Row, Table, located
from charterbook.load.did_you_mean import quote, short
from charterbook.load.lazy_message import LazyMessage
from charterbook.versions import FiscalYear

_LONGEST_NOTE = 200

#: Words for a missing value in a cell, in the languages of charters.
_NO_VALUE = frozenset(("-", "–", "—", "n/a", "na", "n.a.", "#n/a", "н/д", "нд", "нет данных", "no data"))


@dataclass(frozen=True)
class MetricReading:
    """A value of a metric on a day, with its file and place."""

    metric: str
    day: datetime.date
    value: Decimal
    note: str | None
    file: str
    place: str


@dataclass(frozen=True)
class FigureReader:
    """Reader of tables with the settings of mkdocs.yml and the command line. `decimal` is `.`, `,` or None."""

    charter: Charter
    today: datetime.date
    columns: Mapping[str, str] = field(default_factory=dict)
    metrics: Mapping[str, str | None] = field(default_factory=dict)
    decimal: str | None = None
    fiscal_year: FiscalYear = field(default_factory=FiscalYear)

    def read(self, tables: Iterable[Table], findings: Findings) -> list[MetricReading]:
        """The readings of all tables, each day and metric once, in their order."""
        known: dict[tuple[str, datetime.date], MetricReading] = {}
        for table in tables:
            findings.notes += [(table.file, note) for note in table.notes]
            columns = columns_of(table, self.columns, findings)
            for reading in _Rows(self, table, columns, findings).readings() if columns else ():
                self._keep(reading, known, findings)
                if findings.full:
                    return []
        return list(known.values())

    def _keep(
        self,
        reading: MetricReading,
        known: dict[tuple[str, datetime.date], MetricReading],
        findings: Findings,
    ) -> None:
        other = known.setdefault((reading.metric, reading.day), reading)
        if other.value != reading.value:
            report_conflict(
                "conflict", reading, other.value, findings, place=located(other.file, other.place)
            )


def report_conflict(
    rule: str, reading: MetricReading, other: Decimal, findings: Findings, **facts: str
) -> None:
    """Report that a reading contradicts a value of its metric on the same day."""
    findings.add(
        reading.file,
        reading.place,
        rule,
        id=quote(reading.metric),
        day=str(reading.day),
        value=f"{reading.value:f}",
        other=f"{other:f}",
        **facts,
    )


class _Rows:
    """The readings in the rows of one table."""

    def __init__(self, reader: FigureReader, table: Table, columns: Columns, findings: Findings) -> None:
        self.reader, self.table, self.columns, self.findings = reader, table, columns, findings
        self.metrics = {metric.id: metric for metric in reader.charter.metrics}
        self.names = MetricNames(reader.charter, reader.metrics)
        decimal = reader.decimal or self._shown_decimal()
        self.values = ValueReader(table.file, decimal, reader.charter.funding.currency, findings)

    def readings(self) -> Iterator[MetricReading]:
        """All readings, row by row."""
        self._note_left_out()
        heads = self._heads()
        for row in self.table:
            if self.findings.full:
                return
            if beyond := row.beyond(len(self.table.header)):
                self.findings.cell(self.table.file, beyond, "beyond-header")
            yield from self._row(row, heads)

    def _row(self, row: Row, heads: Mapping[int, str | datetime.date]) -> Iterator[MetricReading]:
        roles, form = self.columns.roles, self.columns.form
        if form == "long":
            yield from self._long(row)
            return
        filled = [(index, row.get(index)) for index in heads if self._is_filled(row.get(index))]
        if not filled:
            return
        if form == "metrics":
            day = self._day(row.get(roles["day"]))
            pairs = [(str(heads[index]), day, cell) for index, cell in filled]
        else:
            cell = row.get(roles["metric"])
            id_ = (
                None
                if self.names.is_left_out(cell)
                else self.names.find(cell, self.table.file, self.findings)
            )
            pairs = [(id_ or "", _as_day(heads[index]), cell) for index, cell in filled]
        for id_, day, cell in pairs:
            yield from self._reading(id_, day, cell, None)

    def _long(self, row: Row) -> Iterator[MetricReading]:
        roles = self.columns.roles
        name, day, value = (row.get(roles[role]) for role in ("metric", "day", "value"))
        if not self._is_filled(value) or self.names.is_left_out(name):
            return
        id_ = self.names.find(name, self.table.file, self.findings)
        note = self._note(row.get(roles["note"])) if "note" in roles else None
        yield from self._reading(id_, self._day(day), value, note)

    def _is_filled(self, cell: Cell) -> bool:
        """Whether a cell has a value. Words such as n/a mean no value; a note reports them."""
        if isinstance(cell.value, str) and normalized_name(cell.value) in _NO_VALUE:
            self.findings.note(
                self.table.file, cell.place, figure_messages.NO_VALUE_NOTE, value=quote(cell.value)
            )
            return False
        return cell.value is not None

    def _reading(
        self, id_: str | None, day: datetime.date | None, cell: Cell, note: str | None
    ) -> Iterator[MetricReading]:
        if not id_ or day is None:
            return
        value = self.values.read(cell, self.metrics[id_])
        if value is not None:
            yield MetricReading(id_, day, value, note, self.table.file, cell.place)

    def _heads(self) -> dict[int, str | datetime.date]:
        """The metric or the day of each column of a wide table."""
        if self.columns.form == "long":
            return {}
        found: dict[int, str | datetime.date] = {}
        for index in self.columns.others:
            cell = self.table.header[index]
            head = self._head(cell, index)
            if head is None:
                continue
            if isinstance(head, str) and head in found.values():
                first = next(at for at, one in found.items() if one == head)
                where = self.table.header[first].place
                self.findings.cell(self.table.file, cell, "twice-metric", id=quote(head), place=where)
            found[index] = head
        return found

    def _head(self, cell: Cell, index: int) -> str | datetime.date | None:
        if self.columns.form == "days":
            return self._day(cell)
        if cell.value is None and not any(row.get(index).value is not None for row in self.table):
            return None
        return None if self.names.is_left_out(cell) else self.names.find(cell, self.table.file, self.findings)

    def _day(self, cell: Cell) -> datetime.date | None:
        """The day in a cell; None, with a report, if it is invalid."""
        say, file = self.findings.cell, self.table.file
        if isinstance(cell.value, CellFault):
            say(file, cell, "cell", reason=cell.value.phrase)
            return None
        days, is_period = day_in(cell, self.reader.fiscal_year)
        if not days:
            rule = "no-day" if cell.value is None else "unreadable-day"
            say(file, cell, rule, day_advice(cell.value), value=quote(cell.value))
        elif len(days) > 1:
            say(file, cell, "ambiguous-day", value=quote(cell.value), first=str(days[0]), second=str(days[1]))
        elif days[0] > self.reader.today:
            say(file, cell, "future-day", day=str(days[0]))
        else:
            if is_period:
                self.findings.note(file, cell.place, figure_messages.MONTH_NOTE)
            return days[0]
        return None

    def _note(self, cell: Cell) -> str | None:
        if cell.value is None:
            return None
        text = str(cell.value)
        if isinstance(cell.value, CellFault) or len(text) > _LONGEST_NOTE or not text.isprintable():
            self.findings.cell(self.table.file, cell, "long-note")
            return None
        return text

    def _shown_decimal(self) -> str | None:
        """The decimal sign shown by the texts of a table, if all agree; a note reports it if it is needed."""
        shown: set[str] = set()
        needed: Cell | None = None
        indexes = {self.columns.roles.get("value", -1), *self.columns.others} - {-1}
        for row in self.table:
            for cell in (row.get(index) for index in indexes):
                written = number_in(cell.value) if isinstance(cell.value, str) else None
                if written is not None:
                    shown |= {written.decimal} - {""}
                    needed = needed or (cell if len(written.readings) > 1 else None)
        if len(shown) != 1:
            return None
        decimal = next(iter(shown))
        if needed is not None:
            sign = LazyMessage(figure_messages.POINT if decimal == "." else figure_messages.COMMA)
            self.findings.note(self.table.file, needed.place, figure_messages.DECIMAL_NOTE, sign=sign)
        return decimal

    def _note_left_out(self) -> None:
        """Note the columns of a table that are not read."""
        used = {*self.columns.roles.values(), *(() if self.columns.form == "long" else self.columns.others)}
        cells = [cell for index, cell in enumerate(self.table.header) if index not in used]
        cells += [self.table.header[index] for index in self._mapped_out()]
        names = [short(str(cell.value), 40) for cell in cells if cell.value is not None]
        if names:
            place = self.table.header[0].place
            self.findings.note(self.table.file, place, figure_messages.LEFT_OUT_NOTE, names=", ".join(names))

    def _mapped_out(self) -> list[int]:
        if self.columns.form != "metrics":
            return []
        return [index for index in self.columns.others if self.names.is_left_out(self.table.header[index])]


def _as_day(head: str | datetime.date) -> datetime.date | None:
    return head if isinstance(head, datetime.date) else None
