"""Load a mkdocs.yml, build or serve it, and print as MkDocs does."""

from __future__ import annotations

import logging
import shutil
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

import click
from mkdocs.commands.build import build
from mkdocs.config import load_config

from charterbook.site.mkdocs_compat.logs import mkdocs_logger

__all__ = ["LogFormatter", "build", "command_line_log", "load_config", "serve"]


def serve(config_file: str, **options: Any) -> None:
    """Serve a mkdocs.yml until interrupted."""
    from mkdocs.commands import serve as command  # a build does without the server and its file events

    command.serve(config_file, **options)


@contextmanager
def command_line_log() -> Iterator[None]:
    """Print what MkDocs and its plugins log, in the form of the command `mkdocs`."""
    logger, handler = mkdocs_logger(), logging.StreamHandler()
    handler.setFormatter(LogFormatter(shutil.get_terminal_size(fallback=(0, 0)).columns))
    handler.name = "MkDocsStreamHandler"
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


class LogFormatter(logging.Formatter):
    """The form of the command `mkdocs`, whose module would define all its options first; `width` is that of the terminal."""

    _COLOURS: ClassVar[Mapping[str, str]] = {
        "CRITICAL": "red",
        "ERROR": "red",
        "WARNING": "yellow",
        "DEBUG": "blue",
    }
    _INDENT = " " * 11

    def __init__(self, width: int = 0) -> None:
        super().__init__()
        self._wrapper = textwrap.TextWrapper(
            width,
            self._INDENT,
            self._INDENT,
            replace_whitespace=False,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def format(self, record: logging.LogRecord) -> str:
        """The level, then the message, wrapped for a terminal."""
        message, prefix = super().format(record), f"{record.levelname:<8}-  "
        if record.levelname in self._COLOURS:
            prefix = click.style(prefix, fg=self._COLOURS[record.levelname])
        if self._wrapper.width:
            wrapped = "\n".join(self._wrapper.fill(line) for line in message.splitlines())
            return prefix + wrapped[len(self._INDENT) :]
        return prefix + message
