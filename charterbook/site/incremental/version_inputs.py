"""What the pages of a version were made from, beside the charter, docs/ and the settings.

Beside what is recorded, code is searched for words that read the time, an environment variable by name, or ask
whether a file exists.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from charterbook.site.incremental import recording
from charterbook.site.incremental.audit import AccessRecord, Signature, signature
from charterbook.site.incremental.input_states import (
    DAY,
    ENVIRONMENT,
    FILE,
    FOLDER,
    GIT,
    NAMES,
    Input,
    InputScope,
    InputStates,
)

#: How much of a source is searched for words, in bytes.
_SEARCHED = 1 << 20

_READS_DAY = re.compile(rb"\b(?:now|today|utcnow|time|time_ns|localtime|gmtime|strftime|ctime)\s*\(")
_READS_VARIABLE = re.compile(rb"(?:\benviron(?:b|\.get)?\s*[\[(]|\bgetenv\s*\()\s*b?[\"'](\w+)[\"']")
_ASKS_FOR_FILES = re.compile(
    rb"\b(?:l?exists|is_?file|is_?dir|is_?symlink|stat|access)\s*\(|\bignore missing\b"
)
_DAY_ON_PAGE = re.compile(rb"\{[{%][^{}]*\b(?:now|today|build_date_utc)\b")


@dataclass(frozen=True)
class ReadInputs:
    """What a version was made from: its inputs with their states; `unseen` says, as words, why these are not all."""

    states: Mapping[Input, str] = field(default_factory=dict)
    unseen: frozenset[str] = frozenset()

    @property
    def is_known(self) -> bool:
        """Whether the states tell all that the version depends on."""
        return not self.unseen


#: What is known of a version of whose build nothing was recorded.
NOTHING_KNOWN = ReadInputs(unseen=frozenset({"nothing of it was recorded"}))


def read_of(record: AccessRecord, scope: InputScope, lacks: Collection[str]) -> ReadInputs:
    """What was read for a version, in which the pages `lacks` of docs/ do not count by themselves."""
    with recording.unrecorded():
        states = InputStates(scope).of(inputs_of(record, scope, lacks))
    changed = [path for path, seen in _files(record, scope, lacks).items() if signature(path) != seen]
    unseen = {f"{scope.name(path)} changed meanwhile" for path in changed} | record.unseen
    if not all(_is_near(folder, scope.root) for folder in record.git):
        unseen.add("it asks git about another folder")
    return ReadInputs(states, frozenset(unseen))


def inputs_of(record: AccessRecord, scope: InputScope, lacks: Collection[str] = ()) -> frozenset[Input]:
    """The inputs in what was recorded."""
    files = _files(record, scope, lacks)
    found = {(FILE, scope.name(path)) for path in files}
    found |= {(FOLDER, scope.name(path)) for path in list(record.folders) if scope.is_listed(path)}
    found |= {(kind, scope.name(pattern)) for kind, pattern in list(record.searches)}
    found |= {(FILE, scope.name(path)) for path in _missing_modules(record)}
    found |= {one for path in files for one in _named_in(path)}
    found |= {(GIT, "") for folder in record.git if _is_near(folder, scope.root)}
    return frozenset([*found, *scope.always])


def _files(record: AccessRecord, scope: InputScope, lacks: Collection[str]) -> dict[str, Signature | None]:
    return {path: seen for path, seen in record.files.items() if _counts(path, scope, lacks)}


def _counts(path: str, scope: InputScope, lacks: Collection[str]) -> bool:
    """Whether a file that was opened is an input: what builds write is none, nor what the version's key has."""
    if scope.is_output(path) or f"{os.sep}.git{os.sep}" in path:
        return False
    if path.startswith(os.path.join(scope.docs_dir, "")):
        return Path(path).relative_to(scope.docs_dir).as_posix() in lacks
    return True


def _missing_modules(record: AccessRecord) -> Iterator[str]:
    """Where modules would stand that were asked for in vain, in folders that hold no installed packages."""
    folders = [
        folder for folder in sys.path if not folder.startswith(sys.base_prefix) and "-packages" not in folder
    ]
    for name in sorted({part for asked in record.modules for part in _up(asked)} - sys.modules.keys()):
        for folder in folders:
            place = os.path.join(os.path.abspath(folder), *name.split("."))
            yield from (f"{place}.py", os.path.join(place, "__init__.py"))


def _up(module: str) -> Iterator[str]:
    """The name of a module, and those of the packages that it would be in."""
    while module:
        yield module
        module = module.rpartition(".")[0]


def _named_in(path: str) -> Iterator[Input]:
    """The inputs that a file of code or a template names."""
    if not path.endswith((".py", ".md", ".html", ".j2", ".jinja", ".jinja2", ".txt")):
        return
    content = _beginning(path)
    code = path.endswith(".py")
    if (_READS_DAY if code else _DAY_ON_PAGE).search(content):
        yield DAY, ""
    if _ASKS_FOR_FILES.search(content):
        yield NAMES, "."
    if code:
        yield from ((ENVIRONMENT, name.decode()) for name in _READS_VARIABLE.findall(content))


def asks_for_day(page: bytes) -> bool:
    """Whether a page asks what day it is."""
    return _DAY_ON_PAGE.search(page) is not None


def _beginning(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(_SEARCHED)
    except OSError:
        return b""


def _is_near(folder: str, root: Path) -> bool:
    """Whether git, asked in a folder, reads the repository that the handbook is in."""
    return Path(folder).is_relative_to(root) or root.is_relative_to(folder)
