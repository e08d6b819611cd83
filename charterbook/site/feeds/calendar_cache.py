"""Cache of the calendars of a site: importing the library that writes them takes longer than everything else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path

from charterbook.calendars import DueCalendar
from charterbook.export.calendar_file import as_ical
from charterbook.file_store import Store
from charterbook.program_hash import program

#: Entries that were not used for this many days are removed.
_KEEP_DAYS = 30


def cached_calendars(calendars: Sequence[DueCalendar], folder: Path | None) -> Mapping[str, str]:
    """The text of each calendar by address, from the cache in `folder` if nothing changed."""
    if folder is None or not calendars:
        return _written(calendars)
    found = Store(folder).cached(
        _key(calendars), lambda: json.dumps(_written(calendars)).encode(), _KEEP_DAYS
    )
    return {str(address): str(text) for address, text in json.loads(found).items()}


def _written(calendars: Iterable[DueCalendar]) -> dict[str, str]:
    return {calendar.topic.address: as_ical(calendar).decode() for calendar in calendars}


def _key(calendars: Sequence[DueCalendar]) -> str:
    """A hash of everything that the files depend on."""
    charter = calendars[0].charter
    roles = [(role.id, role.label) for role in charter.roles]
    shown = [(one.topic, one.name, one.moment.isoformat(), one.sequence, one.events) for one in calendars]
    text = repr([_program(), charter.title, charter.language, roles, shown])
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@cache
def _program() -> str:
    names = (
        "export/calendar_file.py",
        "export/due_words.py",
        "calendars.py",
        "i18n.py",
        "problems.py",
        "locale",
    )
    versions = [metadata.version(name) for name in ("icalendar", "babel")]
    return "-".join([program(*names), *versions])
