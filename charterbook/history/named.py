"""A charter by what people call it: a version, `latest`, `draft`, a file, or a git revision."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from charterbook.charter import Charter
from charterbook.errors import CharterError
from charterbook.git import NoRepositoryError, Objects
from charterbook.history.branch import Repository, find_repository
from charterbook.history.log import renamed_from
from charterbook.history.model import History
from charterbook.load import load
from charterbook.problems import Problem
from charterbook.settings import Settings
from charterbook.versions import DRAFT, LATEST, is_version_name


@dataclass(frozen=True)
class Named:
    """A charter with the name that it was asked for by."""

    name: str
    charter: Charter


class Names:
    """Finds charters of the handbook in a folder. Its history is read only when a name needs it."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder, self._settings = folder, settings

    def find(self, name: str) -> Named:
        """The charter of this name: `latest`, `draft` or a version, else a file, else a git revision.

        A file that is named like a version is meant by `./2026-Q3`.

        Raises CharterError where there is none or where it cannot be read, and GitError.
        """
        meant = name in (LATEST, DRAFT) or is_version_name(name)
        if meant and (name in (LATEST, DRAFT) or self._has(name)):
            return self._version(name)
        if os.path.lexists(name) and not Path(name).is_dir():
            return Named(name, charter_of(Path(name)))
        return self._version(name) if self._has(name) else self._revision(name)

    @property
    def has_draft(self) -> bool:
        """Whether the working tree says something that is not published, even where it cannot be read."""
        return self._history.draft is not None or bool(self._history.draft_problems)

    def _has(self, name: str) -> bool:
        return any(version.name == name for version in self._history.versions)

    @cached_property
    def _history(self) -> History:
        from charterbook.history import read_history

        return read_history(self._folder, self._settings)

    def _version(self, name: str) -> Named:
        history = self._history
        if name == DRAFT:
            if history.draft_problems:
                raise CharterError(_unreadable(self._settings.charter, history.draft_problems))
            if history.draft is None:
                raise CharterError("there is no draft: the working tree says what the latest version says.")
            return Named(name, history.draft.charter)
        if name == LATEST:
            name = next((version.name for version in reversed(history.published)), "")
        found = next((version for version in history.versions if version.name == name), None)
        if found is None:
            raise CharterError("there is no version yet.")
        if found.charter is None:
            problems = [revision.problem for revision in found.revisions if revision.problem]
            raise CharterError(_unreadable(f"version {name}", problems))
        return Named(name, found.charter)

    def _revision(self, name: str) -> Named:
        """The charter's file at a git revision, wherever it was kept then."""
        try:
            repository = find_repository(self._folder / self._settings.charter)
        except NoRepositoryError as error:
            raise CharterError(f"{name}: no such file, and there is no git history here.") from error
        with Objects(repository.folder) as objects:
            commit = objects.read(f"{name}^{{commit}}") if _can_be_revision(name) else None
            if commit is None:
                raise CharterError(self._unknown(name))
            path = _path_at(repository, commit.id, objects)
            found = objects.read(f"{commit.id}:{path}")
        if found is None or found.kind != "blob":
            raise CharterError(f"{name}: there is no {repository.path} in this revision.")
        return Named(name, _read(f"{name}:{path}", found.content))

    def _unknown(self, name: str) -> str:
        known = ", ".join(version.name for version in self._history.versions) or "none yet"
        return f"{name}: no version, file or git revision of this name. Versions: {known}."


def _path_at(repository: Repository, commit: str, objects: Objects) -> str:
    path = repository.path
    if repository.head is None or objects.read(f"{commit}:{path}") is not None:
        return path
    return renamed_from(repository.folder, path, commit, repository.head) or path


def _can_be_revision(name: str) -> bool:
    """A name without what would make git read something else, such as a file's path or an option."""
    return bool(name) and not name.startswith("-") and ":" not in name and "\0" not in name


def charter_of(file: Path) -> Charter:
    """The charter in a file. Raises CharterError with the first reason why it cannot be read."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise CharterError(f"{file}: cannot be read: {error.strerror}") from error
    return _read(str(file), data)


def _read(name: str, data: bytes) -> Charter:
    loaded = load(data)
    if loaded.charter is None:
        raise CharterError(_unreadable(name, [p for p in loaded.problems if p.severity == "error"]))
    return loaded.charter


def _unreadable(name: str, problems: Sequence[Problem]) -> str:
    more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{name}: cannot be read: {problems[0] if problems else 'no reason is known'}{more}"
