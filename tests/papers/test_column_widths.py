"""Widths of columns: never less than the longest word, and short columns get what they want."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from charterbook.papers.column_widths import column_widths, shared
from charterbook.papers.document import TableBlock, plain_runs

_WIDTHS = st.lists(st.tuples(st.floats(1, 30), st.floats(0, 60)), min_size=1, max_size=9)


@given(_WIDTHS, st.floats(10, 120))
def test_a_line_is_shared(columns: list[tuple[float, float]], line: float) -> None:
    """Each column gets its least width and no more than it wants; the line is used, and not exceeded."""
    least = [one for one, _ in columns]
    wanted = [one + more for one, more in columns]
    found = shared(least, wanted, line)
    assert all(
        low - 1e-6 <= width <= high + 1e-6 for low, width, high in zip(least, found, wanted, strict=True)
    )
    usable = max(sum(least), min(sum(wanted), line))
    assert abs(sum(found) - usable) < 1e-6


def test_short_values_are_on_one_line() -> None:
    """Beside a column of long texts, which takes what is left."""
    rows = tuple(
        (plain_runs("Place on the path " * 4), plain_runs("5 working days"), plain_runs("text " * 60))
        for _ in range(3)
    )
    first, second, third = column_widths(TableBlock("", ("Request", "Within", "Note"), rows), 50.0)
    assert second >= 14 * 0.5
    assert min(first, third) > second
    assert first + second + third <= 50.0 + 1e-6


def test_space_for_a_signature() -> None:
    """An empty column to fill in is wide enough for a pen."""
    block = TableBlock("", ("Role", "Date"), ((plain_runs("Chief Revenue Officer"), ()),), to_fill_in=True)
    assert column_widths(block, 50.0)[1] >= 9
