"""`charterbook export`: its output, its files, and its messages."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import icalendar
import jsonschema
import pytest

from charterbook.charter.charter_schema import json_schema
from charterbook.papers import formats
from tests.charters import minimal_charter
from tests.command_line import call, one_line
from tests.histories import Repo

_AUDIENCES = [{"id": "sellers", "name": "Sellers"}, {"id": "partners", "name": "Partner team"}]
_SERVICES = [
    {"id": "onboarding", "name": "Onboarding", "summary": "=1+1", "audiences": ["sellers"]},
    {"id": "webinars", "name": "Webinars", "summary": "An hour.", "audiences": ["partners"]},
]


@pytest.fixture
def book(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Two versions, the older one with another title."""
    more: dict[str, Any] = {"audiences": _AUDIENCES, "services": _SERVICES, "review": {"next": "2026-07-01"}}
    for version, title, day in (("2026-Q1", "Older", "2026-01-13"), ("2026-Q2", "Newer", "2026-04-13")):
        text = minimal_charter(version=version, title=title, **more).replace("'2026-07-01'", "2026-07-01")
        repo.commit({"charter.yml": text}, date=day)
    monkeypatch.chdir(repo.folder)
    return repo


@pytest.mark.long
def test_json_follows_the_schema(book: Repo) -> None:
    """It is the charter in force, or a version's."""
    data = json.loads(call("export", "json").stdout)
    jsonschema.validate(data, json_schema())
    assert data["title"] == "Newer"
    assert json.loads(call("export", "json", "2026-Q1").stdout)["title"] == "Older"


def test_the_charter_on_a_day(book: Repo) -> None:
    """As it was in force at the end of that day, and committed by then: later commits do not matter."""
    book.commit({"charter.yml": minimal_charter(version="2026-Q2", title="Corrected")}, date="2026-05-05")
    book.commit({"charter.yml": minimal_charter(version="2027-Q1", title="Agreed early")}, date="2026-06-01")
    book.commit({"charter.yml": minimal_charter(version="2026-Q1", title="Closed late")}, date="2026-06-02")
    days = {"2026-01-13": "Older", "2026-04-12": "Older", "2026-04-13": "Newer", "2026-05-04": "Newer"}
    for day, title in (days | {"2026-05-05": "Corrected", "2026-12-31": "Corrected"}).items():
        assert json.loads(call("export", "json", day).stdout)["title"] == title
    result = call("export", "pdf", "2026-05-04")
    assert result.exit_code == 0, result.output
    assert (book.folder / "charter-2026-05-04-pdf.pdf").exists()
    early = call("export", "json", "2026-01-12")
    assert early.exit_code == 2
    assert one_line(early).endswith(
        "no charter was in force on this day; the first commit with a charter is from 2026-01-13."
    )


def test_csv_has_a_value_in_each_row(book: Repo) -> None:
    """With its path, and without anything that a spreadsheet takes for a formula."""
    rows = list(csv.DictReader(io.StringIO(call("export", "csv").stdout.removeprefix("\ufeff"))))
    values = {row["path"]: row["Value"] for row in rows}
    assert values["services/onboarding/name"] == "Onboarding"
    assert values["services/onboarding/summary"] == "'=1+1"


def test_markdown_for_one_audience(book: Repo) -> None:
    """Only its services."""
    text = call("export", "md", "--audience", "sellers").stdout
    assert "Onboarding" in text
    assert "Webinars" not in text


def test_a_calendar(book: Repo) -> None:
    """The days of the charter."""
    events = list(icalendar.Calendar.from_ical(call("export", "ics").stdout).walk("VEVENT"))
    assert [event["DTSTART"].to_ical() for event in events] == [b"20260701"]


def test_a_file_has_a_name_of_its_own(book: Repo) -> None:
    """In the current folder, and with --output another one."""
    result = call("export", "xlsx")
    assert result.exit_code == 0, result.output
    assert (book.folder / "charter-2026-Q2-xlsx.xlsx").read_bytes().startswith(b"PK")
    assert call("export", "onepager", "-o", "page.pdf").exit_code == 0
    assert (book.folder / "page.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_mistakes_of_a_user(book: Repo) -> None:
    """One line each."""
    assert "2026-Q9: there is no such version" in one_line(call("export", "md", "2026-Q9"))
    assert "Audiences: sellers, partners." in one_line(call("export", "md", "--audience", "x"))
    assert "always about the whole charter" in one_line(call("export", "json", "--audience", "sellers"))


def test_a_file_that_cannot_be_written(book: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message has its name, a paper that was there remains, and no half of a new one is left."""
    assert one_line(call("export", "md", "-o", "none/a.md")).endswith("none/a.md: No such file or directory")
    assert call("export", "md", "-o", "old.md").exit_code == 0
    before = (book.folder / "old.md").read_bytes()

    def full(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:9])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr(os, "fsync", lambda handle: full(book.folder / "other", b""))
    assert one_line(call("export", "md", "-o", "new.md")).endswith("new.md: No space left on device")
    assert one_line(call("export", "md", "2026-Q1", "-o", "old.md")).endswith("No space left on device")
    assert (book.folder / "old.md").read_bytes() == before
    assert not (book.folder / "new.md").exists()


def test_a_new_file_is_like_any_other(book: Repo) -> None:
    """It has the usual permissions, nothing is left beside it, and a device stays one."""
    plain = book.folder / "plain"
    plain.touch()
    before = set(book.folder.iterdir())
    assert call("export", "md", "-o", "new.md").exit_code == 0
    assert (book.folder / "new.md").stat().st_mode == plain.stat().st_mode
    assert set(book.folder.iterdir()) - before == {book.folder / "new.md"}
    assert call("export", "md", "-o", os.devnull).exit_code == 0
    assert not Path(os.devnull).is_file()


def test_without_the_optional_libraries(book: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command says how to get them; the other formats need none."""
    missing = ("typst", "docx", "xlsxwriter")
    monkeypatch.setattr(formats, "find_spec", lambda name: None if name in missing else find_spec(name))
    for name in ("pdf", "docx", "xlsx"):
        assert "pip install 'charterbook[papers]'" in one_line(call("export", name))
    assert call("export", "md").exit_code == 0
