"""Publication on a disk that ignores case and forms of accents in names: a respelled page is not lost."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from charterbook.site.output import swap
from tests.site.folded_names import fold_names
from tests.site.trees import Tree, grow, publish, shown

#: A site, and the next one with other spellings in folders that are swapped, at the top, and as file and folder.
OLD: Tree = {
    "v1/Foo.html": "old",
    "v1/Deep/index.html": "old",
    "v1/Deep/Gone.html": "old",
    "v1/Dir/Page.html": "old",
    "v1/Become/x": "old",
    "v1/gone.html": "old",
    "v1/caf\u00e9.html": "old",
    "Top.html": "old",
    "Dir/Inner.html": "old",
    "assets/A.css": "old",
    ".well-known/Key": "old",
}
NEW: Tree = {
    "v1/foo.html": "new",
    "v1/deep/index.html": "new",
    "v1/Dir/page.html": "new",
    "v1/become": "new",
    "v1/added.html": "new",
    "v1/cafe\u0301.html": "new",
    "top.html": "new",
    "dir/inner.html": "new",
    "assets/a.css": "new",
    ".well-known/key": "new",
}


@pytest.mark.parametrize("is_mounted", [False, True])
@pytest.mark.parametrize(("before", "after"), [(OLD, NEW), (NEW, OLD), (NEW, NEW)])
def test_entries_that_are_spelled_in_another_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: Tree, after: Tree, is_mounted: bool
) -> None:
    """The new site is complete, with its own spellings, and nothing of the old one remains.

    The folder of a version can be a mount point: its files are exchanged one by one.
    """
    target = grow(tmp_path / "site", before)
    fold_names(monkeypatch, tmp_path)
    monkeypatch.setattr(swap, "_rename", lambda: None)
    if is_mounted:
        monkeypatch.setattr(swap, "_swap", _with_mount(swap._swap, target / "v1"))
    publish(target, after)
    assert shown(target) == after


def _with_mount(exchanged: Callable[..., None], mount: Path) -> Callable[..., None]:
    def swapped(new: Path, live: Path, old: Path, **options: bool) -> None:
        if live == mount:
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(live))
        exchanged(new, live, old, **options)

    return swapped
