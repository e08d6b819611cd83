"""Charters agreed before their first day, and the days that versions cover."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterbook.charter import Charter
from charterbook.history import History, Version, read_history
from charterbook.history.assign_versions import with_days, with_latest
from charterbook.history.resolve_charter import CharterResolver
from charterbook.history.version_scan import DOUBT, Undecided, own_effective
from charterbook.load import load
from charterbook.settings import Settings
from charterbook.versions import period_name
from tests.charters import minimal_charter
from tests.histories import Repo

SETTINGS: dict[str, Any] = {"period": "half", "fiscal_year_start": 4}


def on(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """Set the time to noon of a day, UTC."""
    moment = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))


def version_days(history: History) -> list[tuple[str, str, bool, tuple[str, ...]]]:
    """Each version with its first day, whether that is in the future, and its aliases."""
    return [(one.name, str(one.begins), one.upcoming, one.aliases) for one in history.versions]


@pytest.fixture
def agreed(repo: Repo) -> Repo:
    """A charter in force, and one that is agreed on 26 March for 1 April."""
    repo.commit({"charter.yml": minimal_charter(title="One")}, date="2026-10-05")
    repo.commit(
        {"charter.yml": minimal_charter(title="Two", effective=datetime.date(2027, 4, 1))}, date="2027-03-26"
    )
    return repo


def test_until_its_day_a_version_is_upcoming(agreed: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """It belongs to the period of its day, and the version in force remains the latest."""
    on(monkeypatch, "2027-03-31")
    history = agreed.history(**SETTINGS)
    assert version_days(history) == [
        ("FY27-H2", "2026-10-01", False, ("latest",)),
        ("FY28-H1", "2027-04-01", True, ()),
    ]
    assert [(version.ends, version.is_open) for version in history.versions] == [
        (datetime.date(2027, 3, 31), False),
        (datetime.date(2027, 9, 30), True),
    ]
    assert history.draft is None


def test_on_its_day_it_is_in_force(agreed: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day begins in the configured time zone."""
    moment = datetime.datetime.fromisoformat("2027-03-31T15:30:00+00:00")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
    over = ("FY28-H1", "2027-04-01", False, ("latest",))
    assert version_days(agreed.history(**SETTINGS, timezone="Asia/Tokyo"))[1] == over
    assert version_days(agreed.history(**SETTINGS))[1] == ("FY28-H1", "2027-04-01", True, ())


def test_names_for_the_one_in_force_and_the_newest(agreed: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """`latest` is in force; the default of comparisons is the newest."""
    on(monkeypatch, "2027-03-31")
    names = CharterResolver(agreed.folder, Settings(**SETTINGS))
    assert names.find("latest").charter.title == "One"
    assert names.newest == "FY28-H1"
    assert [charter.title for charter in names.between("latest", "FY28-H1")] == ["Two"]
    agreed.write({"charter.yml": minimal_charter(title="Three")})
    assert CharterResolver(agreed.folder, Settings(**SETTINGS)).newest == "draft"


def test_a_first_charter_for_a_later_day_is_latest(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """If no version is in force, the first upcoming one has the alias."""
    on(monkeypatch, "2026-11-28")
    repo.commit({"charter.yml": minimal_charter(version="2027-Q1")}, date="2026-11-01")
    repo.commit({"charter.yml": minimal_charter(version="2027-Q2")}, date="2026-11-02")
    assert version_days(repo.history()) == [
        ("2027-Q1", "2027-01-01", True, ("latest",)),
        ("2027-Q2", "2027-04-01", True, ()),
    ]


def test_a_version_in_force_stays_so_when_it_is_amended(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """An amendment for a later day of the period does not restore the previous version."""
    on(monkeypatch, "2026-11-28")
    repo.commit({"charter.yml": minimal_charter(version="2026-Q3")}, date="2026-07-01")
    repo.commit({"charter.yml": minimal_charter(version="2026-Q4")}, date="2026-10-05")
    later = minimal_charter(version="2026-Q4", effective=datetime.date(2026, 12, 15))
    repo.commit({"charter.yml": later}, date="2026-11-20")
    assert version_days(repo.history())[1] == ("2026-Q4", "2026-10-05", False, ("latest",))


def test_a_version_may_be_postponed(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """A version that was never in force begins on the day of its newest revision."""
    on(monkeypatch, "2026-10-10")
    repo.commit({"charter.yml": minimal_charter(version="2026-Q3")}, date="2026-07-01")
    for day, landed in ((1, "2026-09-01"), (15, "2026-09-20")):
        text = minimal_charter(version="2026-Q4", effective=datetime.date(2026, 10, day))
        repo.commit({"charter.yml": text}, date=landed)
    assert version_days(repo.history()) == [
        ("2026-Q3", "2026-07-01", False, ("latest",)),
        ("2026-Q4", "2026-10-15", True, ()),
    ]


def test_a_tag_and_a_version_come_before_effective(repo: Repo) -> None:
    """A day outside their period is reported, and does not move the version."""
    text = minimal_charter(version="2026-Q3", effective=datetime.date(2026, 10, 1))
    repo.commit({"charter.yml": text}, date="2026-07-01")
    repo.tag("2026-Q1")
    (version,) = repo.history().versions
    assert (version.name, version.begins) == ("2026-Q1", datetime.date(2026, 1, 1))
    assert version.misdated == datetime.date(2026, 10, 1)


def test_effective_dates_are_cached(agreed: Repo, tmp_path: Path) -> None:
    """The cache gives the same versions."""
    settings = Settings(**SETTINGS)
    found = [version_days(read_history(agreed.folder, settings, tmp_path / "kept")) for _ in range(2)]
    assert found[0] == found[1] == version_days(agreed.history(**SETTINGS))


@pytest.mark.parametrize(
    ("line", "expected"),
    {
        "effective: 2027-04-01": datetime.date(2027, 4, 1),
        "effective:   2027-04-01 # agreed": datetime.date(2027, 4, 1),
        "effective:": None,
        "# effective: 2027-04-01": None,
        "effective: 2027-4-1": DOUBT,
        "effective: 2027-02-30": DOUBT,
        'effective: "2027-04-01"': DOUBT,
        "effective: &day 2027-04-01": DOUBT,
        "effective:\n  2027-04-01": DOUBT,
        '"effective": 2027-04-01': DOUBT,
        "{effective: 2027-04-01}": DOUBT,
        "note: |\n  effective: 2027-04-01": None,
    }.items(),
)
def test_the_day_in_a_text(line: str, expected: datetime.date | Undecided | None) -> None:
    """It is found in unambiguous text."""
    assert own_effective(f"{line}\ntitle: A charter\n".encode()) == expected


@given(
    st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 1, 1)), st.sampled_from(["\n", "\r\n", " # x\n"])
)
def test_the_scan_agrees_with_the_loader(day: datetime.date, end: str) -> None:
    """The loader is the oracle."""
    text = minimal_charter(effective=day).replace(f"{day}\n", f"{day}{end}").encode()
    charter = load(text).charter
    assert charter is not None
    assert own_effective(text) == charter.effective == day


DAYS = st.dates(datetime.date(2024, 1, 1), datetime.date(2027, 12, 31))


@given(
    st.lists(DAYS, min_size=1, max_size=8, unique_by=lambda day: period_name(day, "quarter")),
    DAYS,
    st.booleans(),
)
def test_every_day_belongs_to_one_version(
    days: list[datetime.date], today: datetime.date, unreadable: bool
) -> None:
    """The latest is the newest that has begun, no earlier one is upcoming, and no two versions share a day."""
    charter = load(minimal_charter().encode()).charter
    made = [_version(day, today, charter) for day in sorted(days)]
    if unreadable:
        made.append(Version("2028-Q4"))
    found = list(with_days(with_latest(made), Settings()))
    begun = [day for day in sorted(days) if day <= today]
    latest = begun[-1] if begun else min(days)
    assert [one.begins for one in found if one.aliases] == [latest]
    assert [one.begins for one in found if one.upcoming] == [day for day in sorted(days) if day > today]
    covered = [day for one in found if one.begins and one.ends for day in (one.begins, one.ends)]
    assert covered == sorted(covered)
    begins = [one.begins for one in found if one.begins]
    ends = [one.ends for one in found if one.ends]
    assert ends[:-1] == [following - datetime.timedelta(days=1) for following in begins[1:]]


def _version(day: datetime.date, today: datetime.date, charter: Charter | None) -> Version:
    return Version(period_name(day, "quarter"), charter=charter, begins=day, upcoming=day > today)
