"""Pipes: their content is read whole, and no command waits for a program that is not there."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from charterbook import pipes
from charterbook.atomic_write import write_file
from charterbook.check import check_file
from charterbook.errors import CharterbookError, SettingsError
from charterbook.pipes import read_input, read_regular
from charterbook.settings import read_settings
from charterbook.site.incremental.input_states import FILE, InputScope, InputStates
from charterbook.site.output.previous_assets import PREVIOUS, read_previous
from charterbook.site.output.published_addresses import ADDRESSES, read_addresses
from tests.charters import minimal_charter

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe that no program has opened."""
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def test_a_program_that_writes_late_and_in_parts(pipe: Path) -> None:
    """All of its output is read, up to the limit."""

    def write() -> None:
        time.sleep(0.1)
        with suppress(BrokenPipeError), pipe.open("wb", buffering=0) as out:
            for part in (b"one ", b"two ", b"three"):
                time.sleep(0.1)
                out.write(part)

    for limit, expected in ((99, b"one two three"), (5, b"one tw")):
        writer = threading.Thread(target=write)
        writer.start()
        try:
            assert read_input(pipe, limit) == expected
        finally:
            writer.join()


def test_a_program_that_reads_late(pipe: Path) -> None:
    """It gets everything, also if that does not fit into the pipe."""
    found: list[bytes] = []

    def read() -> None:
        time.sleep(0.1)
        found.append(pipe.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    write_file(pipe, b"x" * 300_000)
    reader.join()
    assert found == [b"x" * 300_000]
    assert pipe.is_fifo()


def test_a_pipe_without_another_program(pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names it, after a while in which a program can open it."""
    monkeypatch.setattr(pipes, "PATIENCE", 0.1)
    with pytest.raises(OSError, match=f"no program writes to this pipe: '{pipe}'"):
        read_input(pipe, 9)
    with pytest.raises(OSError, match=f"no program reads from this pipe: '{pipe}'"):
        write_file(pipe, b"x")
    with pytest.raises(OSError, match=f"it is not a file: '{pipe}'"):
        read_regular(pipe)


def test_a_pipe_among_pages(tmp_path: Path) -> None:
    """It is an error: a page is read more than once."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: X\n", encoding="utf-8")
    (tmp_path / "charter.yml").write_text(minimal_charter(), encoding="utf-8")
    os.mkfifo(tmp_path / "docs/index.md")
    with pytest.raises(CharterbookError, match=r"docs/index\.md cannot be read: it is not a file"):
        check_file(tmp_path / "charter.yml")


def test_a_pipe_among_settings(tmp_path: Path) -> None:
    """It is an error, too."""
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml", encoding="utf-8")
    os.mkfifo(tmp_path / "base.yml")
    with pytest.raises(SettingsError, match=r"base\.yml: cannot be read: it is not a file"):
        read_settings(tmp_path)
    (tmp_path / "mkdocs.yml").unlink()
    os.mkfifo(tmp_path / "mkdocs.yml")
    with pytest.raises(SettingsError, match=r"mkdocs\.yml: cannot be read: it is not a file"):
        read_settings(tmp_path)


def test_a_pipe_among_lists_of_a_site_and_inputs(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """They are read by each build, as if they were empty."""
    (tmp_path / PREVIOUS).parent.mkdir()
    for name in (ADDRESSES, PREVIOUS):
        os.mkfifo(tmp_path / name)
    assert read_addresses(tmp_path / ADDRESSES) == set()
    assert f"{ADDRESSES} is not a list of addresses" in caplog.text
    assert read_previous(tmp_path) == {}
    scope = InputScope(tmp_path, tmp_path / "docs", {}, (), tmp_path / "charter.yml")
    assert InputStates(scope).of([(FILE, ADDRESSES)])
