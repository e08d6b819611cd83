"""Invariants between comparisons: of a charter and the same one edited at random, in one step and in several.

Each check makes a charter and its edits from a number, so that a failure can be repeated. The numbers are the same in
every run. `make slow` tries many more of them.
"""

from __future__ import annotations

import copy
import itertools
import json
import os
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from charterbook.charter import Charter
from charterbook.compare import Statement, at_least, compare
from charterbook.compare.field_names import part_and_shape
from charterbook.compare.lookup import value_at
from charterbook.compare.severity import row_of
from charterbook.compare.text_changes import alike
from charterbook.compare.text_equality import visible_value, words_of
from charterbook.diff import Path
from tests import edits
from tests.compare.compound_checks import compound_changes_hide_nothing, was_never_hides_a_commitment
from tests.compare.edited_pairs import commitments, comparisons, edited, statements, without_order
from tests.edits import Data, charter, made

#: Minimum number of pairs of charters that all checks compare; `make slow` compares more.
PAIRS = int(os.environ.get("CHARTERBOOK_PAIRS", "500"))


OPPOSITE = {
    "weaker": "stronger", "easier": "harder", "more": "less", "better": "worse",
    "stronger": "weaker", "harder": "easier", "less": "more", "worse": "better",
}  # fmt: skip


def language_does_not_matter(chance: Random) -> None:
    """Severity, direction and fingerprint are the same in each language."""
    data = made(chance)
    old, new = charter(data), charter(edited(chance, data, 5))
    english, russian = statements(old, new), compare(old, new, language="ru").statements
    facts = [
        [(each.fingerprint, each.severity, each.direction) for each in side] for side in (english, russian)
    ]
    assert facts[0] == facts[1]


def sides_can_be_swapped(chance: Random) -> None:
    """All directions are reversed, and added becomes removed.

    Capitals do not count: keys of elements without an id are spelled as in the newer charter.
    """
    data = made(chance)
    old, new = charter(data), charter(edited(chance, data, 6))
    forth = {_mirrored(each, False) for each in statements(old, new)}
    back = {_mirrored(each, True) for each in statements(new, old)}
    assert forth == back


def _mirrored(each: Statement, swap: bool) -> tuple[Any, ...]:
    kinds = {"added": "removed", "removed": "added"} if swap else {}
    direction = OPPOSITE.get(each.direction or "") if swap else each.direction
    old, new = (each.new, each.old) if swap else (each.old, each.new)
    path = tuple(step.casefold() for step in each.path)
    return kinds.get(each.kind, each.kind), path, direction, repr(old).casefold(), repr(new).casefold()


def wording_is_no_commitment(chance: Random) -> None:
    """The highest severity is wording; an invisible change is an order at most, without marked words."""
    data = made(chance)
    new = copy.deepcopy(data)
    edits.reword(chance, new)
    for each in statements(charter(data), charter(new)):
        assert not at_least(each.severity, "meaning"), each
        if visible_value(each.old) == visible_value(each.new):
            assert (each.severity, each.segments) == ("order", ()), each


def converted_time_is_no_commitment(chance: Random) -> None:
    """For any notation of the length of time."""
    data = made(chance)
    edits.promise(data)
    new = copy.deepcopy(data)
    edits.convert(chance, new)
    found = statements(charter(data), charter(new))
    assert {(each.severity, each.direction) for each in found} == {("wording", None)}


def order_does_not_matter(chance: Random) -> None:
    """The order of items, promises and sign-offs in either charter."""
    data = made(chance)
    new = edited(chance, data, 5)
    kept = _unordered(charter(data), charter(new))
    edits.shuffle(chance, data)
    edits.shuffle(chance, new)
    assert _unordered(charter(data), charter(new)) == kept


def _unordered(old: Charter, new: Charter) -> set[str]:
    return {
        json.dumps(
            [each.kind, each.path, each.direction, without_order(each.old), without_order(each.new)],
            default=str,
        )
        for each in commitments(statements(old, new)).values()
    }


def what_else_changed_does_not_matter(chance: Random) -> None:
    """Two edits at different places have the commitments of each of them."""
    data = made(chance)
    one, other = copy.deepcopy(data), copy.deepcopy(data)
    first, second = edits.change_value(chance, one), edits.change_value(chance, other)
    if first.item == second.item or first.item[0] == second.item[0] == "funding":
        return
    both = copy.deepcopy(one)
    edits.take_over(both, other, second.item)
    old = charter(data)
    alone = [commitments(statements(old, charter(new))).keys() for new in (one, other)]
    assert commitments(statements(old, charter(both))).keys() == alone[0] | alone[1]


def steps_are_covered(chance: Random) -> None:
    """Changes of single steps that remain are also changes of the whole way, with the same severity."""
    first = made(chance)
    second = edited(chance, first, 4)
    third = edited(chance, second, 4)
    a, b, c = charter(first), charter(second), charter(third)
    whole = statements(a, c)
    told = {_spelled(each.path) for each in whole}
    grave = {_spelled(each.path) for each in whole if each.severity == "commitment"}
    for each in (*statements(a, b), *statements(b, c)):
        if _is_plain(each.path, first, third) or _cancelled(first, third, each.path):
            continue
        if each.path != ("funding", "total"):
            assert _is_in(_spelled(each.path), told), each
            if each.severity == "commitment" and not _conditional(each.path):
                assert _is_in(_spelled(each.path), grave), each


def _is_plain(path: Path, *sides: Data) -> bool:
    """Whether plain words may have become an item's name, since only one of the charters has such items."""
    refers = part_and_shape(Charter, path)[1].refers if path != ("funding", "total") else None
    return refers is not None and any(
        bool(sides[0].get(kind)) != bool(sides[1].get(kind)) for kind in refers.kinds
    )


def _conditional(path: Path) -> bool:
    return row_of(path).needs is not None or path[:2] == ("intake", "routes")


def _spelled(path: Path) -> tuple[tuple[str, ...], ...]:
    """A place in words: an element without an id is the same one in another spelling."""
    return tuple(words_of(step) or (step,) for step in _place(path))


def _is_in(path: tuple[object, ...], paths: set[tuple[tuple[str, ...], ...]]) -> bool:
    """Whether a path, or one above or below it, is among these."""
    return any(path[: len(one)] == one or one[: len(path)] == path for one in paths)


def _cancelled(first: Data, third: Data, path: Path) -> bool:
    """Whether the last value at a place equals the first one, except for wording and the unit of a length."""
    place = _place(path)
    return alike(value_at(first, place), value_at(third, place))


def _place(path: Path) -> Path:
    """The path of the length for a length of time and for its unit."""
    is_length = path[0] in ("services", "intake") and path[-1] in ("within", "unit")
    return path[:-1] if is_length and len(path) > 3 else path


def different_values_are_reported(chance: Random) -> None:
    """Different values have different words, such as close numbers and items with equal names."""
    data = edits.with_close_numbers(chance, made(chance))
    new = copy.deepcopy(data)
    for _ in range(8):
        edits.change_value(chance, new)
    edits.with_close_numbers(chance, new)
    for each in statements(charter(data), charter(new)):
        if each.kind == "changed" and each.before is not None and at_least(each.severity, "meaning"):
            assert each.before != each.after, each


CHECKS: tuple[Callable[[Random], None], ...] = (
    language_does_not_matter,
    sides_can_be_swapped,
    wording_is_no_commitment,
    converted_time_is_no_commitment,
    order_does_not_matter,
    what_else_changed_does_not_matter,
    steps_are_covered,
    compound_changes_hide_nothing,
    was_never_hides_a_commitment,
    different_values_are_reported,
)


@pytest.mark.long
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_any_edit_has_the_expected_changes(check: Callable[[Random], None]) -> None:
    """For a number of pairs; the message of a failure says how to repeat it."""
    enough = next(comparisons) + PAIRS / len(CHECKS)
    for number in itertools.count():
        try:
            check(Random(f"{check.__name__} {number}"))  # noqa: S311
        except Exception as error:
            raise AssertionError(f"{check.__name__}(Random('{check.__name__} {number}'))") from error
        if next(comparisons) > enough + number:
            return
