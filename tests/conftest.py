"""Fixtures for all tests."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from charterbook.history.missing_history import host_variables
from charterbook.pull_request import request_variables
from tests.generated import examples
from tests.histories import Repo
from tests.lanes import pytest_collection_finish, pytest_collection_modifyitems
from tests.memory_folder import memory_folder
from tests.site_checks.fixtures import chromium, context, context_without_js

# No deadlines, so that a busy machine is not a failure. Examples are the same in every run.
settings.register_profile("patient", deadline=None, derandomize=True, max_examples=examples(30))
settings.load_profile("patient")

# Compiled templates are cached beside Python's compiled modules: without them, each build takes three times as long.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

#: Bytes that the temporary files of all tests need at most.
_NEEDED = 4 * 1024**3

#: One Chromium serves all tests of a process.
__all__ = [
    "chromium",
    "context",
    "context_without_js",
    "pytest_collection_finish",
    "pytest_collection_modifyitems",
]


def pytest_configure(config: pytest.Config) -> None:
    """Put temporary files into memory if there is enough of it, unless a folder for them is named."""
    named = {"PYTEST_DEBUG_TEMPROOT", "TMPDIR"} & os.environ.keys()
    folder = None if config.option.basetemp or named else memory_folder(_NEEDED)
    if folder is not None:
        os.environ.update(PYTEST_DEBUG_TEMPROOT=str(folder), TMPDIR=str(folder))
        tempfile.tempdir = None


@pytest.fixture(autouse=True)
def _isolated_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Isolate tests from the user's git settings, from a fixed build day, and from variables of CI hosts."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("SOURCE_DATE_EPOCH", *host_variables(), *request_variables()):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _clear_recording() -> Iterator[None]:
    """Clear the record of read files after each test."""
    yield
    recording = sys.modules.get("charterbook.site.incremental.recording")
    if recording is not None:
        recording.forget()


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A new repository on the branch main, without commits."""
    return Repo(tmp_path / "repo")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
