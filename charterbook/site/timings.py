"""Where the time of a build goes, for those who ask: `charterbook build --timings`.

MkDocs says nothing of that, so the clock is read in the plugin's events: what lies between two of them is one part.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

#: Set to have every build say where its time went.
ASKED = "CHARTERBOOK_TIMINGS"

#: How many versions are named.
_NAMED = 10


@dataclass(frozen=True)
class TimeSpent:
    """The seconds that a part of the work took, without the parts within it, and how many times it was done."""

    seconds: float = 0.0
    times: int = 0

    def __add__(self, other: TimeSpent) -> TimeSpent:
        return TimeSpent(self.seconds + other.seconds, self.times + other.times)


class Timings:
    """The seconds that each part of the work took."""

    def __init__(self) -> None:
        self.spent: dict[str, TimeSpent] = {}
        self._within = [0.0]
        self._lap = (time.monotonic(), 0.0)

    @contextmanager
    def span(self, part: str) -> Iterator[None]:
        """Count the time that this takes to a part, but for parts within it, which are counted for themselves."""
        start = time.monotonic()
        self._within.append(0.0)
        try:
            yield
        finally:
            whole = time.monotonic() - start
            self.add(part, TimeSpent(whole - self._within.pop(), 1))
            self._within[-1] += whole

    def lap(self, part: str | None) -> None:
        """Count the time since the last lap to a part, but for spans in it; to none, to leave it uncounted."""
        began, spans = self._lap
        self._lap = (time.monotonic(), self._within[0])
        if part is not None:
            self.add(part, TimeSpent(self._lap[0] - began - (self._lap[1] - spans), 1))

    def add(self, part: str, spent: TimeSpent) -> None:
        """Count some time to a part."""
        self.spent[part] = self.spent.get(part, TimeSpent()) + spent

    @property
    def seconds(self) -> float:
        """All that was counted."""
        return sum(spent.seconds for spent in self.spent.values())


@dataclass(frozen=True)
class BuiltVersion:
    """A version that was built: how long that took in all, and the parts of the work that are known."""

    name: str
    seconds: float
    parts: Mapping[str, TimeSpent]


def report(seconds: float, whole: Timings, built: Sequence[BuiltVersion]) -> list[str]:
    """Lines that say where so many seconds went, the longest first; versions may have been built side by side."""
    lines = [f"{seconds:8.2f} s  all of it", *_by_length(whole.spent)]
    if built:
        lines += ["The slowest versions:", *_slowest(built)]
        lines += ["All versions that were built, added up:", *_by_length(_added_up(built))]
    return lines


def _by_length(spent: Mapping[str, TimeSpent]) -> list[str]:
    longest = sorted(spent.items(), key=lambda item: -item[1].seconds)
    return [
        f"{one.seconds:8.2f} s  {part}" + (f" ({one.times} times)" if one.times > 1 else "")
        for part, one in longest
    ]


def _slowest(built: Sequence[BuiltVersion]) -> list[str]:
    longest = sorted(built, key=lambda version: -version.seconds)
    lines = [f"{version.seconds:8.2f} s  {version.name}{_most(version)}" for version in longest[:_NAMED]]
    rest = longest[_NAMED:]
    if rest:
        lines.append(f"{sum(version.seconds for version in rest):8.2f} s  {len(rest)} more")
    return lines


def _most(version: BuiltVersion) -> str:
    """What took the most of a version's time."""
    if not version.parts:
        return ""
    part, spent = max(version.parts.items(), key=lambda item: item[1].seconds)
    return f", most of it {part} ({spent.seconds:.2f} s)"


def _added_up(built: Sequence[BuiltVersion]) -> dict[str, TimeSpent]:
    found: dict[str, TimeSpent] = {}
    for version in built:
        known = sum(spent.seconds for spent in version.parts.values())
        rest = {"everything else of MkDocs and its plugins": TimeSpent(max(0.0, version.seconds - known), 1)}
        for part, spent in (dict(version.parts) | rest).items():
            found[part] = found.get(part, TimeSpent()) + spent
    return found


def asked() -> bool:
    """Whether somebody wants to know."""
    return os.environ.get(ASKED, "") not in ("", "0")


_counting: list[Timings] = []


def begin_counting() -> Timings:
    """Where `lap` and `counted` count until `end_counting`, if anybody asks for it."""
    timings = Timings()
    if asked():
        _counting.append(timings)
    return timings


def end_counting(timings: Timings) -> None:
    """Count no more there."""
    if timings in _counting:
        _counting.remove(timings)


def lap(part: str | None) -> None:
    """Count the time since the last lap, where anybody asks for it."""
    if _counting:
        _counting[-1].lap(part)


def counted(part: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Count the time that a function takes, where anybody asks for it."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def counting(*arguments: P.args, **options: P.kwargs) -> R:
            if not _counting:
                return function(*arguments, **options)
            with _counting[-1].span(part):
                return function(*arguments, **options)

        return counting

    return decorate


@contextmanager
def asking() -> Iterator[None]:
    """While this lasts, builds say where their time goes, in the processes that they start, too."""
    before = os.environ.get(ASKED)
    os.environ[ASKED] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[ASKED]
        else:
            os.environ[ASKED] = before
