"""The temporary folder in which MkDocs serves a handbook.

MkDocs removes it at the end, unless it is killed. So the folder gets a hidden file that is locked as long as its server
runs: the next server removes folders with such a file that no process has locked, and no others.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from charterbook.file_store import open_regular, open_temporary
from charterbook.locks import lock_file
from charterbook.site.output.remove import remove_tree

#: Prefix of the name of the hidden file.
MARK = ".charterbook-served-"

#: Pattern of the names that MkDocs gives to its temporary folders.
_FOLDERS = "mkdocs_*"


def claim(folder: Path) -> None:
    """Mark a folder as that of this process, once, and remove those of ended servers. Ignores errors of the system."""
    with suppress(OSError):
        if not any(folder.glob(f"{MARK}*")):
            _, file, _ = open_temporary(folder, MARK)  # the lock ends with this process
            file.close()
            _sweep(Path(tempfile.gettempdir()))


def _sweep(folder: Path) -> None:
    for served in folder.glob(_FOLDERS):
        if _is_own(served) and any(map(_is_left, _marks(served))):
            remove_tree(served)


def _is_own(folder: Path) -> bool:
    """Whether an entry is a folder of this user, and not a link to one."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return (
        folder.is_dir()
        and not folder.is_symlink()
        and (not hasattr(os, "getuid") or found.st_uid == os.getuid())
    )


def _marks(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from folder.glob(f"{MARK}*")


def _is_left(mark: Path) -> bool:
    """Whether no process has locked a file; False if that cannot be known."""
    with suppress(OSError), open_regular(mark) as file:
        return lock_file(file.fileno(), otherwise=False)
    return False
