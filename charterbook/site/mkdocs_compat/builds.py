"""Load a mkdocs.yml, build or serve it, and print as MkDocs does."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from mkdocs.__main__ import State
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

__all__ = ["build", "command_line_log", "load_config", "new_plugins", "serve"]


def serve(config_file: str, **options: Any) -> None:
    """Serve a mkdocs.yml until interrupted."""
    from mkdocs.commands import serve as command  # a build does without the server and its file events

    command.serve(config_file, **options)


@contextmanager
def new_plugins() -> Iterator[None]:
    """Context manager: all plugins are made again, also those that MkDocs keeps for the next build of a process.

    Two builds of one plugin would close what it opened twice. Plugins can load others in any event, such as Material's
    group: so this is the context of a whole build.
    """
    option: Any = MkDocsConfig.plugins
    before = dict(vars(option))
    option.plugin_cache = {}
    try:
        yield
    finally:
        vars(option).clear()
        vars(option).update(before)


@contextmanager
def command_line_log(level: str | None = None) -> Iterator[logging.Handler]:
    """Print the logs of MkDocs and its plugins, in the form of the command `mkdocs`, from a level on, by default INFO.

    Warnings count in strict builds at any level; in those of MkDocs they only count if they are printed.
    """
    least = logging.getLevelName(level or "INFO")
    state = State(level=min(logging.INFO, least))
    state.stream.setLevel(least)
    try:
        yield state.stream
    finally:
        state.logger.removeHandler(state.stream)
