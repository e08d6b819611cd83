"""Request logs on the command line: other columns, pauses, workbooks, and files that cannot be read."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from tests.command_line import call
from tests.imports.workbooks import workbook
from tests.promises.handbook_with_log import CANARY, DAY, GOOD, HEAD, facts, log, write_handbook


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a charter and a log, without a history."""
    monkeypatch.chdir(tmp_path)
    write_handbook(tmp_path)
    return tmp_path


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


#: The first lines of a log -> the message.
HEADS = {
    f"Export of {CANARY}\n\n{HEAD}": "log.csv:1:1: error header-below: the names of the columns are in row 3, not in the first one; delete the rows above it",
    "Type,Created,Resolved,Assignee,Key\n": "log.csv:1:1: error no-columns: there are no columns for kind, opened and answered; name them with "
    "--column kind=HEADER --column opened=HEADER --column answered=HEADER. Available: Assignee, Created, Key, Resolved, Type.",
    f"2026-07-03 {CANARY}\n": "log.csv:1:1: error no-header: ",
}


@pytest.mark.parametrize("head", HEADS)
def test_a_header_that_cannot_be_used_is_one_message(book: Path, head: str) -> None:
    """Not one for each column, and nothing of a row that is no header."""
    log(book, GOOD if "2026" not in head else "", head=head)
    result = call("promises", "log.csv")
    assert (result.exit_code, result.stderr.count(" error ")) == (1, 1)
    assert HEADS[head] in result.stderr
    assert "canary" not in result.output.casefold()


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
        "--column opened=HEADER --column answered=HEADER. Available: Created at, Done, Type" in result.stderr
    )
    result = call("promises", "log.csv", "--column", "kind=type")
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
    """They do not count; a cell can have several."""
    row = "Fix v1.2,2026-07-03 10:00,2026-07-05 10:00,2026-07-03 12:00;2026-07-04 12:00,2026-07-03 22:00;2026-07-05 02:00\n"
    log(book, row, head="kind,opened,answered,paused,resumed\n")
    assert facts()["Fix v1.2"]["kept"] == 1
    log(
        book,
        row.replace("2026-07-05 02:00", "2026-07-05 01:59"),
        head="kind,opened,answered,paused,resumed\n",
    )
    assert facts()["Fix v1.2"]["late"] == 1


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
    """One clear line; a header without requests is not an error."""
    (book / "log.csv").write_bytes(content)
    result = call("promises", "log.csv")
    assert (result.exit_code, said in result.stderr) == (int(bool(said)), True)


@pytest.mark.parametrize(("zone", "period"), [("UTC", "2026-Q3"), ("Europe/Berlin", "2026-Q2")])
def test_a_workbook(book: Path, zone: str, period: str) -> None:
    """Its dates have no zone: here they are in the one that is named. The period follows the charter's calendar."""
    opened = datetime.datetime(2026, 6, 30, 23, 30)  # noqa: DTZ001
    rows: list[list[object]] = [
        ["kind", "opened", "answered"],
        ["Fix v1.2", opened, opened + datetime.timedelta(hours=24)],
    ]
    (book / "log.xlsx").write_bytes(workbook(rows))
    options = ("--format", "json", "--timezone", zone)
    found = json.loads(call("promises", "log.xlsx", *DAY, *options).stdout)
    assert [one["period"] for one in found["promises"] if one["kept"]] == [period]


@pytest.mark.long
def test_without_a_log(book: Path) -> None:
    """Also if its name was taken for that of the proposal."""
    assert call("promises").exit_code == 2
    assert "--propose took log.csv for the file to write" in call("promises", "--propose", "log.csv").stderr
    assert call("promises", "none.csv").exit_code == 2
    assert call("promises", "log.csv", "--as-of", "9999-12-31").exit_code == 2
    assert call("promises", "log.csv", "--as-of", "2099-12-31").exit_code == 0
    assert call("promises", "log.csv", "--timezone", "Nowhere").exit_code == 2
