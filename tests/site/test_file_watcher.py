"""File watching of a server, with system events and without them."""

from __future__ import annotations

import errno
import logging
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.api import BaseObserver, EventEmitter, ObservedWatch

from charterbook.site.incremental.watch_targets import BESIDE, targets_of
from charterbook.site.mkdocs_compat import file_watcher
from charterbook.site.mkdocs_compat.file_watcher import Watcher, watch
from charterbook.site.mkdocs_compat.user_config import parents
from tests.histories import Repo
from tests.site.handbooks import Handbook

#: Longer than any test waits.
NEVER = 3600.0


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A folder with files, a folder in it, and a link out of it."""
    for name in ("watched/a.md", "watched/inner/b.md", "outside/c.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "watched/linked").symlink_to("../outside")
    (tmp_path / "watched/back").symlink_to(".")
    (tmp_path / "watched/nowhere").symlink_to("missing")
    return tmp_path


def _replace(path: Path) -> None:
    """Write a file as an editor does that puts another one in its place."""
    path.with_name("new").write_text("another")
    path.with_name("new").replace(path)


def _made(top: Path) -> None:
    (top / "none").mkdir()
    (top / "none/a.md").write_text("x")


def _relinked(top: Path) -> None:
    (top / "watched/linked").unlink()
    (top / "watched/linked").symlink_to("inner")


def _lost(top: Path) -> None:
    (top / "watched/nowhere").unlink()
    (top / "watched/nowhere").symlink_to("lost")


def _flattened(top: Path) -> None:
    (top / "watched/inner/b.md").unlink()
    (top / "watched/inner").rmdir()
    (top / "watched/inner").write_text("x")


CHANGES: dict[str, tuple[str, str, Callable[[Path], object]]] = {
    "edited": ("tree", "watched", lambda top: (top / "watched/a.md").write_text("longer")),
    "edited deep": ("tree", "watched", lambda top: (top / "watched/inner/b.md").write_text("longer")),
    "edited behind a link": ("tree", "watched", lambda top: (top / "outside/c.md").write_text("longer")),
    "replaced": ("tree", "watched", lambda top: _replace(top / "watched/a.md")),
    "new": ("tree", "watched", lambda top: (top / "watched/inner/new.md").write_text("x")),
    "gone": ("tree", "watched", lambda top: (top / "watched/a.md").unlink()),
    "a file": ("file", "watched/a.md", lambda top: _replace(top / "watched/a.md")),
    "a file that was not there": ("file", "none/a.md", _made),
    "a link to another": ("file", "watched/linked", _relinked),
    "beside": ("beside", "watched", lambda top: (top / "watched/a.md").write_text("longer")),
    "a path that was not there": ("entry", "none/a.md", _made),
    "another target of a link that leads nowhere": ("entry", "watched/nowhere", _lost),
    "a file in place of a folder": ("entry", "watched/inner", _flattened),
    "a new name deep below": ("names", ".", lambda top: (top / "watched/inner/new.md").write_text("x")),
    "a name deep below that is gone": ("names", ".", lambda top: (top / "watched/inner/b.md").unlink()),
    "a name": ("folder", "watched/inner", lambda top: (top / "watched/inner/new.md").write_text("x")),
}


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_is_seen_once(top: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any event."""
    monkeypatch.setattr(file_watcher, "_LISTING_PAUSE", 0)
    kind, place, change = CHANGES[name]
    seen: list[str] = []
    watcher = Watcher(lambda: seen.append(name), NEVER)
    watcher.add([(kind, str(top / place))])
    watcher.poll()
    change(top)
    for _ in range(3):
        watcher.poll()
    watcher.stop()
    assert seen == [name]


@pytest.mark.parametrize(
    ("kind", "place", "written"),
    [
        ("beside", "watched", "watched/inner/b.md"),
        ("folder", "watched/inner", "watched/inner/b.md"),
        ("tree", "watched", "watched/.a.md.swp"),
        ("tree", "watched", "outside.md"),
        ("entry", "watched/a.md", "watched/a.md"),
        ("names", ".", "watched/a.md"),
    ],
)
def test_what_is_not_watched_is_not_seen(top: Path, kind: str, place: str, written: str) -> None:
    """A deeper folder, a content where only names count, an editor's file, another folder."""
    seen: list[str] = []
    watcher = Watcher(lambda: seen.append(written), NEVER)
    watcher.add([(kind, str(top / place))])
    (top / written).write_text("longer")
    watcher.poll()
    watcher.stop()
    assert seen == []


def test_a_large_folder_is_listed_rarely(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its names take no more than a small part of the time; other files are polled as often as before."""
    listed: list[str] = []
    monkeypatch.setitem(file_watcher._STATE_READERS, "names", listed.append)
    monkeypatch.setattr(file_watcher, "_LISTING_PAUSE", 1e9)
    seen: list[str] = []
    watcher = Watcher(lambda: seen.append("file"), NEVER)
    watcher.add([("names", str(top)), ("file", str(top / "watched/a.md"))])
    for _ in range(3):
        (top / "watched/a.md").write_text("more" * (len(seen) + 1))
        watcher.poll()
    watcher.stop()
    assert (len(listed), len(seen)) == (2, 3)


@pytest.mark.parametrize("name", ["edited", "edited deep", "replaced", "new", "gone"])
def test_an_event_makes_the_watcher_poll_at_once(top: Path, name: str) -> None:
    """With file events; the polling interval is an hour. Reading a file causes no event."""
    seen = threading.Event()
    watcher = Watcher(seen.set, NEVER)
    if not watcher.has_events:
        pytest.skip("this system tells of no changes")
    watcher.add([("tree", str(top / "watched"))])
    (top / "watched/a.md").read_text()
    assert not watcher._wake.wait(0.1)
    watcher.start()
    CHANGES[name][2](top)
    assert seen.wait(20)
    watcher.stop()
    watcher.join(20)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[LiveReloadServer, Handbook]]:
    """A server that MkDocs has made, of a handbook with a commit; it does not serve."""
    book = Handbook(tmp_path / "book")
    book.commit("2026-01-05")
    made = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    made.watch(str(book.folder / "docs"))
    made.watch(str(book.folder / "mkdocs.yml"))
    yield made, book
    made.observer.stop()
    made.server_close()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EMFILE])
def test_without_events_files_are_still_polled(
    server: tuple[LiveReloadServer, Handbook],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    number: int,
) -> None:
    """Without free watches, one line reports it, and the server polls as MkDocs' own."""

    class Full(BaseObserver):
        def __init__(self) -> None:
            super().__init__(EventEmitter)

        def schedule(self, *_: object, **__: object) -> ObservedWatch:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(file_watcher, "Observer", Full)
    made, book = server
    delay = made.build_delay
    with caplog.at_level(logging.INFO):
        watcher = watch(made, book.folder, book.folder / "charter.yml")
        assert isinstance(watcher, Watcher)
    assert [record.levelname for record in caplog.records] == ["INFO"]
    assert (watcher.has_events, made.build_delay) == (False, delay)
    book.write("docs/new.md", "# New\n")
    watcher.poll()
    assert made._want_rebuild


@pytest.mark.parametrize("act", ["commit", "tag", "branch", "charter.yml", "macros.py", "docs/new.md"])
def test_a_server_watches_the_handbook_and_its_history(
    server: tuple[LiveReloadServer, Handbook], act: str
) -> None:
    """Files beside mkdocs.yml, docs/, and git references."""
    made, book = server
    watcher = watch(made, book.folder, book.folder / "charter.yml")
    assert isinstance(watcher, Watcher)
    actions: dict[str, Callable[[], object]] = {
        "commit": lambda: Repo(book.folder).git("commit", "--quiet", "--allow-empty", "-m", "x"),
        "tag": lambda: Repo(book.folder).tag("2025-Q4"),
        "branch": lambda: Repo(book.folder).branch("other"),
    }
    watcher.poll()
    assert not made._want_rebuild
    actions.get(act, lambda: book.write(act, "# another\n"))()
    watcher.poll()
    assert made._want_rebuild


def test_plugins_and_settings_may_watch_and_unwatch(
    server: tuple[LiveReloadServer, Handbook], top: Path
) -> None:
    """By MkDocs' own methods."""
    made, book = server
    watcher = watch(made, book.folder, book.folder / "charter.yml")
    assert isinstance(watcher, Watcher)
    made.watch(str(top / "watched"))
    made.watch(str(top / "watched"))
    made.unwatch(str(top / "watched"))
    (top / "watched/a.md").write_text("longer")
    watcher.poll()
    assert made._want_rebuild
    made._want_rebuild = False
    made.unwatch(str(top / "watched"))
    (top / "watched/a.md").write_text("x")
    watcher.poll()
    assert not made._want_rebuild


def test_what_mkdocs_yml_names_is_watched(tmp_path: Path) -> None:
    """Its parents, hooks and overrides."""
    book = Handbook(tmp_path / "book")
    snippets = "markdown_extensions: [{pymdownx.snippets: {base_path: [!relative $docs_dir]}}]\n"
    book.write("../base.yml", f"INHERIT: book/deeper.yml\n{snippets}")
    book.write("deeper.yml", "copyright: Quillmere\n")
    book.write("hook.py", "")
    (book.folder / "overrides").mkdir()
    book.replace(
        "mkdocs.yml", "site_name: ", "INHERIT: ../base.yml\nhooks: [hook.py]\nwatch: [hook.py]\nsite_name: "
    )
    book.replace("mkdocs.yml", "name: material", "name: material\n  custom_dir: overrides")
    config = load_config(str(book.folder / "mkdocs.yml"))
    found = targets_of(config, parents(config))
    names = {(kind, Path(path).name) for kind, path in found}
    files = {("file", "base.yml"), ("file", "deeper.yml"), ("file", "hook.py")}
    assert names == files | {("tree", "overrides"), ("tree", "docs")}
    assert BESIDE not in {kind for kind, _ in found}


def test_an_untested_server_uses_its_own_watcher(
    server: tuple[LiveReloadServer, Handbook], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an untested version of MkDocs, targets are passed to its documented `watch`."""
    made, book = server
    monkeypatch.setattr(file_watcher, "is_on", lambda _: False)
    told: list[tuple[str, bool]] = []
    monkeypatch.setattr(made, "watch", lambda path, *, recursive: told.append((path, recursive)))
    watcher = watch(made, book.folder, book.folder / "charter.yml")
    assert (str(book.folder), False) in told
    watcher.add([("file", str(book.folder / "mkdocs.yml")), ("file", str(book.folder / "missing.csv"))])
    assert told[-1] == (str(book.folder / "mkdocs.yml"), False)
