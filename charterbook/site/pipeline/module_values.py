"""Values in the modules of hooks, and environment variables, as they were before the first event of a build.

A version's process is forked from the main build, which has run `on_startup` and `on_config` of hooks by then. The
hooks are not loaded again: code at their top can have changed a library, which would then be changed twice. A spawned
process has the environment that the main build has by then, and loads the hooks anew.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping
from typing import Any

from charterbook.site.incremental import recording

_CONSTANT = (bool, bytes, float, frozenset, int, str, tuple, type(None))
_MAPPINGS = (dict, Counter, defaultdict)
_SEQUENCES = (list, deque)

#: Variables, as an owner with a name and a value; and collections with their content, by identity.
_variables: list[tuple[Any, str, Any]] = []
_collections: dict[int, tuple[Any, list[Any]]] = {}
_environment: dict[str, str] = {}


def noted_environment() -> dict[str, str]:
    """The environment as it was noted; empty if nothing was."""
    return dict(_environment)


def note_environment(environment: Mapping[str, str]) -> None:
    """Note the environment that another process has noted, in one that is spawned by it."""
    _environment.clear()
    _environment.update(environment)


def note() -> None:
    """Record the environment, and the numbers, texts and collections in modules of the handbook and their classes."""
    _collections.clear()
    note_environment(os.environ)
    _variables[:] = [
        (owner, name, value)
        for owner in _owners()
        for name, value in list(vars(owner).items())
        if not name.startswith("__") and type(value) in (*_CONSTANT, *_MAPPINGS, *_SEQUENCES, set)
    ]
    _note_collections([value for _, _, value in _variables])


def restore() -> None:
    """Restore what was noted, if anything was. Collections stay the same objects, since other modules can have them as well."""
    for value, content in _collections.values():
        value.clear()
        if type(value) in _MAPPINGS:
            dict.update(value, content)
        else:
            (value.update if type(value) is set else value.extend)(content)
    for owner, name, value in _variables:
        if vars(owner).get(name) is not value:
            setattr(owner, name, value)
    if _environment:
        for name in os.environ.keys() - _environment.keys():
            del os.environ[name]
        os.environ.update(_environment)


def _owners() -> Iterator[Any]:
    for module_name, module in recording.own_modules().items():
        yield module
        for value in list(recording.attributes_of(module).values()):
            if isinstance(value, type) and value.__module__ == module_name:
                yield value


def _note_collections(pending: list[Any]) -> None:
    """Note the content of collections, and of those in them."""
    while pending:
        value = pending.pop()
        if id(value) in _collections or type(value) not in (*_MAPPINGS, *_SEQUENCES, set):
            continue
        is_mapping = type(value) in _MAPPINGS
        _collections[id(value)] = (value, [*value.items()] if is_mapping else [*value])
        pending += value.values() if is_mapping else value
