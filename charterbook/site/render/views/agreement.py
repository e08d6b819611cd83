"""View of capacity, actions of a review, figures by day and currencies."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from charterbook.charter import Charter, Funding, Metric, Role, Service
from charterbook.charter.questions import DatedFigure
from charterbook.charter.review_section import Action
from charterbook.exact_numbers import exact_sum

_STATES = ("open", "done", "dropped")
_PARTS = ("accountable", "responsible", "consulted", "informed")


@dataclass(frozen=True)
class Responsibilities:
    """The roles with a part in a service, and for each such service the parts of the roles."""

    roles: list[Role]
    rows: list[tuple[Service, list[list[str]]]]


def responsibilities(charter: Charter) -> Responsibilities:
    """Who is accountable, responsible, consulted and informed, as a matrix; empty rows and columns are left out."""
    roles = [role for role in charter.roles if any(getattr(role, part) for part in _PARTS)]
    rows = [(service, [_parts(role, service) for role in roles]) for service in charter.services]
    return Responsibilities(roles, [(service, cells) for service, cells in rows if any(cells)])


def _parts(role: Role, service: Service) -> list[str]:
    return [part for part in _PARTS if service.id in getattr(role, part)]


def hours_taken(charter: Charter) -> float:
    """The team's hours a quarter taken by services that are not retired."""
    running = (service for service in charter.services if service.status != "retired")
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


def figures_by_day(metric: Metric) -> list[tuple[datetime.date, DatedFigure | None, DatedFigure | None]]:
    """The values and the targets, by day."""
    values = {figure.date: figure for figure in metric.values}
    targets = {figure.date: figure for figure in metric.targets}
    return [(day, values.get(day), targets.get(day)) for day in sorted({*values, *targets})]


def has_several_currencies(funding: Funding) -> bool:
    """Whether amounts are in more than one currency."""
    return len({source.currency or funding.currency for source in funding.sources if source.amount}) > 1
