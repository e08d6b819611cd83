from __future__ import annotations

import json

import pytest

from charterbook.export.log_text import FORMATS, item_histories, render
from charterbook.history import read_history
from charterbook.log import find_item_history
from charterbook.settings import Settings
from tests.charters import minimal_charter
from tests.histories import Repo
from tests.log.log_samples import ONBOARDING, service

CUT = "Merge pull request #12 from dana/cut\n\nCut it *short*\n\nFewer weeks will do.\n"


@pytest.fixture
def handbook(repo: Repo) -> Repo:
    """A service that was renamed in one commit, and changed in a draft."""
    first = minimal_charter(services=[service("start")])
    second = minimal_charter(services=[ONBOARDING | {"was": ["start"], "effort_share": 30}])
    repo.commit({"charter.yml": first}, "Begin", "2026-01-13", author="Ada")
    repo.commit({"charter.yml": second}, CUT, "2026-04-14", author="Dana <x>")
    repo.write({"charter.yml": second.replace("30", "25")})
    return repo


def rendered(repo: Repo, asked: str, style: str) -> str:
    """The history of an item in one format."""
    histories, language = item_histories(read_history(repo.folder, Settings()), {})
    return render(find_item_history(histories, asked), language, style)


def test_text(handbook: Repo) -> None:
    """Newest first: author, date, commit and reason, then the changes."""
    commits = handbook.git("log", "--format=%h", "--abbrev=8").splitlines()
    assert rendered(handbook, "onboarding", "text") == (
        "Onboarding (services/onboarding)\n"
        "\n"
        "In the draft, not in force\n"
        "  not committed yet\n"
        "    - Share of the team's time is now 25%, was 30%\n"
        "\n"
        "2026-Q2\n"
        f"  14 April 2026 · {commits[0]} · Dana x · #12 · Cut it *short*\n"
        "    Renamed\n"
        "    - “Start” is now called “Onboarding”\n"
        "    - Description changed\n"
        "    - Share of the team's time added: 30%\n"
        "\n"
        "2026-Q1\n"
        f"  13 January 2026 · {commits[1]} · Ada · Begin\n"
        "    Introduced as Start\n"
    )


def test_markdown(handbook: Repo) -> None:
    """Nothing in a commit message is markup."""
    commit = handbook.git("log", "-1", "--format=%h", "--abbrev=8")
    assert rendered(handbook, "start", "markdown").startswith(
        "## Onboarding (services/onboarding)\n"
        "\n"
        "### In the draft, not in force\n"
        "\n"
        "not committed yet\n"
        "\n"
        "- Share of the team's time is now 25%, was 30%\n"
        "\n"
        "### 2026-Q2\n"
        "\n"
        f"14 April 2026 · {commit} · Dana x · \\#\N{WORD JOINER}12 · Cut it \\*short\\*\n"
        "\n"
        "- Renamed\n"
        "- “Start” is now called “Onboarding”\n"
    )


def test_json(handbook: Repo) -> None:
    """The same for programs, with each change as in `charterbook diff`."""
    document = json.loads(rendered(handbook, "onboarding", "json"))
    assert document["subject"] == {"kind": "services", "id": "onboarding", "name": "Onboarding"}
    draft, renamed, begun = document["entries"]
    assert (draft["draft"], draft["commit"], draft["request"]) == (True, None, None)
    assert (renamed["act"], renamed["request"]) == ("renamed", 12)
    assert renamed["message"].splitlines() == CUT.splitlines()
    assert renamed["changes"][0]["item"] == {"kind": "services", "id": "onboarding", "label": "Onboarding"}
    assert (begun["act"], begun["name"], begun["changes"]) == ("introduced", "Start", [])


@pytest.mark.parametrize("style", FORMATS)
def test_a_section(handbook: Repo, style: str) -> None:
    """By its key; items with their own histories are listed by name only."""
    text = rendered(handbook, "services", style)
    assert "“Start” is now called “Onboarding”" in text
    assert style == "json" or "Changed: Onboarding" in text


@pytest.mark.parametrize("style", FORMATS)
def test_git_output_is_escaped(repo: Repo, style: str) -> None:
    """It never moves a terminal's cursor or starts a new line."""
    author, message = "Eve\x1b[31m", "\x1b[2J\u202egninnigeB\r## A heading\n\n\x1b]0;owned\x07<b>no</b>"
    repo.commit({"charter.yml": minimal_charter()}, message, "2026-01-13", author=author)
    text = rendered(repo, "onboarding", style)
    assert not set(text) & {"\x1b", "\u202e", "\r", "\x07"}
    assert not any(line.startswith("## A") for line in text.splitlines())
