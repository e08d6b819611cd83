"""Graphs of commits with criss-cross and octopus merges, renames, deletions and dates out of order, against plain git."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from charterbook.history.git_log import read_changes
from tests.charters import minimal_charter
from tests.histories import Repo

PATHS = ("charter.yml", "handbook/charter.yml", "team/our charter.yml")
COMMITS = 150

#: A path and the number of a title; None without a charter.
State = tuple[str, int] | None


def changed(state: State, others: list[State], chance: Random) -> State:
    """The charter of a commit whose first parent has this state, and whose other parents have the others."""
    if others and chance.random() < 0.4:
        return chance.choice(others)
    title = chance.randrange(1000)
    if state is None:
        return (chance.choice(PATHS), title) if chance.random() < 0.5 else None
    path, old = state
    kinds: list[State] = [(path, title), (chance.choice(PATHS), old), (chance.choice(PATHS), title), None]
    return chance.choices([*kinds, state], [20, 6, 3, 1, 70])[0]


def stream(chance: Random) -> Iterator[str]:
    """Random commits as input of `git fast-import`; the last one has a charter at the first path."""
    states: list[State] = []
    for number in range(1, COMMITS + 1):
        last = number == COMMITS
        earlier = range(max(1, number - 8), number)
        parents = [
            *earlier[-1:],
            *chance.sample(earlier[:-1], min(len(earlier[:-1]), chance.choice([0, 0, 0, 1, 2]))),
        ]
        before = states[parents[0] - 1] if parents else None
        after = changed(before, [states[parent - 1] for parent in parents[1:]], chance)
        if last:
            after = (PATHS[0], after[1] if after else 0)
        states.append(after)
        seconds = chance.choice([1_700_000_000 + number * 86_400, chance.randrange(2_000_000_000)])
        yield f"commit refs/heads/{'main' if last else f'side-{number}'}\nmark :{number}\n"
        yield f"committer A <a@example.com> {seconds} +0000\ndata 1\nx\n"
        yield "".join(f"{'merge' if index else 'from'} :{parent}\n" for index, parent in enumerate(parents))
        if before and (not after or after[0] != before[0]):
            yield f"D {before[0]}\n"
        if after:
            text = minimal_charter(title=f"Title {after[1]}")
            yield f"M 100644 inline {after[0]}\ndata {len(text.encode())}\n{text}\n"


def output(repo: Repo, *command: str, given: str = "") -> str:
    """What git prints."""
    done = subprocess.run(
        ["git", *command], cwd=repo.folder, input=given.encode(), stdout=subprocess.PIPE, check=True
    )
    return done.stdout.decode()


def by_comparison(repo: Repo) -> list[tuple[str, str | None, str]]:
    """The changed charters along first parents, newest first: each commit is compared with its first parent."""
    line = output(repo, "rev-list", "--first-parent", "main").split()
    names = [f"{commit}:{path}" for commit in line for path in PATHS]
    found = output(
        repo, "cat-file", "--batch-check=%(objectname)", given="\n".join(names) + "\n"
    ).splitlines()
    blobs = {name: None if id_.endswith(" missing") else id_ for name, id_ in zip(names, found, strict=True)}
    path, changes = PATHS[0], []
    for commit, parent in zip(line, [*line[1:], ""], strict=True):
        blob, before = blobs[f"{commit}:{path}"], blobs.get(f"{parent}:{path}")
        if blob != before:
            changes.append((commit, blob, path))
        if blob and not before and parent:
            renames = output(repo, "diff-tree", "-r", "-z", "-M", "--diff-filter=R", parent, commit).split(
                "\0"
            )
            path = dict(zip(renames[2::3], renames[1::3], strict=False)).get(path, path)
    return changes


@pytest.mark.parametrize("seed", range(4))
def test_each_change_along_first_parents_is_found(tmp_path: Path, seed: int) -> None:
    """Once, with its content and its path, whatever was merged and whenever it was committed."""
    repo = Repo(tmp_path)
    output(repo, "fast-import", "--quiet", "--force", given="".join(stream(Random(seed))))  # noqa: S311
    found = [
        (change.commit, change.blob, change.path) for change in read_changes(repo.folder, "main", PATHS[0])
    ]
    assert found == by_comparison(repo)
    assert len(found) > 5
