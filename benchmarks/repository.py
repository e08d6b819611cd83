"""Git repositories with fixed dates, written by fast-import."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.runner import run

#: Reference of an unpublished commit: no branch and no tag, so that it is not a version.
UPCOMING = "refs/bench/upcoming"


@dataclass(frozen=True)
class Commit:
    """A commit on the main branch, with all files of its tree."""

    date: datetime.date
    message: str
    files: Mapping[str, str]


def write_repository(folder: Path, commits: Iterable[Commit], upcoming: Commit | None = None) -> None:
    """Write a repository with these commits on `main`, checked out; the upcoming commit has its own reference."""
    folder.mkdir(parents=True)
    run(["git", "init", "--quiet", "--initial-branch=main"], folder)
    for key, value in (("user.name", "Bench"), ("user.email", "bench@example.com"), ("gc.auto", "0")):
        run(["git", "config", key, value], folder)
    stream = [_fast_import_command(commit, "refs/heads/main") for commit in commits]
    if upcoming:
        stream += [
            f"reset {UPCOMING}\nfrom refs/heads/main\n\n".encode(),
            _fast_import_command(upcoming, UPCOMING),
        ]
    run(["git", "fast-import", "--quiet"], folder, stdin=b"".join(stream))
    run(["git", "gc", "--quiet"], folder)
    run(["git", "reset", "--quiet", "--hard", "main"], folder)


def commits_of(folder: Path) -> list[str]:
    """The commits of `main` and the upcoming one, the oldest first."""
    return run(["git", "rev-list", "--reverse", UPCOMING], folder).split()


def _fast_import_command(commit: Commit, ref: str) -> bytes:
    moment = datetime.datetime.combine(commit.date, datetime.time(12), datetime.UTC)
    head = f"commit {ref}\ncommitter Bench <bench@example.com> {moment.timestamp():.0f} +0000\n"
    files = b"".join(_file(path, text) for path, text in sorted(commit.files.items()))
    return head.encode() + _data(commit.message) + b"deleteall\n" + files + b"\n"


def _file(path: str, text: str) -> bytes:
    return f"M 100644 inline {path}\n".encode() + _data(text)


def _data(text: str) -> bytes:
    content = text.encode()
    return f"data {len(content)}\n".encode() + content + b"\n"
