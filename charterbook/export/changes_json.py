"""A comparison as JSON, as `charterbook/export/changes.schema.json` describes it."""

from __future__ import annotations

import datetime
import json
import re
from typing import Any

from charterbook.compare import Comparison, Side, Statement
from charterbook.compare.severity import MARKS

#: The version of the document's format. Increase it for a change that breaks programs that read it, such as a new key:
#: the schema forbids keys that it does not name. Version 2 added `source` and `verdict` to each change.
SCHEMA = 2

#: Characters that control a terminal or the direction of text: escaped, so that they are harmless and not lost.
_CONTROL_CHARACTERS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def as_json(comparison: Comparison) -> str:
    """The document as text with a final newline."""
    return dumped(document(comparison))


def dumped(data: dict[str, Any], indent: int | None = 2) -> str:
    """Plain data as JSON text, safe to print, with a final newline."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(
        data, ensure_ascii=False, indent=indent, separators=separators, default=datetime.date.isoformat
    )
    return _CONTROL_CHARACTERS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text) + "\n"


def document(comparison: Comparison) -> dict[str, Any]:
    """The document as plain data."""
    return {
        "schema": SCHEMA,
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "language": comparison.language,
        "change_note": comparison.change_note,
        "counts": dict(comparison.counts),
        "important": [statement.fingerprint for statement in comparison.important],
        "changes": [_change(statement) for statement in comparison.statements],
        "narrowed": comparison.narrowed,
        "unchanged": comparison.unchanged,
        "followed": comparison.followed,
        "likely_renames": [
            {"old": list(likely.old), "new": list(likely.new), "likeness": likely.likeness}
            for likely in comparison.likely
        ],
        "likely_renames_complete": comparison.guessed_all,
    }


def _unmarked(value: Any) -> Any:
    """A value without the empty keys for groups of readers."""
    if isinstance(value, list | tuple):
        return [_unmarked(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: _unmarked(one) for key, one in value.items() if key not in MARKS or one != []}


def _side(side: Side) -> dict[str, Any]:
    return {"name": side.name, "title": side.title, "version": side.version, "effective": side.effective}


def item_of(statement: Statement) -> dict[str, Any] | None:
    """The item that a statement is about, as plain data."""
    item = statement.item
    return {"kind": item[0], "id": item[1], "label": statement.label} if item else None


def _change(statement: Statement) -> dict[str, Any]:
    return {
        "fingerprint": statement.fingerprint,
        "kind": statement.kind,
        "path": list(statement.path),
        "source": None if statement.source is None else list(statement.source),
        "section": statement.section,
        "severity": statement.severity,
        "direction": statement.direction,
        "verdict": statement.verdict,
        "audiences": list(statement.audiences),
        "item": item_of(statement),
        "sentence": statement.sentence,
        "old": _unmarked(statement.old),
        "new": _unmarked(statement.new),
        "segments": [{"kind": segment.kind, "text": segment.text} for segment in statement.segments],
    }
