"""A group's view does not depend on hidden parts, with any additions, removals and changes of marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from charterbook.history import History, read_history
from charterbook.settings import Settings
from tests.command_line import call
from tests.generated import examples
from tests.histories import Repo
from tests.visibility.twin_histories import DAYS, Twins

SEEDS = range(examples(6))

#: Calls of commands; some of the items named here exist for the group, and others are hidden or absent.
RUNS = (
    ["versions", "--format", "json"],
    ["log", "services/always", "--format", "json"],
    ["log", "services/abc"],
    ["log", "audiences/gone-1"],
    ["diff", "2026-Q1", "latest", "--format", "json"],
    ["diff", "latest", "draft", "--format", "markdown"],
    ["digest", "--since", "2026-Q1", "--format", "html"],
    ["due", "--days", "900"],
    ["review", "draft", "--format", "json"],
    ["report", "2026-Q1", "latest"],
    ["report", "latest", "draft", "--format", "json"],
    ["export", "json"],
    ["export", "csv", "draft"],
)


def _story(folder: Path, charters: tuple[str, ...]) -> Path:
    """A repository with revisions and a draft."""
    repo = Repo(folder)
    repo.write({"mkdocs.yml": "plugins: [charterbook]\n", "docs/index.md": "# Home\n"})
    for day, text in zip(DAYS, charters, strict=False):
        repo.commit({"charter.yml": text}, date=day)
    repo.write({"charter.yml": charters[-1]})
    return folder


def _stories(folder: Path, seed: int) -> tuple[Path, Path]:
    twins = Twins(seed)
    return _story(folder / "one" / "book", twins.plain), _story(folder / "other" / "book", twins.other)


def _seen(history: History) -> list[object]:
    """Everything in a history."""
    versions = [
        (one.name, one.data, [(at.version, at.date, at.commit) for at in one.revisions])
        for one in history.versions
    ]
    return [*versions, history.draft and history.draft.data]


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
def test_the_history_of_a_group(tmp_path: Path, seed: int) -> None:
    """Two that differ in hidden parts are the same; for readers who see these parts, they are not."""
    folders = _stories(tmp_path, seed)
    one, other = (_seen(read_history(folder, Settings().of_group("partners"))) for folder in folders)
    assert one == other
    one, other = (_seen(read_history(folder, Settings().of_group("sponsors"))) for folder in folders)
    assert one != other


@pytest.mark.long
@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_the_output_of_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Byte for byte, also errors and suggestions."""
    found = []
    for folder in _stories(tmp_path, seed):
        monkeypatch.chdir(folder)
        results = [call(*run, "--for", "partners") for run in RUNS]
        found.append([(run, one.exit_code, one.output) for run, one in zip(RUNS, results, strict=True)])
    assert found[0] == found[1]
    assert {code for _, code, _ in found[0]} <= {0, 1, 2}
