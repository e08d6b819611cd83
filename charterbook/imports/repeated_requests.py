"""Requests that occur more than once in a log, because exports overlap.

With ids, duplicates are counted once. Without ids, requests of different files that look the same are only reported:
two people can request the same thing in the same minute.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.imports.log_content import ReadLog
from charterbook.imports.request_file import RequestFile


def remove_duplicates(log: ReadLog) -> None:
    """Remove repeated requests from a log, with remarks about their cells."""
    if any(file.ids for file, _ in log.files):
        _remove(log, set(_repeated(log)))
    elif len(log.files) > 1:
        _report_alike(log)


def _repeated(log: ReadLog) -> Iterator[int]:
    """The positions of requests with the id of an earlier request."""
    known: dict[str, int] = {}
    for at, (file, row) in enumerate(_rows(log)):
        id_ = file.ids[row]
        if not id_:
            file.found("no-id", "id", row, bad=False)
        elif (first := known.setdefault(id_, at)) != at:
            file.found("repeated-id" if _merge(log, first, at) else "ids-differ", "id", row, bad=False)
            yield at


def _merge(log: ReadLog, first: int, other: int) -> bool:
    """Keep the last of two rows of a request, but prefer an answered one to an open one; False if they contradict."""
    same = log.kinds[first] == log.kinds[other] and log.opened[first] == log.opened[other]
    answers = [log.answered[at] for at in (first, other)]
    pauses = [log.pauses.get(at, ()) for at in (first, other)]
    if not same or (None not in answers and (answers[0] != answers[1] or pauses[0] != pauses[1])):
        return False
    if answers[0] is None:
        log.answered[first], log.pauses[first] = answers[1], pauses[1]
    return True


def _remove(log: ReadLog, repeated: set[int]) -> None:
    """Remove requests by their positions."""
    if not repeated:
        return
    left = [at for at in range(len(log.kinds)) if at not in repeated]
    log.pauses = {new: log.pauses[at] for new, at in enumerate(left) if at in log.pauses}
    log.kinds, log.opened = [log.kinds[at] for at in left], [log.opened[at] for at in left]
    log.answered = [log.answered[at] for at in left]
    before = 0
    for number, (file, rows) in enumerate(log.files):
        remaining = [row for at, row in enumerate(rows, before) if at not in repeated]
        log.files[number] = (file, remaining)
        before += len(rows)


def _report_alike(log: ReadLog) -> None:
    """Report the requests of a file that look like one of an earlier file."""
    known: set[tuple[object, ...]] = set()
    columns = (log.kinds, log.opened, log.answered)
    before = 0
    for file, rows in log.files:
        own = list(zip(*(column[before : before + len(rows)] for column in columns), strict=True))
        for row in [row for row, request in zip(rows, own, strict=True) if request in known]:
            file.found("alike", "kind", row, bad=False)
        known.update(own)
        before += len(rows)


def _rows(log: ReadLog) -> Iterator[tuple[RequestFile, int]]:
    """The file and the row of each request."""
    return ((file, row) for file, rows in log.files for row in rows)
