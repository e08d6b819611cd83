"""What `mkdocs serve` watches, told by the system at once instead of being looked for twice a second.

MkDocs looks at all files in turn. Where the system tells of changes by itself, half a second is won with each edit;
where it cannot, as on some network drives, MkDocs goes on looking.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

#: What happens to a file that somebody only reads.
_READING = ("opened", "closed_no_write")

#: How long there must be silence before a build begins, in seconds: editors write a file in several steps.
_SILENCE = 0.05


class _Handler(FileSystemEventHandler):
    """Asks a server for a build when a file changes; of one watched file, only that."""

    def __init__(self, server: LiveReloadServer, only: str | None) -> None:
        self._server, self._only = server, only

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.is_directory or event.event_type in _READING:
            return
        if self._only is not None and self._only not in (event.src_path, event.dest_path):
            return
        with self._server._rebuild_cond:
            self._server._want_rebuild = True
            self._server._rebuild_cond.notify_all()


def watch(server: LiveReloadServer, root: Path, charter: Path) -> None:
    """Have a server watch whatever stands beside mkdocs.yml, and beside the charter, as it watches docs/."""
    _quicken(server)
    server.watch(str(root), recursive=False)
    if charter.parent != root and charter.parent.is_dir():
        server.watch(str(charter.parent), recursive=False)


def _quicken(server: LiveReloadServer) -> None:
    """Have a server that does not serve yet be told of changes by the system, if it can."""
    observer: Any = Observer()
    if isinstance(observer, PollingObserver) or not isinstance(server.observer, PollingObserver):
        return

    def watch(path: str, func: None = None, *, recursive: bool = True) -> None:
        target = str(Path(path).absolute())
        server._watched_paths[target] = server._watched_paths.get(target, 0) + 1
        if server._watched_paths[target] == 1:
            _schedule(server, observer, target, recursive=recursive)

    try:
        for path in server._watched_paths:
            _schedule(server, observer, path, recursive=True)
        observer.start()
    except OSError:
        return
    observer.start = lambda: None  # the server will start it again
    server.observer = observer
    server.watch = watch  # type: ignore[method-assign]
    server.build_delay = _SILENCE


def _schedule(server: LiveReloadServer, observer: Any, path: str, *, recursive: bool) -> None:
    """A file is watched by its folder: an editor may put another file in its place."""
    file = Path(path).is_file()
    folder = str(Path(path).parent) if file else path
    handler = _Handler(server, path if file else None)
    server._watch_refs[path] = observer.schedule(handler, folder, recursive=recursive and not file)
