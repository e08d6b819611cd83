"""All problems of a charter, sorted by place: from the loader, from the rules, and for its pages."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import cast

from charterbook.charter import Charter
from charterbook.compare import Severity
from charterbook.errors import CharterbookError, GitError
from charterbook.folders import resolved_path
from charterbook.history import History, read_history
from charterbook.i18n import translator
from charterbook.load import MAX_BYTES, load
from charterbook.mkdocs_yml import settings_file
from charterbook.pages import DocsPage, page_problems, read_docs
from charterbook.pipes import read_input
from charterbook.problems import Problem
from charterbook.rule_context import RuleContext, no_history
from charterbook.rules import (
    Levels,
    RuleInput,
    problems,
)
from charterbook.setting_names import unknown_names
from charterbook.settings import Settings, handbook_of, read_settings
from charterbook.source_map import SourceMap
from charterbook.versions import FiscalYear, bounds, is_version_name, same_period


def check(data: bytes, docs: Iterable[DocsPage] = (), context: RuleContext | None = None) -> list[Problem]:
    """The problems of a charter file, in a handbook with these pages.

    Pages are checked only if every value has a valid type, and rules only if every reference resolves, so that a
    mistyped id causes no further problems.
    """
    loaded = load(data)
    found = list(loaded.problems)
    if loaded.model is not None:
        context = context or RuleContext()
        found += page_problems(loaded.model, loaded.places, docs)
        found += _misdated(loaded.model, loaded.places, context, data)
        if not any(problem.rule.startswith("unknown-") for problem in loaded.problems):
            found += rule_problems(loaded.model, loaded.places, context)
    return sorted(found)


def _misdated(charter: Charter, places: SourceMap, around: RuleContext, data: bytes) -> Iterator[Problem]:
    """A problem if `effective` lies outside the period of the charter's own `version`."""
    tags = _tags_of(charter, around, data)
    suggested = charter.version if charter.version and is_version_name(charter.version) else None
    yield from (_mistagged(charter, places, tag) for tag in tags if suggested not in (tag, None))
    for version in tags or ([suggested] if suggested else []):
        yield from _outside(charter, places, version, around.fiscal_year)


def _tags_of(charter: Charter, around: RuleContext, data: bytes) -> list[str]:
    """The versions that tags assign to this file.

    They are read only if the file has a version or an effective date.
    """
    if charter.version is None and charter.effective is None:
        return []
    try:
        pinned = around.pinned()
    except GitError:
        return []
    same = data.replace(b"\r\n", b"\n")
    return [name for name, file in pinned if file is not None and file.replace(b"\r\n", b"\n") == same]


def _mistagged(charter: Charter, places: SourceMap, tag: str) -> Problem:
    _ = translator(charter.language).gettext
    facts = {"version": charter.version, "tag": tag}
    text = _("version: %(version)s differs from the tag that publishes this charter (%(tag)s)") % facts
    fix = _("Write version: %(tag)s, or move the tag to another commit.") % facts
    return Problem(*places.of(("version",)), "misdated-version", "warning", text, fix)


def _outside(charter: Charter, places: SourceMap, version: str, fiscal_year: FiscalYear) -> Iterator[Problem]:
    """Whether a charter's `effective` lies outside the period of a version."""
    effective = charter.effective
    if effective is None:
        return
    first, end = bounds(version, *fiscal_year)
    if first <= effective < end:
        return
    t = translator(charter.language)
    facts = {"day": effective, "version": version, "days": t.days(first, end - datetime.timedelta(days=1))}
    text = t.gettext("effective: %(day)s is outside the period of version %(version)s (%(days)s)") % facts
    fix = t.gettext("Write version: %(version)s, or a day in that period.")
    named = same_period(version, effective, *fiscal_year)
    yield Problem(*places.of(("effective",)), "misdated-version", "warning", text, fix % {"version": named})


def rule_problems(charter: Charter, places: SourceMap, context: RuleContext) -> list[Problem]:
    """The problems that rules find in a charter. If its history cannot be read, a problem says so."""
    try:
        case = context.case(charter)
    except GitError as error:
        case = RuleInput(charter, context.today)
        return [_no_past(case, error), *problems(case, places, context.levels)]
    return problems(case, places, context.levels)


def _no_past(case: RuleInput, error: GitError) -> Problem:
    _ = case.words.gettext
    reason = " ".join(str(error).split())
    text = _("the history of this charter cannot be read: %(reason)s") % {"reason": reason}
    fix = _("Rules that need earlier charters were skipped.")
    return Problem(1, 1, "unread-history", "hint", text, fix)


def content_of(path: Path) -> bytes:
    """The content of a charter file. Raises CharterbookError if it cannot be read."""
    try:
        return read_input(path, MAX_BYTES)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CharterbookError(f"{path}: cannot be read: {reason}") from error


def check_file(
    path: Path, handbook: Path | None = None, settings: Settings | None = None, content: bytes | None = None
) -> list[Problem]:
    """The problems of the charter at this path, in the handbook in this folder, with these settings.

    By default, the settings are those of the handbook's mkdocs.yml, and the folder is the handbook
    that contains the charter, if any. `content` is None if the file has not been read yet: a pipe can be read once.
    Raises CharterbookError if the charter or a part of the handbook cannot be read.
    """
    data = content_of(path) if content is None else content
    folder = handbook or handbook_of(path)
    if folder is None or (settings_file(folder) is None and settings is None):
        return check(data)
    settings = settings or read_settings(folder)
    return check(data, _docs(folder, settings), rule_context(path, folder, settings))


def setting_problems(
    path: Path, handbook: Path | None = None, settings: Settings | None = None
) -> list[tuple[str, Problem]]:
    """The settings that name an unknown item or role of the charter at this path, each with its file.

    Empty if the charter cannot be read or does not belong to the handbook. Raises CharterbookError.
    """
    folder = handbook or handbook_of(path)
    if folder is None:
        return []
    settings = settings or read_settings(folder)
    if settings.file is None:
        return []
    charter = load(path.read_bytes()).charter if _is_own(path, folder, settings) else None
    if charter is None:
        return []
    found = unknown_names(settings, [charter], lambda: complete_history(_history(folder, settings)))
    return [unknown.problem(settings.file) for unknown in found]


def _history(folder: Path, settings: Settings) -> History | None:
    try:
        return read_history(folder, settings)
    except GitError:
        return None


def complete_history(history: History | None) -> Sequence[Charter] | None:
    """All published charters; None if the history is missing or incomplete."""
    return readable_charters(history) if history and history.path and not history.shallow else None


def _docs(folder: Path, settings: Settings) -> Iterator[DocsPage]:
    """The handbook's pages, read lazily."""
    yield from read_docs(folder / settings.docs)


def rule_context(charter: Path, folder: Path, settings: Settings) -> RuleContext:
    """The context of rules for a charter in a handbook; history only for the handbook's own charter."""
    if not _is_own(charter, folder, settings):
        return context_from_settings(settings, no_history)
    history = cache(lambda: read_history(folder, settings))
    return replace(
        context_from_settings(settings, lambda: readable_charters(history())),
        pinned=lambda: _pinned(history()),
        is_complete=lambda: history().is_complete,
    )


def _pinned(history: History) -> list[tuple[str, bytes | None]]:
    return [(version.name, version.data) for version in history.versions if version.pinned]


def _is_own(charter: Path, folder: Path, settings: Settings) -> bool:
    return resolved_path(folder / settings.charter) == resolved_path(charter)


def context_from_settings(settings: Settings, past: Callable[[], Sequence[Charter] | None]) -> RuleContext:
    """The context of rules for these settings of mkdocs.yml."""
    severity = cast("dict[str, Severity]", dict(settings.severity))
    return RuleContext(
        cast(Levels, dict(settings.rules)),
        severity,
        fiscal_year=settings.fiscal_year,
        past=past,
        signing=settings,
    )


def readable_charters(history: History) -> list[Charter]:
    """The readable published charters of a history, oldest first."""
    return [charter for version in history.versions for charter in version.charters if charter is not None]
