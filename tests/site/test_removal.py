"""The site that was before goes: a small one at once, a large one while nobody waits for it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from charterbook.site.removal import remove


def old_site(folder: Path) -> Path:
    """A folder named as a build's."""
    old = folder / ".site.charterbook-4000000"
    (old / "deep").mkdir(parents=True)
    (old / "deep/index.html").write_text("old")
    return old


def test_few_files_are_gone_at_once(tmp_path: Path) -> None:
    """Nothing of them is left when the build ends."""
    remove(old_site(tmp_path), 10)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("files", [1_000, 100_000])
def test_many_files_go_behind_the_back(tmp_path: Path, files: int) -> None:
    """They are gone in the end."""
    remove(old_site(tmp_path), files)
    end = time.monotonic() + 60
    while list(tmp_path.iterdir()) and time.monotonic() < end:
        time.sleep(0.05)
    assert list(tmp_path.iterdir()) == []
