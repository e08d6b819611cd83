"""Recorder of the files and other inputs that a build reads, through Python's audit events.

An audit hook cannot be removed: it is added once for each process, when the plugin first loads its settings, and
ignores events while no build is recorded. Recorded reads apply to all versions that a process builds, since a module
or library can cache them. Reads by this program, by Python and by installed packages are not recorded, nor are reads
by the threads that watch files while a handbook is served.
"""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib.metadata import entry_points
from types import ModuleType
from typing import Any, ClassVar

from charterbook.site.incremental import audit
from charterbook.site.incremental.audit import AccessRecord
from charterbook.site.incremental.input_paths import is_own, place_of, signature


class _State:
    """State of the recorder, one per process.

    `is_part` marks a process that continues a build begun elsewhere; `watchers` are the file-watching
    threads of the server; `first_modules` had been imported before recording began, and `foreign_modules` are
    known to be no inputs.
    """

    active = False
    installed = False
    is_part = False
    record = AccessRecord()
    watchers: frozenset[int] = frozenset()
    first_modules: frozenset[str] = frozenset()
    foreign_modules: ClassVar[dict[str, ModuleType]] = {}


def start() -> None:
    """Start recording for a new build, and unload the handbook's modules so that it imports them again.

    Unchanged reads of earlier builds of this process remain, since a library can cache them.
    """
    if not _State.installed:
        _State.installed, _State.first_modules = True, frozenset(sys.modules)
        sys.addaudithook(partial(_hook, _State, audit.RECORDED))
    if not _State.is_part:
        files = {path: seen for path, seen in _State.record.files.items() if signature(path) == seen}
        _State.record = AccessRecord(files, _State.record.folders, _State.record.searches)
        others = {thread.ident for thread in threading.enumerate()} - {threading.get_ident()}
        _State.watchers = frozenset(ident for ident in others if ident)
        _forget_modules()
    _State.active = True


def stop() -> None:
    """Stop recording, and store the record for the next build of this process."""
    _State.active = False


def forget() -> None:
    """Stop recording, and clear the record: the process builds no other site."""
    _State.active, _State.record = False, AccessRecord()


@contextmanager
def recorded() -> Iterator[None]:
    """Context manager: resume recording for a build, even if it began in a different process."""
    before = _State.active, _State.is_part
    _State.active, _State.is_part = _State.installed, True
    try:
        yield
    finally:
        _State.active, _State.is_part = before


@contextmanager
def unrecorded() -> Iterator[None]:
    """Context manager: pause recording while Charterbook reads known inputs itself."""
    before, _State.active = _State.active, False
    try:
        yield
    finally:
        _State.active = before


def record() -> AccessRecord:
    """The record so far, with the imported modules from outside packages."""
    for name, module in own_modules().items():
        file = place_of(attributes_of(module).get("__file__"))
        if file is not None and is_own(file):
            _State.record.files.setdefault(file, signature(file))
        _State.record.modules.discard(name)
    return _State.record


def written() -> set[str]:
    """The files and folders that the build has written so far, including those that it had read before."""
    return _State.record.written | _State.record.rewritten


def own_modules() -> dict[str, ModuleType]:
    """Imported modules outside Python, installed packages and Charterbook, by name."""
    foreign = _State.foreign_modules
    unknown = [item for item in sys.modules.items() if foreign.get(item[0]) is not item[1]]
    found = {name: module for name, module in unknown if _is_own_module(name, module)}
    foreign.update((name, module) for name, module in unknown if name not in found and _has_file(module))
    return found


def _has_file(module: ModuleType) -> bool:
    """Whether a module has a file. A package without a file can get more folders."""
    return isinstance(attributes_of(module).get("__file__"), str)


def _forget_modules() -> None:
    """Unload the handbook's modules, unless they were loaded from the start, so that the next import reads them.

    While a handbook is served, they may have changed, whether macros.py imports them or one another. Those of hooks
    stay: MkDocs imports hooks once in each process, and they can share values with macros.py in a module.
    """
    importlib.invalidate_caches()
    own = own_modules()
    found = own.keys() - _State.first_modules - _modules_of_hooks(own)
    for name in found - _plugin_modules() if found else ():
        del sys.modules[name]


def _modules_of_hooks(own: Mapping[str, ModuleType]) -> set[str]:
    """Hooks, whose names are those of files, and the modules that they import, directly or through others."""
    found = {name for name in own if name.endswith(".py")}
    pending = sorted(found)
    while pending:
        used = {_module_of(value) for value in attributes_of(own[pending.pop()]).values()}
        new = {name for name in used if name in own} - found
        found |= new
        pending += sorted(new)
    return found


def _module_of(value: object) -> str:
    """Name of a module, or of the module in which a function or class is defined; empty if it is neither."""
    name = (
        attributes_of(value).get("__name__")
        if isinstance(value, ModuleType)
        else getattr(value, "__module__", "")
    )
    return name if isinstance(name, str) else ""


def _plugin_modules() -> set[str]:
    """Modules of MkDocs plugins under development. MkDocs has already imported them."""
    tops = {point.value.partition(":")[0].partition(".")[0] for point in entry_points(group="mkdocs.plugins")}
    return {name for name in sys.modules if name.partition(".")[0] in tops}


@contextmanager
def fresh_modules() -> Iterator[None]:
    """Context manager: import the handbook's modules again, without the values that earlier builds stored in them.

    The former modules return afterwards. Handbooks with hooks do not need this: each version has its own process.
    """
    before = _reloadable()
    for name in before:
        del sys.modules[name]
    try:
        yield
    finally:
        for name in _reloadable():
            del sys.modules[name]
        sys.modules.update(before)


def _reloadable() -> dict[str, ModuleType]:
    found = own_modules()
    plugins = _plugin_modules() if found else set()
    return {name: module for name, module in found.items() if name not in plugins}


def attributes_of(module: ModuleType | None) -> Mapping[str, Any]:
    """Attributes of a module; a lazy module is not loaded for that."""
    found: Mapping[str, Any] = object.__getattribute__(module, "__dict__") if module is not None else {}
    return found


def _is_own_module(name: str, module: ModuleType) -> bool:
    attributes = attributes_of(module)
    file, paths = attributes.get("__file__"), attributes.get("__path__")
    if name.partition(".")[0] in ("__main__", "__mp_main__", "charterbook"):
        return False
    if isinstance(file, str):
        return is_own(file)
    return paths is not None and any(is_own(str(path)) for path in paths)


def _hook(state: type[_State], recorded: frozenset[str], event: str, arguments: tuple[Any, ...]) -> None:
    """Record an event. State and events are parameters, since Python clears the globals of modules when it ends."""
    if event in recorded and state.active and threading.get_ident() not in state.watchers:
        audit.record_event(state.record, event, arguments)
