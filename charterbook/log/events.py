"""From the versions of a history to the events of its log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from charterbook.charter import Charter
from charterbook.compare import Comparison, Severity, compare
from charterbook.history import Revision
from charterbook.log.model import Event, Moment


class _Version(Protocol):
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


def moments(versions: Iterable[_Version]) -> Iterator[Moment]:
    """The readable revisions of these versions, oldest first, each version up to the one that it shows.

    A version without revisions, as a draft is, is one moment.
    """
    for version in versions:
        if not version.revisions and version.charter is not None:
            yield Moment(version.name, None, version.charter)
        for revision, charter in zip(version.revisions, version.charters, strict=False):
            if charter is not None:
                yield Moment(version.name, revision, charter)
            if revision == version.shown:
                break


#: Comparisons of this process, by both contents: revisions are compared once for all versions of a site.
_Known = dict[tuple[str, str, str, str], Comparison]
_known: _Known = {}


def events(found: Sequence[Moment], severity: Mapping[str, Severity] | None = None) -> list[Event]:
    """Each moment with what changed since the one before, oldest first."""
    befores: list[Moment | None] = [None, *found[:-1]]
    return [
        Event(now, None if before is None else _compared(before, now, severity or {}))
        for before, now in zip(befores, found, strict=True)
    ]


def _compared(before: Moment, now: Moment, severity: Mapping[str, Severity]) -> Comparison:
    names = (before.version, now.version)
    if before.revision is None or now.revision is None:
        return compare(before.charter, now.charter, names, severity=severity)
    key = (before.revision.blob, now.revision.blob, repr(names), repr(sorted(severity.items())))
    if key not in _known:
        _known[key] = compare(before.charter, now.charter, names, severity=severity)
    return _known[key]
