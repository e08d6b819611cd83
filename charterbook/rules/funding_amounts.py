"""Shares and amounts that contradict each other.

Warns about a source whose share of the budget differs from the share of its amount by more than one percentage
point. Checks only charters in which every source has a share and an amount, for the same period and in
currencies that can be added.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.exact_numbers import ratio, rounded
from charterbook.funding_total import amount_in_total, total_of
from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput

#: Tolerance for rounded shares, in percentage points.
_TOLERANCE = 1


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    funding, total = case.charter.funding, total_of(case.charter)
    if not total or not total.value or any(source.share is None for source in funding.sources):
        return
    for index, source in enumerate(funding.sources):
        amount = amount_in_total(source, funding, total.currency) or 0
        share = 100 * ratio(amount) / ratio(total.value)
        if source.share is not None and abs(share - ratio(source.share)) > _TOLERANCE:
            text = _(
                "“%(name)s” pays %(share)s according to its share, but %(other)s according to its amount"
            )
            text %= {
                "name": escape_terminal(source.name),
                "share": case.words.percent(source.share),
                "other": case.words.percent(float(rounded(share, 1))),
            }
            fix = _("Correct share or amount so that they agree.")
            yield Finding(("funding", "sources", index, "share"), text, fix)


RULE = Rule(
    "funding-amounts",
    "warning",
    N_("Shares and amounts agree"),
    N_("If they differ, everyone pays according to the figure that suits them."),
    _check,
)
