"""Which repository a folder belongs to where variables such as GIT_DIR name one.

Git itself follows these variables blindly. A hook exports them to every program that it runs, also to one that
works in another repository, so they are followed only where they fit the folder.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from charterbook.git.process import call

_REPOSITORY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR")
_OBJECTS = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")
_INDEX = "GIT_INDEX_FILE"


class Location(NamedTuple):
    """The variables with which git is run in a folder, and those that name a repository and were not followed."""

    variables: Mapping[str, str]
    ignored: tuple[str, ...] = ()


class _EnclosingRepository(NamedTuple):
    """A repository whose working tree contains the folder: its own folder, and the path of the folder in it."""

    git_dir: str
    prefix: str


def locate(folder: Path) -> Location:
    """How to run git in a folder so that it finds the right repository. Raises NoGitError."""
    given = _given_variables()
    if not given:
        return Location({})
    plain = _alternates(given)
    here, named = _find_enclosing(folder, plain), _find_enclosing(folder, given)
    if named and (here is None or _same(here, named) or _is_nearer(folder, given, here, named)):
        return Location(given)
    ignored = tuple(name for name in _REPOSITORY if os.environ.get(name))
    if here and _is_same_folder(here.git_dir, given.get("GIT_DIR", here.git_dir)):
        return Location(plain | _index_of(here, given), ())
    return Location(plain, ignored)


def _given_variables() -> dict[str, str]:
    """The variables that name a repository, with absolute paths, and the working tree that git would infer."""
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
    """The folders of objects as additional ones: objects are named by their content, so more of them do no harm."""
    folders = [given[name] for name in _OBJECTS if name in given]
    return {"GIT_ALTERNATE_OBJECT_DIRECTORIES": os.pathsep.join(folders)} if folders else {}


def _find_enclosing(folder: Path, variables: Mapping[str, str]) -> _EnclosingRepository | None:
    asked = ("--is-inside-work-tree", "--absolute-git-dir", "--show-prefix")
    done = call(folder, ["rev-parse", *asked], variables)
    inside, git_dir, prefix = (*os.fsdecode(done.stdout).split("\n", 2), "", "")[:3]
    if done.returncode != 0 or inside != "true":
        return None
    return _EnclosingRepository(git_dir, prefix.removesuffix("\n"))


def _same(one: _EnclosingRepository, other: _EnclosingRepository) -> bool:
    return _is_same_folder(one.git_dir, other.git_dir)


def _is_same_folder(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _is_nearer(
    folder: Path, given: Mapping[str, str], here: _EnclosingRepository, named: _EnclosingRepository
) -> bool:
    """Whether the variables, not the folder's own repository, name the one that tracks the folder.

    A working tree that was named is meant; one that is only where the program was started may be a hook's.
    """
    if not _tracks(folder, given, named):
        return False
    return bool(os.environ.get("GIT_WORK_TREE")) or not _tracks(folder, _alternates(given), here)


def _tracks(folder: Path, variables: Mapping[str, str], found: _EnclosingRepository) -> bool:
    """Whether the commit that is checked out has anything in the folder."""
    tree = f"HEAD:{found.prefix.rstrip('/')}"
    return call(folder, ["cat-file", "-e", tree], variables).returncode == 0


def _index_of(found: _EnclosingRepository, given: Mapping[str, str]) -> dict[str, str]:
    """The index that git made for a commit in progress, where it is that of the folder's repository."""
    index = given.get(_INDEX)
    inside = index is not None and Path(index).resolve().is_relative_to(Path(found.git_dir).resolve())
    return {_INDEX: index} if index is not None and inside else {}
