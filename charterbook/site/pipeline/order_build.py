"""Build of an order: one version, as a complete MkDocs build in this process."""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Protocol

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError

from charterbook.site.incremental import recording
from charterbook.site.incremental.version_cache import KnownInputs, VersionCache, entry_address
from charterbook.site.incremental.version_inputs import NOTHING_KNOWN, ReadInputs, read_of
from charterbook.site.mkdocs_compat import builds, theme_files
from charterbook.site.mkdocs_compat.logs import is_about_page, mkdocs_logger
from charterbook.site.order import BuildOrder, BuildResult, BuildWarning
from charterbook.site.pipeline import module_values
from charterbook.site.pipeline.shared_files import shared_files
from charterbook.site.timings import begin_counting, end_counting


class _BuildPlugin(Protocol):
    """Interface of the plugin for building an order."""

    def build_for(self, group: str | None) -> None: ...

    def assigned(self, order: BuildOrder) -> AbstractContextManager[None]: ...


class WarningCollector(logging.Handler):
    """Log handler that collects the warnings of MkDocs and its plugins."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[BuildWarning] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.warnings.append(BuildWarning(record.getMessage(), is_about_page(record)))


def build(order: BuildOrder, *, alone: bool = True, isolated: bool = False) -> BuildResult:
    """Build one edition, `alone` or in parallel. In parallel, a version that wrote into the handbook is not cached.

    Unless this process is `isolated`, it also builds other versions: then the handbook's modules are imported again.
    Otherwise they get the values that they had before the first event of the main build.

    Warnings, and errors by which MkDocs or a plugin aborts, are collected instead of being shown; any
    other error is raised.
    """
    start, parts = time.monotonic(), begin_counting()
    if isolated:
        module_values.restore()
    with recording.recorded(), builds.new_plugins(), nullcontext() if isolated else recording.fresh_modules():
        config = _loaded_config(order)
        config.site_url = order.overrides.site_url
        found, late, failure = _build_with(config, order)
        others = [warning for warning in found if is_about_other_versions(warning, order)]
        notes = tuple(warning.message for warning in (*others, *late))
        warnings = [warning for warning in found if warning not in others]
        read, uncached = read_for(order), ""
    shared = shared_files(order, config)
    if not warnings and not failure and (alone or not shared):
        with parts.span("caching it for the next build"):
            uncached = store_version(order, read, order.folder)
    end_counting(parts)
    seconds = time.monotonic() - start
    return BuildResult(
        order.edition.name,
        tuple(warnings),
        seconds,
        failure,
        parts.spent,
        read,
        uncached,
        shared,
        os.getpid(),
        notes,
    )


def is_about_other_versions(warning: BuildWarning, order: BuildOrder) -> bool:
    """Whether a plugin warns about a page that its settings name and only other versions have.

    Settings are the same for all versions. MkDocs' own warnings about links of a page are the author's concern.
    """
    pages = order.pages_of_any_version - order.edition.pages.by_uri.keys()
    return not warning.about_page and any(
        page in warning.message and re.search(rf"(?<![\w/.-]){re.escape(page)}(?![\w/-])", warning.message)
        for page in pages
    )


def _loaded_config(order: BuildOrder) -> MkDocsConfig:
    """The configuration for an order. Raises PluginError with the messages of MkDocs if mkdocs.yml cannot be used."""
    options = {
        **order.overrides.options,
        "config_file": order.config_file,
        "config_file_path": order.config_file,
        "strict": False,
    }
    with _collected() as found, theme_files.known_themes():
        try:
            return builds.load_config(**options)
        except SystemExit as error:
            reasons = "; ".join(warning.message for warning in found) or str(error)
            raise PluginError(f"Version {order.edition.name} cannot be built: {reasons}") from error


def _build_with(
    config: MkDocsConfig, order: BuildOrder
) -> tuple[list[BuildWarning], list[BuildWarning], str]:
    """Run a build of MkDocs for an order, and return its warnings, those after its end, and why it was aborted, if so.

    Those after the end do not fail a strict build of MkDocs.
    """
    plugin: _BuildPlugin = config.plugins["charterbook"]  # type: ignore[assignment]
    plugin.build_for(order.overrides.group)
    with _collected() as warnings, plugin.assigned(order):
        config.plugins.on_startup(command=order.command, dirty=False)
        failure, late = "", list[BuildWarning]()
        try:
            builds.build(config)
        except SystemExit as error:
            failure = _reason(error, is_logged=bool(warnings))
        finally:
            with _collected() as late:
                config.plugins.on_shutdown()
    return warnings, late, failure


def _reason(error: SystemExit, *, is_logged: bool) -> str:
    """Why MkDocs or a plugin aborted a build, as the end of a sentence. MkDocs logs its own reasons."""
    if isinstance(error, Abort) and error.__cause__ is None:
        return error.format_message()
    if isinstance(error.code, str):
        return error.code
    return "see above." if is_logged else f"a plugin or hook ended it with exit code {error.code or 0}."


def read_for(order: BuildOrder) -> ReadInputs:
    """Recorded inputs of the order's version, which this process has just built."""
    if order.scope is None:
        return NOTHING_KNOWN
    return read_of(recording.record(), order.scope, order.edition.lacks)


def store_version(order: BuildOrder, read: ReadInputs, built: Path | None = None) -> str:
    """Cache the names of a version's inputs and, if given, its finished folder.

    A version whose sources changed while it was built is not cached: its key belongs to the former
    sources. Returns the reason, as a sentence, if they cannot be written, else an empty string.
    """
    if order.cache is None or order.inputs is None or not read.is_known:
        return ""
    if order.scope is not None and not order.scope.is_unchanged():
        return ""
    try:
        KnownInputs(order.inputs).put(order.key, read.states)
        if built is not None:
            VersionCache(order.cache).put(entry_address(order.key, read.states), built)
    except OSError as error:
        return f"{error.filename or order.cache} cannot be written: {error.strerror or error}"
    return ""


@contextmanager
def _collected() -> Iterator[list[BuildWarning]]:
    logger = mkdocs_logger()
    collector = WarningCollector()
    before, handlers = logger.propagate, logger.handlers[:]
    logger.handlers, logger.propagate = [collector], False
    try:
        yield collector.warnings
    finally:
        logger.handlers, logger.propagate = handlers, before
