"""Events of a log, from the versions of a history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

from charterbook.charter import Charter
from charterbook.compare import Comparison, Severity, compare
from charterbook.history import Revision
from charterbook.log.comparison_cache import ComparisonCache
from charterbook.log.item_history import Event, Snapshot


class LoggedVersion(Protocol):
    """The attributes of a version that a log needs: `charters` are the charters of its revisions."""

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


def moments(versions: Iterable[LoggedVersion]) -> Iterator[Snapshot]:
    """The valid revisions of these versions, oldest first, each version up to the one that it shows.

    A version without revisions, such as a draft, is one moment.
    """
    for version in versions:
        if not version.revisions and version.charter is not None:
            yield Snapshot(version.name, None, version.charter)
        for revision, charter in zip(version.revisions, version.charters, strict=False):
            if charter is not None:
                yield Snapshot(version.name, revision, charter)
            if revision == version.shown:
                break


#: Cache of events by their two revisions and options: each is compared once for all versions of a site.
_Options = tuple[tuple[tuple[str, Severity], ...], str]
_event_cache: dict[tuple[Revision, Revision, _Options], Event] = {}


def list_events(
    found: Sequence[Snapshot],
    severity: Mapping[str, Severity] | None = None,
    language: str | None = None,
    cache: ComparisonCache | None = None,
) -> list[Event]:
    """Each moment with the changes since the previous one, oldest first.

    All sentences are in one language, by default that of the newest charter. Comparisons in `cache` are reused.
    """
    if not found:
        return []
    options = (tuple((severity or {}).items()), language or found[-1].charter.language)
    return [
        Event(found[0], None),
        *(_event(before, after, options, cache) for before, after in pairwise(found)),
    ]


def _event(before: Snapshot, after: Snapshot, options: _Options, cache: ComparisonCache | None) -> Event:
    if before.revision is None or after.revision is None:
        return Event(after, _compare(before, after, options))
    key = (before.revision, after.revision, options)
    inputs = (before.revision.blob, after.revision.blob, before.version, after.version, options)
    if key not in _event_cache:
        found = cache.get(inputs) if cache is not None else None
        _event_cache[key] = Event(after, found or _compare(before, after, options))
    if cache is not None:
        cache.remember(inputs, _event_cache[key].comparison)
    return _event_cache[key]


def _compare(before: Snapshot, after: Snapshot, options: _Options) -> Comparison:
    severity, language = options
    names = (before.version, after.version)
    return compare(before.charter, after.charter, names, language=language, severity=dict(severity))
