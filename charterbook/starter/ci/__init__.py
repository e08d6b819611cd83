"""The files that `charterbook ci` writes: workflows that check, report, preview, apply, publish and remind.

- `github/`: workflows of GitHub Actions
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from charterbook.errors import CharterbookError

FORGES = ("github", "gitlab")


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
    """Write a forge's files into a handbook, and return the names of new ones.

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
    for name in files.keys() - present.keys():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[name], encoding="utf-8", newline="\n")
    return sorted(files.keys() - present.keys())
