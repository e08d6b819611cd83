"""Read-only git commands. No other package runs git.

Git runs without a shell and without the network, and ignores settings of the repository (hooks, pagers, external
diffs, filters, mail maps). Only read-only plumbing commands are used: no commit is ever checked out or executed.

- `process`: starting git
- `failure`: git's error messages -> exceptions
- `partial_clone`: clones without the contents of older commits
- `location`: the repository that variables such as GIT_DIR name
- `commit_signatures`: verification of signed commits
- `three_way_merge`: the merge of the text of a file
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from charterbook.errors import GitError
from charterbook.git.failure import NoGitError, NoRepositoryError, git_error, no_contents_error
from charterbook.git.location import locate
from charterbook.git.partial_clone import is_partial, lacks
from charterbook.git.process import call, command, environment, start

#: Maximum number of objects in a request, and of characters: a request must fit into a pipe, since git does not read
#: on while its output is blocked.
_CHUNK, _CHUNK_LENGTH = 64, 2_500

#: Size of the pipe for git's output, if the system supports it.
_PIPE = 1 << 20

#: Messages on standard error about possibly wrong results. Messages about settings do not affect a result, an
#: object of an unexpected type is a valid answer, and the default branch of a remote that is gone is reported elsewhere.
_REMARK = re.compile(
    r"(?:warning|error): (?!.*(?:\bconfig|expected \w+ type|broken ref refs/remotes/.+/HEAD$))(.+)"
)

_remarks: ContextVar[list[str] | None] = ContextVar("remarks", default=None)


class GitResult(NamedTuple):
    """Standard output of a successful git command, and its remarks on the results."""

    out: bytes
    remarks: tuple[str, ...]


@contextmanager
def collected_remarks() -> Iterator[list[str]]:
    """Context manager: collect the remarks of successful commands into a list, each once."""
    found: list[str] = []
    token = _remarks.set(found)
    try:
        yield found
    finally:
        _remarks.reset(token)


def run(folder: Path, *arguments: str, stdin: bytes | None = None, accept: Sequence[int] = (0,)) -> bytes:
    """The standard output of a git command in a folder.

    Raises NoRepositoryError without git or outside a repository, and GitError with git's own message if the exit code
    is not one of `accept`.
    """
    found = run_with_remarks(folder, *arguments, stdin=stdin, accept=accept)
    remark(found.remarks)
    return found.out


def run_with_remarks(
    folder: Path, *arguments: str, stdin: bytes | None = None, accept: Sequence[int] = (0,)
) -> GitResult:
    """Like `run`, but return git's remarks instead of adding them to the collected ones. Raises like `run`."""
    done = call(folder, arguments, locate(folder).variables, stdin)
    return _result(folder, arguments, done.returncode, done.stdout, done.stderr, accept)


def _result(
    folder: Path, arguments: Sequence[str], code: int | None, out: bytes, errors: bytes, accept: Sequence[int]
) -> GitResult:
    words = errors.decode("utf-8", "replace")
    if code not in accept:
        raise git_error(arguments, words, partial(is_partial, folder))
    return GitResult(out, _remarks_in(words))


@contextmanager
def started(folder: Path, *arguments: str) -> Iterator[Callable[[], bytes]]:
    """Context manager: a git command in parallel with others. The function that it yields returns and raises as `run` does.

    The command blocks if its output does not fit into a pipe, and is terminated with the context.
    """
    process = start(folder, arguments, locate(folder).variables)

    def result() -> bytes:
        out, errors = process.communicate()
        found = _result(folder, arguments, process.returncode, out, errors, (0,))
        remark(found.remarks)
        return found.out

    with process:
        try:
            yield result
        finally:
            if process.poll() is None:
                process.kill()


def succeeds(folder: Path, *arguments: str) -> bool:
    """Whether a git command exits with 0 rather than 1. Raises like `run`."""
    done = call(folder, arguments, locate(folder).variables)
    if done.returncode not in (0, 1):
        raise git_error(arguments, done.stderr.decode("utf-8", "replace"), partial(is_partial, folder))
    return done.returncode == 0


def ignored_variables(folder: Path) -> tuple[str, ...]:
    """Environment variables that name a repository but do not fit the folder, and are ignored."""
    return locate(folder).ignored


def remark(remarks: Iterable[str]) -> None:
    """Add to the collected remarks, if a collection is active."""
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
    """Reader of git objects, through one `git cat-file --batch`.

    Use it in a `with` statement. Raises NoRepositoryError and GitError like `run`, also for what only a partial clone
    lacks.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
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
        remark(_remarks_in(self._stderr()))
        self._errors.close()

    def read(self, name: str) -> GitObject | None:
        """One object, None if it is missing."""
        return next(self.read_all([name]))

    def read_all(self, names: Iterable[str]) -> Iterator[GitObject | None]:
        """Objects in the order of their names, one at a time; None for missing ones.

        A name is anything that git resolves, such as an id or `<commit>:<path>`; a name with a line break is treated
        as missing. Exhaust an iterator before reading further objects.
        """
        for chunk in _chunks(names):
            self._request([name for name in chunk if "\n" not in name])
            for name in chunk:
                yield None if "\n" in name else self._read_object(name)

    def _request(self, names: Sequence[str]) -> None:
        writer = self._process.stdin
        assert writer is not None
        try:
            writer.write(b"".join(os.fsencode(name) + b"\n" for name in names))
            writer.flush()
        except BrokenPipeError:
            raise self._ended_error() from None

    def _read_object(self, name: str) -> GitObject | None:
        reader = self._process.stdout
        assert reader is not None
        head = reader.readline()
        if not head:
            raise self._ended_error()
        if head.endswith((b" missing\n", b" ambiguous\n")):
            if self._is_partial and lacks(self._folder, name):
                raise no_contents_error(f"{name} is missing")
            return None
        id_, kind, size = head.split()
        content = reader.read(int(size))
        reader.read(1)
        return GitObject(id_.decode(), kind.decode(), content)

    @cached_property
    def _is_partial(self) -> bool:
        return is_partial(self._folder)

    def _ended_error(self) -> GitError:
        self._process.wait()
        return git_error(["cat-file"], self._stderr(), partial(is_partial, self._folder))

    def _stderr(self) -> str:
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
    "collected_remarks",
    "ignored_variables",
    "remark",
    "run",
    "run_with_remarks",
    "started",
    "succeeds",
]
