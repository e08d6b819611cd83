"""Hashes of the program's files: hashes of their contents, in any state of the cache."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from charterbook import program_hash
from charterbook.program_hash import hashes_of, program, whole_program
from tests.test_file_store import DAMAGES


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program whose files are old enough for their hashes to be stored."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(program_hash, "_SETTLED", -60_000_000_000)
    folder = tmp_path / "program"
    (folder / "part").mkdir(parents=True)
    (folder / "part/a.py").write_text("a = 1\n")
    (folder / "b.html").write_text("b")
    return folder


def stored(root: Path) -> Path:
    """The file with the hashes."""
    return root / "__pycache__/program.json"


def hashes(root: Path) -> dict[str, str]:
    """Hashes as computed and as cached afterwards; both are hashes of the contents."""
    expected = {
        path.relative_to(root).as_posix(): hashlib.blake2b(path.read_bytes(), digest_size=20).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    for _ in range(2):
        assert hashes_of(root, stored(root)) == expected
    return expected


def _same_size_and_time(root: Path) -> None:
    file = root / "b.html"
    before = file.stat()
    time.sleep(0.02)  # the clock of files ticks a few times in a second at least
    file.write_text("c")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "edited": lambda root: (root / "part/a.py").write_text("a = 22\n"),
    "of the same size and time": _same_size_and_time,
    "added": lambda root: (root / "part/c.py").write_text(""),
    "removed": lambda root: (root / "b.html").unlink(),
    "renamed": lambda root: (root / "b.html").rename(root / "c.html"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_each_change_counts(root: Path, change: Callable[[Path], object]) -> None:
    """Also one that keeps size and time of modification."""
    before = hashes(root)
    change(root)
    assert hashes(root) != before


def test_known_files_are_not_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their hashes come from beside the bytecode."""
    before = hashes(root)
    monkeypatch.setattr(program_hash, "_hash", lambda path: pytest.fail(f"{path} was read"))
    assert hashes_of(root, stored(root)) == before


def test_a_file_that_has_just_changed_is_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within one tick of the clock it can change again."""
    monkeypatch.setattr(program_hash, "_SETTLED", 60_000_000_000)
    assert hashes(root)
    assert not stored(root).exists()


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_hashes_are_made_again(root: Path, damage: Callable[[Path], object]) -> None:
    """They are no content of a cache."""
    hashes(root)
    damage(stored(root))
    hashes(root)


def test_where_nothing_can_be_written_all_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with PYTHONDONTWRITEBYTECODE."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    hashes(root)
    assert not stored(root).exists()


def test_parts_of_the_program() -> None:
    """A module, a package with its catalogs, and everything."""
    found = [
        program("errors.py"),
        program("errors.py", "locale"),
        program("locale"),
        program("charter"),
        whole_program(),
    ]
    assert len(set(found)) == len(found)
    assert program("errors.py") == program("errors.py")
