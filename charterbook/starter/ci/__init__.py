"""The files that `charterbook ci` writes: workflows that check, report, preview, apply, publish and remind.

- `github/`: workflows of GitHub Actions
- `requirements_lock`: the packages that the jobs install, with hashes
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from charterbook.atomic_write import create_file, replace_file
from charterbook.errors import CharterbookError
from charterbook.folders import exists
from charterbook.pipes import read_regular
from charterbook.starter.ci import requirements_lock


def files_for(forge: str) -> dict[str, str]:
    """The files for a forge: paths in the repository and texts. Raises KeyError for an unknown forge."""
    here = resources.files(__name__)
    if forge == "gitlab":
        return {".gitlab-ci.yml": (here / "gitlab.yml").read_text(encoding="utf-8")}
    if forge != "github":
        raise KeyError(forge)
    found = sorted((here / "github").iterdir(), key=lambda file: file.name)
    return {f".github/workflows/{file.name}": file.read_text(encoding="utf-8") for file in found}


class WrittenFiles(NamedTuple):
    """The names of new and updated files, and the packages that requirements.lock no longer has."""

    names: list[str]
    removed: tuple[str, ...]


def write(folder: Path, forge: str) -> WrittenFiles:
    """Write a forge's files and requirements.lock into a handbook.

    Nothing is written if an error occurs. Raises CharterbookError if one exists with other content, and OSError.
    """
    files = files_for(forge)
    present = [name for name in files if exists(folder / name)]
    other = [name for name in present if not _is_same(folder / name, files[name])]
    if other:
        raise CharterbookError(
            f"{', '.join(other)}: exists with other content. Move it away, then try again."
        )
    missing = {name: text for name, text in files.items() if name not in present}
    lock = requirements_lock.updated_lock(folder)
    with _created(folder, missing):
        written = _replace_lock(folder, lock)
    return WrittenFiles(sorted([*missing, *written.names]), written.removed)


def update_lock(folder: Path) -> WrittenFiles:
    """Write requirements.lock alone, if it has changed. Raises CharterbookError and OSError."""
    return _replace_lock(folder, requirements_lock.updated_lock(folder))


def _is_same(path: Path, text: str) -> bool:
    """Whether a file has this text, apart from the ends of its lines. A link that leads nowhere has none."""
    return path.exists() and read_regular(path).replace(b"\r\n", b"\n") == text.encode()


def _replace_lock(folder: Path, lock: requirements_lock.UpdatedLock | None) -> WrittenFiles:
    if lock is None:
        return WrittenFiles([], ())
    replace_file(folder / requirements_lock.NAME, lock.text.encode())
    return WrittenFiles([requirements_lock.NAME], lock.removed)


@contextmanager
def _created(folder: Path, files: Mapping[str, str]) -> Iterator[None]:
    """Context manager: make these files and their folders, and remove them again if an error occurs."""
    with ExitStack() as undo:
        for name, text in files.items():
            for parent in reversed((folder / name).parents):
                if not parent.exists():
                    parent.mkdir()
                    undo.callback(_remove, parent.rmdir)
            create_file(folder / name, text.encode())
            undo.callback(_remove, (folder / name).unlink)
        yield
        undo.pop_all()


def _remove(remove: Callable[[], None]) -> None:
    with suppress(OSError):
        remove()
