from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from charterbook.cli import main
from tests.charters import minimal_charter
from tests.histories import Repo
from tests.log.log_samples import service


def call(*arguments: str) -> Result:
    """The answer of `charterbook log`, in this process."""
    return CliRunner().invoke(main, ["log", *arguments])


@pytest.fixture
def book(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A handbook with two versions, with a renamed and a removed service; the command runs in its folder."""
    monkeypatch.chdir(repo.folder)
    repo.commit(
        {"charter.yml": minimal_charter(services=[service("start"), service("webinars")])},
        "Begin",
        "2026-01-13",
    )
    repo.commit(
        {"charter.yml": minimal_charter(services=[service("ramp", was=["start"])])}, "Go on", "2026-04-13"
    )
    return repo


@pytest.mark.parametrize("asked", ["services/ramp", "ramp", "services/start", "start"])
def test_an_item(book: Repo, asked: str) -> None:
    """By kind and id or by id alone, also by a former one."""
    result = call(asked)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[0] == "Ramp (services/ramp)"
    assert "    Introduced as Start" in result.stdout.splitlines()


def test_an_item_that_is_gone(book: Repo) -> None:
    """Its history ends with the removal."""
    assert call("webinars").stdout.splitlines()[2:5][0::2] == ["2026-Q2", "    Removed"]


def test_a_section_as_json(book: Repo) -> None:
    """For programs."""
    document = json.loads(call("services", "--format", "json").stdout)
    assert document["subject"] == {"kind": None, "id": "services", "name": "Services"}
    assert [entry["act"] for entry in document["entries"]] == ["changed", "introduced"]


def test_what_is_not_found(book: Repo) -> None:
    """Exit code 2 and one line with similar names."""
    result = call("rampp")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "charterbook: rampp: no version has an item or a section of this name. Did you mean services/ramp?\n"
    )


def test_nothing_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says that there is no handbook."""
    monkeypatch.chdir(tmp_path)
    result = call("services")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("charterbook: there is no charter.yml here.")


def test_the_severity_that_mkdocs_yml_sets(book: Repo) -> None:
    """As in comparisons."""
    book.write({"mkdocs.yml": "plugins:\n  - charterbook:\n      severity:\n        services.*: wording\n"})
    entries = json.loads(call("webinars", "--format", "json").stdout)["entries"]
    assert [change["severity"] for change in entries[0]["changes"]] == ["wording"]


def test_a_broken_draft(book: Repo) -> None:
    """The published history is shown with a warning."""
    book.write({"charter.yml": "title: [\n"})
    result = call("ramp")
    assert result.exit_code == 0
    assert result.stderr == (
        "charterbook: warning: charter.yml cannot be read at present; run `charterbook check` to see why.\n"
    )
