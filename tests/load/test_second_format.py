"""Contents of format 2: working calendar, series of figures, contacts, decisions and actions."""

from __future__ import annotations

import datetime
from pathlib import Path
from random import Random

import pytest

from charterbook.charter.working_calendar import WEEKDAYS, Calendar
from charterbook.load import load
from charterbook.load.calendar_checks import calendar_problems
from charterbook.load.fast_path import IncrementalLoader
from tests.histories import run_git
from tests.load.sample import SMALL, Found, places, small

ROOT = Path(__file__).parents[2]


def calendar(text: str) -> str:
    """The small charter with a working calendar."""
    return f"{SMALL}calendar: {{{text}}}\n"


def service(text: str) -> str:
    """The small charter with these lines in its service, from line 9 on."""
    return small("    audiences: [sales]\n", f"    audiences: [sales]\n    {text}\n")


def source(text: str, more: str = "") -> str:
    """The small charter with an amount of money."""
    return small("      funder: Sales\n", f"      funder: Sales\n      amount: 5\n{text}") + more


REVIEW = "review:\n  meetings: [{id: q3, date: 2026-10-14, decisions: [{id: stop, text: Stop.}]}]\n"
ACTION = REVIEW + "  actions: [{id: tell, what: Tell all, from: %s}]\n"

CASES: dict[str, tuple[str, list[Found]]] = {
    "a whole calendar": (
        calendar('days: [monday], hours: ["09:00-12:30", "13:30-24:00"], timezone: Europe/Berlin'),
        [],
    ),
    "no hours": (calendar('hours: ["9-17"]'), [(22, 20, "bad-hours")]),
    "hours with a number": (calendar("hours: [9]"), [(22, 20, "yaml-number")]),
    "hours past midnight": (calendar('hours: ["22:00-06:00", "13:00-00:00"]'), [(22, 35, "hours-overlap")]),
    "a night shift": (calendar('hours: ["22:00-06:00", "06:00-07:30"]'), []),
    "hours that end when they begin": (calendar('hours: ["09:00-09:00"]'), [(22, 20, "hours-order")]),
    "a night and the next day": (
        calendar('hours: ["05:00-07:00", "22:00-06:00"]'),
        [(22, 35, "hours-overlap")],
    ),
    "a night and no next day": (calendar('days: [saturday], hours: ["05:00-07:00", "22:00-06:00"]'), []),
    "hours that overlap": (
        calendar('hours: ["13:00-18:00", "09:00-13:30"]'),
        [(22, 35, "hours-overlap")],
    ),
    "hours that touch": (calendar('hours: ["13:00-18:00", "09:00-13:00"]'), []),
    "no time zone": (calendar("timezone: Europe/Berln"), [(22, 22, "unknown-timezone")]),
    "a path as a time zone": (calendar("timezone: ../etc/passwd"), [(22, 22, "unknown-timezone")]),
    "a day twice": (calendar("days: [monday, monday]"), [(22, 27, "repeated-day")]),
    "a day that is none": (calendar("days: [funday]"), [(22, 19, "not-allowed")]),
    "holidays": (calendar("holidays: [2026-12-25, {date: 2026-12-26, name: Boxing Day}]"), []),
    "a holiday twice": (
        calendar("holidays: [2026-12-25, {date: 2026-12-25, name: Christmas}]"),
        [(22, 35, "repeated-day")],
    ),
    "contact": (service("contacts: [{label: Ask, address: ask@example.org}]"), []),
    "contact by a channel": (service('contacts: [{label: Ask, channel: "#ask"}]'), []),
    "contact that leads nowhere": (service("contacts: [{label: Ask}]"), [(9, 16, "no-address")]),
    "unsafe contact": (
        service('contacts: [{label: Ask, address: "javascript:x"}]'),
        [(9, 38, "unsafe-link")],
    ),
    "unsafe link": (service('links: [{label: Ask, address: "data:x"}]'), [(9, 35, "unsafe-link")]),
    "disguised link": (
        service('links: [{label: Ask, address: "java\\tscript:x"}]'),
        [(9, 35, "unsafe-link")],
    ),
    "link to a page": (service("links: [{label: Metric, address: metrics/win-rate}]"), []),
    "link to no page": (
        service("links: [{label: Metric, address: metrics/win-rte}]"),
        [(9, 38, "unknown-link")],
    ),
    "partner who contributes": (
        service("contributors: [agency, sales]") + "partners: [{id: agency, name: Agency}]\n",
        [],
    ),
    "nobody who contributes": (service("contributors: [agency]"), [(9, 20, "unknown-audience")]),
    "money of its own": (source("      currency: USD\n"), []),
    "money without a name": (source(""), [(18, 15, "missing-currency")]),
    "unknown money": (source("      currency: XQX\n"), [(19, 17, "unknown-currency")]),
    "due before it begins": (
        f"{SMALL}roadmap: [{{id: a, name: A, start: 2026-02-01, due: 2026-01-01}}]\n",
        [(22, 52, "dates-order")],
    ),
    "action from a meeting": (SMALL + ACTION % "stop", []),
    "action from the charter": (SMALL + ACTION % "old" + "decisions: [{id: old, name: Old}]\n", []),
    "action from nothing": (SMALL + ACTION % "stpo", [(24, 46, "unknown-decision")]),
    "decision twice": (
        SMALL + REVIEW + "decisions: [{id: stop, name: Stop}]\n",
        [(23, 58, "duplicate-id")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    """The small charter with one addition."""
    text, expected = CASES[name]
    assert places(text) == expected


@pytest.mark.parametrize("name", [name for name, (_, found) in CASES.items() if not found])
def test_it_is_read_part_by_part(name: str) -> None:
    """With the same result as when parsed whole."""
    data = CASES[name][0].encode()
    assert IncrementalLoader().read(data) == load(data).charter


@pytest.mark.parametrize("name", ["objectives", "calendar", "capacity", "shared", "meetings", "actions"])
def test_names_that_came_later(name: str) -> None:
    """A custom section keeps a name that became a key later."""
    own = f"sections:\n  - {{id: {name}, title: Ours, text: Ours.}}\n"
    assert places(f"schema: 1\n{SMALL}{own}") == []
    used = {
        "objectives": "objectives: [{id: a, name: A}]\n",
        "calendar": "calendar: {days: [monday]}\n",
        "capacity": "capacity: {posts: 4}\n",
        "shared": "scope: {shared: [{id: a, name: A}]}\n",
        "meetings": REVIEW,
        "actions": ACTION % "stop",
    }
    assert [rule for *_, rule in places(SMALL + own + used[name])] == ["reserved-id"]


SERIES = (
    "[{date: 2026-03-01, value: 3}, {date: 2026-09-01, value: 9, note: Late}, {date: 2026-06-01, value: 6}]"
)


@pytest.mark.parametrize(("series", "figure"), [("values", "actual"), ("targets", "target")])
def test_the_last_of_a_series(series: str, figure: str) -> None:
    """It is the current value, in any order of the series, unless a single figure is given."""
    text = f"{SMALL}    {series}: {SERIES}\n"
    charter = load(text.encode()).charter
    assert charter is not None
    found = getattr(charter.metrics[0], figure)
    assert (found.value, found.date, found.note) == (9, datetime.date(2026, 9, 1), "Late")
    charter = load(f"{text}    {figure}: {{value: 5}}\n".encode()).charter
    assert charter is not None
    assert getattr(charter.metrics[0], figure).value == 5


def test_a_series_without_days() -> None:
    """It is reported once, at its place."""
    assert places(f"{SMALL}    values: [{{value: 3}}]\n") == [(22, 14, "missing-key")]


def test_the_working_week() -> None:
    """Days in order, and spans of minutes; by default Monday to Friday and the whole day."""
    own = Calendar.model_validate({"days": ["friday", "monday"], "hours": ["13:30-24:00", "09:00-12:30"]})
    assert own.working_days == ("monday", "friday")
    assert own.shifts == ((540, 750), (810, 1440))
    assert Calendar().working_days == ("monday", "tuesday", "wednesday", "thursday", "friday")
    assert Calendar().shifts == ((0, 1440),)


@pytest.mark.parametrize("seed", range(60))
def test_hours_overlap_where_a_minute_is_in_two_spans(seed: int) -> None:
    """Of any week with these days."""
    random = Random(seed)  # noqa: S311
    days = random.sample(WEEKDAYS, random.randint(1, 4))
    spans = [tuple(random.sample(range(0, 24 * 60, 120), 2)) for _ in range(random.randint(1, 3))]
    texts = [f"{begin // 60:02}:00-{end // 60:02}:00" for begin, end in spans]
    minutes = [
        (WEEKDAYS.index(day) * 1440 + minute) % (7 * 1440)
        for day in days
        for begin, end in spans
        for minute in range(begin, end + 1440 * (end <= begin), 60)
    ]
    rules = {rule for rule, _, _ in calendar_problems({"days": days, "hours": texts})}
    assert ("hours-overlap" in rules) == (len(minutes) != len(set(minutes)))


@pytest.mark.long
def test_every_charter_ever_committed_is_upgraded() -> None:
    """To the newest format, with the same content, parsed whole or by parts."""
    for path in ("charter.yml", "examples/ru/charter.yml"):
        commits = run_git(ROOT, "log", "--format=%H", "--diff-filter=AMRT", "HEAD", "--", path).split()
        assert commits
        series = IncrementalLoader()
        for commit in commits:
            old = run_git(ROOT, "show", f"{commit}:{path}")
            charter = load(old.encode()).charter
            assert charter is not None
            assert charter == load(old.replace("schema: 1\n", "schema: 2\n", 1).encode()).charter
            assert charter == series.read(old.encode())
