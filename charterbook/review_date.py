"""The date of the charter's next review. No input or output."""

from __future__ import annotations

import datetime

from charterbook.calendar_months import add_months
from charterbook.charter import Charter, Item
from charterbook.frozen_dataclass import dataclass

#: The interval of each cadence, in months.
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


@dataclass(frozen=True)
class ReviewDue:
    """The day of the next review, None if unknown, and the number of days until then.

    `is_computed` days are computed from the last review and the cadence, since the charter has no date.
    """

    day: datetime.date | None
    left: int | None = None
    is_computed: bool = False

    def within(self, days: int) -> bool:
        """Whether to send a reminder: the review is overdue, is within a number of days, or has no date."""
        return self.left is None or self.left <= days


def review_due(charter: Charter, today: datetime.date) -> ReviewDue:
    """The next review of a charter: its date in the charter, else the last one plus the cadence.

    A date that is not after the last review is outdated, and is ignored.
    """
    review = charter.review
    if review is None:
        return ReviewDue(None)
    if review.next is not None and (review.last is None or review.next > review.last):
        return ReviewDue(review.next, (review.next - today).days)
    if review.last is None:
        return ReviewDue(None)
    day = add_months(review.last, MONTHS[review.cadence])
    return ReviewDue(day, (day - today).days, is_computed=True)


def planned_review(charter: Charter) -> ReviewDue:
    """The next review of a charter, regardless of the current day."""
    return review_due(charter, datetime.date.min)


def next_check(item: Item) -> datetime.date | None:
    """The day by which an item should be checked again; None without an interval or an earlier check."""
    if item.review_in is None or item.reviewed is None:
        return None
    return add_months(item.reviewed, MONTHS[item.review_in])


def next_review(
    in_force: Charter, later: Charter, begins: datetime.date, today: datetime.date
) -> tuple[Charter, ReviewDue]:
    """The next review while a later charter is agreed, and the charter that plans it.

    From its first day on, the later charter decides. Before that day, the one in force decides, unless the later one
    records a review held since.
    """
    now, then = review_due(in_force, today), review_due(later, today)
    is_later = now.day is None or now.day >= begins or _held_since(in_force, later, today)
    return (later, then) if is_later and then.day is not None else (in_force, now)


def _held_since(in_force: Charter, later: Charter, today: datetime.date) -> bool:
    """Whether a later charter records a review that the one in force does not."""
    before, after = (one.review.last if one.review else None for one in (in_force, later))
    return after is not None and after <= today and (before is None or after > before)


def is_longer_ago(day: datetime.date, months: int, today: datetime.date) -> bool:
    """Whether more than a number of months have passed since a day.

    Computed without dates, because a day such as 31 June does not exist.
    """
    due = (day.year * 12 + day.month + months, day.day)
    return due < (today.year * 12 + today.month, today.day)
