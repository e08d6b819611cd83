"""`charterbook diff`: the compared charters, and exit codes."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.charters import charter_file, minimal_charter
from tests.command_line import ROOT, call, one_line
from tests.histories import Repo

AUDIENCES: list[dict[str, Any]] = [{"id": "sellers", "name": "Sellers"}]


@pytest.fixture
def book(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Two versions, the second with two revisions, and an unreadable one between them."""
    repo.commit(charter_file("One"), date="2026-01-13")
    repo.commit({"charter.yml": "a: ["}, date="2026-04-13")
    repo.commit(charter_file("Two"), date="2026-07-13")
    repo.commit(charter_file("Three"), date="2026-08-13")
    monkeypatch.chdir(repo.folder)
    return repo


@pytest.mark.long
@pytest.mark.parametrize(
    ("names", "titles"),
    [
        (["2026-Q1", "2026-Q3"], ("One", "Three")),
        (["2026-Q1..2026-Q3"], ("One", "Three")),
        (["2026-Q1", "latest"], ("One", "Three")),
        (["2026-Q1"], ("One", "Three")),
        (["HEAD~3", "HEAD~1"], ("One", "Two")),
        (
            ["2026-05-01", "2026-08-12"],
            ("One", "Two"),
        ),  # as of these days; the commit of April cannot be read
        (["2026-01-13..2026-08-13"], ("One", "Three")),
        (["HEAD~1..main"], ("Two", "Three")),
        (["latest", "2026-Q1"], ("Three", "One")),
        (["HEAD~1", "charter.yml"], ("Two", "Three")),
    ],
)
def test_names(book: Repo, names: list[str], titles: tuple[str, str]) -> None:
    """Versions, revisions, files and ranges, in any order."""
    result = call("diff", *names, "--format", "json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["old"]["title"], document["new"]["title"]) == (1, *titles)


def test_the_draft(book: Repo) -> None:
    """By its name, and if no second charter is named."""
    book.write(charter_file("Four"))
    for names in (["latest", "draft"], ["latest"]):
        document = json.loads(call("diff", *names, "--format", "json").stdout)
        assert (document["new"]["name"], document["new"]["title"]) == ("draft", "Four")


def test_what_a_version_in_between_declared(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its renames count in comparisons of distant versions, in either order, and with the draft."""
    for month, id_, was in ((1, "a", []), (4, "b", ["a"]), (7, "c", ["b"])):
        services = [{"id": id_, "was": was, "name": f"Service {id_}", "summary": "All of it."}]
        repo.commit({"charter.yml": minimal_charter(services=services)}, date=f"2026-{month:02}-13")
    repo.write({"charter.yml": minimal_charter(services=[services[0] | {"was": []}])})
    monkeypatch.chdir(repo.folder)
    for names in (["2026-Q1", "2026-Q3"], ["2026-Q3", "2026-Q1"], ["2026-Q1", "draft"]):
        result = call("diff", *names)
        assert "is now called “Service" in result.stdout
        assert "removed" not in result.stdout.replace("former ids: removed", "")


def test_an_audience_by_the_id_that_it_had_at_first(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is found after two renames, with all its changes."""
    for month, id_, was in ((1, "a", []), (4, "b", ["a"]), (7, "c", ["b"])):
        audience = {"id": id_, "was": was, "name": "Sellers", "headcount": 10 + month}
        repo.commit({"charter.yml": minimal_charter(audiences=[audience])}, date=f"2026-{month:02}-13")
    monkeypatch.chdir(repo.folder)
    assert "headcount is now 17, was 11" in call("diff", "2026-Q1", "2026-Q3", "--audience", "a").stdout


def test_no_change(book: Repo) -> None:
    """Exit code 0, and a message."""
    result = call("diff", "HEAD", "latest")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "No changes.\n" in result.stdout


@pytest.mark.long
@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["2026-Q1", "2026-Q2"], "version 2026-Q2: cannot be read: "),
        (["2026-Q1", "HEAD~2"], "HEAD~2:charter.yml: cannot be read: "),
        (
            ["2026-Q1", "2027-Q1"],
            "2027-Q1: no version, file or git revision has this name. Versions: 2026-Q1, ",
        ),
        (["2026-Q1", "draft"], "there is no draft"),
        (["2026-Q1.."], "2026-Q1..: a range is OLD..NEW"),
        (["2026-Q1", "--", "--output=x"], "--output=x: no version"),
        (["a", "b", "c"], "two charters can be compared, not 3."),
        (["2026-Q1", "HEAD:charter.yml"], "HEAD:charter.yml: no version"),
        (
            ["2026-Q1", "latest", "--audience", "nobody"],
            "--audience: there is no 'nobody'. Audiences: sellers.",
        ),
        (
            ["2026-Q1", "latest", "--section", "nothing"],
            "--section: there is no 'nothing'. Sections: charter, ",
        ),
    ],
)
def test_what_cannot_be_compared(book: Repo, names: list[str], reason: str) -> None:
    """Exit code 2, nothing on standard output, and never a message that nothing changed."""
    result = call("diff", *names)
    assert result.exit_code == 2
    assert one_line(result).startswith(f"charterbook: {reason}")


@pytest.mark.long
@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1),
        (["--fail-on", "meaning"], 1),
        (["--fail-on", "commitment"], 0),
        (["--fail-on", "never"], 0),
        (["--severity", "commitment"], 0),
        (["--section", "metrics"], 0),
        (["--audience", "sellers"], 0),
    ],
)
def test_exit_codes(book: Repo, options: list[str], code: int) -> None:
    """A title is not a commitment: --fail-on decides."""
    assert call("diff", "2026-Q1", "latest", *options).exit_code == code


def test_an_audience_by_its_former_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the same audience."""
    monkeypatch.chdir(tmp_path)
    now = [AUDIENCES[0] | {"id": "account-executives", "was": ["sellers"], "headcount": 7}]
    Path("old.yml").write_text(minimal_charter(audiences=AUDIENCES), encoding="utf-8")
    Path("new.yml").write_text(minimal_charter(audiences=now), encoding="utf-8")
    for id_ in ("sellers", "account-executives"):
        assert "headcount" in call("diff", "old.yml", "new.yml", "--audience", id_).stdout


def test_two_files_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The charters of two people, in a folder that is no handbook, and without git on the PATH."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("mine", "yours"):
        (tmp_path / f"{name}.yml").write_text(minimal_charter(title=name), encoding="utf-8")
    result = call("diff", "mine.yml", "yours.yml")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "The charter is now called “yours”, was “mine”" in result.stdout


def test_a_severity_of_ones_own(book: Repo) -> None:
    """From mkdocs.yml."""
    book.write({"mkdocs.yml": "plugins: [charterbook: {severity: {title: commitment}}]"})
    assert call("diff", "2026-Q1", "latest", "--fail-on", "commitment").exit_code == 1


@pytest.mark.parametrize(
    ("severity", "said"),
    [
        ("{title: huge}", "available: commitment, meaning, wording, order"),
        ("{1: order}", "1 is not a pattern of a path"),
        ("commitment", "allowed: patterns of paths, each with one of commitment, meaning, wording, order"),
    ],
)
def test_a_severity_that_does_not_exist(book: Repo, severity: str, said: str) -> None:
    """The error lists the severities."""
    book.write({"mkdocs.yml": f"plugins: [charterbook: {{severity: {severity}}}]"})
    result = call("diff", "2026-Q1", "latest")
    assert result.exit_code == 2
    assert one_line(result).endswith(said)


@pytest.mark.long
def test_called_by_git(book: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an external diff: an unreadable file does not stop git."""
    book.write({".gitattributes": "charter.yml diff=charter\n"})
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    command = f"{sys.executable} -m charterbook diff"
    printed = book.git(
        "-c", f"diff.charter.command={command}", "log", "-p", "--ext-diff", "--format=", "--reverse"
    )
    assert "charter.yml: a new file" in printed
    assert (
        len(
            re.findall("charter.yml: could not be compared: charter.yml [0-9a-f]{8}: cannot be read", printed)
        )
        == 2
    )
    assert "The charter is now called “Three”, was “Two”" in printed
    assert "No changes" not in printed


def test_a_conflict_passed_by_git(book: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git passes only its path."""
    monkeypatch.setenv("GIT_DIFF_PATH_COUNTER", "1")
    result = call("diff", "charter.yml")
    assert (result.exit_code, result.stdout) == (0, "charter.yml: could not be compared: it has conflicts.\n")


def test_a_file_with_no_end(book: Repo) -> None:
    """A new file is reported as such, by git's name for no file."""
    result = call("diff", "charter.yml", os.devnull, ".", ".", "charter.yml", "0" * 40, "100644")
    assert (result.exit_code, result.stdout) == (0, "charter.yml: a new file\n")
