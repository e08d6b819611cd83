"""Measure all requests of a log: how often each promise was kept, in each period."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import partial
from itertools import chain, compress
from typing import NamedTuple
from zoneinfo import ZoneInfo

from charterbook.charter import Service
from charterbook.charter.questions import ServiceLevel
from charterbook.frozen_dataclass import dataclass
from charterbook.promises.agreements import Agreement
from charterbook.promises.measure import Measured, measure
from charterbook.promises.request_kinds import PromiseKey, RequestKinds
from charterbook.promises.requests import Pause, Requests
from charterbook.promises.working_time import WorkingCalendar, WorkingTime, working_calendar

#: The position of a request in a log.
_Place = int


@dataclass(frozen=True)
class RequestLog:
    """All requests of a log. `kinds` are the log's kinds; the other columns are as in `Requests`."""

    kinds: Sequence[str] = ()
    opened: Sequence[int] = ()
    answered: Sequence[int | None] = ()
    pauses: Mapping[int, Sequence[Pause]] = field(default_factory=dict)


@dataclass(frozen=True)
class PromiseFact:
    """How often one promise was kept in a period, under the charter of a version."""

    period: str
    version: str
    service: Service
    level: ServiceLevel
    measured: Measured


@dataclass(frozen=True)
class LogFacts:
    """The promises measured by a log.

    `unknown` are kinds without a promise in any charter, `several` kinds with more than one, each with the place of
    the first request. The others are numbers of requests that were not counted: before the first
    version, after the requested day, of a kind without a promise at that time, or ignored.
    """

    facts: tuple[PromiseFact, ...]
    unknown: Mapping[str, _Place]
    several: Mapping[str, _Place]
    too_early: int = 0
    too_late: int = 0
    unpromised: int = 0
    ignored: int = 0


def measure_log(
    log: RequestLog,
    agreed: Sequence[Agreement],
    mapping: Mapping[str, str],
    timezone: str,
    as_of: int,
) -> LogFacts:
    """How often each promise was kept in each period with requests, as known at an instant."""
    return _Measuring(log, agreed, mapping, timezone, as_of).facts()


class _Group(NamedTuple):
    """Requests of one kind under one agreement, and their positions in the log."""

    places: list[_Place]
    opened: list[int]
    answered: list[int | None]

    def until(self, instant: int) -> _Group:
        """Those opened by an instant."""
        known = [begin <= instant for begin in self.opened]
        return _Group(*(list(compress(column, known)) for column in self))  # type: ignore[arg-type]


def _joined(groups: Sequence[_Group]) -> _Group:
    if len(groups) == 1:
        return groups[0]
    if not groups:
        return _Group([], [], [])
    return _Group(*(list(chain.from_iterable(columns)) for columns in zip(*groups, strict=True)))


class _Measuring:
    def __init__(
        self,
        log: RequestLog,
        agreed: Sequence[Agreement],
        mapping: Mapping[str, str],
        timezone: str,
        as_of: int,
    ) -> None:
        self._log, self._agreed, self._as_of = log, agreed, as_of
        self._calendars = [working_calendar(one.charter.calendar, timezone) for one in agreed]
        self._kinds = [RequestKinds(one.charter, mapping) for one in agreed]
        self._newest = max(log.opened, default=as_of)
        self._times: dict[WorkingCalendar, WorkingTime] = {}
        self._groups = self._by_agreement_and_kind()

    def facts(self) -> LogFacts:
        faults = {fault: self._never(fault) for fault in ("several", "unknown")}
        unknown = {kind: place for kind, place in faults["unknown"].items() if kind not in faults["several"]}
        promised = {
            index: self._promised(index) for index in sorted({one for one, _ in self._groups if one >= 0})
        }
        found = tuple(fact for index, groups in promised.items() for fact in self._period(index, groups))
        return LogFacts(
            found,
            unknown,
            faults["several"],
            too_early=sum(len(group.places) for (one, _), group in self._groups.items() if one < 0),
            too_late=len(self._log.opened) - sum(len(group.places) for group in self._groups.values()),
            unpromised=self._count("unknown") - sum(map(self._requests_of, unknown)),
            ignored=self._count("ignored"),
        )

    def _by_agreement_and_kind(self) -> dict[tuple[int, str], _Group]:
        """The requests opened by the requested day; those before the first version have -1."""
        log, begins = self._log, self._begins()
        kinds: dict[str, list[_Group]] = defaultdict(lambda: [_Group([], [], []) for _ in (None, *begins)])
        found = map(partial(bisect_right, begins), log.opened)
        rows = zip(range(len(log.kinds)), log.opened, log.answered, log.kinds, found, strict=True)
        for place, begin, end, kind, index in rows:
            places, opened, answered = kinds[kind][index]
            places.append(place)
            opened.append(begin)
            answered.append(end)
        groups = [
            ((index, kind), self._known(group))
            for kind, groups in kinds.items()
            for index, group in enumerate(groups, -1)
        ]
        return dict(sorted([pair for pair in groups if pair[1].places], key=lambda pair: pair[1].places[0]))

    def _begins(self) -> list[int]:
        return [
            _midnight(one.first, days.zone) for one, days in zip(self._agreed, self._calendars, strict=True)
        ]

    def _known(self, group: _Group) -> _Group:
        """The requests opened by the requested day."""
        return group if self._newest <= self._as_of else group.until(self._as_of)

    def _never(self, fault: str) -> dict[str, _Place]:
        """The kinds with an error in some charter and a promise in none, with their first requests."""
        kinds = {
            kind: group.places[0] for (index, kind), group in reversed(self._groups.items()) if index >= 0
        }
        meanings = {kind: {one.find(kind) for one in self._kinds} for kind in kinds}
        return {
            kind: place
            for kind, place in kinds.items()
            if fault in meanings[kind] and not any(isinstance(one, PromiseKey) for one in meanings[kind])
        }

    def _count(self, answer: str) -> int:
        return sum(
            len(group.places)
            for (index, kind), group in self._groups.items()
            if index >= 0 and self._kinds[index].find(kind) == answer
        )

    def _requests_of(self, kind: str) -> int:
        groups = (group for (index, one), group in self._groups.items() if one == kind and index >= 0)
        return sum(len(group.places) for group in groups)

    def _promised(self, index: int) -> dict[PromiseKey, list[_Group]]:
        """The requests of a period by their promise."""
        found: dict[PromiseKey, list[_Group]] = defaultdict(list)
        for (one, kind), group in self._groups.items():
            promised = self._kinds[one].find(kind) if one == index else None
            if isinstance(promised, PromiseKey):
                found[promised].append(group)
        return found

    def _period(self, index: int, groups: Mapping[PromiseKey, list[_Group]]) -> Iterator[PromiseFact]:
        agreement = self._agreed[index]
        for service in agreement.charter.services:
            for level in service.service_levels:
                requests = self._requests(groups.get(PromiseKey(service.id, level.request), []))
                measured = measure(level, requests, self._time(index), self._as_of)
                yield PromiseFact(agreement.period, agreement.version, service, level, measured)

    def _requests(self, groups: Sequence[_Group]) -> Requests:
        group, known = _joined(groups), self._log.pauses
        pauses = known and {new: known[place] for new, place in enumerate(group.places) if place in known}
        return Requests(group.opened, group.answered, pauses)

    def _time(self, index: int) -> WorkingTime:
        """The working time from the first request to the last relevant instant."""
        calendar = self._calendars[index]
        if calendar not in self._times:
            first = min(self._log.opened)
            days = (
                datetime.datetime.fromtimestamp(one, calendar.zone).date() for one in (first, self._end())
            )
            self._times[calendar] = WorkingTime(calendar, *days)
        return self._times[calendar]

    def _end(self) -> int:
        """The last answer; if a request is open, the requested instant."""
        answers = self._log.answered
        last = self._as_of if None in answers else max(one for one in answers if one is not None)
        return max(min(last, self._as_of), self._newest)


def _midnight(day: datetime.date, zone: ZoneInfo) -> int:
    return int(datetime.datetime.combine(day, datetime.time(), zone).timestamp())
