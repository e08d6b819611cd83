"""Faults in the process of a build: called there before the build begins."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.charters import minimal_charter
from tests.site.handbooks import snapshot


def build_on(folder: Path, options: str) -> None:
    """Build with a small disk mounted at a folder of the handbook, which keeps its contents."""
    kept = folder.with_name("kept")
    shutil.copytree(folder, kept, symlinks=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(folder)], check=True)
    shutil.copytree(kept, folder, symlinks=True, dirs_exist_ok=True)
    shutil.rmtree(kept)
    before = snapshot(folder)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"], capture_output=True, encoding="utf-8", check=False
    )
    lines = [line for line in done.stderr.splitlines() if "cannot be written" in line or "Traceback" in line]
    print(done.returncode, snapshot(folder) == before, *lines, sep="\n")  # noqa: T201 – the caller reads it


def spoil_cache() -> None:
    """Delete and damage files of the cache, and replace them by others, as long as this process lives."""
    threading.Thread(target=_spoil, args=(Path(".cache/charterbook"),), daemon=True).start()


def _spoil(folder: Path) -> None:
    chance = random.Random(os.getpid())  # noqa: S311 (not for secrets)
    while True:
        for path in sorted(folder.rglob("*")):
            with suppress(OSError):
                if path.is_file():
                    _spoil_file(path, chance.randrange(4))
        with suppress(OSError):
            shutil.rmtree(chance.choice(list(folder.iterdir()) or [folder]))
        time.sleep(0.01)


def _spoil_file(path: Path, way: int) -> None:
    if way == 0:
        path.unlink()
    elif way == 1:
        path.write_bytes(path.read_bytes()[:-1])
    elif way == 2:
        path.write_bytes(b"\0" * 100 + path.read_bytes())
    else:
        path.write_bytes(b'{"format": 99}\n')


def edit_after_the_first_look() -> None:
    """Edit a page, the macros and the charter once the build has read the inputs for its comparison with the last one."""
    from charterbook.site import plugin

    real = vars(plugin)["read_build_state"]

    def read(*arguments: object, **options: object) -> object:
        found = real(*arguments, **options)
        Path("docs/faq.md").write_text("# Two\n", encoding="utf-8")
        Path("macros.py").write_text(
            Path("macros.py").read_text(encoding="utf-8") + "\nX = 1\n", encoding="utf-8"
        )
        Path("charter.yml").write_text(minimal_charter(title="Edited"), encoding="utf-8")
        return found

    vars(plugin)["read_build_state"] = read


def commit_elsewhere_after_the_first_look() -> None:
    """Commit to another branch, and fetch one, once the build has read the inputs for its comparison with the last one."""
    from charterbook.site import plugin

    real = vars(plugin)["read_build_state"]

    def read(*arguments: object, **options: object) -> object:
        found = real(*arguments, **options)
        tip = Path(".git/refs/heads/main").read_text(encoding="utf-8")
        for name in ("heads/other", "remotes/fork/other"):
            Path(".git/refs", name).parent.mkdir(parents=True, exist_ok=True)
            Path(".git/refs", name).write_text(tip, encoding="utf-8")
        return found

    vars(plugin)["read_build_state"] = read


def fail_to_list_pages() -> None:
    """Let MkDocs' own listing of docs/services fail, as a network drive can, and all others succeed."""
    from mkdocs.structure import files

    class Failing:
        def __getattr__(self, name: str) -> object:
            return getattr(os, name)

        def walk(self, top: str, *, followlinks: bool) -> Iterator[tuple[str, list[str], list[str]]]:
            for folder, folders, names in os.walk(top, followlinks=followlinks):
                if folder == top:
                    folders.remove("services")
                yield folder, folders, names

    files.os = Failing()  # type: ignore[assignment, attr-defined]
