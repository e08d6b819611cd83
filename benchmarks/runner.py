"""Runner of all contenders' programs: the same environment, no user settings, a fixed day."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.memory_folder import memory_folder

#: A day after the newest compared quarter, as pages can show it.
TODAY = "1811808000"
PYTHON = sys.executable

#: Bytes that the snapshots of all contenders need at most.
_NEEDED = 4 * 1024**3


class BenchError(Exception):
    """Raised if a contender failed, or did not show the expected pages."""


def default_folder() -> Path:
    """Folder for the built sites: in memory if there is enough of it, else the usual one for temporary files."""
    return memory_folder(_NEEDED) or Path(tempfile.gettempdir())


def environment() -> dict[str, str]:
    """Environment of every program, with its own programs first on PATH."""
    return {
        "PATH": os.pathsep.join([str(Path(PYTHON).parent), os.environ.get("PATH", os.defpath)]),
        "HOME": os.environ.get("HOME", str(Path.home())),
        "TMPDIR": os.environ.get("TMPDIR", "/tmp"),  # noqa: S108 – where the machine keeps them
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": TODAY,
    }


def run(command: Sequence[str], folder: Path, stdin: bytes | None = None) -> str:
    """Output of a program. Raises BenchError with its last lines if it fails."""
    done = subprocess.run(
        command, cwd=folder, env=environment(), input=stdin, capture_output=True, check=False
    )
    if done.returncode:
        raise BenchError(f"{' '.join(command)} failed in {folder.name}:\n{_last_words(done)}")
    return done.stdout.decode("utf-8", "replace")


def copy_tree(source: Path, target: Path) -> None:
    """Replace `target` with a copy of `source`, preserving hard links."""
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


def _last_words(done: subprocess.CompletedProcess[bytes]) -> str:
    return "\n".join((done.stdout + done.stderr).decode("utf-8", "replace").splitlines()[-12:])
