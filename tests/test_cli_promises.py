"""How often promises were kept, on the command line: reports in each format."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from charterbook.load import load
from tests.charters import minimal_charter
from tests.command_line import call
from tests.histories import Repo
from tests.promises.handbook_with_log import DAY, GOOD, SERVICES, facts, log, write_handbook


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a charter and a log, without a history."""
    monkeypatch.chdir(tmp_path)
    write_handbook(tmp_path)
    return tmp_path


def test_text(book: Path) -> None:
    """A line for each promise, in the period in which its requests were opened."""
    result = call("promises", "log.csv", *DAY)
    assert (result.exit_code, result.stdout.splitlines()) == (
        0,
        [
            "2026-Q3",
            "  Onboarding: Another mentor: within 3 working days for 90%. kept: 100% of 1 request on time",
            "  Content: New battle card: within 5 working days for 95%. MISSED: 50% of 2 requests on time",
            "  Content: Fix v1.2: within 24 hours. 0% of 1 request on time; 1 open and late",
            "",
            "As of 2026-10-02 23:59 CEST.",
        ],
    )
    assert result.stderr == "log.csv: note read-as: read as UTF-8, columns separated by commas\n"
    assert call("promises", "log.csv", *DAY, "--fail-on", "broken").exit_code == 1


def test_promises_without_requests(book: Path) -> None:
    """They are counted in one line, and listed in formats for programs."""
    log(book, GOOD.splitlines(keepends=True)[2])
    assert call("promises", "log.csv", *DAY).stdout.splitlines()[2] == "  2 promises had no requests."
    assert "\n2 promises had no request" in call("promises", "log.csv", *DAY, "--format", "markdown").stdout
    assert len(facts()) == 3


def test_json(book: Path) -> None:
    """All figures, and the share as a number."""
    assert facts()["New battle card"] == {
        "period": "2026-Q3",
        "version": "2026-Q3",
        "service": "content",
        "request": "New battle card",
        "within": 5.0,
        "unit": "working_days",
        "target_share": 95.0,
        "share": 50,
        "broken": True,
        "requests": 2,
        "decided": 2,
        "kept": 1,
        "late": 1,
        "open_late": 0,
        "open": 0,
        "median": None,
        "ninetieth_percentile": None,
        "time_unit": "working_days",
    }


def test_junit(book: Path) -> None:
    """A broken promise is a failure; one without requests is skipped."""
    log(book, GOOD.splitlines(keepends=True)[1])
    root = ElementTree.fromstring(call("promises", "log.csv", *DAY, "--format", "junit").stdout)  # noqa: S314
    assert root.attrib == {"name": "promises", "tests": "3", "failures": "1"}
    assert [[child.tag for child in case] for case in root.iter("testcase")] == [
        ["skipped"],
        ["failure"],
        ["skipped"],
    ]


def test_markdown(book: Path) -> None:
    """A table for each period."""
    text = call("promises", "log.csv", *DAY, "--format", "markdown").stdout
    assert "## 2026\\-Q3" in text or "## 2026-Q3" in text
    assert text.count("\n| ") == 5


def test_the_proposal(book: Path) -> None:
    """It has share, number of requests and day, and can be applied."""
    result = call("promises", "log.csv", *DAY, "--propose")
    assert result.exit_code == 0
    (path,) = (book / "proposals").iterdir()
    assert call("apply", str(path)).exit_code == 0
    charter = load((book / "charter.yml").read_bytes()).charter
    assert charter is not None
    kept = [level.kept for service in charter.services for level in service.service_levels]
    assert [one and (one.share, one.requests, str(one.date)) for one in kept] == [
        (100, 1, "2026-10-02"),
        (50, 2, "2026-10-02"),
        (0, 1, "2026-10-02"),
    ]
    again = call("promises", "log.csv", *DAY, "--propose", "-")
    assert (again.exit_code, "nothing to propose" in again.stderr) == (2, True)


def test_the_proposal_of_another_period(book: Path) -> None:
    """A charter records its own period. Without a history it counts for all periods."""
    log(book, GOOD.replace("2026-07-03", "2026-06-03"))
    result = call("promises", "log.csv", *DAY, "--period", "2026-Q2", "--propose")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (2, "2026-Q2, by the charter of 2026-Q3")
    assert "charter.yml is the charter of 2026-Q3" in result.stderr
    unknown = call("promises", "log.csv", *DAY, "--period", "2025-Q2")
    assert (unknown.exit_code, unknown.stderr.splitlines()[-1]) == (
        2,
        "charterbook: there is no period 2025-Q2; did you mean 2026-Q2?",
    )


def test_each_promise_in_its_version(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """The promise on the day of the request counts; requests without a promise are reported."""
    short = [{**SERVICES[1], "service_levels": [{"request": "Fix v1.2", "within": 1, "unit": "hours"}]}]
    for version, day, services in (("2026-Q2", "2026-04-01", short), ("2026-Q3", "2026-07-01", SERVICES)):
        text = minimal_charter(schema=2, version=version, services=services)
        repo.commit({"charter.yml": text}, date=day)
    monkeypatch.chdir(repo.folder)
    days = ("2026-03-03", "2026-05-05", "2026-08-05")
    log(repo.folder, "".join(f"Fix v1.2,x,{day} 10:00,{day} 12:00,x\n" for day in days))
    with (repo.folder / "log.csv").open("a") as file:
        file.write("New battle card,x,2026-05-05 10:00,,x\nFix v1.2,x,2026-11-05 10:00,,x\n")
    found = json.loads(call("promises", "log.csv", *DAY, "--format", "json").stdout)
    counted = [(one["period"], one["kept"], one["late"]) for one in found["promises"] if one["requests"]]
    assert counted == [("2026-Q2", 0, 1), ("2026-Q3", 1, 0)]
    assert found["not_counted"] == {
        "before_first_version": 1,
        "opened_later": 1,
        "not_promised": 1,
        "ignored": 0,
    }
