"""Entries of the cache of versions: only valid ones are returned, and none leads outside its folder."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from charterbook.file_store import Store
from charterbook.site.incremental.version_cache import KEEP_DAYS, VersionCache
from tests.site.handbooks import snapshot
from tests.test_file_store import DAMAGES


@pytest.mark.parametrize("damage", DAMAGES)
def test_only_valid_entries_are_returned(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    """Damaged entries never reach the site, and are replaced."""
    kept, (made, into) = VersionCache(tmp_path / "cache"), (tmp_path / "made", tmp_path / "into")
    (made / "deep").mkdir(parents=True)
    (made / "deep/a.html").write_text("A")
    kept.put("entry", made)
    damage(tmp_path / "cache/entry")
    assert (kept.get("entry", into), into.exists()) == (False, False)
    kept.put("entry", made)
    assert kept.get("entry", into)
    assert snapshot(into) == snapshot(made)


@pytest.mark.parametrize(
    "listed",
    [
        [["../outside.html", 1]],
        [["deep/../../outside.html", 1]],
        [["{}/outside.html", 1]],
        [["a.html", 1], ["../outside.html", 0]],
        [["a.html/b.html", 1], ["a.html", 0]],
        [["a.html", 2]],
        [["a.html", 0]],
        [["", 1]],
        [["a.html", "1"]],
        [["a\0.html", 1]],
        [[1, 1]],
        {"a.html": 1},
        1,
    ],
)
def test_an_entry_stays_within_its_folder(tmp_path: Path, listed: object) -> None:
    """Even a foreign one with the correct hash."""
    head = json.dumps(listed).replace("{}", tmp_path.as_posix())
    Store(tmp_path / "cache").put("entry", head.encode() + b"\nX")
    assert not VersionCache(tmp_path / "cache").get("entry", tmp_path / "into/site")
    assert not [path for path in tmp_path.rglob("*") if path.suffix == ".html"]


def test_unused_entries_are_removed(tmp_path: Path) -> None:
    """After `KEEP_DAYS` since their last use."""
    kept, made = VersionCache(tmp_path / "cache"), tmp_path / "made"
    made.mkdir()
    for name in ("used", "old"):
        kept.put(name, made)
        os.utime(tmp_path / "cache" / name, (0, 0))
    kept.get("used", tmp_path / "into")
    kept.prune(KEEP_DAYS * 86_400 + 1.0)
    assert [entry.name for entry in (tmp_path / "cache").iterdir()] == ["used"]
