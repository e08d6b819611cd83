"""Garbage collection while a process waits."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator

import pytest

from charterbook.gc_tuning import IdleCollector, tune_gc


class Clock:
    """Seconds that the test sets, of the processor and on the wall."""

    used = 0.0
    now = 0.0

    def wait(self, seconds: float, used: float) -> None:
        self.now += seconds
        self.used += used


class Node:
    """An object that refers to itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clocks of the collector."""
    clock = Clock()
    monkeypatch.setattr(time, "process_time", lambda: clock.used)
    monkeypatch.setattr(time, "monotonic", lambda: clock.now)
    return clock


@pytest.fixture
def collected() -> Iterator[list[int]]:
    """The garbage collector of a command; the generation of each collection."""
    generations: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            generations.append(info["generation"])

    before = gc.get_threshold()
    gc.collect()
    tune_gc()
    gc.callbacks.append(note)
    try:
        yield generations
    finally:
        gc.callbacks.remove(note)
        gc.set_threshold(*before)


def make_garbage() -> None:
    """As a build does."""
    for _ in range(30_000):
        Node()


def test_garbage_is_collected_once_the_process_waits(clock: Clock, collected: list[int]) -> None:
    """Not during a build, and once for each build."""
    collector = IdleCollector()
    make_garbage()
    clock.wait(0.5, used=0.3)
    collector.step()
    assert collected == [], "while it is busy"
    clock.wait(0.5, used=0.01)
    collector.step()
    assert collected == [2]
    clock.wait(0.5, used=0.01)
    collector.step()
    assert collected == [2], "without new garbage"


def test_a_process_that_is_not_tuned_collects_by_itself(clock: Clock, collected: list[int]) -> None:
    """Such as that of `mkdocs serve`, where other plugins rely on Python's own thresholds."""
    gc.set_threshold(400_000, 10, 10)
    collector = IdleCollector()
    make_garbage()
    clock.wait(0.5, used=0.0)
    collector.step()
    assert collected == []
