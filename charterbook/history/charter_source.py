"""The bytes of a charter, from a file or from git, and the charter in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from charterbook.charter import Charter
from charterbook.errors import CharterError
from charterbook.frozen_dataclass import dataclass
from charterbook.load import MAX_BYTES, load
from charterbook.pipes import read_input
from charterbook.problems import Problem


@dataclass(frozen=True)
class CharterSource:
    """The bytes of a charter. `where` is the file or version for messages."""

    name: str
    where: str
    data: bytes


def charter_in(source: CharterSource) -> Charter:
    """The charter in a source. Raises CharterError with the first error."""
    return _read(source.where, source.data)


def charter_of(file: Path, called: str) -> Charter:
    """The charter in a file, with a given name for messages.

    Raises CharterError with the first error.
    """
    return _read(called, file_bytes(file))


def file_bytes(file: Path) -> bytes:
    """A file's content, read up to the size limit of charters: a device has no end."""
    try:
        return read_input(file, MAX_BYTES)
    except OSError as error:
        raise CharterError(f"{file}: cannot be read: {error.strerror}") from error


def _read(name: str, data: bytes) -> Charter:
    loaded = load(data)
    if loaded.charter is None:
        raise CharterError(first_error(name, [p for p in loaded.problems if p.severity == "error"]))
    return loaded.charter


def first_error(name: str, problems: Sequence[Problem]) -> str:
    """Why a charter cannot be read: its first error, and the number of the others."""
    more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{name}: cannot be read: {problems[0] if problems else 'no reason is known'}{more}"
