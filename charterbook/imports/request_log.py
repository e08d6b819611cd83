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
from charterbook.load.lazy_message import LazyMessage
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
    if any(map(_DATA.search, headers[:-1])):
        place = located(table.file, table.header.get(0).place)
        log.remarks.append(LogRemark(place, "no-header", LazyMessage(MESSAGES["no-header"][0]), "error"))
        return None
    found, missing = {}, False
    for name in (*COLUMNS, *([ID] if ID in named else [])):
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
