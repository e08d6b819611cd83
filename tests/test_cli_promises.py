"""`charterbook promises`: its output, and what it never prints."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from charterbook.load import load
from tests.charters import minimal_charter
from tests.histories import Repo
from tests.imports.workbooks import workbook
from tests.test_cli import call

SERVICES = [
    {
        "id": "onboarding",
        "name": "Onboarding",
        "summary": "Four weeks.",
        "service_levels": [{"request": "Another mentor", "within": 3, "target_share": 90}],
    },
    {
        "id": "content",
        "name": "Content",
        "summary": "Cards.",
        "service_levels": [
            {"request": "New battle card", "within": 5, "target_share": 95},
            {"request": "Fix v1.2", "within": 24, "unit": "hours"},
        ],
    },
]
CALENDAR = {"hours": ["09:00-12:30", "13:30-18:00"], "timezone": "Europe/Berlin"}
#: What must never be seen again: it is in every cell that holds no kind and no time, and in some of those that do.
CANARY = "canary-anna@example.com"
HEAD = "kind,who,opened,answered,text\n"
GOOD = (
    f"New battle card,{CANARY},2026-07-03 10:00,2026-07-10 18:00,{CANARY}\n"
    f"new  battle card,{CANARY},2026-07-03 10:00,2026-07-13 09:01,{CANARY}\n"
    f"onboarding,{CANARY},2026-07-03 10:00,2026-07-08 10:00,{CANARY}\n"
    f"Fix v1.2,{CANARY},2026-07-03T08:00Z,,{CANARY}\n"
)
DAY = ("--as-of", "2026-10-02")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a charter and a log, without a history."""
    monkeypatch.chdir(tmp_path)
    text = minimal_charter(schema=2, version="2026-Q3", services=SERVICES, calendar=CALENDAR)
    (tmp_path / "charter.yml").write_text(text, encoding="utf-8")
    log(tmp_path, GOOD)
    return tmp_path


def log(book: Path, rows: str, head: str = HEAD) -> None:
    """Write a log."""
    (book / "log.csv").write_text(head + rows, encoding="utf-8")


def facts(*arguments: str) -> dict[str, dict[str, Any]]:
    """What is said as JSON, by request."""
    found = json.loads(call("promises", "log.csv", *DAY, "--format", "json", *arguments).stdout)
    return {fact["request"]: fact for fact in found["promises"]}


def test_text(book: Path) -> None:
    """A line for each promise, in the period in which its requests were opened."""
    result = call("promises", "log.csv", *DAY)
    assert (result.exit_code, result.stdout.splitlines()) == (
        0,
        [
            "2026-Q3",
            "  Onboarding: Another mentor: within 3 working days for 90%. on target: kept for 100% of 1 request",
            "  Content: New battle card: within 5 working days for 95%. BROKEN: kept for 50% of 2 requests",
            "  Content: Fix v1.2: within 24 hours. kept for 0% of 1 request; 1 open and late",
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


SPOILT = {
    f"{CANARY},x,2026-07-03 10:00,,": "log.csv:2:1: error unknown-kind",
    f",{CANARY},2026-07-03 10:00,,": "log.csv:2:1: error no-kind",
    f"Content,{CANARY},2026-07-03 10:00,,": "log.csv:2:1: error several-promises",
    f"Fix v1.2,x,{CANARY},,": "log.csv:2:3: error unreadable",
    f"Fix v1.2,x,,2026-07-03 10:00,{CANARY}": "log.csv:2:3: error not-opened",
    f"Fix v1.2,x,07/03/2026,,{CANARY}": "log.csv:2:3: error ambiguous-order",
    f"Fix v1.2,x,2026-07-03 10:00,2026-07-02 10:00,{CANARY}": "log.csv:2:4: error answered-before",
    f"Fix v1.2,x,2026-03-29 02:30,2026-04-02,{CANARY}": "log.csv:2:3: warning skipped",
}


@pytest.mark.parametrize("row", SPOILT)
@pytest.mark.parametrize("style", ["text", "json", "markdown", "junit"])
def test_nothing_of_a_request_is_printed(book: Path, row: str, style: str) -> None:
    """Not even of an unreadable one: the message names the cell."""
    log(book, f"{row}\n{GOOD}")
    result = call("promises", "log.csv", *DAY, "--format", style, "--propose")
    said = result.stdout + result.stderr + "".join(one.read_text() for one in book.glob("proposals/*"))
    assert "canary" not in said.casefold()
    place, level, rule = SPOILT[row].split()
    if style == "json":
        remarks = json.loads(result.stdout)["remarks"]
        assert [place[:-1], level, rule] in [[one["place"], one["level"], one["rule"]] for one in remarks]
    else:
        assert f"{SPOILT[row]}: " in result.stderr
    assert (result.exit_code == 0) == (level == "warning")
    assert bool(list(book.glob("proposals/*"))) == (level == "warning")


def test_a_log_without_a_header(book: Path) -> None:
    """Its first request is not listed as column names."""
    log(book, GOOD, head="")
    result = call("promises", "log.csv")
    assert result.exit_code == 1
    assert "log.csv:1:1: error no-header: " in result.stderr
    assert "canary" not in result.output


def test_other_columns_and_kinds(book: Path) -> None:
    """By options, or in mkdocs.yml; the error suggests the nearest name."""
    rows = "Card,x,2026-07-03 10:00,2026-07-06 10:00,x\nChat,x,2026-07-03 10:00,,x\n"
    log(book, rows, head="Type,who,Created at,Done,text\n")
    result = call("promises", "log.csv")
    assert (
        'there is no column "opened" for opened; name the right one with --column opened=HEADER'
        in result.stderr
    )
    columns = ("--column", "kind=type", "--column", "opened=Created at", "--column", "answered=Done")
    kinds = ("--kind", "card=content/New battle card", "--kind", "Chat=ignore")
    assert facts(*columns, *kinds)["New battle card"]["kept"] == 1
    wrong = call("promises", "log.csv", *columns, "--kind", "Card=New batle card")
    assert (wrong.exit_code, wrong.stderr.splitlines()[-1]) == (
        2,
        "charterbook: kind 'Card': there is no promise 'New batle card'; did you mean New battle card?",
    )
    (book / "mkdocs.yml").write_text(
        "plugins: [charterbook: {promises: {columns: {kind: Type, opened: Created at, answered: Done}, "
        "kinds: {Card: New battle card, Chat: ignore}}}]",
        encoding="utf-8",
    )
    assert facts()["New battle card"]["kept"] == 1


def test_pauses(book: Path) -> None:
    """They do not count; a cell may have several."""
    row = "Fix v1.2,2026-07-03 10:00,2026-07-05 10:00,2026-07-03 12:00;2026-07-04 12:00,2026-07-03 22:00;2026-07-05 02:00\n"
    log(book, row, head="kind,opened,answered,paused,resumed\n")
    assert facts()["Fix v1.2"]["kept"] == 1
    log(
        book,
        row.replace("2026-07-05 02:00", "2026-07-05 01:59"),
        head="kind,opened,answered,paused,resumed\n",
    )
    assert facts()["Fix v1.2"]["late"] == 1


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


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "log.csv: error empty: the file is empty"),
        (b"kind;opened,answered\n1;2,3\n", "log.csv"),
        (HEAD.encode() + b'"open,x\n', "log.csv:2: error open-quote: "),
        (b"PK\x03\x04nothing", "log.csv: error broken-zip: "),
        (HEAD.encode("utf-16"), ""),
    ],
)
def test_files_that_are_no_log(book: Path, content: bytes, said: str) -> None:
    """One clear line; a header without requests is no error."""
    (book / "log.csv").write_bytes(content)
    result = call("promises", "log.csv")
    assert (result.exit_code, said in result.stderr) == (int(bool(said)), True)


@pytest.mark.parametrize(("zone", "period"), [("UTC", "2026-Q3"), ("Europe/Berlin", "2026-Q2")])
def test_a_workbook(book: Path, zone: str, period: str) -> None:
    """Its dates have no zone: here they are in the one that is named. The period is that of the charter's calendar."""
    opened = datetime.datetime(2026, 6, 30, 23, 30)  # noqa: DTZ001
    rows: list[list[object]] = [
        ["kind", "opened", "answered"],
        ["Fix v1.2", opened, opened + datetime.timedelta(hours=24)],
    ]
    (book / "log.xlsx").write_bytes(workbook(rows))
    options = ("--format", "json", "--timezone", zone)
    found = json.loads(call("promises", "log.xlsx", *DAY, *options).stdout)
    assert [one["period"] for one in found["promises"] if one["kept"]] == [period]


def test_without_a_log(book: Path) -> None:
    """Also if its name was taken for that of the proposal."""
    assert call("promises").exit_code == 2
    assert "--propose took log.csv for the file to write" in call("promises", "--propose", "log.csv").stderr
    assert call("promises", "none.csv").exit_code == 2
    assert call("promises", "log.csv", "--as-of", "9999-12-31").exit_code == 2
    assert call("promises", "log.csv", "--as-of", "2099-12-31").exit_code == 0
    assert call("promises", "log.csv", "--timezone", "Nowhere").exit_code == 2
