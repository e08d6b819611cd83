"""Read a request log in CSV or XLSX files as requests with instants.

Messages name cells, helpful options and promises of the charter. They never repeat the content of a cell, because it
can be a name, an address or a private text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from zoneinfo import ZoneInfo

from charterbook.frozen_dataclass import dataclass
from charterbook.imports.log_content import LogRemark, ReadLog
from charterbook.imports.repeated_requests import remove_duplicates
from charterbook.imports.request_file import RequestFile
from charterbook.imports.request_log_messages import MESSAGES
from charterbook.imports.sheets import read_table
from charterbook.imports.tables import Table, TableError, located
from charterbook.load.did_you_mean import suggest
from charterbook.load.lazy_message import Fact, LazyMessage
from charterbook.promises.timestamps import DateOrder, Timestamps

#: The columns of a log. The first three are required.
COLUMNS = ("kind", "opened", "answered", "service", "paused", "resumed")
#: The column with the id of each request. It must be mapped: a column called "id" can contain something else.
ID = "id"
NEEDED = COLUMNS[:3]
_DATA = re.compile(r"@|^\W*\d[\d\W]*$")


@dataclass(frozen=True)
class LogOptions:
    """How to read a log. `columns` maps names in `COLUMNS` to different headers."""

    zone: ZoneInfo
    columns: Mapping[str, str] = field(default_factory=dict)
    order: DateOrder | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    language: str = "en"


def read_log(paths: Sequence[Path], options: LogOptions) -> ReadLog:
    """The requests in files, each once if the log has ids. Raises OSError for a missing file."""
    log = ReadLog()
    timestamps = Timestamps(options.zone, options.order)
    for path in paths:
        try:
            _read_file(path, options, timestamps, log)
        except TableError as error:
            said = LazyMessage("%(said)s", said=error.sentence(options.language))
            log.remarks.append(LogRemark(located(error.file, error.place), error.rule, said, "error"))
    remove_duplicates(log)
    log.remarks += [remark for file, _ in log.files for remark in _remarks(file)]
    return log


def _read_file(path: Path, options: LogOptions, timestamps: Timestamps, log: ReadLog) -> None:
    table = read_table(path, sheet=options.sheet, encoding=options.encoding, delimiter=options.delimiter)
    for note in table.notes:
        log.remarks.append(LogRemark(located(table.file, note.place), "read-as", note.phrase, "note"))
    columns = _columns(table, options.columns, log)
    if columns is not None:
        file = RequestFile(table, columns, timestamps)
        file.read()
        log.add(file)


def _remarks(file: RequestFile) -> Iterator[LogRemark]:
    """The remarks about the cells of a file, one for each kind of error."""
    places = file.cells([cells[0] for cells in file.faults.values()])
    for place, (rule, cells) in zip(places, file.faults.items(), strict=True):
        message, level = MESSAGES[rule]
        yield LogRemark(place, rule, LazyMessage(message), level, len(cells) - 1)


def _columns(table: Table, named: Mapping[str, str], log: ReadLog) -> dict[str, int] | None:
    """The position of each column; None if a required one is missing."""
    headers = [str(cell.value or "").strip() for cell in table.header]
    folded = [one.casefold() for one in headers]
    wanted = {name: named.get(name, name) for name in (*COLUMNS, *([ID] if ID in named else []))}
    places = {
        name: [at for at, one in enumerate(folded) if one == header.casefold()]
        for name, header in wanted.items()
    }
    missing = [name for name in NEEDED if not places[name]]
    if missing and (row := _header_below(table, wanted)):
        _report(table, log, "header-below", row=str(row))
        return None
    if any(map(_DATA.search, headers[:-1] or headers)):
        _report(table, log, "no-header")
        return None
    known = [one for one in headers if one]
    if len(missing) == len(NEEDED) and not named:
        _report(table, log, "no-columns", advice=suggest("", known))
        return None
    faulty = [
        name for name, found in places.items() if len(found) > 1 or (not found and name in (*NEEDED, *named))
    ]
    for name in faulty:
        rule = "column-twice" if places[name] else "no-column"
        _report(table, log, rule, name=name, header=wanted[name], advice=suggest(wanted[name], known))
    return None if faulty else {name: found[0] for name, found in places.items() if found}


def _report(table: Table, log: ReadLog, rule: str, **facts: Fact) -> None:
    """Report an error of the header."""
    place = located(table.file, table.header.get(0).place)
    log.remarks.append(LogRemark(place, rule, LazyMessage(MESSAGES[rule][0], **facts), "error"))


def _header_below(table: Table, wanted: Mapping[str, str]) -> int | None:
    """The number of one of the next rows that has the names of all required columns."""
    needed = {wanted[name].casefold() for name in NEEDED}
    return table.header_below(lambda texts: needed <= {text.strip().casefold() for text in texts})
