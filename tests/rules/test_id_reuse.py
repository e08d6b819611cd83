from __future__ import annotations

from tests.load.sample import SMALL, small
from tests.rules.sample import found, places

CONTENT = small(
    "services:\n", "services:\n  - {id: content, name: Content, summary: x, audiences: [sales]}\n"
)
OTHER = CONTENT.replace("name: Content", "name: Coaching")


def test_an_id_that_named_something_else() -> None:
    """A warning at the id, with the former item's name."""
    (problem,) = found("id-reuse", OTHER, past=[CONTENT, SMALL])
    assert str(problem) == (
        "5:10: warning id-reuse: the id “content” belonged to “Content”, now removed. Give the new item an id that has never been used."
    )


def test_reuse_is_reported_in_later_versions() -> None:
    """Also if it was committed before."""
    assert places("id-reuse", OTHER, past=[CONTENT, SMALL, OTHER, OTHER]) == [(5, 10, "warning")]


def test_returned_items() -> None:
    """An item that returns is the same one, and can be renamed later."""
    assert places("id-reuse", CONTENT, past=[CONTENT, SMALL]) == []
    assert places("id-reuse", OTHER, past=[CONTENT, SMALL, CONTENT]) == []


def test_another_name() -> None:
    """For an item that was never removed."""
    assert places("id-reuse", OTHER, past=[CONTENT]) == []


def test_items_inside_a_section() -> None:
    """Funding sources also have ids."""
    before = SMALL.replace("id: sales-budget", "id: marketing").replace(
        "name: Sales budget", "name: Marketing"
    )
    now = SMALL.replace("id: sales-budget", "id: marketing")
    assert places("id-reuse", now, past=[before, SMALL]) == [(15, 11, "warning")]


def test_without_a_history() -> None:
    """The rule finds nothing."""
    assert places("id-reuse", OTHER) == []
