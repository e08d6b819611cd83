"""The places of values in a file, by their path through the data. Independent of YAML and charters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from charterbook.frozen_dataclass import dataclass

Path = tuple[str | int, ...]
Place = tuple[int, int]


@dataclass(frozen=True)
class ValueLocation:
    """The place of a value, of its key, and its source text.

    `written` is the source text of an unquoted value, None for everything else. `lost` is an unquoted text and the
    comment after a single space; None if there is no such comment.
    """

    value: Place
    key: Place
    written: str | None = None
    lost: tuple[str, str] | None = None


@dataclass(frozen=True)
class SourceMap:
    """Line and column of every value in a file, both counted from 1, columns in characters."""

    spots: Mapping[Path, ValueLocation] = field(default_factory=dict)

    def spot(self, path: Path) -> ValueLocation:
        """The location of the value at this path, or of the nearest existing parent."""
        while path and path not in self.spots:
            path = path[:-1]
        return self.spots.get(path, ValueLocation((1, 1), (1, 1)))

    def of(self, path: Path) -> Place:
        """Line and column of the value at this path, or of the nearest existing parent."""
        return self.spot(path).value

    def key(self, path: Path) -> Place:
        """Line and column of the value's key; of the value itself in a list."""
        return self.spot(path).key

    def written(self, path: Path) -> str | None:
        """The value's source text if it is unquoted."""
        return self.spots[path].written if path in self.spots else None


def path_text(path: Path, data: Any = None) -> str:
    """A path as an author reads it: `services[0].name`, or by id if `data` is given.

    >>> path_text(("services", 0, "name"))
    'services[0].name'
    >>> path_text(("services", 0, "name"), {"services": [{"id": "onboarding"}]})
    'services.onboarding.name'
    """
    text = ""
    for step in path:
        data = _inside(data, step)
        name = data.get("id") if isinstance(data, dict) else None
        if isinstance(step, int) and not isinstance(name, str):
            text += f"[{step}]"
        else:
            text += f".{name if isinstance(step, int) else step}"
    return text.removeprefix(".")


def _inside(data: Any, step: str | int) -> Any:
    """The child value at a step, None if there is none."""
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return None
