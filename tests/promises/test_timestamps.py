"""Dates and times of a request log."""

from __future__ import annotations

import datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from charterbook.promises.timestamps import DateOrder, Parsed, Timestamps

BERLIN = ZoneInfo("Europe/Berlin")


def read(text: object, order: DateOrder | None = None, *, ends: bool = False) -> Parsed:
    """One instant in Berlin."""
    return Timestamps(BERLIN, order).read(text, ends=ends)


def at(text: str, zone: datetime.tzinfo = BERLIN) -> int:
    """An instant, as Python parses it."""
    return int(datetime.datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-03 14:05",
        "2026-07-03T14:05",
        "2026-07-03 14:05:00",
        "2026-07-03T14:05:00.000",
        " 2026-07-03 14:05 ",
        "2026/07/03 14:05",
        "03.07.2026 14:05",
        "3.7.2026 14:05",
        "03.07.2026, 14:05",
        "2026-07-03 2:05 PM",
        "2026-07-03T12:05Z",
        "2026-07-03T12:05:00+00:00",
        "2026-07-03T17:35:00.5+0530",
        "2026-07-03 12:05 UTC",
        "03-Jul-2026 14:05",
        "03/Jul/26 2:05 PM",
        "3 июля 2026 г. 14:05",
        "3 июл. 2026, 14:05",
        "July 3, 2026 at 2:05 pm",
        "Fri, 3 Jul 2026 12:05:00 +0000",
    ],
)
def test_ways_to_write_an_instant(text: str) -> None:
    """All of them are equal. The year comes first, or dots mark the day first."""
    assert read(text) == Parsed(at("2026-07-03 14:05"))


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("07/03/2026 14:05", "ambiguous-order"),
        ("25/04/2026 14:05", "ambiguous-order"),
        ("07-03-2026", "ambiguous-order"),
        ("03.07.26", "short-year"),
        ("2026-02-30 10:00", "no-such-day"),
        ("1026-02-03 10:00", "year-out-of-range"),
        ("2026-07-03 25:00", "unreadable"),
        ("2026-07-03 13:00 PM", "unreadable"),
        ("2026-07-03 10:60", "unreadable"),
        ("tomorrow", "unreadable"),
        ("3 Blursday 2026", "unreadable"),
        ("31 June 2026", "no-such-day"),
        ("3 July 1026", "year-out-of-range"),
        ("n/a", "empty-word"),
        ("0000-00-00 00:00:00", "empty-word"),
        ("46206", "unreadable"),
        (46206, "unreadable"),
        ("2026-07-03 10:00 Europe/Berlin", "unreadable"),
    ],
)
def test_ambiguous_instants_are_refused(text: object, doubt: str) -> None:
    """The result is a reason instead of an instant."""
    assert read(text) == Parsed(None, doubt)  # type: ignore[arg-type]


def test_the_requested_order_of_day_and_month() -> None:
    """It applies to slashes. Dots always mean day, month, year."""
    assert read("07/03/2026 14:05", "mdy").instant == at("2026-07-03 14:05")
    assert read("07/03/2026 14:05", "dmy").instant == at("2026-03-07 14:05")
    assert read("03.07.2026 14:05", "mdy").instant == at("2026-07-03 14:05")
    assert read("25/04/2026", "mdy") == Parsed(None, "no-such-day")


def test_when_the_clocks_change() -> None:
    """A repeated hour counts as the first one, a skipped one as winter time; both are noted."""
    assert read("2026-10-25 02:30") == Parsed(at("2026-10-25T00:30", datetime.UTC), "twice")
    assert read("2026-03-29 02:30") == Parsed(at("2026-03-29T01:30", datetime.UTC), "skipped")
    assert read("2026-10-25T02:30+01:00") == Parsed(at("2026-10-25T01:30", datetime.UTC))


def test_days_without_a_time() -> None:
    """A day begins with its first instant, and ends with the first one of the next day."""
    assert read("2026-07-03") == Parsed(at("2026-07-03 00:00"), "no-time")
    assert read("2026-07-03", ends=True) == Parsed(at("2026-07-04 00:00"), "no-time")
    assert read(datetime.date(2026, 7, 3)) == read("2026-07-03")


def test_cells_of_a_workbook() -> None:
    """They are dates already."""
    assert read(datetime.datetime(2026, 7, 3, 14, 5)).instant == at("2026-07-03 14:05")  # noqa: DTZ001
    assert read(None) == read("") == read("  ") == Parsed(None)


@pytest.mark.parametrize(
    "form", ["%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ", "%m/%d/%Y %I:%M %p"]
)
def test_a_column_is_read_as_its_cells_are(form: str) -> None:
    """Whatever most of its cells look like."""
    random = Random(form)  # noqa: S311
    moments = [
        datetime.datetime(2026, 10, 1)  # noqa: DTZ001
        + datetime.timedelta(minutes=random.randrange(90_000))
        for _ in range(300)
    ]
    others = [
        "",
        "x",
        "2026-10-25 02:30",
        "2026-07-03",
        "2026-07-03T12:00+02:00",
        "1.7.2026 8:05",
        "2026-07-03 10:00:07",
    ]
    texts = [moment.strftime(form) for moment in moments]
    for text in others * 2:
        texts.insert(random.randrange(1, len(texts)), text)
    timestamps = Timestamps(BERLIN, "mdy")
    found, said = timestamps.column(texts, ends=True)
    assert found == [Timestamps(BERLIN, "mdy").read(text, ends=True).instant for text in texts]
    assert {place: one.doubt for place, one in said.items()} == {
        place: doubt for place, text in enumerate(texts) if (doubt := read(text, "mdy", ends=True).doubt)
    }


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("Europe/Berlin", "2026-03-29"),
        ("Europe/Berlin", "2026-10-25"),
        ("Africa/Cairo", "2026-04-24"),
        ("Africa/Cairo", "2026-10-30"),
        ("America/Sao_Paulo", "2018-11-04"),
        ("America/Sao_Paulo", "2018-02-18"),
        ("Australia/Lord_Howe", "2026-04-05"),
        ("Pacific/Apia", "2011-12-30"),
        ("America/Havana", "2026-03-08"),
    ],
)
def test_a_column_of_days_around_a_change_of_the_clocks(zone: str, change: str) -> None:
    """Is read as its cells are, at midnight as well, where some zones change their clocks."""
    day = datetime.date.fromisoformat(change)
    days = [day + datetime.timedelta(off) for off in range(-2, 3)]
    texts = [
        f"{one} {time}" for one in days for time in ("00:00", "00:30", "02:30", "12:00", "23:30", "24:00")
    ]
    found, said = Timestamps(ZoneInfo(zone)).column(texts, ends=False)
    wanted = [Timestamps(ZoneInfo(zone)).read(text) for text in texts]
    assert found == [one.instant for one in wanted]
    assert said == {place: one for place, one in enumerate(wanted) if one.doubt}
