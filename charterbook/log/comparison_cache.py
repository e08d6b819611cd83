"""Comparisons of revisions, kept on disk by what they were made from: old contents never change.

An entry is JSON with a hash in front. What is damaged, made by another version of Charterbook, or makes no sense is
as good as none. Nothing in an entry is ever run.
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
from charterbook.file_store import Store, program

#: The packages and modules whose code and words decide what a comparison says.
_ROOMS = (
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
    """Comparisons in a folder, which is made when they are first written."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder / _program())
        self._texts: dict[str, str] | None = None
        self._held: dict[str, Comparison] = {}

    def get(self, made_from: object) -> Comparison | None:
        """The comparison that was made from these values, None where there is no sound entry."""
        text = self._known().get(_key(made_from))
        found = _read(text) if text is not None else None
        if found is None:
            self._known().pop(_key(made_from), None)
        return found

    def remember(self, made_from: object, comparison: Comparison | None) -> None:
        """Say what was made from these values: it is written with all else that is held."""
        if comparison is not None:
            self._held[_key(made_from)] = comparison

    def save(self) -> None:
        """Write down all that is held, if any of it is new. What cannot be written is not kept."""
        known = self._known()
        if self._held.keys() <= known.keys():
            return
        lines = (f"{key} {known.get(key) or _written(held)}" for key, held in self._held.items())
        try:
            self._store.put(_NAME, "\n".join(lines).encode())
        except OSError:
            return

    def _known(self) -> dict[str, str]:
        """The texts of all that is kept, by what they were made from."""
        if self._texts is None:
            lines = (self._store.get(_NAME) or b"").decode("utf-8", "replace").split("\n")
            self._texts = {key: text for key, _, text in (line.partition(" ") for line in lines)}
        return self._texts


def _key(made_from: object) -> str:
    return hashlib.blake2b(json.dumps(made_from).encode(), digest_size=20).hexdigest()


@cache
def _program() -> str:
    return program(*_ROOMS) + f"-{metadata.version('babel')}"


def _written(value: Comparison) -> str:
    return json.dumps(_plain(value))


def _plain(value: Any) -> Any:
    """A value as JSON: whatever JSON has no word for is an object whose one key says what it is."""
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
    """A comparison from its text; None where the text makes no sense."""
    try:
        found = json.loads(text, object_hook=_object)
    except (ValueError, TypeError):
        return None
    return found if isinstance(found, Comparison) else None


def _object(data: dict[str, Any]) -> Any:
    """What `_plain` made an object of. Raises ValueError and TypeError for anything else."""
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
