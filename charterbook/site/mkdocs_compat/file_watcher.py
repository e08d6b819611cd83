"""File watcher for `mkdocs serve`: polls twice a second, and at once after a file event.

MkDocs polls files instead of waiting for events, because network drives and containers send none, and links do
not report changes of their targets. Charterbook polls the same files in its own thread, and all inputs of pages;
events only make it poll sooner. A build begins when a file differs from its last known state, and so only once for
each edit.
"""

from __future__ import annotations

import errno
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from charterbook.gc_tuning import IdleCollector
from charterbook.site.incremental.file_trees import files_below
from charterbook.site.incremental.input_paths import Signature, signature
from charterbook.site.incremental.input_states import ENTRY, FILE, FOLDER, NAMES, TREE, is_tool_file
from charterbook.site.incremental.watch_targets import BESIDE, Target, git_references, target_at
from charterbook.site.mkdocs_compat.registry import is_on

log = logging.getLogger("mkdocs.plugins.charterbook")

#: Events of changed files. Most files are only read by a build, and reads need no events.
_CHANGE_EVENTS: list[type[events.FileSystemEvent]] = [
    events.DirCreatedEvent,
    events.DirDeletedEvent,
    events.DirModifiedEvent,
    events.DirMovedEvent,
    events.FileClosedEvent,
    events.FileCreatedEvent,
    events.FileDeletedEvent,
    events.FileModifiedEvent,
    events.FileMovedEvent,
]

#: Debounce interval before a build, in seconds: editors write a file in several steps. A later edit starts a new
#: build.
_DEBOUNCE = 0.025

#: Polling interval in seconds, while events arrive.
_PAUSE = 0.005

#: Polling interval in seconds, as in MkDocs, without events.
_INTERVAL = 0.5

#: Pause between two listings of all names below a folder, in multiples of the time that a listing takes.
_LISTING_PAUSE = 20

#: Error codes of a system that cannot watch more files.
_WATCH_LIMIT_ERRORS = (errno.ENOSPC, errno.EMFILE, errno.ENFILE, errno.ENOMEM)


class Watcher(threading.Thread):
    """Polling thread that calls `changed` after each change of a target.

    It replaces the observer of MkDocs' server, and is started and stopped by the server.
    """

    def __init__(self, changed: Callable[[], None], interval: float = _INTERVAL) -> None:
        super().__init__(name="charterbook-watcher", daemon=True)
        self._changed, self._interval = changed, interval
        self._targets: frozenset[Target] = frozenset()
        self._wake, self._stopped = threading.Event(), False
        self._known: Mapping[Target, Any] = {}
        self._due: dict[Target, float] = {}
        self._events = _Events(self._wake)

    @property
    def has_events(self) -> bool:
        """Whether the system sends file events."""
        return self._events.observer is not None

    def add(self, targets: Iterable[Target]) -> None:
        """Watch more targets, from their present state."""
        new = frozenset(targets) - self._targets
        self._known = {**self._known, **_stat_all(new)}
        self._targets |= new
        self._events.add(new)

    def remove(self, target: Target) -> None:
        """Stop watching a target."""
        self._targets -= {target}

    def run(self) -> None:
        """Poll at each interval and after each file event, and collect garbage when nothing happens."""
        collector = IdleCollector()
        while not self._stopped:
            if self._wake.wait(self._interval):
                self._wake.clear()
                time.sleep(_PAUSE)
            self.poll()
            collector.step()

    def poll(self) -> None:
        """Poll all targets once."""
        now, known = _stat_all(self._due_targets()), self._known
        self._known = {**known, **now}
        if any(known.get(target, state) != state for target, state in now.items()):
            self._changed()

    def _due_targets(self) -> Iterator[Target]:
        """All targets, except names below large folders that were listed a short while ago."""
        for target in self._targets:
            begin = time.monotonic()
            if begin < self._due.get(target, begin):
                continue
            yield target  # its state is read before the next step
            if target[0] == NAMES:
                end = time.monotonic()
                self._due[target] = end + _LISTING_PAUSE * (end - begin)

    def stop(self) -> None:
        """Stop polling."""
        self._stopped = True
        self._wake.set()
        self._events.stop()


class _Events:
    """File events of the targets' folders. They only wake the watcher."""

    def __init__(self, wake: threading.Event) -> None:
        self._handler = _ChangeFlag(wake)
        self._scheduled: set[tuple[str, bool]] = set()
        self.observer: Any = Observer()
        if isinstance(self.observer, PollingObserver):
            self.observer = None
        else:
            self._try(self.observer.start)

    def add(self, targets: Iterable[Target]) -> None:
        for kind, path in sorted(targets):
            folder = path if kind not in (FILE, ENTRY) else os.path.dirname(path)
            place = (folder, kind == TREE)
            if place not in self._scheduled and os.path.isdir(folder):
                self._scheduled.add(place)
                self._try(partial(self._schedule, *place))

    def _schedule(self, folder: str, recursive: bool) -> None:
        self.observer.schedule(self._handler, folder, recursive=recursive, event_filter=_CHANGE_EVENTS)

    def _try(self, do: Callable[[], object]) -> None:
        """Call a function, and disable events if the system has no more watches."""
        try:
            if self.observer is not None:
                do()
        except OSError as error:
            if error.errno in _WATCH_LIMIT_ERRORS:
                log.info("Files are checked twice a second: the system reports no more changes (%s).", error)
                self.stop()

    def stop(self) -> None:
        observer, self.observer = self.observer, None
        if observer is not None and observer.is_alive():
            observer.stop()


class _ChangeFlag(events.FileSystemEventHandler):
    """Event handler that sets a flag after each change."""

    def __init__(self, wake: threading.Event) -> None:
        self._wake = wake

    def on_any_event(self, event: events.FileSystemEvent) -> None:
        self._wake.set()


class ServerTargets:
    """Watching through MkDocs' own server, for versions of MkDocs that `Watcher` was not tested with."""

    def __init__(self, server: LiveReloadServer) -> None:
        self._server = server
        self._watched: set[Target] = set()

    def add(self, targets: Iterable[Target]) -> None:
        """Watch more targets; missing ones are ignored."""
        for kind, path in sorted(set(targets) - self._watched):
            if Path(path).exists():
                self._watched.add((kind, path))
                self._server.watch(path, recursive=kind == TREE)


def watch(server: LiveReloadServer, root: Path, charter: Path) -> Watcher | ServerTargets:
    """Watch the files beside mkdocs.yml and the charter, git's branches and tags, and docs/."""
    beside = [(BESIDE, str(folder)) for folder in dict.fromkeys((root, charter.parent))]
    if not is_on("file-events"):
        plain = ServerTargets(server)
        plain.add([*beside, *git_references(root)])
        return plain
    watcher = Watcher(lambda: _ask_for_build(server))
    for path in server._watched_paths:
        watcher.add([target_at(path)])
    server.observer.unschedule_all()
    server.observer = watcher  # type: ignore[assignment]
    server.watch = _watch(server, watcher)  # type: ignore[method-assign]
    server.unwatch = _unwatch(server, watcher)  # type: ignore[method-assign]
    for _, folder in beside:
        server._watched_paths[folder] = 1
    watcher.add([*beside, *git_references(root)])
    if watcher.has_events:
        server.build_delay = _DEBOUNCE
    return watcher


def _ask_for_build(server: LiveReloadServer) -> None:
    with server._rebuild_cond:
        server._want_rebuild = True
        server._rebuild_cond.notify_all()


def _watch(server: LiveReloadServer, watcher: Watcher) -> Callable[..., None]:
    def watch(path: str, func: None = None, *, recursive: bool = True) -> None:
        kind, place = target_at(path)
        server._watched_paths[place] = server._watched_paths.get(place, 0) + 1
        watcher.add([(kind if recursive or kind == FILE else BESIDE, place)])

    return watch


def _unwatch(server: LiveReloadServer, watcher: Watcher) -> Callable[..., None]:
    def unwatch(path: str) -> None:
        place = str(Path(path).absolute())
        server._watched_paths[place] -= 1
        if server._watched_paths[place] <= 0:
            server._watched_paths.pop(place)
            for kind in _STATE_READERS:
                watcher.remove((kind, place))

    return unwatch


def _stat_all(targets: Iterable[Target]) -> dict[Target, Any]:
    return {(kind, path): _STATE_READERS[kind](path) for kind, path in targets}


def _names(path: str) -> list[str] | None:
    try:
        return sorted(name for name in os.listdir(path) if not is_tool_file(name))
    except OSError:
        return None


def _beside(path: str) -> dict[str, Signature | None]:
    places = [os.path.join(path, name) for name in _names(path) or ()]
    return {place: signature(place) for place in places if not os.path.isdir(place)}


def _tree(path: str) -> dict[str, Signature | None]:
    found = files_below(Path(path), lambda place: not is_tool_file(os.path.basename(place)))
    return {str(file): signature(str(file)) for _, file in found}


def _all_names(path: str) -> list[str]:
    """All paths below a folder, without those in hidden folders."""
    found = []
    for top, inner, names in os.walk(path):
        inner[:] = [name for name in inner if not name.startswith(".") and not is_tool_file(name)]
        found += [os.path.join(top, name) for name in (*inner, *names) if not is_tool_file(name)]
    return sorted(found)


def _entry(path: str) -> tuple[bool, bool, str]:
    """Whether a path exists, also through a link, and is a folder, and the target of a link."""
    try:
        target = os.readlink(path)
    except (OSError, ValueError):
        target = ""
    return os.path.exists(path), os.path.isdir(path), target


_STATE_READERS: dict[str, Callable[[str], Any]] = {
    FILE: signature,
    FOLDER: _names,
    BESIDE: _beside,
    TREE: _tree,
    ENTRY: _entry,
    NAMES: _all_names,
}
