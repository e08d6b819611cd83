"""Sources of money without a share.

Warns about a source without a share, unless it is the only one. The loader checks that the shares sum to 100 once every
source has one.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    sources = case.charter.funding.sources
    lacking = [(index, source) for index, source in enumerate(sources) if source.share is None]
    fix = _("Add share to each source, in percent; together they must add up to 100.")
    if len(sources) > 1 and len(lacking) == len(sources):
        yield Finding(("funding", "sources"), _("no funding source states its share"), fix, at_key=True)
    elif len(sources) > 1:
        for index, source in lacking:
            text = _("the funding source “%(name)s” does not state its share") % {
                "name": escape_terminal(source.name)
            }
            yield Finding(("funding", "sources", index, "id"), text, fix)


RULE = Rule(
    "funding-shares",
    "warning",
    N_("Every funding source states its share, and the shares add up to 100"),
    N_("Who pays how much decides who must agree; a source without a share cannot be relied on."),
    _check,
    advice=N_("State the share of each source in percent; together they must be 100."),
)
