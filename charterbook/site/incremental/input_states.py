"""States of inputs: strings that change whenever a page can change.

An input is a kind with a name. Names are cached with a version, and each build computes the states. Paths
below the folder of mkdocs.yml are relative to it, so that a cache can move with the handbook.
"""

from __future__ import annotations

import datetime
import glob
import hashlib
import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property, lru_cache
from pathlib import Path

from charterbook import clock
from charterbook.errors import CharterbookError
from charterbook.file_store import BYTECODE_FOLDER
from charterbook.frozen_dataclass import dataclass
from charterbook.git.commit_signatures import signatures_of
from charterbook.repository import find_repository
from charterbook.site.incremental.file_trees import digest_of_tree, without_waiting
from charterbook.site.incremental.input_paths import Signature, signature

#: A kind of `_KINDS` and a name.
Input = tuple[str, str]

FILE, FOLDER, TREE, NAMES, STATUSES, ENTRY, ENVIRONMENT, GIT, DAY, ZONE, SIGNATURES = (
    "file", "folder", "tree", "names", "statuses", "entry", "environment", "git", "day", "zone", "signatures",
)  # fmt: skip

#: Name of the input that is all environment variables.
ALL = "*"

#: Variables that a shell or terminal sets for itself.
_OF_SHELL = frozenset({"_", "SHLVL", "PWD", "OLDPWD", "COLUMNS", "LINES"})

#: State of a file that is missing or cannot be read.
_MISSING = ""

_TOOL_FILES = re.compile(
    BYTECODE_FOLDER + r"|\.git|\.cache|\.venv|node_modules|.*~|4913|\.#.*|#.*#|\..*\.sw.|\.DS_Store"
)

#: Staging folders, and files of git.
_NO_INPUT = re.compile(r"(?:\A|/|\\)(?:\.[^/\\]*charterbook-|\.git[/\\])")

#: Chunk size for reading files, in bytes.
_CHUNK = 1 << 20


@dataclass(frozen=True)
class InputScope:
    """Scope of the inputs of a site.

    `docs` are the hashes of all files of docs/, by path; `outputs` are files and folders that builds
    write; `charter` is the charter's file; `always` are inputs of every version. `seen` are the
    signatures, before the build read anything, of the files that the key of a version depends on.
    """

    root: Path
    docs_dir: Path
    docs: Mapping[str, str]
    outputs: tuple[Path, ...]
    charter: Path
    always: tuple[Input, ...] = ()
    seen: Mapping[str, Signature | None] = field(default_factory=dict)

    def is_unchanged(self, written: Iterable[str] = ()) -> bool:
        """Whether no file that the key of a version depends on has changed since the build began.

        Files that the build has `written` itself, and their folders, are ignored.
        """
        own = {str(place) for path in written for place in (path, *Path(path).parents)}
        return all(signature(path) == seen for path, seen in self.seen.items() if path not in own)

    def name(self, path: str) -> str:
        """Name of the input for a path."""
        return path[len(self._prefix) :] or "." if os.path.join(path, "").startswith(self._prefix) else path

    def path(self, name: str) -> str:
        """Path of the input with this name."""
        return str(self.root) if name == "." else os.path.join(self.root, name)

    def is_output(self, path: str) -> bool:
        """Whether a path is in an output of builds or in .git; folders above the handbook do not count."""
        if path.startswith(self._outputs):
            return True
        shared = os.path.commonprefix([path, self._prefix])  # noqa: RUF071 – it is cut at a separator
        return _NO_INPUT.search(path[shared.rfind(os.sep) + 1 :]) is not None

    def is_listed(self, path: str) -> bool:
        """Whether a path is included in the listing of its folder."""
        return not is_tool_file(os.path.basename(path)) and not self.is_output(path + os.sep)

    @cached_property
    def _prefix(self) -> str:
        return os.path.join(self.root, "")

    @cached_property
    def _outputs(self) -> tuple[str, ...]:
        return tuple(os.path.join(path, "") for path in self.outputs)

    def places(self, inputs: Iterable[Input]) -> set[Input]:
        """Inputs to watch, with absolute paths. Sizes and ages of all files are excluded: pages can write files."""
        return {
            (kind, self.path(name)) for kind, name in inputs if kind in (FILE, FOLDER, TREE, ENTRY, NAMES)
        }


def is_tool_file(name: str) -> bool:
    """Whether Python, git, caches or editors create a file or folder of this name beside a handbook's files."""
    return _TOOL_FILES.fullmatch(name) is not None


class InputStates:
    """States of inputs, each computed once."""

    def __init__(self, scope: InputScope) -> None:
        self.scope = scope
        self._known: dict[Input, str] = {}

    def of(self, inputs: Iterable[Input]) -> dict[Input, str]:
        """States of inputs at their first lookup; an unknown kind never has the same state twice."""
        for one in inputs:
            if one not in self._known:
                read = _KINDS.get(one[0], _unknown)
                self._known[one] = read(self.scope, one[1])
        return {one: self._known[one] for one in inputs}

    def agree(self, states: Mapping[Input, str]) -> bool:
        """Whether these states match the present ones; states that were not looked up yet are looked up now."""
        return all(self._known.setdefault(one, state) == state for one, state in states.items())


def digest_of(states: Mapping[Input, str]) -> str:
    """Hash of inputs and their states."""
    text = repr(sorted(states.items()))
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=20).hexdigest()


def _unknown(_scope: InputScope, _name: str) -> str:
    return repr(datetime.datetime.now(datetime.UTC))


def _file(scope: InputScope, name: str) -> str:
    path = scope.path(name)
    seen = signature(path)
    return _MISSING if seen is None else _hash_of_file(path, seen)


@lru_cache(maxsize=1 << 14)
def _hash_of_file(path: str, _seen: Signature) -> str:
    found = hashlib.blake2b(digest_size=20)
    try:
        with open(path, "rb", opener=without_waiting) as file:
            for chunk in iter(lambda: file.read(_CHUNK) or b"", b""):
                found.update(chunk)
    except OSError:
        return _MISSING
    return found.hexdigest()


def _folder(scope: InputScope, name: str) -> str:
    try:
        with os.scandir(scope.path(name)) as entries:
            return "\0".join(sorted(_entry(entry) for entry in entries if scope.is_listed(entry.path)))
    except OSError:
        return _MISSING


def _entry(entry: os.DirEntry[str]) -> str:
    return entry.name + os.sep if entry.is_dir() else entry.name


def _search(scope: InputScope, name: str, *, recursive: bool) -> str:
    found = glob.glob(scope.path(name), recursive=recursive)
    return "\0".join(sorted(path for path in map(scope.name, found) if scope.is_listed(scope.path(path))))


def _names(scope: InputScope, name: str) -> str:
    """All paths below a folder, without hidden ones."""
    return "\0".join(sorted(scope.name(path) for path, _ in _below(scope, name)))


def _statuses(scope: InputScope, name: str) -> str:
    """Size, modification time, mode and owner of each visible file below a folder, and the target of each link."""
    return "\0".join(sorted(_status(scope, path) for path, is_file in _below(scope, name) if is_file))


def _status(scope: InputScope, path: str) -> str:
    try:
        found = os.lstat(path)
        target = os.readlink(path) if os.path.islink(path) else ""
    except OSError:
        return scope.name(path)
    access = f"{found.st_mode:o} {found.st_uid} {found.st_gid}"
    return f"{scope.name(path)} {found.st_size} {found.st_mtime_ns} {access} {target}"


def _below(scope: InputScope, name: str) -> Iterator[tuple[str, bool]]:
    """All paths below a folder, without hidden ones, and whether each is a file."""
    for top, inner, names in os.walk(scope.path(name)):
        inner[:] = [
            one for one in inner if not one.startswith(".") and scope.is_listed(os.path.join(top, one))
        ]
        yield from ((os.path.join(top, one), False) for one in inner)
        files = (os.path.join(top, one) for one in names)
        yield from ((path, True) for path in files if scope.is_listed(path))


def _entry_at(scope: InputScope, name: str) -> str:
    """Whether a path is a folder, a file or missing, and the status of a file or the mode of a folder."""
    path = scope.path(name)
    try:
        mode = os.stat(path).st_mode
    except OSError:
        mode = 0
    if stat.S_ISDIR(mode):
        return f"{os.sep}{mode:o}"
    return _status(scope, path) if os.path.lexists(path) else _MISSING


def _environment(_scope: InputScope, name: str) -> str:
    if name != ALL:
        return repr(os.environ.get(name))
    return repr(sorted((key, value) for key, value in os.environ.items() if key not in _OF_SHELL))


def _zone(_scope: InputScope, _name: str) -> str:
    """The local time zone: its names, and its offsets from UTC in seconds."""
    return f"{time.tzname} {time.timezone} {time.altzone} {os.environ.get('TZ')}"


def _git(scope: InputScope, _name: str) -> str:
    """All git references in the repository of the handbook, empty if there is none."""
    try:
        found = find_repository(scope.charter)
    except CharterbookError:
        return _MISSING
    return repr((sorted(found.refs.items()), sorted(found.links.items()), found.head, found.head_branch))


def _signatures(scope: InputScope, name: str) -> str:
    """Git's verification of the signatures of commits."""
    try:
        return repr(sorted(signatures_of(scope.root, name.split()).items()))
    except CharterbookError:
        return _MISSING


def _day(_scope: InputScope, _name: str) -> str:
    """The current day in local time, in UTC, and as configured for the build."""
    now = datetime.datetime.now(datetime.UTC)
    return f"{now.astimezone().date()} {now.date()} {clock.today()}"


_KINDS: Mapping[str, Callable[[InputScope, str], str]] = {
    FILE: _file,
    FOLDER: _folder,
    TREE: lambda scope, name: digest_of_tree(Path(scope.path(name)), scope.is_listed),
    "glob": lambda scope, name: _search(scope, name, recursive=True),
    "flat glob": lambda scope, name: _search(scope, name, recursive=False),
    NAMES: _names,
    STATUSES: _statuses,
    ENTRY: _entry_at,
    ENVIRONMENT: _environment,
    GIT: _git,
    DAY: _day,
    ZONE: _zone,
    SIGNATURES: _signatures,
}
