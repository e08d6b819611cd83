"""Promises over the versions: their targets, results, and changes of targets."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from charterbook.charter import Calendar, Charter, Service
from charterbook.charter.questions import Kept, ServiceLevel
from charterbook.compare.comparison import Verdict
from charterbook.compare.durations import longer, working_week
from charterbook.compare.promise_verdict import verdict_of
from charterbook.compare.text_equality import words_of
from charterbook.frozen_dataclass import dataclass
from charterbook.site.edition import Edition
from charterbook.site.render.views.coverage import active_services

#: The direction of a changed target; `other` if it is both, or if the lengths of time are not comparable.
TargetChange = Literal["weaker", "stronger", "other"]

#: A version, the id of a service in it, and the key of one of its promises.
_Place = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True)
class PromisePoint:
    """A promise in one version; `service` and `level` are None if that version does not promise it.

    `fact` is its result, None if the version has none. `in_period` says whether
    requests were counted in the period of the version. `change` is the direction in which the target differs from
    `former`, the promise in the latest earlier version that has it. `calendar` is that of the version.
    """

    version: str
    draft: bool
    service: Service | None = None
    level: ServiceLevel | None = None
    fact: Kept | None = None
    in_period: bool = True
    former: ServiceLevel | None = None
    change: TargetChange | None = None
    calendar: Calendar | None = None

    @property
    def verdict(self) -> Verdict | None:
        """Whether the target was met; None without a fact, without requests or without a target share."""
        if self.fact is None or self.level is None:
            return None
        return verdict_of(self.fact.share, self.fact.requests, self.level.target_share)


@dataclass(frozen=True)
class PromiseHistory:
    """A promise over the versions, oldest first. `service` and `level` are its newest state."""

    service: Service
    level: ServiceLevel
    points: tuple[PromisePoint, ...]

    @property
    def here(self) -> bool:
        """Whether the newest version promises it."""
        return self.points[-1].level is not None

    @property
    def facts(self) -> list[PromisePoint]:
        """The points with a fact, the newest first."""
        return [point for point in reversed(self.points) if point.fact is not None]

    def differs(self, point: PromisePoint) -> bool:
        """Whether the target in a version differs from the newest."""
        return point.level is not None and target_change(point.level, self.level) is not None


@dataclass(frozen=True)
class _Version:
    """A readable version with its promises by service and key."""

    name: str
    draft: bool
    begins: datetime.date | None
    calendar: Calendar | None
    promises: Mapping[str, Mapping[tuple[str, ...], tuple[Service, ServiceLevel]]]


def promise_histories(edition: Edition) -> list[PromiseHistory]:
    """All promises up to this version: the newest version's in their order, then the ended ones.

    Services are followed through renames, splits and merges; a promise is identified by its request.
    """
    if not _last or _last[0][0] is not edition:
        _last[:] = [(edition, list(_histories(edition)))]
    return _last[0][1]


def history_of(edition: Edition, *services: Service) -> list[PromiseHistory]:
    """The histories of the promises that these services of the newest version have, in their order."""
    present = [promise for promise in promise_histories(edition) if promise.here]
    return [promise for one in services for promise in present if promise.service is one]


#: Cache of the promises of the last edition, since many pages show them.
_last: list[tuple[Edition, list[PromiseHistory]]] = []


def _histories(edition: Edition) -> Iterator[PromiseHistory]:
    versions = _versions(edition)
    seen: set[_Place] = set()
    for index in reversed(range(len(versions))):
        for id_, levels in versions[index].promises.items():
            for key, (service, level) in levels.items():
                if (versions[index].name, id_, key) not in seen:
                    places = _places(edition, versions[: index + 1], id_, key)
                    seen |= {place for place in places if place is not None}
                    yield PromiseHistory(service, level, _points(versions, places))


def _versions(edition: Edition) -> list[_Version]:
    past = [
        _Version(version.name, False, version.begins, version.charter.calendar, _by_key(version.charter))
        for version in edition.readable_past
        if version.charter is not None
    ]
    is_draft = edition.state == "draft"
    calendar, promises = edition.charter.calendar, _by_key(edition.charter)
    return [*past, _Version(edition.name, is_draft, edition.own.begins, calendar, promises)]


def _by_key(charter: Charter) -> Mapping[str, Mapping[tuple[str, ...], tuple[Service, ServiceLevel]]]:
    """Promises by service and key. A retired service promises nothing."""
    return {
        service.id: {
            key: (service, level)
            for key, level in zip(_keys(service.service_levels), service.service_levels, strict=True)
        }
        for service in active_services(charter.services)
    }


def _keys(levels: Sequence[ServiceLevel]) -> list[tuple[str, ...]]:
    """The words of each request; the request itself if it has no words, or the same words as a different request."""
    words = [words_of(level.request) for level in levels]
    return [
        one if one and words.count(one) == 1 else ("", level.request)
        for one, level in zip(words, levels, strict=True)
    ]


def _places(
    edition: Edition, versions: Sequence[_Version], id_: str, key: tuple[str, ...]
) -> list[_Place | None]:
    """The place of a promise of the last version in each of these versions."""
    end = versions[-1].name
    found: list[_Place | None] = []
    for version in versions:
        former = (
            edition.descent.counterparts(("services", id_), end, version.name)
            if version.name != end
            else [("", id_)]
        )
        found.append(
            next(
                ((version.name, name, key) for _, name in former if key in version.promises.get(name, {})),
                None,
            )
        )
    return found


def _points(versions: Sequence[_Version], places: Sequence[_Place | None]) -> tuple[PromisePoint, ...]:
    """A point for each version; a promise that ended has empty ones at the end."""
    found: list[PromisePoint] = []
    last: PromisePoint | None = None
    for index, version in enumerate(versions):
        if index < len(places) and (place := places[index]) is not None:
            service, level = version.promises[place[1]][place[2]]
            last = _point(version, service, level, last)
            found.append(last)
        else:
            found.append(PromisePoint(version.name, version.draft))
    return tuple(found)


def _point(
    version: _Version, service: Service, level: ServiceLevel, before: PromisePoint | None
) -> PromisePoint:
    """A promise in a version, with its fact, and with the change of its target since an earlier version."""
    fact, change = level.kept, None
    former = before.level if before else None
    if before is not None and former is not None:
        change = target_change(former, level, (before.calendar, version.calendar))
        if fact is not None and fact.date is not None and fact == former.kept:
            fact = None
    in_period = fact is None or fact.date is None or version.begins is None or fact.date >= version.begins
    return PromisePoint(
        version.name, version.draft, service, level, fact, in_period, former, change, version.calendar
    )


def target_change(
    old: ServiceLevel, new: ServiceLevel, calendars: Sequence[Calendar | None] = (None,)
) -> TargetChange | None:
    """The direction in which the target of a promise changed; None if it did not.

    `calendars` are those on which the two promises are counted.
    """
    if _target(old) == _target(new):
        return None
    before, after = ({"within": level.within, "unit": level.unit} for level in (old, new))
    found: AbstractSet[TargetChange] = {
        *_longer(longer(before, after, working_week(calendars))),
        *_share(old.target_share, new.target_share),
    }
    return None if not found else next(iter(found)) if len(found) == 1 else "other"


def _target(level: ServiceLevel) -> tuple[float, str, float | None]:
    return level.within, level.unit, level.target_share


def _longer(sign: int | None) -> Iterator[TargetChange]:
    if sign is None:
        yield "other"
    elif sign:
        yield "weaker" if sign > 0 else "stronger"


def _share(old: float | None, new: float | None) -> Iterator[TargetChange]:
    """A share that is no longer promised is weaker than any."""
    if old != new:
        yield "weaker" if new is None or (old is not None and new < old) else "stronger"


def target_runs(points: Sequence[PromisePoint]) -> list[list[PromisePoint]]:
    """Points in groups: consecutive versions with the same target, or without the promise, are one group."""
    found: list[list[PromisePoint]] = []
    for point in points:
        if found and (found[-1][-1].level is None) == (point.level is None) and point.change is None:
            found[-1].append(point)
        else:
            found.append([point])
    return found


@dataclass(frozen=True)
class PromiseTally:
    """The numbers of promises of a version that were kept, were missed, and were not counted.

    `untested` promises were counted, but have no target share or no requests.
    """

    point: PromisePoint
    kept: int
    missed: int
    open: int
    untested: int = 0


def tally_promises(history: Sequence[PromiseHistory]) -> PromiseTally | None:
    """The verdicts of the newest version that has any fact; None if none has."""
    columns = zip(*(promise.points for promise in history), strict=True)
    for points in reversed(list(columns)):
        if any(point.fact for point in points):
            found = [point.verdict for point in points if point.level]
            uncounted = sum(point.fact is None for point in points if point.level)
            untested = found.count(None) - uncounted
            return PromiseTally(points[0], found.count("kept"), found.count("missed"), uncounted, untested)
    return None
