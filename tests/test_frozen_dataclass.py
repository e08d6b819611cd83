"""Frozen dataclasses with shared methods behave like the standard library's."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
import typing
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


def initialised(decorate: Any) -> tuple[type[Any], ...]:
    """Classes whose `__init__` is more than one parameter for each field, and their subclasses."""

    @decorate(frozen=True)
    class Checked:
        """It computes something."""

        x: int
        name: str = "a"

        def __post_init__(self) -> None:
            object.__setattr__(self, "size", self.x + len(self.name))

    @decorate(frozen=True)
    class Listed(Checked):
        """Its own default for each instance."""

        parts: list[int] = dataclasses.field(default_factory=list)

    @decorate(frozen=True)
    class Named(Listed):
        """Fields that have no place."""

        _: dataclasses.KW_ONLY
        z: int = 2

    @decorate(frozen=True)
    class Counted:
        """A value that is not stored, one that is no parameter, and one of the class."""

        begin: dataclasses.InitVar[int]
        count: int = dataclasses.field(default=3, init=False)
        most: typing.ClassVar[int] = 5

        def __post_init__(self, begin: int) -> None:
            object.__setattr__(self, "count", begin + 1)

    return Checked, Listed, Named, Counted


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("arguments", [(), (1,), (1, "b"), (1, "b", [4]), (1, "b", [4], 5)])
@pytest.mark.parametrize("named", [{}, {"x": 1}, {"name": "c"}, {"z": 7}, {"unknown": 1}, {"count": 1}])
def test_made_as_the_standard_ones(place: int, arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
    """The same parameters, the same values, and an error for the same calls."""
    ours, theirs = (initialised(way)[place] for way in (frozen_dataclass.dataclass, dataclasses.dataclass))
    assert inspect.signature(ours) == inspect.signature(theirs)
    try:
        expected = vars(theirs(*arguments, **named))
    except TypeError:
        with pytest.raises(TypeError):
            ours(*arguments, **named)
    else:
        assert vars(ours(*arguments, **named)) == expected


def test_an_early_default_is_refused() -> None:
    """As by the standard library."""
    with pytest.raises(TypeError, match="a field without a default follows"):

        @frozen_dataclass.dataclass(frozen=True)
        class Wrong:
            """The second field cannot be left out."""

            x: int = 1
            y: int  # type: ignore[misc]


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
