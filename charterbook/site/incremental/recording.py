"""Records what a build reads, by the audit events of Python.

An audit hook cannot be removed: it is added once for each process, when the plugin first loads its settings, and
looks at nothing while no build is recorded. What was recorded counts for all versions that a process builds, since
a module or a library may keep what it has read once. Not recorded are reads of this program, of Python and of
installed packages, and those of the threads that watch files while a handbook is served.
"""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import entry_points
from types import ModuleType
from typing import Any

from charterbook.site.incremental import audit
from charterbook.site.incremental.audit import AccessRecord, is_own, place_of, signature


class _State:
    """What there is once in each process.

    `is_part` tells whether what is built belongs to a build that was begun before; `watchers` are threads that look
    at files for the server; `first_modules` had been imported before anything was recorded.
    """

    active = False
    installed = False
    is_part = False
    record = AccessRecord()
    watchers: frozenset[int] = frozenset()
    first_modules: frozenset[str] = frozenset()


def start() -> None:
    """Record what is read from now on. A build that begins reads its modules anew.

    What earlier builds of this process have read stays as long as it has not changed: a library may keep it in memory.
    """
    if not _State.installed:
        _State.installed, _State.first_modules = True, frozenset(sys.modules)
        sys.addaudithook(_hook)
    if not _State.is_part:
        files = {path: seen for path, seen in _State.record.files.items() if signature(path) == seen}
        _State.record = AccessRecord(files, _State.record.folders, _State.record.searches)
        others = {thread.ident for thread in threading.enumerate()} - {threading.get_ident()}
        _State.watchers = frozenset(ident for ident in others if ident)
        _forget_modules()
    _State.active = True


def stop() -> None:
    """Record no more. What was recorded stays for the next build of this process."""
    _State.active = False


def forget() -> None:
    """Record no more, and forget what was recorded: the process builds no other site."""
    _State.active, _State.record = False, AccessRecord()


@contextmanager
def recorded() -> Iterator[None]:
    """While this lasts, record for a part of a build that was begun before, perhaps in another process."""
    before = _State.active, _State.is_part
    _State.active, _State.is_part = _State.installed, True
    try:
        yield
    finally:
        _State.active, _State.is_part = before


@contextmanager
def unrecorded() -> Iterator[None]:
    """While this lasts, record nothing: Charterbook itself reads what it knows to be an input."""
    before, _State.active = _State.active, False
    try:
        yield
    finally:
        _State.active = before


def record() -> AccessRecord:
    """What was recorded so far, with the modules that this process has imported from elsewhere than packages."""
    for name, module in own_modules().items():
        file = place_of(attributes_of(module).get("__file__"))
        if file is not None and is_own(file):
            _State.record.files.setdefault(file, signature(file))
        _State.record.modules.discard(name)
    return _State.record


def own_modules() -> dict[str, ModuleType]:
    """The modules that stand neither in Python, in an installed package nor in Charterbook, by name."""
    return {name: module for name, module in list(sys.modules.items()) if _is_own_module(name, module)}


def _forget_modules() -> None:
    """Have modules of the handbook be read anew where they are imported next, unless they were there from the start.

    While a handbook is served, they may have changed, whether macros.py imports them, a hook or one another.
    """
    importlib.invalidate_caches()
    found = own_modules().keys() - _State.first_modules
    for name in found - _plugin_modules() if found else ():
        del sys.modules[name]


def _plugin_modules() -> set[str]:
    """The modules of packages that offer plugins of MkDocs, and are being developed: MkDocs has read these."""
    tops = {point.value.partition(":")[0].partition(".")[0] for point in entry_points(group="mkdocs.plugins")}
    return {name for name in sys.modules if name.partition(".")[0] in tops}


def attributes_of(module: ModuleType | None) -> Mapping[str, Any]:
    """The attributes of a module; one that is read when it is used is not read for that."""
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


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _State.active and threading.get_ident() not in _State.watchers:
        audit.follow(_State.record, event, arguments)
