"""Outdated values of metrics.

Hints at a metric whose newest value is older than the time between two reviews and a month: pages still show it beside
the target, and as on track. A metric without a dated value is no finding of this rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.review_date import MONTHS, is_longer_ago
from charterbook.rules.rule import Finding, Rule, RuleInput

#: Months after a period in which its values are collected.
_MORE = 1


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    cadence = case.charter.review.cadence if case.charter.review else "quarter"
    months = MONTHS[cadence] + _MORE
    for index, metric in enumerate(case.charter.metrics):
        day = metric.actual.date if metric.actual else None
        if day is not None and is_longer_ago(day, months, case.today):
            text = _("the newest value of “%(name)s” is from %(day)s")
            named = {"name": escape_terminal(metric.name), "day": case.words.date(day)}
            yield Finding(
                ("metrics", index, "id"), text % named, _("Add the value measured since then to values.")
            )


RULE = Rule(
    "outdated-value",
    "hint",
    N_("Every metric is measured as often as the charter is reviewed"),
    N_("An old value says nothing about today, although it is shown beside the target."),
    _check,
    needs="day",
    advice=N_("Measure it again, or say that it is no longer measured."),
)
