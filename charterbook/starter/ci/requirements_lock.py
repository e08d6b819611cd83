"""The file requirements.lock of a handbook: the packages that its CI jobs install, with hashes.

The dependencies come from `handbook.lock`, written by `make lock`. Charterbook itself is a wheel in the handbook's
folder vendor/: a package cannot contain its own hash. Lines below `OWN` belong to the user.
"""

from __future__ import annotations

import hashlib
import re
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from charterbook import __version__
from charterbook.errors import CharterbookError
from charterbook.folders import exists
from charterbook.pipes import read_regular

NAME = "requirements.lock"

#: Name of the wheel of this version of Charterbook, relative to the handbook.
WHEEL = f"vendor/charterbook-{__version__}-py3-none-any.whl"

_MARK = "# `charterbook ci` writes this file: "

#: The line above the requirements that a user adds.
OWN = "# Your own requirements, with hashes; these lines stay:"

#: The name of a package at the beginning of a line. Paths begin with a dot.
_REQUIREMENT = re.compile(r"^([A-Za-z0-9][\w.-]*)", re.MULTILINE)


class UpdatedLock(NamedTuple):
    """New content of requirements.lock, and the packages that it no longer has."""

    text: str
    removed: tuple[str, ...]


def updated_lock(folder: Path) -> UpdatedLock | None:
    """A handbook's new requirements.lock; None if it is up to date.

    Raises CharterbookError if the file is not Charterbook's, and OSError.
    """
    file = folder / NAME
    before = _text(file) if exists(file) else ""
    if before and not before.startswith(_MARK):
        raise CharterbookError(f"{NAME}: exists with other content. Move it away, then try again.")
    after = _lock_text(folder / WHEEL, before.partition(OWN)[2].lstrip("\n"))
    return (
        None if after == before else UpdatedLock(after, tuple(sorted(_packages(before) - _packages(after))))
    )


def _packages(lock: str) -> set[str]:
    return {name.lower() for name in _REQUIREMENT.findall(lock)}


def _text(file: Path) -> str:
    """The text of an existing lock, with Unix line ends. Raises CharterbookError and OSError."""
    try:
        return read_regular(file).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CharterbookError(
            f"{NAME}:{line}: the file is not saved as UTF-8. Nothing was written."
        ) from error


def _lock_text(wheel: Path, own: str) -> str:
    head = f"{_MARK}Charterbook {__version__} and its dependencies, with hashes.\n"
    dependencies = (resources.files(__package__) / "handbook.lock").read_text(encoding="utf-8")
    return f"{head}{_wheel_line(wheel)}{dependencies}{OWN}\n{own}"


def _wheel_line(wheel: Path) -> str:
    if not wheel.is_file():
        return ""
    return f"./{WHEEL} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"
