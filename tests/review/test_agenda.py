"""The agenda of a review."""

from __future__ import annotations

import pytest

from charterbook.review.agenda import agenda


@pytest.mark.parametrize("minutes", [*range(10, 200), 1439, 1440])
def test_half_for_decisions(minutes: int) -> None:
    """The parts follow each other without a gap, fill the time, and half of it is for decisions."""
    parts = agenda(minutes)
    assert [part.part for part in parts] == ["actions", "facts", "decisions", "sign"]
    ends = [part.start + part.minutes for part in parts]
    assert [part.start for part in parts] == [0, *ends[:-1]]
    assert ends[-1] == minutes
    assert parts[2].minutes == (minutes + 1) // 2
    assert all(part.minutes > 0 for part in parts)
