"""The jobs that send a digest, run in a shell with a simulated forge."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.charters import minimal_charter
from tests.histories import Repo
from tests.workflows import Forge

_CURL = """#!/bin/sh
for word; do case "$word" in @*) cp "${word#@}" "$SENT";; esac; done
printf '%s\\n' "$@" >> "$SENT.words"
"""


@pytest.mark.parametrize("forge", ["github", "gitlab"])
def test_a_digest_is_sent_by_file(repo: Repo, tmp_path: Path, forge: str) -> None:
    """For any charter, the shell sees a file's name and an address; without a change nothing is sent."""
    repo.commit({"charter.yml": minimal_charter()}, date="2026-01-10")
    before = repo.git("rev-parse", "HEAD").strip()
    hostile = [
        {"id": "x", "name": "`touch evil` $(touch evil) '; touch evil #", "summary": '" $(touch evil)'}
    ]
    repo.commit({"charter.yml": minimal_charter(services=hostile)}, date="2026-04-10")
    repo.git("update-ref", "refs/remotes/origin/main", "HEAD")
    facts = {"github.event.before": before, "env.BEFORE": before, "env.SLACK": "x"}
    facts |= {"secrets.CHARTERBOOK_SLACK": "https://hooks.example.com/x", "secrets.CHARTERBOOK_TEAMS": ""}
    runner = Forge(tmp_path / "forge", "2026-04-11", facts)
    runner.tool("curl", _CURL)
    sent = tmp_path / "sent"
    runner.environment["SENT"] = str(sent)
    head = repo.git("rev-parse", "HEAD").strip()
    for start in (head, before):
        _run_digest(runner, forge, repo.folder, start)
        assert sent.exists() is (start == before)
    assert "touch evil" in json.loads(sent.read_text(encoding="utf-8"))["text"]
    assert "https://hooks.example.com/x" in Path(f"{sent}.words").read_text(encoding="utf-8").splitlines()
    assert not (repo.folder / "evil").exists()


def _run_digest(runner: Forge, forge: str, checkout: Path, before: str) -> None:
    """Run the job without its requests to the forge."""
    if forge == "github":
        runner.facts |= {"github.event.before": before, "env.BEFORE": before}
        runner.github("handbook", "digest", checkout)
        return
    git = shutil.which("git")
    runner.tool("git", f'#!/bin/sh\ncase "$1" in fetch|switch) exit 0;; esac\nexec {git} "$@"\n')
    runner.gitlab(
        "digest", checkout, CI_COMMIT_BEFORE_SHA=before, CHARTERBOOK_SLACK="https://hooks.example.com/x"
    )
