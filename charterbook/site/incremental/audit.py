"""Interpretation of Python's audit events: files, folders, searches, programs and addresses that a build reads.

There are no events for `os.stat`, the time, environment variables, or files that native libraries open;
`version_inputs` finds some of these differently.
"""

from __future__ import annotations

import glob
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import unquote, urlsplit

from charterbook.site.incremental.input_paths import (
    PROGRAM,
    Signature,
    is_own,
    opened_places,
    path_of,
    place_of,
    signature,
    source_of,
    without_parents,
)

#: Flags for replacing a file. A file opened for modification is recorded as read.
_WRITING = os.O_WRONLY | os.O_TRUNC | os.O_EXCL

_PYTHON = os.path.dirname(os.__file__) + os.sep

#: Path prefixes of library code that only forwards the request of its caller.
_FORWARDING = (
    *(str(Path(__file__).with_name(name)) for name in ("audit.py", "input_paths.py", "recording.py")),
    os.walk.__code__.co_filename,
    *(_PYTHON + name for name in ("glob.py", "importlib", "os.py", "pathlib", "subprocess.py")),
)

#: Code with folder listings that are not inputs: Python searches for modules, MkDocs for the pages of docs/.
_FINDS_FILES = {"<frozen importlib._bootstrap_external>"}

#: Code that reads mkdocs.yml and its parents: the resulting settings are a separate input.
_READS_SETTINGS: set[str] = set()

#: Python's search for installed packages: their list is a separate input.
_FINDS_PACKAGES = os.path.join(_PYTHON, "importlib", "metadata", "")

#: Python modules that start programs to query the machine.
_ABOUT_MACHINE = tuple(_PYTHON + name for name in ("ctypes", "platform.py", "sysconfig", "uuid.py"))

#: Python modules that start a process and open a descriptor to send it its task.
_SPAWNS = os.path.join(_PYTHON, "multiprocessing", "popen_")

#: Git commands that read only commits and references. Others can depend on the working tree.
_GIT_HISTORY = frozenset(
    {"blame", "cat-file", "describe", "diff-tree", "for-each-ref", "log", "ls-tree", "merge-base", "name-rev"}
    | {"rev-list", "rev-parse", "shortlog", "show", "symbolic-ref", "version", "--version"}
)

#: A shell command that consists of a single git command.
_SIMPLE_COMMAND = re.compile(r"\s*git\s[^;&|<>$`(){}\n]*")


@dataclass
class AccessRecord:
    """Recorded reads of a build.

    `files` maps paths to their signatures before opening; `written` are files and folders that the build itself made,
    `rewritten` are files that it read before it wrote them;
    `git` are the folders in which git read history;
    `unseen` says why the record can be incomplete.
    """

    files: dict[str, Signature | None] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    searches: set[tuple[str, str]] = field(default_factory=set)
    modules: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    rewritten: set[str] = field(default_factory=set)
    git: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)


def ignore_code(reads_settings: Iterable[str], lists_docs: str) -> None:
    """Ignore reads by this code: files that read mkdocs.yml, and the file that lists docs/."""
    _READS_SETTINGS.update(reads_settings)
    _FINDS_FILES.add(lists_docs)


def _opened(record: AccessRecord, path: Any, mode: object, flags: Any, *_: object) -> None:
    """Record a file before it is opened; for a compiled module, record its source.

    `mode` is None for `os.open`. There is no event for a process that multiprocessing spawns, but it sends the process
    its task through a descriptor.
    """
    if isinstance(path, int) and _caller().startswith(_SPAWNS):
        _forked(record)
    for place in opened_places(path) if mode is None else [place_of(path)]:
        if place is not None and is_own(place):
            _opened_at(record, place, flags)


def _opened_at(record: AccessRecord, place: str, flags: Any) -> None:
    if isinstance(flags, int) and flags & _WRITING:
        _write(record, place)
    elif _caller() not in _READS_SETTINGS:
        _note(record, source_of(place))


def _note(record: AccessRecord, place: str) -> None:
    if place not in record.written:
        record.files[place] = signature(place)


def _write(record: AccessRecord, place: str) -> None:
    """Record a file that the build writes; it is an input only if its previous content was read first."""
    (record.rewritten if place in record.files else record.written).add(place)


def _listed(record: AccessRecord, path: Any = None, *_: object) -> None:
    place = path_of(path) if isinstance(path, int) else place_of(path or ".")
    if place is None:
        record.unseen.add("it lists a folder by a descriptor")
        return
    place = place.rstrip(os.sep) or os.sep
    if place in record.written or not is_own(place + os.sep):
        return
    caller = _caller()
    if caller not in _FINDS_FILES and not caller.startswith((PROGRAM, _FINDS_PACKAGES)):
        record.folders.add(place)


def _searched(record: AccessRecord, pattern: Any, recursive: Any, root_dir: Any = None, *_: object) -> None:
    parts = Path(os.getcwd(), root_dir or "", os.fsdecode(pattern)).parts
    plain = next((number for number, part in enumerate(parts) if glob.has_magic(part)), len(parts))
    place = os.path.join(without_parents(os.path.join(*parts[:plain])), *parts[plain:])
    if is_own(place):
        record.searches.add(("glob" if recursive else "flat glob", place))


def _searched_below(record: AccessRecord, folder: Any, pattern: Any, *_: object) -> None:
    _searched(record, os.path.join(glob.escape(str(folder)), str(pattern)), True)


def _searched_deep(record: AccessRecord, folder: Any, pattern: Any, *_: object) -> None:
    _searched(record, os.path.join(glob.escape(str(folder)), "**", str(pattern)), True)


def _renamed(record: AccessRecord, _source: Any, target: Any, *_: object) -> None:
    place = place_of(target)
    if place is not None:
        _write(record, place)


def _made_folder(record: AccessRecord, path: Any, *_: object) -> None:
    """Record a new folder, such as a temporary one; the event also occurs for an existing folder."""
    place = place_of(path)
    if place is not None and not os.path.lexists(place):
        _write(record, place)


def _imported(record: AccessRecord, name: Any, *_: object) -> None:
    if is_own(_caller()):
        record.modules.add(str(name))


def _database(record: AccessRecord, path: Any, *_: object) -> None:
    if isinstance(path, str) and path.startswith("file:"):
        address = urlsplit(path)
        path = unquote(address.path)
        if "mode=memory" in address.query:
            return
    place = place_of(path)
    if place is not None and is_own(place) and ":memory:" not in place:
        _note(record, place)


def _started(
    record: AccessRecord, executable: Any, arguments: Any = (), folder: Any = None, *_: object
) -> None:
    """Record a started program. Reads of programs other than git history commands are unknown."""
    words = [os.fsdecode(word) for word in arguments] if isinstance(arguments, list | tuple) else []
    if _caller().startswith(_ABOUT_MACHINE):
        return
    if words[1:2] == ["-c"] and _SIMPLE_COMMAND.fullmatch(words[-1]):
        words = shlex.split(words[-1])
    name = os.path.basename(words[0] if words else os.fsdecode(executable or "?")).removesuffix(".exe")
    if name != "git":
        record.unseen.add(f"it starts {name}")
    elif not _reads_history(record, words[1:], os.path.abspath(os.fsdecode(folder or "."))):
        record.unseen.add("it runs a git command that reads more than history")


def _reads_history(record: AccessRecord, words: Sequence[str], folder: str) -> bool:
    """Whether a git command reads only history; if so, record its folder."""
    rest = list(words)
    while rest[:1] in (["-C"], ["-c"], ["--no-pager"]):
        if rest[0] == "-C":
            folder = os.path.join(folder, *rest[1:2])
        del rest[: 1 if rest[0] == "--no-pager" else 2]
    if not rest or rest[0] not in _GIT_HISTORY or "--dirty" in rest:
        return False
    record.git.add(os.path.abspath(folder))
    return True


def _spawned(record: AccessRecord, path: Any, arguments: Any, *_: object) -> None:
    _started(record, path, arguments)


def _system(record: AccessRecord, command: Any = "", *_: object) -> None:
    _started(record, "sh", ["sh", "-c", os.fsdecode(command)])


def _forked(record: AccessRecord, *_: object) -> None:
    record.unseen.add("it starts a process")


def _connected(record: AccessRecord, _socket: object, address: Any, *_: object) -> None:
    host = address[0] if isinstance(address, tuple) and address else address
    record.unseen.add(f"it reads from {host}")


def _caller() -> str:
    """File of the code that caused an event, skipping code that only forwards requests."""
    frame: FrameType | None = sys._getframe()
    while frame is not None and _forwards(frame.f_code.co_filename):
        frame = frame.f_back
    return frame.f_code.co_filename if frame is not None else ""


def _forwards(file: str) -> bool:
    return file.startswith(_FORWARDING) and not file.startswith(_FINDS_PACKAGES)


_HANDLERS: Mapping[str, Callable[..., None]] = {
    "open": _opened,
    "os.listdir": _listed,
    "os.scandir": _listed,
    "glob.glob/2": _searched,
    "pathlib.Path.glob": _searched_below,
    "pathlib.Path.rglob": _searched_deep,
    "import": _imported,
    "os.mkdir": _made_folder,
    "os.rename": _renamed,
    "sqlite3.connect": _database,
    "subprocess.Popen": _started,
    "os.posix_spawn": _spawned,
    "os.system": _system,
    "os.fork": _forked,
    "os.forkpty": _forked,
    "socket.connect": _connected,
}


#: The audit events that are recorded. Most others are far more frequent.
RECORDED = frozenset(_HANDLERS)


def record_event(record: AccessRecord, event: str, arguments: tuple[Any, ...]) -> None:
    """Record one of the events in RECORDED."""
    try:
        _HANDLERS[event](record, *arguments)
    except (OSError, TypeError, ValueError):
        record.unseen.add(f"{event} could not be recorded")
