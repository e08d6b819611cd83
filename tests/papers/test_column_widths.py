"""Widths of columns: never less than the longest word, and short columns get what they want."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from charterbook.papers.column_widths import column_widths, shared, text_width
from charterbook.papers.document import TableBlock, plain_runs

_WIDTHS = st.lists(st.tuples(st.floats(1, 30), st.floats(0, 60)), min_size=1, max_size=9)


@given(_WIDTHS, st.floats(10, 120))
def test_a_line_is_shared(columns: list[tuple[float, float]], line: float) -> None:
    """The line is used, and not exceeded. A column gets its least width unless wider ones leave it an equal part."""
    least = [one for one, _ in columns]
    wanted = [one + more for one, more in columns]
    found = shared(least, wanted, line)
    assert all(width <= high + 1e-6 for width, high in zip(found, wanted, strict=True))
    assert abs(sum(found) - min(sum(wanted), line)) < 1e-6
    cut = [width for low, width in zip(least, found, strict=True) if width < low - 1e-6]
    assert all(abs(width - max(found)) < 1e-6 for width in cut)
    assert not cut or min(cut) >= line / len(columns) - 1e-6


def test_short_values_are_on_one_line() -> None:
    """Beside a column of long texts, which takes the rest."""
    rows = tuple(
        (plain_runs("Place on the path " * 4), plain_runs("5 working days"), plain_runs("text " * 60))
        for _ in range(3)
    )
    first, second, third = column_widths(TableBlock("", ("Request", "Within", "Note"), rows), 50.0)
    assert second >= 14 * 0.5
    assert min(first, third) > second
    assert first + second + third <= 50.0 + 1e-6


def test_a_bold_title_is_on_one_line() -> None:
    """A title is wider than other text of as many characters, and a number with its unit is one word."""
    rows = ((plain_runs("–"), plain_runs("5\u00a0working days"), plain_runs("text " * 60)),)
    first, second, _ = column_widths(TableBlock("", ("Commitment", "Within", "Note"), rows), 30.0)
    assert first - 1.4 > text_width("Commitment")
    assert second - 1.4 >= text_width("5\u00a0working")


def test_space_for_a_signature() -> None:
    """An empty column to fill in is wide enough for a pen."""
    block = TableBlock("", ("Role", "Date"), ((plain_runs("Chief Revenue Officer"), ()),), to_fill_in=True)
    assert column_widths(block, 50.0)[1] >= 9
