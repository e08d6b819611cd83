"""The files that `charterbook ci` writes: workflows that check, report, preview, apply, publish and remind.

- `github/`: workflows of GitHub Actions
- `requirements_lock`: the packages that the jobs install, with hashes
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from charterbook.atomic_write import replace_file
from charterbook.errors import CharterbookError
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


def write(folder: Path, forge: str) -> list[str]:
    """Write a forge's files and requirements.lock into a handbook, and return the names of new and updated ones.

    Raises CharterbookError, without writing, if one exists with other content.
    """
    files = files_for(forge)
    present = {
        name: (folder / name).read_text(encoding="utf-8") for name in files if (folder / name).exists()
    }
    other = [name for name, text in present.items() if text != files[name]]
    if other:
        raise CharterbookError(
            f"{', '.join(other)}: exists with other content. Move it away, then try again."
        )
    missing = {name: text for name, text in files.items() if name not in present}
    lock = requirements_lock.updated_lock(folder)
    return _write(folder, missing if lock is None else missing | {requirements_lock.NAME: lock})


def update_lock(folder: Path) -> list[str]:
    """Write requirements.lock alone, and return its name if it has changed. Raises CharterbookError."""
    lock = requirements_lock.updated_lock(folder)
    return [] if lock is None else _write(folder, {requirements_lock.NAME: lock})


def _write(folder: Path, files: dict[str, str]) -> list[str]:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, text.encode())
    return sorted(files)
