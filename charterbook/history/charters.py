"""The charters of a history: read from git's store when asked for, and each content only once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from charterbook.git import Objects
from charterbook.history.own_version import DOUBT, own_version
from charterbook.load import Loaded, load
from charterbook.places import Places
from charterbook.problems import Problem

#: How many parsed charters are kept in memory: those of a long history's versions, and some more.
_KEPT = 256

_MISSING = Problem(
    1,
    1,
    "missing-object",
    "error",
    "this clone does not have the file's content",
    "Make a full clone, without --filter.",
)


@dataclass(frozen=True)
class _Content:
    """A file's content; two with the same id are the same."""

    id: str
    data: bytes = field(compare=False, repr=False)


@lru_cache(maxsize=_KEPT)
def _load(content: _Content) -> Loaded:
    return load(content.data)


class Charters:
    """Reads charters by the id of their content."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects

    def data(self, blob: str) -> bytes | None:
        """The content, None where the clone does not have it or it is no file."""
        found = self._objects.read(blob)
        return found.content if found is not None and found.kind == "blob" else None

    def load(self, blob: str) -> Loaded:
        """The charter, or its problems. Never raises for what a file says."""
        data = self.data(blob)
        return Loaded(None, (_MISSING,), Places()) if data is None else _load(_Content(blob, data))

    def problem(self, blob: str) -> Problem | None:
        """Why a charter cannot be read: its first error; None where it can."""
        loaded = self.load(blob)
        errors = (problem for problem in loaded.problems if problem.severity == "error")
        return next(errors, None) if loaded.charter is None else None

    def own_versions(self, blobs: Iterable[str]) -> dict[str, str | None]:
        """What each charter's `version:` says, None where it is missing or no version's name."""
        wanted = list(dict.fromkeys(blobs))
        found = zip(wanted, self._objects.read_all(wanted), strict=True)
        return {blob: _own_version(blob, object_.content) if object_ else None for blob, object_ in found}


def _own_version(blob: str, data: bytes) -> str | None:
    version = own_version(data)
    if version is not DOUBT:
        return version
    charter = _load(_Content(blob, data)).charter
    return None if charter is None else charter.version
