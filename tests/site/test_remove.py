"""Removal of replaced files: a small site immediately, a large one in the background."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from charterbook.locks import Lock, lock_folder
from charterbook.site.output.remove import remove, sweep_removed


def old_site(folder: Path) -> tuple[Path, Lock]:
    """A locked folder with files."""
    old = folder / "site/.charterbook-staging-0"
    (old / "deep").mkdir(parents=True)
    (old / "deep/index.html").write_text("old")
    return old, lock_folder(old)


def wait_until_empty(folder: Path) -> None:
    """Wait until all files of a folder are removed."""
    end = time.monotonic() + 60
    while list(folder.iterdir()) and time.monotonic() < end:
        time.sleep(0.02)
    assert list(folder.iterdir()) == []


def test_few_files_are_removed_at_once(tmp_path: Path) -> None:
    """So are many, if there is no folder for them."""
    for files, aside in ((10, tmp_path / "aside"), (1_000, None), (1_000, Path("/proc/missing"))):
        old, lock = old_site(tmp_path)
        remove(old, lock, files, aside)
        assert not old.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_many_files_leave_the_site_at_once_and_are_removed_later(tmp_path: Path) -> None:
    """They are removed in the end."""
    old, lock = old_site(tmp_path)
    remove(old, lock, 1_000, tmp_path / "aside")
    assert not old.exists()
    wait_until_empty(tmp_path / "aside")


def test_a_server_removes_an_old_draft_in_the_background(tmp_path: Path) -> None:
    """Its thread for the site lives as long as the server."""
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        old, lock = old_site(tmp_path)
        remove(old, lock, 100, tmp_path / "aside")
        assert not old.exists()
        wait_until_empty(tmp_path / "aside")
    finally:
        done.set()
        other.join()


def test_leftovers_of_an_interrupted_removal_are_swept(tmp_path: Path) -> None:
    """But not files that another process is removing."""
    for name in ("left", "held"):
        (tmp_path / name / "deep").mkdir(parents=True)
    with lock_folder(tmp_path / "held"):
        sweep_removed(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == ["held"]
    sweep_removed(tmp_path)
    assert list(tmp_path.iterdir()) == []
