"""Interleaved benchmark rounds, and their statistics.

Times are compared within a round only, since the load of the machine affects all contenders alike. A fixed
calibration task between the runs measures the variation of the machine itself.
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
    """A timed action, with its setup and cleanup."""

    measure: Callable[[], float]
    before: Callable[[], object] = lambda: None
    after: Callable[[], object] = lambda: None


@dataclass
class Timings:
    """Seconds of each contender by round, and of the calibration in between."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    calibration: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Spread:
    """Median, minimum and maximum of some figures."""

    median: float
    least: float
    most: float


def rounds(steps: Mapping[str, Step], count: int, log_line: Callable[[str], None]) -> Timings:
    """Run every step once in each round, in rotating order."""
    timings = Timings({name: [] for name in steps})
    for number in range(count):
        for name in rotated(list(steps), number):
            timings.calibration.append(calibrate())
            seconds = time_step(steps[name])
            timings.seconds[name].append(seconds)
            log_line(f"  round {number + 1}: {name} {seconds:.3f} s")
    return timings


def time_step(step: Step) -> float:
    """Seconds of one run."""
    step.before()
    os.sync()
    seconds = step.measure()
    step.after()
    return seconds


def timed(run: Callable[[], object]) -> Callable[[], float]:
    """Timer of a function."""

    def measure() -> float:
        begin = time.perf_counter()
        run()
        return time.perf_counter() - begin

    return measure


def calibrate() -> float:
    """Duration of a fixed task, in seconds."""
    begin = time.perf_counter()
    total = 0
    for number in range(_WORK):
        total ^= number * 31
    return time.perf_counter() - begin


def rotated(names: Sequence[str], by: int) -> list[str]:
    """The names, rotated."""
    start = by % len(names)
    return [*names[start:], *names[:start]]


def spread(figures: Sequence[float]) -> Spread:
    """Median, minimum and maximum."""
    return Spread(statistics.median(figures), min(figures), max(figures))


def ratios(over: Sequence[float], under: Sequence[float]) -> Spread:
    """Ratios of paired rounds."""
    return spread([a / b for a, b in zip(over, under, strict=True)])
