"""Open actions, missed promises, and metrics off track."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from charterbook.charter import Charter, Metric, Service
from charterbook.charter.questions import ServiceLevel
from charterbook.compare.promise_verdict import verdict_of
from charterbook.compare.text_equality import words_of
from charterbook.identity import ItemLineage, state_of
from charterbook.metric_progress import Movement, break_reason, movement, progress
from charterbook.review.pre_read_data import BrokenPromise, OffTrackMetric, OpenAction
from charterbook.review.review_input import ReviewInput


def open_actions(charter: Charter, today: datetime.date) -> list[OpenAction]:
    """The open actions, the earliest due first; those without a day come last."""
    actions = [one for one in (charter.review.actions if charter.review else ()) if one.state == "open"]
    names = {role.id: role.name for role in charter.roles}
    decisions = _decisions(charter)
    return [
        OpenAction(
            one,
            names.get(one.owner, one.owner) if one.owner else None,
            decisions.get(one.decision or ""),
            one.due is not None and one.due < today,
        )
        for one in sorted(actions, key=lambda one: one.due or datetime.date.max)
    ]


def _decisions(charter: Charter) -> dict[str, str]:
    """The decisions of reviews and of the charter, by id."""
    meetings = charter.review.meetings if charter.review else ()
    texts = {decision.id: decision.text for meeting in meetings for decision in meeting.decisions}
    return {decision.id: decision.name for decision in charter.decisions} | texts


def broken_promises(case: ReviewInput) -> Iterator[BrokenPromise]:
    """The promises that missed their target, as promised when they were counted; none without requests."""
    for service in case.charter.services:
        for level in service.service_levels:
            fact = level.kept
            if fact is None:
                continue
            then = _as_counted(case, service, level)
            if verdict_of(fact.share, fact.requests, then.target_share) == "missed":
                yield BrokenPromise(service, then, fact)


def _as_counted(case: ReviewInput, service: Service, level: ServiceLevel) -> ServiceLevel:
    """A promise in the first revision that has its present count: later ones can have changed it and left the count.

    A count without a day says nothing about when it was made, so its promise is the present one.
    """
    ids = {service.id, *service.was}
    if level.kept is None or level.kept.date is None:
        return level
    for moment in reversed(case.past or ()):
        former = [one for one in moment.charter.services if one.id in ids]
        ids |= {id_ for one in former for id_ in one.was}
        earlier = next((same for one in former if (same := _same_count(one, level)) is not None), None)
        if earlier is None:
            break
        level = earlier
    return level


def _same_count(service: Service, level: ServiceLevel) -> ServiceLevel | None:
    """The promise of a service with the same request and the same count."""
    words = words_of(level.request)
    same = (one for one in service.service_levels if one.kept == level.kept)
    return next((one for one in same if words_of(one.request) == words), None)


def off_track(case: ReviewInput) -> Iterator[OffTrackMetric]:
    """The metrics that are behind, or do not move towards their target."""
    for metric in case.charter.metrics:
        status = progress(metric, _moved(case, metric))
        if status.state in ("behind", "not_moving"):
            yield OffTrackMetric(metric, status, metric.currency or case.charter.funding.currency)


def _moved(case: ReviewInput, metric: Metric) -> Movement | None:
    """The movement since the previous version, None if its figures are not comparable."""
    previous = case.previous
    before = _former(previous, case.charter, metric) if previous else None
    if previous is None or before is None:
        return None
    currencies = [
        one.currency or charter.funding.currency
        for charter, one in ((previous, before), (case.charter, metric))
    ]
    if break_reason(before, metric, currencies[0] == currencies[1]):
        return None
    return movement(metric, before.actual)


def _former(previous: Charter, charter: Charter, metric: Metric) -> Metric | None:
    """The metric as it was in the previous version."""
    lineage = ItemLineage([state_of(previous), state_of(charter)])
    former = {id_ for _, id_ in lineage.follow(("metrics", metric.id), 1, 0)}
    return next((one for one in previous.metrics if one.id in former), None)
