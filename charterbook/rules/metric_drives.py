"""Leading metrics without a result.

Warns about a leading metric that drives no lagging one, and of cycles of metrics that drive each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput

#: Maximum number of names of a cycle in a message.
_MAX_NAMES = 6


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    lagging = next((metric.id for metric in case.charter.metrics if metric.kind == "lagging"), "win-rate")
    for index, metric in enumerate(case.charter.metrics):
        if metric.kind == "leading" and not metric.drives:
            text = _("the leading metric “%(name)s” drives no lagging one") % {
                "name": escape_terminal(metric.name)
            }
            fix = _("Say which results it moves, for example: drives: [%(id)s].") % {"id": lagging}
            yield Finding(("metrics", index, "id"), text, fix)
    cycle = _cycle(case)
    if cycle:
        index = next(i for i, metric in enumerate(case.charter.metrics) if metric.id == cycle[0])
        names = " → ".join(cycle[:_MAX_NAMES]) + " → …" * (len(cycle) > _MAX_NAMES)
        text = _("metrics drive each other in a circle: %(names)s") % {"names": names}
        fix = _("Remove one of them from drives: a cause comes before its effect.")
        yield Finding(("metrics", index, "drives"), text, fix)


def _cycle(case: RuleInput) -> list[str]:
    """The ids of a cycle of metrics, with the first repeated at the end; empty if there is none.

    Only lagging metrics are examined: the loader reports metrics that drive a leading one or themselves.
    """
    lagging = [metric for metric in case.charter.metrics if metric.kind == "lagging"]
    graph = {metric.id: {name for name in metric.drives if name != metric.id} for metric in lagging}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [*reversed(error.args[1])]
    return []


RULE = Rule(
    "metric-drives",
    "warning",
    N_("Every leading metric drives a lagging one, without cycles"),
    N_("A metric that moves no result is activity for its own sake; a circle explains nothing."),
    _check,
    advice=N_(
        "Say which results the metric moves. A cause comes before its effect, so there can be no circle."
    ),
)
