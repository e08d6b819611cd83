"""Read-only git commands. No other package runs git.

Git is run without a shell, without the network, and so that no setting of a repository (hooks, pagers, external diffs,
filters, mail maps) has any effect. Only plumbing commands that read are used: nothing of an old commit is ever
checked out or run.

- `process`: starting git
- `failure`: git's error messages -> exceptions
- `location`: the repository that variables such as GIT_DIR name
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from charterbook.errors import GitError
from charterbook.git.failure import NoGitError, NoRepositoryError, git_error
from charterbook.git.location import locate
from charterbook.git.process import call, command, environment

#: How many objects are asked for at once, and with how many characters: they have to fit into a pipe, since
#: git does not read on while its answers wait.
_CHUNK, _CHUNK_LENGTH = 64, 2_500

#: How much of its answers git may have ready before they are read, where the system can be asked for that.
_PIPE = 1 << 20

#: What git says on standard error of results that may be wrong. What it says of settings changes no result, and
#: an object of another type than the one that was asked for is an answer.
_REMARK = re.compile(r"(?:warning|error): (?!.*(?:\bconfig|expected \w+ type))(.+)")

_remarks: ContextVar[list[str] | None] = ContextVar("remarks", default=None)


class GitResult(NamedTuple):
    """What a git command that succeeded printed, and what it remarked on its results."""

    out: bytes
    remarks: tuple[str, ...]


@contextmanager
def collected_remarks() -> Iterator[list[str]]:
    """The list to which all remarks of commands are added that succeed while this lasts, each once."""
    found: list[str] = []
    token = _remarks.set(found)
    try:
        yield found
    finally:
        _remarks.reset(token)


def run(folder: Path, *arguments: str, stdin: bytes | None = None, accept: Sequence[int] = (0,)) -> bytes:
    """What a git command prints, run in a folder.

    Raises NoRepositoryError without git or outside a repository, and GitError with git's own words
    where the exit code is not one of `accept`.
    """
    found = answer(folder, *arguments, stdin=stdin, accept=accept)
    remark(found.remarks)
    return found.out


def answer(
    folder: Path, *arguments: str, stdin: bytes | None = None, accept: Sequence[int] = (0,)
) -> GitResult:
    """As `run`, with what git remarked, which is not added to the collected remarks. Raises as `run`."""
    done = call(folder, arguments, locate(folder).variables, stdin)
    words = done.stderr.decode("utf-8", "replace")
    if done.returncode not in accept:
        raise git_error(arguments, words)
    return GitResult(done.stdout, _remarks_in(words))


def succeeds(folder: Path, *arguments: str) -> bool:
    """Whether a git command that answers with its exit code says yes (0) or no (1). Raises as `run`."""
    done = call(folder, arguments, locate(folder).variables)
    if done.returncode not in (0, 1):
        raise git_error(arguments, done.stderr.decode("utf-8", "replace"))
    return done.returncode == 0


def ignored_variables(folder: Path) -> tuple[str, ...]:
    """The variables that name a repository but are not followed, since it does not fit the folder."""
    return locate(folder).ignored


def remark(remarks: Iterable[str]) -> None:
    """Add to the collected remarks, if they are being collected."""
    found = _remarks.get()
    if found is not None:
        found += [line for line in remarks if line not in found]


def _remarks_in(words: str) -> tuple[str, ...]:
    found = (_REMARK.match(line) for line in words.splitlines())
    return tuple(match.group(1) for match in found if match)


class GitObject(NamedTuple):
    """An object of a repository's store: its id, its kind (blob, commit, tree, tag) and its content."""

    id: str
    kind: str
    content: bytes


class ObjectReader:
    """Reads objects from a repository's store, through one `git cat-file --batch`.

    Use it in a `with` statement. Raises NoRepositoryError and GitError as `run`.
    """

    def __init__(self, folder: Path) -> None:
        words, variables = command(folder, ["cat-file", "--batch"]), locate(folder).variables
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 -- closed in __exit__
        self._process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment(variables),
            pipesize=_PIPE,
        )

    def __enter__(self) -> ObjectReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()
        remark(_remarks_in(self._said()))
        self._errors.close()

    def read(self, name: str) -> GitObject | None:
        """One object, None where the store does not have it."""
        return next(self.read_all([name]))

    def read_all(self, names: Iterable[str]) -> Iterator[GitObject | None]:
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

    def _answer(self) -> GitObject | None:
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
        return GitObject(name.decode(), kind.decode(), content)

    def _ended(self) -> GitError:
        self._process.wait()
        return git_error(["cat-file"], self._said())

    def _said(self) -> str:
        self._errors.seek(0)
        return self._errors.read().decode("utf-8", "replace")


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


__all__ = [
    "GitObject",
    "GitResult",
    "NoGitError",
    "NoRepositoryError",
    "ObjectReader",
    "answer",
    "collected_remarks",
    "ignored_variables",
    "remark",
    "run",
    "succeeds",
]
