"""Cache of parsed charters, by the id of their content, and of the git log, on disk.

Reading a charter from here is ten times as fast as parsing its YAML, and neither old contents nor old commits ever
change. Charters of one history are similar, so each part - a section, or an item of a list - is stored and read once
for all charters that contain it. An entry is JSON with a checksum: a damaged, truncated or outdated entry is treated
as missing. Nothing in an entry is executed.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import shapes
from charterbook.file_store import Store
from charterbook.history.git_log import FileCommit, FileHistory
from charterbook.history.version_scan import OwnPeriod
from charterbook.problems import Problem
from charterbook.program_hash import program

#: Packages and modules with the code that determines the content of the cache.
_READERS = (
    "charter",
    "history",
    "load",
    "locale",
    "git",
    "problems.py",
    "i18n.py",
    "source_map.py",
    "exact_numbers.py",
)

_Content = TypeVar("_Content")

#: The result of reading a content: a charter, or the problem.
Answer = tuple[Charter | None, Problem | None]


def _program() -> str:
    return program(*_READERS)


class CharterCache:
    """Cache entries in a folder, created with the first entry.

    `get` and `put` are for charters; `save` writes all entries that were put or read.
    """

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder / _program())
        self._stored: _SerializedCharters | None = None
        self._used: dict[str, Answer] = {}
        self._is_new = False

    def own_periods(self) -> dict[str, OwnPeriod]:
        """The period of each known content."""
        return self._entry("periods", _periods) or {}

    def put_own_periods(self, periods: Mapping[str, OwnPeriod]) -> None:
        """Cache the period of each content."""
        days = {blob: own.effective and own.effective.isoformat() for blob, own in periods.items()}
        self._save_file("periods", {blob: [own.version, days[blob]] for blob, own in periods.items()})

    def commits(self, path: str) -> FileHistory | None:
        """The cached commits that changed a file, None if there are none."""
        return self._entry("log", lambda found: _line(found, path))

    def put_commits(self, path: str, line: FileHistory) -> None:
        """Cache the commits that changed a file."""
        self._save_file("log", {"path": path, "tip": line.tip, "changes": line.changes})

    def get(self, blob: str) -> Answer | None:
        """The result of reading a content: a charter, or the problem. None without a valid entry."""
        if self._stored is None:
            self._stored = _deserialized(self._store.get("charters.json"))
        found = self._stored.answer(blob)
        if found is not None:
            self._used[blob] = found
        return found

    def put(self, blob: str, charter: Charter | None, problem: Problem | None) -> None:
        """Cache the result of reading a content."""
        self._used[blob] = charter, problem
        self._is_new = True

    def save(self) -> None:
        """Write the cached charters if any were put. Errors of writing are ignored."""
        if self._is_new:
            self._save_file("charters", _serialized(self._used))

    def _entry(self, name: str, read: Callable[[Any], _Content]) -> _Content | None:
        """The content of an entry; None if there is no valid one."""
        return _parsed(self._store.get(f"{name}.json"), read)

    def _save_file(self, name: str, content: Any) -> None:
        try:
            self._store.put(f"{name}.json", json.dumps(content).encode())
        except OSError:
            return


@lru_cache(maxsize=1)
def _deserialized(text: bytes | None) -> _SerializedCharters:
    """The charters of an entry; a server reads the same entry for each build."""
    return _parsed(text, _SerializedCharters) or _SerializedCharters({"parts": [], "said": {}})


def _parsed(text: bytes | None, read: Callable[[Any], _Content]) -> _Content | None:
    """The content of an entry; None if it is missing or invalid."""
    try:
        return None if text is None else read(json.loads(text))
    except _INVALID_CONTENT:
        return None


#: Exceptions raised for an entry with unexpected content.
_INVALID_CONTENT = (ValueError, TypeError, LookupError, AttributeError)


def _periods(entry: Mapping[str, Any]) -> dict[str, OwnPeriod]:
    return {
        blob: OwnPeriod(version, day and datetime.date.fromisoformat(day))
        for blob, (version, day) in entry.items()
    }


def _line(entry: Mapping[str, Any], path: str) -> FileHistory | None:
    if entry["path"] != path:
        return None
    return FileHistory(str(entry["tip"]), [FileCommit(*change) for change in entry["changes"]])


class _SerializedCharters:
    """Charters in serialized form: each part once, and for each charter the numbers of its parts."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._parts: list[str] = content["parts"]
        self._answers: dict[str, Any] = content["said"]
        self._read: dict[tuple[str, int], Any] = {}
        self._known: dict[str, Answer | None] = {}

    def answer(self, blob: str) -> Answer | None:
        """The result of reading a content, None if it is missing or invalid."""
        if blob not in self._known:
            self._known[blob] = self._answer(blob)
        return self._known[blob]

    def _answer(self, blob: str) -> Answer | None:
        try:
            stored = self._answers.get(blob)
            if stored is None:
                return None
            if "problem" in stored:
                return None, Problem(**stored["problem"])
            return Charter.model_validate(
                {key: self._value(key, at) for key, at in stored["charter"].items()}
            ), None
        except _INVALID_CONTENT:
            return None

    def _value(self, key: str, at: int | list[int]) -> Any:
        return self._part(key, at) if isinstance(at, int) else [self._part(key, one) for one in at]

    def _part(self, key: str, at: int) -> Any:
        if (key, at) not in self._read:
            self._read[key, at] = _read(key, self._parts[at])
        return self._read[key, at]


def _read(key: str, text: str) -> Any:
    shape = shapes(Charter)[key]
    if shape.part is not None:
        # Lax mode, because a validator in Python gets dates as text; the text was written by the model itself.
        return shape.part.model_validate_json(text, strict=False)
    value = json.loads(text)
    return datetime.date.fromisoformat(value) if shape.kind == "date" else value


def _serialized(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """The input of `_SerializedCharters`. Values that JSON cannot represent are omitted."""
    texts: dict[str, int] = {}
    known: dict[int, int] = {}

    def number(value: Any) -> int:
        """The number of a part; charters that were read together share objects."""
        if id(value) not in known:
            known[id(value)] = texts.setdefault(_text(value), len(texts))
        return known[id(value)]

    serialized: dict[str, Any] = {}
    for blob, (charter, problem) in answers.items():
        try:
            if charter is not None:
                serialized[blob] = {"charter": _numbered(charter, number)}
            elif problem is not None:
                serialized[blob] = {"problem": asdict(problem)}
        except ValueError:
            continue
    return {"parts": list(texts), "said": serialized}


def _numbered(charter: Charter, number: Callable[[Any], int]) -> dict[str, int | list[int]]:
    found: dict[str, int | list[int]] = {}
    for name, field in Charter.model_fields.items():
        if name in charter.model_fields_set:
            value = getattr(charter, name)
            found[field.alias or name] = (
                list(map(number, value)) if isinstance(value, list) else number(value)
            )
    return found


def _text(value: Any) -> str:
    """A part as JSON. Raises ValueError for a value that JSON cannot represent."""
    if isinstance(value, Part):
        return value.model_dump_json(by_alias=True, exclude_unset=True)
    return json.dumps(value.isoformat() if isinstance(value, datetime.date) else value)
