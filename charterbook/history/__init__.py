"""Read the versions of a charter, with their revisions and charters, from git history.

`read_history` is the public API. No commit is checked out or executed, and only the revisions that are shown are
parsed.

- `revisions`: revisions, versions and a history, as data
- `branch`, `default_branch`: the published branch; signs of a wrong default branch of the remote
- `git_log`, `incremental_log`: the commits that changed the charter; only those since the last build
- `linked_charter`: the same if symbolic links lead to the charter
- `version_tags`: tags that pin a version
- `version_scan`: the version that a charter names, found without parsing the rest
- `charter_reader`, `charter_cache`: the charters of a history; their cache on disk
- `change_versions`, `assign_versions`: the version of each change; the versions with their revisions
- `draft`: the unpublished charter
- `commit_words`: the published parts of commit messages and authors
- `group_history`: the history as a group of readers sees it
- `missing_history`: signs of a history that git does not show
- `charter_source`: the bytes of a charter, and the charter in them
- `resolve_charter`: a charter by version, file or git revision
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from charterbook import git
from charterbook.charter import Charter
from charterbook.clock import today
from charterbook.errors import SettingsError
from charterbook.frozen_dataclass import dataclass
from charterbook.git import NoGitError, NoRepositoryError, ObjectReader
from charterbook.history import missing_history
from charterbook.history.assign_versions import VersionAssigner, effective_outside, first_day, with_days
from charterbook.history.branch import Tip, published_at, published_tip
from charterbook.history.change_versions import undated_warnings, versioned_changes
from charterbook.history.charter_cache import CharterCache
from charterbook.history.charter_reader import CharterReader
from charterbook.history.commit_words import published_words
from charterbook.history.draft import read_draft
from charterbook.history.git_log import FileCommit, renamed_from
from charterbook.history.group_history import PublishedHistory, history_of_group, unversioned_charter
from charterbook.history.incremental_log import changes_of
from charterbook.history.linked_charter import path_at
from charterbook.history.revisions import Draft, History, Revision, Version
from charterbook.history.version_tags import read_tags, unfetched_tags_warning, with_pinned
from charterbook.load import load
from charterbook.problems import escape_terminal
from charterbook.repository import Repository, find_repository, read_working
from charterbook.settings import Settings
from charterbook.versions import LATEST, is_version_name, period_name

_SHALLOW = (
    "This clone is shallow: older versions are missing, and dates may be wrong. "
    "Run `git fetch --unshallow`; in CI, set `fetch-depth: 0` (GitHub) or `GIT_DEPTH: 0` (GitLab)."
)
_OTHER_REPOSITORY = (
    "The repository given by {} does not contain the charter and was ignored. Unset this, "
    "or set GIT_WORK_TREE to a folder above the charter, too."
)


def read_history(
    folder: Path, settings: Settings, cache: Path | None = None, manifest: Collection[str] = ()
) -> History:
    """The history of the charter of the handbook in `folder`, cached in the folder `cache` if given.

    Without git, outside a repository, and if the charter was never committed, the working tree is the only version. A
    warning says so if there are signs of a history, such as `manifest`, the versions of the existing site. Without
    any charter there is no version. Raises SettingsError for an unknown branch or time zone, CharterError if the file
    cannot be opened, GitError with git's own message.
    """
    _check_timezone(settings)
    file = folder / settings.charter
    working = read_working(file)
    if not settings.history:
        return _working_tree_only(working, settings)
    with git.collected_remarks() as remarks:
        found = _read(_HandbookFiles(folder, file, working, settings, manifest), cache)
    return _with_doubts(_with_last_revisions(found, settings), *map(_remark, remarks))


def _with_last_revisions(found: History, settings: Settings) -> History:
    """The history; if the settings say so, with only the last revision of each version."""
    if settings.revisions == "all":
        return found
    return replace(found, versions=tuple(map(_with_last_revision, found.versions)))


def _with_last_revision(version: Version) -> Version:
    shown = version.shown
    return replace(version, revisions=(shown,), charters=(version.charter,)) if shown else version


def later_day(charter: Charter, settings: Settings) -> datetime.date | None:
    """The first day of the charter on disk if it is in the future, else None."""
    _check_timezone(settings)
    begins = charter.effective
    if charter.version and is_version_name(charter.version):
        begins = first_day(charter.version, charter, settings)
    return begins if begins and begins > today(ZoneInfo(settings.timezone)) else None


def _with_doubts(history: History, *doubts: str) -> History:
    """Add warnings that concern the whole history."""
    return replace(history, warnings=(*history.warnings, *doubts), doubts=(*history.doubts, *doubts))


@dataclass(frozen=True)
class _HandbookFiles:
    """A handbook on disk: its folder, its charter's file and content, and the versions of the existing site."""

    folder: Path
    file: Path
    working: bytes | None
    settings: Settings
    manifest: Collection[str]


def _read(book: _HandbookFiles, cache: Path | None) -> History:
    try:
        repository = find_repository(book.file)
    except NoRepositoryError as error:
        return _without_repository(book, str(error) if isinstance(error, NoGitError) else f"git: {error}")
    found = _of_repository(book, repository, cache)
    return _with_doubts(found, *_ignored_variables(book.file))


def _of_repository(book: _HandbookFiles, repository: Repository, cache: Path | None) -> History:
    settings, working = book.settings, book.working
    tip = published_tip(repository, settings.branch)
    if tip is None:
        return _without_commits(book, repository, missing_history.no_commit_warning)
    with ObjectReader(repository.folder) as objects:
        store = CharterCache(cache) if cache else None
        changes = changes_of(
            repository, tip.commit, _published_path(repository, tip, objects), objects, store
        )
        if not changes:
            return _without_commits(book, repository, missing_history.untracked_charter_warning)
        charters = CharterReader(objects, store)
        found = _published(repository, tip, objects, changes, working, settings, charters)
        charters.save()
        return found


def _without_repository(book: _HandbookFiles, reason: str) -> History:
    alone = _working_tree_only(book.working, book.settings)
    doubts = missing_history.no_repository_warning(
        book.file, book.folder, book.settings, book.manifest, _name(alone), reason
    )
    return _with_doubts(alone, *doubts)


def _without_commits(
    book: _HandbookFiles, repository: Repository, signs_of_history: Callable[..., tuple[str, ...]]
) -> History:
    alone = _working_tree_only(book.working, book.settings, repository)
    return _with_doubts(
        alone, *signs_of_history(repository, book.folder, book.settings, book.manifest, _name(alone))
    )


def _name(history: History) -> str | None:
    """The name of the only version, if there is one."""
    return history.versions[0].name if history.versions else None


def _ignored_variables(file: Path) -> tuple[str, ...]:
    """A warning about variables that name a different repository from the one that was read."""
    ignored = git.ignored_variables(file.parent)
    return (_OTHER_REPOSITORY.format(" and ".join(ignored)),) if ignored else ()


def _remark(words: str) -> str:
    return escape_terminal(f"Git reports something that may affect the history: {words}")


def _check_timezone(settings: Settings) -> None:
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f"timezone: {settings.timezone!r} is not a time zone such as Europe/Berlin."
        ) from error


def _published_path(repository: Repository, tip: Tip, objects: ObjectReader) -> str:
    """The charter's path on the published branch, before renames on a different branch or in the working tree."""
    path, head = path_at(repository, tip.commit), repository.head
    if head is None or objects.read(f"{tip.commit}:{path}") is not None:
        return path
    if objects.read(f"{head}:{path}") is None:
        path = renamed_from(repository.folder, path, head, None) or path
    return path if head == tip.commit else renamed_from(repository.folder, path, tip.commit, head) or path


def _published(
    repository: Repository,
    tip: Tip,
    objects: ObjectReader,
    changes: Sequence[FileCommit],
    working: bytes | None,
    settings: Settings,
    charters: CharterReader,
) -> History:
    tags = read_tags(repository, objects, settings)
    line = with_pinned(repository, objects, tip.commit, changes, tags.pins)
    if not settings.for_group:
        line = [published_words(change, settings) for change in line]
    unfetched = unfetched_tags_warning(repository, tags)
    tags = tags.at({change.commit for change in line})
    found = versioned_changes(line, tags.pins, charters, settings)
    doubts, absent = _missing_history(repository, tip, changes[0], working)
    warnings = (*doubts, *absent, *unfetched, *tags.warnings, *undated_warnings(found, settings))
    if settings.for_group:
        whole = PublishedHistory(found, {change.commit for change in changes}, tags.pins, charters)
        unpublished = read_draft(repository, tip, objects, working, whole.newest)
        seen = history_of_group(whole, unpublished, settings)
        return replace(seen, shallow=repository.shallow, warnings=warnings, doubts=doubts)
    timeline = VersionAssigner(found, tags.pins, charters, settings)
    versions = timeline.versions()
    newest = next((version.charter for version in reversed(versions) if version.charter), None)
    unpublished = read_draft(repository, tip, objects, working, newest)
    return History(
        path=changes[0].path,
        versions=versions,
        draft=unpublished.draft,
        draft_problems=unpublished.problems,
        branch=tip.branch,
        warnings=(*warnings, *timeline.warnings),
        doubts=doubts,
        shallow=repository.shallow,
        tip=_file_content(objects, f"{tip.commit}:{changes[0].path}"),
        commit=tip.commit,
        head=repository.head,
    )


def _missing_history(
    repository: Repository, tip: Tip, newest: FileCommit, working: bytes | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Warnings that older or newer revisions can be missing, and that the working tree has no charter."""
    renamed = missing_history.renamed_charter_warning(repository, newest)
    doubts = (*(_SHALLOW,) * repository.shallow, *tip.doubts, *renamed)
    return doubts, () if working is not None or renamed else (missing_history.absent_charter_warning(newest),)


def _file_content(objects: ObjectReader, name: str) -> bytes | None:
    found = objects.read(name)
    return found.content if found else None


def _working_tree_only(
    working: bytes | None, settings: Settings, repository: Repository | None = None
) -> History:
    """A history with the working tree as the only version."""
    shallow = repository is not None and repository.shallow
    alone = History((), branch=repository.head_branch if repository else None, shallow=shallow)
    return _with_doubts(_with_working(alone, working, settings), *(_SHALLOW,) * shallow)


def _with_working(alone: History, working: bytes | None, settings: Settings) -> History:
    if working is None:
        return alone
    loaded = load(working)
    if loaded.charter is None:
        return replace(alone, draft_problems=loaded.problems)
    if settings.for_group:
        only = _only(*unversioned_charter(loaded.charter, settings), settings)
        return replace(alone, versions=(only,), branch=None, group=settings.for_group)
    return replace(alone, versions=(_only(loaded.charter, working, settings),), tip=working)


def _only(charter: Charter, data: bytes, settings: Settings) -> Version:
    """The working tree as a version."""
    own = charter.version
    now = today(ZoneInfo(settings.timezone))
    day = charter.effective or now
    name = own if own and is_version_name(own) else period_name(day, settings.period, *settings.fiscal_year)
    begins = first_day(name, charter, settings)
    only = Version(
        name,
        charter=charter,
        data=data,
        aliases=(LATEST,),
        begins=begins,
        upcoming=begins > now,
        misdated=effective_outside(name, charter, settings),
    )
    return next(with_days([only], settings))


__all__ = ["Draft", "History", "Revision", "Tip", "Version", "later_day", "published_at", "read_history"]
