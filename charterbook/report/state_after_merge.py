"""What a proposed change does to the present charter, if that has changed since the proposal began.

Reviewers decide what will be true after the merge: the report compares the charter of the base with the merged one. If
the two sides conflict, or cannot be read together, it compares what the proposal began with.
"""

from __future__ import annotations

from dataclasses import replace

from charterbook.errors import MissingCharterError
from charterbook.frozen_dataclass import dataclass
from charterbook.git.three_way_merge import merged_text
from charterbook.history.charter_source import CharterSource
from charterbook.history.resolve_charter import CharterResolver
from charterbook.load import load
from charterbook.problems import Problem
from charterbook.report.review_report import OutdatedBase
from charterbook.repository import find_repository


@dataclass(frozen=True)
class ComparedSources:
    """The older and the newer source of a report; `outdated` if the base has changed since the proposal began."""

    older: CharterSource
    newer: CharterSource
    outdated: OutdatedBase | None = None


def after_merge(
    names: CharterResolver, base: str, began: CharterSource, head: CharterSource
) -> ComparedSources:
    """The present charter of `base` and the one after a merge of `head`, which began at `began`. Raises GitError."""
    compared = ComparedSources(began, head)
    try:
        present = names.source(base)
    except MissingCharterError:
        return compared
    if present.data == began.data or head.data in (began.data, present.data):
        return compared
    folder = find_repository(names.folder / names.settings.charter).folder
    text = merged_text(folder, began.data, present.data, head.data)
    outdated = OutdatedBase(base, began.name)
    if text is None:
        return replace(compared, outdated=replace(outdated, conflicts=True))
    problem = _error(text)
    if problem is not None:
        readable = _error(head.data) is None
        return replace(compared, outdated=replace(outdated, problem=problem)) if readable else compared
    return ComparedSources(present, replace(head, data=text), outdated)


def _error(data: bytes) -> Problem | None:
    """The first error of a charter."""
    loaded = load(data)
    return next((one for one in loaded.problems if one.severity == "error"), None)
