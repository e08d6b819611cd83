"""A comparison as JSON, and its JSON Schema.

The models below describe the document; `charterbook/export/changes.schema.json` is generated from them.
"""

from __future__ import annotations

import datetime
import json
import re
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from charterbook.charter.charter_schema import DIALECT
from charterbook.compare import Comparison, Direction, Severity, Side, Statement
from charterbook.compare.comparison import Verdict
from charterbook.diff import Kind

#: The version of the document's format. Increase it for a change that breaks programs that read it, such as a new key:
#: the schema forbids keys that it does not name. Version 2 added `source` and `verdict` to each change.
SCHEMA = 2
IDENTIFIER = f"urn:charterbook:changes:{SCHEMA}"

#: Characters that control a terminal or the direction of text: escaped, so that they are harmless and not lost.
_CONTROL_CHARACTERS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class _ChangesModel(BaseModel):
    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True, defer_build=True)


class SideOf(_ChangesModel):
    """One of the two charters."""

    name: str
    """What it was asked for by: a version, a revision, a file, draft."""
    title: str
    """The charter's title."""
    version: str | None
    """The version that the charter says it is for."""
    effective: datetime.date | None
    """The day since which it says it is in force."""


class SegmentOf(_ChangesModel):
    """A run of words of a changed text."""

    kind: Literal["equal", "ins", "del"]
    """In both texts, only in the newer one, or only in the older one."""
    text: str
    """The words."""


class ItemOf(_ChangesModel):
    """The item that a change is about."""

    kind: str
    """The name of the list that holds it: services, audiences, metrics, sources, …"""
    id: str
    """Its id in the newer charter; in the older one where it was removed."""
    label: str
    """What people call it."""


class ChangeOf(_ChangesModel):
    """One change and what it means."""

    fingerprint: str = Field(pattern="^[0-9a-f]{16}$")
    """Names the change for ever: made from its kind, path and values, never from words about it."""
    kind: Kind
    """What happened."""
    path: list[str]
    """Keys of the file and ids: where it is in the newer charter, or was where it was removed.
    funding, total is the sum of all sources."""
    source: list[str] | None
    """Where the older value was, for a value inside a split, a merge or a move; null for any other change."""
    section: str
    """The key of the section, or charter for what concerns the document itself."""
    severity: Severity
    """What it does to the agreement."""
    direction: Direction | None
    """The direction of the change, if known."""
    verdict: Verdict | None
    """Whether a promise was kept in a period, for a fact about it; null for any other change, without a target share
    and without requests. A weakened promise is a change of its own."""
    audiences: list[str]
    """Ids of the audiences that it touches."""
    item: ItemOf | None
    """The item that it is about."""
    sentence: str
    """The change in plain words, in the document's language."""
    old: Any
    """The value before, in the newer charter's terms; null where there was none."""
    new: Any
    """The value after; null where there is none."""
    segments: list[SegmentOf]
    """A changed text word by word; empty for anything else."""


class Rename(_ChangesModel):
    """A removed and an added item that look alike. A guess."""

    old: list[str]
    """The path of the removed item."""
    new: list[str]
    """The path of the added item."""
    likeness: float = Field(ge=0, le=1)
    """How much they are alike, from 0 to 1."""


class Counts(_ChangesModel):
    """How many changes there are of each severity."""

    commitment: int
    """Changes of what was promised."""
    meaning: int
    """Changes of what is meant."""
    wording: int
    """Changes of words only."""
    order: int
    """Changes of an order only."""


class Document(_ChangesModel):
    """What changed between two charters."""

    format: Literal[2] = Field(alias="schema")
    """The format of this document."""
    old: SideOf
    """The older charter."""
    new: SideOf
    """The newer charter."""
    language: str
    """The language of the sentences."""
    change_note: str | None
    """Why there is the newer version, in its author's words, where they are new."""
    counts: Counts
    """How many changes there are of each severity, among those listed."""
    important: list[str]
    """The fingerprints of the changes that matter most, at most three."""
    changes: list[ChangeOf]
    """All changes that were asked for, in the order of the charter."""
    narrowed: bool
    """Whether changes were left out because others were asked for."""
    unchanged: int
    """How many items of the newer charter stayed as they were."""
    followed: int
    """How many more values differ only because they follow a renamed item."""
    likely_renames: list[Rename]
    """Pairs that look like an undeclared rename, the most alike first."""
    likely_renames_complete: bool
    """Whether all removed items were compared with all added ones."""


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


def _side(side: Side) -> dict[str, Any]:
    return {"name": side.name, "title": side.title, "version": side.version, "effective": side.effective}


def _change(statement: Statement) -> dict[str, Any]:
    item = statement.item
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
        "item": {"kind": item[0], "id": item[1], "label": statement.label} if item else None,
        "sentence": statement.sentence,
        "old": statement.old,
        "new": statement.new,
        "segments": [{"kind": segment.kind, "text": segment.text} for segment in statement.segments],
    }


def schema_text() -> str:
    """The JSON Schema (draft 2020-12) of the document, as in the file beside this module."""
    schema = Document.model_json_schema(by_alias=True)
    whole = {"$schema": DIALECT, "$id": IDENTIFIER, **schema, "title": "Changes"}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
