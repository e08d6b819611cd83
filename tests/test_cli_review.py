"""`charterbook review` and `charterbook sign`: their output, files, and exit codes."""

from __future__ import annotations

import html
import json
from html.parser import HTMLParser

import pytest

from charterbook.load import load
from tests.charters import charter_file, minimal_charter
from tests.command_line import call, one_line
from tests.histories import Repo

HOSTILE = "<script>alert(1)</script> | [x](https://evil.example) @everyone"
ROLES = [{"id": "cro", "name": "Chief revenue officer"}, {"id": "cfo", "name": "Finance"}]
SERVICE = {"id": "onboarding", "name": "Onboarding", "summary": "Four weeks.", "audiences": ["sellers"]}
FUNDING = {"owner": "cfo", "sources": [{"id": "sales", "name": "Sales", "funder": "Sales"}]}


@pytest.fixture
def book(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A charter with two roles and a comment."""
    text = "# Ours\n" + minimal_charter(roles=ROLES, services=[SERVICE], funding=FUNDING, version="2026-Q1")
    repo.commit({"charter.yml": text}, date="2026-01-13")
    monkeypatch.chdir(repo.folder)
    return repo


def agreements(*arguments: str) -> dict[str, str]:
    """The state of each signer, from the pre-read."""
    document = json.loads(call("review", *arguments, "--format", "json").stdout)
    return {one["role"]: one.get("agreement", "none") for one in document["signers"]}


def test_sign(book: Repo) -> None:
    """It adds the sign-off, everything else stays byte for byte, and the review knows the agreed state."""
    before = (book.folder / "charter.yml").read_text()
    result = call("sign", "Chief revenue officer", "--decision", "approved", "--date", "2026-01-14")
    assert result.exit_code == 0, result.output
    after = (book.folder / "charter.yml").read_text()
    first, _, last = after.partition("review:\n")
    assert first + last[last.index("roles:\n") :] == before
    charter = load(after.encode()).charter
    assert charter is not None
    assert charter.review is not None
    assert [one.role for one in charter.review.sign_offs] == ["cro"]
    book.commit({}, date="2026-01-14")
    assert agreements() == {"cro": "this", "cfo": "none"}
    changed = after.replace("name: Onboarding", "name: Onboarding\n  status: pilot")
    book.commit({"charter.yml": changed}, date="2026-01-15")
    assert agreements() == {"cro": "older", "cfo": "none"}
    assert "cro" in call("check").stdout
    call("sign", "cro", "--decision", "approved", "--date", "2026-01-16")
    assert agreements("draft") == {"cro": "this", "cfo": "none"}


def test_an_edited_sign_off(book: Repo) -> None:
    """Check and review report it."""
    call(
        "sign",
        "cro",
        "--decision",
        "approved_with_condition",
        "--condition",
        "If it works.",
        "--date",
        "2026-01-14",
    )
    text = (book.folder / "charter.yml").read_text()
    book.commit({"charter.yml": text}, date="2026-01-14")
    assert agreements()["cro"] == "this"
    book.commit({"charter.yml": text.replace("If it works.", "Never.")}, date="2026-01-15")
    assert agreements()["cro"] == "unmatched"
    assert "unmatched-sign-off" in call("check").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nobody", "--decision", "approved"), "no such role"),
        (("cro", "--decision", "approved", "--date", "2999-01-01"), "has not come yet"),
    ],
)
def test_who_cannot_sign(book: Repo, arguments: tuple[str, ...], words: str) -> None:
    """One line, and nothing is written."""
    before = (book.folder / "charter.yml").read_bytes()
    result = call("sign", *arguments)
    assert result.exit_code != 0
    assert words in one_line(result)
    assert (book.folder / "charter.yml").read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [("approved_with_condition",), ("approved", "--condition", "x"), ("approved", "--date", "soon")],
)
def test_a_wrong_decision(book: Repo, arguments: tuple[str, ...]) -> None:
    """A usage error with the given value."""
    assert call("sign", "cro", "--decision", *arguments).exit_code == 2


def test_a_proposal_instead(book: Repo) -> None:
    """It is printed, and changes nothing; applied, it gives the same sign-off."""
    before = (book.folder / "charter.yml").read_bytes()
    arguments = ("sign", "cro", "--decision", "approved", "--date", "2026-01-14")
    proposal = call(*arguments, "--output", "-")
    assert "agreed: v1-" in proposal.stdout
    assert (book.folder / "charter.yml").read_bytes() == before
    book.write({"p.yml": proposal.stdout})
    assert call("apply", "p.yml").exit_code == 0
    applied = (book.folder / "charter.yml").read_bytes()
    book.write({"charter.yml": before})
    call(*arguments)
    assert (book.folder / "charter.yml").read_bytes() == applied


class _Tags(HTMLParser):
    """All tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)


def test_hostile_texts(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """No text of the charter is markup in any format."""
    review = {
        "actions": [{"id": "a", "what": HOSTILE}],
        "participants": [HOSTILE],
        "sign_offs": [{"role": HOSTILE, "decision": "rejected", "condition": HOSTILE}],
    }
    risks = [{"id": "r", "name": HOSTILE}]
    repo.commit(charter_file(HOSTILE, review=review, risks=risks), date="2026-01-13")
    monkeypatch.chdir(repo.folder)
    result = call("review", "--format", "html")
    assert result.exit_code == 0, result.output
    page = result.stdout
    tags = _Tags()
    tags.feed(page)
    assert "script" not in tags.found
    assert "a" not in tags.found
    assert {"section", "h2", "ul", "li"} <= tags.found
    assert page.count(html.escape("<script")) > 3
    markdown = call("review", "--format", "markdown").stdout
    assert "<script" not in markdown
    assert "[x](" not in markdown
    assert "@everyone" not in markdown


def test_an_unknown_version(book: Repo) -> None:
    """One line with the known versions."""
    result = call("review", "2025-Q1")
    assert (result.exit_code, "2026-Q1" in one_line(result)) == (2, True)


def test_as_of(book: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Actions are overdue as of a day."""
    review = {"actions": [{"id": "a", "what": "Do it"}]}
    text = minimal_charter(review=review, version="2026-Q1").replace(
        "what: Do it", "what: Do it\n    due: 2026-02-01"
    )
    book.commit({"charter.yml": text}, date="2026-01-20")
    assert "overdue" in call("review", "--as-of", "2026-02-02").stdout
    assert "overdue" not in call("review", "--as-of", "2026-02-01").stdout


@pytest.mark.long
def test_the_report_says_who_has_agreed(book: Repo) -> None:
    """To the proposed charter or to an older state, also in a commit of the proposal."""
    book.commit({"mkdocs.yml": "plugins:\n  - charterbook:\n      branch: main\n"}, date="2026-01-13")
    book.branch("proposal")
    before = (book.folder / "charter.yml").read_text()
    book.write({"charter.yml": before.replace("title: Enablement charter", "title: Our charter")})
    call("sign", "cro", "--decision", "approved", "--date", "2026-01-14")
    text = (book.folder / "charter.yml").read_text()
    book.commit({"charter.yml": text}, date="2026-01-14")
    assert "Chief revenue officer: agreed to this charter" in call("report", "main", "proposal").stdout
    worded = text.replace("Four weeks.", "Four long weeks.")
    book.commit({"charter.yml": worded}, date="2026-01-15")
    assert "Chief revenue officer: agreed to this charter" in call("report", "main", "proposal").stdout
    changed = worded.replace("name: Onboarding", "name: Onboarding\n  status: pilot")
    book.commit({"charter.yml": changed}, date="2026-01-16")
    document = json.loads(call("report", "main", "proposal", "--format", "json").stdout)
    assert [(one["role"], one["agreement"], len(one["changes"])) for one in document["sign_offs"]] == [
        ("cro", "older", 1)
    ]
    edited = text.replace("2026-01-14", "2026-01-13")
    book.commit({"charter.yml": edited}, date="2026-01-17")
    assert "the sign-off was edited" in call("report", "main", "proposal").stdout
    book.commit({"charter.yml": "title: [\n"}, date="2026-01-18")
    book.commit({"charter.yml": edited}, date="2026-01-19")
    assert (
        "the sign-off was edited" not in call("report", "main", "proposal").stdout
    )  # perhaps it was agreed there
