"""Shared sites: each is built once in a run, by the first pytest process that needs it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.handbooks import Built

#: Timeout for a site built by another process, in seconds.
PATIENCE = 600


def build_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], Built]) -> Built:
    """Site built by `build` in a folder, as `site/`. It is shared, so tests must not change it."""
    base = factory.getbasetemp()
    folder = (base.parent if base.name.startswith("popen-") else base) / f"once-{name}"
    done = folder.with_suffix(".done")
    try:
        folder.mkdir()
    except FileExistsError:
        _wait(done, name)
    else:
        _build(folder, done, build)
    failure = done.read_text(encoding="utf-8")
    assert failure == "", f"the site {name} was not built:\n{failure}"
    return Built(folder / "site", 0, "")


def _build(folder: Path, done: Path, build: Callable[[Path], Built]) -> None:
    """Build, and signal the result to waiting processes in any case."""
    failure = "the process that began to build it has failed"
    try:
        built = build(folder)
        failure = built.output if built.code else ""
    finally:
        part = done.with_suffix(".part")
        part.write_text(failure, encoding="utf-8")
        part.rename(done)


def _wait(done: Path, name: str) -> None:
    until = time.monotonic() + PATIENCE
    while not done.exists():
        assert time.monotonic() < until, f"the process that builds the site {name} does not come to an end"
        time.sleep(0.1)
