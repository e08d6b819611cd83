"""Which results a leading metric is there for.

Warns of a leading metric that drives no lagging one, and of metrics that drive each other in a circle.
"""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from charterbook.i18n import N_
from charterbook.problems import escape_terminal
from charterbook.rules.rule import Finding, Rule, RuleInput

#: No more names of a circle than fit into a sentence.
_MOST = 6


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    lagging = next((metric.id for metric in case.charter.metrics if metric.kind == "lagging"), "win-rate")
    for index, metric in enumerate(case.charter.metrics):
        if metric.kind == "leading" and not metric.drives:
            text = _('the leading metric "%(name)s" drives no lagging one') % {
                "name": escape_terminal(metric.name)
            }
            fix = _("Say which results it moves, for example: drives: [%(id)s].") % {"id": lagging}
            yield Finding(("metrics", index, "id"), text, fix)
    circle = _circle(case)
    if circle:
        index = next(i for i, metric in enumerate(case.charter.metrics) if metric.id == circle[0])
        names = " → ".join(circle[:_MOST]) + " → …" * (len(circle) > _MOST)
        text = _("metrics drive each other in a circle: %(names)s") % {"names": names}
        fix = _("Remove one of them from drives: a cause comes before its effect.")
        yield Finding(("metrics", index, "drives"), text, fix)


def _circle(case: RuleInput) -> list[str]:
    """The ids of a circle of metrics, the first also at its end; empty where there is none.

    Only lagging ones are looked at: that nothing drives a leading metric, or itself, is the loader's to say.
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
    N_("Every leading metric drives a lagging one, and there are no circles"),
    N_("A metric that moves no result is activity for its own sake; a circle explains nothing."),
    _check,
)
