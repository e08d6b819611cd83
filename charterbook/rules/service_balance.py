"""Balance between buyer and seller.

The guide asks for balance: a service that helps sellers at the buyer's cost, or the reverse, is a failure. Hints at a
service that does not describe both. Retired services do not count, nor do those that internal audiences alone use, such
as a legal team's: they have neither buyers nor sellers.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.charter import Service
from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    internal = {audience.id for audience in case.charter.audiences if audience.kind == "internal"}
    for index, service in case.active_services:
        found = _missing(service)
        is_sold = not service.audiences or not internal.issuperset(service.audiences)
        if found is not None and is_sold:
            text, fix = found
            named = _(text) % {"name": escape_terminal(service.name)}
            yield Finding(("services", index, "id"), named, _(fix))


def _missing(service: Service) -> tuple[str, str] | None:
    """The messages for a service: the missing descriptions, and the correction."""
    if service.for_buyer is None and service.for_seller is None:
        text = N_("the service “%(name)s” does not say what it does for the buyer and the seller")
        return text, N_("Add for_buyer and for_seller, one sentence each.")
    if service.for_buyer is None:
        text = N_("the service “%(name)s” does not say what it does for the buyer")
        return text, N_(
            "Add for_buyer, one sentence. If there is nothing to say, the service may be at the buyer's expense."
        )
    if service.for_seller is None:
        text = N_("the service “%(name)s” does not say what it does for the seller")
        return text, N_(
            "Add for_seller, one sentence. If there is nothing to say, the service may be at the seller's expense."
        )
    return None


RULE = Rule(
    "service-balance",
    "hint",
    N_("Every service says what it does for the buyer and the seller"),
    N_(
        "Making life easy for one at the other's expense is a failure: the buyer is the final consumer of every service."
    ),
    _check,
    advice=N_(
        "Say in a sentence each what the service does for the buyer and for the seller. If there is nothing to say, it may be at the expense of one of them."
    ),
)
