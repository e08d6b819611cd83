"""Makefile: targets that would remove files of others."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_target_of_a_linked_environment_is_not_emptied(tmp_path: Path) -> None:
    """Several working trees may share one .venv; a newer lock file would replace it for all of them."""
    shared, here = tmp_path / "shared", tmp_path / "here"
    shared.mkdir()
    here.mkdir()
    (shared / "installed").write_text("")
    (here / ".venv").symlink_to(shared)
    for name in ("Makefile", "requirements.lock"):
        shutil.copy(ROOT / name, here / name)
    run = subprocess.run(["make", ".venv/locked"], cwd=here, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr.startswith(
        f".venv is a link: make would empty its target, {shared}. Remove the link: rm .venv\n"
    )
    assert [path.name for path in shared.iterdir()] == ["installed"]
