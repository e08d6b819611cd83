"""Locks exclude other processes, and end with the process that holds them."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
import threading
import time
from pathlib import Path

import pytest

from charterbook import locks
from charterbook.locks import lock_file, lock_folder, try_lock_folder


@pytest.fixture(params=["posix", "windows", "network"], autouse=True)
def _system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A system that can lock folders, one that cannot, such as Windows, and a drive without locks."""
    monkeypatch.setattr(locks, "HAS_FLOCK", request.param != "windows")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    if request.param == "network":
        forbid_folders(monkeypatch, errno.ENOTSUP)


def forbid_folders(monkeypatch: pytest.MonkeyPatch, error: int) -> None:
    """Make locks of folders fail."""

    def flock(handle: int, operation: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(error, os.strerror(error))
        real(handle, operation)

    real = vars(locks)["flock"]
    monkeypatch.setattr(locks, "flock", flock)


def test_a_lock_is_exclusive(tmp_path: Path) -> None:
    """Until it is released, without leaving a file."""
    folder = tmp_path / "folder"
    folder.mkdir()
    for _ in range(2):
        with lock_folder(folder):
            assert try_lock_folder(folder) is None
    assert (list(folder.iterdir()), list(tmp_path.glob("*.lock"))) == ([], [])


def test_at_most_one_thread_holds_a_lock(tmp_path: Path) -> None:
    """Though each waits for it, and lock files come and go."""
    held, most = [0], [0]

    def work() -> None:
        for _ in range(20):
            with lock_folder(tmp_path):
                held[0] += 1
                most[0] = max(most[0], held[0])
                time.sleep(0.0005)
                held[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


@pytest.mark.parametrize("error", [errno.ENOLCK, errno.ENOSYS, errno.EIO])
def test_a_drive_that_cannot_lock_is_no_fault_of_a_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    """A broken one is."""
    monkeypatch.setattr(locks, "HAS_FLOCK", True)
    forbid_folders(monkeypatch, error)
    if error == errno.EIO:
        with pytest.raises(OSError, match="Input/output"):
            try_lock_folder(tmp_path)
        return
    assert try_lock_folder(tmp_path) is not None


def test_files_on_a_drive_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether one counts as locked is the caller's decision."""

    def flock(*_: int) -> None:
        raise OSError(errno.ENOTSUP, "Not supported")

    monkeypatch.setattr(locks, "flock", flock)
    with (tmp_path / "file").open("w") as file:
        assert lock_file(file.fileno())
        assert not lock_file(file.fileno(), otherwise=False)


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
