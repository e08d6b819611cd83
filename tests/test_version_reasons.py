"""The reasons of all versions that a comparison, a report, a history or a pre-read spans."""

from __future__ import annotations

import datetime

import pytest

from charterbook.version_reasons import version_reasons
from tests.charters import minimal_charter
from tests.command_line import call
from tests.histories import Repo

SIGNED = {
    "cadence": "quarter",
    "last": datetime.date(2026, 1, 12),
    "next": datetime.date(2027, 1, 12),
    "participants": ["sellers"],
    "sign_offs": [{"role": "Chief", "decision": "approved", "date": datetime.date(2026, 1, 13)}],
}


#: A reason of two paragraphs with a link. Outside of the handbook, it is one line with the link's text.
LINKED = "More *time* for [cards](services/cards).\n\nAs agreed."
PLAIN = "More *time* for cards. As agreed."


@pytest.fixture
def book(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Four versions: two with a reason, one that repeats the reason of the former, and one without; and a draft."""
    monkeypatch.chdir(repo.folder)
    notes = (("2026-01-13", None, 1), ("2026-04-13", LINKED, 2), ("2026-07-13", LINKED, 3))
    for date, note, days in (*notes, ("2026-10-13", "Still <b>more</b>", 4)):
        repo.commit({"charter.yml": charter(note, days)}, "A quarter", date)
    return repo


def charter(note: str | None, days: int) -> str:
    """A charter with a reason and a promise."""
    levels = [{"request": "A card", "within": days}]
    service = {"id": "cards", "name": "Cards", "summary": "Cards.", "service_levels": levels}
    given = {"change_note": note} if note else {}
    return minimal_charter(services=[service], review=SIGNED, **given)


def test_a_reason_that_is_repeated_is_that_of_the_first_version() -> None:
    """Newest first; the state at the beginning has no reason here, and a version has its last one."""
    states = [("A", "x"), ("B", None), ("C", "y"), ("C", "z"), ("D", "z")]
    assert version_reasons(states) == (("C", "z"),)
    assert version_reasons([("A", None), ("B", "x"), ("C", "y")]) == (("C", "y"), ("B", "x"))


@pytest.mark.parametrize("command", ["diff", "report"])
def test_every_version_in_between_says_why(book: Repo, command: str) -> None:
    """Each format; a single version has no name in its label."""
    names = ("2026-Q1", "2026-Q4")
    for style in ("text", "markdown"):
        said = call(command, *names, "--format", style).stdout.replace("**", "").replace("\\", "")
        assert "Why 2026-Q4: Still " in said
        assert f"Why 2026-Q2: {PLAIN}" in said
        assert "2026-Q3:" not in said
    assert "Why this version: Still" in call(command, "2026-Q3", "2026-Q4").stdout
    assert "Why 2026-Q2: More" in call(command, "2026-Q1", "2026-Q3").stdout
    assert "Why" not in call(command, "2026-Q2", "2026-Q3").stdout


def test_the_draft_and_html_say_why(book: Repo) -> None:
    """The draft under its name; tags of a reason are text."""
    book.write({"charter.yml": charter("A draft", 5)})
    said = call("diff", "2026-Q3", "draft", "--format", "html").stdout
    assert "<strong>Why draft:</strong> A draft" in said
    assert "<strong>Why 2026-Q4:</strong> Still &lt;b&gt;more&lt;/b&gt;" in said
    assert "Why draft: A draft" in call("diff", "2026-Q3", "draft").stdout
    assert f"</strong> {PLAIN}</p>" in call("diff", "2026-Q1", "2026-Q2", "--format", "html").stdout


def test_a_history_says_why(book: Repo) -> None:
    """Below each version with a reason of its own."""
    lines = call("log", "services/cards").stdout.splitlines()
    reasons = [f"{lines[at - 1]}: {line.strip()}" for at, line in enumerate(lines) if "Why" in line]
    assert reasons == [
        "2026-Q4: Why this version: Still <b>more</b>",
        f"2026-Q2: Why this version: {PLAIN}",
    ]
    assert "**Why this version:** " in call("log", "services/cards", "--format", "markdown").stdout


def test_a_pre_read_says_why(book: Repo) -> None:
    """Below the changes since a sign-off."""
    said = call("review").stdout
    after = said.partition("Changes since each sign-off")[2]
    assert after.index("Why 2026-Q4: Still <b>more</b>") < after.index(f"Why 2026-Q2: {PLAIN}")
