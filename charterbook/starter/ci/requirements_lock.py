"""The file requirements.lock of a handbook: the packages that its CI jobs install, with hashes.

The dependencies come from `handbook.lock`, written by `make lock`. Charterbook itself is a wheel in the handbook's
folder vendor/: a package cannot contain its own hash. Lines below `OWN` belong to the user.
"""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

from charterbook import __version__
from charterbook.errors import CharterbookError

NAME = "requirements.lock"

#: Name of the wheel of this version of Charterbook, relative to the handbook.
WHEEL = f"vendor/charterbook-{__version__}-py3-none-any.whl"

_MARK = "# `charterbook ci` writes this file: "

#: The line above the requirements that a user adds.
OWN = "# Your own requirements, with hashes; these lines stay:"


def updated_lock(folder: Path) -> str | None:
    """New content of a handbook's requirements.lock; None if it is up to date.

    Raises CharterbookError if the file is not Charterbook's.
    """
    file = folder / NAME
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    if before and not before.startswith(_MARK):
        raise CharterbookError(f"{NAME}: exists with other content. Move it away, then try again.")
    after = _lock_text(folder / WHEEL, before.partition(OWN)[2].lstrip("\n"))
    return None if after == before else after


def _lock_text(wheel: Path, own: str) -> str:
    head = f"{_MARK}Charterbook {__version__} and its dependencies, with hashes.\n"
    dependencies = (resources.files(__package__) / "handbook.lock").read_text(encoding="utf-8")
    return f"{head}{_wheel_line(wheel)}{dependencies}{OWN}\n{own}"


def _wheel_line(wheel: Path) -> str:
    if not wheel.is_file():
        return ""
    return f"./{WHEEL} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"
