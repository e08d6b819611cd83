"""Review dates.

The guide asks for at least one review a quarter. Warns about a charter without `review`, of a next review that has no
date, is overdue or is not after the last one, of a last review longer ago than the cadence allows, and of a first
review further away than that.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.review_date import MONTHS, is_longer_ago
from charterbook.rules.rule import Finding, Rule, RuleInput


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
    months = MONTHS[review.cadence]
    if review.last is None and review.next is not None and is_longer_ago(today, months, review.next):
        text = _("the first review, on %(day)s, is further away than the cadence allows")
        fix = _("Review the charter sooner, or state when it was last reviewed.")
        yield Finding(("review", "next"), text % {"day": case.words.date(review.next)}, fix)
    if review.last is not None and not overdue and is_longer_ago(review.last, months, today):
        text = _("the last review, on %(day)s, is longer ago than the cadence allows")
        fix = _("Review the charter, or set a cadence that you keep.")
        yield Finding(("review", "last"), text % {"day": case.words.date(review.last)}, fix)


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
