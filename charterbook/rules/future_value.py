"""Facts that are dated in the future.

Warns of a figure that was measured (`baseline`, `actual`, `values`), or of a promise that was kept (`kept`), on a day
that has not come yet.
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
    for found in case.values:
        if found.shape.kind == "date" and found.value > case.today and _is_fact(case.charter, found.path):
            text = _("a fact is dated %(day)s, which has not come yet")
            fix = _("Correct the date, or write what is planned as a target.")
            yield Finding(found.path, text % {"day": case.words.date(found.value)}, fix)


def _is_fact(charter: Charter, path: Path) -> bool:
    """Whether a date is that of something measured. The last of `values` is no second fact where it stands for `actual`."""
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
    N_("No fact is dated in the future"),
    N_("What has not been measured yet is a target or a slip of the pen."),
    _check,
    needs="day",
)
