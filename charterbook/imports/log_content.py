"""The content of a request log: its requests, the rows in which they are, and remarks about cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from charterbook.imports.request_file import RequestFile
from charterbook.load.lazy_message import LazyMessage
from charterbook.promises.measure_log import RequestLog
from charterbook.promises.requests import Pause


class LogRemark(NamedTuple):
    """A remark about a log with its first place; `more` is the number of further places."""

    place: str
    rule: str
    phrase: LazyMessage
    level: Literal["error", "warning", "note"]
    more: int = 0


@dataclass
class ReadLog:
    """The content of a log: its requests, and remarks. `files` have the rows of their requests."""

    kinds: list[str] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)
    answered: list[int | None] = field(default_factory=list)
    pauses: dict[int, Sequence[Pause]] = field(default_factory=dict)
    files: list[tuple[RequestFile, Sequence[int]]] = field(default_factory=list)
    remarks: list[LogRemark] = field(default_factory=list)

    @property
    def requests(self) -> RequestLog:
        """The requests, to be measured."""
        return RequestLog(self.kinds, self.opened, self.answered, self.pauses)

    def add(self, file: RequestFile) -> None:
        """Add the readable requests of a file."""
        rows, before = file.good(), len(self.kinds)
        for column, values in (
            (self.kinds, file.kinds),
            (self.opened, file.opened),
            (self.answered, file.answered),
        ):
            column.extend(map(values.__getitem__, rows) if file.bad else values)  # type: ignore[arg-type]
        if file.pauses:
            found = ((at, file.pauses.get(row)) for at, row in enumerate(rows, before))
            self.pauses.update({at: pauses for at, pauses in found if pauses})
        self.files.append((file, rows))

    def kind_places(self, requests: Sequence[int]) -> list[str]:
        """The cells with the kinds of requests."""
        found: dict[int, str] = {}
        before = 0
        for file, rows in self.files:
            own = [request for request in requests if 0 <= request - before < len(rows)]
            cells = file.cells([("kind", rows[request - before]) for request in own])
            found.update(zip(own, cells, strict=True))
            before += len(rows)
        return [found[request] for request in requests]
