"""The message of a commit that applies proposals."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from charterbook.commit_reason import Reason, reason_of
from charterbook.export.commit_message import commit_message
from charterbook.log.change_request import request_of
from charterbook.propose import Proposal
from tests.histories import Repo
from tests.site.program_attacks import FORGES


def proposal(reason: str, by: str | None = None) -> Proposal:
    """A proposal with this reason."""
    return Proposal(reason, (), by)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([(proposal("Fewer people"), None)], "Fewer people\n"),
        ([(proposal("Fewer people\n\nTwo left."), 7)], "Fewer people (#7)\n\nTwo left.\n"),
        ([(proposal("Fewer people", "Ada"), 7)], "Fewer people (#7)\n\nProposed-by: Ada\n"),
        ([(proposal("A"), 7), (proposal("B\nmore"), 7)], "A; B (#7)\n\nA (#7)\n\nB (#7)\nmore\n"),
        ([(proposal("A"), 7), (proposal("B"), 8)], "A; B\n\nA (#7)\n\nB (#8)\n"),
        ([(proposal("A"), 7), (proposal("A"), 8)], "A\n\nA (#7)\n\nA (#8)\n"),
        ([(proposal("x\x1b[31m\u202e"), None)], "x [31m\n"),
        ([], "\n"),
    ],
)
def test_reasons(given: list[tuple[Proposal, int | None]], expected: str) -> None:
    """The first lines with the number of a shared request; the rest below them."""
    assert commit_message(given) == expected


def test_a_long_reason() -> None:
    """It is cut in the first line, and complete below it."""
    said = commit_message([(proposal("word " * 100), 7)]).split("\n\n")
    assert len(said[0]) < 170
    assert said[0].endswith(" … (#7)")
    assert said[1].startswith(("word " * 100).strip())


def test_the_history_reads_it() -> None:
    """Reason, text and number."""
    message = commit_message([(proposal("Fewer people\n\nTwo left.", "Ada"), 7)])
    assert reason_of(message) == Reason("Fewer people", ("Two left.",), 7)


def test_which_request_brought_a_file(repo: Repo) -> None:
    """The merge names it, also after other merges; an uncommitted file has none."""
    assert request_of(repo.folder / "a.yml") is None
    repo.commit({"x": "1"})
    for name, number in (("a", 7), ("b", 8)):
        repo.branch(name, "main")
        repo.commit({f"{name}.yml": name})
        repo.switch("main")
        repo.merge(name, f"Merge pull request #{number} from ada/{name}\n\nA title")
    repo.commit({"c.yml": "c"}, "By hand")
    found = [request_of(repo.folder / f"{name}.yml") for name in "abcd"]
    assert found == [7, 8, None, None]


def test_without_a_repository(tmp_path: Path) -> None:
    """There is no request."""
    assert request_of(tmp_path / "a.yml") is None


#: What forges act on in the message of a commit: references, closing words with them, and words that skip a pipeline.
_OBEYED = re.compile(
    r"[#!~%&][0-9]|@\w|\bGH-[0-9]|\b[0-9a-f]{7,40}\b|(?:clos|fix|resolv)\w+:?\s+http|\[(?:skip|ci|no|actions)[ -]\w+\]|\*\*\*NO_CI",
    re.IGNORECASE,
)
FURTHER = (
    "Fixes: #1",
    "Co-authored-by: Ada <ada@example.com>",
    "skip-checks: true",
    "[skip ci]",
    "[CI skip] [no ci] [skip actions] [actions skip]",
    "Closes org/project#12 and https://example.com/org/project/-/issues/12",
    "Change-Id: I0123456789abcdef",
    "  Reviewed-by : Ada",
)


@pytest.mark.parametrize("attack", [*FORGES, *FURTHER])
def test_words_of_a_proposal_are_words(attack: str) -> None:
    """Neither git nor a forge obeys them, wherever they are in the reason, and they are still read."""
    for given in (proposal(f"{attack}\n\nText\n{attack}\n\n{attack}"), proposal("Reason", attack)):
        message = commit_message([(given, None)])
        assert _OBEYED.findall(message) == []
        assert message.replace("\u2060", "").count(" ".join(attack.split())) == (3 if given.by is None else 1)
        trailers = subprocess.run(
            ["git", "interpret-trailers", "--parse"],
            input=message,
            capture_output=True,
            text=True,
            check=True,
        )
        assert [line for line in trailers.stdout.splitlines() if not line.startswith("Proposed-by: ")] == []
