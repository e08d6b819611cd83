"""A charter reduced to the parts that concern one audience."""

from __future__ import annotations

from charterbook.charter import Charter, Role


def for_audience(charter: Charter, audience: str) -> Charter:
    """The services that an audience uses or contributes to, with their metrics, routes and responsibilities.

    Parts that concern no particular service, such as mission and review, remain.
    """
    services = [one for one in charter.services if audience in (*one.audiences, *one.contributors)]
    ids = {one.id for one in services}
    metrics = {id_ for one in services for id_ in one.metrics}
    funding = charter.funding.model_copy(
        update={
            "sources": [
                one.model_copy(update={"covers": [id_ for id_ in one.covers if id_ in ids]})
                for one in charter.funding.sources
            ]
        }
    )
    return charter.model_copy(
        update={
            "services": services,
            "audiences": [one for one in charter.audiences if one.id == audience],
            "metrics": [one for one in charter.metrics if one.id in metrics],
            "funding": funding,
            "roles": [_role(one, ids) for one in charter.roles],
        }
    )


def _role(role: Role, services: set[str]) -> Role:
    """A role with its responsibilities for these services alone."""
    parts = ("responsible", "accountable", "consulted", "informed")
    return role.model_copy(
        update={part: [id_ for id_ in getattr(role, part) if id_ in services] for part in parts}
    )
