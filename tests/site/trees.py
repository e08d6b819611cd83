"""Small file trees: written, read as data, and published in a site_dir."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from charterbook.site.output.publish import Staging, open_staging

#: Files by their path with their content. A path that ends with a slash is an empty folder; `-> x` is a link to x.
Tree = Mapping[str, str]


def grow(folder: Path, tree: Tree) -> Path:
    """Write a tree into a folder, which is created if missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in tree.items():
        path = folder / name
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if content.startswith("-> "):
            path.symlink_to(content[3:])
        elif not name.endswith("/"):
            path.write_text(content)
    return folder


def shown(folder: Path) -> dict[str, str]:
    """Contents of a folder, as a tree."""
    found: dict[str, str] = {}
    for top, folders, names in os.walk(folder):
        for path in (Path(top, name) for name in [*folders, *names]):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                found[name] = f"-> {path.readlink()}"
            elif path.is_file():
                found[name] = path.read_text()
            elif not any(path.iterdir()):
                found[f"{name}/"] = ""
    return found


def staged(target: Path, tree: Tree) -> Staging:
    """A finished site in the staging folder of a site_dir."""
    staging = open_staging(target)
    grow(staging.new, tree)
    return staging


def publish(target: Path, tree: Tree) -> None:
    """Move a site into a site_dir."""
    staged(target, tree).publish()


def killed(work: Callable[[], object]) -> None:
    """Run a function in a child process that is expected to kill itself."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(3)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


#: Exit code of a child process that was killed as expected.
KILLED = 7
