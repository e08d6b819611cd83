"""Days on pages: since when a charter is in force, and when it is reviewed next."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from charterbook.site.render.views.highlights import in_force_since
from tests.site.editions import TODAY, block, edition, words

DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(("effective", "shown"), [(TODAY, None), (TODAY + DAY, TODAY + DAY)])
def test_a_draft_is_not_in_force(effective: datetime.date, shown: datetime.date | None) -> None:
    """It has the effective date of the charter in force, unless it is for a later day."""
    assert in_force_since(edition({}, draft={"effective": effective})) == shown


def reviewed(**review: Any) -> str:
    """The home page of a charter with a review."""
    return words(block(edition({"review": review}), "next_review"))


def test_the_next_review() -> None:
    """As stated; if it is not after the last one, as calculated."""
    last, later = datetime.date(2026, 12, 1), datetime.date(2027, 2, 1)
    note = "calculated from the last review and the cadence"
    assert "1 February 2027" in reviewed(last=last, next=later)
    assert note not in reviewed(last=last, next=later)
    for held in ({"next": last - DAY}, {}):
        assert f"1 March 2027 overdue {note}" in reviewed(last=last, **held)
    assert "No date is set." in reviewed()
