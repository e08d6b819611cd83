"""Builds in containers: process 1 of each, with a shared folder; or with only site/ writable."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.handbooks import Handbook, environment, snapshot
from tests.site.namespaces import OWN_PROCESSES, finish, start
from tests.site.run_mkdocs import ROOT


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    """A handbook of two versions."""
    book = Handbook(tmp_path_factory.mktemp("containers") / "book", pages=("index", "mission"))
    book.commit("2025-01-06")
    book.commit("2025-04-07", title="Second")
    return book


def test_builds_in_two_containers_do_not_harm_each_other(shared: Handbook) -> None:
    """Each is process 1 of its own PID namespace. The site is complete, and there are no leftovers."""
    shared.write("docs/faq.md", "# One\n")
    assert shared.build(site="expected").code == 0
    shutil.rmtree(shared.folder / ".cache/charterbook/versions")
    runs = [start(OWN_PROCESSES, "-m", "mkdocs", "build", folder=shared.folder) for _ in range(2)]
    assert all("Documentation built" in finish(run) for run in runs)
    assert snapshot(shared.folder / "site") == snapshot(shared.folder / "expected")
    assert [*shared.left_over, *shared.folder.rglob(".new-*")] == []


_AT_WORK = """
import os, time
from pathlib import Path
from charterbook.site.output.publish import open_staging
from charterbook.file_store import open_replacement
staging = open_staging(Path("mounted").resolve())
with open_replacement(Path("cache/entry")) as file:
    print(os.getpid(), flush=True)
    time.sleep(600)
"""

_OTHER = """
from pathlib import Path
from charterbook.site.output.publish import recover
from charterbook.file_store import sweep
recover(Path("mounted").resolve())
sweep(Path("cache"))
"""


def test_what_another_container_writes_is_left_alone_until_it_ends(tmp_path: Path) -> None:
    """Both are process 1. Leftovers of a killed one are removed."""
    arguments = {"cwd": tmp_path, "env": environment(PYTHONPATH=ROOT)}
    run = subprocess.Popen(
        [*OWN_PROCESSES, sys.executable, "-c", _AT_WORK],
        stdout=subprocess.PIPE,
        **arguments,  # type: ignore[call-overload]
    )
    assert run.stdout.readline() == b"1\n"
    finish(start(OWN_PROCESSES, "-c", _OTHER, folder=tmp_path))
    left = [len(list((tmp_path / name).iterdir())) for name in ("mounted", "cache")]
    run.kill()
    run.communicate()  # until no process has its output open
    finish(start(OWN_PROCESSES, "-c", _OTHER, folder=tmp_path))
    assert (left, list((tmp_path / "mounted").iterdir()), list((tmp_path / "cache").iterdir())) == (
        [1, 1],
        [],
        [],
    )


def test_a_read_only_checkout_is_built(shared: Handbook) -> None:
    """By a process that may only write to site/: without the cache, reported in one line."""
    (shared.folder / "docs/faq.md").unlink(missing_ok=True)
    for name in (".cache", "site", "expected"):
        shutil.rmtree(shared.folder / name, ignore_errors=True)
    (shared.folder / "site").mkdir()
    folders = [Path(top) for top, _, _ in os.walk(shared.folder) if Path(top).name != "site"]
    for folder in folders:
        folder.chmod(0o555)
    # Even root may not write then.
    wrapper = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    try:
        said = finish(start(wrapper, "-m", "mkdocs", "build", "--strict", folder=shared.folder))
    finally:
        for folder in folders:
            folder.chmod(0o755)
    told = [line for line in said.splitlines() if "cannot be written" in line]
    why = f"{shared.folder}/.cache cannot be written: Permission denied."
    assert told == [f"INFO    -  {why} The next build cannot use what this one has built."]
    assert (shared.folder / "site/latest/index.html").is_file()
    assert not (shared.folder / ".cache").exists()
