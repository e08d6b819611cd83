"""Pairs of parts in lists without unique keys, compared with the best of all possible pairings."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from charterbook.compare.part_pairs import PartPairs, part_pairs
from charterbook.compare.text_changes import alike
from tests.compare.small_charters import compared
from tests.test_diff import service

Data = dict[str, Any]

#: Few parts, so that the same one, another spelling of it and another address of it meet.
_PARTS = st.builds(
    lambda label, address: {"label": label, "address": address},
    st.sampled_from(["Help", "HELP", "help.", "Desk"]),
    st.sampled_from(["https://example.org", "help@example.org"]),
)
_LISTS = st.lists(_PARTS, max_size=4)


@given(_LISTS, _LISTS)
def test_as_many_pairs_as_possible(old: list[Data], new: list[Data]) -> None:
    """Equal parts first, then respelled ones; no part is in two pairs, and no part is missing."""
    pairs = part_pairs(old, new)
    rest = [Counter(map(repr, side)) for side in (old, new)]
    equal = (rest[0] & rest[1]).total()
    for side, ones in zip((old, new), _used(pairs), strict=True):
        assert len(set(ones)) == len(ones) == len(side) - equal
    assert all(old[one] != new[other] and alike(old[one], new[other]) for one, other in pairs.respelled)
    assert (equal, len(pairs.respelled)) == max(_counts(old, new))


def _used(pairs: PartPairs) -> tuple[list[int], list[int]]:
    return (
        [*(one for one, _ in pairs.respelled), *pairs.removed],
        [*(other for _, other in pairs.respelled), *pairs.added],
    )


def _counts(old: Sequence[Data], new: Sequence[Data]) -> Iterator[tuple[int, int]]:
    """How many pairs of equal and of respelled parts each possible pairing has."""
    short, long = sorted((old, new), key=len)
    for chosen in itertools.permutations(long, len(short)):
        together = list(zip(short, chosen, strict=True))
        equal = sum(one == other for one, other in together)
        yield equal, sum(alike(one, other) for one, other in together) - equal


@given(_LISTS, _LISTS)
def test_swapped(old: list[Data], new: list[Data]) -> None:
    """Removed parts are added, and each pair is reversed."""
    forth, back = part_pairs(old, new), part_pairs(new, old)
    assert sorted(forth.respelled) == sorted((one, other) for other, one in back.respelled)
    assert (forth.removed, forth.added) == (back.added, back.removed)


@given(_LISTS, _LISTS, st.randoms())
def test_in_any_order(old: list[Data], new: list[Data], chance: Any) -> None:
    """The same parts are paired, removed and added."""
    shuffled = [chance.sample(side, len(side)) for side in (old, new)]
    assert _values(part_pairs(old, new), old, new) == _values(part_pairs(*shuffled), *shuffled)


def _values(pairs: PartPairs, old: Sequence[Data], new: Sequence[Data]) -> tuple[Counter[str], ...]:
    return (
        Counter(repr((old[one], new[other])) for one, other in pairs.respelled),
        Counter(repr(old[index]) for index in pairs.removed),
        Counter(repr(new[index]) for index in pairs.added),
    )


def test_a_repeated_part_is_removed_once() -> None:
    """A contact that was listed twice and now once, and one that is listed a third time in another spelling."""
    help_ = {"label": "Help", "address": "help@example.org"}
    old, new = ({"services": [service("a", summary="Help.", contacts=[help_] * count)]} for count in (2, 1))
    assert [(one.kind, one.severity) for one in compared(old, new).statements] == [("removed", "meaning")]
    respelled = {
        "services": [service("a", summary="Help.", contacts=[help_, help_, help_ | {"label": "help"}])]
    }
    assert [one.kind for one in compared(old, respelled).statements] == ["added"]
