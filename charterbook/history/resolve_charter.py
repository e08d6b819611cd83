"""Resolve the name of a charter: a version, `latest`, `draft`, a file, a day, or a git revision."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from charterbook.charter import Charter
from charterbook.errors import CharterError, MissingCharterError
from charterbook.frozen_dataclass import dataclass
from charterbook.git import NoRepositoryError, ObjectReader, run
from charterbook.history.charter_source import CharterSource, charter_in, file_bytes, first_error
from charterbook.history.git_log import renamed_from
from charterbook.history.linked_charter import path_at
from charterbook.history.revisions import History, Revision, Version
from charterbook.repository import Repository, find_repository
from charterbook.settings import Settings
from charterbook.suggestions import question
from charterbook.version_reasons import version_reasons
from charterbook.versions import DRAFT, LATEST, is_version_name

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_NO_DRAFT = "there is no draft: the working tree matches the latest version."
_UNREADABLE_DRAFT = "the draft cannot be read; run `charterbook check` to see why."


@dataclass(frozen=True)
class NamedCharter:
    """A charter with the name by which it was requested."""

    name: str
    charter: Charter


class CharterResolver:
    """Resolver for charters of the handbook in a folder. The history is read lazily.

    `warn` is called with each warning about the history as a whole.
    """

    def __init__(self, folder: Path, settings: Settings, warn: Callable[[str], None] | None = None) -> None:
        self.folder, self.settings, self._warn = folder, settings, warn

    def find(self, name: str) -> NamedCharter:
        """The charter of this name. Raises CharterError if it is missing or invalid, and GitError."""
        if self.settings.for_group:
            return NamedCharter(name, self._seen(name))
        return NamedCharter(name, charter_in(self.source(name)))

    def _seen(self, name: str) -> Charter:
        """The charter of a version or the draft, as the group of the settings sees it. Raises CharterError."""
        if name == DRAFT and self._history.draft is not None:
            return self._history.draft.charter
        if name == DRAFT:
            raise CharterError(_UNREADABLE_DRAFT if self._history.draft_problems else _NO_DRAFT)
        wanted = self._latest if name == LATEST else name
        found = next((one.charter for one in self._history.versions if one.name == wanted), None)
        if found is None:
            known = ", ".join(version.name for version in self._history.versions) or "none yet"
            raise CharterError(
                f"{name}: with `--for`, use a version, `latest` or `draft`. Versions: {known}."
            )
        return found

    def source(self, name: str) -> CharterSource:
        """The unparsed charter of a name: `latest`, `draft` or a version, else a file, else a day, else a git revision.

        For a file that is named like a version, use `./2026-Q3`. Raises CharterError for an unknown name, and
        GitError.
        """
        if self.settings.for_group:
            raise CharterError(f"{name}: its file cannot be shown to a group.")
        is_version = name in (LATEST, DRAFT) or is_version_name(name)
        if is_version and (name in (LATEST, DRAFT) or self._has(name)):
            return self._version(name)
        if _is_file(name):
            return CharterSource(name, name, file_bytes(Path(name)))
        if (day := day_named(name)) is not None:
            return self._revision(self._on(day)[1].commit, name)
        return self._version(name) if self._has(name) else self._revision(name)

    def until(self, day: datetime.date) -> History:
        """The history that ends with the charter in force at the end of a day. Raises CharterError if there was none."""
        version, revision = self._on(day)
        source = self._revision(revision.commit, str(day))
        end = version.revisions.index(revision) + 1
        last = replace(
            version,
            revisions=version.revisions[:end],
            charters=version.charters[:end],
            shown=revision,
            charter=charter_in(source),
            data=source.data,
            pinned=None,
            aliases=(LATEST,),
            is_open=True,
            upcoming=False,
        )
        earlier = self._history.versions[: self._history.versions.index(version)]
        before = tuple(replace(one, aliases=()) for one in earlier)
        return replace(self._history, versions=(*before, last), draft=None, draft_problems=())

    def _on(self, day: datetime.date) -> tuple[Version, Revision]:
        """The version in force at the end of a day, and its last valid revision by then. Raises CharterError without one."""
        for version in reversed(self._history.published):
            if version.begins is not None and version.begins <= day:
                known = [one for one in version.revisions if one.date.date() <= day and one.problem is None]
                if known:
                    return version, version.shown if version.pinned and version.shown in known else known[-1]
        first = min(
            (one.date.date() for version in self._history.versions for one in version.revisions), default=None
        )
        known_since = f"; the first commit with a charter is from {first}" if first else ""
        raise CharterError(f"{day}: no charter was in force on this day{known_since}.")

    def between(self, old: str, new: str) -> list[Charter]:
        """The charters between two versions, or a version and the draft; empty for other names."""
        start, end = self._place(old), self._place(new)
        if start is None or end is None:
            return []
        between = self._history.versions[min(start, end) + 1 : max(start, end) + 1]
        found = [charter for version in between for charter in version.charters if charter is not None]
        return found if start < end else found[::-1]

    def reasons(self, old: str, new: str) -> tuple[tuple[str, str], ...]:
        """The reasons of the versions after an older one up to a newer one or the draft; none for other names."""
        start, end = self._place(old), self._place(new)
        if start is None or end is None:
            return ()
        states = [(one.name, one.charter) for one in self._history.versions[start : end + 1]]
        if end == len(self._history.versions) and self._history.draft is not None:
            states.append((DRAFT, self._history.draft.charter))
        return version_reasons((name, charter.change_note) for name, charter in states if charter is not None)

    def _place(self, name: str) -> int | None:
        """The position of a version, with the draft last; None for a file or a git revision."""
        if name not in (LATEST, DRAFT) and not is_version_name(name):
            return None
        if name == DRAFT:
            return len(self._history.versions)
        name = self._latest if name == LATEST else name
        return next((place for place, one in enumerate(self._history.versions) if one.name == name), None)

    def merge_base(self, base: str, head: str) -> CharterSource:
        """The charter at the merge base of `base` and `head`; for files, `base` itself.

        Raises CharterError if the two have no merge base, and the errors that `source` raises.
        """
        ends = [self._commit(name) for name in (base, head)]
        if None in ends:
            return self.source(base)
        repository = find_repository(self.folder / self.settings.charter)
        found = run(repository.folder, "merge-base", *map(str, ends), accept=(0, 1)).decode().strip()
        if not found:
            raise CharterError(
                f"{base} and {head} have no common history here. In a shallow clone, run `git fetch --unshallow`."
            )
        if found == ends[0]:
            return self.source(base)
        return self._revision(found, f"{base} ({found[:8]})")

    def commit_range(self, base: str, head: str) -> tuple[str, str] | None:
        """The merge base of `base` and `head`, a git revision, and the commit of `head`.

        None if `head` is a file, a version or the draft, or if the two have no merge base.
        """
        if head in (LATEST, DRAFT) or self._has(head):
            return None
        ends = [self._commit(name) for name in (base, head)]
        if ends[0] is None or ends[1] is None:
            return None
        folder = find_repository(self.folder / self.settings.charter).folder
        found = run(folder, "merge-base", ends[0], ends[1], accept=(0, 1)).decode().strip()
        return (found, ends[1]) if found else None

    def _commit(self, name: str) -> str | None:
        """The commit that a name stands for, None for a file and for uncommitted content."""
        named = LATEST if name == LATEST and self._history.published else name
        if name == DRAFT:
            named = "HEAD"
        found = [v for v in self._history.published if named in (v.name, *v.aliases)]
        if found:
            return found[-1].shown.commit if found[-1].shown else None
        if _is_file(name) or not _can_be_revision(named):
            return None
        if (day := day_named(name)) is not None:
            named = self._on(day)[1].commit
        try:
            repository = find_repository(self.folder / self.settings.charter)
        except NoRepositoryError:
            return None
        with ObjectReader(repository.folder) as objects:
            commit = objects.read(f"{named}^{{commit}}")
        return commit.id if commit else None

    @property
    def has_draft(self) -> bool:
        """Whether the working tree has unpublished content, even if invalid."""
        return self._history.draft is not None or bool(self._history.draft_problems)

    @property
    def newest(self) -> str:
        """The name of the newest charter: the draft, else an upcoming version, else `latest`."""
        return DRAFT if self.has_draft else self.newest_published

    @property
    def newest_published(self) -> str:
        """The name of the newest version, `latest` if that is in force."""
        newest = self._history.newest
        return newest.name if newest and newest.name != self._latest else LATEST

    @property
    def _latest(self) -> str:
        found = self._history.in_force
        return found.name if found else ""

    @property
    def history(self) -> History:
        """The history in which names are resolved."""
        return self._history

    def _has(self, name: str) -> bool:
        return any(version.name == name for version in self._history.versions)

    @cached_property
    def _history(self) -> History:
        from charterbook.history import read_history

        history = read_history(self.folder, self.settings)
        if self._warn is not None:
            for doubt in history.doubts:
                self._warn(doubt)
        return history

    def _version(self, name: str) -> CharterSource:
        history = self._history
        if name == DRAFT:
            if history.draft_problems:
                return CharterSource(
                    name, self.settings.charter, file_bytes(self.folder / self.settings.charter)
                )
            if history.draft is None:
                raise CharterError(_NO_DRAFT)
            return CharterSource(name, self.settings.charter, history.draft.data)
        if name == LATEST:
            name = self._latest
        found = next((version for version in history.versions if version.name == name), None)
        if found is None:
            raise MissingCharterError("there is no version yet.")
        if found.data is None:
            problems = [revision.problem for revision in found.revisions if revision.problem]
            raise CharterError(first_error(f"version {name}", problems))
        return CharterSource(name, f"version {name}", found.data)

    def _revision(self, name: str, display_name: str | None = None) -> CharterSource:
        """The charter's file at a git revision, at its path there."""
        try:
            repository = find_repository(self.folder / self.settings.charter)
        except NoRepositoryError as error:
            raise CharterError(f"{name}: no such file, and there is no git history here.") from error
        with ObjectReader(repository.folder) as objects:
            commit = objects.read(f"{name}^{{commit}}") if _can_be_revision(name) else None
            if commit is None:
                raise CharterError(self._unknown(name))
            path = _path_in(repository, commit.id, objects)
            found = objects.read(f"{commit.id}:{path}")
        if found is None or found.kind != "blob":
            raise MissingCharterError(f"{name}: there is no {repository.path} in this revision.")
        return CharterSource(display_name or name, f"{name}:{path}", found.content)

    def _unknown(self, name: str) -> str:
        names = [version.name for version in self._history.versions]
        known = ", ".join(names) or "none yet"
        near = "" if is_version_name(name) else question(name, [LATEST, DRAFT, *names])
        more = " This clone is shallow: run `git fetch --unshallow`." if self._history.shallow else ""
        return f"{name}: no version, file or git revision has this name.{near} Versions: {known}.{more}"


def day_named(name: str) -> datetime.date | None:
    """The day of a name such as 2026-03-01; None for other names."""
    try:
        return datetime.date.fromisoformat(name) if _DAY.fullmatch(name) else None
    except ValueError:
        return None


def _path_in(repository: Repository, commit: str, objects: ObjectReader) -> str:
    path = path_at(repository, commit)
    if repository.head is None or objects.read(f"{commit}:{path}") is not None:
        return path
    return renamed_from(repository.folder, path, commit, repository.head) or path


def _can_be_revision(name: str) -> bool:
    """Whether git would interpret a name as a revision only, not as a path or an option."""
    return bool(name) and not name.startswith("-") and ":" not in name and "\0" not in name


def _is_file(name: str) -> bool:
    return os.path.lexists(name) and not Path(name).is_dir()
