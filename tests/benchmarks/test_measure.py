import os

import pytest

from benchmarks.measure import Spread, Step, ratios, rotated, rounds, spread


def test_ratios_are_those_of_paired_rounds() -> None:
    """Ratios are measured in paired rounds."""
    assert ratios([10.0, 40.0, 30.0], [1.0, 2.0, 1.0]) == Spread(20.0, 10.0, 30.0)


def test_unpaired_rounds_are_refused() -> None:
    """Unpaired rounds are refused."""
    with pytest.raises(ValueError, match="shorter"):
        ratios([1.0, 2.0], [1.0])


def test_the_median_of_an_even_number_is_the_mean_of_two() -> None:
    """The median of an even number of values is the mean of the middle two."""
    assert spread([4.0, 1.0, 2.0, 3.0]) == Spread(2.5, 1.0, 4.0)


def test_each_round_begins_with_another_one() -> None:
    """Each round begins with another contender."""
    assert [rotated(["a", "b", "c"], by) for by in range(4)] == [
        ["a", "b", "c"],
        ["b", "c", "a"],
        ["c", "a", "b"],
        ["a", "b", "c"],
    ]


def test_rounds_are_interleaved_and_setup_is_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds are interleaved, and setup is not timed."""
    monkeypatch.setattr(os, "sync", lambda: None)
    monkeypatch.setattr("benchmarks.measure.calibrate", lambda: 0.1)
    done: list[str] = []

    def step(name: str, seconds: float) -> Step:
        def measure() -> float:
            done.append(name)
            return seconds

        return Step(measure, before=lambda: done.append("before"), after=lambda: done.append("after"))

    timings = rounds({"a": step("a", 1.0), "b": step("b", 2.0)}, 2, lambda _: None)
    assert timings.seconds == {"a": [1.0, 1.0], "b": [2.0, 2.0]}
    assert [name for name in done if name in "ab"] == ["a", "b", "b", "a"]
    assert done[:3] == ["before", "a", "after"]
    assert len(timings.calibration) == 4
