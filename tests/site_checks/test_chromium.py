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
    """If there is none, the message says where it was looked for and how to get one."""
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


def test_a_headless_shell_comes_first(bare: Path) -> None:
    """It is quicker than a browser with windows."""
    program(bare / "bin" / "chromium")
    expected = bare / "bin" / "chromium-headless-shell"
    expected.write_bytes((bare / "bin" / "chromium").read_bytes())
    expected.chmod(0o755)
    assert find() == expected


def test_another_browser_will_do(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """If no headless shell can be installed, the tests use what is there."""
    expected = program(bare / "bin" / "chromium")
    apt = bare / "bin" / "apt-get"
    apt.write_text("#!/bin/sh\necho 'E: no network' >&2\nexit 100\n")
    apt.chmod(0o755)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert main() == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == f"Chromium: {expected}"
    assert said[-2].endswith(f"failed: The tests take longer with {expected}")
