"""Shares that look like fractions.

Warns about a promise's share above 0 and below 1 percent, and about shares of the team's time, and figures of a metric,
if all of them are. Shares of funding have to add up to 100 anyway. 0.95 is read as less than one percent, not as 95.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from charterbook.charter import Metric
from charterbook.i18n import N_
from charterbook.rules.rule import Finding, Rule, RuleInput
from charterbook.source_map import Path

#: A percentage with its place.
_Share = tuple[Path, float]


def _check(case: RuleInput) -> Iterator[Finding]:
    _ = case.words.gettext
    groups = (*_of_promises(case), _of_effort(case), *_of_metrics(case))
    fractions = (group for group in groups if _are_fractions(group))
    for path, value in chain.from_iterable(fractions):
        text = _("this is less than one percent: %(share)s")
        fix = _("If %(meant)s is meant, write %(number)s.")
        meant = f"{100 * value:.10g}"
        facts = {"meant": case.words.percent(float(meant)), "number": meant}
        yield Finding(path, text % {"share": case.words.percent(value)}, fix % facts)


def _of_promises(case: RuleInput) -> Iterator[list[_Share]]:
    """Each share of cases for which a promise is made or was kept."""
    for index, service in enumerate(case.charter.services):
        for place, promise in enumerate(service.service_levels):
            path = ("services", index, "service_levels", place)
            if promise.target_share:
                yield [((*path, "target_share"), promise.target_share)]
            if promise.kept and promise.kept.share:
                yield [((*path, "kept", "share"), promise.kept.share)]


def _of_effort(case: RuleInput) -> list[_Share]:
    return [
        (("services", index, "effort_share"), service.effort_share)
        for index, service in enumerate(case.charter.services)
        if service.effort_share
    ]


def _of_metrics(case: RuleInput) -> Iterator[list[_Share]]:
    """The figures of each metric in percent that has at least two."""
    for index, metric in enumerate(case.charter.metrics):
        figures = [(("metrics", index, key, "value"), value) for key, value in _figures(metric)]
        if metric.unit == "percent" and len(figures) > 1:
            yield [*figures]


def _figures(metric: Metric) -> Iterator[tuple[str, float]]:
    for key in ("baseline", "target", "actual"):
        figure = getattr(metric, key)
        if figure is not None and figure.value:
            yield key, figure.value


def _are_fractions(shares: Sequence[_Share]) -> bool:
    return all(0 < value < 1 for _, value in shares)


RULE = Rule(
    "share-as-fraction",
    "warning",
    N_("Shares are percentages, not fractions"),
    N_("0.95 is read as less than one percent: readers are then promised almost nothing."),
    _check,
    advice=N_("Write the share in percent."),
)
