"""Profile of a build: `charterbook build --timings`.

MkDocs has no profiler, so the clock is read in the plugin's events; the time between two events is one part.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from charterbook.frozen_dataclass import dataclass

P = ParamSpec("P")
R = TypeVar("R")

#: Environment variable that enables timings.
VARIABLE = "CHARTERBOOK_TIMINGS"

#: Number of versions in the list of the slowest.
_NAMED = 10


@dataclass(frozen=True)
class TimeSpent:
    """Seconds spent in a part of the build, without nested parts, and the number of calls."""

    seconds: float = 0.0
    times: int = 0

    def __add__(self, other: TimeSpent) -> TimeSpent:
        return TimeSpent(self.seconds + other.seconds, self.times + other.times)


class Timings:
    """Seconds spent in each part of the build."""

    def __init__(self) -> None:
        self.spent: dict[str, TimeSpent] = {}
        self._within = [0.0]
        self._lap = (time.monotonic(), 0.0)

    @contextmanager
    def span(self, part: str) -> Iterator[None]:
        """Context manager: count its duration for a part, without nested spans."""
        start = time.monotonic()
        self._within.append(0.0)
        try:
            yield
        finally:
            whole = time.monotonic() - start
            self.add(part, TimeSpent(whole - self._within.pop(), 1))
            self._within[-1] += whole

    def lap(self, part: str | None) -> None:
        """Count the time since the last lap for a part, without spans in it; with None, for no part."""
        began, spans = self._lap
        self._lap = (time.monotonic(), self._within[0])
        if part is not None:
            self.add(part, TimeSpent(self._lap[0] - began - (self._lap[1] - spans), 1))

    def add(self, part: str, spent: TimeSpent) -> None:
        """Add time to a part."""
        self.spent[part] = self.spent.get(part, TimeSpent()) + spent

    @property
    def seconds(self) -> float:
        """Total of the counted time."""
        return sum(spent.seconds for spent in self.spent.values())


@dataclass(frozen=True)
class BuiltVersion:
    """Timings of a built version: its total duration, and its parts."""

    name: str
    seconds: float
    parts: Mapping[str, TimeSpent]


def report(seconds: float, whole: Timings, built: Sequence[BuiltVersion]) -> list[str]:
    """Report lines, the longest part first; versions can be built in parallel."""
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
    """The longest part of a version."""
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


def is_enabled() -> bool:
    """Whether timings are enabled."""
    return os.environ.get(VARIABLE, "") not in ("", "0")


_counting: list[Timings] = []


def begin_counting() -> Timings:
    """Timings that `lap` and `counted` add to until `end_counting`, if enabled."""
    timings = Timings()
    if is_enabled():
        _counting.append(timings)
    return timings


def end_counting(timings: Timings) -> None:
    """Stop counting."""
    if timings in _counting:
        _counting.remove(timings)


def lap(part: str | None) -> None:
    """Count the time since the last lap, if timings are enabled."""
    if _counting:
        _counting[-1].lap(part)


def counted(part: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorator: count the duration of a function, if timings are enabled."""

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
def enabled() -> Iterator[None]:
    """Context manager: enable timings in this process and its children."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
