"""Small git histories with fixed dates, for one test each.

Git runs here without the settings of the person who runs the tests.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from charterbook.history import History, read_history
from charterbook.settings import Settings

Files = Mapping[str, str | bytes | None]

_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_EMAIL": "author@example.com",
    "GIT_COMMITTER_NAME": "Committer",
    "GIT_COMMITTER_EMAIL": "committer@example.com",
    "LC_ALL": "C",
    # No background maintenance, and no waiting for the disk: histories are thrown away after their test.
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "maintenance.auto",
    "GIT_CONFIG_VALUE_0": "false",
    "GIT_CONFIG_KEY_1": "core.fsync",
    "GIT_CONFIG_VALUE_1": "none",
}

#: Files of a new repository, as `git init` writes them without templates: writing them takes a tenth of its time.
_NEW = {
    "HEAD": "ref: refs/heads/main\n",
    "config": "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n\tlogallrefupdates = true\n",
}
_NEW_FOLDERS = ("hooks", "info", "objects/info", "objects/pack", "refs/heads", "refs/tags")


def run_git(
    folder: Path, *arguments: str, date: str = "2026-01-01", author: str = "Ada", stdin: bytes = b""
) -> str:
    """Output of a git command without the last line break. The date is noon UTC unless it has a time."""
    moment = date if "T" in date else f"{date}T12:00:00+00:00"
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    fixed = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_NAME": author}
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=kept | _ENVIRONMENT | fixed,
        input=stdin,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8", "replace").removesuffix("\n")


def _init(folder: Path) -> None:
    for name in _NEW_FOLDERS:
        (folder / name).mkdir(parents=True)
    for name, text in _NEW.items():
        (folder / name).write_text(text, encoding="utf-8")


def _loose_head(folder: Path) -> str | None:
    """Id of the checked-out commit, if its branch has its own file; None if only git knows."""
    try:
        branch = (folder / "HEAD").read_text(encoding="utf-8").strip().removeprefix("ref: ")
        return (folder / branch).read_text(encoding="utf-8").strip()
    except OSError:
        return None


@cache
def git_version() -> tuple[int, ...]:
    """The version of git on the PATH, such as (2, 39)."""
    said = subprocess.run(["git", "version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in said.split()[2].split(".")[:2])


class Repo:
    """A repository to which a test adds commits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / ".git").exists():
            _init(folder / ".git")

    def git(self, *arguments: str, date: str = "2026-01-01", author: str = "Ada", stdin: bytes = b"") -> str:
        """Output of a git command in the repository."""
        return run_git(self.folder, *arguments, date=date, author=author, stdin=stdin)

    def write(self, files: Files) -> None:
        """Write files into the working tree; None removes one."""
        for name, content in files.items():
            path = self.folder / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(
        self, files: Files, message: str = "A change", date: str = "2026-01-01", author: str = "Ada"
    ) -> str:
        """Write files and commit the whole working tree; the new commit's id."""
        self.write(files)
        self.git("add", "--all")
        self.git(
            "commit",
            "--quiet",
            "--allow-empty",
            "--cleanup=verbatim",
            f"--message={message}",
            date=date,
            author=author,
        )
        return self.head

    @property
    def head(self) -> str:
        """Id of the checked-out commit."""
        return _loose_head(self.folder / ".git") or self.git("rev-parse", "HEAD")

    def branch(self, name: str, start: str = "HEAD") -> None:
        """Make a branch, by its reference, so that any name that git stores will do, and check it out."""
        self.git("update-ref", f"refs/heads/{name}", self.git("rev-parse", start))
        self.switch(name)

    def switch(self, name: str) -> None:
        """Check out a branch."""
        self.git("symbolic-ref", "HEAD", f"refs/heads/{name}")
        self.git("reset", "--quiet", "--hard")

    def merge(self, name: str, message: str = "Merge", date: str = "2026-01-01") -> str:
        """Merge a branch into the one that is checked out, always with a merge commit."""
        self.git("merge", "--quiet", "--no-ff", f"--message={message}", f"refs/heads/{name}", date=date)
        return self.head

    def tag(self, name: str, target: str = "HEAD", *, annotated: bool = False) -> None:
        """Point a tag with any name that git stores to an object."""
        id_ = self.git("rev-parse", target)
        if annotated:
            body = f"object {id_}\ntype commit\ntag x\ntagger T <t@example.com> 1767225600 +0000\n\nA tag\n"
            id_ = self.git("mktag", stdin=body.encode())
        self.git("update-ref", f"refs/tags/{name}", id_)

    def clone(self, folder: Path, *options: str) -> Repo:
        """A clone of this repository in another folder."""
        run_git(self.folder, "clone", "--quiet", *options, self.folder.as_uri(), str(folder))
        return Repo(folder)

    def history(self, **settings: Any) -> History:
        """The history of the handbook at the repository's root, with these settings."""
        return read_history(self.folder, Settings(**settings))

    def import_commits(self, files: Iterable[tuple[int, str, str]]) -> None:
        """Commits on main, each one file with a text at a second since 1970: fast for thousands."""
        stream = []
        for number, (second, name, text) in enumerate(files):
            data = text.encode()
            stream.append(
                f"commit refs/heads/main\ncommitter Ada <ada@example.com> {second} +0000\n"
                f"data <<END\nChange {number}\nEND\n\nM 100644 inline {name}\ndata {len(data)}\n".encode()
                + data
                + b"\n"
            )
        self.git("fast-import", "--quiet", stdin=b"".join(stream))
        self.git("reset", "--quiet", "--hard", "main")


def shown(history: History) -> list[tuple[str, str | None]]:
    """Each version with the title of its charter, oldest first."""
    return [
        (version.name, version.charter.title if version.charter else None) for version in history.versions
    ]


def subjects(history: History, name: str) -> list[str]:
    """The first lines of the messages of a version's revisions, oldest first."""
    return [
        revision.subject
        for version in history.versions
        if version.name == name
        for revision in version.revisions
    ]
