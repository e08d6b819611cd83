"""Patterns of paths through the charter's model: validation, with suggestions.

A pattern consists of keys and ids with dots; `*` matches one step, `**` at either end any number of steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import Shape, shapes
from charterbook.diff import plain
from charterbook.diff.change import key_name
from charterbook.frozen_dataclass import dataclass
from charterbook.suggestions import closest

#: Computed values of comparisons, in addition to those of the model.
_COMPUTED = {"Funding": ("total",)}


@dataclass(frozen=True)
class _Match:
    """A place in the model that matches the pattern so far, with the charters' values there.

    It is a mapping, a list of items, or a value without children.
    """

    part: type[Part] | None
    shape: Shape | None = None
    values: tuple[Any, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether the next step is an item of a list."""
        return self.part is not None and self.shape is not None and self.shape.is_list

    def steps(self) -> dict[str, _Match]:
        """The possible next steps: keys of the model, or the charters' items."""
        if self.part is None:
            return {}
        if not self.is_list:
            computed = dict.fromkeys(_COMPUTED.get(self.part.__name__, ()), _Match(None))
            return {key: self._key(shape) for key, shape in shapes(self.part).items()} | computed
        assert self.shape is not None
        name = key_name(self.shape.key)
        found: dict[str, list[Any]] = {}
        for element in self._elements():
            found.setdefault(str(element.get(name)), []).append(element)
        return {key: _Match(self.part, None, tuple(values)) for key, values in found.items()}

    def any_item(self) -> _Match:
        """Any item of a list."""
        return _Match(self.part, None, tuple(self._elements()))

    def _key(self, shape: Shape) -> _Match:
        values = tuple(value[shape.key] for value in self.values if shape.key in value)
        return _Match(shape.part, shape if shape.is_list else None, values)

    def _elements(self) -> list[Any]:
        return [element for values in self.values for element in values]


def pattern_fault(pattern: str, charters: Sequence[Charter] | None = None) -> str | None:
    """The reason why a pattern matches nothing, for a message; None if it matches a place of the model.

    If charters are given, an item in the pattern must be in one of them.
    """
    root = _Match(Charter, None, tuple(map(plain, charters or ())))
    return _fault(pattern, [root], with_items=charters is not None)


def _fault(pattern: str, places: Sequence[_Match], *, with_items: bool) -> str | None:
    """The error for the first step of a pattern without a match; None if all steps match."""
    steps = pattern.split(".")
    if steps[-1] == "**":
        steps = steps[:-1]
    done = []
    if steps[:1] == ["**"]:
        places, done, steps = [*_inside(places)], ["**"], steps[1:]
        if not steps:
            return "it matches nothing; for everything, write **"
    for step in steps:
        following = [inner for place in places for inner in _following(place, step, with_items)]
        if not following:
            return _no_step(step, places, ".".join(done))
        places, done = following, [*done, step]
    return None


def _following(place: _Match, step: str, with_items: bool) -> list[_Match]:
    if place.is_list and (step == "*" or not with_items):
        return [place.any_item()]
    return [inner for key, inner in place.steps().items() if fnmatchcase(key, step)]


def _inside(places: Sequence[_Match]) -> Iterator[_Match]:
    """These places and all below them."""
    for place in places:
        yield place
        inner = [place.any_item()] if place.is_list else [*place.steps().values()]
        yield from _inside(inner)


def _no_step(step: str, places: Sequence[_Match], around: str) -> str:
    """The error for a step without a match."""
    known = [key for place in places for key in place.steps()]
    where = f" in {around}" if around else ""
    if not known and not any(place.part for place in places):
        return f"{around} has nothing inside"
    what = "item" if any(place.is_list for place in places) else "key"
    return f"there is no {what} {step!r}{where}; {closest(step, known)}".removesuffix("; ")
