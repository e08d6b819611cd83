"""The only place that runs git.

Git is run without a shell, without the network, and so that nothing of a repository's settings
(hooks, pagers, external diffs, filters, mail maps) has a say. Only plumbing that reads is used:
nothing of an old commit is ever checked out or run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from charterbook.errors import GitError

#: Settings that must not come from a repository.
_SETTINGS = {
    "advice.graftFileDeprecated": "false",
    "core.quotepath": "off",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.attributesFile": os.devnull,
    "color.ui": "false",
    "diff.orderFile": os.devnull,
    "log.follow": "false",
    "log.mailmap": "false",
    "log.showSignature": "false",
}

#: Variables of git's own that say who may be trusted and where git lives. All others are dropped: those
#: of a hook that runs us name another repository.
_KEPT = re.compile(
    r"GIT_(CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|EXEC_PATH|CEILING_DIRECTORIES)"
)

_NO_REPOSITORY = "not a git repository (or any"
_DUBIOUS = re.compile(r"dubious ownership|unsafe repository")
_PARTIAL = "promisor remote"
_UNFILTERED = (
    "This is a partial clone, without the contents of older commits. "
    "Run `git fetch --refetch --no-filter`; in CI, clone without a filter."
)
_SAFE_COMMAND = re.compile(r"git config --global --add safe\.directory .+")

#: How many objects are asked for at once, and with how many characters: they have to fit into a pipe, since
#: git does not read on while its answers wait.
_CHUNK, _CHUNK_LENGTH = 64, 2_500

#: How much of its answers git may have ready before they are read, where the system can be asked for that.
_PIPE = 1 << 20


class NoRepositoryError(GitError):
    """There is no git, or the folder is not in a repository."""


class NoGitError(NoRepositoryError):
    """There is no git on this machine."""


def run(folder: Path, *arguments: str, stdin: bytes | None = None, accept: Sequence[int] = (0,)) -> bytes:
    """What a git command prints, run in a folder.

    Raises NoRepositoryError without git or outside a repository, and GitError with git's own words
    where the exit code is not one of `accept`.
    """
    done = subprocess.run(
        _command(folder, arguments), input=stdin, capture_output=True, env=_environment(), check=False
    )
    if done.returncode not in accept:
        raise _error(arguments, done.stderr.decode("utf-8", "replace"))
    return done.stdout


def succeeds(folder: Path, *arguments: str) -> bool:
    """Whether a git command that answers with its exit code says yes (0) or no (1). Raises as `run`."""
    done = subprocess.run(_command(folder, arguments), capture_output=True, env=_environment(), check=False)
    if done.returncode not in (0, 1):
        raise _error(arguments, done.stderr.decode("utf-8", "replace"))
    return done.returncode == 0


def _command(folder: Path, arguments: Sequence[str]) -> list[str]:
    program = shutil.which("git")
    if program is None:
        raise NoGitError("Git is not installed, or not on the PATH.")
    settings = [word for key, value in _SETTINGS.items() for word in ("-c", f"{key}={value}")]
    return [program, "-C", str(folder), "--no-pager", "--literal-pathspecs", *settings, *arguments]


def _environment() -> dict[str, str]:
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith("GIT_") or _KEPT.fullmatch(key)
    }
    return kept | {
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_ATTR_NOSYSTEM": "1",
    }


def _error(arguments: Sequence[str], words: str) -> GitError:
    words = words.strip()
    if _NO_REPOSITORY in words:
        return NoRepositoryError(words)
    if _DUBIOUS.search(words):
        return GitError(_dubious(words))
    if _PARTIAL in words:
        return GitError(f"{_UNFILTERED}\n(git: {words.splitlines()[-1]})")
    return GitError(f"git {arguments[0]}: {words or 'failed without a word'}")


def _dubious(words: str) -> str:
    command = _SAFE_COMMAND.search(words)
    repair = command.group() if command else "git config --global --add safe.directory <folder>"
    return (
        "Git does not read this repository, because it belongs to another user. "
        f"If you trust it, run: {repair}\n(git: {words.splitlines()[0]})"
    )


class Object(NamedTuple):
    """An object of a repository's store: its id, its kind (blob, commit, tree, tag) and its content."""

    id: str
    kind: str
    content: bytes


class Objects:
    """Reads objects from a repository's store, through one `git cat-file --batch`.

    Use it in a `with` statement. Raises NoRepositoryError and GitError as `run`.
    """

    def __init__(self, folder: Path) -> None:
        command = _command(folder, ["cat-file", "--batch"])
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 -- closed in __exit__
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=_environment(),
            pipesize=_PIPE,
        )

    def __enter__(self) -> Objects:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()
        self._errors.close()

    def read(self, name: str) -> Object | None:
        """One object, None where the store does not have it."""
        return next(self.read_all([name]))

    def read_all(self, names: Iterable[str]) -> Iterator[Object | None]:
        """Objects in the order of their names, one at a time; None for those that are missing.

        A name is anything that git resolves, such as an id or `<commit>:<path>`; one with a line break
        is missing. An iterator that was begun must be used up before another object is read.
        """
        for chunk in _chunks(names):
            self._ask([name for name in chunk if "\n" not in name])
            for name in chunk:
                yield None if "\n" in name else self._answer()

    def _ask(self, names: Sequence[str]) -> None:
        writer = self._process.stdin
        assert writer is not None
        try:
            writer.write(b"".join(os.fsencode(name) + b"\n" for name in names))
            writer.flush()
        except BrokenPipeError:
            raise self._ended() from None

    def _answer(self) -> Object | None:
        reader = self._process.stdout
        assert reader is not None
        head = reader.readline()
        if not head:
            raise self._ended()
        if head.endswith((b" missing\n", b" ambiguous\n")):
            return None
        name, kind, size = head.split()
        content = reader.read(int(size))
        reader.read(1)
        return Object(name.decode(), kind.decode(), content)

    def _ended(self) -> GitError:
        self._process.wait()
        self._errors.seek(0)
        return _error(["cat-file"], self._errors.read().decode("utf-8", "replace"))


def _chunks(names: Iterable[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    length = 0
    for name in names:
        if chunk and (len(chunk) == _CHUNK or length + len(name) > _CHUNK_LENGTH):
            yield chunk
            chunk, length = [], 0
        chunk.append(name)
        length += len(name)
    if chunk:
        yield chunk
