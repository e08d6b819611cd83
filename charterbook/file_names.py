"""File names that Python reads in another encoding than UTF-8, by the locale of the system."""

from __future__ import annotations

import os
import sys

_CURE = "Set the environment variable PYTHONUTF8=1."


def name_fault(name: str) -> str | None:
    """Why a file name cannot be used, as a sentence: it is not UTF-8, or the locale is not; None if it can be used."""
    encoding = sys.getfilesystemencoding()
    if name.isascii():
        return None
    if encoding != "utf-8":
        return (
            f"{_spelled(name)}: in the locale of this system, file names are {encoding}, not UTF-8. {_CURE}"
        )
    try:
        name.encode()
    except UnicodeEncodeError:
        return f"the file name {os.fsencode(name)!r} is not UTF-8."
    return None


def _spelled(name: str) -> str:
    """A name as its author has written it."""
    try:
        return os.fsencode(name).decode()
    except UnicodeError:
        return name
