"""View of capacity, actions of a review, figures by day and currencies."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence

from charterbook.charter import Charter, Funding, Metric, Role, Service
from charterbook.charter.questions import DatedFigure, Figure
from charterbook.charter.review_section import Action
from charterbook.exact_numbers import exact_sum
from charterbook.frozen_dataclass import dataclass
from charterbook.i18n import Translator

_STATES = ("open", "done", "dropped")
_PARTS = ("accountable", "responsible", "consulted", "informed")


@dataclass(frozen=True)
class Responsibilities:
    """All roles, and for each the parts in those services in which any role has a part."""

    services: list[Service]
    rows: list[tuple[Role, list[list[str]]]]


def responsibilities(charter: Charter) -> Responsibilities:
    """Who is accountable, responsible, consulted and informed, as a matrix; services without any are omitted."""
    named = {id_ for role in charter.roles for part in _PARTS for id_ in getattr(role, part)}
    services = [service for service in charter.services if service.id in named]
    return Responsibilities(
        services, [(role, [_parts(role, service) for service in services]) for role in charter.roles]
    )


def describes_roles(charter: Charter) -> bool:
    """Whether any role has more than a name and its parts in services."""
    return any(
        role.does
        or role.backup
        or role.term
        or role.contacts
        or role.links
        or role.details
        or role.tags
        or role.reviewed
        or role.review_in
        for role in charter.roles
    )


def _parts(role: Role, service: Service) -> list[str]:
    return [part for part in _PARTS if service.id in getattr(role, part)]


def raci_letter(part: str) -> str:
    """The international letter of a part: A, R, C or I."""
    return part[0].upper()


def hours_taken(charter: Charter) -> float:
    """The team's hours a quarter taken by services that are not retired."""
    running = (service for service in charter.services if not service.is_retired)
    return exact_sum(service.effort_hours or 0 for service in running)


def open_first(actions: Sequence[Action]) -> list[Action]:
    """Open actions before others, the earliest due first; those without a day last."""
    return sorted(actions, key=lambda one: (_STATES.index(one.state), one.due or datetime.date.max))


def decision_text(charter: Charter, action: Action) -> str | None:
    """The decision behind an action, in words; None if it names none."""
    meetings = charter.review.meetings if charter.review else []
    texts = {decision.id: decision.text for meeting in meetings for decision in meeting.decisions}
    names = {decision.id: decision.name for decision in charter.decisions}
    return (names | texts).get(action.decision or "")


def figures_by_day(
    metric: Metric, shown: Collection[Figure | DatedFigure]
) -> list[tuple[datetime.date, DatedFigure | None, DatedFigure | None]]:
    """The values of a metric that are among the shown figures, and its targets, by day."""
    values = {figure.date: figure for figure in metric.values if figure in shown}
    targets = {figure.date: figure for figure in metric.targets}
    return [(day, values.get(day), targets.get(day)) for day in sorted({*values, *targets})]


def longest_figure(metric: Metric, currency: str | None, t: Translator) -> int:
    """Number of characters of the longest of a metric's baseline, actual value and target."""
    known = (figure for figure in (metric.baseline, metric.actual, metric.target) if figure)
    return max(
        (len(t.figure(one.value, metric.unit, metric.currency or currency)) for one in known), default=0
    )


#: Characters of a figure that leaves little room for the status of its metric in the same row.
_LARGE = 13


def has_large_figures(metrics: Iterable[Metric], currency: str | None, t: Translator) -> bool:
    """Whether a table of these metrics needs narrow columns."""
    return any(longest_figure(metric, currency, t) >= _LARGE for metric in metrics)


def has_several_currencies(funding: Funding) -> bool:
    """Whether amounts are in more than one currency."""
    return len({source.currency or funding.currency for source in funding.sources if source.amount}) > 1
