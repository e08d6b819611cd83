"""What was read of a history before, kept on disk: the charters by the id of their content, and the log.

Reading a charter's YAML takes ten times as long as reading it again from here, and neither old contents nor old
commits ever change. Charters of one history are much alike, so of each part - a section, or an item of a list -
there is one copy, and it is read once for all charters that have it. An entry is JSON with a hash in front: what is
damaged, cut off or made by another version of Charterbook is as good as none. Nothing in an entry is ever run.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from charterbook.charter import Charter
from charterbook.charter.base import Part
from charterbook.charter.model_shape import shapes
from charterbook.file_store import Store, program
from charterbook.history.git_log import FileCommit, FileHistory
from charterbook.history.version_scan import OwnPeriod
from charterbook.problems import Problem

#: The packages and modules whose code decides what is read out of a charter, and out of git.
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

#: What a content said: a charter, or why it cannot be read.
Answer = tuple[Charter | None, Problem | None]


def _program() -> str:
    return program(*_READERS)


class CharterCache:
    """Entries in a folder, which is made when the first one is written.

    `get` and `put` are about charters; what was put is on disk after `save`, with all that was got.
    """

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder / _program())
        self._before: _SerializedCharters | None = None
        self._used: dict[str, Answer] = {}
        self._is_new = False

    def own_periods(self) -> dict[str, OwnPeriod]:
        """What each content says of the period that it is for, as far as that was ever asked."""
        return self._entry("periods", _periods) or {}

    def put_own_periods(self, found: Mapping[str, OwnPeriod]) -> None:
        """Keep what each content says of its period."""
        days = {blob: own.effective and own.effective.isoformat() for blob, own in found.items()}
        self._save_file("periods", {blob: [own.version, days[blob]] for blob, own in found.items()})

    def line(self, path: str) -> FileHistory | None:
        """The commits that changed a file, as they were when they were last asked for."""
        return self._entry("log", lambda found: _line(found, path))

    def put_line(self, path: str, line: FileHistory) -> None:
        """Keep the commits that changed a file."""
        self._save_file("log", {"path": path, "tip": line.tip, "changes": line.changes})

    def get(self, blob: str) -> Answer | None:
        """What a content said: a charter, or why it cannot be read. None where there is no sound entry."""
        if self._before is None:
            self._before = self._entry("charters", _SerializedCharters) or _SerializedCharters(
                {"parts": [], "said": {}}
            )
        found = self._before.answer(blob)
        if found is not None:
            self._used[blob] = found
        return found

    def put(self, blob: str, charter: Charter | None, problem: Problem | None) -> None:
        """Keep what a content said."""
        self._used[blob] = charter, problem
        self._is_new = True

    def save(self) -> None:
        """Write down what was put, if anything was. What cannot be written is not kept."""
        if self._is_new:
            self._save_file("charters", _written(self._used))

    def _entry(self, name: str, read: Callable[[Any], _Content]) -> _Content | None:
        """What an entry holds; None where there is none that makes sense."""
        text = self._store.get(f"{name}.json")
        try:
            return None if text is None else read(json.loads(text))
        except _NONSENSE:
            return None

    def _save_file(self, name: str, content: Any) -> None:
        try:
            self._store.put(f"{name}.json", json.dumps(content).encode())
        except OSError:
            return


#: What reading an entry raises that holds something else than was written.
_NONSENSE = (ValueError, TypeError, LookupError, AttributeError)


def _periods(found: Mapping[str, Any]) -> dict[str, OwnPeriod]:
    return {
        blob: OwnPeriod(version, day and datetime.date.fromisoformat(day))
        for blob, (version, day) in found.items()
    }


def _line(found: Mapping[str, Any], path: str) -> FileHistory | None:
    if found["path"] != path:
        return None
    return FileHistory(str(found["tip"]), [FileCommit(*change) for change in found["changes"]])


class _SerializedCharters:
    """Charters as they are written: each part once, and for each charter the numbers of its parts."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._parts: list[str] = content["parts"]
        self._said: dict[str, Any] = content["said"]
        self._read: dict[tuple[str, int], Any] = {}

    def answer(self, blob: str) -> Answer | None:
        """What a content said, None where that was not written, or makes no sense."""
        try:
            said = self._said.get(blob)
            if said is None:
                return None
            if "problem" in said:
                return None, Problem(**said["problem"])
            return Charter.model_validate(
                {key: self._value(key, at) for key, at in said["charter"].items()}
            ), None
        except _NONSENSE:
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
        return shape.part.model_validate_json(text)
    value = json.loads(text)
    return datetime.date.fromisoformat(value) if shape.kind == "date" else value


def _written(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """What `_SerializedCharters` reads. What JSON cannot hold is left out."""
    texts: dict[str, int] = {}
    known: dict[int, int] = {}

    def number(value: Any) -> int:
        """A part's number; charters that were read together share what they have in common."""
        if id(value) not in known:
            known[id(value)] = texts.setdefault(_text(value), len(texts))
        return known[id(value)]

    said: dict[str, Any] = {}
    for blob, (charter, problem) in answers.items():
        try:
            if charter is not None:
                said[blob] = {"charter": _numbered(charter, number)}
            elif problem is not None:
                said[blob] = {"problem": asdict(problem)}
        except ValueError:
            continue
    return {"parts": list(texts), "said": said}


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
    """A part as JSON. Raises ValueError for what JSON cannot hold."""
    if isinstance(value, Part):
        return value.model_dump_json(by_alias=True, exclude_unset=True)
    return json.dumps(value.isoformat() if isinstance(value, datetime.date) else value)
