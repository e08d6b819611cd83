"""Fixtures for all tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from charterbook.history.missing_history import host_variables
from tests.generated import examples
from tests.histories import Repo
from tests.lanes import pytest_collection_modifyitems
from tests.site_checks.fixtures import chromium, context, context_without_js

# A busy machine is no failure: examples may take their time. They are the same in every run.
settings.register_profile("patient", deadline=None, derandomize=True, max_examples=examples(60))
settings.load_profile("patient")

# Builds keep compiled templates where Python keeps compiled modules: without them, each takes three times as long.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

#: One Chromium serves all tests of a process.
__all__ = ["chromium", "context", "context_without_js", "pytest_collection_modifyitems"]


@pytest.fixture(autouse=True)
def _nobody_elses_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git reads no settings of the person who runs the tests, today is today, and no host has checked anything out."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("SOURCE_DATE_EPOCH", *host_variables()):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _nothing_recorded() -> Iterator[None]:
    """What a build in this process reads is forgotten once a test is over."""
    yield
    recording = sys.modules.get("charterbook.site.incremental.recording")
    if recording is not None:
        recording.forget()


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A new repository on the branch main, without commits."""
    return Repo(tmp_path / "repo")
