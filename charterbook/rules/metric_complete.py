"""Incomplete metrics.

Hints at a metric without `baseline`, `target`, `owner` or `source`.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput

_WANTED = ("baseline", "target", "owner", "source")


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    for index, metric in enumerate(case.charter.metrics):
        missing = [key for key in _WANTED if getattr(metric, key) is None]
        if missing:
            text = _("the metric “%(name)s” is not complete") % {"name": escape_terminal(metric.name)}
            fix = _("Add what is missing: %(keys)s.") % {"keys": ", ".join(missing)}
            yield Finding(("metrics", index, "id"), text, fix)


RULE = Rule(
    "metric-complete",
    "hint",
    N_("Every metric has a baseline, a target, an owner and a source"),
    N_(
        "Without them a figure is only an opinion: nobody can say what changed, by how much, or who can confirm it."
    ),
    _check,
    advice=N_("State what is missing: the baseline, the target, the owner or the source."),
)
