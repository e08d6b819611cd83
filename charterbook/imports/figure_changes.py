"""Make the changes of a proposal from readings and a charter. Only this module decides where values go.

New values go into `values` of their metric, by their days. If a charter also has `actual`, the newest value replaces
it; if not, the last of `values` is the default of `actual`.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from charterbook.charter import Charter, Metric
from charterbook.exact_numbers import exact
from charterbook.imports import figure_messages
from charterbook.imports.figure_findings import Findings
from charterbook.imports.figures import MetricReading, report_conflict
from charterbook.propose import ProposedChange

_Data = dict[str, Any]


def figure_changes(
    charter: Charter, written: _Data, readings: Sequence[MetricReading], window: Window, findings: Findings
) -> tuple[ProposedChange, ...]:
    """The changes for new values. `written` is the data of the charter's file."""
    by_metric: dict[str, list[MetricReading]] = defaultdict(list)
    for reading in readings:
        by_metric[reading.metric].append(reading)
    changes: list[ProposedChange] = []
    for metric in charter.metrics:
        new = _new(metric, window.choose(metric, by_metric[metric.id]), findings)
        if new:
            data: _Data = next((one for one in written["metrics"] if one.get("id") == metric.id), {})
            changes += _of_metric(metric, data, new)
    window.report(findings)
    if findings.known and readings:
        findings.note(readings[0].file, "", figure_messages.KNOWN_NOTE, count=findings.known)
    return tuple(changes)


class Window:
    """The days of values for the charter: the days of its period, and all after its newest value.

    A review comes after the end of the period that it is about. So a metric without values also gets its newest value,
    if that is newer than the baseline. `since` is the first of these days, if requested.
    """

    def __init__(self, first: datetime.date, since: datetime.date | None = None) -> None:
        self.first, self.since = since or first, since
        self._left_out: list[MetricReading] = []

    def choose(self, metric: Metric, readings: Sequence[MetricReading]) -> list[MetricReading]:
        """The readings of a metric for the charter. All others are recorded as skipped."""
        dated = [figure.date for figure in (metric.actual, *metric.values) if figure and figure.date]
        first = self.first if self.since else min(self.first, _newest_known(metric, dated, readings))
        chosen = [reading for reading in readings if reading.day >= first or reading.day in dated]
        self._left_out += [
            reading for reading in readings if reading.day < first and reading.day not in dated
        ]
        return chosen

    def report(self, findings: Findings) -> None:
        """Note the number of skipped readings."""
        for file in dict.fromkeys(reading.file for reading in self._left_out):
            own = [reading for reading in self._left_out if reading.file == file]
            findings.note(
                file, own[0].place, figure_messages.EARLIER_NOTE, count=len(own), day=str(self.first)
            )


def _newest_known(
    metric: Metric, dated: Sequence[datetime.date], readings: Sequence[MetricReading]
) -> datetime.date:
    """The day of the newest value of a metric; without one, of its newest reading, if that is after the baseline."""
    if dated:
        return max(dated)
    newest = max((reading.day for reading in readings), default=datetime.date.max)
    baseline = metric.baseline.date if metric.baseline else None
    return newest if baseline is None or newest > baseline else datetime.date.max


def _new(metric: Metric, readings: Sequence[MetricReading], findings: Findings) -> list[MetricReading]:
    """The readings that are not in the charter yet, by day. Any others must equal the charter's."""
    present = {figure.date: figure.value for figure in metric.values}
    if metric.actual and metric.actual.date:
        present.setdefault(metric.actual.date, metric.actual.value)
    new = []
    for reading in sorted(readings, key=lambda one: one.day):
        if reading.day not in present:
            new.append(reading)
        elif exact(present[reading.day]) == reading.value:
            findings.known += 1
        else:
            report_conflict("differs", reading, exact(present[reading.day]), findings)
    return new


def _of_metric(metric: Metric, written: _Data, new: Sequence[MetricReading]) -> list[ProposedChange]:
    old = written.get("values") or []
    merged = sorted([*old, *map(_figure, new)], key=lambda one: one["date"])
    changes = [ProposedChange(f"metrics.{metric.id}.values", old or None, merged)]
    actual, newest = written.get("actual"), new[-1]
    if actual and metric.actual and (metric.actual.date is None or metric.actual.date < newest.day):
        changes.append(ProposedChange(f"metrics.{metric.id}.actual", actual, _figure(newest)))
    return changes


def _figure(reading: MetricReading) -> _Data:
    figure: _Data = {"date": reading.day, "value": plain_number(reading.value)}
    return figure | ({"note": reading.note} if reading.note else {})


def plain_number(value: Decimal) -> float:
    """The number for YAML: a whole one without a fraction."""
    return int(value) if value == value.to_integral_value() else float(value)
