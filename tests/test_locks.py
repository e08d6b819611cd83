"""Locks exclude other processes, and end with the process that holds them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from charterbook import locks
from charterbook.locks import lock_folder, try_lock_folder


@pytest.fixture(params=[True, False], autouse=True)
def _system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A system that can lock folders, and one that cannot, such as Windows."""
    monkeypatch.setattr(locks, "HAS_FLOCK", request.param)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_a_lock_is_exclusive(tmp_path: Path) -> None:
    """Until it is released, without leaving a file."""
    folder = tmp_path / "folder"
    folder.mkdir()
    for _ in range(2):
        with lock_folder(folder):
            assert try_lock_folder(folder) is None
    assert (list(folder.iterdir()), list(tmp_path.glob("*.lock"))) == ([], [])


def test_what_does_not_exist_cannot_be_locked(tmp_path: Path) -> None:
    """It is an error, and no folder is created."""
    with pytest.raises(FileNotFoundError):
        lock_folder(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no child processes that share a lock")
def test_a_lock_ends_with_the_last_process_that_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker keeps the lock of a build that was killed."""
    monkeypatch.setattr(locks, "HAS_FLOCK", True)
    read, write = os.pipe()
    lock = lock_folder(tmp_path)
    child = os.fork()
    if child == 0:
        os.close(write)
        os.read(read, 1)
        os._exit(0)
    os.close(read)
    lock.release()
    held = try_lock_folder(tmp_path)
    os.close(write)
    os.waitpid(child, 0)
    waited: list[bool] = []
    with lock_folder(tmp_path, lambda: waited.append(True)):
        assert (held, waited) == (None, [])
