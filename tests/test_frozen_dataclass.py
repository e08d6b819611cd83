"""Frozen dataclasses with shared methods are as those of the standard library."""

from __future__ import annotations

import dataclasses
import pickle
from typing import Any

import pytest

from charterbook import frozen_dataclass


def classes(decorate: Any) -> tuple[type[Any], type[Any], type[Any]]:
    """A class, one that inherits from it, and one without fields."""

    @decorate(frozen=True)
    class Point:
        """A class with a value that does not count in comparisons, and one that is not shown."""

        x: int
        name: str = "a"
        note: str = dataclasses.field(default="", compare=False)
        hidden: tuple[int, ...] = dataclasses.field(default=(), repr=False)

    @decorate(frozen=True)
    class Place(Point):
        """One more field."""

        z: int = 0

    @decorate(frozen=True)
    class Nothing:
        """No fields."""

    return Point, Place, Nothing


OURS, THEIRS = classes(frozen_dataclass.dataclass), classes(dataclasses.dataclass)
ARGUMENTS: list[tuple[int, tuple[Any, ...]]] = [
    (0, (1,)),
    (0, (1, "b")),
    (0, (1, "a", "note")),
    (0, (1, "a", "", (3,))),
    (1, (1,)),
    (1, (1, "a", "", (), 5)),
    (2, ()),
]


def test_equal_where_the_standard_ones_are() -> None:
    """Each pair of instances, also of different classes; equal ones have one hash."""
    ours = [OURS[place](*arguments) for place, arguments in ARGUMENTS]
    theirs = [THEIRS[place](*arguments) for place, arguments in ARGUMENTS]
    assert [[a == b for b in ours] for a in ours] == [[a == b for b in theirs] for a in theirs]
    assert [hash(a) == hash(b) for a in ours for b in ours if a == b].count(False) == 0
    assert [one == 1 for one in ours] == [False] * len(ours)


@pytest.mark.parametrize(("place", "arguments"), ARGUMENTS)
def test_shown_copied_and_listed_as_the_standard_ones(place: int, arguments: tuple[Any, ...]) -> None:
    """`repr`, `replace`, `asdict` and `fields`."""
    ours, theirs = OURS[place](*arguments), THEIRS[place](*arguments)
    assert repr(ours) == repr(theirs)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert [one.name for one in dataclasses.fields(ours)] == [one.name for one in dataclasses.fields(theirs)]
    if arguments:
        assert dataclasses.asdict(dataclasses.replace(ours, x=9)) == dataclasses.asdict(
            dataclasses.replace(theirs, x=9)
        )


def test_pickled() -> None:
    """An instance of a class of the program comes back equal."""
    from charterbook.charter.base import Reference

    one = Reference(("roles",), if_any=True)
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 (made here)
