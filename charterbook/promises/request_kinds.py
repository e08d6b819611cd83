"""Find the promise of the charter that a kind of request in a log means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from charterbook.charter import Charter

#: Value in a mapping for kinds without a promise.
IGNORE = "ignore"


class PromiseKey(NamedTuple):
    """A promise: the id of a service, and the request of one of its service levels."""

    service: str
    request: str


#: The promise for a kind; ignored; unknown; or ambiguous.
Found = PromiseKey | Literal["ignored", "unknown", "several"]


class RequestKinds:
    """The promises of one charter. A kind is the request of a service level, or the id or the name of a service.

    A service with several service levels needs both, as in `onboarding/Another mentor`. `mapping` maps
    other names to these kinds. `labels` are all valid names of kinds.
    """

    def __init__(self, charter: Charter, mapping: Mapping[str, str]) -> None:
        self._names: dict[str, set[PromiseKey]] = defaultdict(set)
        self.labels: list[str] = []
        for label, promised in _names(charter):
            self._names[_folded(label)].add(promised)
            self.labels.append(label)
        self._mapping = {_folded(kind): meant for kind, meant in mapping.items()}

    def find(self, kind: str) -> Found:
        """The promise for a kind of request."""
        meant = self._mapping.get(_folded(kind), kind)
        if _folded(meant) == IGNORE:
            return "ignored"
        found = self._names.get(_folded(meant), set())
        if len(found) == 1:
            return next(iter(found))
        return "several" if found else "unknown"

    def knows(self, name: str) -> bool:
        """Whether a name is a valid target of a mapping."""
        return _folded(name) == IGNORE or _folded(name) in self._names


def _names(charter: Charter) -> Iterator[tuple[str, PromiseKey]]:
    for service in charter.services:
        for level in service.service_levels:
            promised = PromiseKey(service.id, level.request)
            yield level.request, promised
            yield f"{service.id}/{level.request}", promised
            yield f"{service.name}/{level.request}", promised
            yield service.id, promised
            yield service.name, promised


def _folded(text: str) -> str:
    """A text for comparison: without case and repeated spaces."""
    return " ".join(text.split()).casefold()
