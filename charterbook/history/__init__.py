"""Git and version names -> the versions of a charter, with their revisions and charters.

`read_history` is the door. Nothing is checked out, nothing of an old commit is run, and of a long history
only what is shown is parsed.

- `model`: what a history is, as data
- `branch`: the published branch; `log`, `line`: the commits that changed the charter
- `pins`: tags that pin a version; `own_version`, `charters`: what the charters say; `kept`: what was read before
- `timeline`: which version a revision belongs to; `draft`: what is not published yet
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from charterbook.clock import today
from charterbook.errors import SettingsError
from charterbook.git import NoGitError, NoRepositoryError, Objects
from charterbook.history.branch import Tip, published_tip
from charterbook.history.charters import Charters
from charterbook.history.draft import read_draft
from charterbook.history.kept import Kept
from charterbook.history.line import changes_of
from charterbook.history.log import Change, renamed_from
from charterbook.history.model import Draft, History, Revision, Version
from charterbook.history.pins import Pin, read_pins, with_pinned
from charterbook.history.timeline import Timeline, entries
from charterbook.load import load
from charterbook.problems import inert
from charterbook.repository import Repository, find_repository, read_working
from charterbook.settings import Settings
from charterbook.versions import LATEST, is_version_name, period_name

_SHALLOW = (
    "This clone is shallow: older versions are missing, and dates may be wrong. "
    "Run `git fetch --unshallow`; in CI, set `fetch-depth: 0` (GitHub) or `GIT_DEPTH: 0` (GitLab)."
)

_NO_GIT = (
    "Git is not installed, so the history of this repository cannot be read and only the charter on disk "
    "is shown. Install git."
)


def read_history(folder: Path, settings: Settings, kept: Path | None = None) -> History:
    """The history of the charter of the handbook in `folder`; what was read is kept in `kept`, if given.

    Without git, outside a repository, and where the charter was never committed, the working tree alone is
    the only version. Without any charter there is none. Raises SettingsError for an unknown branch or time
    zone, CharterError where the file cannot be opened, GitError with git's own words.
    """
    _check_timezone(settings)
    file = folder / settings.charter
    working = read_working(file)
    try:
        repository = find_repository(file)
    except NoGitError:
        return replace(_alone(working, settings), warnings=_without_git(file))
    except NoRepositoryError:
        return _alone(working, settings)
    tip = published_tip(repository, settings.branch)
    if tip is None:
        return _alone(working, settings, repository)
    with Objects(repository.folder) as objects:
        store = Kept(kept) if kept else None
        changes = changes_of(repository, tip.commit, _path_at(repository, tip, objects), objects, store)
        if not changes:
            return _alone(working, settings, repository)
        charters = Charters(objects, store)
        found = _published(repository, tip, objects, changes, working, settings, charters)
        charters.save()
        return found


def _without_git(file: Path) -> tuple[str, ...]:
    """What to say where git is missing: nothing where there is no repository that it could read."""
    return (_NO_GIT,) if any((folder / ".git").exists() for folder in file.resolve().parents) else ()


def _check_timezone(settings: Settings) -> None:
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f"timezone: {settings.timezone!r} is not a time zone such as Europe/Berlin."
        ) from error


def _path_at(repository: Repository, tip: Tip, objects: Objects) -> str:
    """The charter's path on the published branch, where a branch or the working tree has renamed it."""
    path, head = repository.path, repository.head
    if head is None or objects.read(f"{tip.commit}:{path}") is not None:
        return path
    if objects.read(f"{head}:{path}") is None:
        path = renamed_from(repository.folder, path, head, None) or path
    return path if head == tip.commit else renamed_from(repository.folder, path, tip.commit, head) or path


def _published(
    repository: Repository,
    tip: Tip,
    objects: Objects,
    changes: Sequence[Change],
    working: bytes | None,
    settings: Settings,
    charters: Charters,
) -> History:
    pins = read_pins(repository, objects, settings)
    line = with_pinned(repository, objects, tip.commit, changes, pins)
    commits = {change.commit for change in line}
    used = [pin for pin in pins if pin.commit in commits]
    lost = [_lost(pin) for pin in pins if pin.commit not in commits]
    timeline = Timeline(entries(line, used, charters, settings), used, charters, settings)
    versions = timeline.versions()
    latest = next((version.charter for version in versions if LATEST in version.aliases), None)
    unpublished = read_draft(repository, tip, objects, working, latest)
    return History(
        path=changes[0].path,
        versions=versions,
        draft=unpublished.draft,
        draft_problems=unpublished.problems,
        branch=tip.branch,
        warnings=tuple([_SHALLOW] * repository.shallow + lost + timeline.warnings),
        shallow=repository.shallow,
        tip=_tip(objects, f"{tip.commit}:{changes[0].path}"),
    )


def _tip(objects: Objects, name: str) -> bytes | None:
    found = objects.read(name)
    return found.content if found else None


def _lost(pin: Pin) -> str:
    return inert(f"The tag {pin.tag} is ignored: there is no charter at commit {pin.commit[:8]}.")


def _alone(working: bytes | None, settings: Settings, repository: Repository | None = None) -> History:
    """The working tree as the only version."""
    shallow = repository is not None and repository.shallow
    branch = repository.head_branch if repository else None
    warnings = (_SHALLOW,) if shallow else ()
    if working is None:
        return History((), branch=branch, warnings=warnings, shallow=shallow)
    loaded = load(working)
    if loaded.charter is None:
        return History((), draft_problems=loaded.problems, branch=branch, warnings=warnings, shallow=shallow)
    own = loaded.charter.version
    day = loaded.charter.effective or today(ZoneInfo(settings.timezone))
    name = (
        own if own and is_version_name(own) else period_name(day, settings.period, settings.fiscal_year_start)
    )
    only = Version(name, charter=loaded.charter, data=working, aliases=(LATEST,))
    return History((only,), branch=branch, warnings=warnings, shallow=shallow, tip=working)


__all__ = ["Draft", "History", "Revision", "Version", "read_history"]
