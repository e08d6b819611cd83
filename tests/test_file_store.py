"""File store: entries are returned only as they were written, under the same name."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from charterbook.file_store import Store, open_replacement, sweep, unwritable_error

CONTENT = b"first line\n\x00\xff last"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with one entry."""
    kept = Store(tmp_path / "kept")
    kept.put("entry", CONTENT)
    return kept


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def _another(path: Path) -> None:
    Store(path.parent).put("another", b"something else")
    shutil.copyfile(path.parent / "another", path)


def _foreign(path: Path) -> None:
    Store(path.parent.parent / "foreign").put(path.name, b"something else")
    shutil.copyfile(path.parent.parent / "foreign" / path.name, path)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.unlink()
    (path / "inner").mkdir(parents=True)


def _link(path: Path) -> None:
    path.rename(path.with_suffix(".elsewhere"))
    path.symlink_to(path.with_suffix(".elsewhere"))


def _loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


#: Damage to a stored file.
DAMAGES: list[Callable[[Path], object]] = [
    _flip,
    _another,
    _foreign,
    _pipe,
    _folder,
    _link,
    _loop,
    lambda path: path.unlink(),
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(path.read_bytes()[:-1]),
    lambda path: path.write_bytes(path.read_bytes()[:20]),
    lambda path: path.write_bytes(path.read_bytes() + b"\n"),
    lambda path: path.write_bytes(b"-" + path.read_bytes()[1:]),
]


def test_stored_entries_are_returned(store: Store) -> None:
    """Byte for byte, and the folder has no other files."""
    assert store.get("entry") == CONTENT
    assert [path.name for path in store.folder.iterdir()] == ["entry"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_altered_entries_count_as_missing(store: Store, damage: Callable[[Path], object]) -> None:
    """They can be overwritten."""
    damage(store.folder / "entry")
    assert store.get("entry") is None
    store.put("entry", CONTENT)
    assert store.get("entry") == CONTENT


def test_unreadable_entries_count_as_missing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as an entry of another user."""

    def forbidden(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbidden)
    assert store.get("entry") is None


def test_a_failed_write_leaves_the_old_entry(store: Store) -> None:
    """And no partial file."""

    def fill() -> None:
        with open_replacement(store.folder / "entry") as file:
            file.write(b"half")
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        fill()
    assert store.get("entry") == CONTENT
    assert [path.name for path in store.folder.iterdir()] == ["entry"]


def test_temporary_files_of_dead_processes_are_removed(store: Store) -> None:
    """Files of living processes are not, with any PID."""
    (store.folder / "deeper").mkdir()
    (store.folder / "deeper" / f".new-{os.getpid()}-x").touch()
    with open_replacement(store.folder / "deeper" / "other") as file:
        sweep(store.folder)
        file.write(b"whole")
    assert sorted(path.name for path in store.folder.rglob("*")) == ["deeper", "entry", "other"]


def test_a_file_swept_before_locking_is_recreated(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process sweeps between creation and locking of a temporary file."""
    make = tempfile.mkstemp

    def make_and_sweep(**options: Any) -> tuple[int, str]:
        made = make(**options)
        monkeypatch.setattr(tempfile, "mkstemp", make)
        sweep(store.folder)
        return made

    monkeypatch.setattr(tempfile, "mkstemp", make_and_sweep)
    store.put("entry", b"new")
    assert store.get("entry") == b"new"


def test_why_nothing_can_be_written(tmp_path: Path) -> None:
    """With the path that cannot be written."""
    assert unwritable_error(tmp_path / "new") is None
    assert list((tmp_path / "new").iterdir()) == []
    (tmp_path / "file").touch()
    error = unwritable_error(tmp_path / "file/below")
    assert (type(error), error and error.filename) == (NotADirectoryError, str(tmp_path / "file/below"))


def test_a_full_disk_names_the_entry(store: Store) -> None:
    """The system does not."""
    with (
        pytest.raises(OSError, match=r"No space left on device: '.*/kept/entry'"),
        open_replacement(store.folder / "entry"),
    ):
        raise OSError(28, "No space left on device")


def test_a_cached_entry_is_made_once(store: Store) -> None:
    """And again if it is damaged; the others stay as long as they are used."""
    made: list[bytes] = []

    def make() -> bytes:
        made.append(CONTENT)
        return CONTENT

    assert [store.cached("new", make, 30) for _ in range(2)] == [CONTENT] * 2
    assert len(made) == 1
    _flip(store.folder / "new")
    os.utime(store.folder / "entry", (0, 0))
    assert store.cached("new", make, 30) == CONTENT
    assert len(made) == 2
    assert store.get("entry") is None


def test_what_cannot_be_cached_is_made_each_time(tmp_path: Path) -> None:
    """If there is a file instead of the folder."""
    (tmp_path / "kept").touch()
    assert Store(tmp_path / "kept").cached("new", lambda: CONTENT, 30) == CONTENT
