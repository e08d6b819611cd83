"""Compose plain data from YAML text, with a place for every value. Depends on YAML, not on charters.

Processes the parser's events one by one, so that nesting uses no stack. Refuses YAML features without a use in
charters: anchors, aliases, merge keys, tags, several documents, duplicate keys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from charterbook.load.collector import ProblemCollector
from charterbook.load.decode import ESCAPED_CONTROL
from charterbook.load.did_you_mean import quote, short
from charterbook.load.yaml_errors import Span, report_syntax, report_tabs
from charterbook.load.yaml_scalars import advice_for, read_as, resolve
from charterbook.source_map import Path, Place, SourceMap, ValueLocation

#: A charter needs six levels; keys count as values, and 200 complete services have 20,000.
MAX_DEPTH = 40
MAX_VALUES = 50_000

#: Maximum length of a stored comment, in characters.
_LONGEST_COMMENT = 400

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class _Frame:
    """An open mapping or list. Without a path if it is discarded."""

    into: dict[str, Any] | list[Any]
    path: Path | None
    key: str | None = None
    key_at: Place = (1, 1)
    keep: bool = True
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def awaits_key(self) -> bool:
        return self.key is None and isinstance(self.into, dict)


def compose_data(text: str, report: ProblemCollector) -> tuple[Any, SourceMap]:
    """The data of a YAML text and the place of each value; problems go to `report`.

    The data is None for an empty document, and after a fatal error.
    """
    composer = _Composer(report, text)
    spans: list[Span] = []
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.ScalarEvent) and event.style:
                spans.append((_start(event)[0], _end_line(event)))
            if not composer.take(event):
                return None, SourceMap(composer.spots)
    except yaml.YAMLError as error:
        report_syntax(text, spans, error, report)
        return None, SourceMap(composer.spots)
    report_tabs(text, spans, report)
    return composer.root, SourceMap(composer.spots)


class _Composer:
    """Builder of data from parser events."""

    def __init__(self, report: ProblemCollector, text: str) -> None:
        self.report = report
        self.text = text if " #" in text else ""
        self.spots: dict[Path, ValueLocation] = {}
        self.root: Any = None
        self.stack: list[_Frame] = []
        self.documents = 0
        self.values = 0

    def take(self, event: yaml.Event) -> bool:
        """Process the next event; False after a fatal error."""
        if isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._node(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.report.add("several-documents", _start(event))
                return False
        return self._within_limits(event)

    def _within_limits(self, event: yaml.Event) -> bool:
        self.values += isinstance(event, yaml.NodeEvent)
        if len(self.stack) > MAX_DEPTH:
            self.report.add("too-deep", _start(event), limit=MAX_DEPTH)
            return False
        if self.values > MAX_VALUES:
            self.report.add("too-many-values", _start(event), limit=MAX_VALUES)
            return False
        return True

    def _node(self, event: yaml.NodeEvent) -> None:
        if event.anchor and not isinstance(event, yaml.AliasEvent):
            self.report.add("anchor", _start(event), name=short(event.anchor or ""))
        if tag := getattr(event, "tag", None):
            self.report.add("tag", _start(event), name=short(tag))
        if self.stack and self.stack[-1].awaits_key:
            self._key(event, self.stack[-1])
        else:
            self._value(event)

    def _key(self, event: yaml.NodeEvent, frame: _Frame) -> None:
        frame.key, frame.key_at, frame.keep = "", _start(event), False
        if isinstance(event, yaml.ScalarEvent):
            frame.key = event.value
            frame.keep = self._is_valid_key(event, frame.seen)
        elif isinstance(event, yaml.AliasEvent):
            self.report.add("alias", frame.key_at, name=short(event.anchor or ""))
        else:
            self.report.add("bad-key", frame.key_at)
            self.stack.append(_Frame(_empty(event), None))

    def _is_valid_key(self, event: yaml.ScalarEvent, seen: dict[str, int]) -> bool:
        """Whether to store a key; the reason is reported if not."""
        key, at = event.value, _start(event)
        if key == "<<" and event.implicit[0]:
            self.report.add("merge-key", at)
            return False
        if key in seen:
            self.report.add("duplicate-key", at, key=quote(key), first=str(seen[key]))
            return False
        seen[key] = at[0]
        self._check_controls(event)
        return True

    def _value(self, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            path = self._put(None, event)
            self.report.add("alias", _start(event), path, name=short(event.anchor or ""))
        else:
            into = _empty(event)
            self.stack.append(_Frame(into, self._put(into, event)))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if not event.implicit[0]:
            self._check_controls(event)
            self._put(event.value, event)
            return
        text = event.value
        value, surprise = resolve(text)
        path = self._put(value, event, None if value is text and not surprise else text)
        if surprise:
            value = read_as(surprise, text)
            fix = advice_for(surprise, text)
            self.report.add(surprise, _start(event), path, fix, written=short(text), value=value)

    def _check_controls(self, event: yaml.ScalarEvent) -> None:
        """Report control characters from escapes in double quotes."""
        if event.style == '"' and (match := ESCAPED_CONTROL.search(event.value)):
            self.report.add("control-escape", _start(event), found=f"U+{ord(match.group()):04X}")

    def _put(self, value: Any, event: yaml.NodeEvent, written: str | None = None) -> Path | None:
        """Store a value at the current position, and return its path; None if it is discarded."""
        at = _start(event)
        path: Path | None = ()
        key_at = at
        if self.stack:
            path, key_at = self._put_into(self.stack[-1], value, at)
        else:
            self.root = value
        if path is not None:
            lost = (
                self._trailing_comment(event) if self.text and isinstance(event, yaml.ScalarEvent) else None
            )
            self.spots[path] = ValueLocation(key_at if written == "" else at, key_at, written, lost)
        return path

    def _trailing_comment(self, event: yaml.ScalarEvent) -> tuple[str, str] | None:
        """An unquoted text and the comment that follows it after a single space."""
        mark = event.end_mark
        assert mark is not None
        if not event.implicit[0] or not self.text.startswith(" #", mark.index):
            return None
        rest = self.text[mark.index + 1 : mark.index + 1 + _LONGEST_COMMENT]
        return event.value, re.split(r"[\r\n]", rest, maxsplit=1)[0]

    @staticmethod
    def _put_into(frame: _Frame, value: Any, at: Place) -> tuple[Path | None, Place]:
        if isinstance(frame.into, list):
            frame.into.append(value)
            return (None if frame.path is None else (*frame.path, len(frame.into) - 1)), at
        key, frame.key = frame.key or "", None
        if not frame.keep or frame.path is None:
            return None, at
        frame.into[key] = value
        return (*frame.path, key), frame.key_at


def _start(event: yaml.Event) -> Place:
    """The start of an event, counted from 1."""
    mark = event.start_mark
    assert mark is not None
    return mark.line + 1, mark.column + 1


def _end_line(event: yaml.Event) -> int:
    mark = event.end_mark
    assert mark is not None
    return mark.line + 1


def _empty(event: yaml.NodeEvent) -> dict[str, Any] | list[Any]:
    return {} if isinstance(event, yaml.MappingStartEvent) else []
