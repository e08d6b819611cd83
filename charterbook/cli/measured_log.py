"""Measurement of a handbook's promises from a request log, and the changes that record it in the charter."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

from charterbook.charter import Charter
from charterbook.cli.handbook import Handbook
from charterbook.cli.notices import OTHER_PERIOD, words
from charterbook.clock import now, today
from charterbook.diff import plain
from charterbook.errors import CharterbookError
from charterbook.export.promise_formats import PromiseReport
from charterbook.frozen_dataclass import dataclass
from charterbook.history import History, read_history
from charterbook.i18n import translator
from charterbook.imports.log_content import LogRemark, ReadLog
from charterbook.imports.request_log import LogOptions, read_log
from charterbook.imports.request_log_messages import MESSAGES
from charterbook.load.did_you_mean import suggest
from charterbook.load.lazy_message import LazyMessage
from charterbook.log_settings import LogSettings
from charterbook.promises.agreements import Agreement, DatedCharter, agreements
from charterbook.promises.measure_log import PromiseFact, measure_log
from charterbook.promises.request_kinds import RequestKinds
from charterbook.promises.timestamps import YEARS
from charterbook.propose import ProposedChange
from charterbook.propose.paths import shortest
from charterbook.settings import Settings
from charterbook.suggestions import closest
from charterbook.versions import bounds, is_version_name, period_name, same_period

_ONE_DAY = datetime.timedelta(1)


@dataclass(frozen=True)
class LogQuery:
    """A query of a request log, as of `day` or else of now."""

    files: Sequence[Path]
    settings: LogSettings
    sheet: str | None
    encoding: str | None
    delimiter: str | None
    period: str | None
    day: datetime.date | None


def measured_log(book: Handbook, query: LogQuery) -> PromiseReport:
    """How often the promises of a handbook were kept. Raises CharterbookError."""
    history = book.history()
    charter = _charter_today(history)
    zone = ZoneInfo((charter.calendar and charter.calendar.timezone) or book.settings.timezone)
    as_of = _as_of(query.day, zone)
    own = query.settings
    options = LogOptions(
        ZoneInfo(own.timezone) if own.timezone else zone,
        dict(own.columns),
        own.dates,  # type: ignore[arg-type]
        query.sheet,
        query.encoding,
        query.delimiter,
        charter.language,
    )
    log = read_log(query.files, options)
    agreed = _agreed(history, book.settings, log, as_of)
    kinds = [RequestKinds(one.charter, {}) for one in agreed] or [RequestKinds(charter, {})]
    _check_kinds(own, kinds)
    found = measure_log(log.requests, agreed, dict(own.kinds), book.settings.timezone, int(as_of.timestamp()))
    remarks = [*log.remarks, *_of_kinds(log, found.unknown, "unknown-kind", kinds[-1])]
    remarks += _of_kinds(log, found.several, "several-promises", kinds[-1])
    facts = _of_period(found.facts, query.period, agreed)
    return PromiseReport(facts, found, remarks, as_of, charter.language)


def reason_of(period: str, report: PromiseReport) -> str:
    """The reason of a proposal that enters shares."""
    t = translator(report.language)
    words = t.gettext("Promises kept in %(period)s, counted on %(day)s.")
    return words % {"period": period, "day": t.date(report.as_of.date())}


def kept_changes(
    book: Handbook, report: PromiseReport, period: str | None
) -> tuple[str, tuple[ProposedChange, ...]]:
    """The period of the charter on disk, and the changes that enter its shares.

    Raises CharterbookError for any other period.
    """
    history = read_history(book.folder, book.settings)
    charter = _charter_today(history)
    own = _versions(history, book.settings)[-1].version
    if period not in (None, own):
        raise CharterbookError(
            words(OTHER_PERIOD, charter.language, file=book.settings.charter, own=own, period=period)
        )
    facts = [fact for fact in report.facts if fact.period == fact.version == own and fact.measured.decided]
    return own, tuple(_changes(charter, facts, report.as_of))


def _changes(
    charter: Charter, facts: Sequence[PromiseFact], as_of: datetime.datetime
) -> Iterator[ProposedChange]:
    levels = {
        (service["id"], level["request"]): level
        for service in plain(charter)["services"]
        for level in service.get("service_levels", ())
    }
    for fact in facts:
        share = fact.measured.rounded_share
        level = levels.get((fact.service.id, fact.level.request))
        if level is None or share is None:
            continue
        path = ("services", fact.service.id, "service_levels", fact.level.request, "kept")
        new = {"share": _number(share), "requests": fact.measured.decided, "date": as_of.date()}
        old = level.get("kept")
        if old is None or any(old.get(key) != new[key] for key in ("share", "requests")):
            yield ProposedChange(shortest(path), old, new)


def _number(share: Fraction) -> float:
    return int(share) if share.denominator == 1 else float(share)


def _as_of(day: datetime.date | None, zone: ZoneInfo) -> datetime.datetime:
    """The end of a day, or the present. Raises CharterbookError for a day outside the years of logs."""
    if day is None:
        return now(zone).replace(microsecond=0)
    if day.year not in YEARS:
        raise CharterbookError(f"--as-of {day}: the year is not between {YEARS[0]} and {YEARS[-1]}.")
    end = datetime.datetime.combine(day + _ONE_DAY, datetime.time(), zone)
    return (end.astimezone(datetime.UTC) - datetime.timedelta(seconds=1)).astimezone(zone)


def _charter_today(history: History) -> Charter:
    """The charter on disk, else the newest one."""
    found = history.draft.charter if history.draft else (history.newest and history.newest.charter)
    if not found:
        raise CharterbookError("there is no readable charter; `charterbook check` reports the reason.")
    return found


def _agreed(history: History, settings: Settings, log: ReadLog, as_of: datetime.datetime) -> list[Agreement]:
    """The charters in force from the first request on."""
    versions = _versions(history, settings)
    if not any(version.revisions for version in history.versions) and log.opened:
        first = datetime.datetime.fromtimestamp(min(log.opened), as_of.tzinfo).date()
        versions = [_for_all(version, first, settings) for version in versions[:1]]
    return agreements(versions, settings.fiscal_year, as_of.date())


def _for_all(version: DatedCharter, first: datetime.date, settings: Settings) -> DatedCharter:
    """Without a history, the charter on disk applies to every period."""
    if first >= version.begins or not is_version_name(version.period):
        return version._replace(begins=min(first, version.begins))
    name = same_period(version.period, first, *settings.fiscal_year)
    begins, end = bounds(name, *settings.fiscal_year)
    return version._replace(period=name, begins=begins, ends=end - _ONE_DAY)


def _versions(history: History, settings: Settings) -> list[DatedCharter]:
    """The published versions; the charter on disk replaces its own version."""
    found = [
        DatedCharter(
            one.name, one.name, one.begins, _end_of_period(one.name, one.ends, settings), one.charter
        )
        for one in history.published
        if one.begins and one.ends and one.charter
    ]
    if history.draft is None:
        return found
    draft = history.draft.charter
    name = draft.version if draft.version and is_version_name(draft.version) else None
    name = name or (
        found[-1].version
        if found
        else period_name(today(ZoneInfo(settings.timezone)), settings.period, *settings.fiscal_year)
    )
    replaced = [one._replace(charter=draft) if one.version == name else one for one in found]
    if name in [one.version for one in found]:
        return replaced
    begins, end = bounds(name, *settings.fiscal_year)
    new = DatedCharter(name, name, max(draft.effective or begins, begins), end - _ONE_DAY, draft)
    return sorted([*found, new], key=lambda one: one.begins)


def _end_of_period(name: str, ends: datetime.date, settings: Settings) -> datetime.date:
    """The last day of a version in its own period. Promises are counted by period, also if a version lasts longer."""
    return min(ends, bounds(name, *settings.fiscal_year)[1] - _ONE_DAY)


def _check_kinds(settings: LogSettings, kinds: Sequence[RequestKinds]) -> None:
    """Raise CharterbookError for a kind of request that is mapped to an unknown promise."""
    for kind, meant in settings.kinds:
        if not any(one.knows(meant) for one in kinds):
            raise CharterbookError(
                f"kind {kind!r}: there is no promise {meant!r}; {closest(meant, kinds[-1].labels)}"
            )


def _of_kinds(log: ReadLog, places: Mapping[str, int], rule: str, kinds: RequestKinds) -> Iterator[LogRemark]:
    message, level = MESSAGES[rule]
    for kind, place in zip(places, log.kind_places(list(places.values())), strict=True):
        more = log.kinds.count(kind) - 1
        yield LogRemark(
            place,
            rule,
            LazyMessage(message, advice=suggest(kind, list(dict.fromkeys(kinds.labels)))),
            level,
            more,
        )


def _of_period(
    facts: Sequence[PromiseFact], period: str | None, agreed: Sequence[Agreement]
) -> Sequence[PromiseFact]:
    """The facts of a period. Raises CharterbookError for an unknown period."""
    periods = [one.period for one in agreed]
    if period is not None and period not in periods:
        raise CharterbookError(f"there is no period {period}; {closest(period, periods)}")
    return [fact for fact in facts if period in (None, fact.period)]
