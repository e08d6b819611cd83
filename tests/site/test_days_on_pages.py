"""Days on pages: since when a charter is in force, and when it is reviewed next."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from charterbook.history import Revision
from charterbook.problems import Problem
from charterbook.site.edition import Edition
from charterbook.site.render.views.highlights import in_force_since
from tests.site.editions import TODAY, block, edition, words

DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(("effective", "shown"), [(TODAY, None), (TODAY + DAY, TODAY + DAY)])
def test_a_draft_is_not_in_force(effective: datetime.date, shown: datetime.date | None) -> None:
    """It has the effective date of the charter in force, unless it is for a later day."""
    assert in_force_since(edition({}, draft={"effective": effective})) == shown


def _committed(*days: str, last_day: str | None = None, problem: Problem | None = None) -> Edition:
    """The edition of 2026-Q3 with a commit on each of these days; the first one may have a problem."""
    revisions = tuple(
        Revision(
            "c" * 40,
            datetime.datetime.fromisoformat(f"{day}T12:00+02:00"),
            "A",
            "B",
            "charter.yml",
            "",
            "2026-Q3",
        )
        for day in days
    )
    revisions = (revisions[0]._replace(problem=problem), *revisions[1:])
    found = edition({}, names=["2026-Q3"])
    ends = datetime.date.fromisoformat(last_day) if last_day else None
    begins = datetime.date(2026, 7, 1)
    own = replace(
        found.own,
        revisions=revisions,
        shown=revisions[-1],
        begins=begins,
        ends=ends,
        is_open=last_day is None,
    )
    return replace(found, own=own)


@pytest.mark.parametrize(
    ("days", "last_day", "since"),
    [
        (["2026-07-15"], None, "2026-07-15"),
        (["2026-07-15", "2026-09-30"], "2026-09-30", "2026-07-15"),  # a change within the period
        (["2026-06-20", "2026-08-01"], "2026-09-30", "2026-07-01"),  # agreed before its first day
        (["2026-07-15", "2026-10-20"], "2026-09-30", "2026-07-15"),  # closed late
        (["2026-11-30"], "2026-09-30", "2026-07-01"),  # an old charter that is put under git later
        (["2026-11-30"], None, "2026-11-30"),
    ],
)
def test_later_commits_do_not_change_since_when_a_version_is_in_force(
    days: list[str], last_day: str | None, since: str
) -> None:
    """The first commit of a version decides, within its period."""
    assert str(in_force_since(_committed(*days, last_day=last_day))) == since


@pytest.mark.parametrize("last_day", [None, "2026-09-30"])
@pytest.mark.parametrize(
    ("declared", "since"),
    [("2026-08-03", "2026-08-03"), ("2026-11-02", "2026-07-15"), ("2026-06-01", "2026-07-15")],
)
def test_a_declared_day_counts_in_its_period(declared: str, since: str, last_day: str | None) -> None:
    """Whether a later version is known or not, so that the history has no version that ends before it begins."""
    found = _committed("2026-07-15", last_day=last_day)
    assert found.own.charter is not None
    charter = found.own.charter.model_copy(update={"effective": datetime.date.fromisoformat(declared)})
    ends = datetime.date(2026, 9, 30)
    own = replace(found.own, charter=charter, ends=ends)
    assert str(in_force_since(replace(found, charter=charter, own=own))) == since


def test_an_unreadable_commit_puts_nothing_in_force() -> None:
    """The first valid commit counts."""
    problem = Problem(1, 1, "yaml-syntax", "error", "broken")
    assert str(in_force_since(_committed("2026-07-02", "2026-07-15", problem=problem))) == "2026-07-15"


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
