"""Turn git's error messages into exceptions for mistakes that a user can correct."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence

from charterbook.errors import GitError

_NO_REPOSITORY = "not a git repository (or any"
_DUBIOUS = re.compile(r"dubious ownership|unsafe repository")
_PARTIAL = "promisor remote"
_UNFILTERED = (
    "This is a partial clone, without the contents of older commits. "
    "Run `git fetch --refetch --no-filter` (git 2.36 or newer), or make a new clone; in CI, clone without a filter."
)
_DAMAGED = re.compile(r"(?:bad|missing|loose|corrupt) object|object file|unable to read")
_REPAIR = "The repository is damaged: `git fsck` lists what is missing. Make a new, full clone."
_UNSET = "Git looks for objects where {} says. If these are of another repository, unset it."
_TOO_OLD = re.compile(
    r"\A(?:error: |fatal: )?(?:usage: git|unknown option|unrecognized argument|(?:invalid|unknown) value for)"
)
_UPDATE = "This git is too old: version 2.31 or newer is needed."
_TOO_NEW = re.compile(
    r"unknown repository extension|Expected git repo version|extension, which we do not understand"
)
_NEWER = "This repository is for a newer version of git than the one on the PATH."
_SAFE_COMMAND = re.compile(r"git config --global --add safe\.directory .+")


class NoRepositoryError(GitError):
    """Git is missing, or the folder is in no repository."""


class NoGitError(NoRepositoryError):
    """Git is not installed."""


def git_error(
    arguments: Sequence[str], words: str, is_partial: Callable[[], bool] = lambda: False
) -> GitError:
    """The exception for a failed command with this output on standard error; `is_partial` is about its repository."""
    words = words.strip()
    if _NO_REPOSITORY in words:
        return NoRepositoryError(words)
    if _DUBIOUS.search(words):
        return GitError(_dubious(words))
    if _TOO_OLD.match(words):
        return GitError(f"{_UPDATE}\n(git {arguments[0]}: {words.splitlines()[0]})")
    if _TOO_NEW.search(words):
        return GitError(f"{_NEWER}\n(git {arguments[0]}: {' '.join(words.split())})")
    is_damaged = _DAMAGED.search(words) is not None
    if _PARTIAL in words or (is_damaged and is_partial()):
        return no_contents_error(words.splitlines()[-1])
    repair = f"\n{_repair()}" if is_damaged else ""
    return GitError(f"git {arguments[0]}: {words or 'failed without a message'}{repair}")


def no_contents_error(words: str) -> GitError:
    """The exception for what a partial clone lacks, in git's words."""
    return GitError(f"{_UNFILTERED}\n(git: {words})")


def _repair() -> str:
    """What to do if objects are missing: variables can lead git to the objects of another repository."""
    names = [name for name in ("GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY") if os.environ.get(name)]
    return _UNSET.format(" and ".join(names)) if names else _REPAIR


def _dubious(words: str) -> str:
    command = _SAFE_COMMAND.search(words)
    repair = command.group() if command else "git config --global --add safe.directory <folder>"
    return (
        "Git does not read this repository, because it belongs to another user. "
        f"If you trust it, run: {repair}\n(git: {words.splitlines()[0]})"
    )
