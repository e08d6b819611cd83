"""The charters of a history: read from git's store, or from what was kept, and each content only once."""

from __future__ import annotations

from collections.abc import Iterable

from charterbook.charter import Charter
from charterbook.git import ObjectReader
from charterbook.history.charter_cache import CharterCache
from charterbook.history.version_scan import DOUBT, OwnPeriod, own_effective, own_version
from charterbook.load import load
from charterbook.load.fast_path import IncrementalLoader
from charterbook.problems import Problem
from charterbook.versions import is_version_name

_MISSING = Problem(
    1,
    1,
    "missing-object",
    "error",
    "this clone does not have the file's content",
    "Make a full clone, without --filter.",
)


class CharterReader:
    """Reads charters by the id of their content."""

    def __init__(self, objects: ObjectReader, kept: CharterCache | None = None) -> None:
        self._objects, self._kept, self._series = objects, kept, IncrementalLoader()
        self._known: dict[str, tuple[Charter | None, Problem | None]] = {}

    def data(self, blobs: Iterable[str]) -> dict[str, bytes | None]:
        """The contents by their ids, None where the clone does not have one or it is no file."""
        wanted = list(dict.fromkeys(blobs))
        found = zip(wanted, self._objects.read_all(wanted), strict=True)
        return {
            blob: object_.content if object_ and object_.kind == "blob" else None for blob, object_ in found
        }

    def read_ahead(self, blobs: Iterable[str]) -> None:
        """Read those that are not known yet; all at once is faster than one by one."""
        new = [
            blob for blob in dict.fromkeys(blobs) if blob not in self._known and not self._take_cached(blob)
        ]
        for blob, data in self.data(new).items():
            self._known[blob] = self._read_anew(blob, data)

    def charter(self, blob: str) -> Charter | None:
        """The charter, None where it cannot be read. Never raises for what a file says."""
        return self._read(blob)[0]

    def problem(self, blob: str) -> Problem | None:
        """Why a charter cannot be read: its first error; None where it can."""
        return self._read(blob)[1]

    def _read(self, blob: str) -> tuple[Charter | None, Problem | None]:
        self.read_ahead([blob])
        return self._known[blob]

    def _take_cached(self, blob: str) -> bool:
        """Take what was kept of a content, and say whether anything was."""
        kept = self._kept.get(blob) if self._kept else None
        if kept is not None:
            self._known[blob] = kept
        return kept is not None

    def _read_anew(self, blob: str, data: bytes | None) -> tuple[Charter | None, Problem | None]:
        if data is None:
            return None, _MISSING
        read = self._answer(data)
        if self._kept is not None:
            self._kept.put(blob, *read)
        return read

    def _answer(self, data: bytes) -> tuple[Charter | None, Problem | None]:
        charter = self._series.read(data)
        if charter is not None:
            return charter, None
        loaded = load(data)
        errors = (problem for problem in loaded.problems if problem.severity == "error")
        return loaded.charter, next(errors, None) if loaded.charter is None else None

    def save(self) -> None:
        """Keep what was read for the next time."""
        if self._kept is not None:
            self._kept.save()

    def own_periods(self, blobs: Iterable[str]) -> dict[str, OwnPeriod]:
        """What each charter says of its period; what is no version's name is no version."""
        wanted = list(dict.fromkeys(blobs))
        known = self._kept.own_periods() if self._kept else {}
        new = [blob for blob in wanted if blob not in known]
        read = {
            blob: self._own_period(object_.content)
            for blob, object_ in zip(new, self._objects.read_all(new), strict=True)
            if object_ is not None
        }
        if read and self._kept is not None:
            self._kept.put_own_periods(known | read)
        known |= read
        return {blob: known.get(blob, OwnPeriod()) for blob in wanted}

    def _own_period(self, data: bytes) -> OwnPeriod:
        version = own_version(data)
        if version is DOUBT:
            return self._read_period(data)
        if version is not None:
            return OwnPeriod(version)
        effective = own_effective(data)
        return self._read_period(data) if effective is DOUBT else OwnPeriod(None, effective)

    def _read_period(self, data: bytes) -> OwnPeriod:
        charter, _ = self._answer(data)
        if charter is None:
            return OwnPeriod()
        own = charter.version if charter.version and is_version_name(charter.version) else None
        return OwnPeriod(own, None if own else charter.effective)
