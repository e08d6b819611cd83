"""Detection of a history that git does not show, so that its absence is reported.

A handbook that was never under git has no such sign. The setting `history: false` says that none is wanted.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from charterbook import git
from charterbook.history.git_log import FileCommit, renamed_to
from charterbook.history.linked_charter import real_path
from charterbook.json_text import parse_json
from charterbook.problems import escape_terminal
from charterbook.repository import Repository, nearest_entry
from charterbook.settings import Settings
from charterbook.versions import LISTED, is_version_name

_ADVICE = (
    "Build from a full clone together with its .git folder (in a container, .dockerignore must not exclude it), "
    "or set `history: false` for charterbook in mkdocs.yml if the handbook should have no history."
)

#: Environment variables of well-known hosts with the checked-out commit or branch.
_CHECKOUT = re.compile(
    r"(?:CI_COMMIT|GITHUB|BITBUCKET|CF_PAGES|VERCEL_GIT|RENDER_GIT|READTHEDOCS_GIT|RAILWAY_GIT|SEMAPHORE_GIT"
    r"|APPVEYOR_REPO|DRONE|BUILDKITE|CIRCLE|TRAVIS|BUILD|GIT)"
    r"_(?:SHA1?|COMMIT(?:_SHA|_REF)?|REF(?:_NAME)?|BRANCH|SOURCEVERSION|SOURCEBRANCH)"
)
#: Environment variables of other hosts that contain a commit, by name and value.
_COMMIT = re.compile(
    r"(?:.*_)?(?:COMMIT|SHA1?|REVISION|SOURCE_?VERSION|VCS_NUMBER)(?:_(?:REF|SHA1?|HASH|ID))?"
)
_COMMIT_ID = re.compile(r"[0-9a-f]{7,64}")


def no_repository_warning(
    file: Path, folder: Path, settings: Settings, manifest: Collection[str], shown: str | None, reason: str
) -> tuple[str, ...]:
    """The warning if git has no repository for the charter: empty without a sign of a history.

    `manifest` are the versions of the site that a build is about to replace, `shown` is the only version that the new
    site will have, and `reason` is git's message.
    """
    signs = [
        *_entries(file),
        *(f"{name} is set" for name in (*git.ignored_variables(file.parent), *host_variables())),
        *_settings(settings),
        *_site(folder, settings, manifest, shown),
    ]
    return (_sentence(settings, signs, reason),) if signs else ()


def untracked_charter_warning(
    repository: Repository, folder: Path, settings: Settings, manifest: Collection[str], shown: str | None
) -> tuple[str, ...]:
    """Like `no_repository_warning`, for a repository with a published branch that never contained the charter."""
    other = _spelled_otherwise(repository)
    if other is not None:
        return (
            escape_terminal(
                f"No commit has {repository.path}, but {other} is there, which is the same name on some systems. Set "
                "`charter` for charterbook in mkdocs.yml to the name that git has."
            ),
        )
    signs = [
        *_misplaced(repository),
        *_submodule(repository),
        *([] if settings.branch is None else _settings(settings)),
        *_site(folder, settings, manifest, shown),
    ]
    return (_sentence(settings, signs, f"no commit has {repository.path}"),) if signs else ()


def no_commit_warning(
    repository: Repository, folder: Path, settings: Settings, manifest: Collection[str], shown: str | None
) -> tuple[str, ...]:
    """Like `no_repository_warning`, for a repository without a checked-out commit."""
    signs = [*_lost_head(repository), *_settings(settings), *_site(folder, settings, manifest, shown)]
    return (_sentence(settings, signs, "no commit is checked out"),) if signs else ()


def renamed_charter_warning(repository: Repository, newest: FileCommit) -> tuple[str, ...]:
    """A warning if the newest change of the charter renamed it, and the handbook still has its former path."""
    if newest.blob is not None or newest.parent is None:
        return ()
    former = real_path(repository.folder, newest.parent, newest.path) or newest.path
    path = renamed_to(repository.folder, former, newest.parent, newest.commit)
    if path is None:
        return ()
    return (
        escape_terminal(
            f"Commit {newest.commit[:8]} renamed {former} to {path}, so changes since then are not shown. "
            "Set `charter` for charterbook in mkdocs.yml to the new path."
        ),
    )


def absent_charter_warning(newest: FileCommit) -> str:
    """The warning if the handbook's folder lacks the charter, which was last changed by this commit."""
    if newest.blob is None:
        return escape_terminal(
            f"Commit {newest.commit[:8]} removed {newest.path}, so its last state is shown as in force. "
            "Restore the file, or set `charter` for charterbook in mkdocs.yml to another one."
        )
    return escape_terminal(
        f"{newest.path} is missing in the working tree, so only its committed states are shown. "
        f"Run `git restore {newest.path}`, or set `charter` for charterbook in mkdocs.yml to its new path."
    )


def host_variables() -> list[str]:
    """The environment variables in which a host names the checked-out commit."""
    return sorted(name for name, value in os.environ.items() if value and _is_checkout(name, value))


def _is_checkout(name: str, value: str) -> bool:
    return bool(_CHECKOUT.fullmatch(name) or (_COMMIT.fullmatch(name) and _COMMIT_ID.fullmatch(value)))


def _sentence(settings: Settings, signs: list[str], reason: str) -> str:
    reason = " ".join(reason.split()).rstrip(".")
    return escape_terminal(
        f"The history of {settings.charter} cannot be read ({reason}), so only the charter on disk is shown; "
        f"but there is a history: {', '.join(signs)}. {_ADVICE}"
    )


def _entries(file: Path) -> Iterator[str]:
    """The nearest .git in the charter's folder or above."""
    nearest = nearest_entry(file)
    if nearest:
        yield f"there is {nearest}"


def _settings(settings: Settings) -> Iterator[str]:
    if settings.branch is not None:
        yield f"mkdocs.yml sets the branch {settings.branch}"
    if settings.repo_url:
        yield "mkdocs.yml sets repo_url"


def _site(folder: Path, settings: Settings, manifest: Collection[str], shown: str | None) -> Iterator[str]:
    """The versions of the existing site that would be lost."""
    known = {*manifest, *_published(folder / settings.site)}
    lost = sorted(name for name in known if is_version_name(name) and name != shown)
    if lost:
        yield f"the site has {', '.join(lost[:3])}{f' and {len(lost) - 3} more' if len(lost) > 3 else ''}"  # noqa: PLR2004


def _published(site: Path) -> Iterator[str]:
    """The versions that the site itself lists."""
    try:
        listed = parse_json((site / LISTED).read_bytes())
    except (OSError, ValueError):
        return
    for entry in listed if isinstance(listed, list) else []:
        name = entry.get("version") if isinstance(entry, dict) else None
        if isinstance(name, str):
            yield name


def _spelled_otherwise(repository: Repository) -> str | None:
    """The committed path that equals the charter's for systems that ignore case, or forms of accents, in names."""
    if repository.head is None:
        return None
    listed = git.run(repository.folder, "ls-tree", "-r", "-z", "--full-tree", "--name-only", repository.head)
    paths, wanted = os.fsdecode(listed).split("\0"), _folded(repository.path)
    return next((path for path in paths if _folded(path) == wanted and path != repository.path), None)


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _misplaced(repository: Repository) -> Iterator[str]:
    """A sign: a repository with a working tree outside the folder of its .git."""
    top = Path(os.path.realpath(repository.folder))
    nearest = nearest_entry(top / repository.path)
    if nearest and nearest.parent != top:
        yield f"there is {nearest}, whose core.worktree is {top}"


def _submodule(repository: Repository) -> Iterator[str]:
    """A sign: the charter is in the folder of a submodule, whose own repository is not there."""
    folders = [str(folder) for folder in PurePosixPath(repository.path).parents if folder.name]
    if not folders:
        return
    listed = git.run(repository.folder, "--literal-pathspecs", "ls-files", "--stage", "-z", "--", *folders)
    for entry in os.fsdecode(listed).split("\0"):
        data, _, path = entry.partition("\t")
        if data.startswith("160000 "):
            yield f"{path} is a submodule"


def _lost_head(repository: Repository) -> Iterator[str]:
    """A sign: a repository that has or had commits."""
    if repository.refs:
        yield f"the repository has {len(repository.refs)} other branches or tags"
    elif repository.head_branch is None:
        yield "HEAD names a commit that is missing"
    elif _has_log(repository):
        yield "the repository has a log of earlier commits"


def _has_log(repository: Repository) -> bool:
    name = git.run(repository.folder, "rev-parse", "--git-path", "logs/HEAD")
    log = repository.folder / os.fsdecode(name).removesuffix("\n")
    return log.is_file() and log.stat().st_size > 0
