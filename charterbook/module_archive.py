"""The compiled modules of commands in one file beside Python's bytecode, for the command line only.

A build imports a thousand modules. For each, Python looks into folders, then opens and checks a file of bytecode: a
tenth of the time of all imports. The archive has the code of the modules and the states of their files. Python imports
a module as usual if its file or folder has changed, if it is not archived, or if another program changed how modules
are found.

Only modules in the folder of their package are archived. Where a package is, Python decides.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import spec_from_file_location
from types import CodeType, ModuleType
from typing import Any, NamedTuple

from charterbook.bytecode_files import path_beside, read, write
from charterbook.folders import code_folders

#: Number of imported modules without a valid entry from which a new archive is worth the 0.1 s to write it.
_ENOUGH = 40

#: Number of Python's own path hooks: one for zip files, one for folders.
_PATH_HOOKS = 2

#: Size of the length of the index in bytes. Then come the index and the code.
_SIZE = 8


class _Entry(NamedTuple):
    """An archived module."""

    source: str
    bytecode: str | None
    is_package: bool
    #: Time of the last change of the source in nanoseconds, its size in bytes, time of the last change of its folder.
    state: tuple[int, int, int]
    #: Offset and length of the code, in bytes.
    code: tuple[int, int]

    def code_in(self, codes: memoryview) -> memoryview:
        """The code of the module, among those of all."""
        offset, length = self.code
        return codes[offset : offset + length]


class _Loader(SourceFileLoader):
    """Python's loader of a source file, with archived code."""

    def __init__(self, name: str, entry: _Entry, codes: memoryview) -> None:
        super().__init__(name, entry.source)
        self._code = entry.code_in(codes)

    def get_code(self, fullname: str) -> CodeType | None:
        """The code of the module."""
        code: CodeType = marshal.loads(self._code)
        return code


class ModuleArchive:
    """Archived modules, by path without suffix. It is a finder for `sys.meta_path`."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._entries, self._codes = _read(path)
        self._folders: dict[str, int] = {}
        self._missed: list[str] = []

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of a module whose entry is valid; None for all others."""
        if path is None or len(path) != 1:
            return None
        place = f"{path[0]}{os.sep}{fullname.rpartition('.')[2]}"
        entry = self._valid(place)
        if entry is None:
            self._missed.append(fullname)
            return None
        spec = spec_from_file_location(
            fullname,
            entry.source,
            loader=_Loader(fullname, entry, self._codes),
            submodule_search_locations=[place] if entry.is_package else None,
        )
        if spec is not None:
            spec.cached = entry.bytecode
        return spec

    def _valid(self, place: str) -> _Entry | None:
        """The entry of a path if nothing has changed there since."""
        found = self._entries.get(place)
        if found is None:
            return None
        entry = _Entry(*found)
        try:
            is_valid = self._state(entry.source, os.path.dirname(place)) == entry.state
        except OSError:
            return None
        return entry if is_valid else None

    def _state(self, source: str, folder: str) -> tuple[int, int, int]:
        """The state of a source file. Raises OSError."""
        if folder not in self._folders:
            self._folders[folder] = os.stat(folder).st_mtime_ns
        found = os.stat(source)
        return found.st_mtime_ns, found.st_size, self._folders[folder]

    def update(self) -> None:
        """Write the archive again if many modules had no valid entry. Errors of writing are ignored."""
        if len(self._missed) < _ENOUGH or sys.dont_write_bytecode:
            return
        new = dict(filter(None, map(self._new_entry, self._missed)))
        if len(new) < _ENOUGH:
            return
        self._folders.clear()
        valid = {place: entry for place in self._entries if (entry := self._valid(place)) is not None}
        codes = {place: bytes(entry.code_in(self._codes)) for place, entry in valid.items()}
        entries = valid | {place: entry for place, (entry, _) in new.items()}
        codes |= {place: code for place, (_, code) in new.items()}
        with suppress(OSError):
            _write(self.path, entries, codes)

    def _new_entry(self, name: str) -> tuple[str, tuple[_Entry, bytes]] | None:
        """The path, the entry and the code of an imported module; None if it cannot be archived.

        The entry lacks the position of the code.
        """
        module = sys.modules.get(name)
        spec = module.__spec__ if type(module) is ModuleType else None  # a lazy module would be executed
        if spec is None or spec.name != name or type(spec.loader) is not SourceFileLoader or not spec.origin:
            return None
        is_package = spec.submodule_search_locations is not None
        source = spec.origin
        place = os.path.dirname(source) if is_package else source.removesuffix(".py")
        if os.path.basename(place) != name.rpartition(".")[2] or not place.startswith(code_folders()):
            return None
        try:
            state = self._state(source, os.path.dirname(place))
            code = marshal.dumps(spec.loader.get_code(name))
        except (OSError, ImportError, SyntaxError):
            return None
        return place, (_Entry(source, spec.cached, is_package, state, (0, 0)), code)


@contextmanager
def archived_modules() -> Iterator[None]:
    """Context manager: modules are imported from the archive, and a new archive is written if it lacks many."""
    archive = _installed()
    try:
        yield
    finally:
        if archive is not None:
            sys.meta_path.remove(archive)
            archive.update()


def _installed() -> ModuleArchive | None:
    """Insert the archive before Python's finder for folders, after finders of other programs; None without bytecode."""
    path = path_beside(__file__, ".archive")
    if path is None or PathFinder not in sys.meta_path or len(sys.path_hooks) != _PATH_HOOKS:
        return None
    archive = ModuleArchive(path)
    sys.meta_path.insert(sys.meta_path.index(PathFinder), archive)
    return archive


def _read(path: str) -> tuple[dict[str, tuple[Any, ...]], memoryview]:
    """The index and the code of an archive, both empty if there is none for this program or it is incomplete."""
    content = read(path)
    end = _SIZE + int.from_bytes(content[:_SIZE], "little")
    try:
        return (marshal.loads(content[_SIZE:end]), content[end:]) if content else ({}, content)
    except (ValueError, EOFError, TypeError):
        return {}, memoryview(b"")


def _write(path: str, entries: dict[str, _Entry], codes: dict[str, bytes]) -> None:
    """Write an archive in one step. Raises OSError."""
    offset, index = 0, {}
    for place, entry in entries.items():
        length = len(codes[place])
        index[place] = tuple(entry._replace(code=(offset, length)))
        offset += length
    head = marshal.dumps(index)
    write(path, [len(head).to_bytes(_SIZE, "little"), head, *(codes[place] for place in entries)])
