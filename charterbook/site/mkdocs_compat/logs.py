"""MkDocs' logger, and the warning counter of strict builds."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import Any

import mkdocs
from mkdocs.utils import CountHandler

from charterbook.terminal import log_text

__all__ = [
    "CountHandler",
    "EarlyWarnings",
    "Notes",
    "escape_messages",
    "is_about_page",
    "keep_quiet",
    "mkdocs_logger",
    "strict_build_warned",
]

#: Loggers of warnings about pages, below MkDocs' own.
_OF_PAGES = ("structure.pages", "plugins.mkdocs_macros")


def mkdocs_logger() -> logging.Logger:
    """Parent of the loggers of MkDocs and all plugins; ProperDocs, a replacement of MkDocs, has its own."""
    return logging.getLogger(mkdocs.__name__)


def escape_messages() -> None:
    """Escape the output of MkDocs' log handlers, from any plugin: messages quote charters and git. NO_COLOR counts, too."""
    for handler in mkdocs_logger().handlers:
        handler.addFilter(_ESCAPED)
        formatter: Any = handler.formatter
        if os.environ.get("NO_COLOR") and hasattr(formatter, "colors"):
            formatter.colors = {}


class _EscapedMessages(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = log_text(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = log_text(logging.Formatter().formatException(record.exc_info))
        return True


_ESCAPED = _EscapedMessages()


class _Quiet(logging.Filter):
    """Filter of the handlers that `--quiet` silences: they get messages from a level on."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= self._level


def keep_quiet() -> None:
    """Record warnings that `--quiet` hides, without printing or counting them, as in MkDocs.

    Otherwise the next build would take the site for one without a warning. Called at the start, and again once MkDocs
    counts warnings.
    """
    logger = mkdocs_logger()
    present = [one for handler in logger.handlers for one in handler.filters if isinstance(one, _Quiet)]
    quiet = present[0] if present else _Quiet(logger.level)
    if not present and logger.level <= logging.WARNING:
        return
    if not present:
        logger.setLevel(logging.WARNING)
    for handler in logger.handlers:
        if not present or isinstance(handler, CountHandler):
            handler.addFilter(quiet)


class EarlyWarnings(logging.Handler):
    """Log handler that records the warnings of plugins and hooks from their start until a build is planned."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)

    def begin(self) -> None:
        """Start recording, unless it has started."""
        mkdocs_logger().addHandler(self)

    def end(self) -> list[logging.LogRecord]:
        """Stop recording, and return the warnings."""
        mkdocs_logger().removeHandler(self)
        found, self._records = self._records, []
        return found


class Notes(logging.Filter):
    """Filter of MkDocs' log handlers that logs some warnings as notes, which do not fail a strict build."""

    def __init__(self, is_note: Callable[[logging.LogRecord], bool]) -> None:
        super().__init__()
        self._is_note = is_note

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is logged: always."""
        if record.levelno == logging.WARNING and self._is_note(record):
            record.levelno, record.levelname = logging.INFO, logging.getLevelName(logging.INFO)
        return True

    def begin(self) -> None:
        """Filter the records of all present handlers."""
        for handler in mkdocs_logger().handlers:
            handler.addFilter(self)

    def end(self) -> None:
        """Filter no more records."""
        for handler in mkdocs_logger().handlers:
            handler.removeFilter(self)


def is_about_page(record: logging.LogRecord) -> bool:
    """Whether a warning is about a page: one about the handbook is the same for each version."""
    return record.name.startswith(tuple(f"{mkdocs_logger().name}.{name}" for name in _OF_PAGES))


def strict_build_warned() -> bool:
    """Whether MkDocs, building strictly, has counted a warning so far."""
    return any(
        handler.get_counts() for handler in mkdocs_logger().handlers if isinstance(handler, CountHandler)
    )
