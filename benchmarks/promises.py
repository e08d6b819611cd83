"""`python -m benchmarks.promises`: time to measure a request log, compared with Python's csv module."""

from __future__ import annotations

import argparse
import csv
import datetime
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import click

from charterbook import gc_tuning
from charterbook.charter import Charter
from charterbook.imports.request_log import LogOptions, read_log
from charterbook.load import load
from charterbook.promises.agreements import DatedCharter, agreements
from charterbook.promises.measure_log import measure_log
from charterbook.versions import FiscalYear, bounds

_ZONE = ZoneInfo("Europe/Berlin")
_YEAR = datetime.datetime(2026, 1, 1, 8)  # noqa: DTZ001
_PERIODS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
_CHARTER = """
schema: 2
title: Charter
calendar: {hours: ["09:00-12:30", "13:30-18:00"], timezone: Europe/Berlin, holidays: [2026-01-01, 2026-05-01]}
mission: {statement: Everybody can hold the conversation.}
services:
  - id: content
    name: Content
    summary: Cards.
    service_levels:
      - {request: New battle card, within: 5, target_share: 95}
      - {request: Correction, within: 8, unit: working_hours, target_share: 90}
      - {request: Question, within: 24, unit: hours, target_share: 90}
      - {request: Campaign, within: 3, unit: weeks, target_share: 90}
audiences: [{id: sellers, name: Sellers}]
funding: {owner: Head, sources: [{id: sales, name: Sales, funder: Sales}]}
metrics: [{id: win, name: Win, kind: lagging}]
"""
#: The share of requests without an answer.
_STILL_OPEN = 0.02
_KINDS = ("New battle card", "Correction", "Question", "Campaign")


def write_log(path: Path, requests: int, columns: str) -> None:
    """Write a log with only the required columns, or as exported by a ticket system; with or without seconds."""
    random = Random(1)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        wide = columns != "narrow"
        writer.writerow(
            ["id", "summary", "requester", "kind", "status", "opened", "answered", "team"]
            if wide
            else ["kind", "opened", "answered"]
        )
        for number in range(requests):
            opened = _YEAR + datetime.timedelta(seconds=random.randrange(364 * 86_400))
            answered = opened + datetime.timedelta(seconds=random.randrange(12 * 86_400))
            said = [
                ""
                if random.random() < _STILL_OPEN and one is answered
                else one.isoformat(" ", (columns == "narrow" and "minutes") or "seconds")
                for one in (opened, answered)
            ]
            kind = random.choice(_KINDS)
            if wide:
                writer.writerow(
                    [
                        f"ENB-{number}",
                        f"A request, the {number}th one",
                        f"person{number % 500}@example.com",
                        kind,
                        "Done",
                        *said,
                        "EMEA",
                    ]
                )
            else:
                writer.writerow([kind, *said])


def read_with_csv(path: Path) -> int:
    """Number of rows, read by Python's csv module."""
    with path.open(newline="", encoding="utf-8") as file:
        return len(list(csv.reader(file)))


def measure_file(path: Path, charter: Charter) -> int:
    """Number of counted requests of a file."""
    log = read_log([path], LogOptions(_ZONE))
    day = datetime.timedelta(1)
    dated = [DatedCharter(name, name, bounds(name)[0], bounds(name)[1] - day, charter) for name in _PERIODS]
    until = datetime.date(2027, 1, 31)
    as_of = int(datetime.datetime(2027, 2, 1, tzinfo=_ZONE).timestamp())
    found = measure_log(log.requests, agreements(dated, FiscalYear(), until), {}, "UTC", as_of)
    return sum(fact.measured.requests for fact in found.facts)


def _best(rounds: int, work: Callable[[], object]) -> float:
    """Shortest CPU time of several runs."""
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def main() -> None:
    """Measure, and print the ratio to the csv module's time."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.promises")
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    charter = load(_CHARTER.encode()).charter
    assert charter is not None
    gc_tuning.tune_gc()
    with tempfile.TemporaryDirectory() as folder:
        for columns in ("narrow", "wide"):
            path = Path(folder) / f"{columns}.csv"
            write_log(path, asked.requests, columns)
            assert measure_file(path, charter) == asked.requests
            plain = _best(asked.rounds, lambda path=path: read_with_csv(path))  # type: ignore[misc]
            whole = _best(asked.rounds, lambda path=path: measure_file(path, charter))  # type: ignore[misc]
            click.echo(
                f"{columns}: csv {plain * 1000:.0f} ms, promises {whole * 1000:.0f} ms, {whole / plain:.1f} times"
            )


if __name__ == "__main__":
    main()
