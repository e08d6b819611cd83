"""Missing kinds of metrics.

The guide asks for a mix: leading metrics are visible early and moved by enablement, lagging ones are what executives
care about. Warns if one of the two kinds is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.rules.rule import Finding, Rule, RuleInput

_MISSING = {
    "leading": (
        N_("there is no leading metric"),
        N_(
            "Add one that is visible at once and that you influence, for example the share attending training."
        ),
    ),
    "lagging": (
        N_("there is no lagging metric"),
        N_("Add a business result that executives care about, for example the win rate."),
    ),
}


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    kinds = {metric.kind for metric in case.charter.metrics}
    for kind, (text, fix) in _MISSING.items():
        if kind not in kinds:
            yield Finding(("metrics",), _(text), _(fix), at_key=True)


RULE = Rule(
    "metric-kinds",
    "warning",
    N_("There are leading and lagging metrics"),
    N_("Leading metrics alone only show activity; lagging metrics alone come too late to act on."),
    _check,
)
