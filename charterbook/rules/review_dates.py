"""Review dates.

The guide asks for at least one review a quarter. Warns about a charter without `review`, of a next review that has no
date, is overdue or is not after the last one, of a last review longer ago than the cadence allows, and of a first review further away than that.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.rules.rule import Finding, Rule, RuleInput

_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    review, today = case.charter.review, case.today
    if review is None:
        text = _("the charter does not say when it is reviewed")
        yield Finding((), text, _("Add review, and under it cadence, last and next."))
        return
    held = review.next is not None and review.last is not None and review.next <= review.last
    overdue = review.next is not None and not held and review.next < today
    if review.next is None:
        fix = _("Under review, add next: the day of the next review, such as 2027-03-31.")
        yield Finding(("review",), _("the next review has no date"), fix, at_key=True)
    elif held:
        text = _("the next review, on %(day)s, is not after the last one") % {
            "day": case.words.date(review.next)
        }
        yield Finding(("review", "next"), text, _("Set next to the day of the review that follows."))
    elif overdue:
        text = _("the review was due on %(day)s") % {"day": case.words.date(review.next)}
        fix = _("Hold it, then set last to that day and next to the day of the following one.")
        yield Finding(("review", "next"), text, fix)
    months = _MONTHS[review.cadence]
    if review.last is None and review.next is not None and _is_over(today, months, review.next):
        text = _("the first review, on %(day)s, is further away than the cadence allows")
        fix = _("Review the charter sooner, or state when it was last reviewed.")
        yield Finding(("review", "next"), text % {"day": case.words.date(review.next)}, fix)
    if review.last is not None and not overdue and _is_over(review.last, months, today):
        text = _("the last review, on %(day)s, is longer ago than the cadence allows")
        fix = _("Review the charter, or set a cadence that you keep.")
        yield Finding(("review", "last"), text % {"day": case.words.date(review.last)}, fix)


def _is_over(day: datetime.date, months: int, today: datetime.date) -> bool:
    """Whether more than a number of months have passed.

    Computed without dates, because a day such as 31 June does not exist.
    """
    due = (day.year * 12 + day.month + months, day.day)
    return due < (today.year * 12 + today.month, today.day)


RULE = Rule(
    "review-dates",
    "warning",
    N_("The last review is recent enough for the cadence, and the next one has a date"),
    N_("A charter that nobody looks at is not an agreement. Review it at least once a quarter."),
    _check,
    needs="day",
    advice=N_(
        "Hold the review if it is due. Record its day, the day of the next one, and how often it is held."
    ),
)
