"""The files that `charterbook new` writes: a charter that asks the five questions, and a handbook around it.

- `ci`: the files that `charterbook ci` writes
"""

from __future__ import annotations

import shutil
import tempfile
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from charterbook.charter.charter_schema import schema_text
from charterbook.errors import CharterbookError

_IGNORED = ".venv/\n.cache/\nsite/\n__pycache__/\n"

_SETTINGS = """\
site_name: {title}
# The address that the handbook is published at: search engines and feeds need it.
# site_url: https://handbook.example.com/charter/
# The repository that the charter is kept in: pages link to its commits.
# repo_url: https://github.com/your-team/charter

theme:
  name: material

plugins:
  - charterbook
  - macros:
      module_name: macros
  - search
"""

_MACROS = '''\
"""What the pages of docs/ may call: Charterbook's macros. Define your own below."""

from charterbook.site.macros import define_env

__all__ = ["define_env"]
'''

_TITLES = {"en": "Charter", "ru": "Устав"}


def start(directory: Path, language: str) -> list[str]:
    """Write a new handbook and return the names of what was written.

    Nothing is written, and CharterbookError raised, where the folder holds anything already. The folder
    appears whole or not at all.
    """
    if directory.exists() and (not directory.is_dir() or any(_visible(directory))):
        raise CharterbookError(f"{directory} is not empty: name a new folder, or an empty one.")
    directory.parent.mkdir(parents=True, exist_ok=True)
    beside = directory if directory.is_dir() else directory.parent
    with tempfile.TemporaryDirectory(prefix=".charterbook-", dir=beside) as scratch:
        made = Path(scratch) / "handbook"
        _write(made, language)
        directory.mkdir(exist_ok=True)
        for entry in sorted(made.iterdir()):
            shutil.move(entry, directory / entry.name)
    return sorted(entry.name for entry in _visible(directory))


def _visible(directory: Path) -> list[Path]:
    """What a folder holds beside a repository's own data: `git init` may have come first."""
    return [entry for entry in directory.iterdir() if entry.name != ".git"]


def _write(folder: Path, language: str) -> None:
    here = resources.files("charterbook.starter")
    folder.mkdir()
    _copy(_docs(), folder / "docs")
    texts = {
        "charter.yml": (here / f"charter.{language}.yml").read_text(encoding="utf-8"),
        "README.md": (here / f"README.{language}.md").read_text(encoding="utf-8"),
        "mkdocs.yml": _SETTINGS.format(title=_TITLES[language]),
        "macros.py": _MACROS,
        ".gitignore": _IGNORED,
        "charter.schema.json": schema_text(),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _docs() -> Traversable:
    """The handbook's pages: packed into the wheel, or, in a checkout of the repository, docs/ itself."""
    packed = resources.files("charterbook.starter") / "docs"
    return packed if packed.is_dir() else Path(__file__).parents[2] / "docs"


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir()
    for entry in source.iterdir():
        if entry.is_dir():
            _copy(entry, target / entry.name)
        else:
            (target / entry.name).write_bytes(entry.read_bytes())
