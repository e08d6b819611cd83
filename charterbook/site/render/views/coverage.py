"""Coverage: services, audiences, funding, and the gaps between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from charterbook.charter import Audience, Charter, Metric, Service
from charterbook.charter.questions import Source
from charterbook.frozen_dataclass import dataclass


def active_services(services: Iterable[Service]) -> list[Service]:
    """Services that are not retired."""
    return [service for service in services if not service.is_retired]


def retired(charter: Charter) -> frozenset[str]:
    """The ids of services that are no longer offered."""
    return frozenset(service.id for service in charter.services if service.is_retired)


def services_for(charter: Charter, audience: Audience) -> list[Service]:
    """Services that an audience may use."""
    return active_services(service for service in charter.services if audience.id in service.audiences)


def has_kinds_of_audiences(charter: Charter) -> bool:
    """Whether the kinds of audiences tell anything: a charter outside sales states none, and all are of the default kind."""
    return any(audience.kind != "sales" for audience in charter.audiences)


def services_from(charter: Charter, audience: Audience) -> list[Service]:
    """Services that an audience contributes to."""
    return active_services(service for service in charter.services if audience.id in service.contributors)


def items_with_ids(items: Iterable[Any], ids: Sequence[str]) -> list[Any]:
    """Items with these ids, in the order of the ids."""
    known = {item.id: item for item in items}
    return [known[name] for name in ids if name in known]


def metrics_of(charter: Charter, services: Iterable[Service]) -> list[Metric]:
    """Metrics of these services without duplicates, in the charter's order."""
    wanted = {name for service in services for name in service.metrics}
    return [metric for metric in charter.metrics if metric.id in wanted]


def drivers(charter: Charter, metric: Metric) -> list[Metric]:
    """Leading metrics that drive a lagging one."""
    return [other for other in charter.metrics if metric.id in other.drives]


def services_measured(charter: Charter, metric: Metric) -> list[Service]:
    """Services measured by a metric."""
    return [service for service in charter.services if metric.id in service.metrics]


def sources_of(charter: Charter, service: Service) -> list[Source]:
    """Funding sources of a service."""
    return [source for source in charter.funding.sources if service.id in source.covers]


def routes_of(charter: Charter, services: Iterable[Service]) -> list[Any]:
    """Intake routes of these services, without duplicates."""
    if charter.intake is None:
        return []
    wanted = {service.intake for service in services}
    return [route for route in charter.intake.routes if route.id in wanted]


Cell = Literal["uses", "contributes", "both", "none"]


@dataclass(frozen=True)
class Coverage:
    """Coverage matrix: a row for each service, a cell for each audience."""

    audiences: list[Audience]
    rows: list[tuple[Service, list[Cell]]]
    unserved: list[Audience]
    unused: list[Service]


def build_coverage(charter: Charter) -> Coverage:
    """Coverage matrix with its gaps: audiences without a service, services without an audience."""
    services = active_services(charter.services)
    rows = [(service, [_cell(service, audience) for audience in charter.audiences]) for service in services]
    used = {name for service in services for name in service.audiences}
    unserved = [
        audience
        for audience in charter.audiences
        if audience.part != "contributes" and audience.id not in used
    ]
    return Coverage(
        charter.audiences, rows, unserved, [service for service in services if not service.audiences]
    )


def _cell(service: Service, audience: Audience) -> Cell:
    uses = audience.id in service.audiences
    contributes = audience.id in service.contributors
    if uses and contributes:
        return "both"
    return "uses" if uses else "contributes" if contributes else "none"
