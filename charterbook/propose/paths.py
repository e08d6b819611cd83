"""Resolve a path of a proposal in the data of a charter."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import Shape, shapes
from charterbook.diff.change import key_name
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import N_
from charterbook.load.did_you_mean import did_you_mean, quote, short, suggest
from charterbook.load.lazy_message import Fact, LazyMessage

#: Keys of the file and positions in its lists; the last step of a new item is its id.
At = tuple[str | int, ...]


@dataclass(frozen=True)
class ResolvedPath:
    """The place of a path. `is_element` says that it is an element of a list of items."""

    at: At
    shape: Shape
    is_element: bool = False


class PathError(Exception):
    """A path without a match; `rule` and `facts` give the reason."""

    def __init__(self, rule: str, advice: LazyMessage | None = None, /, **facts: Fact) -> None:
        super().__init__(rule)
        self.rule, self.advice, self.facts = rule, advice, facts


def text_of(path: str | Sequence[str]) -> str:
    """A path for display."""
    return path if isinstance(path, str) else ".".join(path)


def shortest(path: tuple[str, ...]) -> str | tuple[str, ...]:
    """A path in its written form: with dots, or as a list if a step contains a dot."""
    return path if any("." in step for step in path) else ".".join(path)


def resolve(path: str | Sequence[str], data: dict[str, Any], *, former: bool = True) -> ResolvedPath:
    """The place of a path in a charter's data. Raises PathError.

    An item is identified by its id; inside a longer path also by a former id, if `former` is set.
    """
    return _PathWalk(path, data, former).walk()


class _PathWalk:
    def __init__(self, path: str | Sequence[str], data: dict[str, Any], former: bool) -> None:
        self.path, self.rest, self.former = path, path, former
        self.value: Any = data
        self.at: At = ()
        self.walked: tuple[str, ...] = ()

    def walk(self) -> ResolvedPath:
        part: type[Part] = Charter
        while True:
            shape = self._key(part)
            if not self.rest:
                return ResolvedPath(self.at, shape)
            if shape.part is None:
                raise PathError("inside-a-value", path=quote(".".join(self.walked)))
            if shape.is_list:
                self._element(shape)
                if not self.rest:
                    return ResolvedPath(self.at, shape.one, is_element=True)
            part = shape.part

    def _key(self, part: type[Part]) -> Shape:
        known = shapes(part)
        key = self._step(known)
        if key not in known:
            advice = _with_dots(self.path, known) or self._without_brackets(key, known) or suggest(key, known)
            raise PathError("unknown-step", advice, key=quote(key), names=", ".join(known))
        self.value = self.value.get(key) if isinstance(self.value, dict) else None
        self.at = (*self.at, key)
        return known[key]

    def _element(self, shape: Shape) -> None:
        elements = self.value if isinstance(self.value, list) else []
        if not all(isinstance(element, dict) for element in elements):
            raise PathError("inside-a-value", path=quote(".".join(self.walked)))
        name = key_name(shape.key)
        keys = [str(element.get(name)) for element in elements]
        former = [former for element in elements for former in element.get("was", ()) if self.former]
        step = self._step({*keys, *former})
        found = [index for index, key in enumerate(keys) if key == step]
        if not found and self.rest and self.former:
            found = [index for index, element in enumerate(elements) if step in element.get("was", ())]
        if len(found) > 1:
            raise PathError("twice-there", path=quote(text_of(self.path)))
        if not found and self.rest:
            advice = self._by_id(shape.key, keys) if step.isdigit() else did_you_mean(step, {*keys, *former})
            raise PathError("no-such-item", advice, path=quote(".".join(self.walked)))
        self.at = (*self.at, found[0] if found else step)
        self.value = elements[found[0]] if found else None

    def _without_brackets(self, step: str, known: Mapping[str, Shape]) -> LazyMessage | None:
        """Advice for a position in brackets; None for other steps."""
        key, bracket, _ = step.partition("[")
        if not bracket or key not in known or not known[key].is_list:
            return None
        elements = self.value.get(key) if isinstance(self.value, dict) else None
        name = key_name(key)
        return self._by_id(
            key, [str(one[name]) for one in elements or () if isinstance(one, dict) and name in one]
        )

    def _by_id(self, key: str, ids: Sequence[str]) -> LazyMessage | None:
        """Advice to name an item by its id."""
        return LazyMessage(_BY_ID, path=short(f"{key}.{ids[0]}")) if ids else None

    def _step(self, known: Collection[str]) -> str:
        """The next step: in a text, the longest known one, else up to the next dot."""
        if not isinstance(self.rest, str):
            step, self.rest = self.rest[0], self.rest[1:]
        else:
            fitting = [key for key in known if self.rest == key or self.rest.startswith(f"{key}.")]
            step = max(fitting, key=len) if fitting else self.rest.partition(".")[0]
            self.rest = self.rest[len(step) + 1 :]
        self.walked = (*self.walked, step)
        return step


_BY_ID = N_("Name an item by its id, for example %(path)s.")


def _with_dots(path: str | Sequence[str], known: Collection[str]) -> LazyMessage | None:
    """Advice for a path that has slashes, as addresses of pages do; None for others."""
    if not isinstance(path, str) or path.strip("/").partition("/")[0] not in known:
        return None
    return LazyMessage(
        N_("Separate its steps by dots: %(path)s."), path=short(path.strip("/").replace("/", "."))
    )


def value_at(data: Any, at: At) -> Any:
    """The value at a place; None if there is none."""
    for step in at:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            return None
    return data
