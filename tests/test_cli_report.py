"""`charterbook report`: its output, and exit codes."""

from __future__ import annotations

import json

import pytest

from tests.charters import charter_file
from tests.command_line import call, one_line
from tests.histories import Repo


@pytest.fixture
def book(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A charter, and a branch with another title."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.branch("proposal")
    repo.commit(charter_file("Two"), date="2026-02-13")
    monkeypatch.chdir(repo.folder)
    return repo


def test_what_a_branch_does(book: Repo) -> None:
    """Exit code 0 in any case: a report is no verdict."""
    result = call("report", "main", "proposal", "--format", "markdown", "--preview", "https://x.example/")
    assert result.exit_code == 0
    assert result.stdout.startswith("<!-- charterbook-report -->\n## What changed from main to proposal\n")
    assert "https://x.example/draft/changes/" in result.stdout
    assert json.loads(call("report", "main", "proposal", "--format", "json").stdout)["old"] == "main"


def test_a_charter_that_cannot_be_read(book: Repo) -> None:
    """Exit code 2, with its problems."""
    book.commit({"charter.yml": "title: ["}, date="2026-03-13")
    result = call("report", "main", "proposal")
    assert result.exit_code == 2
    assert "cannot be compared" in result.stdout


def test_a_first_charter(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 0 with its contents; exit code 2 if it is invalid."""
    repo.commit({"README.md": "x"}, date="2026-01-13")
    repo.branch("proposal")
    repo.commit(charter_file("One"), date="2026-02-13")
    monkeypatch.chdir(repo.folder)
    result = call("report", "main", "proposal")
    assert (result.exit_code, "main has no charter yet" in result.stdout) == (0, True)
    repo.commit({"charter.yml": "title: ["}, date="2026-03-13")
    assert call("report", "main", "proposal").exit_code == 2


def test_an_unknown_name(book: Repo) -> None:
    """One line, exit code 2."""
    result = call("report", "main", "nothing")
    assert (result.exit_code, one_line(result).split(":")[0]) == (2, "charterbook")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://x.example/> <b>", "x.example"])
def test_a_preview_is_an_address(book: Repo, address: str) -> None:
    """Anything else never gets into a comment."""
    result = call("report", "main", "proposal", "--preview", address)
    assert result.exit_code == 2
    assert "https://" in result.stderr
