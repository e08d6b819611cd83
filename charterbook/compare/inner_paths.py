"""The inner paths of a change to a value with parts, such as a whole item or a figure with its date.

A pattern in mkdocs.yml can name such a part, for example the unit of a promise, although the change has the path of
the promise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import Shape, shapes
from charterbook.compare.field_names import part_and_shape
from charterbook.diff import Data, Path, key_of

#: Keys of identity, which never match a pattern.
_IDENTITY = ("id", "was")


def paths_inside(kind: str, path: Path, old: Any, new: Any) -> Iterator[Path]:
    """The paths of the parts that differ. The parts of a split, a merge or a move are separate changes."""
    if kind not in ("added", "removed", "changed") or path == ("funding", "total"):
        return
    shape = part_and_shape(Charter, path)[1]
    if shape.part:
        yield from _inside(shape, path, old, new)
    elif isinstance(old, dict) or isinstance(new, dict):
        yield from ((*path[:-1], key) for key in _different_keys(old or {}, new or {}))


def _inside(shape: Shape, path: Path, old: Any, new: Any) -> Iterator[Path]:
    assert shape.part is not None
    if not shape.is_list:
        yield from _parts(shape.part, path, old or {}, new or {})
        return
    before, after = ({key_of(one, shape.key): one for one in side or ()} for side in (old, new))
    for key in dict.fromkeys([*before, *after]):
        yield (*path, key)
        yield from _parts(shape.part, (*path, key), before.get(key, {}), after.get(key, {}))


def _parts(model: type[Part], path: Path, old: Data, new: Data) -> Iterator[Path]:
    expected = shapes(model)
    for key in _different_keys(old, new):
        if key in expected and key not in _IDENTITY:
            yield (*path, key)
            if expected[key].part:
                yield from _inside(expected[key], (*path, key), old.get(key), new.get(key))


def _different_keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> Sequence[str]:
    """The keys with different values. A missing value equals an empty list."""
    return [key for key in dict.fromkeys([*old, *new]) if (old.get(key) or None) != (new.get(key) or None)]
