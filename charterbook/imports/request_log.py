"""A request log in CSV or XLSX files -> requests as instants.

Messages name cells, helpful options and promises of the charter. They never repeat the content of a cell: it may be a
name, an address or a private text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args
from zoneinfo import ZoneInfo

from charterbook.imports.csv_reader import CsvRows
from charterbook.imports.request_log_messages import MESSAGES
from charterbook.imports.sheets import read_table
from charterbook.imports.tables import CellFault, Row, Table, TableError, located
from charterbook.load.did_you_mean import suggest
from charterbook.load.lazy_message import LazyMessage
from charterbook.promises.measure_log import RequestLog
from charterbook.promises.requests import Pause
from charterbook.promises.timestamps import Fault, Order, Parsed, Timestamps

#: The columns of a log. The first three are required.
COLUMNS = ("kind", "opened", "answered", "service", "paused", "resumed")
NEEDED = COLUMNS[:3]

#: The end of a pause without an end.
_OPEN_END = 10**12

_FAULTS = frozenset(get_args(Fault))
_SEPARATOR = re.compile(r"[;|\n]")
_DATA = re.compile(r"@|^\W*\d[\d\W]*$")


@dataclass(frozen=True)
class LogOptions:
    """How to read a log. `columns` maps names in `COLUMNS` to different headers."""

    zone: ZoneInfo
    columns: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    language: str = "en"


class LogRemark(NamedTuple):
    """A remark about a log, with its place: the first of its kind, and `more` is the number of the others."""

    place: str
    rule: str
    phrase: LazyMessage
    level: Literal["error", "warning", "note"]
    more: int = 0


@dataclass
class ReadLog:
    """The content of a log: its requests, and remarks. `files` have the positions of their first requests."""

    kinds: list[str] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)
    answered: list[int | None] = field(default_factory=list)
    pauses: dict[int, tuple[Pause, ...]] = field(default_factory=dict)
    files: list[tuple[int, _File]] = field(default_factory=list)
    remarks: list[LogRemark] = field(default_factory=list)

    @property
    def requests(self) -> RequestLog:
        """The requests, to be measured."""
        return RequestLog(self.kinds, self.opened, self.answered, self.pauses)

    def kind_places(self, requests: Sequence[int]) -> list[str]:
        """The cells with the kinds of requests."""
        found: dict[int, str] = {}
        for before, file in reversed(self.files):
            of_file = [request for request in requests if request >= before and request not in found]
            cells = file.cells([("kind", file.good[request - before]) for request in of_file])
            found.update(zip(of_file, cells, strict=True))
        return [found[request] for request in requests]


def read_log(paths: Sequence[Path], options: LogOptions) -> ReadLog:
    """The requests in files. Raises OSError for a missing file."""
    log = ReadLog()
    timestamps = Timestamps(options.zone, options.order)
    for path in paths:
        try:
            _read_file(path, options, timestamps, log)
        except TableError as error:
            said = LazyMessage("%(said)s", said=error.sentence(options.language))
            log.remarks.append(LogRemark(located(error.file, error.place), error.rule, said, "error"))
    return log


def _read_file(path: Path, options: LogOptions, timestamps: Timestamps, log: ReadLog) -> None:
    table = read_table(path, sheet=options.sheet, encoding=options.encoding, delimiter=options.delimiter)
    for note in table.notes:
        log.remarks.append(LogRemark(located(table.file, note.place), "read-as", note.phrase, "note"))
    columns = _columns(table, options.columns, log)
    if columns is not None:
        _File(table, columns, timestamps, log).read()


def _columns(table: Table, named: Mapping[str, str], log: ReadLog) -> dict[str, int] | None:
    """The position of each column; None if a required one is missing."""
    headers = [str(cell.value or "").strip() for cell in table.header]
    if any(map(_DATA.search, headers[:-1])):
        place = located(table.file, table.header.get(0).place)
        log.remarks.append(LogRemark(place, "no-header", LazyMessage(MESSAGES["no-header"][0]), "error"))
        return None
    found, missing = {}, False
    for name in COLUMNS:
        header = named.get(name, name)
        places = [place for place, one in enumerate(headers) if one.casefold() == header.casefold()]
        if len(places) == 1:
            found[name] = places[0]
        elif places or name in NEEDED or name in named:
            missing = True
            rule = "column-twice" if places else "no-column"
            phrase = LazyMessage(
                MESSAGES[rule][0],
                name=name,
                header=header,
                advice=suggest(header, [one for one in headers if one]),
            )
            place = located(table.file, table.header.get(0).place)
            log.remarks.append(LogRemark(place, rule, phrase, "error"))
    return None if missing else found


def _values(table: Table, columns: Mapping[str, int]) -> tuple[dict[str, Sequence[object]], bool]:
    """The values of the columns, and whether each line of the file is a row."""
    if isinstance(table.rows, CsvRows):
        found, lines_are_rows = table.rows.columns(list(columns.values()))
        return dict(zip(columns, found, strict=True)), lines_are_rows
    rows = [row.values for row in table]
    values: dict[str, Sequence[object]] = {
        name: [row[at] if at < len(row) else None for row in rows] for name, at in columns.items()
    }
    return values, False


def _words(values: Sequence[object]) -> Sequence[str]:
    """The values of a column as texts."""
    if set(map(type, values)) <= {str}:
        return cast(Sequence[str], values)
    return ["" if value is None or isinstance(value, CellFault) else str(value) for value in values]


class _File:
    """One file of a log."""

    def __init__(
        self, table: Table, columns: Mapping[str, int], timestamps: Timestamps, log: ReadLog
    ) -> None:
        self._table, self._at, self._timestamps, self._log = table, columns, timestamps, log
        self._columns, self._lines_are_rows = _values(table, columns)
        self._faults: dict[str, list[tuple[str, int]]] = {}
        self._bad: set[int] = set()
        self.good: Sequence[int] = ()

    def read(self) -> None:
        """Add the readable requests to the log, and remarks about the others."""
        kinds = self._kinds()
        opened = self._instants("opened", ends=False)
        answered = self._instants("answered", ends=True)
        self._check(kinds, opened, answered)
        pauses = dict(self._pauses()) if "paused" in self._at else {}
        rows = range(len(kinds))
        self.good = [place for place in rows if place not in self._bad] if self._bad else rows
        self._add(kinds, opened, answered, pauses)
        self._columns = {}
        places = self.cells([cells[0] for cells in self._faults.values()])
        for place, (rule, cells) in zip(places, self._faults.items(), strict=True):
            message, level = MESSAGES[rule]
            self._log.remarks.append(LogRemark(place, rule, LazyMessage(message), level, len(cells) - 1))

    def cells(self, wanted: Sequence[tuple[str, int]]) -> list[str]:
        """The places of cells, by column and row."""
        found = self._found_rows({place for _, place in wanted})
        return [located(self._table.file, found[place].get(self._at[name]).place) for name, place in wanted]

    def _found_rows(self, places: set[int]) -> dict[int, Row]:
        """Rows by their positions. A file with longer rows is read again, as places are rarely needed."""
        rows = self._table.rows
        if self._lines_are_rows and isinstance(rows, CsvRows):
            return {place: rows.row(place) for place in places}
        read = islice(self._table, max(places, default=-1) + 1)
        return {place: row for place, row in enumerate(read) if place in places}

    def _add(
        self,
        kinds: Sequence[str],
        opened: Sequence[int | None],
        answered: Sequence[int | None],
        pauses: Mapping[int, tuple[Pause, ...]],
    ) -> None:
        """Add the good requests to the log."""
        log, before = self._log, len(self._log.kinds)
        log.files.append((before, self))
        for column, values in ((log.kinds, kinds), (log.opened, opened), (log.answered, answered)):
            column.extend(map(values.__getitem__, self.good) if self._bad else values)  # type: ignore[arg-type]
        if pauses:
            log.pauses.update(
                {before + new: pauses[place] for new, place in enumerate(self.good) if place in pauses}
            )

    def _kinds(self) -> Sequence[str]:
        kinds = _words(self._columns["kind"])
        if "service" not in self._at:
            return kinds
        services = _words(self._columns["service"])
        return [
            f"{service.strip()}/{kind.strip()}" if service and kind else kind
            for service, kind in zip(services, kinds, strict=True)
        ]

    def _instants(self, name: str, *, ends: bool) -> list[int | None]:
        found, said = self._timestamps.column(self._columns[name], ends=ends)
        for place, parsed in said.items():
            self._say(parsed, place, name)
        return found

    def _say(self, parsed: Parsed, place: int, name: str) -> None:
        assert parsed.doubt is not None
        self._found(parsed.doubt, place, name, bad=parsed.doubt in _FAULTS)

    def _found(self, rule: str, place: int, name: str, *, bad: bool = True) -> None:
        """Record a remark about a cell; an error excludes its request."""
        self._faults.setdefault(rule, []).append((name, place))
        if bad:
            self._bad.add(place)

    def _check(
        self, kinds: Sequence[str], opened: Sequence[int | None], answered: Sequence[int | None]
    ) -> None:
        for place in (place for place, begin in enumerate(opened) if begin is None) if None in opened else ():
            if place not in self._bad:
                self._found("not-opened", place, "opened")
        instants = enumerate(zip(opened, answered, strict=True))
        for place in [at for at, (begin, end) in instants if end is not None and end < (begin or end)]:
            self._found("answered-before", place, "answered")
        blank = {kind for kind in set(kinds) if not kind.strip()}
        for place in (place for place, kind in enumerate(kinds) if kind in blank) if blank else ():
            self._found("no-kind", place, "kind")

    def _pauses(self) -> Iterator[tuple[int, tuple[Pause, ...]]]:
        """The pauses of each request that has any."""
        begins = self._columns["paused"]
        ends = self._columns.get("resumed", [None] * len(begins))
        for place, (begin, end) in enumerate(zip(begins, ends, strict=True)):
            if begin or end:
                begun, ended = self._several(begin, place, "paused"), self._several(end, place, "resumed")
                if len(ended) > len(begun) or len(begun) > len(ended) + 1:
                    self._found("pauses-differ", place, "paused")
                    continue
                pauses = tuple(zip(begun, [*ended, _OPEN_END], strict=False))
                if any(one > other for one, other in pauses):
                    self._found("resumed-before", place, "paused")
                yield place, pauses

    def _several(self, value: object, place: int, name: str) -> list[int]:
        """The instants in a cell: one, or several separated by semicolons, bars or line breaks."""
        parts = _SEPARATOR.split(value) if isinstance(value, str) else [value]
        found = []
        for part in parts:
            parsed = self._timestamps.read(part, ends=name == "resumed")
            if parsed.doubt:
                self._say(parsed, place, name)
            if parsed.instant is not None:
                found.append(parsed.instant)
        return found
