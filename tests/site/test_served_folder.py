"""The temporary folder of a server that was killed: the next server removes it, and nothing of others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from charterbook.site.output.served_folder import claim
from tests.site.handbooks import environment
from tests.site.run_mkdocs import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no locks of this kind")

_SERVER = """
import sys, time
from pathlib import Path
from charterbook.site.output.served_folder import claim
claim(Path(sys.argv[1]))
claim(Path(sys.argv[1]))
print("serving", flush=True)
time.sleep(600)
"""


def serve(folder: Path) -> subprocess.Popen[str]:
    """A process that serves from a folder."""
    command = [sys.executable, "-c", _SERVER, str(folder)]
    server = subprocess.Popen(
        command,
        env=environment(PYTHONPATH=ROOT, TMPDIR=str(folder.parent)),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    assert server.stdout.readline() == "serving\n"
    return server


def test_only_the_folder_of_a_killed_server_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of running servers, of MkDocs alone, and links stay."""
    for name in ("mkdocs_killed", "mkdocs_running", "mkdocs_next", "mkdocs_plain", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name)
    with serve(tmp_path / "mkdocs_killed") as killed, serve(tmp_path / "mkdocs_running") as running:
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        mark = next((tmp_path / "mkdocs_killed").glob(".charterbook-served-*"))
        (tmp_path / "other" / mark.name).touch()
        (tmp_path / "mkdocs_link").symlink_to("other")
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        claim(tmp_path / "mkdocs_next")
        assert sorted(path.name for path in tmp_path.iterdir()) == [
            "mkdocs_link", "mkdocs_next", "mkdocs_plain", "mkdocs_running", "other"
        ]  # fmt: skip
        assert (tmp_path / "other/index.html").exists()
        assert len([*(tmp_path / "mkdocs_running").iterdir()]) == 2
        running.kill()


def test_a_folder_that_cannot_be_marked(tmp_path: Path) -> None:
    """It is served nevertheless."""
    claim(tmp_path / "missing")
