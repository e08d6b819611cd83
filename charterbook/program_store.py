"""What Charterbook makes from files of the program, stored beside Python's bytecode and readable by everybody."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from charterbook.file_store import Store, bytecode_folder, sweep


def stored(folder: Path, key: str, suffix: str, make: Callable[[], bytes]) -> bytes:
    """The content for a key, beside the modules of a folder; it is made if it is missing.

    Then those for other keys are removed: they belong to earlier files. Errors of writing are ignored.
    """
    store, name = Store(bytecode_folder(folder)), f"{key}{suffix}"
    content = store.get(name)
    if content is None:
        content = make()
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                _put(store, name, suffix, content)
    return content


def _put(store: Store, name: str, suffix: str, content: bytes) -> None:
    store.put(name, content)
    sweep(store.folder)
    (store.folder / name).chmod(0o644)  # like Python's own
    for other in store.folder.glob(f"*{suffix}"):
        if other.name != name:
            other.unlink()
