"""The setting `promises` of mkdocs.yml, for reading a request log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from charterbook.suggestions import closest

#: The columns of a request log.
LOG_COLUMNS = ("kind", "opened", "answered", "service", "paused", "resumed", "id")
#: The orders of day and month in dates with slashes.
DATE_ORDERS = ("dmy", "mdy")

_ENTRIES = ("columns", "kinds", "dates", "timezone")


class LogSettings(NamedTuple):
    """The settings for reading a request log.

    `columns` are pairs of a column's role and its header, `kinds` pairs of a kind of request in the log and its
    promise. `dates` is the order of day and month in dates with slashes, `timezone` that of times without one.
    """

    columns: tuple[tuple[str, str], ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    dates: str | None = None
    timezone: str | None = None


def log_settings(given: Mapping[str, Any]) -> LogSettings:
    """The validated setting as data."""
    pairs = {key: tuple(given.get(key, {}).items()) for key in ("columns", "kinds")}
    return LogSettings(pairs["columns"], pairs["kinds"], given.get("dates"), given.get("timezone"))


def log_setting_fault(name: Any, given: Any) -> str | None:
    """The error in an entry of the setting."""
    if name not in _ENTRIES:
        return f"there is no entry {name!r}; {closest(name, _ENTRIES)}"
    if name == "dates":
        return (
            None if given in DATE_ORDERS else f"{given!r} cannot be used; allowed: {', '.join(DATE_ORDERS)}"
        )
    if name == "timezone":
        return None if isinstance(given, str) else f"{given!r} cannot be used; allowed: a name such as UTC"
    return _pairs_fault(given, LOG_COLUMNS if name == "columns" else None)


def _pairs_fault(given: Any, known: tuple[str, ...] | None) -> str | None:
    if not isinstance(given, dict):
        return f"{given!r} cannot be used; allowed: names, each with a text"
    for name, text in given.items():
        if known and name not in known:
            return f"there is no column {name!r}; {closest(name, known)}"
        if not isinstance(name, str) or not isinstance(text, str) or not text.strip():
            return f"{name!r}: {text!r} cannot be used; allowed: a text"
    return None
