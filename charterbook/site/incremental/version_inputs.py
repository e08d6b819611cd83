"""Inputs of a version other than the charter, docs/ and the settings.

In addition to recorded reads, code is searched for words that read the time or environment variables, test whether a
file exists, or ask for its size, its age or the target of a link, and for names of files that native libraries open.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from charterbook.frozen_dataclass import dataclass
from charterbook.site.incremental import recording
from charterbook.site.incremental.audit import AccessRecord
from charterbook.site.incremental.file_trees import without_waiting
from charterbook.site.incremental.input_paths import Signature, is_own, signature
from charterbook.site.incremental.input_states import (
    ALL,
    DAY,
    ENTRY,
    ENVIRONMENT,
    FILE,
    FOLDER,
    GIT,
    NAMES,
    STATUSES,
    ZONE,
    Input,
    InputScope,
    InputStates,
)

#: Number of bytes of a source that are searched for words.
_SEARCHED = 1 << 20

_READS_DAY = re.compile(rb"\b(?:now|today|utcnow|time|time_ns|localtime|gmtime|strftime|ctime)\s*\(")
_READS_ZONE = re.compile(rb"\b(?:astimezone|fromtimestamp|localtime|mktime|tzname|tzlocal)\b")
_READS_VARIABLE = re.compile(
    rb"(?:\benvironb?\s*(?:\.\s*(?:get|pop|setdefault)\s*\(|\[)|\bgetenvb?\s*\()\s*b?[\"'](\w+)[\"']"
    rb"|[\"'](\w+)[\"']\s+(?:not\s+)?in\s+(?:os\s*\.\s*)?environb?\b(?!\s*[.\[(])"
)
#: Variables that code reads by a name that is not in its text. An import alone reads none.
_READS_VARIABLES = re.compile(rb"\b(?:environb?|getenvb?|expandvars)\b")
_IMPORTS_VARIABLES = re.compile(rb"^[ \t]*from os import [\w, \t]+$", re.MULTILINE)
#: Variables that functions of Python read, by a word in the code.
_VARIABLES_OF = {
    rb"expanduser|home": ("HOME", "USERPROFILE"),
    rb"getuser|getlogin": ("LOGNAME", "USER", "LNAME", "USERNAME"),
    rb"setlocale": ("LC_ALL", "LC_CTYPE", "LC_TIME", "LC_NUMERIC", "LC_MONETARY", "LC_COLLATE", "LANG"),
}
_ASKS_FOR_FILES = re.compile(
    rb"\b(?:l?exists|is_?file|is_?dir|is_?symlink|stat|access)\s*\(|\bignore missing\b"
)
_ASKS_FOR_STATUS = re.compile(
    rb"\b(?:(?:l?stat|get(?:size|[acm]time)|readlink)\s*\(|realpath\s*\((?!\s*__file__)|st_(?:size|[acm]time))"
)
#: Native libraries that open files without an event, and their calls with names that are not in the code.
_IMPORTS_NATIVE = re.compile(
    rb"^[ \t]*(?:import|from)[ \t]+(?:cv2|duckdb|fiona|h5py|lxml|netCDF4|osgeo|polars|pyarrow|rasterio|tables|xarray)\b",
    re.MULTILINE,
)
_OPENS_ANY = re.compile(
    rb"\b(?:connect|Dataset|execute|File|imread|iterparse|open\w*|parse|query|read\w*|scan_\w+|sql)\s*\(\s*"
    rb"(?:[^\"')\s]|[\"'][^\"'\n]*[\"']\s*[^\s,)])"
)
#: Texts in code that can be paths outside the handbook's folder, or in a hidden folder.
_PATH_ELSEWHERE = re.compile(rb"[\"']((?:[^\"'\n]*/)?(?:\.[^\"'\n/]+|~)(?:/[^\"'\n]*)?|/[^\"'\n]+)[\"']")
#: Texts in code that can be paths of files: native libraries open files without an event.
_QUOTED = re.compile(rb"(?<=[\"'])[^\"'\n]{1,200}(?=[\"'])")
_DAY_ON_PAGE = re.compile(rb"\{[{%][^{}]*\b(?:now|today|build_date_utc)\b")


@dataclass(frozen=True)
class ReadInputs:
    """Inputs of a version with their states; `unseen` says why inputs can be missing."""

    states: Mapping[Input, str] = field(default_factory=dict)
    unseen: frozenset[str] = frozenset()

    @property
    def is_known(self) -> bool:
        """Whether the recorded inputs are complete."""
        return not self.unseen


#: Inputs of a version that was built without recording.
NOTHING_KNOWN = ReadInputs(unseen=frozenset({"its reads were not recorded"}))


def read_of(record: AccessRecord, scope: InputScope, lacks: Collection[str]) -> ReadInputs:
    """Recorded inputs of a version.

    Of docs/, only pages that the version lacks are included; the others are part of its key.
    """
    with recording.unrecorded():
        states = InputStates(scope).of(inputs_of(record, scope, lacks))
    changed = [path for path, seen in _files(record, scope, lacks).items() if signature(path) != seen]
    unseen = {f"{scope.name(path)} changed meanwhile" for path in changed} | record.unseen
    if not all(_is_near(folder, scope.root) for folder in record.git):
        unseen.add("it runs git in a different folder")
    return ReadInputs(states, frozenset(unseen))


def inputs_of(record: AccessRecord, scope: InputScope, lacks: Collection[str] = ()) -> frozenset[Input]:
    """The inputs in a record."""
    files = _files(record, scope, lacks)
    found = {(FILE, scope.name(path)) for path in files}
    found |= {(FOLDER, scope.name(path)) for path in list(record.folders) if scope.is_listed(path)}
    found |= {(kind, scope.name(pattern)) for kind, pattern in list(record.searches)}
    found |= {(FILE, scope.name(path)) for path in _missing_modules(record)}
    found |= {one for path in files for one in _named_in(path)}
    found |= {(ENTRY, scope.name(place)) for path in files for place in _asked_elsewhere(path, scope.root)}
    found |= {(FILE, scope.name(place)) for path in files for place in _files_named_in(path, scope, lacks)}
    found |= {(GIT, "") for folder in record.git if _is_near(folder, scope.root)}
    return frozenset([*found, *scope.always])


def _files(record: AccessRecord, scope: InputScope, lacks: Collection[str]) -> dict[str, Signature | None]:
    return {path: seen for path, seen in record.files.items() if _counts(path, scope, lacks)}


def _counts(path: str, scope: InputScope, lacks: Collection[str]) -> bool:
    """Whether an opened file is an input: neither an output nor part of the version's key."""
    if scope.is_output(path):
        return False
    if path.startswith(os.path.join(scope.docs_dir, "")):
        return Path(path).relative_to(scope.docs_dir).as_posix() in lacks
    return True


def _missing_modules(record: AccessRecord) -> Iterator[str]:
    """Possible paths of modules that were not found, outside folders of installed packages."""
    folders = list(filter(is_own, sys.path))
    for name in sorted({part for module in record.modules for part in _up(module)} - sys.modules.keys()):
        for folder in folders:
            place = os.path.join(os.path.abspath(folder), *name.split("."))
            yield from (f"{place}.py", os.path.join(place, "__init__.py"))


def _up(module: str) -> Iterator[str]:
    """Name of a module and of its parent packages."""
    while module:
        yield module
        module = module.rpartition(".")[0]


def _named_in(path: str) -> Iterator[Input]:
    """Inputs named in the text of code or a template."""
    if not path.endswith((".py", ".md", ".html", ".j2", ".jinja", ".jinja2", ".txt")):
        return
    content = _beginning(path)
    code = path.endswith(".py")
    if (_READS_DAY if code else _DAY_ON_PAGE).search(content):
        yield DAY, ""
    if _ASKS_FOR_FILES.search(content):
        yield NAMES, "."
    if code and (_ASKS_FOR_STATUS.search(content) or _opens_natively(content)):
        yield STATUSES, "."
    if code and _READS_ZONE.search(content):
        yield ZONE, ""
    if code:
        yield from ((ENVIRONMENT, name) for name in _variables_in(content))


def _opens_natively(code: bytes) -> bool:
    """Whether code opens files without an event by names that it does not contain."""
    return _IMPORTS_NATIVE.search(code) is not None and _OPENS_ANY.search(code) is not None


def _variables_in(code: bytes) -> Iterator[str]:
    """Environment variables that code reads; `ALL` if it also reads others than it names."""
    for found in _READS_VARIABLE.finditer(code):
        yield (found[1] or found[2]).decode()
    if _READS_VARIABLES.search(_IMPORTS_VARIABLES.sub(b"", _READS_VARIABLE.sub(b"", code))):
        yield ALL
    for words, names in _VARIABLES_OF.items():
        if re.search(rb"\b(?:" + words + rb")\s*\(", code):
            yield from names


def _asked_elsewhere(path: str, root: Path) -> Iterator[str]:
    """Paths in code that tests for files, if they are outside the handbook's folder or hidden."""
    content = _beginning(path) if path.endswith(".py") else b""
    asks = _ASKS_FOR_FILES.search(content) or _ASKS_FOR_STATUS.search(content)
    if not asks and not _opens_natively(content):
        return
    for found in _PATH_ELSEWHERE.finditer(content):
        name = os.path.expanduser(os.fsdecode(found[1]))
        yield from {os.path.normpath(os.path.join(folder, name)) for folder in (root, os.path.dirname(path))}


def _files_named_in(path: str, scope: InputScope, lacks: Collection[str]) -> Iterator[str]:
    """Files of the handbook that code names, relative to mkdocs.yml or to the code."""
    content = _beginning(path) if path.endswith(".py") else b""
    for text in {text for text in _QUOTED.findall(content) if b"." in text or b"/" in text}:
        for folder in (str(scope.root), os.path.dirname(path)):
            place = os.path.normpath(os.path.join(folder, os.fsdecode(text)))
            if Path(place).is_relative_to(scope.root) and _is_file(place) and _counts(place, scope, lacks):
                yield place


def _is_file(path: str) -> bool:
    try:
        return os.path.isfile(path)
    except ValueError:
        return False


def asks_for_day(page: bytes) -> bool:
    """Whether a page reads the current day."""
    return _DAY_ON_PAGE.search(page) is not None


def _beginning(path: str) -> bytes:
    try:
        with open(path, "rb", opener=without_waiting) as file:
            return file.read(_SEARCHED) or b""
    except OSError:
        return b""


def _is_near(folder: str, root: Path) -> bool:
    """Whether git in a folder reads the repository of the handbook."""
    return Path(folder).is_relative_to(root) or root.is_relative_to(folder)
