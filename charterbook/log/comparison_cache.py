"""On-disk cache of comparisons between revisions, keyed by their immutable inputs.

An entry is JSON with a checksum. A damaged, outdated or invalid entry is treated as missing. Nothing in an entry is
executed.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import fields
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from charterbook.compare import Comparison, Segment, Side, Statement
from charterbook.diff import LikelyRename
from charterbook.file_store import Store
from charterbook.program_hash import program

#: Packages and modules with the code and texts that determine a comparison.
_SOURCES = (
    "charter",
    "compare",
    "diff",
    "history",
    "load",
    "locale",
    "log",
    "versions.py",
    "i18n.py",
    "exact_numbers.py",
)

_NAME = "comparisons.txt"

_TYPES = {kind.__name__: kind for kind in (Comparison, LikelyRename, Segment, Side, Statement)}


class ComparisonCache:
    """Cached comparisons in a folder, created with the first entry."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder / _program())
        self._texts: dict[str, str] | None = None
        self._used: dict[str, Comparison] = {}

    def get(self, inputs: object) -> Comparison | None:
        """The comparison of these inputs, None without a valid entry."""
        text = self._stored().get(_key(inputs))
        found = _read(text) if text is not None else None
        if found is None:
            self._stored().pop(_key(inputs), None)
        return found

    def remember(self, inputs: object, comparison: Comparison | None) -> None:
        """Add the comparison of these inputs, to be saved with all others of this run."""
        if comparison is not None:
            self._used[_key(inputs)] = comparison

    def save(self) -> None:
        """Write all comparisons of this run, if any is new. Errors of writing are ignored."""
        known = self._stored()
        if self._used.keys() <= known.keys():
            return
        lines = (
            f"{key} {known.get(key) or _serialized(comparison)}" for key, comparison in self._used.items()
        )
        try:
            self._store.put(_NAME, "\n".join(lines).encode())
        except OSError:
            return

    def _stored(self) -> dict[str, str]:
        """The stored texts by key."""
        if self._texts is None:
            lines = (self._store.get(_NAME) or b"").decode("utf-8", "replace").split("\n")
            self._texts = {key: text for key, _, text in (line.partition(" ") for line in lines)}
        return self._texts


def _key(inputs: object) -> str:
    return hashlib.blake2b(json.dumps(inputs).encode(), digest_size=20).hexdigest()


@cache
def _program() -> str:
    return program(*_SOURCES) + f"-{metadata.version('babel')}"


def _serialized(value: Comparison) -> str:
    return json.dumps(_plain(value))


def _plain(value: Any) -> Any:
    """A value as JSON: types without a JSON equivalent are objects with the type as their only key."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, tuple):
        return {"tuple": [_plain(one) for one in value]}
    if isinstance(value, dict):
        return {"dict": [[key, _plain(one)] for key, one in value.items()]}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    if type(value).__name__ in _TYPES:
        return {type(value).__name__: [_plain(getattr(value, field.name)) for field in fields(value)]}
    return value


def _read(text: str) -> Comparison | None:
    """A comparison from its text; None for invalid text."""
    try:
        found = json.loads(text, object_hook=_object)
    except (ValueError, TypeError):
        return None
    return found if isinstance(found, Comparison) else None


def _object(data: dict[str, Any]) -> Any:
    """Decode an object made by `_plain`. Raises ValueError and TypeError for anything else."""
    ((kind, value),) = data.items()
    if kind == "tuple":
        return tuple(value)
    if kind == "dict":
        return dict(value)
    if kind == "date":
        return datetime.date.fromisoformat(value)
    if kind not in _TYPES:
        raise ValueError(f"there is no {kind}")
    return _TYPES[kind](*value)
