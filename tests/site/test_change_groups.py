"""The order of changes by importance, as stored in a page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from charterbook.site.render.views.change_groups import in_runs


@given(st.permutations(range(30)))
def test_runs_say_the_same_numbers(numbers: list[int]) -> None:
    """In the same order."""
    ends = (run.partition("-") for run in in_runs(numbers))
    said = [n for first, _, last in ends for n in range(int(first), int(last or first) + 1)]
    assert said == numbers


def test_consecutive_numbers_are_one_run() -> None:
    """A number between others is alone."""
    assert list(in_runs([4, 0, 1, 2, 7, 6])) == ["4", "0-2", "7", "6"]
