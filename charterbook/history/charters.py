"""The charters of a history: read from git's store, or from what was kept, and each content only once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from charterbook.charter import Charter
from charterbook.git import Objects
from charterbook.history.kept import Kept
from charterbook.history.own_version import DOUBT, own_version
from charterbook.load import Loaded, load
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

    def __init__(self, objects: Objects, kept: Kept | None = None) -> None:
        self._objects, self._kept = objects, kept
        self._known: dict[str, tuple[Charter | None, Problem | None]] = {}

    def data(self, blob: str) -> bytes | None:
        """The content, None where the clone does not have it or it is no file."""
        found = self._objects.read(blob)
        return found.content if found is not None and found.kind == "blob" else None

    def charter(self, blob: str) -> Charter | None:
        """The charter, None where it cannot be read. Never raises for what a file says."""
        return self._read(blob)[0]

    def problem(self, blob: str) -> Problem | None:
        """Why a charter cannot be read: its first error; None where it can."""
        return self._read(blob)[1]

    def _read(self, blob: str) -> tuple[Charter | None, Problem | None]:
        if blob not in self._known:
            kept = self._kept.get(blob) if self._kept else None
            self._known[blob] = kept or self._read_anew(blob)
        return self._known[blob]

    def _read_anew(self, blob: str) -> tuple[Charter | None, Problem | None]:
        data = self.data(blob)
        if data is None:
            return None, _MISSING
        loaded = _load(_Content(blob, data))
        errors = (problem for problem in loaded.problems if problem.severity == "error")
        read = loaded.charter, next(errors, None) if loaded.charter is None else None
        if self._kept is not None:
            self._kept.put(blob, *read)
        return read

    def own_versions(self, blobs: Iterable[str]) -> dict[str, str | None]:
        """What each charter's `version:` says, None where it is missing or no version's name."""
        wanted = list(dict.fromkeys(blobs))
        known = self._kept.own_versions() if self._kept else {}
        new = [blob for blob in wanted if blob not in known]
        read = {
            blob: _own_version(blob, object_.content)
            for blob, object_ in zip(new, self._objects.read_all(new), strict=True)
            if object_ is not None
        }
        if read and self._kept is not None:
            self._kept.put_own_versions(known | read)
        known |= read
        return {blob: known.get(blob) for blob in wanted}


def _own_version(blob: str, data: bytes) -> str | None:
    version = own_version(data)
    if version is not DOUBT:
        return version
    charter = _load(_Content(blob, data)).charter
    return None if charter is None else charter.version
