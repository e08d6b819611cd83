"""The files that `charterbook new` writes: a charter with the five questions to answer, and its handbook.

- `ci`: the files that `charterbook ci` writes
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from charterbook.charter.charter_schema import schema_text
from charterbook.errors import CharterbookError
from charterbook.folders import exists
from charterbook.i18n import N_, translator
from charterbook.locks import lock_folder

_NOT_EMPTY = N_("%(folder)s is not empty: name a new or empty folder.")

#: Prefix of temporary folders.
_SCRATCH = ".charterbook-"

_IGNORED = ".venv/\n.cache/\nsite/\n__pycache__/\n"

_SETTINGS = """\
site_name: {title}
# {site_url}
# site_url: https://handbook.example.com/charter/
# {repo_url}
# repo_url: https://github.com/your-team/charter

theme:
  name: material

plugins:
  - charterbook
  - macros:
      module_name: macros
  - search

# {extensions}
markdown_extensions:
  - admonition
"""

_MACROS = '''\
"""{macros}"""

from charterbook.site.macros import define_env

__all__ = ["define_env"]
'''

#: The words in those two files, by language.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Charter",
        "site_url": "The address of the published handbook: search engines and feeds need it.",
        "repo_url": "The repository of the charter: pages link to its commits.",
        "extensions": "Markdown for the pages in docs/: boxes, such as `!!! note`.",
        "macros": "Macros for the pages in docs/: Charterbook's, and your own below.",
    },
    "ru": {
        "title": "Устав",
        "site_url": "Адрес, по которому опубликован справочник: он нужен поисковым системам и лентам.",
        "repo_url": "Репозиторий устава: страницы ссылаются на его коммиты.",
        "extensions": "Markdown для страниц в docs/: рамки, например `!!! note`.",
        "macros": "Макросы для страниц в docs/: макросы Charterbook, а ниже — ваши собственные.",
    },
}


def start(directory: Path, language: str) -> list[str]:
    """Write a new handbook and return the names of the written files.

    Nothing is written if an error occurs. Raises CharterbookError for a folder that is not empty, and OSError.
    """
    _check_empty(directory, language)
    directory.parent.mkdir(parents=True, exist_ok=True)
    beside = directory if directory.is_dir() else directory.parent
    try:
        with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=beside, ignore_cleanup_errors=True) as scratch:
            _write(Path(scratch) / "handbook", language)
            directory.mkdir(exist_ok=True)
            with lock_folder(directory):
                _check_empty(directory, language)  # another command can have written one
                _move(Path(scratch) / "handbook", directory)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(directory)) from error
    return sorted(entry.name for entry in _visible(directory))


def _move(source: Path, target: Path) -> None:
    """Move the contents of a folder, all or nothing. Raises OSError."""
    names = sorted(entry.name for entry in source.iterdir())
    try:
        for name in names:
            (source / name).rename(target / name)
    except OSError:
        for name in names:
            if not exists(source / name):
                (target / name).rename(source / name)
        raise


def _check_empty(directory: Path, language: str) -> None:
    if directory.exists() and (not directory.is_dir() or any(_visible(directory))):
        raise CharterbookError(translator(language).gettext(_NOT_EMPTY) % {"folder": directory})


def empty_charter(language: str) -> str:
    """The text of the charter that a new handbook begins with: the five questions, to fill in."""
    return (resources.files("charterbook.starter") / f"charter.{language}.yml").read_text(encoding="utf-8")


def _visible(directory: Path) -> list[Path]:
    """The contents of a folder, without temporary folders and .git, which an earlier `git init` may have created."""
    names = (entry for entry in directory.iterdir() if entry.name != ".git")
    return [entry for entry in names if not entry.name.startswith(_SCRATCH)]


def _write(folder: Path, language: str) -> None:
    here = resources.files("charterbook.starter")
    folder.mkdir()
    _copy(_docs(), folder / "docs")
    texts = {
        "charter.yml": empty_charter(language),
        "README.md": (here / f"README.{language}.md").read_text(encoding="utf-8"),
        "mkdocs.yml": _SETTINGS.format(**_WORDS[language]),
        "macros.py": _MACROS.format(**_WORDS[language]),
        ".gitignore": _IGNORED,
        "charter.schema.json": schema_text(),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _docs() -> Traversable:
    """The handbook's pages: from the wheel, or from docs/ in a checkout of the repository."""
    packed = resources.files("charterbook.starter") / "docs"
    return packed if packed.is_dir() else Path(__file__).parents[2] / "docs"


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir()
    for entry in source.iterdir():
        if entry.is_dir():
            _copy(entry, target / entry.name)
        else:
            (target / entry.name).write_bytes(entry.read_bytes())
