"""Brute force: each value that differs between two charters is reported, with at least the severity of the table."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from hypothesis import given, settings

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import shapes
from charterbook.compare import Severity, Statement, at_least, compare
from charterbook.compare.lookup import value_at
from charterbook.compare.severity import row_of
from charterbook.compare.text_changes import in_words
from charterbook.compare.text_equality import words_of
from charterbook.diff import Path, key_of, plain
from charterbook.diff.change import UNNAMED
from tests import edits
from tests.edits import Data
from tests.generated import CHANCE, examples


@dataclass(frozen=True)
class Leaf:
    """A value without its own parts, or a part of a list whose parts have no names."""

    kind: Literal["added", "removed", "changed"]
    path: Path
    old: Any
    new: Any


def leaves(model: type[Part], old: Data, new: Data, path: Path = ()) -> Iterator[Leaf]:
    """All values that differ."""
    for key, shape in shapes(model).items():
        before, after = old.get(key), new.get(key)
        if (before or None) == (after or None) or key in ("id", "was", "schema"):
            continue
        if shape.part is None:
            kind: Any = "added" if before is None else "removed" if after is None else "changed"
            yield Leaf(kind, (*path, key), before, after)
        elif shape.is_list:
            yield from _in_list(shape.part, key, before or [], after or [], (*path, key))
        else:
            yield from leaves(shape.part, before or {}, after or {}, (*path, key))


def _in_list(
    model: type[Part], key: str, old: Sequence[Data], new: Sequence[Data], path: Path
) -> Iterator[Leaf]:
    sides = [{key_of(one, key): one for one in side} for side in (old, new)]
    if key in UNNAMED or len(sides[0]) < len(old) or len(sides[1]) < len(new):
        known = [[in_words(one) for one in side] for side in (old, new)]
        yield from (
            Leaf("removed", (*path, key_of(one, key)), one, None)
            for one in old
            if in_words(one) not in known[1]
        )
        yield from (
            Leaf("added", (*path, key_of(one, key)), None, one)
            for one in new
            if in_words(one) not in known[0]
        )
        return
    for name in dict.fromkeys([*sides[0], *sides[1]]):
        yield from leaves(model, sides[0].get(name, {}), sides[1].get(name, {}), (*path, name))


def gravity(leaf: Leaf, old: Data, new: Data) -> Severity:
    """The severity of the table."""
    row = row_of(leaf.path)
    found: Severity = getattr(row, leaf.kind)
    if found != "commitment" or row.needs is None:
        return found
    beside = [leaf.path[at] if step == "*" else step for at, step in enumerate(row.needs.split("."))]
    return found if any(value_at(side, beside) is not None for side in (old, new)) else "meaning"


def is_reported(leaf: Leaf, severity: Severity, statements: Sequence[Statement]) -> bool:
    """Whether a statement about the value, or about what contains it, is as grave."""
    places = {(*leaf.path[:-1], key) for key in _WITH.get(leaf.path[-1], ())} | {leaf.path}
    names = [tuple(map(words_of, place)) for place in places]
    return _is_in_figure(leaf, severity, statements) or any(
        at_least(one.severity, severity)
        and any(name[: len(path)] == tuple(map(words_of, path)) for name in names)
        for one in statements
        for path in {one.path, one.source or one.path}
    )


def _is_in_figure(leaf: Leaf, severity: Severity, statements: Sequence[Statement]) -> bool:
    """Whether the statement of a figure says the old and the new value of a series."""
    if leaf.path[0] != "metrics" or leaf.path[2] not in _SERIES:
        return False
    figure = (*leaf.path[:2], _SERIES[leaf.path[2]])
    day = leaf.path[3]
    return any(
        at_least(one.severity, severity)
        and one.path == figure
        and day in [str(side.get("date")) for side in (one.old, one.new) if side]
        for one in statements
    )


#: Values that are reported together with another one.
_WITH = {"unit": ("within",), "agreed": ("date",)}

#: Series whose last element is also a figure, which says when.
_SERIES = {"targets": "target", "values": "actual"}


def is_spelling(leaf: Leaf, old: Data, new: Data) -> bool:
    """Whether only the spelling differs: of the value, of a list of texts in any order, or of the name of its part."""
    if _is_default(leaf, old, new):
        return True
    if isinstance(leaf.old, list) and isinstance(leaf.new, list):
        return sorted(map(words_of, leaf.old)) == sorted(map(words_of, leaf.new))
    if leaf.kind == "changed":
        return bool(in_words(leaf.old) == in_words(leaf.new))
    return any(value_at(side, leaf.path) is None and _respelled(side, leaf) for side in (old, new))


def _is_default(leaf: Leaf, old: Data, new: Data) -> bool:
    """Whether a currency, a period or an approver is the one that holds without it."""
    if leaf.path[0] not in ("funding", "metrics") or leaf.path[-1] not in _DEFAULTS:
        return False
    is_own = leaf.path[:2] in (("funding", "currency"), ("funding", "period"))
    if is_own or (leaf.path[-1] == "approver" and leaf.path[1] == "sources"):
        return False
    values = [
        value if value is not None else side["funding"].get(_DEFAULTS[leaf.path[-1]])
        for value, side in ((leaf.old, old), (leaf.new, new))
    ]
    return values[0] is not None and values[0] == values[1]


#: The keys of the funding that hold for its sources and for metrics, and the owner, who approves without an approver.
_DEFAULTS = {"currency": "currency", "period": "period", "approver": "owner"}


def _respelled(side: Data, leaf: Leaf) -> bool:
    """Whether a charter has the part of a value under a name with the same words."""
    for end in range(len(leaf.path), 0, -1):
        elements = value_at(side, leaf.path[: end - 1])
        if isinstance(elements, list):
            words, key = words_of(leaf.path[end - 1]), leaf.path[end - 2]
            same = [one for one in elements if isinstance(one, dict) and words_of(key_of(one, key)) == words]
            value = leaf.old if leaf.new is None else leaf.new
            return any(in_words(value_at(one, leaf.path[end:])) == in_words(value) for one in same)
    return False


@given(CHANCE)
@settings(max_examples=examples(15), deadline=None)
def test_edited_values(chance: Random) -> None:
    """Of ten edits."""
    data = edits.made(chance)
    new = copy.deepcopy(data)
    for _ in range(10):
        edits.change_value(chance, new)
    _check(data, new)


@given(CHANCE)
@settings(max_examples=examples(10), deadline=None)
def test_two_charters(chance: Random) -> None:
    """With some ids in common: items and whole sections come and go.

    A value named in plain words or by an item is in both or in neither, so that no name has two meanings.
    """
    one, other = edits.made(chance), edits.made(chance)
    for kind in ("roles", "partners", "platforms", "intake"):
        if not (one.get(kind) and other.get(kind)):
            one.pop(kind, None)
            other.pop(kind, None)
    _check(one, other)


def _check(data: Data, other: Data) -> None:
    charters = edits.charter(data), edits.charter(other)
    old, new = map(plain, charters)
    statements = compare(*charters, language="en").statements
    for leaf in leaves(Charter, old, new):
        severity = gravity(leaf, old, new)
        assert is_reported(leaf, severity, statements) or is_spelling(leaf, old, new), (leaf, severity)
