"""From the versions of a history to the events of its log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

from charterbook.charter import Charter
from charterbook.compare import Comparison, Severity, compare
from charterbook.history import Revision
from charterbook.log.comparison_cache import ComparisonCache
from charterbook.log.item_history import Event, Snapshot


class _LoggedVersion(Protocol):
    """What a log needs of a version: the charters are those of its revisions."""

    @property
    def name(self) -> str: ...
    @property
    def charter(self) -> Charter | None: ...
    @property
    def revisions(self) -> tuple[Revision, ...]: ...
    @property
    def charters(self) -> tuple[Charter | None, ...]: ...
    @property
    def shown(self) -> Revision | None: ...


def moments(versions: Iterable[_LoggedVersion]) -> Iterator[Snapshot]:
    """The readable revisions of these versions, oldest first, each version up to the one that it shows.

    A version without revisions, as a draft is, is one moment.
    """
    for version in versions:
        if not version.revisions and version.charter is not None:
            yield Snapshot(version.name, None, version.charter)
        for revision, charter in zip(version.revisions, version.charters, strict=False):
            if charter is not None:
                yield Snapshot(version.name, revision, charter)
            if revision == version.shown:
                break


#: Events of this process, by the two revisions and how they are told: compared once for all versions of a site.
_Told = tuple[tuple[tuple[str, Severity], ...], str]
_known: dict[tuple[Revision, Revision, _Told], Event] = {}


def list_events(
    found: Sequence[Snapshot],
    severity: Mapping[str, Severity] | None = None,
    language: str | None = None,
    kept: ComparisonCache | None = None,
) -> list[Event]:
    """Each moment with what changed since the one before, oldest first.

    All sentences are in one language: that of the newest charter unless told otherwise. What is in `kept` is not
    compared again.
    """
    if not found:
        return []
    told = (tuple((severity or {}).items()), language or found[-1].charter.language)
    return [Event(found[0], None), *(_event(before, now, told, kept) for before, now in pairwise(found))]


def _event(before: Snapshot, now: Snapshot, told: _Told, kept: ComparisonCache | None) -> Event:
    if before.revision is None or now.revision is None:
        return Event(now, _compared(before, now, told))
    key = (before.revision, now.revision, told)
    made_from = (before.revision.blob, now.revision.blob, before.version, now.version, told)
    if key not in _known:
        found = kept.get(made_from) if kept is not None else None
        _known[key] = Event(now, found or _compared(before, now, told))
    if kept is not None:
        kept.remember(made_from, _known[key].comparison)
    return _known[key]


def _compared(before: Snapshot, now: Snapshot, told: _Told) -> Comparison:
    severity, language = told
    names = (before.version, now.version)
    return compare(before.charter, now.charter, names, language=language, severity=dict(severity))
