"""Items that are due for a check.

Hints at an item with `review_in` whose last check (`reviewed`) is longer ago than that, or that was never checked.
Retired services do not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.charter import ITEM_LISTS, Item
from charterbook.i18n import N_
from charterbook.identity import path_of
from charterbook.problems import escape_terminal
from charterbook.review_date import next_check
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    for kind in ITEM_LISTS:
        for index, item in enumerate(case.charter.items(kind)):
            text = _overdue(case, item)
            if text:
                fix = case.words.gettext("Check that it is still correct, then set reviewed to that day.")
                key = "reviewed" if item.reviewed else "review_in"
                yield Finding((*path_of(kind), index, key), text, fix)


def _overdue(case: RuleInput, item: Item) -> str | None:
    """The message about an overdue check; None if none is overdue."""
    _ = case.words.gettext
    if item.review_in is None or item.is_retired:
        return None
    due = next_check(item)
    if due is None:
        return _("“%(name)s” should be checked regularly, but has never been checked") % {
            "name": escape_terminal(item.label)
        }
    if due >= case.today:
        return None
    words = {"name": escape_terminal(item.label), "day": case.words.date(due)}
    return _("the check of “%(name)s” was due on %(day)s") % words


RULE = Rule(
    "item-review",
    "hint",
    N_("Items that need regular checks were checked in time"),
    N_("Readers trust a text even if nobody has checked it for a long time."),
    _check,
    needs="day",
    advice=N_("Check that it is still correct, and record the day."),
)
