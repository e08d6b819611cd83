"""Facts with a date in the future.

Warns about a measured figure (`baseline`, `actual`, `values`) or a measured promise (`kept`) with a date in the future.
"""

from __future__ import annotations

from collections.abc import Iterator

from charterbook.charter import Charter
from charterbook.i18n import N_
from charterbook.rules.rule import Finding, Rule, RuleInput
from charterbook.source_map import Path

_MEASURED = ("baseline", "actual", "values")


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    for found in case.dates:
        if found.value > case.today and _is_fact(case.charter, found.path):
            text = _("a fact has a date in the future: %(day)s")
            fix = _("Correct the date, or enter a planned value as a target.")
            yield Finding(found.path, text % {"day": case.words.date(found.value)}, fix)


def _is_fact(charter: Charter, path: Path) -> bool:
    """Whether a date belongs to something measured. The last of `values` is not checked again as `actual`."""
    if path[0] != "metrics":
        return "kept" in path
    metric = charter.metrics[int(path[1])]
    repeated = (
        path[2] == "actual" and metric.actual and metric.actual.date in [one.date for one in metric.values]
    )
    return path[2] in _MEASURED and not repeated


RULE = Rule(
    "future-value",
    "warning",
    N_("No fact has a date in the future"),
    N_("A value that has not been measured yet is a target or a typing error."),
    _check,
    needs="day",
)
