"""Calendars of a published history: their events, permanent names, and validity."""

from __future__ import annotations

import copy
import datetime
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as tuned
from hypothesis import strategies as st
from icalendar import Calendar, Component

from charterbook.calendars import WHOLE, Calendars
from charterbook.cli import main
from charterbook.export.ical_text import CalendarText
from charterbook.pages import DocsPage
from charterbook.site.edition_builder import editions
from charterbook.site.feeds import calendar_files, calendars_of
from charterbook.site.feeds.calendar_cache import cached_calendars
from charterbook.site.output.published_addresses import addresses_in
from charterbook.versions import FiscalYear
from tests.charters import minimal_charter
from tests.histories import Repo
from tests.site.editions import charter
from tests.site.test_feeds import DOCS, URL
from tests.test_due_dates import FULL

TODAY = datetime.date(2026, 12, 31)


def files(repo: Repo, site_url: str | None = URL, today: datetime.date = TODAY) -> dict[str, bytes]:
    """The calendars of a repository's charter by address, each of them valid."""
    made = calendar_files(editions(repo.history(), DOCS, today), site_url, FiscalYear())
    found = {address: text.encode() for address, text in made.items()}
    for data in found.values():
        check(data)
    return found


def check(data: bytes) -> None:
    """Check the requirements of RFC 5545: lines, required properties, and names that are unique."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    calendar = Calendar.from_ical(data)
    assert not calendar.errors
    assert (calendar["version"], bool(calendar["prodid"])) == ("2.0", True)
    assert calendar.subcomponents
    events = calendar.walk("VEVENT")
    assert len(re.findall(rb"^DTSTAMP:\d{8}T\d{6}Z\r$", data, re.MULTILINE)) == len(events)
    for event in events:
        assert not event.errors
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE"} <= set(event)
        assert type(event.decoded("dtstart")) is datetime.date
    assert len({event["uid"] for event in events}) == len(events)


def events(data: bytes) -> Mapping[str, Component]:
    """The events of a calendar by their titles."""
    return {str(event["summary"]): event for event in Calendar.from_ical(data).walk("VEVENT")}


def commit(repo: Repo, date: str, **changes: Any) -> None:
    """Commit the minimal charter with changes."""
    repo.commit({"charter.yml": minimal_charter(**changes)}, date=date)


def test_a_calendar_for_each_audience_and_role(repo: Repo) -> None:
    """With the relevant dates; one without dates is also valid."""
    commit(repo, "2026-09-01", **FULL)
    found = files(repo)
    assert sorted(found) == [
        "calendar.ics",
        "calendars/audiences/partners.ics",
        "calendars/audiences/sellers.ics",
        "calendars/roles/cfo.ics",
        "calendars/roles/lead.ics",
    ]
    assert len(events(found["calendar.ics"])) == 9
    assert set(events(found["calendars/audiences/partners.ics"])) == {"Review of the charter"}
    assert set(events(found["calendars/roles/cfo.ics"])) == {
        "Review of the charter",
        "Condition of the sign-off by Finance",
    }
    assert addresses_in(found) == set(found)
    end = events(found["calendar.ics"])["End of the service: Onboarding"]
    assert end.decoded("dtstart") == datetime.date(2026, 12, 31)
    assert end["description"] == "Roles: Enablement lead"
    calendar = Calendar.from_ical(found["calendars/roles/lead.ics"])
    assert calendar["x-wr-calname"] == "Enablement charter: dates for Enablement lead"


def test_events_lead_to_their_pages(repo: Repo) -> None:
    """In the version in force; without an address of the site, events have no links."""
    commit(repo, "2026-09-01", **FULL)
    pages = (DocsPage("services/each.md", for_each="services"), DocsPage("review.md", section="review"))
    found = editions(repo.history(), (*DOCS, *pages), TODAY)
    linked, plain = (
        events(calendar_files(found, site_url, FiscalYear())["calendar.ics"].encode())
        for site_url in (URL, None)
    )
    assert linked["End of the service: Onboarding"]["url"] == f"{URL}latest/services/onboarding/"
    assert linked["Condition of the sign-off by Finance"]["url"] == f"{URL}latest/review/"
    assert "url" not in linked["End of the contract: Wiki"]
    assert not any("url" in event for event in plain.values())


def test_a_draft_is_in_no_calendar(repo: Repo) -> None:
    """Dates count once they are published."""
    commit(repo, "2026-09-01", **FULL)
    published = files(repo)
    later = FULL | {"review": FULL["review"] | {"next": datetime.date(2027, 3, 3)}}
    (repo.folder / "charter.yml").write_text(minimal_charter(**later), encoding="utf-8")
    assert repo.history().draft is not None
    assert files(repo) == published


def test_the_same_history_makes_the_same_bytes(repo: Repo) -> None:
    """On any day, with the timestamp of the revision."""
    commit(repo, "2026-09-01", **FULL)
    assert files(repo) == files(repo, today=datetime.date(2026, 9, 2))
    (review,) = [one for title, one in events(files(repo)["calendar.ics"]).items() if "Review" in title]
    assert review.decoded("dtstamp") == datetime.datetime(2026, 9, 1, 12, tzinfo=datetime.UTC)


def test_cached_calendars_are_those_of_a_build_from_nothing(repo: Repo, tmp_path: Path) -> None:
    """After any change, also a reverted one."""
    cache = tmp_path / "calendars"
    for name in ("Finance", "Treasury", "Finance"):
        commit(repo, "2026-09-01", **(FULL | {"roles": [FULL["roles"][0], {"id": "cfo", "name": name}]}))
        found = editions(repo.history(), DOCS, TODAY)
        for _ in range(2):
            assert calendar_files(found, URL, FiscalYear(), cache) == calendar_files(found, URL, FiscalYear())
        assert (
            f"Condition of the sign-off by {name}"
            in calendar_files(found, URL, FiscalYear(), cache)["calendar.ics"]
        )


def test_a_cached_calendar_has_the_names_of_its_charter(repo: Repo, tmp_path: Path) -> None:
    """Including names without an event: of the charter and of roles."""
    commit(repo, "2026-09-01", **FULL)
    made = Calendars(repo.history().versions, "2026-Q3", FiscalYear()).calendar(WHOLE)
    texts = set()
    for changes in (
        {},
        {"title": "Other"},
        {"language": "ru"},
        {"roles": [{"id": "cfo", "name": "X"}, {"id": "lead", "name": "Y"}]},
    ):
        texts.add(
            cached_calendars([replace(made, charter=charter(**FULL | changes))], tmp_path)["calendar.ics"]
        )
    assert len(texts) == 4


def test_an_event_moves_and_keeps_its_name(repo: Repo) -> None:
    """After a new day and after a rename of its item; its sequence number grows."""
    step = {"id": "coach", "name": "Coach", "due": datetime.date(2026, 11, 15)}
    commit(repo, "2026-09-01", roadmap=[step])
    before = events(files(repo)["calendar.ics"])["Step of the roadmap: Coach"]
    moved = step | {"id": "mentor", "was": ["coach"], "name": "Mentor", "due": datetime.date(2026, 12, 1)}
    commit(repo, "2026-09-10", roadmap=[moved])
    after = events(files(repo)["calendar.ics"])["Step of the roadmap: Mentor"]
    assert (after["uid"], after.decoded("dtstart")) == (before["uid"], datetime.date(2026, 12, 1))
    assert (before["sequence"], after["sequence"]) == (0, 1)


def test_parts_of_a_split_have_names_of_their_own(repo: Repo) -> None:
    """No UID occurs twice, even if a role has signed twice."""
    step = {"id": "coach", "name": "Coach", "due": datetime.date(2026, 11, 15)}
    commit(repo, "2026-09-01", roadmap=[step])
    parts = [copy.deepcopy(step) | {"id": id_, "was": ["coach"]} for id_ in ("one", "two")]
    signed = {"role": "Finance", "decision": "approved_with_condition", "condition": "By 2027-01-31"}
    commit(repo, "2026-09-10", roadmap=parts, review={"sign_offs": [signed, dict(signed)]})
    assert len(Calendar.from_ical(files(repo)["calendar.ics"]).walk("VEVENT")) == 4


def test_removed_topics_keep_their_calendar(repo: Repo) -> None:
    """Finished versions link to it; a renamed audience has one under both ids."""
    commit(repo, "2026-01-10", **FULL)
    people = {"id": "people", "name": "People", "was": ["sellers"]}
    commit(repo, "2026-09-10", audiences=[people], review={"next": datetime.date(2027, 1, 10)})
    found = files(repo)
    assert events(found["calendars/audiences/partners.ics"]) == {}
    assert found["calendars/audiences/sellers.ics"] == found["calendars/audiences/people.ics"]


def test_none_without_dates(repo: Repo) -> None:
    """No links either; once there was a calendar, its links stay."""
    commit(repo, "2026-01-10")
    assert files(repo) == {}
    assert links(repo) == {}
    commit(repo, "2026-04-10", review={"next": datetime.date(2026, 7, 10)})
    commit(repo, "2026-07-10")
    assert events(files(repo)["calendar.ics"]) == {}
    assert links(repo)["2026-Q3/"] == ["calendar.ics"]
    assert "2026-Q1/" not in links(repo)


def links(repo: Repo) -> dict[str, list[str]]:
    """The calendars that the pages of each version link; all of them exist."""
    found = {}
    made = files(repo)
    for edition in editions(repo.history(), DOCS, TODAY):
        for page in edition.pages.pages:
            addresses = [link.topic.address for link in calendars_of(edition, page)]
            if addresses:
                found[f"{edition.name}/{page.url}"] = addresses
                assert set(addresses) <= set(made)
    return found


def test_pages_link_their_calendar(repo: Repo) -> None:
    """The home page links the whole calendar, an audience its own; a draft links no unpublished one."""
    commit(repo, "2026-09-01", **FULL)
    draft = FULL | {"audiences": [*FULL["audiences"], {"id": "new", "name": "New"}]}
    (repo.folder / "charter.yml").write_text(minimal_charter(**draft), encoding="utf-8")
    found = links(repo)
    assert found["2026-Q3/"] == found["draft/"] == ["calendar.ics"]
    assert found["2026-Q3/audiences/sellers/"] == ["calendars/audiences/sellers.ics"]
    assert "draft/audiences/new/" not in found


HOSTILE = "x\\, ; \\n C:\\\\New \\N BEGIN:VALARM " + "ы" * 90


def test_hostile_text_is_one_value(repo: Repo) -> None:
    """It ends no line and begins no component, and long lines are folded between letters."""
    name = HOSTILE
    step = {"id": "x", "name": name, "due": datetime.date(1, 1, 1)}
    signed = {
        "role": "F\\n,;:",
        "decision": "approved_with_condition",
        "condition": f"By 2027-01-31\n{name}\nEND:VEVENT",
    }
    commit(repo, "2026-09-01", title=name, roadmap=[step], review={"sign_offs": [signed]})
    found = Calendar.from_ical(files(repo)["calendar.ics"])
    assert [part.name for part in found.walk()] == ["VCALENDAR", "VEVENT", "VEVENT"]
    titles = {str(event["summary"]) for event in found.walk("VEVENT")}
    assert f"Step of the roadmap: {name}" in titles


@given(st.text(st.sampled_from('\\\\nN;,\r\n:"ыa'), max_size=12))
@tuned(max_examples=60)
def test_a_text_is_what_a_reader_gets_back(text: str) -> None:
    """By RFC 5545: a backslash escapes itself and the separators, and n or N after it is a line break."""
    read, rest = "", CalendarText(text).to_ical().decode()
    while rest:
        sign, rest = rest[0], rest[1:]
        if sign == "\\":
            sign, rest = {"n": "\n", "N": "\n"}.get(rest[0], rest[0]), rest[1:]
        else:
            assert sign not in ";,\r\n"
        read += sign
    assert read == text.replace("\r\n", "\n").replace("\r", "\n")


def test_the_command_prints_what_the_site_has(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """With links if mkdocs.yml has a site_url; the error for an unknown id lists the known ones."""
    monkeypatch.chdir(repo.folder)
    docs = {f"docs/{page.source}": _front_matter(page.section, page.for_each) for page in DOCS}
    settings = {"mkdocs.yml": f"site_name: X\nsite_url: {URL.rstrip('/')}\nplugins: [charterbook]\n"}
    repo.commit({"charter.yml": minimal_charter(**FULL), **settings, **docs}, date="2026-09-01")
    made = files(repo)
    for arguments, address in (
        ([], "calendar.ics"),
        (["--audience", "sellers"], "calendars/audiences/sellers.ics"),
        (["--role", "lead"], "calendars/roles/lead.ics"),
    ):
        result = CliRunner().invoke(main, ["calendar", *arguments])
        assert (result.exit_code, result.stdout_bytes) == (0, made[address])
    sellers = events(made["calendars/audiences/sellers.ics"])
    assert all(str(event.get("url", URL)).startswith(URL) for event in sellers.values())
    refused = CliRunner().invoke(main, ["calendar", "--role", "sellers"])
    assert (refused.exit_code, "Roles: cfo, lead" in refused.stderr) == (2, True)


def _front_matter(section: str | None, for_each: str | None) -> str:
    lines = [f"section: {section}"] * bool(section) + [f"for_each: {for_each}"] * bool(for_each)
    return "\n".join(["---", *lines, "---", "", "# X", ""])


def test_the_command_without_dates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to do."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "charter.yml").write_text(minimal_charter(), encoding="utf-8")
    result = CliRunner().invoke(main, ["calendar"])
    assert (result.exit_code, "there is no calendar" in result.stderr) == (2, True)


@pytest.mark.long
def test_the_library_is_imported_on_use() -> None:
    """A build without dates, or with calendars from the cache, does not pay for it."""
    code = "import sys, charterbook.site.feeds, charterbook.cli.calendar_command; sys.exit('icalendar' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
