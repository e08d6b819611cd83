from __future__ import annotations

from pathlib import Path

import pytest

from tests.site_checks.chromium import HOW_TO, NoChromiumError, find, main


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of someone whose machine has no Chromium on PATH."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("PLAYWRIGHT_BROWSERS_PATH", raising=False)
    return tmp_path


def program(path: Path) -> Path:
    """A file that can be run."""
    path.parent.mkdir(parents=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_none(bare: Path) -> None:
    """Where there is none, the message says where it was sought and how to get one."""
    with pytest.raises(NoChromiumError) as error:
        find()
    assert str(error.value) == HOW_TO


def test_a_requested_browser_that_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A CHROMIUM that is no program is a mistake, not a reason to take another or to install one."""
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    assert main() == 1
    assert capsys.readouterr().err == "CHROMIUM=/nowhere/chromium names no program that can be run.\n"


def test_on_path(bare: Path) -> None:
    """The first on PATH is taken."""
    expected = program(bare / "bin" / "chromium-browser")
    assert find() == expected


def test_newest_build_of_playwright(bare: Path) -> None:
    """Of Playwright's own builds, the newest is taken."""
    builds = bare / ".cache" / "ms-playwright"
    program(builds / "chromium-999" / "chrome-linux" / "chrome")
    expected = program(builds / "chromium-1208" / "chrome-linux64" / "chrome")
    assert find() == expected
