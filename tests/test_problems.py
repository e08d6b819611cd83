"""Problems as text: one line with a full stop between the mistake and the correction."""

from __future__ import annotations

import pytest

from charterbook.problems import Problem, full_sentence, sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("there is no page", "there is no page."),
        ("Really?", "Really?"),
        ("Act now!", "Act now!"),
        ("31 мая 2026 г.", "31 мая 2026 г."),
        ("and so on…", "and so on…"),
    ],
)
def test_a_sentence_has_one_full_stop(text: str, expected: str) -> None:
    """Any existing end of a sentence is unchanged."""
    assert sentence(text) == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("срок: 31 мая 2026 г.", "3:5: warning rule: срок: 31 мая 2026 г. Name another day."),
        ("there is no day", "3:5: warning rule: there is no day. Name another day."),
    ],
)
def test_a_problem_in_one_line(text: str, line: str) -> None:
    """Its place, its rule, and the correction; without a correction, the text is as it was written."""
    assert str(Problem(3, 5, "rule", "warning", text, "Name another day.")) == line
    assert str(Problem(3, 5, "rule", "warning", text)) == f"3:5: warning rule: {text}"


@pytest.mark.parametrize(
    ("text", "expected"), [("there is no day", "There is no day."), ("срок прошёл!", "Срок прошёл!")]
)
def test_a_full_sentence(text: str, expected: str) -> None:
    """With a capital; an existing end is unchanged."""
    assert full_sentence(text) == expected
