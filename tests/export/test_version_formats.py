from __future__ import annotations

import json
from pathlib import Path

import pytest

from charterbook.export.version_formats import FORMATS, render
from charterbook.history import read_history
from charterbook.settings import Settings
from tests.charters import charter_file, minimal_charter
from tests.histories import Repo


@pytest.fixture
def handbook(repo: Repo) -> Repo:
    """Two readable versions, one of them pinned, an unreadable one, and a draft."""
    repo.commit(charter_file("One"), "Begin", date="2026-01-13")
    repo.tag("2026-Q1")
    repo.commit({"charter.yml": "a list"}, "A mistake", date="2026-01-14")
    repo.commit(charter_file("Two"), "Next", date="2026-04-13")
    repo.commit(charter_file("Two, corrected"), "Correct", date="2026-05-13")
    repo.commit({"charter.yml": "a list"}, "Another mistake", date="2026-07-13")
    repo.write(charter_file("Three"))
    return repo


def test_text(handbook: Repo) -> None:
    """A table, newest first, with skipped revisions and reasons below each version."""
    commits = handbook.git("log", "--format=%h", "--abbrev=8").splitlines()
    problem = handbook.history().versions[-1].revisions[0].problem
    assert render(handbook.history()) == (
        "version  revisions  from        to          commit\n"
        "2026-Q3  1          2026-07-13  2026-07-13  -         cannot be read\n"
        f"  skipped {commits[0]} of 2026-07-13: charter.yml:{problem}\n"
        f"2026-Q2  2          2026-04-13  2026-05-13  {commits[1]}  latest\n"
        f"2026-Q1  2          2026-01-13  2026-01-14  {commits[4]}  tag 2026-Q1\n"
        f"  skipped {commits[3]} of 2026-01-14: charter.yml:{problem}\n"
        "draft: the charter of the working tree\n"
    )


def test_json(handbook: Repo) -> None:
    """The same for programs."""
    commits = handbook.git("log", "--format=%H").splitlines()
    document = json.loads(render(handbook.history(), "json"))
    assert document["branch"] == "main"
    assert (document["shallow"], document["draft"]) == (False, {"origin": "working tree"})
    assert len(document["warnings"]) == 1
    newest, _, oldest = document["versions"]
    assert (newest["version"], newest["readable"], newest["shown"]) == ("2026-Q3", False, None)
    assert oldest["revisions"][0]["problem"]["rule"] == "not-a-mapping"
    assert document["versions"][1] == {
        "version": "2026-Q2",
        "aliases": ["latest"],
        "pinned": None,
        "begins": "2026-04-01",
        "ends": "2026-06-30",
        "upcoming": False,
        "misdated": None,
        "misnamed": None,
        "from": "2026-04-13T12:00:00+00:00",
        "to": "2026-05-13T12:00:00+00:00",
        "shown": commits[1],
        "readable": True,
        "revisions": [
            {
                "commit": commits[1],
                "date": "2026-05-13T12:00:00+00:00",
                "author": "Ada",
                "subject": "Correct",
                "path": "charter.yml",
                "problem": None,
            },
            {
                "commit": commits[2],
                "date": "2026-04-13T12:00:00+00:00",
                "author": "Ada",
                "subject": "Next",
                "path": "charter.yml",
                "problem": None,
            },
        ],
    }


def test_a_working_tree_alone(tmp_path: Path) -> None:
    """Without a history there are no dates and no commit."""
    (tmp_path / "charter.yml").write_text(minimal_charter(version="2026-Q3"))
    history = read_history(tmp_path, Settings())
    assert render(history).splitlines()[1] == "2026-Q3  0          -     -   -       latest, working tree"
    (version,) = json.loads(render(history, "json"))["versions"]
    assert (version["from"], version["shown"], version["readable"]) == (None, None, True)


@pytest.mark.parametrize("format_", FORMATS)
def test_hostile_words(repo: Repo, format_: str) -> None:
    """Text of a commit, tag or charter never moves the cursor or changes the direction of text."""
    repo.commit(
        {"charter.yml": '"\\e[2J\\u202e": 1\n'},
        "\x1b[2J\u202e\x07",
        date="2026-01-13",
        author="\x1b[2J\u202ex",
    )
    repo.tag("\u202e2026-Q1")
    repo.branch("b\u202e")
    printed = render(repo.history(tag_prefix="\u202e"), format_)
    assert "2026-Q1" in printed
    assert not set(printed) & set("\x1b\u202e\x07")
    assert "\\u001b" not in printed
