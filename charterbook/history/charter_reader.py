"""The charters of a history, read from git's object store or from the cache, each content once."""

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
    """Reader of charters by the id of their content."""

    def __init__(self, objects: ObjectReader, cache: CharterCache | None = None) -> None:
        self._objects, self._cache, self._series = objects, cache, IncrementalLoader()
        self._known: dict[str, tuple[Charter | None, Problem | None]] = {}

    def data(self, blobs: Iterable[str]) -> dict[str, bytes | None]:
        """The contents by their ids; None for content that the clone lacks or that is not a file."""
        wanted = list(dict.fromkeys(blobs))
        found = zip(wanted, self._objects.read_all(wanted), strict=True)
        return {
            blob: object_.content if object_ and object_.kind == "blob" else None for blob, object_ in found
        }

    def read_ahead(self, blobs: Iterable[str]) -> None:
        """Read unknown contents in one batch: this is faster than one by one."""
        new = [
            blob for blob in dict.fromkeys(blobs) if blob not in self._known and not self._take_cached(blob)
        ]
        for blob, data in self.data(new).items():
            self._known[blob] = self._read_uncached(blob, data)

    def charter(self, blob: str) -> Charter | None:
        """The charter, None if it is invalid. Never raises for the content of a file."""
        return self._read(blob)[0]

    def problem(self, blob: str) -> Problem | None:
        """The first error of a charter; None if it is valid."""
        return self._read(blob)[1]

    def _read(self, blob: str) -> tuple[Charter | None, Problem | None]:
        self.read_ahead([blob])
        return self._known[blob]

    def _take_cached(self, blob: str) -> bool:
        """Use the cached result for a content. Returns whether there is one."""
        cached = self._cache.get(blob) if self._cache else None
        if cached is not None:
            self._known[blob] = cached
        return cached is not None

    def _read_uncached(self, blob: str, data: bytes | None) -> tuple[Charter | None, Problem | None]:
        if data is None:
            return None, _MISSING
        read = self._parsed(data)
        if self._cache is not None:
            self._cache.put(blob, *read)
        return read

    def _parsed(self, data: bytes) -> tuple[Charter | None, Problem | None]:
        charter = self._series.read(data)
        if charter is not None:
            return charter, None
        loaded = load(data)
        errors = (problem for problem in loaded.problems if problem.severity == "error")
        return loaded.charter, next(errors, None) if loaded.charter is None else None

    def save(self) -> None:
        """Save the cache."""
        if self._cache is not None:
            self._cache.save()

    def own_periods(self, blobs: Iterable[str]) -> dict[str, OwnPeriod]:
        """The period of each charter, without invalid version names."""
        wanted = list(dict.fromkeys(blobs))
        known = self._cache.own_periods() if self._cache else {}
        new = [blob for blob in wanted if blob not in known]
        read = {
            blob: self._own_period(object_.content)
            for blob, object_ in zip(new, self._objects.read_all(new), strict=True)
            if object_ is not None
        }
        if read and self._cache is not None:
            self._cache.put_own_periods(known | read)
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
        charter, _ = self._parsed(data)
        if charter is None:
            return OwnPeriod()
        own = charter.version if charter.version and is_version_name(charter.version) else None
        return OwnPeriod(own, None if own else charter.effective)
