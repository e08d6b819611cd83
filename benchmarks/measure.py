"""Rounds in which all take turns, and what their figures say.

Times are compared within a round only: whatever else the machine does then, it does to all of them. A fixed piece of
work between the runs tells how much the machine itself varies.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

_WORK = 2_000_000


@dataclass(frozen=True)
class Step:
    """What is measured, in seconds, and what is done before and after it."""

    measure: Callable[[], float]
    before: Callable[[], object] = lambda: None
    after: Callable[[], object] = lambda: None


@dataclass
class Timings:
    """The seconds of each contender, round by round, and those of the calibration between."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    calibration: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Spread:
    """The middle of some figures, and how far they go."""

    median: float
    least: float
    most: float


def rounds(steps: Mapping[str, Step], count: int, say: Callable[[str], None]) -> Timings:
    """Runs every step once in each round, each time beginning with another one."""
    timings = Timings({name: [] for name in steps})
    for number in range(count):
        for name in rotated(list(steps), number):
            timings.calibration.append(calibrate())
            seconds = taken(steps[name])
            timings.seconds[name].append(seconds)
            say(f"  round {number + 1}: {name} {seconds:.3f} s")
    return timings


def taken(step: Step) -> float:
    """The seconds of one run."""
    step.before()
    os.sync()
    seconds = step.measure()
    step.after()
    return seconds


def timed(run: Callable[[], object]) -> Callable[[], float]:
    """Measures how long something takes."""

    def measure() -> float:
        begin = time.perf_counter()
        run()
        return time.perf_counter() - begin

    return measure


def calibrate() -> float:
    """The seconds of a piece of work that never changes."""
    begin = time.perf_counter()
    total = 0
    for number in range(_WORK):
        total ^= number * 31
    return time.perf_counter() - begin


def rotated(names: Sequence[str], by: int) -> list[str]:
    """The names, beginning with another one."""
    start = by % len(names)
    return [*names[start:], *names[:start]]


def spread(figures: Sequence[float]) -> Spread:
    """The median, the least and the most."""
    return Spread(statistics.median(figures), min(figures), max(figures))


def ratios(over: Sequence[float], under: Sequence[float]) -> Spread:
    """How many times as long one took as the other, in paired rounds."""
    return spread([a / b for a, b in zip(over, under, strict=True)])
