"""JSON Schema of a comparison as JSON, described by models; `charterbook/export/changes.schema.json` is generated from it.

The models are in their own module because pydantic reads their descriptions from its source on import.
"""

from __future__ import annotations

import datetime
import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from charterbook.charter.charter_schema import DIALECT
from charterbook.compare import Direction, Severity
from charterbook.compare.comparison import Verdict
from charterbook.diff import Kind
from charterbook.export.changes_json import SCHEMA

IDENTIFIER = f"urn:charterbook:changes:{SCHEMA}"


class ChangesModel(BaseModel):
    """Base class of the models: keys without a description are refused."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True, defer_build=True)


class SideOf(ChangesModel):
    """One of the two charters."""

    name: str
    """The name by which it was requested: a version, a revision, a file, or draft."""
    title: str
    """The charter's title."""
    version: str | None
    """The version that the charter itself names."""
    effective: datetime.date | None
    """The day from which it is in force, as the charter itself says."""


class SegmentOf(ChangesModel):
    """A run of words of a changed text."""

    kind: Literal["equal", "ins", "del"]
    """In both texts, only in the newer one, or only in the older one."""
    text: str
    """The words."""


class ItemOf(ChangesModel):
    """The item that a change is about."""

    kind: str
    """The name of the list that contains it: services, audiences, metrics, sources, …"""
    id: str
    """Its id in the newer charter; in the older one if it was removed."""
    label: str
    """What people call it."""


class ChangeOf(ChangesModel):
    """One change and what it means."""

    fingerprint: str = Field(pattern="^[0-9a-f]{16}$")
    """A permanent name of the change, made from its kind, path and values, never from its wording."""
    kind: Kind
    """The kind of the change."""
    path: list[str]
    """Its place, as keys of the file and ids: in the newer charter, or in the older one if it was removed. The path with the steps funding and total means the sum of all sources."""
    source: list[str] | None
    """The place of the older value, for a value inside a split, a merge or a move; null for any other change."""
    section: str
    """The key of the section, or charter for the document itself."""
    severity: Severity
    """Its effect on the agreement."""
    direction: Direction | None
    """The direction of the change, if known."""
    verdict: Verdict | None
    """For a fact about a promise, whether it was kept in a period; null without a target share or requests, and for any other change. A weakened promise is a separate change."""
    audiences: list[str]
    """Ids of the audiences that it affects."""
    item: ItemOf | None
    """The item that it is about."""
    sentence: str
    """The change in plain words, in the document's language."""
    old: Any
    """The value before, in the newer charter's terms; null if there was none."""
    new: Any
    """The value after; null if there is none."""
    segments: list[SegmentOf]
    """A changed text word by word; empty for anything else."""


class Rename(ChangesModel):
    """A removed and an added item that look alike. A guess."""

    old: list[str]
    """The path of the removed item."""
    new: list[str]
    """The path of the added item."""
    likeness: float = Field(ge=0, le=1)
    """Their similarity, from 0 to 1."""


class Counts(ChangesModel):
    """The number of changes of each severity."""

    commitment: int
    """Changes of what was promised."""
    meaning: int
    """Changes of what is meant."""
    wording: int
    """Changes of words only."""
    order: int
    """Changes of an order only."""


class ChangesDocument(ChangesModel):
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
    """The reason for the newer version, in its author's words; null if the older version has the same."""
    counts: Counts
    """The number of listed changes of each severity."""
    important: list[str]
    """The fingerprints of the changes that matter most, at most three."""
    changes: list[ChangeOf]
    """All requested changes, in the order of the charter."""
    narrowed: bool
    """Whether a filter has left out changes."""
    unchanged: int
    """The number of unchanged items in the newer charter."""
    followed: int
    """The number of further values that differ only because they follow a renamed item."""
    likely_renames: list[Rename]
    """Pairs that look like an undeclared rename, the most alike first."""
    likely_renames_complete: bool
    """Whether all removed items were compared with all added ones."""


def schema_text() -> str:
    """The JSON Schema (draft 2020-12) of the document, as in the file beside this module."""
    return schema_of(ChangesDocument, IDENTIFIER, "Changes")


def schema_of(model: type[ChangesModel], identifier: str, title: str) -> str:
    """The JSON Schema (draft 2020-12) of a document that a model describes, as text with a final newline."""
    schema = model.model_json_schema(by_alias=True)
    whole = {"$schema": DIALECT, "$id": identifier, **schema, "title": title}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
