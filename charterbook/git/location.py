"""The repository of a folder in the presence of variables such as GIT_DIR.

Git itself follows these variables blindly. A hook exports them to every program that it runs, even in a different
repository, so they are used only if they fit the folder.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from charterbook.folders import resolved_path
from charterbook.git.process import call

_REPOSITORY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR")
_OBJECTS = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")
_INDEX = "GIT_INDEX_FILE"


class Location(NamedTuple):
    """The environment variables for git in a folder, and the ignored ones that name a repository."""

    variables: Mapping[str, str]
    ignored: tuple[str, ...] = ()


class _EnclosingRepository(NamedTuple):
    """The repository with the folder in its working tree: its git directory, and the folder's path in the tree."""

    git_dir: str
    prefix: str


def locate(folder: Path) -> Location:
    """The environment in which git finds the right repository for a folder. Raises NoGitError."""
    given = _given_variables()
    if not given:
        return Location({})
    plain = _alternates(given)
    enclosing, named = _find_enclosing(folder, plain), _find_enclosing(folder, given)
    if named and (
        enclosing is None or _same(enclosing, named) or _is_nearer(folder, given, enclosing, named)
    ):
        return Location(given)
    ignored = tuple(name for name in _REPOSITORY if os.environ.get(name))
    if enclosing and _is_same_folder(enclosing.git_dir, given.get("GIT_DIR", enclosing.git_dir)):
        return Location(plain | _index_of(enclosing, given), ())
    return Location(plain, ignored)


def _given_variables() -> dict[str, str]:
    """The variables that name a repository, with absolute paths, and the working tree inferred by git."""
    given = {name: _absolute(os.environ[name]) for name in (*_REPOSITORY, _INDEX) if os.environ.get(name)}
    given |= {name: _absolute_list(os.environ[name]) for name in _OBJECTS if os.environ.get(name)}
    if "GIT_DIR" in given and "GIT_WORK_TREE" not in given:
        top = call(Path.cwd(), ["rev-parse", "--show-toplevel"], given)
        if top.returncode == 0:
            given["GIT_WORK_TREE"] = os.fsdecode(top.stdout).removesuffix("\n")
    return given


def _absolute(path: str) -> str:
    return str(Path(path).absolute())


def _absolute_list(paths: str) -> str:
    return os.pathsep.join(
        path if path.startswith('"') else _absolute(path) for path in paths.split(os.pathsep)
    )


def _alternates(given: Mapping[str, str]) -> dict[str, str]:
    """The object directories as alternates: objects are addressed by content, so additional ones are harmless."""
    folders = [given[name] for name in _OBJECTS if name in given]
    return {"GIT_ALTERNATE_OBJECT_DIRECTORIES": os.pathsep.join(folders)} if folders else {}


def _find_enclosing(folder: Path, variables: Mapping[str, str]) -> _EnclosingRepository | None:
    options = ("--is-inside-work-tree", "--absolute-git-dir", "--show-prefix")
    done = call(folder, ["rev-parse", *options], variables)
    inside, git_dir, prefix = (*os.fsdecode(done.stdout).split("\n", 2), "", "")[:3]
    if done.returncode != 0 or inside != "true":
        return None
    return _EnclosingRepository(git_dir, prefix.removesuffix("\n"))


def _same(one: _EnclosingRepository, other: _EnclosingRepository) -> bool:
    return _is_same_folder(one.git_dir, other.git_dir)


def _is_same_folder(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _is_nearer(
    folder: Path, given: Mapping[str, str], enclosing: _EnclosingRepository, named: _EnclosingRepository
) -> bool:
    """Whether the named repository, not the enclosing one, tracks the folder.

    An explicit GIT_WORK_TREE is intended; an inferred one can come from a hook.
    """
    if not _tracks(folder, given, named):
        return False
    return bool(os.environ.get("GIT_WORK_TREE")) or not _tracks(folder, _alternates(given), enclosing)


def _tracks(folder: Path, variables: Mapping[str, str], repository: _EnclosingRepository) -> bool:
    """Whether the checked-out commit has files in the folder."""
    tree = f"HEAD:{repository.prefix.rstrip('/')}"
    return call(folder, ["cat-file", "-e", tree], variables).returncode == 0


def _index_of(repository: _EnclosingRepository, given: Mapping[str, str]) -> dict[str, str]:
    """The index of a commit in progress, if it is in the folder's repository."""
    index = given.get(_INDEX)
    inside = index is not None and resolved_path(index).is_relative_to(resolved_path(repository.git_dir))
    return {_INDEX: index} if index is not None and inside else {}
